"""What speaks for or against a figure besides the identities: the prose, last year's report, a second reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gkdesk.checks.prose import ALL_FINISHED, NO_FEE_NOTICE
from gkdesk.model.cellref import CellRef
from gkdesk.model.context import ALONE, Context
from gkdesk.model.reading import Number
from gkdesk.model.witness import Claim, Witness

CARRIED_IN, CARRIED_OUT = "carried_in", "carried_out"
"""Rows of both editions: what this year's report carried in is what last year's carried out, column by column."""

UNCERTAIN = 0.5
"""How much a figure of the prose weighs whose characters are in doubt, or that may be about other bodies."""

MISPLACED = frozenset({"row-unproven", "column-unproven", "position", "second-table"})
"""Reasons for doubt that are about the row or column of a figure, not about its characters."""

_WITHOUT_FIGURE = frozenset({ALL_FINISHED, NO_FEE_NOTICE})
"""Claims of words such as 均已按时办结: a way to speak, no figure that anybody counted."""

Value = Callable[[CellRef], Number | None]
"""The figure of a cell, None if it is not known."""


def is_said(claim: Claim, witness: Witness, value: Value) -> bool | None:
    """Whether the tables say what the prose says if it means this; None if a figure is unknown or it is a share."""
    if claim.share_of or not claim.cells:
        return None
    total: Number = 0
    for ref in claim.cells:
        figure = value(ref)
        if figure is None:
            return None
        total += figure
    return total == witness.value


def agrees(witness: Witness, value: Value) -> bool:
    """True if the prose says what the tables say, in one of its meanings."""
    return any(is_said(claim, witness, value) for claim in witness.claims)


def exact_witnesses(witnesses: Iterable[Witness]) -> Iterator[Witness]:
    """The witnesses that give an exact number of something; 约, 余, shares and words without a figure say too little
    about one cell.
    """
    for witness in witnesses:
        if witness.approximate or any(claim.name in _WITHOUT_FIGURE for claim in witness.claims):
            continue
        if any(claim.cells and not claim.share_of for claim in witness.claims):
            yield witness


def rough_witnesses(witnesses: Iterable[Witness]) -> Iterator[Witness]:
    """Figures that say about how many (约, 余), or what share: too little about a cell to point at it, but they may
    tell two explanations apart.
    """
    for witness in witnesses:
        is_figure = not any(claim.name in _WITHOUT_FIGURE for claim in witness.claims)
        if is_figure and (witness.approximate or all(claim.share_of for claim in witness.claims)):
            yield witness


def weight(witness: Witness) -> float:
    """How much the figure weighs beside one that is certain."""
    return UNCERTAIN if witness.doubt or witness.scope else 1.0


def last_years(context: Context, ref: CellRef) -> Number | None:
    """The figure that last year's report has for what this cell carries over from it, or None."""
    if ref.row != CARRIED_IN or context.last_year is None:
        return None
    before = CellRef(ref.table, CARRIED_OUT, ref.column)
    form = context.last_year.form
    return form[before].value if before in form else None


@dataclass(frozen=True, slots=True)
class Testimony:
    """Everything said about the cells of one report.

    Attributes:
        witnesses: figures of the prose, by the cells they may be about.
        context: last year's report and second readings.
        value: the figures as they stand.
        rough: figures of the prose that are rounded or shares, by the cells they may be about.
    """

    witnesses: Mapping[CellRef, tuple[Witness, ...]]
    context: Context
    value: Value
    rough: Mapping[CellRef, tuple[Witness, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, witnesses: Iterable[Witness], context: Context, value: Value) -> Testimony:
        """The testimony by cell."""
        witnesses = tuple(witnesses)
        rough: dict[CellRef, dict[int, Witness]] = {}
        for number, witness in enumerate(rough_witnesses(witnesses)):
            for claim in witness.claims:
                for ref in (*claim.cells, *claim.share_of):
                    rough.setdefault(ref, {})[number] = witness
        found: dict[CellRef, dict[int, Witness]] = {}
        for number, witness in enumerate(exact_witnesses(witnesses)):
            for claim in witness.claims:
                for ref in () if claim.share_of else claim.cells:
                    found.setdefault(ref, {})[number] = witness
        return cls(_by_cell(found), context, value, _by_cell(rough))

    def about(self, refs: Iterable[CellRef]) -> list[Witness]:
        """The figures of the prose that may be about one of the cells."""
        return _distinct(self.witnesses.get(ref, ()) for ref in refs)

    def roughly_about(self, refs: Iterable[CellRef]) -> list[Witness]:
        """The rounded figures and shares of the prose that may be about one of the cells."""
        return _distinct(self.rough.get(ref, ()) for ref in refs)

    def suggested(self, ref: CellRef) -> dict[Number, float]:
        """Figures that would make the cell agree with the prose, last year or its second reading, where it does not;
        each with the weight of what says so.
        """
        if ref not in self.witnesses and self.context is ALONE:
            return {}
        found: dict[Number, float] = {}
        second = self.context.second.get(ref)
        if second is not None:
            found[second] = 1.0
        before = last_years(self.context, ref)
        if before is not None:
            found[before] = 1.0
        for witness in self.witnesses.get(ref, ()):
            if agrees(witness, self.value):
                continue
            for claim in witness.claims:
                meant = self._meant(claim, witness, ref)
                if meant is not None:
                    found[meant] = max(weight(witness), found.get(meant, 0.0))
        current = self.value(ref)
        return {value: by for value, by in found.items() if value != current}

    def _meant(self, claim: Claim, witness: Witness, ref: CellRef) -> Number | None:
        if claim.share_of or ref not in claim.cells:
            return None
        rest: Number = 0
        for other in claim.cells:
            figure = self.value(other)
            if other != ref:
                if figure is None:
                    return None
                rest += figure
        return witness.value - rest


def _by_cell(found: Mapping[CellRef, Mapping[int, Witness]]) -> dict[CellRef, tuple[Witness, ...]]:
    return {ref: tuple(about.values()) for ref, about in found.items()}


def _distinct(found: Iterable[Iterable[Witness]]) -> list[Witness]:
    return list({id(witness): witness for witnesses in found for witness in witnesses}.values())
