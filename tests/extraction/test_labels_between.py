"""Tables of converters that write the figures of a row apart from its label, or several figures into one cell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form

FIGURES = ["9 1 0 0 0 0 10", "1 0 0 0 0 0 1", "4 1 0 0 0 0 5"]
REPEATED, CONFIRMED = 14, 17


def pieces(row: str) -> str:
    label, *figures = row.split()
    return "|".join(["", label, *figures, ""])


def table(rows: Sequence[str]) -> Extracted:
    return read_text(report_text(["", *rows, ""]))


def converted() -> list[str]:
    return [pieces(row) for row in rows_of_form(FIGURES)]


def states(extracted: Extracted, row: str) -> set[State]:
    return {cell.state for cell in extracted.form if str(cell.ref).startswith(f"t3.{row}.")}


def test_a_label_between_two_rows_of_figures_without_words_names_neither_for_certain() -> None:
    behind = [
        "|（六）|1.申请|58|0|0 2|10|0 70|",
        "|其他处|人无正||||||",
        "|理|当理由||||||",
        "逾期不补正、行政机关不再处理其政府信息公开申请",
        "|||190|1|0|0|0|2|193|",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "|||0|14|0|0|0|0|14|",
        "3.其他",
        "|||815|199|9|22|49|63|1157|",
        "（七）总计",
        "|四、结转下年度继续办理||3|14|0|0|0|7|24|",
    ]
    extracted = table([*converted()[: CONFIRMED + 1], *behind])
    assert State.READ not in states(extracted, "closed_fee_unpaid") | states(extracted, "closed_other")
    assert states(extracted, "rejected_publication") == states(extracted, "carried_out") == {State.READ}


def test_rows_without_words_are_certain_where_they_are_as_many_as_the_form_has() -> None:
    rows = converted()
    rows[REPEATED] = "||0|6|2|0|0|1|9|"
    extracted = table(rows)
    assert State.MISSING not in states(extracted, "rejected_repeat")
    assert states(extracted, "rejected_petition") == states(extracted, "rejected_publication") == {State.READ}


@pytest.mark.parametrize(
    ("number", "row", "id_of_row"),
    [
        (-1, "|四、结转下年度继续办理|3|14|0||0|0|7 24|", "carried_out"),
        (-1, "|四、结转下年度继续办理|.|5|1||2|0|8|", "carried_out"),
        (8, "|5.属于三类内部事务信息<br>0|0|4||379|0|0|383|", "denied_internal"),
    ],
    ids=["two-in-a-cell", "the-point-of-a-number", "one-beside-the-label"],
)
def test_a_blank_beside_a_figure_too_many_or_a_stray_sign_leaves_no_place_certain(
    number: int, row: str, id_of_row: str
) -> None:
    rows = converted()
    rows[number] = row
    assert not states(table(rows), id_of_row) & {State.READ, State.BLANK}


def test_a_blank_alone_is_certain() -> None:
    extracted = table([*converted()[:-1], "|四、结转下年度继续办理|3|14|0||0|0|17|"])
    assert reading(extracted, "t3.carried_out.business").state is State.READ
    assert reading(extracted, "t3.carried_out.welfare").state is State.BLANK


def test_a_last_row_of_blanks_takes_no_figures_from_the_table_below() -> None:
    *rows, last = rows_of_form(FIGURES)
    heading = "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    outcomes = ["结果", "维持", "结果", "纠正", "其他", "结果", "尚未", "审结", "总计"]
    below = [
        heading,
        "行政复议 行政诉讼",
        *outcomes,
        "未经复议直接起诉 复议后起诉",
        *outcomes,
        *outcomes,
        "4 1 3 1 9 1 1",
    ]
    extracted = read_text(report_text([*rows, last.split()[0], *below]))
    assert states(extracted, "carried_out") <= {State.MISSING, State.BLANK}
    assert states(extracted, "total") == {State.READ}


def test_rows_without_words_are_not_certain_where_their_labels_stand_apart_in_another_order() -> None:
    rows = converted()
    first = next(number for number, row in enumerate(rows) if "信访举报" in row)
    held = rows[first : first + 5]
    labels = [row.split("|")[1] for row in held]
    bare = ["||" + row.split("|", 2)[2] for row in held]
    swapped = [bare[0], labels[3], labels[2], held[1], bare[2], bare[3], labels[0], labels[4], bare[4]]
    extracted = table([*rows[:first], *swapped, *rows[first + 5 :]])
    assert State.READ not in states(extracted, "rejected_excessive") | states(extracted, "rejected_publication")
    assert states(extracted, "denied_law") == {State.READ}
