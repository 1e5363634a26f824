"""The cells of a row of a text that keeps its columns where nothing proves them: what to propose, in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from gkdesk.extraction.figures import Figure, Unit
from gkdesk.extraction.tables.columns.placed_rows import FURTHEST, place_row

NEAR_ROWS = 5
"""Rows near one that nothing proves, by which its likely columns are told."""

MOVED = 9.0
"""Columns of text by which a figure may stand beside its column where a long label has moved the first ones."""

Cells = tuple[Figure | None, ...]


def likely_cells(found: Sequence[Unit], number: int, names: Sequence[tuple[float, ...] | None]) -> Cells | None:
    """The cells of a row that nothing proves, where its figures stand nearest to those of rows near it, as doubtful.

    The rows above may be those of another page than the rows below: those count beside which the figures stand nearest.

    Args:
        found: the runs of figures of the table; this one is ``number``.
        names: the middles of the columns' names by each way of counting columns, None where they are not known.
    """
    for furthest in (FURTHEST, MOVED):
        ways = list(_ways(found, number, names, furthest))
        if ways:
            return min(ways, key=lambda way: way[0])[1]
    return None


def _ways(
    found: Sequence[Unit], number: int, names: Sequence[tuple[float, ...] | None], furthest: float
) -> Iterator[tuple[float, Cells]]:
    figures = found[number].figures
    above, below = range(number - 1, -1, -1), range(number + 1, len(found))
    for ruler, heads in enumerate(names):
        for middles in (_middles_of([found[n] for n in side], ruler, heads) for side in (above, below)):
            away = (figures[-1].spans[ruler][0] + figures[-1].spans[ruler][1]) / 2 - middles[-1] if middles else 0.0
            for moved in (0.0, away) if found[number].ends_in_total else (0.0,):
                columns = tuple(middle + moved for middle in middles or ())
                cells = place_row(columns, figures, ruler, furthest) if columns else None
                if cells is not None:
                    stand = [(at, f.spans[ruler]) for at, f in zip(columns, cells, strict=True) if f is not None]
                    far = sum(abs(at - (span[0] + span[1]) / 2) for at, span in stand)
                    yield far + abs(moved), doubted(cells)


def _middles_of(near: Sequence[Unit], ruler: int, heads: tuple[float, ...] | None) -> tuple[float, ...] | None:
    """The middles of the columns by the first rows with a figure there, else by the names; None without both."""
    rows = [unit.cells for unit in near if unit.cells is not None]
    count = len(rows[0]) if rows else 0
    middles: list[float] = []
    for column in range(count):
        own = [
            (figure.spans[ruler][0] + figure.spans[ruler][1]) / 2
            for row in rows
            if len(row) == count and (figure := row[column]) is not None and len(figure.spans) > ruler
        ]
        if not own and heads is None:
            return None
        middles.append(median(own[:NEAR_ROWS]) if own else (heads or ())[column])
    if any(a >= b for a, b in pairwise(middles)):
        return None
    return tuple(middles) or heads


def doubted(cells: Cells) -> Cells:
    """The cells, those with a figure in doubt about its place."""
    return tuple(figure and replace(figure, doubt=figure.doubt or "position") for figure in cells)
