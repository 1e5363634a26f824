"""How far from flat a page is that has no rules, by its lines of text: flat, what is printed gathers in lines."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from gkdesk.sources.pictures.components import Mask, find_runs
from gkdesk.sources.pictures.flattening.page_bend import Bend

_BIN, _FINE = 3.0, 1.2
"""Points: height of the strips in which print gathers, first roughly."""
_DEEPEST = 30.0
"""Points by which the middle of a page may be off its sides, at most."""
_BROADEST = 60.0
_LEAST_PRINT = 200.0
_MOST_POINTS = 25_000
_CLEARER = 1.015
"""How many times better print gathers on a page laid flat, at least: rows of tables gather in many ways a little."""
_EDGE = 0.01

Real = npt.NDArray[np.float64]
_Terms = tuple[float, float, float]
_Gathered = Callable[[_Terms], float]


def bend_of_text(ink: Mask, unit: float) -> Bend | None:
    """The bend with which the print of a page that was laid as straight as it can be gathers in lines; None if flat."""
    runs = find_runs(ink)
    length = (runs.stop - runs.start).astype(np.float64)
    length[length > _BROADEST * unit] = 0.0
    if length.sum() < _LEAST_PRINT * unit * unit:
        return None
    half = ink.shape[1] / 2
    at, across = (runs.start + runs.stop) / 2.0 / half - 1, runs.row.astype(np.float64)
    kept = np.flatnonzero(length)[:: np.count_nonzero(length) // _MOST_POINTS + 1]
    at, across, length = at[kept], across[kept], length[kept]
    gathered = _gathering(at, across, length, half, _BIN * unit)
    found = _best(gathered, _gathering(at, across, length, half, _FINE * unit), unit / half)
    if gathered(found) < _CLEARER * gathered((0.0, 0.0, 0.0)):
        return None
    left, right = (float(edge) for edge in np.quantile(at, (_EDGE, 1 - _EDGE)))
    return Bend((*found, 0.0), (0.0,) * 4, left, right)


def _gathering(at: Real, across: Real, length: Real, half: float, strip: float) -> _Gathered:
    """How much print gathers in lines if the page is bent by some slopes."""

    def gathered(slopes: _Terms) -> float:
        off = half * sum(slope * at ** (power + 1) / (power + 1) for power, slope in enumerate(slopes))
        rows = (across - off) / strip
        low = np.floor(rows.min())
        counts = np.bincount((rows - low).astype(np.int64), weights=length)
        counts += np.bincount((rows - low + 0.5).astype(np.int64), weights=length)[: len(counts)]
        return float(np.square(counts).sum())

    return gathered


def _best(gathered: _Gathered, finely: _Gathered, point: float) -> _Terms:
    """The slopes that gather most: a plain bow first, then a skewed one, each with what turns it level.

    ``point`` is a point in halves of the page's width.
    """
    bow = 2 * _DEEPEST * point
    found = _tried(gathered, (0.0, 0.0, 0.0), 1, bow, 61)
    for value_of, reach, steps in ((gathered, bow / 15, 17), (finely, bow / 30, 17), (finely, bow / 120, 9)):
        for power in (0, 1, 2, 0, 1):
            found = _tried(value_of, found, power, reach, steps)
    return found


def _tried(value_of: _Gathered, slopes: _Terms, power: int, reach: float, steps: int) -> _Terms:
    tried = [_moved(slopes, power, reach * (2 * step / (steps - 1) - 1)) for step in range(steps)]
    return max(tried, key=lambda terms: (value_of(terms), -sum(map(abs, terms))))


def _moved(slopes: _Terms, power: int, by: float) -> _Terms:
    first, second, third = (slope + by * (number == power) for number, slope in enumerate(slopes))
    return first, second, third
