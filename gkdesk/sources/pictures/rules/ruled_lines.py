"""Ruled lines found in pixels: long thin strokes, mended where they are broken, stray strokes left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gkdesk.sources.layout.marks import Rule, Rules
from gkdesk.sources.pictures.components import Blobs, Mask, Runs, blobs_of, find_runs, label_runs
from gkdesk.sources.pictures.paper import Gray
from gkdesk.sources.pictures.rules.strokes import level_strokes
from gkdesk.sources.pictures.rules.thick_rules import THICK, drawn_rows, without_print

_INK = 200
_SHORTEST_ACROSS = 16.0
_SHORTEST_DOWN = 10.0
"""Points; a level stroke of a character is at most as long as the character is wide. Short rules must end on others."""
_STRAIGHT = 40.0
"""Points along which a rule that print touches is straight to the pixel."""
_MENDED = 1.6
_THICKEST = 4.5
_BESIDE = 1.6
_ALONE = 0.55
"""Share of a rule's length along which there is nothing right beside it."""
_FREE_SIDE, _HUGGED_SIDE, _SOLID = 0.85, 0.3, 0.92
"""The same of a border at which the figures of a column begin, on its two sides; how much of it is dark then.

Where rules cross it, it counts as paper; print one below another is dark along less of its height."""
_BIT, _UNBROKEN = 30.0, 0.8
_JOINT, _OWN_PART = 0.8, 0.5
"""Points of paper within a border, at most; share of a stroke that the border in it must be."""
_ENDS = 3.2
_LONG = 70.0
_PAPER = 1.4
_COLLINEAR = 1.5
"""Points of paper between a character and the rules of its row, at least; how far pieces of a rule are out of line."""
_RUN_ON = 14.0
"""Points that a rule runs on into a character that touches it."""
_FEWEST_MET = 2
"""Rules across that a short rule meets at least."""


@dataclass(frozen=True, slots=True)
class RuledLines:
    """The rules of a page in points, and the pixels they cover."""

    rules: Rules
    mask: Mask


def find_rules(gray: Gray, unit: float, drawn: bool = False) -> RuledLines:
    """The rules of a straightened, evened-out page with ``unit`` pixels a point.

    On a ``drawn`` page, whose rules have no gaps, a rule is cut up where it has: print may stand as near to it
    as a gap is wide.
    """
    across, _ = _level_rules(gray, unit, _SHORTEST_ACROSS, drawn)
    level = {index: _rule(across, index, unit) for index in range(len(across))}
    down, dark = _level_rules(np.ascontiguousarray(gray.T), unit, _SHORTEST_DOWN, drawn, level.values())
    upright = {index: _rule(down, index, unit) for index in range(len(down))}
    for _ in range(3):
        kept_upright = _all_held(upright, level, _SHORTEST_DOWN)
        kept_level = _all_held(level, kept_upright, _SHORTEST_ACROSS)
        stays = kept_upright == upright and kept_level == level
        level, upright = kept_level, kept_upright
        if stays:
            break
    upright = _without_floating(upright, level)
    upright = {index: _without_print_beyond(dark, down, index, upright[index], level, unit) for index in upright}
    ink = gray < _INK
    rows = _drawn(ink, level, across, upright, unit)
    columns = _drawn(ink.T, upright, down, level, unit)
    mask = np.zeros(gray.shape, dtype=bool)
    _cover(mask, rows, across, ink, unit)
    _cover(mask.T, columns, down, ink.T, unit)
    return RuledLines(Rules(tuple(rule for _, rule in rows), tuple(rule for _, rule in columns)), mask)


def _drawn(
    ink: Mask, rules: dict[int, Rule], blobs: Blobs, others: dict[int, Rule], unit: float
) -> list[tuple[int, Rule]]:
    """The rules with the number of their blob, those that print runs into without it."""
    found: list[tuple[int, Rule]] = []
    for index, rule in rules.items():
        parts = [rule]
        if _is_thick(blobs, index, unit):
            parts = without_print(ink, rule, _rows(blobs, index), others.values(), unit)
        found += [(index, part) for part in parts]
    return found


def _is_thick(blobs: Blobs, index: int, unit: float) -> bool:
    return bool(blobs.height[index] - 2 > THICK * unit)


def _rows(blobs: Blobs, index: int) -> slice:
    return slice(max(0, int(blobs.top[index])), int(blobs.bottom[index]))


