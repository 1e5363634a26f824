"""Rows of a loose table laid below its printed columns: how many pieces lie between a row's label and its figures.

Lost merges leave empty pieces behind a label, or none. So a row has few ways to stand, its *gaps*: each must have room
for all its figures within the columns. A gap is proven

* if it is the only one that has room;
* if it is the only one by which the total is the sum of the others, and more than nothing;
* by the number of the line, which stands in the first column wherever that is printed, or by a remark, in the last;
* if the row shows the label of its group beside its own, so that no merged cell can lie between label and figures;
* above the grouped rows, by the note in the header: it is as wide as their labels, and the words over all columns stand
  behind it;
* between two rows of its group with the same gap: what tears a group (the break of a page) tells in the rows behind it;
* where the pieces of covered cells are kept (label and header stand in their own columns), by two rows whose labels are
  as wide and stand in the same column, if no row of this kind has another gap. Not below the groups.

Two proofs that differ leave a row unproven. What is not proven is placed as most others of its kind, and doubted. Else
the ways in which a row may stand are all there are: a cell that holds the same in each of them is certain, of which
piece it comes or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gkdesk.extraction.figures import Figure, Strip, Unit
from gkdesk.extraction.labels import best_coverage, key
from gkdesk.extraction.tables.align import SURE
from gkdesk.extraction.tables.columns.printed_columns import PrintedColumns
from gkdesk.model.reading import parse_reading
from gkdesk.model.spec import RowSpec, TableSpec

FEWEST_ALIKE = 2
"""Rows of the same kind that must be proven before they prove another."""

Cells = tuple[Figure | None, ...]


@dataclass(slots=True)
class _Row:
    """A row of the table.

    Attributes:
        number: that of its run of figures; ``spec`` the row of the form.
        label: the piece in which its label stands, None if it has none beside it.
        slots: the pieces behind the label; ``remark`` that of them which holds a remark, None if none does.
        grouped: the label of its group stands beside its own.
        gaps: the ways in which it may stand; ``proven`` the one that is proven, None as long as none is.
        disputed: two proofs differ.
    """

    number: int
    spec: RowSpec
    label: int | None
    slots: tuple[Figure, ...]
    remark: int | None
    grouped: bool
    gaps: tuple[int, ...] = ()
    proven: int | None = None
    disputed: bool = False

    @property
    def kind(self) -> tuple[int, int | None]:
        return len(self.spec.label), self.label


def place_rows(
    table: TableSpec,
    lines: Sequence[Strip],
    found: Sequence[Unit],
    rows: Sequence[tuple[int, RowSpec]],
    printed: PrintedColumns,
) -> list[Unit] | None:
    """The runs with the cells of the rows by column; None if the table does not stand below these columns.

    In a table of the usual order only the rows without cells are placed; in any other, all.
    """
    placer = _Placer(table, printed)
    if any(found[number].slots is None for number, _ in rows):
        return None
    standing = [_row(number, spec, found[number], lines[found[number].line]) for number, spec in rows]
    placer.prove(standing)
    mended = list(found)
    for row in standing:
        unit = found[row.number]
        if printed.is_usual and unit.cells is not None:
            continue
        gap = row.proven if row.proven is not None else placer.usual_gap(row, standing)
        cells = placer.cells(row, gap) if gap is not None else None
        agreed: frozenset[int] = frozenset()
        if cells is not None and row.proven is None:
            agreed = placer.agreed(row)
            cells = tuple(_unsure(cell, number in agreed) for number, cell in enumerate(cells))
        if cells is None and not unit.figures and row.slots:
            cells = tuple(None for _ in table.blocks[0].columns)
        keeps = printed.is_usual and cells is None
        moved = replace(unit, cells=cells, slots=None, whole=cells is not None, agreed=agreed)
        mended[row.number] = unit if keeps else moved
    return mended


def _unsure(cell: Figure | None, agreed: bool) -> Figure | None:
    return cell if cell is None or agreed else replace(cell, doubt=cell.doubt or "position")


def _row(number: int, spec: RowSpec, unit: Unit, strip: Strip) -> _Row:
    slots = unit.slots or ()
    words = strip.pieces[: len(strip.pieces) - len(unit.figures)]
    label = int(words[-1].spans[0][0]) if words else None
    if label is not None and best_coverage((key(spec.label[-1]), *map(key, spec.synonyms)), key(words[-1].text)) < SURE:
        # Other words behind the label: where the figures begin is not known.
        slots = ()
    group = key(spec.label[-2]) if len(spec.label) > 1 else ""
    beside = key(words[-2].text) if len(words) > 1 and int(words[-2].spans[0][0]) + 1 == label else ""
    remark = strip.remark - (label + 1 if label is not None else 0) if strip.remark is not None else None
    return _Row(number, spec, label, slots, remark, bool(group) and beside == group)


class _Placer:
    """The columns of one table, and the proofs of its rows."""

    def __init__(self, table: TableSpec, printed: PrintedColumns) -> None:
        self._printed = printed
        self._width = len(table.blocks[0].columns)
        self._depth = max(len(row.label) for row in table.blocks[0].rows)

    def prove(self, rows: Sequence[_Row]) -> None:
        """Fill in what is proven of each row."""
        kept = any(row.slots and not row.slots[-1].text.strip() for row in rows)
        grouped = next((index for index, row in enumerate(rows) if len(row.spec.label) > 1), len(rows))
        for index, row in enumerate(rows):
            row.gaps = tuple(self._gaps(row, kept))
            signs = set(self._signs(row, index < grouped))
            row.disputed = len(signs) > 1 or not signs <= set(row.gaps)
            row.proven = signs.pop() if len(signs) == 1 and not row.disputed else None
        self._dispute_short(rows)
        self._prove_between(rows)
        if self._printed.first == self._depth:
            _prove_alike(rows, grouped)

    def _dispute_short(self, rows: Sequence[_Row]) -> None:
        """A row that ends before its total, where others have theirs, has lost pieces somewhere, and not at its end."""
        placed = [
            (row, row.proven) for row in rows if row.proven is not None and any(s.text.strip() for s in row.slots)
        ]
        width = len(self._printed.order)
        short = [row for row, gap in placed if len(row.slots) < gap + width and self.cells(row, gap)[-1] is None]
        full = [(row, gap) for row, gap in placed if len(row.slots) >= gap + width]
        totals = sum(1 for row, gap in full if self.cells(row, gap)[-1] is not None)
        for row in short if 2 * totals > len(full) else ():
            row.disputed, row.proven = True, None

    def cells(self, row: _Row, gap: int) -> Cells:
        """The cells of a row in the order of the form."""
        places = {column: gap + at for at, column in enumerate(self._printed.order) if column is not None}
        standing = [row.slots[places[n]] if places[n] < len(row.slots) else None for n in range(self._width)]
        return tuple(slot if slot is not None and slot.text.strip() else None for slot in standing)

    def agreed(self, row: _Row) -> frozenset[int]:
        """The columns in which the same stands in whichever way the row does."""
        ways = [[cell.text.strip() if cell else "" for cell in self.cells(row, gap)] for gap in row.gaps]
        if row.disputed or len(ways) < 2:
            return frozenset()
        return frozenset(number for number in range(self._width) if len({way[number] for way in ways}) == 1)

    def usual_gap(self, row: _Row, rows: Sequence[_Row]) -> int | None:
        """The gap that most rows as wide have; if none is known that of the note, which is as wide or wider.

        A row whose label stands left of theirs has lost pieces before it, and has been seen to keep one more behind it.
        """
        alike = [other for other in rows if len(other.spec.label) == len(row.spec.label) and other.proven is not None]
        starts = Counter(other.label for other in alike if other.label is not None and not other.grouped)
        early = row.label is not None and bool(starts) and row.label < starts.most_common(1)[0][0]
        moved = Counter((other.proven or 0) + (early and other.label != row.label) for other in alike)
        covered = min(self._printed.over or 0, self._depth - len(row.spec.label))
        known = [gap for gap in (*(gap for gap, _ in moved.most_common()), covered) if gap in row.gaps]
        return next(iter(known or row.gaps), None)

    def _gaps(self, row: _Row, kept: bool) -> Iterator[int]:
        """The gaps that leave room for all figures of a row; ``kept``: empty pieces at the ends of lines are there."""
        filled = [at for at, slot in enumerate(row.slots) if slot.text.strip()]
        width = len(self._printed.order)
        for gap in range(self._depth) if row.label is not None else (0,):
            inside = all(gap <= at < gap + width for at in filled)
            room = gap + width <= len(row.slots) or not kept
            numbered = not self._printed.numbered or (gap < len(row.slots) and row.slots[gap].text.strip().isdecimal())
            remarked = row.remark is None or row.remark == gap + width - 1
            if row.slots and inside and room and numbered and remarked:
                yield gap

    def _signs(self, row: _Row, above_groups: bool) -> Iterator[int]:
        """The gaps of a row that are proven by itself or by the header."""
        if len(row.gaps) == 1:
            yield row.gaps[0]
        closing = [gap for gap in row.gaps if self._closes(row, gap)]
        if len(closing) == 1:
            yield closing[0]
        if row.label is None:
            return
        if row.grouped and len(row.spec.label) == self._depth:
            yield 0
        if above_groups and self._printed.over is not None:
            yield self._printed.over

    def _closes(self, row: _Row, gap: int) -> bool:
        values = [parse_reading(cell.text).value or 0 if cell is not None else 0 for cell in self.cells(row, gap)]
        return values[-1] != 0 and sum(values[:-1]) == values[-1]

    def _prove_between(self, rows: Sequence[_Row]) -> None:
        for index, row in enumerate(rows):
            if row.proven is not None or row.disputed or len(row.spec.label) < self._depth:
                continue
            around = [_nearest(rows, index, step) for step in (-1, 1)]
            if all(gap is not None and gap == around[0] for gap in around) and around[0] in row.gaps:
                row.proven = around[0]


def _nearest(rows: Sequence[_Row], index: int, step: int) -> int | None:
    """The gap of the nearest proven row above or below in the same group."""
    group = rows[index].spec.label[:-1]
    at = index + step
    while 0 <= at < len(rows) and rows[at].spec.label[:-1] == group:
        if rows[at].proven is not None:
            return rows[at].proven
        at += step
    return None


def _prove_alike(rows: Sequence[_Row], grouped: int) -> None:
    """Rows as wide as proven ones; ``grouped`` is the first row of a group."""
    for row in rows:
        below = len(row.spec.label) == 1 and rows.index(row) > grouped
        alike = [other.proven for other in rows if other.kind == row.kind and other.proven is not None]
        if (
            row.proven is None
            and not row.disputed
            and not below
            and len(alike) >= FEWEST_ALIKE
            and len(set(alike)) == 1
        ):
            row.proven = alike[0] if alike[0] in row.gaps else None
