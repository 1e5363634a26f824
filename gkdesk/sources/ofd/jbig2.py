"""Black and white pictures in a file of JBIG2 (ITU-T T.88, annex D), as OFDs of scanned pages hold them.

A PDF holds the same segments without the header of the file, and without those that end a page or the file.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

SIGNATURE = b"\x97JB2\r\n\x1a\n"

_IN_SEQUENCE, _UNKNOWN_COUNT = 0x01, 0x02
_PAGE_INFORMATION, _END_OF_PAGE, _END_OF_FILE = 48, 49, 51
_UNKNOWN_LENGTH = 0xFFFFFFFF
_LONG_PAGE_NUMBER = 0x40
_MOST_SEGMENTS = 10_000
_MOST_PIXELS = 64_000_000
"""A3 at 600 dpi has 70 million, at 400 dpi 31."""


class Jbig2(NamedTuple):
    """The first page of a file: its size in pixels and its segments."""

    width: int
    height: int
    segments: bytes


class _Segment(NamedTuple):
    kind: int
    page: int
    start: int
    body: int
    end: int


def parse(data: bytes) -> Jbig2 | None:
    """The first page of a JBIG2 file; None for anything else, for one whose segments do not follow their headers, and
    for a picture larger than a page."""
    if not data.startswith(SIGNATURE) or len(data) < 13 or not data[8] & _IN_SEQUENCE:
        return None
    try:
        found = _segments(data, 9 if data[8] & _UNKNOWN_COUNT else 13)
    except (struct.error, IndexError):
        return None
    size = next((data[part.body : part.body + 8] for part in found if part.kind == _PAGE_INFORMATION), b"")
    if len(size) < 8:
        return None
    width, height = struct.unpack(">II", size)
    if not 0 < width * height <= _MOST_PIXELS:
        return None
    kept = [part for part in found if part.page in (0, 1) and part.kind not in (_END_OF_PAGE, _END_OF_FILE)]
    return Jbig2(width, height, b"".join(data[part.start : part.end] for part in kept))


def _segments(data: bytes, place: int) -> list[_Segment]:
    found: list[_Segment] = []
    while place < len(data) and len(found) < _MOST_SEGMENTS:
        segment = _segment(data, place)
        found.append(segment)
        place = segment.end
        if segment.kind == _END_OF_FILE:
            break
    return found


def _segment(data: bytes, start: int) -> _Segment:
    """The segment that begins at ``start``: number, flags, the segments it refers to, its page, its length."""
    number, flags, count = struct.unpack_from(">IBB", data, start)
    place = start + 6
    referred = count >> 5
    if referred == 7:
        (referred,) = struct.unpack_from(">I", data, start + 5)
        referred &= 0x1FFFFFFF
        place = start + 9 + (referred + 8) // 8
    place += referred * (1 if number <= 256 else 2 if number <= 65536 else 4)
    page, length = struct.unpack_from(">II" if flags & _LONG_PAGE_NUMBER else ">BI", data, place)
    place += 8 if flags & _LONG_PAGE_NUMBER else 5
    # Only the last region of a page may leave its length open.
    end = len(data) if length == _UNKNOWN_LENGTH else min(place + length, len(data))
    return _Segment(flags & 0x3F, page, start, place, end)
