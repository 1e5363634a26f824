"""Pages whose text comes one character a line, put into lines again.

Some programs take a page with a narrow label, one character below the other, for a page written from above to below,
and give all of its characters a line each: ``予 公 开 4 1 / / 4 1``. Words and the figures behind them become one line
again, with the line breaks in it as blanks, so that nothing moves. Which digits are one figure is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gkdesk.sources.stretch import Stretch

FEWEST_LINES = 100
"""Lines of a page of a form; names of columns written upright have fewer."""

LONGEST = 5
"""Characters of a line: a few stay together, such as ``1．属``."""

MOST_LONGER = 0.15
"""Share of the lines that may have more than one character."""

FEWEST_WORDS = 0.25
"""Share of the lines with a character of a word and the next one below: figures among torn names are no such page."""

_FIGURE = re.compile(r"[0-9０-９/／\\＼—–－─-]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FIGURES = re.compile(r"[0-9０-９/／\\＼—–－─-]+(?:\s+[0-9０-９/／\\＼—–－─-]+)+")
"""The last figures of a row of another page that came to a line of their own."""
_NONE = "无"
_NUMBERED = ("．", ".", "、", "。")


def join_upright(text: str, lines: Sequence[Stretch]) -> list[Stretch]:
    """The lines, those with one character each joined to runs of words with the figures that follow them."""
    found: list[Stretch] = []
    run: list[Stretch] = []
    for line in (*lines, None):
        if line is not None and len(text[slice(*line)].strip()) <= LONGEST:
            run.append(line)
            continue
        found += _joined(text, run) if _is_upright(text, run) else run
        run = []
        if line is not None:
            found.append(line)
    return found


def _is_upright(text: str, run: Sequence[Stretch]) -> bool:
    spoken = [part for line in run if (part := text[slice(*line)].strip())]
    if len(spoken) < FEWEST_LINES:
        return False
    of_words = [bool(_HAN.fullmatch(part)) and part != _NONE for part in spoken]
    words = sum(one and other for one, other in pairwise(of_words))
    longer = sum(len(part) > 1 for part in spoken)
    return longer <= MOST_LONGER * len(spoken) and words >= FEWEST_WORDS * len(spoken)


def _joined(text: str, run: Sequence[Stretch]) -> Iterator[Stretch]:
    filled = [line for line in run if text[slice(*line)].strip()]
    parts = [text[slice(*line)].strip() for line in filled]
    figures = [_is_figure(part, after) for part, after in pairwise([*parts, ""])]
    first = 0
    for number, (before, here) in enumerate(pairwise(figures), 1):
        if before and not here:
            yield Stretch(filled[first].start, filled[number - 1].end)
            first = number
    yield Stretch(filled[first].start, filled[-1].end)


def _is_figure(part: str, after: str) -> bool:
    """True for a digit, a mark for nothing or several of them, not for the number of a label or the 无 of a word."""
    if part == _NONE:
        return not _HAN.match(after) or after in "一二三四五六七" or after == _NONE
    if _FIGURES.fullmatch(part):
        return True
    return bool(_FIGURE.fullmatch(part)) and not after.startswith(_NUMBERED)
