"""Small reviews typed by hand, for tests of what is kept."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Note
from gkdesk.model.edit import CellEdit, Edit
from gkdesk.model.form import Cell, Decided
from gkdesk.model.place import Box, PagePlace, TextPlace
from gkdesk.model.reading import Reading, State, number, parse_reading
from gkdesk.model.review import Extracted, Review
from gkdesk.model.spec import load_editions
from gkdesk.store.journal import JournalEntry

NEW = CellRef("t3", "new", "natural")
TOTAL = CellRef("t3", "new", "total")
FEE = CellRef("t2", "fee", "amount")

SOURCE = "一份不存在的报告".encode()


def made_review(source: bytes = SOURCE) -> Review:
    """A review of the 2021 edition with one reading of each state."""
    form = load_editions()["2021"].empty_form()
    readings = {
        NEW: Cell(NEW, number(9), PagePlace(4, Box(221.503, 400.1004, 227.0, 412.3))),
        TOTAL: Cell(TOTAL, parse_reading("8件"), TextPlace(10, 12)),
        FEE: Cell(FEE, Reading(State.READ, Decimal("128.560"), "128.560")),
    }
    cells = [readings.get(cell.ref, cell) for cell in form]
    extracted = Extracted(
        form=type(form)("2021", cells),
        edition="2021",
        organization="云泽市青禾区民政局",
        year=2024,
        title="云泽市青禾区民政局2024年政府信息公开工作年度报告",
        sections={"overview": "公开四百余条。"},
        notes=(Note("stray-figure", {"table": "表三", "text": "1", "cell": NEW, "value": Decimal("1.50")}),),
    )
    sha256 = hashlib.sha256(source).hexdigest()
    return Review("年报.txt", sha256, "text", extracted, extracted.form.copy(), 0.012)


def typed(ref: CellRef, value: int, before: Decided | None = None) -> Edit:
    """The edit of somebody who typed a figure."""
    return Edit((CellEdit(ref, before, Decided(number(value), "王", "2025-01-20T08:00:00Z", "对照原文")),))


def entry(kind: str, edit: Edit) -> JournalEntry:
    """A journal entry of that edit."""
    return JournalEntry(kind, edit, "王", "2025-01-20T08:00:01Z")
