"""The outline of a sheet that was photographed on a darker desk: four straight sides tell how it was seen.

Where a table has few rules or none, nothing printed says how a page leans at its sides; the sheet itself does.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from gkdesk.sources.pictures.flattening.desk import level_of_desk
from gkdesk.sources.pictures.flattening.lie import Corners, Point
from gkdesk.sources.pictures.raster import Colour

_SMALL = 1000
"""Pixels of the longer side of the picture in which the outline is looked for."""
_STRAIGHT = 0.006
"""Share of a side's length by which its points may be beside a straight line: sheets are not quite flat."""
_SEEN = 0.7
"""Share of a side that has to be seen: a corner may be under a finger, or the edge in a shadow."""
_LEAST_AREA = 0.3
"""Share of the picture that the sheet takes up at least."""
_SHORTER = 0.6
"""Length of a side in lengths of the opposite one, at least."""
_ROUNDS = 4

Real = npt.NDArray[np.float64]
_Line = tuple[float, float]
"""Where a side meets the first row (or column) of the picture, and how far it moves with each further one."""


def find_outline(picture: Colour) -> Corners | None:
    """The corners of the sheet in a picture, in its pixels; None unless all four sides are seen.

    They come as in :class:`~gkdesk.sources.pictures.flattening.lie.Lie`: top left, top right, bottom right, then
    bottom left.
    """
    step = max(1, max(picture.shape[:2]) // _SMALL)
    small = np.asarray(Image.fromarray(picture).reduce(step))
    level = level_of_desk(small)
    if level is None:
        return None
    light = small[..., 1].astype(np.float64)
    left, right = _side(light, level), _side(light[:, ::-1], level)
    top, bottom = _side(light.T, level), _side(light.T[:, ::-1], level)
    if left is None or right is None or top is None or bottom is None:
        return None
    height, width = light.shape
    right, bottom = (width - 1 - right[0], -right[1]), (height - 1 - bottom[0], -bottom[1])
    corners = (_crossing(left, top), _crossing(right, top), _crossing(right, bottom), _crossing(left, bottom))
    if not _is_sheet(corners, width, height):
        return None
    first, second, third, fourth = (((x + 0.5) * step, (y + 0.5) * step) for x, y in corners)
    return first, second, third, fourth


def _side(light: Real, level: float) -> _Line | None:
    """The left side of the sheet: where each row of the picture gets as light as paper, if that is a straight line."""
    paper = light >= level
    rows = np.flatnonzero(~paper[:, 0] & paper.any(axis=1))
    if len(rows) < _SEEN * _LEAST_AREA * len(light):
        return None
    first = paper[rows].argmax(axis=1)
    before, after = light[rows, first - 1], light[rows, first]
    at = first - 1 + (level - before) / np.maximum(after - before, 1.0)
    return _line(rows.astype(np.float64), at)


def _line(along: Real, at: Real) -> _Line | None:
    """The straight line on which most points are; rows above and below the sheet's corners are on other sides."""
    apart = max(1, 2 * len(along) // 3)
    far = (at[apart:] - at[:-apart]) / (along[apart:] - along[:-apart])
    lean = float(np.median(far))
    start = float(np.median(at - lean * along))
    near = max(1.5, _STRAIGHT * float(np.ptp(along)))
    for _ in range(_ROUNDS):
        kept = np.abs(at - start - lean * along) <= near
        if kept.sum() < _SEEN * len(along):
            return None
        lean, start = (float(value) for value in np.polyfit(along[kept], at[kept], 1))
    return start, lean


def _crossing(upright: _Line, level: _Line) -> Point:
    """Where x = a + b y meets y = c + d x."""
    (a, b), (c, d) = upright, level
    y = (c + d * a) / (1 - d * b)
    return a + b * y, y


def _is_sheet(corners: Corners, width: int, height: int) -> bool:
    points = np.array(corners)
    sides = np.roll(points, -1, axis=0) - points
    turns = sides[:, 0] * np.roll(sides[:, 1], -1) - sides[:, 1] * np.roll(sides[:, 0], -1)
    if not (turns > 0).all():
        return False
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    alike = all(min(a, b) >= _SHORTER * max(a, b) for a, b in zip(lengths[:2], lengths[2:], strict=True))
    x, y = points.T
    area = abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) / 2
    return alike and area >= _LEAST_AREA * width * height
