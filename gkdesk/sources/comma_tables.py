"""Tables of a text whose cells are parted by commas, as spreadsheet programs save a sheet (CSV)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Stretch = tuple[int, int]
"""Characters of the text from and to (exclusive)."""

FEWEST_LINES = 4
FEWEST_COMMAS = 3
"""The smallest form table has fifteen lines of four cells; a sheet has more of both."""

_FIELD = re.compile(r'[ ]*"((?:[^"]|"")*)"[ ]*|[^",]*')
_SPACED_FIGURES = re.compile(r"\d[\s\u3000]+[\d+\-]")


def comma_rows(text: str, lines: Sequence[Stretch]) -> Iterator[tuple[int, list[Stretch]]]:
    """The numbers of the lines that are rows of such a table, and their cells without quotes.

    Lines that stand together have the same number of commas, and nowhere two figures with a blank between them: those
    have commas for thousands only.
    """
    run: list[list[Stretch]] = []
    for number, line in enumerate([*lines, (0, 0)]):
        cells = _cells(text, line)
        if run and len(cells) != len(run[0]):
            if len(run) >= FEWEST_LINES:
                yield from enumerate(run, start=number - len(run))
            run = []
        if len(cells) > FEWEST_COMMAS:
            run.append(cells)


def _cells(text: str, line: Stretch) -> list[Stretch]:
    """The cells of a line; none if it is no line of such a table."""
    place, end = line
    if text.count(",", place, end) < FEWEST_COMMAS or _SPACED_FIGURES.search(text, place, end):
        return []
    cells: list[Stretch] = []
    while True:
        field = _FIELD.match(text, place, end)
        if field is None or (field.end() < end and text[field.end()] != ","):
            return []
        cells.append(field.span(1) if field.group(1) is not None else field.span())
        if field.end() >= end:
            return cells
        place = field.end() + 1
