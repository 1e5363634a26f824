"""Columns that a report prints and the form has not, or in another place, in a text that keeps its columns.

Many reports print a 小计 behind the legal persons, some the 总计 before all others, or two columns in each other's
place. Lines with blanks in them are put below the names of the columns, so the table is read as one that is printed
like that, and taken back to the form's own columns. Proven like those of the form, by the words of the header: the
names stand in this order above the figures. The figures must not speak against it: where there are any, a 小计 is the
sum of its group, and the 总计 that of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from gkdesk.extraction.figures import Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.result import CellReading, TableReading
from gkdesk.extraction.tables.header import SUBTOTALS
from gkdesk.model.reading import Number, State
from gkdesk.model.spec import ColumnSpec, TableSpec

NEARLY_ALL = 0.8
"""Share of the rows, of those that are known, in which a sum must come out."""

_SUBTOTAL = "subtotal"


def has_subtotals(lines: Sequence[Strip]) -> bool:
    """True if a word of the source tells of a 小计."""
    words = key("".join(line.words for line in lines))
    return any(word in words for word in SUBTOTALS)


def printed_otherwise(table: TableSpec, subtotals: bool) -> Iterator[TableSpec]:
    """The other ways in which a table of one block may be printed, with or without a 小计 in each."""
    [block] = table.blocks
    columns = _with_subtotal(block.columns) if subtotals else block.columns
    if subtotals and columns == block.columns:
        return
    if subtotals:
        yield replace(table, blocks=(replace(block, columns=columns),))
    yield replace(table, blocks=(replace(block, columns=(columns[-1], *columns[:-1])),))
    inner = [number for number, column in enumerate(columns) if len(column.label) > 1 and column.id != _SUBTOTAL]
    for one, other in combinations(inner, 2):
        swapped = list(columns)
        swapped[one], swapped[other] = columns[other], columns[one]
        yield replace(table, blocks=(replace(block, columns=tuple(swapped)),))


def has_total_last(printed: TableSpec, table: TableSpec) -> bool:
    """True if the total of the form stands in the last column of the table as printed."""
    return printed.blocks[0].columns[-1] == table.blocks[0].columns[-1]


def _with_subtotal(columns: tuple[ColumnSpec, ...]) -> tuple[ColumnSpec, ...]:
    """The columns with a 小计 behind the only group of them; the same if there is none."""
    inner = [number for number, column in enumerate(columns) if len(column.label) > 1]
    if not inner:
        return columns
    last = columns[inner[-1]]
    added = ColumnSpec(_SUBTOTAL, last.left, last.right, (*last.label[:-1], SUBTOTALS[0]), last.unit, last.kind)
    return (*columns[: inner[-1] + 1], added, *columns[inner[-1] + 1 :])


def of_the_form(reading: TableReading, table: TableSpec) -> TableReading | None:
    """The reading of a table printed otherwise, by the columns of the form; None if its columns are not proven."""
    if not reading.columns_proven:
        return None
    rows: dict[str, dict[str, CellReading]] = {}
    for cell in reading.cells:
        rows.setdefault(cell.ref.row, {})[cell.ref.column] = cell
    known = [_values(cells) for cells in rows.values() if all(map(_is_certain, cells.values()))]
    columns = table.blocks[0].columns
    names = [column.id for column in columns]
    inner = [column.id for column in columns if len(column.label) > 1]
    if not _come_out(known, names[:-1], names[-1]) or not _come_out(known, inner, _SUBTOTAL):
        return None
    cells = (rows[row].get(name) for row in rows for name in names)
    return replace(reading, cells=tuple(cell for cell in cells if cell is not None))


def _values(cells: dict[str, CellReading]) -> dict[str, Number]:
    return {column: cell.reading.value or 0 for column, cell in cells.items()}


def _come_out(rows: Sequence[dict[str, Number]], parts: Sequence[str], whole: str) -> bool:
    """True if a column is the sum of others in nearly all rows in which there is anything; or is not there."""
    sums = [(sum(row[part] for part in parts), row[whole]) for row in rows if whole in row]
    some = [(a, b) for a, b in sums if a or b]
    return sum(a == b for a, b in some) >= NEARLY_ALL * len(some)


def _is_certain(cell: CellReading) -> bool:
    return cell.reading.state in (State.READ, State.BLANK)
