"""Figures of recognised pages that may be no print of the report and that no sum would betray.

The number of a page in the typeface of the table, a stamped digit or a ring is read as the figure that it is, and the
sum of its row betrays it, unless another cell of that row could not be read: then nobody says anything. And a ring read
as 0 breaks no sum at all. What is drawn in such places is in doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import RECOGNISED, Note
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import State
from gkdesk.model.spec import FormSpec, Identity

_DOUBT = "recognition"
_NOTES = frozenset({RECOGNISED, "picture-tables"})
_ROW = "row"
_FEW_ZEROS, _BLANKS_EACH = 2, 5
"""So many zeros of a table, each with so many blanks, are too few to be how the report writes its zeros."""


def doubt_unproven_marks(form: FilledForm, spec: FormSpec, notes: Sequence[Note]) -> FilledForm:
    """The form, in doubt what may be a mark of a recognised page. ``notes`` tell whether pages were recognised."""
    if not any(note.code in _NOTES for note in notes):
        return form
    doubtful = {*_in_unread_rows(form, spec), *_rare_zeros(form, spec)}
    cells = (replace(cell, as_read=cell.as_read.doubted(_DOUBT)) if cell.ref in doubtful else cell for cell in form)
    return FilledForm(form.edition, cells)


def _in_unread_rows(form: FilledForm, spec: FormSpec) -> Iterator[CellRef]:
    """Figures of rows with a cell that could not be read, which do not add up without it and are in no other sum."""
    identities = spec.identities_of(form)
    proven = {
        ref
        for identity in identities
        if _is_known(identity, form) and _closes(identity, form)
        for ref in identity.cells
    }
    for identity in identities:
        if identity.spec.each == _ROW and not _is_known(identity, form) and not _closes(identity, form):
            for ref in identity.cells:
                if form[ref].state is State.READ and form[ref].value and ref not in proven:
                    yield ref


def _rare_zeros(form: FilledForm, spec: FormSpec) -> Iterator[CellRef]:
    """Zeros of the tables with sums that leave theirs blank but for these."""
    summed = {identity.spec.table for identity in spec.identities_of(form)}
    tables: dict[str, list[Cell]] = defaultdict(list)
    for cell in form:
        if cell.ref.table in summed:
            tables[cell.ref.table].append(cell)
    for cells in tables.values():
        zeros = [cell.ref for cell in cells if cell.state is State.READ and cell.value == 0]
        blank = sum(cell.state is State.BLANK for cell in cells)
        if 0 < len(zeros) <= _FEW_ZEROS and blank >= _BLANKS_EACH * len(zeros):
            yield from zeros


def _is_known(identity: Identity, form: FilledForm) -> bool:
    return all(form[ref].value is not None or form[ref].state is State.BLANK for ref in identity.cells)


def _closes(identity: Identity, form: FilledForm) -> bool:
    """True if the figures that are known add up, all else counted as nothing."""
    left, right = (sum(form[ref].value or 0 for ref in refs) for refs in (identity.left, identity.right))
    return left == right
