"""The slash or dash that stands for nothing in a cell, known by its drawing: recognisers take them for 1 and 一.

A slash is one straight stroke of even width that leans to the right, a dash one that lies. A 1 stands upright, has a
flag to the left and often a foot; no other digit is straight. Somebody's handwriting may lean likewise, so it takes
several that are drawn alike, as only print is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gkdesk.model.place import Box
from gkdesk.sources.pictures.paper import Gray

_INK = 200
_LEAST_LEAN, _MOST_LEAN = 0.2, 1.0
_UPRIGHT = 0.13
"""How far a slash leans at least and at most, and a 1 less than this."""
_STRAIGHT, _THIN, _WITH_BAR = 0.05, 0.085, 0.13
"""A stroke is straight and thin if it is this little off its line, and its ink spread this little across; a 7 has its
bar."""
_MOSTLY_STRAIGHT = 0.03
"""The same for most slashes of a page: an italic 1 leans, too, but its flag bends it."""
_FEWEST_ROWS = 6
_DRAWN, _UNBROKEN = 0.1, 0.85
"""Share of the ink of its blackest row that a row of a stroke has, and the share of rows that have it."""
_FEWEST_ALIKE, _MOST = 3, 0.75
"""Of the slashes of a page: how many must be drawn alike, and which share of all."""
_SAME_LEAN, _SAME_SIZE = 0.07, 0.25
_FLAT, _FLATTEST = 0.25, 2.6
_NARROWEST_DASH = 2.5
_SOLID, _HAIR = 0.5, 1.2
_HALFWAY = 0.25
"""Height of a dash, at most, in shares of its width and in points; its least width in points; how much of it is ink,
unless it is no higher than so many points; how far it is from the middle of its cell, in shares of the cell."""
_NARROWEST_HYPHEN, _HYPHEN_FLAT, _HYPHEN_FLATTEST = 2.3, 0.45, 1.8
"""The same of a hyphen, which is so short that its blurred edges count."""
_LEVEL, _OFF_BORDER = 0.8, 3.0
"""Points: by how much the places of hyphens in their cells differ, and how far they are from the borders at least."""
_HALO, _AROUND, _PALE, _MOST_PALE = 1.2, 4.0, 225, 0.03
"""Points around a hyphen that its edges may reach, and above and below these where a digit would be seen; what is
darker there is ink, and how much of it may be so."""


class Drawing(NamedTuple):
    """How ink lies around a straight line through it; lengths but the first in shares of it.

    Attributes:
        height: pixels.
        lean: how far the line's top is right of its foot.
        off: how far the middle of any row is off the line.
        spread: standard deviation of the ink of the broadest row.
        unbroken: share of rows with ink.
    """

    height: float
    lean: float
    off: float
    spread: float
    unbroken: float

    @property
    def is_slash(self) -> bool:
        """True for a straight thin stroke that leans to the right."""
        straight = self.off <= _STRAIGHT and self.spread <= _THIN and self.unbroken >= _UNBROKEN
        return straight and _LEAST_LEAN <= self.lean <= _MOST_LEAN

    @property
    def leans(self) -> bool:
        """True for what may be a slash badly printed, and is no good 1 or 7."""
        return self.lean >= _UPRIGHT and self.spread <= _WITH_BAR


def is_broken_slash(drawing: Drawing, printed: Sequence[Drawing]) -> bool:
    """True for what may be left of a slash as those ``printed`` on its page: it leans as they do, but has gaps."""
    lean = float(np.median([slash.lean for slash in printed])) if printed else 0.0
    thin = drawing.off <= _STRAIGHT and drawing.spread <= _THIN
    return bool(printed) and thin and drawing.leans and abs(drawing.lean - lean) <= _SAME_LEAN


def drawing_of(gray: Gray, box: Box) -> Drawing | None:
    """The drawing of all ink of a box; None if it is too low to tell."""
    piece = gray[round(box.top) : round(box.bottom), round(box.left) : round(box.right)]
    ink = np.maximum(0.0, _INK - piece.astype(np.float64))
    height = ink.shape[0]
    rows = ink.sum(axis=1)
    drawn = np.flatnonzero(rows > _DRAWN * rows.max(initial=1.0))
    if len(drawn) < _FEWEST_ROWS:
        return None
    ink, rows = ink[drawn], rows[drawn]
    across = np.arange(ink.shape[1])
    middle = (ink * across).sum(axis=1) / rows
    spread = np.sqrt((ink * np.square(across - middle[:, None])).sum(axis=1) / rows)
    slope, start = np.polyfit(drawn, middle, 1)
    off = np.abs(middle - (start + slope * drawn)).max()
    return Drawing(height, -float(slope), float(off) / height, float(spread.max()) / height, len(drawn) / height)


def is_dash(gray: Gray, box: Box, space: Box, unit: float) -> bool:
    """True if all ink of a box is one lying stroke halfway between the borders of its cell, the ``space``."""
    width, height = box.right - box.left, box.bottom - box.top
    if width < _NARROWEST_DASH * unit or height > min(_FLAT * width, _FLATTEST * unit):
        return False
    ink = gray[round(box.top) : round(box.bottom), round(box.left) : round(box.right)] < _INK
    off = abs(box.centre[1] - space.centre[1])
    halfway = off <= _HALFWAY * (space.bottom - space.top)
    # A hair line that lies between two rows of pixels is ragged; nothing else is so low and so broad.
    solid = ink.mean() >= _SOLID or height <= _HAIR * unit
    return bool(halfway and solid and ink.any(axis=0).mean() >= _UNBROKEN)


def are_dashes(gray: Gray, drawn: Sequence[tuple[Box, Box]], unit: float) -> list[bool]:
    """For each box with the ``space`` of its cell, whether its ink is a dash, or a hyphen among others in such a place.

    Cells may be set from the top: all their first lines are then equally far below the border, in high rows and low.
    """
    hyphens = [_is_hyphen(gray, box, unit) for box, _ in drawn]
    downs = [box.centre[1] - space.top for box, space in drawn]
    ups = [space.bottom - box.centre[1] for box, space in drawn]
    found = []
    for index, (box, space) in enumerate(drawn):
        off_border = min(downs[index], ups[index]) >= _OFF_BORDER * unit
        level = off_border and any(_is_level(places, index, hyphens, unit) for places in (downs, ups))
        found.append(is_dash(gray, box, space, unit) or (hyphens[index] and level))
    return found


def _is_level(places: Sequence[float], index: int, hyphens: Sequence[bool], unit: float) -> bool:
    near = (abs(place - places[index]) <= _LEVEL * unit for place in places)
    return sum(hyphen and same for hyphen, same in zip(hyphens, near, strict=True)) >= _FEWEST_ALIKE


def _is_hyphen(gray: Gray, box: Box, unit: float) -> bool:
    """True if all ink of a box is one short lying stroke, and nothing pale is above or below it as of a worn digit."""
    width, height = box.right - box.left, box.bottom - box.top
    if width < _NARROWEST_HYPHEN * unit or height > min(_HYPHEN_FLAT * width, _HYPHEN_FLATTEST * unit):
        return False
    across = slice(round(box.left), round(box.right))
    top, bottom, reach = box.top - _HALO * unit, box.bottom + _HALO * unit, _AROUND * unit
    beside = [
        gray[max(0, round(top - reach)) : max(0, round(top)), across],
        gray[round(bottom) : round(bottom + reach), across],
    ]
    ink = gray[round(box.top) : round(box.bottom), across] < _INK
    clean = all(not side.size or (side < _PALE).mean() <= _MOST_PALE for side in beside)
    return bool(clean and ink.mean() >= _SOLID and ink.any(axis=0).mean() >= _UNBROKEN)


def are_printed(slashes: Sequence[Drawing]) -> list[bool]:
    """For each slash, whether it is drawn like most, and most are drawn alike, as only print is."""
    alike = alike_ones([drawing.height for drawing in slashes])
    lean = np.median([drawing.lean for drawing in slashes]) if slashes else 0.0
    printed = [same and abs(drawing.lean - lean) <= _SAME_LEAN for drawing, same in zip(slashes, alike, strict=True)]
    straight = bool(slashes) and float(np.median([drawing.off for drawing in slashes])) <= _MOSTLY_STRAIGHT
    enough = straight and sum(printed) >= max(_FEWEST_ALIKE, _MOST * len(slashes))
    return printed if enough else [False] * len(slashes)


def alike_ones(sizes: Sequence[float]) -> list[bool]:
    """For each size, whether it is about the usual one and that is the size of several."""
    if not sizes:
        return []
    usual = float(np.median(sizes))
    alike = [abs(size - usual) <= _SAME_SIZE * usual for size in sizes]
    return alike if sum(alike) >= _FEWEST_ALIKE else [False] * len(sizes)
