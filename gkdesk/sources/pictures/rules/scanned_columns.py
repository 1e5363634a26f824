"""Columns of scanned tables that have rules between their rows and none, or not all, between their columns.

The same method and proof as for characters of known places (:mod:`gkdesk.sources.layout.open_columns`): what stands
apart in one row belongs to different columns, and every two neighbouring columns stand side by side in some row; else
there is no table. Here the words are connected ink, before anything is read. Where a rule ends between others a column
border must be: above and below it no word reaches over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Rule, Rules
from gkdesk.sources.layout.open_bands import parted, without_frames
from gkdesk.sources.layout.open_columns import OpenTable, bands_of, rows_going_on, table_of_rows
from gkdesk.sources.layout.own_columns import OpenColumns
from gkdesk.sources.layout.ruled_grid import RuledGrid, build_grid, merge_rules
from gkdesk.sources.pictures.characters.text_recognition import TextBox
from gkdesk.sources.pictures.components import Blobs, Mask
from gkdesk.sources.pictures.stains import touches

_FEWEST_RULES, _FEWEST_GOING_ON = 4, 2
_APART = 0.5
"""Font sizes of empty paper that part words; less stands between the characters of one."""
_PUNCTUATED = 1.0
"""The same within a text of the page reader with punctuation, which leaves up to a font size of paper beside it."""
_PUNCTUATION = frozenset("（）()、，,：:；;。.．“”《》")
_SPECK = 2.2
"""Points; what is nowhere larger is dirt."""
_HEADING, _LOWEST_HEADING = 1.5, 1.2
"""Height of a heading's row in usual rows; the lowest one where what is above and below it makes a table by itself."""
_TALLEST, _HAN_HEIGHT = 0.9, 0.92
"""The share of ink that is lower than whole Chinese characters, and their height in font sizes."""
_BESIDE = 1.0
"""Points beside what is drawn that may belong to it."""
_BROAD = 0.6
_LINE = 1.9
"""Height of a text of the page reader in font sizes, at most, that is one line."""
_SAME, _CUT_ENDS = 3.0, 4.0
"""Points by which ends of rules may differ, and by which they must lie inside the table."""

Span = tuple[float, float]


@dataclass(slots=True)
class ColumnsBefore:
    """The columns of the last such table of the pages read so far: a table may go on on the next page."""

    columns: OpenColumns | None = None


def find_open_verticals(
    rules: Rules,
    grids: Sequence[RuledGrid],
    ink: Blobs,
    unit: float,
    boxes: Sequence[TextBox],
    stains: Sequence[Box],
    before: ColumnsBefore | None = None,
) -> list[Rule]:
    """The verticals that tables lack which are ruled between their rows only, in points; none where it is not sure.

    ``grids`` are the tables that the ``rules`` make; ``ink`` and the page reader's ``boxes`` are in pixels, of ``unit``
    pixels a point. What stands under one of the ``stains`` proves nothing and contradicts nothing: pieces of a seal
    stand beside figures, and figures are lost in it. ``before`` is brought up to date.
    """
    before = before or ColumnsBefore()
    first, before.columns = before.columns, None
    ruled = _ruled(grids, rules)
    free = free_rules(rules, grids)
    if len(free) < _fewest(first):
        return []
    words = _Words(_unstained(ink, stains, unit), unit, boxes, free[0].at, free[-1].at)
    found: list[Rule] = []
    for part in _tables(free, words):
        for table in _tables_of(part, words, first):
            first = before.columns = None
            if table is None or any(_hides_rules(stain, table, unit) for stain in stains):
                continue
            grid = build_grid(table.horizontal, table.vertical, words.middles)
            if grid is not None and len(grid.xs) > 2 and not any(_meet(grid.area, other.area) for other in ruled):
                found += table.vertical
                before.columns = table.columns
    return found


def _fewest(before: OpenColumns | None) -> int:
    """How many rules make a table; a table may end with its last row on the next page."""
    return _FEWEST_RULES if before is None else _FEWEST_GOING_ON


