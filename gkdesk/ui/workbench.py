"""The report on the desk: the one place of the window that changes it, and that tells the views what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from gkdesk.errors import UserError, WorkspaceError
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Content
from gkdesk.model.decision import Decision, Outcome, target_of
from gkdesk.model.edit import Edit
from gkdesk.model.finding import Finding, Proposal
from gkdesk.model.proof import Proof
from gkdesk.model.reading import Reading, number
from gkdesk.ui import wording
from gkdesk.ui.commands import EditCommand
from gkdesk.ui.models.marks import NO_MARK, CellMark, leading_cell, marks
from gkdesk.workflow.desk import Desk, ReportEntry
from gkdesk.workflow.diagnosing import Case, Diagnosis
from gkdesk.workflow.open_review import OpenReview
from gkdesk.workflow.tasks import ReadReport


class Workbench(QObject):
    """Holds the desk, the report that is open and its undo stack.

    Attributes:
        review: the open report, or None.
        content: its source as read, if it was read just now; None if it has to be read again.
        passwords: the passwords given since the program started, by report; they are written down nowhere.
        proofs: how far each cell of the open report is proven; empty until it was worked out.

    Signals:
        opened: a report (``OpenReview``) is on the desk; closed: none is any more.
        cells_changed: cells (tuple of ``CellRef``) whose value or mark is another now, after an edit.
        marks_changed: cells whose mark alone is another now.
        findings_changed: all findings that stand now.
        checked: the report was checked anew; its findings have no proposals yet.
        proofs_changed: how far cells are proven was worked out.
        edited: the first cell of what was just undone or redone, to be shown.
        reconsidered: the first finding whose answer was just undone or redone, to be shown.
        entries_changed: the reports of the workspace, or how they stand, changed.
        failed: a ``UserError`` to be shown.
    """

    opened = Signal(object)
    closed = Signal()
    cells_changed = Signal(object)
    marks_changed = Signal(object)
    findings_changed = Signal(object)
    checked = Signal()
    proofs_changed = Signal()
    edited = Signal(object)
    reconsidered = Signal(object)
    entries_changed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.review: OpenReview | None = None
        self.content: Content | None = None
        self.stack = QUndoStack(self)
        self.passwords: dict[int, str] = {}
        self.proofs: Mapping[CellRef, Proof] = {}
        self._folders: dict[int, Path] = {}
        self._marks: Mapping[CellRef, CellMark] = {}
        self._is_rebuilding = False
        self._failure: WorkspaceError | None = None

    def open_report(self, report_id: int) -> None:
        """Put a report of the workspace on the desk."""
        try:
            review = self.desk.open_report(report_id)
        except UserError as error:
            self.failed.emit(error)
            return
        self._show(review, None)

    def keep(self, read: ReadReport, folder: Path, show: bool, password: str | None = None) -> None:
        """Keep a report just read from ``folder`` in the workspace, and put it on the desk if it is to be shown."""
        try:
            review = self.desk.add(read)
        except UserError as error:
            self.failed.emit(error)
            return
        self._folders[review.report_id] = folder
        if password is not None:
            self.passwords[review.report_id] = password
        self.entries_changed.emit()
        if show:
            self._show(review, read.content)

    def folder_of(self, report_id: int) -> Path | None:
        """The folder a report came from, if it came since the program started."""
        return self._folders.get(report_id)

    def remove(self, report_id: int) -> None:
        """Take a report out of the workspace for good."""
        if self.review is not None and self.review.report_id == report_id:
            self.close_report()
        try:
            self.desk.remove(report_id)
        except UserError as error:
            self.failed.emit(error)
        self.entries_changed.emit()

    def close_report(self) -> None:
        """Take the report off the desk; it stays in the workspace."""
        self.review = self.content = None
        self._marks, self.proofs = {}, {}
        self.stack.clear()
        self.closed.emit()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the open report."""
        return self.review.findings if self.review is not None else ()

    def change_desk(self, path: Path) -> None:
        """Go on with another workspace, made if there is none at ``path``."""
        try:
            desk = Desk.open(path)
        except UserError as error:
            self.failed.emit(error)
            return
        self.close_report()
        self.desk.close()
        self.desk = desk
        self._folders.clear()
        self.passwords.clear()
        self.entries_changed.emit()

    def entries(self) -> list[ReportEntry]:
        """The reports of the workspace; none after saying why they cannot be read."""
        try:
            return self.desk.entries()
        except UserError as error:
            self.failed.emit(error)
            return []

    def mark(self, ref: CellRef) -> CellMark:
        """How a cell is to be marked."""
        return self._marks.get(ref, NO_MARK)

    def leading_cell(self, finding: Finding) -> CellRef | None:
        """The cell of a finding to look at first."""
        return leading_cell(finding, self._marks)

    def edit(self, readings: Mapping[CellRef, Reading | None], label: str = "type", why: str = "") -> bool:
        """Change cells of the open report (None: back to as read); False if nothing would change or it failed."""
        if self.review is None:
            return False
        return self._do(self.review.edit(readings, why, label))

    def accept(self, proposal: Proposal) -> bool:
        """Give the cells of a proposal the figures it proposes, as one act; False like :meth:`edit`."""
        readings = {ref: number(value) for ref, value in proposal.changes}
        return self.edit(readings, "accept", wording.proposal_sentence(proposal))

    def decide(self, about: CellRef | Finding, outcome: Outcome | None, note: str = "") -> bool:
        """Answer a cell or a finding (None: take the answer back); False like :meth:`edit`."""
        return self.review is not None and self._do(self.review.decide(about, outcome, note))

    def decide_together(self, findings: Sequence[Finding], outcome: Outcome, note: str = "") -> bool:
        """Answer findings that one cause explains, as one act; False like :meth:`edit`."""
        if self.review is None:
            return False
        edits = [self.review.decide(finding, outcome, note) for finding in findings]
        decisions = tuple(decision for edit in edits if edit is not None for decision in edit.decisions)
        return self._do(Edit((), "decide", decisions) if decisions else None)

    def confirm(self, refs: Iterable[CellRef]) -> bool:
        """State that the figures of these cells are as in the source; False like :meth:`edit`."""
        return self.review is not None and self._do(self.review.confirm(tuple(refs)))

    def decision(self, about: CellRef | Finding) -> Decision | None:
        """The answer that stands for a cell or a finding of the open report."""
        return self.review.decision(about) if self.review is not None else None

    def old_decision(self, about: CellRef | Finding) -> Decision | None:
        """The answer once given for other figures than those of now."""
        return self.review.old_decision(about) if self.review is not None else None

    def known_about(self, ref: CellRef) -> str:
        """The answer a cell was given, else what speaks for its figure; empty while that is not worked out."""
        decision = self.decision(ref)
        if decision is not None:
            return wording.answer_words(decision)
        proof = self.proofs.get(ref)
        return wording.proof_sentence(proof) if proof is not None else ""

    def is_confirmed(self, ref: CellRef) -> bool:
        """True if a reviewer answered the cell itself, for the figure it has now."""
        return self.decision(ref) is not None

    def unproven(self) -> tuple[CellRef, ...]:
        """The cells to look at, in the order of the form: nothing speaks for their figures, and nobody looked yet."""
        if self.review is None:
            return ()
        refs = self.review.spec.refs_of(self.review.review.form)
        return tuple(ref for ref in refs if self._is_unproven(ref))

    def _is_unproven(self, ref: CellRef) -> bool:
        proof = self.proofs.get(ref)
        return proof is not None and not proof.holds and self.decision(ref) is None

    def take_diagnosis(self, case: Case, diagnosis: Diagnosis) -> None:
        """Take over what a diagnosis found, unless the report was changed or closed in the meantime."""
        if self.review is None or not self.review.explain(case, diagnosis):
            return
        self.proofs = diagnosis.proofs
        before, self._marks = self._marks, marks(diagnosis.findings)
        moved = {ref for ref in before.keys() | self._marks.keys() if before.get(ref) != self._marks.get(ref)}
        self.marks_changed.emit(tuple(sorted(moved)))
        self.findings_changed.emit(diagnosis.findings)
        self.proofs_changed.emit()

    def _do(self, edit: Edit | None) -> bool:
        if edit is None:
            return False
        self.stack.push(EditCommand(edit, wording.edit_words(edit), self._apply))
        return self._settle()

    def undo(self) -> None:
        """Take the last edit back and show where."""
        self._walk(self.stack.index() - 1, self.stack.undo)

    def redo(self) -> None:
        """Do the edit taken back last again and show where."""
        self._walk(self.stack.index(), self.stack.redo)

    def _walk(self, index: int, step: Callable[[], None]) -> None:
        command = self.stack.command(index)
        if not isinstance(command, EditCommand):
            return
        step()
        if not self._settle():
            return
        if command.edit.cells:
            self.edited.emit(command.edit.cells[0].ref)
            return
        targets = [decision.target for decision in command.edit.decisions]
        finding = next((each for each in self.findings if target_of(each) in targets), None)
        if finding is not None:
            self.reconsidered.emit(finding)

    def _show(self, review: OpenReview, content: Content | None) -> None:
        self.review, self.content = review, content
        self._marks, self.proofs = marks(review.findings), {}
        self._rebuild_stack(review)
        self.opened.emit(review)
        self.findings_changed.emit(review.findings)
        self.checked.emit()

    def _apply(self, edit: Edit, kind: str) -> None:
        if self.review is None or self._is_rebuilding:
            return
        try:
            change = self.review.apply(edit, kind)
        except WorkspaceError as error:
            # An undo stack cannot refuse a step it has begun: it is rebuilt from the journal when the step is over.
            self._failure = error
            return
        before, self._marks = self._marks, marks(change.findings)
        moved = {ref for ref in before.keys() | self._marks.keys() if before.get(ref) != self._marks.get(ref)}
        moved |= self._answered_cells(edit)
        self.cells_changed.emit((*change.cells, *sorted(moved.difference(change.cells))))
        self.findings_changed.emit(change.findings)
        self.entries_changed.emit()
        self.checked.emit()

    def _answered_cells(self, edit: Edit) -> set[CellRef]:
        """The cells an edit gives an answer or takes one from: they look different without another figure."""
        if self.review is None:
            return set()
        targets = {decision.target for decision in edit.decisions}
        return {cell.ref for cell in self.review.review.form if target_of(cell.ref) in targets} if targets else set()

    def _settle(self) -> bool:
        failure, self._failure = self._failure, None
        if failure is None:
            return True
        if self.review is not None:
            self._rebuild_stack(self.review)
        self.failed.emit(failure)
        return False

    def _rebuild_stack(self, review: OpenReview) -> None:
        done, undone = review.done(), review.undone()
        self._is_rebuilding = True
        self.stack.clear()
        for edit in (*done, *reversed(undone)):
            self.stack.push(EditCommand(edit, wording.edit_words(edit), self._apply))
        self.stack.setIndex(len(done))
        self._is_rebuilding = False
