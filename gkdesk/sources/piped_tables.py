"""Tables of a text whose cells are parted by pipes, ``规章|0|0|12``, with none at the ends of the lines and no rules.

Programs that write fields out one after the other do so. Where cells are filled up with blanks instead, columns have
widths, and figures may be broken over lines: such lines are none of these, as those in frames of pipes are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gkdesk.sources.stretch import Stretch

FEWEST_LINES = 4
FEWEST_PIPES = 3
"""The smallest form table has fifteen lines of four cells."""
FEWEST_IN_MARKDOWN = 3
"""There the lines above and below, of fewer cells, may be tables of their own: a heading and two rows are left."""

_PIPE = re.compile(r"[|｜]")
_FILLED_UP = re.compile(r"(?:^|[|｜])[\s\u3000]{2,}|[\s\u3000]{2,}(?:[|｜]|$)|\d[\s\u3000]+[\d+\-]")
"""Blanks that fill a cell up, or two figures in one: then the line is drawn, not written out."""
_FRAMED = re.compile(r"\s*[|｜].*[|｜]\s*")
_RULE = re.compile(r"[\s|｜:=-]*-{2,}[\s|｜:=-]*")
_FIGURE = re.compile(r"(?:^|[|｜])[\s+-]?[\d,.]+\s?(?=[|｜]|$)")
_WORD = re.compile(r"[\u3400-\u9fff]")


def piped_rows(text: str, lines: Sequence[Stretch], fewest: int = FEWEST_LINES) -> dict[int, list[Stretch]]:
    """The lines that are rows of such a table, by their numbers, with their cells.

    ``fewest`` lines that stand together have the same number of pipes. Of those with figures, one at most has no words.
    """
    found: dict[int, list[Stretch]] = {}
    for first, run in _runs(text, lines):
        rows = [text[slice(*line)] for line in run]
        bare = sum(bool(_FIGURE.search(row)) and not _WORD.search(row) for row in rows)
        drawn = any(_FILLED_UP.search(row) or _RULE.fullmatch(row) for row in rows)
        if len(run) >= fewest and bare <= 1 and not drawn and not all(map(_FRAMED.fullmatch, rows)):
            found.update((first + number, list(_cells(text, line))) for number, line in enumerate(run))
    return found


def _runs(text: str, lines: Sequence[Stretch]) -> Iterator[tuple[int, Sequence[Stretch]]]:
    """The number of the first of lines that follow each other with as many pipes, and these lines."""
    first, pipes = 0, 0
    for number, line in enumerate((*lines, (0, 0))):
        count = len(_PIPE.findall(text, *line))
        if count != pipes:
            if pipes >= FEWEST_PIPES:
                yield first, lines[first:number]
            first, pipes = number, count


def _cells(text: str, line: Stretch) -> Iterator[Stretch]:
    start, end = line
    for pipe in _PIPE.finditer(text, start, end):
        yield Stretch(start, pipe.start())
        start = pipe.end()
    yield Stretch(start, end)
