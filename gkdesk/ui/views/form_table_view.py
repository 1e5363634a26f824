"""One table of the form on the screen: the printed grid, headers always in sight, moved through by the keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QTableView, QWidget

from gkdesk.model.cellref import CellRef
from gkdesk.ui.models.form_layout import TableLayout
from gkdesk.ui.models.form_table import FormTableModel
from gkdesk.ui.views.cell_delegate import CellDelegate, Move, move_of

_Action = QAbstractItemView.CursorAction
_STEPS = {
    _Action.MoveLeft: (0, -1),
    _Action.MoveRight: (0, 1),
    _Action.MoveUp: (-1, 0),
    _Action.MoveDown: (1, 0),
}
_EXTENSIONS = {
    Qt.Key.Key_Left: _Action.MoveLeft,
    Qt.Key.Key_Right: _Action.MoveRight,
    Qt.Key.Key_Up: _Action.MoveUp,
    Qt.Key.Key_Down: _Action.MoveDown,
    Qt.Key.Key_Home: _Action.MoveHome,
    Qt.Key.Key_End: _Action.MoveEnd,
}
"""With Shift these keys select up to where they lead."""
_PAGE = 10
"""Value rows that page up and page down pass over."""


class FormTableView(QTableView):
    """The grid itself. Only value cells can be current.

    Signals:
        cell_selected: the cell (``CellRef``) that became current.
        left: the user asks to go on to the next pane.
        menu_requested: the point of the screen where a menu for the selected cells is wanted.
        resized: there is more or less room.
    """

    cell_selected = Signal(object)
    left = Signal()
    menu_requested = Signal(QPoint)
    resized = Signal()

    def __init__(self, model: FormTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = model
        self._start: CellRef | None = None
        self._is_extending = False
        show_grid(self, model)
        delegate = CellDelegate(self)
        delegate.moved.connect(self.go)
        self.setItemDelegate(delegate)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        self.selectionModel().currentChanged.connect(self._tell_current)

    @property
    def table(self) -> FormTableModel:
        """The model shown."""
        return self._table

    def current_cell(self) -> CellRef | None:
        """The current value cell."""
        return self._table.ref(self.currentIndex())

    def show_cell(self, ref: CellRef) -> None:
        """Make a cell current and scroll it into view."""
        index = self._table.index_of(ref)
        if index.isValid() and ref != self.current_cell():
            self.setCurrentIndex(index)
        self.scrollTo(index)

    def selected_cells(self) -> tuple[CellRef, ...]:
        """The selected value cells, in reading order."""
        chosen = {self._table.ref(index) for index in self.selectedIndexes()}
        return tuple(ref for ref in self._table.layout.refs() if ref in chosen)

    def select_cells(self, refs: Iterable[CellRef]) -> None:
        """Select these cells; the current one stays where it is."""
        selection = QItemSelection()
        for index in map(self._table.index_of, refs):
            selection.select(index, index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def edit_current(self) -> None:
        """Edit the current cell in place."""
        if self.current_cell() is not None:
            self.edit(self.currentIndex())

    def go(self, move: Move) -> None:
        """Make the cell current that a move leads to; at the end of the table stay."""
        ref = self.current_cell()
        if ref is None:
            return
        layout = self._table.layout
        if move in (Move.NEXT, Move.PREVIOUS):
            order = layout.refs()
            place = order.index(ref) + (1 if move is Move.NEXT else -1)
            target = order[place] if 0 <= place < len(order) else None
        else:
            target = _along(layout, ref, (1 if move is Move.DOWN else -1), 0)
        if target is not None:
            self.setCurrentIndex(self._table.index_of(target))

    def _tell_current(self, current: QModelIndex) -> None:
        ref = self._table.ref(current)
        if not self._is_extending:
            self._start = ref
        if ref is not None:
            self.cell_selected.emit(ref)

    def _extend_to(self, target: QModelIndex) -> None:
        """Select all from where the selection began; Qt has a beginning of its own that misses moves by the program."""
        start = self._table.index_of(self._start) if self._start is not None else target
        rows, columns = sorted((start.row(), target.row())), sorted((start.column(), target.column()))
        model, flags = self._table, QItemSelectionModel.SelectionFlag
        self._is_extending = True
        self.selectionModel().setCurrentIndex(target, flags.NoUpdate)
        self._is_extending = False
        block = QItemSelection(model.index(rows[0], columns[0]), model.index(rows[1], columns[1]))
        self.selectionModel().select(block, flags.ClearAndSelect)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        layout, ref = self._table.layout, self.current_cell()
        if ref is None:
            return self._table.index_of(layout.refs()[0])
        target = _target(layout, ref, action, bool(modifiers & Qt.KeyboardModifier.ControlModifier))
        return self._table.index_of(target or ref)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # Qt looks at the keyboard even where the program moves: Ctrl, held for an undo, or Shift, held for Shift+F8,
        # would add the cell shown to those selected before, and Delete would then empty all of them.
        if event is None or isinstance(event, QKeyEvent):
            return QItemSelectionModel.SelectionFlag.ClearAndSelect
        return super().selectionCommand(index, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = move_of(event)
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        has_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and has_control:
            self.left.emit()
        elif key in _EXTENSIONS and modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._extend_to(self.moveCursor(_EXTENSIONS[key], modifiers))
        elif move is not None and key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.go(move)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        is_shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if event.button() is Qt.MouseButton.LeftButton and is_shift and self._table.ref(index) is not None:
            self._extend_to(index)
        else:
            super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab has to reach keyPressEvent even with control held, before Qt changes the focus.
        is_tab = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if is_tab and event.type() == QEvent.Type.KeyPress:
            self.keyPressEvent(cast(QKeyEvent, event))
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        was_editing = self.state() == QAbstractItemView.State.EditingState
        super().inputMethodEvent(event)
        # WORKAROUND: Qt hands the event that opens an editor on to it only if it starts a composition. A character
        # that an input method commits at once, as full-width digits are, would be lost.
        editor = self.findChild(QLineEdit, CellDelegate.EDITOR_NAME)
        if event.commitString() and not was_editing and isinstance(editor, QLineEdit):
            QCoreApplication.sendEvent(editor, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if self._table.ref(index) is None:
            return
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        self.menu_requested.emit(event.globalPos())


def show_grid(view: QTableView, model: FormTableModel) -> None:
    """Make ``view`` show the printed grid of ``model`` and nothing else: no headers, no lines of its own."""
    view.setModel(model)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setWordWrap(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    for header in (view.horizontalHeader(), view.verticalHeader()):
        header.hide()
        header.setMinimumSectionSize(8)
    for slot in model.layout.slots:
        rows, columns = slot.span.bottom - slot.span.top + 1, slot.span.right - slot.span.left + 1
        if rows > 1 or columns > 1:
            view.setSpan(slot.span.top, slot.span.left, rows, columns)


def _target(layout: TableLayout, ref: CellRef, action: QAbstractItemView.CursorAction, is_far: bool) -> CellRef | None:
    refs, position = layout.refs(), layout.position(ref)
    assert position is not None
    row = layout.value_rows[position[0]]
    match action:
        case _Action.MoveHome:
            return refs[0] if is_far else row[0]
        case _Action.MoveEnd:
            return refs[-1] if is_far else row[-1]
        case _Action.MovePageUp | _Action.MovePageDown:
            by = -_PAGE if action == _Action.MovePageUp else _PAGE
            other = layout.value_rows[max(0, min(len(layout.value_rows) - 1, position[0] + by))]
            return other[min(position[1], len(other) - 1)]
        case _ if action in _STEPS:
            return _along(layout, ref, *_STEPS[action])
    return None


def _along(layout: TableLayout, ref: CellRef, down: int, right: int) -> CellRef | None:
    """The next value cell in a direction of the printed grid."""
    span = layout.span_of(ref)
    assert span is not None
    row, column = (span.bottom if down > 0 else span.top), (span.right if right > 0 else span.left)
    while True:
        row, column = row + down, column + right
        if not (0 <= row < layout.row_count and 0 <= column < layout.column_count):
            return None
        found = layout.slot(row, column).ref
        if found is not None:
            return found
