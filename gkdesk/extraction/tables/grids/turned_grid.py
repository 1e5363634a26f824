"""A grid with its rows for columns: some offices print the rows of 表三 from left to right and the applicants below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gkdesk.model.content import Grid


def turned(grids: Iterable[Grid], columns: int) -> Iterator[Grid]:
    """The grids with at least so many columns, turned round; figures keep their places in the source."""
    for grid in grids:
        if grid.column_count >= columns:
            cells = (
                replace(cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
                for cell in grid.cells
            )
            yield replace(
                grid,
                row_count=grid.column_count,
                column_count=grid.row_count,
                cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
                left_edges=(),
                right_edges=(),
                row_edges=(),
            )
