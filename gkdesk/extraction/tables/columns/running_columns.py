"""The columns of a table in running text whose header names them whole, but not as the form has them.

Lines of running text keep no places, so a header alone tells little: 自然人 and 总计 stand beside a group of columns
whose names come before or after them. The order of the group's own columns is that of their names, if these are whole
and stand one behind the other. Where the total is has to be shown by the figures: it closes the rows in the last place,
or in the first if it is named before all others. The number of the line must count the rows, and a 小计 be the sum of
the group, row by row. Words and figures together are the proof; a row with more or fewer figures than there are columns
has none.

A table of nothing has no sums. Names and figures that both follow the columns from left to right, a 小计 among them,
are as many and in one order; what other columns hold is certain only where it is the same in the order of the form.
Names that stand by their length, the longest first, may have been put in that order by the program: they tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gkdesk.extraction.figures import Figure, Unit
from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.header import LINE_NUMBERS, SUBTOTALS, wordings
from gkdesk.model.reading import Number, State, parse_reading
from gkdesk.model.spec import TableSpec

FEWEST_CLOSED = 1
"""Rows that must be closed by their total, and nearly no other may have another sum there.

A row that has as many figures as there are columns but is none does not come out.
"""

FEWEST_ROWS = 5
"""Rows of a table of nothing that must have as many marks as there are columns, and nearly all others must, too."""

NEARLY_ALL = 0.8

_OVER = "申请人情况"


def printed_in_text(table: TableSpec, header: str) -> list[int | str] | None:
    """The columns from left to right: the number of the form's column, or the heading of an addition; None if the
    words do not tell, or if they are the form's own in its order.

    Args:
        table: a table of one block; one group of its columns has a name of its own.
        header: the words before the first row, as a key.
    """
    columns = table.blocks[0].columns
    group = next((key(column.label[0]) for column in columns if len(column.label) > 1), "")
    inner = [number for number, column in enumerate(columns) if len(column.label) > 1]
    _, over, words = header.rpartition(_OVER)
    if not over or not group or words.count(group) != 1:
        return None
    words = words.replace(group, "")
    names = {name: number for number, column in enumerate(columns) for name in wordings(column)}
    heads: list[int | str] = []
    for name in re.findall("|".join(sorted([*names, *LINE_NUMBERS, *SUBTOTALS], key=len, reverse=True)), words):
        heads.append(names.get(name, name))
        words = words.replace(name, "", 1)
    if words or sorted(head for head in heads if isinstance(head, int)) != list(range(len(columns))):
        return None
    added = [head for head in heads if isinstance(head, str)]
    members = [head for head in heads if head in inner]
    first, last = heads.index(members[0]), heads.index(members[-1])
    if len(added) > 1 or last - first + 1 != len(members) or heads.index(0) > first:
        return None
    lengths = [len(key(columns[head].label[-1])) for head in members]
    if members != inner and lengths == sorted(lengths, reverse=True):
        return None
    if heads[0] == len(columns) - 1 and not added:
        return [heads[0], 0, *members]
    if not added:
        return [0, *members, len(columns) - 1] if members != inner else None
    if added[0] in SUBTOTALS:
        return [0, *members, added[0], len(columns) - 1] if heads[last + 1 : last + 2] == added else None
    return [added[0], 0, *members, len(columns) - 1] if heads.index(added[0]) < heads.index(0) else None


def place_in_text(order: Sequence[int | str], rows: Sequence[tuple[Unit, int]]) -> list[Unit] | None:
    """The runs with their cells in the order of the form, without any where a run has not as many figures as there are
    columns; None if the figures do not bear the order out.

    Args:
        order: as :func:`printed_in_text` gives it, the total first or last.
        rows: the runs of figures, with the number of the form's row.
    """
    if any(unit.slots is not None for unit, _ in rows):
        return None
    whole = [(unit, row) for unit, row in rows if len(unit.figures) == len(order)]
    values = [_values(unit) for unit, _ in whole]
    places = [at for _, at in sorted((head, at) for at, head in enumerate(order) if isinstance(head, int))]
    *parts, total = places
    sums = [(sum(row[at] for at in parts), row[total]) for row in values if row[total]]
    closed = sum(a == b for a, b in sums)
    nothing = not any(value for row in values for value in row)
    if closed < NEARLY_ALL * len(sums) or (closed < FEWEST_CLOSED and not nothing):
        return None
    if nothing and len(whole) < max(FEWEST_ROWS, NEARLY_ALL * len(rows)):
        return None
    for at, head in enumerate(order):
        if head in LINE_NUMBERS and not _count(values, [row for _, row in whole], at):
            return None
        if head in SUBTOTALS and not _are_sums(values, parts[1:], at):
            return None
    guessed = nothing and not any(head in SUBTOTALS for head in order)
    return [
        _placed(unit, places, guessed) if len(unit.figures) == len(order) else replace(unit, cells=None, whole=False)
        for unit, _ in rows
    ]


def _placed(unit: Unit, places: Sequence[int], guessed: bool) -> Unit:
    """The run with its cells; if they are ``guessed``, in doubt where they are not the same as in the form's order."""
    cells = [unit.figures[at] for at in places]
    if not guessed:
        # That the total stands first is a doubt only where it is not known to.
        doubtless = places[-1] == 0 and _closes(cells)
        return replace(unit, cells=tuple(replace(cell, doubt="") if doubtless else cell for cell in cells))
    agreed = {at for at, (a, b) in enumerate(zip(cells, unit.figures, strict=True)) if _told(a) == _told(b)}
    doubted = (cell if at in agreed else replace(cell, doubt="position") for at, cell in enumerate(cells))
    return replace(unit, cells=tuple(doubted), agreed=frozenset(agreed))


def _closes(cells: Sequence[Figure]) -> bool:
    *parts, total = (parse_reading(cell.text).value or 0 for cell in cells)
    return total == sum(parts) != 0 and all(cell.doubt in ("", "position") for cell in cells)


def _told(figure: Figure) -> tuple[State, Number | None]:
    reading = parse_reading(figure.text)
    return reading.state, reading.value


def _values(unit: Unit) -> list[Number]:
    return [parse_reading(figure.text).value or 0 for figure in unit.figures]


def _count(values: Sequence[Sequence[Number]], rows: Sequence[int], at: int) -> bool:
    """True if the figures of a column go up from row to row as the rows of the form do."""
    steps = [
        after[at] - before[at] == following - row
        for (before, row), (after, following) in pairwise(zip(values, rows, strict=True))
    ]
    return sum(steps) >= NEARLY_ALL * len(steps)


def _are_sums(values: Sequence[Sequence[Number]], parts: Sequence[int], at: int) -> bool:
    return sum(sum(row[part] for part in parts) == row[at] for row in values) >= NEARLY_ALL * len(values)
