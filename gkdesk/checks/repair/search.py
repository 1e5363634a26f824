"""The smallest sets of changed cells that bring every equation of a cluster to zero.

Minimum-weight syndrome decoding over the integers: some changed cell lies in the broken equation that has the fewest
cells, and its change is what one of the broken equations it lies in is off by, or a figure that something else speaks
for. Deepened one cell at a time, with the bound that every broken row and every broken column needs a cell of its own.
(Fellegi and Holt 1976 for the principle; Scholtus 2009 for candidates out of residuals.)

An explanation with more cells than the smallest is looked for only as far as it can be cheaper. Cells at the corners
of a rectangle, which may leave no residual that is the change of one of them, are looked for in :mod:`.corners`.

The work is bounded by counted steps, never by a clock: the same report gives the same answer on every computer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from gkdesk.checks.repair.system import Exact, System, ratio

MOST_CELLS = 5
"""Cells that a single explanation changes at most."""

STEPS = 1000
"""States of the search looked at for one cluster: some tens of milliseconds."""

MOST_SOLUTIONS = 240
"""Explanations collected at most; with so many nothing is located anyway."""

MOST_MORE = 2
"""Cells by which an explanation may be larger than the smallest and still be looked for."""

CROWDED = 4
"""Cells of an explanation in which no residual of the smallest equation need be the change of one of its cells."""

WORTH_SHOWING = 4.0
"""An explanation by cells that stand together is left out if it costs so much more than the cheapest."""

NO_LIMIT = float("inf")

_UNITS = frozenset({1, -1})

Change = tuple[tuple[int, Exact], ...]
"""Cells by number, ascending, and what is added to each."""

Residuals = dict[int, Exact]


@dataclass(frozen=True, slots=True)
class Prices:
    """What the search has to know about the cells.

    Attributes:
        allowed: whether a cell may hold a figure.
        price: what it costs to believe that a cell is to be changed so.
        suggested: by cell, changes that something besides the residuals speaks for.
        guesses: changes to what is easily taken for the figure of a cell.
        touch: whether the corners of a rectangle are next to one another in the printed table.
        together: how much less it costs to believe that cells were misread because they stand together.
        beside: by cell, the cells that have an edge in common with it.
        gain: the most that one cell may cost less beside another.
        floor: no change costs less.
        slack: by how much explanations may still change their order once all evidence is weighed.
    """

    allowed: Callable[[int, Exact], bool]
    price: Callable[[int, Exact], float]
    suggested: Mapping[int, Collection[Exact]]
    guesses: Callable[[int], Sequence[Exact]]
    touch: Callable[[Sequence[int]], bool]
    together: Callable[[Sequence[int]], float]
    beside: Sequence[frozenset[int]]
    gain: float
    floor: float
    slack: float


@dataclass(slots=True)
class Search:
    """One search over one cluster.

    Attributes:
        system, prices: the equations and what changes cost.
        steps: states still to be looked at.
        last: the equation that is looked at last, or None.
        exhausted: True once they have run out.
        found: the explanations and their prices.
    """

    system: System
    prices: Prices
    steps: int = STEPS
    exhausted: bool = False
    last: int | None = None
    found: dict[Change, float] = field(default_factory=dict)

    def solve(self, residuals: Residuals) -> list[Change]:
        """All smallest explanations, and others that may be cheaper; found in a fixed order."""
        least = fewest_cells(self.system, residuals)
        for cells in range(least, MOST_CELLS + 1):
            self._descend(residuals, cells, {}, 0.0, NO_LIMIT)
            # An equation with two wrong cells tells neither of them: it is to be looked at when one is put right.
            for self.last in residuals if cells >= CROWDED else ():
                if not self.found and not self.exhausted:
                    self._descend(residuals, cells, {}, 0.0, NO_LIMIT)
            self.last = None
            if self.found or self.exhausted:
                break
        smallest = min(map(len, self.found), default=MOST_CELLS)
        for cells in range(least, MOST_CELLS + 1):
            limit = min(self.found.values(), default=NO_LIMIT) + self.prices.slack
            if cells * (self.prices.floor - self.prices.gain) > limit:
                break
            if smallest < cells <= smallest + MOST_MORE:
                self._descend(residuals, cells, {}, 0.0, limit)
        return list(self.found)

    def complete(self, residuals: Residuals, most: int, used: dict[int, Exact]) -> list[Change]:
        """Explanations of what is left after a move changed the cells ``used``, by as few more cells as possible."""
        for cells in range(fewest_cells(self.system, residuals), most + 1):
            self._descend(residuals, cells, used, 0.0, NO_LIMIT)
            if self.found or self.exhausted:
                break
        return list(self.found)

    def _descend(self, residuals: Residuals, left: int, used: dict[int, Exact], price: float, limit: float) -> None:
        """Goes through the explanations that change up to ``left`` more cells and cost no more than ``limit``."""
        equations = self.system.equations
        waiting = residuals if self.last is None or len(residuals) == 1 else residuals.keys() - {self.last}
        first = min(waiting, key=self.system.ranks.__getitem__)
        # A cell puts no more right than the equations it stands in; the last one has to put right all.
        fewest = len(residuals) - (left - 1) * self.system.most_touched
        for cell, _ in equations[first].terms:
            places = self.system.places[cell]
            if cell not in used and len(places) >= fewest and (left > 1 or residuals.keys() <= places):
                for change in changes_of(self.system, self.prices, cell, residuals):
                    self._change(residuals, left, used, price, limit, cell, change)

    def _change(
        self,
        residuals: Residuals,
        left: int,
        used: dict[int, Exact],
        price: float,
        limit: float,
        cell: int,
        change: Exact,
    ) -> None:
        self.steps -= 1
        if self.steps < 0 or len(self.found) >= MOST_SOLUTIONS:
            self.exhausted = True
            return
        total = price + self.prices.price(cell, change)
        if not self.prices.beside[cell].isdisjoint(used):
            total -= self.prices.gain
        rest = after(self.system, residuals, ((cell, change),))
        needed = fewest_cells(self.system, rest)
        if needed > left - 1 or total + needed * (self.prices.floor - self.prices.gain) > limit:
            return
        used[cell] = change
        if rest:
            self._descend(rest, left - 1, used, total, limit)
        else:
            self.found.setdefault(tuple(sorted(used.items())), total)
        del used[cell]


def changes_of(system: System, prices: Prices, cell: int, residuals: Residuals) -> list[Exact]:
    """Changes of a cell that one of the residuals, or something besides them, speaks for."""
    found: dict[Exact, None] = {}
    for place, coefficient in system.touching[cell]:
        residual = residuals.get(place)
        if residual is not None:
            found[-residual * coefficient if coefficient in _UNITS else ratio(-residual, coefficient)] = None
    for change in prices.suggested.get(cell, ()):
        if change:
            found[change] = None
    value, allowed = system.values[cell], prices.allowed
    return [change for change in found if _is_count(value + change) or allowed(cell, value + change)]


def _is_count(value: Exact) -> bool:
    """Every cell may hold a count."""
    return type(value) is int and value >= 0


def after(system: System, residuals: Residuals, changes: Sequence[tuple[int, Exact]]) -> Residuals:
    """The residuals once the cells are changed."""
    rest = dict(residuals)
    for cell, change in changes:
        for place, coefficient in system.touching[cell]:
            total = rest.get(place, 0) + coefficient * change
            if total:
                rest[place] = total
            else:
                rest.pop(place, None)
    return rest


def fewest_cells(system: System, residuals: Residuals) -> int:
    """A lower bound of the cells an explanation changes: one for each broken row, one for each broken column."""
    if not residuals:
        return 0
    rows = columns = 0
    masks = system.masks
    for place in residuals:
        row, column = masks[place]
        rows |= row
        columns |= column
    return max(rows.bit_count(), columns.bit_count(), 1)
