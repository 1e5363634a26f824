"""Tables of texts drawn of characters: cells proven by rules that stand in line, else lines in doubt."""

from __future__ import annotations

import pytest

from gkdesk.model.content import UNRULED, Content, Grid
from gkdesk.model.place import TextPlace
from gkdesk.sources import opening

BOX = """\
┌──────────────────────┬──────────────┐
│ 信息内容             │ 本年制发件数 │
├──────┬───────────────┼──────────────┤
│      │ 规章          │ 12           │
│ 其中 ├───────────────┼──────────────┤
│      │ 行政规范性文  │ 3            │
│      │ 件            │              │
├──────┴───────────────┼──────────────┤
│ 合计                 │ ─            │
└──────────────────────┴──────────────┘
"""

GRID = """\
+----------+--------+--------+
| 信息内容 | 制发   | 废止   |
+==========+========+========+
| 规章     | 1      | 2      |
+----------+--------+--------+
| 规范性文 | 30     | -      |
| 件       |        |        |
+----------+--------+--------+
| 行政许可 | 4      |        |
+----------+--------+--------+
| 行政处罚 | 7      | 0      |
+----------+--------+--------+
"""

ALIKE = """\
┌─────────────────────────────────────────────┐
│第二十条第（一）项                           │
├──────────────┼──────────┼─────────┼─────────┤
│信息内容      │制发件数  │废止件数 │现行件数 │
├──────────────┼──────────┼─────────┼─────────┤
│规章          │0         │         │1        │
├              ┼──────────┼─────────┼─────────┤
│              │5         │2        │65       │
├──────────────┼──────────┼─────────┼─────────┤
│信息内容      │本年处理决定数量              │
├──────────────┼──────────┼─────────┼─────────┤
│行政许可      │84                            │
└─────────────────────────────────────────────┘
"""


def read(table: str) -> Content:
    return opening.read(f"某市医疗保障局2024年政府信息公开工作年度报告\n{table}一、总体情况\n".encode())


def cells(content: Content) -> list[tuple[int, int, int, int, str]]:
    (grid,) = (grid for grid in content.grids() if grid.aligned)
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells]


def test_merged_cells_and_words_over_two_lines_are_cells_as_drawn() -> None:
    assert cells(read(BOX)) == [
        (0, 0, 1, 2, "信息内容"),
        (0, 2, 1, 1, "本年制发件数"),
        (1, 0, 2, 1, "其中"),
        (1, 1, 1, 1, "规章"),
        (1, 2, 1, 1, "12"),
        (2, 1, 1, 1, "行政规范性文件"),
        (2, 2, 1, 1, "3"),
        (3, 0, 1, 2, "合计"),
        (3, 2, 1, 1, "─"),
    ]


def test_a_figure_points_at_its_characters() -> None:
    content = read(BOX)
    (grid,) = content.grids()
    place = next(cell.place for cell in grid.cells if cell.text == "12")
    assert isinstance(place, TextPlace)
    assert content.text[place.start : place.end] == "12"


def test_tables_of_pluses_and_pipes_are_read_in_texts_that_look_like_markdown_too() -> None:
    for source in (GRID, f"# 年报\n\n## 情况\n{GRID}"):
        assert [cell[-1] for cell in cells(read(source))][3:9] == ["规章", "1", "2", "规范性文件", "30", "-"]


def test_rules_may_be_laid_by_counting_characters_or_by_wide_strokes() -> None:
    counted = "┌────┬────┐\n│规章  │ 1  │\n├────┼────┤\n│行政许可│ 23 │\n└────┴────┘\n"
    wide = "┌──┬──┐\n│规章│ 1  │\n├──┼──┤\n│许可│ 23 │\n└──┴──┘\n"
    assert [cell[-1] for cell in cells(read(counted))] == ["规章", "1", "行政许可", "23"]
    assert [cell[-1] for cell in cells(read(wide))] == ["规章", "1", "许可", "23"]


def test_empty_lines_between_do_not_part_a_table() -> None:
    assert cells(read(BOX.replace("\n", "\n\n"))) == cells(read(BOX))


def is_in_doubt(table: str) -> bool:
    """True if the table is no grid, and all its lines with figures are doubtful, but there."""
    content = read(table)
    lines = [line for line in content.lines() if line.text.startswith(("规章", "行政许可"))]
    return (
        not any(isinstance(block, Grid) for block in content.blocks)
        and all(line.doubt for line in lines)
        and lines != []
    )


def test_rows_without_rules_between_them_are_lines_in_doubt() -> None:
    rule = "+----------+----+\n"
    rows = f"{rule}| 信息内容 | 数 |\n{rule}| 规章     | 1  |\n| 行政许可 | 23 |\n{rule}"
    assert is_in_doubt(rows)
    assert is_in_doubt(rows.replace("| 1  |", "|    |"))


def test_a_wall_that_was_lost_or_stands_out_of_line_makes_no_merged_cell() -> None:
    assert is_in_doubt(GRID.replace("| 规章     | 1      | 2      |", "| 规章     | 1        2      |"))
    assert is_in_doubt(GRID.replace("| 规章     | 1      | 2      |", "| 规章     | 1       | 2     |"))
    assert is_in_doubt(GRID.replace("| 行政许可 | 4      |        |", "| 行政许可 | 4               |"))


def test_figures_broken_over_lines_are_doubtful() -> None:
    torn = GRID.replace(
        "| 规章     | 1      | 2      |", "| 规章     | 1      | 2      |\n|          | 5      |        |"
    )
    (grid,) = read(torn).grids()
    assert [(cell.text, bool(cell.doubt)) for cell in grid.cells[3:6]] == [("规章", False), ("1 5", True), ("2", False)]


def test_words_in_a_frame_stay() -> None:
    content = read("┌──────┐\n│ 通知 │\n└──────┘\n")
    assert [cell.text for grid in content.grids() for cell in grid.cells] == ["通知"]


def test_where_all_joints_are_alike_rows_of_figures_prove_which_cells_are_merged() -> None:
    found = cells(read(ALIKE))
    assert found[0] == (0, 0, 1, 4, "第二十条第（一）项")
    assert (2, 0, 2, 1, "规章") in found
    assert [cell for cell in found if cell[4].isdigit()] == [
        (2, 1, 1, 1, "0"),
        (2, 3, 1, 1, "1"),
        (3, 1, 1, 1, "5"),
        (3, 2, 1, 1, "2"),
        (3, 3, 1, 1, "65"),
        (5, 1, 1, 3, "84"),
    ]


@pytest.mark.parametrize(
    ("whole", "lost"),
    [
        ("│0         │         │1", "│0                   │1"),
        ("┼─────────┼─────────┤\n│              │5", "┼         ┼─────────┤\n│              │5"),
    ],
    ids=["wall", "floor"],
)
def test_where_all_joints_are_alike_a_figure_that_may_have_lost_its_wall_is_doubtful(whole: str, lost: str) -> None:
    content = read(ALIKE.replace(whole, lost))
    assert whole in ALIKE
    assert not list(content.grids())
    assert all(line.doubt == UNRULED for line in content.lines() if "65" in line.text)


def test_a_figure_from_wall_to_wall_of_a_merged_cell_may_be_cut() -> None:
    figure = "9" * 30
    (grid,) = read(ALIKE.replace("84" + " " * 28, figure)).grids()
    assert [cell.doubt for cell in grid.cells if cell.text in (figure, "65")] == ["", UNRULED]
