"""表四 in texts: names broken over two lines, and a second table beside the report's own."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import read_text, report_text, rows_of_form, values

UPPER = ("结果", "结果", "其他", "尚未", "总计")
LOWER = ("维持", "纠正", "结果", "审结", "")


def with_table_four(*lines: str) -> Extracted:
    heading = "四、政府信息公开行政复议、行政诉讼情况"
    whole = report_text(rows_of_form())
    return read_text(whole.replace("五、", "\n".join([heading, *lines, "五、"]), 1))


def states(extracted: Extracted) -> set[State]:
    return {cell.state for cell in extracted.form if cell.ref.table == "t4"}


def laid_out(*blocks: Sequence[str]) -> list[str]:
    """The header and a row of zeros and marks for nothing; ``blocks`` are the lower halves of the names."""
    over = [" " * 30 + "行政复议" + " " * 30 + "行政诉讼", " " * 60 + "未经复议直接起诉" + " " * 20 + "复议后起诉"]
    rows = [UPPER * 3, [name for block in blocks for name in block], ["/", "0", "0", "0", "0"] * 3]
    # Wide characters take two columns.
    return over + ["".join(text + " " * (6 - len(text.encode("gbk"))) for text in row).rstrip() for row in rows]


def test_names_broken_over_lines_are_those_of_the_columns() -> None:
    assert states(with_table_four(*laid_out(LOWER, LOWER, LOWER))) == {State.READ, State.BLANK}


def test_ends_of_names_in_another_order_in_one_block_tell_whose_zeros_stand_below() -> None:
    swapped = ("纠正", "维持", "结果", "审结", "")
    extracted = with_table_four(*laid_out(swapped, LOWER, LOWER))
    assert values(extracted, "t4.review") == [0, None, 0, 0, 0]
    assert values(extracted, "t4.direct") == [None, 0, 0, 0, 0]
    assert states(extracted) == {State.READ, State.BLANK}


def test_ends_of_names_that_stand_above_no_figure_leave_zeros_in_doubt() -> None:
    twice = ("维持", "维持", "结果", "审结", "")
    assert states(with_table_four(*laid_out(twice, LOWER, LOWER))) <= {State.DOUBTFUL, State.MISSING}


def tabbed(figures: Sequence[str]) -> list[str]:
    over = "\t".join(["行政复议", "", "", "", "", "未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""])
    return [over, "\t".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3), "\t".join(figures)]


def test_a_second_table_with_the_same_figures_in_other_columns_is_another() -> None:
    first = ["", "", "1", "", "1", *[""] * 10]
    second = ["1", "", "", "", "1", *[""] * 10]
    assert states(with_table_four(*tabbed(first), "", *tabbed(first))) == {State.READ, State.BLANK}
    other = with_table_four(*tabbed(first), "", *tabbed(second))
    doubtful = {str(cell.ref) for cell in other.form if cell.state is State.DOUBTFUL}
    assert doubtful == {"t4.review.upheld", "t4.review.other"}


def test_blocks_in_another_order_are_not_those_of_the_form() -> None:
    over, names, figures = tabbed(["1", "0", "0", "0", "1", "2", "0", "0", "0", "2", "0", "0", "3", "0", "3"])
    for usual, state in ((True, State.READ), (False, State.DOUBTFUL)):
        first, second = ("未经复议直接起诉", "复议后起诉") if usual else ("复议后起诉", "未经复议直接起诉")
        groups = "\t".join(["", "", "", "", "", first, "", "", "", "", second, "", "", "", ""])
        lines = ["行政复议\t\t\t\t\t行政诉讼" + "\t" * 9, groups, names, figures]
        assert states(with_table_four(*lines)) == {state}
    assert over


def test_a_total_of_both_groups_behind_the_last_does_not_move_a_row_that_begins_with_a_blank() -> None:
    figures = ["", "16", "1", "", "17", "", "2", "", "0", "2", "11", "", "", "0", "11", "12"]
    lines = tabbed(figures)
    lines[0] += "\t合计"
    lines[1] += "\t"
    assert states(with_table_four(*lines)) <= {State.DOUBTFUL, State.MISSING}


ABOVE = "结果 结果 其他 尚未 总 结果 {over}"
BESIDE = (
    "其他 尚未 总 结果 结果 其他 尚未 总",
    "维持 纠正 结果 审结 计 维持 结果",
    "纠正 结果 审结 计 维持 纠正 结果 审结 计",
)
CLOSED = "4 2 0 0 6 2 0 1 1 4 0 0 1 0 1"


def test_the_name_of_a_block_on_the_line_of_its_first_column_tells_which_block_that_is() -> None:
    lines = ("行政复议", "行政诉讼", "复议后起诉", ABOVE.format(over="未经复议直接起诉"), *BESIDE, CLOSED)
    extracted = with_table_four(*lines)
    assert states(extracted) == {State.READ}
    assert values(extracted, "t4.direct") == [2, 0, 1, 1, 4]


def test_the_name_of_the_last_block_on_that_line_leaves_all_in_doubt() -> None:
    lines = ("行政复议", "行政诉讼", "未经复议直接起诉", ABOVE.format(over="复议后起诉"), *BESIDE, CLOSED)
    assert State.READ not in states(with_table_four(*lines))


def test_names_of_blocks_on_lines_of_their_own_in_another_order_leave_all_in_doubt() -> None:
    lines = ("行政复议", "行政诉讼", "复议后起诉", "未经复议直接起诉", ABOVE.format(over=""), *BESIDE, CLOSED)
    assert State.READ not in states(with_table_four(*lines))


STEPS = (1, 6, 12, 18, 23, 28, 33, 38, 44, 49, 57, 66, 75, 80, 88)


def placed(figures: Sequence[str], names: Sequence[int] = STEPS, below: Sequence[int] = STEPS) -> Extracted:
    """表四 in a text that keeps its columns: the names in halves around places, the figures of the columns below."""

    def line(texts: Sequence[str], places: Sequence[int]) -> str:
        made = ""
        for text, place in zip(texts, places, strict=True):
            made = made.ljust(place - len(text) // 2) + text if text else made
        return made

    over = line(("行政复议", "行政诉讼"), (12, 50)), line(("未经复议直接起诉", "复议后起诉"), (36, 70))
    return with_table_four(*over, line(UPPER * 3, names), line(LOWER * 3, names), line(figures, below))


ZEROS = ["0"] * 10


def test_a_figure_between_two_names_has_one_place_if_all_others_are_taken() -> None:
    between = (*STEPS[:13], 84, 88)
    extracted = placed(["1", "", "1", "", "2", *ZEROS], below=between)
    assert values(extracted, "t4.review") == [1, None, 1, None, 2]
    assert states(extracted) == {State.READ, State.BLANK}


def test_a_figure_between_two_names_without_a_figure_beside_it_is_doubtful() -> None:
    between = (*STEPS[:12], 78, 84, 88)
    assert State.READ not in states(placed(["1", "", "1", "", "2", *ZEROS[:7], "", "0", "0"], below=between))


def test_names_drawn_together_do_not_tell_whose_figures_stand_below_them() -> None:
    # The outcomes of the first block stand over 0, 5, 10 and 15 on the page, their names over 1, 4, 7 and 10 here.
    drawn = (1, 4, 7, 10, 20, *(step + 2 for step in STEPS[5:]))
    below = (1, 5, 10, 15, 20, *drawn[5:])
    assert State.READ not in states(placed(["3", "", "2", "", "5", *ZEROS], drawn, below))


def test_a_row_beside_its_names_without_its_first_figure_is_certain_by_two_sums_only() -> None:
    narrow = tuple(range(1, 60, 4))
    closed = placed(["", "4", "3", "6", "13", "9", "1", "8", "2", "20", "3", "", "3", "2", "8"], narrow, narrow)
    assert states(closed) == {State.READ, State.BLANK}
    assert values(closed, "t4.review") == [None, 4, 3, 6, 13]
    open_sums = placed(["", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "", "0", "0", "0"], narrow, narrow)
    assert State.READ not in states(open_sums)


def test_a_few_figures_right_below_all_names_are_proposed_where_they_stand_nearest() -> None:
    narrow = tuple(range(1, 45, 3))
    few = placed(["0", "", "0", "0", "0", *[""] * 10], narrow, narrow)
    assert states(few) == {State.DOUBTFUL}
    assert values(few, "t4.review") == [0, None, 0, 0, 0]
    touching = placed(["1", "0", "1", "0", "2", *[""] * 10], tuple(range(1, 31, 2)), tuple(range(1, 31, 2)))
    assert State.READ not in states(touching)
