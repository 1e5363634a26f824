"""Which rules across a page are those of one table with rules between its rows, and what stands in each row.

A page has other rules as well: under its title, around a table as a frame, above a foot note. Between those stand
headings, prose, or all rows of a table at once, and none of these is a row.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise, takewhile
from statistics import median

from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.layout.marks import Glyph, Rule

_SAME = 3.0
"""Points by which the ends of rules of one table may differ."""
_APART = 0.3
"""Font sizes between two cells of a row; characters of a word touch each other."""
_HEADING = 1.3
LARGER = 1.2
"""Of the usual size of characters: that of the heading of a table."""
_WITH_ROW = 2
"""Lines of a heading and of the first row below it, at least."""
_FEWEST_IN_ROW = 2
"""Things that stand beside each other in the last row of a table, above the heading of the next one."""
_SPACED_OUT, _LONGEST_SPACED = 3.0, 6
MARKS = "无－—／"
"""Wide characters that may stand for nothing in a cell."""
_LEVEL = 0.3
"""Font sizes: a line of another cell of the row may stand half a line lower."""
_PROSE, _PROSE_LINES = 0.6, 3
"""Of the width of a table: a line of text this long is prose, if there are this many lines."""
_PITCH = 1.9
"""Font sizes from line to line within a cell, and from its last line to the rule below."""
_UNDER, _FOOT, _HUGS = 6.0, 0.25, 1.5
"""Of an underline: points and font sizes below the foot of its characters, points from their ends."""
_FEWEST_HEIGHTS = 2
"""Heights at which rules of a table end at the same place."""
_ROW = 0.9
"""Font sizes between the figures of two rows; those of one row may stand a little higher or lower."""
NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．](?!\d)")
"""How the labels of rows begin."""
_SECTION = re.compile(r"[一二三四五六七八九十]、.*情况")
"""The heading of a section that holds a table, whatever its size: no row of a table has such a label."""
_MOST_TRIES = 20
"""Places between two rules at which a heading may begin that are looked at closely."""
_MOST_IN_ROW = 100
"""Figures of a row, at most; the widest table of the form has 15 columns, and each is compared with each."""
_FIGURE = re.compile(r"[+\-−]?[\d,.，．]*\d|[/／—－无-]+")


def in_bands(glyphs: Sequence[Glyph], heights: Sequence[float]) -> list[list[Glyph]]:
    """The characters between each of the heights, which go downwards, and the next."""
    found: list[list[Glyph]] = [[] for _ in heights[1:]]
    for glyph in glyphs:
        band = bisect_right(heights, glyph.box.centre[1]) - 1
        if 0 <= band < len(found):
            found[band].append(glyph)
    return found


def heights_of(rules: Sequence[Rule]) -> list[float]:
    """Where sorted rules stand, those of one border once."""
    heights: list[float] = []
    for rule in rules:
        if not heights or rule.at - heights[-1] > _SAME:
            heights.append(rule.at)
    return heights


def tables_of(rules: list[Rule], glyphs: Sequence[Glyph]) -> list[list[Rule]]:
    """Sorted rules parted where what stands between two of them is no row of a table.

    So is text in larger characters, or a single line that has far more room than the rows: the heading of the next
    table. So are prose, and the rows of a table that has rules around it only.
    """
    large = LARGER * median(glyph.size for glyph in glyphs) if glyphs else 0.0
    begun = _begun_below_headings(rules, glyphs, large)
    ended = _ended_above_headings(rules, glyphs, large)
    rules = sorted([*rules, *begun, *ended])
    heights = heights_of(rules)
    bands = list(pairwise(heights))
    inside = in_bands(glyphs, heights)
    lines = [len({round(glyph.y) for glyph in held}) for held in inside]
    single = [bottom - top for (top, bottom), count in zip(bands, lines, strict=True) if count == 1]
    room = _HEADING * median(single) if single else 0.0
    width = max(rule.end for rule in rules) - min(rule.start for rule in rules)
    breaks = []
    ends = {rule.at for rule in ended}
    for (top, bottom), held, count in zip(bands, inside, lines, strict=True):
        alone = count <= 1 and len(standing_together(held)) <= 1
        is_large = bool(held) and min(glyph.size for glyph in held) >= large
        if top in ends or is_large or (alone and bottom - top >= room) or (count > 1 and is_no_row(held, width)):
            breaks.append(bottom)
    return parted(rules, sorted({*breaks, *_where_widths_change(rules)}))


def _where_widths_change(rules: Sequence[Rule]) -> list[float]:
    """The first heights of tables that end further right or left than the one above: the rules of two each say so.

    Between them stands the last row of the one, if nothing is drawn below it, and the heading of the other.
    """
    heights = heights_of(rules)
    ends = [max(rule.end for rule in rules if -_SAME <= rule.at - at <= _SAME) for at in heights]
    found: list[float] = []
    first = 0
    for number in range(_FEWEST_HEIGHTS, len(heights) - 1):
        above = ends[first:number]
        alike = len(above) >= _FEWEST_HEIGHTS and max(above) - min(above) <= _SAME
        if alike and abs(ends[number] - above[0]) > _SAME >= abs(ends[number + 1] - ends[number]):
            found.append(heights[number])
            first = number
    return found


def _begun_below_headings(rules: Sequence[Rule], glyphs: Sequence[Glyph], large: float) -> list[Rule]:
    """The upper borders of tables that have none, only a rule below their first row, right under a heading.

    What stands below a line of ``large`` characters that has nothing beside it, as far as the next rule, is that row.
    """
    found = []
    for held, rule in zip(in_bands(glyphs, heights_of(rules)), rules[1:], strict=False):
        lines = lines_of(held)
        if len(lines) < _WITH_ROW or len(standing_together(lines[0])) > 1:
            continue
        foot = max(glyph.box.bottom for glyph in lines[0])
        head = min(glyph.box.top for line in lines[1:] for glyph in line)
        sizes = [glyph.size for line in lines[1:] for glyph in line]
        if min(glyph.size for glyph in lines[0]) >= large > max(sizes) and foot < head:
            found.append(Rule((foot + head) / 2, rule.start, rule.end))
    return found


def _ended_above_headings(rules: Sequence[Rule], glyphs: Sequence[Glyph], large: float) -> list[Rule]:
    """The lower borders of tables that have none, only rules above their rows, before the heading of the next table.

    What stands below a row, each line of it alone, is that heading if it is of ``large`` characters, or further away
    than lines of one cell are: it would join the tables, and their columns would be taken for those of one.
    """
    found = []
    for held in in_bands(glyphs, heights_of(rules)):
        below = _first_heading(lines_of(held), large)
        if below is not None:
            left, right = min(rule.start for rule in rules), max(rule.end for rule in rules)
            found.append(Rule(below, left, right))
    return found


def _first_heading(lines: Sequence[Sequence[Glyph]], large: float) -> float | None:
    """Where the row ends that the first of the lines make, above a heading in all others; None if none do.

    A page may hold thousands of lines: what all lines above or below have in common is counted up once.
    """
    feet = list(accumulate((max(glyph.box.bottom for glyph in line) for line in lines), max))
    largest = list(accumulate((max(glyph.size for glyph in line) for line in lines), max))
    upwards = lines[::-1]
    heads = list(accumulate((min(glyph.box.top for glyph in line) for line in upwards), min))[::-1]
    smallest = list(accumulate((min(glyph.size for glyph in line) for line in upwards), min))[::-1]
    words = list(takewhile(_is_alone, map(standing_together, upwards)))
    sections = [_SECTION.fullmatch("".join(glyph.text for glyph in line[0])) is not None for line in words]
    named = len(lines) - 1 - sections.index(True) if True in sections else -1
    tries = 0
    for below in range(max(1, len(lines) - len(words)), len(lines)):
        row, rest = lines[:below], lines[below:]
        is_large = smallest[below] >= large > largest[below - 1]
        is_far = rest[0][0].y - row[-1][0].y > _PITCH * max(glyph.size for glyph in (*row[-1], *rest[0]))
        if feet[below - 1] >= heads[below] or not (below <= named or is_large or is_far):
            continue
        tries += 1
        if tries > _MOST_TRIES:
            return None
        # Else it is the label of a group of rows, in a column where this row has nothing.
        reaches = below <= named or _reaches_under(rest[0], row)
        if reaches and len(standing_together([glyph for line in row for glyph in line])) >= _FEWEST_IN_ROW:
            return (feet[below - 1] + heads[below]) / 2
    return None


def _is_alone(words: Sequence[Sequence[Glyph]]) -> bool:
    return len(words) == 1 and not is_figure(words[0])


def _reaches_under(line: Sequence[Glyph], row: Sequence[Sequence[Glyph]]) -> bool:
    left, right = min(glyph.box.left for glyph in line), max(glyph.box.right for glyph in line)
    return any(glyph.box.left < right and left < glyph.box.right for above in row for glyph in above)


def parted(rules: Sequence[Rule], breaks: Sequence[float]) -> list[list[Rule]]:
    """The level rules, from above to below, in groups that begin at the breaks: each group is a table."""
    left, tables = list(breaks), list[list[Rule]]([[]])
    for rule in rules:
        if left and rule.at >= left[0] - _SAME / 2:
            tables.append([])
            left.pop(0)
        tables[-1].append(rule)
    return tables


def is_no_row(glyphs: Sequence[Glyph], width: float) -> bool:
    """True for what stands between two rules of a table of ``width`` and can be no single row of it.

    Long lines are prose. Two numbered labels under each other are those of two rows, and so are figures at two heights
    of which none stands under another. Figures that stand under words of their own, or all under others, are rows of a
    table without rules between them; a figure broken in a narrow column has others beside it that are not.
    """
    lines = lines_of(glyphs)
    parts = [standing_together(line) for line in lines]
    reaches = [[(group[0].room.left, max(g.room.right for g in group)) for group in line] for line in parts]
    if len(lines) >= _PROSE_LINES and any(
        len(line) == 1 and line[0][1] - line[0][0] >= _PROSE * width for line in reaches
    ):
        return True
    figures = [
        (number, reach)
        for number, (line, at) in enumerate(zip(parts, reaches, strict=True))
        for group, reach in zip(line, at, strict=True)
        if is_figure(group) and not _is_of_label(group, line)
    ]
    if len(figures) > _MOST_IN_ROW:
        return True
    held = {at for _, at in figures}
    words = [reach for line in reaches for reach in line if reach not in held]
    if sum(any(_meets(reach, word) for word in words) for _, reach in figures) > 1:
        return True
    stacks = [{number for number, other in figures if _meets(reach, other)} for _, reach in figures]
    alone = [lines[number][0] for (number, _), stack in zip(figures, stacks, strict=True) if len(stack) == 1]
    if alone and max(glyph.y for glyph in alone) - min(glyph.y for glyph in alone) > _ROW * alone[0].size:
        return True
    if _has_two_numbers(parts):
        return True
    return len(stacks) > 1 and (min(map(len, stacks)) > 1 or max(map(len, stacks)) > 2)


def _is_of_label(group: Sequence[Glyph], line: Sequence[Sequence[Glyph]]) -> bool:
    """True for the 无 of a label such as （四）无法提供 broken in a narrow column: words stand beside it, no figure."""
    alone = not any(is_figure(other) for other in line if other is not group)
    return alone and len(line) > 1 and "".join(glyph.text for glyph in group) == "无"


def _has_two_numbers(lines: Sequence[Sequence[Sequence[Glyph]]]) -> bool:
    """True if things on two lines, one under the other, begin with numbers such as 二、 or 3."""
    numbered = [
        (number, group[0].room.left, max(glyph.room.right for glyph in group))
        for number, line in enumerate(lines)
        for group in line
        if NUMBERED.match("".join(glyph.text for glyph in group))
    ]
    return any(one[0] != other[0] and _meets(one[1:], other[1:]) for one, other in combinations(numbered, 2))


def without_frames(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Rule]:
    """The horizontal rules but those of frames: closed at both ends, with nothing but another such rule between.

    What such rules enclose is a whole table, of which they tell no row.
    """
    kept = []
    for rule in horizontal:
        sides = [[v for v in vertical if abs(v.at - end) <= _SAME and _reaches(v, rule)] for end in rule[1:]]
        held = {other for side in sides for v in side for other in horizontal if _reaches(v, other)}
        if not all(sides) or len([other for other in held if abs(other.start - rule.start) <= _SAME]) > 2:
            kept.append(rule)
    return kept


def without_underlines(horizontal: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Rule]:
    """The horizontal rules but those right under the foot of characters, as long as these: links of a printed page."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.y)
    feet = [glyph.y for glyph in ordered]
    kept = []
    for rule in horizontal:
        near = ordered[bisect_left(feet, rule.at - _UNDER) : bisect_right(feet, rule.at)]
        over = [
            g for g in near if rule.start - 1 <= g.box.centre[0] <= rule.end + 1 and rule.at - g.y <= _FOOT * g.size
        ]
        left, right = min((g.room.left for g in over), default=0.0), max((g.room.right for g in over), default=0.0)
        if not over or abs(left - rule.start) > _HUGS or abs(right - rule.end) > _HUGS:
            kept.append(rule)
    return kept


