"""Rows of a text that keeps its columns, told by the column of labels in which their figures stand.

A label that is broken over lines keeps its left edge, and begins with its number. So the innermost label beside a run
of figures is whole from the number above (or on) its line to the next number below, whatever labels of groups stand in
the columns before it. Were the rows in the order of the form, that order would prove them; here each has to be proven
by its whole label, and no run of figures between the first and the last may lack one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from gkdesk.extraction.figures import Piece, Strip, Unit
from gkdesk.extraction.labels import coverage, key
from gkdesk.extraction.tables.align import SURE, Alignment, Match
from gkdesk.extraction.tables.columns.text_columns import ruler_count
from gkdesk.extraction.tables.printed_rows import Variant
from gkdesk.extraction.tables.rows_by_label import FEWEST_ROWS

MOST_LINES = 12
"""Lines of text over which a label may go on, empty ones not counted."""

BESIDE = 1.0
"""Columns by which the left edge of a piece may lie beside that of another: a full label before it moves it."""

SHORTEST_ALIKE = 7
"""Spoken characters of a label that may be written otherwise than in the form; its number must be the same."""

_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)）.．、](?!\d)")


def by_label_columns(lines: Sequence[Strip], found: Sequence[Unit], variant: Variant) -> Alignment | None:
    """The rows in another order than in the form, if every run of figures stands in the lines of one whole label.

    None if the order is that of the form, or anything is not proven.
    """
    for ruler in range(ruler_count(found)):
        named = dict(_named(lines, found, variant, ruler))
        rows = list(named.values())
        if len(rows) < FEWEST_ROWS or len(set(rows)) < len(rows) or rows == sorted(rows):
            continue
        if max(named) - min(named) + 1 == len(rows):
            return Alignment(tuple(Match(unit, row, 1.0, proven=True) for unit, row in named.items()), float(len(rows)))
    return None


def _named(lines: Sequence[Strip], found: Sequence[Unit], variant: Variant, ruler: int) -> Iterator[tuple[int, int]]:
    """The runs and their rows, in order; those left out whose label is not whole or that of no row."""
    with_figures = {unit.line for unit in found if unit.figures}
    for number, unit in enumerate(found):
        if not _is_end_of_line(lines[unit.line], unit):
            continue
        for left in _left_edges(lines[unit.line], ruler):
            words = key("".join(_label_around(lines, unit.line, left, with_figures, ruler)))
            row = _row_of(words, variant)
            if row is not None:
                yield number, row
                break


def _row_of(words: str, variant: Variant) -> int | None:
    """The only row whose label the words are, whole, or (a long one) nearly so: 上年度结转 for 上年结转."""
    rows = [row for row, label in enumerate(variant.labels) if words in label.wordings]
    rows = rows or [row for row, label in enumerate(variant.labels) if any(_is_like(words, w) for w in label.wordings)]
    return rows[0] if len(rows) == 1 else None


def _is_like(words: str, wording: str) -> bool:
    alike = len(words) >= SHORTEST_ALIKE <= len(wording) and words[0] == wording[0]
    return alike and min(coverage(wording, words), coverage(words, wording)) >= SURE


def _is_end_of_line(line: Strip, unit: Unit) -> bool:
    """True if the run is the figures of its line, all of them, and stands behind words."""
    own = [figure.text for figure in line.figures]
    return unit.slots is None and bool(line.words) and own == [figure.text for figure in unit.figures]


def _words(line: Strip, ruler: int) -> Sequence[Piece]:
    """The pieces of words of a line of text whose places are known."""
    words = line.pieces[: len(line.pieces) - len(line.figures)]
    known = line.slots is None and all(len(word.spans) > ruler for word in words)
    return words if known else ()


def _left_edges(line: Strip, ruler: int) -> Iterator[float]:
    """Where the innermost label of a line may begin: behind a wide blank, or a piece earlier where they are narrow."""
    words = _words(line, ruler)
    for number in range(len(words) - 1, -1, -1):
        yield words[number].spans[ruler][0]
        gap = words[number].spans[ruler][0] - words[number - 1].spans[ruler][1] if number else 0.0
        if gap > 1 or _NUMBERED.match(words[number].text):
            return


def _label_around(
    lines: Sequence[Strip], own: int, left: float, with_figures: Collection[int], ruler: int
) -> Iterator[str]:
    """The pieces of a label from its number down to the next one, or to the figures of another row."""
    piece = _piece_at(lines[own], left, ruler)
    above: list[str] = []
    for number in range(own - 1, own - 1 - MOST_LINES, -1):
        if _NUMBERED.match(piece) or number < 0:
            break
        piece = _piece_at(lines[number], left, ruler)
        if number in with_figures:
            return
        above.append(piece)
    yield from reversed(above)
    yield _piece_at(lines[own], left, ruler)
    for number in range(own + 1, min(own + 1 + MOST_LINES, len(lines))):
        piece = _piece_at(lines[number], left, ruler)
        if number in with_figures or _NUMBERED.match(piece):
            return
        yield piece


def _piece_at(line: Strip, left: float, ruler: int) -> str:
    """The words of a line from the piece that begins at ``left``; empty if there is none.

    The number of a label may stand farther right, moved by a full label of a group before it.
    """
    words = _words(line, ruler)
    away = [word.spans[ruler][0] - left for word in words]
    starts = [number for number, word in enumerate(words) if away[number] > BESIDE and _NUMBERED.match(word.text)]
    starts = starts[:1] or [number for number in range(len(words)) if abs(away[number]) <= BESIDE]
    return "".join(word.text for word in words[starts[0] :]) if starts else ""
