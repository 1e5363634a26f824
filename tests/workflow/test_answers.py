"""The reviewer's answers in words, in the exported workbook, and in the workbook read back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from gkdesk.model.cellref import CellRef
from gkdesk.model.decision import Decision, Outcome
from gkdesk.model.finding import Finding
from gkdesk.model.reading import number
from gkdesk.workflow import tasks
from gkdesk.workflow.answers import answers_of
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.open_review import OpenReview
from gkdesk.workflow.report_json import to_json
from gkdesk.workflow.tasks import ReadReport, read_bytes
from tests.workflow.report_text import REPORT, RIGHT, WRONG

NOTE = "已电话告知"
CHECKED = CellRef("t2", "permit", "decisions")
PROSE = REPORT.replace("申请50件", "申请51件")
"""The prose contradicts the table, and one figure of the table is wrong."""


@pytest.fixture
def report(tmp_path: Path) -> Iterator[OpenReview]:
    with Desk.open(tmp_path / "desk.gkdesk") as desk:
        yield desk.add(read_bytes("民政局.txt", PROSE.encode()))


def finding_of(report: OpenReview, rule: str) -> Finding:
    return next(finding for finding in report.findings if finding.rule == rule)


def answer(report: OpenReview, about: CellRef | Finding, outcome: Outcome, note: str = "") -> None:
    edit = report.decide(about, outcome, note)
    assert edit is not None
    report.apply(edit)


def answered(report: OpenReview) -> OpenReview:
    answer(report, finding_of(report, "t3.row-total"), Outcome.AS_PRINTED, NOTE)
    answer(report, finding_of(report, "prose.tables"), Outcome.CHECKED)
    answer(report, WRONG, Outcome.AS_PRINTED)
    answer(report, CHECKED, Outcome.CHECKED)
    return report


def exported(report: OpenReview, folder: Path) -> bytes:
    return tasks.export_workbook(report.review, folder / "out.xlsx", report.audit_lines()).read_bytes()


def table_below(data: bytes) -> list[tuple[object, ...]]:
    """The lines of the table of answers."""
    rows = list(openpyxl.load_workbook(io.BytesIO(data))["修改记录"].iter_rows(values_only=True))
    titles = [number for number, row in enumerate(rows) if row[0] == "核对结论"]
    return rows[titles[0] + 2 :] if titles else []


def test_cells_come_first_then_findings(report: OpenReview) -> None:
    answers = answers_of(answered(report).review, report.spec, report.findings)
    assert [one.about for one in answers] == [
        "表二 行政许可·本年处理决定数量",
        "表三 （一）予以公开·总计",
        "表三 （一）予以公开：各列之和 18 ≠ 总计 13，相差 5",
        "正文的数字与表格不一致（正文 ≠ 表格）：表三 一、本年新收申请总计 51 ≠ 50"
        "（表三 第一项加第二项之和 53），请核对",
    ]
    assert all(one.stands for one in answers)


def test_the_answers_are_a_table_of_the_workbook(report: OpenReview, tmp_path: Path) -> None:
    rows = table_below(exported(answered(report), tmp_path))
    assert [(row[1], row[2], row[5]) for row in rows] == [
        ("已核对", None, None),
        ("原文如此", None, None),
        ("原文如此", None, NOTE),
        ("已核对", None, None),
    ]
    assert rows[1][7] == str(WRONG)


def test_without_answers_there_is_no_such_table(report: OpenReview, tmp_path: Path) -> None:
    assert table_below(exported(report, tmp_path)) == []


def test_what_was_left_as_printed_says_so_at_its_cell_and_its_sum(report: OpenReview, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(exported(answered(report), tmp_path)))
    comments = [cell.comment.text for row in workbook["表三 申请办理"].iter_rows() for cell in row if cell.comment]
    assert comments == [f"原文如此\n表三 （一）予以公开：各列之和 18 ≠ 总计 13，相差 5。原文如此：{NOTE}"]
    remarks = [row[6] for row in workbook["校验"].iter_rows(min_row=5, values_only=True)]
    assert sum(f"原文如此：{NOTE}" in str(remark) for remark in remarks) == 1


def test_a_note_of_any_length_and_kind_stays_a_remark(report: OpenReview, tmp_path: Path) -> None:
    note = '"=1+1"\n"&' + "很长。" * 400
    answer(report, finding_of(report, "t3.row-total"), Outcome.AS_PRINTED, note)
    data = exported(report, tmp_path)
    (row,) = table_below(data)
    assert row[5] == note
    remarks = [str(row[6]) for row in openpyxl.load_workbook(io.BytesIO(data))["校验"].iter_rows(values_only=True)]
    (remark,) = [remark for remark in remarks if "原文如此" in remark]
    assert remark.count('"') % 2 == 0
    assert len(remark) < 400


def test_an_answer_about_other_figures_is_kept_and_says_so(report: OpenReview, tmp_path: Path) -> None:
    edit = answered(report).edit({WRONG: number(RIGHT)}, "对照台账")
    assert edit is not None
    report.apply(edit)
    data = exported(report, tmp_path)
    states = {row[0]: row[2] for row in table_below(data)}
    assert states["表三 （一）予以公开·总计"] == "此后数字已改动"
    assert states["各类申请人合计（表三 （一）予以公开·自然人；表三 （一）予以公开·总计）"] == "此后数字已改动"
    assert "原文如此" not in str([cell.comment for row in openpyxl.load_workbook(io.BytesIO(data))["表三 申请办理"]
                                  .iter_rows() for cell in row if cell.comment])  # fmt: skip


def test_an_exported_workbook_read_back_has_the_same_findings_and_answers(report: OpenReview, tmp_path: Path) -> None:
    review = answered(report).review
    back = read_bytes("out.xlsx", exported(report, tmp_path))
    assert back.review.decisions == review.decisions
    assert back.review.extracted.witnesses == review.extracted.witnesses != ()
    before = tasks.explained(review)
    assert back.findings == before
    assert any(finding.evidence for finding in before)
    told = answers_of(back.review, report.spec, back.findings)
    assert [(one.about, one.decision, one.stands) for one in told] == [
        (one.about, one.decision, one.stands) for one in answers_of(review, report.spec, before)
    ]


def test_answers_read_back_are_kept_in_a_workspace(report: OpenReview, tmp_path: Path) -> None:
    data = exported(answered(report), tmp_path)
    with Desk.open(tmp_path / "other.gkdesk") as desk:
        kept = desk.add(read_bytes("out.xlsx", data))
        assert kept.review.decisions == report.review.decisions
        (entry,) = desk.entries()
    assert (entry.errors, entry.warnings) == (1, 0)


def test_a_figure_changed_in_the_workbook_makes_its_answer_an_old_one(report: OpenReview, tmp_path: Path) -> None:
    data = exported(answered(report), tmp_path)
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    cell = next(cell for row in workbook["表三 申请办理"].iter_rows() for cell in row if cell.comment)
    cell.value = RIGHT
    stream = io.BytesIO()
    workbook.save(stream)
    back = read_bytes("out.xlsx", stream.getvalue())
    stands = {one.about: one.stands for one in tasks.answers_to(back)}
    assert stands["表三 （一）予以公开·总计"] is False
    assert stands["表二 行政许可·本年处理决定数量"] is True


def test_an_answer_about_a_report_that_is_not_at_hand_is_named_by_its_rule(report: OpenReview) -> None:
    figures = "read:3"
    target = "finding last-year.carried-over|natural|t3.carried_in.natural"
    report.review.decisions[target] = Decision(Outcome.CHECKED, "王敏", "2025-01-15T01:12:00Z", "", figures)
    (one,) = answers_of(report.review, report.spec, report.findings)
    assert one.about == "上年结转（表三 二、上年结转政府信息公开申请数量·自然人）"
    assert one.stands


def test_the_object_of_the_command_line_carries_answers_and_proofs(report: OpenReview) -> None:
    review = answered(report).review
    read = ReadReport(review, b"", None, report.findings)
    found = to_json(review, report.findings, tasks.proofs_of(read))
    cells, findings = found["cells"], found["findings"]
    assert isinstance(cells, dict)
    assert isinstance(findings, list)
    grounds = {"identities": 2, "printed_zeros": 0, "prose": 0, "last_year": 0, "holds": True}
    assert cells["t3.new.natural"]["proof"] == grounds
    assert cells[str(CHECKED)]["answer"] == {"outcome": "checked", "note": ""}
    answers = {finding["rule"]: finding.get("answer") for finding in findings if finding["severity"] != "info"}
    assert answers["t3.row-total"] == {"outcome": "as-printed", "note": NOTE}
    assert answers["t3.column-total"] is None
