"""The only row of a table of blocks side by side, placed below the words of its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gkdesk.extraction.figures import Strip, Unit, fills_cell
from gkdesk.extraction.tables.columns.header_cover import Cover, cover_of_blocks
from gkdesk.extraction.tables.columns.joined_figures import may_share_columns, share_columns
from gkdesk.extraction.tables.columns.likely_row import doubted
from gkdesk.extraction.tables.columns.placed_rows import place_row
from gkdesk.extraction.tables.columns.text_columns import (
    Cells,
    is_spaced,
    middles_of_names,
    on_one_line,
    place_in,
    ruler_count,
    tracks_on_page,
)
from gkdesk.extraction.tables.columns.text_header import header_lines, header_tracks
from gkdesk.extraction.tables.columns.text_pages import Middles
from gkdesk.extraction.tables.columns.told_places import are_even, is_told
from gkdesk.model.reading import parse_reading
from gkdesk.model.spec import BlockSpec, ColumnSpec

OFFSETS = (0.0, 1.0, -1.0, 2.0, -2.0)
"""Columns of text by which the only row of a table may stand beside the names of its columns."""

STRAIGHT = 2.0
"""Columns of text by which figures right below their names may stand beside the middles of these, and differ in it."""

NARROW = 4
"""Of the way to the next name, a figure may stand so small a part beside its own where columns are narrow."""

NEARER = 0.5
"""Of the way to the name beside, a figure stands at most so far from its own to be told by its block's total."""

ANYWHERE = float("inf")

FEWEST_FLUSH = 3
"""Figures that must begin where names do, before their places are no chance."""


def place_below_header(blocks: Sequence[BlockSpec], lines: Sequence[Strip], unit: Unit) -> Unit:
    """The only row of a table, with too few figures, as a row of cells where each stands below the words of its column.

    Sure if the place of every figure on a page is below the words of one column only, or if every figure of a text that
    keeps its blanks begins just where the name of one column does, or stands below the middle of one while those beside
    it are twice as far away as figures stand beside theirs: no figure can be one column off then. Else the line may
    stand a little beside its header: then sure only if in one way only every block whose total stands there is closed
    by it, with one exception where two others are, and every block with blanks is closed by more than nothing, unless
    its figures stand right below its names and in no other way: the blanks then stand where the form has them.
    Words among the figures take the place of one of them: then nothing is told.
    """
    columns = [column for block in blocks for column in block.columns]
    if unit.cells is not None or not on_one_line(unit, len(columns)):
        return unit
    header = header_lines(lines, [unit])
    if _has_figures_before_words(lines[unit.line], unit):
        return replace(unit, cells=_unsure(tuple(None for _ in columns), unit))
    joined = _joined(blocks, header, unit)
    if joined is not None:
        return replace(unit, cells=joined)
    cover = cover_of_blocks(blocks, header)
    if not is_spaced([unit], len(columns)):
        names = middles_of_names(columns, header, cover, 0)
        nearest = place_row(names, unit.figures, 0, ANYWHERE) if names is not None else None
        return replace(unit, cells=_unsure(nearest, unit) if nearest is not None else None)
    on_page = _row_on_page(columns, header, unit)
    if on_page is not None:
        return replace(unit, cells=on_page)
    ways = _ways(columns, header, cover, unit)
    proven = _proven(blocks, header, ways)
    if proven is not None:
        return replace(unit, cells=proven)
    rows = [*ways.rows, *ways.nearest]
    return replace(unit, cells=_unsure(rows[0], unit)) if rows else unit


@dataclass(slots=True)
class _Ways:
    """The ways in which the figures of a row may stand below the names.

    Attributes:
        rows: all of them, the names where they are or the line moved a little against them.
        straight: those with the names where they are.
        near: those in which every figure stands clearly nearer to its own name than to others.
        nearest: those in which the figures stand least far from the names, however far that is.
        told: of these the ones that no other way comes near to.
        flush: those that the places of figures and names prove by themselves.
    """

    rows: list[Cells] = field(default_factory=list)
    straight: list[Cells] = field(default_factory=list)
    near: list[Cells] = field(default_factory=list)
    nearest: list[Cells] = field(default_factory=list)
    told: list[Cells] = field(default_factory=list)
    flush: list[Cells] = field(default_factory=list)


def _ways(columns: Sequence[ColumnSpec], header: Sequence[Strip], cover: Cover | None, unit: Unit) -> _Ways:
    ways = _Ways(flush=_flush_rows(columns, header, unit))
    for ruler in range(ruler_count([unit])):
        names = middles_of_names(columns, header, cover, ruler)
        if names is None:
            continue
        indented = _is_indented(header, ruler)
        _add_moved(ways, names, unit, ruler, indented)
        nearest = place_row(names, unit.figures, ruler, ANYWHERE)
        if nearest is None:
            continue
        ways.nearest.append(nearest)
        if is_told(names, nearest, ruler):
            ways.told.append(nearest)
            if None not in (nearest[0], nearest[-1]) and indented and nearest not in ways.flush:
                ways.flush.append(nearest)
    return ways


