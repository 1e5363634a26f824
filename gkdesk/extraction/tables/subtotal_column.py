"""A column 小计 behind those of the legal persons, in a text that keeps its columns.

The form has none, many reports print one. Lines with blanks in them are placed below the names of the columns; so the
table is read as one that has this column, too, and its figures are then left out. Proven like any other column, by the
words of the header: that the names, with this one, stand in order above the figures. Where there are figures, it must
also be the sum of its group, row by row, or it is something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gkdesk.extraction.figures import Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.result import CellReading, TableReading
from gkdesk.extraction.tables.printed_columns import SUBTOTALS
from gkdesk.model.reading import State
from gkdesk.model.spec import ColumnSpec, TableSpec

NEARLY_ALL = 0.8
"""Share of the rows, of those that are known, in which it must be the sum of its group."""

_ID = "subtotal"


def is_printed(lines: Sequence[Strip]) -> bool:
    """True if a word of the source tells of such a column."""
    return any(word in key(line.words) for line in lines for word in SUBTOTALS)


def with_subtotal(table: TableSpec) -> TableSpec | None:
    """A table of one block as it is printed with a 小计 behind its only group of columns; None if it has no group."""
    [block] = table.blocks
    inner = [number for number, column in enumerate(block.columns) if len(column.label) > 1]
    if not inner:
        return None
    last = block.columns[inner[-1]]
    added = ColumnSpec(_ID, last.right + 1, last.right + 1, (*last.label[:-1], SUBTOTALS[0]), last.unit, last.kind)
    columns = (*block.columns[: inner[-1] + 1], added, *block.columns[inner[-1] + 1 :])
    return replace(table, blocks=(replace(block, columns=columns),))


def without_subtotal(reading: TableReading, table: TableSpec) -> TableReading | None:
    """The reading of such a table without that column; None if its columns or this one's sums are not proven.

    Args:
        reading: of the table that :func:`with_subtotal` gives.
        table: the table of the form.
    """
    if not reading.columns_proven or not _are_sums(reading, table):
        return None
    return replace(reading, cells=tuple(cell for cell in reading.cells if cell.ref.column != _ID))


def _are_sums(reading: TableReading, table: TableSpec) -> bool:
    inner = {column.id for column in table.blocks[0].columns if len(column.label) > 1}
    rows: dict[str, list[CellReading]] = {}
    for cell in reading.cells:
        if cell.ref.column in inner or cell.ref.column == _ID:
            rows.setdefault(cell.ref.row, []).append(cell)
    known = [cells for cells in rows.values() if all(_is_certain(cell) for cell in cells)]
    sums = [2 * sum(cell.reading.value or 0 for cell in cells if cell.ref.column == _ID) for cells in known]
    wholes = [sum(cell.reading.value or 0 for cell in cells) for cells in known]
    return sum(a == b for a, b in zip(sums, wholes, strict=True)) >= NEARLY_ALL * len(rows)


def _is_certain(cell: CellReading) -> bool:
    return cell.reading.state in (State.READ, State.BLANK)
