"""Names of rows that the end of a page tore in two: their last characters stand alone in the first row of the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gkdesk.model.content import Grid, GridCell


def with_name_mended(grid: Grid, following: Grid, is_name: Callable[[str], bool]) -> tuple[Grid, Grid]:
    """Both grids, the rest of a torn name moved to the last row of the first if ``is_name`` knows the whole one.

    The figures of a row stand beside the first part of its name, as the printer sets them; the first row of the next
    page holds the rest of the name and nothing else.
    """
    torn = next((cell for cell in _row(grid, grid.row_count - 1) if cell.text.strip()), None)
    filled = [cell for cell in _row(following, 0) if cell.text.strip()]
    if torn is None or len(filled) != 1 or filled[0].column != torn.column:
        return grid, following
    (rest,) = filled
    if is_name(torn.text) or not is_name(torn.text + rest.text):
        return grid, following
    whole = replace(torn, text=torn.text + rest.text)
    return (
        replace(grid, cells=tuple(whole if cell is torn else cell for cell in grid.cells)),
        replace(following, cells=tuple(replace(cell, text="") if cell is rest else cell for cell in following.cells)),
    )


def _row(grid: Grid, row: int) -> list[GridCell]:
    return sorted((cell for cell in grid.cells if cell.row == row), key=lambda cell: cell.column)
