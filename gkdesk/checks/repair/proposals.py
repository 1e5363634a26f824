"""Explanations and figures that follow, as proposals: with a probability, a sentence, and how many others there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from math import prod

from gkdesk.checks.repair import sentences
from gkdesk.checks.repair.deduction import Deduced, Follows
from gkdesk.checks.repair.explain import Group, Solution, probabilities
from gkdesk.checks.repair.search import Change
from gkdesk.checks.repair.system import plain
from gkdesk.checks.repair.weighing import Scale
from gkdesk.checks.subject import ROW
from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Proposal
from gkdesk.model.reading import Number, State
from gkdesk.model.spec import Identity

AS_PRINTED = "as-printed"
"""Reason of the proposal 原文如此, which has no changes."""
DEDUCED = "deduced"
BLANK_TOTALS = "blank-totals"

FEWEST_HABIT = 3
"""Totals of a table left blank from which on it is a habit; one or two may have been lost."""

MOST_SHOWN = 5
"""Explanations shown at most; their sentence says of how many."""

FAR_BEHIND = 5.5
"""An explanation that costs so much more than the cheapest one is not worth a look."""

NEARLY_AS_LIKELY = 1.4
"""Explanations within a factor of four of the best one are all told to the reporting body."""

MOST_ASSUMED = 4
"""So many combinations of explanations are followed up where cells have no figure."""

STILL_LIKELY = 2.2
"""What follows from explanations within a factor of nine of the best one is told, too."""

APART = 1.0
"""原文如此 is behind the best explanation, or ahead of it, by so much at least."""

SURE, SURE_ONE_WAY, SURE_TOGETHER = 0.97, 0.85, 0.75
"""How sure a figure is that follows from several identities, from one, or only from several together."""
UNSURE_SOURCE, CONTRADICTED = 0.7, 0.5
"""Less sure by these factors if a doubtful figure takes part, and if the prose says something else."""

Changes = tuple[tuple[CellRef, Number], ...]
"""Cells, and the figures they get."""

AS_PRINTED_CHARACTERS = 0.8
"""How likely the source itself is as it was read, where it is of characters and no explanation is at hand."""


def propose(scale: Scale, group: Group) -> tuple[Proposal, ...]:
    """The explanations of a group and 原文如此, most likely first, with probabilities."""
    if not group.solutions:
        return (_not_located(scale, group),)
    near = near_best(group, FAR_BEHIND)
    scores = probabilities([_source_cost(scale, near), *(one.cost for one in near)])
    found = [
        Proposal(
            sentences.changed(scale, one.change),
            score,
            sentences.reason_of(scale, one.change, one.move),
            _arguments(scale, one, near, group),
        )
        for one, score in zip(near[:MOST_SHOWN], scores[1:], strict=False)
    ]
    likely = [sentences.changed(scale, one.change) for one in near_best(group, NEARLY_AS_LIKELY)]
    remark = sentences.remark(scale, _identities(scale, group), likely)
    seen_twice = all(scale.is_seen_twice(cell) for cell, _ in near[0].change)
    parts = "second-same" if seen_twice else ""
    found.append(Proposal((), scores[0], AS_PRINTED, {"remark": remark, "solutions": len(near), "parts": parts}))
    return tuple(sorted(found, key=lambda proposal: -proposal.score))


def near_best(group: Group, distance: float) -> list[Solution]:
    """The explanations that cost no more than the best one and ``distance``."""
    return [one for one in group.solutions if one.cost <= group.solutions[0].cost + distance]


def assumptions(groups: Iterable[Group]) -> list[tuple[Change, float]]:
    """What to take for right before anything follows from the rest: changes, and how likely these are.

    First the best explanation of every group; then the same with one group explained otherwise, nearly as likely.
    """
    near = [near_best(group, STILL_LIKELY) for group in groups if group.solutions]
    shares = [probabilities([one.cost for one in ones]) for ones in near]
    found = [([ones[0].change for ones in near], prod(share[0] for share in shares))]
    best, likely = found[0]
    for place, ones in enumerate(near):
        for other, share in zip(ones[1:], shares[place][1:], strict=True):
            changes = [*best[:place], other.change, *best[place + 1 :]]
            found.append((changes, likely * share / shares[place][0]))
    found = sorted(found, key=lambda one: -one[1])[:MOST_ASSUMED]
    total = sum(share for _, share in found)
    return [(tuple(chain.from_iterable(changes)), share / total) for changes, share in found]


def propose_deduced(scale: Scale, cells: Sequence[CellRef], follows: Sequence[Follows]) -> tuple[Proposal, ...]:
    """One proposal with all figures that follow for the cells, or several if that depends on what else is right;
    原文如此 too where the source has a blank.
    """
    found: dict[Changes, tuple[list[Deduced], float]] = {}
    for one in follows:
        deduced = [one.deduced[ref] for ref in dict.fromkeys(cells) if ref in one.deduced]
        changes = tuple((each.ref, plain(each.value)) for each in deduced)
        if changes:
            found[changes] = (deduced, one.share + found.get(changes, ([], 0.0))[1])
    if not found:
        return ()
    blank = 0.0
    first = next(iter(found))
    if all(scale.subject.form[ref].state is State.BLANK for ref, _ in first):
        blank = _as_printed(scale, [ref for ref, _ in first])
    proposals = [
        _following(scale, changes, deduced, share * (1.0 - blank), len(found))
        for changes, (deduced, share) in found.items()
    ]
    if blank:
        remark = sentences.fill_remark(scale, first)
        proposals.append(Proposal((), blank, AS_PRINTED, {"remark": remark, "solutions": 1, "parts": ""}))
    return tuple(sorted(proposals, key=lambda proposal: -proposal.score))


def propose_blank_totals(scale: Scale, follows: Sequence[Follows]) -> dict[CellRef, tuple[Proposal, ...]]:
    """Where a report leaves the totals of several rows blank, one proposal for all of a table, by each of the totals.

    Each is the sum of its own row, whatever else is right; taken over together they are one step.
    """
    subject = scale.subject
    blank = {
        ref: None
        for identity in subject.identities
        if identity.spec.each == ROW
        for ref in identity.right
        if ref in subject.unfilled and len(identity.right) == 1
    }
    tables: dict[str, list[Deduced]] = {}
    for ref in blank:
        found = [one.deduced.get(ref) for one in follows]
        first = found[0] if found else None
        if first is not None and first.ways and all(one is not None and one.value == first.value for one in found):
            tables.setdefault(ref.table, []).append(first)
    proposals: dict[CellRef, tuple[Proposal, ...]] = {}
    for totals in tables.values():
        if len(totals) >= FEWEST_HABIT:
            proposals |= dict.fromkeys((one.ref for one in totals), _blank_totals(scale, totals))
    return proposals


def _blank_totals(scale: Scale, totals: Sequence[Deduced]) -> tuple[Proposal, ...]:
    changes = tuple((one.ref, plain(one.value)) for one in totals)
    blank = _as_printed(scale, [ref for ref, _ in changes])
    filled = replace(_following(scale, changes, totals, 1.0 - blank, 1), reason=BLANK_TOTALS)
    remark = {"remark": sentences.fill_remark(scale, changes), "solutions": 1, "parts": ""}
    return tuple(sorted((Proposal((), blank, AS_PRINTED, remark), filled), key=lambda proposal: -proposal.score))


def _following(scale: Scale, changes: Changes, found: Sequence[Deduced], share: float, others: int) -> Proposal:
    score = share * min(_sureness(scale, one) for one in found)
    parts = [part for part in sentences.support(scale, changes) if part != "doubtful"]
    if sentences.is_contradicted(scale, changes):
        score *= CONTRADICTED
        parts.append("prose-other")
    if others > 1:
        parts.append("one-of")
    arguments: dict[str, object] = {
        "changes": sentences.changes_words(scale, changes),
        "count": len(changes),
        "solutions": others,
        "parts": " ".join(parts),
    }
    return Proposal(changes, score, DEDUCED, arguments)


def _not_located(scale: Scale, group: Group) -> Proposal:
    remark = sentences.remark(scale, _identities(scale, group), ())
    score = _as_printed(scale, [ref for identity in _identities(scale, group) for ref in identity.cells])
    return Proposal((), score, AS_PRINTED, {"remark": remark, "solutions": 0, "parts": "not-located"})


def _as_printed(scale: Scale, cells: Sequence[CellRef]) -> float:
    return AS_PRINTED_CHARACTERS if scale.pictured.isdisjoint(cells) else 1.0 - AS_PRINTED_CHARACTERS


def _identities(scale: Scale, group: Group) -> list[Identity]:
    return [scale.system.identities[number] for number in sorted(group.identities)]


def _source_cost(scale: Scale, near: Sequence[Solution]) -> float:
    """Dearer than the best explanation where misreading is to be expected, cheaper where it is not."""
    best = near[0]
    cost = scale.source_cost(best.change)
    if scale.may_be_misread(best.change):
        return max(cost, best.cost + APART)
    return min(cost, best.cost - APART)


def _arguments(scale: Scale, solution: Solution, near: Sequence[Solution], group: Group) -> dict[str, object]:
    arguments = sentences.arguments_of(scale, solution.change, solution.move)
    arguments |= {"solutions": len(near), "shown": min(MOST_SHOWN, len(near))}
    parts = str(arguments["parts"]).split()
    if not group.complete:
        parts.append("of-unknown")
    elif len(near) > 1:
        parts.append("of-many" if len(near) > MOST_SHOWN else "one-of")
    return arguments | {"parts": " ".join(parts)}


def _sureness(scale: Scale, deduced: Deduced) -> float:
    score = SURE if deduced.ways > 1 else SURE_ONE_WAY if deduced.ways else SURE_TOGETHER
    cells = {ref for number in deduced.identities for ref in scale.system.identities[number].cells}
    doubtful = any(scale.subject.form[ref].state is State.DOUBTFUL for ref in cells - {deduced.ref})
    return score * (UNSURE_SOURCE if doubtful else 1.0)
