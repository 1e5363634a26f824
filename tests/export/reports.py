"""Made-up reports for the export tests: a fictional body, figures that close or do not."""

from __future__ import annotations

import io
from collections.abc import Mapping

import openpyxl
from openpyxl import Workbook

from gkdesk.export.template import find_slots
from gkdesk.model.cellref import CellRef
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.place import Box, PagePlace
from gkdesk.model.reading import MISSING, NumberKind, Reading, State, number
from gkdesk.model.review import Extracted, Review
from gkdesk.model.spec import FormSpec, load_editions

SPEC_2021 = load_editions()["2021"]
SPEC_2019 = load_editions()["2019"]
BLANK = Reading(State.BLANK)

BODY, YEAR = "云溪市人民政府", 2024
TITLE = f"{BODY}{YEAR}年政府信息公开工作年度报告"


def ref(text: str) -> CellRef:
    return CellRef.parse(text)


def closing_values(spec: FormSpec) -> dict[CellRef, int]:
    """Different figures in as many cells as possible, with every identity of the edition closed."""
    values = {cell: 3 + number for number, cell in enumerate(spec.refs())}
    for identity in spec.identities:
        table = spec.table(identity.table)
        for block in table.blocks:
            if identity.rule == "t3.column-total":
                for column in block.columns:
                    values[CellRef("t3", "total", column.id)] = sum(
                        values[CellRef("t3", row, column.id)] for row in identity.left
                    )
    for column in spec.table("t3").blocks[0].columns:
        new, carried_in, total, out = (
            CellRef("t3", row, column.id) for row in ("new", "carried_in", "total", "carried_out")
        )
        values[new] = values[total] + values[out] - values[carried_in]
    for identity in spec.identities_of(spec.empty_form()):
        if identity.spec.each == "row":
            values[identity.right[0]] = sum(values[cell] for cell in identity.left)
    return values


def review_of(
    readings: Mapping[CellRef, Reading], spec: FormSpec = SPEC_2021, organization: str | None = BODY, title: str = TITLE
) -> Review:
    """A review whose form has these readings, everything else missing; alternative cells may be among them."""
    refs = [*spec.refs(), *(cell for cell in readings if cell not in spec.refs())]
    place = PagePlace(4, Box(10, 20, 30, 40))
    form = FilledForm(
        spec.edition,
        [Cell(cell, readings.get(cell, MISSING), place if cell in readings else None) for cell in refs],
    )
    extracted = Extracted(form, spec.edition, organization, YEAR, title, {"overview": "总体情况。\n第二段。"})
    return Review("报告.pdf", "ab" * 32, "pdf", extracted, form.copy())


def closing_review(spec: FormSpec = SPEC_2021) -> Review:
    return review_of({cell: number(value) for cell, value in closing_values(spec).items()}, spec)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def visible(workbook: Workbook, name: str):  # type: ignore[no-untyped-def]
    """The cell with that defined name."""
    slot = find_slots(workbook)[name]
    return workbook[slot.sheet].cell(slot.row, slot.column)


def is_whole(spec: FormSpec, cell: CellRef) -> bool:
    return spec.column(cell).kind is not NumberKind.AMOUNT
