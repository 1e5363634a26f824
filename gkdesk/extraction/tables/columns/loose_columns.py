"""Columns of a table whose merged cells were lost, as in tab-separated text: which piece of a row is which cell.

Lost merges may move all figures of a row to the left or right, but never one against the other. So one known column
tells them all: the last one, where the last figure is the sum of the others, or the first one, where the pieces before
it are known to be all there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gkdesk.extraction.figures import Figure, Piece, Strip, Unit, reach_of
from gkdesk.extraction.labels import key
from gkdesk.extraction.lacking_columns import lacks_column
from gkdesk.extraction.tables.columns.text_header import HEADER_LINES
from gkdesk.extraction.tables.header import wordings, words_over_all
from gkdesk.model.spec import ColumnSpec, RowSpec, TableSpec

Cells = tuple[Figure | None, ...]


def place_loose_rows(
    table: TableSpec, lines: Sequence[Strip], found: Sequence[Unit], rows: Sequence[tuple[int, RowSpec]]
) -> list[Unit]:
    """The runs, those of loose rows with their cells where the header or the total proves the columns.

    Args:
        table: a table of one block.
        lines: the lines of the source.
        found: the runs of figures of the source.
        rows: which of them, by number, is which row of the form; the table's first row first.
    """
    mended = list(found)
    lost = [(number, row) for number, row in rows if found[number].cells is None and found[number].slots]
    if not lost or not lines:
        return mended
    width = len(table.blocks[0].columns)
    heads = HeadColumns(table, lines, found[rows[0][0]].line)
    # Where a row reaches over more pieces than there are columns, some columns take several: no count tells them.
    spread = any(reach_of(unit.slots or ()) > width >= len(unit.figures) > 1 for unit in (found[n] for n, _ in rows))
    spread = spread or lacks_column(lines, width)
    for number, row in lost:
        unit = found[number]
        below = heads.cells(row, unit, lines[unit.line], width)
        by_total = None if spread else cells_by_total(unit, width, bool(lines[unit.line].words))
        if below is None or by_total is None or below == by_total:
            mended[number] = replace(unit, cells=below or by_total)
    return mended


def cells_by_total(unit: Unit, width: int, labelled: bool) -> Cells | None:
    """The cells of a loose row whose last figure is proven the total by its sum; None if it is not, or not in one way.

    Proven by the sum: with another piece for the total, the row would close without its last figure. Between a label
    (``labelled``) and the total there are pieces for all columns, unless a converter put several into one: then a
    figure may stand in any of them.
    """
    if unit.slots is None or unit.offset is None or not unit.ends_in_total:
        return None
    first = unit.offset - width + 1
    if labelled and first < 0:
        return None
    if any(slot.text.strip() for slot in unit.slots[: max(first, 0)]):
        return None
    pieces: list[Figure | None] = [*[None] * -min(first, 0), *unit.slots[max(first, 0) : unit.offset + 1]]
    return tuple(piece if piece is not None and piece.text.strip() else None for piece in pieces)


class HeadColumns:
    """Where a loose table has the columns of the form, by the words of its header.

    Attributes:
        first: the piece in which the first column of figures stands; None if the header does not tell.
        keeps_slots: True if a merged cell of the header kept all its pieces, so that those of the rows did.
        reach: how many pieces a row must have to stand below all columns: fewer, and some of them were put into one
            (by a converter that sees other columns on the next page); 0 if empty pieces at the ends of lines were cut.
    """

    def __init__(self, table: TableSpec, lines: Sequence[Strip], first_row: int) -> None:
        header = [strip for strip in lines[max(0, first_row - HEADER_LINES) : first_row] if strip.slots is not None]
        self.first = _first_column(table.blocks[0].columns, header)
        self.depth = max(len(row.label) for row in table.blocks[0].rows)
        over = words_over_all(table)
        places = {_column(piece) for strip in header for piece in strip.pieces if key(piece.text) in over}
        self.keeps_slots = self.first == self.depth and places == {self.first}
        kept = any(strip.slots and not strip.slots[-1].text.strip() for strip in header)
        self.reach = self.first + len(table.blocks[0].columns) if self.first is not None and kept else 0

    def cells(self, row: RowSpec, unit: Unit, strip: Strip, width: int) -> Cells | None:
        """The cells of a loose row that stands below the header as the form has it; None if that is not proven.

        Proven if its label stands in its own label column, and nothing that could get lost stands between them:
        the label stands next to the figures, or the table keeps the pieces of merged cells.
        """
        if self.first is None or unit.slots is None or not strip.pieces:
            return None
        words = len(strip.pieces) - len(unit.figures)
        label = _column(strip.pieces[words - 1]) if words > 0 else None
        if label is None or label != len(row.label) - 1 or not (label == self.first - 1 or self.keeps_slots):
            return None
        if label + 1 + len(unit.slots) < self.reach:
            return None
        columns = [_column(piece) - self.first for piece in strip.pieces[words:]]
        if any(not 0 <= column < width for column in columns):
            return None
        at = dict(zip(columns, unit.figures, strict=True))
        return tuple(at.get(column) for column in range(width))


def _first_column(columns: Sequence[ColumnSpec], header: Sequence[Strip]) -> int | None:
    """The piece of the first column, if the header names all, one beside the other."""
    pieces = [(_column(piece), key(piece.text)) for strip in header for piece in strip.pieces]
    found = [{place for place, text in pieces if text in wordings(column)} for column in columns]
    firsts = set.intersection(*({place - number for place in places} for number, places in enumerate(found)))
    return firsts.pop() if len(firsts) == 1 else None


def _column(piece: Piece) -> int:
    return int(piece.spans[0][0])
