"""Doubtful, missing and blank cells, as a clerk reads about them."""

from __future__ import annotations

from gkdesk.model.finding import Severity, Verdict
from gkdesk.model.form import Decided
from gkdesk.model.reading import number
from gkdesk.model.spec import load_editions

from .reports import BLANK, MISSING, Change, changed, checked, doubtful, huaian, report


def rows_of(table: str, column: str, count: int, reading: Change) -> dict[str, Change]:
    refs = [ref for ref in load_editions()["2021"].refs() if ref.table == table and ref.column == column]
    return {str(ref): reading for ref in refs[:count]}


def test_a_doubtful_cell_says_what_stands_there_and_why() -> None:
    assert report({"t4.direct.total": doubtful(26, "26件", "unit")}).warnings == [
        "表四 未经复议直接起诉：总计“26件”存疑：单元格里除数字外还写了单位，请核对"
    ]


def test_doubts_of_one_row_and_reason_are_one_finding() -> None:
    found = report(
        {"t3.new.natural": doubtful(3001, "3001", "position"), "t3.new.total": doubtful(3119, "", "position")}
    )
    assert found.warnings == [
        "表三 一、本年新收政府信息公开申请数量：自然人“3001”、总计存疑："
        "这一行的数字个数与表格的列数不符，位置不能确定，请核对"
    ]
    finding = found.findings[0]
    assert finding.verdict is Verdict.DOUBTFUL
    assert [str(ref) for ref in finding.cells] == ["t3.new.natural", "t3.new.total"]


def test_other_reasons_and_rows_are_findings_of_their_own_in_the_order_of_the_form() -> None:
    found = report(
        {
            "t3.carried_in.total": doubtful(34, "34", "leading-zero"),
            "t3.new.natural": doubtful(3001, "3001", "leading-zero"),
            "t3.new.total": doubtful(3119, "3119", "unit", "split-digits"),
        }
    )
    assert [text.split("：")[0] + text.split("：")[2] for text in found.warnings] == [
        "表三 一、本年新收政府信息公开申请数量数字以 0 开头，请核对",
        "表三 一、本年新收政府信息公开申请数量单元格里除数字外还写了单位，请核对；数字中间有空格，请核对",
        "表三 二、上年结转政府信息公开申请数量数字以 0 开头，请核对",
    ]


def test_a_long_text_in_a_cell_is_quoted_in_part() -> None:
    found = report(
        {"t2.rules.made": doubtful(None, "详见《本年度\n规章目录》附件一，共若干件，其中新制定若干件", "not-a-number")}
    )
    assert found.warnings[0].startswith("表二 规章：本年制发件数“详见《本年度 规章目录》附件一，共若干件…”存疑")


def test_a_row_that_ran_together_is_not_quoted_for_each_of_its_cells() -> None:
    row = "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"
    found = report({"t4.direct": doubtful(None, row, "position"), "t4.review.total": doubtful(351, row, "position")})
    assert [text.split("：")[1] for text in found.warnings] == [
        "总计“351”存疑",
        "结果维持、结果纠正、其他结果、尚未审结、总计存疑",
    ]


def test_a_reason_without_a_sentence_still_makes_one() -> None:
    assert report({"t2.rules.made": doubtful(1, "1", "something-new")}).warnings == [
        "表二 规章：本年制发件数“1”存疑：这个数字没有把握，请看原文核对"
    ]


def test_a_whole_column_in_doubt_is_one_finding() -> None:
    found = report(rows_of("t3", "welfare", 25, doubtful(0, "0", "column-unproven")))
    assert found.warnings == ["表三：有 25 行共 25 个数字存疑：没有认出这一列的名称，是按先后顺序推定的，请核对"]
    assert len(found.findings[0].cells) == 25


def test_a_decided_cell_is_doubted_no_more() -> None:
    form = changed(huaian(), {"t4.direct.total": doubtful(26, "26件", "unit")})
    ref = next(cell.ref for cell in form if str(cell.ref) == "t4.direct.total")
    form.decide(ref, Decided(number(26), "审核人", "2025-01-20T08:00:00Z"))
    assert checked(form).findings == ()


def test_missing_cells_are_told_row_by_row() -> None:
    found = report({"t3.rejected_repeat": MISSING, "t3.new.other": MISSING, "t3.new.legal": MISSING, "t2.fee": MISSING})
    assert found.warnings == [
        "表二 行政事业性收费：没有找到本年收费金额，请对照原文填写",
        "表三 一、本年新收政府信息公开申请数量：没有找到法律服务机构、其他，请对照原文填写",
        "表三 （五）不予处理 2.重复申请：各项都没有找到，请对照原文填写",
    ]


def test_many_missing_rows_are_one_finding() -> None:
    found = report(rows_of("t3", "total", 9, MISSING))
    assert found.warnings == ["表三：有 9 行共 9 格没有找到，请对照原文填写"]


def test_a_missing_table_is_one_finding() -> None:
    assert report({"t4": MISSING}).warnings == ["表四没有找到，请对照原文手工填写"]


def test_a_picture_is_one_finding_and_some_lines_of_what_cannot_be_checked() -> None:
    found = report({"t2": MISSING, "t3": MISSING, "t4": MISSING}, edition=None, organization=None, year=None)
    assert found.warnings == ["没有在文件里找到表格，可能是图片，请对照原文手工填写"]
    first = found.findings[0]
    assert (first.verdict, first.severity, len(first.cells)) == (Verdict.NOTICE, Severity.WARNING, 200)
    assert len(found.infos) == 4


def test_blanks_are_counted_by_table() -> None:
    found = report({"t2.rules.repealed": BLANK, "t3.new.research": BLANK, "t3.new.welfare": BLANK})
    assert found.infos == ["表二有 1 处空白", "表三有 2 处空白，核对时按 0 计"]
    assert found.warnings == []


def test_a_total_that_was_not_filled_in_is_not_said_to_count_as_zero() -> None:
    assert not any("按 0 计" in text for text in report({"t3.new.total": BLANK}).infos)
