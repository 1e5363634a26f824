"""Pictures inside web pages and Word documents: tables that somebody pasted as a picture.

Such a grid has no page; its place is that of a cell of a table of the document, so that the table as recognised is
what a reader of the document is shown.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from gkdesk.errors import SourceError
from gkdesk.model.content import Grid, Note
from gkdesk.model.place import TablePlace
from gkdesk.sources.pictures import recognition

Load = Callable[[], bytes]
"""Gives the bytes of a picture; raises ``SourceError`` if they cannot be had."""

MOST_PICTURES = 12
"""Of one document that are looked at; each takes up to some seconds."""

_LEAST_BYTES = 4 << 10
_LARGEST_BYTES = 24 << 20
_LEAST_WIDTH, _LEAST_HEIGHT = 280, 60
"""Pixels; anything smaller is a logo, a button or a line."""
_PAGE_WIDTH = 700
_DATA_ADDRESS = re.compile(r"\s*data:image/[a-z+.-]{2,20}(;base64)?,", re.IGNORECASE)


class EmbeddedPictures:
    """The pictures of one document: reads their tables and remembers what to say about it."""

    def __init__(self) -> None:
        self._seen = 0
        self._with_tables = 0
        self._unread = 0
        self._pages_without = 0

    def tables(self, load: Load, first_grid: int) -> list[Grid]:
        """The tables in a picture, numbered from ``first_grid``; none if it is small, damaged or shows no table."""
        try:
            data = load()
        except SourceError:
            return []
        if not _LEAST_BYTES <= len(data) <= _LARGEST_BYTES:
            return []
        if not recognition.is_available():
            self._unread += 1
            return []
        if self._seen >= MOST_PICTURES:
            return []
        # How many there are is not known before the document is read to its end.
        recognition.tell(self._seen, self._seen + 1)
        self._seen += 1
        grids = _read(data, first_grid)
        self._with_tables += bool(grids)
        self._pages_without += not grids and _is_page(data)
        return grids

    def notes(self, cells: int) -> list[Note]:
        """What to say about the pictures of a document whose tables have so many ``cells``."""
        if self._with_tables:
            return [Note("picture-tables", {"count": self._with_tables})]
        if self._unread and cells < _FEW_CELLS:
            return [Note("pictures-not-read"), Note("recognition-missing")]
        if self._pages_without and cells < _FEW_CELLS:
            return [Note("pictures-not-read")]
        return []


_FEW_CELLS = 30
"""A document with fewer table cells has no table of the form as text."""


def data_of_address(address: str | None) -> bytes | None:
    """The bytes of a picture that stands in its own address (``data:image/…``); None for all other addresses."""
    match = _DATA_ADDRESS.match(address or "")
    if match is None or address is None:
        return None
    body = address[match.end() :]
    if match.group(1) is None:
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(re.sub(r"\s|%0[ad]", "", body, flags=re.IGNORECASE) + "==")
    except (binascii.Error, ValueError):
        return None


def _read(data: bytes, first_grid: int) -> list[Grid]:
    from gkdesk.sources.pictures import raster, scan

    size = raster.size_of(data)
    if size is None or size[0] < _LEAST_WIDTH or size[1] < _LEAST_HEIGHT:
        return []
    try:
        grids = scan.read_tables(raster.decode(data), 1, 1.0, first_grid)
    except SourceError:
        return []
    return [_without_page(grid) for grid in grids]


def _is_page(data: bytes) -> bool:
    """True for a picture as large as a scanned page: there may be tables without rules on it."""
    from gkdesk.sources.pictures import raster

    size = raster.size_of(data)
    return size is not None and min(size) >= _PAGE_WIDTH


def _without_page(grid: Grid) -> Grid:
    cells = tuple(replace(cell, place=TablePlace(grid.index, cell.row, cell.column)) for cell in grid.cells)
    return replace(grid, cells=cells, page=None)
