"""Tables with every other row shaded and no rules: the rows between have the columns of the shaded ones.

Word and spreadsheet programs draw the shading of each cell by itself, so that a shaded row shows its columns; a row
without shading shows nothing but its characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from gkdesk.sources.layout.marks import Glyph, Rule, Rules
from gkdesk.sources.layout.open_bands import LARGER, NUMBERED, is_figure, is_no_row, lines_of, standing_together
from gkdesk.sources.layout.ruled_grid import merge_rules

_SAME = 1.2
"""Points by which the edges of shaded cells of one row or column may differ."""
_LOWEST, _HIGHEST = 6.0, 400.0
"""Points: heights of a row between shaded ones."""
_FEWEST_COLUMNS = 3
"""Edges of columns that both shaded rows must have."""
_LEVEL = 0.5
"""Font sizes by which figures of one row may stand higher or lower."""
_PITCH = 1.9
"""Font sizes from line to line within a cell."""
_LONGER = 1.5
"""Font sizes by which a line of a label may be longer than its first one."""


@dataclass(frozen=True, slots=True)
class _Band:
    """A row without shading: the borders of its columns, and which of its ends are rules that are drawn.

    Above a row of ``names`` stands a shaded cell merged over the columns that these name.
    """

    top: float
    bottom: float
    borders: Sequence[float]
    ruled: Sequence[float] = ()
    names: bool = False

    def holding(self, glyphs: Sequence[Glyph]) -> list[Glyph]:
        """Of the characters those that stand in it."""
        left, right = self.borders[0], self.borders[-1]
        return [g for g in glyphs if self.top < g.box.centre[1] < self.bottom and left < g.box.centre[0] < right]


def with_columns_between(rules: Rules, glyphs: Sequence[Glyph]) -> Rules:
    """The rules with the columns of shaded rows drawn through each row between two of them, or before a rule.

    Only where what stands there can be one row alone, each thing in one column, but for a label over the first ones.
    """
    if not rules.faint_vertical:
        return rules
    down: list[Rule] = []
    level: list[Rule] = []
    for band in _bands(rules.faint_vertical, merge_rules(rules.horizontal)):
        if _is_one_row(band.holding(glyphs), band):
            down += [Rule(at, band.top, band.bottom) for at in band.borders]
            level += [Rule(at, band.borders[0], band.borders[-1]) for at in band.ruled]
    if not down:
        return rules
    return replace(
        rules, faint_vertical=(*rules.faint_vertical, *down), faint_horizontal=(*rules.faint_horizontal, *level)
    )


def _bands(upright: Sequence[Rule], across: Sequence[Rule]) -> list[_Band]:
    """The rows without shading, where above and below stand shaded cells or a rule as wide as these."""
    tops = _by_height([(rule.end, rule.at) for rule in upright])
    bottoms = _by_height([(rule.start, rule.at) for rule in upright])
    found = []
    for top, above in tops:
        bottom, below = next(((at, edges) for at, edges in bottoms if at - top >= _LOWEST), (inf, above))
        line = min((rule.at for rule in across if rule.at - top >= _LOWEST and _covers(rule, above)), default=inf)
        if bottom <= line + _SAME:
            borders = [x for x in above if any(abs(x - other) <= _SAME for other in below)]
            names = len(borders) <= _FEWEST_COLUMNS
            if names:
                borders = [x for x in below if above[0] - _SAME <= x <= above[-1] + _SAME]
            found.append(_Band(top, bottom, borders, names=names))
        else:
            found.append(_Band(top, line, above, (line,)))
    tall = [band for band in found if band.bottom - band.top <= _HIGHEST and len(band.borders) > _FEWEST_COLUMNS]
    return [band for band in tall if _is_open(upright, band.borders[1:-1], band.top, band.bottom)]


def _is_open(upright: Sequence[Rule], borders: Sequence[float], top: float, bottom: float) -> bool:
    """True if no shaded cell begins or ends between two heights at one of the borders."""
    return not any(
        rule.start < bottom - _SAME and top + _SAME < rule.end and any(abs(rule.at - x) <= _SAME for x in borders)
        for rule in upright
    )


def _by_height(ends: Sequence[tuple[float, float]]) -> list[tuple[float, list[float]]]:
    """The places of ends by their height, each height once, downwards."""
    groups: list[tuple[float, list[float]]] = []
    for height, at in sorted(ends):
        if groups and height - groups[-1][0] <= _SAME:
            groups[-1][1].append(at)
        else:
            groups.append((height, [at]))
    return [(height, _once(sorted(places))) for height, places in groups]


def _once(places: Sequence[float]) -> list[float]:
    """Sorted places, the edges of two cells at one border once."""
    return [at for number, at in enumerate(places) if number == 0 or at - places[number - 1] > _SAME]


def _covers(rule: Rule, borders: Sequence[float]) -> bool:
    return rule.start <= borders[0] + _PITCH and borders[-1] - _PITCH <= rule.end


def _is_one_row(glyphs: Sequence[Glyph], band: _Band) -> bool:
    """True if what stands in a band can be one row only, and no figure or name stands across a border."""
    groups = standing_together(glyphs)
    if not groups or is_no_row(glyphs, band.borders[-1] - band.borders[0]):
        return False
    label, others = groups[0], groups[1:]
    figures = [group for group in others if is_figure(group)]
    inside = not any(_crosses(group, border) for group in others for border in band.borders)
    if band.names:
        return inside and not figures and len(others) >= _FEWEST_COLUMNS and not _crosses(label, band.borders[1])
    if not inside or len(figures) < len(others) or not _is_one_label(label):
        return False
    if not figures:
        return not band.ruled and not _crosses(label, band.borders[1])
    heights = [glyph.y for group in figures for glyph in group]
    return max(heights) - min(heights) <= _LEVEL * figures[0][0].size


def _is_one_label(label: Sequence[Glyph]) -> bool:
    """False if the label of another row is among its lines, or a heading: larger, further away, longer than the first.

    The label of a row without figures stands as near as a line of the same label; both have their number in front.
    """
    lines = [sorted(line, key=lambda glyph: glyph.x) for line in lines_of(label)]
    if any(NUMBERED.match("".join(glyph.text for glyph in line)) for line in lines[1:]):
        return False
    sizes = [glyph.size for glyph in label]
    if max(sizes) >= LARGER * min(sizes):
        return False
    far = any(below[0].y - above[0].y > _PITCH * above[0].size for above, below in pairwise(lines))
    ends = [max(glyph.room.right for glyph in line) for line in lines]
    return not far and all(end <= ends[0] + _LONGER * sizes[0] for end in ends[1:])


def _crosses(group: Sequence[Glyph], border: float) -> bool:
    return min(glyph.room.left for glyph in group) < border < max(glyph.room.right for glyph in group)
