"""Thin straight strokes of a picture: parts of rules, that say at which slope a page lies where they run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gkdesk.sources.pictures.components import Mask, find_runs, label_runs
from gkdesk.sources.pictures.paper import Gray

Real = npt.NDArray[np.float64]

Slopes = tuple[float, float, float, float]
"""Slope, its change per pixel across, and the place where it is that: across and along."""

LEAST_RULES = 250.0
"""Points: length of all rules that say how a page lies."""
_CONTRAST = 24.0
_SMOOTHED = 3.0
_THICKEST_STROKE = 5.0
_STROKE, _THIN, _PIECE = 14.0, 0.8, 45.0
"""Points: length of a stroke that may be a part of a rule, and how far it may be from straight; of its pieces."""
_STEEPEST_RULE = 0.25
_FEWEST_STROKES = 12


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


@dataclass(frozen=True, slots=True)
class Strokes:
    """Pieces of thin straight strokes: their slopes, middles and lengths."""

    slope: Real
    x: Real
    y: Real
    length: Real


def find_strokes(mask: Mask, unit: float) -> Strokes | None:
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
    if count[rules].sum() < LEAST_RULES * unit:
        return None
    return Strokes(slope[rules], middle_x[rules], middle_y[rules], count[rules])


def slopes_of_strokes(mask: Mask, unit: float) -> Slopes | None:
    """As :func:`_slopes_of_rules`, of whatever thin strokes there are: each says at which slope it runs where it is."""
    strokes = find_strokes(mask, unit)
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
