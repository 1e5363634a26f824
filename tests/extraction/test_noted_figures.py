"""Marks of footnotes behind figures in lines of text, and other things among the figures of a row."""

from __future__ import annotations

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form, values

OUTCOMES = "结果维持 结果纠正 其他结果 尚未审结 总计"


def fourth_table(figures: str) -> Extracted:
    heads = ["行政复议 行政诉讼", "未经复议直接起诉 复议后起诉", f"{OUTCOMES} {OUTCOMES} {OUTCOMES}"]
    return read_text(report_text([*rows_of_form(), "四、政府信息公开行政复议、行政诉讼情况", *heads, figures]))


@pytest.mark.parametrize("noted", ["1①", "1 ①", "1*", "1[2]", "1注2"])
def test_a_figure_with_a_mark_fills_its_cell_in_doubt(noted: str) -> None:
    extracted = read_text(report_text(rows_of_form([f"5 {noted} 0 0 0 0 6"])))
    assert reading(extracted, "t3.new.business").state is State.DOUBTFUL
    assert values(extracted, "t3.new")[2:] == [0, 0, 0, 0, 6]
    assert values(extracted, "t3.new")[0] == 5


def test_a_mark_in_a_row_of_outcomes_leaves_the_figures_before_it_in_their_places() -> None:
    extracted = fourth_table("    4    1    3    /    8    2    1    /    /    5    1①    /    /    /    1")
    assert values(extracted, "t4.review") == [4, 1, 3, None, 8]
    assert reading(extracted, "t4.after_review.upheld").state is State.DOUBTFUL
    assert reading(extracted, "t4.after_review.total").state is State.READ


@pytest.mark.parametrize("odd", ["1？", "x", "§"])
def test_figures_before_something_else_on_their_line_are_no_blanks(odd: str) -> None:
    extracted = fourth_table(f"    4    1    3    /    8    2    1    /    /    5    {odd}    /    /    /    1")
    assert {cell.state for cell in extracted.form if cell.ref.table == "t4"} <= {State.DOUBTFUL, State.MISSING}
    extracted = read_text(report_text(rows_of_form(["5 0 0 0 0 0 5", f"5    {odd}    /    /    /    /    5"])))
    assert not {cell.state for cell in extracted.form if str(cell.ref).startswith("t3.carried_in.")} & {
        State.READ,
        State.BLANK,
    }
