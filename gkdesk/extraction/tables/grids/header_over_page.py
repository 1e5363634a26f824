"""The header of 表四 torn by a page break, and two tables of the form one below the other in one grid.

Above the break the blocks that have their names further down are single wide cells, so that the grid has fewer columns
than the rest on the next page; its borders lie where some of that do. A name that is broken over two lines may be torn,
too: 结果 above the break and 维持 below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.tables.captions import rows_between
from gkdesk.extraction.tables.header import wordings
from gkdesk.extraction.tables.page_edges import goes_on, join, nearest
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.spec import TableSpec


def over_page(table: TableSpec, grid: Grid, rest: Grid) -> Grid | None:
    """The grid and what follows it on the next page as one, in the columns of the latter; None if it does not go on."""
    if not goes_on(grid, rest):
        return None
    upper = grid if grid.column_count == rest.column_count else _in_columns_of(grid, rest)
    return _with_torn_names(table, upper, rest) if upper is not None else None


def _in_columns_of(grid: Grid, rest: Grid) -> Grid | None:
    """The grid, its cells in the columns of a finer one; None if a border lies where that has none."""
    if grid.column_count > rest.column_count:
        return None
    cells: list[GridCell] = []
    for cell in grid.cells:
        left = nearest(rest.left_edges, grid.left_edges[cell.column])
        right = nearest(rest.right_edges, grid.right_edges[cell.column + cell.column_span - 1])
        if left is None or right is None or right < left:
            return None
        cells.append(replace(cell, column=left, column_span=right - left + 1))
    return replace(
        grid,
        column_count=rest.column_count,
        cells=tuple(cells),
        left_edges=rest.left_edges,
        right_edges=rest.right_edges,
    )


def _with_torn_names(table: TableSpec, grid: Grid, rest: Grid) -> Grid:
    """Both as one grid, names that stand half above the break and half below it as one cell."""
    names = tuple({name for block in table.blocks for column in block.columns for name in wordings(column)})
    above = {cell.column: cell for cell in grid.cells if cell.row + cell.row_span == grid.row_count}
    moved: list[GridCell] = []
    for cell in rest.cells:
        upper = above.get(cell.column)
        if cell.row == 0 and upper is not None and upper.column_span == cell.column_span and cell.text.strip():
            text = upper.text + cell.text
            if is_same(names, key(text)) and not is_same(names, key(upper.text)):
                cell = replace(cell, text=text)
        moved.append(cell)
    return join(grid, replace(rest, cells=tuple(moved)))


def one_by_one(table: TableSpec, grids: Sequence[Grid]) -> Iterator[Grid]:
    """The grids, each cut where the names of all blocks begin again: the first table is the report's, if any is."""
    names = [(key(block.label[-1]),) for block in table.blocks if block.label]
    for grid in grids:
        rows = [sorted(cell.row for cell in grid.cells if is_same(name, key(cell.text))) for name in names]
        times = min(map(len, rows), default=0)
        firsts = [min(own[number] for own in rows) for number in range(times)]
        lasts = [max(own[number] for own in rows) for number in range(times)]
        if times < 2 or any(first <= last for last, first in zip(lasts, firsts[1:], strict=False)):
            yield grid
            continue
        for first, end in zip([0, *firsts[1:]], [*firsts[1:], grid.row_count], strict=True):
            yield rows_between(grid, first, end)
