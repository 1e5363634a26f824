"""Tries a frozen program as its users would, and says of each step whether it went well.

Run ``python packaging/smoke_test.py PROGRAM``; it needs nothing but Python. Documents come from the accuracy corpus.
Exits with 0 if no step failed. A step is skipped if this machine cannot make its document, and says so.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCUMENTS = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "documents"
PATIENCE = 300
"""Seconds for one step; a scan takes some ten of them."""
WINDOW_LINE = "window shown"
PASSWORD = "年报2025"
NO_IDENTITY_BROKEN, SOME_BROKEN, NOT_READ = 0, 1, 3

Cells = dict[str, tuple[Any, str]]


class Failed(Exception):
    """A step did not go well; says why."""


class Skipped(Exception):
    """A step cannot be tried here; says why."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A frozen program and the empty home it is tried in."""

    program: Path
    home: Path

    @property
    def resources(self) -> Path:
        """Where the program keeps its own files."""
        return self.program.parent / "_internal" / "resources"

    @property
    def sample(self) -> Path:
        """The report that comes with the program."""
        return next((self.resources / "samples").glob("*.pdf"))

    @property
    def environment(self) -> dict[str, str]:
        """The user's environment without Python's, with a home of its own and no screen."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        places = {"HOME": str(self.home), "XDG_DATA_HOME": str(self.home / "data")}
        # Windows tells a program of the user's folders, not the environment; its workspace is not for trials.
        places |= {"WIN_PD_OVERRIDE_LOCAL_APPDATA": str(self.home / "data")}
        places |= {"XDG_STATE_HOME": str(self.home / "state"), "XDG_CONFIG_HOME": str(self.home / "config")}
        places |= {"XDG_CACHE_HOME": str(self.home / "cache")}
        return kept | places | {"QT_QPA_PLATFORM": "offscreen"}

    def run(self, *arguments: str | Path, fails: bool = False) -> str:
        """What the program puts out; fails if it says anything on standard error that it should not."""
        words = [str(argument) for argument in arguments]
        done = subprocess.run(
            [str(self.program), *words],
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        _expect((done.returncode == NOT_READ) == fails, f"{words[0]} ended with {done.returncode}: {done.stderr}")
        _expect(done.returncode in (NO_IDENTITY_BROKEN, SOME_BROKEN, NOT_READ), f"ended with {done.returncode}")
        _expect(bool(done.stderr.strip()) == fails, f"{words[0]} said: {done.stderr}")
        return done.stdout

    def cells(self, path: Path, *options: str) -> Cells:
        """Value and state of each cell of a report, as the program reads it."""
        report = json.loads(self.run("extract", "--quiet", *options, path))
        return {name: (cell["value"], cell["state"]) for name, cell in report["cells"].items()}


def main(program: Path) -> int:
    """Runs all steps; 0 if none failed."""
    failures = 0
    for name, step in STEPS:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            begin = time.monotonic()
            try:
                word, detail = "ok", step(Trial(program, Path(home)))
            except Skipped as reason:
                word, detail = "skipped", str(reason)
            except (Failed, subprocess.TimeoutExpired, OSError, LookupError, ValueError) as reason:
                word, detail, failures = "FAILED", f"{type(reason).__name__}: {reason}", failures + 1
            print(f"{word:8}{name}: {detail} [{time.monotonic() - begin:.1f} s]", flush=True)
    print("the frozen program works" if not failures else f"{failures} steps failed")
    return 1 if failures else 0


def _version(trial: Trial) -> str:
    said = trial.run("--version").strip()
    _expect("gkdesk" in said, said)
    return said


def _notices(trial: Trial) -> str:
    named = (trial.program.parent / "THIRD-PARTY-NOTICES.txt").read_text("utf-8")
    missing = [word for word in ("PySide6", "LESSER GENERAL PUBLIC", "onnxruntime", "rapidocr") if word not in named]
    _expect(not missing, f"nothing is said of {missing}")
    return f"{len(named) // 1024} KB"


def _round_trip(trial: Trial) -> str:
    workbook = trial.home / "sample.xlsx"
    first = trial.cells(trial.sample)
    trial.run("export", "--quiet", trial.sample, "-o", workbook)
    _expect(len(first) >= 198, f"the sample has {len(first)} cells")
    _expect(first == trial.cells(workbook), "the exported workbook does not read back as it was written")
    return f"{len(first)} cells read, exported and read back"


def _checked(trial: Trial) -> str:
    lines = trial.run("check", trial.sample).splitlines()
    _expect(len(lines) > 1, f"too little is said: {lines}")
    return f"{len(lines)} lines"


def _reads(document: str, least: int) -> Callable[[Trial], str]:
    """A step: a document of the corpus is read, at least so many cells for certain, and none of these wrong."""
    return lambda trial: _compare(trial.cells(DOCUMENTS / document), DOCUMENTS / document, least)


def _recognises(document: str, least: int) -> Callable[[Trial], str]:
    """A step: the same of a scan, and no library notes down anything of its own about the computer or its use."""

    def step(trial: Trial) -> str:
        found = _reads(document, least)(trial)
        left = [str(path.relative_to(trial.home)) for path in (trial.home / "cache").rglob("*")]
        _expect(not left, f"recognition left {left}")
        return found

    return step


def _compare(cells: Cells, document: Path, least: int) -> str:
    truth = json.loads((document.parent / f"{document.name}.truth.json").read_text("utf-8"))["cells"]
    certain = {name: value for name, (value, state) in cells.items() if state == "read"}
    wrong = [name for name, value in certain.items() if value != truth[name]]
    _expect(not wrong, f"certain and wrong: {wrong}")
    _expect(len(certain) >= least, f"only {len(certain)} of {len(cells)} cells are certain")
    return f"{len(certain)} of {len(cells)} cells certain, none wrong"


def _opens_protected(document: str) -> Callable[[Trial], str]:
    """A step: an Office document behind a password is refused without it, and read with it."""

    def step(trial: Trial) -> str:
        source = DOCUMENTS / document
        protected = trial.home / source.name
        protected.write_bytes(_protected(source.read_bytes()))
        trial.run("extract", "--quiet", protected, fails=True)
        trial.run("extract", "--quiet", "--password", "another", protected, fails=True)
        return _compare(trial.cells(protected, "--password", PASSWORD), source, 150)

    return step


def _protected(data: bytes) -> bytes:
    try:
        import msoffcrypto
    except ImportError as error:
        raise Skipped("msoffcrypto is not installed here, which encrypts the document to be tried") from error
    stream = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(data)).encrypt(PASSWORD, stream)
    return stream.getvalue()


def _rich_text(trial: Trial) -> str:
    """LibreOffice, started by the frozen program, must not meet that one's libraries."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Skipped("LibreOffice is not installed here")
    source = DOCUMENTS / "docx" / "official.docx"
    profile = f"-env:UserInstallation={(trial.home / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "rtf", "--outdir", str(trial.home), str(source)]
    subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    return _compare(trial.cells(trial.home / "official.rtf"), source, 150)


