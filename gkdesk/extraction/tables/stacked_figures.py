"""Figures of a page that are broken over two lines of a narrow column, put together again.

A cell without room for ``3,175`` prints ``3,17`` and below it ``5``; the other cells of the row stand in the middle
between these two lines, nearer to both than lines of a text can stand. So three lines belong to one row, and what
stands above and below its middle in one column, where the middle line has nothing, is one figure. Only a number that
breaks off within a group of thousands proves it; else the row stays in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gkdesk.extraction.figures import Figure, Piece, Strip
from gkdesk.model.place import Box, PagePlace

NEAREST_LINES = 1.15
"""Heights of a digit: lines of a text stand further from each other than this."""

LEVEL = 0.35
"""The same, by which the middle of a row may stand above or below that of a figure of two lines."""

_PART = re.compile(r"\d[\d,，]*")
_BROKEN_GROUP = re.compile(r"\d{1,3}(?:[,，]\d{3})*[,，]\d{0,2}")
_GROUPED = re.compile(r"\d{1,3}(?:[,，]\d{3})+")
_FEWEST_BESIDE = 2


@dataclass(frozen=True, slots=True)
class _Parts:
    """What may be parts of figures at the end of a line, left to right, and the words before them."""

    pieces: tuple[Piece, ...]
    words: tuple[Piece, ...]
    middle: float


def with_stacked(lines: Sequence[Strip]) -> list[Strip]:
    """The strips, the parts of a figure above and below a row taken into it, out of their own lines."""
    mended = list(lines)
    for number in range(1, len(mended) - 1):
        above, row, below = mended[number - 1 : number + 2]
        upper, lower = _parts(above), _parts(below)
        if upper is None or lower is None or not _are_of_one_row(upper, row, lower):
            continue
        taken = [(a, b) for a in upper.pieces for b in lower.pieces if _share_place(a, b)]
        if len(taken) != len(upper.pieces) or len(taken) != len(lower.pieces):
            continue
        mended[number] = _with_figures(row, [_joined(row, a, b, above, below) for a, b in taken])
        mended[number - 1], mended[number + 1] = _without(above, upper), _without(below, lower)
    return mended


def _parts(line: Strip) -> _Parts | None:
    if line.box is None or line.slots is not None or not line.pieces:
        return None
    first = len(line.pieces)
    while first and _PART.fullmatch(line.pieces[first - 1].text):
        first -= 1
    places = [figure.place.box for figure in line.figures if isinstance(figure.place, PagePlace)]
    box = places[-1] if places else line.box
    middle = (box.top + box.bottom) / 2
    return _Parts(line.pieces[first:], line.pieces[:first], middle) if first < len(line.pieces) else None


def _are_of_one_row(upper: _Parts, row: Strip, lower: _Parts) -> bool:
    """True if the row stands halfway between both, too near for two lines, and has nothing in their columns."""
    boxes = [figure.place.box for figure in row.figures if isinstance(figure.place, PagePlace)]
    if len(boxes) < _FEWEST_BESIDE or row.slots is not None:
        return False
    digit = max(box.bottom - box.top for box in boxes)
    middle = sum((box.top + box.bottom) / 2 for box in boxes) / len(boxes)
    if abs((upper.middle + lower.middle) / 2 - middle) > LEVEL * digit:
        return False
    if not 0 < lower.middle - upper.middle <= 2 * NEAREST_LINES * digit:
        return False
    return not any(_share_place(piece, own) for piece in (*upper.pieces, *lower.pieces) for own in row.pieces)


def _share_place(one: Piece, other: Piece) -> bool:
    return bool(one.spans and other.spans) and _meet(*one.spans[0], *other.spans[0])


def _meet(left: float, right: float, other_left: float, other_right: float) -> bool:
    return left < other_right and other_left < right


def _joined(row: Strip, upper: Piece, lower: Piece, above: Strip, below: Strip) -> Figure:
    left = min(upper.spans[0][0], lower.spans[0][0])
    right = max(upper.spans[0][1], lower.spans[0][1])
    top = above.box.top if above.box is not None else 0.0
    bottom = below.box.bottom if below.box is not None else 0.0
    text = upper.text + lower.text
    proven = _BROKEN_GROUP.fullmatch(upper.text) and _GROUPED.fullmatch(text)
    place = PagePlace(row.page or 0, Box(left, top, right, bottom))
    return Figure(text, place, "" if proven else "position", ((left, right),))


def _with_figures(row: Strip, joined: Sequence[Figure]) -> Strip:
    doubt = "position" if any(figure.doubt for figure in joined) else ""
    own = [replace(figure, doubt=figure.doubt or doubt) for figure in row.figures]
    figures = sorted([*own, *joined], key=lambda figure: figure.spans[0][0])
    words = row.pieces[: len(row.pieces) - len(row.figures)]
    if any(a.spans[0][1] > b.spans[0][0] for a, b in pairwise(figures)):
        return row
    return replace(row, figures=tuple(figures), pieces=(*words, *(Piece(f.text, f.spans) for f in figures)))


def _without(line: Strip, parts: _Parts) -> Strip:
    words = line.words
    for piece in reversed(parts.pieces):
        words = words.rstrip().removesuffix(piece.text)
    return replace(line, words=words.strip(), figures=(), pieces=parts.words)
