"""The only row of 表四 in a text that gives figures apart from their labels: proven where words tell, else proposed.

Names and figures of one table stand in turns one behind the other: where other figures stand in its part of a text
(the rest of the table above, a second table of a department), the turns that name all columns, once, and hold as many
figures are the table. Where the figures are as many as the columns and no name speaks against the order of the form,
they are proposed in it, in doubt; so are those of a turn that holds more figures than names, if the sums tell which,
and those beside figures of which two ran together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product

from gkdesk.extraction.figures import Figure
from gkdesk.extraction.labels import key
from gkdesk.extraction.result import RAN_TOGETHER, CellReading, cell_reading
from gkdesk.extraction.tables.apart.apart_row import row_of_turns
from gkdesk.extraction.tables.apart.found_cells import Found, doubtful_cell
from gkdesk.extraction.tables.apart.region import Region
from gkdesk.extraction.tables.apart.turns import Turn, turns_of, without_groups
from gkdesk.extraction.tables.printed_outcomes import blocks_stand_otherwise
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Number, NumberKind, State, parse_reading
from gkdesk.model.spec import TableSpec

MOST_BROKEN = 1
"""Blocks that may not come out where the sums choose among figures: one may have a misprint."""

MOST_LACKING = 1
"""Characters of the names of columns that need not be there: one may be misprinted."""

PART_OF = "其中"
"""What begins the caption of a table for a part of the body, with a character of 其他结果."""

MOST_WAYS = 64
"""Choices among too many figures that are tried."""

Row = tuple[Figure | None, ...]


def read_one_row(table: TableSpec, regions: Sequence[Region]) -> Found | None:
    """The row of a table of blocks side by side; None if its words or figures do not tell.

    Args:
        regions: the parts of the text that may hold the table. Of several, as in a file with two reports, the first
            that holds it, in doubt.
    """
    kinds = [
        (CellRef(table.id, row.id, column.id), column.kind)
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    ]
    told = _told(table, regions[0], kinds) if len(regions) == 1 else None
    if told is not None:
        return told
    proposed = next((row for region in regions if (row := _proposed(table, region)) is not None), None)
    if proposed is None:
        return None
    return Found([_proposal(ref, figure, kind) for (ref, kind), figure in zip(kinds, proposed, strict=True)])


def _proposal(ref: CellRef, figure: Figure | None, kind: NumberKind) -> CellReading:
    """The cell in doubt, a mark for nothing too: it says that the cell was filled in."""
    read = cell_reading(ref, figure, kind)
    return read.doubted("position") if read.reading.raw else doubtful_cell(ref, figure, kind)


def _told(table: TableSpec, region: Region, kinds: Sequence[tuple[CellRef, NumberKind]]) -> Found | None:
    """The row that the turns of headings and figures tell."""
    own = region if len(region.figures) == len(kinds) else _own_turns(table, region)
    told = row_of_turns(table, own.lines, own.figures, own.edges) if own is not None else None
    if own is None or told is None:
        return None
    sure = told.sure and (own is region or _broken_blocks(table, told.figures) == 0)
    sure = sure and not any(_mixes_scripts(turn) for turn in turns_of(own.lines))
    read = cell_reading if sure else doubtful_cell
    found = [read(ref, figure, kind) for (ref, kind), figure in zip(kinds, told.figures, strict=True)]
    certain = all(cell.reading.state in (State.READ, State.BLANK) for cell in found)
    return Found(found, 1 if certain else 0)


def _mixes_scripts(turn: Turn) -> bool:
    """True if a word for nothing (无) stands among digits: taller than these, it may be given before or behind them."""
    words = sum(not figure.text.isascii() and figure.text.strip().isalpha() for figure in turn.figures)
    return 0 < words < len(turn.figures)


def _own_turns(table: TableSpec, region: Region) -> Region | None:
    """The part of the region whose words name all columns, once, and whose figures are as many; None if not only one.

    Names of outcomes outside of it would be those of a second table.
    """
    parts = list(_parts_that_name_all(table, turns_of(region.lines)))
    if len(parts) != 1:
        return None
    part = parts[0]
    words = "".join(turn.words for turn in part)
    lines = region.lines[part[0].first : part[-1].stop]
    rest = "".join(key(line.words) for line in (*region.lines[: part[0].first], *region.lines[part[-1].stop :]))
    if _may_name_outcomes(table, rest):
        return None
    edges = region.edges
    if edges is not None:
        edges = frozenset(edge - part[0].first for edge in edges)
    figures = tuple(figure for turn in part for figure in turn.figures)
    return replace(region, figures=figures, counts=(len(figures),), words=words, lines=lines, edges=edges)


def _may_name_outcomes(table: TableSpec, words: str) -> bool:
    """True if the words hold all characters that two outcomes have alone, in whatever pieces."""
    alone = [{char for char in name if _is_alone(table, char)} for name in _outcomes(table)]
    return sum(chars <= set(words) for chars in alone) > 1


def _is_alone(table: TableSpec, char: str) -> bool:
    """True for a character that only one outcome has."""
    return sum(char in name for name in _outcomes(table)) == 1


def _parts_that_name_all(table: TableSpec, turns: Sequence[Turn]) -> Iterator[Sequence[Turn]]:
    """Turns one behind the other that name all columns, once, and hold as many figures.

    None of them begins before the name of the first block: the 总计 of the table above would be one of its columns.
    """
    names = Counter("".join(_names(table)))
    begin = key(table.blocks[0].label[-1]) if table.blocks[0].label else ""
    for first in range(len(turns)):
        for stop in range(first + 1, len(turns) + 1):
            part = turns[first:stop]
            count = sum(len(turn.figures) for turn in part)
            if count != len(_names(table)) or not part[-1].figures or any(begin in turn.words for turn in part[1:]):
                continue
            if Counter("".join(without_groups(table, turn.words) for turn in part)) == names:
                yield part


# ----------------------------------------------------------------------------------------------------- proposals


def _proposed(table: TableSpec, region: Region) -> Row | None:
    """The figures in the order of the form, unless the words speak against it or several ways are as good."""
    turns = turns_of(region.lines)
    width = len(_names(table))
    if len({figure.text for figure in region.figures}) == 1 and len(region.figures) % width == 0:
        return region.figures[:width]
    whole = next(_parts_that_name_all(table, turns), None)
    twice = len(region.figures) == 2 * width and turns[0] not in (whole or ())
    if twice and _may_stand_in_order(table, turns) and _broken_blocks(table, region.figures[:width]) <= MOST_BROKEN:
        return region.figures[:width]
    if not _may_stand_in_order(table, whole or turns):
        return None
    if whole is not None or len(region.figures) == width:
        row = tuple(figure for turn in whole or turns for figure in turn.figures)
        return row if _may_be_row(table, row) else None
    return _parted(table, region.figures) if len(region.figures) == width - 1 else _chosen(table, turns)


def _may_stand_in_order(table: TableSpec, turns: Sequence[Turn]) -> bool:
    """True unless the words lack a column, or name outcomes in another order than that of the form.

    Of torn names those characters are compared that one outcome has alone, among those of the same line of a name:
    the lines of a name may stand apart.
    """
    outcomes = _outcomes(table)
    words = "".join(turn.words for turn in turns)
    spoken = without_groups(table, words).replace(PART_OF, "")
    lacking = {char for name in _names(table) for char in name} - set(spoken)
    if blocks_stand_otherwise(table, words) or len(lacking) > MOST_LACKING:
        return False
    whole = [outcomes.index(name) for name in re.findall("|".join(map(re.escape, outcomes)), spoken)]
    # Each block names its outcomes once, those of a table below it too.
    often = min((spoken.count(char) for char in outcomes[0] if _is_alone(table, char)), default=0)
    if sum(following <= number for number, following in pairwise(whole)) >= max(often, 1):
        return False
    half = len(outcomes[0]) // 2
    for part in (slice(None, half), slice(half, None)):
        marks = {name[part][0]: number for number, name in enumerate(outcomes) if _is_alone(table, name[part][0])}
        there = sorted(set(marks.values()))
        met = [marks[char] for char in spoken if char in marks]
        if len(there) > 1 and met != there * (len(met) // len(there)):
            return False
    return True


def _may_be_row(table: TableSpec, row: Row) -> bool:
    """True if most blocks come out, or one does by more than nothing: figures of columns in disorder hardly do."""
    return _broken_blocks(table, row) <= MOST_BROKEN or _closed_blocks(table, row) > 0


def _chosen(table: TableSpec, turns: Sequence[Turn]) -> Row | None:
    """The figures where a turn holds more of them than names: the first or the last ones of it, as the sums tell."""
    ways: list[list[Row]] = []
    names, place = _names(table), 0
    for turn in turns:
        count = _named(without_groups(table, turn.words), names[place:])
        if place == len(names) or (count == 0 and place == 0):
            continue
        if len(turn.figures) < count:
            return None
        first, last = turn.figures[:count], turn.figures[len(turn.figures) - count :]
        ways.append([first] if first == last else [first, last])
        place += count
    if place < len(names) or len(ways) > MOST_WAYS.bit_length():
        return None
    rows = [tuple(figure for turn in way for figure in turn) for way in product(*ways)]
    return _best(table, rows)


def _named(words: str, names: Sequence[str]) -> int:
    """How many of the names the words are, in pieces of any order."""
    for count in range(1, len(names) + 1):
        if Counter(words) == Counter("".join(names[:count])):
            return count
    return 0


def _parted(table: TableSpec, figures: Sequence[Figure]) -> Row | None:
    """The figures where two ran together, which are not proposed; None if the sums do not tell which."""
    rows: dict[int, list[Row]] = {}
    for at, figure in enumerate(figures):
        for cut in range(1, len(figure.text)):
            halves = replace(figure, text=figure.text[:cut]), replace(figure, text=figure.text[cut:])
            if all(_is_number(half.text) for half in halves):
                rows.setdefault(at, []).append((*figures[:at], *halves, *figures[at + 1 :]))
    unlike = [at for at, figure in enumerate(figures) if not _is_number(figure.text) and at in rows]
    if unlike:
        rows = {at: rows[at] for at in unlike}
    broken = {at: min(_broken_blocks(table, row) for row in ways) for at, ways in rows.items()}
    best = [at for at in broken if broken[at] == min(broken.values())]
    if len(best) != 1 or broken[best[0]] > MOST_BROKEN:
        return None
    at = best[0]
    joined = replace(figures[at], doubt=RAN_TOGETHER)
    return (*figures[:at], joined, joined, *figures[at + 1 :])


def _is_number(text: str) -> bool:
    """True for the digits of a number as offices write it: 0, or without a zero before it."""
    return text.isdecimal() and (text == "0" or not text.startswith("0"))


def _best(table: TableSpec, rows: Sequence[Row]) -> Row | None:
    """The row in which most blocks come out; what is not the same in all such rows is left open."""
    broken = [_broken_blocks(table, row) for row in rows]
    if not rows or min(broken) > MOST_BROKEN:
        return None
    best = [row for row, times in zip(rows, broken, strict=True) if times == min(broken)]
    return tuple(
        cells[0] if len({cell and cell.text for cell in cells}) == 1 else None for cells in zip(*best, strict=True)
    )


def _broken_blocks(table: TableSpec, row: Row) -> int:
    return sum(sum(own[:-1]) != own[-1] for own in _blocks(table, row))


def _closed_blocks(table: TableSpec, row: Row) -> int:
    """How many blocks come out by more than nothing."""
    return sum(sum(own[:-1]) == own[-1] != 0 for own in _blocks(table, row))


def _blocks(table: TableSpec, row: Row) -> Iterator[list[Number]]:
    values: list[Number] = [parse_reading(figure.text if figure else "").value or 0 for figure in row]
    for block in table.blocks:
        own, values = values[: len(block.columns)], values[len(block.columns) :]
        yield own


def _names(table: TableSpec) -> list[str]:
    return [key(column.label[-1]) for block in table.blocks for column in block.columns]


def _outcomes(table: TableSpec) -> list[str]:
    """The names of the columns of a block that are no totals."""
    return [key(column.label[-1]) for column in table.blocks[0].columns[:-1]]
