"""Figures that cannot be those of a cell: a number beside the table's columns, or all figures of a row in one.

A row that lacks a figure has as many as there are columns if the number of its line is counted, too. It stands left of
where all other rows begin; where other lines begin with theirs in the same place, it is left out. And where a text lost
the blanks between the figures of a row, one long number is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gkdesk.extraction.figures import Figure, Piece, Strip, Unit
from gkdesk.extraction.tables.align import Alignment
from gkdesk.model.place import Box, PagePlace

FEWEST_ROWS = 5
"""Rows with all figures that tell where the first column stands on a page."""

BESIDE = 2.0
"""Heights of a figure by which it must at least stand left of the first column."""

FEWEST_NUMBERED = 8
"""Lines that must begin with the number of their row, before its label, in one place."""


def without_numbers_beside(
    found: Sequence[Unit], alignment: Alignment, lines: Sequence[Strip], width: int
) -> list[Unit]:
    """The runs, those that begin with the number of their line without it.

    Where the label of a row stands on the lines above and below, its line begins with the number, and with the figures
    behind it that makes one run. Other lines have a number before their label in the same place, and all count the
    rows.
    """
    numbers: dict[int, tuple[int, Piece]] = {}
    for match in alignment.matches:
        first = next(iter(lines[found[match.unit].line].pieces), None)
        if first is not None and first.text.isascii() and first.text.isdecimal():
            numbers[match.unit] = int(first.text) - match.row, first
    own = {unit: piece for unit, (_, piece) in numbers.items() if _begins_with(found[unit], piece)}
    before_labels = [(away, piece) for unit, (away, piece) in numbers.items() if unit not in own]
    away, times = Counter(away for away, _ in before_labels).most_common(1)[0] if before_labels else (0, 0)
    mended = list(found)
    if not own or times < FEWEST_NUMBERED or 2 * times < len(alignment.matches):
        return mended
    others = [found[match.unit] for match in alignment.matches if match.unit not in own]
    firsts = [unit.figures[0] for unit in others if unit.figures]
    for unit, piece in own.items():
        if any(_share_place(piece, figure) for figure in firsts):
            continue
        beside = sum(one == away and _share_place(piece, other) for one, other in before_labels)
        if numbers[unit][0] == away and beside >= FEWEST_NUMBERED:
            figures = found[unit].figures[1:]
            cells = figures if len(figures) == width else None
            raw = " ".join(figure.text for figure in figures)
            mended[unit] = replace(
                found[unit], figures=figures, cells=cells, whole=cells is not None, blank=not figures, raw=raw
            )
    return mended


def _begins_with(unit: Unit, piece: Piece) -> bool:
    """True if the run begins with the first piece of its line, and with no figure of a line above."""
    figure = next(iter(unit.figures), None)
    return figure is not None and figure.text == piece.text and figure.spans == piece.spans


def _share_place(one: Piece, other: Piece | Figure) -> bool:
    return (
        bool(one.spans and other.spans) and one.spans[0][0] < other.spans[0][1] and other.spans[0][0] < one.spans[0][1]
    )


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
