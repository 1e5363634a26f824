"""The findings as a list, worst first as they come, and the filter by severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from gkdesk.model.finding import Finding, Severity
from gkdesk.ui import wording

Index = QModelIndex | QPersistentModelIndex


class FindingRole(IntEnum):
    """What the model tells besides the sentence."""

    FINDING = Qt.ItemDataRole.UserRole + 1
    SEVERITY = Qt.ItemDataRole.UserRole + 2


class FindingsModel(QAbstractListModel):
    """The findings of the open report, one a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in the order shown."""
        return self._findings

    def show(self, findings: Sequence[Finding]) -> None:
        """Show these findings instead of those before."""
        new = tuple(findings)
        if new == self._findings:
            return
        self.beginResetModel()
        self._findings = new
        self.endResetModel()

    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self._findings)

    def row_of(self, finding: Finding | None) -> int:
        """The row of the same problem, or -1."""
        if finding is None:
            return -1
        mine = finding.fingerprint
        return next((row for row, each in enumerate(self._findings) if each.fingerprint == mine), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        finding = self._findings[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return wording.finding_sentence(finding)
            case Qt.ItemDataRole.ToolTipRole:
                return wording.finding_text(finding)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{wording.severity_word(finding.severity)}: {wording.finding_sentence(finding)}"
            case FindingRole.FINDING:
                return finding
            case FindingRole.SEVERITY:
                return finding.severity
        return None


class SeverityFilter(QSortFilterProxyModel):
    """Leaves out the findings of severities nobody wants to see now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left_out: frozenset[Severity] = frozenset()

    @property
    def left_out(self) -> frozenset[Severity]:
        """The severities not shown."""
        return self._left_out

    def leave_out(self, severities: frozenset[Severity]) -> None:
        """Show all but these."""
        self._left_out = severities
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        source = self.sourceModel()
        return source.index(source_row, 0, source_parent).data(FindingRole.SEVERITY) not in self._left_out
