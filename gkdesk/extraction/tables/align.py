"""Which run of figures is which row of the form: the best order-keeping assignment, and which of it is proven.

The rows of the form have a fixed order, so the assignment is a sequence alignment (Needleman and Wunsch 1970) whose
scores are how much of a row's label stands around a run of figures. A row is proven by its own label, or by standing
between two rows so proven when the runs between them are exactly as many as the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from gkdesk.extraction.figures import Unit
from gkdesk.extraction.labels import SHORT_LABEL, best_coverage, coverage

SURE = 0.75
"""Share of a label that must be there for it to count as recognised."""

MISSING_ROW = 0.5
LOST_UNIT = 1.0
LOST_FRAGMENT = 0.1
BY_ORDER = 0.15
FRAGMENT_WEIGHT = 0.6
FAR_WEIGHT = 0.5
AROUND_WEIGHT = 0.97
BEGUN = 0.25
"""Share of a label that must stand before its figures where the rest stands behind them."""

FIRST = 2
"""Characters at the beginning of a label that must stand before its figures in any case."""

NEAR = 6
"""Spoken characters that may stand between a label and its figures: debris of a group label."""

REST = 4
"""Characters at the end of a label that tell it."""

LONGEST_BEGUN = 12
"""Spoken characters of a label that may stand beside its figures while the rest stands behind them."""


_BEGUN_LABEL = re.compile(r"(?=((?:(?<![0-9])[1-9]|[一二三四五六七])[^0-9]+)$)")
"""A row's number and what follows it, up to the figures: each way of taking it, the longest first."""

_CHINESE_NUMBERS = frozenset("一二三四五六七")
_NUMBERING = re.compile(r"^[1-9一二三四五六七](?=[^0-9])")
_NUMBER_ALONE = re.compile(r"(?<!\d)(\d{1,2})(?:[一二三四五六七八九十]\D{2,6})?$")
"""A row's number at the end of the words, perhaps with the label of its group behind it."""


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row of the form as the alignment sees it: its id and the keys of its wordings."""

    id: str
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A run of figures taken for a row; ``likeness`` is 0 to 1, ``proven`` says if it is certain which row it is."""

    unit: int
    row: int
    likeness: float
    proven: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """The matches in order, and the score for comparing readings of the same source."""

    matches: tuple[Match, ...]
    score: float


def align(units: Sequence[Unit], rows: Sequence[RowLabel]) -> Alignment:
    """Assigns runs of figures to rows, both in order; either may be left out at a price."""
    likeness = [likenesses(unit, rows) for unit in units]
    score, chosen = _best_path(units, likeness, len(rows))
    pairs = [(unit, row) for unit, row in chosen]
    proven = _prove(pairs, units, rows, likeness)
    matches = tuple(Match(unit, row, likeness[unit][row], (unit, row) in proven) for unit, row in pairs)
    return Alignment(matches, score)


def begun_label(before: str, rows: Sequence[RowLabel]) -> str:
    """The number and the first characters of a row's label with which the words before a run of figures end.

    The rest of the label stands below them: ``3.危`` beside the figures. What stands before is the end of the label
    above, whole but for the characters beside its own figures, and must not be taken for the label of this run.
    """
    for match in _BEGUN_LABEL.finditer(before[-LONGEST_BEGUN:]):
        words = match[1]
        if any(len(wording) > len(words) and wording.startswith(words) for row in rows for wording in row.wordings):
            return words
    tail = before[-LONGEST_BEGUN:]
    names = [_NUMBERING.sub("", wording) for row in rows for wording in row.wordings]
    for size in range(len(tail), FIRST - 1, -1):
        if any(name.startswith(tail[-size:]) for name in names):
            return tail[-size:]
    return ""


def likenesses(unit: Unit, rows: Sequence[RowLabel]) -> tuple[float, ...]:
    """How much the words around a run of figures are the label of each row, 0 to 1."""
    return _likenesses(unit.before, unit.after, tuple(rows))


