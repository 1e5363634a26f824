"""Figures of a text that a narrow column broke over two lines: ``2,37`` and, on the next line, ``0``.

Programs that take the text out of a page give the broken figure line by line: one part after the other between the
other figures of the row (``2,37`` ``0`` ``116 5 11 36 11`` ``2,54`` ``9``), or in a text that keeps its columns the
first parts above the row, the rests below it, or one of both on the line of the row itself. The parts are joined where
one way of joining them gives a row of the table that ends in its sum, and no other way does.

A group of digits behind a separator that is not whole (``2,37``) is no number: such a figure is broken for certain, and
its rest is what the group lacks. Where that is so of every joined figure, the row is certain: the sum and the groups
are two readings that agree. Without separators nothing but the sum tells, and the row stays in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from gkdesk.extraction.figures import Figure, Piece, Strip, is_figure
from gkdesk.extraction.tables.broken_figures import doubt_broken, doubted, doubted_figure
from gkdesk.model.place import TextPlace
from gkdesk.model.reading import State, parse_reading

GROUP = 3
"""Digits of a group behind a separator."""

MOST_JOINED = 3
"""Figures of a row that are broken; where more are, the sum alone proves nothing."""

BESIDE_BY = 1
"""Columns of text by which the parts of a figure may stand beside each other."""

FEWEST_SPACED = 3
"""Figures on a line of a text that keeps its columns, most of them with room between."""

_PART = re.compile(r"[1-9]\d{0,2}(?:[,，]\d{3})*[,，](\d{0,2})")
_GLUED = re.compile(r"[1-9]\d{0,2}(?:[,，]\d{3})*[,，](\d{4,})")

Row = tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text: the words before what may be figures or parts of them, and these."""

    words: tuple[Piece, ...]
    figures: Row


@dataclass(frozen=True, slots=True)
class _Found:
    """A row put together: the line with its words, where its lines end, its figures, and whether it is certain."""

    row: int
    stop: int
    figures: Row
    proven: bool


def with_whole_figures(plain: Sequence[Strip], lines: Sequence[Strip], text: str, width: int) -> Sequence[Strip]:
    """The lines of a text, rows of ``width`` columns with broken figures each put together on a line of its own.

    Args:
        plain: the lines of the text, and ``lines`` the same with what may be broken in doubt; these are given back if
            nothing is joined.
        text: the characters that their places count.
        width: how many columns the table has.
    """
    groups = list(_lines_of_text(plain, text))
    whole = [_together(plain[group.start : group.stop]) for group in groups]
    parts = [_line(strip) for strip in whole]
    rows = _rows(whole, parts, width)
    inside = {number for first, row in rows.items() for number in range(first, row.stop)}
    left = {number for number, line in enumerate(parts) if _has_broken(line)} - inside
    unsure = {number for first, row in rows.items() if not row.proven for number in (first - 1, row.stop)}
    mended: list[Strip] = []
    for number, group in enumerate(groups):
        if number in rows:
            mended += _strips(whole, parts, number, rows[number])
        elif number not in inside:
            # Parts that nothing put together may belong to any figure beside them.
            in_doubt = left & {number - 1, number, number + 1}
            own = lines if number in unsure else plain
            mended += [doubted(own[n]) if in_doubt else own[n] for n in group]
    return doubt_broken(mended) if rows or left else lines


def _rows(whole: Sequence[Strip], parts: Sequence[_Line], width: int) -> dict[int, _Found]:
    """The rows that are put together, by the line on which each begins."""
    rows: dict[int, _Found] = {}
    number = 0
    while number < len(parts):
        row = _row_at(whole, parts, number, width)
        if row is not None:
            rows[number] = row
        number = row.stop if row is not None else number + 1
    return rows


def _lines_of_text(plain: Sequence[Strip], text: str) -> Iterator[range]:
    """The numbers of the strips line by line: what stands behind the figures of a line may be a broken one."""
    start = 0
    for number in range(1, len(plain) + 1):
        if number == len(plain) or not _goes_on(plain[number - 1], plain[number], text):
            yield range(start, number)
            start = number


def _goes_on(one: Strip, other: Strip, text: str) -> bool:
    last, first = one.pieces[-1:], other.pieces[:1]
    if not last or not first or not _is_broken(first[0].text):
        return False
    before, behind = last[0].place, first[0].place
    if not isinstance(before, TextPlace) or not isinstance(behind, TextPlace):
        return False
    return "\n" not in text[before.end : behind.start] and "\r" not in text[before.end : behind.start]


def _together(strips_of_line: Sequence[Strip]) -> Strip:
    if len(strips_of_line) == 1:
        return strips_of_line[0]
    pieces = tuple(piece for strip in strips_of_line for piece in strip.pieces)
    return replace(strips_of_line[0], figures=(), pieces=pieces)


