"""Which cell is to blame: proposals for broken identities, and figures that follow for cells without one.

Nothing is applied. A proposal without changes is 原文如此: the figures were read rightly, the source does not add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gkdesk.checks.diagnosable import ABOUT_READING, diagnosable_rules, is_any_diagnosable
from gkdesk.checks.recognised import recognised_cells
from gkdesk.checks.repair.deduction import Follows, deduce
from gkdesk.checks.repair.evidence import Testimony
from gkdesk.checks.repair.explain import Group, explain
from gkdesk.checks.repair.proposals import Changes, assumptions, propose, propose_blank_totals, propose_deduced
from gkdesk.checks.repair.sentences import passages
from gkdesk.checks.repair.system import System
from gkdesk.checks.repair.weighing import Scale
from gkdesk.checks.subject import Subject
from gkdesk.model.cellref import CellRef
from gkdesk.model.context import ALONE, Context
from gkdesk.model.finding import Finding, Proposal
from gkdesk.model.form import FilledForm
from gkdesk.model.reading import Number
from gkdesk.model.review import Extracted
from gkdesk.model.spec import FormSpec

_One = TypeVar("_One")


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
    if not is_any_diagnosable(findings, spec):
        return tuple(findings)
    rules = diagnosable_rules(spec)
    subject = Subject.of(extracted, form, spec)
    system = System.of(subject)
    testimony = Testimony.of(extracted.witnesses, context, _Figures(subject))
    pictured = recognised_cells(extracted, form, kind)
    answers = _answer(Scale.of(subject, system, testimony, pictured))
    return tuple(answers.attach(finding) if finding.rule in rules else finding for finding in findings)


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
        follows: figures that follow for cells without one, by what is taken to be right.
        habits: by total that the report leaves blank like others of its table, the proposals about all of them.
    """

    scale: Scale
    by_identity: dict[tuple[str, str], tuple[Proposal, ...]] = field(default_factory=dict)
    by_cell: dict[CellRef, tuple[Proposal, ...]] = field(default_factory=dict)
    follows: tuple[Follows, ...] = ()
    habits: Mapping[CellRef, tuple[Proposal, ...]] = field(default_factory=dict)

    def attach(self, finding: Finding) -> Finding:
        """The finding with its proposals, none of an earlier diagnosis."""
        finding = replace(finding, proposals=()) if finding.proposals else finding
        proposals = self.by_identity.get((finding.rule, finding.about), ())
        if finding.rule in ABOUT_READING:
            proposals = _distinct(proposal for ref in finding.cells for proposal in self.by_cell.get(ref, ()))
        follows = _distinct(one for ref in finding.cells for one in self.habits.get(ref, ()))
        follows += propose_deduced(self.scale, [ref for ref in finding.cells if ref not in self.habits], self.follows)
        proposals += tuple(one for one in follows if one.changes or not proposals)
        if not proposals:
            return finding
        own = (self._of(finding, proposal) for proposal in proposals)
        found = _distinct(one for changes in own for one in passages(self.scale, changes))
        evidence = finding.evidence + tuple(one for one in found if one not in finding.evidence)
        return replace(finding, proposals=proposals, evidence=evidence)

    def _of(self, finding: Finding, proposal: Proposal) -> Changes:
        """What a proposal changes; of blank totals only those the finding is about, as others have their own."""
        cells = set(finding.cells)
        return tuple(one for one in proposal.changes if one[0] in cells or one[0] not in self.habits)


def _answer(scale: Scale) -> _Answers:
    answers = _Answers(scale)
    system, prices = scale.system, scale.prices()
    groups: list[Group] = []
    for residuals in system.clusters(system.residuals(), scale.links):
        for group in explain(scale, prices, residuals):
            groups.append(group)
            proposals = propose(scale, group)
            for number in group.identities:
                identity = system.identities[number]
                line = (identity.spec.rule, identity.line)
                answers.by_identity[line] = answers.by_identity.get(line, ()) + proposals
            for ref, _ in next((one.changes for one in proposals if one.changes), ()):
                answers.by_cell[ref] = proposals
    answers.follows = tuple(_follow(scale, groups))
    answers.habits = propose_blank_totals(scale, answers.follows)
    return answers


def _follow(scale: Scale, groups: Sequence[Group]) -> Iterator[Follows]:
    """What follows for cells without a figure: from the figures as they will be, not as they are."""
    system = scale.system
    for change, share in assumptions(groups) if system.unknown else ():
        values = list(system.values)
        for cell, by in change:
            values[cell] += by
        deduced = deduce(replace(system, values=tuple(values)), scale.allowed)
        if deduced:
            yield Follows(deduced, share)


def _distinct(found: Iterable[_One]) -> tuple[_One, ...]:
    result: list[_One] = []
    for one in found:
        if one not in result:
            result.append(one)
    return tuple(result)
