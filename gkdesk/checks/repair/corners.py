"""Explanations in which four figures at the corners of a rectangle are wrong together, as a stain makes them.

Any amount can go round the corners of two rows and two columns without a trace in their sums. So the broken equations
determine only three of the four figures, and none of the amounts they are off by need be the change of one corner: a
search by residuals finds the explanations that leave one corner as it is, and misses the truth. Here the amount that
goes round is taken from what the corners are easily taken for, or tried one by one where few amounts are possible.
A corner without a figure takes any amount, so that the two or three others are enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, pairwise

from gkdesk.checks.repair.search import (
    NO_LIMIT,
    WORTH_SHOWING,
    Change,
    Prices,
    Residuals,
    after,
    changes_of,
    fewest_cells,
)
from gkdesk.checks.repair.system import Exact, System, coefficients, ratio

STEPS = 1000
"""Amounts and single changes tried for one cluster: some milliseconds."""

FEW_AMOUNTS = 40
"""As many amounts are tried one by one; of more only those that some corner is easily taken for."""

FEWEST_BROKEN = 2
"""Lines of a rectangle that are broken at least; all four unless its corners touch."""

FEWEST, ALL = 2, 4
"""Corners of a rectangle that have a figure: at least, and where no figure is missing."""

Corners4 = tuple[int, int, int, int]
"""The corners of a rectangle, row by row."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Cells in two rows and two columns, those without a figure left out.

    Attributes:
        signs: the signs of an amount in them.
        steps: the cells but the first, each with an equation that holds no later one, and its coefficient there.
    """

    cells: tuple[int, ...]
    signs: tuple[Exact, ...]
    steps: tuple[tuple[int, int, Exact], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows and columns of identities in which cells stand.

    Attributes:
        cells: by row and column, the cell.
        signs: by cell, its sign in its row and in its column.
        lines: by row and by column, the identities it is made of.
        touching: by row and by column, the rectangles whose corners touch.
        rectangles: those that were asked for, by their corners.
    """

    cells: dict[int, dict[int, int]]
    signs: dict[int, tuple[int, int]]
    lines: dict[int, frozenset[int]]
    touching: dict[int, list[Corners4]]
    rectangles: dict[Corners4, Rectangle | None] = field(default_factory=dict)

    @classmethod
    def of(cls, system: System, prices: Prices) -> Grid:
        """The grid of all tables whose rows and columns are added up."""
        numbers = {ref: number for number, ref in enumerate(system.refs)}
        terms: dict[int, tuple[list[tuple[int, int]], list[tuple[int, int]]]] = {}
        for place, identity in enumerate(system.identities):
            for ref, sign in coefficients(identity):
                both = terms.setdefault(numbers[ref], ([], []))
                both[identity.spec.each != "row"].append((place, sign))
        keys: dict[tuple[tuple[int, int], ...], int] = {}
        lines: dict[int, frozenset[int]] = {}
        grid: dict[int, dict[int, int]] = {}
        signs = {}
        for cell, (along, down) in terms.items():
            if along and down:
                row = keys.setdefault(_relative(along), len(keys))
                column = keys.setdefault(_relative(down), len(keys))
                lines[row], lines[column] = (frozenset(place for place, _ in one) for one in (along, down))
                grid.setdefault(row, {})[column] = cell
                signs[cell] = (along[0][1], down[0][1])
        touching: dict[int, list[Corners4]] = {}
        for (row, one), (other, two) in pairwise(grid.items()):
            for left, right in pairwise(key for key in one if key in two):
                corners = (one[left], one[right], two[left], two[right])
                if prices.touch(corners):
                    for line in (row, other, left, right):
                        touching.setdefault(line, []).append(corners)
        return cls(grid, signs, lines, touching)

    def around(self, broken: frozenset[int]) -> list[Corners4]:
        """Rectangles whose rows and columns are broken: all four, or some of them where the corners touch."""
        lines = {line for line, places in self.lines.items() if not broken.isdisjoint(places)}
        found: set[Corners4] = set()
        for row, other in combinations([row for row in self.cells if row in lines], 2):
            one, two = self.cells[row], self.cells[other]
            for left, right in combinations([line for line in one if line in lines and line in two], 2):
                found.add((one[left], one[right], two[left], two[right]))
        counts: dict[Corners4, int] = {}
        for line in lines:
            for corners in self.touching.get(line, ()):
                counts[corners] = counts.get(corners, 0) + 1
        found.update(corners for corners, count in counts.items() if count >= FEWEST_BROKEN)
        return sorted(found)

    def rectangle(self, corners: Corners4, system: System) -> Rectangle | None:
        """The corners with their signs; None if an amount cannot go round them, or hardly one has a figure."""
        if corners not in self.rectangles:
            self.rectangles[corners] = self._rectangle(corners, system)
        return self.rectangles[corners]

    def _rectangle(self, corners: Corners4, system: System) -> Rectangle | None:
        first, beside, below, last = (self.signs[cell] for cell in corners)
        amounts = [1, -first[0] * beside[0], -first[1] * below[1], first[1] * below[1] * below[0] * last[0]]
        if amounts[3] != -amounts[1] * beside[1] * last[1]:
            return None
        known = [(cell, by) for cell, by in zip(corners, amounts, strict=True) if cell not in system.unknown]
        cells = tuple(cell for cell, _ in known)
        steps = _steps(cells, system) if len(cells) >= FEWEST else None
        return Rectangle(cells, tuple(by for _, by in known), steps) if steps is not None else None


