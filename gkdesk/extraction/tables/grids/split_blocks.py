"""表四 in several tables: 行政复议 in one, 行政诉讼 in another, or one table a block, each with a header of its own.

Which block a row of outcomes belongs to is told by the name of the block over its columns or, where the table holds
nothing but outcomes and figures, on a line right above it. Read only if every block of the form is found so, in
different tables, and if each has all its columns, named once each, and one row of figures. A block that is found twice
with other figures is in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gkdesk.extraction.figures import Figure, is_figure
from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.result import CellReading, TableReading, cell_reading, without_blanks
from gkdesk.extraction.tables.grids.repeated_cells import with_merged_cells
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Block, Grid, GridCell, Line
from gkdesk.model.spec import TableSpec

LINES_ABOVE = 3
"""Lines right above a table among which its name stands."""

_ENDINGS = ("情况", "数据", "统计", "情况统计")
_Row = Sequence[GridCell]


@dataclass(frozen=True, slots=True)
class _Part:
    """A block found in a table: its number, its figures in the order of the form, and whether their columns are sure.

    ``grid`` is the number of the table in the source.
    """

    block: int
    figures: tuple[Figure, ...]
    sure: bool
    grid: int

    @property
    def texts(self) -> list[str]:
        return [figure.text.strip() for figure in self.figures]


def read_split(table: TableSpec, blocks: Sequence[Block]) -> TableReading | None:
    """The table from the tables and lines of a source, if its blocks stand in several of them; else None."""
    found: dict[int, list[_Part]] = {}
    lines: list[str] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Line):
            lines = [*lines, key(block.text)][-LINES_ABOVE:]
            continue
        grid = block if block.aligned else with_merged_cells(block) or block
        heads = _heads(table, grid)
        parts = _parts_of(table, grid, number, heads, lines) if heads else []
        if heads and (not parts or len(parts) == len(table.blocks)):
            # One table with all blocks, or one that is not understood: perhaps the whole table, or another one.
            return None
        for part in parts:
            found.setdefault(part.block, []).append(part)
        lines = []
    if len(found) < len(table.blocks) or len({parts[0].grid for parts in found.values()}) < 2:
        return None
    cells = [cell for number in range(len(table.blocks)) for cell in _cells(table, found[number])]
    return TableReading(table.id, tuple(cells), 1, 1, all(parts[0].sure for parts in found.values()))


def _cells(table: TableSpec, parts: Sequence[_Part]) -> list[CellReading]:
    first, block = parts[0], table.blocks[parts[0].block]
    doubts = ["second-table"] if any(part.texts != first.texts for part in parts) else []
    doubts += [] if first.sure else ["column-unproven"]
    refs = (CellRef(table.id, row.id, column.id) for row in block.rows for column in block.columns)
    cells = [
        cell_reading(ref, figure, column.kind, doubts)
        for ref, column, figure in zip(refs, block.columns, first.figures, strict=True)
    ]
    return cells if first.sure else without_blanks(cells)


def _heads(table: TableSpec, grid: Grid) -> list[GridCell]:
    """The cells that name outcomes, from left to right, the lowest of each slot; none of tables with few of them.

    总计 alone names nothing: every table has it.
    """
    columns = table.blocks[0].columns
    names = {name for block in table.blocks for column in block.columns for name in wordings(column)}
    named = [cell for cell in sorted(grid.cells, key=lambda cell: cell.row) if is_same(tuple(names), key(cell.text))]
    kinds = {
        number for cell in named for number, column in enumerate(columns) if is_same(wordings(column), key(cell.text))
    }
    by_slot = {cell.column: cell for cell in named}
    return [by_slot[slot] for slot in sorted(by_slot)] if len(kinds) > len(columns) // 2 else []


def _parts_of(
    table: TableSpec, grid: Grid, number: int, heads: Sequence[GridCell], lines: Sequence[str]
) -> list[_Part]:
    """The blocks that a table holds; none if anything is unclear."""
    top, bottom = min(head.row for head in heads), max(head.row + head.row_span for head in heads)
    if not grid.aligned and bottom - top > 1:
        return []
    rows = grid.rows()
    below = _row_below(rows[bottom:])
    named = _blocks_over(table, grid, top, heads) or _block_on_line(table, grid, top, heads, lines)
    if below is None or len(named) != len(set(named)) or len(heads) != sum(len(table.blocks[b].columns) for b in named):
        return []
    values = _values(grid, heads, below, len(rows[top]))
    found: list[_Part] = []
    start = 0
    for block in named:
        columns = table.blocks[block].columns
        texts = [key(head.text) for head in heads[start : start + len(columns)]]
        places = [[at for at, text in enumerate(texts) if is_same(wordings(column), text)] for column in columns]
        if any(len(at) != 1 for at in places) or values is None:
            return []
        figures = tuple(values[start + at[0]] for at in places)
        found.append(_Part(block, figures, grid.aligned or all(figure.text.strip() for figure in values), number))
        start += len(columns)
    return found


def _row_below(rows: Sequence[_Row]) -> _Row | None:
    """The one row below the names that holds anything but the numbers of the columns; the empty one if none does."""
    filled = [row for row in rows if any(is_figure(cell.text) for cell in row) and not _numbers_columns(row)]
    others = [row for row in rows if any(cell.text.strip() for cell in row) and not _numbers_columns(row)]
    if len(filled) == len(others) == 1:
        return filled[0]
    return rows[0] if len(rows) == 1 and not others else None


def _numbers_columns(row: _Row) -> bool:
    figures = [cell.text.strip() for cell in row if is_figure(cell.text)]
    return len(figures) > LINES_ABOVE and figures == [str(number) for number in range(1, len(figures) + 1)]


def _values(grid: Grid, heads: Sequence[GridCell], row: _Row, width: int) -> list[Figure] | None:
    """The cells exactly below the names; where columns were lost, if the row is as long as that of the names."""
    if not grid.aligned and len(row) != width:
        return None
    found = {(cell.column, cell.column_span): cell for cell in row}
    cells = [found.get((head.column, head.column_span)) for head in heads]
    known = [cell for cell in cells if cell is not None]
    right = heads[-1].column + heads[-1].column_span
    more = any(cell.column >= right and cell.text.strip() for cell in row)
    if len(known) != len(heads) or more:
        return None
    return [Figure(cell.text, cell.place, cell.doubt) for cell in known]


def _blocks_over(table: TableSpec, grid: Grid, row: int, heads: Sequence[GridCell]) -> list[int]:
    """The blocks named over the names of outcomes, from left to right; empty if not every one has its own."""
    over = [(cell, block) for cell in grid.cells for block in _blocks_named(table, key(cell.text))]
    if not grid.aligned:
        return [block for cell, block in over if cell.row < row]
    found: list[int] = []
    width = len(table.blocks[0].columns)
    for start in range(0, len(heads), width):
        named = {
            frozenset(block for cell, block in over if cell.row < head.row and _covers(cell, head))
            for head in heads[start : start + width]
        }
        alone = named.pop() if len(named) == 1 else frozenset()
        if len(alone) != 1:
            return []
        found.extend(alone)
    return found


def _covers(cell: GridCell, head: GridCell) -> bool:
    return cell.column <= head.column < cell.column + cell.column_span


def _block_on_line(
    table: TableSpec, grid: Grid, row: int, heads: Sequence[GridCell], lines: Sequence[str]
) -> list[int]:
    """The block named by the last line above that names one, over a table of one block that has no name itself."""
    inside = [cell for cell in grid.cells if cell.row < row and cell.text.strip()]
    if inside or len(heads) != len(table.blocks[0].columns):
        return []
    named = [blocks for line in lines if (blocks := _blocks_named(table, line))]
    return named[-1] if named else []


def _blocks_named(table: TableSpec, spoken: str) -> list[int]:
    """The block that words name, with 情况 behind it or not; none for other words."""
    for ending in ("", *_ENDINGS):
        bare = spoken.removesuffix(ending)
        found = [n for n, block in enumerate(table.blocks) if block.label and is_same((key(block.label[-1]),), bare)]
        if found:
            return found
    return []
