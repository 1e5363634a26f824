"""The look of the sheets the program adds to a workbook: title, table head, ruled rows, page set-up."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from copy import copy
from typing import TYPE_CHECKING, Literal

from gkdesk import messages
from gkdesk.export.template import column_letters, sheet_cell

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Border, Font
    from openpyxl.worksheet.worksheet import Worksheet

BODY_SIZE = 11
TITLE_SIZE = 16
LINE_HEIGHT = BODY_SIZE * 1.3
"""Points from one line of body text to the next."""

_A4 = 9
_DIGIT_PIXELS = 8
_HIGHEST_ROW = 409.0


def head_sheet(sheet: Worksheet, title: str, headings: Sequence[str], widths: Sequence[float], header_row: int) -> None:
    """Title in row 1, remarks between, the head of the table in ``header_row``."""
    from openpyxl.styles import Alignment

    style_title(sheet, 1, len(widths))
    for row in range(2, header_row):
        cell = sheet.cell(row, 1)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
        cell.font = _font("宋体", BODY_SIZE)
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
        sheet.row_dimensions[row].height = 22
    sheet.cell(1, 1).value = title
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[column_letters(column)].width = width
    head_table(sheet, headings, header_row)
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.sheet_view.showGridLines = False


def style_title(sheet: Worksheet, row: int, columns: int) -> None:
    """Make ``row`` the title of the table below it, over all ``columns``."""
    from openpyxl.styles import Alignment

    cell = sheet.cell(row, 1)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    cell.font = _font("黑体", TITLE_SIZE)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 32


def head_table(sheet: Worksheet, headings: Sequence[str], row: int) -> None:
    """The head of a table in ``row``."""
    from openpyxl.styles import PatternFill

    for column, heading in enumerate(headings, 1):
        sheet.cell(row, column).value = heading
    style_rows(sheet, range(row, row + 1), len(headings), left=())
    for column in range(1, len(headings) + 1):
        sheet.cell(row, column).fill = PatternFill("solid", start_color="C6D9F1", end_color="C6D9F1")
    sheet.row_dimensions[row].height = 24


def style_rows(sheet: Worksheet, rows: range, columns: int, left: Collection[int]) -> None:
    """Borders and face of these lines; the columns in ``left`` hold text and stand left, the others in the middle."""
    from openpyxl.styles import Alignment

    font, border = _font("宋体", BODY_SIZE), _border()
    for column in range(1, columns + 1):
        model = sheet_cell(sheet, rows[0], column)
        model.font, model.border = font, border
        horizontal: Literal["left", "center"] = "left" if column in left else "center"
        model.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
        for row in rows[1:]:
            copy_style(model, sheet_cell(sheet, row, column))


def line_count(text: str, width: float) -> int:
    """Lines that ``text`` takes in a column ``width`` digits wide; a little pessimistic, as programs differ."""
    letter = BODY_SIZE * 96 / 72
    room = max(width * _DIGIT_PIXELS * 0.88 - 6, letter)
    lengths = (
        sum(letter * (1.0 if ord(character) > 0x2000 else 0.55) for character in line) for line in text.split("\n")
    )
    return sum(max(1, math.ceil(length / room)) for length in lengths)


def fit_height(sheet: Worksheet, row: int, widths: Sequence[float], texts: Sequence[str]) -> None:
    """Make the row high enough for ``texts``, one a column; not every program does that by itself."""
    lines = max(line_count(text, width) for text, width in zip(texts, widths, strict=False))
    sheet.row_dimensions[row].height = min(_HIGHEST_ROW, 4 + lines * LINE_HEIGHT)


def set_up_page(sheet: Worksheet, last_row: int, columns: int, header_row: int) -> None:
    """A4 upright, as wide as the page, head repeated on every page, page numbers."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.print_area = f"A1:{column_letters(columns)}{last_row}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    footer = sheet.oddFooter
    if footer is not None:
        footer.center.text = messages.text("workbook.footer")


def copy_style(source: Cell, target: Cell) -> None:
    """Make ``target`` look like ``source``; whether its content is marked as text stays its own matter."""
    is_text = target.quotePrefix
    # Setting font, border and the rest one by one would look each of them up in the workbook: ten times slower.
    target._style = copy(source._style)  # type: ignore[attr-defined]
    target.quotePrefix = is_text


def _font(name: str, size: float) -> Font:
    from openpyxl.styles import Font

    return Font(name=name, size=size, charset=134, family=3)


def _border() -> Border:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin", color="000000")
    return Border(left=thin, right=thin, top=thin, bottom=thin)
