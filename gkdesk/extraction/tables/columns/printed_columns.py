"""The columns of a loose table in the order in which they are printed, by the words of its header.

The form has its columns in one order; reports move the 总计 to the front, exchange two, or add 行次, 小计, 备注. Where
merged cells were lost the places of headings say little, but their order is that of the columns: a header names every
column of the form whole and once, in one line, or in two of which the lower one has the members of the group that the
upper one names. A word that is neither a column of the form nor one of the known additions leaves the order unproven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gkdesk.extraction.figures import Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.strips import REMARKS
from gkdesk.extraction.tables.columns.text_header import HEADER_LINES
from gkdesk.extraction.tables.header import LINE_NUMBERS, SUBTOTALS, wordings, words_over_all
from gkdesk.model.spec import TableSpec

SERIALS = ("序号", "编号")
"""Headings of a column before the labels."""

_SHORTEST_NOTE = 8
"""Spoken characters from which on words left of 申请人情况 are the note printed there, not the name of a column."""


@dataclass(frozen=True, slots=True)
class PrintedColumns:
    """The columns as they are printed.

    Attributes:
        order: for each printed column the number of the form's column, None for an addition.
        numbered: True if the first printed column holds the numbers of the lines.
        first: the piece in which the first printed column stands in the header line that names it, where the pieces
            before it are known to be there; else None.
        over: how many pieces lie between the note, as wide as all label columns, and the first printed column.
    """

    order: tuple[int | None, ...]
    numbered: bool
    first: int | None
    over: int | None

    @property
    def is_usual(self) -> bool:
        """True if the columns are those of the form, in its order."""
        return self.order == tuple(range(len(self.order)))


@dataclass(frozen=True, slots=True)
class _Heading:
    piece: int
    column: int | None
    text: str


def printed_columns(table: TableSpec, lines: Sequence[Strip], first_row: int) -> PrintedColumns | None:
    """The order of the columns by the lines above the first row; None if the words do not prove it."""
    start = max(0, first_row - HEADER_LINES)
    names = [wordings(column) for column in table.blocks[0].columns]
    for number in range(first_row - 1, start - 1, -1):
        heads = _headings(lines[number], names)
        found = sorted(head.column for head in heads if head.column is not None)
        if found == list(range(len(names))):
            return _of_one_line(table, lines, number, heads)
        if found and number > start and lines[number].slots is not None:
            return _of_two_lines(table, lines, number, names)
    return None


def _headings(line: Strip, names: Sequence[tuple[str, ...]]) -> list[_Heading]:
    found: list[_Heading] = []
    for index, piece in enumerate(line.pieces):
        text = key(piece.text)
        column = next((number for number, wording in enumerate(names) if text in wording), None)
        found.append(_Heading(int(piece.spans[0][0]) if line.slots is not None else index, column, text))
    return found


def _of_one_line(
    table: TableSpec, lines: Sequence[Strip], number: int, heads: Sequence[_Heading]
) -> PrintedColumns | None:
    named = [index for index, head in enumerate(heads) if head.column is not None]
    first, last = named[0], named[-1]
    numbered = first > 0 and heads[first - 1].text in LINE_NUMBERS
    first -= numbered
    inside = heads[first : last + 1]
    behind = heads[last + 1 :]
    if any(head.column is None and head.text not in SUBTOTALS for head in inside[numbered:]):
        return None
    if any(head.text not in REMARKS for head in behind) or any(head.text in LINE_NUMBERS for head in heads[:first]):
        return None
    order = tuple(head.column for head in (*inside, *behind))
    tabular = lines[number].slots is not None
    return PrintedColumns(order, numbered, inside[0].piece if tabular and first else None, None)


def _of_two_lines(
    table: TableSpec, lines: Sequence[Strip], lower: int, names: Sequence[tuple[str, ...]]
) -> PrintedColumns | None:
    """The order where a group of columns is named above its members."""
    columns = table.blocks[0].columns
    above, below = _headings(lines[lower - 1], names), _headings(lines[lower], names)
    groups = {key(column.label[0]) for column in columns if len(column.label) > 1}
    at = [index for index, head in enumerate(above) if head.text in groups]
    members = [number for number, column in enumerate(columns) if len(column.label) > 1]
    if len(at) != 1 or sorted(head.column for head in below if head.column is not None) != members:
        return None
    single = [head.column for head in above if head.column is not None]
    if sorted(single) != [number for number in range(len(columns)) if number not in members]:
        return None
    if any(head.column is None and head.text not in SUBTOTALS for head in below):
        return None
    if any(head.column is None and index != at[0] for index, head in enumerate(above)):
        return None
    width = above[at[0] + 1].piece - above[at[0]].piece if at[0] + 1 < len(above) else len(below)
    if width != len(below):
        return None
    inner = [head.column for head in below]
    order = [*(head.column for head in above[: at[0]]), *inner, *(head.column for head in above[at[0] + 1 :])]
    return _with_additions(table, lines, lower, order, above, below)


def _with_additions(
    table: TableSpec,
    lines: Sequence[Strip],
    lower: int,
    order: list[int | None],
    above: Sequence[_Heading],
    below: Sequence[_Heading],
) -> PrintedColumns | None:
    """The order with the columns that only the line over both names: 行次 before the figures, 备注 behind them."""
    top = lines[lower - 2] if lower > 1 else None
    over = words_over_all(table)
    texts = [key(piece.text) for piece in top.pieces] if top is not None and top.slots is not None else []
    at = [index for index, text in enumerate(texts) if text in over]
    # The lower line begins below the group only if the pieces of the cells above were kept.
    group = next(head.piece for head in above if head.column is None)
    first = above[0].piece if below[0].piece == group and group > 0 else None
    if not at or top is None:
        return PrintedColumns(tuple(order), False, first, None)
    before, behind = texts[: at[0]], texts[at[-1] + 1 :]
    numbered = bool(before) and before[-1] in LINE_NUMBERS
    serials = bool(before) and before[0] in SERIALS
    labels = before[serials : len(before) - numbered]
    if any(text not in REMARKS for text in behind) or any(len(text) < _SHORTEST_NOTE for text in labels):
        return None
    places = [int(piece.spans[0][0]) for piece in top.pieces]
    gap = places[at[0] - numbered] - places[serials] - 1
    whole = [None] * numbered + order + [None] * len(behind)
    first = first - numbered if first is not None else None
    return PrintedColumns(tuple(whole), numbered, first, gap if len(labels) == 1 and places[0] == 0 else None)