def _add_moved(ways: _Ways, names: Middles, unit: Unit, ruler: int, indented: bool) -> None:
    """Adds the ways in which the line stands where the names are, or a little beside."""
    for away in OFFSETS:
        moved = tuple(name + away for name in names)
        placed = place_row(moved, unit.figures, ruler)
        if placed is None:
            continue
        if placed not in ways.rows:
            ways.rows.append(placed)
        if are_even(names) and _are_nearest(moved, placed, ruler):
            ways.near.append(placed)
        if not away:
            ways.straight.append(placed)
            if placed not in ways.flush and _are_below(names, placed, ruler) and indented:
                ways.flush.append(placed)


def _proven(blocks: Sequence[BlockSpec], header: Sequence[Strip], ways: _Ways) -> Cells | None:
    """The way that is the only one; None if there may be others."""
    if len(ways.flush) == 1 and not _contradict(blocks, ways.flush[0]):
        return ways.flush[0]
    if _are_one(ways.told) and _hold_the_line(blocks, ways.told[0]):
        return ways.told[0]
    if _are_one(ways.straight) and _fills_blocks(blocks, header, ways.straight[0]):
        return ways.straight[0]
    closed = [row for row in ways.rows if are_closed(blocks, row)]
    if len(closed) != 1 or closed[0] not in ways.near or not _have_totals(blocks, closed[0]):
        return None
    return closed[0] if _are_told(blocks, closed[0], ways.rows, ways.straight) else None


def _are_one(rows: Sequence[Cells]) -> bool:
    return bool(rows) and all(row == rows[0] for row in rows)


def _hold_the_line(blocks: Sequence[BlockSpec], cells: Cells) -> bool:
    """True if two blocks come out by more than nothing, a third one but for a misprint."""
    return _sums(blocks, cells)[0] >= 2 and are_closed(blocks, cells) and _have_totals(blocks, cells)


def _have_totals(blocks: Sequence[BlockSpec], cells: Cells) -> bool:
    """True if each block with figures has one in its total: one that stands a column too far left has nothing there."""
    left = cells
    for block in blocks:
        own, left = left[: len(block.columns)], left[len(block.columns) :]
        if own[-1] is None and any(figure is not None for figure in own):
            return False
    return True


def _fills_blocks(blocks: Sequence[BlockSpec], header: Sequence[Strip], cells: Cells) -> bool:
    """True if the figures, straight below their names, fill whole blocks, all of which come out, and leave the others.

    Figures that stood a column off would leave a cell of one block and take one of the next.
    """
    if not any(_is_indented(header, ruler) for ruler in range(len(next(f.spans for f in cells if f is not None)))):
        return False
    return fill_whole_blocks(blocks, cells) and _sums(blocks, cells)[1] == 0


def _joined(blocks: Sequence[BlockSpec], header: Sequence[Strip], unit: Unit) -> Cells | None:
    """The row where figures of some columns ran together, if all its columns stand over figures; else None."""
    columns = [column for block in blocks for column in block.columns]
    if not may_share_columns(unit.figures, len(columns)):
        return None
    cover = cover_of_blocks(blocks, header)
    rows: list[Cells] = []
    for ruler in range(ruler_count([unit])):
        names = middles_of_names(columns, header, cover, ruler)
        cells = share_columns(names, unit.figures, ruler) if names is not None and _is_indented(header, ruler) else None
        rows += [cells] if cells is not None else []
    return rows[0] if rows and all(row == rows[0] for row in rows) else None


def _are_told(blocks: Sequence[BlockSpec], cells: Cells, rows: Sequence[Cells], straight: Sequence[Cells]) -> bool:
    """True if each block with blanks is closed by more than nothing, or stands so below its names in every way."""
    start = 0
    for block in blocks:
        own = slice(start, start + len(block.columns))
        start += len(block.columns)
        values = [parse_reading(cell.text if cell else "").value or 0 for cell in cells[own]]
        closed = sum(values[:-1]) == values[-1] != 0
        alike = bool(straight) and all(row[own] == cells[own] for row in rows)
        if not closed and not alike and any(row[own] != cells[own] or None in cells[own] for row in rows):
            return False
    return True


def _unsure(cells: Cells, unit: Unit) -> Cells:
    """The cells, every one doubtful, the blank ones too: a figure may belong there."""
    blank = replace(unit.figures[0], text="", doubt="position")
    return tuple(figure or blank for figure in doubted(cells))


