"""The lean of the uprights of a low table: the few rows with which a table ends on a photographed page.

Its uprights are too short to say by themselves how they lean, and of those who lean much only short steps are straight
in the rows of a picture. Together they gather in few places along the direction in which they lean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product

import numpy as np

from gkdesk.sources.pictures.components import Mask, blobs_of, find_runs, label_runs
from gkdesk.sources.pictures.rules.strokes import Real, Slopes

Gathered = Callable[[float, float], float]

_SHORTEST, _THICKEST = 12.0, 2.5
"""Points: length of strokes that no character in a table has, and how thick they are."""
_TALLEST, _LOWEST = 200.0, 16.0
"""Points from the first to the last level rule of tables whose uprights are too short."""
_STEEPEST, _STEPS = 0.15, 61
_DRIFT, _DRIFTS = 0.06, 13
"""How far uprights may lean, and by how much more at the side of the page than in its middle."""
_CLEARER = 1.3
"""How many times better they gather than if they did not lean, at least."""
_MOST_POINTS = 20_000
_FEWEST, _HALF, _SAME, _MOST_TRIED = 2, 0.45, 1.5, 24
"""Strokes that must run that share of the way at least, pixels by which their points may be off, strokes tried.
"""


def lean_of_low_table(uprights: Mask, extent: tuple[int, int] | None, unit: float) -> Slopes | None:
    """The slope of the thin upright strokes between two rows of a picture, and its change; None if they do not lean.

    ``uprights`` is turned: its rows are the columns of the picture. ``extent`` is from the first to the last level
    rule.
    """
    if extent is None or not _LOWEST * unit <= extent[1] - extent[0] <= _TALLEST * unit:
        return None
    first, last = extent
    runs = find_runs(uprights[:, first:last])
    label = label_runs(runs)
    strokes = blobs_of(runs, label)
    slim = (strokes.width >= _SHORTEST * unit) & (strokes.height <= _STEEPEST * strokes.width + _THICKEST * unit)
    long = slim[label]
    if not long.any():
        return None
    length = runs.stop - runs.start
    across = np.repeat(runs.row[long], length[long]).astype(np.float64)
    starts = np.repeat(runs.start[long] - np.cumsum(length[long]) + length[long], length[long])
    along = (np.arange(len(across)) + starts - (last - first) / 2).astype(np.float64)
    thinned = slice(None, None, len(across) // _MOST_POINTS + 1)
    across, along = across[thinned], along[thinned]
    middle = uprights.shape[0] / 2
    off = (across - middle) / middle

    def gathered(lean: float, drift: float) -> float:
        places = across - along * (lean + drift * off)
        counts = np.bincount((places - places.min() + 0.5).astype(np.int64))
        return float(np.square(counts, dtype=np.float64).sum())

    leans, drifts = np.linspace(-_STEEPEST, _STEEPEST, _STEPS), np.linspace(-_DRIFT, _DRIFT, _DRIFTS)
    lean, drift = _best(gathered, leans, drifts)
    for finer in (4, 16):
        step, drift_step = 2 * _STEEPEST / (_STEPS - 1) / finer, 2 * _DRIFT / (_DRIFTS - 1) / finer
        lean, drift = _best(gathered, lean + step * np.arange(-4, 5), drift + drift_step * np.arange(-4, 5))
    places = across - along * (lean + drift * off)
    if gathered(lean, drift) < _CLEARER * gathered(0.0, 0.0) or _uprights(places, along, last - first) < _FEWEST:
        return None
    return lean, drift / middle, middle, (first + last) / 2


def _uprights(places: Real, along: Real, tall: int) -> int:
    """How many strokes run a good part of the way from the first level rule to the last, as borders do.

    ``places`` are those of their points across, once they do not lean any more.
    """
    low = np.floor(places.min())
    counts = np.bincount((places - low).astype(np.int64))
    found: list[float] = []
    for place in np.argsort(-counts)[:_MOST_TRIED] + low + 0.5:
        beside = np.abs(places - place) <= _SAME
        if all(abs(place - other) > 4 * _SAME for other in found):
            found += [float(place)] * (len(np.unique(np.rint(along[beside]))) >= _HALF * tall)
    return len(found)


def _best(gathered: Gathered, leans: Iterable[float], drifts: Iterable[float]) -> tuple[float, float]:
    pairs = [(float(lean), float(drift)) for lean, drift in product(leans, drifts)]
    return max(pairs, key=lambda pair: (gathered(*pair), -abs(pair[0]) - abs(pair[1])))


def level_extent(strokes: Mask, least: float) -> tuple[int, int] | None:
    """From the first to the last row of a picture with level strokes of ``least`` pixels; None without two."""
    runs = find_runs(strokes)
    rows = runs.row[runs.stop - runs.start >= least]
    return (int(rows.min()), int(rows.max())) if len(rows) and rows.max() > rows.min() else None
