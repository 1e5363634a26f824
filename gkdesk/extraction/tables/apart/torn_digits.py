"""Rows of a text that came one character a line: which digits are one figure.

``4 1 / / / / / 4 1`` are seven cells only as 41, five marks for nothing and 41. Digits are joined so that as many cells
as the table has columns come out and the last is the sum of the others; that is certain if there is one way only.
A text whose blanks left no trace proves nothing so, because its rows have fewer cells; rows shorter than the table show
that. Where there are as many characters as columns, joining any would leave a cell empty; that they close shows that
none was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.model.place import TextPlace
from gkdesk.model.reading import Number, parse_reading

MOST_DIGITS = 18
"""Characters of a row; more are not tried."""


def join_digits(lines: Sequence[Strip], width: int) -> Sequence[Strip]:
    """The lines, in those that came one character a line the figures of rows of ``width`` cells put together."""
    torn = [number for number, line in enumerate(lines) if _is_torn(line)]
    if not torn:
        return lines
    kept = _keeps_blanks([len(lines[number].figures) for number in torn], width)
    mended = list(lines)
    for number in torn:
        figures = lines[number].figures
        ways = list(_ways(figures, width)) if len(figures) <= MOST_DIGITS else []
        closed = [way for way in ways if _closes(way)]
        shown = max(closed or ways[:1], key=_values, default=figures)
        if not kept or len(closed) != 1:
            shown = tuple(replace(figure, doubt=figure.doubt or "position") for figure in shown)
        mended[number] = replace(lines[number], figures=shown)
    return mended


def _keeps_blanks(counts: Sequence[int], width: int) -> bool:
    """True if from the first row to the last none has fewer characters than columns, and these are most lines."""
    rows = [number for number, count in enumerate(counts) if count >= width]
    return 2 * len(rows) > len(counts) and rows[-1] - rows[0] + 1 == len(rows)


def _is_torn(line: Strip) -> bool:
    """True if words and figures have one character a line: the words hold the ends of the lines."""
    return "\n" in line.words and len(line.figures) > 1 and all(len(figure.text) == 1 for figure in line.figures)


def _values(row: Sequence[Figure]) -> list[Number]:
    return [parse_reading(figure.text).value or 0 for figure in row]


def _closes(row: Sequence[Figure]) -> bool:
    *parts, total = _values(row)
    return sum(parts) == total


def _ways(figures: Sequence[Figure], width: int) -> Iterator[tuple[Figure, ...]]:
    """All ways of joining digits that follow one another so that ``width`` figures come out; none begins with 0."""
    if width == 0 or len(figures) < width:
        if not figures and width == 0:
            yield ()
        return
    for size in range(1, len(figures) - width + 2):
        part = figures[:size]
        if size > 1 and not (_are_digits(part) and part[0].text != "0"):
            return
        for rest in _ways(figures[size:], width - 1):
            yield (_whole(part), *rest)


def _are_digits(part: Sequence[Figure]) -> bool:
    return all(figure.text.isdecimal() for figure in part)


def _whole(part: Sequence[Figure]) -> Figure:
    first, last = part[0].place, part[-1].place
    if len(part) == 1 or not isinstance(first, TextPlace) or not isinstance(last, TextPlace):
        return part[0]
    return replace(part[0], text="".join(figure.text for figure in part), place=TextPlace(first.start, last.end))
