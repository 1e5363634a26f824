"""Diagnosis and proof of a report as a value that can travel: made from an open review, worked out anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gkdesk.model.cellref import CellRef
from gkdesk.model.context import ALONE, Context
from gkdesk.model.finding import Finding
from gkdesk.model.proof import Proof
from gkdesk.model.review import Review
from gkdesk.model.spec import FormSpec


@dataclass(frozen=True, slots=True)
class Case:
    """What a diagnosis needs; nobody changes it any more.

    Attributes:
        review: a copy with a form of its own.
        findings: those to be explained.
    """

    review: Review
    spec: FormSpec
    findings: tuple[Finding, ...]
    context: Context = ALONE


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The findings of a case with their proposals, and how far each cell is proven."""

    findings: tuple[Finding, ...]
    proofs: Mapping[CellRef, Proof]


def case_of(review: Review, spec: FormSpec, findings: tuple[Finding, ...], context: Context = ALONE) -> Case:
    """The case of a report as it stands now."""
    return Case(replace(review, form=review.form.copy()), spec, findings, context)


def explain(case: Case) -> tuple[Finding, ...]:
    """The findings with their proposals; never raises for a report that was checked."""
    from gkdesk.checks.diagnosable import is_any_diagnosable

    if not is_any_diagnosable(case.findings, case.spec):
        return case.findings
    from gkdesk.checks.diagnose import diagnose as propose

    review = case.review
    return propose(case.findings, review.extracted, review.form, case.spec, review.kind, case.context)


def diagnose(case: Case) -> Diagnosis:
    """Explain the findings and weigh the proof of every cell."""
    return Diagnosis(explain(case), weigh(case))


def weigh(case: Case) -> Mapping[CellRef, Proof]:
    """What speaks for each cell the report has to fill."""
    from gkdesk.checks.proof import proofs

    return proofs(case.review.extracted, case.review.form, case.spec, case.context)
