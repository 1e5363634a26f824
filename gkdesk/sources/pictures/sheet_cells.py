"""The tables of a page laid straight: their columns, with those that no rule tells, and the ink of each cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Rule
from gkdesk.sources.layout.ruled_grid import RuledGrid, find_grids
from gkdesk.sources.pictures.characters.cell_ink import CellInk
from gkdesk.sources.pictures.characters.text_recognition import TextBox
from gkdesk.sources.pictures.components import Blobs, find_blobs
from gkdesk.sources.pictures.rules.lost_borders import find_lost_verticals
from gkdesk.sources.pictures.rules.scanned_columns import ColumnsBefore, find_open_verticals, may_be_open
from gkdesk.sources.pictures.sheet import INK, LEAST_TRACE, Sheet
from gkdesk.sources.pictures.stains import find_stains, meet

Real = npt.NDArray[np.float64]

_SAME_BORDER = 3.0
_PALE, _WITHIN = 216, 2.4
_OWN_DIGITS, _DIGIT = 1.2, 6.5
"""Heights of a figure beside it in which more digits of it may stand, and the least height of a digit in points."""


def grids_of(sheet: Sheet) -> list[RuledGrid]:
    """The tables that the rules of a sheet make, places in points."""
    return find_grids(sheet.rules, list(zip(*(middles.tolist() for middles in _middles(sheet)), strict=True)))


def with_columns(sheet: Sheet, boxes: Sequence[TextBox], before: ColumnsBefore | None = None) -> Sheet:
    """The sheet with rules between the columns of tables that have none there, and without other strokes in these."""
    grids, unit = grids_of(sheet), sheet.unit
    lost = tuple(find_lost_verticals(grids, sheet.ink, unit))
    if lost:
        sheet = replace(sheet, rules=replace(sheet.rules, vertical=sheet.rules.vertical + lost), lost=lost)
        grids = grids_of(sheet)
    drawn = (sheet.gray < INK) | sheet.stained
    stains = find_stains(drawn, sheet.ruled, unit) if may_be_open(sheet.rules, grids, before) else []
    added = tuple(find_open_verticals(sheet.rules, grids, sheet.ink, unit, boxes, stains, before))
    if not added:
        return sheet
    strokes = [rule for rule in sheet.rules.vertical if _is_stroke(rule, added)]
    kept = tuple(rule for rule in sheet.rules.vertical if rule not in strokes)
    # The pixels of a stroke were taken out with those of the rules: it may have been a 1.
    stains += [Box(rule.at * unit, rule.start * unit, rule.at * unit + 1, rule.end * unit) for rule in strokes]
    rules = replace(sheet.rules, vertical=kept + added)
    return replace(sheet, rules=rules, added=added, stains=tuple(stains))


def cells_of(sheet: Sheet) -> list[CellInk]:
    """The cells of all tables of a sheet with the ink in them, places in pixels."""
    unit = sheet.unit
    xs, ys = _middles(sheet)
    found = []
    for grid in grids_of(sheet):
        is_open = _is_open(sheet, grid)
        for cell in grid.cells:
            area = cell.area
            inside = (xs > area.left) & (xs < area.right) & (ys > area.top) & (ys < area.bottom)
            space = Box(area.left * unit, area.top * unit, area.right * unit, area.bottom * unit)
            ink = sheet.ink.chosen(inside)
            stained = is_open and any(meet(stain, space) for stain in sheet.stains)
            stained = stained or _is_crossed(sheet, space, ink)
            stained = stained or any(_is_beside(rule, area) for rule in sheet.lost)
            columns = cell.column_span if is_open else 0
            found.append(CellInk(space, ink, open_columns=columns, stained=stained))
    return found


def ink_outside(sheet: Sheet, cells: Iterable[CellInk]) -> Blobs:
    """The ink outside all cells."""
    ink = sheet.ink
    xs, ys = (ink.left + ink.right) / 2, (ink.top + ink.bottom) / 2
    outside = np.ones(len(ink), dtype=bool)
    for left, top, right, bottom in (cell.space for cell in cells):
        outside &= ~((xs > left) & (xs < right) & (ys > top) & (ys < bottom))
    return ink.chosen(outside)


def traces_in(sheet: Sheet, bands: Sequence[tuple[float, float]]) -> Blobs:
    """All that may be ink, with what is so thin and pale between some heights (pixels) that nothing else shows it."""
    inside = np.zeros(sheet.even.shape[0], dtype=bool)
    for top, bottom in bands:
        inside[max(0, round(top)) : max(0, round(bottom))] = True
    pale = (sheet.even < _PALE) & ~sheet.ruled & inside[:, None]
    if not pale.any():
        return sheet.traces
    blobs = find_blobs(pale)
    tall = (blobs.height >= LEAST_TRACE * sheet.unit) | (blobs.width >= LEAST_TRACE * sheet.unit)
    return sheet.traces.with_others(blobs.chosen(tall))


def has_pale_ink(sheet: Sheet, space: Box) -> bool:
    """True if something of the height of print stands in a cell, however thin and pale: it is not blank."""
    edge = _WITHIN * sheet.unit
    rows = slice(round(space.top + edge), max(0, round(space.bottom - edge)))
    inside = sheet.even[rows, round(space.left + edge) : max(0, round(space.right - edge))]
    pale = inside < _PALE
    if not pale.any():
        return False
    blobs = find_blobs(pale)
    tall = (blobs.height >= LEAST_TRACE * sheet.unit) | (blobs.width >= LEAST_TRACE * sheet.unit)
    return bool(tall.any())


def _is_stroke(rule: Rule, added: Sequence[Rule]) -> bool:
    """True for what stands within a table between two of the columns that it is proven to have."""
    level = [other.at for other in added if other.start < rule.end and other.end > rule.start]
    return bool(level) and min(level) < rule.at < max(level) and min(abs(rule.at - at) for at in level) > _SAME_BORDER


def _is_open(sheet: Sheet, grid: RuledGrid) -> bool:
    area = grid.area
    return any(area.contains(rule.at, (rule.start + rule.end) / 2) for rule in sheet.added)


def _is_beside(rule: Rule, area: Box) -> bool:
    """True if an upright rule is one of the borders of a cell."""
    return min(abs(rule.at - area.left), abs(rule.at - area.right)) < 1 and rule.start < area.centre[1] < rule.end


def _middles(sheet: Sheet) -> tuple[Real, Real]:
    """Middles of all ink in points, across and down."""
    ink, unit = sheet.ink, sheet.unit
    return (ink.left + ink.right) / 2 / unit, (ink.top + ink.bottom) / 2 / unit


def _is_crossed(sheet: Sheet, space: Box, ink: Blobs) -> bool:
    """True if a streak ran through a cell: a slim figure may be lost under it, or a digit of the one that is there."""
    if sheet.crossed is None:
        return False
    left, top, right, bottom = space
    if len(ink):
        high = float(ink.bottom.max() - ink.top.min())
        reach = _OWN_DIGITS * max(high, _DIGIT * sheet.unit)
        left, right = max(left, ink.left.min() - reach), min(right, ink.right.max() + reach)
        top, bottom = max(top, ink.top.min() - reach), min(bottom, ink.bottom.max() + reach)
    return bool(sheet.crossed[int(top) : int(bottom), int(left) : int(right)].any())
