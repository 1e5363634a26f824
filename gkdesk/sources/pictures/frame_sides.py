"""Sides of frames that lean so much that they were not taken for rules, taken out of what may be print.

A table may have a frame and no rules within it. On a photograph such a page can hardly be laid straight: nothing but
the frame tells how it was seen. A side that still leans then falls into pieces, each beside one row and as high as a
figure, and one more figure in a row moves all others of it. What is taken out was drawn without a break over many rows,
thin and straight, with nothing at all beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gkdesk.sources.pictures.components import Blobs, Mask, find_blobs
from gkdesk.sources.pictures.sheet import Sheet

Real = npt.NDArray[np.float64]

_SHORTEST = 120.0
"""Points: height of a side that counts; more than any character or figure has."""
_STEEPEST = 0.2
"""Points to the side for each one down."""
_THICKEST = 3.0
_PIECE, _GAP = 2.5, 3.0
"""Points: width of a piece of a side, and paper between two of its pieces; more stands between two rows."""
_BESIDE = 2.0
"""Points from a straight line in which a side may run: pages are not quite flat."""
_UNBROKEN = 0.85
"""Share of its height on which a side must be drawn: figures below each other reach half of that."""
_PRINT = 4.0
"""Points: what is as large beyond a side is print, and the side then no side."""
_FAINT = 225


@dataclass(frozen=True, slots=True)
class _Side:
    """A line from the head to the foot of a table, in pixels; ``lean`` is to the right for each one down."""

    top: float
    bottom: float
    left: float
    lean: float

    def at(self, down: Real) -> Real:
        """How far right it is at some heights."""
        found: Real = self.left + self.lean * (down - self.top)
        return found


def without_sides(sheet: Sheet) -> Sheet:
    """The sheet without the leaning sides of frames; as it was where none is sure."""
    for side in list(_sides(sheet)):
        sheet = _without(sheet, side)
    return sheet


def _sides(sheet: Sheet) -> Iterator[_Side]:
    unit = sheet.unit
    for blobs in (_chains(sheet.ink, sheet), sheet.traces):
        tall = (blobs.height >= _SHORTEST * unit) & (blobs.width <= _STEEPEST * blobs.height + _THICKEST * unit)
        for left, top, right, bottom in _edges(blobs.chosen(tall)):
            lean = max(0.0, right - left - _THICKEST * unit / 2) / (bottom - top)
            first, last = left + _THICKEST * unit / 4, right - _THICKEST * unit / 4
            for side in (_Side(top, bottom, first, lean), _Side(top, bottom, last, -lean)):
                if _is_drawn(sheet, side) and _is_outermost(sheet, side):
                    yield side
                    break


def _edges(blobs: Blobs) -> Iterator[tuple[float, float, float, float]]:
    for edges in zip(blobs.left, blobs.top, blobs.right, blobs.bottom, strict=True):
        left, top, right, bottom = map(float, edges)
        yield left, top, right, bottom


def _chains(ink: Blobs, sheet: Sheet) -> Blobs:
    """Narrow pieces of ink that follow each other downwards, as one blob each."""
    unit = sheet.unit
    slim = ink.chosen(ink.width <= np.maximum(_PIECE * unit, _STEEPEST * ink.height))
    painted: Mask = np.zeros(sheet.gray.shape, dtype=bool)
    half = max(1, round(_GAP * unit / 2))
    for left, top, right, bottom in zip(slim.left, slim.top, slim.right, slim.bottom, strict=True):
        painted[max(0, top - half) : bottom + half, max(0, left - 1) : right + 1] = True
    return find_blobs(painted)


def _band(sheet: Sheet, side: _Side) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Rows and columns of the pixels in which a side may run, a row of the band beside each height."""
    reach = round(_BESIDE * sheet.unit)
    down = np.arange(int(side.top), int(side.bottom))
    across = np.rint(side.at(down.astype(np.float64))).astype(np.int64)[:, None] + np.arange(-reach, reach + 1)
    return np.broadcast_to(down[:, None], across.shape), across.clip(0, sheet.even.shape[1] - 1)


def _is_drawn(sheet: Sheet, side: _Side) -> bool:
    """True if something is drawn on it from its head to its foot, and white paper is beside that."""
    dark = sheet.even[_band(sheet, side)] < _FAINT
    return bool(dark.any(axis=1).mean() >= _UNBROKEN and dark.sum(axis=1).mean() <= _THICKEST * sheet.unit)


def _is_outermost(sheet: Sheet, side: _Side) -> bool:
    """True if no print stands beyond it, left or right."""
    ink, unit = sheet.ink, sheet.unit
    middles = (ink.top + ink.bottom) / 2
    level = (middles > side.top) & (middles < side.bottom) & (np.maximum(ink.width, ink.height) >= _PRINT * unit)
    off = ((ink.left + ink.right) / 2 - side.at(middles))[level]
    off = off[np.abs(off) > _BESIDE * unit]
    return len(off) > 0 and bool((off < 0).all() or (off > 0).all())


def _without(sheet: Sheet, side: _Side) -> Sheet:
    band = _band(sheet, side)
    ruled, gray = sheet.ruled.copy(), sheet.gray.copy()
    ruled[band], gray[band] = True, np.uint8(255)
    ink, traces = (_beside(blobs, side, sheet.unit) for blobs in (sheet.ink, sheet.traces))
    return replace(sheet, ruled=ruled, gray=gray, ink=ink, traces=traces)


def _beside(blobs: Blobs, side: _Side, unit: float) -> Blobs:
    """The blobs that are no pieces of a side: those that are broader, or reach beyond the room in which it runs."""
    near = _BESIDE * unit
    down = np.clip(np.stack([blobs.top, blobs.bottom]).astype(np.float64), side.top, side.bottom)
    ends = side.at(down)
    inside = (blobs.left >= ends.min(axis=0) - near - 1) & (blobs.right <= ends.max(axis=0) + near + 1)
    middles = (blobs.top + blobs.bottom) / 2
    level = (middles > side.top - near) & (middles < side.bottom + near)
    return blobs.chosen(~(inside & level))
