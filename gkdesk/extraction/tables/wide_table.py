"""Reading a table whose blocks stand side by side over one line of figures (表四)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from gkdesk.extraction.figures import Figure, Piece, Strip, Unit, is_figure, units
from gkdesk.extraction.labels import coverage, is_same, key
from gkdesk.extraction.result import CellReading, TableReading, cell_reading, doubtful_run, without_blanks
from gkdesk.extraction.sums import closes
from gkdesk.extraction.tables.apart.apart_row import names_otherwise
from gkdesk.extraction.tables.broken_figures import goes_on_in_next_line
from gkdesk.extraction.tables.columns.below_header import are_closed, fill_whole_blocks, place_below_header
from gkdesk.extraction.tables.columns.headed_columns import (
    are_blocks_headed,
    are_blocks_in_order,
    are_headed,
    order_above,
)
from gkdesk.extraction.tables.columns.text_header import HEADER_LINES
from gkdesk.extraction.tables.grids.header_over_page import one_by_one, over_page
from gkdesk.extraction.tables.grids.misprinted_heading import read_despite_misprint
from gkdesk.extraction.tables.grids.named_blocks import columns_by_words
from gkdesk.extraction.tables.header import wordings
from gkdesk.extraction.tables.page_edges import goes_on
from gkdesk.extraction.tables.printed_outcomes import blocks_stand_otherwise, names_follow_columns, printed_order
from gkdesk.extraction.tables.row_again import texts_of_row
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.reading import parse_reading
from gkdesk.model.spec import BlockSpec, ColumnSpec, TableSpec

FEWEST_NUMBERED = 6
"""Figures 1, 2, 3 … in a row, from which on they are numbers of columns."""

FEWEST_BELOW = 3
"""Figures right below the names of all columns that are a row of the table, in whatever columns they stand."""

HEADER_SURE = 0.6
"""Share of the header's words that must stand before the figures of a text."""


def read_from_grids(table: TableSpec, grids: Sequence[Grid]) -> TableReading | None:
    """The table as read from the grids with sure columns, or None if they do not hold it."""
    readings: list[TableReading] = []
    texts: set[tuple[str, ...]] = set()
    grids = list(one_by_one(table, grids))
    for number, part in enumerate(grids):
        grid = _with_rest_of_header(table, part, grids[number + 1 : number + 2])
        heads = _leaf_headers(table, grid)
        if len(heads) < len(_columns(table)) // 2:
            texts.update(_rows_of_torn(table, grid))
            continue
        rows = _value_rows(grid, heads)
        if not rows and number + 1 < len(grids):
            over = _value_row_over_page(grid, grids[number + 1], heads)
            rows = [over] if over is not None else []
        if rows:
            readings.append(_reading_below(table, grid, heads, rows[0]))
            # Those above the header too: it may be the second of two in one grid.
            every = [*rows, *(row for row in grid.rows() if not _is_numbering([cell.text for cell in row]))]
            full = [row for row in every if _is_full(row, len(heads))]
            texts.update(tuple(cell.text.strip() for cell in row) for row in full or rows[:1])
    if not readings:
        return _below_outcomes_alone(table, grids)
    return readings[0].doubted("second-table") if len(texts) > 1 else readings[0]


def _below_outcomes_alone(table: TableSpec, grids: Sequence[Grid]) -> TableReading | None:
    """The only grid that names all columns in the order of the form, in doubt: nothing in it names the blocks.

    A column put in or out of a sheet may leave the names of the blocks under merged cells.
    """
    found: list[TableReading] = []
    for grid in grids:
        by_slot = _slots_by_name(table, grid)
        heads = [by_slot[slot] for slot in sorted(by_slot)]
        rows = _value_rows(grid, heads) if _names_columns(table, heads) else []
        found += [_reading_of_row(table, heads, row).doubted("column-unproven") for row in rows[:1]]
    return found[0] if len(found) == 1 else None


