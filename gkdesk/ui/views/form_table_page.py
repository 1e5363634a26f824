"""A table of the form with its column headers kept in sight: two views of one model, one over the other."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPalette
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from gkdesk.ui import look
from gkdesk.ui.models.form_layout import Slot
from gkdesk.ui.models.form_table import FormTableModel
from gkdesk.ui.views.cell_delegate import PADDING_Y, CellDelegate, printed_text, side_padding, text_flags
from gkdesk.ui.views.form_geometry import column_widths, row_heights
from gkdesk.ui.views.form_table_view import FormTableView, show_grid

_UNBOUNDED = 10_000


class FormTablePage(QWidget):
    """One table, fitted to the width there is.

    Attributes:
        view: the grid of values, which takes the keyboard.
    """

    def __init__(self, model: FormTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = model.layout
        self.view = FormTableView(model, self)
        self._header = QTableView(self)
        show_grid(self._header, model)
        self._header.setItemDelegate(CellDelegate(self._header))
        self._header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._header.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self._header.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._header.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._head_rows = model.layout.header_rows if model.layout.has_one_header else 0
        self._header.setVisible(self._head_rows > 0)
        for row in range(model.layout.row_count):
            self._header.setRowHidden(row, row >= self._head_rows)
            self.view.setRowHidden(row, row < self._head_rows or row in model.layout.hidden_rows)
        self.setFocusProxy(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._header)
        box.addWidget(self.view, 1)
        self.view.resized.connect(self._arrange)

    def _arrange(self) -> None:
        columns = column_widths(self._layout.table.widths, self.view.viewport().width())
        least = QFontMetrics(self.font()).height() + PADDING_Y
        heights = row_heights(self._layout, columns, least, self._text_height)
        for view in (self._header, self.view):
            for column, width in enumerate(columns):
                view.setColumnWidth(column, width)
        for row, height in enumerate(heights):
            if row < self._head_rows:
                self._header.setRowHeight(row, height)
            elif height:
                self.view.setRowHeight(row, height)
        self._header.setFixedHeight(sum(heights[: self._head_rows]))

    def _text_height(self, slot: Slot, width: int) -> int:
        font = look.small_font(self.font())
        text = printed_text(slot, width, QFontMetricsF(font))
        room = QRect(0, 0, max(1, width - 2 * side_padding(slot)), _UNBOUNDED)
        return QFontMetrics(font).boundingRect(room, text_flags(slot), text).height() + 2 * PADDING_Y
