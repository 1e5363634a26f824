"""Reading the only row of 表四 from a text that gives its headings and figures in turns.

Where the page is torn into blocks, some headings are followed by their figures, then come other headings with theirs:
``结果 结果 其他 尚未 维持 纠正 结果 审结``, ``1 1 3 0``, ``复议后起诉 总计``. Each turn must name the next columns of
the form, broken alike and read from line to line, and give as many figures as it names columns: then these are its
figures, in the order of the names. A turn whose figures are all the same needs the right characters only. The figure of
a total that shares its turn with outcomes may stand before or behind theirs, wherever it is named; there the sums of
all blocks must come out as it stands and in no other way. They would not show two outcomes that changed places, so the
names of these must stand in their order in any case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.apart.parallel_names import stand_in_parallel
from gkdesk.extraction.tables.apart.turns import turns_of, without_groups
from gkdesk.extraction.tables.printed_outcomes import blocks_stand_otherwise
from gkdesk.model.reading import Number, parse_reading
from gkdesk.model.spec import TableSpec

BREAKS = ((4,), (2, 2), (3, 1), (1, 3), (1, 1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 1, 2))
"""How many characters of a name stand on each line."""


@dataclass(frozen=True, slots=True)
class TurnedRow:
    """The figures in the order of the form, and whether nothing else can be meant."""

    figures: tuple[Figure, ...]
    sure: bool


def row_of_turns(
    table: TableSpec, lines: Sequence[Strip], figures: Sequence[Figure], edges: Collection[int] | None = None
) -> TurnedRow | None:
    """The row that the turns of headings and figures tell; None if they name other columns, or in another order.

    Args:
        table: a table of blocks side by side.
        lines: the part of the source that holds the table.
        figures: all figures of these lines, as many as the table has cells. Zeros alone are the same in every order,
            and so is one mark for nothing.
        edges: the numbers of the lines that begin or end a page, where a page number may stand; None if not known.
    """
    if len({f.text for f in figures}) == 1 and not parse_reading(figures[0].text).value:
        return TurnedRow(tuple(figures), sure=True)
    if blocks_stand_otherwise(table, "".join(key(line.words) for line in lines)):
        return None
    names = [key(column.label[-1]) for block in table.blocks for column in block.columns]
    width = len(table.blocks[0].columns)
    turns: list[list[tuple[Figure, ...]]] = []
    place, told, paged = 0, True, _may_hold_a_page_number(lines, edges)
    for turn in turns_of(lines):
        words, count = without_groups(table, turn.words), len(turn.figures)
        own, here = names[place : place + count], tuple(figures[place : place + count])
        if _names_other_blocks(table, turn.words, place, count):
            return None
        if count == 0 and not any(name in words for name in names):
            # The name of a block behind all figures, or what a browser prints at the foot of a page.
            continue
        if count == 0 or Counter(words) != Counter("".join(own)):
            return None
        if len({figure.text for figure in here}) == 1:
            turns.append([here])
        else:
            parts = list(_by_block(own, place, width))
            # However the names are broken, outcomes that changed places do not stand like that; a total might.
            if not stand_in_parallel(words, own) and not _outcomes_in_order(words, own, parts, max(map(len, names))):
                return None
            turns.append(_ways(own, here, max(map(len, names))))
            told = told and _goes_on(words, parts)
        place += count
    return _best(table, turns, told and not paged, misprints=0 if paged else 1) if place == len(figures) else None


def _names_other_blocks(table: TableSpec, words: str, place: int, count: int) -> bool:
    """True if whole blocks have their figures below the names of other ones: the blocks stand in another order."""
    width = len(table.blocks[0].columns)
    if place % width or count % width or not count:
        return False
    named = {number for number, block in enumerate(table.blocks) if block.label and key(block.label[-1]) in words}
    return bool(named) and not set(range(place // width, (place + count) // width)) <= named


def names_otherwise(table: TableSpec, before: str) -> bool:
    """True if the words before the figures are all characters of the names of the columns, in no order of these."""
    names = [key(column.label[-1]) for block in table.blocks for column in block.columns]
    words = without_groups(table, before)[-len("".join(names)) :]
    if Counter(words) != Counter("".join(names)):
        return False
    blocks = list(_by_block(names, 0, len(table.blocks[0].columns)))
    return not _outcomes_in_order(words, names, blocks, max(map(len, names))) and not _in_rows_of_blocks(words, blocks)


def _in_rows_of_blocks(words: str, blocks: Sequence[Sequence[str]]) -> bool:
    """True if the names of blocks that have the same ones are torn into lines, each in order, the lines in any order.

    A converter gives the upper halves of one block, the lower ones of all and then the upper halves of the others.
    """
    longest = max(len(name) for block in blocks for name in block)
    long = [[name for name in block if len(name) == longest] for block in blocks]
    short = {char for block in blocks for name in block if len(name) < longest for char in name}
    if any(block != long[0] for block in long):
        return False
    spoken = "".join(char for char in words if char not in short)
    for sizes in BREAKS:
        ends = [sum(sizes[: row + 1]) for row in range(len(sizes))]
        rows = ["".join(name[end - size : end] for name in long[0]) for size, end in zip(sizes, ends, strict=True)]
        if ends[-1] == longest and re.fullmatch("(?:" + "|".join(map(re.escape, rows)) + ")*", spoken):
            return Counter(re.findall("|".join(map(re.escape, rows)), spoken)) == Counter(rows * len(blocks))
    return False


def _by_block(names: Sequence[str], first: int, width: int) -> Iterator[list[str]]:
    """The names, of which the first is column number ``first`` of the table, parted where a block ends."""
    stop = first + len(names)
    for start in range(first - first % width, stop, width):
        yield list(names[max(start, first) - first : min(start + width, stop) - first])


def _goes_on(words: str, blocks: Sequence[Sequence[str]]) -> bool:
    """True if the words are the names of the blocks one after the other, those of blocks side by side broken alike."""
    if not blocks:
        return not words
    for count in range(1, len(blocks) + 1):
        names = [name for block in blocks[:count] for name in block]
        ways = _broken_alike(names) if names else {""}
        if any(words.startswith(way) and _goes_on(words[len(way) :], blocks[count:]) for way in ways):
            return True
    return False


def _outcomes_in_order(words: str, names: Sequence[str], blocks: Sequence[Sequence[str]], longest: int) -> bool:
    """True if the names are broken alike, all together or block by block, those of totals left aside."""
    short = {char for name in names if len(name) < longest for char in name}
    spoken = "".join(char for char in words if char not in short)
    return _goes_on(spoken, [[name for name in block if len(name) == longest] for block in blocks])


def _ways(names: Sequence[str], figures: tuple[Figure, ...], longest: int) -> list[tuple[Figure, ...]]:
    """The orders in which the figures of a turn may stand: as they do, or totals at the other end.

    Behind the total of a block whose outcomes stand in the turn before, the totals of other blocks may follow with
    theirs: each of all these may stand before or behind all outcomes.
    """
    totals = [number for number, name in enumerate(names) if len(name) < longest]
    if len(names) == 1 or not (totals[:1] == [0] or totals == [len(names) - 1]):
        return [figures]
    ways = [figures]
    for order in permutations(totals):
        for front in range(len(totals) + 1):
            behind = front + len(names) - len(totals)
            outcomes = iter(figures[front:behind])
            own = dict(zip(order, (*figures[:front], *figures[behind:]), strict=True))
            ways.append(tuple(own[number] if number in own else next(outcomes) for number in range(len(names))))
    return list(dict.fromkeys(ways))


def _best(table: TableSpec, turns: Sequence[Sequence[tuple[Figure, ...]]], told: bool, misprints: int) -> TurnedRow:
    """The way in which most blocks come out; sure if there is one only, or as it stands and in no other way all do.

    Args:
        turns: the orders in which the figures of each turn may stand.
        told: the names follow one another as they are printed, so that the sums need not tell.
        misprints: how many blocks may not come out all the same, where the sums tell.
    """
    rows = [tuple(figure for turn in way for figure in turn) for way in product(*turns)]
    broken = [_broken_blocks(table, row) for row in rows]
    best = rows[broken.index(min(broken))]
    closing = {tuple(figure.text for figure in row) for row, times in zip(rows, broken, strict=True) if times == 0}
    as_it_stands = best == rows[0]
    others = [row for row in rows if [figure.text for figure in row] != [figure.text for figure in best]]
    close = all(_broken_blocks(table, row) > min(broken) for row in others) and _close(table, best, others, misprints)
    if told:
        sure = len(rows) == 1 or (as_it_stands and (len(closing) == 1 or close))
    else:
        sure = close and (as_it_stands or len(closing) == 1)
    return TurnedRow(best, sure)


def _broken_blocks(table: TableSpec, figures: Sequence[Figure]) -> int:
    return sum(sum(own[:-1]) != own[-1] for own in _values_by_block(table, figures))


def _values_by_block(table: TableSpec, figures: Sequence[Figure]) -> Iterator[list[Number]]:
    values: list[Number] = [parse_reading(figure.text).value or 0 for figure in figures]
    for block in table.blocks:
        own, values = values[: len(block.columns)], values[len(block.columns) :]
        yield own


def _may_hold_a_page_number(lines: Sequence[Strip], edges: Collection[int] | None) -> bool:
    """True if a figure stands alone on its line below several: it may have come in the place of one that is missing."""
    above = 0
    for number, line in enumerate(lines):
        if line.words:
            above = 0
        may_be = edges is None or number in edges
        if may_be and len(line.figures) == 1 and above > 1 and parse_reading(line.figures[0].text).value:
            return True
        above = max(above, len(line.figures))
    return False


def _broken_alike(names: Sequence[str]) -> set[str]:
    """The names as a text has them line by line: whole, in halves and so on, short ones apart."""
    longest = max(map(len, names))
    found: set[str] = set()
    for sizes in BREAKS:
        rows = len(sizes)
        ends = [sum(sizes[: row + 1]) for row in range(rows)]
        if ends[-1] < longest:
            continue
        for first in range(rows):
            for step in (0, 1):
                lines = [""] * rows
                for name in names:
                    for row, part in _parts(name, longest, ends, first, step):
                        lines[min(row, rows - 1)] += part
                found.add("".join(lines))
    return found


def _parts(name: str, longest: int, ends: Sequence[int], first: int, step: int) -> Iterator[tuple[int, str]]:
    """The parts of a name by line: of a long one as long as ``ends`` say, of a short one whole, or in characters."""
    if len(name) < longest:
        yield from ((first + number, char) for number, char in enumerate(name)) if step else [(first, name)]
        return
    start = 0
    for row, end in enumerate(ends):
        yield row, name[start:end]
        start = end


def _close(table: TableSpec, figures: Sequence[Figure], others: Sequence[Sequence[Figure]], misprints: int) -> bool:
    """True if two blocks come out by more than nothing, and all but for misprints that are the same in other ways."""
    blocks = list(_values_by_block(table, figures))
    broken = [number for number, own in enumerate(blocks) if sum(own[:-1]) != own[-1]]
    by_more = sum(own[-1] != 0 for number, own in enumerate(blocks) if number not in broken)
    alike = all(list(_values_by_block(table, row))[number] == blocks[number] for row in others for number in broken)
    return len(broken) <= misprints and alike and by_more >= 2