def _reading_below(table: TableSpec, grid: Grid, heads: list[GridCell], row: list[GridCell]) -> TableReading:
    by_words = columns_by_words(table, grid)
    reading = _reading_of_row(table, by_words or heads, row)
    if reading.columns_proven:
        return reading
    return read_despite_misprint(table, grid, row) or reading


def _is_full(row: Sequence[GridCell], width: int) -> bool:
    """True for a row of figures: in nearly all its cells, or in those of a block and no words in the others."""
    filled = [cell for cell in row if cell.text.strip()]
    figures = sum(is_figure(cell.text) for cell in filled)
    return figures * 5 >= width * 4 or (figures * 3 >= width and figures == len(filled))


def _rows_of_torn(table: TableSpec, grid: Grid) -> Iterator[tuple[str, ...]]:
    """The full rows of what may be the table again, whose upper header stayed on the page before."""
    width = len(_columns(table))
    if grid.column_count != width or 2 * len(_slots_by_name(table, grid)) < width:
        return
    for row in grid.rows():
        texts = [cell.text.strip() for cell in row]
        if _is_full(row, width) and not _is_numbering(texts):
            yield tuple(texts)


def _with_rest_of_header(table: TableSpec, grid: Grid, following: Sequence[Grid]) -> Grid:
    """The grid and what follows it on the next page as one, if only both together name all columns in order."""
    if _names_columns(table, _leaf_headers(table, grid)):
        return grid
    for rest in following:
        whole = over_page(table, grid, rest)
        if whole is not None and (
            _names_columns(table, _leaf_headers(table, whole)) or columns_by_words(table, whole) is not None
        ):
            return whole
    return grid


def read_from_strips(table: TableSpec, lines: Sequence[Strip]) -> TableReading | None:
    """The table as read from lines of text, or None if they do not hold it."""
    width = len(_columns(table))
    expected = _header_words(table)
    best: tuple[float, Unit] | None = None
    header = ""
    whole: set[tuple[str, ...]] = set()
    for number, unit in enumerate(runs := units(lines, width)):
        if _is_numbering([figure.text for figure in unit.figures]):
            header = unit.before
            continue
        if header:
            unit, header = replace(unit, before=header + unit.before), ""
        if not _names_the_table(table, unit.before):
            continue
        if unit.whole or 2 * len(unit.figures) >= width:
            whole |= texts_of_row(unit, runs[number + 1 : number + 2])
        likeness = coverage(expected, unit.before) if not unit.blank else 0.0
        if len(unit.figures) < width // 2 and not unit.whole and not _stands_below_header(table, lines, unit):
            if len(unit.figures) < FEWEST_BELOW or not are_blocks_headed(table.blocks, lines, unit):
                continue
            likeness = 0.0
        if best is None or (likeness + unit.whole) > best[0]:
            best = (likeness + unit.whole, unit)
    if best is None or (best[1].blank and _has_figures_below(table, lines, best[1].line)):
        return None
    unit = place_below_header(table.blocks, lines, _doubt_broken(best[1], lines))
    proven = coverage(expected, unit.before) >= HEADER_SURE or are_headed(_columns(table), lines, [unit])
    proven = proven and not _names_another_order(table, unit.before) and not _stand_otherwise(table, lines, unit)
    proven = proven and not names_otherwise(table, unit.before)
    proven = proven or are_blocks_headed(table.blocks, lines, unit)
    above = order_above(table.blocks, lines, unit) if not proven else None
    order = printed_order(table, unit.before)
    if above is not None and unit.cells is not None:
        unit, proven = replace(unit, cells=tuple(unit.cells[place] for place in above)), True
    elif order is not None and unit.cells is not None:
        unit, proven = _in_order(table.blocks, unit, unit.cells, order)
        proven = proven and (list(order) == sorted(order) or names_follow_columns(table, _header(lines, unit)))
    proven = proven and not _may_stand_in_blocks(table, unit)
    in_order = are_blocks_in_order(table.blocks, lines, unit)
    otherwise = blocks_stand_otherwise(table, unit.before) if in_order is None else not in_order
    proven = proven and not otherwise
    reading = _reading_of_unit(table, unit, proven)
    return reading.doubted("second-table") if len(whole) > 1 else reading


