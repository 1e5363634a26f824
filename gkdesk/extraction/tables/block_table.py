"""Reading a table of several blocks (表二): each row is found by its own name, each block has columns of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from gkdesk.extraction.cells_over_rows import in_own_rows
from gkdesk.extraction.figures import Figure, Strip, Unit, is_figure
from gkdesk.extraction.labels import coverage, is_cut_off, is_misread, is_same, key
from gkdesk.extraction.result import CellReading, TableReading, cell_reading, doubtful_run, without_blanks
from gkdesk.extraction.tables.columns.headed_columns import are_headed
from gkdesk.extraction.tables.grids.repeated_heads import joined_heads, with_repeats_joined
from gkdesk.extraction.tables.header import wordings
from gkdesk.extraction.tables.merged_pieces import (
    HEADER_LINES,
    below_spread,
    is_repeated_alike,
    spread_heads,
    trimmed_slots,
    without_repeats,
)
from gkdesk.extraction.tables.page_edges import goes_on, join
from gkdesk.extraction.tables.printed_rows import row_label
from gkdesk.extraction.tables.torn_labels import with_name_mended
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.place import SheetPlace
from gkdesk.model.reading import UNREAD
from gkdesk.model.spec import BlockSpec, ColumnSpec, RowSpec, TableSpec

_HAN = re.compile("[\u3400-\u9fff]")
LABEL_LINES = 3
"""Lines above and below its figures over which the name of a row may be broken."""

MONEY_UNITS = ("元", "千元", "百万元", "千万元", "亿元")


@dataclass(frozen=True, slots=True)
class _FoundRow:
    """A row found in the source: its figures in the order of the block's columns, or None if that is not known."""

    figures: tuple[Figure, ...]
    cells: tuple[Figure | None, ...] | None
    columns_proven: bool


def read_from_grids(table: TableSpec, grids: Sequence[Grid]) -> TableReading | None:
    """The table as read from the grids with sure columns, or None if they do not hold it."""
    found: dict[str, _FoundRow] = {}
    again: dict[str, _FoundRow] = {}
    misread: dict[str, list[_FoundRow]] = {}
    for grid in _joined(table, grids):
        for block, row, grid_row in _rows_in_grid(table, grid):
            (again if row.id in found else found).setdefault(row.id, _row_of_grid(block, grid, grid_row))
        for block, row, grid_row in _rows_in_grid(table, grid, is_misread):
            misread.setdefault(row.id, []).append(_doubted(_row_of_grid(block, grid, grid_row)))
    found |= {row: rows[0] for row, rows in misread.items() if row not in found and len(rows) == 1}
    return _reading(table, found, again)


def read_from_strips(table: TableSpec, lines: Sequence[Strip]) -> TableReading | None:
    """The table as read from lines of text, or None if they do not hold it."""
    found: dict[str, _FoundRow] = {}
    again: dict[str, _FoundRow] = {}
    taken: set[int] = set()
    for index in range(len(lines)):
        for block, row in _rows(table):
            if not _stands_here(row, lines, index):
                continue
            figures = _figures_from(lines, index)
            if figures is not None and _has_block_nearby(block, lines, index):
                here = _row_of_strips(block, lines, index, figures)
                first = lines.index(figures[0], index)
                above = _begins_on(row, lines, index) - 1
                bare = _stands_bare(lines, above) and above not in taken
                if first > index and (bare or _is_below_another(table, lines, index)):
                    here = _doubted(here)
                else:
                    taken.update(range(first, first + len(figures)))
                    if len(here.figures) < len(block.columns) and (bare or _stands_bare(lines, first + len(figures))):
                        here = replace(here, cells=None)
                (again if row.id in found else found).setdefault(row.id, here)
            break
    return _reading(table, found, again)


def _reading(table: TableSpec, found: dict[str, _FoundRow], again: dict[str, _FoundRow]) -> TableReading | None:
    rows = list(_rows(table))
    if 2 * len(found) < len(rows):
        return None
    another = 2 * len(again) >= len(rows) and any(_texts(again[row]) != _texts(found[row]) for row in again)
    cells: list[CellReading] = []
    for block, row in rows:
        if row.id in found:
            cells.extend(_cells(table, block, row, found[row.id], another))
    proven = all(row.columns_proven for row in found.values())
    return TableReading(table.id, tuple(cells), len(rows), len(found), proven)


def _texts(row: _FoundRow) -> list[str]:
    return [figure.text.strip() for figure in row.figures]


