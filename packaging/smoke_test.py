"""Tries a frozen program as a user would: it reads the sample, exports it, reads its own workbook, opens its window.

Run ``python packaging/smoke_test.py PATH-OF-THE-PROGRAM``. Exits with 0 if all went well and nothing was said on
standard error that does not belong there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SECONDS_FOR_WINDOW = 60
WINDOW_LINE = "window shown"


def main(program: Path) -> int:
    """Runs the steps; raises ``AssertionError`` or ``CalledProcessError`` at the first that fails."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = _environment(home)
        sample = next((program.parent / "_internal" / "resources" / "samples").glob("*.pdf"))
        assert "gkdesk" in _run(program, environment, "--version", codes=(0,))
        first = _cells(_run(program, environment, "extract", "--quiet", str(sample), codes=(0, 1)))
        workbook = home / "sample.xlsx"
        _run(program, environment, "export", "--quiet", str(sample), "-o", str(workbook), codes=(0, 1))
        again = _cells(_run(program, environment, "extract", "--quiet", str(workbook), codes=(0, 1)))
        assert len(first) >= 198, "the sample has too few cells"
        assert first == again, "the exported workbook does not read back as it was written"
        _check_window(program, environment, home, sample)
    print(f"the frozen program works: {len(first)} cells read, exported and read back; the window opens")
    return 0


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_STATE_HOME": str(home / "state")}
    return kept | places | {"XDG_CONFIG_HOME": str(home / "config"), "QT_QPA_PLATFORM": "offscreen"}


def _run(program: Path, environment: dict[str, str], *arguments: str, codes: tuple[int, ...]) -> str:
    done = subprocess.run(
        [str(program), *arguments], env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode in codes, f"{arguments} ended with {done.returncode}: {done.stderr}"
    assert not done.stderr.strip(), f"{arguments} said: {done.stderr}"
    return done.stdout


def _cells(output: str) -> dict[str, tuple[Any, str]]:
    report = json.loads(output)
    return {name: (cell["value"], cell["state"]) for name, cell in report["cells"].items()}


def _check_window(program: Path, environment: dict[str, str], home: Path, sample: Path) -> None:
    window = subprocess.Popen([str(program), str(sample)], env=environment, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + SECONDS_FOR_WINDOW
        while not _is_shown(home):
            assert window.poll() is None, f"the window ended by itself with {window.returncode}"
            assert time.monotonic() < end, "the window did not open"
            time.sleep(0.2)
    finally:
        window.terminate()
        window.wait(timeout=30)


def _is_shown(home: Path) -> bool:
    return any(WINDOW_LINE in log.read_text("utf-8", "replace") for log in home.rglob("*.log"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
