"""Runs all rules over a report. A rule that fails becomes a finding and a logged error, never a crash."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from gkdesk.checks import family, figures, identities, last_year, origin, prose, readings, relations
from gkdesk.checks.registry import Rule
from gkdesk.checks.subject import Subject
from gkdesk.model.context import ALONE, Context
from gkdesk.model.finding import Finding, Severity, Verdict
from gkdesk.model.form import FilledForm
from gkdesk.model.review import Extracted
from gkdesk.model.spec import FormSpec

RULES: tuple[Rule, ...] = (
    identities.judge_identities,
    readings.find_doubts,
    readings.find_missing,
    origin.judge_edition,
    origin.repeat_notes,
    relations.judge_inequalities,
    figures.find_negatives,
    figures.find_fractions,
    prose.compare_prose,
    prose.compare_all_finished,
    prose.compare_fee,
    last_year.compare_with_last_year,
    family.compare_with_children,
    relations.judge_advisories,
    readings.find_blanks,
)
"""All rules; of findings that weigh the same, those of an earlier rule come first."""

_log = logging.getLogger(__name__)

_BY_SEVERITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_BY_VERDICT = {Verdict.BROKEN: 0, Verdict.UNDECIDED: 1, Verdict.DOUBTFUL: 2, Verdict.NOTICE: 3}


def check(
    extracted: Extracted,
    form: FilledForm,
    spec: FormSpec,
    context: Context = ALONE,
    rules: Sequence[Rule] = RULES,
) -> tuple[Finding, ...]:
    """All findings about ``form``, worst first; within one severity by rule, then in the order of the tables."""
    try:
        subject = Subject.of(extracted, form, spec, context)
    except KeyError:
        _log.exception("the form does not fit edition %s", spec.edition)
        return (_failed("form"),)
    tables = {table.id: place for place, table in enumerate(spec.tables)}

    def weight(found: tuple[int, Finding]) -> tuple[int, int, int, int]:
        place, finding = found
        table = tables.get(finding.cells[0].table, 0) if finding.cells else 0
        return _BY_SEVERITY[finding.severity], place, table, _BY_VERDICT[finding.verdict]

    found = [(place, finding) for place, rule in enumerate(rules) for finding in _run(rule, subject)]
    return tuple(finding for _, finding in sorted(found, key=weight))


def _run(rule: Rule, subject: Subject) -> Iterator[Finding]:
    try:
        yield from rule(subject)
    except Exception:  # noqa: BLE001 - a rule must not take the reviewer's work down with it
        _log.exception("rule %s failed", rule.name)
        yield _failed(rule.name)


def _failed(rule_name: str) -> Finding:
    return Finding(
        rule_name,
        "rule-failed",
        Verdict.UNDECIDED,
        Severity.WARNING,
        arguments={"rule": rule_name},
        about="rule-failed",
    )
