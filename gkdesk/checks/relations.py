"""Figures that are suspicious beside one another or for the body that reports them; the edition's data says which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdesk.checks.form_words import LIST_MARK, line_arguments, listed, operand_words, written_sum
from gkdesk.checks.registry import rule
from gkdesk.checks.subject import Subject
from gkdesk.model.finding import Finding, Severity, Verdict
from gkdesk.model.reading import number_text
from gkdesk.model.spec import AdvisorySpec, Identity


@rule("relations.inequalities")
def judge_inequalities(subject: Subject) -> Iterator[Finding]:
    """Inequalities that do not hold; and those that cannot be judged, unless an identity over the cells says so."""
    summed = {ref for identity in subject.identities for ref in identity.cells}
    for inequality in subject.spec.inequalities_of(subject.form):
        unknown = subject.unknown.intersection(inequality.cells)
        if unknown and not unknown <= summed and len(unknown) < len(inequality.cells):
            yield _unread(subject, inequality)
        if unknown or not subject.unfilled.isdisjoint(inequality.cells):
            continue
        if subject.total(inequality.left) > subject.total(inequality.right):
            yield _exceeded(subject, inequality)


def _exceeded(subject: Subject, inequality: Identity) -> Finding:
    left, right = subject.total(inequality.left), subject.total(inequality.right)
    arguments = line_arguments(subject, inequality)
    arguments |= {"left": number_text(left), "right": number_text(right)}
    if len(inequality.right) > 1:
        arguments |= {"parts": "right-sum", "right_sum": written_sum(subject, inequality, inequality.right)}
    return Finding(
        inequality.spec.rule,
        f"inequality.{'exceeded' if inequality.left else 'negative'}.{inequality.spec.each}",
        Verdict.NOTICE,
        Severity.WARNING,
        inequality.cells,
        arguments=arguments,
        about=inequality.line,
    )


def _unread(subject: Subject, inequality: Identity) -> Finding:
    words = operand_words(subject, inequality, [ref for ref in inequality.cells if ref in subject.unknown])
    return Finding(
        inequality.spec.rule,
        f"inequality.unread.{inequality.spec.each}",
        Verdict.UNDECIDED,
        Severity.INFO,
        inequality.cells,
        arguments=line_arguments(subject, inequality) | {"cells": listed(words)},
        about=inequality.line,
    )


@rule("relations.advisories")
def judge_advisories(subject: Subject) -> Iterator[Finding]:
    """Rows that a body of this kind usually leaves at zero, but did not."""
    name = subject.extracted.organization or ""
    for advisory in subject.spec.advisories:
        if any(re.search(pattern, name) for pattern in advisory.organizations):
            yield from _advise(subject, advisory, name)


def _advise(subject: Subject, advisory: AdvisorySpec, organization: str) -> Iterator[Finding]:
    cells = [cell for cell in subject.form if cell.ref[:2] == (advisory.table, advisory.row) and cell.value]
    if not cells:
        return
    figures = LIST_MARK.join(f"{subject.spec.column_words(cell.ref)} {number_text(cell.value)}" for cell in cells)
    yield Finding(
        advisory.rule,
        "advisory.usually-zero",
        Verdict.NOTICE,
        Severity.INFO,
        tuple(cell.ref for cell in cells),
        arguments={
            "table": subject.spec.table(advisory.table).nickname,
            "row": subject.spec.row_words(cells[0].ref),
            "organization": organization,
            "figures": figures,
            "words": advisory.words,
        },
        about=advisory.row,
    )