def _tables_of(part: list[Rule], words: _Words, before: OpenColumns | None) -> list[OpenTable | None]:
    """The tables of rules that follow each other: one, or two with the heading of the second between them."""
    table = _table_of(part, words, before)
    if table is not None:
        return [table]
    for heading in _headings(part, words, _LOWEST_HEADING):
        above, below = parted(part, [heading])
        tables = _table_of(above, words, before), _table_of(below, words, None)
        if None not in tables:
            return list(tables)
    return [None]


def _table_of(part: Sequence[Rule], words: _Words, before: OpenColumns | None) -> OpenTable | None:
    bands = bands_of(part)
    if len(bands) + 1 < _fewest(before):
        return None
    rows = [words.spans(top, bottom, _cuts(part, top, bottom)) for top, bottom in bands]
    if len(bands) + 1 < _FEWEST_RULES and before is not None:
        return rows_going_on(part, rows, before)
    return table_of_rows(part, rows, before)


def _hides_rules(stain: Box, table: OpenTable, unit: float) -> bool:
    """True if a stain is so broad that a rule between two rows of the table is a part of it."""
    top, bottom = table.horizontal[0].at * unit, table.horizontal[-1].at * unit
    broad = stain.right - stain.left >= _BROAD * (table.columns.right - table.columns.left) * unit
    return broad and stain.top < bottom and stain.bottom > top


def free_rules(rules: Rules, grids: Sequence[RuledGrid]) -> list[Rule]:
    """The horizontal rules that belong to no table with rules between its columns and to no frame, downwards."""
    ruled = _ruled(grids, rules)
    free = [rule for rule in merge_rules(rules.horizontal) if not any(_holds(grid, rule) for grid in ruled)]
    return sorted(without_frames(free, merge_rules(rules.vertical)))


def may_be_open(rules: Rules, grids: Sequence[RuledGrid], before: ColumnsBefore | None) -> bool:
    """True if there are enough rules for a table without rules between its columns."""
    return len(free_rules(rules, grids)) >= _fewest(before.columns if before else None)


def _ruled(grids: Sequence[RuledGrid], rules: Rules) -> list[RuledGrid]:
    """The tables with columns between rules; one upright stroke, such as the side of a seal, does not make one."""
    return [
        grid
        for grid in grids
        if len(grid.xs) > 2
        and sum(any(abs(rule.at - x) <= _SAME and _crosses(rule, grid) for rule in rules.vertical) for x in grid.xs) > 1
    ]


def _crosses(rule: Rule, grid: RuledGrid) -> bool:
    return rule.start < grid.ys[-1] and rule.end > grid.ys[0]


def _unstained(ink: Blobs, stains: Sequence[Box], unit: float) -> Blobs:
    """The ink that does not stand where something is drawn."""
    clear = np.ones(len(ink), dtype=bool)
    for stain in stains:
        clear &= ~touches(ink, stain, _BESIDE * unit)
    return ink.chosen(clear)


def _tables(rules: list[Rule], words: _Words) -> list[list[Rule]]:
    """The rules parted where a single line has far more room than the rows: the heading of the next table."""
    return parted(rules, _headings(rules, words, _HEADING))


def _headings(rules: Sequence[Rule], words: _Words, least: float) -> list[float]:
    """Where the rows end that hold a single line and have ``least`` times the room of others."""
    bands = bands_of(rules)
    single = [bottom - top for top, bottom in bands if words.lines(top, bottom) == 1]
    usual = median(single) if single else 0.0
    return [
        bottom
        for top, bottom in bands
        if bottom - top >= least * usual and words.lines(top, bottom) <= 1 and words.stand_together(top, bottom)
    ]


def _cuts(rules: Sequence[Rule], top: float, bottom: float) -> list[float]:
    """Where rules above or below a row end inside the table: no word of the row reaches over there."""
    left, right = min(rule.start for rule in rules), max(rule.end for rule in rules)
    return [
        end
        for rule in rules
        if abs(rule.at - top) <= _SAME or abs(rule.at - bottom) <= _SAME
        for end in (rule.start, rule.end)
        if left + _CUT_ENDS < end < right - _CUT_ENDS
    ]


