"""How far a page is from flat: an opened book, or paper that was folded or rolled, photographed from above."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Real = npt.NDArray[np.float64]

_POWERS = 4
_FEWEST = 40
_NEAR = (0.05, 0.03, 0.015, 0.01)
_STIFF = 0.02
"""How little the bend is made to change where few strokes say so."""
_EDGE = 0.02


@dataclass(frozen=True, slots=True)
class Bend:
    """By how much level lines of a page are off, of which its width and height are known.

    Attributes:
        middle: the slope of the lines at mid-height, by powers of how far right of the middle, in half widths.
        change: by how much that is more at the foot of the page, and less at its head.
        left, right: between which of these places strokes were seen; beyond them lines run straight on.
    """

    middle: tuple[float, ...]
    change: tuple[float, ...]
    left: float
    right: float

    def down(self, x: float, y: float, width: float, height: float) -> float:
        """By how much what belongs at a point of the page is below it."""
        half = width / 2
        at, level = x / half - 1, 2 * y / height - 1
        inside = min(max(at, self.left), self.right)
        slopes = [first + more * level for first, more in zip(self.middle, self.change, strict=True)]
        found = sum(slope * inside ** (power + 1) / (power + 1) for power, slope in enumerate(slopes))
        beyond = (at - inside) * sum(slope * inside**power for power, slope in enumerate(slopes))
        return half * (found + beyond)

    def depth(self, width: float, height: float) -> float:
        """By how much lines are off at most, in the units of the page's ``width`` and ``height``."""
        places = [width * step / 8 for step in range(9)]
        return max(abs(self.down(x, y, width, height)) for x in places for y in (0.0, height))

    def plus(self, other: Bend) -> Bend:
        """Both, one after the other; they are small."""
        return Bend(
            tuple(a + b for a, b in zip(self.middle, other.middle, strict=True)),
            tuple(a + b for a, b in zip(self.change, other.change, strict=True)),
            min(self.left, other.left),
            max(self.right, other.right),
        )


def fit_bend(slope: Real, x: Real, y: Real, weight: Real, width: int, height: int) -> Bend | None:
    """The bend that most strokes have, given by their slopes and middles; None if they are few.

    What deviates, such as strokes of characters, is left out bit by bit.
    """
    at, level = 2 * x / width - 1, 2 * y / height - 1
    powers = np.stack([at**power for power in range(_POWERS)], axis=1)
    terms = np.concatenate([powers, powers * level[:, None]], axis=1)
    found = np.zeros(2 * _POWERS)
    kept = np.zeros(len(slope), dtype=bool)
    for near in _NEAR:
        kept = np.abs(slope - terms @ found) <= near
        if kept.sum() < _FEWEST:
            return None
        weighted = terms[kept] * weight[kept, None]
        stiff = _STIFF * weight[kept].sum() * np.diag([0.0, 0.0, *[0.05] * (_POWERS - 2), *[1.0] * _POWERS])
        found = np.linalg.solve(weighted.T @ terms[kept] + stiff + 1e-6 * np.eye(2 * _POWERS), weighted.T @ slope[kept])
    left, right = (float(edge) for edge in np.quantile(at[kept], (_EDGE, 1 - _EDGE)))
    return Bend(tuple(map(float, found[:_POWERS])), tuple(map(float, found[_POWERS:])), left, right)
