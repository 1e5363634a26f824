"""Which files are workspaces, and which of them this process holds open; light, for everything that meets a file."""

from __future__ import annotations

from pathlib import Path

APPLICATION_ID = 0x676B6473
"""``gkds``, in the header of every workspace file."""

HEADER = b"SQLite format 3\0"

open_files: set[tuple[int, int]] = set()
"""Device and number of the workspaces this process holds: on POSIX, opening such a file a second time and closing it
again would drop SQLite's lock."""


def is_workspace(path: Path) -> bool:
    """True if ``path`` is a workspace file, by its header; safe to ask about one that is open."""
    try:
        if file_key(path) in open_files:
            return True
        if not path.is_file():
            # A pipe that nobody writes to would never let go of whoever opens it.
            return False
        header = header_of(path)
    except OSError:
        return False
    return header.startswith(HEADER) and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def file_key(path: Path) -> tuple[int, int]:
    """Device and number of a file; raises ``OSError``."""
    status = path.stat()
    return status.st_dev, status.st_ino


def header_of(path: Path) -> bytes:
    """The bytes that tell a workspace from other files; raises ``OSError``. Not to be asked of an open workspace."""
    with path.open("rb") as stream:
        return stream.read(72)
