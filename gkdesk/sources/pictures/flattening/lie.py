"""How a page lies in its picture, as a mapping from one to the other, and the page laid straight by it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot, sqrt

import numpy as np
from PIL import Image

from gkdesk.model.place import Box
from gkdesk.sources.pictures.flattening.page_bend import Bend
from gkdesk.sources.pictures.paper import Gray

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
_Patch = tuple[tuple[int, int, int, int], tuple[float, ...]]

_MESH = 32
_LEVEL = 0.004
"""Share of the width by which two sides of a page may differ for it to be a matter of taste how it is stretched."""


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


def lie_in(outline: Corners, width: int, height: int) -> Lie:
    """How a sheet of paper lies of which the corners are seen in a picture of that size; it fills the picture then.

    Sheets are taken to be higher than wide by the root of two, or the other way round: those of the A sizes are.
    """
    lengths = [hypot(x - u, y - v) for (x, y), (u, v) in zip(outline, (*outline[1:], outline[0]), strict=True)]
    tall = lengths[1] + lengths[3] >= lengths[0] + lengths[2]
    shape = 1 / sqrt(2) if tall else sqrt(2)
    wide, high = (width, width / shape) if width / shape <= height else (height * shape, height)
    sheet = Lie(round(wide), round(high), outline)
    across, down = (width - sheet.width) / 2, (height - sheet.height) / 2
    edges = ((0, 0), (width, 0), (width, height), (0, height))
    first, second, third, fourth = (sheet.point(x - across, y - down) for x, y in edges)
    return Lie(width, height, (first, second, third, fourth))
