"""Sheets wider than the paper: printed on pages that end between columns, every row as high on each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from gkdesk.extraction.figures import is_figure
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.place import PagePlace

SAME_HEIGHT = 1.5
"""Points by which a border of a printed sheet may lie at another height on its next page."""


def stand_equally_high(one: Grid, header: int, other: Grid, other_header: int) -> bool:
    """True if the rows of two grids from their headers on have the same borders, and other pages or sides of one."""
    if not (_is_known(one) and _is_known(other)) or (one.page == other.page and _right(one) > _left(other)):
        return False
    borders, others = one.row_edges[header:], other.row_edges[other_header:]
    return len(borders) == len(others) and all(_are_one(*pair) for pair in zip(borders, others, strict=True))


def end_equally_high(one: Grid, other: Grid) -> bool:
    """True if the last rows of two grids, of other pages or other sides of one, have the same borders."""
    if not (_is_known(one) and _is_known(other)) or (one.page == other.page and _right(one) > _left(other)):
        return False
    return all(_are_one(one.row_edges[end], other.row_edges[end]) for end in (-2, -1))


def side_by_side(grids: Sequence[Grid]) -> Grid | None:
    """The grids as one, from left to right, its rows by their borders; None if a figure lies in no row of another."""
    if not all(_is_known(grid) for grid in grids):
        return None
    borders = _merged(edge for grid in grids for edge in grid.row_edges)
    cells: list[GridCell] = []
    lefts: list[float] = []
    rights: list[float] = []
    width = 0
    for grid in grids:
        for cell in grid.cells:
            ends = grid.row_edges[cell.row], grid.row_edges[cell.row + cell.row_span]
            if is_figure(cell.text) and cell.text.strip() and not all(_is_row(ends, other) for other in grids):
                return None
            top, bottom = (min(range(len(borders)), key=lambda n: abs(borders[n] - end)) for end in ends)
            cells.append(replace(cell, row=top, row_span=bottom - top, column=cell.column + width))
        moved = rights[-1] - grid.left_edges[0] if rights else 0.0
        lefts += [edge + moved for edge in grid.left_edges]
        rights += [edge + moved for edge in grid.right_edges]
        width += grid.column_count
    return replace(
        grids[0],
        row_count=len(borders) - 1,
        column_count=width,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        left_edges=tuple(lefts),
        right_edges=tuple(rights),
        row_edges=tuple(borders),
    )


def _is_row(ends: tuple[float, float], grid: Grid) -> bool:
    """True if a row of the grid has these borders."""
    return any(_are_one(ends[0], top) and _are_one(ends[1], bottom) for top, bottom in pairwise(grid.row_edges))


def _is_known(grid: Grid) -> bool:
    rows, columns = len(grid.row_edges), len(grid.left_edges)
    return rows == grid.row_count + 1 and columns == len(grid.right_edges) == grid.column_count > 0


def _merged(edges: Iterable[float]) -> list[float]:
    ordered = sorted(edges)
    return [*ordered[:1], *(after for before, after in pairwise(ordered) if after - before > SAME_HEIGHT)]


def _are_one(border: float, other: float) -> bool:
    return abs(border - other) <= SAME_HEIGHT


def _right(grid: Grid) -> float:
    return max((cell.place.box.right for cell in grid.cells if isinstance(cell.place, PagePlace)), default=0.0)


def _left(grid: Grid) -> float:
    return min((cell.place.box.left for cell in grid.cells if isinstance(cell.place, PagePlace)), default=0.0)
