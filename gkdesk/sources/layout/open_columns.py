"""Columns of tables that have rules between their rows and none between their columns, from where the words stand.

What stands in one row apart from each other belongs to different columns; what reaches over several of these is a
merged cell. The columns are taken only if every two neighbours stand side by side in some row: else the words of a
heading and the figures under it might be taken for two columns, and a blank be read where a figure stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import multimode

from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.layout.marks import Glyph, Rule
from gkdesk.sources.layout.open_bands import MARKS, heights_of, in_bands, row_above, standing_together, tables_of
from gkdesk.sources.layout.own_columns import FEWEST_COLUMNS, OpenColumns, Span, own_columns
from gkdesk.sources.layout.rule_joints import joints_of, parted_at

_SAME = 3.0
"""Points by which the ends of rules of one table may differ."""
_FEWEST_RULES, _FEWEST_GOING_ON = 3, 3
_COLUMN = 6.0
"""Points: narrower is no column."""
_PUNCTUATION = "，。、：；"
_GROUPS = 2
"""Columns of labels of groups that stand before those of rows, at most."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The rules of such a table, with the verticals that it lacks, and its columns."""

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    columns: OpenColumns


def find_open_tables(
    horizontal: Sequence[Rule],
    glyphs: Sequence[Glyph],
    before: OpenColumns | None = None,
    pieces: Sequence[Rule] = (),
) -> list[OpenTable]:
    """The tables that rules (each in one piece) make with the characters between them; wherever it is not sure, none.

    ``before`` are the columns of the last such table of the page before: one that goes on keeps them. ``pieces`` are
    the rules as they are drawn.
    """
    if len(horizontal) < (_FEWEST_RULES if before is None else _FEWEST_RULES - 1):
        return []
    rules_down = sorted(horizontal)
    if before is not None:
        rules_down = _with_rule_above(rules_down, glyphs, before)
    inside = _between(rules_down, glyphs)
    found = []
    for rules in tables_of(rules_down, inside):
        has_rows = len(heights_of(rules)) > 1
        own = [piece for piece in pieces if rules[0].at - _SAME <= piece.at <= rules[-1].at + _SAME]
        alone = len(rules_down) >= _FEWEST_RULES
        table = _table(rules, inside, before, alone, joints_of(own)) if has_rows else None
        if table is not None:
            found.append(table)
            before = table.columns
    return found


def _with_rule_above(rules: list[Rule], glyphs: Sequence[Glyph], before: OpenColumns) -> list[Rule]:
    """The rules with one above the first row of the page, if the row above them goes on with the columns before."""
    row = row_above(rules, glyphs)
    spans = _spans(0, row)
    first = Rule(min((glyph.box.top for glyph in row), default=0.0) - 1, rules[0].start, rules[0].end)
    goes_on = len(spans) >= _FEWEST_GOING_ON and _going_on(before, [first, rules[0]], [spans]) is not None
    return [first, *rules] if goes_on else rules


def bands_of(rules: Sequence[Rule]) -> list[tuple[float, float]]:
    """The rows that sorted horizontal rules make: from where to where each reaches, downwards."""
    return list(pairwise(heights_of(rules)))


def table_of_rows(
    rules: Sequence[Rule], rows: Sequence[Sequence[tuple[float, float]]], before: OpenColumns | None = None
) -> OpenTable | None:
    """The table of sorted rules, from how far the words of each of its :func:`bands_of` reach; None if it is not sure.

    Where rules end between two columns, or in a column that is blank here, is a border too. ``before`` are the columns
    of the page before: a table that may go on has its borders where they were, if they part the same words.

    Dirt and seals stand beside figures as well: every column has words in most rows, or its own heading as high as its
    neighbours, or a border at which rules end (the labels of groups), or stands before the labels of the rows; or else
    there is no table.
    """
    spans = [[Span(number, left, right) for left, right in row] for number, row in enumerate(rows)]
    columns = own_columns(rules, spans, exact_ends=False)
    if columns is None or not _are_columns(columns, rules, spans):
        columns = _going_on(before, rules, spans) if before is not None else None
    if columns is None or any(_shares_a_column(row, columns) for row in spans):
        return None
    columns = _as_before(columns, before) if before is not None else columns
    columns = replace(columns, borders=tuple(sorted(columns.borders + _further_borders(rules, columns))))
    return _with_verticals(rules, bands_of(rules), spans, columns)