def _cells(table: TableSpec, block: BlockSpec, row: RowSpec, found: _FoundRow, another: bool) -> Iterator[CellReading]:
    refs = [CellRef(table.id, row.id, column.id) for column in block.columns]
    if found.cells is None:
        yield from doubtful_run(refs, found.figures, " ".join(figure.text for figure in found.figures))
        return
    doubts = [] if found.columns_proven else ["column-unproven"]
    if another:
        doubts.append("second-table")
    cells = [
        cell_reading(ref, figure, column.kind, doubts)
        for ref, column, figure in zip(refs, block.columns, found.cells, strict=True)
    ]
    # Where a column has no name, an empty place is no blank: the edge of the page may have cut the column off.
    yield from without_blanks(cells) if found.figures and not found.columns_proven else cells


def _rows(table: TableSpec) -> Iterator[tuple[BlockSpec, RowSpec]]:
    for block in table.blocks:
        for row in block.rows:
            yield block, row


# ------------------------------------------------------------------------------------------------ grids


def _joined(table: TableSpec, grids: Sequence[Grid]) -> list[Grid]:
    """The grids with those torn by page breaks in one piece again: a row's header may stand on the page before."""

    def is_name(text: str) -> bool:
        return any(is_same(row_label(row).wordings, key(text)) for _, row in _rows(table))

    whole: list[Grid] = []
    for grid in grids:
        if whole and goes_on(whole[-1], grid):
            whole[-1] = join(*with_name_mended(whole[-1], grid, is_name))
        else:
            whole.append(grid)
    return whole


def _rows_in_grid(
    table: TableSpec, grid: Grid, is_it: Callable[[tuple[str, ...], str], bool] = is_same
) -> Iterator[tuple[BlockSpec, RowSpec, list[GridCell]]]:
    """The rows whose name is one of the form; ``is_it`` compares the wordings of that with the one in the grid."""
    for cells in grid.rows():
        words = _names(cells)
        if not words or len(words) == len(cells):
            continue
        for name in words:
            for block, row in _rows(table):
                if is_it(row_label(row).wordings, key(name.text)) and _block_above(block, grid, name.row):
                    yield block, row, [cell for cell in cells if cell.column > name.column]
                    break
            else:
                continue
            break


