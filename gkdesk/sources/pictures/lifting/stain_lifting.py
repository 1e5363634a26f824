"""Seals that could not be told from print by their colour: lifted off by their shade, or by what hangs together.

A seal in a grey scan is lighter than the print under it, as its ink lets that through: where its shade becomes white,
the print stays. In a black and white one there is no shade; there a piece of the seal that touches no figure is taken
away from beside it. Whatever stood in a cell with a seal stays in doubt. Rules go on under seals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Rule, Rules
from gkdesk.sources.pictures.characters.cell_ink import CellInk
from gkdesk.sources.pictures.characters.cell_pieces import SPECK
from gkdesk.sources.pictures.components import Blobs, Mask, blobs_of, find_blobs, find_runs, label_runs
from gkdesk.sources.pictures.paper import Gray
from gkdesk.sources.pictures.stains import TALLEST_PRINT, over_rules, touches

_INK = 200
_BROADEST_STROKE = 8.0
"""Points; what is tall and no broader may be a rule that was not found."""
_BROADEST_DIGIT, _HIGHEST_DIGIT = 10.0, 16.0
_NEAR = 4.0
"""Points: what is larger is no digit; how near pieces of a seal are to each other."""
_LIGHTER = 60
"""Steps of brightness by which a seal is lighter than print."""
_MOSTLY = 0.5
"""Share of what hangs together with a seal that is so much lighter; the rest is print that touches it."""
_LIGHTEST, _DARKEST = 0.2, 0.1
"""Shares of the points of a seal, and of print, that are darker than what is taken for their shade."""
_FEWEST = 12.0
"""Square points of a seal, at least."""
_SAME = 1.5
_JOINT, _LONGEST = 4.5, 90.0
_DRAWN, _STAINED = 0.85, 0.5
"""Points between the two ends of a rule, and shares of them that must be drawn, and be under a seal."""
_TOUCHED = 1.5
"""Points around a figure within which a bleached seal may have taken a part of it."""
_LONGEST_FIGURE = 45.0
"""Points; what is longer and in one line is words."""
_LOWEST, _BROADEST = 4.0, 1.05
"""Height of a digit in points, at least; its width in its heights, at most."""


def stained_pixels(ink: Mask, rules: Mask, unit: float) -> Mask:
    """The pixels of all that hangs together, over the ``rules`` taken out of the ``ink`` too, and is no print by its
    size; with what is broader than a character beside it, as the top of a ring is where it meets a rule at a small
    angle."""
    runs = find_runs(over_rules(ink, rules, unit))
    label = label_runs(runs)
    blobs = blobs_of(runs, label)
    large = np.maximum(blobs.height, blobs.width) > TALLEST_PRINT * unit
    broad = np.minimum(blobs.height, blobs.width) > _BROADEST_STROKE * unit
    chosen = large & broad & (blobs.area > _FEWEST * unit * unit)
    pixels = np.zeros(ink.shape, dtype=bool)
    if not chosen.any():
        return pixels
    arcs = (blobs.width > _BROADEST_DIGIT * unit) | (blobs.height > _HIGHEST_DIGIT * unit)
    while (more := arcs & ~chosen & _near_any(blobs, chosen, _NEAR * unit)).any():
        chosen |= more
    held = chosen[label]
    for row, start, stop in zip(runs.row[held], runs.start[held], runs.stop[held], strict=True):
        pixels[row, start:stop] = True
    return pixels


def _near_any(blobs: Blobs, chosen: Mask, reach: float) -> Mask:
    """Which blobs have their box near that of one of the ``chosen``."""
    near = np.zeros(len(blobs), dtype=bool)
    for index in np.flatnonzero(chosen):
        box = Box(*(float(edge[index]) for edge in (blobs.left, blobs.top, blobs.right, blobs.bottom)))
        near |= touches(blobs, box, reach)
    return near


def without_shade(gray: Gray, stained: Mask, unit: float) -> Gray | None:
    """The page with its seals bleached by their own shade; None if they are as dark as print."""
    print_ = gray[(gray < _INK) & ~stained]
    shades = gray[stained]
    if not len(print_) or not len(shades):
        return None
    dark = float(np.quantile(print_, _DARKEST))
    light = shades[shades > dark + _LIGHTER]
    if len(light) < max(_MOSTLY * len(shades), _FEWEST * unit * unit):
        return None
    shade = float(np.quantile(light, _LIGHTEST))
    near = grown(stained, max(1, round(0.7 * unit)))
    bleached = np.clip((gray.astype(np.float32) - dark) * (255.0 / (shade - dark)), 0, 255).astype(np.uint8)
    made: Gray = np.where(near, bleached, gray)
    return made


def grown(mask: Mask, by: int) -> Mask:
    """A mask with so many pixels more on all sides."""
    grown = mask.copy()
    for step in range(1, by + 1):
        grown[step:] |= mask[:-step]
        grown[:-step] |= mask[step:]
    wide = grown.copy()
    for step in range(1, by + 1):
        wide[:, step:] |= grown[:, :-step]
        wide[:, :-step] |= grown[:, step:]
    return wide


def rules_under(rules: Rules, drawn: Mask, stained: Mask, unit: float) -> Rules:
    """The rules, with those pieces of them that lie under something that is drawn over the page.

    A rule that ends at a seal and goes on behind it in the same line goes on under it: all the way is drawn, most of it
    by the seal.
    """
    if not stained.any():
        return rules
    return replace(
        rules,
        horizontal=rules.horizontal + tuple(_bridges(rules.horizontal, drawn, stained, unit)),
        vertical=rules.vertical + tuple(_bridges(rules.vertical, drawn.T, stained.T, unit)),
    )


def _bridges(rules: Sequence[Rule], drawn: Mask, stained: Mask, unit: float) -> list[Rule]:
    found = []
    for rule in rules:
        behind = [
            other for other in rules if abs(other.at - rule.at) <= _SAME and _JOINT < other.start - rule.end <= _LONGEST
        ]
        if not behind:
            continue
        other = min(behind, key=lambda rule: rule.start)
        at, start, stop = (rule.at + other.at) / 2, round(rule.end * unit), round(other.start * unit)
        level = slice(max(0, round(at * unit) - 2), round(at * unit) + 2)
        shares = [float(mask[level, start:stop].any(axis=0).mean()) for mask in (drawn, stained)]
        if shares[0] >= _DRAWN and shares[1] >= _STAINED:
            found.append(Rule(at, rule.end, other.start))
    return found


def clear_cells(cells: Sequence[CellInk], gray: Gray, stained: Mask, unit: float, hidden: Mask | None = None) -> Gray:
    """The page without the pieces of seals that stand beside a figure in its cell and do not touch it.

    The cells with what may be a figure and a piece of a seal are marked as stained: the figure may have lost a part.
    Where the seal was bleached, no print is hidden, and only figures that it touches may have lost some; where it was
    taken away, print is ``hidden``.
    """
    if not stained.any():
        return gray
    cleared = gray.copy()
    for cell in cells:
        rows, columns = _slices(cell.space)
        under = stained[rows, columns]
        if not under.any():
            continue
        rest = find_blobs((gray[rows, columns] < _INK) & ~under)
        rest = rest.chosen(np.maximum(rest.height, rest.width) >= SPECK * unit)
        dark = under & (gray[rows, columns] < _INK)
        if dark.any() and _may_be_figure(rest, unit):
            cell.ink = _moved(rest, columns.start, rows.start)
            cleared[rows, columns][under] = 255
        lost = bool(dark.any()) or bool(stained[_slices(_around(cell.ink, _TOUCHED * unit))].any())
        covered = hidden is not None and bool(hidden[rows, columns].any())
        cell.stained = cell.stained or (lost and _may_be_figure(cell.ink, unit))
        cell.stained = cell.stained or (covered and _may_be_rest(cell.ink, unit))
    return cleared


def _around(ink: Blobs, by: float) -> Box:
    if not len(ink):
        return Box(0, 0, 0, 0)
    return Box(ink.left.min() - by, ink.top.min() - by, ink.right.max() + by, ink.bottom.max() + by)


def _slices(space: Box) -> tuple[slice, slice]:
    return slice(round(space.top) + 1, round(space.bottom)), slice(round(space.left) + 1, round(space.right))


def _may_be_figure(ink: Blobs, unit: float) -> bool:
    """True if all ink is as narrow as digits, and some of it as high as one."""
    height = float(ink.bottom.max() - ink.top.min()) if len(ink) else 0.0
    return height >= _LOWEST * unit and bool(ink.width.max() <= _BROADEST * height)


def _may_be_rest(ink: Blobs, unit: float) -> bool:
    """True if all ink together may be what is left of a figure of which the rest is hidden."""
    if not len(ink):
        return False
    height, width = ink.bottom.max() - ink.top.min(), ink.right.max() - ink.left.min()
    return bool(height <= _HIGHEST_DIGIT * unit and width <= _LONGEST_FIGURE * unit)


def _moved(ink: Blobs, right: int, down: int) -> Blobs:
    return Blobs(ink.left + right, ink.top + down, ink.right + right, ink.bottom + down, ink.area)
