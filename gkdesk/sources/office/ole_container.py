"""The old container of Office documents (OLE, compound file): which streams stand at its top, within bounds."""

from __future__ import annotations

import struct

from gkdesk.model.content import SourceKind

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

OUTLOOK = "__properties_version1.0"
"""The stream at the top of a mail that Outlook saved (.msg), as :func:`top_names` gives it."""

_ENTRY = 128
_SHIFTS = (9, 12)
"""Sectors have 512 or 4096 bytes; a container that says otherwise is nobody's, and could be meant to keep us busy."""
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks: end, free, or part of the table."""
_NONE = 0xFFFFFFFF
_MOST_SECTORS = 4096
_MOST_ENTRIES = 20_000
_KINDS = (
    ("EncryptedPackage", SourceKind.LOCKED),
    ("WordDocument", SourceKind.DOC),
    ("Workbook", SourceKind.XLS),
    ("Book", SourceKind.XLS),
)


def kind_of(data: bytes) -> SourceKind | None:
    """What an OLE container holds, by the streams at its top; None if it is damaged or holds something else."""
    names = top_names(data)
    return next((kind for name, kind in _KINDS if name.lower() in names), None)


def top_names(data: bytes) -> frozenset[str]:
    """The names of the streams and folders at the top, in small letters; none for a damaged container.

    Documents inside the document have streams of the same names, one level down; those do not count.
    """
    try:
        directory = _directory(data)
        return frozenset(_siblings(directory, _child(directory, 0)))
    except (struct.error, IndexError, UnicodeDecodeError):
        return frozenset()


def is_cut(data: bytes) -> bool:
    """True if the container's own table names sectors in use that lie behind the end of the file."""
    try:
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in _SHIFTS:
            return False
        size = 1 << shift
        tables = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _LAST]
        for number, table in enumerate(tables):
            if (table + 2) * size > len(data):
                return True
            entries = struct.unpack_from(f"<{size // 4}I", data, (table + 1) * size)
            used = [place for place, entry in enumerate(entries) if entry != _NONE]
            if used and (number * (size // 4) + used[-1] + 2) * size > len(data):
                return True
    except struct.error:
        return True
    return False


def _directory(data: bytes) -> bytes:
    shift = struct.unpack_from("<H", data, 30)[0]
    if not data.startswith(SIGNATURE) or shift not in _SHIFTS:
        return b""
    size = 1 << shift
    table = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _LAST]
    sector = struct.unpack_from("<I", data, 48)[0]
    parts: list[bytes] = []
    while sector < _LAST and len(parts) < _MOST_SECTORS:
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        if len(parts[-1]) < size:
            break
        # Tables past the 109 of the header belong to files of more than 7 MB whose directory stands far behind.
        block, place = divmod(sector, size // 4)
        if block >= len(table):
            break
        sector = struct.unpack_from("<I", data, (table[block] + 1) * size + 4 * place)[0]
    return b"".join(parts)


def _child(directory: bytes, entry: int) -> int:
    return int(struct.unpack_from("<I", directory, entry * _ENTRY + 76)[0])


def _siblings(directory: bytes, first: int) -> list[str]:
    names: list[str] = []
    waiting = [first]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_ENTRIES:
        entry = waiting.pop()
        if entry in seen or (entry + 1) * _ENTRY > len(directory):
            continue
        seen.add(entry)
        start = entry * _ENTRY
        length, _, _, left, right = struct.unpack_from("<HBBII", directory, start + 64)
        if 2 <= length <= 64:
            names.append(directory[start : start + length - 2].decode("utf-16-le").lower())
        waiting += [other for other in (left, right) if other != _NONE]
    return names
