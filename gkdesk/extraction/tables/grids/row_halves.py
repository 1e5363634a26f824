"""表三 with half of its rows beside the other half, to save paper: labels and figures, and again labels and figures.

Read if every column is named once over each half, the names of the left one all left of those of the right one, and
labels stand before the figures of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.tables.align import RowLabel
from gkdesk.extraction.tables.grids.grid_rows import first_labelled_row
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.spec import TableSpec


def one_below_the_other(table: TableSpec, grids: Sequence[Grid], labels: Sequence[RowLabel]) -> list[Grid]:
    """The halves of the only grid with rows of the table, if they stand side by side in it; else none."""
    labelled = [grid for grid in grids if first_labelled_row(grid, labels) is not None]
    return (_halves(table, labelled[0], labels) or []) if len(labelled) == 1 else []


def _halves(table: TableSpec, grid: Grid, labels: Sequence[RowLabel]) -> list[Grid] | None:
    border = _border(table, grid, labels)
    if border is None:
        return None
    left = _cut(grid, 0, border)
    right = _cut(grid, border, grid.column_count)
    halves = [left, _without_empty_end(right)]
    return halves if all(first_labelled_row(half, labels) is not None for half in halves) else None


def _border(table: TableSpec, grid: Grid, labels: Sequence[RowLabel]) -> int | None:
    """The slot in which the right half begins; None if the grid has not two."""
    begins = first_labelled_row(grid, labels)
    above = [cell for cell in grid.cells if begins is not None and cell.row < begins and cell.text.strip()]
    firsts: list[GridCell] = []
    seconds: list[GridCell] = []
    for column in table.blocks[0].columns:
        named = sorted(
            (cell for cell in above if is_same(wordings(column), key(cell.text))), key=lambda cell: cell.column
        )
        if len(named) != 2:
            return None
        firsts.append(named[0])
        seconds.append(named[1])
    border = max(cell.column + cell.column_span for cell in firsts)
    crossing = (cell for cell in grid.cells if cell.column < border < cell.column + cell.column_span)
    is_apart = border < min(cell.column for cell in seconds)
    return border if is_apart and all(begins is not None and cell.row < begins for cell in crossing) else None


def _cut(grid: Grid, first: int, last: int) -> Grid:
    return replace(
        grid,
        column_count=last - first,
        cells=tuple(_cells_between(grid, first, last)),
        left_edges=grid.left_edges[first:last],
        right_edges=grid.right_edges[first:last],
    )


def _cells_between(grid: Grid, first: int, last: int) -> Iterator[GridCell]:
    for cell in grid.cells:
        left, right = max(first, cell.column), min(last, cell.column + cell.column_span)
        if left < right:
            yield replace(cell, column=left - first, column_span=right - left)


def _without_empty_end(grid: Grid) -> Grid:
    """The grid without the empty rows with which the shorter half ends."""
    end = max((cell.row + cell.row_span for cell in grid.cells if cell.text.strip()), default=0)
    return replace(grid, row_count=end, cells=tuple(cell for cell in grid.cells if cell.row < end), row_edges=())
