"""Borders between two columns of a ruled table of which a scan in black and white has kept nothing.

A thin rule may fall between the black and the white of the machine all its length. Then one column is as broad as two
of its neighbours, and in its rows something stands in the middle of either half.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from gkdesk.sources.layout.marks import Rule
from gkdesk.sources.layout.ruled_grid import RuledCell, RuledGrid
from gkdesk.sources.pictures.components import Blobs

_FEWEST_ALIKE, _FEWEST_FULL = 4, 2
"""Columns of the usual breadth in a table, and rows with something in every part of a broad column, at least."""
_SAME = 0.06
"""Share of its breadth by which a column may differ from others of the same."""
_MOST_LOST = 2
_FREE = 1.2
"""Points of paper on either side of a border."""
_THICKEST = 1.8
_OFF_MIDDLE = 0.22
"""Share of a column's breadth by which what stands in it may be off its middle."""
_SPECK = 2.2

Span = tuple[float, float]


def find_lost_verticals(grids: Sequence[RuledGrid], ink: Blobs, unit: float) -> list[Rule]:
    """The borders that columns must have had which are as broad as two or three others of their table, in points.

    Proven if in two rows at least, a heading and a figure, something stands in the middle of every part, and nothing in
    any row stands elsewhere. ``ink`` is in pixels, of ``unit`` pixels a point.
    """
    spans = [
        (left / unit, right / unit, (top + bottom) / 2 / unit)
        for left, top, right, bottom in zip(ink.left, ink.top, ink.right, ink.bottom, strict=True)
        if max(right - left, bottom - top) >= _SPECK * unit
    ]
    return [rule for grid in grids for rule in (*_lost_in(grid, spans), *_lost_in_a_row(grid, spans))]


def _lost_in(grid: RuledGrid, spans: Sequence[tuple[float, float, float]]) -> list[Rule]:
    widths = [right - left for left, right in pairwise(grid.xs)]
    found: list[Rule] = []
    for column, width in enumerate(widths):
        for parts in range(2, _MOST_LOST + 2):
            alike = [other for other in widths if abs(other - width / parts) <= _SAME * width / parts]
            beside = [widths[near] for near in (column - 1, column + 1) if 0 <= near < len(widths)]
            if len(alike) >= _FEWEST_ALIKE and any(other in alike for other in beside):
                found += _borders(grid, column, parts, median(alike), spans)
    return found


def _lost_in_a_row(grid: RuledGrid, spans: Sequence[tuple[float, float, float]]) -> list[Rule]:
    """Borders that other rows have and one lacks, the other cells of which are all single and not few.

    Something stands in the middle of every column of the broad cell; what is merged stands in the middle of the whole.
    """
    found: list[Rule] = []
    for row in range(len(grid.ys) - 1):
        cells = [cell for cell in grid.cells if cell.row == row and cell.row_span == 1]
        broad = [cell for cell in cells if cell.column_span > 1]
        if len(broad) != 1 or len(cells) - 1 < _FEWEST_ALIKE:
            continue
        cell = broad[0]
        edges = grid.xs[cell.column : cell.column + cell.column_span + 1]
        held = [_held(cell, first, last, spans) for first, last in pairwise(edges)]
        own = [s for s in _held(cell, edges[0], edges[-1], spans) if not _is_left_of_rule(s, edges[1:-1], all(held))]
        middle = all(
            inside and _is_in_middle(inside, first, last, last - first)
            for inside, (first, last) in zip(held, pairwise(edges), strict=True)
        )
        if middle and sum(map(len, held)) == len(own):
            found += [Rule(at, cell.area.top, cell.area.bottom) for at in edges[1:-1]]
    return found


def _borders(
    grid: RuledGrid, column: int, parts: int, usual: float, spans: Sequence[tuple[float, float, float]]
) -> list[Rule]:
    left, right = grid.xs[column], grid.xs[column + 1]
    edges = np.linspace(left, right, parts + 1).tolist()
    full = 0
    cells = [cell for cell in grid.cells if cell.column == column and cell.column_span == 1]
    for cell in cells:
        held = [_held(cell, first, last, spans) for first, last in pairwise(edges)]
        count = sum(len(inside) for inside in held)
        own = [span for span in _held(cell, left, right, spans) if not _is_left_of_rule(span, edges[1:-1], all(held))]
        if count != len(own) or not all(
            _is_in_middle(inside, first, last, usual)
            for inside, (first, last) in zip(held, pairwise(edges), strict=True)
        ):
            return []
        full += all(held)
    if full < _FEWEST_FULL:
        return []
    return [Rule(at, cell.area.top, cell.area.bottom) for at in edges[1:-1] for cell in cells]


def _held(cell: RuledCell, left: float, right: float, spans: Sequence[tuple[float, float, float]]) -> list[Span]:
    """What stands in a part of a cell, clear of its borders."""
    return [
        (start, stop)
        for start, stop, level in spans
        if cell.area.top < level < cell.area.bottom and left + _FREE < start and stop < right - _FREE
    ]


def _is_left_of_rule(span: Span, borders: Sequence[float], between: bool) -> bool:
    """True for a thin stroke where a border was: a bit of it that was kept.

    Alone in its cell, and not ``between`` others, one as broad as a 1 may be that.
    """
    middle, broadest = (span[0] + span[1]) / 2, _THICKEST if between else _FREE
    return span[1] - span[0] <= broadest and any(abs(middle - border) <= _FREE for border in borders)


def _is_in_middle(inside: Sequence[Span], left: float, right: float, usual: float) -> bool:
    if not inside:
        return True
    middle = (min(start for start, _ in inside) + max(stop for _, stop in inside)) / 2
    return abs(middle - (left + right) / 2) <= _OFF_MIDDLE * usual