def _line(strip: Strip) -> _Line:
    """What stands on a line; no figures of a line of a table or of a page with exact places."""
    if strip.slots is not None or strip.box is not None:
        return _Line(strip.pieces, ())
    first = len(strip.pieces) - len(strip.figures)
    begin, broken = first, False
    while begin and (_is_broken(strip.pieces[begin - 1].text) or is_figure(strip.pieces[begin - 1].text)):
        begin -= 1
        broken = broken or _is_broken(strip.pieces[begin].text)
    if not broken:
        return _Line(strip.pieces[:first], strip.figures)
    more = (Figure(piece.text, piece.place, "", piece.spans) for piece in strip.pieces[begin:first] if piece.place)
    return _Line(strip.pieces[:begin], (*more, *strip.figures))


def _is_broken(text: str) -> bool:
    return _PART.fullmatch(text) is not None or _GLUED.fullmatch(text) is not None


def _row_at(plain: Sequence[Strip], parts: Sequence[_Line], first: int, width: int) -> _Found | None:
    """The row with broken figures that begins on a line, if one way of joining them ends in its sum; else None."""
    if first + 1 >= len(parts) or not parts[first].figures or not parts[first + 1].figures:
        return None
    if plain[first].sheet != plain[first + 1].sheet:
        return None
    found = [*_run(plain, parts, first, width), *_two_lines(parts, first, width), *_stacked(parts, first, width)]
    closing = [one for one in found if _ends_in_sum(one.figures)]
    ways = {tuple(figure.text for figure in one.figures) for one in closing}
    return closing[0] if len(ways) == 1 else None


def _run(plain: Sequence[Strip], parts: Sequence[_Line], first: int, width: int) -> Iterator[_Found]:
    """The figures of lines without words behind the first, parts joined where a line ends and the next begins."""
    stop = first + 1
    while stop < len(parts) and stop - first <= width + MOST_JOINED and _follows(plain, parts, stop):
        stop += 1
    flat = [figure for line in parts[first:stop] for figure in line.figures]
    count = len(flat) - width
    if not 0 < count <= MOST_JOINED or _ends_in_sum(flat[:width]) or _ends_in_sum(flat[-width:]):
        return
    ends = [sum(len(line.figures) for line in parts[first : n + 1]) - 1 for n in range(first, stop - 1)]
    broken = [at for at, figure in enumerate(flat) if _is_broken(figure.text)]
    for chosen in [tuple(broken)] if broken else combinations(ends, count):
        joints = dict.fromkeys(chosen)
        apart = all(b - a > 1 for a, b in pairwise(chosen))
        if len(chosen) == count and apart and all(at + 1 < len(flat) and _fit(*flat[at : at + 2]) for at in chosen):
            rests = {at + 1 for at in chosen}
            row = (_joined(f, flat[at + 1]) if at in joints else f for at, f in enumerate(flat) if at not in rests)
            yield _Found(first, stop, tuple(row), bool(broken))


def _follows(plain: Sequence[Strip], parts: Sequence[_Line], number: int) -> bool:
    """True if a line holds nothing but figures, on the page of the line before."""
    return bool(parts[number].figures) and not parts[number].words and plain[number].sheet == plain[number - 1].sheet


def _two_lines(parts: Sequence[_Line], first: int, width: int) -> Iterator[_Found]:
    """A whole row on one line, the first parts of some figures above it or the rests below it."""
    above, below = parts[first], parts[first + 1]
    if not below.words or _has_broken(above):
        row = _cut(above.figures, below.figures) if len(above.figures) == width - 1 else above.figures
        for figures, proven in _with_rests(row, below.figures, width):
            yield _Found(first, first + 2, figures, proven and row is above.figures)
    if not above.words or _has_broken(above):
        for figures, proven in _with_beginnings(below.figures, above.figures, width):
            yield _Found(first + 1, first + 2, figures, proven)


def _has_broken(line: _Line) -> bool:
    return any(_is_broken(figure.text) for figure in line.figures)


def _with_rests(row: Row, rests: Row, width: int) -> Iterator[tuple[Row, bool]]:
    broken = tuple(at for at, figure in enumerate(row) if _is_broken(figure.text))
    if len(row) != width or not 0 < len(rests) <= MOST_JOINED or (not broken and _ends_in_sum(row)):
        return
    for chosen in [broken] if broken else combinations(range(width), len(rests)):
        if len(chosen) == len(rests) and _all_fit([row[at] for at in chosen], rests, row):
            joined = dict(zip(chosen, rests, strict=True))
            yield tuple(_joined(f, joined[at]) if at in joined else f for at, f in enumerate(row)), bool(broken)