def _has_figures_below(table: TableSpec, lines: Sequence[Strip], number: int) -> bool:
    """True if bare figures stand below an empty row of a loose table, before it ends: then that is not the table's row.

    Programs that guess at the rows of a page leave empty ones between the lines of a header.
    """
    below = takewhile(lambda line: line.slots is not None, lines[number + 1 : number + 1 + HEADER_LINES])
    return any(not line.words and 2 * len(line.figures) >= len(_columns(table)) for line in below)


def _in_order(
    blocks: Sequence[BlockSpec], unit: Unit, cells: Sequence[Figure | None], order: Sequence[int]
) -> tuple[Unit, bool]:
    """The row with the cells put in the order of the form, and whether that is proven.

    Names of one header may stand on several lines, where the order of words is not that of the columns: another order
    than that of the form is proven if each total comes out in it, but for one misprint.
    """
    moved = tuple(cells[place] for place in order)
    as_they_stand, in_order = (
        closes([cell.text if cell else "" for cell in row]) or are_closed(blocks, row) for row in (tuple(cells), moved)
    )
    proven = list(order) == sorted(order) or in_order
    return (unit if as_they_stand and not proven else replace(unit, cells=moved)), proven


def _doubt_broken(unit: Unit, lines: Sequence[Strip]) -> Unit:
    """The row, doubtful if the next line of the text holds nothing but figures below its own: they may be broken."""
    behind = lines[unit.line + 1] if unit.line + 1 < len(lines) else None
    if behind is None or behind.words or unit.slots is not None:
        return unit
    if not goes_on_in_next_line(unit.figures, behind.figures):
        return unit
    cells = unit.cells and tuple(cell and replace(cell, doubt=cell.doubt or "position") for cell in unit.cells)
    figures = tuple(replace(figure, doubt=figure.doubt or "position") for figure in unit.figures)
    return replace(unit, figures=figures, cells=cells)


def _stands_below_header(table: TableSpec, lines: Sequence[Strip], unit: Unit) -> bool:
    """True if the few figures of a row of blanks stand below the names of their columns: it is the table's row.

    Where it is not sure below which, at least its totals come out, or each block is filled or blank as a whole.
    """
    if not unit.figures or not _names_the_table(table, unit.before):
        return False
    cells = place_below_header(table.blocks, lines, unit).cells
    if cells is None:
        return False
    if are_closed(table.blocks, cells) or fill_whole_blocks(table.blocks, cells):
        return True
    return not any(figure is not None and figure.doubt for figure in cells)


def _columns(table: TableSpec) -> list[ColumnSpec]:
    return [column for block in table.blocks for column in block.columns]


def _refs(table: TableSpec) -> list[CellRef]:
    return list(table.refs())


def _header(lines: Sequence[Strip], unit: Unit) -> list[str]:
    return [key(line.words) for line in lines[max(0, unit.line - HEADER_LINES) : unit.line + 1]]


def _header_words(table: TableSpec) -> str:
    """The words of the last block's header one after the other, as a text has them just before the figures."""
    return "".join(key(column.label[-1]) for column in table.blocks[-1].columns)


def _names_the_table(table: TableSpec, before: str) -> bool:
    names = {key(block.label[-1]) for block in table.blocks if block.label}
    return sum(1 for name in names if coverage(name, before) >= 0.75) * 2 > len(names)


def _names_another_order(table: TableSpec, before: str) -> bool:
    """True if the words before the figures name the columns of the blocks whole, but not in the order of the form."""
    names = [wordings(column) for column in table.blocks[-1].columns]
    pattern = "|".join(sorted((name for column in names for name in column), key=len, reverse=True))
    met = [next(i for i, own in enumerate(names) if name in own) for name in re.findall(pattern, before)]
    # A name that is nowhere met is misprinted; the others still have their order.
    known = sorted(set(met))
    steps = {(known.index(following) - known.index(number)) % len(known) for number, following in pairwise(met)}
    return len(met) >= 2 * len(names) and steps != {1}


