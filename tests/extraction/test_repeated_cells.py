"""Tables of text that repeat the words of merged cells: their columns are sure unless a row shows a loss."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from gkdesk.extraction.tables.grids.repeated_cells import with_merged_cells
from gkdesk.model.content import Grid
from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.extraction.made_up_report import read_text, reading, values

NAMES = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
TITLE = "青禾市司法局2024年政府信息公开工作年度报告"

Rows = list[list[str]]


def table(numbered: bool = False, names: Sequence[str] = NAMES) -> Rows:
    """表三 with 3 and 4 for two persons in every row, written as programs do that repeat merged cells."""
    over = ["法人或其他组织" if name in NAMES[1:-1] else name for name in names]
    heads = [["说明"] * 3 + ["行次"] * numbered + rest for rest in (["申请人情况"] * 7, over, list(names))]
    figures = {"自然人": "3", "其他": "4", "总计": "7"}
    rows = []
    for number, row in enumerate(load_editions()["2021"].table("t3").blocks[0].rows, 1):
        label = [*row.label, *[row.label[-1]] * (3 - len(row.label))]
        rows.append([*label, *[str(number)] * numbered, *(figures.get(name, "") for name in names)])
    return heads + rows


def markdown(rows: Rows) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|---" * len(rows[0]) + "|")
    return "\n".join(lines)


def text_of(rows: Rows) -> str:
    return "\n".join([f"# {TITLE}", "## 一、总体情况", "## 三、收到和处理政府信息公开申请情况", "", markdown(rows)])


def grid_of(rows: Rows) -> Grid:
    [grid] = opening.read(text_of(rows).encode()).grids()
    return grid


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("names", [NAMES, [NAMES[-1], *NAMES[:-1]], [*NAMES[:3], NAMES[4], NAMES[3], *NAMES[5:]]])
def test_figures_follow_the_headings(numbered: bool, names: list[str]) -> None:
    extracted = read_text(text_of(table(numbered, names)))
    assert values(extracted, "t3.new") == values(extracted, "t3.rejected_confirm") == [3, None, None, None, None, 4, 7]
    states = {cell.state for cell in extracted.form if cell.ref.table == "t3"}
    assert states == {State.READ, State.BLANK}


def lose_a_label(rows: Rows) -> None:
    """The words of a merged cell stand once, and the row starts early."""
    rows[3] = [*rows[3][1:], ""]


def lose_a_figure(rows: Rows) -> None:
    del rows[5][4]


def empty_a_label(rows: Rows) -> None:
    rows[12][0] = ""


def empty_a_heading(rows: Rows) -> None:
    rows[2][5] = ""


def widen_a_heading(rows: Rows) -> None:
    rows[2][5] = rows[2][4]


@pytest.mark.parametrize("spoil", [lose_a_label, lose_a_figure, empty_a_label, empty_a_heading, widen_a_heading])
def test_a_table_that_lost_something_is_left_as_it_is(spoil: Callable[[Rows], None]) -> None:
    rows = table()
    assert with_merged_cells(grid_of(rows)) is not None
    spoil(rows)
    assert with_merged_cells(grid_of(rows)) is None


def test_a_row_that_starts_early_is_not_read_by_the_header() -> None:
    rows = table()
    rows[3] = [*rows[3][1:3], "", "", *["1"] * 4, "4", ""]
    assert reading(read_text(text_of(rows)), "t3.new.natural").state is not State.READ


def test_a_last_table_without_any_figure_is_the_first_of_two_all_the_same() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    blocks = [*outcomes, *["未经复议直接起诉"] * 5, *["复议后起诉"] * 5]
    head = [["行政复议"] * 5 + ["行政诉讼"] * 10, blocks, outcomes * 3]
    blank, filled = [*head, [""] * 15], [*head, ["1", "", "", "", "1", *[""] * 10]]
    alone, both = (
        text_of(table()) + "\n\n" + "\n\n".join(map(markdown, tables)) for tables in ([blank], [blank, filled])
    )
    assert reading(read_text(alone), "t4.review.upheld").state is State.BLANK
    assert reading(read_text(both), "t4.review.upheld").doubts == ("second-table",)
