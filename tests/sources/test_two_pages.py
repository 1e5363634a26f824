"""Two pages beside each other on one sheet of a PDF, and lines printed over each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gkdesk.extraction.fill import extract
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Grid, Line
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.sources.pdf_maker import Sheet, make_pdf

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
SENTENCE = "本年度继续做好政府信息公开各项工作，公开内容准确及时。"


def prose(sheet: Sheet, left: float, lines: int = 4) -> None:
    for number in range(lines):
        sheet.text(left, 80 + 12 * number, SENTENCE)


def test_the_left_page_is_read_before_the_right_one() -> None:
    sheet = Sheet(1190, 842)
    for left, name in ((60, "左"), (655, "右")):
        prose(sheet, left)
        sheet.text(left, 140, f"{name}页")
        sheet.text(left + 200, 800, "1")
    lines = [block.text for block in opening.read(make_pdf(sheet)).blocks if isinstance(block, Line)]
    assert lines == [*[SENTENCE] * 4, "左页", *[SENTENCE] * 4, "右页"]


def test_a_table_goes_on_from_the_left_page_to_the_right_one() -> None:
    widths = [200, *[40] * 7]
    rows = [[row.label[-1], "2", "1", "0", "0", "0", "0", "3"] for row in ROWS]
    sheet = Sheet(1190, 842)
    prose(sheet, 60, 3)
    sheet.text(60, 130, "三、收到和处理政府信息公开申请情况")
    sheet.table(60, 150, widths, 30, [["", *(name[:4] for name in NAMES)], *rows[:18]])
    sheet.table(655, 150, widths, 30, rows[18:])
    prose(sheet, 655, 3)
    form = extract(opening.read(make_pdf(sheet))).form
    assert form[CellRef.parse("t3.carried_out.total")].value == Decimal(3)


def test_the_last_sheet_may_hold_little() -> None:
    first, last = Sheet(1190, 842), Sheet(1190, 842)
    for left in (60, 655):
        prose(first, left)
    last.text(60, 60, "六、其他需要报告的事项")
    last.text(655, 60, "无。")
    last.text(60, 80, "没有需要报告的事项。")
    lines = [block.text for block in opening.read(make_pdf(first, last)).blocks if isinstance(block, Line)]
    assert lines[-3:] == ["六、其他需要报告的事项", "没有需要报告的事项。", "无。"]


def test_a_broad_page_with_a_table_across_is_one() -> None:
    sheet = Sheet(1190, 842)
    prose(sheet, 60)
    prose(sheet, 655)
    sheet.table(60, 200, [100] * 10, 30, [["规章", *map(str, range(9))]] * 2)
    content = opening.read(make_pdf(sheet))
    assert [block.column_count for block in content.blocks if isinstance(block, Grid)] == [10]
    assert f"{SENTENCE} {SENTENCE}" in [block.text for block in content.blocks if isinstance(block, Line)]


@pytest.mark.parametrize(("lower", "doubt"), [(2.0, "position"), (20.0, "")])
def test_a_line_printed_over_another_is_in_doubt(lower: float, doubt: str) -> None:
    sheet = Sheet()
    sheet.text(60, 100, "予以公开的申请")
    sheet.text(65, 100 + lower, "部分公开的申请")
    sheet.text(200, 100, "258 12")
    found = [
        block.doubt for block in opening.read(make_pdf(sheet)).blocks if isinstance(block, Line) and "258" in block.text
    ]
    assert found == [doubt]
