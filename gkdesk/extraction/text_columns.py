"""Columns of a table in lines of text, by where figures and header words stand on the line.

Used where a row has fewer figures than the table has columns because empty cells left no trace but their width.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.header import wordings
from gkdesk.extraction.labels import key
from gkdesk.model.spec import ColumnSpec

HEADER_LINES = 14
"""Lines above the first row among which the header must stand."""

SHORTEST_PIECE = 2
"""Characters of a header word broken over lines that must stand on one line."""

Bounds = tuple[tuple[float, float], ...]


def find_columns(columns: Sequence[ColumnSpec], lines: Sequence[Strip], first_row: int) -> Bounds | None:
    """Left and right bound of each column, halfway between header words; None unless every column has its word."""
    spans = [_header_span(column, lines[max(0, first_row - HEADER_LINES) : first_row]) for column in columns]
    known = [span for span in spans if span is not None]
    if len(known) < len(columns) or any(a[1] > b[0] for a, b in pairwise(known)):
        return None
    between = [(a[1] + b[0]) / 2 for a, b in pairwise(known)]
    return tuple(zip([2 * known[0][0] - known[0][1] - 1, *between], [*between, float("inf")], strict=True))


def place_figures(figures: Sequence[Figure], bounds: Bounds) -> tuple[Figure | None, ...] | None:
    """The figures by column; None if one stands on a bound or two in one column."""
    cells: list[Figure | None] = [None] * len(bounds)
    for figure in figures:
        if figure.span is None:
            return None
        left, right = figure.span
        under = [index for index, (low, high) in enumerate(bounds) if low <= left and right <= high]
        if len(under) != 1 or cells[under[0]] is not None:
            return None
        cells[under[0]] = figure
    return tuple(cells)


def _header_span(column: ColumnSpec, lines: Sequence[Strip]) -> tuple[float, float] | None:
    found = [
        (piece.left, piece.right)
        for line in lines
        for piece in line.pieces
        if len(key(piece.text)) >= SHORTEST_PIECE and any(name.startswith(key(piece.text)) for name in wordings(column))
    ]
    return found[-1] if len(found) == 1 else None
