"""Rows of 表三 in a text that keeps its columns, where the figures of a row stand on lines of different heights.

Marks of another font stand a little higher or lower than figures, so that a program gives them a line of their own,
between the lines of a broken label: ``无      无``, ``四类过程``, ``34 /       0``. Where a text holds exactly as many
figures as the table has cells, no cell is without one; if then each run of as many figures as there are columns has one
in every column of its page, these are the rows. A row with a figure of the next one would lack a column and have
another twice, for the lines of a text go from above to below.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from gkdesk.extraction.figures import RULERS, Figure, Span, Strip

Row = tuple[Figure, ...]


def rows_in_columns(lines: Sequence[Strip], width: int) -> list[Row] | None:
    """The figures row by row, each row from left to right; None unless every one has a figure in each column.

    Args:
        lines: the part of a text that holds the table and nothing else.
        width: how many columns it has.
    """
    found = [(figure, line.sheet) for line in lines for figure in line.figures]
    runs = [found[start : start + width] for start in range(0, len(found), width)]
    if any(len(run) < width or len({sheet for _, sheet in run}) > 1 for run in runs):
        return None
    if any(len(figure.spans) < len(RULERS) for figure, _ in found):
        return None
    rows = [tuple(sorted((figure for figure, _ in run), key=lambda figure: figure.spans[0])) for run in runs]
    pages = groupby(zip(rows, runs, strict=True), key=lambda row: row[1][0][1])
    pages_of_rows = [[row for row, _ in page] for _, page in pages]
    return rows if all(_share_columns(page) for page in pages_of_rows) else None


def _share_columns(rows: Sequence[Row]) -> bool:
    """True if by some way of counting the figures of each column stand beside those of every other one."""
    return any(
        _is_apart([_hull([row[column].spans[ruler] for row in rows]) for column in range(len(rows[0]))])
        for ruler in range(len(RULERS))
    )


def _is_apart(spans: Sequence[Span]) -> bool:
    return all(a[1] <= b[0] for a, b in pairwise(spans))


def _hull(spans: Sequence[Span]) -> Span:
    return min(left for left, _ in spans), max(right for _, right in spans)