def _stand_otherwise(table: TableSpec, lines: Sequence[Strip], unit: Unit) -> bool:
    """True if a line of the header begins with words for the columns of whole blocks, one of which is another column's.

    With more words or less, one may be missing: the rest of a name broken over two lines, where another is not.
    """
    names = [wordings(column) for column in _columns(table)]
    parts = [name for own in names for name in own]
    for line in lines[max(0, unit.line - HEADER_LINES) : unit.line]:
        words = [key(piece.text) for piece in line.pieces]
        words = list(takewhile(lambda word: any(word in name for name in parts), words))
        own = [any(word in name for name in column) for word, column in zip(words, names, strict=False)]
        if words and len(words) % len(table.blocks[0].columns) == 0 and not all(own):
            return True
    return _ends_otherwise(names, lines[max(0, unit.line - HEADER_LINES) : unit.line])


def _ends_otherwise(names: Sequence[Sequence[str]], header: Sequence[Strip]) -> bool:
    """True if below a line with the beginnings of all names one stands with the end of another than that above it."""
    parts = [name for own in names for name in own]
    heads: Sequence[Piece] = ()
    for line in header:
        pieces = [piece for piece in line.pieces if piece.spans and any(key(piece.text) in name for name in parts)]
        if len(pieces) == len(line.pieces) == len(names):
            heads = pieces
        elif heads and len(pieces) == len(line.pieces):
            for piece in pieces:
                column = min(range(len(heads)), key=lambda number: abs(_middle(heads[number]) - _middle(piece)))
                whole = key(heads[column].text) + key(piece.text)
                if not any(whole in name for name in names[column]) and any(whole in name for name in parts):
                    return True
    return False


def _middle(piece: Piece) -> float:
    return (piece.spans[0][0] + piece.spans[0][1]) / 2


def _may_stand_in_blocks(table: TableSpec, unit: Unit) -> bool:
    """True if the figures stand on several lines and most blocks do not come out: they may be torn from each other."""
    if unit.cells is None or unit.slots is not None:
        return False
    if all(a.spans and b.spans and a.spans[0] < b.spans[0] for a, b in pairwise(unit.figures)):
        return False
    start, broken = 0, 0
    for block in table.blocks:
        cells = unit.cells[start : start + len(block.columns)]
        values = [parse_reading(cell.text if cell else "").value or 0 for cell in cells]
        broken += sum(values[:-1]) != values[-1]
        start += len(block.columns)
    return broken > 1


def _reading_of_unit(table: TableSpec, unit: Unit, proven: bool) -> TableReading:
    refs, columns = _refs(table), _columns(table)
    if unit.cells is None:
        return TableReading(table.id, tuple(doubtful_run(refs, unit.figures, unit.raw)), 1, 1, proven)
    doubts = () if proven else ("column-unproven",)
    cells = [
        cell_reading(ref, figure, column.kind, doubts)
        for ref, column, figure in zip(refs, columns, unit.cells, strict=True)
    ]
    if any(figure is not None and figure.doubt == "position" for figure in unit.figures):
        # Where one figure of the row may belong elsewhere, those beside it may have come in its place.
        cells = without_blanks(cell.doubted("position") for cell in cells)
    return TableReading(table.id, tuple(cells if proven else without_blanks(cells)), 1, 1, proven)


# ------------------------------------------------------------------------------------------------ grids


def _leaf_headers(table: TableSpec, grid: Grid) -> list[GridCell]:
    """The header cells that name columns, left to right; one per slot, the lowest where two stand above each other."""
    by_slot = _slots_by_name(table, grid)
    heads = [by_slot[slot] for slot in sorted(by_slot)]
    blocks = {key(block.label[-1]) for block in table.blocks if block.label}
    texts = {key(cell.text) for cell in grid.cells}
    return heads if blocks & texts else []


