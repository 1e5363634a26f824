"""Plain text: lines, tab-separated grids, encodings, and places that point at the very characters."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gkdesk.model.content import Content, Grid, Line
from gkdesk.model.place import TextPlace
from gkdesk.model.reading import UNREAD
from gkdesk.sources import opening, text

REPORT = "某市医疗保障局2024年政府信息公开工作年度报告\r\n\r\n一、总体情况\r\n　　全年收到申请 34 件，结转 2 件。\r\n"


def read(source: str) -> Content:
    return text.read(source.encode(), "")


def part(content: Content, place: object) -> str:
    assert isinstance(place, TextPlace)
    return content.text[place.start : place.end]


def test_lines_and_words_point_at_their_characters() -> None:
    content = read(REPORT)
    lines = list(content.lines())
    assert [line.text for line in lines] == [
        "某市医疗保障局2024年政府信息公开工作年度报告",
        "一、总体情况",
        "全年收到申请 34 件，结转 2 件。",
    ]
    assert all(part(content, line.place) == line.text for line in lines)
    assert [word.text for word in lines[2].words] == ["全年收到申请", "34", "件，结转", "2", "件。"]
    assert all(part(content, word.place) == word.text for line in lines for word in line.words)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_give_the_same_text(encoding: str) -> None:
    assert text.read(REPORT.encode(encoding), "").text == REPORT


def test_big5_and_cut_texts_are_decoded() -> None:
    traditional = "本機關公開政府信息情況：規章、行政規範性文件，結轉下年度繼續辦理。\n" * 3
    assert text.read(traditional.encode("big5"), "").text == traditional
    assert text.read((REPORT * 3).encode()[:-4], "").text.startswith("某市医疗保障局")


def test_nul_characters_do_not_shift_places() -> None:
    content = text.read("规章 0\0件 本年度公开政府信息情况".encode(), "")
    assert content.text.startswith("规章 0 件")


def test_form_feeds_and_old_line_ends_end_lines() -> None:
    assert [line.text for line in read("一\f二\r三\u2028四").lines()] == ["一", "二", "三", "四"]


def test_tabbed_lines_become_one_grid_with_empty_pieces() -> None:
    content = read("前文\r\n信息内容\t本年制发件数\t废止\r\n规章\t 0 \t\r\n\t\t5\r\n后文\r\n")
    before, grid, after = content.blocks
    assert isinstance(before, Line)
    assert isinstance(grid, Grid)
    assert isinstance(after, Line)
    assert (grid.row_count, grid.column_count, grid.aligned) == (3, 3, False)
    assert [[cell.text for cell in row] for row in grid.rows()] == [
        ["信息内容", "本年制发件数", "废止"],
        ["规章", "0", ""],
        ["", "", "5"],
    ]
    assert all(part(content, cell.place) == cell.text for cell in grid.cells)


def test_marks_of_a_quoted_mail_are_no_part_of_its_lines() -> None:
    content = read("> 一、总体情况\n> > 规章\t3\n> >\t\t4\n")
    assert [line.text for line in content.lines()] == ["一、总体情况"]
    assert [[cell.text for cell in row] for grid in content.grids() for row in grid.rows()] == [
        ["规章", "3"],
        ["", "", "4"],
    ]


def test_a_sheet_saved_with_semicolons_is_a_grid_in_which_a_comma_is_in_doubt() -> None:
    rows = ["项目;件数;金额;说明", '许可;/;841.1469;"甲；乙;丙"', "处罚;1,234;82,09;"]
    assert not list(read("\n".join([*rows, "强制;7;;;"])).grids())
    (grid,) = read("\n".join([*rows, "强制;7;;"])).grids()
    assert [cell.text for cell in grid.rows()[1]] == ["许可", "/", "841.1469", "甲；乙;丙"]
    assert [cell.text for cell in grid.cells if cell.doubt == "number-format"] == ["1,234", "82,09"]


def test_a_sheet_saved_with_commas_is_a_grid() -> None:
    source = '年报,,,\r\n信息内容,制发,废止,有效\r\n规章,0,,"1,024"\r\n"文件（""规范""）",3,1,12\r\n完\r\n'
    content = read(source)
    (grid,) = content.grids()
    assert [cell.text for cell in grid.rows()[2]] == ["规章", "0", "", "1,024"]
    assert [line.text for line in content.lines()] == ["完"]
    assert all(part(content, cell.place) == cell.text for cell in grid.cells)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ('规章,"=""0""","=""1,024""",="12",', ["规章", "0", "1,024", "12", ""]),
        ('规章\t="3"\t="-"\t="12""3"', ["规章", "3", "-", '="12""3"']),
        ('规章,"=""1""&""2""","=1+2",="",', ["规章", '=""1""&""2""', "=1+2", "", ""]),
    ],
    ids=["commas", "tabs", "formulas"],
)
def test_a_figure_that_a_sheet_shall_show_as_it_is_stands_without_what_says_so(row: str, shown: list[str]) -> None:
    content = read("\n".join([row] * 4))
    (grid,) = content.grids()
    assert [cell.text for cell in grid.rows()[1]] == shown
    assert all(part(content, cell.place) == cell.text for cell in grid.cells)


