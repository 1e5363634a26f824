"""Tables of a text whose cells are parted by commas or semicolons, as spreadsheet programs save a sheet (CSV)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gkdesk.sources.stretch import Stretch

FEWEST_LINES = 4
FEWEST_COMMAS = 3
"""The smallest form table has fifteen lines of four cells; a sheet has more of both."""

MOST_LINES_OF_A_ROW = 40
"""Lines over which a row may go on: a heading of one character a line has seven, several cells of a row may."""

_FIELDS = {mark: re.compile(rf'[ ]*=?"((?:[^"]|"")*)"[ ]*|[^"{mark}]*') for mark in ",;"}
"""A cell; ``="12"`` is one with quotes, too: programs write it for a figure that a sheet shall show as it is."""

_SPACED_FIGURES = re.compile(r"\d[\s\u3000]+[\d+\-]")


def with_whole_rows(text: str, lines: Sequence[Stretch]) -> list[Stretch]:
    """The lines, those as one that are a row of such a table, or of one copied from a sheet, with line breaks in cells.

    Such cells stand between quotes.
    """
    found: list[Stretch] = []
    number = 0
    while number < len(lines):
        start, end = lines[number]
        last = number
        if text.count('"', start, end) % 2:
            last = next(
                (
                    other
                    for other in range(number + 1, min(number + MOST_LINES_OF_A_ROW, len(lines)))
                    if text.count('"', *lines[other]) % 2 and text.count('"', start, lines[other][1]) % 2 == 0
                ),
                number,
            )
        whole = Stretch(start, lines[last].end)
        is_row = any(_cells(text, whole, mark) for mark in _FIELDS)
        if last > number and (is_row or _is_tabbed(text[slice(*whole)])):
            found.append(whole)
            number = last + 1
        else:
            found.append(Stretch(start, end))
            number += 1
    return found


def _is_tabbed(row: str) -> bool:
    """True for a row copied from a sheet: cells parted by tabs, those with line breaks whole between quotes."""
    cells = [cell.strip() for cell in row.split("\t")]
    broken = [cell for cell in cells if "\n" in cell or "\r" in cell]
    return len(cells) > 1 and all(
        cell.startswith('"') and cell.endswith('"') and cell.count('"') % 2 == 0 for cell in broken
    )


def parted_rows(text: str, lines: Sequence[Stretch]) -> tuple[dict[int, list[Stretch]], str]:
    """The lines that are rows of such a table, by their numbers, with their cells without quotes; and what parts them.

    Lines that stand together have the same number of commas, or of semicolons, whichever make more rows, and nowhere
    two figures with a blank between them: those have commas for thousands only.
    """
    found = {mark: dict(_rows(text, lines, mark)) for mark in _FIELDS}
    mark = max(found, key=lambda each: len(found[each]))
    return found[mark], mark


def _rows(text: str, lines: Sequence[Stretch], mark: str) -> Iterator[tuple[int, list[Stretch]]]:
    run: list[list[Stretch]] = []
    for number, line in enumerate([*lines, Stretch(0, 0)]):
        cells = _cells(text, line, mark)
        if run and len(cells) != len(run[0]):
            if len(run) >= FEWEST_LINES:
                yield from enumerate(run, start=number - len(run))
            run = []
        if len(cells) > FEWEST_COMMAS:
            run.append(cells)


def _cells(text: str, line: Stretch, mark: str) -> list[Stretch]:
    """The cells of a line; none if it is no line of such a table."""
    place, end = line
    if text.count(mark, place, end) < FEWEST_COMMAS or _SPACED_FIGURES.search(text, place, end):
        return []
    cells: list[Stretch] = []
    while True:
        field = _FIELDS[mark].match(text, place, end)
        if field is None or (field.end() < end and text[field.end()] != mark):
            return []
        cells.append(Stretch(*field.span(1 if field.group(1) is not None else 0)))
        if field.end() >= end:
            return cells
        place = field.end() + 1
