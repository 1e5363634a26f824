"""Which cell of a grid names which column of a table of blocks side by side (表四), wherever these stand."""

from __future__ import annotations

from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.spec import TableSpec


def columns_by_words(table: TableSpec, grid: Grid) -> list[GridCell] | None:
    """The header cells of all columns in the order of the form, wherever blocks and columns stand.

    Each block must be named by one cell only, and each of its columns by one cell only within the width of that cell:
    then the words prove every slot. None if anything is missing or there twice.
    """
    found: list[GridCell] = []
    over = _cells_over_blocks(table, grid)
    for block, (cell, right) in zip(table.blocks, over or (), strict=False):
        below = [other for other in grid.cells if other.row > cell.row and cell.column <= other.column < right]
        for column in block.columns:
            named = [other for other in below if is_same(wordings(column), key(other.text))]
            if len(named) != 1:
                return None
            found.append(named[0])
    return found if found and len({cell.column for cell in found}) == len(found) else None


def _cells_over_blocks(table: TableSpec, grid: Grid) -> list[tuple[GridCell, int]] | None:
    """The cell that names each block, and the slot behind those it stands over; None if one is missing or there twice.

    Where no cell is merged, it is the first of those it stands over, and all others up to the next name are empty.
    """
    found: list[GridCell] = []
    for block in table.blocks:
        named = [cell for cell in grid.cells if block.label and is_same((key(block.label[-1]),), key(cell.text))]
        if len(named) != 1:
            return None
        found += named
    ends = [cell.column + cell.column_span for cell in found]
    if not grid.aligned or any(cell.column_span > 1 for cell in found):
        return list(zip(found, ends, strict=True))
    starts = sorted(cell.column for cell in found)
    ends = [next((at for at in starts if at > cell.column), grid.column_count) for cell in found]
    empty = not any(
        other.text.strip()
        for cell, end in zip(found, ends, strict=True)
        for other in grid.cells
        if other.row == cell.row and cell.column < other.column < end
    )
    return list(zip(found, ends, strict=True)) if empty else None
