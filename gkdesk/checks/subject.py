"""What the rules look at: one report, with what several rules need worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gkdesk.model.cellref import CellRef
from gkdesk.model.context import ALONE, Context
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import Number, State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import FormSpec, Identity

ROW = "row"
"""Value of ``IdentitySpec.each`` for an identity over the columns of each row; the other is over rows."""

FEWEST_ONLY_TOTALS = 2
"""Rows with nothing but a total, from which on this is the report's habit. One alone may be a figure that got lost."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A report under its edition of the form.

    Attributes:
        extracted: what extraction said about the report; its form is as read and not looked at.
        form: the figures that count now.
        spec: the edition of ``form``.
        identities: the totals identities that apply.
        cells: the cells the report has to fill, in the order of the form.
        values: the number that counts in a sum, by cell; a cell without a number counts as zero.
        unknown: cells of which nobody can say which number they hold: not found, or without a readable number.
        unfilled: blanks that are not zero but were not filled in: a total whose summands are not zero; the summands of
            a total that is not zero, where the report does so in several rows.
        context: what the report is checked beside.
    """

    extracted: Extracted
    form: FilledForm
    spec: FormSpec
    identities: tuple[Identity, ...]
    cells: tuple[Cell, ...]
    values: dict[CellRef, Number]
    unknown: frozenset[CellRef]
    unfilled: frozenset[CellRef]
    context: Context

    @classmethod
    def of(cls, extracted: Extracted, form: FilledForm, spec: FormSpec, context: Context = ALONE) -> Subject:
        """The report with everything worked out; raises ``KeyError`` if ``form`` lacks cells of the edition."""
        for ref in spec.refs():
            form[ref]
        identities = spec.identities_of(form)
        cells = tuple(form[ref] for ref in spec.refs_of(form))
        values = {cell.ref: cell.value or 0 for cell in form}
        unknown = frozenset(cell.ref for cell in form if cell.value is None and cell.state is not State.BLANK)
        blank = {cell.ref for cell in form if cell.state is State.BLANK}
        unfilled = frozenset(_unfilled(identities, values, unknown, blank))
        return cls(extracted, form, spec, identities, cells, values, unknown, unfilled, context)

    def total(self, refs: Iterable[CellRef]) -> Number:
        """The sum of the cells, blanks as zero."""
        return sum((self.values[ref] for ref in refs), start=0)

    def by_table(self) -> dict[str, list[Cell]]:
        """The cells to fill by table id, tables in order."""
        found: dict[str, list[Cell]] = {table.id: [] for table in self.spec.tables}
        for cell in self.cells:
            found[cell.ref.table].append(cell)
        return found


def by_row(cells: Iterable[Cell]) -> dict[tuple[str, str], list[Cell]]:
    """The cells by table and row id, in the order given."""
    found: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        found[cell.ref.table, cell.ref.row].append(cell)
    return found


def _unfilled(
    identities: Iterable[Identity], values: dict[CellRef, Number], unknown: frozenset[CellRef], blank: set[CellRef]
) -> Iterator[CellRef]:
    only_totals: dict[str, list[Identity]] = defaultdict(list)
    for identity in identities:
        if identity.spec.each != ROW:
            continue
        if not blank.isdisjoint(identity.right):
            if any(ref in unknown or values[ref] for ref in identity.left):
                yield from blank.intersection(identity.right)
        elif blank.issuperset(identity.left) and any(values[ref] for ref in identity.right):
            only_totals[identity.spec.rule].append(identity)
    for rows in only_totals.values():
        if len(rows) >= FEWEST_ONLY_TOTALS:
            yield from (ref for row in rows for ref in row.left)
