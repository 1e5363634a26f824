"""Markdown: pipe tables as converters write them, and text lines without their marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.model.content import Content, Grid
from gkdesk.model.place import TextPlace
from gkdesk.sources import markdown, opening


def read(source: str) -> Content:
    return markdown.read(source.encode(), "")


def part(content: Content, place: object) -> str:
    assert isinstance(place, TextPlace)
    return content.text[place.start : place.end]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def test_pipe_table() -> None:
    content = read("| 信息内容 | 件数 |\r\n|:---|---:|\r\n| 规章 | 0 |\r\n| 规范性文件 |  |\r\n")
    (grid,) = content.grids()
    assert texts(grid) == [["信息内容", "件数"], ["规章", "0"], ["规范性文件", ""]]
    assert not grid.aligned
    assert all(part(content, cell.place) == cell.text for cell in grid.cells)


def test_each_separator_row_starts_a_table_with_the_row_above() -> None:
    content = read("| 0 | 0 |\n|---|---|\n| 1.属于国家秘密 | 0 | 0 |\n|---|---|---|\n| 2.其他 | 5 | 0 |\n")
    assert [texts(grid) for grid in content.grids()] == [
        [["0", "0"]],
        [["1.属于国家秘密", "0", "0"], ["2.其他", "5", "0"]],
    ]
    assert [grid.index for grid in content.grids()] == [0, 1]


def test_tables_without_outer_pipes_and_with_uneven_rows() -> None:
    (grid,) = read("规章 | 0\n--- | ---\n规范性文件 | 3 | 4\n").grids()
    assert texts(grid) == [["规章", "0"], ["规范性文件", "3", "4"]]
    assert grid.column_count == 3


def test_rows_below_a_heading_that_the_converter_took_for_the_only_column_are_a_table() -> None:
    rows = "信息内容| 本年制发件数| 本年废止件数| 现行有效件数  \n规章| 8| 2| 57  \n行政规范性文件| 14| -| 219  \n"
    content = read(f"**二、主动公开政府信息情况** | 第二十条第（一）项  \n---  \n{rows}第二十条第（五）项  \n")
    grids = [block for block in content.blocks if isinstance(block, Grid)]
    assert [texts(grid)[1:] for grid in grids] == [[["规章", "8", "2", "57"], ["行政规范性文件", "14", "-", "219"]]]


def test_marks_are_left_out_of_cells() -> None:
    (grid,) = read("| **结果**<br>维持 | 1\\. 其他 \\| 无 | **0** |\n|---|---|---|\n").grids()
    assert texts(grid) == [["结果维持", "1. 其他 | 无", "0"]]


def test_lines_without_their_marks() -> None:
    content = read(
        "# 某局年度报告 #\n> 引文 12 条\n- 一项\n* 二项\n**一、总体情况**\n- 4 -\n---\n1. 第一\n2024 年 *重点* 工作\n"
    )
    assert [line.text for line in content.lines()] == [
        "某局年度报告",
        "引文 12 条",
        "一项",
        "二项",
        "一、总体情况",
        "- 4 -",
        "1. 第一",
        "2024 年 *重点* 工作",
    ]
    assert content.title == "某局年度报告"
    assert all(part(content, line.place) == line.text for line in content.lines())
    assert all(part(content, word.place) == word.text for line in content.lines() for word in line.words)


@given(st.text(alphabet="a年 |-#*>\\:\r\n0<br", max_size=80))
def test_every_line_is_an_exact_piece_of_the_text(source: str) -> None:
    content = read(source)
    for line in content.lines():
        assert part(content, line.place) == line.text
    for grid in content.grids():
        assert all(part(content, cell.place) == part(content, cell.place).strip() for cell in grid.cells)


def test_real_converted_report(samples: Path) -> None:
    content = opening.read((samples / "real" / "kewei-2024.md").read_bytes())
    grids = list(content.grids())
    assert len(grids) == 19
    assert texts(grids[18]) == [list("100010000000000")]
    assert texts(grids[0])[2] == ["规范性文件", "13", "0", "55"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("~~11~~ 12", "12"),
        ("<del>11</del>12", "12"),
        ("12<!-- 11 -->", "12"),
        ("$12$", "12"),
        ("*12*", "12"),
        ("==12==", "12"),
        ("<u>12</u>", "12"),
        ("12<br>13", "12 13"),
        ("1&nbsp;2", "1 2"),
        ("结果<br>维持", "结果维持"),
        ("<b>规</b>&nbsp;章", "规章"),
        ("12*", "12*"),
        ("<del>11<del>12</del>13", "<del>1113"),
        ("12 <br> <br>13", "12 13"),
    ],
)
def test_marks_in_a_cell(written: str, read_as: str) -> None:
    (grid,) = read(f"| 规章 | {written} |\n|---|---|\n| 文件 | 1 |\n").grids()
    assert texts(grid)[0][1] == read_as


def test_a_pipe_in_front_is_no_frame_where_other_lines_of_the_table_have_none() -> None:
    table = "三、办理结果|（一）公开||0|1\n|（二）部分||2|\n||国家秘密||\n|（七）总计||2|1\n"
    for head in ("", "# 年报\n\n## 三、办理结果\n"):
        (grid,) = read(f"{head}{table}完\n").grids()
        assert [[cell.text for cell in row] for row in grid.rows()[1:]] == [
            ["", "（二）部分", "", "2", ""],
            ["", "", "国家秘密", "", ""],
            ["", "（七）总计", "", "2", "1"],
        ]


def test_a_drawn_table_of_a_converter_with_the_looks_of_its_words_is_read() -> None:
    lines = [
        "+-----------------------+-----------------------+----------------------+",
        '| [第一项]{style="font-family:宋体"}                                   |',
        "+-----------------------+-----------------------+----------------------+",
        '| [规章]{.a}            | [12]{style="color:0"} | [7]{style="x"}       |',
        "+-----------------------+-----------------------+----------------------+",
    ]
    (grid,) = read("\n".join(lines)).grids()
    assert [[cell.text for cell in row] for row in grid.rows()] == [["第一项"], ["规章", "12", "7"]]
    unseen = "\n".join(lines).replace("color:0", "display:none").replace("|       |", "|")
    assert "12" not in [cell.text for grid in read(unseen).grids() for cell in grid.cells]
