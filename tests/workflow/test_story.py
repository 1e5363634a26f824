"""The whole story without a window: open, look, correct, undo, redo, lose power, reopen, export, read back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Severity
from gkdesk.model.form import FilledForm
from gkdesk.model.reading import State, number
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.open_review import OpenReview
from gkdesk.workflow.tasks import export_workbook, read_report
from tests.workflow.report_text import PRINTED, REPORT, RIGHT, WRONG

NEW = CellRef("t3", "new", "natural")

EDITOR = """
import sys
from pathlib import Path
from gkdesk.model.reading import number
from gkdesk.workflow.desk import Desk
from tests.workflow.test_story import NEW, WRONG, RIGHT, change, take_back

desk = Desk.open(Path(sys.argv[1]))
report = desk.open_report(1)
change(report, WRONG, RIGHT)
change(report, NEW, 1)
take_back(report)
value = 2
while True:
    print(value, flush=True)
    change(report, NEW, value)
    value += 1
"""


def change(report: OpenReview, ref: CellRef, value: int) -> None:
    edit = report.edit({ref: number(value)}, why="对照原文")
    assert edit is not None
    report.apply(edit)


def take_back(report: OpenReview) -> None:
    report.apply(report.done()[-1].inverse(), "undo")


def errors(report: OpenReview) -> list[str]:
    return [finding.rule for finding in report.findings if finding.severity is Severity.ERROR]


def figures(form: FilledForm) -> list[tuple[object, ...]]:
    return [(cell.ref, cell.state, cell.value) for cell in form]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "民政局.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_day_at_the_desk(source: Path, tmp_path: Path) -> None:
    place = tmp_path / "2024.gkdesk"
    with Desk.open(place) as desk:
        report = desk.add(read_report(source))
        assert report.review.form[WRONG].value == PRINTED
        assert all(cell.state is State.READ for cell in report.review.form)
        assert len(errors(report)) == 2

        change(report, WRONG, RIGHT)
        assert errors(report) == []
        take_back(report)
        assert len(errors(report)) == 2
        report.apply(report.undone()[-1], "redo")
        assert errors(report) == []

    with Desk.open(place) as desk:
        (entry,) = desk.entries()
        assert (entry.organization, entry.year, entry.errors, entry.changed) == ("云泽市青禾区民政局", 2024, 0, 1)
        report = desk.open_report(entry.id)
        assert report.review.form[WRONG].as_read.value == PRINTED
        assert report.review.form[WRONG].value == RIGHT
        assert desk.source(entry.id) == source.read_bytes()

        workbook = export_workbook(report.review, tmp_path / "民政局.xlsx", report.audit_lines())
    read = read_report(workbook)
    assert figures(read.review.form) == figures(report.review.form)
    assert (read.review.extracted.organization, read.review.extracted.year) == ("云泽市青禾区民政局", 2024)


def test_a_killed_program_loses_nothing(source: Path, tmp_path: Path) -> None:
    place = tmp_path / "2024.gkdesk"
    with Desk.open(place) as desk:
        desk.add(read_report(source))

    root = Path(__file__).parents[2]
    editor = subprocess.Popen(
        [sys.executable, "-c", EDITOR, place], stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=root
    )
    assert editor.stdout is not None
    with editor, editor.stdout:
        for line in editor.stdout:
            # In the middle of editing: every figure before this one was typed and kept.
            if line.strip() == "30":
                os.kill(editor.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
                break

    with Desk.open(place) as desk:
        report = desk.open_report(1)
        last = report.review.form[NEW].value
        assert isinstance(last, int)
        assert last >= 29
        assert report.review.form[WRONG].value == RIGHT
        assert report.undone() == []
        assert len(report.done()) == last
        for _ in range(last):
            take_back(report)
        assert len(errors(report)) == 2
        assert not any(cell.changed for cell in report.review.form)
        assert len(report.undone()) == last
