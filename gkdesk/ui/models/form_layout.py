"""A table of the form as it is printed: which text or value cell fills which slot of its grid. No Qt, no values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from gkdesk.model.cellref import CellRef
from gkdesk.model.form import FilledForm
from gkdesk.model.spec import AlternativeSpec, FormSpec, Printed, Span, TableSpec


class SlotKind(Enum):
    """What stands in a slot of the printed grid."""

    HEADER = auto()
    GROUP = auto()
    LABEL = auto()
    VALUE = auto()
    EMPTY = auto()


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot or merged range of the grid: a printed text, or (``ref`` is set) the place of a value."""

    kind: SlotKind
    span: Span
    text: str = ""
    ref: CellRef | None = None


class TableLayout:
    """The printed grid of one table for one filled form.

    Attributes:
        table: the table of the edition.
        slots: every printed text and value, in reading order.
        hidden_rows: printed rows that this form does not use (a report prints one row in place of several).
        header_rows: how many rows at the top hold only headers.
        value_rows: the value cells row by row, left to right: the order of Tab, of copying and of pasting.
    """

    def __init__(self, table: TableSpec, spec: FormSpec, form: FilledForm) -> None:
        self.table = table
        rows = {ref.row for ref in spec.refs_of(form) if ref.table == table.id}
        used = [alternative for alternative in table.alternatives if alternative.row.id in rows]
        values = {span: ref for ref, span in _values(table, used)}
        value_rows = {span.top for span in values}
        self.hidden_rows = frozenset(_hidden(table, used))
        self.header_rows = min(value_rows)
        slots = [Slot(SlotKind.VALUE, span, "", ref) for span, ref in values.items()]
        slots += [_printed_slot(printed, value_rows) for printed in _printed(table, used)]
        self.slots = tuple(sorted(slots, key=lambda slot: slot.span))
        self.value_rows = tuple(_by_row(self.slots))
        self._at = {position: slot for slot in self.slots for position in _positions(slot.span)}
        self._of = {slot.ref: slot for slot in self.slots if slot.ref is not None}

    @property
    def row_count(self) -> int:
        """Rows of the printed grid, hidden ones included."""
        return self.table.row_count

    @property
    def column_count(self) -> int:
        """Columns of the printed grid."""
        return self.table.column_count

    @property
    def has_one_header(self) -> bool:
        """True if all header rows stand at the top, so that they can stay in sight while the rest scrolls."""
        used = {row[0].top for row in self._spans_by_row()}
        return all(row in used or row in self.hidden_rows for row in range(self.header_rows, self.row_count))

    def slot(self, row: int, column: int) -> Slot:
        """What fills the slot, the merged range it lies in included."""
        found = self._at.get((row, column))
        return found if found is not None else Slot(SlotKind.EMPTY, Span(row, column, row, column))

    def span_of(self, ref: CellRef) -> Span | None:
        """Where a value is printed, or None if this table does not show it."""
        slot = self._of.get(ref)
        return slot.span if slot is not None else None

    def refs(self) -> tuple[CellRef, ...]:
        """The value cells shown, in reading order."""
        return tuple(self._of)

    def position(self, ref: CellRef) -> tuple[int, int] | None:
        """Index of a value cell in ``value_rows``: row, then place in the row; None if not shown."""
        for number, row in enumerate(self.value_rows):
            if ref in row:
                return number, row.index(ref)
        return None

    def _spans_by_row(self) -> Iterator[list[Span]]:
        for row in self.value_rows:
            yield [self._of[ref].span for ref in row]


def _values(table: TableSpec, used: list[AlternativeSpec]) -> Iterator[tuple[CellRef, Span]]:
    replaced = {row for alternative in used for row in alternative.replaces}
    for block in table.blocks:
        ids = {row.id for row in block.rows}
        instead = [alternative.row for alternative in used if ids & set(alternative.replaces)]
        rows = [row for row in block.rows if row.id not in replaced] + instead
        for row in rows:
            for column in block.columns:
                yield CellRef(table.id, row.id, column.id), Span(row.at, column.left, row.at, column.right)


def _replaced_rows(table: TableSpec, alternative: AlternativeSpec) -> set[int]:
    return {row.at for block in table.blocks for row in block.rows if row.id in alternative.replaces}


def _hidden(table: TableSpec, used: list[AlternativeSpec]) -> set[int]:
    return {row for each in used for row in _replaced_rows(table, each) if row != each.row.at}


def _printed(table: TableSpec, used: list[AlternativeSpec]) -> Iterator[Printed]:
    texts = list(table.printed)
    for alternative in used:
        rows = _replaced_rows(table, alternative)
        inside = [text for text in texts if rows.issuperset(range(text.span.top, text.span.bottom + 1))]
        texts = [text for text in texts if text not in inside]
        left, right = min(text.span.left for text in inside), max(text.span.right for text in inside)
        row = alternative.row
        texts.append(Printed(Span(row.at, left, row.at, right), row.label[-1]))
    yield from texts


def _printed_slot(printed: Printed, value_rows: set[int]) -> Slot:
    span = printed.span
    if not value_rows.intersection(range(span.top, span.bottom + 1)):
        return Slot(SlotKind.HEADER, span, printed.text)
    kind = SlotKind.GROUP if span.bottom > span.top else SlotKind.LABEL
    return Slot(kind, span, printed.text)


def _positions(span: Span) -> Iterator[tuple[int, int]]:
    for row in range(span.top, span.bottom + 1):
        for column in range(span.left, span.right + 1):
            yield row, column


def _by_row(slots: tuple[Slot, ...]) -> Iterator[tuple[CellRef, ...]]:
    rows: dict[int, list[CellRef]] = {}
    for slot in slots:
        if slot.ref is not None:
            rows.setdefault(slot.span.top, []).append(slot.ref)
    for top in sorted(rows):
        yield tuple(rows[top])
