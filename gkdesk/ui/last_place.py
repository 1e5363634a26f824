"""Where the clerk was: the report and the cell, kept while working, so that the next start goes on there."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from gkdesk.model.cellref import CellRef
from gkdesk.ui.focus import Focus
from gkdesk.ui.window_state import WindowState
from gkdesk.ui.workbench import Workbench

WRITE_AFTER = 1000
"""Milliseconds after which a new place is written: not every key is worth a file, and little is lost with the power."""


class LastPlace(QObject):
    """Keeps the place in the window's settings, and goes back there."""

    def __init__(self, workbench: Workbench, focus: Focus, state: WindowState) -> None:
        super().__init__(workbench)
        self._workbench, self._focus, self._state = workbench, focus, state
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_AFTER)
        self._timer.timeout.connect(self.write)
        focus.cell_changed.connect(self._timer.start)
        workbench.opened.connect(self._timer.start)
        workbench.closed.connect(self._timer.start)

    def write(self) -> None:
        """Keep the place as it is now."""
        self._timer.stop()
        review = self._workbench.review
        workspace = str(self._workbench.desk.path)
        self._state.place = (
            (workspace, review.report_id, str(self._focus.cell or "")) if review is not None else (workspace, 0, "")
        )

    def go_back(self) -> None:
        """Open the report that was open last, at its cell; nothing if it is not in this workspace any more."""
        workspace, report_id, cell = self._state.place
        known = {entry.id for entry in self._workbench.entries() if not entry.damaged}
        if workspace != str(self._workbench.desk.path) or report_id not in known:
            return
        # A report that ended the program would end every later start as well.
        self._state.place = (workspace, 0, "")
        self._workbench.open_report(report_id)
        review = self._workbench.review
        if review is None or not cell:
            return
        try:
            ref = CellRef.parse(cell)
        except ValueError:
            return
        if ref in review.review.form:
            self._focus.show_cell(ref)
