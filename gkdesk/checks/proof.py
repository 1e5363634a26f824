"""By how much each figure is proven: what else, here and in last year's report, could not be as it is were it wrong.

A sum of nothing but zeros is a proof only where every one of them is printed: that a 0 stands there as a character was
read, and were one of them wrong, so would be the total. Nothing (a blank, a slash) is also what is left where figures
were lost, by the line or by the column, and what recognition makes of a faint figure; such sums hold of themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from gkdesk.checks.recognised import recognised_cells
from gkdesk.checks.repair.evidence import MISPLACED, UNCERTAIN, Testimony, is_said, last_years
from gkdesk.checks.subject import Subject
from gkdesk.model.cellref import CellRef
from gkdesk.model.context import ALONE, Context
from gkdesk.model.form import FilledForm
from gkdesk.model.proof import Proof as Proof
from gkdesk.model.reading import Number, State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import FormSpec, Identity


def proofs(extracted: Extracted, form: FilledForm, spec: FormSpec, context: Context = ALONE) -> dict[CellRef, Proof]:
    """What speaks for every cell the report has to fill."""
    subject = Subject.of(extracted, form, spec)
    hidden = subject.unknown | subject.unfilled

    def value(ref: CellRef) -> Number | None:
        return None if ref in hidden else subject.values.get(ref)

    testimony = Testimony.of(extracted.witnesses, context, value)
    by_cell: dict[CellRef, list[Identity]] = {}
    for identity in subject.identities:
        if hidden.isdisjoint(identity.cells):
            for ref in identity.cells:
                by_cell.setdefault(ref, []).append(identity)
    recognised = recognised_cells(extracted, form)
    printed = {cell.ref for cell in form if cell.state is State.READ and cell.ref not in recognised}
    return {
        cell.ref: _proof(subject, testimony, cell.ref, by_cell.get(cell.ref, ()), printed) for cell in subject.cells
    }


def _proof(
    subject: Subject, testimony: Testimony, ref: CellRef, identities: Sequence[Identity], printed: AbstractSet[CellRef]
) -> Proof:
    cell = subject.form[ref]
    held = [identity for identity in identities if _holds(subject, identity)]
    broken = len(identities) - len(held)
    telling = [identity for identity in held if any(subject.values[one] for one in identity.cells)]
    zeros = [identity for identity in held if identity not in telling]
    before = last_years(testimony.context, ref)
    known = testimony.value(ref)
    return Proof(
        identities=len(_independent(telling, ref)),
        witnesses=_agreeing(testimony, ref) if known is not None else 0,
        neighbours=int(before is not None and before == known and known != 0),
        sure=cell.state in (State.READ, State.BLANK) and ref not in subject.unfilled,
        decided=cell.changed,
        zeros=len(zeros),
        broken=broken,
        misplaced=not MISPLACED.isdisjoint(cell.reading.doubts),
        known=known is not None,
        printed_zeros=len(_independent((one for one in zeros if printed >= set(one.cells)), ref)),
    )


def _holds(subject: Subject, identity: Identity) -> bool:
    return subject.total(identity.left) == subject.total(identity.right)


def _independent(identities: Iterable[Identity], ref: CellRef) -> list[Identity]:
    """Identities that have no cell in common but this one: one wrong figure elsewhere cannot fool two of them."""
    seen: set[CellRef] = set()
    found = []
    for identity in identities:
        others = set(identity.cells) - {ref}
        if seen.isdisjoint(others):
            seen |= others
            found.append(identity)
    return found


def _agreeing(testimony: Testimony, ref: CellRef) -> int:
    """Figures of the prose that, in a meaning that is about this cell, say what the tables say.

    Of those whose own characters are in doubt it takes two to count as one.
    """
    agreeing = [
        witness
        for witness in testimony.about((ref,))
        if any(ref in claim.cells and is_said(claim, witness, testimony.value) for claim in witness.claims)
    ]
    return int(sum(UNCERTAIN if witness.doubt else 1.0 for witness in agreeing))
