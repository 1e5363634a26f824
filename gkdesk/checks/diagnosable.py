"""Which findings a diagnosis has anything to say about; light, so that a report without any loads no diagnosis."""

from __future__ import annotations

from collections.abc import Iterable

from gkdesk.model.finding import Finding
from gkdesk.model.spec import FormSpec

ABOUT_READING = frozenset({"reading.missing", "reading.doubtful"})


def diagnosable_rules(spec: FormSpec) -> frozenset[str]:
    """The rules whose findings may get proposals."""
    return ABOUT_READING | {identity.rule for identity in spec.identities}


def is_any_diagnosable(findings: Iterable[Finding], spec: FormSpec) -> bool:
    """True if one of the findings may get a proposal."""
    rules = diagnosable_rules(spec)
    return any(finding.rule in rules and finding.cells for finding in findings)
