"""Rows of a text that keeps its columns whose figures came on two lines, with a part of the label before each.

Where the cells of a row are not set on one line, a program may give ``一、本年新收政府信息公开 265 16`` and below it
``申请数量 1 2 7 1 292``. The words of both lines are a piece of one label, the second goes on to the right of the
first, together there are as many figures as columns, and the last is the sum of the others or all are the same nothing:
these are the figures of that row, from left to right. Where the line below has words of the next label instead, they
are proposed, in doubt; so are those of a table without sums, whose label is whole on both lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gkdesk.extraction.figures import Figure, Piece, Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.broken_figures import doubted_figure
from gkdesk.extraction.tables.printed_rows import row_label
from gkdesk.model.reading import parse_reading
from gkdesk.model.spec import TableSpec

SHORTEST = 4
"""Characters of a label on both lines that tell which row it is."""


def join_lines(lines: Sequence[Strip], table: TableSpec) -> Sequence[Strip]:
    """The lines, two that hold one row of the table made one; the same lines if there are none."""
    block = table.blocks[0]
    labels = [row_label(row).wordings for row in block.rows]
    joined: list[Strip] = []
    number = 0
    while number < len(lines):
        here, below = lines[number], lines[number + 1] if number + 1 < len(lines) else None
        one = below is not None and _hold_one_row(here, below, len(block.columns))
        if below is not None and one and _name_one_row(here, below, labels):
            joined.append(_joined(here, below))
            number += 2
        elif below is not None and one and _is_rest(here, below, labels):
            joined += _with_rest(here, below)
            number += 2
        else:
            joined.append(here)
            number += 1
    return joined


def join_lines_of_blocks(lines: Sequence[Strip], table: TableSpec) -> Sequence[Strip]:
    """The lines of a table of blocks, two that hold one of its rows made one with its figures in doubt."""
    widths = {
        name: len(block.columns) for block in table.blocks for row in block.rows for name in row_label(row).wordings
    }
    joined: list[Strip] = []
    for line in lines:
        above = joined[-1] if joined else None
        width = widths.get(key(above.words) + key(line.words)) if above is not None else None
        if above is None or width is None or not key(line.words) or not _are_as_many(above, line, width):
            joined.append(line)
            continue
        both = _joined(above, line)
        joined[-1] = replace(both, figures=tuple(map(doubted_figure, both.figures)))
    return joined


def _hold_one_row(one: Strip, other: Strip, width: int) -> bool:
    return _are_as_many(one, other, width) and _comes_out((*one.figures, *other.figures))


def _are_as_many(one: Strip, other: Strip, width: int) -> bool:
    """True if both lines have figures, as many together as columns, those below right of those above."""
    if not one.figures or not other.figures or len(one.figures) + len(other.figures) != width:
        return False
    if one.slots is not None or other.slots is not None or one.sheet != other.sheet:
        return False
    last, first = one.figures[-1].spans, other.figures[0].spans
    return bool(last and first) and last[0][1] <= first[0][0]


def _comes_out(row: Sequence[Figure]) -> bool:
    """True if the last figure is the sum of the others and not nothing, or all are the same nothing."""
    *parts, total = (parse_reading(figure.text).value or 0 for figure in row)
    return sum(parts) == total and (total != 0 or len({figure.text for figure in row}) == 1)


def _name_one_row(one: Strip, other: Strip, labels: Sequence[Sequence[str]]) -> bool:
    """True if the words of both lines follow one another in the label of one row and no other."""
    if not one.words or not other.words:
        return False
    words = key(one.words) + key(other.words)
    named = sum(any(words in wording for wording in wordings) for wordings in labels)
    return len(words) >= SHORTEST and named == 1


def _is_rest(line: Strip, below: Strip, labels: Sequence[Sequence[str]]) -> bool:
    """True if the line has the whole label of a row, that below has none, and neither comes out alone."""
    whole = _comes_out((*line.figures, *below.figures)) and any(parse_reading(f.text).value for f in line.figures)
    alone = any(_comes_out(one.figures) for one in (line, below))
    return whole and not alone and _ends_in_label(line, labels) and not _ends_in_label(below, labels)


def _ends_in_label(line: Strip, labels: Sequence[Sequence[str]]) -> bool:
    words = key(line.words)
    return any(len(name) >= SHORTEST and words.endswith(name) for wordings in labels for name in wordings)


def _with_rest(line: Strip, below: Strip) -> Iterator[Strip]:
    """The line with the figures of the one below, in doubt, and the words of that: they begin the next label.

    A program that sorts what it meets by height may give the last cells of a row on the line of the next label.
    """
    figures = tuple(map(doubted_figure, (*line.figures, *below.figures)))
    yield replace(line, figures=figures, pieces=(*line.pieces, *_figures(below)))
    yield replace(below, figures=(), pieces=tuple(_words(below)))


def _joined(one: Strip, other: Strip) -> Strip:
    # Only where they stand was in doubt: two figures alone on a line are no row.
    both = (*one.figures, *other.figures)
    figures = tuple(replace(figure, doubt="") if figure.doubt == "position" else figure for figure in both)
    words = [*_words(one), *_words(other)]
    pieces = [*_figures(one), *_figures(other)]
    return replace(other, words=f"{one.words} {other.words}", figures=figures, pieces=(*words, *pieces))


def _words(line: Strip) -> Sequence[Piece]:
    return line.pieces[: len(line.pieces) - len(line.figures)]


def _figures(line: Strip) -> Sequence[Piece]:
    return line.pieces[len(line.pieces) - len(line.figures) :]
