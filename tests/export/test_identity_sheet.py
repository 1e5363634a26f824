"""The sheet 校验, counted by a real spreadsheet program."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl

from gkdesk import messages
from gkdesk.export.identity_sheet import identity_words, ranges
from gkdesk.export.template import Slot
from gkdesk.model.reading import MISSING, Reading, State, number
from tests.export.reports import (
    BLANK,
    SPEC_2021,
    closing_review,
    closing_values,
    opened,
    ref,
    review_of,
    saved,
    visible,
)

Export = Callable[..., bytes]
Recalculate = Callable[[bytes], bytes]
HOLDS = messages.text("workbook.identities.holds")


def verdicts(data: bytes) -> tuple[str, dict[str, str]]:
    """The summary, and the verdict by rule and line."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["校验"]
    found = {str(sheet.cell(row, 8).value): sheet.cell(row, 6).value for row in range(5, sheet.max_row + 1)}
    return sheet["A2"].value, {name: verdict for name, verdict in found.items() if name != "None"}


def test_a_closing_form_holds_everywhere(exported: Export, recalculated: Recalculate) -> None:
    summary, found = verdicts(recalculated(exported(closing_review())))
    assert summary == "全部 42 条勾稽关系成立"
    assert len(found) == 42
    assert set(found.values()) == {HOLDS}


def test_a_wrong_cell_breaks_its_row_and_column(exported: Export, recalculated: Recalculate) -> None:
    values = closing_values(SPEC_2021)
    values[ref("t3.granted.natural")] += 3
    summary, found = verdicts(recalculated(exported(review_of({cell: number(v) for cell, v in values.items()}))))
    assert {name: verdict for name, verdict in found.items() if verdict != HOLDS} == {
        "t3.column-total natural": "相差 3",
        "t3.row-total granted": "相差 3",
    }
    assert summary == "2 条勾稽关系不成立；40 条成立"


def test_correcting_the_visible_cell_heals_the_verdict(exported: Export, recalculated: Recalculate) -> None:
    values = closing_values(SPEC_2021)
    right = values[ref("t4.review.total")]
    values[ref("t4.review.total")] = right - 9
    workbook = opened(exported(review_of({cell: number(v) for cell, v in values.items()})))
    visible(workbook, "t4.review.total").value = right
    assert verdicts(recalculated(saved(workbook)))[0] == "全部 42 条勾稽关系成立"


def test_blanks_and_marks_count_as_zero(exported: Export, recalculated: Recalculate) -> None:
    readings = dict.fromkeys(SPEC_2021.refs(), BLANK)
    readings[ref("t3.new.research")] = Reading(State.BLANK, None, "/")
    readings |= {ref("t4.review.upheld"): number(2), ref("t4.review.total"): number(2)}
    data = recalculated(exported(review_of(readings)))
    assert verdicts(data)[0] == "全部 42 条勾稽关系成立"
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["校验"]
    assert "3 格没有数字，按 0 计" in {sheet.cell(row, 7).value for row in range(5, 47)}


def test_what_was_not_found_is_not_called_right(exported: Export, recalculated: Recalculate) -> None:
    readings = {cell: number(value) for cell, value in closing_values(SPEC_2021).items()}
    readings[ref("t4.direct.pending")] = MISSING
    readings[ref("t3.granted.total")] = BLANK
    summary, found = verdicts(recalculated(exported(review_of(readings))))
    assert found["t4.row-total direct"] == "无法核对"
    assert found["t3.row-total granted"] == "总计空白"
    assert found["t3.column-total total"] == "无法核对"
    assert summary == "39 条成立；3 条无法核对"


def test_words_name_the_row_and_the_sum() -> None:
    by_name = {f"{one.spec.rule} {one.line}": one for one in SPEC_2021.identities_of(SPEC_2021.empty_form())}
    words = identity_words(SPEC_2021, by_name["t3.row-total new"])
    assert words == "表三 一、本年新收政府信息公开申请数量：各列之和 = 总计"
    words = identity_words(SPEC_2021, by_name["t4.row-total after_review"])
    assert words.startswith("表四 复议后起诉：")


def test_neighbours_become_one_range() -> None:
    row = [Slot("表's", 7, column) for column in (4, 5, 6)]
    assert ranges([*row, Slot("表's", 9, 6)]) == ["'表''s'!D7:F7", "'表''s'!F9"]
    assert ranges([Slot("a", 1, 1), Slot("a", 1, 2), Slot("a", 2, 2)]) == ["'a'!A1:B1", "'a'!B2"]