def _row_on_page(columns: Sequence[ColumnSpec], header: Sequence[Strip], unit: Unit) -> Cells | None:
    """The row where the places of characters on a page put each figure below the words of its column, else None."""
    tracks = header_tracks(columns, header, 0)
    if tracks is None or tracks_on_page(tracks, [unit], ()) is None:
        return None
    placed = place_in(unit.figures, tuple(figure.spans[0] for figure in unit.figures), tracks)
    return placed.cells if placed is not None and placed.sure else None


def _are_below(names: Sequence[float], cells: Cells, ruler: int) -> bool:
    """True if all figures stand below the middles of their names, and far from the names beside these.

    Where the columns are narrow, the first and the last of them must have figures, which leaves no room to either side.
    """
    away: list[float] = []
    narrowest = STRAIGHT * NARROW
    for column, figure in enumerate(cells):
        if figure is None:
            continue
        beside = [abs(names[column] - names[other]) for other in (column - 1, column + 1) if 0 <= other < len(names)]
        narrowest = min(narrowest, *beside)
        away.append((figure.spans[ruler][0] + figure.spans[ruler][1]) / 2 - names[column])
    low, high = min(away), max(away)
    if narrowest <= 2 * STRAIGHT:
        anchored = None not in (cells[0], cells[-1]) and are_even(names)
        return anchored and max(abs(low), abs(high)) <= narrowest / NARROW
    return len(away) >= FEWEST_FLUSH and max(abs(low), abs(high), high - low) <= STRAIGHT


def _are_nearest(names: Sequence[float], cells: Cells, ruler: int) -> bool:
    """True if each figure stands clearly nearer to the name of its column than to those beside it.

    A block closes with its parts in any of its columns: its total does not tell which of them these are.
    """
    for column, figure in enumerate(cells):
        if figure is not None:
            middle = sum(figure.spans[ruler]) / 2
            beside = [abs(names[other] - middle) for other in (column - 1, column + 1) if 0 <= other < len(names)]
            if abs(middle - names[column]) > NEARER * min(beside):
                return False
    return True


def _has_figures_before_words(line: Strip, unit: Unit) -> bool:
    """True if words stand between figures of the line: in one of its cells is what cannot be read as a figure."""
    words = line.pieces[: len(line.pieces) - len(unit.figures)]
    return any(fills_cell(piece.text) for piece in words)


def _is_indented(header: Sequence[Strip], ruler: int) -> bool:
    """True if a line of the header begins with blanks.

    Where lines have lost their first ones, a row with nothing in its first cells begins too early.
    """
    return any(line.pieces and line.pieces[0].spans[ruler][0] > 0 for line in header)


def _flush_rows(columns: Sequence[ColumnSpec], header: Sequence[Strip], unit: Unit) -> list[Cells]:
    """The row by each way of counting columns in which all its figures begin where names do."""
    found: list[Cells] = []
    for ruler in range(ruler_count([unit])):
        names = header_tracks(columns, header, ruler)
        if names is None or not _is_indented(header, ruler) or len(unit.figures) < FEWEST_FLUSH:
            continue
        begins = {left: number for number, (left, _) in enumerate(names)}
        at = {begins.get(figure.spans[ruler][0]): figure for figure in unit.figures}
        row = tuple(at.get(number) for number in range(len(columns)))
        if None not in at and row not in found:
            found.append(row)
    return found


def _sums(blocks: Sequence[BlockSpec], cells: Cells) -> tuple[int, int]:
    """How many blocks have the sum of their figures as their total, and more than nothing; how many another total."""
    start, closed, broken = 0, 0, 0
    for block in blocks:
        values = [
            parse_reading(cell.text if cell else "").value or 0 for cell in cells[start : start + len(block.columns)]
        ]
        start += len(block.columns)
        broken += sum(values[:-1]) != values[-1]
        closed += sum(values[:-1]) == values[-1] != 0
    return closed, broken


def _contradict(blocks: Sequence[BlockSpec], cells: Cells) -> bool:
    """True if too many sums are broken for misprints: figures that stand one column off break them all."""
    closed, broken = _sums(blocks, cells)
    return broken > 1 and not closed


def are_closed(blocks: Sequence[BlockSpec], cells: Cells) -> bool:
    """True if the last figure of every block is the sum of the others, and more than nothing in one of them.

    One may be wrong in print if two are closed by more than nothing.
    """
    closed, broken = _sums(blocks, cells)
    return closed >= 1 if broken == 0 else broken == 1 and closed >= 2


def fill_whole_blocks(blocks: Sequence[BlockSpec], cells: Cells) -> bool:
    """True if in every block all cells hold a figure or none of them does."""
    left = [cell is not None and bool(cell.text.strip()) for cell in cells]
    for block in blocks:
        own, left = left[: len(block.columns)], left[len(block.columns) :]
        if len(set(own)) > 1:
            return False
    return True
