"""Grids with two tables of the same columns beside each other, one a year: which of them is the report's is not said.

Years stand in a heading above the names of the columns; the names are the same in both, and so are the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from gkdesk.extraction.figures import is_figure
from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.result import TableReading
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.content import Grid
from gkdesk.model.place import Place
from gkdesk.model.spec import TableSpec


def doubt_of_tables_beside(reading: TableReading, table: TableSpec, grids: Iterable[Grid]) -> TableReading:
    """A tall table, all of it in doubt if its columns stand twice beside each other and half of the figures are left.

    Where half of the rows stand beside the other half, all figures belong to some row.
    """
    used = {cell.place for cell in reading.cells if cell.place is not None}
    beside = any(_has_two(table, grid) and _leaves_half(grid, used) for grid in grids)
    return reading.doubted("second-table") if beside else reading


def _has_two(table: TableSpec, grid: Grid) -> bool:
    """True if in some row of the grid every column but those over two rows is named twice."""
    columns = table.blocks[0].columns
    texts = [[key(cell.text) for cell in row if cell.text.strip()] for row in grid.rows()]
    return any(sum(_times(wordings(column), row) >= 2 for column in columns) >= len(columns) - 2 for row in texts)


def _times(names: Sequence[str], texts: Sequence[str]) -> int:
    return sum(is_same(tuple(names), text) for text in texts)


def _leaves_half(grid: Grid, used: Collection[Place]) -> bool:
    figures = [cell for cell in grid.cells if is_figure(cell.text)]
    left = sum(cell.place not in used for cell in figures)
    return bool(figures) and 3 * left >= len(figures)
