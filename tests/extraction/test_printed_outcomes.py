"""The order of the columns of 表四 by the words of its header."""

from __future__ import annotations

import pytest

from gkdesk.extraction.fill import extract
from gkdesk.extraction.tables.printed_outcomes import printed_order
from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions
from gkdesk.sources import markdown
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form, values

TABLE = load_editions()["2021"].table("t4")
USUAL = "结果维持结果纠正其他结果尚未审结总计"
FIGURES = "1 2 3 4 10 0 0 0 0 0 0 5 0 0 5"


def header(first: str = USUAL, second: str = USUAL, third: str = USUAL) -> str:
    return f"行政复议行政诉讼{first}未经复议直接起诉复议后起诉{second}{third}"


def test_names_in_another_order_tell_the_order() -> None:
    assert printed_order(TABLE, header()) == list(range(15))
    changed = header("结果纠正结果维持其他结果尚未审结总计", third="总计结果维持结果纠正其他结果尚未审结")
    assert printed_order(TABLE, changed) == [1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 10]


@pytest.mark.parametrize(
    "words",
    [
        header("结果结果维持纠正其他结果尚未审结总计"),
        header("结果维持结果维持其他结果尚未审结总计"),
        header("结果维持结果纠正其他结果尚未审结小计总计"),
        header(third=USUAL[:-2]),
        header().replace("未经复议直接起诉复议后起诉", "复议后起诉未经复议直接起诉"),
        header().replace("行政复议行政诉讼", ""),
    ],
    ids=["broken", "twice", "added", "lost", "blocks-exchanged", "no-blocks"],
)
def test_other_words_tell_nothing(words: str) -> None:
    assert printed_order(TABLE, words) is None


def text_of(head: str) -> str:
    body = [*rows_of_form(), "四、政府信息公开行政复议、行政诉讼情况", head, FIGURES]
    return report_text(body)


def test_figures_follow_the_names() -> None:
    head = "行政复议 行政诉讼\n结果纠正 结果维持 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n"
    extracted = read_text(text_of(head + " ".join(["结果维持 结果纠正 其他结果 尚未审结 总计"] * 2)))
    assert values(extracted, "t4.review") == [2, 1, 3, 4, 10]
    assert reading(extracted, "t4.review.upheld").state is State.READ


UPPER, LOWER = "结果 结果 其他 尚未", "维持 纠正 结果 审结"


@pytest.mark.parametrize("lower", [LOWER, "纠正 维持 结果 审结"], ids=["in order", "exchanged"])
def test_lines_of_torn_names_in_any_order_prove_the_columns_if_each_line_is_in_order(lower: str) -> None:
    """As a converter leaves them: upper halves of one block, lower ones of all, upper ones of the others."""
    names = [
        "行政复议 行政诉讼",
        "未经复议直接起诉 复议后起诉",
        UPPER,
        "总计",
        "总计总计",
        LOWER + lower,
        LOWER,
        UPPER + UPPER,
    ]
    extracted = read_text(text_of("\n".join(names)))
    state = State.READ if lower == LOWER else State.DOUBTFUL
    assert {cell.state for cell in extracted.form if cell.ref.table == "t4"} == {state}


def test_a_misprinted_name_is_no_other_order() -> None:
    row = "结果维持 结果纠政 其他结果 尚未审结 总计"
    extracted = read_text(text_of(f"行政复议 行政诉讼\n{row} 未经复议直接起诉 复议后起诉\n{row} {row}"))
    assert values(extracted, "t4.review") == [1, 2, 3, 4, 10]
    assert reading(extracted, "t4.review.upheld").state is State.READ


def test_names_broken_in_another_order_are_never_certain() -> None:
    row = "其他 结果 结果 尚未 总计\n结果 纠正 维持 审结"
    extracted = read_text(text_of(f"行政复议 行政诉讼\n{row}\n未经复议直接起诉 复议后起诉\n{row}\n{row}"))
    assert reading(extracted, "t4.review.upheld").state is not State.READ


def test_names_that_lost_their_line_are_no_other_order_though_totals_come_out() -> None:
    """As a torn table leaves them: two names of the first block in a line above those they stand between."""
    names = [
        "行政复议 行政诉讼",
        "结果维持 尚未审结 未经复议直接起诉 复议后起诉",
        f"结果纠正其他结果 总计 {USUAL} {USUAL}",
    ]
    extracted = read_text(text_of("\n".join(names)).replace(FIGURES, "1 2 0 4 7 0 0 0 0 0 0 5 0 0 5"))
    right = {"upheld": 1, "corrected": 2, "other": 0, "pending": 4, "total": 7}
    for name, figure in right.items():
        cell = reading(extracted, f"t4.review.{name}")
        assert cell.state is not State.READ or cell.value == figure


def test_totals_misprinted_in_a_row_of_a_table_leave_its_columns_proven() -> None:
    # Two blocks that do not come out would speak against figures gathered from lines, not against a row of a table.
    names = " | ".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
    blocks = " | ".join(["行政复议"] * 5 + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5)
    rows = [
        f"| {blocks} |",
        f"| {'--- | ' * 15}",
        f"| {names} |",
        "| 1 | 2 | 3 | 4 | 11 | 2 | 0 | 0 | 0 | 3 | 0 | 0 | 0 | 5 | 5 |",
    ]
    text = report_text([*rows_of_form(), "四、政府信息公开行政复议、行政诉讼情况", "", *rows, ""])
    extracted = extract(markdown.read(text.encode(), "sha"))
    assert values(extracted, "t4.review") == [1, 2, 3, 4, 11]
    assert reading(extracted, "t4.review.total").state is State.READ
