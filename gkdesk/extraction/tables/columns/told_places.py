"""Whether the figures of a row stand in their columns in one way only.

A single figure between two columns tells nothing, but those beside it do: where the columns on both sides are taken, it
has one place only. So whole rows are compared: a row is told if in every other way the figures that stand elsewhere are
several times as far away as in this one. That the whole line has not moved against the names, which no distance shows,
must be known otherwise. Names that a program has drawn together, with one blank between them, stand over the figures of
other columns: they tell nothing where the next name behind them is much further away than they are from each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gkdesk.extraction.figures import Figure

CLEARLY = 3.0
"""How many times as far away the figures must stand in every other way."""

MOST_UNEVEN = 2.0
"""How many times as wide as the narrowest the widest step from one name to the next may be."""

_NEVER = float("inf")


def is_told(columns: Sequence[float], cells: Sequence[Figure | None], ruler: int) -> bool:
    """True if in every other way the figures that stand elsewhere are ``CLEARLY`` further away than in these cells.

    Args:
        columns: the middles of the columns' names from left to right.
        cells: the figure of each column, None where nothing stands.
        ruler: the way of counting columns of text.
    """
    if not are_even(columns):
        return False
    # costs[n]: what the figures so far gain at least in the first n columns: all in their places, or one elsewhere.
    costs = [(0.0, _NEVER)] * (len(columns) + 1)
    for own, figure in enumerate(cells):
        if figure is None:
            continue
        middle = sum(figure.spans[ruler]) / 2
        following = [(_NEVER, _NEVER)]
        for number, place in enumerate(columns):
            more = abs(middle - place) - CLEARLY * abs(middle - columns[own])
            here = (costs[number][0], costs[number][1]) if number == own else (_NEVER, min(costs[number]) + more)
            following.append((min(following[-1][0], here[0]), min(following[-1][1], here[1])))
        costs = following
    return costs[-1][1] > 0


def are_even(columns: Sequence[float]) -> bool:
    """True if the names stand in about equal steps, as over columns of a table; none are drawn together."""
    steps = [after - before for before, after in pairwise(columns)]
    return max(steps) <= MOST_UNEVEN * min(steps)
