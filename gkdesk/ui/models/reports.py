"""The reports of the workspace and the files on their way into it, as one list."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gkdesk.ui.intake import Arrival, ArrivalState
from gkdesk.ui.language import tr
from gkdesk.workflow.desk import ReportEntry

Index = QModelIndex | QPersistentModelIndex
Row = ReportEntry | Arrival


class ReportRole(IntEnum):
    """What the model tells besides the name: the second line, the row's own object, the id in the workspace."""

    DETAIL = Qt.ItemDataRole.UserRole + 1
    ROW = Qt.ItemDataRole.UserRole + 2
    ID = Qt.ItemDataRole.UserRole + 3


class ReportsModel(QAbstractListModel):
    """Files that are being read first, then the reports kept."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, arrivals: Sequence[Arrival], entries: Sequence[ReportEntry]) -> None:
        """Show these instead; if only their contents changed, rows keep their place."""
        rows: list[Row] = [*arrivals, *entries]
        if [_identity(row) for row in rows] != [_identity(row) for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        changed = [n for n, (new, old) in enumerate(zip(rows, self._rows, strict=True)) if _has_changed(new, old)]
        self._rows = rows
        for number in changed:
            self.dataChanged.emit(self.index(number), self.index(number))

    def index_of(self, report_id: int) -> QModelIndex:
        """Where a report of the workspace is shown; an invalid index if it is not there."""
        for number, row in enumerate(self._rows):
            if isinstance(row, ReportEntry) and row.id == report_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name_of(row)
            case ReportRole.DETAIL:
                return detail_of(row)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{name_of(row)}\n{detail_of(row)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{name_of(row)}: {detail_of(row)}"
            case ReportRole.ROW:
                return row
            case ReportRole.ID:
                return row.id if isinstance(row, ReportEntry) else None
        return None


def name_of(row: Row) -> str:
    """What a row is called: body and year, or the file's name as long as these are not known."""
    if isinstance(row, Arrival):
        return row.source.name
    if not row.organization:
        return row.source_name
    return f"{row.organization} {row.year}" if row.year else row.organization


def detail_of(row: Row) -> str:
    """How a row stands, in a few words."""
    if isinstance(row, Arrival):
        return _arrival_detail(row)
    if row.damaged:
        return tr("保存的内容已损坏，打不开")
    parts = []
    if row.errors:
        parts.append(tr("错误 {count}").format(count=row.errors))
    if row.warnings:
        parts.append(tr("警告 {count}").format(count=row.warnings))
    if not parts:
        parts.append(tr("没有待处理的问题"))
    if row.changed:
        parts.append(tr("已改 {count} 处").format(count=row.changed))
    return " · ".join(parts)


def _arrival_detail(row: Arrival) -> str:
    match row.state:
        case ArrivalState.WAITING:
            return tr("等待读取")
        case ArrivalState.READING:
            if row.total <= 0:
                return tr("正在读取…")
            return tr("正在读取… {percent}%").format(percent=min(100, 100 * row.done // row.total))
        case ArrivalState.FAILED:
            return row.sentence


def _identity(row: Row) -> tuple[bool, int]:
    return (True, id(row)) if isinstance(row, Arrival) else (False, row.id)


def _has_changed(new: Row, old: Row) -> bool:
    # An arrival is one object that gets further: that it is the same does not say that it looks the same.
    return isinstance(new, Arrival) or new != old
