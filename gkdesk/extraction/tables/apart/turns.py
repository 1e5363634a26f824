"""Headings and figures of 表四 in a text that gives them in turns: ``结果 结果 其他 尚未``, ``1 1 3 0``, ``总计``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.model.spec import TableSpec

_MARGIN = re.compile(r"://|^\d{1,4}/\d{1,2}/\d{1,4}\b|^\d{1,3}/\d{1,3}$|年度报告")
"""What a browser prints in the margin of a page: its address, number, the date and the title of the report."""

_BEHIND_YEAR = "年"


@dataclass(frozen=True, slots=True)
class Turn:
    """Words, as a key, and the figures behind them; ``first`` and ``stop`` are the numbers of their lines."""

    words: str
    figures: tuple[Figure, ...]
    first: int
    stop: int


def turns_of(lines: Sequence[Strip]) -> list[Turn]:
    """The turns of a part of a text, without the margins of its pages; the last one may be without figures."""
    found: list[Turn] = []
    words, figures, first = "", list[Figure](), 0
    for number, line in enumerate(lines):
        if is_margin(line):
            continue
        if line.words and figures:
            found.append(Turn(words, tuple(figures), first, number))
            words, figures, first = "", [], number
        words += key(line.words)
        figures += line.figures
    if words or figures:
        found.append(Turn(words, tuple(figures), first, len(lines)))
    return found


def is_margin(line: Strip) -> bool:
    """True for what a browser prints above or below a page."""
    return _MARGIN.search(line.words) is not None


def without_margins(lines: Sequence[Strip]) -> list[Strip]:
    """The lines without the margins of pages; the year of a title may stand on a line before the rest of it."""
    kept = []
    for number, line in enumerate(lines):
        behind = lines[number + 1] if number + 1 < len(lines) else None
        of_title = behind is not None and behind.words.startswith(_BEHIND_YEAR) and is_margin(behind)
        if not is_margin(line) and not (of_title and not line.words and len(line.figures) == 1):
            kept.append(line)
    return kept


def without_groups(table: TableSpec, words: str) -> str:
    """The words without the names of blocks: 未经复议直接起诉 before 行政诉讼, the longer ones first."""
    for group in sorted({key(label) for block in table.blocks for label in block.label}, key=len, reverse=True):
        words = words.replace(group, "")
    return words
