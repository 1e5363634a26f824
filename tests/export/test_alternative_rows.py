"""（六）其他处理 printed as one row: shown below the official table, counted by the identities, read back exactly."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl

from gkdesk.export.read_back import read_back
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import MISSING, Reading, number
from gkdesk.model.review import Review
from gkdesk.model.spec import load_editions
from tests.export.reports import SPEC_2021, closing_values, opened, ref, review_of, visible

DETAILS = ("closed_not_amended", "closed_fee_unpaid", "closed_other")
COLUMNS = [column.id for column in SPEC_2021.table("t3").blocks[0].columns]


def single_row_review() -> Review:
    values = closing_values(SPEC_2021)
    readings: dict[CellRef, Reading] = {cell: number(value) for cell, value in values.items()}
    for column in COLUMNS:
        details = [CellRef("t3", row, column) for row in DETAILS]
        readings[CellRef("t3", "closed", column)] = number(sum(values[cell] for cell in details))
        readings |= dict.fromkeys(details, MISSING)
    return review_of(readings)


def test_the_row_stands_below_the_untouched_form(exported: Callable[..., bytes]) -> None:
    review = single_row_review()
    workbook = opened(exported(review))
    sheet = workbook["表三 申请办理"]
    assert sheet["A32"].value == "（六）其他处理（原报告未分项）"
    assert [sheet.cell(32, column).value for column in range(4, 11)] == [
        review.form[CellRef("t3", "closed", column)].value for column in COLUMNS
    ]
    assert sheet["K32"].value == "t3.closed"
    assert visible(workbook, "t3.closed.natural").coordinate == "D32"
    assert visible(workbook, "t3.closed_other.natural").value is None
    assert sheet.print_area.endswith("$J$32")
    assert sheet["A31"].value == "四、结转下年度继续办理"


def test_identities_use_the_row(exported: Callable[..., bytes], recalculated: Callable[[bytes], bytes]) -> None:
    data = recalculated(exported(single_row_review()))
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["校验"]
    assert sheet["A2"].value == "全部 40 条勾稽关系成立"


def test_it_comes_back_exactly(exported: Callable[..., bytes]) -> None:
    review = single_row_review()
    found = read_back(exported(review), load_editions()).form
    assert [(cell.ref, cell.as_read) for cell in found] == [(cell.ref, cell.reading) for cell in review.form]
    assert found[ref("t3.closed.total")].place is not None


def test_no_row_where_the_report_has_none(exported: Callable[..., bytes]) -> None:
    readings = {cell: number(1) for cell in SPEC_2021.refs()}
    readings |= {CellRef("t3", "closed", column): MISSING for column in COLUMNS}
    review = review_of(readings)
    data = exported(review)
    assert opened(data)["表三 申请办理"]["A32"].value is None
    assert len(read_back(data, load_editions()).form) == 207
