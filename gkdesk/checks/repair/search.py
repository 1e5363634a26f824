"""The smallest sets of changed cells that bring every equation of a cluster to zero.

Minimum-weight syndrome decoding over the integers: some changed cell lies in the broken equation that has the fewest
cells, and its change is what one of the broken equations it lies in is off by, or a figure that something else speaks
for. Deepened one cell at a time, with the bound that every broken row and every broken column needs a cell of its own.
(Fellegi and Holt 1976 for the principle; Scholtus 2009 for candidates out of residuals.)

Four cells at the corners of a rectangle leave no residual that is the change of one of them; where nothing else
explains the equations, one cell may also be guessed to be what is easily taken for the figure that was read. An
explanation with more cells than the smallest is looked for only as far as it can be cheaper.

The work is bounded by counted steps, never by a clock: the same report gives the same answer on every computer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from gkdesk.checks.repair.system import Exact, System, ratio

MOST_CELLS = 5
"""Cells that a single explanation changes at most."""

STEPS = 2000
"""States of the search looked at for one cluster: some tens of milliseconds."""

MOST_SOLUTIONS = 240
"""Explanations collected at most; with so many nothing is located anyway."""

MOST_MORE = 2
"""Cells by which an explanation may be larger than the smallest and still be looked for."""

CORNERS = 4
"""Cells that an explanation changes at least if no residual is the change of one of them."""

NO_LIMIT = float("inf")

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
        floor: no change costs less.
        slack: by how much explanations may still change their order once all evidence is weighed.
    """

    allowed: Callable[[int, Exact], bool]
    price: Callable[[int, Exact], float]
    suggested: Mapping[int, tuple[Exact, ...]]
    guesses: Callable[[int], Sequence[Exact]]
    floor: float
    slack: float


@dataclass(slots=True)
class Search:
    """One search over one cluster.

    Attributes:
        system, prices: the equations and what changes cost.
        steps: states still to be looked at.
        exhausted: True once they have run out.
        found: the explanations and their prices.
    """

    system: System
    prices: Prices
    steps: int = STEPS
    exhausted: bool = False
    found: dict[Change, float] = field(default_factory=dict)

    def solve(self, residuals: Residuals) -> list[Change]:
        """All smallest explanations, and others that may be cheaper; found in a fixed order."""
        least = fewest_cells(self.system, residuals)
        for cells in range(least, MOST_CELLS + 1):
            self._descend(residuals, cells, {}, 0.0, NO_LIMIT)
            if self.found or self.exhausted:
                break
        smallest = min(map(len, self.found), default=MOST_CELLS)
        for cells in range(least, MOST_CELLS + 1):
            limit = min(self.found.values(), default=NO_LIMIT) + self.prices.slack
            if cells * self.prices.floor > limit:
                break
            if smallest < cells <= smallest + MOST_MORE:
                self._descend(residuals, cells, {}, 0.0, limit)
            if cells >= CORNERS:
                self._guess(residuals, cells, limit)
        return list(self.found)

    def complete(self, residuals: Residuals, most: int, used: dict[int, Exact]) -> list[Change]:
        """Explanations of what is left after a move changed the cells ``used``, by as few more cells as possible."""
        for cells in range(fewest_cells(self.system, residuals), most + 1):
            self._descend(residuals, cells, used, 0.0, NO_LIMIT)
            if self.found or self.exhausted:
                break
        return list(self.found)

    def _guess(self, residuals: Residuals, cells: int, limit: float) -> None:
        """Explanations in which no change of a cell can be told from a residual, once one of them is guessed."""
        touching = self.system.touching
        inside = {cell for place in residuals for cell, _ in self.system.equations[place].terms}
        for cell in sorted(inside):
            if len(touching[cell]) > 1 and all(place in residuals for place, _ in touching[cell]):
                for change in self.prices.guesses(cell):
                    if self.prices.allowed(cell, self.system.values[cell] + change):
                        self._change(residuals, cells, {}, 0.0, limit, cell, change)

    def _descend(self, residuals: Residuals, left: int, used: dict[int, Exact], price: float, limit: float) -> None:
        """Goes through the explanations that change up to ``left`` more cells and cost no more than ``limit``."""
        equations = self.system.equations
        first = min(residuals, key=lambda place: (len(equations[place].terms), place))
        for cell, _ in equations[first].terms:
            if cell not in used:
                for change in self._changes(cell, residuals):
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
        rest = after(self.system, residuals, ((cell, change),))
        needed = fewest_cells(self.system, rest)
        if needed > left - 1 or total + needed * self.prices.floor > limit:
            return
        used[cell] = change
        if rest:
            self._descend(rest, left - 1, used, total, limit)
        else:
            self.found.setdefault(tuple(sorted(used.items())), total)
        del used[cell]

    def _changes(self, cell: int, residuals: Residuals) -> list[Exact]:
        found: dict[Exact, None] = {}
        for place, coefficient in self.system.touching[cell]:
            if place in residuals:
                found[ratio(-residuals[place], coefficient)] = None
        for change in self.prices.suggested.get(cell, ()):
            found[change] = None
        value, allowed = self.system.values[cell], self.prices.allowed
        return [change for change in found if change and allowed(cell, value + change)]


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
