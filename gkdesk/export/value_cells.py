"""The figures of a form in the named cells of a workbook: what each reading shows, and what is said beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gkdesk import messages
from gkdesk.export.safe_text import clean_text, put_number, put_text
from gkdesk.export.template import Slots, cell_at, slot_of
from gkdesk.model.answer import Answer
from gkdesk.model.cellref import CellRef
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import Number, Reading, State, number_text
from gkdesk.model.review import Extracted
from gkdesk.model.spec import FormSpec
from gkdesk.model.wording import doubt_words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as SheetCell

DOUBTFUL_COLOUR = "FFF2CC"
_LINE_PIXELS, _CHARACTERS_A_LINE, _COMMENT_WIDTH = 20, 16, 260


def shown(reading: Reading) -> Number | str | None:
    """What a cell shows: the number; else the mark for nothing or the unreadable text as it stood; else nothing."""
    if reading.value is not None:
        return reading.value
    if reading.state is State.MISSING:
        return None
    return clean_text(reading.raw).strip() or None


def clear_values(workbook: Workbook, slots: Slots, spec: FormSpec) -> None:
    """Empty every value cell, so that nothing is left of a report which a template was exported from."""
    from openpyxl.styles import PatternFill

    for name, slot in slots.items():
        if not _is_value_cell(name, spec):
            continue
        target = cell_at(workbook, slot)
        target.value, target.quotePrefix = None, False
        if target.comment is not None and target.comment.author == messages.text("workbook.program"):
            target.comment = None
        if str(target.fill.fgColor.rgb).endswith(DOUBTFUL_COLOUR):
            target.fill = PatternFill()


def fill_values(workbook: Workbook, slots: Slots, form: FilledForm, answers: Sequence[Answer] = ()) -> None:
    """Write every cell of ``form`` that has a place; what is doubtful, corrected or 原文如此 says so in a comment."""
    as_printed = _as_printed(answers)
    for cell in form:
        slot = slot_of(slots, cell.ref)
        if slot is None:
            continue
        target = cell_at(workbook, slot)
        _put(target, cell.reading)
        if cell.state is State.DOUBTFUL:
            _tint(target)
        remarks = [*_remarks(cell), *as_printed.get(cell.ref, ())]
        if remarks:
            _comment(target, remarks)


def fill_heading(workbook: Workbook, slots: Slots, extracted: Extracted) -> None:
    """Write title, body and year where the workbook names a place for them (``report.title``, ``report.title.t3``)."""
    for name, slot in slots.items():
        part = heading_part(name)
        if part is None:
            continue
        value = heading_shown(extracted, part)
        target = cell_at(workbook, slot)
        if isinstance(value, int):
            target.value = value
        else:
            put_text(target, value or "")


def heading_part(name: str) -> str | None:
    """``title``, ``organization`` or ``year`` if the name is one of these placeholders."""
    start, _, rest = name.partition(".")
    part = rest.partition(".")[0]
    return part if start == "report" and part in ("title", "organization", "year") else None


def heading_shown(extracted: Extracted, part: str) -> str | int | None:
    """What a placeholder shows. A report without a title gets the usual one, so that the sheet can be printed."""
    if part == "organization":
        return clean_text(extracted.organization or "").strip() or None
    if part == "year":
        return extracted.year
    if extracted.title:
        return clean_text(extracted.title).strip() or None
    if extracted.organization and extracted.year:
        return clean_text(
            messages.text("workbook.report-of", organization=extracted.organization, year=extracted.year)
        ).strip()
    return messages.text("workbook.report")


def reading_words(reading: Reading) -> str:
    """A reading for the record of changes: the number, or why there is none."""
    mark = clean_text(reading.raw).strip()
    match reading.state:
        case State.MISSING:
            return messages.text("workbook.reading.missing")
        case State.BLANK if mark:
            return messages.text("workbook.reading.blank-mark", raw=mark)
        case State.BLANK:
            return messages.text("workbook.reading.blank")
        case State.DOUBTFUL if reading.value is None:
            return messages.text("workbook.reading.doubtful-empty", raw=mark)
        case State.DOUBTFUL:
            return messages.text("workbook.reading.doubtful", value=number_text(reading.value))
        case State.READ:
            return number_text(reading.value)


def _is_value_cell(name: str, spec: FormSpec) -> bool:
    try:
        spec.column(CellRef.parse(name))
    except (ValueError, KeyError):
        return False
    return True


def _put(target: SheetCell, reading: Reading) -> None:
    value = shown(reading)
    if value is None:
        target.value = None
    elif isinstance(value, str):
        put_text(target, value)
    else:
        put_number(target, value)


def _tint(target: SheetCell) -> None:
    from openpyxl.styles import PatternFill

    target.fill = PatternFill("solid", start_color=DOUBTFUL_COLOUR, end_color=DOUBTFUL_COLOUR)


def _remarks(cell: Cell) -> list[str]:
    remarks = []
    if cell.changed and cell.as_read != cell.reading:
        before, after = reading_words(cell.as_read), reading_words(cell.reading)
        remarks.append(messages.text("workbook.corrected", before=before, after=after))
    if cell.state is State.DOUBTFUL:
        reasons = doubt_words(cell.reading)
        remarks.append(
            messages.text("workbook.doubtful", reasons=reasons) if reasons else messages.text("workbook.doubtful-plain")
        )
        if cell.reading.raw.strip() not in ("", number_text(cell.reading.value)):
            remarks.append(messages.text("workbook.as-written", raw=cell.reading.raw.strip()))
    return remarks


def _as_printed(answers: Iterable[Answer]) -> dict[CellRef, list[str]]:
    """What to say beside cells whose figures the reviewer left as they are printed."""
    found: dict[CellRef, list[str]] = {}
    for answer in answers:
        if answer.says_as_printed and answer.cell is not None:
            words = as_printed_words(answer)
            if answer.finding is not None:
                words = messages.text("workbook.as-printed-about", about=answer.about, words=words)
            found.setdefault(answer.cell, []).append(words)
    return found


def as_printed_words(answer: Answer) -> str:
    """``原文如此：已电话告知``; without the note if there is none."""
    note = clean_text(answer.decision.note).strip()
    return messages.text("workbook.as-printed", note=note) if note else messages.text("workbook.as-printed-plain")


def _comment(target: SheetCell, remarks: list[str]) -> None:
    from openpyxl.comments import Comment

    # An office's own remark on its template is kept above ours.
    kept = [target.comment.text] if target.comment is not None else []
    text = clean_text("\n".join([*kept, *remarks]))
    lines = sum(1 + len(line) // _CHARACTERS_A_LINE for line in text.splitlines())
    height = _LINE_PIXELS * (min(lines, 12) + 1)
    target.comment = Comment(text, messages.text("workbook.program"), height=height, width=_COMMENT_WIDTH)
