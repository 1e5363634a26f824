"""Figures of a text that a narrow column broke over two lines: ``2,37`` and, on the next line, ``0``."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import read_text, report_text, rows_of_form, values

LABEL = "一、本年新收政府信息公开申请数量"
NEXT = "二、上年结转政府信息公开申请数量"
ROW = [2370, 116, 5, 11, 36, 11, 2549]
IN_TURN = [LABEL, "2,37", "0", "116 5 11 36 11", "2,54", "9"]
FULL = "2 5 0 1 2 1 11"


def report(first: Sequence[str], second: str = FULL) -> Extracted:
    """A report whose first row of 表三 stands on the given lines, the second with ``second`` behind its label."""
    rows = rows_of_form()[2:]
    return read_text(report_text([*first, f"{NEXT} {second}", *rows]))


def states(extracted: Extracted, row: str) -> set[State]:
    return {cell.state for cell in extracted.form if str(cell.ref).startswith(row + ".")}


@pytest.mark.parametrize(
    "lines",
    [
        IN_TURN,
        [f"{LABEL} 2,37", "0", "116 5 11 36 11", "2,54", "9"],
        [LABEL, "2,37 0", "116 5 11 36 11", "2,54 9"],
        [f"{LABEL} 2,37 116 5 11 36 11 2,54", "0 9"],
    ],
)
def test_groups_of_digits_and_the_sum_prove_a_row_whose_figures_are_broken(lines: Sequence[str]) -> None:
    extracted = report(lines)
    assert values(extracted, "t3.new") == ROW
    assert states(extracted, "t3.new") == {State.READ}
    assert values(extracted, "t3.carried_in") == [2, 5, 0, 1, 2, 1, 11]


def in_columns(above: str, row: str, below: str) -> list[str]:
    """Lines of a text that keeps its columns; ``row`` follows the label, blanks stand for it in the other lines."""
    room = " " * 2 * len(LABEL)
    return [room + above, LABEL + " " * len(LABEL) + row, room + below]


def test_parts_above_and_below_their_row_belong_to_it_by_their_places() -> None:
    lines = in_columns(
        "   2,37                              2,54",
        "          116    5    11   36   11       ",
        "    0                                 9  ",
    )
    extracted = report(lines, "  2   5    0    1    2    1    11")
    assert values(extracted, "t3.new") == ROW
    assert states(extracted, "t3.new") == {State.READ}


def test_without_separators_the_row_is_proposed_in_doubt() -> None:
    extracted = report([LABEL, "237", "0", "116 5 11 36 11", "254", "9"])
    assert values(extracted, "t3.new") == ROW
    assert states(extracted, "t3.new") == {State.DOUBTFUL}


@pytest.mark.parametrize(
    "lines",
    [
        # The sum does not come out.
        [LABEL, "2,37", "0", "116 5 11 36 11", "2,54", "8"],
        # The rest is not what the group lacks.
        [LABEL, "2,37", "00", "116 5 11 36 11", "2,54", "9"],
        # Other figures stand between.
        [LABEL, "2,37", "116 5 11 36 11", "0", "2,54", "9"],
    ],
)
def test_parts_that_do_not_make_the_row_come_out_prove_nothing(lines: Sequence[str]) -> None:
    assert State.READ not in states(report(lines), "t3.new")


def test_a_page_number_below_a_row_that_comes_out_is_no_rest_of_it() -> None:
    extracted = report([f"{LABEL} 23 1 0 0 0 0 24", "3"])
    assert values(extracted, "t3.new") == [23, 1, 0, 0, 0, 0, 24]


def test_a_row_that_does_not_come_out_and_the_line_below_it_are_not_joined_by_chance() -> None:
    # 22 + 1 and 234: neither the row nor any of its figures with the 3 behind it comes out.
    extracted = report([f"{LABEL} 22 1 0 0 0 0 25", "3"])
    assert values(extracted, "t3.new") == [22, 1, 0, 0, 0, 0, 25]


def test_several_ways_of_joining_prove_nothing() -> None:
    # 2,37 with the 0 behind it and 2,37 with the 5 give the same sum: 2370 and 5, or 0 and 2375.
    extracted = report(["2,37 2,54", f"{LABEL} 0 116 5 11 36 11 9"])
    assert State.READ not in states(extracted, "t3.new")
