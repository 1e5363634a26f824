"""Rows of figures that share no line with their label, where the label before them may be that of the figures above.

Converters of pages write the figures of a row, which stand in its middle, before or behind the lines of its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gkdesk.extraction.figures import Figure, Strip, Unit, is_figure
from gkdesk.extraction.tables.align import SURE, Alignment, begun_label, likenesses
from gkdesk.extraction.tables.printed_rows import Variant

_FIGURE_BEHIND = re.compile(r"[^\W\d][）)”]?\s*\d[\d,.，]*$")
MANY_WORDS = 40
"""Characters, more than the names of columns that a page repeats before its first row."""

_POINTS = (".", "．", "、")


def labelled_by_those_above(
    found: Sequence[Unit], alignment: Alignment, variant: Variant, lines: Sequence[Strip]
) -> set[int]:
    """The numbers of the runs whose label may be that of the run above: which is whose, the order does not tell.

    A run without words on its own line stands behind figures that are no proven row, without words on their line
    either, so that the label between the two may belong to both; or its label begins beside the figures above. The
    next runs without words may then each have the label of the one before. In a table of pieces such runs are told by
    counting, too: between two rows that have words of their own stand as many as the form has rows there, or none of
    them is certain.

    Where there are exactly as many whole runs as rows, the first run is that of the first row: a run that is as far
    down as its label in the form has its own, and not that of the run above.
    """
    if not lines or not alignment.matches:
        return set()
    proven = {match.unit for match in alignment.matches if match.proven}
    first, last = alignment.matches[0].unit, alignment.matches[-1].unit
    wordings = {match.unit: variant.labels[match.row].wordings for match in alignment.matches}
    unsure = _uncounted(found, alignment, lines)
    for number in range(first + 1, last + 1):
        unit, above = found[number], found[number - 1]
        if _begins_behind_words(unit, lines) or not unit.figures or not above.figures:
            continue
        begun = begun_label(above.before, variant.labels)
        nameless = number - 1 not in proven and len(above.figures) > 1 and not lines[above.line].words
        # A row that is printed again has its own label before it, which is that of another run, too.
        nameless = nameless and not any(above.before.endswith(names) for names in wordings.values())
        begins_above = bool(begun) and any(name.startswith(begun) for name in wordings.get(number, ()))
        if nameless or begins_above or number - 1 in unsure:
            unsure.add(number)
    return unsure - set(_counted(found, alignment, variant))


def _counted(found: Sequence[Unit], alignment: Alignment, variant: Variant) -> Iterator[int]:
    """The runs that are as far down among all runs as their rows in the form, if these are as many and all whole.

    A single figure between them is no cell: none is lacking.
    """
    first, last = alignment.matches[0].unit, alignment.matches[-1].unit
    while first > 0 and found[first - 1].whole:
        first -= 1
    while last + 1 < len(found) and found[last + 1].whole and not _is_of_another_table(found[last + 1], variant):
        last += 1
    runs = [number for number in range(first, last + 1) if len(found[number].figures) > 1]
    if len(runs) != len(variant.rows) or not all(found[number].whole for number in runs):
        return
    rows = {match.unit: match.row for match in alignment.matches}
    yield from (number for place, number in enumerate(runs) if rows.get(number) == place)


def _begins_behind_words(unit: Unit, lines: Sequence[Strip]) -> bool:
    """True if words stand on the line on which the figures of a run begin, or on that on which they end."""
    number, left = unit.line, len(unit.figures) - len(lines[unit.line].figures)
    while left > 0 and number > 0 and not lines[number].words and lines[number].slots is None:
        number -= 1
        left -= len(lines[number].figures)
    return bool(lines[number].words) and left <= 0


def _is_of_another_table(unit: Unit, variant: Variant) -> bool:
    """True if before a run stand many words and no label but that of the last row, and this before all of them.

    They are a heading, and the names of other columns.
    """
    behind = min((unit.before.rpartition(name)[2] for name in variant.labels[-1].wordings), key=len)
    return len(behind) >= MANY_WORDS and max(likenesses(replace(unit, before=behind), variant.labels)) < SURE


def _uncounted(found: Sequence[Unit], alignment: Alignment, lines: Sequence[Strip]) -> set[int]:
    """The runs of pieces without words between rows that have some, unless they are as many as the form has there."""
    rows = {match.unit: match.row for match in alignment.matches}
    named = [number for number in rows if lines[found[number].line].words]
    tabular = [number for number in rows if found[number].slots is not None]
    runs = [number for number in range(min(rows), max(rows) + 1) if found[number].figures]
    if 2 * sum(1 for number in runs if lines[found[number].line].words) <= len(runs):
        return set()
    unsure: set[int] = set()
    for above, below in pairwise((min(rows) - 1, *named, max(rows) + 1)):
        between = [number for number in range(above + 1, below) if found[number].figures]
        ends = above in rows and below in rows
        if not ends or len(between) != rows[below] - rows[above] - 1:
            unsure.update(number for number in between if number in tabular)
    return unsure


def without_strangers(found: Sequence[Unit], alignment: Alignment) -> Alignment:
    """The rows without those whose figures stand behind many words that are no label: the names of another table."""
    kept = [
        match
        for match in alignment.matches
        if match.proven or match.likeness or len(found[match.unit].before) < MANY_WORDS
    ]
    return replace(alignment, matches=tuple(kept)) if len(kept) < len(alignment.matches) else alignment


def may_have_moved(cells: Sequence[Figure | None], words: str) -> bool:
    """True if a row with a blank cell holds a figure that a column of its own should have: which one is blank, then?

    One cell may hold several figures, or the label end in one (``words``: those on the row's line), or the point of the
    number of a label stand where a figure should.
    """
    texts = [figure.text.strip() if figure is not None else "" for figure in cells]
    if "" not in texts:
        return False
    return _FIGURE_BEHIND.search(words) is not None or any(text in _POINTS or _holds_several(text) for text in texts)


def _holds_several(text: str) -> bool:
    pieces = text.split()
    return len(pieces) > 1 and all(is_figure(piece) for piece in pieces)
