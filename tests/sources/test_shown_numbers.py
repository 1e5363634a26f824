"""Workbooks: a cell that shows another number than it keeps, or nothing, is never certain."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from gkdesk.model.content import Content
from gkdesk.sources import opening
from gkdesk.sources.office.number_formats import ODD, shown_number


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("12", "0"),
        ("0", "#,##0"),
        ("5", "0;-0;;@"),
        ("-5", "0_);(0)"),
        ("-5", "#,##0;[Red]-#,##0"),
        ("12", "[DBNum1][$-804]General"),
        ("12.5", "[$¥-804]#,##0.00"),
        ("12", "@"),
        ("0.3", "0.####"),
    ],
)
def test_the_number_itself_is_shown(number: str, code: str) -> None:
    assert shown_number(number, code) == (number, "")


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("0", "0;-0;;@", "0"),
        ("5", ";;;", "5"),
        ("0", "#", "0"),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;[White]"-"_ ;_ @_ ', "0"),
        ("-5", "0;0", "-5"),
        ("4236000", "#,##0,", "4236"),
        ("1234.5678", "0.00", "1234.57"),
        ("12.6", "0", "13"),
        ("0.25", "0%", "0.25"),
        ("1234", "0.00E+00", "1234"),
        ("7", '0"0"', "7"),
        ("12", "[>100]0;General", "12"),
        ("12", "[White]0", "12"),
        ("123000", "0!.0,", "12.3"),
        ("123456", "0\\.0,", "12.3"),
        ("123000", '0"."0000', "12.3000"),
        ("123000", "#,##0!.0,", "123000"),
    ],
)
def test_another_number_or_nothing_is_shown(number: str, code: str, shown: str) -> None:
    assert shown_number(number, code) == (shown, ODD)


@pytest.mark.parametrize(
    "code",
    [
        '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
        '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
        '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        "0;-0;-;@",
    ],
)
def test_a_zero_that_bookkeeping_shows_as_a_stroke_is_a_mark_for_nothing(code: str) -> None:
    assert shown_number("0", code) == ("-", "")
    assert shown_number("1200", code) == ("1200", "")


def test_words_of_the_format_are_shown() -> None:
    assert shown_number("12", '0"件"') == ("12件", "")
    assert shown_number("12", '0.00"元"') == ("12元", "")


def read(fill: Callable[[Worksheet], object]) -> Content:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (["规章", 1, 0], ["文件", 3, 4]):
        sheet.append(row)
    fill(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return opening.read(stream.getvalue())


def doubts(fill: Callable[[Worksheet], object]) -> list[str]:
    (grid,) = read(fill).grids()
    return [cell.doubt for cell in grid.cells if cell.text.isdecimal()]


def test_figures_in_the_colour_of_their_ground() -> None:
    def fill(sheet: Worksheet) -> None:
        for address in ("B1", "C1", "B2"):
            sheet[address].font = Font(color="FFFFFFFF")
        sheet["C1"].fill = PatternFill("solid", fgColor="FF1F4E79")
        sheet["B2"].fill = PatternFill("solid", fgColor="FFFFFFFF")

    assert doubts(fill) == ["hidden-text", "", "hidden-text", ""]


def test_zeros_of_a_sheet_that_shows_none() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.sheet_view.showZeros = False

    assert doubts(fill) == ["", ODD, "", ""]


def test_hidden_rows_and_columns() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True

    assert doubts(fill) == ["", "hidden-content", "hidden-content", "hidden-content"]


def test_a_hidden_sheet() -> None:
    def fill(sheet: Worksheet) -> None:
        shown = sheet.parent.create_sheet("备用")  # type: ignore[union-attr]
        shown.append(["甲", 1])
        sheet.sheet_state = "hidden"

    shown, hidden = read(fill).grids()
    assert [cell.doubt for cell in shown.cells] == ["", ""]
    assert {cell.doubt for cell in hidden.cells} == {"hidden-content"}
