"""Which of the drawn lines and areas of a page are straight rules; the same for every paged source.

All numbers are page units, origin top left, y growing downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Rule, Rules

MOST_OBJECTS = 300_000
MOST_PATHS = 100_000
"""Drawings with more are maps or charts, and would take minutes."""

MOST_POINTS = 20_000
"""Of one path; one with more is no rule."""

THICKEST = 3.6
"""Points: a filled area this thin is a rule. Heavy table borders are 3 points."""
_LONG_SIDE = 30.0
_ALIKE = 0.8
"""Points: how far a line may lean and still count as straight."""

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""x' = a x + c y + e, y' = b x + d y + f."""


class TooMuchOnPage(Exception):
    """The page has more characters or drawings than any report; the reader skips it."""


class PathRules:
    """Collects the rules of a page of ``width`` x ``height`` from its paths."""

    def __init__(self, width: float, height: float) -> None:
        self._width = width
        self._height = height
        self._horizontal: list[Rule] = []
        self._vertical: list[Rule] = []
        self._faint_horizontal: list[Rule] = []
        self._faint_vertical: list[Rule] = []

    def rules(self) -> Rules:
        """What was found so far."""
        return Rules(
            tuple(self._horizontal), tuple(self._vertical), tuple(self._faint_horizontal), tuple(self._faint_vertical)
        )

    def add_path(self, runs: Sequence[list[Point]], curved: bool, stroked: bool) -> None:
        """A visible path by its runs of straight lines; ``curved`` if it has others, ``stroked`` or else filled."""
        if stroked:
            for points in runs:
                # Of an outline with curves only long straight sides are rules: the rest are strokes of characters.
                self._add_strokes(points, _LONG_SIDE if curved else 0.0)
        # A filled outline with curves is a character or a drawing.
        elif not curved:
            self._add_fills([points for points in runs if len(points) >= 4])

    def _add_strokes(self, points: list[Point], shortest: float) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            length = hypot(x1 - x0, y1 - y0)
            lean = max(_ALIKE, 0.01 * length)
            if length < shortest:
                continue
            if abs(y1 - y0) <= lean and abs(x1 - x0) > abs(y1 - y0):
                self._add_horizontal(self._horizontal, (y0 + y1) / 2, x0, x1)
            elif abs(x1 - x0) <= lean and abs(y1 - y0) > abs(x1 - x0):
                self._add_vertical(self._vertical, (x0 + x1) / 2, y0, y1)

    def _add_fills(self, pieces: list[list[Point]]) -> None:
        areas = [bounds(points) for points in pieces]
        if len(areas) == 2 and _is_frame(*areas):
            outer, inner = areas
            self._add_edges(_middle(outer, inner), self._horizontal, self._vertical)
            return
        for points, area in zip(pieces, areas, strict=True):
            if not self.add_thin(area) and _is_rectangle(points):
                self._add_edges(area, self._faint_horizontal, self._faint_vertical)

    def add_thin(self, area: Box) -> bool:
        """Take an area as a rule if it is thin enough; says whether it was."""
        low, narrow = area.bottom - area.top <= THICKEST, area.right - area.left <= THICKEST
        # A dot of a dotted rule is both: it may belong to a rule in either direction.
        if low:
            self._add_horizontal(self._horizontal, (area.top + area.bottom) / 2, area.left, area.right)
        if narrow:
            self._add_vertical(self._vertical, (area.left + area.right) / 2, area.top, area.bottom)
        return low or narrow

    def _add_edges(self, area: Box, horizontal: list[Rule], vertical: list[Rule]) -> None:
        for y in (area.top, area.bottom):
            self._add_horizontal(horizontal, y, area.left, area.right)
        for x in (area.left, area.right):
            self._add_vertical(vertical, x, area.top, area.bottom)

    def _add_horizontal(self, rules: list[Rule], y: float, start: float, end: float) -> None:
        start, end = max(min(start, end), 0.0), min(max(start, end), self._width)
        if end > start and -THICKEST <= y <= self._height + THICKEST:
            rules.append(Rule(y, start, end))

    def _add_vertical(self, rules: list[Rule], x: float, start: float, end: float) -> None:
        start, end = max(min(start, end), 0.0), min(max(start, end), self._height)
        if end > start and -THICKEST <= x <= self._width + THICKEST:
            rules.append(Rule(x, start, end))


def times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix for both, ``first`` applied first."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def apply(matrix: Matrix, x: float, y: float) -> Point:
    """Where a point goes."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds(points: list[Point]) -> Box:
    """The smallest rectangle around points."""
    across = [x for x, _ in points]
    down = [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def _is_rectangle(points: list[Point]) -> bool:
    area = bounds(points)
    corners = {(abs(x - area.left) < _ALIKE, abs(y - area.top) < _ALIKE) for x, y in points}
    on_corner = all(
        min(abs(x - area.left), abs(x - area.right)) < _ALIKE and min(abs(y - area.top), abs(y - area.bottom)) < _ALIKE
        for x, y in points
    )
    return on_corner and len(corners) == 4


def _is_frame(outer: Box, inner: Box) -> bool:
    """True if two subpaths are the outer and inner edge of a border painted in one go."""
    gaps = (
        inner.left - outer.left,
        inner.top - outer.top,
        outer.right - inner.right,
        outer.bottom - inner.bottom,
    )
    return all(-0.01 <= gap <= THICKEST for gap in gaps) and max(gaps) > 0


def _middle(outer: Box, inner: Box) -> Box:
    return Box(*((first + second) / 2 for first, second in zip(outer, inner, strict=True)))
