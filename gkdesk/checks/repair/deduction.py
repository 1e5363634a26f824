"""Figures that the identities force for cells without one: not found, unreadable, or totals left blank.

Deductive imputation: Gauss and Jordan over the unknown cells, and sums that already come to what they should, whose
unknown summands can therefore only be zero. An unknown cell that several figures fit gets none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gkdesk.checks.repair.system import Combination, Exact, System, combinations, eliminate
from gkdesk.model.cellref import CellRef

MOST_UNKNOWN = 90
"""With more unknown cells than this a table was not read, and is not to be guessed together."""


@dataclass(frozen=True, slots=True)
class Deduced:
    """The only figure a cell can hold if the others are right.

    Attributes:
        ref: the cell.
        value: its figure.
        identities: numbers of the identities it follows from.
        ways: identities in which no other cell is unknown: each gives the same figure by itself.
    """

    ref: CellRef
    value: Exact
    identities: frozenset[int]
    ways: int


@dataclass(frozen=True, slots=True)
class Follows:
    """Figures that follow if what is taken to be right is right, and how likely that is: 0 to 1."""

    deduced: Mapping[CellRef, Deduced]
    share: float


def deduce(system: System, allowed: Callable[[int, Exact], bool]) -> dict[CellRef, Deduced]:
    """The figures that follow; nothing from identities that contradict one another."""
    if not 0 < len(system.unknown) <= MOST_UNKNOWN:
        return {}
    numbers = {ref: number for number, ref in enumerate(system.refs)}
    original = [row for row in combinations(system.identities, numbers, system.unknown) if row.unknown]
    values = dict(enumerate(system.values))
    zeros = _forced_zeros(original, values)
    rows = [_without(row, zeros) for row in original]
    solved, free = eliminate([row for row in rows if row.unknown])
    known = [row for row in (*free, *rows) if not row.unknown]
    contradicting = frozenset(origin for row in known if _known(row, values) for origin in row.origins)
    found: dict[int, tuple[Exact, frozenset[int]]] = {cell: (0, _of(original, cell)) for cell in zeros}
    for cell, row in solved:
        if len(row.unknown) == 1:
            found[cell] = (-_known(row, values), row.origins)
    return {
        system.refs[cell]: Deduced(system.refs[cell], value, origins, _ways(original, cell))
        for cell, (value, origins) in sorted(found.items())
        if contradicting.isdisjoint(origins) and allowed(cell, value)
    }


def _forced_zeros(rows: list[Combination], values: dict[int, Exact]) -> frozenset[int]:
    """Unknown cells that can only be zero: they add up to nothing, all of them on one side."""
    zeros: frozenset[int] = frozenset()
    while True:
        more = set(zeros)
        for row in rows:
            rest = [sign for cell, sign in row.unknown.items() if cell not in zeros]
            if len(set(rest)) == 1 and not _known(row, values):
                more |= row.unknown.keys()
        if len(more) == len(zeros):
            return zeros
        zeros = frozenset(more)


def _without(row: Combination, zeros: frozenset[int]) -> Combination:
    unknown = {cell: sign for cell, sign in row.unknown.items() if cell not in zeros}
    return Combination(unknown, row.known, row.origins)


def _known(row: Combination, values: dict[int, Exact]) -> Exact:
    total: Exact = 0
    for cell, coefficient in row.known.items():
        total += coefficient * values[cell]
    return total


def _of(rows: list[Combination], cell: int) -> frozenset[int]:
    return frozenset(origin for row in rows if cell in row.unknown for origin in row.origins)


def _ways(rows: list[Combination], cell: int) -> int:
    return sum(row.unknown.keys() == {cell} for row in rows)
