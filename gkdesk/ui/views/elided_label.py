"""A label that gives way: text that has no room ends in dots instead of making the window wider."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

LEAST = 130
"""Pixels that a longer text keeps in any case."""


class ElidedLabel(QLabel):
    """One line of plain text; the whole of it is in the tooltip. ``mode`` says which part gives way."""

    def __init__(self, parent: QWidget | None = None, mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> None:
        super().__init__(parent)
        self._mode = mode

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), LEAST), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        box = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), self._mode, box.width())
        painter = QPainter(self)
        align = int(self.alignment().value)
        self.style().drawItemText(painter, box, align, self.palette(), self.isEnabled(), shown, self.foregroundRole())
        painter.end()
