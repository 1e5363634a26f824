"""Which columns the words of a table without rules between its columns tell, and where the borders between them run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gkdesk.sources.layout.marks import Rule

FEWEST_COLUMNS = 2
"""Columns that a table has at least."""
INSET = 0.4
"""Points by which what stands under a column may reach beyond it."""
_SAME_END, _FEWEST_ENDS = 1.0, 2
"""Points between the ends of rules at one border, and heights at which they end there."""


@dataclass(frozen=True, slots=True)
class OpenColumns:
    """The columns of a table: its outer edges, the borders between, and for each column how far its words reach."""

    left: float
    right: float
    borders: tuple[float, ...]
    reach: tuple[tuple[float, float], ...]

    def moved(self, by: float) -> OpenColumns:
        """The same columns further right on their page, in points."""
        reach = tuple((left + by, right + by) for left, right in self.reach)
        return OpenColumns(self.left + by, self.right + by, tuple(border + by for border in self.borders), reach)


@dataclass(frozen=True, slots=True)
class Span:
    """What stands together in one row, from ``left`` to ``right``; ``label`` if it is words, no figure or mark."""

    row: int
    left: float
    right: float
    label: bool = False

    def meets(self, other: Span) -> bool:
        """True if one stands above the other, in part at least."""
        return self.left < other.right and other.left < self.right


def own_columns(rules: Sequence[Rule], rows: Sequence[Sequence[Span]], exact_ends: bool = True) -> OpenColumns | None:
    """The columns of a table from its ``rules`` and what stands in its ``rows``; None if they are not sure.

    In a scan rules may end where the paper is worn: without ``exact_ends`` nothing is made of it where words stand.
    """
    sure = _sure_borders(rules) if exact_ends else []
    merged = {span for row in rows for span in row if _is_merged(span, rows) or _crosses(span, sure)}
    single = [[span for span in row if span not in merged] for row in rows]
    reach = _columns(single)
    over = _over_gaps(reach, rows)
    reach = [at for number, at in enumerate(reach) if number == 0 or reach[number - 1] not in over]
    reach = _joined(reach, rows, rules, over)
    reach = _with_labels_joined(reach, rows, rules, sure)
    reach = _with_blank_group(reach, rules, sure)
    if len(reach) < FEWEST_COLUMNS or not _stand_side_by_side(reach, rows, rules):
        return None
    borders = [_border(before, after, rules) for before, after in pairwise(reach)]
    for left, at in over.items():
        # What stands over two columns crosses the border between them, wherever that is.
        borders[[right for _, right in reach].index(left[1])] = (at[0] + at[1]) / 2
    return OpenColumns(min(rule.start for rule in rules), max(rule.end for rule in rules), tuple(borders), tuple(reach))


def _is_merged(span: Span, rows: Sequence[Sequence[Span]]) -> bool:
    """True for what stands over or under two things that some other row has side by side."""
    return any(sum(span.meets(other) for other in row) > 1 for number, row in enumerate(rows) if number != span.row)


def _sure_borders(rules: Sequence[Rule]) -> list[float]:
    """Where rules of at least two heights begin or end inside the table: a border, whatever stands across it.

    So do the rules between the rows of a group, right of its label.
    """
    edges = (min(rule.start for rule in rules), max(rule.end for rule in rules))
    ends = sorted((end, rule.at) for rule in rules for end in (rule.start, rule.end))
    inner = [(end, at) for end, at in ends if edges[0] + _SAME_END < end < edges[1] - _SAME_END]
    return [
        end
        for end, _ in inner
        if len({round(at) for other, at in inner if abs(other - end) <= _SAME_END}) >= _FEWEST_ENDS
    ]


def _crosses(span: Span, borders: Sequence[float]) -> bool:
    return any(span.left + INSET < border < span.right - INSET for border in borders)


def _columns(rows: Sequence[Sequence[Span]]) -> list[tuple[float, float]]:
    """What stands above or below each other, left to right.

    Rows with most in them come first: what reaches from under one of their columns to under the next is a merged cell,
    such as a heading in the middle over two columns, and no column.
    """
    columns: list[tuple[float, float]] = []
    for row in sorted(rows, key=len, reverse=True):
        for span in row:
            under = [at for at in columns if span.left < at[1] - INSET and at[0] + INSET < span.right]
            if len(under) > 1:
                continue
            reach = (min(span.left, under[0][0]), max(span.right, under[0][1])) if under else (span.left, span.right)
            others = [at for at in columns if at not in under]
            if not any(reach[0] < right - INSET and left + INSET < reach[1] for left, right in others):
                columns = sorted([*others, reach])
    return columns


def _over_gaps(
    columns: Sequence[tuple[float, float]], rows: Sequence[Sequence[Span]]
) -> dict[tuple[float, float], tuple[float, float]]:
    """By the column left of it, what stands in the gap between two columns and is a cell merged over both.

    It is, if it stands beside neither of them, though other rows have both, and its rows have fewer cells than those:
    a heading that stands beside the figures under it has a row as full as theirs.
    """
    found = {}
    for left, at, right in zip(columns, columns[1:], columns[2:], strict=False):
        own = [row for row in rows if _holds(row, at)]
        both = [row for row in rows if _holds(row, left) and _holds(row, right)]
        apart = not any(_holds(row, left) or _holds(row, right) for row in own)
        inside = [span for row in own for span in row if span.left < at[1] and at[0] < span.right]
        shared = (max(span.left for span in inside), min(span.right for span in inside)) if inside else at
        if apart and both and max(map(len, own)) < min(map(len, both)) and shared[0] < shared[1]:
            found[left] = shared
    return found


def _holds(row: Sequence[Span], column: tuple[float, float]) -> bool:
    return any(span.left < column[1] and column[0] < span.right for span in row)


def _stand_side_by_side(
    columns: Sequence[tuple[float, float]], rows: Sequence[Sequence[Span]], rules: Sequence[Rule]
) -> bool:
    """True if every two neighbours stand side by side in some row, or rules end between them.

    The labels of groups of rows stand in the middle of these, perhaps never beside each other; but the rules between
    the rows of a group begin behind its label, which is a border.
    """
    return all(_are_apart(before, after, rows, rules) for before, after in pairwise(columns))


def _are_apart(
    before: tuple[float, float], after: tuple[float, float], rows: Sequence[Sequence[Span]], rules: Sequence[Rule]
) -> bool:
    """True if one thing stands in each of two columns in the same row, or rules end between them.

    What reaches over both says nothing: it may be a merged cell, or both are one column.
    """
    ends = [end for rule in rules for end in (rule.start, rule.end)]
    if sum(before[1] - INSET <= end <= after[0] + INSET for end in ends) >= 1:
        return True
    for row in rows:
        own = [span for span in row if span.left < before[1] and before[0] < span.right]
        others = [span for span in row if span.left < after[1] and after[0] < span.right]
        if set(own) - set(others) and set(others) - set(own):
            return True
    return False


def _joined(
    columns: Sequence[tuple[float, float]],
    rows: Sequence[Sequence[Span]],
    rules: Sequence[Rule],
    parted: Collection[tuple[float, float]],
) -> list[tuple[float, float]]:
    """The columns, two as one that are nowhere apart and have things that stand under both of them and no other.

    A heading of two lines ends left of short figures that stand at the right edge of its column, and a longer figure
    stands under both. The ``parted`` ones have another right of them in any case.
    """
    found: list[tuple[float, float]] = []
    for number, column in enumerate(columns):
        known = bool(found) and any(found[-1][1] == right for _, right in parted)
        if found and not known and not _are_apart(found[-1], column, rows, rules):
            others = [*found[:-1], *columns[number + 1 :]]
            if any(
                _holds([span], found[-1]) and _holds([span], column) and not any(_holds([span], at) for at in others)
                for row in rows
                for span in row
            ):
                found[-1] = (found[-1][0], column[1])
                continue
        found.append(column)
    return found


def _with_labels_joined(
    columns: Sequence[tuple[float, float]], rows: Sequence[Sequence[Span]], rules: Sequence[Rule], sure: Sequence[float]
) -> list[tuple[float, float]]:
    """The columns, two as one that are nowhere apart and hold the labels of rows right of those of groups.

    A label after that of its group may stand at the right edge of its column, all others at the left. No figure can
    come to stand in another column by this.
    """
    figures = [span.left for row in rows for span in row if not span.label]
    if not sure or not figures:
        return list(columns)
    found: list[tuple[float, float]] = []
    for column in columns:
        own = bool(found) and min(sure) <= found[-1][0] + INSET and column[1] <= min(figures)
        if own and not _are_apart(found[-1], column, rows, rules):
            found[-1] = (found[-1][0], column[1])
        else:
            found.append(column)
    return found


def _with_blank_group(
    columns: Sequence[tuple[float, float]], rules: Sequence[Rule], sure: Sequence[float]
) -> list[tuple[float, float]]:
    """The columns with one before them whose label stands on another page, left of where rules between rows begin."""
    before = [at for at in sure if columns and at <= columns[0][0]]
    return [(min(rule.start for rule in rules), before[0]), *columns] if before else list(columns)


def _border(before: tuple[float, float], after: tuple[float, float], rules: Sequence[Rule]) -> float:
    """Between two columns: where rules begin or end there, else in the middle."""
    ends = [end for rule in rules for end in (rule.start, rule.end) if before[1] <= end <= after[0]]
    return sorted(ends)[len(ends) // 2] if ends else (before[1] + after[0]) / 2
