"""The list of reports at the left: what is in the workspace, how it stands, and what is still being read."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QMenu, QPushButton, QVBoxLayout, QWidget

from gkdesk.ui import look
from gkdesk.ui.intake import Arrival, ArrivalState, Intake
from gkdesk.ui.models.reports import ReportRole, ReportsModel
from gkdesk.ui.views.list_delegates import ReportDelegate
from gkdesk.ui.workbench import Workbench

COALESCE = 60
"""Milliseconds in which changes are gathered before the list is read anew."""


class ReportList(QWidget):
    """Shows the reports.

    Signals:
        open_requested: the id of the report the user chose.
        removal_requested: the id of the report to be taken out of the workspace, and its name.
    """

    open_requested = Signal(int)
    removal_requested = Signal(int, str)

    def __init__(self, workbench: Workbench, intake: Intake, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench, self._intake = workbench, intake
        self._model = ReportsModel(self)
        self._title = QLabel(self)
        self._title.setFont(look.bold_font(self.font()))
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(ReportDelegate(self._list))
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._busy = QLabel(self)
        self._cancel = QPushButton(self.tr("全部取消"), self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COALESCE)
        self._lay_out()
        self.setFocusProxy(self._list)
        self._timer.timeout.connect(self.refresh)
        workbench.entries_changed.connect(self._timer.start)
        intake.arrivals_changed.connect(self._timer.start)
        workbench.opened.connect(self._mark_open)
        workbench.closed.connect(self._list.clearSelection)
        self._cancel.clicked.connect(intake.cancel_all)
        self._list.clicked.connect(self._choose)
        self._list.activated.connect(self._choose)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        entries = self._workbench.entries()
        self._model.show(self._intake.arrivals, entries)
        self._title.setText(self.tr("年报 {count} 份").format(count=len(entries)) if entries else self.tr("年报"))
        busy = sum(arrival.state is not ArrivalState.FAILED for arrival in self._intake.arrivals)
        self._busy.setText(self.tr("还有 {count} 份在读取").format(count=busy))
        self._busy.setVisible(busy > 0)
        self._cancel.setVisible(busy > 0)
        self._mark_open()

    def stop(self) -> None:
        """Read the list no more."""
        self._timer.stop()

    def _mark_open(self) -> None:
        review = self._workbench.review
        index = self._model.index_of(review.report_id) if review is not None else QModelIndex()
        if index.isValid() and index != self._list.currentIndex():
            self._list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _choose(self, index: QModelIndex) -> None:
        report_id = index.data(ReportRole.ID)
        is_open = self._workbench.review is not None and self._workbench.review.report_id == report_id
        if report_id is not None and not is_open:
            self.open_requested.emit(report_id)

    def _show_menu(self, point: QPoint) -> None:
        index = self._list.indexAt(point)
        if not index.isValid():
            return
        menu = QMenu(self)
        row = index.data(ReportRole.ROW)
        if not isinstance(row, Arrival):
            name = index.data(Qt.ItemDataRole.DisplayRole)
            self._offer(menu, self.tr("打开")).triggered.connect(lambda: self._choose(index))
            remove = self._offer(menu, self.tr("从列表中删除…"))
            remove.triggered.connect(lambda: self.removal_requested.emit(row.id, name))
        elif row.state is ArrivalState.FAILED:
            self._offer(menu, self.tr("再试一次")).triggered.connect(lambda: self._intake.retry(row))
            self._offer(menu, self.tr("从列表中去掉")).triggered.connect(lambda: self._intake.cancel(row))
        else:
            self._offer(menu, self.tr("取消读取")).triggered.connect(lambda: self._intake.cancel(row))
        menu.exec(self._list.viewport().mapToGlobal(point))
        menu.deleteLater()

    def _offer(self, menu: QMenu, text: str) -> QAction:
        return menu.addAction(text)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 5, 8, 4)
        head.addWidget(self._title)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 2, 8, 2)
        foot.addWidget(self._busy, 1)
        foot.addWidget(self._cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self._list, 1)
        box.addLayout(foot)
