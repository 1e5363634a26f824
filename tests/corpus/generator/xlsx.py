"""Workbooks typed by hand: with an offset, merged or not, one sheet or three, figures as text, sums as formulas."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .grid import PrintedCell, PrintedTable
from .layout import printed_table, versions
from .office import FIXED_TIME, convert, with_fixed_dates
from .report import Report, another_report
from .twist import adds_up


@dataclass(frozen=True, slots=True)
class XlsxStyle:
    """How the workbook was typed.

    Attributes:
        sheets: one sheet a table (after one for the prose), else everything on one sheet.
        top, left: empty rows and columns before the tables.
        merged: merged cells as in the form; else the text stands in the first slot only.
        as_text: figures are typed as text.
        formulas: the 总计 column of 表三 and 表四 holds sums (the workbook goes through LibreOffice to have results).
        prose: the report's text stands in the workbook too.
        hidden: a hidden sheet with last year's figures, which must not be read.
    """

    sheets: bool = False
    top: int = 0
    left: int = 0
    merged: bool = True
    as_text: bool = False
    formulas: bool = False
    prose: bool = True
    hidden: bool = False


_NAMES = {"t2": "主动公开", "t3": "依申请公开", "t4": "复议诉讼"}


def write_xlsx(report: Report, style: XlsxStyle) -> bytes:
    """The workbook."""
    import openpyxl

    book = openpyxl.Workbook()
    book.properties.creator, book.properties.title = report.plan.body, "".join(report.title)
    book.properties.created = book.properties.modified = FIXED_TIME
    sheet: Any = book.active
    sheet.title = "年报"
    row = 1 + style.top
    row = _text(sheet, row, report.title, style)
    if style.prose:
        row = _text(sheet, row, (*report.prose.lead, report.headings[0], *report.prose.overview), style)
    for heading, table_id in zip(report.headings[1:4], ("t2", "t3", "t4"), strict=True):
        if style.sheets:
            sheet, row = book.create_sheet(_NAMES[table_id]), 1 + style.top
        row = _text(sheet, row, (heading,), style)
        for caption, shown in versions(report, table_id):
            row = _text(sheet, row, (caption,) if caption else (), style)
            row = _table(sheet, row, printed_table(shown, table_id), shown, style) + 1
    if style.prose:
        sheet, row = (book.worksheets[0], book.worksheets[0].max_row + 2) if style.sheets else (sheet, row)
        prose = (report.headings[4], *report.prose.problems, report.headings[5], *report.prose.other)
        _text(sheet, row, prose, style)
    kinds = {twist.kind for twist in report.plan.twists}
    if style.hidden:
        _hidden(book, report)
    if "hidden-sheet-first" in kinds:
        _hide_last_year(book, report, style)
    made = io.BytesIO()
    book.save(made)
    # LibreOffice computes the formulas; without it their results are lacking.
    computed = style.formulas and "formula-without-value" not in kinds
    data = convert(made.getvalue(), "xlsx", "xlsx") if computed else made.getvalue()
    return with_fixed_dates(data)


def _text(sheet: Any, row: int, lines: tuple[str, ...], style: XlsxStyle) -> int:
    for line in lines:
        sheet.cell(row, 1 + style.left, line)
        row += 1
    return row


def _table(sheet: Any, top: int, table: PrintedTable, report: Report, style: XlsxStyle) -> int:
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    formats = {name: twist.text for twist in report.plan.twists if twist.kind == "number-format" for name in twist.at}
    for number in table.hidden_rows:
        sheet.row_dimensions[top + number].hidden = True
    for number in table.hidden_columns:
        sheet.column_dimensions[get_column_letter(1 + style.left + number)].hidden = True
    for cell in table.cells:
        row, column = top + cell.row, 1 + style.left + cell.column
        target = sheet.cell(row, column, _value(cell, top, report, style))
        target.number_format = formats.get(str(cell.ref), target.number_format)
        target.alignment = Alignment(wrap_text=True, vertical="center")
        if style.merged and (cell.row_span > 1 or cell.column_span > 1):
            sheet.merge_cells(
                start_row=row,
                start_column=column,
                end_row=row + cell.row_span - 1,
                end_column=column + cell.column_span - 1,
            )
    return top + table.row_count


def _value(cell: PrintedCell, top: int, report: Report, style: XlsxStyle) -> object:
    from openpyxl.utils import get_column_letter

    if cell.beside:
        return _rich(cell)
    if cell.ref is None or not cell.text:
        return cell.text or None
    kinds = {twist.kind for twist in report.plan.twists}
    formatted = any(twist.kind == "number-format" and str(cell.ref) in twist.at for twist in report.plan.twists)
    if style.as_text and not formatted and "formula-without-value" not in kinds:
        return cell.text
    if _is_formula(cell, report, style):
        count = 6 if cell.ref.table == "t3" else 4
        letters = [get_column_letter(1 + style.left + cell.column - offset) for offset in (count, 1)]
        return f"=SUM({letters[0]}{top + cell.row}:{letters[1]}{top + cell.row})"
    value = report.values[cell.ref]
    if value is None or (cell.text != str(value) and not formatted):
        return cell.text
    return float(value) if isinstance(value, Decimal) else value


def _is_formula(cell: PrintedCell, report: Report, style: XlsxStyle) -> bool:
    kinds = {twist.kind for twist in report.plan.twists}
    # A sum counts cells to its left, so no other habit may move them.
    wanted = kinds == {"formula-without-value"} or (style.formulas and not kinds)
    return wanted and cell.ref is not None and adds_up(cell.ref, report.values)


def _rich(cell: PrintedCell) -> object:
    """A text of which one part is struck, white or raised."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    assert cell.beside is not None
    looks = {"struck": InlineFont(strike=True), "white": InlineFont(color="FFFFFFFF")}
    if cell.beside.kind == "superscript":
        return CellRichText(cell.text, TextBlock(InlineFont(vertAlign="superscript"), cell.beside.text))
    return CellRichText(TextBlock(looks[cell.beside.kind], cell.beside.text), TextBlock(InlineFont(), cell.text))


def _hide_last_year(book: Any, report: Report, style: XlsxStyle) -> None:
    """A hidden sheet before all others, with last year's tables."""
    sheet = book.create_sheet("上年", 0)
    sheet.sheet_state, book.active = "hidden", 1
    row = _text(sheet, 1, (f"{report.plan.year - 1}年",), style)
    for heading, table_id in zip(report.headings[1:4], ("t2", "t3", "t4"), strict=True):
        row = _text(sheet, row, (heading,), style)
        other = another_report(report)
        row = _table(sheet, row, printed_table(other, table_id), other, style) + 1


def _hidden(book: Any, report: Report) -> None:
    sheet = book.create_sheet("上年")
    sheet.sheet_state = "hidden"
    sheet.append([f"{report.plan.year - 1}年数据，供对比"])
    for name, value in (("新收", 318), ("办结", 305)):
        sheet.append([name, value])