@dataclass(slots=True)
class Corners:
    """Looks for the corners of rectangles that explain one cluster, with one changed cell besides at most.

    Attributes:
        system, prices: the equations and what changes cost.
        steps: amounts and single changes still to be tried.
        best: what the cheapest explanation known costs.
        found: the explanations and what they cost.
    """

    system: System
    prices: Prices
    steps: int = STEPS
    best: float = NO_LIMIT
    found: dict[Change, float] = field(default_factory=dict)

    def solve(self, residuals: Residuals, best: float) -> list[Change]:
        """The explanations that are not much dearer than the best one known."""
        self.best = best
        if not self._is_worth(FEWEST if self.system.unknown else ALL):
            return []
        grid = Grid.of(self.system, self.prices)
        self._rectangles(grid, residuals, ())
        for cell, change in self._single(residuals):
            rest = after(self.system, residuals, ((cell, change),))
            if rest and fewest_cells(self.system, rest) <= FEWEST_BROKEN:
                self._rectangles(grid, rest, ((cell, change),))
        limit = self.best + WORTH_SHOWING
        return [change for change, cost in self.found.items() if cost <= limit]

    def _is_worth(self, cells: int) -> bool:
        """Whether an explanation with so many cells may be cheap enough."""
        return cells * self.prices.floor - (cells - 1) * self.prices.gain <= self.best + WORTH_SHOWING

    def _single(self, residuals: Residuals) -> Iterator[tuple[int, Exact]]:
        prices = self.prices
        if not self._is_worth(1 + (FEWEST if self.system.unknown else ALL)):
            return
        inside = {cell: None for place in residuals for cell, _ in self.system.equations[place].terms}
        for cell in inside:
            for change in changes_of(self.system, prices, cell, residuals):
                self.steps -= 1
                if self.steps < 0:
                    return
                yield cell, change

    def _rectangles(self, grid: Grid, residuals: Residuals, before: Change) -> None:
        used = {cell for cell, _ in before}
        broken = frozenset(origin for place in residuals for origin in self.system.equations[place].origins)
        for corners in grid.around(broken):
            rectangle = grid.rectangle(corners, self.system) if used.isdisjoint(corners) else None
            start = self._start(residuals, rectangle) if rectangle is not None else None
            if rectangle is not None and start is not None:
                self._go_round(rectangle, start, before)

    def _start(self, residuals: Residuals, rectangle: Rectangle) -> list[Exact] | None:
        """Changes of the corners that explain the residuals and leave the first corner as it is."""
        touching, rest = self.system.touching, dict(residuals)
        changes: dict[int, Exact] = {}
        for cell, place, by in rectangle.steps:
            change = changes[cell] = ratio(-rest.get(place, 0), by)
            for beside, coefficient in touching[cell] if change else ():
                total = rest.get(beside, 0) + coefficient * change
                if total:
                    rest[beside] = total
                else:
                    rest.pop(beside, None)
        return None if rest else [changes.get(cell, 0) for cell in rectangle.cells]

    def _go_round(self, rectangle: Rectangle, start: Sequence[Exact], before: Change) -> None:
        cells = rectangle.cells
        spent = sum(self.prices.price(cell, change) for cell, change in before)
        spent -= self.prices.together((*cells, *(cell for cell, _ in before)))
        if spent + len(cells) * self.prices.floor > self.best + WORTH_SHOWING:
            return
        for amount in self._amounts(rectangle, start):
            self.steps -= 1
            if self.steps < 0:
                return
            changes = [base + sign * amount for base, sign in zip(start, rectangle.signs, strict=True)]
            cost = self._cost(cells, changes, spent)
            if cost is not None:
                self.found[tuple(sorted((*zip(cells, changes, strict=True), *before)))] = cost
                self.best = min(self.best, cost)

    def _cost(self, cells: Sequence[int], changes: Sequence[Exact], spent: float) -> float | None:
        """What the changes cost; None if one is none, is not allowed, or they cost too much."""
        total, limit, values = spent, self.best + WORTH_SHOWING, self.system.values
        for cell, change in zip(cells, changes, strict=True):
            if not change or not self.prices.allowed(cell, values[cell] + change):
                return None
            total += self.prices.price(cell, change)
            if total > limit:
                return None
        return total

    def _amounts(self, rectangle: Rectangle, start: Sequence[Exact]) -> list[Exact]:
        """Amounts that leave no corner negative: all if they are few, else those that a corner's misreading gives."""
        values = self.system.values
        corners = list(zip(rectangle.cells, start, rectangle.signs, strict=True))
        least = max((-(values[cell] + base) for cell, base, sign in corners if sign > 0), default=None)
        most = min((values[cell] + base for cell, base, sign in corners if sign < 0), default=None)
        if isinstance(least, int) and isinstance(most, int) and most - least < FEW_AMOUNTS:
            return list(range(least, most + 1))
        guessed = chain.from_iterable(
            ((change - base) * sign for change in self.prices.guesses(cell)) for cell, base, sign in corners
        )
        return [
            amount
            for amount in dict.fromkeys(guessed)
            if (least is None or least <= amount) and (most is None or amount <= most)
        ]


def _steps(cells: tuple[int, ...], system: System) -> tuple[tuple[int, int, Exact], ...] | None:
    """The cells but the first in an order in which each has an equation with none of the later ones, if there is."""
    steps: list[tuple[int, int, Exact]] = []
    waiting = list(cells[1:])
    while waiting:
        count: dict[int, int] = {}
        for place in (place for cell in waiting for place, _ in system.touching[cell]):
            count[place] = count.get(place, 0) + 1
        alone = ((cell, *one) for cell in waiting for one in system.touching[cell] if count[one[0]] == 1)
        step = next(alone, None)
        if step is None:
            return None
        steps.append(step)
        waiting.remove(step[0])
    return tuple(steps)


def _relative(terms: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The same for all cells that stand in the same identities with the same or the opposite signs."""
    return tuple((place, sign * terms[0][1]) for place, sign in terms)
