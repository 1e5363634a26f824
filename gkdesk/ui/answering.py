"""What is done about the current finding: a proposal accepted, left as printed, marked as checked, taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from gkdesk.model.decision import Outcome
from gkdesk.model.finding import Evidence, Finding, Proposal
from gkdesk.ui import wording
from gkdesk.ui.focus import Focus
from gkdesk.ui.views.advice_view import AdviceView
from gkdesk.ui.views.source_view import SourceView
from gkdesk.ui.workbench import Workbench

AskNote = Callable[[str], str | None]
"""Asks for a remark on a sentence; None if the user gave up."""


class Answering(QObject):
    """Joins the advice view to focus and workbench; every answer is one act that can be undone.

    Signals:
        said: why nothing was done.
        answered: a finding was answered or a proposal accepted.
        available: whether there is a current finding, and whether it has a proposal to accept.
    """

    said = Signal(str)
    answered = Signal()
    available = Signal()

    def __init__(
        self, workbench: Workbench, focus: Focus, view: AdviceView, source: SourceView, ask_note: AskNote
    ) -> None:
        super().__init__(workbench)
        self._workbench, self._focus, self._view, self._source = workbench, focus, view, source
        self._ask_note = ask_note
        focus.finding_changed.connect(self._show)
        workbench.findings_changed.connect(lambda findings: self._show(focus.finding))
        view.proposal_selected.connect(self._look_at)
        view.proposal_activated.connect(self._activate)
        view.evidence_selected.connect(self._show_passage)

    @property
    def finding(self) -> Finding | None:
        """The current finding."""
        return self._focus.finding

    @property
    def can_accept(self) -> bool:
        """True if there is a proposal that changes figures."""
        return self._view.proposal is not None

    def accept(self) -> None:
        """Give the cells of the chosen proposal the figures it proposes; if its place is not in view, show it first."""
        proposal = self._view.proposal
        if proposal is None:
            return
        if self._focus.cell not in [ref for ref, _ in proposal.changes]:
            # Whoever accepts has seen what the source says; making the sum come out is not the goal.
            self._look_at(proposal)
            self.said.emit(self.tr("请先对照原文中的这一格，再按一次采纳。"))
        elif self._workbench.accept(proposal):
            self.answered.emit()

    def leave_as_printed(self) -> None:
        """State that the source says so, right or wrong."""
        finding = self.finding
        if finding is None:
            return
        # One wrong figure breaks the sums of its row and of its column: whoever leaves it as it is leaves both.
        findings = [finding, *self._of_the_same_cause(finding)]
        note = self._ask_note("\n".join(map(wording.finding_sentence, findings)))
        if note is not None:
            self._say(self._workbench.decide_together(findings, Outcome.AS_PRINTED, note))

    def mark_checked(self) -> None:
        """State that this was looked at and is in order."""
        if self.finding is not None:
            self._answer(self.finding, Outcome.CHECKED)

    def take_back(self) -> None:
        """Take the answer to the current finding back."""
        if self.finding is not None:
            self._answer(self.finding, None)

    def _answer(self, finding: Finding, outcome: Outcome | None, note: str = "") -> None:
        self._say(self._workbench.decide(finding, outcome, note))

    def _of_the_same_cause(self, finding: Finding) -> list[Finding]:
        """The other findings that wait for an answer and that the very same figures explain."""
        if all(proposal.changes for proposal in finding.proposals):
            return []
        return [
            other
            for other in self._workbench.findings
            if other != finding and other.proposals == finding.proposals and self._workbench.decision(other) is None
        ]

    def _say(self, is_answered: bool) -> None:
        if is_answered:
            self.answered.emit()
        else:
            self.said.emit(self.tr("没有需要改动的内容。"))

    def _show(self, finding: Finding | None) -> None:
        opened = self._workbench.review
        decision = self._workbench.decision(finding) if finding is not None else None
        old = self._workbench.old_decision(finding) if finding is not None else None
        self._view.show_finding(finding, opened.spec if opened is not None else None, decision, old)
        self.available.emit()

    def _look_at(self, proposal: Proposal | None) -> None:
        """Bring the first cell the proposal would change into view, in source and form."""
        if proposal is not None and proposal.changes:
            self._focus.show_cell(proposal.changes[0][0])

    def _activate(self, proposal: Proposal) -> None:
        if proposal.changes:
            self.accept()
        else:
            self.leave_as_printed()

    def _show_passage(self, evidence: Evidence) -> None:
        if evidence.place is not None:
            self._source.highlight((evidence.place,))
        else:
            self.said.emit(self.tr("这句话在原文中的位置没有记下来。"))
