"""A table of blocks side by side with one heading misprinted: what the other headings prove stays certain.

Somebody types 其他结果 twice where the second should be 尚未审结. Every other figure still stands below its own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gkdesk.extraction.figures import Figure
from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.result import TableReading, cell_reading, without_blanks
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.spec import BlockSpec, ColumnSpec, TableSpec

_MOST = 1
"""Misprinted headings of a table up to which the others prove their columns: more of them may be another order."""


def read_despite_misprint(table: TableSpec, grid: Grid, row: Sequence[GridCell]) -> TableReading | None:
    """The row of figures below the headings of the grid, in doubt where one is misprinted; None if they prove nothing.

    Each block has to be named once, over as many headings as it has columns, each one slot wide and all but one in the
    table in the order of the form, and each with one cell of the row below it. In doubt are the column of the
    misprint and the one whose name stands there instead.
    """
    heads: list[GridCell] = []
    doubted: list[bool] = []
    for block in table.blocks:
        found = _headings(block, grid)
        if found is None:
            return None
        heads += found
        doubted += _doubted(block, found)
    misprints = sum(
        not is_same(wordings(column), key(head.text)) for column, head in zip(_columns(table), heads, strict=True)
    )
    below = {cell.column: cell for cell in row if cell.column_span == 1}
    level = len({head.row + head.row_span for head in heads}) == 1
    in_turn = all(one.column + 1 == other.column for one, other in pairwise(heads))
    each_below = len(row) == len(heads) and all(head.column in below for head in heads)
    if misprints > _MOST or not (level and in_turn and each_below):
        return None
    cells = []
    for ref, column, head, doubt in zip(table.refs(), _columns(table), heads, doubted, strict=True):
        cell = below[head.column]
        figure = Figure(cell.text, cell.place, cell.doubt)
        found_there = cell_reading(ref, figure, column.kind, ("column-unproven",) if doubt else ())
        cells += without_blanks([found_there]) if doubt else [found_there]
    return TableReading(table.id, tuple(cells), 1, 1, True)


def _columns(table: TableSpec) -> Iterator[ColumnSpec]:
    return (column for block in table.blocks for column in block.columns)


def _headings(block: BlockSpec, grid: Grid) -> list[GridCell] | None:
    """The lowest headings below the one that names the block, left to right."""
    if not block.label:
        return None
    over = [cell for cell in grid.cells if is_same((key(block.label[-1]),), key(cell.text))]
    if len(over) != 1 or over[0].column_span != len(block.columns):
        return None
    left, top = over[0].column, over[0].row + over[0].row_span
    slots = range(left, left + len(block.columns))
    below = [cell for cell in grid.cells if cell.row >= top and cell.column in slots]
    named = [cell.row for cell in below if any(is_same(wordings(column), key(cell.text)) for column in block.columns)]
    if not named:
        return None
    found = sorted((cell for cell in below if cell.row == max(named)), key=lambda cell: cell.column)
    whole = [cell.column for cell in found] == list(slots) and all(cell.column_span == 1 for cell in found)
    return found if whole else None


def _doubted(block: BlockSpec, heads: Sequence[GridCell]) -> list[bool]:
    """By column whether it is the one of a misprint, or named twice by it."""
    texts = [key(head.text) for head in heads]
    names = [wordings(column) for column in block.columns]
    odd = {number for number, (own, text) in enumerate(zip(names, texts, strict=True)) if not is_same(own, text)}
    return [number in odd or any(is_same(own, texts[other]) for other in odd) for number, own in enumerate(names)]