def _level_rules(
    gray: Gray, unit: float, shortest: float, drawn: bool, across: Collection[Rule] | None = None
) -> tuple[Blobs, Mask]:
    """Level strokes as blobs, which may slope by a pixel or two, and what is dark as strokes are.

    With the rules ``across`` them, print may stand right beside one side of them, and in line with them behind those.
    """
    strokes, dark = level_strokes(gray, unit)
    thick = strokes.copy()
    thick[1:] |= strokes[:-1]
    thick[:-1] |= strokes[1:]
    runs = _mended(find_runs(thick), int(_MENDED * unit))
    long = runs.stop - runs.start >= shortest * unit
    runs = Runs(runs.row[long], runs.start[long], runs.stop[long])
    label = label_runs(runs)
    blobs = blobs_of(runs, label)
    # The thickening added a row above and below.
    slim = blobs.height - 2 <= max(_THICKEST * unit, 4.0)
    # Print that touches a rule makes it thick; no stroke of print is as long as what is left then.
    straight = ~slim[label] & (runs.stop - runs.start >= _STRAIGHT * unit)
    rest = Runs(runs.row[straight], runs.start[straight], runs.stop[straight])
    thin = _both(blobs.chosen(slim), blobs_of(rest, label_runs(rest)))
    thin = thin.chosen(thin.height - 2 <= max(_THICKEST * unit, 4.0))
    if drawn:
        thin = _without_print(dark, thin, unit)
        thin = thin.chosen(thin.width >= shortest * unit)
    if across is not None:
        thin = _without_ends(dark, thin, across, shortest, unit)
    real = [
        _is_unbroken(dark, thin, index, unit)
        and (
            _stands_alone(strokes, thin, index, unit)
            or (across is not None and _is_border(strokes, dark, thin, index, unit))
        )
        for index in range(len(thin))
    ]
    thin = thin.chosen(np.array(real, dtype=bool))
    return thin if across is None else _as_drawn(dark, thin, unit), dark


def _without_ends(dark: Mask, blobs: Blobs, across: Collection[Rule], shortest: float, unit: float) -> Blobs:
    """The blobs, those that are not unbroken without the strokes of characters that they run on into.

    A border ends at a rule ``across``, and a character of the cell behind that may have a stroke in line with it.
    """
    left, right = blobs.left.copy(), blobs.right.copy()
    for index in range(len(blobs)):
        if _is_unbroken(dark, blobs, index, unit):
            continue
        band = dark[int(blobs.top[index]) : int(blobs.bottom[index]), int(left[index]) : int(right[index])]
        runs = _mended(find_runs(np.logical_or.reduce(band, axis=0)[None, :]), int(_JOINT * unit))
        longest = int(np.argmax(runs.stop - runs.start)) if len(runs.row) else -1
        if longest < 0 or runs.stop[longest] - runs.start[longest] < max(shortest * unit, _OWN_PART * band.shape[1]):
            continue
        at = (int(blobs.top[index]) + int(blobs.bottom[index])) / 2 / unit
        ends = [(int(left[index]) + int(edge[longest])) for edge in (runs.start, runs.stop)]
        met = [rule.at for rule in across if rule.start - _ENDS <= at <= rule.end + _ENDS]
        if all(any(abs(end / unit - other) <= _PAPER for other in met) for end in ends):
            left[index], right[index] = ends
    return Blobs(left, blobs.top, right, blobs.bottom, blobs.area)


def _as_drawn(dark: Mask, blobs: Blobs, unit: float) -> Blobs:
    """The blobs, short ones only as far as they are drawn: evening out a stroke makes it longer at both ends.

    Strokes of characters would nearly reach the rules of their row then.
    """
    left, right = blobs.left.copy(), blobs.right.copy()
    for index in np.flatnonzero(blobs.right - blobs.left < _LONG * unit):
        band = dark[int(blobs.top[index]) : int(blobs.bottom[index]), int(left[index]) : int(right[index])]
        drawn = np.flatnonzero(band.any(axis=0))
        if len(drawn):
            left[index], right[index] = left[index] + drawn[0], left[index] + drawn[-1] + 1
    return Blobs(left, blobs.top, right, blobs.bottom, blobs.area)


def _both(first: Blobs, second: Blobs) -> Blobs:
    pairs = ("left", "top", "right", "bottom", "area")
    return Blobs(*(np.concatenate([getattr(first, name), getattr(second, name)]) for name in pairs))


