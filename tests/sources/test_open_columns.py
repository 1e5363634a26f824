"""Tables with rules between their rows only: their columns come from where the words stand, or not at all."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gkdesk.model.content import Content, Grid
from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Glyph, Rule
from gkdesk.sources.layout.open_bands import tables_of
from gkdesk.sources.pdf import reader
from tests.work import calls_of

from .pdf_maker import Sheet, make_pdf

HEAD = ("项目", "自然人", "总计")
ROWS = (("一、本年新收", "3001", "3119"), ("二、上年结转", "", "12"), ("三、予以公开", "7", ""))
AT = (100.0, 220.0, 300.0)


def ruled(sheet: Sheet, rows: tuple[tuple[str, ...], ...], top: float = 100, at: tuple[float, ...] = AT) -> Sheet:
    for number in range(len(rows) + 1):
        sheet.line(90, top + 20 * number, 380, top + 20 * number)
    for number, row in enumerate(rows):
        for x, text in zip(at, row, strict=True):
            if text:
                sheet.text(x, top + 20 * number + 14, text)
    return sheet


def read(*sheets: Sheet) -> Content:
    return reader.read(make_pdf(*sheets), "sha")


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def test_figures_stand_in_the_columns_of_their_headings_and_blanks_stay() -> None:
    (grid,) = read(ruled(Sheet(), (HEAD, *ROWS))).grids()
    assert texts(grid) == [list(row) for row in (HEAD, *ROWS)]


def test_a_table_that_goes_on_keeps_its_columns_though_one_is_blank_there() -> None:
    rest = tuple((label, "", "5") for label in ("四、部分公开", "五、不予公开", "六、其他处理"))
    _, grid = read(ruled(Sheet(), (HEAD, *ROWS)), ruled(Sheet(), rest)).grids()
    assert texts(grid) == [list(row) for row in rest]


def test_a_heading_beside_the_figures_under_it_makes_no_columns() -> None:
    # Whether 8 stands under 自然人 or under nothing cannot be said: they do not touch.
    rows = (("项目", "自然人", "", "总计"), *((f"{label}件数", "", "8", "9") for label in "甲乙丙丁"))
    assert list(read(ruled(Sheet(), rows, at=(100, 200, 250, 300))).grids()) == []


def test_a_figure_under_no_words_of_the_page_before_makes_no_columns() -> None:
    rest = tuple((label, "5", "") for label in ("四、部分公开", "五、不予公开", "六、其他处理"))
    content = read(ruled(Sheet(), (HEAD, *ROWS)), ruled(Sheet(), rest, at=(100, 270, 300)))
    assert not any(set(texts(grid)[0]) & {"5"} and grid.column_count == 3 for grid in content.grids() if grid.page == 2)


def test_a_character_of_a_broken_label_that_means_nothing_makes_no_second_row() -> None:
    sheet = ruled(Sheet(), (HEAD, *ROWS))
    for y in (180, 232):
        sheet.line(90, y, 380, y)
    for x, y, text in (
        (140, 192, "1.不掌握相"),
        (220, 202, "109"),
        (300, 202, "115"),
        (140, 212, "关信息"),
        (100, 222, "四"),
        (120, 222, "无"),
    ):
        sheet.text(x, y, text)
    (grid,) = read(sheet).grids()
    assert texts(grid)[-1][-2:] == ["109", "115"]


def test_the_pieces_of_rules_part_names_that_nearly_touch() -> None:
    # A browser draws the rule below each cell by itself; 商业企业 and 科研机构 leave no room between them.
    edges = (90, 200, 242, 284, 330)
    rows = (("项目", "商业企业", "科研机构", "总计"), *((f"{label}、事项", "3", "", "3") for label in "一二三"))
    sheets = [Sheet(), Sheet()]
    for sheet, borders in zip(sheets, (edges, edges[::4]), strict=True):
        for number, row in enumerate(rows):
            for x, text in zip(edges, row, strict=False):
                sheet.text(x + 1, 114 + 20 * number, text)
            for left, right in pairwise(borders):
                sheet.line(left, 120 + 20 * number, right, 120 + 20 * number)
        sheet.line(90, 100, 330, 100)
    (grid,) = read(sheets[0]).grids()
    assert texts(grid) == [list(row) for row in rows]
    assert not any(grid.column_count == 4 for grid in read(sheets[1]).grids())


def test_the_number_of_a_label_above_it_is_no_figure_of_another_row() -> None:
    sheet = ruled(Sheet(), (HEAD, *ROWS))
    sheet.line(90, 220, 380, 220)
    for x, y, text in (
        (100, 190, "2."),
        (100, 202, "申请人逾期"),
        (220, 202, "1"),
        (300, 202, "1"),
        (100, 214, "未缴费"),
    ):
        sheet.text(x, y, text)
    (grid,) = read(sheet).grids()
    assert texts(grid)[-1] == ["2.申请人逾期未缴费", "1", "1"]


def test_a_comma_alone_in_the_gap_of_a_sentence_is_no_column() -> None:
    # The head of the labels: its first line is spread out, and of its second one only the comma is left.
    sheet = ruled(Sheet(), (("", "自然人", "总计"), *ROWS))
    sheet.text(95, 109, "本列数据", size=8)
    sheet.text(150, 109, "等于总和", size=8)
    sheet.text(135, 118, "，", size=8)
    (grid,) = read(sheet).grids()
    assert "，" not in texts(grid)[0]
    assert [row[-2:] for row in texts(grid)] == [list(row[1:]) for row in (HEAD, *ROWS)]


def test_a_word_spaced_out_is_one_column() -> None:
    sheet = ruled(Sheet(), (("项目", "", "总计"), *ROWS))
    for x, letter in zip((215, 233, 251), "自然人", strict=True):
        sheet.text(x, 114, letter)
    (grid,) = read(sheet).grids()
    assert texts(grid)[0] == ["项目", "自然人", "总计"]


def test_the_heading_of_the_next_table_is_a_line() -> None:
    sheet = ruled(Sheet(), (HEAD, *ROWS))
    sheet.text(100, 205, "四、行政复议情况")
    ruled(sheet, (HEAD, *ROWS), top=230)
    content = read(sheet)
    assert [texts(grid)[0] for grid in content.grids()] == [list(HEAD), list(HEAD)]
    assert [line.text for line in content.lines()] == ["四、行政复议情况"]


def test_the_heading_of_the_next_table_is_a_line_where_no_rule_parts_it_from_the_first_row() -> None:
    sheet = ruled(Sheet(), ROWS)
    sheet.text(100, 190, "四、行政复议情况", size=14)
    for x, text in zip(AT, HEAD, strict=True):
        sheet.text(x, 214, text)
    ruled(sheet, ROWS, top=220)
    content = read(sheet)
    assert [texts(grid)[0] for grid in content.grids()] == [list(ROWS[0]), list(HEAD)]
    assert [line.text for line in content.lines()] == ["四、行政复议情况"]


@pytest.mark.parametrize(("size", "below"), [(14, 22), (10, 30), (10, 14)], ids=["larger", "further away", "a section"])
def test_a_table_without_a_rule_below_its_last_row_ends_above_the_next_heading(size: int, below: int) -> None:
    """Rules stand above each row only: the last row, the heading and the next table must not become one table."""
    sheet = Sheet()
    tables = ((("行政许可", "", "7"), ("行政强制", "", "5")), (HEAD, *ROWS))
    for rows, top, at in zip(tables, (100, 200), ((100, 160, 260), AT), strict=True):
        for number, row in enumerate(rows):
            sheet.line(90, top + 20 * number, 380, top + 20 * number)
            for x, text in zip(at, row, strict=True):
                if text:
                    sheet.text(x, top + 20 * number + 14, text)
    sheet.text(100, 134 + below, "三、收到和处理申请情况", size=size)
    content = read(sheet)
    first, second = content.grids()
    assert texts(first) == [["行政许可", "7"], ["行政强制", "5"]]
    # Nothing shows where the last row of the page ends: it stays a line.
    assert texts(second) == [list(row) for row in (HEAD, *ROWS[:-1])]
    assert "三、收到和处理申请情况" in [line.text for line in content.lines()]


def test_a_heading_left_of_short_figures_at_the_edge_of_its_column_is_no_column_of_its_own() -> None:
    sheet = ruled(
        Sheet(), (("项目", "", "总计"), *((label, "", "9") for label in ("一、新收", "二、结转", "三、公开")))
    )
    sheet.text(200, 109, "自然", size=8)
    sheet.text(200, 118, "人", size=8)
    # Only the longest figure stands under the heading.
    for number, (x, figure) in enumerate(((213.3, "417"), (224.4, "7"), (224.4, "5"))):
        sheet.text(x, 134 + 20 * number, figure)
    # Rows with more in them tell the columns first.
    for number in (1, 2):
        sheet.text(160, 134 + 20 * number, "其中")
    (grid,) = read(sheet).grids()
    assert [row[-2] for row in texts(grid)] == ["自然人", "417", "7", "5"]


def test_a_merged_cell_over_the_gap_of_two_columns_is_no_column() -> None:
    rows = (("项目", "采购数", "采购额"), ("规章", "3", "61"), ("文件", "4", "78"))
    sheet = ruled(Sheet(), (*rows, ("数量", "", "")))
    sheet.text(245, 100 + 20 * 3 + 14, "合计数量1234")
    (grid,) = read(sheet).grids()
    assert texts(grid) == [*(list(row) for row in rows), ["数量", "合计数量1234"]]


def test_prose_between_rules_is_no_row() -> None:
    sheet = ruled(Sheet(), (HEAD, *ROWS))
    for number in range(4):
        sheet.text(92, 200 + 16 * number, "全年依法办理各类申请并按时答复，没有发生因此引起的复议")
    ruled(sheet, (HEAD, *ROWS), top=290)
    content = read(sheet)
    assert [texts(grid) for grid in content.grids()] == [[list(row) for row in (HEAD, *ROWS)]] * 2
    assert len(list(content.lines())) == 4


def test_a_frame_around_rows_without_rules_makes_no_columns() -> None:
    sheet = Sheet()
    for top, rows in ((100, (HEAD, *ROWS)), (220, ROWS)):
        bottom = top + 20 * len(rows)
        for y in (top, bottom):
            sheet.line(90, y, 380, y)
        for x in (90, 380):
            sheet.line(x, top, x, bottom)
        for number, row in enumerate(rows):
            for x, text in zip(AT, row, strict=True):
                sheet.text(x, top + 20 * number + 14, text)
    content = read(sheet)
    assert not any(grid.column_count > 1 for grid in content.grids())
    assert "一、本年新收 3001 3119" in [line.text for line in content.lines()]


def test_a_row_whose_upper_rule_a_page_break_left_out_goes_on_with_the_table() -> None:
    rest = ruled(Sheet(), (("五、不予公开", "4", "5"),), top=60)
    for x, text in zip(AT, ("四、部分公开", "2", "3"), strict=True):
        rest.text(x, 54, text)
    _, grid = read(ruled(Sheet(), (HEAD, *ROWS)), rest).grids()
    assert texts(grid) == [["四、部分公开", "2", "3"], ["五、不予公开", "4", "5"]]


def test_a_line_above_the_rules_that_stands_otherwise_is_no_row() -> None:
    rest = ruled(Sheet(), (("五、不予公开", "4", "5"),), top=60)
    for x, text in ((100, "共"), (260, "2"), (340, "3")):
        rest.text(x, 54, text)
    _, grid = read(ruled(Sheet(), (HEAD, *ROWS)), rest).grids()
    assert texts(grid) == [["五、不予公开", "4", "5"]]


def test_underlined_words_are_no_table() -> None:
    sheet = Sheet()
    for number, word in enumerate(("机构概况", "公开指南", "公开年报", "历年年报")):
        sheet.text(60, 100 + 20 * number, word)
        sheet.line(60, 101.5 + 20 * number, 100, 101.5 + 20 * number)
        sheet.text(200, 100 + 20 * number, "正文")
    assert list(read(sheet).grids()) == []


def test_the_labels_of_groups_stand_apart_by_where_rules_begin() -> None:
    sheet = Sheet()
    rows = (("1.国家秘密", "1", "2"), ("2.其他", "3", "4"), ("3.第三方", "5", "6"), ("4.内部", "7", "8"))
    for number in range(len(rows) + 1):
        sheet.line(90 if number in (0, 4) else 150, 100 + 20 * number, 380, 100 + 20 * number)
    sheet.text(95, 144, "不予")
    for number, row in enumerate(rows):
        for x, text in zip((155, 240, 320), row, strict=True):
            sheet.text(x, 114 + 20 * number, text)
    (grid,) = read(sheet).grids()
    assert [[text for text in row if text][-2:] for row in texts(grid)] == [list(row[1:]) for row in rows]


def grouped(rows: tuple[tuple[str, ...], ...], at: tuple[float, ...]) -> Sheet:
    sheet = Sheet()
    for number, row in enumerate((*rows, rows[0])):
        begun = at[next(n for n, text in enumerate(row) if text)] - 2
        sheet.line(begun if 0 < number < len(rows) else 90, 100 + 20 * number, 400, 100 + 20 * number)
    for number, row in enumerate(rows):
        for x, text in zip(at, row, strict=True):
            if text:
                sheet.text(x, 114 + 20 * number, text)
    return sheet


def test_a_label_across_the_place_where_rules_begin_joins_no_columns() -> None:
    """The label of the last row reaches a little beyond the border between the labels of groups and those of rows."""
    rows = (
        ("", "", "国家秘密", "3"),
        ("", "不予公开", "法律禁止", "4"),
        ("", "无法提供", "不掌握", "5"),
        ("", "", "没有现成信息", "6"),
        ("四、结转下年度", "", "", "7"),
    )
    (grid,) = read(grouped(rows, (92, 152, 212, 350))).grids()
    assert [text for text in texts(grid)[2] if text] == ["无法提供", "不掌握", "5"]
    assert texts(grid)[-1][0] == "四、结转下年度"


def test_labels_at_both_edges_of_their_column_are_one_column() -> None:
    """A style that sets all cells but the first of a row to the right does so with the label after that of a group."""
    rows = (
        ("三、", "部分公开只计这一情形", "", "8"),
        ("", "不予公开", "", "3"),
        ("", "", "法律禁止", "4"),
        ("", "", "个人隐私", "5"),
        ("", "无法提供", "", "6"),
    )
    sheet = grouped(rows, (92, 152, 212, 350))
    sheet.text(285, 134, "国家秘密")
    sheet.text(295, 194, "不掌握")
    (grid,) = read(sheet).grids()
    assert [row[-2:] for row in texts(grid)][1:] == [
        ["国家秘密", "3"],
        ["法律禁止", "4"],
        ["个人隐私", "5"],
        ["不掌握", "6"],
    ]


def test_rules_around_one_figure_of_a_row_make_no_table_of_the_row() -> None:
    sheet = ruled(Sheet(), (HEAD, *ROWS))
    for y in (216, 228):
        sheet.line(215, y, 260, y)
    for x, text in zip(AT, ("四、部分公开", "277", "300"), strict=True):
        sheet.text(x, 226, text)
    content = read(sheet)
    assert [len(grid.rows()) for grid in content.grids()] == [4]
    assert [line.text for line in content.lines()] == ["四、部分公开 277 300"]


WIDE_HEAD = ("这是一个很长的项目名称", "自然人", "企业", "其他", "总计")
WIDE_AT = (92.0, 220.0, 265.0, 305.0, 345.0)
WIDE_ROWS = (("一、本年新收申请的数量合计", "31", "2", "3", "36"), ("二、上年结转申请的数量合计", "1", "", "", "1"))


def with_groups(figures: tuple[float, ...]) -> Sheet:
    """The next page: rules begin behind the label of a group, figures stand at ``figures`` in each row."""
    sheet = Sheet()
    labels = ("1.国家秘密", "2.其他", "3.第三方", "4.内部")
    for number in range(len(labels) + 1):
        sheet.line(90 if number in (0, 4) else 130, 100 + 20 * number, 380, 100 + 20 * number)
    sheet.text(95, 144, "不予")
    for number, label in enumerate(labels):
        sheet.text(135, 114 + 20 * number, label)
        for x in figures:
            sheet.text(x, 114 + 20 * number, str(number + 1))
    return sheet


def test_columns_that_hold_nothing_on_the_next_page_stay_where_they_were() -> None:
    first = ruled(Sheet(), (WIDE_HEAD, *WIDE_ROWS), at=WIDE_AT)
    _, grid = read(first, with_groups((225, 350))).grids()
    assert grid.column_count == 6
    assert [(cell.column, cell.text) for cell in grid.rows()[1]][-5:] == [
        (1, "2.其他"),
        (2, "2"),
        (3, ""),
        (4, ""),
        (5, "2"),
    ]


def test_figures_between_the_columns_of_the_page_before_prove_none_of_them() -> None:
    first = ruled(Sheet(), (WIDE_HEAD, *WIDE_ROWS), at=WIDE_AT)
    for figures in ((250, 350), (225, 232 + 22, 350)):
        assert all(grid.column_count < 6 for grid in read(first, with_groups(figures)).grids() if grid.page == 2)


def test_a_rule_in_pieces_with_no_row_beside_it_breaks_nothing() -> None:
    """Borders drawn cell by cell, one of them alone above a heading, once made the whole file unreadable."""
    sheet = Sheet()
    for top in (100, 150, 170):
        for left, right in ((90, 180), (190, 280), (290, 380)):
            sheet.line(left, top, right, top)
    sheet.text(100, 125, "四、行政复议情况", size=16)
    for x, text in zip(AT, ROWS[0], strict=True):
        sheet.text(x, 164, text)
    assert texts(next(iter(read(ruled(Sheet(), (HEAD, *ROWS)), sheet).grids())))[0] == list(HEAD)


def test_the_work_for_lines_between_two_rules_grows_with_their_number_only() -> None:
    def work(lines: int) -> int:
        places = [(10.0 * at, 30.0 * line) for line in range(lines) for at in range(20)]
        boxes = [Box(x, y, x + 10, y + 10) for x, y in places]
        glyphs = [Glyph("字", box, box, box.left, box.bottom, 10.0) for box in boxes]
        return calls_of(lambda: tables_of([Rule(-5, 0, 300), Rule(30.0 * lines, 0, 300)], glyphs))

    assert work(200) < 5 * work(50)
