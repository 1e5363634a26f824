"""What reading a table yields: a reading and a place per cell, and how sure its rows and columns are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gkdesk.extraction.figures import Figure
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Content
from gkdesk.model.place import Place
from gkdesk.model.reading import MISSING, UNREAD, NumberKind, Reading, State, parse_reading
from gkdesk.model.spec import FormSpec

RAN_TOGETHER = "ran-together"
"""The doubt about a figure that holds the digits of several cells."""

ROW_TWICE = "row-twice"
"""The doubt about a row whose label stands in the table twice."""

WHICH = frozenset({"another-report", ROW_TWICE, "second-table"})
"""Doubts about which table or row it is: where one has a blank, the other may have a figure."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """A cell of the form, what was read there, and where."""

    ref: CellRef
    reading: Reading
    place: Place | None

    def doubted(self, reason: str) -> CellReading:
        """The same cell, no longer certain, for one more reason."""
        return replace(self, reading=self.reading.doubted(reason))


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table as read.

    Attributes:
        rows_expected, rows_proven: rows the table should have, and rows recognised for certain.
        columns_proven: whether the columns were recognised by their words.
        strays: figures inside the table that belong to no cell.
    """

    table: str
    cells: tuple[CellReading, ...]
    rows_expected: int
    rows_proven: int
    columns_proven: bool
    strays: tuple[str, ...] = ()

    def doubted(self, reason: str) -> TableReading:
        """The same table, none of its cells certain any more, the blank ones neither."""
        return replace(self, cells=tuple(cell.doubted(reason) for cell in self.cells))


def doubt_beside_strays(reading: TableReading) -> TableReading:
    """The table, what is blank in it in doubt if figures stand in it that belong to no cell."""
    if not reading.strays:
        return reading
    cells = (
        cell.doubted("stray-figure") if cell.reading.state is State.BLANK and not cell.reading.raw else cell
        for cell in reading.cells
    )
    return replace(reading, cells=tuple(cells))


ReadTables = Callable[[Content, FormSpec], list[TableReading]]
"""Reads the tables of a source: handed to what must try a part of one without importing the whole pipeline."""


def cell_reading(ref: CellRef, figure: Figure | None, kind: NumberKind, doubts: Iterable[str] = ()) -> CellReading:
    """The reading of one cell. ``figure`` None is a cell that stands in the table but holds nothing.

    Doubts about where figures stand leave a blank alone, those about which of two tables or rows counts do not. Of
    figures that ran together none is the cell's.
    """
    if figure is not None and figure.doubt == RAN_TOGETHER:
        return CellReading(ref, Reading(State.DOUBTFUL, None, figure.text, 0.0, (RAN_TOGETHER,)), figure.place)
    reading = parse_reading(figure.text if figure is not None else "", kind)
    for doubt in doubts:
        if reading.state is not State.BLANK or doubt in WHICH:
            reading = reading.doubted(doubt)
    if figure is not None and figure.doubt:
        reading = reading.doubted(figure.doubt)
    return CellReading(ref, reading, figure.place if figure is not None else None)


def without_blanks(readings: Iterable[CellReading]) -> list[CellReading]:
    """A row's cells, those that hold nothing missing: its figures may stand elsewhere, or others stand here."""
    return [cell if cell.reading.state is not State.BLANK else replace(cell, reading=MISSING) for cell in readings]


def without_blanks_beside(reading: TableReading, doubt: str) -> TableReading:
    """The table, cells that hold nothing missing in rows with figures of such a doubt: these may stand there."""
    rows = {cell.ref.row for cell in reading.cells if doubt in cell.reading.doubts}
    cells = (without_blanks([cell])[0] if cell.ref.row in rows else cell for cell in reading.cells)
    return replace(reading, cells=tuple(cells)) if rows else reading


def doubtful_run(refs: Sequence[CellRef], figures: Sequence[Figure], raw: str) -> Iterator[CellReading]:
    """A row whose figures are not as many as its cells: which is which is not known.

    Where all figures are the same number the values are known all the same, only their places are not. Where there are
    as many with something that could not be read, or without it, they are said to stand in turn.
    """
    in_turn = _in_turn(refs, figures)
    if in_turn is not None:
        for ref, figure in zip(refs, in_turn, strict=True):
            yield CellReading(ref, parse_reading(figure.text).doubted("position"), figure.place)
        return
    values = {parse_reading(figure.text).value for figure in figures}
    value = values.pop() if len(values) == 1 and len(figures) > len(refs) else None
    place = figures[0].place if figures else None
    for ref in refs:
        yield CellReading(ref, Reading(State.DOUBTFUL, value, raw, 0.3, ("position",)), place)


def _in_turn(refs: Sequence[CellRef], figures: Sequence[Figure]) -> Sequence[Figure] | None:
    """The figures of a row one a cell, if what could not be read is one of them, or dirt between them; else None."""
    read = [figure for figure in figures if figure.text != UNREAD]
    if len(read) == len(figures):
        return None
    return figures if len(figures) == len(refs) else read if len(read) == len(refs) else None
