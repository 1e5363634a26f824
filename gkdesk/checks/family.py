"""A report against those of the bodies it may cover. Nobody says whom a report covers, so the figures must show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gkdesk.checks.form_words import LIST_MARK
from gkdesk.checks.registry import rule
from gkdesk.checks.subject import Subject, by_row
from gkdesk.model.cellref import CellRef
from gkdesk.model.context import Neighbour
from gkdesk.model.finding import Finding, Severity, Verdict
from gkdesk.model.reading import Number, NumberKind, State, number_text

COVERED = 0.8
"""Share of the cells (of those where anybody has a figure) that equal the children's sum, from which on the report
plainly is their sum and the other cells are worth a look."""

FEWEST_CELLS = 8
"""With fewer cells to go by, agreement may be chance."""

FEWEST_CHILDREN = 2
"""One child alone is no family: its figures are a part of the parent's at most."""

MOST_LISTED = 5
"""Cells or bodies named in one sentence at most."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A cell of the parent beside the same cell of all children."""

    ref: CellRef
    own: Number
    total: Number
    exceeded_by: tuple[str, ...]


@rule("family")
def compare_with_children(subject: Subject) -> Iterator[Finding]:
    """Cells that are not the sum of the children's where the others are; a child with more than the whole."""
    children = [child for child in subject.context.children if child.year == subject.extracted.year]
    if not children:
        return
    alike = [child for child in children if child.form.edition == subject.form.edition]
    if len(alike) < len(children):
        counts: dict[str, object] = {"count": len(children), "others": len(children) - len(alike)}
        yield _cannot("family.other-edition", counts)
        return
    pairs, unread = _pairs(subject, alike)
    if unread and len(alike) >= FEWEST_CHILDREN:
        yield _cannot("family.unread", {"count": len(children), "cells": unread})
    if len(alike) >= FEWEST_CHILDREN and _is_sum(pairs):
        differing = [pair for pair in pairs if pair.own != pair.total]
        for cells in by_row(subject.form[pair.ref] for pair in differing).values():
            yield _not_the_sum(subject, [pair for pair in differing if pair.ref in {c.ref for c in cells}], len(alike))
        return
    exceeding = [pair for pair in pairs if pair.exceeded_by]
    yield _cannot("family.coverage", {"count": len(children)})
    if exceeding:
        yield _exceeded(subject, exceeding)


def _pairs(subject: Subject, children: list[Neighbour]) -> tuple[list[_Pair], int]:
    """The cells that can be compared and in which anybody has a figure; and how many cannot be."""
    found: list[_Pair] = []
    unread = 0
    for cell in subject.cells:
        ref = cell.ref
        if subject.spec.column(ref).kind is NumberKind.SIGNED:
            continue
        values = [_value(child, ref) for child in children]
        known = [value for value in values if value is not None]
        if ref in subject.unknown or ref in subject.unfilled or len(known) < len(values):
            unread += 1
            continue
        own, total = subject.values[ref], sum(known, start=0)
        if own or total:
            bodies = tuple(child.organization for child, value in zip(children, known, strict=True) if value > own)
            found.append(_Pair(ref, own, total, bodies))
    return found, unread


def _value(child: Neighbour, ref: CellRef) -> Number | None:
    if ref not in child.form:
        return None
    cell = child.form[ref]
    return 0 if cell.state is State.BLANK else cell.value


def _is_sum(pairs: list[_Pair]) -> bool:
    return len(pairs) >= FEWEST_CELLS and sum(pair.own == pair.total for pair in pairs) >= COVERED * len(pairs)


def _not_the_sum(subject: Subject, pairs: list[_Pair], count: int) -> Finding:
    spec, ref = subject.spec, pairs[0].ref
    figures = LIST_MARK.join(
        f"{spec.column_words(pair.ref)} {number_text(pair.own)} ≠ {number_text(pair.total)}" for pair in pairs
    )
    arguments: dict[str, object] = {
        "table": spec.table(ref.table).nickname,
        "row": spec.row_words(ref),
        "figures": figures,
        "count": count,
    }
    refs = tuple(pair.ref for pair in pairs)
    return Finding(
        "family.sum", "family.sum", Verdict.NOTICE, Severity.WARNING, refs, arguments=arguments, about=ref.row
    )


def _exceeded(subject: Subject, pairs: list[_Pair]) -> Finding:
    bodies = list(dict.fromkeys(body for pair in pairs for body in pair.exceeded_by))
    words = [f"{subject.spec.cell_words(pair.ref)} {number_text(pair.own)}" for pair in pairs[:MOST_LISTED]]
    arguments: dict[str, object] = {
        "bodies": LIST_MARK.join(bodies[:MOST_LISTED]),
        "count": len(pairs),
        "cells": LIST_MARK.join(words),
    }
    refs = tuple(pair.ref for pair in pairs)
    return Finding(
        "family.exceeded", "family.exceeded", Verdict.NOTICE, Severity.INFO, refs, arguments=arguments, about="*"
    )


def _cannot(code: str, arguments: dict[str, object]) -> Finding:
    return Finding("family", code, Verdict.UNDECIDED, Severity.INFO, arguments=arguments, about=code)
