"""What there is to say about the current finding: the sum written out, what may be wrong, what the text says.

Choosing a proposal shows its cells in source and form before anything can be accepted; nothing is applied unasked.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gkdesk.model.decision import Decision
from gkdesk.model.finding import Finding, Proposal
from gkdesk.model.spec import FormSpec
from gkdesk.ui import look, wording
from gkdesk.ui.models.advice import AdviceKind, AdviceLine, advice, advice_word
from gkdesk.ui.views.advice_delegate import LINE_ROLE, AdviceDelegate
from gkdesk.ui.views.choice_list import ChoiceList
from gkdesk.ui.views.elided_label import ElidedLabel

Index = QModelIndex | QPersistentModelIndex


class AdviceView(QWidget):
    """Shows one finding and what can be done about it.

    Signals:
        proposal_selected: the proposal the user looks at (``Proposal``), or None.
        proposal_activated: the proposal the user wants (Enter, double click).
        evidence_selected: a passage (``Evidence``) to be shown in the source.
    """

    proposal_selected = Signal(object)
    proposal_activated = Signal(object)
    evidence_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: Finding | None = None
        self._model = _AdviceModel(self)
        self._list = ChoiceList(self)
        self._list.setItemDelegate(AdviceDelegate(self._list))
        # Lines are measured anew when the width changes only if the view itself is told that they wrap.
        self._list.setWordWrap(True)
        self._list.setVerticalScrollMode(ChoiceList.ScrollMode.ScrollPerPixel)
        self._list.setModel(self._model)
        self._list.setAccessibleName(self.tr("说明与建议"))
        self._title = QLabel(self.tr("说明与建议"), self)
        self._title.setFont(look.bold_font(self.font()))
        self._answer = ElidedLabel(self, Qt.TextElideMode.ElideRight)
        self._answer.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._empty = QLabel(self.tr("选中一个问题，这里说明原因，并提出可能的更正。"), self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self._buttons = QHBoxLayout()
        self._lay_out()
        self._list.chosen.connect(self._choose)
        self._list.activated.connect(self._activate)
        self.setFocusProxy(self._list)

    @property
    def proposal(self) -> Proposal | None:
        """The chosen proposal that changes figures; without a choice the first one."""
        line = self._model.line(self._list.currentIndex())
        if line is not None and line.kind is AdviceKind.REPAIR:
            return line.proposal
        return next((each.proposal for each in self._model.lines if each.kind is AdviceKind.REPAIR), None)

    def add_buttons(self, actions: Sequence[QAction]) -> None:
        """Buttons for what can be done, left to right."""
        for action in actions:
            button = QToolButton(self)
            button.setObjectName("act")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons.addWidget(button)

    def show_finding(
        self, finding: Finding | None, spec: FormSpec | None, decision: Decision | None, old: Decision | None = None
    ) -> None:
        """Show a finding about a form and the answer it was given, or once was for other figures; None: nothing."""
        is_same = finding is not None and self._finding is not None and finding == self._finding
        self._finding = finding
        if decision is None and old is not None:
            self._answer.setText(
                self.tr("以前的结论（{outcome}）是针对别的数字作出的").format(outcome=wording.outcome_word(old.outcome))
            )
        else:
            self._answer.setText(wording.answer_headline(decision) if decision is not None else "")
            self._answer.setToolTip(wording.answer_words(decision) if decision is not None else "")
        if not is_same:
            self._model.show(advice(finding, spec) if finding is not None and spec is not None else ())
        self._stack.setCurrentWidget(self._list if finding is not None else self._empty)

    def _choose(self, index: QModelIndex) -> None:
        line = self._model.line(index)
        if line is None:
            return
        self.proposal_selected.emit(line.proposal)
        if line.evidence is not None:
            self.evidence_selected.emit(line.evidence)

    def _activate(self, index: QModelIndex) -> None:
        line = self._model.line(index)
        if line is not None and line.proposal is not None:
            self.proposal_activated.emit(line.proposal)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 6, 2)
        head.addWidget(self._title)
        head.addSpacing(6)
        head.addWidget(self._answer, 1)
        # Beside the title: a row of their own would take the room of a whole proposal.
        self._buttons.setSpacing(4)
        head.addLayout(self._buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self._stack, 1)


class _AdviceModel(QAbstractListModel):
    """The lines about the finding."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[AdviceLine, ...] = ()

    def show(self, lines: tuple[AdviceLine, ...]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def line(self, index: Index) -> AdviceLine | None:
        return self.lines[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.text
            case Qt.ItemDataRole.ToolTipRole:
                return line.whole or line.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{advice_word(line.kind)}: {line.text}"
        return line if role == LINE_ROLE else None
