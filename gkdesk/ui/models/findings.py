"""The findings as a list, worst first as they come, and the filter by severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
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

from gkdesk.model.decision import Decision
from gkdesk.model.finding import Finding, Severity
from gkdesk.ui import wording

Index = QModelIndex | QPersistentModelIndex
AnswerOf = Callable[[Finding], Decision | None]


class FindingRole(IntEnum):
    """What the model tells besides the sentence."""

    FINDING = Qt.ItemDataRole.UserRole + 1
    SEVERITY = Qt.ItemDataRole.UserRole + 2
    ANSWER = Qt.ItemDataRole.UserRole + 3
    """The ``Decision`` that stands, or None."""


def no_answer(finding: Finding) -> Decision | None:
    """Says of every finding that it waits for an answer."""
    return None


class FindingsModel(QAbstractListModel):
    """The findings of the open report, one a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self._answers: tuple[Decision | None, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in the order shown."""
        return self._findings

    def show(self, findings: Sequence[Finding], answer_of: AnswerOf = no_answer) -> None:
        """Show these findings instead of those before; those that are answered come last."""
        pairs = sorted(((finding, answer_of(finding)) for finding in findings), key=lambda pair: pair[1] is not None)
        new, answers = tuple(finding for finding, _ in pairs), tuple(answer for _, answer in pairs)
        if (new, answers) == (self._findings, self._answers):
            return
        self.beginResetModel()
        self._findings, self._answers = new, answers
        self.endResetModel()

    def is_answered(self, row: int) -> bool:
        """True if a reviewer answered the finding of a row."""
        return self._answers[row] is not None

    def counts(self) -> Counter[Severity]:
        """How many findings of each severity wait for an answer."""
        pairs = zip(self._findings, self._answers, strict=True)
        return Counter(finding.severity for finding, answer in pairs if answer is None)

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
            case Qt.ItemDataRole.AccessibleTextRole if self.is_answered(index.row()):
                answer = self._answers[index.row()]
                assert answer is not None
                return f"{wording.outcome_word(answer.outcome)}: {wording.finding_sentence(finding)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{wording.severity_word(finding.severity)}: {wording.finding_sentence(finding)}"
            case FindingRole.FINDING:
                return finding
            case FindingRole.SEVERITY:
                return finding.severity
            case FindingRole.ANSWER:
                return self._answers[index.row()]
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