def _window(trial: Trial) -> str:
    """The window opens, and reads a report and a scan in processes of its own."""
    files = [str(trial.sample), str(DOCUMENTS / "scan" / "sealed-askew.jpg")]
    # Neither of the pipes: whoever waits for their end would wait for the reading processes, too.
    quiet = subprocess.DEVNULL
    window = subprocess.Popen([str(trial.program), *files], env=trial.environment, stdout=quiet, stderr=quiet)
    try:
        _wait(window, lambda: any(WINDOW_LINE in log.read_text("utf-8", "replace") for log in _logs(trial)), "it opens")
        _wait(window, lambda: _stored_reports(trial) == len(files), "both reports are read")
        children = _children(window.pid)
    finally:
        window.terminate()
        window.wait(timeout=30)
    if children is None:
        return "open, both reports are in the workspace"
    _expect(bool(children), "nothing was read in a process of its own")
    _wait(None, lambda: not any(Path(f"/proc/{child}").exists() for child in children), "its processes end")
    return f"open, both reports read outside of it (processes: {len(children)}), nothing left running"


def _wait(window: subprocess.Popen[bytes] | None, holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if window is not None:
            _expect(window.poll() is None, f"the window ended by itself with {window.returncode} before {what}")
        _expect(time.monotonic() < end, f"waited in vain until {what}")
        time.sleep(0.3)


def _logs(trial: Trial) -> list[Path]:
    return list(trial.home.rglob("*.log"))


def _stored_reports(trial: Trial) -> int:
    """Reports in the workspace. The program holds it for itself, so a copy is looked at."""
    with tempfile.TemporaryDirectory() as folder:
        for path in trial.home.rglob("*.gkdesk*"):
            shutil.copyfile(path, Path(folder) / path.name)
        for copy in Path(folder).glob("*.gkdesk"):
            connection = sqlite3.connect(copy)
            try:
                return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])
            except sqlite3.DatabaseError:
                # Copied in the middle of a change.
                return 0
            finally:
                connection.close()
    return 0


def _children(process: int) -> list[int] | None:
    """The reading processes that a process has started; None where the system does not tell."""
    found = Path(f"/proc/{process}/task/{process}/children")
    if not found.is_file():
        return None
    numbers = [int(word) for word in found.read_text("ascii").split()]
    return [number for number in numbers if b"multiprocessing-fork" in Path(f"/proc/{number}/cmdline").read_bytes()]


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Failed(otherwise)


STEPS: tuple[tuple[str, Callable[[Trial], str]], ...] = (
    ("version", _version),
    ("notices", _notices),
    ("PDF, workbook and back", _round_trip),
    ("findings for people", _checked),
    ("Word", _reads("docx/official.docx", 150)),
    ("old Word (.doc)", _reads("doc/official.doc", 150)),
    ("rich text by LibreOffice", _rich_text),
    ("old Excel (.xls)", _reads("xls/one-sheet.xls", 150)),
    ("OFD", _reads("ofd/usual.ofd", 150)),
    ("scan (.jpg)", _recognises("scan/sealed-askew.jpg", 100)),
    ("scan (.pdf)", _recognises("scan/older-edition-black-and-white.pdf", 100)),
    ("Word with a password", _opens_protected("docx/official.docx")),
    ("Excel with a password", _opens_protected("xlsx/one-sheet.xlsx")),
    ("window", _window),
)

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
