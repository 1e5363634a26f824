"""The sheet 修改记录: every changed cell before and after, by whom, when, why; below, the answers of the reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from gkdesk import messages
from gkdesk.export.safe_text import put_text
from gkdesk.export.sheet_style import fit_height, head_sheet, head_table, set_up_page, style_rows, style_title
from gkdesk.export.template import column_letters, sheet_cell
from gkdesk.export.value_cells import reading_words
from gkdesk.model.answer import Answer
from gkdesk.model.form import FilledForm
from gkdesk.model.review import AuditLine
from gkdesk.model.spec import FormSpec
from gkdesk.model.wording import place_words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (44, 13, 13, 17, 12, 30, 26)
HEADER_ROW = 2
_HEADINGS = ("cell", "before", "after", "when", "who", "why", "place")
_ANSWER_HEADINGS = ("about", "outcome", "state", "when", "who", "note", "place")
_TEXTS = (1, 6, 7)


def add_audit_sheet(
    workbook: Workbook, title: str, spec: FormSpec, lines: Sequence[AuditLine], answers: Sequence[Answer] = ()
) -> None:
    """Add the sheet ``title`` with one line per change; the hidden last column has the id of the cell.

    Where the reviewer gave answers, they are a second table below the first.
    """
    sheet = workbook.create_sheet(title)
    headings = [messages.text(f"workbook.changes.{heading}") for heading in _HEADINGS]
    head_sheet(sheet, messages.text("workbook.changes.title"), headings, WIDTHS, HEADER_ROW)
    for number, line in enumerate(lines, 1):
        _add_line(sheet, HEADER_ROW + number, spec, line)
    if not lines:
        put_text(sheet_cell(sheet, HEADER_ROW + 1, 1), messages.text("workbook.changes.none"))
    last = HEADER_ROW + max(1, len(lines))
    style_rows(sheet, range(HEADER_ROW + 1, last + 1), len(WIDTHS), left=_TEXTS)
    if answers:
        last = _add_answers(sheet, last + 2, answers)
    sheet.column_dimensions[column_letters(len(WIDTHS) + 1)].hidden = True
    set_up_page(sheet, last, len(WIDTHS), HEADER_ROW)
    sheet.page_setup.orientation = "landscape"


def changes_of(form: FilledForm) -> list[AuditLine]:
    """The record of changes as far as the form itself knows it, for reviews without a journal."""
    return [
        AuditLine(
            cell.ref,
            cell.as_read,
            cell.reading,
            cell.as_reviewed.who,
            cell.as_reviewed.when,
            cell.as_reviewed.why,
            cell.place,
        )
        for cell in form
        if cell.as_reviewed is not None
    ]


def local_time(when: str) -> str:
    """An ISO 8601 time as the clock on the wall had it: ``2026-01-15 09:12``; anything else as it is."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return when
    try:
        local = moment.astimezone()
    except (OverflowError, OSError):
        local = moment
    return local.strftime("%Y-%m-%d %H:%M")


def _add_answers(sheet: Worksheet, row: int, answers: Sequence[Answer]) -> int:
    """Add the table of answers with its title in ``row``; returns the last row."""
    put_text(sheet_cell(sheet, row, 1), messages.text("workbook.answers.title"))
    style_title(sheet, row, len(WIDTHS))
    head_table(sheet, [messages.text(f"workbook.answers.{heading}") for heading in _ANSWER_HEADINGS], row + 1)
    first = row + 2
    for number, answer in enumerate(answers, first):
        texts = _answer_texts(answer)
        for column, text in enumerate(texts, 1):
            put_text(sheet_cell(sheet, number, column), text)
        fit_height(sheet, number, WIDTHS, texts)
    last = first + len(answers) - 1
    style_rows(sheet, range(first, last + 1), len(WIDTHS), left=_TEXTS)
    return last


def _answer_texts(answer: Answer) -> tuple[str, ...]:
    decision = answer.decision
    return (
        answer.about,
        messages.text(f"outcome.{decision.outcome}"),
        "" if answer.stands else messages.text("workbook.answers.other-figures"),
        local_time(decision.when),
        decision.who,
        decision.note,
        place_words(answer.place),
        "" if answer.cell is None or answer.finding is not None else str(answer.cell),
    )


def _add_line(sheet: Worksheet, row: int, spec: FormSpec, line: AuditLine) -> None:
    texts = (
        spec.cell_words(line.cell),
        reading_words(line.as_read),
        reading_words(line.reading),
        local_time(line.when),
        line.who,
        line.why,
        place_words(line.place),
        str(line.cell),
    )
    for column, text in enumerate(texts, 1):
        put_text(sheet_cell(sheet, row, column), text)
    fit_height(sheet, row, WIDTHS, texts)
