"""The identities of a report as equations over numbered cells; cells without a figure are eliminated from them.

An equation says that a sum of cells, each with a coefficient, is zero. What it comes to with the figures as they stand
is its residual; the equations with a residual are the syndrome that a repair has to explain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gkdesk.checks.subject import Subject
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Number
from gkdesk.model.spec import Identity

Exact = int | Fraction

MOST_ORIGINS = 3
"""An equation put together from more identities than this is left out: a sum over the whole table blames everything."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A sum of known cells that is zero.

    Attributes:
        terms: numbers of the cells and their coefficients.
        origins: numbers of the identities it was made from, one unless unknown cells were eliminated.
        line: the row (``(0, n)``) or column (``(1, n)``) it belongs to, None if it was made from several identities. A
            cell stands in one row and one column, so that many broken rows need as many cells.
    """

    terms: tuple[tuple[int, Exact], ...]
    origins: frozenset[int]
    line: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class System:
    """All equations of a report that can be evaluated.

    Attributes:
        refs: the cells, by number.
        values: their figures; of an unknown cell 0, and no equation contains it.
        identities: the identities, by number.
        equations: what they say about the known cells.
        touching: by cell, the numbers of its equations and its coefficients there.
        unknown: numbers of the cells without a figure.
        masks: by equation, a bit for the row and a bit for the column it belongs to, one of them 0.
        ranks: by equation, how many cells it has and its number: what a search begins with comes first.
        places: by cell, the numbers of its equations.
        most_touched: the most of them that a cell has.
    """

    refs: tuple[CellRef, ...]
    values: tuple[Exact, ...]
    identities: tuple[Identity, ...]
    equations: tuple[Equation, ...]
    touching: tuple[tuple[tuple[int, Exact], ...], ...]
    unknown: frozenset[int]
    masks: tuple[tuple[int, int], ...]
    ranks: tuple[tuple[int, int], ...]
    places: tuple[frozenset[int], ...]
    most_touched: int

    @classmethod
    def of(cls, subject: Subject) -> System:
        """The equations of a report; unfilled cells are unknown ones, whatever they hold is not what was read."""
        refs = tuple(dict.fromkeys(ref for identity in subject.identities for ref in identity.cells))
        numbers = {ref: number for number, ref in enumerate(refs)}
        hidden = subject.unknown | subject.unfilled
        unknown = frozenset(numbers[ref] for ref in refs if ref in hidden)
        values = tuple(0 if ref in hidden else exact(subject.values[ref]) for ref in refs)
        equations = tuple(_equations(subject.identities, numbers, unknown))
        touching: list[list[tuple[int, Exact]]] = [[] for _ in refs]
        for place, equation in enumerate(equations):
            for cell, coefficient in equation.terms:
                touching[cell].append((place, coefficient))
        masks = tuple(_masks(equation) for equation in equations)
        return cls(
            refs,
            values,
            subject.identities,
            equations,
            tuple(map(tuple, touching)),
            unknown,
            masks,
            ranks=tuple((len(equation.terms), place) for place, equation in enumerate(equations)),
            places=tuple(frozenset(place for place, _ in touched) for touched in touching),
            most_touched=max(map(len, touching), default=0),
        )

    def residuals(self) -> dict[int, Exact]:
        """The equations that do not come to zero, and what they come to."""
        values = self.values
        found: dict[int, Exact] = {}
        for place, equation in enumerate(self.equations):
            total: Exact = 0
            for cell, coefficient in equation.terms:
                total += coefficient * values[cell]
            if total:
                found[place] = total
        return found

    def clusters(self, residuals: dict[int, Exact], links: Iterable[Iterable[int]] = ()) -> list[dict[int, Exact]]:
        """The residuals in groups that no chain of equations connects, each group in the order of its equations.

        ``links`` are further sets of cells that belong together.
        """
        joined = join([*({cell for cell, _ in equation.terms} for equation in self.equations), *map(set, links)])
        part_of = {cell: number for number, part in enumerate(joined) for cell in part}
        groups: dict[int, dict[int, Exact]] = {}
        for place, residual in residuals.items():
            groups.setdefault(part_of[self.equations[place].terms[0][0]], {})[place] = residual
        return list(groups.values())


def join(links: Iterable[set[int]]) -> list[set[int]]:
    """The sets put together wherever they have something in common, in the order of their least elements."""
    parts: list[set[int]] = []
    for link in links:
        if link:
            joined = link.union(*(part for part in parts if not part.isdisjoint(link)))
            parts = [part for part in parts if part.isdisjoint(link)] + [joined]
    return sorted(parts, key=min)


def _masks(equation: Equation) -> tuple[int, int]:
    if equation.line is None:
        return 0, 0
    kind, number = equation.line
    return (1 << number, 0) if kind == 0 else (0, 1 << number)


def exact(value: Number) -> Exact:
    """The number as an integer if it is one, else as a fraction."""
    if isinstance(value, int):
        return value
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else fraction


def plain(value: Exact) -> Number:
    """The number as the form keeps it."""
    return value if isinstance(value, int) else Decimal(value.numerator) / Decimal(value.denominator)


def coefficients(identity: Identity) -> Iterable[tuple[CellRef, int]]:
    """The cells of an identity: those of the left side count positive, those of the right side negative."""
    yield from ((ref, 1) for ref in identity.left)
    yield from ((ref, -1) for ref in identity.right)


@dataclass(slots=True)
class Combination:
    """A sum of identities during elimination: its unknown cells, its known cells, and what it was made from."""

    unknown: dict[int, Exact]
    known: dict[int, Exact]
    origins: frozenset[int]

    def add(self, other: Combination, factor: Exact) -> Combination:
        """This combination plus ``factor`` times the other."""
        return Combination(
            _sum(self.unknown, other.unknown, factor),
            _sum(self.known, other.known, factor),
            self.origins | other.origins,
        )


def combinations(
    identities: Sequence[Identity], numbers: dict[CellRef, int], unknown: frozenset[int]
) -> list[Combination]:
    """The identities, one combination each."""
    found = []
    for place, identity in enumerate(identities):
        terms = [(numbers[ref], sign) for ref, sign in coefficients(identity)]
        found.append(
            Combination(
                {cell: sign for cell, sign in terms if cell in unknown},
                {cell: sign for cell, sign in terms if cell not in unknown},
                frozenset((place,)),
            )
        )
    return found


def eliminate(rows: list[Combination]) -> tuple[list[tuple[int, Combination]], list[Combination]]:
    """Gauss and Jordan over the unknown cells: combinations solved for one unknown each, and those without any."""
    solved: list[tuple[int, Combination]] = []
    waiting = list(rows)
    while True:
        candidates = [row for row in waiting if row.unknown]
        if not candidates:
            return solved, waiting
        chosen = min(candidates, key=lambda row: (len(row.unknown), len(row.origins), min(row.origins)))
        cell = min(chosen.unknown)
        pivot = _scaled(chosen, chosen.unknown[cell])
        rest = [row for row in waiting if row is not chosen]
        waiting = [row.add(pivot, -row.unknown[cell]) if cell in row.unknown else row for row in rest]
        solved = [(other, row.add(pivot, -row.unknown[cell]) if cell in row.unknown else row) for other, row in solved]
        solved.append((cell, pivot))


def _scaled(row: Combination, by: Exact) -> Combination:
    if by == 1:
        return row
    return Combination(
        {cell: ratio(value, by) for cell, value in row.unknown.items()},
        {cell: ratio(value, by) for cell, value in row.known.items()},
        row.origins,
    )


def ratio(value: Exact, by: Exact) -> Exact:
    """The exact quotient, an integer if it is one."""
    if by in (1, -1):
        return value * by
    quotient = Fraction(value) / by
    return quotient.numerator if quotient.denominator == 1 else quotient


def _sum(one: dict[int, Exact], other: dict[int, Exact], factor: Exact) -> dict[int, Exact]:
    found = dict(one)
    for cell, value in other.items():
        total = found.get(cell, 0) + factor * value
        if total:
            found[cell] = total
        else:
            found.pop(cell, None)
    return found


def _equations(
    identities: Sequence[Identity], numbers: dict[CellRef, int], unknown: frozenset[int]
) -> Iterable[Equation]:
    rows = combinations(identities, numbers, unknown)
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if not row.unknown:
            (place,) = row.origins
            spec, line = identities[place].spec, identities[place].line
            number = lines.setdefault((spec.table, spec.each, line), len(lines))
            yield Equation(tuple(row.known.items()), row.origins, (0 if spec.each == "row" else 1, number))
    if not unknown:
        return
    _, free = eliminate([row for row in rows if row.unknown])
    for row in free:
        if row.known and len(row.origins) <= MOST_ORIGINS:
            yield Equation(tuple(sorted(row.known.items())), row.origins, None)
