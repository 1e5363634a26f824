"""Paints the slots of the form so that every state is told by a sign, not by colour alone; edits values in place."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gkdesk.model.reading import State, number_text
from gkdesk.ui import look
from gkdesk.ui.language import tr
from gkdesk.ui.look import Colours
from gkdesk.ui.models.form_layout import Slot, SlotKind
from gkdesk.ui.models.form_table import CellFace, FormTableModel
from gkdesk.ui.models.marks import Weight
from gkdesk.ui.views.form_geometry import fitted_text

Index = QModelIndex | QPersistentModelIndex

PADDING_X = 5
PADDING_Y = 2
HEADER_PADDING_X = 2
LONGEST_HEADER = 12
"""Characters of a header; longer texts are sentences."""
WIDE = 110
"""From this width on, pixels, figures stand in the middle: at the edge they would be far from their label."""
CORNER = 7
"""Edge of the triangle in the corner of a cell with findings, pixels."""
EDITOR_ROOM = 18
"""An editor is this much wider than the figure typed, pixels; only a long one grows over the cells at its left."""
SMALLEST = 0.6
"""A figure too long for its cell is shrunk down to this part of its size."""


class Move(Enum):
    """Where to go when an edit is done."""

    DOWN = auto()
    UP = auto()
    NEXT = auto()
    PREVIOUS = auto()


_MOVES = {
    Qt.Key.Key_Return: Move.DOWN,
    Qt.Key.Key_Enter: Move.DOWN,
    Qt.Key.Key_Down: Move.DOWN,
    Qt.Key.Key_Up: Move.UP,
    Qt.Key.Key_Tab: Move.NEXT,
    Qt.Key.Key_Backtab: Move.PREVIOUS,
}


def move_of(event: QKeyEvent) -> Move | None:
    """The move a key asks for, or None."""
    move = _MOVES.get(Qt.Key(event.key()))
    is_upwards = move is Move.DOWN and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    return Move.UP if is_upwards else move


class CellDelegate(QStyledItemDelegate):
    """Draws and edits the cells of one table.

    Signals:
        moved: a ``Move`` asked for by the key that ended an edit.
    """

    EDITOR_NAME = "cellEditor"

    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edited = QPersistentModelIndex()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # The model is asked directly: on the way through Qt every value would be wrapped and unwrapped.
        model = index.model()
        assert isinstance(model, FormTableModel)
        shades = look.colours(option.palette)
        painter.save()
        face = model.face(index)
        if face is None:
            _paint_printed(painter, option, model.slot(index), shades)
        else:
            _ValuePainter(painter, option, index, face, shades).paint()
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        self._edited = QPersistentModelIndex(index)
        editor = QLineEdit(parent)
        editor.setObjectName(self.EDITOR_NAME)
        editor.setFrame(False)
        editor.setAlignment(_side(option.rect) | Qt.AlignmentFlag.AlignVCenter)
        accent = look.colours(parent.palette()).accent.name()
        editor.setStyleSheet(f"#{self.EDITOR_NAME} {{ border: 2px solid {accent}; padding: 0 2px; }}")
        editor.textChanged.connect(lambda text: _widen(editor, text))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        # An editor that was opened and left says nothing: a missing cell must not become blank by that.
        if editor.isModified():
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setGeometry(option.rect)
        _widen(editor, editor.text())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, option.fontMetrics.height() + 2 * PADDING_Y)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            move = move_of(event)
            if move is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._finish(watched, move)
                return True
        return super().eventFilter(watched, event)

    def _finish(self, editor: QLineEdit, move: Move) -> None:
        model = self._edited.model()
        if editor.isModified():
            if isinstance(model, FormTableModel) and model.accept(self._edited, editor.text()) is None:
                editor.selectAll()
                return
            self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.moved.emit(move)


def _widen(editor: QLineEdit, text: str) -> None:
    box = editor.geometry()
    box.setLeft(max(0, min(box.left(), box.right() - editor.fontMetrics().horizontalAdvance(text) - EDITOR_ROOM)))
    editor.setGeometry(box)


def _paint_printed(painter: QPainter, option: QStyleOptionViewItem, slot: Slot, shades: Colours) -> None:
    painter.fillRect(option.rect, shades.window if slot.kind is SlotKind.LABEL else shades.header)
    _paint_lines(painter, option.rect, shades.line)
    if slot.kind is SlotKind.EMPTY:
        return
    painter.setFont(look.small_font(option.font))
    painter.setPen(shades.text)
    box = _in_sight(option) if slot.kind is SlotKind.GROUP else option.rect
    text = printed_text(slot, option.rect.width(), QFontMetricsF(painter.font()))
    side = side_padding(slot)
    painter.drawText(box.adjusted(side, PADDING_Y, -side, -PADDING_Y), text_flags(slot), text)


def printed_text(slot: Slot, width: int, metrics: QFontMetricsF) -> str:
    """The printed text of a slot with its line breaks; labels of rows are left to Qt, for they are read like prose."""
    if slot.kind is SlotKind.LABEL or len(slot.text) > LONGEST_HEADER:
        return slot.text
    return fitted_text(slot.text, width - 2 * side_padding(slot), metrics.horizontalAdvance)


def side_padding(slot: Slot) -> int:
    """Room left and right of a printed text."""
    return PADDING_X if slot.kind is SlotKind.LABEL else HEADER_PADDING_X


def text_flags(slot: Slot) -> int:
    """How a printed text is laid out in its slot."""
    sideways = Qt.AlignmentFlag.AlignLeft if slot.kind is SlotKind.LABEL else Qt.AlignmentFlag.AlignHCenter
    return int(sideways.value | Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value)


def _in_sight(option: QStyleOptionViewItem) -> QRect:
    # The label of a long group stays readable while its rows scroll past.
    viewport = option.widget.viewport() if hasattr(option.widget, "viewport") else None
    return option.rect.intersected(viewport.rect()) if viewport is not None else option.rect


def _side(box: QRect) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignHCenter if box.width() >= WIDE else Qt.AlignmentFlag.AlignRight


def _paint_lines(painter: QPainter, box: QRect, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    painter.drawLine(box.topRight(), box.bottomRight())


class _ValuePainter:
    """Draws one value cell, from the ground up."""

    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, face: CellFace, shades: Colours
    ) -> None:
        self._painter = painter
        self._box = option.rect
        self._font = option.font
        self._shades = shades
        self._cell, self._mark, self._is_companion = face.cell, face.mark, face.is_companion
        self._is_confirmed = face.is_confirmed
        self._is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        view = option.widget
        self._is_current = isinstance(view, QAbstractItemView) and view.currentIndex() == index
        self._has_focus = view is not None and view.hasFocus()

    def paint(self) -> None:
        self._ground()
        _paint_lines(self._painter, self._box, self._shades.line)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._content()
        self._corner()
        if self._cell.state is State.DOUBTFUL:
            self._question()
        if self._cell.changed:
            self._dot()
        elif self._is_confirmed:
            self._tick()
        self._frames()

    def _ground(self) -> None:
        shades = self._shades
        fill = shades.surface
        if self._is_selected and not self._is_current:
            fill = shades.accent_soft
        elif self._mark.weight is Weight.SUSPECT:
            fill = shades.error_soft
        elif self._cell.state is State.DOUBTFUL:
            fill = shades.warning_soft
        elif self._is_companion:
            fill = shades.accent_soft
        self._painter.fillRect(self._box, fill)
        if self._cell.state is State.MISSING:
            self._painter.fillRect(self._box, QBrush(shades.hatch, Qt.BrushStyle.BDiagPattern))

    def _content(self) -> None:
        if self._cell.value is not None:
            self._number(number_text(self._cell.value))
        elif self._cell.state is State.BLANK:
            self._words(tr("空白"))
        elif self._cell.state is State.MISSING:
            self._words(tr("未找到"))
        else:
            self._words(self._cell.reading.raw)

    def _number(self, text: str) -> None:
        font = QFont(self._font)
        font.setBold(self._mark.weight is Weight.SUSPECT or self._cell.changed)
        room = self._box.width() - 2 * PADDING_X
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width > room:
            font.setPointSizeF(font.pointSizeF() * max(SMALLEST, room / width))
        self._painter.setFont(font)
        is_zero = self._cell.value == 0 and not self._cell.changed and self._mark.weight < Weight.ERROR
        self._painter.setPen(self._shades.muted if is_zero else self._shades.text)
        inner = QRectF(self._box.adjusted(PADDING_X, 0, -PADDING_X, -1))
        self._painter.drawText(inner, _side(self._box) | Qt.AlignmentFlag.AlignVCenter, text)
        if self._cell.state is State.DOUBTFUL:
            self._underline(inner, min(width, room))

    def _words(self, text: str) -> None:
        font = QFont(self._font)
        font.setPointSizeF(font.pointSizeF() * 0.8)
        self._painter.setFont(font)
        self._painter.setPen(self._shades.muted)
        room = self._box.width() - 4
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        self._painter.drawText(QRectF(self._box).adjusted(2, 0, -2, -1), Qt.AlignmentFlag.AlignCenter, shown)

    def _underline(self, inner: QRectF, width: float) -> None:
        below = inner.center().y() + QFontMetricsF(self._font).ascent() / 2 + 2
        self._painter.setPen(QPen(self._shades.warning, 1.4, Qt.PenStyle.DotLine))
        is_wide = _side(self._box) == Qt.AlignmentFlag.AlignHCenter
        end = inner.center().x() + width / 2 if is_wide else inner.right()
        self._painter.drawLine(QPointF(end - width, below), QPointF(end, below))

    def _corner(self) -> None:
        weight = self._mark.weight
        if weight < Weight.WARNING:
            return
        size = CORNER if weight >= Weight.ERROR else CORNER - 2
        corner = QPointF(self._box.topRight())
        triangle = QPolygonF([corner, corner - QPointF(size, 0), corner + QPointF(0, size)])
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._shades.error if weight >= Weight.ERROR else self._shades.warning)
        self._painter.drawPolygon(triangle)

    def _question(self) -> None:
        font = look.bold_font(self._font)
        font.setPointSizeF(font.pointSizeF() * 0.8)
        self._painter.setFont(font)
        self._painter.setPen(self._shades.warning)
        place = QRectF(self._box).adjusted(3, 0, 0, 0)
        self._painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, "?")

    def _dot(self) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._shades.accent)
        self._painter.drawEllipse(QPointF(self._box.left() + 6, self._box.bottom() - 6), 2.6, 2.6)

    def _tick(self) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._shades.muted, 1.4))
        foot = QPointF(self._box.left() + 6, self._box.bottom() - 4)
        self._painter.drawPolyline(QPolygonF([foot - QPointF(2.5, 2.5), foot, foot + QPointF(5, -5.5)]))

    def _frames(self) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        inside = QRectF(self._box).adjusted(1, 1, -1.5, -1.5)
        if self._is_current:
            colour = self._shades.accent if self._has_focus else self._shades.muted
            self._frame(inside, QPen(colour, 2.4))
        elif self._mark.weight is Weight.SUSPECT:
            self._frame(inside, QPen(self._shades.error, 1.8))
        elif self._is_companion:
            self._frame(inside, QPen(self._shades.companion, 1.2))

    def _frame(self, box: QRectF, pen: QPen) -> None:
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self._painter.setPen(pen)
        self._painter.drawRect(box)
