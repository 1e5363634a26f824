"""The list of problems: walking through it, filtering it, and what it says when it is empty."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gkdesk.model.finding import Severity
from gkdesk.model.reading import number
from gkdesk.ui.views.findings_view import FindingsView
from tests.workflow.report_text import RIGHT, WRONG


@pytest.fixture
def view(bench, qtbot) -> FindingsView:
    found = FindingsView()
    qtbot.addWidget(found)
    bench.findings_changed.connect(found.show_findings)
    found.show_findings(bench.findings)
    found.resize(600, 140)
    found.show()
    return found


def test_walking_goes_round(view, bench):
    seen = []
    for _ in range(len(bench.findings) + 1):
        finding = view.walk(1)
        view.show_finding(finding)
        seen.append(finding)
    assert seen == [*bench.findings, bench.findings[0]]
    assert view.walk(-1) == bench.findings[-1]


def test_after_a_solved_problem_comes_the_one_in_its_place(view, bench):
    view.show_finding(view.walk(1))
    left = next(finding for finding in bench.findings if WRONG not in finding.cells)
    bench.edit({WRONG: number(RIGHT)})
    view.show_finding(None)
    assert view.walk(1).fingerprint == left.fingerprint


def test_marking_a_finding_is_no_choice_of_the_user(view, bench, qtbot):
    with qtbot.assertNotEmitted(view.finding_selected):
        view.show_finding(bench.findings[1])


def test_arrow_keys_choose(view, bench, qtbot):
    view.show_finding(bench.findings[0])
    with qtbot.waitSignal(view.finding_selected) as told:
        QTest.keyClick(view._list, Qt.Key.Key_Down)
    assert told.args[0] == bench.findings[1]


def test_a_severity_can_be_hidden(view):
    view._buttons[Severity.ERROR].click()
    view._buttons[Severity.INFO].click()
    assert view.walk(1) is None
    assert "隐藏" in view._empty.text()
    view._buttons[Severity.ERROR].click()
    assert view.walk(1).severity is Severity.ERROR


def test_closing_sums_are_never_called_correct(view):
    view.show_findings(())
    assert "合计相符不等于数字都对" in view._empty.text()
    assert view._stack.currentWidget() is view._empty


def test_without_a_report_nothing_is_claimed(view):
    view.clear()
    assert "勾稽" not in view._empty.text()
