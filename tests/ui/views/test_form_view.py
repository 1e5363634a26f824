"""The form on the screen: typing, moving, selecting and what the panel says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import State, number
from gkdesk.ui.focus import Focus
from gkdesk.ui.views.cell_delegate import Move
from gkdesk.ui.views.form_table_view import FormTableView
from gkdesk.ui.views.form_view import FormView
from tests.workflow.report_text import PRINTED, RIGHT, WRONG

NEW = CellRef("t3", "new", "natural")


@pytest.fixture
def form(bench, qtbot) -> FormView:
    view, focus = FormView(), Focus(bench)
    qtbot.addWidget(view)
    view.show_review(bench.review, bench)
    view.cell_selected.connect(focus.show_cell)
    focus.cell_changed.connect(view.show_cell)
    focus.cell_changed.connect(lambda: view.set_companions(focus.companions))
    bench.cells_changed.connect(view.refresh)
    bench.findings_changed.connect(view.show_counts)
    view.show_counts(bench.findings)
    view.resize(640, 560)
    view.show()
    view.activateWindow()
    qtbot.waitExposed(view)
    view.show_part(1)
    return view


@pytest.fixture
def table(form) -> FormTableView:
    found = form.table_view()
    found.setFocus()
    found.show_cell(WRONG)
    return found


def editor(table: FormTableView) -> QLineEdit | None:
    return table.findChild(QLineEdit)


def press(table: FormTableView, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(editor(table) or table, key, modifiers)
    QApplication.sendPostedEvents(None, 52)  # deferred deletion of the editor


def value(bench, ref: CellRef) -> object:
    return bench.review.review.form[ref].value


def test_the_first_key_is_not_lost_and_enter_goes_down(table, bench):
    press(table, Qt.Key.Key_1)
    press(table, Qt.Key.Key_8)
    press(table, Qt.Key.Key_Return)
    assert value(bench, WRONG) == RIGHT
    assert table.current_cell() == CellRef("t3", "partial", "total")


def compose(table: FormTableView, preedit: str, commit: str) -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(table, event)


def test_what_an_input_method_commits_at_once_is_not_lost(table, bench):
    compose(table, "", "１８")
    assert editor(table).text() == "１８"
    press(table, Qt.Key.Key_Return)
    assert value(bench, WRONG) == RIGHT


def test_a_composition_that_opens_the_editor_is_not_lost(table, bench):
    compose(table, "１", "")
    compose(table, "", "１８")
    assert editor(table).text() == "１８"
    press(table, Qt.Key.Key_Return)
    assert value(bench, WRONG) == RIGHT


def test_a_refused_figure_stays_in_the_editor(table, bench, form, qtbot):
    with qtbot.waitSignal(form.refused):
        press(table, Qt.Key.Key_1)
        press(table, Qt.Key.Key_A)
        press(table, Qt.Key.Key_Return)
    assert editor(table).text() == "1a"
    assert value(bench, WRONG) == PRINTED
    press(table, Qt.Key.Key_Escape)
    assert value(bench, WRONG) == PRINTED


def test_opening_and_leaving_an_editor_changes_nothing(table, bench):
    press(table, Qt.Key.Key_F2)
    press(table, Qt.Key.Key_Return)
    assert not bench.review.review.form[WRONG].changed
    assert not bench.stack.canUndo()


@pytest.mark.parametrize(
    ("key", "reached"),
    [
        (Qt.Key.Key_Left, ("granted", "other")),
        (Qt.Key.Key_Up, ("carried_in", "total")),
        (Qt.Key.Key_Down, ("partial", "total")),
        (Qt.Key.Key_Right, ("granted", "total")),
        (Qt.Key.Key_Home, ("granted", "natural")),
        (Qt.Key.Key_Tab, ("partial", "natural")),
        (Qt.Key.Key_Backtab, ("granted", "other")),
        (Qt.Key.Key_Return, ("partial", "total")),
    ],
)
def test_keys_move_over_value_cells_only(table, key, reached):
    press(table, key)
    assert table.current_cell() == CellRef("t3", *reached)


def test_arrows_cross_the_headers_between_the_blocks_of_table_two(form):
    form.show_part(0)
    table = form.table_view()
    table.show_cell(CellRef("t2", "normative", "valid"))
    press(table, Qt.Key.Key_Down)
    assert table.current_cell() == CellRef("t2", "permit", "decisions")


def test_a_cell_shown_while_control_is_held_is_selected_alone(table):
    """As by an undo: the cell selected before must not be emptied together with the one shown."""
    QTest.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    table.show_cell(NEW)
    QTest.keyRelease(table, Qt.Key.Key_Control)
    assert table.selected_cells() == (NEW,)


def test_control_with_an_arrow_takes_the_selection_along(table):
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_cells() == (table.current_cell(),)


def test_shift_with_arrows_selects_a_block_from_the_cell_shown(table):
    table.show_cell(CellRef("t3", "granted", "natural"))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        press(table, key, Qt.KeyboardModifier.ShiftModifier)
    rows, columns = ("granted", "partial"), ("natural", "business")
    assert table.selected_cells() == tuple(CellRef("t3", row, column) for row in rows for column in columns)
    press(table, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_cells() == tuple(CellRef("t3", "granted", column) for column in columns)


def test_shift_and_click_selects_a_block_from_the_cell_shown(table):
    table.show_cell(NEW)
    last = table.visualRect(table.table.index_of(CellRef("t3", "carried_in", "business"))).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, last)
    assert len(table.selected_cells()) == 4


def test_control_tab_leaves_the_table(table, form, qtbot):
    with qtbot.waitSignal(form.left):
        press(table, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)


def test_the_end_of_the_table_is_the_end(table):
    last = table.table.layout.refs()[-1]
    table.show_cell(last)
    for move in (Move.NEXT, Move.DOWN):
        table.go(move)
    assert table.current_cell() == last


def test_a_cell_of_another_table_brings_it_to_the_front(form):
    form.show_cell(CellRef("t4", "review", "total"))
    assert form.table_view().table.table.id == "t4"


def test_all_of_table_three_fits_into_the_width_of_a_small_screen(form, table):
    assert table.horizontalScrollBar().maximum() == 0
    columns = range(table.table.columnCount())
    assert sum(table.columnWidth(column) for column in columns) == table.viewport().width()
    assert all(table.columnWidth(column) >= 44 for column in columns if column > 2)


def test_the_panel_says_what_the_cell_is(form, table, bench):
    assert f"<b>{PRINTED}</b>" in form._panel.sentence
    assert "读取无疑" in form._panel.sentence
    assert "≠" in form._panel.sentence
    bench.edit({WRONG: number(RIGHT)})
    assert f"原读数：{PRINTED}" in form._panel.sentence
    assert "≠" not in form._panel.sentence


def test_long_texts_never_ask_for_more_room(form, table):
    """The panes must not move while cells are selected, however long their names are."""
    before = form.minimumSizeHint().width()
    for ref in table.table.layout.refs():
        table.show_cell(ref)
        assert form.minimumSizeHint().width() == before
    form._name.setText("人民政府" * 60)
    assert form.minimumSizeHint().width() <= before


def test_an_editor_covers_the_cells_beside_it_only_for_a_long_figure(table):
    press(table, Qt.Key.Key_1)
    assert editor(table).width() <= table.visualRect(table.currentIndex()).width()
    for _ in range(11):
        press(table, Qt.Key.Key_1)
    assert editor(table).width() > editor(table).fontMetrics().horizontalAdvance("1" * 12)


def test_tabs_count_the_problems_of_their_table(form, bench):
    assert form._tabs.tabText(1) == "表三  2"
    bench.edit({WRONG: number(RIGHT)})
    assert form._tabs.tabText(1) == "表三"


def test_a_picture_of_every_state_can_be_drawn(form, table, bench):
    bench.edit({WRONG: number(123456789), NEW: None})
    bench.edit({CellRef("t3", "granted", "natural"): bench.review.review.form[NEW].reading.doubted("unit")})
    assert bench.review.review.form[CellRef("t3", "granted", "natural")].state is State.DOUBTFUL
    assert not form.grab().isNull()