# A text may repeat the same words ten thousand times, and several readings of it ask for them.
@lru_cache(maxsize=8192)
def _likenesses(before: str, after: str, rows: tuple[RowLabel, ...]) -> tuple[float, ...]:
    before = _with_number_first(before, rows)
    begun = _parted_label(before, after, rows) or begun_label(before, rows)
    return tuple(
        max((_wording_likeness(before, after, name, begun) for name in row.wordings), default=0.0) for row in rows
    )


def _with_number_first(before: str, rows: Sequence[RowLabel]) -> str:
    """The words with the number of the label at their end put before it: a narrow cell may give ``重复2申请``."""
    for name in (name for row in rows for name in row.wordings if _NUMBERING.match(name)):
        number, bare = name[0], name[1:]
        end = before[-len(name) :]
        if len(bare) > FIRST and end != name and number in end and end.replace(number, "", 1) == bare:
            return before[: -len(name)] + name
    return before


def _parted_label(before: str, after: str, rows: Sequence[RowLabel]) -> str:
    """The Chinese number of a row that stands right before its figures, all the rest of its label right behind them.

    ``（七 45 9 54`` above ``）总计``: the label that stands whole before the number is that of the row above.
    """
    number = before[-1:]
    if number not in _CHINESE_NUMBERS:
        return ""
    names = (name for row in rows for name in row.wordings if name.startswith(number) and len(name) > FIRST)
    return number if any(after.startswith(name[1:]) for name in names) else ""


def _wording_likeness(before: str, after: str, wording: str, begun: str) -> float:
    """A label counts fully where it ends at the figures, or breaks off there and goes on behind them."""
    size = len(wording)
    broken = _NUMBER_ALONE.search(before)
    if broken is not None:
        # The label was broken behind its number: what stands before the number belongs to the row above.
        number = broken.group(1)
        behind = coverage(wording, number + after[: size + NEAR]) if wording.startswith(number) else 0.0
        return max(AROUND_WEIGHT * behind, FAR_WEIGHT * coverage(wording, before[-size - NEAR :]))
    near = coverage(wording, before[-size - NEAR :])
    if near < 1.0 and _ends_before_another(before, wording):
        near *= FAR_WEIGHT
    ends_here = not begun or wording.endswith(begun)
    if near == 1.0 and ends_here:
        return near
    if not ends_here:
        if not wording.startswith(begun) and not _NUMBERING.sub("", wording).startswith(begun):
            return FAR_WEIGHT * near
        beside = coverage(wording, begun)
        return max(beside, AROUND_WEIGHT * coverage(wording, begun + after[: size + NEAR]))
    # Two labels may end alike: what stands before the figures must be the beginning of this one.
    begins = near >= BEGUN and wording[:FIRST] in before[-size:]
    around = coverage(wording, before[-size:] + after[: size + NEAR]) if begins else 0.0
    far = max(coverage(wording, before[-3 * size - 24 :]), coverage(wording, after))
    return max(near, AROUND_WEIGHT * around, FAR_WEIGHT * far)


def _ends_before_another(before: str, wording: str) -> bool:
    """True if the number of another row stands between the end of a label and the figures."""
    end = before.rfind(wording[-REST:])
    behind = before[end + REST :] if end >= 0 else ""
    return any(char.isdecimal() and char != wording[0] for char in behind)


def _best_path(
    units: Sequence[Unit], likeness: Sequence[Sequence[float]], row_count: int
) -> tuple[float, list[tuple[int, int]]]:
    score = [[-MISSING_ROW * row for row in range(row_count + 1)]]
    for index, unit in enumerate(units):
        above = score[index]
        line = [above[0] - _price_of_leaving(unit, outside=True)]
        for row in range(row_count):
            take = above[row] + _worth(unit, likeness[index][row])
            leave = above[row + 1] - _price_of_leaving(unit, outside=row + 1 == row_count)
            line.append(max(take, leave, line[row] - MISSING_ROW))
        score.append(line)
    return score[-1][-1], _walk_back(units, likeness, score)