class _Words:
    """The ink of a page between two heights, in points, and how it stands together."""

    def __init__(self, ink: Blobs, unit: float, boxes: Sequence[TextBox], top: float, bottom: float) -> None:
        ink = ink.chosen((ink.top > top * unit) & (ink.bottom < bottom * unit))
        self._left, self._right = ink.left / unit, ink.right / unit
        self._top, self._bottom = ink.top / unit, ink.bottom / unit
        self._size = float(np.quantile(self._bottom - self._top, _TALLEST)) / _HAN_HEIGHT if len(ink) else 1.0
        self._punctuated = [
            Box(*(edge / unit for edge in box.box)) for box in boxes if any(char in _PUNCTUATION for char in box.text)
        ]
        self._level = (self._top + self._bottom) / 2
        for edges in (Box(*(edge / unit for edge in box.box)) for box in boxes):
            self._level_with(edges)

    def _level_with(self, line: Box) -> None:
        """Put the ink of a line at its middle: the label of a group stands where it may, over the ends of rows too."""
        if line.bottom - line.top <= _LINE * self._size:
            across = (self._left + self._right) / 2
            inside = (
                (across > line.left) & (across < line.right) & (self._level > line.top) & (self._level < line.bottom)
            )
            self._level[inside] = line.centre[1]

    @property
    def middles(self) -> list[tuple[float, float]]:
        """The middles of all ink."""
        across, down = (self._left + self._right) / 2, (self._top + self._bottom) / 2
        return list(zip(across.tolist(), down.tolist(), strict=True))

    def lines(self, top: float, bottom: float) -> int:
        """How many lines stand between two heights."""
        chosen = self._between(top, bottom)
        order = np.argsort(self._top[chosen])
        tops, bottoms = self._top[chosen][order], self._bottom[chosen][order]
        if not len(tops):
            return 0
        height = float(bottoms.max() - tops.min())
        return max(1, round(height / (1.5 * self._size)))

    def spans(self, top: float, bottom: float, cuts: Sequence[float]) -> list[Span]:
        """What stands together between two heights; lines above each other are taken together."""
        chosen = self._between(top, bottom)
        order = np.argsort(self._left[chosen], kind="stable")
        groups: list[list[float]] = []
        for left, right, height in zip(
            self._left[chosen][order].tolist(),
            self._right[chosen][order].tolist(),
            (self._bottom - self._top)[chosen][order].tolist(),
            strict=True,
        ):
            if groups and self._belongs(groups[-1][1], left, top, bottom) and not _parts(cuts, groups[-1], left, right):
                groups[-1] = [groups[-1][0], max(groups[-1][1], right), max(groups[-1][2], height)]
            else:
                groups.append([left, right, height])
        return [(left, right) for left, right, height in groups if max(right - left, height) >= _SPECK]

    def stand_together(self, top: float, bottom: float) -> bool:
        """True for nothing or a single text between two heights, by the size of its own characters."""
        chosen = self._between(top, bottom)
        if np.count_nonzero(chosen) < 2:
            return True
        order = np.argsort(self._left[chosen])
        gaps = self._left[chosen][order][1:] - np.maximum.accumulate(self._right[chosen][order])[:-1]
        size = float(np.quantile((self._bottom - self._top)[chosen], _TALLEST)) / _HAN_HEIGHT
        return bool(gaps.max() <= _PUNCTUATED * size) or len(self.spans(top, bottom, ())) <= 1

    def _between(self, top: float, bottom: float) -> Mask:
        chosen: Mask = (self._level > top) & (self._level < bottom)
        return chosen

    def _belongs(self, end: float, start: float, top: float, bottom: float) -> bool:
        gap = start - end
        if gap <= _APART * self._size:
            return True
        return gap <= _PUNCTUATED * self._size and any(
            box.left < end and start < box.right and top < box.centre[1] < bottom for box in self._punctuated
        )


def _parts(cuts: Sequence[float], before: Sequence[float], left: float, right: float) -> bool:
    """True if a border stands between what came before and what follows; slanting print may reach over a little."""
    return any((before[0] + before[1]) / 2 < cut < (left + right) / 2 and before[1] - cut < 1 for cut in cuts)


def _holds(grid: RuledGrid, rule: Rule) -> bool:
    inside = grid.ys[0] - 1 <= rule.at <= grid.ys[-1] + 1
    return inside and rule.start < grid.xs[-1] and grid.xs[0] < rule.end


def _meet(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
