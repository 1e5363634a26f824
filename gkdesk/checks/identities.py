"""Totals identities (勾稽关系), generated from the edition of the form: each is closed, broken or cannot be judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gkdesk.checks.form_words import MOST_LISTED, line_arguments, listed, operand_words, written_sum
from gkdesk.checks.registry import rule
from gkdesk.checks.subject import ROW, Subject
from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Finding, Severity, Verdict
from gkdesk.model.reading import State, number_text
from gkdesk.model.spec import Identity

LONGEST_WRITTEN_SUM = 8
"""With more operands than this, those that are zero are not written out one by one."""

MOST_LISTED_UNDECIDED = 3
"""With more identities of one kind than this that cannot be judged, one finding speaks for all."""


@rule("identities")
def judge_identities(subject: Subject) -> Iterator[Finding]:
    """Broken identities; then those that cannot be judged, and why. An identity that closes is passed over."""
    unread: dict[str, list[Identity]] = defaultdict(list)
    unfilled: dict[str, list[Identity]] = defaultdict(list)
    for identity in subject.identities:
        if not subject.unknown.isdisjoint(identity.cells):
            unread[identity.spec.rule].append(identity)
        elif not subject.unfilled.isdisjoint(identity.cells):
            if identity.spec.each == ROW:
                yield _unfilled_row(subject, identity)
            else:
                unfilled[identity.spec.rule].append(identity)
        elif subject.total(identity.left) != subject.total(identity.right):
            yield _open(subject, identity)
    for identities in unfilled.values():
        yield from _undecided(subject, identities, subject.unfilled, "unfilled")
    for identities in unread.values():
        yield from _undecided(subject, identities, subject.unknown, "unread")


def _open(subject: Subject, identity: Identity) -> Finding:
    """The two sides differ: broken, or, if a doubtful figure takes part, not to be judged before it is looked at."""
    left, right = subject.total(identity.left), subject.total(identity.right)
    is_doubtful = any(subject.form[ref].state is State.DOUBTFUL for ref in identity.cells)
    difference = left - right if left > right else right - left
    arguments = line_arguments(subject, identity) | _sum_arguments(subject, identity)
    arguments |= {"left": number_text(left), "right": number_text(right), "difference": number_text(difference)}
    return Finding(
        identity.spec.rule,
        f"identity.{'doubtful' if is_doubtful else 'broken'}.{identity.spec.each}",
        Verdict.UNDECIDED if is_doubtful else Verdict.BROKEN,
        Severity.WARNING if is_doubtful else Severity.ERROR,
        identity.cells,
        expected=left,
        actual=right,
        arguments=arguments,
        about=identity.line,
    )


def _sum_arguments(subject: Subject, identity: Identity) -> dict[str, object]:
    """The sum written out with every operand named, the blanks that count as zero, and the doubtful figures."""
    parts = ["sum"]
    without_zeros = len(identity.left) > LONGEST_WRITTEN_SUM
    zeros = sum(subject.values[ref] == 0 for ref in identity.left)
    if without_zeros and zeros:
        parts = ["sum-all-zero" if zeros == len(identity.left) else "sum-rest-zero"]
    arguments: dict[str, object] = {
        "left_sum": written_sum(subject, identity, identity.left, without_zeros),
        "right_sum": written_sum(subject, identity, identity.right),
    }
    for part, state in (("blanks", State.BLANK), ("doubtful", State.DOUBTFUL)):
        refs = [ref for ref in identity.cells if subject.form[ref].state is state]
        if refs:
            parts.append(f"{part}-many" if len(refs) > MOST_LISTED else part)
            arguments |= {part: listed(operand_words(subject, identity, refs)), f"{part}_count": len(refs)}
    return arguments | {"parts": " ".join(parts)}


def _unfilled_row(subject: Subject, identity: Identity) -> Finding:
    """A row in which one side was not filled in: the total, or everything but the total."""
    left, right = subject.total(identity.left), subject.total(identity.right)
    is_total_blank = not subject.unfilled.isdisjoint(identity.right)
    arguments = line_arguments(subject, identity) | {"left": number_text(left), "right": number_text(right)}
    if is_total_blank:
        arguments |= {"parts": "left-sum", "left_sum": written_sum(subject, identity, identity.left)}
    return Finding(
        identity.spec.rule,
        "identity.blank-total" if is_total_blank else "identity.only-total",
        Verdict.UNDECIDED,
        Severity.WARNING,
        identity.cells,
        expected=left if is_total_blank else None,
        actual=None if is_total_blank else right,
        arguments=arguments,
        about=identity.line,
    )


def _undecided(
    subject: Subject, identities: list[Identity], without: frozenset[CellRef], code: str
) -> Iterator[Finding]:
    """Identities of one kind that cannot be judged ``without`` some cells: one by one, or one finding for many."""
    is_nothing_there = len(identities) > 1 and all(without.issuperset(identity.cells) for identity in identities)
    if len(identities) > MOST_LISTED_UNDECIDED or is_nothing_there:
        refs = tuple(dict.fromkeys(ref for identity in identities for ref in identity.cells if ref in without))
        counts: dict[str, object] = {"count": len(identities)}
        yield _info(subject, identities[0], f"identity.{code}-many", refs, counts, "*")
        return
    for identity in identities:
        words = operand_words(subject, identity, [ref for ref in identity.cells if ref in without])
        arguments: dict[str, object] = {"cells": listed(words), "count": len(words)}
        of_many = "-in" if len(words) > MOST_LISTED else ""
        sentence = f"identity.{code}{of_many}.{identity.spec.each}"
        yield _info(subject, identity, sentence, identity.cells, arguments, identity.line)


def _info(
    subject: Subject,
    identity: Identity,
    code: str,
    cells: tuple[CellRef, ...],
    arguments: dict[str, object],
    about: str,
) -> Finding:
    return Finding(
        identity.spec.rule,
        code,
        Verdict.UNDECIDED,
        Severity.INFO,
        cells,
        arguments=line_arguments(subject, identity) | arguments,
        about=about,
    )
