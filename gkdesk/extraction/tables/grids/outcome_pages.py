"""表四 on pages that end between its columns: read if the names of all outcomes then prove every column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.tables.grids.sheet_pages import end_equally_high, side_by_side
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.content import Grid
from gkdesk.model.spec import TableSpec

MOST_PARTS = 4
"""Pages over which the columns of one table are spread."""


def put_together(table: TableSpec, grids: Sequence[Grid]) -> Grid | None:
    """The grids that hold some columns of the table each as one; None if none or several are so, or one is whole."""
    if any(_names(table, grid) >= sum(len(block.columns) for block in table.blocks) for grid in grids):
        return None
    joined = [grid for group in _groups(table, grids) if (grid := side_by_side(group)) is not None]
    return joined[0] if len(joined) == 1 else None


def _groups(table: TableSpec, grids: Sequence[Grid]) -> Iterator[list[Grid]]:
    """Grids that together name each outcome as often as the form does, and whose last rows lie equally high."""
    width = sum(len(block.columns) for block in table.blocks)
    # Each column of a part has its name.
    counted = [(grid, count) for grid in grids if (count := _names(table, grid)) == grid.column_count]
    rest = counted
    while rest:
        (first, _), *others = rest
        group = [(first, _), *((grid, count) for grid, count in others if end_equally_high(first, grid))]
        rest = [pair for pair in others if pair not in group]
        pages = [grid.page or 0 for grid, _ in group]
        if 1 < len(group) <= MOST_PARTS and pages == sorted(pages) and sum(count for _, count in group) == width:
            yield [grid for grid, _ in group]


def _names(table: TableSpec, grid: Grid) -> int:
    """How many cells name an outcome."""
    names = tuple({name for block in table.blocks for column in block.columns for name in wordings(column)})
    return sum(is_same(names, key(cell.text)) for cell in grid.cells)
