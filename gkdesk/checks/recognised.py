"""Which figures were recognised in pictures, and which stand in the source as characters."""

from __future__ import annotations

import re

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import SourceKind
from gkdesk.model.form import FilledForm
from gkdesk.model.place import PagePlace
from gkdesk.model.review import Extracted


def recognised_cells(extracted: Extracted, form: FilledForm, kind: str = "") -> frozenset[CellRef]:
    """The cells whose figures were recognised in pictures: all of them, those on some pages, or none.

    ``kind`` is the kind of the source (:class:`SourceKind`); without it the notes of the reader tell.
    """
    notes = {note.code: note.arguments for note in extracted.notes}
    everything = frozenset(cell.ref for cell in form)
    if kind == SourceKind.PICTURE or "picture-tables" in notes:
        return everything
    if "recognised" not in notes:
        return frozenset()
    pages = set(re.findall(r"\d+", str(notes["recognised"].get("pages", ""))))
    places = {cell.ref: cell.place for cell in form}
    elsewhere = {ref for ref, at in places.items() if isinstance(at, PagePlace) and str(at.page) not in pages}
    return everything - elsewhere
