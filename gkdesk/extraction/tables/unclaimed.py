"""Texts in which figures of a table belong to no row: what that says about rows that seem to be read.

Texts made from pages by converters tell rows and columns by the order of labels and figures alone. Where figures are
left over, something went elsewhere, and what stands beside that may be out of its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gkdesk.extraction.result import CellReading, TableReading
from gkdesk.model.place import TextPlace
from gkdesk.model.reading import State
from gkdesk.model.spec import TableSpec

_SPLIT = "split-digits"
_WORD = re.compile("[\u3400-\u9fff]")


def doubt_beside_unclaimed(reading: TableReading, table: TableSpec, text: str) -> TableReading:
    """A tall table of a ``text``, rows in doubt whose figures may be another's.

    With figures left over, those on lines of their own between two labels of which the second has none may be its own.
    Where a cell holds the figures of two columns, a row with blanks may have its figures in other columns.
    """
    if not reading.strays:
        return reading
    rows: dict[str, list[CellReading]] = {}
    for cell in reading.cells:
        rows.setdefault(cell.ref.row, []).append(cell)
    alone = (
        row for row in _before_empty_rows(rows, [row.id for row in table.blocks[0].rows]) if _is_alone(rows[row], text)
    )
    doubted = dict.fromkeys(alone, "row-unproven")
    if any(_SPLIT in cell.reading.doubts for cell in reading.cells):
        doubted |= {row: "position" for row, cells in rows.items() if _has_blanks(cells)}
    cells = tuple(_doubted(cell, doubted.get(cell.ref.row, "")) for cell in reading.cells)
    return replace(reading, cells=cells)


def _before_empty_rows(rows: dict[str, list[CellReading]], order: Sequence[str]) -> list[str]:
    """The rows of which the next one of the form was not found."""
    found = [any(cell.reading.state is not State.MISSING for cell in rows.get(row, ())) for row in order]
    return [row for row, has, next_has in zip(order, found, found[1:], strict=False) if has and not next_has]


def _is_alone(cells: Sequence[CellReading], text: str) -> bool:
    """True if no words stand before the first figure on its line."""
    starts = [cell.place.start for cell in cells if isinstance(cell.place, TextPlace) and cell.reading.raw]
    start = min(starts, default=0)
    return not _WORD.search(text, text.rfind("\n", 0, start) + 1, start)


def _has_blanks(cells: Sequence[CellReading]) -> bool:
    return any(cell.reading.state is State.BLANK and not cell.reading.raw for cell in cells)


def _doubted(cell: CellReading, doubt: str) -> CellReading:
    return cell.doubted(doubt) if doubt and cell.reading.state is State.READ else cell
