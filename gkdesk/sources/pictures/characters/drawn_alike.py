"""Whether the digits of figures are drawn like the same digits elsewhere on their page, as print is.

Recognisers name what they are shown: a scratch is a 1 to them, a piece of a ring a 0, a handwritten note or the date of
a stamp the figures that these are. All digits of a table are of one typeface and size. So a certain figure needs one
more witness: others of its page that are drawn like it, or, for a digit that occurs but once, of its height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image

from gkdesk.model.place import Box
from gkdesk.model.reading import plain_characters
from gkdesk.sources.pictures.characters.cell_ink import CellInk, Piece
from gkdesk.sources.pictures.components import Blobs
from gkdesk.sources.pictures.paper import Gray

Real = npt.NDArray[np.float32]

_TALL, _WIDE, _AROUND = 20, 18, 2
"""Pixels: the height to which digits are brought, the width that the widest may have then, and paper around them."""
_SPREAD, _SIMPLE, _OTHER = 2.0, 0.08, 0.2
"""By how much less a digit may be like its fellows than most are to theirs: so much times what these lack to be the
same, and no less than the second, for what dirt looks like, or the third."""
_LIKE_DIRT, _LIKE_SCRATCHES = frozenset("017"), "1"
_SAME_HEIGHT, _PIXELS = 0.07, 1.0
"""Share of its height, and pixels, by which a digit may be higher or lower than others of its size."""
_FEWEST = 8
"""Digits of a page below which nothing can be said."""
_FEW_AS_HIGH = 3
_RARE = 0.15
"""Zeros for each blank cell, below which zeros are left blank."""
_MANY = 4
_OVERLAP = 1
_POINTS = ".,"


@dataclass(frozen=True, slots=True)
class Digit:
    """One drawn digit of a figure: ``name`` as read, its height in pixels, its ink brought to one height.

    ``shape`` is None where it touches another. ``alone`` is true for the only one of its figure.
    """

    figure: int
    name: str
    height: int
    shape: Real | None
    alone: bool

    @property
    def is_zero(self) -> bool:
        """True for a figure that is 0."""
        return self.alone and self.name == "0"

    @property
    def spread(self) -> float:
        """By how much less like its fellows it may be than most are. Scratches stand beside other digits, too."""
        return _SIMPLE if self.name in (_LIKE_DIRT if self.alone else _LIKE_SCRATCHES) else _OTHER


def doubt_the_unlike(cells: Sequence[CellInk], gray: Gray) -> None:
    """Figures of which a digit is not drawn like others of its page are in doubt."""
    sure = [(cell, number) for cell in cells for number, piece in enumerate(cell.pieces or ()) if _counts(piece)]
    digits = [
        digit
        for index, (cell, number) in enumerate(sure)
        for digit in digits_of(index, (cell.pieces or [])[number], cell.ink, gray)
    ]
    blank = sum(not len(cell.ink) for cell in cells)
    for index in unlike_figures(digits, blank):
        cell, number = sure[index]
        pieces = list(cell.pieces or ())
        pieces[number] = replace(pieces[number], sure=False)
        cell.pieces = pieces


def unlike_figures(digits: Sequence[Digit], blank: int = 0) -> set[int]:
    """The figures with a digit that is not drawn like its fellows, or has another height than all others.

    Where so many cells are ``blank`` that zeros are not printed, a 0 must be more like others than most digits are.
    """
    if len(digits) < _FEWEST:
        return set()
    rare = 0 < sum(digit.is_zero for digit in digits) < _RARE * blank
    heights = np.array([digit.height for digit in digits], dtype=np.float64)
    likeness = _likeness(digits)
    known = likeness[~np.isnan(likeness)]
    usual = float(np.median(known)) if len(known) else 1.0
    found = set()
    for digit, like in zip(digits, likeness, strict=True):
        near = max(_SAME_HEIGHT * digit.height, _PIXELS) * (1 if digit.shape is not None else 2)
        as_high = int((np.abs(heights - digit.height) <= near).sum()) - 1
        less = 0.0 if rare and digit.is_zero else max(digit.spread, _SPREAD * (1 - usual))
        if as_high < _FEW_AS_HIGH or like < usual - less:
            found.add(digit.figure)
    return found


def digits_of(figure: int, piece: Piece, ink: Blobs, gray: Gray) -> list[Digit]:
    """The drawn digits of a figure; one without a shape if its ink does not fall into as many as it has characters."""
    text = plain_characters(piece.text)
    single = len(text) == 1
    boxes = _columns_of(_inside(piece.box, ink), single)
    if len(boxes) != len(text):
        return (
            [Digit(figure, text[0], round(piece.box.bottom - piece.box.top), None, single)] if text.isdecimal() else []
        )
    return [
        Digit(figure, char, round(box.bottom - box.top), _shape(gray, box), single)
        for char, box in zip(text, boxes, strict=True)
        if char.isdecimal()
    ]


def _counts(piece: Piece) -> bool:
    """True for a certain figure: digits with nothing but points between them."""
    text = plain_characters(piece.text)
    return piece.sure and piece.is_figure and all(char.isdecimal() or char in _POINTS for char in text)


def _inside(box: Box, ink: Blobs) -> Blobs:
    xs, ys = (ink.left + ink.right) / 2, (ink.top + ink.bottom) / 2
    return ink.chosen((xs >= box.left) & (xs <= box.right) & (ys >= box.top) & (ys <= box.bottom))


def _columns_of(ink: Blobs, single: bool) -> list[Box]:
    """The boxes of what stands one above the other, left to right; all in one of a ``single`` digit."""
    boxes: list[Box] = []
    for index in np.argsort(ink.left, kind="stable"):
        box = Box(*(float(edge[index]) for edge in (ink.left, ink.top, ink.right, ink.bottom)))
        if boxes and (single or box.left < boxes[-1].right - _OVERLAP):
            boxes[-1] = boxes[-1].union(box)
        else:
            boxes.append(box)
    return boxes


def _shape(gray: Gray, box: Box) -> Real:
    """The ink of a box at one height, in the middle of a field of one size, as dark as it is."""
    piece = 255 - gray[round(box.top) : round(box.bottom), round(box.left) : round(box.right)]
    height, width = piece.shape
    wide = min(max(1, round(width * _TALL / height)), _WIDE)
    field = np.zeros((_TALL + 2 * _AROUND, _WIDE + 2 * _AROUND), dtype=np.float32)
    left = (field.shape[1] - wide) // 2
    resized = Image.fromarray(piece).resize((wide, _TALL), Image.Resampling.BILINEAR)
    field[_AROUND : _AROUND + _TALL, left : left + wide] = np.asarray(resized)
    return field


def _likeness(digits: Sequence[Digit]) -> Real:
    """How like each digit is to its best fellow of another figure, or to the second-best of many; NaN without any."""
    found = np.full(len(digits), np.nan, dtype=np.float32)
    named: dict[str, list[tuple[int, Real]]] = {}
    for index, digit in enumerate(digits):
        if digit.shape is not None:
            named.setdefault(digit.name, []).append((index, digit.shape))
    for fellows in named.values():
        alike = _compared(np.stack([shape for _, shape in fellows]))
        figures = np.array([digits[index].figure for index, _ in fellows])
        alike[figures[:, None] == figures[None, :]] = np.nan
        for (index, _), row in zip(fellows, alike, strict=True):
            others = np.sort(row[~np.isnan(row)])
            if len(others):
                found[index] = others[-2] if len(others) >= _MANY else others[-1]
    return found


def _compared(shapes: Real) -> Real:
    """How like each of some shapes is to each other, where they fit best: 1 is the same."""
    flat = _levelled(shapes)
    best = np.full((len(shapes), len(shapes)), -1.0, dtype=np.float32)
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            moved = _levelled(np.roll(shapes, (down, across), (1, 2)))
            np.maximum(best, flat @ moved.T, out=best)
    return best


def _levelled(shapes: Real) -> Real:
    flat = shapes.reshape(len(shapes), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    made: Real = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    return made
