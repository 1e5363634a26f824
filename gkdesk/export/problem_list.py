"""The list for the reporting body (整改清单): as a workbook to work through, or as a document to print and send."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk import messages
from gkdesk.export.safe_text import clean_text, put_text
from gkdesk.export.saving import save, save_bytes
from gkdesk.export.sheet_style import fit_height, head_sheet, set_up_page, style_rows
from gkdesk.export.template import sheet_cell
from gkdesk.model.problem import Problem, ProblemList

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table, _Cell
    from docx.text.run import Run

COLUMNS = ("number", "where", "printed", "reason", "advice", "answer", "reply", "place")
WIDTHS = (6, 30, 16, 44, 34, 16, 20, 14)
HEADER_ROW = 4
_TEXTS = (2, 3, 4, 5, 6, 7, 8)
_CENTIMETRES = (1.3, 3.9, 2.3, 6.2, 4.8, 2.3, 3.0, 1.9)
_BODY_POINTS, _TITLE_POINTS = 10.5, 16.0


def write(problems: ProblemList, path: Path) -> None:
    """Write the list to ``path``: a document if it ends in ``.docx``, else a workbook.

    A file that is there is replaced; nothing is left behind on failure. Raises ``ExportError``.
    """
    writer: Callable[[ProblemList, Path], None] = _write_document if path.suffix.lower() == ".docx" else _write_workbook
    writer(problems, path)


def _rows(problems: ProblemList) -> list[tuple[str, ...]]:
    return [_row(number, problem) for number, problem in enumerate(problems.problems, 1)]


def _row(number: int, problem: Problem) -> tuple[str, ...]:
    return (
        str(number), problem.where, problem.printed, problem.reason, problem.advice, problem.answer, "", problem.place,
    )  # fmt: skip


def _heading(problems: ProblemList) -> tuple[str, str]:
    """Which report it is, and what is asked of the body."""
    about = messages.text(
        "problem.of",
        organization=problems.organization,
        year="" if problems.year is None else problems.year,
        name=problems.source_name,
    )
    if not problems.problems:
        return about, messages.text("problem.none")
    return about, messages.text("problem.request", count=len(problems.problems))


def _headings() -> list[str]:
    return [messages.text(f"problem.{column}") for column in COLUMNS]


def _write_workbook(problems: ProblemList, path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = messages.text("problem.sheet")
    head_sheet(sheet, messages.text("problem.title"), _headings(), WIDTHS, HEADER_ROW)
    for row, text in enumerate(_heading(problems), 2):
        put_text(sheet_cell(sheet, row, 1), text)
    rows = _rows(problems)
    for row, texts in enumerate(rows, HEADER_ROW + 1):
        for column, text in enumerate(texts, 1):
            put_text(sheet_cell(sheet, row, column), text)
        fit_height(sheet, row, WIDTHS, texts)
    last = HEADER_ROW + max(1, len(rows))
    style_rows(sheet, range(HEADER_ROW + 1, last + 1), len(WIDTHS), left=_TEXTS)
    set_up_page(sheet, last, len(WIDTHS), HEADER_ROW)
    sheet.page_setup.orientation = "landscape"
    workbook.properties.title = messages.text("problem.title")
    workbook.properties.creator = messages.text("workbook.program")
    save(workbook, path, ())


def _write_document(problems: ProblemList, path: Path) -> None:
    import docx

    document = docx.Document()
    _set_up(document)
    _add_paragraph(document, messages.text("problem.title"), _TITLE_POINTS, centred=True)
    for text in _heading(problems):
        _add_paragraph(document, text, _BODY_POINTS)
    if problems.problems:
        _add_table(document, _headings(), _rows(problems))
    document.core_properties.title = messages.text("problem.title")
    document.core_properties.author = messages.text("workbook.program")
    document.core_properties.comments = ""
    stream = io.BytesIO()
    document.save(stream)
    save_bytes(stream.getvalue(), path)


def _set_up(document: Document) -> None:
    """A4 lying, with margins that leave the table room."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section: Section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.8)


def _add_paragraph(document: Document, text: str, points: float, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_face(paragraph.add_run(clean_text(text)), points, "黑体" if centred else "宋体")


def _add_table(document: Document, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=len(headings))
    table.style = "Table Grid"
    table.autofit = False
    # WPS and LibreOffice go by the widths of the columns, Word by those of the cells.
    for column, width in zip(table.columns, _CENTIMETRES, strict=True):
        column.width = Cm(width)
    for texts in (headings, *rows):
        _add_row(table, texts)
    _repeat_header(table)


def _add_row(table: Table, texts: Sequence[str]) -> None:
    from docx.shared import Cm

    is_header = not table.rows
    cells: tuple[_Cell, ...] = table.add_row().cells  # type: ignore[no-untyped-call]
    for cell, text, width in zip(cells, texts, _CENTIMETRES, strict=True):
        cell.width = Cm(width)
        _set_face(cell.paragraphs[0].add_run(clean_text(text)), _BODY_POINTS, "黑体" if is_header else "宋体")


def _repeat_header(table: Table) -> None:
    """Word repeats the first row on every page, and no row is torn by a page break."""
    from docx.oxml import OxmlElement

    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _set_face(run: Run, points: float, face: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.size = Pt(points)
    run.font.name = face
    # Word takes the face of Chinese characters from an attribute of its own.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
