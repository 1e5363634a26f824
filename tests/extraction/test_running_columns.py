"""Running text whose header names the columns otherwise than the form, and rows that follow their own labels."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form, values

USUAL = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他"


def read_below(header: str, figures: Sequence[str]) -> Extracted:
    """A report with these words above 表三, and these figures in its rows, the last ones in all that are left."""
    rows = rows_of_form([*figures, *[figures[-1]] * (25 - len(figures))])
    return read_text(report_text(rows).replace(USUAL, header))


def numbered(figures: str) -> list[str]:
    return [f"{number} {figures}" for number in range(1, 26)]


EXCHANGED = "申请人情况 自然人 法人或其他组织 总计 其他 科研机构 社会公益组织 法律服务机构 商业企业"
LONGEST_FIRST = "申请人情况 自然人 法人或其他组织 总计 社会公益组织 法律服务机构 商业企业 科研机构 其他"
SUBTOTAL = "申请人情况 自然人 法人或其他组织 商业企业 科研机构 社会公益组织 法律服务机构 其他 小计 总计"
LINES = "申请人情况 行次 法人或其他组织 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"


@pytest.mark.parametrize(
    ("header", "figures"),
    [(EXCHANGED, ["5 0 0 2 0 1 8"]), (SUBTOTAL, ["5 1 0 2 0 0 3 8"]), (LINES, numbered("5 1 0 2 0 0 8"))],
    ids=["exchanged", "subtotal", "lines"],
)
def test_figures_follow_the_columns_that_the_words_name(header: str, figures: Sequence[str]) -> None:
    extracted = read_below(header, figures)
    assert values(extracted, "t3.granted") == [5, 1, 0, 2, 0, 0, 8]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}


@pytest.mark.parametrize(
    ("header", "figures"),
    [
        (EXCHANGED, ["8 5 0 0 2 0 1"]),
        (LONGEST_FIRST, ["5 2 0 0 0 1 8"]),
        (EXCHANGED.replace("自然人 法人或其他组织 总计", "法人或其他组织"), ["5 0 0 2 0 1 8"]),
        (EXCHANGED.replace("社会公益组织", "社会 公益 外国组织"), ["5 0 0 2 0 1 8"]),
        (EXCHANGED.replace("其他 科研机构 社会公益组织", "其他 科研机构 自然人 社会公益组织"), ["5 0 0 2 0 1 8"]),
        (SUBTOTAL, ["5 1 0 2 0 0 4 8"]),
        (LINES, ["3 5 1 0 2 0 0 8"]),
        (SUBTOTAL.replace("其他 小计", "小计 其他"), ["5 1 0 2 0 3 0 8"]),
    ],
    ids=[
        "total-first",
        "by-length",
        "not-named",
        "unknown-word",
        "twice",
        "no-subtotal",
        "no-numbers",
        "subtotal-within",
    ],
)
def test_words_without_their_figures_prove_nothing(header: str, figures: Sequence[str]) -> None:
    extracted = read_below(header, figures)
    assert State.READ not in {cell.state for cell in extracted.form if cell.ref.table == "t3"}


def test_zeros_are_the_same_in_any_order() -> None:
    extracted = read_below(EXCHANGED, ["0 0 0 0 0 0 0"])
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}


def test_a_row_whose_label_is_torn_does_not_keep_others_from_standing_in_another_order() -> None:
    rows = rows_of_form(["0 0 0 0 0 0 0"] * 6 + ["5 0 0 0 0 0 5", "9 0 0 0 0 0 9"])
    rows[6], rows[7] = (row.replace(" ", "\n", 1) for row in (rows[7], rows[6]))
    rows[9] = rows[9].replace(" ", "三、本年 ", 1)
    rows[12] = rows[12].replace("没有现成信息", "没有现度办成信息")
    head, _, figures = rows[14].partition(" ")
    rows[14] = f"{head[:6]} {figures}\n{head[6:]}"
    extracted = read_text(report_text(rows))
    assert values(extracted, "t3.denied_safety") == [5, 0, 0, 0, 0, 0, 5]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}


def test_a_row_with_a_figure_less_is_doubted() -> None:
    extracted = read_below(SUBTOTAL, ["5 1 0 2 0 3 8", "5 1 0 2 0 0 3 8"])
    assert reading(extracted, "t3.new.natural").state is State.DOUBTFUL
    assert reading(extracted, "t3.granted.natural").state is State.READ


def test_rows_of_running_text_follow_the_labels_before_their_figures() -> None:
    rows = rows_of_form(["0 0 0 0 0 0 0"] * 6 + ["5 0 0 0 0 0 5", "9 0 0 0 0 0 9"])
    rows[6], rows[7] = (row.replace(" ", "\n", 1) for row in (rows[7], rows[6]))
    extracted = read_text(report_text(rows))
    assert values(extracted, "t3.denied_safety") == [5, 0, 0, 0, 0, 0, 5]
    assert reading(extracted, "t3.denied_safety.natural").state is State.READ


def test_labels_behind_their_figures_prove_no_other_order() -> None:
    rows = [row.split(" ", 1)[::-1] for row in rows_of_form(["0 0 0 0 0 0 0"] * 6 + ["5 0 0 0 0 0 5", "9 0 0 0 0 0 9"])]
    rows[6], rows[7] = rows[7], rows[6]
    extracted = read_text(report_text([text for row in rows for text in row]))
    for name in ("t3.denied_safety.natural", "t3.denied_third_party.natural"):
        assert reading(extracted, name).state is not State.READ
