"""Formulas without results: sums are counted as a spreadsheet program counts them, all else stays in doubt."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from gkdesk import messages
from gkdesk.model.content import Content
from gkdesk.sources import opening
from gkdesk.sources.office import plain_sums

Cells = dict[str, object]

FIGURES: Cells = {"A1": "规章", "B1": 3, "C1": 4.5, "D1": "/", "E1": None, "F1": -2}


def saved(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_of(book: openpyxl.Workbook) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def book_with(cells: Cells, change: Callable[[Worksheet], object] = lambda sheet: None) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = sheet_of(book)
        for address, value in cells.items():
            sheet[address] = value
        change(sheet)

    return saved(fill)


def shown(data: bytes, address: str) -> tuple[str, str]:
    """Text and doubt of a cell of the first sheet that has it."""
    content = opening.read(data)
    return next(
        (cell.text, cell.doubt)
        for grid in content.grids()
        for cell in grid.cells
        if getattr(cell.place, "cell", "") == address
    )


def notes(content: Content) -> list[str]:
    return [note.code for note in content.notes]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("SUM(B1:F1)", "5.5"),
        ("sum( $B$1 : C1 )".replace(" : ", ":"), "7.5"),
        ("SUM(F1:B1)", "5.5"),
        ("SUM(B1,C1,10)", "17.5"),
        ("B1+C1-F1+E1", "9.5"),
        ("+B1", "3"),
        ("SUM(B1:C1)-SUM(F1)+(2-B1)", "8.5"),
        ("SUM(D1)", "0"),
        ("0.1+0.2", "0.3"),
        ("Sheet!B1+'Sheet'!C1", "7.5"),
        ("B1--1", "4"),
    ],
)
def test_sums_are_counted(formula: str, value: str) -> None:
    data = book_with({**FIGURES, "G1": "=" + formula})
    assert shown(data, "G1") == (value, "")
    assert "sums-counted" in notes(opening.read(data))


@pytest.mark.parametrize(
    "formula",
    [
        "B1*2",
        "SUM(B1:C1)/2",
        "B1%",
        "B1+D1",
        "SUM(B1+D1)",
        'SUM("3")',
        "SUM(B:C)",
        "IF(B1,B1,C1)",
        "SUMIF(B1:C1,1)",
        "SUM(B1:C1 C1:D1)",
        "SUM(总计)",
        "Other!B1",
        "[1]Sheet!B1",
        "SUM(Sheet:Sheet2!B1)",
        "SUM(B1:C1",
        "SUM()",
        "B1:C1",
        "B1 C1",
        "G1+B1",
        "SUM(A1:H1)",
        "SUM(H1)",
        "SUM(I1:J1)",
        "1E2+B1",
        "B1&C1",
        "(" * 900 + "B1",
        "B1+" * 400 + "B1",
    ],
)
def test_what_is_more_than_a_sum_has_no_value(formula: str) -> None:
    others: Cells = {"H1": "=G1", "I1": True, "J1": "#REF!"}
    data = book_with({**FIGURES, **others, "G1": "=" + formula})
    assert shown(data, "G1") == ("", "formula-without-value")


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["C"].hidden = True


def whiten(sheet: Worksheet) -> None:
    sheet["C1"].font = Font(color="FFFFFFFF")


def scale(sheet: Worksheet) -> None:
    sheet["C1"].number_format = "0"


def count_by_hand(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.calculation.calcMode = "manual"


def merge_over(sheet: Worksheet) -> None:
    sheet.merge_cells("B1:C1")
    sheet._cells[1, 3] = openpyxl.cell.Cell(sheet, row=1, column=3, value=4.5)  # type: ignore[attr-defined]


@pytest.mark.parametrize("change", [hide_column, whiten, scale, count_by_hand, merge_over])
def test_a_sum_over_what_is_not_seen_is_in_doubt(change: Callable[[Worksheet], object]) -> None:
    data = book_with({**FIGURES, "G1": "=SUM(B1:C1)", "G2": "=G1+1"}, change)
    assert shown(data, "G1") == ("7.5", "sum-unsure")
    assert shown(data, "G2") == ("8.5", "sum-unsure")
    assert messages.has("doubt.sum-unsure")


@pytest.mark.parametrize("text", ["12", "１２", "1,2", "3件", "约5"])
def test_a_text_that_looks_like_a_number_is_not_added_and_makes_the_sum_doubtful(text: str) -> None:
    assert shown(book_with({**FIGURES, "D1": text, "G1": "=SUM(B1:F1)"}), "G1") == ("5.5", "sum-unsure")


def test_the_format_of_the_sum_decides_what_is_shown_of_it() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["G1"].number_format = "0"

    assert shown(book_with({**FIGURES, "G1": "=SUM(B1:C1)"}, change), "G1") == ("8", "number-format")


def test_sums_of_sums_and_of_other_sheets() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet_of(book).append(["甲", "='二 季''s'!C1+B2", 1])
        sheet_of(book).append(["乙", "=SUM('二 季''s'!A1:C1)", 1])
        other = book.create_sheet("二 季's")
        other.append([5, 6, "=SUM(A1:B1)"])

    data = saved(fill)
    assert shown(data, "B1") == ("33", "")
    assert shown(data, "B2") == ("22", "")


def test_circles_and_chains_without_end_have_no_value() -> None:
    cells: Cells = {f"B{row}": f"=B{row + 1}+1" for row in range(1, 900)}
    data = book_with({"A1": "甲", **cells, "B900": 1, "C1": "=C2", "C2": "=C1", "D1": "=SUM(C1:C2)"})
    for address in ("B1", "C1", "C2", "D1"):
        assert shown(data, address) == ("", "formula-without-value")
    assert shown(data, "B899") == ("2", "")


def test_a_workbook_of_nothing_but_large_sums_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_sums, "MOST_STEPS", 500)
    cells: Cells = {f"B{row}": f"=SUM(A1:A{row})" for row in range(1, 101)}
    data = book_with({**{f"A{row}": row for row in range(1, 101)}, **cells})
    assert shown(data, "B1") == ("1", "")
    assert shown(data, "B100") == ("", "formula-without-value")


def with_results(data: bytes, results: dict[str, str], on_opening: bool) -> bytes:
    """The workbook with results stored beside its formulas."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            for address, result in results.items():
                part = re.sub(rf'(<c r="{address}"[^>]*><f>[^<]*</f>)<v\s*/?>(?:</v>)?', rf"\1<v>{result}</v>", part)
            if not on_opening:
                part = part.replace('fullCalcOnLoad="1"', "")
            new.writestr(name, part)
    return stream.getvalue()


@pytest.mark.parametrize("on_opening", [True, False])
def test_stored_results_that_differ_are_in_doubt(on_opening: bool) -> None:
    # What some programs write for a result that they did not count is a nought.
    plain = book_with({**FIGURES, "G1": "=SUM(B1:C1)", "H1": "=B1+C1", "I1": "=B1*2"})
    data = with_results(plain, {"G1": "0", "H1": "7.5", "I1": "0"}, on_opening)
    assert shown(data, "G1") == ("7.5" if on_opening else "0", "formula-other-value")
    assert shown(data, "H1") == ("7.5", "")
    assert shown(data, "I1") == ("0", "formula-other-value" if on_opening else "")
    assert messages.has("doubt.formula-other-value")
