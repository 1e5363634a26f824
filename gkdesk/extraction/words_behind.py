"""Lines of text whose figures have words behind them: a unit or a remark that followed the last cell of a row.

A run of figures counts where a line ends in it. A row that ends in ``3 件`` would be words, its label would stand
before the figures of the row below, and those would be taken for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gkdesk.model.content import Line
from gkdesk.model.place import TextPlace
from gkdesk.model.reading import State, parse_reading

FEWEST = 5
"""Figures in a row that are no sentence: the parts of a sum and their total in 表四."""

_TOKEN = re.compile(r"\S+")


def parted(line: Line) -> Iterator[Line]:
    """The line; or, if words stand behind a run of figures, the line up to the run's end, in doubt, and the words."""
    if not isinstance(line.place, TextPlace) or line.pieces:
        yield line
        return
    end = _end_of_run(line.text)
    if not end:
        yield line
        return
    doubt = line.doubt or "remark"
    yield _part(line, line.place.start, 0, end, doubt)
    yield _part(line, line.place.start, len(line.text) - len(line.text[end:].lstrip()), len(line.text), line.doubt)


def _part(line: Line, start: int, first: int, last: int, doubt: str) -> Line:
    place = TextPlace(start + first, start + last)
    words = (
        word for word in line.words if isinstance(word.place, TextPlace) and place.start <= word.place.start < place.end
    )
    return replace(line, text=line.text[first:last], place=place, words=tuple(words), doubt=doubt)


def _end_of_run(text: str) -> int:
    """Where the last run of figures ends behind which there are words; 0 if there is none."""
    end = run = 0
    last_end = 0
    for token in _TOKEN.finditer(text):
        if _is_figure(token.group()):
            run += 1
            last_end = token.end()
            continue
        if run >= FEWEST:
            end = last_end
        run = 0
    return end if run == 0 else 0


def _is_figure(token: str) -> bool:
    return parse_reading(token).state in (State.READ, State.BLANK)
