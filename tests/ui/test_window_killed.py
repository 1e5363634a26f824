"""The story with the window, and a kill in the middle: open, correct, undo, reopen, export, read back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gkdesk.ui.dialogs.questions import Questions
from gkdesk.ui.jobs import JobRunner
from gkdesk.ui.main_window import MainWindow
from gkdesk.ui.window_state import WindowState
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.tasks import read_report
from tests.workflow.report_text import PRINTED, REPORT, RIGHT, WRONG

CLERK = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.test_window_killed import open_window
from tests.workflow.report_text import WRONG

application = QApplication([])
window = open_window(Path(sys.argv[1]))

def correct():
    window._focus.show_cell(WRONG)
    window._form.focus_table()
    for key in (Qt.Key.Key_1, Qt.Key.Key_8, Qt.Key.Key_Return):
        QTest.keyClick(window._form.table_view().focusWidget() or window._form.table_view(), key)
    window._actions["undo"].trigger()
    window._actions["redo"].trigger()
    print("corrected", flush=True)

window._workbench.opened.connect(correct)
window.show()
window.take([Path(sys.argv[2])])
application.exec()
"""


def open_window(folder: Path) -> MainWindow:
    """The window on the workspace of a folder, built as the program builds it."""
    application = QApplication.instance()
    bench = Workbench(Desk.open(folder / "desk.gkdesk"), application)
    return MainWindow(bench, JobRunner(application), WindowState(folder / "window.ini"))


def test_a_killed_window_loses_nothing(tmp_path: Path, monkeypatch, qtbot) -> None:
    report = tmp_path / "民政局.txt"
    report.write_text(REPORT, encoding="utf-8")
    root = Path(__file__).parents[2]
    clerk = subprocess.Popen(
        [sys.executable, "-c", CLERK, str(tmp_path), str(report)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert clerk.stdout is not None
    with clerk, clerk.stdout:
        assert clerk.stdout.readline().strip() == "corrected"
        clerk.kill()

    monkeypatch.setattr(Questions, "export_path", lambda self, suggestion: tmp_path / "出.xlsx")
    window = open_window(tmp_path)
    bench = window._workbench
    with qtbot.waitSignal(bench.opened):
        window._reports.open_requested.emit(1)
    assert bench.review.review.form[WRONG].value == RIGHT
    window._actions["undo"].trigger()
    assert bench.review.review.form[WRONG].value == PRINTED
    window._actions["redo"].trigger()
    with qtbot.waitSignal(window._exporter.exported, timeout=20_000):
        window._actions["export"].trigger()
    kept = [(cell.ref, cell.value, cell.state) for cell in bench.review.review.form]
    again = read_report(tmp_path / "出.xlsx").review.form
    assert [(cell.ref, cell.value, cell.state) for cell in again] == kept

    qtbot.waitUntil(lambda: window._link._job is None)
    window.close()
    window._jobs.stop()
    window.shut_down()
    bench.desk.close()
    assert QApplication.activeModalWidget() is None
