"""Rows of a text whose last figure is the sum of those before it and stands in another column than the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gkdesk.extraction.result import CellReading, TableReading
from gkdesk.model.reading import State
from gkdesk.model.spec import TableSpec

DOUBT = "position"


def doubt_totals_elsewhere(reading: TableReading, table: TableSpec) -> TableReading:
    """A tall table, rows in doubt whose total column is empty while their last figure adds up the others.

    A program that keeps the columns of a page by blanks has moved the row: nobody prints a sum in a part's place.
    """
    rows: dict[str, list[CellReading]] = {}
    for cell in reading.cells:
        rows.setdefault(cell.ref.row, []).append(cell)
    last = table.blocks[0].columns[-1].id
    moved = {row for row, cells in rows.items() if cells[-1].ref.column == last and _has_moved(cells)}
    if not moved:
        return reading
    return replace(
        reading, cells=tuple(cell.doubted(DOUBT) if cell.ref.row in moved else cell for cell in reading.cells)
    )


def _has_moved(cells: Sequence[CellReading]) -> bool:
    values = [cell.reading.value for cell in cells if cell.reading.value is not None]
    total = cells[-1].reading
    if total.state is not State.BLANK or total.raw or len(values) < 2:
        return False
    return bool(values[-1]) and sum(values[:-1]) == values[-1]
