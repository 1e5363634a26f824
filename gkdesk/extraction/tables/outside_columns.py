"""Figures that cannot be those of a cell: a number beside the table's columns, or all figures of a row in one.

A row that lacks a figure has as many as there are columns if the number of its line is counted, too. It stands left of
where all other rows begin. And where a text lost the blanks between the figures of a row, one long number is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gkdesk.extraction.figures import Figure, Unit
from gkdesk.model.place import Box, PagePlace

FEWEST_ROWS = 5
"""Rows with all figures that tell where the first column stands on a page."""

BESIDE = 2.0
"""Heights of a figure by which it must at least stand left of the first column."""


def beside_first_column(found: Sequence[Unit], matched: Iterable[int], width: int) -> frozenset[int]:
    """The runs among ``matched`` with ``width`` figures whose first stands left of those of all others on its page."""
    firsts: dict[int, tuple[int, Box]] = {}
    for number in matched:
        figures = [figure for figure in found[number].figures if figure.text.strip()]
        place = figures[0].place if len(figures) == width else None
        if isinstance(place, PagePlace):
            firsts[number] = place.page, place.box
    return frozenset(number for number in firsts if _is_beside(number, firsts))


def _is_beside(number: int, firsts: dict[int, tuple[int, Box]]) -> bool:
    page, box = firsts[number]
    others = [other.left for at, (on, other) in firsts.items() if at != number and on == page]
    return len(others) >= FEWEST_ROWS and min(others) - box.right >= BESIDE * (box.bottom - box.top)


def is_all_in_one(figures: Sequence[Figure], width: int) -> bool:
    """True for a row of one number only that has a digit for each of ``width`` columns."""
    filled = [figure.text for figure in figures if figure.text.strip()]
    return len(filled) == 1 and sum(char.isdecimal() for char in filled[0]) >= width
