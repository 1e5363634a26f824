"""The official workbook of one report: figures in the form, 校验, 修改记录 and the hidden record for reading back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk import messages
from gkdesk.export import record
from gkdesk.export.alternative_rows import add_alternative_rows
from gkdesk.export.audit_sheet import add_audit_sheet, changes_of
from gkdesk.export.identity_sheet import add_identity_sheet
from gkdesk.export.safe_text import clean_text
from gkdesk.export.saving import save
from gkdesk.export.template import open_template, slot_of
from gkdesk.export.value_cells import clear_values, fill_heading, fill_values, heading_shown
from gkdesk.model.answer import Answer
from gkdesk.model.review import AuditLine, Review
from gkdesk.model.spec import FormSpec

if TYPE_CHECKING:
    from openpyxl import Workbook


def write(
    review: Review,
    spec: FormSpec,
    path: Path,
    journal: Sequence[AuditLine] = (),
    template: Path | None = None,
    answers: Sequence[Answer] = (),
) -> None:
    """Write the workbook of ``review`` to ``path``, replacing a file that is there; nothing is left behind on failure.

    Args:
        review: what is exported; it is not changed.
        spec: the edition of ``review.form``.
        path: where the workbook goes.
        journal: the changes for 修改记录; without it, those the form itself knows.
        template: an office's own template instead of the program's.
        answers: the reviewer's answers in words.

    Raises:
        ExportError: the template cannot serve, or the file cannot be written or proven.
    """
    workbook, slots = open_template(template, spec)
    _remove_earlier_export(workbook)
    clear_values(workbook, slots, spec)
    add_alternative_rows(workbook, slots, spec, review.form)
    fill_values(workbook, slots, review.form, answers)
    fill_heading(workbook, slots, review.extracted)
    checks = _free_title(workbook, messages.text("workbook.identities.sheet"))
    add_identity_sheet(workbook, checks, slots, spec, review.form, answers)
    changes = _free_title(workbook, messages.text("workbook.changes.sheet"))
    add_audit_sheet(workbook, changes, spec, journal or changes_of(review.form), answers)
    record.write_record(workbook, review)
    _set_properties(workbook, review)
    places = [slot_of(slots, cell.ref) for cell in review.form]
    save(workbook, path, [place for place in places if place is not None])


def _remove_earlier_export(workbook: Workbook) -> None:
    """A workbook exported before may serve as template; its own sheets make room for the new ones."""
    if record.PROPERTY not in record.custom_properties(workbook).names:
        return
    for title in (
        record.SHEET,
        messages.text("workbook.identities.sheet"),
        messages.text("workbook.changes.sheet"),
    ):
        if title in workbook.sheetnames:
            workbook.remove(workbook[title])


def _free_title(workbook: Workbook, wanted: str) -> str:
    title, number = wanted, 2
    while title in workbook.sheetnames:
        title, number = f"{wanted} {number}", number + 1
    return title


def _set_properties(workbook: Workbook, review: Review) -> None:
    title = heading_shown(review.extracted, "title")
    workbook.properties.title = clean_text(str(title or ""))[:255]
    workbook.properties.creator = messages.text("workbook.program")
    # The formulas carry no values yet: the program that opens the workbook has to count them.
    workbook.calculation.fullCalcOnLoad = True
    workbook.active = 0
