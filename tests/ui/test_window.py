"""The whole window: open, look, correct, undo, close, reopen, export."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gkdesk import paths
from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Severity
from gkdesk.model.reading import number
from gkdesk.ui.dialogs.questions import Questions
from gkdesk.ui.main_window import MainWindow
from gkdesk.ui.views.place_marks import Mark
from gkdesk.workflow.tasks import read_report
from tests.workflow.report_text import PRINTED, REPORT, RIGHT, WRONG


def wait_for_source(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: window._link._job is None)


def value(window: MainWindow, ref: CellRef) -> object:
    return window._workbench.review.review.form[ref].value


def errors(window: MainWindow) -> int:
    return sum(finding.severity is Severity.ERROR for finding in window._workbench.findings)


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window._form.table_view().focusWidget() or QApplication.focusWidget(), key)


def test_the_whole_story(window, start, qtbot):
    window._actions["next"].trigger()
    assert window._focus.cell is not None
    window._focus.show_cell(WRONG)
    window._form.focus_table()
    for key in (Qt.Key.Key_1, Qt.Key.Key_8, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert (value(window, WRONG), errors(window)) == (RIGHT, 0)
    window._actions["undo"].trigger()
    assert (value(window, WRONG), errors(window)) == (PRINTED, 2)
    window._actions["redo"].trigger()
    report_id = window._workbench.review.report_id

    again = start()
    assert again._workbench.review is None
    again._reports.open_requested.emit(report_id)
    wait_for_source(again, qtbot)
    assert (value(again, WRONG), errors(again)) == (RIGHT, 0)
    assert "修改数值" in again._actions["undo"].text()
    again._actions["undo"].trigger()
    assert value(again, WRONG) == PRINTED


def test_a_selected_cell_lights_up_in_the_source(window, monkeypatch):
    lit = []
    monkeypatch.setattr(window._source, "highlight", lambda places, scroll=True: lit.append(tuple(places)))
    window._focus.show_cell(WRONG)
    form = window._workbench.review.review.form
    assert lit[-1][0] == form[WRONG].place
    assert set(lit[-1][1:]) == {form[ref].place for ref in window._focus.companions}


def test_a_click_in_the_source_selects_the_cell_and_typing_goes_there(window):
    window._source.cell_clicked.emit(CellRef("t4", "review", "total"))
    view = window._form.table_view()
    assert view.current_cell() == CellRef("t4", "review", "total")
    assert QApplication.focusWidget() is view


def test_the_next_problem_selects_its_cells(window):
    window._actions["next"].trigger()
    finding = window._focus.finding
    assert finding == window._workbench.findings[0]
    assert window._focus.cell in finding.cells
    assert window._form.table_view().current_cell() == window._focus.cell


def test_choosing_a_problem_in_the_list_shows_it(window):
    finding = window._workbench.findings[1]
    window._findings.finding_selected.emit(finding)
    assert window._focus.finding == finding


@pytest.mark.parametrize("has_finding", [True, False])
def test_f6_goes_round_the_panes(window, has_finding):
    if has_finding:
        window._actions["next"].trigger()
    panes = ["_findings", *(["_advice"] if has_finding else []), "_reports", "_source", "_form"]
    window._form.focus_table()
    seen = []
    for _ in panes:
        window._actions["next_pane"].trigger()
        seen.append(
            next(
                name
                for name in ("_reports", "_source", "_form", "_findings", "_advice")
                if getattr(window, name).isAncestorOf(QApplication.focusWidget())
            )
        )
    assert seen == panes


def test_delete_outside_the_form_clears_nothing(window):
    window._focus.show_cell(WRONG)
    window._reports.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert value(window, WRONG) == PRINTED
    window._form.focus_table()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert value(window, WRONG) is None


def test_a_cell_goes_back_to_what_was_read(window):
    window._workbench.edit({WRONG: number(RIGHT)})
    window._focus.show_cell(WRONG)
    window._actions["restore"].trigger()
    assert value(window, WRONG) == PRINTED


def test_a_block_is_copied_and_pasted_in_one_step(window):
    window._focus.show_cell(CellRef("t3", "new", "natural"))
    QApplication.clipboard().setText("1\t2\n3\t4")
    window._actions["paste"].trigger()
    assert value(window, CellRef("t3", "carried_in", "business")) == 4
    assert window._workbench.stack.count() == 1
    window._actions["copy"].trigger()
    assert QApplication.clipboard().text() == "1"


def test_a_block_that_does_not_fit_is_refused_in_the_status_bar(window):
    window._focus.show_cell(CellRef("t3", "new", "total"))
    QApplication.clipboard().setText("1\t2")
    window._actions["paste"].trigger()
    assert "没有改动" in window.statusBar().currentMessage()
    assert window._workbench.stack.count() == 0


def test_files_can_be_dropped_on_the_window(start, report, qtbot):
    window = start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(report))])
    event = QDropEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(window._workbench.opened):
        window.dropEvent(event)
    wait_for_source(window, qtbot)


def test_a_report_without_tables_can_be_filled_in_by_hand(start, tmp_path, qtbot):
    path = tmp_path / "扫描.txt"
    path.write_text("云泽市水务局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n数据见图片。\n", encoding="utf-8")
    window = start()
    with qtbot.waitSignal(window._workbench.opened):
        window.take([path])
    wait_for_source(window, qtbot)
    ref = CellRef("t3", "new", "natural")
    window._focus.show_cell(ref)
    window._form.focus_table()
    for key in (Qt.Key.Key_7, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert value(window, ref) == 7


def test_export_suggests_body_and_year_beside_the_source_and_writes_what_stands(
    start, report, tmp_path, monkeypatch, qtbot
):
    asked = []

    def answer(self: Questions, suggestion: Path) -> Path:
        asked.append(suggestion)
        return tmp_path / "出.xlsx"

    monkeypatch.setattr(Questions, "export_path", answer)
    window = start()
    with qtbot.waitSignal(window._workbench.opened):
        window.take([report])
    window._workbench.edit({WRONG: number(RIGHT)})
    with qtbot.waitSignal(window._exporter.exported, timeout=20000):
        window._actions["export"].trigger()
    wait_for_source(window, qtbot)
    assert asked == [report.parent / "云泽市青禾区民政局2024年报.xlsx"]
    assert "出.xlsx" in window.statusBar().currentMessage()
    assert read_report(tmp_path / "出.xlsx").review.form[WRONG].value == RIGHT


def sample() -> Path:
    return paths.resources() / "samples" / "sample-report.pdf"


def test_nothing_is_exported_among_the_programs_own_files(start, tmp_path, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr(Questions, "export_path", lambda self, suggestion: asked.append(suggestion))
    window = start()
    window._state.folder = tmp_path
    with qtbot.waitSignal(window._workbench.opened, timeout=20000):
        window.take([sample()])
    window._actions["export"].trigger()
    assert [path.parent for path in asked] == [tmp_path]


def test_a_password_given_once_opens_the_pages_too_and_is_not_asked_for_again(start, tmp_path, monkeypatch, qtbot):
    locked = tmp_path / "密.pdf"
    writer = PdfWriter(clone_from=sample())
    writer.encrypt("secret")
    writer.write(locked)
    asked = []
    monkeypatch.setattr(Questions, "password", lambda self, name, was_wrong: asked.append(name) or "secret")
    window = start()
    with qtbot.waitSignal(window._workbench.opened, timeout=20000):
        window.take([locked])
    for _ in range(2):
        wait_for_source(window, qtbot)
        assert window._link._pages.render(1, 0.2).width > 0
        window._workbench.open_report(window._workbench.entries()[0].id)
    assert asked == ["密.pdf"]


def test_the_window_remembers_how_it_was_divided(start):
    window = start()
    window._splitters["list"].setSizes([300, 1000])
    sizes = window._splitters["list"].sizes()
    assert start()._splitters["list"].sizes() == sizes


def test_the_next_start_goes_on_at_the_same_cell(window, start):
    report_id = window._workbench.review.report_id
    window._focus.show_cell(WRONG)
    again = start()
    assert again._workbench.review is None
    again.go_back()
    assert again._workbench.review.report_id == report_id
    assert again._focus.cell == WRONG
    assert again._form.table_view().current_cell() == WRONG


def test_after_a_report_was_closed_the_next_start_opens_none(window, start):
    window._actions["close"].trigger()
    again = start()
    again.go_back()
    assert again._workbench.review is None


def test_a_place_in_another_workspace_or_of_a_removed_report_is_passed_over(window, start):
    report_id = window._workbench.review.report_id
    again = start()
    for place in (("elsewhere.gkdesk", report_id, ""), (str(again._workbench.desk.path), report_id + 1, str(WRONG))):
        again._state.place = place
        again.go_back()
        assert again._workbench.review is None


def test_a_cell_that_is_not_in_the_source_lights_up_its_row_and_nothing_as_itself(start, tmp_path, qtbot):
    path = tmp_path / "民政局.txt"
    lines = REPORT.splitlines()
    number = next(n for n, line in enumerate(lines) if "（一）予以公开" in line)
    lines[number] = lines[number].rstrip().rpartition("\t")[0] + "\t"
    path.write_text("\n".join(lines), encoding="utf-8")
    window = start()
    with qtbot.waitSignal(window._workbench.opened):
        window.take([path])
    wait_for_source(window, qtbot)
    window._focus.show_cell(WRONG)
    form = window._workbench.review.review.form
    assert form[WRONG].place is None
    marks = list(window._source._view._marks())
    row = {cell.place for cell in form if (cell.ref.table, cell.ref.row) == (WRONG.table, WRONG.row)} - {None}
    assert {place for place, _ in marks} == row
    assert {mark for _, mark in marks} == {Mark.COMPANION}
