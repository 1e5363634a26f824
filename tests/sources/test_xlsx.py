"""Workbooks: titles, prose and tables of a sheet, numbers as text, formulas without a result, and bounds."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from gkdesk import messages
from gkdesk.model.content import Content, Grid, Line
from gkdesk.model.place import SheetPlace
from gkdesk.sources import opening


def read(fill: Callable[[Worksheet], object]) -> Content:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "年报"
    fill(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return opening.read(stream.getvalue())


def raw_sheet(rows: str, behind: str = "", sheets: int = 1) -> bytes:
    names = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="r1"/>' for number in range(sheets))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>{names}</sheets></workbook>'
        )
        container.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{relation}/externalLink" Target="http://x" TargetMode="External"/>'
            "</Relationships>",
        )
        container.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><dimension ref="A1:XFD1048576"/>'
            f"<sheetData>{rows}</sheetData>{behind}</worksheet>",
        )
    return stream.getvalue()


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def test_titles_prose_and_tables_of_a_sheet() -> None:
    def fill(sheet: Worksheet) -> None:
        rows: list[list[object]] = [
            ["某局2024年政府信息公开工作年度报告"],
            [],
            ["一、总体情况"],
            ["全年公开信息 32 条。"],
            [],
            ["二、主动公开政府信息情况"],
            ["第二十条第（一）项"],
            ["信息内容", "本年制发件数", "本年废止件数"],
            ["规章", 0, None],
            ["第二十条第（八）项"],
            ["行政事业性收费", 12.5, None],
            ["三、收到和处理政府信息公开申请情况"],
            ["一、本年新收", 3, 4],
            ["四、结转下年度继续办理"],
        ]
        for row in rows:
            sheet.append(row)
        for merged in ("A1:C1", "A6:C6", "A7:C7", "A10:C10", "B11:C11", "A12:C12"):
            sheet.merge_cells(merged)

    content = read(fill)
    shape = [block.text if isinstance(block, Line) else texts(block) for block in content.blocks]
    assert shape == [
        "某局2024年政府信息公开工作年度报告",
        "一、总体情况",
        "全年公开信息 32 条。",
        "二、主动公开政府信息情况",
        [
            ["第二十条第（一）项"],
            ["信息内容", "本年制发件数", "本年废止件数"],
            ["规章", "0", ""],
            ["第二十条第（八）项"],
            ["行政事业性收费", "12.5"],
        ],
        "三、收到和处理政府信息公开申请情况",
        [["一、本年新收", "3", "4"], ["四、结转下年度继续办理", "", ""]],
    ]
    first, second = content.grids()
    assert (first.index, second.index, first.aligned) == (0, 1, True)
    fee = first.rows()[4][1]
    assert (fee.row, fee.column, fee.column_span, fee.place) == (4, 1, 2, SheetPlace("年报", "B11"))
    prose = list(content.lines())[2]
    assert (prose.place, [word.text for word in prose.words]) == (SheetPlace("年报", "A4"), ["32"])


def test_table_away_from_the_corner_and_merged_rows() -> None:
    def fill(sheet: Worksheet) -> None:
        for at, value in {"C5": "三、结果", "D5": "公开", "E5": 9, "D6": "其他", "E6": 1, "D7": "无", "E7": 2}.items():
            sheet[at] = value
        sheet.merge_cells("C5:C7")

    (grid,) = read(fill).grids()
    assert (grid.row_count, grid.column_count) == (3, 3)
    assert (grid.cells[0].row_span, grid.cells[0].place) == (3, SheetPlace("年报", "C5"))
    assert texts(grid) == [["三、结果", "公开", "9"], ["其他", "1"], ["无", "2"]]


def test_merged_header_whose_second_row_is_empty_does_not_cut_the_table() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["项目", "申请人情况"])
        sheet.append([None, None])
        sheet.append(["规章", 3])
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:B2")

    (grid,) = read(fill).grids()
    assert grid.row_count == 3


def test_values_as_text() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([5.0, 0.1, 1e21, 24252.311082, 0.1 + 0.2, 1e-7, True, "第一行\n第二行", " 12 "])
        sheet.append(
            [date(2024, 1, 31), datetime(2024, 1, 31, 16, 34), 0.5, 1234567.5, -3, "'0", "#REF!", "a_x000D_b", 0]
        )
        sheet["C2"].number_format = "0%"
        sheet["D2"].number_format = '#,##0.00 [Red]"ymd"'

    first, second = texts(next(read(fill).grids()))
    assert first[:4] == ["5", "0.1", "1000000000000000000000", "24252.311082"]
    assert first[4:] == ["0.3", "0.0000001", "TRUE", "第一行第二行", "12"]
    assert second == ["2024-01-31", "2024-01-31 16:34", "0.5", "1234567.5ymd", "-3", "'0", "#REF!", "a b", "0"]


def test_a_formula_without_value_that_is_no_sum_is_doubtful_and_blank() -> None:
    (grid,) = read(lambda sheet: sheet.append(["规章", "=2*1"])).grids()
    cell = grid.rows()[0][1]
    assert (cell.text, cell.doubt) == ("", "formula-without-value")
    assert messages.has(f"doubt.{cell.doubt}")
    with_value = '<row r="1"><c r="A1" t="inlineStr"><is><t>规章</t></is></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
    (grid,) = opening.read(raw_sheet(with_value)).grids()
    assert [(cell.text, cell.doubt) for cell in grid.cells] == [("规章", ""), ("2", "")]


def test_hidden_parts_are_read_and_noted() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["规章", 1, 2])
        sheet.append(["其他", 3, 4])
        sheet.row_dimensions[2].hidden = True
        extra = sheet.parent.create_sheet("备用")  # type: ignore[union-attr]
        extra.append(["甲", 1])
        extra.sheet_state = "hidden"

    content = read(fill)
    assert [texts(grid) for grid in content.grids()] == [[["规章", "1", "2"], ["其他", "3", "4"]], [["甲", "1"]]]
    assert [(note.code, note.arguments) for note in content.notes] == [
        ("hidden-cells", {"sheet": "年报"}),
        ("hidden-sheet", {"sheet": "备用"}),
    ]
    for note in content.notes:
        assert messages.text(f"note.{note.code}", **note.arguments)


def test_cells_without_addresses_and_odd_parts() -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row><c r="B2" t="s"><v>7</v></c><c r="?"><v>x</v></c></row>'
    (grid,) = opening.read(raw_sheet(rows)).grids()
    assert texts(grid)[0] == ["1", "2", ""]
    assert texts(grid)[1] == ["", "", "x"]


@pytest.mark.parametrize(
    ("rows", "behind", "codes"),
    [
        (
            '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            [],
        ),
        (
            "".join(
                f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="XFD{row}"><v>2</v></c></row>' for row in range(1, 99)
            ),
            "",
            ["sheet-too-large"],
        ),
        (
            "".join(f'<row r="{row}"><c><v>1</v></c><c><v>2</v></c></row>' for row in range(1, 200_000)),
            "",
            ["sheet-too-large"],
        ),
        (
            '<row r="1"><c><v>1</v></c><c><v>2</v></c></row>'
            + "".join(f'<row r="{row}"><c s="1"/><c s="1"/></row>' for row in range(2, 100_000)),
            "",
            [],
        ),
        (
            "".join(f'<row r="{row}"><c><v>1</v></c><c><v>2</v></c></row>' for row in range(1, 5000)),
            "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/><mergeCell ref="B5:C1048576"/>' * 9000 + "</mergeCells>",
            [],
        ),
    ],
)
def test_huge_sheets_are_read_within_bounds(rows: str, behind: str, codes: list[str]) -> None:
    data = raw_sheet(rows, behind)
    start = time.monotonic()
    content = opening.read(data)
    assert time.monotonic() - start < 60
    assert [note.code for note in content.notes] == codes
    for note in content.notes:
        assert messages.text(f"note.{note.code}", **note.arguments)


def test_more_sheets_than_a_report_has() -> None:
    content = opening.read(raw_sheet('<row r="1"><c><v>1</v></c><c><v>2</v></c></row>', sheets=60))
    assert len(list(content.grids())) == 50
    assert [note.code for note in content.notes] == ["too-many-sheets"]


def test_a_run_in_the_colour_of_its_ground_is_left_out_and_the_cell_in_doubt() -> None:
    def fill(sheet: Worksheet) -> None:
        white, black = InlineFont(color="FFFFFFFF"), InlineFont(color="FF000000")
        sheet.append(["规章", "文件", "合计"])
        sheet.append(
            [CellRichText(TextBlock(white, "4"), TextBlock(black, "1")), CellRichText(TextBlock(black, "2")), 3]
        )
        sheet.append([CellRichText(TextBlock(white, "4"), TextBlock(black, "1")), 2, 3])
        sheet["A3"].fill = PatternFill("solid", fgColor="FF204060")

    (grid,) = read(fill).grids()
    found = [(cell.text, cell.doubt) for row in grid.rows()[1:] for cell in row[:2]]
    assert found == [("1", "hidden-text"), ("2", ""), ("41", ""), ("2", "")]
