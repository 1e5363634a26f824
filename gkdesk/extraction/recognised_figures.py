"""What the sums of the form say about figures recognised on pages that are pictures.

They prove: a streak or a seal beside a figure or soft print leaves a doubt though all readings say the same. If all
else in a sum is certain and it comes out, the figure is what it must be. A misread one would have to differ from the
print by just what the report itself is wrong by. A mark read as 0 breaks no sum, so nothing is said of zeros.

And they are silent: the number of a page in the typeface of the table, a stamped digit or a ring is read as the figure
that it is, and the sum of its row betrays it, unless another cell of that row could not be read. What stands in such
a row is in doubt, and a lone 0 among blanks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import RECOGNISED, Note
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import State, parse_reading
from gkdesk.model.spec import FormSpec, Identity

_DOUBT = "recognition"
_NOTES = frozenset({RECOGNISED, "picture-tables"})
_ROW = "row"
_FEW_ZEROS, _BLANKS_EACH = 2, 5
"""So many zeros of a table, each with so many blanks, are too few to be how the report writes its zeros."""


def weighed_by_sums(form: FilledForm, spec: FormSpec, notes: Sequence[Note]) -> FilledForm:
    """The form, certain what sums prove and in doubt what may be a mark; as it is if no pages were recognised.

    ``notes`` are those of the source.
    """
    if not any(note.code in _NOTES for note in notes):
        return form
    cells = {cell.ref: cell for cell in form}
    identities = spec.identities_of(form)
    while proven := {ref for ref in cells if _is_proven(cells[ref], cells, identities)}:
        cells |= {ref: replace(cells[ref], as_read=parse_reading(cells[ref].reading.raw)) for ref in proven}
    for ref in {*_in_unread_rows(cells, identities), *_rare_zeros(cells, identities)}:
        cells[ref] = replace(cells[ref], as_read=cells[ref].as_read.doubted(_DOUBT))
    return FilledForm(form.edition, cells.values())


Cells = dict[CellRef, Cell]


def _is_proven(cell: Cell, cells: Cells, identities: Sequence[Identity]) -> bool:
    """True for a figure of which only the drawing is in doubt, if a sum proves it and none says otherwise."""
    if cell.reading.doubts != (_DOUBT,) or not cell.value or parse_reading(cell.reading.raw).state is not State.READ:
        return False
    telling = [
        identity
        for identity in identities
        if cell.ref in identity.cells
        and all(cells[ref].state in (State.READ, State.BLANK) for ref in identity.cells if ref != cell.ref)
    ]
    return bool(telling) and all(_closes(identity, cells) for identity in telling)


def _in_unread_rows(cells: Cells, identities: Sequence[Identity]) -> Iterator[CellRef]:
    """Figures of rows with a cell that could not be read, which do not add up without it and are in no other sum."""
    closed = [identity for identity in identities if _is_known(identity, cells) and _closes(identity, cells)]
    proven = {ref for identity in closed for ref in identity.cells}
    for identity in identities:
        if identity.spec.each == _ROW and not _is_known(identity, cells) and not _closes(identity, cells):
            for ref in identity.cells:
                if cells[ref].state is State.READ and cells[ref].value and ref not in proven:
                    yield ref


def _rare_zeros(cells: Cells, identities: Sequence[Identity]) -> Iterator[CellRef]:
    """Zeros of the tables with sums that leave theirs blank but for these."""
    summed = {identity.spec.table for identity in identities}
    tables: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells.values():
        if cell.ref.table in summed:
            tables[cell.ref.table].append(cell)
    for table in tables.values():
        zeros = [cell.ref for cell in table if cell.state is State.READ and cell.value == 0]
        blank = sum(cell.state is State.BLANK for cell in table)
        if 0 < len(zeros) <= _FEW_ZEROS and blank >= _BLANKS_EACH * len(zeros):
            yield from zeros


def _is_known(identity: Identity, cells: Cells) -> bool:
    return all(cells[ref].value is not None or cells[ref].state is State.BLANK for ref in identity.cells)


def _closes(identity: Identity, cells: Cells) -> bool:
    """True if the figures that are known add up, all else counted as nothing."""
    left, right = (sum(cells[ref].value or 0 for ref in refs) for refs in (identity.left, identity.right))
    return left == right
