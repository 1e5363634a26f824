"""Cells of pages that go over several rows: a border between the figures of these was not drawn, or not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gkdesk.extraction.figures import is_figure
from gkdesk.model.content import Grid, GridCell


def in_own_rows(grid: Grid, cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a row, those in doubt that go over another row with a label of its own, be they filled or not.

    Which of the rows a figure belongs to is not known; every row of the form has figures of its own. So nothing in a
    row is blank for sure if a cell with figures goes over it from above.
    """
    if grid.page is None or not cells:
        return list(cells)
    labelled = {cell.row for cell in grid.cells if _is_label(cell)}
    reached = _is_reached(grid, cells)
    return [
        _doubted(cell)
        if (not _is_label(cell) and labelled & _rows_below(cell)) or (reached and not cell.text.strip())
        else cell
        for cell in cells
    ]


def _is_reached(grid: Grid, cells: Sequence[GridCell]) -> bool:
    """True if a cell that begins above a row, right of its label, goes over it and holds a figure."""
    row = cells[0].row
    first = max((cell.column for cell in cells if _is_label(cell)), default=cells[0].column - 1)
    return any(
        cell.column > first and cell.row < row < cell.row + cell.row_span and any(map(str.isdecimal, cell.text))
        for cell in grid.cells
    )


def _rows_below(cell: GridCell) -> set[int]:
    """The rows over which a cell goes, but for its first."""
    return set(range(cell.row + 1, cell.row + cell.row_span))


def _is_label(cell: GridCell) -> bool:
    return bool(cell.text.strip()) and not is_figure(cell.text)


def _doubted(cell: GridCell) -> GridCell:
    return replace(cell, doubt=cell.doubt or "position")
