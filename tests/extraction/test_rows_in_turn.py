"""表三 with its figures one a line, row after row, apart from its labels: when that is certain, and when it is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
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
