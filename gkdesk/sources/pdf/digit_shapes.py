"""Which digit the outline of a character draws, told by what all fonts have in common; nothing where that is unsure.

A 0 has one tall counter, an 8 two above one another, a 6 a low one and a 9 a high one. A 2 ends on a bar, a 7 begins
with one, a 5 has its stem on the left above and its bow on the right below. Digits of fonts that draw them otherwise
(with strokes laid over one another, of an older style, as ornaments) fit none of these and get no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

Point = tuple[float, float]
Contour = Sequence[Point]
"""Corners of a closed line, without its first corner once more; y grows upwards."""
_Strokes = list[tuple[float, float]]
"""What of a line across is ink, from left to right, in widths of the character."""

_SPECK = 0.004
"""Share of the character's box below which a contour is no counter."""


def digit_drawn(contours: Sequence[Contour]) -> str | None:
    """The digit that the contours draw; None if they draw something else or it cannot be told."""
    shape = _shape(contours)
    if shape is None:
        return None
    if shape.counters:
        return _with_counters(shape)
    fitting = [digit for digit, fits in _OPEN.items() if fits(shape)]
    return fitting[0] if len(fitting) == 1 else None


class _Shape:
    """The contours in a box from (0, 0) to (1, 1), and the boxes of the counters."""

    def __init__(self, contours: list[list[Point]], slim: float) -> None:
        self.slim = slim
        self._contours = contours
        areas = [_area(contour) for contour in contours]
        outer = max(areas, key=abs)
        inside = (contour for contour, area in zip(contours, areas, strict=True) if area * outer < 0)
        self.counters = sorted(
            (min(y for _, y in contour), max(y for _, y in contour), abs(_area(contour)) / _box_area(contour))
            for contour in inside
            if abs(_area(contour)) >= _SPECK
        )

    def across(self, height: float) -> _Strokes:
        """The ink on the line at ``height``: from where to where."""
        crossings: list[tuple[float, int]] = []
        for contour in self._contours:
            x0, y0 = contour[-1]
            for x1, y1 in contour:
                if (y0 <= height) != (y1 <= height):
                    crossings.append((x0 + (x1 - x0) * (height - y0) / (y1 - y0), 1 if y1 > y0 else -1))
                x0, y0 = x1, y1
        crossings.sort()
        found: _Strokes = []
        winding = 0
        start = 0.0
        for x, way in crossings:
            if winding == 0:
                start = x
            winding += way
            if winding == 0 and x - start > 0.01:
                found.append((start, x))
        return found


def _shape(contours: Sequence[Contour]) -> _Shape | None:
    points = [point for contour in contours for point in contour]
    if len(points) < 4:
        return None
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    wide, high = right - left, top - bottom
    if high <= 0 or not 0.05 < wide / high < 2:
        return None
    scaled = [[((x - left) / wide, (y - bottom) / high) for x, y in contour] for contour in contours if contour]
    return _Shape(scaled, wide / high)


def _area(contour: Contour) -> float:
    total = 0.0
    x0, y0 = contour[-1]
    for x1, y1 in contour:
        total += x0 * y1 - x1 * y0
        x0, y0 = x1, y1
    return total / 2


def _box_area(contour: Contour) -> float:
    xs, ys = [x for x, _ in contour], [y for _, y in contour]
    return max((max(xs) - min(xs)) * (max(ys) - min(ys)), 1e-9)


def _with_counters(shape: _Shape) -> str | None:
    if len(shape.counters) == 2:
        (_, lower_top, _), (upper_bottom, _, _) = shape.counters
        return "8" if lower_top < upper_bottom else None
    if len(shape.counters) != 1:
        return None
    bottom, top, roundness = shape.counters[0]
    if top - bottom > 0.6 and 0.4 < (top + bottom) / 2 < 0.6 and roundness > 0.65:
        return "0"
    if roundness < 0.62:
        return "4" if 0.4 < (top + bottom) / 2 < 0.72 and _is_stem(shape) else None
    if not 0.25 < top - bottom < 0.6:
        return None
    if bottom < 0.25 and top < 0.66:
        return "6"
    return "9" if top > 0.75 and bottom > 0.34 else None


def _is_stem(shape: _Shape) -> bool:
    """True if the lowest quarter stands on the right half: the leg of a 4."""
    strokes = shape.across(0.15)
    return len(strokes) == 1 and strokes[0][0] > 0.3 and strokes[0][1] - strokes[0][0] < 0.5


def _is_one(shape: _Shape) -> bool:
    lines = [shape.across(height) for height in (0.2, 0.35, 0.5)]
    if any(len(strokes) != 1 for strokes in lines):
        return False
    widths = [(strokes[0][1] - strokes[0][0]) * shape.slim for strokes in lines]
    if max(widths) > 0.3 or max(widths) > 1.25 * min(widths):
        return False
    top, middle = shape.across(0.93), shape.across(0.5)
    # The stem goes on to the top, where a 7 has a bar to the left of it.
    lean = lines[2][0][0] - lines[0][0][0]
    if abs(lean) * shape.slim > 0.09:
        return False
    goes_on = bool(top) and abs(top[-1][1] - middle[0][1] - lean * 1.43) < 0.16 / max(shape.slim, 0.3)
    return goes_on and (top[-1][1] - top[0][0]) * shape.slim < 0.42


def _is_two(shape: _Shape) -> bool:
    foot, low, high = shape.across(0.05), shape.across(0.3), shape.across(0.75)
    if not foot or len(low) != 1 or not high:
        return False
    on_bar = sum(end - start for start, end in foot) > 0.55
    falls = high[-1][0] - low[0][0] > 0.22
    return on_bar and falls and low[0][1] < 0.75 and low[0][0] < 0.42 and high[-1][1] > 0.78 and high[-1][0] > 0.45


def _is_three(shape: _Shape) -> bool:
    high, low = shape.across(0.74), shape.across(0.27)
    middle = [shape.across(height) for height in (0.38, 0.64)]
    if not high or not low or not all(middle):
        return False
    if not (high[-1][1] > 0.72 and low[-1][1] > 0.85 and high[-1][0] > 0.42 and low[-1][0] > 0.5):
        return False
    return all(strokes[0][0] > 0.3 for strokes in middle) and middle[0][-1][1] > 0.8


def _is_five(shape: _Shape) -> bool:
    high, low = shape.across(0.75), shape.across(0.27)
    if not high or not low:
        return False
    stem = len(high) == 1 and high[0][1] < 0.55 and high[0][1] - high[0][0] < 0.4
    top = shape.across(0.94)
    return stem and low[-1][1] > 0.85 and low[-1][0] > 0.5 and bool(top) and top[-1][1] > 0.7


def _is_seven(shape: _Shape) -> bool:
    top = shape.across(0.94)
    lines = [shape.across(height) for height in (0.1, 0.3, 0.5, 0.65)]
    if not top or any(len(strokes) != 1 for strokes in lines):
        return False
    ends = [strokes[0][1] for strokes in lines]
    falls = all(one + 0.03 < other for one, other in pairwise(ends))
    return sum(end - start for start, end in top) > 0.7 and falls and ends[-1] - ends[0] > 0.15 and lines[3][0][0] > 0.3


_OPEN: dict[str, Callable[[_Shape], bool]] = {
    "1": _is_one,
    "2": _is_two,
    "3": _is_three,
    "5": _is_five,
    "7": _is_seven,
}