def _mended(runs: Runs, gap: int) -> Runs:
    """Runs of the same row joined over small gaps."""
    if len(runs.row) < 2:
        return runs
    joint = (runs.row[1:] == runs.row[:-1]) & (runs.start[1:] - runs.stop[:-1] <= gap)
    first = np.concatenate([[True], ~joint])
    last = np.concatenate([~joint, [True]])
    return Runs(runs.row[first], runs.start[first], runs.stop[last])


def _without_print(dark: Mask, blobs: Blobs, unit: float) -> Blobs:
    """The blobs, those that are not unbroken cut up at their gaps."""
    found = []
    for index in range(len(blobs)):
        left, right = int(blobs.left[index]), int(blobs.right[index])
        pieces = [(left, right)]
        if not _is_unbroken(dark, blobs, index, unit):
            band = dark[int(blobs.top[index]) : int(blobs.bottom[index]), left:right]
            runs = find_runs(np.logical_or.reduce(band, axis=0)[None, :])
            pieces = [(left + int(a), left + int(b)) for a, b in zip(runs.start, runs.stop, strict=True)]
        found += [(index, *piece) for piece in pieces]
    which, lefts, rights = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Blobs(lefts, blobs.top[which], rights, blobs.bottom[which], blobs.area[which])


def _is_border(strokes: Mask, dark: Mask, blobs: Blobs, index: int, unit: float) -> bool:
    """True for a long rule without any gap, free on one side: figures may begin right at its other side.

    Characters one below another have gaps between them, and strokes on both sides of each of theirs but the outermost.
    """
    long = blobs.right[index] - blobs.left[index] >= _LONG * unit
    if not long or _share_dark(dark, blobs, index, unit) < _SOLID:
        return False
    free = sorted(_free_sides(strokes, blobs, index, unit))
    return free[0] >= _HUGGED_SIDE and free[1] >= _FREE_SIDE


def _is_unbroken(dark: Mask, blobs: Blobs, index: int, unit: float) -> bool:
    """True if nearly every point along it is dark: the strokes of a line of text have gaps between them."""
    return _share_dark(dark, blobs, index, unit) >= _UNBROKEN


def _share_dark(dark: Mask, blobs: Blobs, index: int, unit: float) -> float:
    """Share of the points along a rule that are dark.

    A rule may drift by a pixel or two on its way, so it is looked at bit by bit.
    """
    band = dark[int(blobs.top[index]) : int(blobs.bottom[index]), int(blobs.left[index]) : int(blobs.right[index])]
    if band.shape[0] > 1:
        band = band[1:] | band[:-1]
    step = max(8, round(_BIT * unit))
    bits = [band[:, start : start + step] for start in range(0, band.shape[1], step)]
    covered = sum(float(bit.mean(axis=1).max()) * bit.shape[1] for bit in bits)
    return float(covered / max(band.shape[1], 1))


def _stands_alone(strokes: Mask, blobs: Blobs, index: int, unit: float) -> bool:
    """True if mostly nothing is drawn right above and right below: a line of text has its other strokes there."""
    return min(_free_sides(strokes, blobs, index, unit)) >= _ALONE


def _free_sides(strokes: Mask, blobs: Blobs, index: int, unit: float) -> tuple[float, float]:
    """Share of a rule's length along which nothing is drawn right above it, and right below."""
    left, right = int(blobs.left[index]), int(blobs.right[index])
    top, bottom = int(blobs.top[index]) - 1, int(blobs.bottom[index])
    reach = max(2, round(_BESIDE * unit))
    above = strokes[max(0, top - reach) : max(0, top), left:right]
    below = strokes[bottom + 1 : bottom + 1 + reach, left:right]
    free_above = 1.0 - (float(above.any(axis=0).mean()) if above.size else 0.0)
    free_below = 1.0 - (float(below.any(axis=0).mean()) if below.size else 0.0)
    return free_above, free_below


def _rule(blobs: Blobs, index: int, unit: float) -> Rule:
    at = (int(blobs.top[index]) + int(blobs.bottom[index])) / 2 / unit
    return Rule(at, int(blobs.left[index]) / unit, int(blobs.right[index]) / unit)


def _all_held(rules: dict[int, Rule], others: dict[int, Rule], shortest: float) -> dict[int, Rule]:
    found = {index: _held(rule, others.values(), shortest) for index, rule in rules.items()}
    return {index: rule for index, rule in found.items() if rule is not None}


