"""Texts and pages that stop in the middle, as broken downloads do.

The figure they stop in may have lost digits, and what is missing of their last row is not blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gkdesk.model.content import Block, Grid, GridCell
from gkdesk.model.place import Place

FILE_END = "file-end"

_NOT_THERE = "\N{REPLACEMENT CHARACTER}"
"""Stands where something may have stood: an empty cell would be a blank."""

_IN_LINE = re.compile(r"(?:[0-9０-９][.,．，]?|[^\S\r\n])\Z")
_LINE_END = re.compile(r"[\n\r\f\v\x85\u2028\u2029]\Z")
_CELL_OPENS = re.compile(r"<t[dh](?=[\s>/])", re.IGNORECASE)
_ROW_OPENS = re.compile(r"<tr(?=[\s>/])", re.IGNORECASE)
_ROW_IS_OVER = r"</(?:tr|thead|tbody|tfoot|table|body|html)\b|<t(?:r|body|foot)(?=[\s>/])"
_ROW_ENDS = re.compile(_ROW_IS_OVER, re.IGNORECASE)
_CELL_ENDS = re.compile(rf"{_ROW_IS_OVER}|</t[dh]\b|<t[dh](?=[\s>/])", re.IGNORECASE)


def ends_in_cell(page: str) -> bool:
    """True if nothing in a page's source closes its last table cell, not even the end of the table or of the page."""
    return _is_open(page, _CELL_OPENS, _CELL_ENDS)


def with_end_of_page(blocks: Sequence[Block], page: str) -> tuple[Block, ...]:
    """The blocks of a page, with what its source stops in, in doubt."""
    if _is_open(page, _ROW_OPENS, _ROW_ENDS):
        return _with_doubtful_row(blocks)
    return _with_doubtful_line(blocks) if _IN_LINE.search(page, max(0, len(page) - 2)) else tuple(blocks)


def with_end_of_text(blocks: Sequence[Block], text: str) -> tuple[Block, ...]:
    """The blocks of a text, with what it stops in, in doubt: without the end of a line nothing says it is whole."""
    tail = max(0, len(text) - 2)
    if blocks and isinstance(blocks[-1], Grid) and not _LINE_END.search(text, tail):
        # The stroke behind the last cell of a row in Markdown says that it is whole.
        return _with_doubtful_row(blocks, is_closed=text.endswith("|"))
    return _with_doubtful_line(blocks) if _IN_LINE.search(text, tail) else tuple(blocks)


def _is_open(page: str, opens: re.Pattern[str], ends: re.Pattern[str]) -> bool:
    places = [found.end() for found in opens.finditer(page)]
    return bool(places) and ends.search(page, places[-1]) is None


def _with_doubtful_line(blocks: Sequence[Block]) -> tuple[Block, ...]:
    if not blocks or isinstance(blocks[-1], Grid):
        return tuple(blocks)
    return (*blocks[:-1], replace(blocks[-1], doubt=blocks[-1].doubt or FILE_END))


def _with_doubtful_row(blocks: Sequence[Block], is_closed: bool = False) -> tuple[Block, ...]:
    """The last cell in doubt, and behind it, up to the table's width, empty ones in doubt; none if it is whole."""
    if not blocks or not isinstance(grid := blocks[-1], Grid) or not grid.cells:
        return tuple(blocks)
    end = max(grid.cells, key=lambda cell: (cell.row, cell.column))
    first = end.column + end.column_span
    if is_closed and first >= grid.column_count:
        return tuple(blocks)
    cells = [replace(cell, doubt=cell.doubt or FILE_END) if cell is end else cell for cell in grid.cells]
    cells += [_unknown(end.row, column, end.place) for column in range(first, grid.column_count)]
    return (*blocks[:-1], replace(grid, cells=tuple(cells)))


def _unknown(row: int, column: int, place: Place) -> GridCell:
    return GridCell(row, column, 1, 1, _NOT_THERE, place, FILE_END)
