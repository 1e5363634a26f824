"""Numbers of labels that a text gives apart from them, among the figures of the table.

In a narrow column ``1、属于国家秘密`` may come as ``、属`` ``于国家`` ``秘密``, its ``1`` with those of the labels
below it behind the figures of the last row. Such numbers are no figures of the table: they are what the labels lack.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from operator import eq

from gkdesk.extraction.figures import Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.printed_rows import row_label
from gkdesk.model.spec import TableSpec

BEGINNING = 4
"""Characters of a label behind its number that tell it, where it is longer."""

LINES = 4
"""Lines on which these stand in a narrow column."""

_BEHIND_NUMBER = re.compile(r"\s*[、.．]\s*[^\s\d]")
_GROUP = re.compile(r"[（(][一二三四五六七][)）]")


def without_label_numbers(table: TableSpec, lines: Sequence[Strip]) -> Sequence[Strip]:
    """The lines of a table, those with the numbers of labels that lack theirs without figures.

    They stand behind the figures of whole rows, or alone between words, and together they are exactly the numbers that
    the labels lack. The same lines else.
    """
    width = len(table.blocks[0].columns)
    runs = [list(run) for bare, run in groupby(range(len(lines)), key=lambda n: _is_single(lines[n])) if bare]
    loose = [run[len(run) - len(run) % width :] for run in runs]
    texts = [[lines[number].figures[0].text.strip() for number in run] for run in loose]
    if Counter(text for run in texts for text in run) != Counter(_lost_numbers(table, lines)):
        return lines
    numbers = {number for run in loose for number in run}
    return [replace(line, figures=()) if number in numbers else line for number, line in enumerate(lines)]


def _is_single(line: Strip) -> bool:
    return not line.words and len(line.figures) == 1 and line.slots is None


def _lost_numbers(table: TableSpec, lines: Sequence[Strip]) -> Iterator[str]:
    """The numbers of the rows whose labels stand there from the point behind it on."""
    names = [name for row in table.blocks[0].rows for name in row_label(row).wordings if name[:1].isdigit()]
    for number, line in enumerate(lines):
        if line.figures or not _BEHIND_NUMBER.match(line.words):
            continue
        words = key("".join(_GROUP.sub("", below.words) for below in lines[number : number + LINES]))
        begun = {name: len(list(takewhile(bool, map(eq, words, name[1:])))) for name in names}
        nearest = max(names, key=begun.__getitem__)
        if begun[nearest] >= min(BEGINNING, len(nearest) - 1):
            yield nearest[0]
