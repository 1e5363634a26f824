"""How a page lies in its picture: skew and mild perspective, found from what is printed; and the page laid straight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from math import radians, tan

import numpy as np
import numpy.typing as npt
from PIL import Image

from gkdesk.model.place import Box
from gkdesk.sources.pictures.components import Mask, find_runs, label_runs
from gkdesk.sources.pictures.page_bend import Bend, fit_bend
from gkdesk.sources.pictures.paper import Gray

Real = npt.NDArray[np.float64]
Point = tuple[float, float]

Corners = tuple[Point, Point, Point, Point]
_Patch = tuple[tuple[int, int, int, int], tuple[float, ...]]
_Slopes = tuple[float, float, float, float]
"""Slope, its change per pixel across, and the place where it is that: across and along."""

_STEEPEST = 7.0
"""Degrees to both sides that are looked at."""
_SMALL_UNIT = 1.4
_DARK = 170
_CONTRAST = 24.0
_SMOOTHED = 3.0
_THICKEST_STROKE = 5.0
_TEXT_BIN = 3.0
_RULE = 30.0
_LONG_RULE = 120.0
_LEAST_RULES = 250.0
"""Points: length of a stroke that is a rule, and of all rules that say how the page lies."""
_MOST_POINTS = 60_000
_STROKE, _THIN, _PIECE = 14.0, 0.8, 45.0
"""Points: length of a stroke that may be a part of a rule, and how far it may be from straight; of its pieces."""
_STEEPEST_RULE = 0.25
_FEWEST_STROKES = 12
_MUCH_LONGER = 1.03
_MESH = 32
_LEVEL = 0.004
"""Share of the width by which two sides of a page may differ for it to be a matter of taste how it is stretched."""
_LEAST_BEND = 1.5
"""Points by which lines of a page that is not flat are off somewhere."""


@dataclass(frozen=True, slots=True)
class Lie:
    """Where the straightened page's corners are in the picture: top left, top right, bottom right, bottom left.

    The page has the picture's width and height; between the corners it lies flat, as a camera sees it, but for its
    ``bend``.
    """

    width: int
    height: int
    corners: Corners
    bend: Bend | None = None

    def point(self, x: float, y: float) -> Point:
        """Where a point of the straightened page is in the picture."""
        if self.bend is not None:
            y += self.bend.down(x, y, self.width, self.height)
        a, b, c, d, e, f, g, h = self._view()
        depth = g * x + h * y + 1.0
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth

    def box(self, box: Box) -> Box:
        """The smallest box of the picture around a box of the straightened page."""
        points = [self.point(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        xs, ys = zip(*points, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    @property
    def is_straight(self) -> bool:
        """True if the page lies straight already."""
        straight = ((0, 0), (self.width, 0), (self.width, self.height), (0, self.height))
        if self.bend is not None:
            return False
        return all(abs(a - c) + abs(b - d) < 1 for (a, b), (c, d) in zip(self.corners, straight, strict=True))

    def straighten(self, gray: Gray, paper: int = 255) -> Gray:
        """The picture as it looks from straight above."""
        if self.is_straight:
            return gray[: self.height, : self.width]
        size, picture, bicubic = (self.width, self.height), Image.fromarray(gray), Image.Resampling.BICUBIC
        if self.bend is not None:
            return np.asarray(picture.transform(size, Image.Transform.MESH, self._mesh(), bicubic, fillcolor=paper))
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.corners
        if abs(x0 - x1 + x2 - x3) + abs(y0 - y1 + y2 - y3) < _LEVEL * self.width:
            quad = (x0, y0, x3, y3, x2, y2, x1, y1)
            return np.asarray(picture.transform(size, Image.Transform.QUAD, quad, bicubic, fillcolor=paper))
        view = self._view()
        return np.asarray(picture.transform(size, Image.Transform.PERSPECTIVE, view, bicubic, fillcolor=paper))

    def _mesh(self) -> list[_Patch]:
        """Small boxes of the straightened page, each with the corners of where it is in the picture."""
        xs = [round(self.width * step / _MESH) for step in range(_MESH + 1)]
        ys = [round(self.height * step / _MESH) for step in range(_MESH + 1)]
        points = [[self.point(x, y) for x in xs] for y in ys]
        found: list[_Patch] = []
        for row, (top, bottom) in enumerate(pairwise(ys)):
            above, below = points[row], points[row + 1]
            for column, (left, right) in enumerate(pairwise(xs)):
                quad = (*above[column], *below[column], *below[column + 1], *above[column + 1])
                found.append(((left, top, right, bottom), quad))
        return found

    def _view(self) -> tuple[float, ...]:
        """The eight numbers of x' = (ax + by + c) / (gx + hy + 1), y' = (dx + ey + f) / (gx + hy + 1)."""
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.corners
        ax, ay, bx, by = x1 - x2, y1 - y2, x3 - x2, y3 - y2
        sx, sy = x0 - x1 + x2 - x3, y0 - y1 + y2 - y3
        size = ax * by - bx * ay
        g, h = (sx * by - bx * sy) / size, (ax * sy - sx * ay) / size
        w, v = float(self.width), float(self.height)
        return (
            *((x1 - x0 + g * x1) / w, (x3 - x0 + h * x3) / v, x0),
            *((y1 - y0 + g * y1) / w, (y3 - y0 + h * y3) / v, y0),
            *(g / w, h / v),
        )


def find_lie(gray: Gray, unit: float) -> Lie:
    """How the page lies in an evened-out picture of ``unit`` pixels a point."""
    factor = max(1, round(unit / _SMALL_UNIT))
    small, small_unit = _shrunk(gray, factor), unit / factor
    height, width = small.shape
    slope = _slope_of_text(small < _DARK, small_unit)
    first = _turned(width, height, slope)
    straight = first.straighten(small)
    if slope and _length_of_rules(small, small_unit) > _length_of_rules(straight, small_unit):
        # Rules run longest where they lie level; a few words in a table say less about that than they.
        first, straight = _turned(width, height, 0.0), small
    for _ in range(2):
        seen = _seen_from_aside(straight, small_unit)
        if seen is None:
            break
        first = _after(first, seen)
        straight = first.straighten(small)
    found = _lie_of_rules(straight, small_unit)
    first = first if found is None else _after(first, found)
    corners, bend = first.corners, _bend(first, small, small_unit)
    # The shrunk picture may have lost a few pixels at its right and bottom edges.
    top_left, top_right, bottom_right, bottom_left = ((x * factor, y * factor) for x, y in corners)
    return Lie(width * factor, height * factor, (top_left, top_right, bottom_right, bottom_left), bend)


def _bend(lie: Lie, gray: Gray, unit: float) -> Bend | None:
    """How far from flat the page is; None if its rules run no longer when it is flattened."""
    best, straight = lie, lie.straighten(gray)
    length = _length_of_rules(straight, unit)
    for _ in range(2):
        strokes = _strokes(level_strokes(straight, unit)[0], unit)
        bend = strokes and fit_bend(strokes.slope, strokes.x, strokes.y, strokes.length, lie.width, lie.height)
        if not bend or (best.bend is None and bend.depth(lie.width, lie.height) < _LEAST_BEND * unit):
            break
        tried = replace(best, bend=bend if best.bend is None else best.bend.plus(bend))
        straight = tried.straighten(gray)
        longer = _length_of_rules(straight, unit)
        if longer <= _MUCH_LONGER * length:
            break
        best, length = tried, longer
    return best.bend


def _seen_from_aside(gray: Gray, unit: float) -> Lie | None:
    """How a page lies that somebody photographed from near and aside, roughly; None if its rules run no longer then.

    What is far from level is short steps in the rows of a picture, and found stroke by stroke.
    """
    height, width = gray.shape
    across = _slopes_of_strokes(level_strokes(gray, unit)[0], unit)
    down = _slopes_of_strokes(level_strokes(np.ascontiguousarray(gray.T), unit)[0], unit)
    if across is None or down is None:
        return None
    lie = Lie(width, height, _corners(width, height, across, down))
    longer = _length_of_rules(lie.straighten(gray), unit) > _MUCH_LONGER * _length_of_rules(gray, unit)
    return lie if longer else None


@dataclass(frozen=True, slots=True)
class _Strokes:
    """Pieces of thin straight strokes: their slopes, middles and lengths."""

    slope: Real
    x: Real
    y: Real
    length: Real


def _strokes(mask: Mask, unit: float) -> _Strokes | None:
    """The strokes that may be parts of rules, cut into short pieces; None if there are few."""
    cut = mask.copy()
    cut[:, :: round(_PIECE * unit)] = False
    runs = find_runs(cut)
    label = label_runs(runs)
    length = (runs.stop - runs.start).astype(np.float64)
    count: Real = np.bincount(label, weights=length).astype(np.float64)
    x, y = (runs.start + runs.stop - 1) / 2.0, runs.row.astype(np.float64)

    def mean(values: Real) -> Real:
        found: Real = np.bincount(label, weights=length * values) / count
        return found

    middle_x, middle_y = mean(x), mean(y)
    off_x, off_y = x - middle_x[label], y - middle_y[label]
    # A run is as wide as it is long: that adds to how far apart its points are.
    spread, lean, height = mean(off_x**2 + (length**2 - 1) / 12), mean(off_x * off_y), mean(off_y**2)
    slope = lean / np.maximum(spread, 1e-9)
    rules = (spread >= (_STROKE * unit) ** 2 / 12) & (height - slope * lean <= (_THIN * unit) ** 2)
    rules &= np.abs(slope) <= _STEEPEST_RULE
    if count[rules].sum() < _LEAST_RULES * unit:
        return None
    return _Strokes(slope[rules], middle_x[rules], middle_y[rules], count[rules])


def _slopes_of_strokes(mask: Mask, unit: float) -> _Slopes | None:
    """As :func:`_slopes_of_rules`, of whatever thin strokes there are: each says at which slope it runs where it is."""
    strokes = _strokes(mask, unit)
    if strokes is None:
        return None
    middle, centre = mask.shape[0] / 2, mask.shape[1] / 2
    return *_fitted(strokes.slope, strokes.y - middle, strokes.length), middle, centre


def _fitted(slope: Real, off: Real, weight: Real) -> tuple[float, float]:
    """The slope and its change that most strokes have; what deviates is left out bit by bit."""
    first, change = float(np.median(slope)), 0.0
    for near in (0.1, 0.06, 0.03, 0.015, 0.015):
        kept = np.abs(slope - first - change * off) <= near
        if kept.sum() < _FEWEST_STROKES:
            break
        w, at, value = weight[kept], off[kept], slope[kept]
        mean_at, mean_value = np.average(at, weights=w), np.average(value, weights=w)
        change = float((w * (at - mean_at) * (value - mean_value)).sum() / max((w * (at - mean_at) ** 2).sum(), 1e-9))
        first = float(mean_value - change * mean_at)
    return first, change


def _lie_of_rules(gray: Gray, unit: float) -> Lie | None:
    """How a page lies by its rules; None without any. Without vertical ones it is taken to be turned only."""
    height, width = gray.shape
    across = _slopes_of_rules(level_strokes(gray, unit)[0], unit)
    if across is None:
        return None
    down = _slopes_of_rules(level_strokes(np.ascontiguousarray(gray.T), unit)[0], unit)
    return Lie(width, height, _corners(width, height, across, down or (-across[0], 0.0, width / 2, height / 2)))


def _after(first: Lie, then: Lie) -> Lie:
    """How a page lies that was laid straight by ``first`` and lay like ``then`` in what came of that."""
    top_left, top_right, bottom_right, bottom_left = (first.point(*corner) for corner in then.corners)
    return Lie(then.width, then.height, (top_left, top_right, bottom_right, bottom_left))


def level_strokes(gray: Gray, unit: float) -> tuple[Mask, Mask]:
    """Dark strokes that are thin from top to bottom, whatever the shade of the paper around them.

    First evened out along the stroke, which bridges small gaps and levels noise, then every dark point as it is.
    """
    reach = max(1, round(_THICKEST_STROKE * unit / 2))
    padded = np.pad(gray, ((2 * reach, 2 * reach), (0, 0)), mode="edge")
    brightest = _largest(padded, 2 * reach + 1)
    filled = 255 - _largest(255 - brightest, 2 * reach + 1)
    window = max(1, round(_SMOOTHED * unit))
    depth = filled - gray
    darker = _mean_along(depth, window)
    # Closing gaps in noise leaves the whole page a little darker than its brightest points.
    usual = float(np.median(darker[::7, ::7]))
    return darker > usual + _CONTRAST, depth > usual + _CONTRAST / 2


def _mean_along(values: Gray, window: int) -> npt.NDArray[np.float32]:
    """The mean of each ``window`` values beside each other: noise is evened out, level strokes stay."""
    half = window // 2
    sums = np.cumsum(np.pad(values, ((0, 0), (half + 1, window - half - 1)), mode="edge"), axis=1, dtype=np.float32)
    return (sums[:, window:] - sums[:, :-window]) / np.float32(window)


def _largest(gray: Gray, window: int) -> Gray:
    """The largest of each ``window`` rows below each other; gives ``window - 1`` rows less."""
    found, done = gray, 1
    while done < window:
        step = min(done, window - done)
        found = np.maximum(found[:-step], found[step:])
        done += step
    return found


def _shrunk(gray: Gray, factor: int) -> Gray:
    if factor == 1:
        return gray
    height, width = gray.shape[0] // factor, gray.shape[1] // factor
    cut = gray[: height * factor, : width * factor]
    small: Gray = cut.reshape(height, factor, width, factor).mean(axis=(1, 3)).astype(np.uint8)
    return small


def _turned(width: int, height: int, slope: float) -> Lie:
    across = (slope, 0.0, height / 2, width / 2)
    down = (-slope, 0.0, width / 2, height / 2)
    return Lie(width, height, _corners(width, height, across, down))


def _corners(width: int, height: int, across: _Slopes, down: _Slopes) -> Corners:
    """Solves y = Y + (x - cx) s(Y), x = X + (y - cy) t(X) for the four corners (X, Y) of the page."""
    slope, change, middle_y, centre_x = across
    lean, lean_change, middle_x, centre_y = down
    found = []
    for target_x, target_y in ((0, 0), (width, 0), (width, height), (0, height)):
        x, y = float(target_x), float(target_y)
        for _ in range(8):
            y = target_y + (x - centre_x) * (slope + change * (target_y - middle_y))
            x = target_x + (y - centre_y) * (lean + lean_change * (target_x - middle_x))
        found.append((x, y))
    return found[0], found[1], found[2], found[3]


def _slope_of_text(ink: Mask, unit: float) -> float:
    """The slope at which everything printed gathers in lines.

    The lines are what counts, not the strokes: those of many typefaces rise to the right.
    """
    runs = find_runs(ink)
    length = (runs.stop - runs.start).astype(np.float64)
    length[length > 60 * unit] = 0.0
    if length.sum() < 200 * unit * unit:
        return 0.0
    along, across = (runs.start + runs.stop) / 2.0 - ink.shape[1] / 2, runs.row.astype(np.float64)
    step = len(along) // _MOST_POINTS + 1
    along, across, length = along[::step], across[::step], length[::step]

    def gathered(slope: float) -> float:
        rows = (across - along * slope) / (_TEXT_BIN * unit)
        low = np.floor(rows.min())
        counts = np.bincount((rows - low).astype(np.int64), weights=length)
        counts += np.bincount((rows - low + 0.5).astype(np.int64), weights=length)[: len(counts)]
        return float(np.square(counts).sum())

    slope = _best(gathered, 0.0, tan(radians(_STEEPEST)), 71)
    slope = _best(gathered, slope, tan(radians(0.2)), 9)
    return slope if gathered(slope) > 1.01 * gathered(0.0) else 0.0


def _length_of_rules(gray: Gray, unit: float) -> float:
    """Points of level strokes that are long enough for a rule, across and down."""
    found = 0.0
    for turned in (gray, np.ascontiguousarray(gray.T)):
        runs = find_runs(level_strokes(turned, unit)[0])
        length = runs.stop - runs.start
        found += float(length[length >= _LONG_RULE * unit].sum()) / unit
    return found


def _slopes_of_rules(strokes: Mask, unit: float) -> _Slopes | None:
    """Slope at the middle of the page and its change per pixel, as its level rules have them; None without rules."""
    thick = strokes.copy()
    thick[1:] |= strokes[:-1]
    runs = find_runs(thick)
    length = runs.stop - runs.start
    long = length >= _RULE * unit
    if length[long].sum() < _LEAST_RULES * unit:
        return None
    middle, centre = strokes.shape[0] / 2, strokes.shape[1] / 2
    centres, third = (runs.start[long] + runs.stop[long]) / 2.0 - centre, length[long] / 3.0
    along = np.concatenate([centres - third, centres, centres + third])
    across = np.tile(runs.row[long].astype(np.float64), 3)
    off = across - middle

    def gathered(slope: float, change: float) -> float:
        rows = 2 * (across - along * (slope + change * off))
        counts = np.bincount((rows - rows.min() + 0.5).astype(np.int64))
        return float(np.square(counts, dtype=np.float64).sum())

    return *_sharpest(gathered, middle, min(1.0, middle / centre)), middle, centre


def _sharpest(gathered: Callable[[float, float], float], middle: float, tall: float) -> tuple[float, float]:
    """The slope and its change that gather most.

    Perspective makes head and foot of a page differ by at most some degrees, and by less if it is not ``tall``.
    """
    far = 0.035 * tall / middle
    steps = [index / 14 for index in range(-14, 15)]
    slope, change = max(
        ((0.015 * first, far * second) for first in steps for second in steps),
        key=lambda pair: (gathered(*pair), -abs(pair[0]) - abs(pair[1]) * middle),
    )
    if gathered(slope, change) < 1.25 * max(gathered(0.015 * first, 0.0) for first in steps):
        change = 0.0
    for reach in (0.0015, 0.0003):
        slope = _best(partial(_swapped, gathered, change), slope, reach, 21)
        if change:
            change = _best(partial(gathered, slope), change, 3 * reach / middle, 21)
    return slope, change


def _swapped(gathered: Callable[[float, float], float], change: float, slope: float) -> float:
    return gathered(slope, change)


def _best(value_of: Callable[[float], float], around: float, reach: float, count: int) -> float:
    """The value from ``around - reach`` to ``around + reach`` that does best, the nearest to zero among equals."""
    tried = [around + reach * (2 * index / (count - 1) - 1) for index in range(count)]
    return max(tried, key=lambda value: (value_of(value), -abs(value)))
