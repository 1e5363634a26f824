"""表三 with its figures one a line, row after row, apart from its labels: when that is certain, and when it is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import read_text, report_text, values
from tests.extraction.test_scattered_table import NAMES, ROWS, cells, report, states, table

LABELS = [row.label[-1] for row in ROWS]
HEAD = ("申请人情况", *NAMES)


def in_turn(made: Sequence[Sequence[object]], names: Sequence[str] = HEAD, labels: Sequence[str] = LABELS) -> Extracted:
    """Labels first, then the figures row by row, each on a line of its own."""
    return report([[str(value) for row in made for value in row]], names, labels)


def certain_rows(extracted: Extracted) -> list[int]:
    return [
        number
        for number, row in enumerate(ROWS)
        if {cell.state for cell in extracted.form if cell.ref.row == row.id} <= {State.READ, State.BLANK}
    ]


def test_rows_that_close_one_after_the_other_are_certain() -> None:
    made = table()
    extracted = in_turn(made)
    assert states(extracted) == {State.READ}
    assert cells(extracted) == made


def test_a_row_that_does_not_close_is_doubtful_as_it_is_printed() -> None:
    made = table()
    made[7][6] += 2
    extracted = in_turn(made)
    assert certain_rows(extracted) == [number for number in range(len(ROWS)) if number != 7]
    assert cells(extracted) == made


def test_a_table_of_zeros_is_certain_in_any_order() -> None:
    assert states(in_turn([[0] * 7 for _ in ROWS], labels=[*LABELS[7:], *LABELS[:7]])) == {State.READ}


def test_a_table_of_zeros_is_certain_wherever_the_names_of_its_columns_stand() -> None:
    zeros = [[0] * 7 for _ in ROWS]
    assert states(in_turn(zeros, ("申请人情况",), [*LABELS, *NAMES[:5], NAMES[6], NAMES[5]])) == {State.READ}
    assert states(in_turn(zeros, ("申请人情况",), [*LABELS, *NAMES[1:]])) <= {State.DOUBTFUL, State.MISSING}


@pytest.mark.parametrize(("one", "other"), [(2, 3), (4, 5), (12, 20)])
def test_labels_in_another_order_leave_nothing_certain(one: int, other: int) -> None:
    labels = [*LABELS]
    labels[one], labels[other] = labels[other], labels[one]
    assert states(in_turn(table(), labels=labels)) <= {State.DOUBTFUL, State.MISSING}


@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 4), (5, 6)])
def test_columns_in_another_order_leave_nothing_certain(one: int, other: int) -> None:
    names = [*HEAD]
    names[one], names[other] = names[other], names[one]
    assert states(in_turn(table(), names)) <= {State.DOUBTFUL, State.MISSING}


def test_a_row_whose_total_came_first_is_doubtful_and_no_other() -> None:
    made = [[*row] for row in table()]
    made[5] = [made[5][6], *made[5][:6]]
    assert certain_rows(in_turn(made)) == [number for number in range(len(ROWS)) if number != 5]


def test_figures_of_two_rows_that_changed_places_leave_both_doubtful() -> None:
    made = [[*row] for row in table()]
    made[0][6], made[1][0] = made[1][0], made[0][6]
    assert certain_rows(in_turn(made)) == list(range(2, len(ROWS)))


def test_a_figure_more_leaves_nothing_certain() -> None:
    assert states(in_turn([*table(), [3]])) <= {State.DOUBTFUL, State.MISSING}


def test_as_many_figures_as_columns_are_no_row_where_others_came_apart_from_their_labels() -> None:
    made = [["" if value == 0 else value for value in row] for row in table()]
    lines = [str(value) for row in made for value in row if value != ""]
    # Behind one label stand, by chance, as many figures as there are columns, and they close.
    labels = "\n".join([*LABELS[:9], *("1", "0", "0", "0", "0", "0", "1"), *LABELS[9:]])
    extracted = report([lines], HEAD, [labels])
    assert State.READ not in states(extracted)


def heading_within(
    made: Sequence[Sequence[object]], behind: int, outcomes: Sequence[str] = (), above: int = 0
) -> Extracted:
    """The same with the heading of 表四 before the last figures, ``behind`` many; then names and figures of 表四."""
    figures = [str(value) for row in made for value in row]
    first, last = figures[:-behind], figures[-behind:]
    last[len(last) - above : len(last) - above] = ["行政复议"]
    lines = [*HEAD, *LABELS, *first, "四、政府信息公开行政复议、行政诉讼情况", *last, "行政诉讼", *outcomes]
    old = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    return read_text(report_text([]).replace(old, "").replace("五、", "\n".join([*lines, "五、"]), 1))


@pytest.mark.parametrize("above", [0, 1])
def test_figures_behind_the_heading_of_the_next_table_make_this_one_whole(above: int) -> None:
    made = table()
    names = "结果维持 结果纠正 其他结果 尚未审结 总计"
    outcomes = [names, "1 0 3 0 4", "未经复议直接起诉", names, "0 0 0 2 2", "复议后起诉", names, "0 1 0 0 1"]
    extracted = heading_within(made, 30, outcomes, above)
    assert cells(extracted) == made
    assert states(extracted) == {State.READ}
    assert values(extracted, "t4.review") == [1, 0, 3, 0, 4]
    assert states(extracted, "t4") == {State.READ}


def test_figures_behind_the_heading_that_are_too_few_prove_nothing() -> None:
    made = [*table()[:-1], table()[-1][:-1]]
    assert states(heading_within(made, 30)) <= {State.DOUBTFUL, State.MISSING}
