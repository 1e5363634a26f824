"""The log file; configured by the front ends only.

Text of documents never goes there above debug level, so that a log can be handed to a stranger.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from gkdesk import __version__, paths

FILE_NAME = "gkdesk.log"
LARGEST = 1 << 20
"""A log larger than this (bytes) is put aside at the next start; one old log is kept."""

_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class _QuietFile(logging.FileHandler):
    """A log file that is full or gone must not disturb the work, nor write to standard error."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Lose the record."""


def configure(extra: str = "") -> Path | None:
    """Log to the user's log folder, beginning with a line of versions, which ``extra`` joins.

    Returns the path of the log, or None if no log can be written there.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    # Libraries quote the documents they read in their warnings.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        path = paths.user_logs() / FILE_NAME
        _put_aside(path)
        handler: logging.Handler = _QuietFile(path, encoding="utf-8", errors="backslashreplace")
    except OSError:
        # Without any handler, Python would print warnings to standard error.
        root.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
    logging.getLogger(__name__).info("%s %s", versions(), extra)
    return path


def versions() -> str:
    """Program, Python and system, for the log and for reports of bugs."""
    python = ".".join(map(str, sys.version_info[:3]))
    return f"gkdesk {__version__}, Python {python}, {sys.platform} {_system()}"


def _system() -> str:
    if sys.platform != "win32":
        system = os.uname()
        return f"{system.release} {system.machine}"
    # Loaded only where nothing else tells, for it takes a while.
    import platform

    return f"{platform.release()} {platform.machine()}"


def _put_aside(path: Path) -> None:
    try:
        if path.stat().st_size > LARGEST:
            path.replace(path.with_suffix(".old.log"))
    except OSError:
        # Not there yet, or held open by another window: it is put aside another time.
        return
