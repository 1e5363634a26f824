"""A form table that stands twice in a source: where both hold the same, it does not matter which is meant.

Last year's table below this year's, without a word that says so, puts the whole table in doubt; most of its cells are
zeros in both. A cell is certain after all if the second table, read by itself, is whole and certain of it, and says the
same. A third table would have to say it, too: then nothing is certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gkdesk.extraction.result import CellReading, ReadTables, TableReading
from gkdesk.extraction.tables.captions import is_whole
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Content, Grid, Line
from gkdesk.model.place import PagePlace, Place, TextPlace
from gkdesk.model.reading import NumberKind, State, parse_reading
from gkdesk.model.spec import FormSpec

_DOUBT = "second-table"


def certain_where_equal(
    content: Content, spec: FormSpec, readings: Sequence[TableReading], read_tables: ReadTables
) -> list[TableReading]:
    """The tables, those found twice without doubt in the cells that are the same in both."""
    found: list[TableReading] = []
    for reading in readings:
        twice = any(_DOUBT in cell.reading.doubts for cell in reading.cells)
        other = _second(content, spec, reading, read_tables) if twice else None
        found.append(reading if other is None else _compared(reading, other, spec))
    return found


def _second(content: Content, spec: FormSpec, reading: TableReading, read_tables: ReadTables) -> TableReading | None:
    """The second table, from the source without the tables in which the first stands; None if it is not whole."""
    places = {cell.place for cell in reading.cells if cell.place is not None}
    own = [grid for grid in content.grids() if any(cell.place in places for cell in grid.cells)]
    if places <= {cell.place for grid in own for cell in grid.cells}:
        # Places in a text without tables still stand in its characters.
        blocks = tuple(b for b in content.blocks if not (isinstance(b, Grid) and b in own))
    elif not own and None not in (reach := [_reach(place) for place in places]):
        first, last = min(filter(None, reach)), max(filter(None, reach))
        blocks = tuple(b for b in content.blocks if isinstance(b, Grid) or not _is_between(b, first, last))
    else:
        return None
    rest = replace(content, blocks=blocks)
    other = next((table for table in read_tables(rest, spec) if table.table == reading.table), None)
    return other if is_whole(other) else None


def _reach(place: Place) -> tuple[int, float] | None:
    """Where a place stands in the lines of a text or of pages, from above to below; None elsewhere."""
    if isinstance(place, TextPlace):
        return 0, place.end - 1
    return (place.page, place.box.centre[1]) if isinstance(place, PagePlace) else None


def _is_between(line: Line, first: tuple[int, float], last: tuple[int, float]) -> bool:
    """True for a line of a table, from that with its first figure to that with its last."""
    place = line.place
    if isinstance(place, TextPlace):
        return first[1] < place.end and place.start <= last[1]
    if isinstance(place, PagePlace):
        return first <= (place.page, place.box.bottom) and (place.page, place.box.top) <= last
    return False


def _compared(reading: TableReading, other: TableReading, spec: FormSpec) -> TableReading:
    kinds: dict[CellRef, NumberKind] = {}
    table = spec.table(reading.table)
    for block in table.blocks:
        for row in block.rows:
            kinds |= {CellRef(table.id, row.id, column.id): column.kind for column in block.columns}
    second = {cell.ref: cell for cell in other.cells}
    cells = tuple(_certain(cell, second.get(cell.ref), kinds.get(cell.ref)) for cell in reading.cells)
    return replace(reading, cells=cells)


def _certain(cell: CellReading, other: CellReading | None, kind: NumberKind | None) -> CellReading:
    """The cell without the doubt which of both tables is meant, if the other one is certain of the same."""
    if other is None or kind is None or cell.reading.doubts != (_DOUBT,):
        return cell
    plain = parse_reading(cell.reading.raw, kind)
    same = (plain.state, plain.value) == (other.reading.state, other.reading.value)
    return replace(cell, reading=plain) if same and plain.state in (State.READ, State.BLANK) else cell
