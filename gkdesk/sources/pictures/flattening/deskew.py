"""How a page lies in its picture: skew, perspective and bend, found from what is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import radians, tan

import numpy as np

from gkdesk.sources.pictures.components import Mask, Whole, find_runs
from gkdesk.sources.pictures.flattening.lie import Corners, Lie, lie_in
from gkdesk.sources.pictures.flattening.low_tables import lean_of_low_table, level_extent
from gkdesk.sources.pictures.flattening.page_bend import Bend, fit_bend
from gkdesk.sources.pictures.flattening.text_bend import bend_of_text
from gkdesk.sources.pictures.paper import Gray
from gkdesk.sources.pictures.rules.strokes import LEAST_RULES, Slopes, find_strokes, level_strokes, slopes_of_strokes

_STEEPEST = 7.0
"""Degrees to both sides that are looked at."""
_SMALL_UNIT = 1.4
_DARK = 170
_TEXT_BIN = 3.0
_RULE = 30.0
_LONG_RULE = 120.0
"""Points: length of a stroke that is a rule."""
_FAR_APART = 60.0
"""Points from the first to the last rule of a page, at least, that say how it is seen."""
_MOST_POINTS = 60_000
_MUCH_LONGER = 1.03
_MOST_ASKEW = 0.08
"""Share of a page's width by which what is printed on a sheet may be away from where the sheet's outline has it."""
_LEAST_BEND = 1.5
"""Points by which lines of a page that is not flat are off somewhere."""


def find_lie(gray: Gray, unit: float, outline: Corners | None = None) -> Lie:
    """How the page lies in an evened-out picture of ``unit`` pixels a point, on which its ``outline`` may be seen."""
    factor = max(1, round(unit / _SMALL_UNIT))
    small, small_unit = _shrunk(gray, factor), unit / factor
    height, width = small.shape
    flat = _turned(width, height, 0.0)
    seen = None if outline is None else lie_in(_scaled(outline, 1 / factor), width, height)
    found = _refined_lie(seen or flat, small, small_unit)
    if seen is not None and _far_from(seen, found) > _MOST_ASKEW:
        # Print lies nearly straight on its sheet: what was seen is the outline of something else.
        found = _refined_lie(flat, small, small_unit)
    # The shrunk picture may have lost a few pixels at its right and bottom edges.
    return Lie(width * factor, height * factor, _scaled(found.corners, factor), found.bend)


def _scaled(corners: Corners, factor: float) -> Corners:
    first, second, third, fourth = ((x * factor, y * factor) for x, y in corners)
    return first, second, third, fourth


def _far_from(one: Lie, other: Lie) -> float:
    """By how much the corners of a page differ, in widths of the page."""
    pairs = zip(one.corners, other.corners, strict=True)
    return max(abs(a - c) + abs(b - d) for (a, b), (c, d) in pairs) / one.width


def _refined_lie(start: Lie, small: Gray, unit: float) -> Lie:
    """How the page lies that lies about as ``start`` says, by what is printed on it."""
    height, width = small.shape
    begun = start.straighten(small)
    slope = _slope_of_text(begun < _DARK, unit)
    first = _after(start, _turned(width, height, slope))
    straight = first.straighten(small)
    if slope and _length_of_rules(begun, unit) > _length_of_rules(straight, unit):
        # Rules run longest where they lie level; a few words in a table say less about that than they.
        first, straight = start, begun
    for _ in range(2):
        seen = _seen_from_aside(straight, unit)
        if seen is None:
            break
        first = _after(first, seen)
        straight = first.straighten(small)
    found = _lie_of_rules(straight, unit)
    first = first if found is None else _after(first, found)
    return replace(first, bend=_bend(first, small, unit))


def _bend(lie: Lie, gray: Gray, unit: float) -> Bend | None:
    """How far from flat the page is; None if its rules run no longer when it is flattened."""
    best, straight = lie, lie.straighten(gray)
    length = _length_of_rules(straight, unit)
    for _ in range(2):
        strokes = find_strokes(level_strokes(straight, unit)[0], unit)
        bend = strokes and fit_bend(strokes.slope, strokes.x, strokes.y, strokes.length, lie.width, lie.height)
        if not bend and best is lie:
            return _bend_of_text(lie, gray, straight, unit)
        if not bend or (best is lie and bend.depth(lie.width, lie.height) < _LEAST_BEND * unit):
            break
        tried = replace(best, bend=bend if best.bend is None else best.bend.plus(bend))
        straight = tried.straighten(gray)
        longer = _length_of_rules(straight, unit)
        if longer <= _MUCH_LONGER * length:
            break
        best, length = tried, longer
    return best.bend


def _bend_of_text(lie: Lie, gray: Gray, straight: Gray, unit: float) -> Bend | None:
    """How far from flat a page is that has few rules or none; None if those it has run no longer then."""
    bend = bend_of_text(straight < _DARK, unit)
    if bend is None or bend.depth(lie.width, lie.height) < _LEAST_BEND * unit:
        return None
    length = _length_of_rules(straight, unit)
    tried = replace(lie, bend=bend)
    longer = length == 0 or _length_of_rules(tried.straighten(gray), unit) >= length
    return bend if longer else None


def _seen_from_aside(gray: Gray, unit: float) -> Lie | None:
    """How a page lies that somebody photographed from near and aside, roughly; None if its rules run no longer then.

    What is far from level is short steps in the rows of a picture, and found stroke by stroke.
    """
    height, width = gray.shape
    across = slopes_of_strokes(level_strokes(gray, unit)[0], unit)
    down = slopes_of_strokes(level_strokes(np.ascontiguousarray(gray.T), unit)[0], unit)
    if across is None or down is None:
        return None
    lie = Lie(width, height, _corners(width, height, across, down))
    straight = lie.straighten(gray)
    heights = _heights_of_rules(straight, unit)
    if len(heights) and np.ptp(heights) < _FAR_APART * unit:
        # Rules at one height lie level in many ways of seeing a page from aside: turning it is the plain one.
        lie = _turned(width, height, across[0] + across[1] * (float(np.mean(heights)) - across[2]))
        straight = lie.straighten(gray)
    longer = _length_of_rules(straight, unit) > _MUCH_LONGER * _length_of_rules(gray, unit)
    return lie if longer else None


def _heights_of_rules(gray: Gray, unit: float) -> Whole:
    """The rows of a picture in which long level strokes run."""
    runs = find_runs(level_strokes(gray, unit)[0])
    rows: Whole = runs.row[runs.stop - runs.start >= _LONG_RULE * unit]
    return rows


def _lie_of_rules(gray: Gray, unit: float) -> Lie | None:
    """How a page lies by its rules; None without any. Without vertical ones it is taken to be turned only."""
    height, width = gray.shape
    level = level_strokes(gray, unit)[0]
    across = _slopes_of_rules(level, unit)
    if across is None:
        return None
    uprights = level_strokes(np.ascontiguousarray(gray.T), unit)[0]
    down = _slopes_of_rules(uprights, unit)
    down = down or lean_of_low_table(uprights, level_extent(level, _LONG_RULE * unit), unit)
    return Lie(width, height, _corners(width, height, across, down or (-across[0], 0.0, width / 2, height / 2)))


def _after(first: Lie, then: Lie) -> Lie:
    """How a page lies that was laid straight by ``first`` and lay like ``then`` in what came of that."""
    top_left, top_right, bottom_right, bottom_left = (first.point(*corner) for corner in then.corners)
    return Lie(then.width, then.height, (top_left, top_right, bottom_right, bottom_left))


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


def _corners(width: int, height: int, across: Slopes, down: Slopes) -> Corners:
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


def _slopes_of_rules(strokes: Mask, unit: float) -> Slopes | None:
    """Slope at the middle of the page and its change per pixel, as its level rules have them; None without rules."""
    thick = strokes.copy()
    thick[1:] |= strokes[:-1]
    runs = find_runs(thick)
    length = runs.stop - runs.start
    long = length >= _RULE * unit
    if length[long].sum() < LEAST_RULES * unit:
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
    level, _ = _refined(
        gathered, max((0.015 * first for first in steps), key=lambda one: gathered(one, 0.0)), 0.0, middle
    )
    slope, change = _refined(gathered, slope, change, middle)
    # A single rule lies level in many ways of seeing the page from aside: what changes must be worth it.
    if gathered(slope, change) < 1.25 * gathered(level, 0.0):
        return level, 0.0
    return slope, change


def _refined(
    gathered: Callable[[float, float], float], slope: float, change: float, middle: float
) -> tuple[float, float]:
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
