"""Single figures that cannot be right whatever the others are: negative counts and amounts, counts with a fraction."""

from __future__ import annotations

from collections.abc import Iterator

from gkdesk.checks.registry import rule
from gkdesk.checks.subject import Subject
from gkdesk.model.finding import Finding, Severity, Verdict
from gkdesk.model.form import Cell
from gkdesk.model.reading import NumberKind, number_text


@rule("figure.negative")
def find_negatives(subject: Subject) -> Iterator[Finding]:
    """Numbers below zero where the form does not ask for an increase or decrease."""
    for cell in subject.form:
        is_negative = cell.value is not None and cell.value < 0
        if is_negative and subject.spec.column(cell.ref).kind is not NumberKind.SIGNED:
            yield _suspicious(subject, cell, "figure.negative")


@rule("figure.fraction")
def find_fractions(subject: Subject) -> Iterator[Finding]:
    """Counts that are no whole number. One that extraction has doubted for this reason is reported as a doubt."""
    for cell in subject.form:
        is_whole = cell.value is None or cell.value == int(cell.value)
        if is_whole or "fraction" in cell.reading.doubts:
            continue
        if subject.spec.column(cell.ref).kind is not NumberKind.AMOUNT:
            yield _suspicious(subject, cell, "figure.fraction")


def _suspicious(subject: Subject, cell: Cell, code: str) -> Finding:
    arguments: dict[str, object] = {"cell": subject.spec.cell_words(cell.ref), "value": number_text(cell.value)}
    return Finding(code, code, Verdict.NOTICE, Severity.WARNING, (cell.ref,), arguments=arguments)