def rows_going_on(
    rules: Sequence[Rule], rows: Sequence[Sequence[tuple[float, float]]], before: OpenColumns
) -> OpenTable | None:
    """The same for rows so few that they prove no columns: those of the page before, if all stands under them."""
    spans = [[Span(number, left, right) for left, right in row] for number, row in enumerate(rows)]
    columns = _going_on(before, rules, spans) if max(map(len, rows), default=0) >= _FEWEST_GOING_ON else None
    return _with_verticals(rules, bands_of(rules), spans, columns) if columns is not None else None


def _are_columns(columns: OpenColumns, rules: Sequence[Rule], rows: Sequence[Sequence[Span]]) -> bool:
    held = [
        [
            number
            for number, row in enumerate(rows)
            for span in row
            if span.left < right
            and left < span.right
            and not any(span.left < at < span.right for at in columns.borders)
        ]
        for left, right in columns.reach
    ]
    full = sum(len(row) > 1 for row in rows)
    usual = [2 * len(numbers) >= full for numbers in held]
    first = [min(numbers, default=len(rows)) for numbers in held]
    # Headings over several rows stand in the middle of these: what counts is where most columns begin.
    head = multimode(sorted(first))[0]
    ends = [end for rule in rules for end in (rule.start, rule.end)]
    held_by_rules = [any(abs(end - at) <= _SAME for end in ends) for at in (*columns.borders, columns.right)]
    told = zip(usual, first, held_by_rules, strict=True)
    kept = [common or at <= head or ruled for common, at, ruled in told]
    # Left of the labels stands that of a group of which the page shows the first row only: no figure is meant by it.
    labels = usual.index(True) if True in usual[: _GROUPS + 1] else 0
    return all(kept[labels:])


def _as_before(columns: OpenColumns, before: OpenColumns) -> OpenColumns:
    """The columns with the borders of those before that stand in the same gaps between words."""
    if max(abs(columns.left - before.left), abs(columns.right - before.right)) > _SAME:
        return columns
    borders: list[float] = []
    for own, ((_, left), (right, _)) in zip(columns.borders, pairwise(columns.reach), strict=False):
        borders += [border for border in before.borders if left <= border <= right] or [own]
    return replace(columns, borders=tuple(borders))


def _further_borders(rules: Sequence[Rule], columns: OpenColumns) -> tuple[float, ...]:
    """Where rules end away from all borders and words."""
    taken = [*columns.reach]
    taken += [(at - _COLUMN, at + _COLUMN) for at in (columns.left, *columns.borders, columns.right)]
    found: list[float] = []
    for end in sorted(end for rule in rules for end in (rule.start, rule.end)):
        apart = not found or end - found[-1] > _COLUMN
        if apart and not any(left < end < right for left, right in taken):
            found.append(end)
    return tuple(found)


def _shares_a_column(row: Sequence[Span], columns: OpenColumns) -> bool:
    """True if two things stand apart in one row but under the same words: the columns run together, or lean."""
    return any(sum(span.left < right and left < span.right for span in row) > 1 for left, right in columns.reach)


def _between(horizontal: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Glyph]:
    left, right = min(rule.start for rule in horizontal), max(rule.end for rule in horizontal)
    first, last = min(horizontal).at, max(horizontal).at
    return [g for g in glyphs if left <= g.box.centre[0] <= right and first <= g.box.centre[1] <= last]


def _table(
    rules: Sequence[Rule],
    glyphs: Sequence[Glyph],
    before: OpenColumns | None,
    alone: bool,
    joints: Sequence[float],
) -> OpenTable | None:
    heights = heights_of(rules)
    rows = [_spans(number, held, joints) for number, held in enumerate(in_bands(glyphs, heights))]
    left, right = min(rule.start for rule in rules) - _SAME, max(rule.end for rule in rules) + _SAME
    if any(span.left < left or span.right > right for row in rows for span in row):
        # The rules are those of something small within a row, such as a figure in a frame.
        return None
    columns = before and _going_on(before, rules, rows)
    if columns is None and alone:
        columns = own_columns(rules, rows)
        columns = _with_blank_columns(columns, before) if columns is not None and before is not None else columns
    return _with_verticals(rules, list(pairwise(heights)), rows, columns) if columns is not None else None


