"""LibreOffice, if it is installed: turns old documents into ones that can be read.

It runs without a window, under a profile of its own in a folder that is removed afterwards, without macros, links and
network, and is ended if it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

TIME_LIMIT = 60.0
"""Seconds; a report takes two or three, the first start of LibreOffice ten."""

MOST_WORK, LARGEST_RESULT = 20, 256 << 20
"""Seconds of processor time, and bytes of a file it writes, after which the system ends it where it can be told to: a
document of a few kilobytes can keep it at work for hours."""

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_INTERNET = "/org.openoffice.Inet/Settings"
_SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    # A proxy that answers nothing: a linked picture must not tell anybody that the report was opened.
    (_INTERNET, "ooInetProxyType", "2"),
    (_INTERNET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPProxyPort", "9"),
    (_INTERNET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPSProxyPort", "9"),
)


def find() -> str | None:
    """The path of LibreOffice's program, or None."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def as_docx(data: bytes, suffix: str) -> bytes | None:
    """A document of the kind ``suffix`` (as ``.doc``) as a DOCX; None if there is no LibreOffice or it fails."""
    return converted(data, suffix, ".docx")


def converted(data: bytes, suffix: str, to: str) -> bytes | None:
    """A file of the kind ``suffix`` as one of the kind ``to`` (both as ``.doc``); None as in :func:`as_docx`."""
    program = find()
    if program is None:
        return None
    try:
        with tempfile.TemporaryDirectory(prefix="gkdesk-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            source = folder / f"report{suffix}"
            source.write_bytes(data)
            _write_profile(folder / "profile" / "user")
            _run(program, folder, source, to)
            return (folder / "out" / f"report{to}").read_bytes()
    except OSError:
        return None


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )


def _run(program: str, folder: Path, source: Path, to: str) -> None:
    options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, *options, "--convert-to", to[1:], "--outdir", str(folder / "out"), str(source)]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _limit(process.pid)
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired:
        pass
    finally:
        if process.poll() is None:
            _end(process)


def _limit(process: int) -> None:
    """Bound the work and the files of a program just started; those it starts have the same bounds."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):
            resource.prlimit(process, resource.RLIMIT_CPU, (MOST_WORK, MOST_WORK))
            resource.prlimit(process, resource.RLIMIT_FSIZE, (LARGEST_RESULT, LARGEST_RESULT))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started: the first one is only a launcher."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment() -> dict[str, str]:
    """The environment without what a frozen program or Python sets for itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))}
    original = kept.pop("LD_LIBRARY_PATH_ORIG", None)
    kept.pop("LD_LIBRARY_PATH", None)
    return kept if original is None else {**kept, "LD_LIBRARY_PATH": original}
