"""Plans how a source's grid becomes tables of a Qt document: pieces of bounded size, every slot filled exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gkdesk.model.content import Grid, GridCell

SLOTS_A_PIECE = 400
"""Qt lays a table out as a whole, in about 50 ms for so many; larger ones are cut between rows."""


@dataclass(slots=True)
class Area:
    """Slots of a table that show as one, and the cells whose text stands there (more than one if they overlap)."""

    row: int
    column: int
    row_span: int
    column_span: int
    cells: list[GridCell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table to write; ``areas`` row by row, from the left; ``goes_on`` if the next piece continues it."""

    row_count: int
    column_count: int
    areas: tuple[Area, ...]
    goes_on: bool = False


def plan_table(grid: Grid, column_count: int) -> Iterator[TablePlan]:
    """The pieces of ``grid``, of which only the first ``column_count`` columns are shown."""
    if not grid.row_count or not column_count:
        return
    rows = grid.rows()
    top = 0
    while top < grid.row_count:
        bottom = _piece_end(grid, rows, top, max(1, SLOTS_A_PIECE // column_count))
        areas = tuple(_areas(rows[top:bottom], top, bottom, column_count))
        yield TablePlan(bottom - top, column_count, areas, goes_on=bottom < grid.row_count)
        top = bottom


def _piece_end(grid: Grid, rows: list[list[GridCell]], top: int, most: int) -> int:
    """Where to cut: before a row that no span reaches into; in an endless span anywhere."""
    reach = top
    best = 0
    for row in range(top, min(grid.row_count, top + most)):
        reach = max([reach, row + 1, *(row + cell.row_span for cell in rows[row])])
        if reach == row + 1:
            best = reach
    if top + most >= grid.row_count:
        return grid.row_count
    return best if best > top else top + most


def _areas(rows: list[list[GridCell]], top: int, bottom: int, column_count: int) -> Iterator[Area]:
    owner: dict[tuple[int, int], Area] = {}
    areas: list[Area] = []
    for cell in (cell for row in rows for cell in row if 0 <= cell.column < column_count):
        row, column = cell.row - top, cell.column
        present = owner.get((row, column))
        if present is not None:
            present.cells.append(cell)
            continue
        area = _free_area(owner, cell, row, bottom - top, column_count)
        areas.append(area)
        for slot in _slots(area):
            owner[slot] = area
    yield from sorted(areas, key=lambda area: (area.row, area.column))


def _free_area(owner: dict[tuple[int, int], Area], cell: GridCell, row: int, row_count: int, column_count: int) -> Area:
    """The slots of a cell as far as they are inside the table; only its first if others are taken already."""
    row_span = max(1, min(cell.row_span, row_count - row))
    column_span = max(1, min(cell.column_span, column_count - cell.column))
    wished = Area(row, cell.column, row_span, column_span, [cell])
    if any(slot in owner for slot in _slots(wished)):
        return Area(row, cell.column, 1, 1, [cell])
    return wished


def _slots(area: Area) -> Iterator[tuple[int, int]]:
    return (
        (row, column)
        for row in range(area.row, area.row + area.row_span)
        for column in range(area.column, area.column + area.column_span)
    )
