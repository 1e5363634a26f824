"""A report under review: every change of its form goes through here, is checked at once and kept at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gkdesk.model.cellref import CellRef
from gkdesk.model.context import ALONE, Context
from gkdesk.model.decision import Decision, DecisionEdit, Outcome, target_of
from gkdesk.model.edit import CellEdit, Change, Edit
from gkdesk.model.finding import Finding
from gkdesk.model.form import Cell, Decided, FilledForm
from gkdesk.model.reading import Number, Reading, State, number
from gkdesk.model.review import AuditLine
from gkdesk.store.journal import EDIT, JournalEntry
from gkdesk.store.workspace import StoredReview, Workspace
from gkdesk.workflow import reviewer
from gkdesk.workflow.audit import audit_lines
from gkdesk.workflow.checking import find, spec_of, standing
from gkdesk.workflow.deciding import answer_to, figures_of
from gkdesk.workflow.diagnosing import Case, Diagnosis
from gkdesk.workflow.second_reading import Suspect, suspects_of, with_second


class OpenReview:
    """A report of a workspace, its edition and its findings.

    Attributes:
        report_id: its id in the workspace.
        review: source, what was read, and the form as it stands.
        spec: the edition of its form.
        context: the reports of the workspace it is checked beside.
        findings: all findings that stand, worst first.
    """

    def __init__(self, workspace: Workspace, report_id: int, stored: StoredReview, context: Context = ALONE) -> None:
        self.report_id = report_id
        self.review = stored.review
        self.spec = spec_of(stored.review)
        self.context = context
        self.findings = find(self.review, self.spec, context=context)
        self._workspace = workspace
        self._history = stored.history
        self._looked_at: set[CellRef] = set()

    def edit(self, readings: Mapping[CellRef, Reading | None], why: str = "", label: str = "type") -> Edit | None:
        """The edit that gives cells new readings (None: back to as read); None if nothing would change.

        A reading that says the same as the source says takes a decision back, unless a reason is given: then the
        reviewer states that the source says so. Nothing is changed yet. Raises ``KeyError`` for a cell not in the form.
        """
        who, when = reviewer.who(), reviewer.now()
        cells = []
        for ref, reading in readings.items():
            cell = self.review.form[ref]
            after = None if reading is None else _decision(cell, reading, who, when, why)
            if after != cell.as_reviewed and not _says_the_same(after, cell.as_reviewed):
                cells.append(CellEdit(ref, cell.as_reviewed, after))
        return Edit(tuple(cells), label) if cells else None

    def decide(self, about: CellRef | Finding, outcome: Outcome | None, note: str = "") -> Edit | None:
        """The edit that answers a cell or a finding (None: takes the answer back); None if nothing would change.

        Nothing is changed yet. The answer is kept for the figures as they are now.
        """
        target = target_of(about)
        before = self.review.decisions.get(target)
        after = None
        if outcome is not None:
            after = Decision(outcome, reviewer.who(), reviewer.now(), note, figures_of(about, self.review.form))
            if before is not None and _same_answer(before, after):
                return None
        return Edit((), "decide", (DecisionEdit(target, before, after),)) if after != before else None

    def confirm(self, refs: Sequence[CellRef]) -> Edit | None:
        """The edit by which the reviewer states that these figures are as in the source; None if it was stated.

        A doubtful figure becomes a certain one; a cell without any figure to confirm is passed over.
        """
        who, when = reviewer.who(), reviewer.now()
        cells, decisions = [], []
        form = self.review.form.copy()
        for ref in refs:
            cell = form[ref]
            if cell.state is State.DOUBTFUL and cell.value is not None:
                after = Decided(number(cell.value), who, when)
                cells.append(CellEdit(ref, cell.as_reviewed, after))
                form.decide(ref, after)
        for ref in refs:
            if form[ref].state in (State.READ, State.BLANK) and self._is_open(ref, form):
                target = target_of(ref)
                answer = Decision(Outcome.CHECKED, who, when, "", figures_of(ref, form))
                decisions.append(DecisionEdit(target, self.review.decisions.get(target), answer))
        return Edit(tuple(cells), "confirm", tuple(decisions)) if cells or decisions else None

    def _is_open(self, ref: CellRef, form: FilledForm) -> bool:
        found = answer_to(ref, form, self.review.decisions)
        return found is None or found.outcome is not Outcome.CHECKED

    def note_second(self, refs: Iterable[CellRef], found: Mapping[CellRef, Number]) -> bool:
        """Keep what a second look at cells gave; True if the findings are therefore to be explained anew."""
        self._looked_at.update(refs)
        self.context = with_second(self.context, found)
        return bool(found)

    def suspects(self) -> tuple[Suspect, ...]:
        """The cells that a second look may help to judge and that had none yet; the findings have their proposals."""
        case = Case(self.review, self.spec, self.findings, self.context)
        return tuple(one for one in suspects_of(case) if one.ref not in self._looked_at)

    def explain(self, case: Case, diagnosis: Diagnosis) -> bool:
        """Take over the findings of a diagnosis; False if it was made of other findings than those that stand."""
        if case.findings is not self.findings:
            return False
        self.findings = diagnosis.findings
        return True

    def decision(self, about: CellRef | Finding) -> Decision | None:
        """The answer that stands for a cell or a finding; None if there is none, or one about other figures."""
        return answer_to(about, self.review.form, self.review.decisions)

    def old_decision(self, about: CellRef | Finding) -> Decision | None:
        """The answer once given for other figures than those of now, or None."""
        return None if self.decision(about) is not None else self.review.decisions.get(target_of(about))

    def apply(self, edit: Edit, kind: str = EDIT) -> Change:
        """Change the form, check all of it again and keep the edit; ``kind`` is ``edit``, ``undo`` or ``redo``.

        An undo is given the inverse of the last edit of :meth:`done`, a redo the last of :meth:`undone`.

        Raises:
            WorkspaceError: the edit could not be kept; then nothing has changed, neither here nor in the file.
            ValueError: the edit does not fit the form or the history as they are.
        """
        form = _edited(self.review.form, edit)
        decisions = _decided(self.review.decisions, edit)
        if not self._history.accepts(kind, edit):
            raise ValueError(f"this {kind} does not follow from the journal")
        findings = find(self.review, self.spec, form, self.context)
        entry = JournalEntry(kind, edit, reviewer.who(), reviewer.now())
        self._workspace.append(self.report_id, entry, standing(findings, form, decisions))
        # Kept: from here on nothing can fail.
        for cell in edit.cells:
            self.review.form.decide(cell.ref, cell.after)
        self.review.decisions = decisions
        self._history.record(kind, edit)
        before, self.findings = self.findings, findings
        return Change(
            cells=tuple(dict.fromkeys(cell.ref for cell in edit.cells)),
            gone=_without(before, findings),
            new=_without(findings, before),
            findings=findings,
        )

    def done(self) -> list[Edit]:
        """The edits that can be undone, oldest first."""
        return list(self._history.done)

    def undone(self) -> list[Edit]:
        """The edits that can be redone; the last one first to be redone."""
        return list(self._history.undone)

    def audit_lines(self) -> list[AuditLine]:
        """What was decided about which cells, in the order of the form."""
        return audit_lines(self.review)


def _decision(cell: Cell, reading: Reading, who: str, when: str, why: str) -> Decided | None:
    if not why and _same_figure(reading, cell.as_read):
        return None
    return Decided(reading, who, when, why)


def _says_the_same(after: Decided | None, before: Decided | None) -> bool:
    """True if a decision repeats the one that stands; a decision without a reason does not take the reason back."""
    if after is None or before is None:
        return after is before
    return _same_figure(after.reading, before.reading) and after.why in ("", before.why)


def _same_figure(one: Reading, other: Reading) -> bool:
    return (one.state, one.value) == (other.state, other.value)


def _edited(form: FilledForm, edit: Edit) -> FilledForm:
    edited = form.copy()
    for cell in edit.cells:
        if cell.ref not in edited or edited[cell.ref].as_reviewed != cell.before:
            raise ValueError(f"the edit does not fit the form: {cell.ref}")
        edited.decide(cell.ref, cell.after)
    return edited


def _decided(decisions: Mapping[str, Decision], edit: Edit) -> dict[str, Decision]:
    found = dict(decisions)
    for change in edit.decisions:
        if found.pop(change.target, None) != change.before:
            raise ValueError(f"the edit does not fit the decisions: {change.target}")
        if change.after is not None:
            found[change.target] = change.after
    return found


def _same_answer(one: Decision, other: Decision) -> bool:
    return (one.outcome, one.note, one.figures) == (other.outcome, other.note, other.figures)


def _without(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    known = {_identity(finding) for finding in others}
    return tuple(finding for finding in findings if _identity(finding) not in known)


def _identity(finding: Finding) -> tuple[object, ...]:
    """A finding and its figures: the same problem with another sum is a new finding, for its sentence is another."""
    return (
        finding.fingerprint,
        finding.code,
        finding.severity,
        finding.expected,
        finding.actual,
        repr(finding.arguments),
    )