def _with_blank_columns(columns: OpenColumns, before: OpenColumns) -> OpenColumns:
    """The columns as on the page before, with those that hold nothing here, if the table goes on with other labels.

    It does, if both reach from the same edge to the same edge, and right of a border each column stands under the words
    of one column there, across no border, no two under the same.
    """
    if max(abs(columns.left - before.left), abs(columns.right - before.right)) > _SAME:
        return columns
    for number, border in enumerate(before.borders):
        labels = [at for at in columns.reach if at[1] <= border]
        others = [at for at in columns.reach if at[0] >= border]
        if not labels or len(labels) + len(others) < len(columns.reach):
            continue
        reach = _under_those_before(others, before.reach[number + 1 :], before.borders)
        if reach is not None:
            borders = (*columns.borders[: len(labels) - 1], *before.borders[number:])
            return OpenColumns(columns.left, columns.right, borders, (*labels, *reach))
    return columns


def _under_those_before(
    columns: Sequence[tuple[float, float]], above: Sequence[tuple[float, float]], borders: Sequence[float]
) -> list[tuple[float, float]] | None:
    """How far the words of the columns above and of these reach, if each of these stands under one of them; else None.

    The last of them must be there: it shows that the table reaches as far.
    """
    if any(left < border < right for left, right in columns for border in borders):
        return None
    under = [[n for n, (left, right) in enumerate(above) if at[0] < right and left < at[1]] for at in columns]
    numbers = [found[0] for found in under if len(found) == 1]
    if len(numbers) < len(columns) or len(set(numbers)) < len(numbers) or len(numbers) < FEWEST_COLUMNS:
        return None
    if len(above) - 1 not in numbers:
        return None
    reach = list(above)
    for number, (left, right) in zip(numbers, columns, strict=True):
        reach[number] = (min(reach[number][0], left), max(reach[number][1], right))
    return reach


def _with_verticals(
    rules: Sequence[Rule],
    bands: Sequence[tuple[float, float]],
    rows: Sequence[Sequence[Span]],
    columns: OpenColumns,
) -> OpenTable:
    vertical = [Rule(at, bands[0][0], bands[-1][1]) for at in (columns.left, columns.right)]
    for row, (top, bottom) in zip(rows, bands, strict=True):
        free = (at for at in columns.borders if not any(span.left < at < span.right for span in row))
        vertical += [Rule(at, top, bottom) for at in free]
    return OpenTable(tuple(rules), tuple(vertical), columns)


def _going_on(before: OpenColumns, rules: Sequence[Rule], rows: Sequence[Sequence[Span]]) -> OpenColumns | None:
    """The columns of the page before, if all that stands here stands under what stood there; else None.

    What stands under words of two columns is a merged cell. Something that stands under no words at all, or two things
    under the words of one column, contradict that the table goes on.
    """
    if abs(max(rule.end for rule in rules) - before.right) > _SAME:
        return None
    if min(rule.start for rule in rules) < before.left - _SAME:
        return None
    reach = list(before.reach)
    for row in rows:
        taken: set[int] = set()
        for span in row:
            under = {n for n, (left, right) in enumerate(before.reach) if span.left < right and left < span.right}
            crossed = any(span.left < border < span.right for border in before.borders)
            if not under or under & taken or (len(under) == 1 and crossed):
                return None
            taken |= under
            if len(under) == 1:
                (number,) = under
                reach[number] = (min(reach[number][0], span.left), max(reach[number][1], span.right))
    return OpenColumns(before.left, before.right, before.borders, tuple(reach))


def _spans(row: int, glyphs: Sequence[Glyph], joints: Sequence[float] = ()) -> list[Span]:
    """What stands in a row, the lines of a cell taken together.

    A comma in the gap between two words of a sentence is nothing that stands by itself.
    """
    together = [part for group in standing_together(glyphs) for part in parted_at(group, joints)]
    groups = [group for group in together if not all(glyph.text in _PUNCTUATION for glyph in group)]
    return [
        Span(row, group[0].room.left, max(glyph.room.right for glyph in group), label=_is_label(group))
        for group in groups
    ]


def _is_label(group: Sequence[Glyph]) -> bool:
    """True for words: Chinese characters, other than a mark for nothing."""
    return any(is_wide(glyph.text) and glyph.text.isalpha() and glyph.text not in MARKS for glyph in group)
