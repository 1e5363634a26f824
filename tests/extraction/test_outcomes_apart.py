"""表四 in texts out of a PDF among figures of other tables: which are its own, and what can be proposed at least."""

from __future__ import annotations

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import read_text, report_text, values
from tests.extraction.test_texts_of_extractors import AFTER, BOTTOM, FIFTEEN, HALVES, TOP

HEADING = "四、政府信息公开行政复议、行政诉讼情况"
REST = ("申请人情况 商业企业 科研机构", *"7 0 2 9 1".split(), "总计 9")
WHOLE = (f"行政复议 行政诉讼 {HALVES} 1 0 3 0", f"未经复议直接起诉 总计 {HALVES} 4 1 0 1 0", *AFTER)


def apart(*parts: str) -> Extracted:
    """A report with words and figures of some parts below the heading of 表四, one on a line."""
    lines = [HEADING, *" ".join(parts).split()]
    return read_text(report_text([]).replace("五、", "\n\n".join([*lines, "五、"]), 1))


def states(extracted: Extracted) -> set[State]:
    return {cell.state for cell in extracted.form if cell.ref.table == "t4"}


def all_values(extracted: Extracted) -> list[object]:
    return [cell.value for cell in extracted.form if cell.ref.table == "t4"]


def test_figures_of_the_table_above_behind_the_heading_leave_the_row_certain() -> None:
    extracted = apart(*REST, *WHOLE)
    assert states(extracted) == {State.READ}
    assert values(extracted, "t4.direct") == [1, 0, 1, 0, 2]


def test_a_word_for_nothing_among_digits_may_belong_before_them() -> None:
    # A program that goes by the heights of what stands on a line gives 无 behind the digits beside it.
    extracted = apart(f"行政复议 行政诉讼 {HALVES} 1 3 无 无", *WHOLE[1:])
    assert State.READ not in states(extracted)
    assert values(extracted, "t4.direct") == [1, 0, 1, 0, 2]


def test_beside_other_figures_a_row_that_does_not_come_out_is_doubtful() -> None:
    # One of them may have come in the place of its own.
    extracted = apart(*REST, f"行政复议 行政诉讼 {HALVES} 1 0 5 0", *WHOLE[1:])
    assert states(extracted) == {State.DOUBTFUL}
    assert values(extracted, "t4.review") == [1, 0, 5, 0, 4]


def test_a_second_table_without_a_caption_leaves_the_first_one_in_doubt() -> None:
    second = (f"某局 行政复议 行政诉讼 {HALVES} 2 2 0 0", f"未经复议直接起诉 总计 {HALVES} 4 1 0 1 0", *AFTER)
    extracted = apart(*WHOLE, *second)
    assert states(extracted) == {State.DOUBTFUL}
    assert values(extracted, "t4.review") == [1, 0, 3, 0, 4]


@pytest.mark.parametrize("stray", ["0 0 0 0 0 6", "6 5 0 1"])
def test_figures_in_a_turn_that_names_fewer_columns_are_chosen_by_the_sums(stray: str) -> None:
    turns = (f"行政复议 行政诉讼 {HALVES} 总计 1 0 3 0 4", f"未经复议直接起诉 {HALVES} 1 0 1 0 {stray} 总计 2")
    extracted = apart(*turns, f"复议后起诉 {HALVES} 总计 0 0 4 0 4")
    assert states(extracted) == {State.DOUBTFUL}
    assert all_values(extracted) == [int(text) for text in FIFTEEN.split()]


def test_figures_on_a_page_of_their_own_are_no_years_of_titles() -> None:
    names = f"行政复议 行政诉讼 {TOP} {BOTTOM} 未经复议直接起诉 复议后起诉 {TOP} {TOP} {BOTTOM} {BOTTOM}"
    margin = ["file:///report.html", "1/2", "\f2025/1/11, 8:05", "2024", "年青禾市司法局政府信息公开工作年度报告"]
    lines = [HEADING, *names.split(), *margin, "1", "0 3 0 4 1 0 1 0 2 0 0 4 0 4"]
    extracted = read_text(report_text([]).replace("五、", "\n".join([*lines, "五、"]), 1))
    assert all_values(extracted) == [int(text) for text in FIFTEEN.split()]


def test_two_figures_that_ran_together_are_not_proposed_but_all_others_are() -> None:
    names = f"{TOP} {BOTTOM} 未经复议直接起诉 复议后起诉 {TOP} {TOP} {BOTTOM} {BOTTOM}"
    lines = [HEADING, "行政复议 行政诉讼", names, "1 0 13 0 1421 0 1 0 22 0 0 4 0 4"]
    extracted = read_text(report_text([]).replace("五、", "\n".join([*lines, "五、"]), 1))
    assert State.READ not in states(extracted)
    assert all_values(extracted) == [1, 0, 13, 0, None, None, 0, 1, 0, 22, 0, 0, 4, 0, 4]


@pytest.mark.parametrize("names", ["其他 结果 维持 结果 纠正 结果 尚未 审结", "结果纠正 结果维持 其他结果 尚未审结"])
def test_behind_other_figures_names_in_another_order_let_nothing_be_proposed(names: str) -> None:
    turns = (f"行政复议 行政诉讼 {names} 总计 1 0 3 0 4", f"未经复议直接起诉 {names} 总计 1 0 1 0 2")
    assert set(all_values(apart(*REST, *turns, f"复议后起诉 {names} 总计 0 0 4 0 4"))) == {None}


def test_figures_in_disorder_are_not_proposed() -> None:
    extracted = apart(f"行政复议 行政诉讼 {HALVES} 11 总计 {HALVES} 12 43", f"{HALVES} 15 总计 7 3 65 2 2 1 4 13 5 2 3")
    assert set(all_values(extracted)) == {None}


PIECES = "结果维持 结果纠正 未经复议直接起诉 其尚 他未总计 结结其尚 果果他未总计 结审 维纠结审 果结 持正果结"
THIRD = "结果维持 复议后起诉 结其尚 果他未总 纠结审计 正果结"


@pytest.mark.parametrize(("last", "certain"), [("4 1 5 0 10", True), ("4 1 5 0 11", False)])
def test_of_names_in_pieces_one_total_may_be_misprinted(last: str, certain: bool) -> None:
    extracted = apart(f"行政复议 行政诉讼 {PIECES} 4 6 8 2 20 7 0 2 1 11 {THIRD} {last}")
    assert states(extracted) == {State.READ if certain else State.DOUBTFUL}
    assert values(extracted, "t4.direct") == [7, 0, 2, 1, 11]


def test_a_misprinted_name_leaves_a_proposal() -> None:
    misprinted = [part.replace("纠正", "纠政") for part in WHOLE]
    extracted = apart(*misprinted)
    assert states(extracted) == {State.DOUBTFUL}
    assert all_values(extracted) == [int(text) for text in FIFTEEN.split()]


def test_of_two_tables_one_below_the_other_the_first_is_proposed_wherever_the_caption_stands() -> None:
    first = (*WHOLE[:-1], "其中：下属事业单位数据 行政复议 行政诉讼 总计 4")
    extracted = apart(*first, f"{HALVES} 2 2 0 0", f"未经复议直接起诉 总计 {HALVES} 4 1 0 1 0", *AFTER)
    assert states(extracted) == {State.DOUBTFUL}
    assert all_values(extracted) == [int(text) for text in FIFTEEN.split()]
