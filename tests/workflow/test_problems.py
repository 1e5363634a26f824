"""What goes on the list for the reporting body, and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gkdesk.model.decision import Outcome
from gkdesk.model.finding import Finding, Proposal, Severity
from gkdesk.model.problem import Problem
from gkdesk.model.reading import number
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.open_review import OpenReview
from gkdesk.workflow.problems import problem_list
from gkdesk.workflow.tasks import read_bytes
from tests.workflow.report_text import PRINTED, REPORT, RIGHT, WRONG

REPAIR = Proposal(((WRONG, RIGHT),), 0.9, "single")


@pytest.fixture
def report(tmp_path: Path) -> Iterator[OpenReview]:
    with Desk.open(tmp_path / "desk.gkdesk") as desk:
        yield desk.add(read_bytes("民政局.txt", REPORT.encode()))


def broken(report: OpenReview) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity is Severity.ERROR]


def listed(report: OpenReview, findings: list[Finding]) -> tuple[Problem, ...]:
    return problem_list(report.review, report.spec, findings).problems


def test_sums_that_one_cell_explains_are_one_line_about_that_cell(report: OpenReview) -> None:
    findings = [replace(finding, proposals=(REPAIR,)) for finding in broken(report)]
    assert len(findings) == 2
    (line,) = listed(report, findings)
    assert line.where == "表三 （一）予以公开·总计"
    assert line.printed == str(PRINTED)
    assert line.advice == f"如果其他数字无误，这里应为 {RIGHT}；请对照台账核对"
    assert line.reason.count("≠") == 2
    assert line.answer == "待核实"


def test_what_the_text_says_about_the_cell_stands_in_its_line_and_long_sums_do_not(report: OpenReview) -> None:
    findings = [replace(finding, proposals=(REPAIR,)) for finding in broken(report)]
    said = replace(
        findings[0], rule="prose.tables", code="prose.differs", severity=Severity.WARNING, cells=(WRONG,), proposals=(),
        arguments={"differences": "18 ≠ 13", "sentence": "予以公开18件。", "scope": "", "parts": "quoted"},
    )  # fmt: skip
    (line,) = listed(report, [*findings, said])
    *sums, quoted = line.reason.split("\n")
    assert [text.count(" + ") for text in sums] == [0, 5]
    assert "予以公开18件。" in quoted


def test_where_several_cells_may_be_wrong_they_are_named(report: OpenReview) -> None:
    other = Proposal(((WRONG._replace(column="natural"), 10),), 0.1, "single")
    finding = replace(broken(report)[0], proposals=(REPAIR, other))
    (line,) = listed(report, [finding])
    assert "总计 18" in line.advice
    assert "自然人 10" in line.advice


def test_without_a_proposal_the_sums_are_listed(report: OpenReview) -> None:
    lines = listed(report, broken(report))
    assert [line.printed for line in lines] == ["45 ≠ 50", "18 ≠ 13"]


def test_what_was_found_in_order_is_not_listed(report: OpenReview) -> None:
    for finding in broken(report):
        edit = report.decide(finding, Outcome.CHECKED)
        assert edit is not None
        report.apply(edit)
    assert listed(report, broken(report)) == ()


def test_an_answer_is_listed_with_its_note(report: OpenReview) -> None:
    edit = report.decide(broken(report)[0], Outcome.AS_PRINTED, "已电话告知")
    assert edit is not None
    report.apply(edit)
    assert [line.answer for line in listed(report, broken(report))] == ["原文如此；已电话告知", "待核实"]


def test_an_answer_about_the_cell_that_explains_it_is_listed_too(report: OpenReview) -> None:
    edit = report.decide(WRONG, Outcome.AS_PRINTED, "已电话告知")
    assert edit is not None
    report.apply(edit)
    findings = [replace(finding, proposals=(REPAIR,)) for finding in broken(report)]
    assert [line.answer for line in listed(report, findings)] == ["原文如此；已电话告知"]


def test_a_figure_corrected_in_the_review_has_to_be_corrected_in_the_report(report: OpenReview) -> None:
    edit = report.edit({WRONG: number(RIGHT)}, "对照台账")
    assert edit is not None
    report.apply(edit)
    (line,) = listed(report, list(report.findings))
    assert (line.printed, line.answer) == (str(PRINTED), "已更正；对照台账")
    report.review.kind = "picture"
    assert listed(report, list(report.findings)) == ()
