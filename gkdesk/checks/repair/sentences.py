"""Proposals in words: the arguments of their sentences, and the remark for the body that reported the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gkdesk import messages
from gkdesk.checks.form_words import line_arguments
from gkdesk.checks.repair.evidence import agrees, is_said, last_years
from gkdesk.checks.repair.misreading import Slip, slip
from gkdesk.checks.repair.moves import Kind, Move
from gkdesk.checks.repair.search import Change
from gkdesk.checks.repair.system import plain
from gkdesk.checks.repair.weighing import Scale
from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Evidence
from gkdesk.model.reading import Number, State, number_text
from gkdesk.model.spec import Identity
from gkdesk.model.witness import Witness

MOST_WRITTEN = 8
"""Changed figures written out in one sentence at most."""

MOST_REMARKED = 3
"""Identities and alternatives written out in a remark at most."""

LANGUAGE = messages.CHINESE
"""A remark goes to the body that reported, whatever the language of the program."""


def reason_of(scale: Scale, change: Change, move: Move | None) -> str:
    """The key under ``proposal`` of the sentence that says what happened."""
    if move is not None:
        return str(move.kind) if len(move.changes) == len(change) else "several"
    if len(change) > 1:
        return "several"
    ((cell, by),) = change
    ref = scale.system.refs[cell]
    kind = slip(scale.printed(ref), number_text(plain(scale.system.values[cell] + by)))
    is_total = any(identity.right == (ref,) for identity in scale.system.identities)
    return "total" if kind is Slip.ANOTHER and is_total else str(kind)


def arguments_of(scale: Scale, change: Change, move: Move | None) -> dict[str, object]:
    """Words for that sentence: the cells with what is printed and what would be right."""
    spec = scale.subject.spec
    changes = changed(scale, change)
    arguments: dict[str, object] = {"changes": changes_words(scale, changes), "count": len(change)}
    if len(change) == 1:
        ((ref, value),) = changes
        arguments |= {"cell": spec.cell_words(ref), "printed": printed_words(scale, ref), "value": number_text(value)}
    if move is not None:
        first, last = (scale.system.refs[cell] for cell in (move.about[0], move.about[-1]))
        arguments |= {
            "table": spec.table(first.table).nickname,
            "row": spec.row_words(first),
            "column": spec.column_words(first),
            "first": spec.cell_words(first),
            "last": spec.cell_words(last),
            "other_row": spec.row_words(last),
            "other_column": spec.column_words(last),
        }
        if move.kind is Kind.EXCHANGED:
            arguments |= {"printed": printed_words(scale, first), "value": printed_words(scale, last)}
    parts = support(scale, changes)
    arguments |= {"support": len(parts), "parts": " ".join(parts)}
    return arguments


def support(scale: Scale, changes: Sequence[tuple[CellRef, Number]]) -> list[str]:
    """Keys under ``proposal.part`` of what speaks for and against the changed figures besides the identities."""
    found: dict[str, None] = {}
    for _, agreeing in turning(scale, changes):
        found["prose" if agreeing else "prose-against"] = None
    for _, agreeing in scale.rough_turning(dict(changes)):
        found["prose-roughly" if agreeing else "prose-roughly-against"] = None
    for ref, number in changes:
        if last_years(scale.testimony.context, ref) == number:
            found["last-year"] = None
        if scale.testimony.context.second.get(ref) == number:
            found["second-reading"] = None
        if scale.subject.form[ref].state is State.DOUBTFUL:
            found["doubtful"] = None
    return list(found)


def turning(scale: Scale, changes: Sequence[tuple[CellRef, Number]]) -> list[tuple[Witness, bool]]:
    """The figures of the prose that would come to agree (True), or no longer agree (False)."""
    then = dict(changes)
    now = scale.testimony.value

    def value(ref: CellRef) -> Number | None:
        return then[ref] if ref in then else now(ref)

    verdicts = [(witness, agrees(witness, value)) for witness in scale.testimony.about(then)]
    return [(witness, agreeing) for witness, agreeing in verdicts if agreeing != agrees(witness, now)]


def passages(scale: Scale, changes: Sequence[tuple[CellRef, Number]]) -> list[Evidence]:
    """The passages of the prose that speak for or against the changes."""
    found = [*turning(scale, changes), *scale.rough_turning(dict(changes))]
    return [Evidence(one.sentence, one.figure, one.place) for one, _ in found]


def is_contradicted(scale: Scale, changes: Sequence[tuple[CellRef, Number]]) -> bool:
    """True if a figure of the prose that is about a changed cell says something else."""
    then = dict(changes)

    def value(ref: CellRef) -> Number | None:
        return then[ref] if ref in then else scale.testimony.value(ref)

    return any(
        not agrees(witness, value) and not any(is_said(claim, witness, value) is None for claim in witness.claims)
        for witness in scale.testimony.about(then)
    )


def changed(scale: Scale, change: Change) -> tuple[tuple[CellRef, Number], ...]:
    """The changes with the cells by name and the figures they get."""
    system = scale.system
    return tuple((system.refs[cell], plain(system.values[cell] + by)) for cell, by in change)


def printed_words(scale: Scale, ref: CellRef) -> str:
    """The figure as it stands, or that there is none."""
    cell = scale.subject.form[ref]
    return number_text(cell.value) or messages.text(f"state.{cell.state}", LANGUAGE)


def changes_words(scale: Scale, changes: Iterable[tuple[CellRef, Number]]) -> str:
    """Figures and what they become: ``表三 （一）予以公开·自然人 1238 → 1288``."""
    words = [
        f"{scale.subject.spec.cell_words(ref)} {printed_words(scale, ref)} → {number_text(value)}"
        for ref, value in changes
    ]
    more = messages.text("proposal.remark.and-more", LANGUAGE, count=len(words)) if len(words) > MOST_WRITTEN else ""
    return messages.text("join.sentences", LANGUAGE).join(words[:MOST_WRITTEN]) + more


def remark(scale: Scale, identities: Sequence[Identity], candidates: Sequence[Sequence[tuple[CellRef, Number]]]) -> str:
    """What to tell the reporting body: which sums do not come out, and the figure that would make them right."""
    join = messages.text("join.sentences", LANGUAGE)
    broken = [_identity_words(scale, identity) for identity in identities]
    text = join.join(broken[:MOST_REMARKED])
    if len(broken) > MOST_REMARKED:
        text += messages.text("proposal.remark.identities", LANGUAGE, count=len(broken))
    if not candidates or len(candidates) > MOST_REMARKED or len(candidates[0]) > MOST_REMARKED:
        return messages.text("proposal.remark.check", LANGUAGE, identities=text)
    either = messages.text("proposal.remark.or", LANGUAGE)
    fixes = either.join(_fix_words(scale, changes) for changes in candidates)
    return messages.text("proposal.remark.fix", LANGUAGE, identities=text, fixes=fixes)


def fill_remark(scale: Scale, changes: Sequence[tuple[CellRef, Number]]) -> str:
    """What to tell the reporting body about cells that were left blank."""
    if len(changes) > MOST_WRITTEN:
        return messages.text("proposal.remark.blanks", LANGUAGE, count=len(changes))
    return messages.text("proposal.remark.blank", LANGUAGE, fixes=_fix_words(scale, changes))


def _fix_words(scale: Scale, changes: Sequence[tuple[CellRef, Number]]) -> str:
    fixes = [
        messages.text(
            "proposal.remark.cell",
            LANGUAGE,
            cell=scale.subject.spec.cell_words(ref),
            printed=printed_words(scale, ref),
            value=number_text(value),
        )
        for ref, value in changes
    ]
    return messages.text("proposal.remark.and", LANGUAGE).join(fixes)


def _identity_words(scale: Scale, identity: Identity) -> str:
    left, right = (scale.subject.total(side) for side in (identity.left, identity.right))
    arguments = line_arguments(scale.subject, identity)
    difference = left - right if left > right else right - left
    arguments |= {"left": number_text(left), "right": number_text(right), "difference": number_text(difference)}
    return messages.text(f"proposal.remark.{identity.spec.each}", LANGUAGE, **arguments)
