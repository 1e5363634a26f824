"""Edits of an open report: what counts as a change, what a change tells, and what happens when it cannot be kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gkdesk.errors import WorkspaceError
from gkdesk.model.cellref import CellRef
from gkdesk.model.edit import CellEdit, Edit
from gkdesk.model.form import Decided
from gkdesk.model.reading import Reading, State, number, parse_reading
from gkdesk.store.workspace import Workspace
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.open_review import OpenReview
from gkdesk.workflow.tasks import read_bytes
from tests.workflow.report_text import PRINTED, REPORT, RIGHT, WRONG

NEW = CellRef("t3", "new", "natural")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "desk.gkdesk") as found:
        yield found


@pytest.fixture
def report(desk: Desk) -> OpenReview:
    return desk.add(read_bytes("民政局.txt", REPORT.encode()))


def apply(report: OpenReview, ref: CellRef, reading: Reading | None, why: str = "") -> Edit:
    edit = report.edit({ref: reading}, why)
    assert edit is not None
    report.apply(edit)
    return edit


def test_a_change_says_which_findings_went_and_came(report: OpenReview) -> None:
    edit = report.edit({WRONG: number(RIGHT)})
    assert edit is not None
    change = report.apply(edit)
    assert change.cells == (WRONG,)
    assert len(change.gone) == 2
    assert change.new == ()
    back = report.apply(edit.inverse(), "undo")
    assert back.new == change.gone


def test_the_same_problem_with_another_sum_is_a_new_finding(report: OpenReview) -> None:
    edit = report.edit({WRONG: number(PRINTED + 1)})
    assert edit is not None
    change = report.apply(edit)
    assert [finding.rule for finding in change.gone] == [finding.rule for finding in change.new]
    assert {finding.fingerprint for finding in change.gone} == {finding.fingerprint for finding in change.new}


def test_a_decision_is_signed(report: OpenReview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "王科员")
    apply(report, WRONG, number(RIGHT), "看错")
    decided = report.review.form[WRONG].as_reviewed
    assert decided is not None
    assert (decided.who, decided.why, decided.when[-1]) == ("王科员", "看错", "Z")


def test_a_system_without_login_names_signs_with_nothing(report: OpenReview, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_name() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", no_name)
    apply(report, WRONG, number(RIGHT))
    assert report.audit_lines()[0].who == ""


def test_typing_what_stands_there_changes_nothing(report: OpenReview) -> None:
    assert report.edit({NEW: number(41)}) is None
    assert report.edit({NEW: None}) is None
    apply(report, WRONG, number(RIGHT), "看错")
    assert report.edit({WRONG: number(RIGHT)}) is None


def test_typing_what_the_source_says_takes_the_decision_back(report: OpenReview) -> None:
    apply(report, WRONG, number(RIGHT))
    apply(report, WRONG, parse_reading(f" {PRINTED} "))
    assert not report.review.form[WRONG].changed


def test_stating_that_the_source_says_so_is_a_decision(report: OpenReview) -> None:
    apply(report, WRONG, number(PRINTED), "原文如此")
    (line,) = report.audit_lines()
    assert (line.as_read.value, line.reading.value, line.why) == (PRINTED, PRINTED, "原文如此")


def test_zero_blank_and_missing_are_three_decisions(report: OpenReview) -> None:
    for reading in (number(0), parse_reading(""), Reading(State.MISSING)):
        apply(report, NEW, reading)
        assert report.review.form[NEW].state is reading.state


def test_pasting_a_block_is_one_edit(report: OpenReview) -> None:
    refs = [CellRef("t3", "new", column) for column in ("natural", "business", "total")]
    edit = report.edit(dict.fromkeys(refs, number(77)), label="paste")
    assert edit is not None
    report.apply(edit)
    assert (len(report.done()), len(edit.cells)) == (1, len(refs))
    report.apply(edit.inverse(), "undo")
    assert not any(cell.changed for cell in report.review.form)


def test_the_record_of_changes_lists_what_counts_now(report: OpenReview) -> None:
    apply(report, NEW, number(40), "先改错")
    apply(report, NEW, number(42), "再改")
    apply(report, WRONG, number(RIGHT))
    apply(report, WRONG, None)
    (line,) = report.audit_lines()
    assert (line.cell, line.as_read.value, line.reading.value, line.why) == (NEW, 41, 42, "再改")
    assert line.place == report.review.form[NEW].place


def test_an_edit_that_does_not_fit_changes_nothing(report: OpenReview) -> None:
    decided = Decided(number(1), "", "")
    with pytest.raises(ValueError, match="does not fit"):
        report.apply(Edit((CellEdit(NEW, decided, None),)))
    edit = apply(report, NEW, number(1))
    with pytest.raises(ValueError, match="does not follow"):
        report.apply(edit.inverse(), "redo")
    assert report.review.form[NEW].value == 1
    with pytest.raises(KeyError):
        report.edit({CellRef("t3", "none", "natural"): number(1)})


def test_an_edit_that_cannot_be_kept_leaves_all_as_it_was(
    desk: Desk, report: OpenReview, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply(report, NEW, number(40))
    before = (list(report.review.form), report.findings, report.done(), report.undone())

    def fail(*_: object) -> None:
        raise WorkspaceError("workspace.write-failed")

    with monkeypatch.context() as broken:
        broken.setattr(Workspace, "append", fail)
        for edit, kind in ((report.edit({WRONG: number(RIGHT)}), "edit"), (report.done()[-1].inverse(), "undo")):
            assert edit is not None
            with pytest.raises(WorkspaceError):
                report.apply(edit, kind)
    assert (list(report.review.form), report.findings, report.done(), report.undone()) == before
    take_back = report.done()[-1].inverse()
    report.apply(take_back, "undo")
    assert report.review.form[NEW].value == 41
