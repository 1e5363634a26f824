"""The workbench: edits, undo and redo, what it tells, and what happens when an edit cannot be kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdesk.errors import WorkspaceError
from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Severity
from gkdesk.model.reading import Reading, State, number
from gkdesk.store.workspace import Workspace
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow.desk import Desk
from tests.workflow.report_text import PRINTED, RIGHT, WRONG

NEW = CellRef("t3", "new", "natural")


def value(bench: Workbench, ref: CellRef) -> object:
    return bench.review.review.form[ref].value


def error_count(bench: Workbench) -> int:
    return sum(finding.severity is Severity.ERROR for finding in bench.findings)


def test_an_edit_changes_the_cell_and_says_which_cells_look_different(bench, qtbot):
    with qtbot.waitSignal(bench.cells_changed) as told:
        assert bench.edit({WRONG: number(RIGHT)})
    assert value(bench, WRONG) == RIGHT
    assert told.args[0][0] == WRONG
    assert CellRef("t3", "granted", "natural") in told.args[0]
    assert NEW not in told.args[0]


def test_solving_the_problem_takes_the_findings_away(bench, qtbot):
    assert error_count(bench) == 2
    with qtbot.waitSignal(bench.findings_changed) as told:
        bench.edit({WRONG: number(RIGHT)})
    assert error_count(bench) == 0
    assert told.args[0] == bench.findings


def test_an_edit_that_changes_nothing_leaves_no_step(bench, qtbot):
    with qtbot.assertNotEmitted(bench.cells_changed):
        assert not bench.edit({WRONG: number(PRINTED)})
    assert not bench.stack.canUndo()


def test_undo_and_redo_show_where(bench, qtbot):
    bench.edit({WRONG: number(RIGHT)})
    with qtbot.waitSignal(bench.edited) as told:
        bench.undo()
    assert told.args == [WRONG]
    assert value(bench, WRONG) == PRINTED
    bench.redo()
    assert value(bench, WRONG) == RIGHT


def test_undo_steps_have_names(bench):
    bench.edit({WRONG: Reading(State.BLANK)}, "clear")
    assert bench.stack.undoText() == "清空"


def test_undo_without_anything_to_undo_does_nothing(bench, qtbot):
    with qtbot.assertNotEmitted(bench.edited):
        bench.undo()
        bench.redo()


def test_a_reopened_report_has_its_undo_stack_again(bench, tmp_path: Path):
    bench.edit({WRONG: number(RIGHT)})
    bench.edit({NEW: number(1)})
    bench.edit({NEW: number(2)})
    bench.undo()
    bench.undo()
    report_id = bench.review.report_id
    bench.close_report()
    bench.desk.close()
    with Desk.open(tmp_path / "desk.gkdesk") as desk:
        again = Workbench(desk)
        again.open_report(report_id)
        assert (value(again, WRONG), value(again, NEW)) == (RIGHT, 41)
        again.redo()
        assert value(again, NEW) == 1
        again.redo()
        assert value(again, NEW) == 2
        for _ in range(3):
            again.undo()
        assert (value(again, WRONG), value(again, NEW)) == (PRINTED, 41)
        assert not again.stack.canUndo()


@pytest.fixture
def broken_disk(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise WorkspaceError("workspace.write-failed")

    def switch(is_broken: bool) -> None:
        if is_broken:
            monkeypatch.setattr(Workspace, "append", refuse)
        else:
            monkeypatch.undo()

    return switch


def test_an_edit_that_cannot_be_kept_is_no_edit(bench, broken_disk, qtbot):
    broken_disk(True)
    with qtbot.waitSignal(bench.failed):
        assert not bench.edit({WRONG: number(RIGHT)})
    assert value(bench, WRONG) == PRINTED
    assert not bench.stack.canUndo()
    broken_disk(False)
    assert bench.edit({WRONG: number(RIGHT)})


def test_an_undo_that_cannot_be_kept_stays_undoable(bench, broken_disk, qtbot):
    bench.edit({WRONG: number(RIGHT)})
    broken_disk(True)
    with qtbot.waitSignal(bench.failed):
        bench.undo()
    assert value(bench, WRONG) == RIGHT
    assert bench.stack.canUndo()
    assert not bench.stack.canRedo()


def test_a_report_that_is_gone_is_said(bench, qtbot):
    with qtbot.waitSignal(bench.failed):
        bench.open_report(99)


def test_removing_the_open_report_clears_the_desk(bench, qtbot):
    with qtbot.waitSignals([bench.closed, bench.entries_changed]):
        bench.remove(bench.review.report_id)
    assert bench.review is None
    assert bench.entries() == []


def test_another_workspace_can_be_opened(bench, tmp_path: Path):
    bench.change_desk(tmp_path / "other.gkdesk")
    assert bench.review is None
    assert bench.entries() == []
    bench.desk.close()
