"""Figures directly behind other characters, where a program left no blank.

A figure directly behind its label, with others behind it (``…其政府信息公开申请0  0  0``): a column is just wide enough
for its longest label. The figure is one, in doubt: a blank cell does not stand there.

A figure directly behind the thousands of another (``3,880211 8 20 54 21 4,194``): three digits and no more follow the
separator, so that one place is left to cut, and the row then has all its figures and ends in their sum. That proves
the columns of the others; these two are in doubt.
"""

from __future__ import annotations

import re
from itertools import pairwise

from gkdesk.extraction.noted_figures import TOKEN
from gkdesk.model.reading import State, parse_reading

_RUN = re.compile(r"\S+")
_GLUED = re.compile(r"[\u4e00-\u9fff）)”\"](\d[\d,.]*)")
_GROUPED = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?=\d)")
_FEWEST_BEHIND = 2
_ROW = 7
"""Figures of the only rows that end in the sum of all others."""


def tokens_of(text: str) -> list[re.Match[str]]:
    """The runs without blanks of a line, a figure behind the thousands of another one parted from it."""
    tokens = list(TOKEN.finditer(text))
    at = len(tokens) - _ROW + 1
    grouped = [token for token in tokens[max(at, 0) :] if _GROUPED.match(token.group())]
    if at < 0 or len(grouped) != 1:
        return tokens
    number, (token,) = tokens.index(grouped[0]), grouped
    end = _GROUPED.match(text, token.start(), token.end())
    parts = [_RUN.match(text, token.start(), end.end()), _RUN.match(text, end.end(), token.end())] if end else []
    cut = [*tokens[:number], *(part for part in parts if part is not None), *tokens[number + 1 :]]
    return cut if _comes_out([part.group() for part in cut[at:]]) else tokens


def touching(tokens: list[re.Match[str]]) -> set[int]:
    """The numbers of the tokens without a blank before or behind them: parts of what ran together."""
    met = [number for number, (one, other) in enumerate(pairwise(tokens)) if one.end() == other.start()]
    return {*met, *(number + 1 for number in met)}


def _comes_out(texts: list[str]) -> bool:
    readings = [parse_reading(text) for text in texts]
    if any(reading.state not in (State.READ, State.BLANK) for reading in readings):
        return False
    *parts, total = (reading.value or 0 for reading in readings)
    return total > 0 and sum(parts) == total


def with_glued(text: str, tokens: list[re.Match[str]], first: int) -> list[re.Match[str]]:
    """The tokens of a line whose figures begin with number ``first``; a label with a figure at its end is parted."""
    if not first or len(tokens) - first < _FEWEST_BEHIND:
        return tokens
    label = tokens[first - 1]
    glued = next((match for match in _GLUED.finditer(label.group()) if match.end() == len(label.group())), None)
    if glued is None:
        return tokens
    cut = label.start() + glued.start(1)
    parts = (_RUN.match(text, label.start(), cut), _RUN.match(text, cut, label.end()))
    return [*tokens[: first - 1], *(part for part in parts if part is not None), *tokens[first:]]
