"""Whether the words of a header name the columns of a table with many rows in the order of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from gkdesk.extraction.figures import Piece, Span, Strip, Unit
from gkdesk.extraction.labels import coverage, key
from gkdesk.extraction.tables.align import Alignment
from gkdesk.extraction.tables.columns.headed_columns import are_headed, are_headed_otherwise
from gkdesk.extraction.tables.columns.text_header import HEADER_LINES
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.reading import parse_reading
from gkdesk.model.spec import TableSpec

MORE_COLUMNS = ("小计", "行次", "栏次")
"""Words of a header that tell of a column the form does not have."""

SHORTEST_PART = 2
FEWEST_PARTS = 4
"""Characters of a part of a column's name that tells it, and columns that a line must tell to show their order."""

HEADER_SURE = 0.6
"""Share of the header's words that must stand before the figures of a text."""


def is_order_proven(
    table: TableSpec, found: list[Unit], alignment: Alignment, lines: Sequence[Strip], placed: bool
) -> bool:
    """True if the words of the header tell which figure of a row belongs to which column."""
    if placed:
        return not _close_otherwise([found[match.unit] for match in alignment.matches])
    return _columns_in_order(table, found, alignment, lines) and not _are_numbered(found, alignment)


def _are_numbered(found: list[Unit], alignment: Alignment) -> bool:
    """True if row after row begins with its own number: numbers of the rows and not figures.

    Rows that are not found have a number too, so a number is compared with the row's place in the form.
    """
    firsts = [(m.row, found[m.unit].figures[0].text.strip()) for m in alignment.matches if found[m.unit].figures]
    numbers = [(row, int(text)) for row, text in firsts if text.isdecimal() and text.isascii() and len(text) < 4]
    steps = [b[1] - a[1] == b[0] - a[0] for a, b in pairwise(numbers)]
    return sum(steps) * 5 >= len(firsts) * 3 > 0


def _columns_in_order(table: TableSpec, found: list[Unit], alignment: Alignment, lines: Sequence[Strip]) -> bool:
    """True if the words before the first row name the columns in the order of the form."""
    if not alignment.matches:
        return False
    header = header_of(found, alignment)
    groups: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for column in table.blocks[0].columns:
        groups.setdefault(column.label[:-1], []).append(wordings(column))
    members = max(groups.values(), key=len)
    # Of each column the wording that stands there: another order may be told by a synonym.
    group = [next((name for name in names if name in header), names[0]) for names in members]
    positions = [header.rfind(label) for label in group if len(label) > 2 and label in header]
    if any(word in header for word in MORE_COLUMNS):
        return False
    rows = found[alignment.matches[0].unit : alignment.matches[-1].unit + 1]
    if _are_below_other_names(table, lines, rows) or _are_named_otherwise(table, lines, rows[0].line):
        return False
    if are_headed(table.blocks[0].columns, lines, rows):
        return True
    if are_headed_otherwise(table.blocks[0].columns, lines, rows):
        return False
    if not _outer_in_order(table, lines, found[alignment.matches[0].unit].line) or _close_otherwise(rows):
        return False
    if all(label in header for label in group) and group[-1] not in header[max(positions, default=0) :]:
        return False
    return positions == sorted(positions) and coverage("".join(group), header) >= HEADER_SURE


def _are_named_otherwise(table: TableSpec, lines: Sequence[Strip], first_row: int) -> bool:
    """True if parts of the names of a group's columns stand beside each other in another order than the form.

    A line is read from left to right, also where it holds the upper or lower halves of names only. It counts if it has
    parts of several columns of which each can be that of one only: 其他 alone may be of the group, 法人或其他组织.
    """
    names = [wordings(column) for column in table.blocks[0].columns if len(column.label) > 1]
    for line in lines[max(0, first_row - HEADER_LINES) : first_row]:
        words = [word for piece in line.pieces if len(word := key(piece.text)) >= SHORTEST_PART]
        own = [[n for n, texts in enumerate(names) if any(word in text for text in texts)] for word in words]
        order = [places[0] for places in own if len(places) == 1]
        if len(set(order)) >= FEWEST_PARTS and order != sorted(order):
            return True
    return False


def _are_below_other_names(table: TableSpec, lines: Sequence[Strip], rows: Sequence[Unit]) -> bool:
    """True if figures of a table on a page stand in a column that is headed by the whole name of another than theirs.

    Where names of several columns make one cell of the header, rows may end in as many cells as there are columns by
    chance: some of labels among them.
    """
    above = lines[max(0, rows[0].line - HEADER_LINES) : rows[0].line]
    named = {
        piece.spans[0]: number
        for line in above
        for piece in _pieces_on_page(line)
        for number, column in enumerate(table.blocks[0].columns)
        if key(piece.text) in wordings(column)
    }
    return any(_stands_elsewhere(unit, lines[unit.line], named) for unit in rows)


def _stands_elsewhere(unit: Unit, line: Strip, named: Mapping[Span, int]) -> bool:
    """True if a figure of the row stands below a name and is not the cell of that name's column."""
    pieces = _pieces_on_page(line)[-len(line.figures) :] if line.figures else ()
    places = {figure.place: named.get(piece.spans[0]) for piece, figure in zip(pieces, line.figures, strict=False)}
    cells = unit.cells or ()
    return any(cell is not None and places.get(cell.place) not in (None, at) for at, cell in enumerate(cells))


def _pieces_on_page(line: Strip) -> tuple[Piece, ...]:
    """What the cells of a row hold, if it is of a table on a page: its columns are sure, though not which they are."""
    return line.pieces if line.slots is not None and line.page is not None else ()


def header_of(found: list[Unit], alignment: Alignment) -> str:
    """The words before the first row."""
    first = alignment.matches[0].unit
    above = [unit.before for unit in found[:first][-3:] if not unit.whole]
    return "".join([*above, found[first].before])


def _outer_in_order(table: TableSpec, lines: Sequence[Strip], first_row: int) -> bool:
    """False if a header line names single columns and groups of columns in another order than the form.

    Only words of the same line are compared: a header of several lines names upper columns before lower ones.
    """
    members: dict[str, list[tuple[str, ...]]] = {}
    for column in table.blocks[0].columns:
        members.setdefault(column.label[0], []).append(wordings(column))
    for line in lines[max(0, first_row - HEADER_LINES) : first_row]:
        words = key(line.words)
        stands = [_position(words, key(name), leaves) for name, leaves in members.items()]
        known = [position for position in stands if position >= 0]
        if known != sorted(known):
            return False
    return True


def _close_otherwise(rows: Sequence[Unit]) -> bool:
    """True if more rows have the sum of all others in another column than have it in the last, the total's."""
    last = other = 0
    for unit in rows:
        if unit.cells is None:
            continue
        values = [parse_reading(figure.text if figure else "").value or 0 for figure in unit.cells]
        closed = [number for number, value in enumerate(values) if value and 2 * value == sum(values)]
        last += closed == [len(values) - 1]
        other += bool(closed) and len(values) - 1 not in closed
    return other > last


def _position(words: str, name: str, leaves: list[tuple[str, ...]]) -> int:
    """Where a column or group of columns begins among the words of a line; -1 if it is not there."""
    if name in words:
        return words.find(name)
    found = [words.find(leaf) for wording in leaves for leaf in wording if len(leaf) > 2 and leaf in words]
    return min(found, default=-1)
