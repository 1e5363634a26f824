"""The problems of the open report, worst first; choosing one shows its cells."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gkdesk.model.finding import Finding, Severity
from gkdesk.ui import icons, look, wording
from gkdesk.ui.models.findings import AnswerOf, FindingRole, FindingsModel, SeverityFilter, no_answer
from gkdesk.ui.views.choice_list import ChoiceList
from gkdesk.ui.views.list_delegates import FindingDelegate


class FindingsView(QWidget):
    """Shows and filters findings.

    Signals:
        finding_selected: the finding the user chose.
        finding_activated: the finding the user wants to work on (Enter, double click).
        unproven_requested: the user wants to go through the cells that nothing speaks for.
    """

    finding_selected = Signal(object)
    finding_activated = Signal(object)
    unproven_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FindingsModel(self)
        self._filter = SeverityFilter(self)
        self._filter.setSourceModel(self._model)
        self._list = ChoiceList(self)
        self._list.setItemDelegate(FindingDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setModel(self._filter)
        self._title = QLabel(self.tr("问题"), self)
        self._title.setFont(look.bold_font(self.font()))
        self._buttons = {severity: self._make_button(severity) for severity in Severity}
        self._unproven = QToolButton(self)
        self._unproven.setObjectName("act")
        self._unproven.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._unproven.setToolTip(self.tr("没有其他数字可以印证的格，逐行对照原文（F7）"))
        self._unproven.clicked.connect(self.unproven_requested)
        self.show_unproven(0)
        self._empty = QLabel(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._row = -1
        self._has_begun = False
        self._has_report = False
        self._lay_out()
        self._list.chosen.connect(self._choose)
        self._list.activated.connect(lambda index: self.finding_activated.emit(index.data(FindingRole.FINDING)))
        self.setFocusProxy(self._list)
        self.clear()

    def clear(self) -> None:
        """Show that no report is open."""
        self._has_report = False
        self._model.show(())
        self.show_unproven(0)
        self._say_counts()

    def begin(self) -> None:
        """Make the walk start at the worst finding again: another report is open."""
        self._has_begun = False

    def show_findings(self, findings: tuple[Finding, ...], answer_of: AnswerOf = no_answer) -> None:
        """Show these, and keep the place in the list if the finding there is gone."""
        self._has_report = True
        row = self._row
        self._model.show(findings, answer_of)
        self._row = row
        self._say_counts()

    def show_finding(self, finding: Finding | None) -> None:
        """Mark a finding as the current one."""
        row = self._model.row_of(finding)
        index = self._filter.mapFromSource(self._model.index(row)) if row >= 0 else QModelIndex()
        if index.isValid():
            if index.data(FindingRole.ANSWER) is None:
                self._row = index.row()
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index)
        else:
            self._list.clearSelection()
            self._list.setCurrentIndex(QModelIndex())

    def show_unproven(self, count: int) -> None:
        """Say for how many cells nothing speaks but their own reading."""
        self._unproven.setText(self.tr("没有印证 {count} 格").format(count=count))
        self._unproven.setVisible(count > 0)

    def walk(self, step: int) -> Finding | None:
        """The next (1) or previous (-1) finding in the list as filtered, from the first again after the last.

        Findings that are answered are passed over; they stand last.
        """
        count = self._waiting()
        if not count:
            return None
        current = self._list.currentIndex()
        is_gone = not current.isValid() or current.data(FindingRole.ANSWER) is not None
        # The finding that moved up into the place of one that was solved or answered is the next one.
        start = self._row if not (is_gone and step > 0) else max(self._row, 0) - 1
        row = (start + step) % count if self._has_begun else 0
        self._has_begun = True
        finding: Finding = self._filter.index(row, 0).data(FindingRole.FINDING)
        return finding

    def _waiting(self) -> int:
        """How many of the findings shown wait for an answer."""
        rows = range(self._filter.rowCount())
        return sum(self._filter.index(row, 0).data(FindingRole.ANSWER) is None for row in rows)

    def _choose(self, index: QModelIndex) -> None:
        self._has_begun = True
        self.finding_selected.emit(index.data(FindingRole.FINDING))

    def _make_button(self, severity: Severity) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("filter")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCheckable(True)
        button.setChecked(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icons.severity(severity, self.palette()))
        button.setToolTip(self.tr("显示或隐藏这一类"))
        button.toggled.connect(self._filter_by_buttons)
        return button

    def _filter_by_buttons(self) -> None:
        for button in self._buttons.values():
            font = self.font()
            font.setStrikeOut(not button.isChecked())
            button.setFont(font)
        self._filter.leave_out(frozenset(level for level, button in self._buttons.items() if not button.isChecked()))
        self._say_counts()

    def _say_counts(self) -> None:
        counts = self._model.counts()
        for severity, button in self._buttons.items():
            button.setText(f"{wording.severity_word(severity)} {counts[severity]}")
            button.setVisible(counts[severity] > 0)
        total = sum(counts.values())
        self._title.setText(self.tr("问题 {count}").format(count=total) if total else self.tr("问题"))
        self._empty.setText(self._nothing())
        self._stack.setCurrentWidget(self._list if self._filter.rowCount() else self._empty)

    def _nothing(self) -> str:
        if not self._has_report:
            return self.tr("打开一份年报后，这里列出要核对的地方。")
        if self._model.rowCount():
            return self.tr("这几类已经隐藏，点右上角的按钮可以重新显示。")
        return self.tr(
            "勾稽关系全部成立，没有发现别的问题。\n合计相符不等于数字都对：行和列有没有错位，还请对照原文看一眼。"
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 6, 2)
        head.addWidget(self._title)
        head.addStretch(1)
        for button in (self._unproven, *self._buttons.values()):
            head.addWidget(button)
        # As high with buttons as without, and as that of the advice beside it.
        head.addStrut(self._unproven.sizeHint().height())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self._stack, 1)
