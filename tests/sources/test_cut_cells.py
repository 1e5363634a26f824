"""Tables that run over the edge of their page, and figures that run over the border of their table."""

from __future__ import annotations

from gkdesk.extraction.fill import extract
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import State
from gkdesk.sources.pdf import reader
from tests.sources.pdf_maker import Sheet, make_pdf

ROWS = (("规章", "7", "963"), ("文件", "5", "41"))


def last_column(sheet: Sheet) -> list[tuple[str, str]]:
    cells = [cell for grid in reader.read(make_pdf(sheet), "sha").grids() for cell in grid.cells if cell.column == 2]
    return [(cell.text, cell.doubt) for cell in cells]


def test_the_last_column_of_a_table_wider_than_its_page_is_in_doubt() -> None:
    sheet = Sheet()
    sheet.table(400, 100, (80, 80, 80), 20, ROWS)
    assert last_column(sheet) == [("963", "cut-off"), ("41", "cut-off")]


def test_a_table_within_its_page_is_not() -> None:
    sheet = Sheet()
    sheet.table(330, 100, (80, 80, 80), 20, ROWS)
    assert last_column(sheet) == [("963", ""), ("41", "")]


def test_a_figure_that_runs_over_the_border_of_its_table_is_in_doubt() -> None:
    sheet = Sheet()
    sheet.table(100, 100, (80, 80, 12), 20, ROWS)
    (first, doubt), second = last_column(sheet)
    assert first != "963"
    assert doubt == "cut-off"
    assert second == ("41", "")


def test_a_figure_far_beside_a_table_is_none_of_its_cells() -> None:
    sheet = Sheet()
    sheet.table(100, 100, (80, 80, 40), 20, ROWS)
    sheet.text(360, 114, "12")
    assert last_column(sheet) == [("963", ""), ("41", "")]


def test_a_column_beyond_the_edge_of_the_page_is_not_blank() -> None:
    sheet = Sheet()
    sheet.text(60, 60, "青禾市司法局2024年政府信息公开工作年度报告")
    sheet.text(60, 80, "二、主动公开政府信息情况")
    rows = (
        ("信息内容", "本年制发件数", "本年废止件数"),
        ("规章", "0", "0"),
        ("行政规范性文件", "7", "2"),
        ("第二十条第（六）项", "", ""),
        ("信息内容", "本年处理决定数量", ""),
        ("行政处罚", "7", ""),
        ("行政强制", "7", ""),
    )
    sheet.table(60, 100, (180, 180, 180), 20, rows)
    form = extract(reader.read(make_pdf(sheet), "sha")).form
    assert form[CellRef.parse("t2.normative.valid")].state is State.MISSING
