"""表四 turned round: a matrix of blocks and outcomes, or one outcome a row, read only where words prove every cell."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.extraction.figures import Figure, is_figure
from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.result import TableReading, cell_reading
from gkdesk.extraction.tables.grids.turned_grid import turned
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.spec import BlockSpec, TableSpec


def read_from_grids(table: TableSpec, grids: Sequence[Grid]) -> TableReading | None:
    """The table from the one grid that holds it turned round; None if there is none, or more than one."""
    both = [cells for grid in (*grids, *turned(grids, 1)) if (cells := _cells_of(table, grid)) is not None]
    found = {tuple(cell.place for cell in cells): cells for cells in both}
    if len(found) != 1:
        return None
    columns = [column for block in table.blocks for column in block.columns]
    readings = tuple(
        cell_reading(ref, Figure(cell.text, cell.place, cell.doubt), column.kind)
        for ref, column, cell in zip(table.refs(), columns, *found.values(), strict=True)
    )
    return TableReading(table.id, readings, 1, 1, columns_proven=True)


def _cells_of(table: TableSpec, grid: Grid) -> list[GridCell] | None:
    """The value cells in the order of the form; None unless every one of them is proven by its words."""
    names = [_named_once(grid, block) for block in table.blocks]
    found: list[GridCell] = []
    for block, name in zip(table.blocks, names, strict=True):
        cells = None if name is None else _across(grid, block, name) or _downwards(grid, block, name)
        if cells is None:
            return None
        found.extend(cells)
    return found if len({(cell.row, cell.column) for cell in found}) == len(found) else None


def _named_once(grid: Grid, block: BlockSpec) -> GridCell | None:
    named = [cell for cell in grid.cells if block.label and is_same((key(block.label[-1]),), key(cell.text))]
    return named[0] if len(named) == 1 else None


def _across(grid: Grid, block: BlockSpec, name: GridCell) -> list[GridCell] | None:
    """A block in one row: each cell under the one cell above that names its column."""
    if name.row_span != 1:
        return None
    found: list[GridCell] = []
    for column in block.columns:
        heads = [cell for cell in grid.cells if is_same(wordings(column), key(cell.text))]
        if len(heads) != 1 or heads[0].row >= name.row or heads[0].column < name.column + name.column_span:
            return None
        under = [cell for cell in grid.cells if cell.row == name.row and _slots(cell) == _slots(heads[0])]
        if len(under) != 1 or not _is_value(under[0]):
            return None
        found.append(under[0])
    return found


def _downwards(grid: Grid, block: BlockSpec, name: GridCell) -> list[GridCell] | None:
    """A block over several rows: each row names one column and has one cell behind the name."""
    rows = range(name.row, name.row + name.row_span)
    inside = [cell for cell in grid.cells if cell.row in rows and cell.column >= name.column + name.column_span]
    found: list[GridCell] = []
    for column in block.columns:
        heads = [cell for cell in inside if is_same(wordings(column), key(cell.text))]
        if len(heads) != 1:
            return None
        behind = [cell for cell in inside if cell.row == heads[0].row and cell.column > heads[0].column]
        if len(behind) != 1 or heads[0].row_span != 1 or behind[0].row_span != 1 or not _is_value(behind[0]):
            return None
        found.append(behind[0])
    return found if len({cell.column for cell in found}) == 1 and len(found) == name.row_span else None


def _slots(cell: GridCell) -> tuple[int, int]:
    return cell.column, cell.column_span


def _is_value(cell: GridCell) -> bool:
    return not cell.text.strip() or is_figure(cell.text)
