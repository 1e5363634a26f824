"""Texts and pages that stop in the middle, as broken downloads do: the figure they stop in may have lost digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gkdesk.model.content import Block, Grid

FILE_END = "file-end"

_IN_FIGURE = re.compile(r"[0-9０-９][.,．，]?\Z")
_CELL_OPENS = re.compile(r"<t[dh](?=[\s>/])", re.IGNORECASE)
_CELL_IS_OVER = re.compile(r"</(?:td|th|tr|thead|tbody|tfoot|table|body|html)\b|<t(?:r|d|h|body|foot)(?=[\s>/])", re.IGNORECASE)


def ends_in_figure(text: str) -> bool:
    """True if the last character belongs to a figure: neither a blank nor the end of a line says that it is whole."""
    return _IN_FIGURE.search(text, max(0, len(text) - 2)) is not None


def ends_in_cell(page: str) -> bool:
    """True if nothing in a page's source closes its last table cell, not even the end of the table or of the page."""
    last = None
    for last in _CELL_OPENS.finditer(page):
        pass
    return last is not None and _CELL_IS_OVER.search(page, last.end()) is None


def with_doubtful_end(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the last line, or the last cell of the last grid, in doubt."""
    if not blocks:
        return ()
    *before, last = blocks
    if not isinstance(last, Grid):
        return (*before, replace(last, doubt=last.doubt or FILE_END))
    if not last.cells:
        return tuple(blocks)
    end = max(last.cells, key=lambda cell: (cell.row, cell.column))
    cells = tuple(replace(cell, doubt=cell.doubt or FILE_END) if cell is end else cell for cell in last.cells)
    return (*before, replace(last, cells=cells))