def _slots_by_name(table: TableSpec, grid: Grid) -> dict[int, GridCell]:
    """The cells with the name of a column, by slot."""
    names = {name for column in _columns(table) for name in wordings(column)}
    named = (cell for cell in sorted(grid.cells, key=lambda cell: cell.row) if is_same(tuple(names), key(cell.text)))
    return {cell.column: cell for cell in named}


def _names_columns(table: TableSpec, heads: Sequence[GridCell]) -> bool:
    columns = _columns(table)
    return len(heads) == len(columns) and all(
        is_same(wordings(column), key(head.text)) for column, head in zip(columns, heads, strict=True)
    )


def _value_rows(grid: Grid, heads: list[GridCell]) -> list[list[GridCell]]:
    """The rows below the header, filled ones first of all; one that only numbers the columns is none."""
    below = max(cell.row + cell.row_span for cell in heads)
    rows = [row for row in grid.rows()[below:] if row and not _is_numbering([cell.text for cell in row])]
    filled = [row for row in rows if any(cell.text.strip() for cell in row)]
    return filled or rows[:1]


def _is_numbering(texts: Sequence[str]) -> bool:
    """True for 1, 2, 3 … under a header, perhaps behind a word: numbers of the columns."""
    figures = [text.strip() for text in texts if is_figure(text)]
    return len(figures) >= FEWEST_NUMBERED and figures == [str(number) for number in range(1, len(figures) + 1)]


def _value_row_over_page(grid: Grid, following: Grid, heads: list[GridCell]) -> list[GridCell] | None:
    if following.column_count != grid.column_count or (grid.left_edges and not goes_on(grid, following)):
        return None
    filled = [row for row in following.rows() if any(cell.text.strip() for cell in row)]
    rows = [row for row in filled if not _is_numbering([cell.text for cell in row])]
    return rows[0] if rows and len(rows[0]) >= len(heads) // 2 else None


def _reading_of_row(table: TableSpec, heads: list[GridCell], row: list[GridCell]) -> TableReading:
    columns = _columns(table)
    # Heads found block by block are those of the columns in the order of the form, wherever they stand.
    named_in_order = _names_columns(table, heads) and not _reaches_beyond(heads, row)
    figures = tuple(Figure(cell.text, cell.place, cell.doubt) for cell in row)
    filled = tuple(figure for figure in figures if figure.text.strip())
    if named_in_order:
        by_slot = list(_under(heads, row))
        if len(by_slot) == len(columns):
            return _whole_row(table, by_slot, True)
    if len(figures) == len(columns):
        return _whole_row(table, figures, named_in_order)
    raw = " ".join(figure.text for figure in filled)
    return TableReading(table.id, tuple(doubtful_run(_refs(table), filled, raw)), 1, 1, named_in_order)


def _reaches_beyond(heads: list[GridCell], row: list[GridCell]) -> bool:
    """True if a figure stands to the right of all headings: the row may have one too many, and be shifted by it."""
    end = max(head.column for head in heads)
    return any(cell.column > end and is_figure(cell.text) and cell.text.strip() for cell in row)


def _under(heads: list[GridCell], row: list[GridCell]) -> Iterator[Figure]:
    for head in heads:
        for cell in row:
            if cell.column == head.column and cell.column_span == head.column_span:
                yield Figure(cell.text, cell.place, cell.doubt)


def _whole_row(table: TableSpec, figures: Sequence[Figure], proven: bool) -> TableReading:
    doubts = () if proven else ("column-unproven",)
    cells: list[CellReading] = [
        cell_reading(ref, figure, column.kind, doubts)
        for ref, column, figure in zip(_refs(table), _columns(table), figures, strict=True)
    ]
    return TableReading(table.id, tuple(cells if proven else without_blanks(cells)), 1, 1, proven)