def _walk_back(
    units: Sequence[Unit], likeness: Sequence[Sequence[float]], score: list[list[float]]
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    unit, row = len(score) - 1, len(score[0]) - 1
    while unit and row:
        here = score[unit][row]
        worth = _worth(units[unit - 1], likeness[unit - 1][row - 1])
        if here == score[unit - 1][row - 1] + worth:
            pairs.append((unit - 1, row - 1))
            unit, row = unit - 1, row - 1
        elif here == score[unit][row - 1] - MISSING_ROW:
            row -= 1
        else:
            unit -= 1
    return pairs[::-1]


def _price_of_leaving(unit: Unit, outside: bool) -> float:
    """What it costs to take a run for no row; before the first row and behind the last one it belongs elsewhere."""
    price = LOST_UNIT if unit.whole else LOST_FRAGMENT
    return price / 10 if outside else price


def _worth(unit: Unit, likeness: float) -> float:
    """What taking a run of figures for a row brings; a fragment must have the label to be worth anything."""
    if unit.whole:
        return likeness + BY_ORDER
    if likeness < SURE:
        return -2 * LOST_UNIT
    return FRAGMENT_WEIGHT * likeness


def _prove(
    pairs: list[tuple[int, int]], units: Sequence[Unit], rows: Sequence[RowLabel], likeness: Sequence[Sequence[float]]
) -> set[tuple[int, int]]:
    anchors = [pair for pair in pairs if _is_anchor(pair, likeness) and not units[pair[0]].runs_on]
    proven = set(anchors)
    for first, last in pairwise(anchors):
        inside = [pair for pair in pairs if first < pair < last]
        whole = sum(1 for unit in units[first[0] + 1 : last[0]] if unit.whole)
        if not inside or len(inside) != last[1] - first[1] - 1 or whole != len(inside):
            continue
        if any(_is_anothers(pair, likeness) or units[pair[0]].runs_on for pair in inside):
            continue
        if any(_follows_label_above(pair, units, rows) for pair in inside):
            continue
        words = "".join(unit.before for unit in units[max(0, first[0]) : last[0] + 1]) + units[last[0]].after
        if not _are_in_order([rows[row] for _, row in inside], words):
            continue
        proven.update(pair for pair in inside if best_coverage(rows[pair[1]].wordings, words) >= SURE)
    return proven


def _are_in_order(rows: Sequence[RowLabel], words: str) -> bool:
    """False if labels of rows that are taken in the order of the form are printed in another."""
    found = ([words.find(name) for name in row.wordings if len(name) > SHORT_LABEL] for row in rows)
    places = [min(own) for each in found if (own := [place for place in each if place >= 0])]
    return places == sorted(places)


def _follows_label_above(pair: tuple[int, int], units: Sequence[Unit], rows: Sequence[RowLabel]) -> bool:
    """True if right before the figures stands the end of the label of the row above: they may be that row's."""
    unit, row = pair
    end = units[unit].before[-REST:]
    names = rows[row - 1].wordings if row else ()
    above = any(len(name) > len(end) == REST and name.endswith(end) for name in names)
    return above and not any(name.endswith(end) for name in rows[row].wordings)


def _is_anothers(pair: tuple[int, int], likeness: Sequence[Sequence[float]]) -> bool:
    """The words at the figures are the label of another row: rows stand in another order than in the form."""
    unit, row = pair
    return any(other >= SURE and other > likeness[unit][row] for other in likeness[unit])


def _is_anchor(pair: tuple[int, int], likeness: Sequence[Sequence[float]]) -> bool:
    """Recognised by its own label, and by no other row's as well."""
    unit, row = pair
    own = likeness[unit][row]
    return own >= SURE and all(own > other for index, other in enumerate(likeness[unit]) if index != row)