def _with_beginnings(row: Row, beginnings: Row, width: int) -> Iterator[tuple[Row, bool]]:
    broken = [figure for figure in beginnings if _is_broken(figure.text)]
    if len(row) != width or not 0 < len(beginnings) <= MOST_JOINED or (not broken and _ends_in_sum(row)):
        return
    for chosen in combinations(range(width), len(beginnings)):
        if len(broken) in (0, len(beginnings)) and _all_fit(beginnings, [row[at] for at in chosen], row):
            joined = dict(zip(chosen, beginnings, strict=True))
            yield tuple(_joined(joined[at], f) if at in joined else f for at, f in enumerate(row)), bool(broken)


def _stacked(parts: Sequence[_Line], first: int, width: int) -> Iterator[_Found]:
    """The first parts above the line of the row, the rests below it, each in the column of its figure."""
    above, row, below = (*parts[first : first + 3], *[_Line((), ())] * 3)[:3]
    if not 0 < len(above.figures) == len(below.figures) <= MOST_JOINED or not row.figures:
        return
    broken = [figure for figure in above.figures if _is_broken(figure.text)]
    bare = not above.words and not below.words
    if len(broken) != len(above.figures) and (broken or not bare or len(above.figures) + len(row.figures) != width):
        return
    if not all(_fit(*pair) and _meet(*pair) for pair in zip(above.figures, below.figures, strict=True)):
        return
    joined = [_joined(*pair) for pair in zip(above.figures, below.figures, strict=True)]
    figures = (*row.figures, *joined)
    for ruler in range(min(len(figure.spans) for figure in figures) if len(figures) <= width else 0):
        placed = sorted((figure.spans[ruler], at) for at, figure in enumerate(figures))
        if all(a[1] <= b[0] for (a, _), (b, _) in pairwise(placed)):
            yield _Found(first + 1, first + 3, tuple(figures[at] for _, at in placed), bool(broken))


def _cut(row: Row, rests: Row) -> Row:
    """The row with the beginning of a broken figure parted from the figure glued to it: ``2,37116`` above ``0``."""
    broken = [at for at, figure in enumerate(row) if _is_broken(figure.text)]
    if len(broken) != len(rests):
        return row
    for at, rest in zip(broken, rests, strict=True):
        glued = _GLUED.fullmatch(row[at].text)
        if glued is not None:
            end = glued.start(1) + GROUP - len(rest.text)
            parts = (replace(row[at], text=row[at].text[:end]), replace(row[at], text=row[at].text[end:]))
            return (*row[:at], *parts, *row[at + 1 :])
    return row


def _all_fit(beginnings: Sequence[Figure], rests: Sequence[Figure], row: Row) -> bool:
    spaced = _is_spaced(row)
    pairs = list(zip(beginnings, rests, strict=True))
    return all(_fit(*pair) for pair in pairs) and (not spaced or all(_meet(*pair) for pair in pairs))


def _fit(beginning: Figure, rest: Figure) -> bool:
    """True if both may be the parts of one number; of one with separators if the rest makes its last group whole."""
    part = _PART.fullmatch(beginning.text)
    if not rest.text.isdecimal():
        return False
    if part is not None:
        return len(part.group(1)) + len(rest.text) == GROUP
    return beginning.text.isdecimal() and beginning.text[0] != "0"


def _meet(one: Figure, other: Figure) -> bool:
    """True if two figures stand below each other, by some way of counting columns of text."""
    return any(
        a[0] - BESIDE_BY < b[1] and b[0] - BESIDE_BY < a[1] for a, b in zip(one.spans, other.spans, strict=False)
    )


def _is_spaced(row: Row) -> bool:
    gaps = [b.spans[0][0] - a.spans[0][1] for a, b in pairwise(row) if a.spans and b.spans]
    return len(row) >= FEWEST_SPACED and 2 * sum(gap > 1 for gap in gaps) > len(gaps)


def _joined(beginning: Figure, rest: Figure) -> Figure:
    spans = ((min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(beginning.spans, rest.spans, strict=False))
    return replace(beginning, text=beginning.text + rest.text, spans=tuple(spans), doubt=beginning.doubt or rest.doubt)


def _ends_in_sum(row: Sequence[Figure]) -> bool:
    readings = [parse_reading(figure.text) for figure in row]
    if any(reading.state not in (State.READ, State.BLANK) for reading in readings):
        return False
    *parts, total = (reading.value or 0 for reading in readings)
    return total != 0 and sum(parts) == total


def _strips(plain: Sequence[Strip], parts: Sequence[_Line], first: int, found: _Found) -> Iterator[Strip]:
    """The lines of a row as one, with the words of the lines above and below on lines of their own."""
    for number in range(first, found.stop):
        words, sheet = parts[number].words, plain[number].sheet
        text = " ".join(piece.text for piece in words)
        if number == found.row:
            figures = found.figures
            if not found.proven:
                figures = tuple(map(doubted_figure, figures))
            pieces = (*words, *(Piece(figure.text, figure.spans, figure.place) for figure in figures))
            yield replace(plain[number], words=text, figures=figures, pieces=pieces)
        elif words:
            yield Strip(text, (), None, plain[number].page, words, sheet=sheet)