def _names(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a row that may be its name, nearest to its figures first.

    A mark somebody made beside a figure is no name, nor is what could not be read, but that may be one.
    """
    words = [cell for cell in cells if _HAN.search(cell.text) and not is_figure(cell.text)][::-1]
    sure = next((index for index, cell in enumerate(words) if not cell.doubt), len(words))
    return words[: sure + 1]


def _block_above(block: BlockSpec, grid: Grid, row: int) -> bool:
    """A row of the form stands under a header of its block or the block's own name, not just anywhere."""
    names = [key(text) for text in block.label] + [name for column in block.columns for name in wordings(column)]
    above = (key(cell.text) for cell in grid.cells if cell.row < row)
    return row == 0 or any(coverage(name, text) >= 0.9 for text in above if text for name in names)


def _row_of_grid(block: BlockSpec, grid: Grid, behind: list[GridCell]) -> _FoundRow:
    behind = with_repeats_joined(
        in_own_rows(grid, behind), [head for head, _ in _header_cells(block, grid, behind[0].row)] if behind else []
    )
    figures = tuple(Figure(cell.text, cell.place, cell.doubt) for cell in behind)
    order = _header_order(block, grid, behind[0].row if behind else 0)
    width = len(block.columns)
    filled = tuple(figure for figure in figures if figure.text.strip())
    if order is None:
        proven, order = False, list(range(width))
    else:
        proven = True
    under = _under_heads(block, grid, behind) if proven and len(figures) > width else None
    if under is not None:
        return _FoundRow(filled, under, not (grid.page is not None and _has_figures_beside(filled, under)))
    if len(figures) == width:
        cells: tuple[Figure | None, ...] = tuple(figures[position] for position in order)
        return _FoundRow(filled, cells, proven)
    if len(filled) == width:
        return _FoundRow(filled, tuple(filled[position] for position in order), proven)
    if not filled:
        return _FoundRow((), tuple(None for _ in block.columns), proven)
    by_slot = _by_header_slots(block, grid, behind)
    return _FoundRow(filled, by_slot, proven and not _ends_early(block, grid, behind))


def _ends_early(block: BlockSpec, grid: Grid, behind: list[GridCell]) -> bool:
    """True for a row of a flowing document with fewer cells than its header: it is not known which one is left out."""
    if grid.page is not None or any(isinstance(cell.place, SheetPlace) for cell in behind):
        return False
    row = behind[0].row
    last = max((head.column + head.column_span for head, _ in _header_cells(block, grid, row)), default=0)
    here = (cell for cell in grid.cells if cell.row <= row < cell.row + cell.row_span)
    return max(cell.column + cell.column_span for cell in here) < last


def _header_cells(block: BlockSpec, grid: Grid, row: int) -> list[tuple[GridCell, int]]:
    """The nearest header row above ``row``: its cells that name columns of the block, with the column's number."""
    for above in range(row - 1, -1, -1):
        named: list[tuple[GridCell, int]] = []
        for cell in sorted((c for c in grid.cells if c.row == above), key=lambda c: c.column):
            for number, column in enumerate(block.columns):
                if is_same(wordings(column), key(cell.text)):
                    named.append((cell, number))
                    break
        if named:
            return joined_heads(named)
    return []


def _header_order(block: BlockSpec, grid: Grid, row: int) -> list[int] | None:
    """For each column of the form, its position among the header cells; None unless every column is named once."""
    numbers = [number for _, number in _header_cells(block, grid, row)]
    if sorted(numbers) != list(range(len(block.columns))):
        return None
    return [numbers.index(number) for number in range(len(block.columns))]


def _under_heads(block: BlockSpec, grid: Grid, behind: list[GridCell]) -> tuple[Figure | None, ...] | None:
    """The cells that stand exactly under the header cell of each column, whatever other columns there are."""
    cells: dict[int, Figure] = {}
    for head, number in _header_cells(block, grid, behind[0].row):
        for cell in behind:
            if (cell.column, cell.column_span) == (head.column, head.column_span):
                cells[number] = Figure(cell.text, cell.place, cell.doubt)
    return tuple(cells[n] for n in range(len(block.columns))) if len(cells) == len(block.columns) > 1 else None


def _has_figures_beside(filled: Sequence[Figure], cells: Sequence[Figure | None]) -> bool:
    """True if nothing stands under a header while other figures stand under none: columns may lie otherwise here."""
    places = {cell.place for cell in cells if cell is not None and cell.text.strip()}
    return len(places) < len(cells) and any(figure.place not in places for figure in filled)


def _by_header_slots(block: BlockSpec, grid: Grid, behind: list[GridCell]) -> tuple[Figure | None, ...] | None:
    """Ragged rows: each figure under the header cell that covers its slot; None if one is under none or two share."""
    named = _header_cells(block, grid, behind[0].row)
    cells: list[Figure | None] = [None] * len(block.columns)
    for cell in behind:
        if not cell.text.strip():
            continue
        # Below several heads stand figures of several columns in one cell, or one figure for all: neither says which.
        last = cell.column + cell.column_span
        under = [n for head, n in named if head.column < last and cell.column < head.column + head.column_span]
        if len(under) != 1 or cells[under[0]] is not None:
            return None
        cells[under[0]] = Figure(cell.text, cell.place, cell.doubt)
    return tuple(cells)


# ------------------------------------------------------------------------------------------------ text


def _stands_here(row: RowSpec, lines: Sequence[Strip], index: int) -> bool:
    """True if the words of this line, or of it and the line before, are the name of the row and nothing else.

    Beside its figures a name may also be cut off, or go on below.
    """
    here = key(lines[index].words)
    if not here:
        return False
    wording = row_label(row).wordings
    if is_same(wording, here):
        return True
    if _ends_here(wording, lines, index):
        return True
    if not lines[index].figures:
        return False
    return _is_cut_off_here(wording, lines, index) or _stands_around(wording, lines, index)


def _is_cut_off_here(wording: tuple[str, ...], lines: Sequence[Strip], index: int) -> bool:
    """True if a name is cut off beside its figures, and the line below does not go on with it."""
    here = key(lines[index].words)
    below = key(lines[index + 1].words) if index + 1 < len(lines) else ""
    return is_cut_off(wording, here) and not any(below and name.startswith(here + below[0]) for name in wording)


def _ends_here(wording: tuple[str, ...], lines: Sequence[Strip], index: int) -> bool:
    """True if this line ends a name that a narrow column broke over it and the lines right above it."""
    joined = key(lines[index].words)
    for line in lines[max(0, index - LABEL_LINES) : index][::-1]:
        if line.figures or not (words := key(line.words)):
            return False
        joined = words + joined
        # Phrases that converters write otherwise are known whole only: 规范性 and 档案.
        if is_same(wording, key(joined)):
            return True
    return False


def _begins_on(row: RowSpec, lines: Sequence[Strip], index: int) -> int:
    """The line on which the name of a row begins that ends on this one."""
    joined = ""
    for number in range(index, max(-1, index - LABEL_LINES - 1), -1):
        joined = key(lines[number].words) + joined
        if is_same(row_label(row).wordings, joined):
            return number
    return index


def _stands_around(wording: tuple[str, ...], lines: Sequence[Strip], index: int) -> bool:
    """True if a name broken in its column is whole with the lines above and below that hold nothing else."""
    here = key(lines[index].words)
    above, below = [""], [""]
    for number in range(index - 1, max(-1, index - LABEL_LINES - 1), -1):
        if lines[number].figures or not (words := key(lines[number].words)):
            break
        above.append(words + above[-1])
    for line in lines[index + 1 : index + LABEL_LINES + 1]:
        if line.figures or not (words := key(line.words)):
            break
        below.append(below[-1] + words)
    return any(key(first + here + rest) in wording for first in above for rest in below)


def _figures_from(lines: Sequence[Strip], index: int) -> tuple[Strip, ...] | None:
    """The line with the row's figures: this one, or the next lines as long as they hold nothing but figures."""
    if lines[index].figures or lines[index].slots is not None:
        return (lines[index],)
    taken: list[Strip] = []
    for line in lines[index + 1 :]:
        if line.words or not line.figures:
            break
        taken.append(line)
    return tuple(taken) or None


def _stands_bare(lines: Sequence[Strip], index: int) -> bool:
    """True if a line holds nothing but figures."""
    return index >= 0 and bool(lines[index].figures) and not lines[index].words


def _is_below_another(table: TableSpec, lines: Sequence[Strip], index: int) -> bool:
    """True if the name of another row stands above this one without figures: those below may be its own."""
    for line in lines[max(0, index - HEADER_LINES) : index][::-1]:
        if line.figures:
            return False
        if any(is_same(row_label(row).wordings, key(line.words)) for _, row in _rows(table)):
            return True
    return False


def _doubted(row: _FoundRow) -> _FoundRow:
    """A row between figures that belong to none and those behind it: either may be its own."""
    cells = row.cells and tuple(cell and replace(cell, doubt=cell.doubt or "position") for cell in row.cells)
    return replace(row, cells=cells)


def _row_of_strips(block: BlockSpec, lines: Sequence[Strip], index: int, taken: tuple[Strip, ...]) -> _FoundRow:
    width = len(block.columns)
    figures = tuple(figure for strip in taken for figure in strip.figures)
    proven = _columns_named(block, lines, index) or _columns_headed(block, lines, index)
    if len(figures) == width and not any(figure.text == UNREAD for figure in figures):
        return _FoundRow(figures, figures, proven)
    once = without_repeats(figures, width)
    if once is not None:
        return _FoundRow(figures, once, is_repeated_alike(block, lines, index, len(figures)))
    slots = taken[0].slots
    if slots is not None and len(taken) == 1:
        spread = spread_heads(block, lines, index)
        if spread is not None:
            return _FoundRow(figures, below_spread(taken[0], spread), proven)
        trimmed = trimmed_slots(slots, width)
        if trimmed is not None:
            return _FoundRow(figures, trimmed, proven)
    return _FoundRow(figures, None, proven)


def _block_words(block: BlockSpec) -> list[str]:
    return [key(block.label[-1])] if block.label else []


def _has_block_nearby(block: BlockSpec, lines: Sequence[Strip], index: int) -> bool:
    """A row of the form stands below its block's name or header, not just anywhere in the prose."""
    near = "".join(key(line.words) for line in lines[max(0, index - HEADER_LINES) : index])
    names = _block_words(block) + [name for column in block.columns for name in wordings(column)]
    return any(coverage(name, near) >= 0.9 for name in names)


def _columns_named(block: BlockSpec, lines: Sequence[Strip], index: int) -> bool:
    """True if the nearest header above names the block's columns in the order of the form."""
    near = "".join(key(line.words) for line in lines[max(0, index - HEADER_LINES) : index])
    positions = [max((near.rfind(name) for name in wordings(column)), default=-1) for column in block.columns]
    if any(_in_other_unit(column, near) for column in block.columns):
        return False
    return min(positions) >= 0 and positions == sorted(positions)


def _columns_headed(block: BlockSpec, lines: Sequence[Strip], index: int) -> bool:
    """True if in a text that keeps its columns torn names of the block stand above its first row in their order."""
    names = _block_words(block)
    heads = [n for n in range(max(0, index - HEADER_LINES), index) if key(lines[n].words) in names]
    first = next((n for n in range(heads[-1], index + 1) if lines[n].figures), None) if heads else None
    if first is None or len(lines[first].figures) != len(block.columns) or len(block.columns) == 1:
        return False
    near = "".join(key(line.words) for line in lines[heads[-1] : first])
    if any(_in_other_unit(column, near) for column in block.columns):
        return False
    figures = lines[first].figures
    return are_headed(block.columns, lines, [Unit("", "", figures, figures, True, line=first)])


def _in_other_unit(column: ColumnSpec, near: str) -> bool:
    """True if the header names another unit than the form does: 元 instead of 万元."""
    name = min(wordings(column), key=len)
    _, found, behind = near.rpartition(name)
    behind = behind.removeprefix("单位")
    return bool(found) and any(behind.startswith(unit) and unit != column.unit for unit in MONEY_UNITS)
