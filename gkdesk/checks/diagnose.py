"""Which cell is to blame: proposals for broken identities, and figures that follow for cells without one.

Nothing is applied. A proposal without changes is 原文如此: the figures were read rightly, the source does not add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gkdesk.checks.repair.deduction import Deduced, deduce
from gkdesk.checks.repair.evidence import Testimony
from gkdesk.checks.repair.explain import explain
from gkdesk.checks.repair.proposals import propose, propose_deduced, undisputed
from gkdesk.checks.repair.sentences import passages
from gkdesk.checks.repair.system import System
from gkdesk.checks.repair.weighing import Scale
from gkdesk.checks.subject import Subject
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import AS_CHARACTERS, RECOGNISED, SourceKind
from gkdesk.model.context import ALONE, Context
from gkdesk.model.finding import Finding, Proposal
from gkdesk.model.form import FilledForm
from gkdesk.model.place import PagePlace
from gkdesk.model.reading import Number
from gkdesk.model.review import Extracted
from gkdesk.model.spec import FormSpec

_One = TypeVar("_One")

_ABOUT_READING = frozenset({"reading.missing", "reading.doubtful"})


def diagnose(
    findings: Sequence[Finding],
    extracted: Extracted,
    form: FilledForm,
    spec: FormSpec,
    kind: str,
    context: Context = ALONE,
) -> tuple[Finding, ...]:
    """The same findings in the same order, those about identities and unsure cells with ``proposals``.

    Proposals that rest on the prose come with its passages as evidence. ``kind`` is the kind of the source
    (:class:`SourceKind`). The work is bounded, and the same for the same report.
    """
    rules = {identity.rule for identity in spec.identities} | _ABOUT_READING
    if not any(finding.rule in rules and finding.cells for finding in findings):
        return tuple(findings)
    subject = Subject.of(extracted, form, spec)
    system = System.of(subject)
    testimony = Testimony.of(extracted.witnesses, context, _Figures(subject))
    answers = _answer(Scale.of(subject, system, testimony, _pictured(subject, kind)))
    return tuple(answers.attach(finding) if finding.rule in rules else finding for finding in findings)


def _pictured(subject: Subject, kind: str) -> frozenset[CellRef]:
    """The cells whose figures were recognised in pictures: all of them, those on some pages, or none."""
    notes = {note.code: note.arguments for note in subject.extracted.notes}
    everything = frozenset(cell.ref for cell in subject.form)
    if kind == SourceKind.PICTURE or "picture-tables" in notes:
        return everything
    if RECOGNISED not in notes:
        return frozenset()
    pages = set(re.findall(r"\d+", str(notes[RECOGNISED].get("pages", ""))))
    # Of an exported workbook the places are gone; what stood on other pages is named.
    named = str(notes[RECOGNISED].get(AS_CHARACTERS, "")).split()
    places = {cell.ref: cell.place for cell in subject.form}
    elsewhere = {ref for ref, at in places.items() if isinstance(at, PagePlace) and str(at.page) not in pages}
    return frozenset(ref for ref in everything - elsewhere if str(ref) not in named)


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figure of a cell as sums count it; None if nobody knows it."""

    subject: Subject

    def __call__(self, ref: CellRef) -> Number | None:
        if ref in self.subject.unknown or ref in self.subject.unfilled:
            return None
        return self.subject.values.get(ref)


@dataclass(slots=True)
class _Answers:
    """What was found out about a report.

    Attributes:
        by_identity: proposals by rule and line of the identities they explain.
        by_cell: the same by the cells that the first of them changes.
        deduced: figures that follow for cells without one.
    """

    scale: Scale
    by_identity: dict[tuple[str, str], tuple[Proposal, ...]] = field(default_factory=dict)
    by_cell: dict[CellRef, tuple[Proposal, ...]] = field(default_factory=dict)
    deduced: Mapping[CellRef, Deduced] = field(default_factory=dict)

    def attach(self, finding: Finding) -> Finding:
        """The finding with its proposals."""
        proposals = self.by_identity.get((finding.rule, finding.about), ())
        if finding.rule in _ABOUT_READING:
            proposals = _distinct(proposal for ref in finding.cells for proposal in self.by_cell.get(ref, ()))
        follows = propose_deduced(self.scale, finding.cells, self.deduced)
        proposals += tuple(one for one in follows if one.changes or not proposals)
        if not proposals:
            return finding
        found = _distinct(one for proposal in proposals for one in passages(self.scale, proposal.changes))
        evidence = finding.evidence + tuple(one for one in found if one not in finding.evidence)
        return replace(finding, proposals=proposals, evidence=evidence)


def _answer(scale: Scale) -> _Answers:
    answers = _Answers(scale)
    system, prices = scale.system, scale.prices()
    values = list(system.values)
    for residuals in system.clusters(system.residuals(), scale.links):
        for group in explain(scale, prices, residuals):
            proposals = propose(scale, group)
            for number in group.identities:
                identity = system.identities[number]
                line = (identity.spec.rule, identity.line)
                answers.by_identity[line] = answers.by_identity.get(line, ()) + proposals
            for ref, _ in next((one.changes for one in proposals if one.changes), ()):
                answers.by_cell[ref] = proposals
            # What is missing follows from the figures as they will be, not as they are.
            for cell, by in undisputed(group):
                values[cell] += by
    answers.deduced = deduce(replace(system, values=tuple(values)), scale.allowed)
    return answers


def _distinct(found: Iterable[_One]) -> tuple[_One, ...]:
    result: list[_One] = []
    for one in found:
        if one not in result:
            result.append(one)
    return tuple(result)
