"""What is done to selected cells from menus and keys: copy, paste, clear, confirm, take back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Reading, State
from gkdesk.ui.models import block
from gkdesk.ui.models.typed import RefusedError
from gkdesk.ui.views.form_view import FormView
from gkdesk.ui.workbench import Workbench

BLANK = Reading(State.BLANK)


class CellEditing(QObject):
    """Acts on the cells selected in the form; each act is one edit.

    Signals:
        said: why nothing was done, or what was.
    """

    said = Signal(str)

    def __init__(self, workbench: Workbench, form: FormView) -> None:
        super().__init__(workbench)
        self._workbench, self._form = workbench, form

    def copy(self) -> None:
        """Put the selected figures on the clipboard."""
        view, review = self._form.table_view(), self._workbench.review
        if view is not None and review is not None and view.selected_cells():
            text = block.copied(view.table.layout, review.review.form, view.selected_cells())
            QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Put the figures of the clipboard into the form, from the first selected cell on."""
        view, review = self._form.table_view(), self._workbench.review
        if view is None or review is None:
            return
        text = QGuiApplication.clipboard().text()
        try:
            readings = block.pasted(view.table.layout, review.spec, view.selected_cells(), text)
        except RefusedError as error:
            self.said.emit(error.sentence)
            return
        self._edit(readings, "paste")

    def clear(self) -> None:
        """Make the selected cells blank."""
        self._edit(dict.fromkeys(self._selected(), BLANK), "clear")

    def restore(self) -> None:
        """Take the selected cells back to what was read."""
        self._edit(dict.fromkeys(self._selected(), None), "restore")

    def confirm(self) -> None:
        """State that the selected figures are as in the source; doubtful ones are certain from then on."""
        if self._selected() and not self._workbench.confirm(self._selected()):
            self.said.emit(self.tr("选中的格子里没有需要确认的数字。"))

    def edit(self) -> None:
        """Edit the current cell in place."""
        view = self._form.table_view()
        if view is not None:
            view.edit_current()

    def _selected(self) -> tuple[CellRef, ...]:
        view = self._form.table_view()
        return view.selected_cells() if view is not None else ()

    def _edit(self, readings: Mapping[CellRef, Reading | None], label: str) -> None:
        if readings and not self._workbench.edit(readings, label):
            self.said.emit(self.tr("没有需要改动的内容。"))
