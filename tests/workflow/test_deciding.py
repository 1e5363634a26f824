"""Answers of a reviewer: kept, taken back, and given for the figures as they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gkdesk.model.cellref import CellRef
from gkdesk.model.decision import Outcome
from gkdesk.model.finding import Evidence, Finding, Severity
from gkdesk.model.reading import number
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.open_review import OpenReview
from gkdesk.workflow.tasks import read_bytes
from tests.workflow.report_text import REPORT, RIGHT, WRONG

OTHER = CellRef("t3", "partial", "natural")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.gkdesk"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with Desk.open(path) as found:
        yield found


@pytest.fixture
def report(desk: Desk) -> OpenReview:
    return desk.add(read_bytes("民政局.txt", REPORT.encode()))


def broken(report: OpenReview) -> Finding:
    return next(finding for finding in report.findings if finding.severity is Severity.ERROR)


def answer(report: OpenReview, about: CellRef | Finding, outcome: Outcome | None, note: str = "") -> None:
    edit = report.decide(about, outcome, note)
    assert edit is not None
    report.apply(edit)


def test_an_answer_to_a_finding_survives_a_restart(path: Path) -> None:
    with Desk.open(path) as desk:
        report = desk.add(read_bytes("民政局.txt", REPORT.encode()))
        finding, report_id = broken(report), report.report_id
        answer(report, finding, Outcome.AS_PRINTED, "已电话告知")
    with Desk.open(path) as desk:
        decision = desk.open_report(report_id).decision(finding)
    assert decision is not None
    assert (decision.outcome, decision.note) == (Outcome.AS_PRINTED, "已电话告知")


def test_an_answer_is_undone_and_redone(report: OpenReview) -> None:
    finding = broken(report)
    edit = report.decide(finding, Outcome.AS_PRINTED)
    assert edit is not None
    report.apply(edit)
    report.apply(edit.inverse(), "undo")
    assert report.decision(finding) is None
    report.apply(edit, "redo")
    assert report.decision(finding) is not None


def test_an_answer_outlives_checks_that_do_not_touch_its_figures(report: OpenReview) -> None:
    finding = broken(report)
    answer(report, finding, Outcome.AS_PRINTED)
    edit = report.edit({OTHER: number(60)})
    assert edit is not None
    report.apply(edit)
    assert WRONG in finding.cells
    assert OTHER not in finding.cells
    assert report.decision(finding) is not None


def test_an_answer_about_other_figures_does_not_stand(report: OpenReview) -> None:
    answer(report, WRONG, Outcome.CHECKED)
    edit = report.edit({WRONG: number(RIGHT)})
    assert edit is not None
    report.apply(edit)
    assert report.decision(WRONG) is None
    report.apply(edit.inverse(), "undo")
    assert report.decision(WRONG) is not None


def test_the_same_answer_again_is_no_change(report: OpenReview) -> None:
    answer(report, WRONG, Outcome.CHECKED)
    assert report.decide(WRONG, Outcome.CHECKED) is None
    assert report.decide(OTHER, None) is None
    assert report.decide(WRONG, Outcome.CHECKED, "对照纸质件") is not None


def test_an_answered_finding_waits_for_nobody(desk: Desk, report: OpenReview) -> None:
    (before,) = desk.entries()
    answer(report, broken(report), Outcome.AS_PRINTED)
    (after,) = desk.entries()
    assert after.errors == before.errors - 1


def test_an_answer_that_does_not_fit_what_stands_is_refused(report: OpenReview) -> None:
    edit = report.decide(WRONG, Outcome.CHECKED)
    assert edit is not None
    report.apply(edit)
    with pytest.raises(ValueError, match="does not fit"):
        report.apply(edit)


def test_an_answer_stands_whether_or_not_the_finding_was_explained(report: OpenReview) -> None:
    finding = broken(report)
    explained = replace(finding, evidence=(Evidence("收到政府信息公开申请50件", "50"),))
    answer(report, explained, Outcome.AS_PRINTED)
    assert report.decision(finding) is not None
