"""Which figures were recognised in pictures, and which stand in the source as characters."""

from __future__ import annotations

import re

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import AS_CHARACTERS, RECOGNISED, SourceKind
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
    if RECOGNISED not in notes:
        return frozenset()
    pages = set(re.findall(r"\d+", str(notes[RECOGNISED].get("pages", ""))))
    # Of an exported workbook the places are gone; what stood on other pages is named.
    named = str(notes[RECOGNISED].get(AS_CHARACTERS, "")).split()
    places = {cell.ref: cell.place for cell in form}
    elsewhere = {ref for ref, at in places.items() if isinstance(at, PagePlace) and str(at.page) not in pages}
    return frozenset(ref for ref in everything - elsewhere if str(ref) not in named)
