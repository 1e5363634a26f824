"""Round seals found by their ring: what is left of a circle of the size of a seal when print and rules lie over it.

The seals of public bodies are circles of some four centimetres with a star in the middle. Rules and print cut the ring
into pieces as small as print, so that nothing tells a single piece; all of them together lie on one circle.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np
import numpy.typing as npt

from gkdesk.sources.pictures.components import Mask

Real = npt.NDArray[np.float64]

_STEP = 3.0
_SMALLEST, _LARGEST = 30, 78
"""Points: how finely circles are looked for, and radii of seals: 2 to 5.5 cm across."""
_CANDIDATES, _LEAST_VOTE = 4, 0.3
_NEAR = (5.0, 3.0, 1.8)
"""Points that pieces of a ring are off the circle first guessed, step by step."""
_ANGLES = 480
_DRAWN, _CLEARER = 0.55, 0.35
"""Share of its round that a ring is drawn along, and by how much more than along circles beside it."""
_BESIDE = 3.5
_ROUND = 0.12
"""Points to those circles; how far a ring may be from round where a page was photographed."""
_FEWEST = 40
_BROADEST = 5.0
"""Points of a ring from its inner to its outer edge, at most."""


@dataclass(frozen=True, slots=True)
class Ring:
    """An upright ellipse, nearly a circle, in pixels: ``radius`` across, ``squeeze`` times that down.

    ``stroke`` is how broad it is drawn.
    """

    x: float
    y: float
    radius: float
    squeeze: float
    stroke: float

    def distance(self, rows: slice, columns: slice) -> Real:
        """How far the pixels of a part of the page are from the middle, in the measure across."""
        down = (np.arange(rows.start, rows.stop)[:, None] - self.y) / self.squeeze
        across = np.arange(columns.start, columns.stop)[None, :] - self.x
        found: Real = np.hypot(down, across)
        return found

    def turn(self, rows: slice, columns: slice) -> Real:
        """In which direction from the middle the pixels of a part of the page are, in turns from the right."""
        down = (np.arange(rows.start, rows.stop)[:, None] - self.y) / self.squeeze
        across = np.arange(columns.start, columns.stop)[None, :] - self.x
        found: Real = np.arctan2(down, across) / (2 * pi)
        return found

    def room(self, shape: tuple[int, ...], edge: float) -> tuple[slice, slice]:
        """Rows and columns of a page of this ``shape`` that hold the ring with an ``edge`` around it."""
        reach, tall = self.radius + edge, self.radius * self.squeeze + edge
        top, left = max(0, int(self.y - tall)), max(0, int(self.x - reach))
        return slice(top, min(shape[0], int(self.y + tall) + 2)), slice(left, min(shape[1], int(self.x + reach) + 2))


def find_rings(marks: Mask, unit: float) -> list[Ring]:
    """The rings of seals that ``marks`` hold, which may be cut up and have other things beside them."""
    found: list[Ring] = []
    for x, y, radius in _guesses(marks, unit):
        ring = _fitted(marks, x, y, radius, unit)
        if ring is not None and all(np.hypot(ring.x - other.x, ring.y - other.y) > other.radius for other in found):
            found.append(ring)
    return found


def _guesses(marks: Mask, unit: float) -> list[tuple[float, float, float]]:
    """Middles and radii of the circles that most of the marks lie on, in pixels."""
    step = max(1, round(_STEP * unit))
    height, width = marks.shape[0] // step, marks.shape[1] // step
    small = marks[: height * step, : width * step].reshape(height, step, width, step).any(axis=(1, 3))
    radii = np.arange(int(_SMALLEST * unit / step) - 2, int(_LARGEST * unit / step) + 3)
    if min(small.shape) <= 2 * radii[2] or small.sum() < 2 * pi * radii[2] * _LEAST_VOTE:
        return []
    pad = int(radii[-1]) + 1
    shape = (small.shape[0] + 2 * pad, small.shape[1] + 2 * pad)
    seen = np.fft.rfft2(small, shape)
    shares = np.stack([_share_on(seen, shape, int(radius))[: height + pad, : width + pad] for radius in radii])
    clear = shares[2:-2] - np.maximum(shares[:-4], shares[4:]) / 2
    found = []
    for _ in range(_CANDIDATES):
        index, row, column = np.unravel_index(int(clear.argmax()), clear.shape)
        if clear[index, row, column] < _LEAST_VOTE:
            break
        radius = int(radii[index + 2])
        middle = [(int(at) + 0.5) * step for at in (column, row)]
        found.append((middle[0], middle[1], float(radius * step)))
        near = radius // 2
        clear[:, max(0, row - near) : row + near + 1, max(0, column - near) : column + near + 1] = 0
    return found


def _share_on(seen: npt.NDArray[np.complex128], shape: tuple[int, int], radius: int) -> Real:
    """For each place the share of the circle around it on which something is marked."""
    angle = np.linspace(0, 2 * pi, 8 * radius, endpoint=False)
    kernel = np.zeros(shape)
    kernel[np.rint(radius * np.sin(angle)).astype(int), np.rint(radius * np.cos(angle)).astype(int)] = 1
    found: Real = np.fft.irfft2(seen * np.conj(np.fft.rfft2(kernel)), shape) / kernel.sum()
    return found


def _fitted(marks: Mask, x: float, y: float, radius: float, unit: float) -> Ring | None:
    """The ring that lies near a circle, to the pixel; None if there is none."""
    ring = Ring(x, y, radius, 1.0, unit)
    for near in _NEAR:
        rows, columns = ring.room(marks.shape, 2 * near * unit)
        off = np.abs(ring.distance(rows, columns) - ring.radius)
        down, across = np.nonzero(marks[rows, columns] & (off <= near * unit))
        if len(across) < _FEWEST:
            return None
        across, down = across + columns.start - ring.x, down + rows.start - ring.y
        # x^2 + a y^2 + b x + c y + d = 0 for an upright ellipse.
        terms = np.stack([down**2, across, down, np.ones(len(across))], axis=1) / radius
        (a, b, c, d), *_ = np.linalg.lstsq(terms, -(across**2) / radius, rcond=None)
        if not 1 - 2 * _ROUND < a < 1 + 2 * _ROUND:
            return None
        middle_x, middle_y = -b / 2, -c / (2 * a)
        reach = max(middle_x**2 + a * middle_y**2 - d, 0.0) ** 0.5
        ring = Ring(float(ring.x + middle_x), float(ring.y + middle_y), float(reach), float(1 / np.sqrt(a)), unit)
    if not _SMALLEST * unit <= ring.radius <= _LARGEST * unit:
        return None
    return _proven(marks, ring, unit)


def _proven(marks: Mask, ring: Ring, unit: float) -> Ring | None:
    """The ring with its breadth if it is drawn nearly all round and the circles beside it are not."""
    profile = around(marks, ring, _BESIDE * unit)
    middle = profile.shape[1] // 2
    shares = profile.mean(axis=0)
    peak = float(shares[middle - round(unit) : middle + round(unit) + 1].max())
    broad = np.flatnonzero(shares >= peak / 2)
    broad = broad[np.abs(broad - middle) <= _BROADEST * unit / 2]
    if not len(broad):
        return None
    half = max(1, round(unit / 2))
    drawn = float(profile[:, middle - half : middle + half + 1].any(axis=1).mean())
    beside = max(float(part.any(axis=1).mean()) for part in (profile[:, : 2 * half + 1], profile[:, -2 * half - 1 :]))
    if drawn < _DRAWN or drawn - beside < _CLEARER:
        return None
    return Ring(ring.x, ring.y, ring.radius, ring.squeeze, float(broad.max() - broad.min() + 1))


def around(marks: Mask, ring: Ring, reach: float) -> Mask:
    """The marks along a ring, angle by angle (rows) and pixel by pixel from within to without (columns)."""
    angle = np.linspace(0, 2 * pi, _ANGLES, endpoint=False)[:, None]
    steps = np.arange(-round(reach), round(reach) + 1)[None, :]
    rows = np.rint(ring.y + (ring.radius + steps) * ring.squeeze * np.sin(angle)).astype(int)
    columns = np.rint(ring.x + (ring.radius + steps) * np.cos(angle)).astype(int)
    inside = (rows >= 0) & (rows < marks.shape[0]) & (columns >= 0) & (columns < marks.shape[1])
    found: Mask = inside & marks[rows.clip(0, marks.shape[0] - 1), columns.clip(0, marks.shape[1] - 1)]
    return found