@pytest.mark.parametrize(
    "row",
    ["一、新收 1,024 12,000 3,100 2 16,126", "其中，规章,文件,许可", "1,024,000 2,048 4,096"],
    ids=["thousands", "few", "bare"],
)
def test_commas_of_figures_and_of_prose_part_no_cells(row: str) -> None:
    assert not list(read("\n".join([row] * 5)).grids())


PIPED = "信息内容|本年制发|本年废止|现行有效\n规章|0||1,024\n规范性文件|3|1|12\n许可|7||\n完\n"


def test_cells_parted_by_pipes_alone_are_a_grid() -> None:
    content = read(PIPED)
    (grid,) = content.grids()
    assert [[cell.text for cell in row] for row in grid.rows()[1:]] == [
        ["规章", "0", "", "1,024"],
        ["规范性文件", "3", "1", "12"],
        ["许可", "7", "", ""],
    ]
    assert all(part(content, cell.place) == cell.text for cell in grid.cells)


@pytest.mark.parametrize(
    ("row", "other"),
    [("许可|7||", "许可|7|"), ("许可|7||", "许可  |7||"), ("规范性文件|3|1|12", "3|1|12|4\n5|6|7|8"), ("|3|", "|3 4|")],
    ids=["lost-pipe", "filled-up", "figures-go-on", "two-figures"],
)
def test_pipes_that_may_be_drawn_part_no_cells(row: str, other: str) -> None:
    assert row in PIPED
    assert not list(read(PIPED.replace(row, other)).grids())


def test_two_tabs_between_cells_are_one_separator_where_the_names_of_columns_say_so() -> None:
    head = "信息内容\t\t本年制发\t\t本年废止\t\t现行有效\n"
    doubled = "规章\t\t0\t\t\t\t12\n许可\t\t7\t\t\t\t\n"
    (grid,) = read(head + doubled).grids()
    assert [[cell.text for cell in row] for row in grid.rows()[1:]] == [["规章", "0", "", "12"], ["许可", "7", "", ""]]
    for kept in (
        doubled,
        head + doubled + "处罚\t3\n",
        head + doubled + "处罚\t\t3\n",
        head.replace("\t\t", "\t") + doubled,
    ):
        (grid,) = read(kept).grids()
        assert ["规章", "", "0", "", "", "", "12"] in [[cell.text for cell in row] for row in grid.rows()]


def test_indented_prose_is_no_grid() -> None:
    assert not list(read("\t全年公开信息 32 条。\n\t没有收到申请。\n").grids())


def test_one_line_with_an_interior_tab_is_a_grid() -> None:
    assert [grid.row_count for grid in read("前文\n行政许可\t97\n后文").grids()] == [1]