def _held(rule: Rule, others: Iterable[Rule], shortest: float) -> Rule | None:
    """A rule that is long, or ends at rules across on both sides: strokes of characters do not.

    One that runs on into a character ends where it meets the last rule across; None for what is no rule.
    """
    near = [other.at for other in others if other.start - _ENDS <= rule.at <= other.end + _ENDS]
    met = sorted(at for at in near if rule.start - _ENDS <= at <= rule.end + _ENDS)
    is_long = rule.end - rule.start >= _LONG
    if not met or (not is_long and met[-1] - met[0] < shortest - 2 * _ENDS):
        return rule if is_long else None
    first, last = _ends_met(rule, met)
    if is_long:
        # It may run on where the print of a border across is lost.
        return Rule(rule.at, first if first > met[0] else rule.start, last if last < met[-1] else rule.end)
    before, after = max(0.0, first - rule.start - _ENDS), max(0.0, rule.end - last - _ENDS)
    if not (before or after):
        return rule
    if max(before, after) > _RUN_ON or last - first < shortest:
        return None
    return Rule(rule.at, first if before else rule.start, last if after else rule.end)


def _ends_met(rule: Rule, met: Sequence[float]) -> tuple[float, float]:
    """The first and last of the rules across that it meets, without one at which it only nearly arrives.

    Characters as high as their row, on which a border runs on, leave paper before the next rule across.
    """
    first, last = met[0], met[-1]
    if len(met) > _FEWEST_MET and rule.start - first > _PAPER and met[1] - rule.start <= _RUN_ON:
        first = met[1]
    if len(met) > _FEWEST_MET and last - rule.end > _PAPER and rule.end - met[-2] <= _RUN_ON:
        last = met[-2]
    return first, last


def _without_print_beyond(
    dark: Mask, blobs: Blobs, index: int, rule: Rule, others: dict[int, Rule], unit: float
) -> Rule:
    """A rule without what is in line with it beyond the last rule across, if paper parts it from that: a character."""
    near = (other.at for other in others.values() if other.start - _ENDS <= rule.at <= other.end + _ENDS)
    met = sorted(at for at in near if rule.start - _ENDS <= at <= rule.end + _ENDS)
    if len(met) < _FEWEST_MET:
        return rule
    inked = np.flatnonzero(dark[_rows(blobs, index)].any(axis=0)) / unit
    start, end = rule.start, rule.end
    if _ENDS < met[0] - start <= _RUN_ON and _is_paper_before(met[0] - inked[inked < met[0]]):
        start = met[0]
    if _ENDS < end - met[-1] <= _RUN_ON and _is_paper_before(inked[inked > met[-1]] - met[-1]):
        end = met[-1]
    return Rule(rule.at, start, end)


def _is_paper_before(off: npt.NDArray[np.float64]) -> bool:
    """True if nothing is drawn somewhere right before a rule across; ``off`` is how far from it points are dark."""
    along = np.sort(np.concatenate([[0.0], off, [_RUN_ON]]))
    gaps = np.flatnonzero(np.diff(along) > _PAPER)
    return bool(along[gaps[0]] <= _PAPER)


def _without_floating(rules: dict[int, Rule], others: dict[int, Rule]) -> dict[int, Rule]:
    """The rules without those that touch no rule across at either end, and are no pieces of one that does.

    Rows may be as low as print: strokes of characters then reach nearly from one rule to the next, but leave some paper
    at both ends, as characters do. Borders do not, unless their print is broken; then there is more of them above or
    below.
    """
    floating = {
        index for index, rule in rules.items() if rule.end - rule.start < _LONG and _floats(rule, others.values())
    }
    borders = [rule.at for index, rule in rules.items() if index not in floating]
    return {
        index: rule
        for index, rule in rules.items()
        if index not in floating or any(abs(rule.at - at) <= _COLLINEAR for at in borders)
    }


def _floats(rule: Rule, others: Iterable[Rule]) -> bool:
    near = [other.at for other in others if other.start - _ENDS <= rule.at <= other.end + _ENDS]
    # A border may run a little beyond the last rule across; it then meets that all the same.
    inward = (end for at in near for end in (at - rule.start, rule.end - at))
    return not any(-_PAPER <= beyond <= _ENDS for beyond in inward)


def _cover(mask: Mask, kept: Sequence[tuple[int, Rule]], blobs: Blobs, ink: Mask, unit: float) -> None:
    for index, rule in kept:
        rows, columns = _rows(blobs, index), slice(round(rule.start * unit), round(rule.end * unit))
        mask[rows, columns] |= not _is_thick(blobs, index, unit) or drawn_rows(ink, rule, rows, unit)
