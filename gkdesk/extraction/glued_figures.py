"""A figure directly behind its label, with others behind it: ``…其政府信息公开申请0  0  0``.

A column is just wide enough for its longest label, so that no blank is left. The figure is one, in doubt: a blank cell
does not stand there.
"""

from __future__ import annotations

import re

_RUN = re.compile(r"\S+")
_GLUED = re.compile(r"[\u4e00-\u9fff）)”\"](\d[\d,.]*)")
_FEWEST_BEHIND = 2


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