def test_merged_header_of_one_piece_stays_in_the_grid() -> None:
    (grid,) = read("第二十条第（一）项\t\t\t\n信息内容\t本年制发件数\t\t\n").grids()
    assert grid.rows()[0][0].text == "第二十条第（一）项"


def test_spaced_out_line_stays_as_it_is() -> None:
    (line,) = read("2 0 2 1 年 ， 县 医 保 局").lines()
    assert line.text == "2 0 2 1 年 ， 县 医 保 局"


@given(st.text(alphabet="ab年 \t\r\n\f\u3000\u00a05|", max_size=60))
@example("5\t\t5\r\t")
def test_every_place_is_exact(source: str) -> None:
    content = read(source)
    for block in content.blocks:
        pointed = block.cells if isinstance(block, Grid) else (block, *block.words)
        for item in pointed:
            # What a text breaks off before stands nowhere: it has the place of what is before it.
            assert part(content, item.place) == item.text or item.text == UNREAD
    starts = [
        place.start
        for block in content.blocks
        for place in ([cell.place for cell in block.cells] if isinstance(block, Grid) else [block.place])
        if isinstance(place, TextPlace)
    ]
    assert all(first <= second for first, second in pairwise(starts))


def test_real_tab_separated_report(samples: Path) -> None:
    content = opening.read((samples / "seeds" / "ruzhou-2024.txt").read_bytes())
    assert [(grid.row_count, grid.column_count) for grid in content.grids()] == [(14, 4), (28, 10), (4, 15)]


@pytest.mark.parametrize("name", ["dazhou-2024.txt", "jinxiang-2021.txt", "jinzhai-2024.txt"])
def test_real_text_without_tabs_has_no_grids(samples: Path, name: str) -> None:
    content = opening.read((samples / "seeds" / name).read_bytes())
    assert not list(content.grids())
    assert len(list(content.lines())) > 30


@pytest.mark.parametrize("mark", [",", "\t"])
def test_cells_with_line_breaks_between_quotes_are_cells_of_one_row(mark: str) -> None:
    rows = ['"本年处理\n决定数量"', "行政许可", "行政处罚", '"行政\n强制"', "收费"]
    source = "年报\n" + "\n".join(mark.join((name, "1", "", "", "5")) for name in rows) + '\n他说"好\n就这样\n'
    content = read(source)
    (grid,) = content.grids()
    assert [["".join(cell.text.strip('"').split()) for cell in row] for row in grid.rows()] == [
        ["".join(name.strip('"').split()), "1", "", "", "5"] for name in rows
    ]
    assert [line.text for line in content.lines()] == ["年报", '他说"好', "就这样"]


@pytest.mark.parametrize(("end", "rest"), [("292060", "0 7"), ("292060", ".5 7"), ("29206.", "5 7"), ("29206,", "050")])
def test_a_figure_at_the_end_of_a_full_line_may_go_on_on_the_next(end: str, rest: str) -> None:
    full = [
        "行政机关在本年度内收到申请",
        "其中自然人提出的有如下情形",
        f"行政许可 行政处罚 12 {end}",
        rest,
        "其他说明事项参见网站所载文",
    ]
    doubted = [line.doubt for line in read("\n".join(full)).lines()]
    assert doubted == ["", "", "cut-off", "cut-off", ""]
    longer = "本报告的电子版可以从 www.example.gov.cn/zwgk/nianbao/2024 下载"
    assert [line.doubt for line in read("\n".join([*full, longer])).lines()] == [*doubted, ""]
    assert not any(line.doubt for line in read("申请 12\n7 件\n其他的申请 13\n").lines())


def test_a_text_may_be_broken_at_a_number_of_characters() -> None:
    full = [
        "行政机关在本年度内收到申请后依法办理答复并公",
        "行政许可事项 1 2 3 4 5 29206",
        "0",
        "行政处罚 abcdefghijklmnopq",
        "其中自然人提出的有如下情形需要在此加以说明的",
    ]
    assert {len(line) for line in full if len(line) > 1} == {22}
    assert [line.doubt for line in read("\n".join(full)).lines()] == ["", "cut-off", "cut-off", "", ""]
