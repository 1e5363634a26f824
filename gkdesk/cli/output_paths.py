"""Where exported workbooks and lists go: safe names, each once, never over a file that was read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\ud800-\udfff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST = 70
"""Characters; three bytes each in Chinese, where file systems end at 255."""


def safe_stem(source_name: str) -> str:
    """A file name without its ending, made of the name of a source, that every system accepts."""
    stem = _UNSAFE.sub("_", Path(source_name.replace("\\", "/")).stem)[:_LONGEST].strip(" .")
    if not stem or _RESERVED.fullmatch(stem.partition(".")[0]):
        return f"_{stem}"
    return stem


class OutputFolder:
    """Hands out one path per report inside a folder; ``ending`` is what its name ends with, suffix included."""

    def __init__(self, folder: Path, sources: Iterable[Path], ending: str = ".xlsx") -> None:
        self._folder, self._ending = folder, ending
        self._taken = {_key(path) for path in sources}

    def path_for(self, source_name: str) -> Path:
        """A path no other report of this run has, and that is not one of the files that are read."""
        stem = safe_stem(source_name)
        path, number = self._folder / f"{stem}{self._ending}", 2
        while _key(path) in self._taken:
            path, number = self._folder / f"{stem} ({number}){self._ending}", number + 1
        self._taken.add(_key(path))
        return path


def is_one_of(path: Path, sources: Iterable[Path]) -> bool:
    """True if writing ``path`` would overwrite one of ``sources``."""
    return _key(path) in {_key(source) for source in sources}


def free_path(path: Path) -> Path:
    """``path``, or one with a number beside it, where nothing is yet."""
    found, number = path, 2
    while found.exists():
        found, number = path.with_name(f"{path.stem} ({number}){path.suffix}"), number + 1
    return found


def _key(path: Path) -> str:
    # Folded, because Windows and macOS hold names in capitals for the same.
    return str(path.resolve()).casefold()
