"""Columns of a table in text that figures tell and not places: the numbers of the lines, and a total that stands first.

A first figure that counts the rows of the form, row after row, below a header that names 行次, is the number of its
line: no column of the form does that. Without it a row is one of a table without such a column.

Where row after row another figure than the last is the sum of the others, the total stands there. That is no proof of
where the other columns stand: such rows are put in the likeliest order and stay in doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gkdesk.extraction.figures import Figure, Unit
from gkdesk.extraction.tables.align import Alignment
from gkdesk.extraction.tables.header import LINE_NUMBERS
from gkdesk.model.reading import parse_reading

FEWEST_NUMBERED = 5
"""Rows that must begin with their own number."""

FEWEST_CLOSED = 3
"""Rows that must be closed by a figure in the same place."""

NEARLY_ALL = 0.9
"""Share of the rows that must begin with their own number, or be closed in the same place."""


def without_line_numbers(found: Sequence[Unit], alignment: Alignment, header: str, width: int) -> list[Unit] | None:
    """The runs without the numbers of their lines; None if the table has none.

    Args:
        found: the runs of figures of lines of text, as long as the numbers make them.
        alignment: which of them is which row.
        header: the words before the first row, as a key.
        width: how many columns the form has.
    """
    words = [word for word in LINE_NUMBERS if word in header]
    rows = [(found[match.unit], match) for match in alignment.matches if found[match.unit].figures]
    if not words or len(rows) < FEWEST_NUMBERED or any(unit.slots is not None for unit, _ in rows):
        return None
    away = Counter(number - match.row for unit, match in rows if (number := _number(unit.figures[0])) is not None)
    first, times = away.most_common(1)[0] if away else (0, 0)
    if times < NEARLY_ALL * len(rows):
        return None
    numbers = {match.unit: match.row + first for _, match in rows}
    mended = [
        _with_figures(unit, _behind_number(unit, numbers.get(number)), width) for number, unit in enumerate(found)
    ]
    top = min(numbers)
    for number in range(max(0, top - 3), top + 1):
        mended[number] = replace(mended[number], before=_without(mended[number].before, words))
    return mended


def with_total_last(found: Sequence[Unit], alignment: Alignment) -> list[Unit]:
    """The runs, their total moved to the last place if row after row it stands in another one."""
    rows = [unit for match in alignment.matches if (unit := found[match.unit]).cells is not None]
    closed = [places for unit in rows if (places := _closing(unit.cells or ()))]
    counted = Counter(place for places in closed for place in places)
    # Of two places that close as many rows, where each has only one figure beside its sum, the outer one.
    place, times = max(counted.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    last = len(rows[0].cells or ()) - 1 if rows else 0
    if times < max(FEWEST_CLOSED, NEARLY_ALL * len(closed)) or times == counted[last]:
        return list(found)
    return [_moved(unit, place) if unit.cells is not None else unit for unit in found]


def _moved(unit: Unit, place: int) -> Unit:
    cells = unit.cells or ()
    return replace(unit, cells=(*cells[:place], *cells[place + 1 :], cells[place]))


def _closing(cells: Sequence[Figure | None]) -> list[int]:
    """The places whose figure is the sum of all others, and more than nothing."""
    values = [parse_reading(figure.text if figure else "").value or 0 for figure in cells]
    return [place for place, value in enumerate(values) if value and 2 * value == sum(values)]


def _number(figure: Figure) -> int | None:
    text = figure.text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else None


def _behind_number(unit: Unit, number: int | None) -> tuple[Figure, ...]:
    """The figures of a run behind the number of its line.

    In doubt where they stand on several lines and add up to the first of them: the total may have come first.
    """
    if number is None or not unit.figures or _number(unit.figures[0]) != number:
        return unit.figures
    figures = unit.figures[1:]
    on_one_line = all(a.spans and b.spans and a.spans[0] < b.spans[0] for a, b in pairwise(figures))
    if not on_one_line and _closing(figures)[:1] == [0] and len(figures) - 1 not in _closing(figures):
        return tuple(replace(figure, doubt=figure.doubt or "position") for figure in figures)
    return figures


def _with_figures(unit: Unit, figures: tuple[Figure, ...], width: int) -> Unit:
    cells = figures if len(figures) == width else None
    raw = " ".join(figure.text for figure in figures)
    return replace(unit, figures=figures, cells=cells, whole=cells is not None, blank=not figures, raw=raw)


def _without(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text
