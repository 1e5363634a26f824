"""Remarks behind the figures of a loose table, in a column that no heading names."""

from __future__ import annotations

import pytest

from gkdesk.model.reading import State
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form, values

ROWS = [row.replace(" ", "\t") for row in rows_of_form(["5 1 0 0 0 0 6", "3 0 0 0 0 1 4"])]
REMARKS = {0: "备注：其中3件为联合申请", 4: "（较上年增加2件）", 7: "【含上年结转】"}


def table(remarks: dict[int, str], between: str = "\t") -> list[str]:
    return [f"{row}{between}{remarks[number]}" if number in remarks else row for number, row in enumerate(ROWS)]


def test_rows_with_remarks_behind_them_are_read_as_those_without() -> None:
    extracted = read_text(report_text(table(REMARKS)))
    assert values(extracted, "t3.new") == [5, 1, 0, 0, 0, 0, 6]
    assert {cell.as_read.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}


def test_a_remark_in_the_place_of_a_total_is_no_blank() -> None:
    rows = [row.removesuffix("\t6") for row in table({})]
    rows[0] += "\t备注：总计见附件"
    assert reading(read_text(report_text(rows)), "t3.new.total").state in (State.MISSING, State.DOUBTFUL)


@pytest.mark.parametrize("words", ["（一）予以公开", "（二）部分公开（区分处理的）", "1.属于国家秘密"])
def test_labels_behind_figures_are_no_remarks(words: str) -> None:
    extracted = read_text(report_text(table({2: words})))
    states = {cell.as_read.state for cell in extracted.form if str(cell.ref).startswith("t3.granted.")}
    assert states <= {State.MISSING, State.DOUBTFUL}