def _reaches(vertical: Rule, rule: Rule) -> bool:
    stands = rule.start - _SAME <= vertical.at <= rule.end + _SAME
    return stands and vertical.start - _SAME <= rule.at <= vertical.end + _SAME


def row_above(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters right above sorted rules, as high as one row can be; printing a web page leaves out the rule above
    the first row of a page."""
    first = rules[0]
    above = [g for g in glyphs if g.box.bottom <= first.at and first.start <= g.box.centre[0] <= first.end]
    row: list[Glyph] = []
    for line in reversed(lines_of(above)):
        below = row[-1].y if row else first.at
        if below - line[-1].y > _PITCH * line[-1].size:
            break
        row += line
    return row


def lines_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters by the line they stand on, downwards."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if lines and glyph.y - lines[-1][0].y <= _LEVEL * glyph.size:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return lines


def _meets(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def standing_together(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of a row by what stands together, left to right, the lines of a cell taken together."""
    groups: list[list[Glyph]] = []
    right = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.room.left):
        if groups and glyph.room.left - right <= _APART * glyph.size:
            groups[-1].append(glyph)
            right = max(right, glyph.room.right)
        else:
            groups.append([glyph])
            right = glyph.room.right
    joined: list[list[Glyph]] = []
    for group in groups:
        # A word spaced out over its cell; on two lines it would have two characters above each other.
        if joined and _is_letter(group) and _is_letter(joined[-1][-1:]) and len(joined[-1]) <= _LONGEST_SPACED:
            near = group[0].room.left - joined[-1][-1].room.right <= _SPACED_OUT * group[0].size
            level = abs(group[0].y - joined[-1][-1].y) < 1 and all(_is_letter([one]) for one in joined[-1])
            if near and level:
                joined[-1] += group
                continue
        joined.append(list(group))
    return joined


def is_figure(group: Sequence[Glyph]) -> bool:
    """True for a figure or a mark for nothing."""
    return _FIGURE.fullmatch("".join(glyph.text for glyph in group)) is not None


def _is_letter(group: Sequence[Glyph]) -> bool:
    return len(group) == 1 and is_wide(group[0].text) and group[0].text not in MARKS
