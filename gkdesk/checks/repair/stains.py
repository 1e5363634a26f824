"""Explanations by cells that touch one another in the printed table, as a stain spoils them.

Cells that touch, five of them at most, lie in as many rows and columns together as there are cells, and one more, or in
fewer. So a stain that reaches all broken rows and columns lies within them or hardly outside, and all such stains are
gone through one by one. Where no rectangle of corners is among its cells the sums leave each cell of a stain one
figure: some row or column holds one of them alone, and when that is put right, another does. (For rectangles see
:mod:`.corners`.) A search by residuals finds most of them, too, but has to choose among all cells of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gkdesk.checks.repair.search import (
    MOST_CELLS,
    WORTH_SHOWING,
    Change,
    Prices,
    Residuals,
    after,
    fewest_cells,
)
from gkdesk.checks.repair.system import Exact, System, ratio
from gkdesk.checks.subject import ROW
from gkdesk.model.spec import Span

STEPS = 1500
"""Stains and parts of stains looked at for one cluster: a few milliseconds."""

FEWEST_LINES = 3
"""Broken rows and columns from which on it is worth while: fewer are explained by few cells."""

Places = Sequence[tuple[str, Span]]
"""By cell, its table and where in it the cell is printed."""


@dataclass(slots=True)
class Stains:
    """Looks for stains that explain one cluster.

    Attributes:
        system, prices, places: the equations, what changes cost, and where the cells are printed.
        steps: stains still to be looked at.
        found: the explanations.
    """

    system: System
    prices: Prices
    places: Places
    steps: int = STEPS
    found: list[Change] = field(default_factory=list)

    def solve(self, residuals: Residuals, best: float) -> list[Change]:
        """The explanations that are not much dearer than the best one known."""
        for stain in self._stains(region(self.system, self.places, residuals), residuals):
            change = self._change(stain, residuals)
            cost = self._cost(change) if change is not None else 0.0
            if change is not None and cost <= best + WORTH_SHOWING:
                self.found.append(change)
                best = min(best, cost)
        return self.found

    def _stains(self, cells: frozenset[int], residuals: Residuals) -> Iterator[tuple[int, ...]]:
        """Every set of cells that touch and stand in all broken equations, each once (Redelmeier 1981)."""
        for start in sorted(cells):
            later = frozenset(cell for cell in cells if cell > start)
            yield from self._grown((), [start], later, frozenset((start,)), residuals)

    def _grown(
        self,
        stain: tuple[int, ...],
        untried: Sequence[int],
        later: frozenset[int],
        seen: frozenset[int],
        missed: Residuals,
    ) -> Iterator[tuple[int, ...]]:
        """The stain with one of the untried cells at least, without those that were tried before."""
        for place, cell in enumerate(untried):
            self.steps -= 1
            if self.steps < 0:
                return
            grown = (*stain, cell)
            reached = self.system.places[cell]
            still = {one: by for one, by in missed.items() if one not in reached}
            if not still:
                yield grown
            if len(grown) + max(fewest_cells(self.system, still), 1) <= MOST_CELLS:
                beside = [one for one in sorted(self.prices.beside[cell]) if one in later and one not in seen]
                more = (*untried[place + 1 :], *beside)
                yield from self._grown(grown, more, later, seen.union(beside), still)

    def _change(self, stain: Sequence[int], residuals: Residuals) -> Change | None:
        """The only change of just these cells that explains the residuals; None if there is none, or several."""
        touching, rest = self.system.touching, dict(residuals)
        waiting = [cell for cell in stain if touching[cell]]
        changes: list[tuple[int, Exact]] = []
        while waiting:
            count: dict[int, int] = {}
            for cell in waiting:
                for place, _ in touching[cell]:
                    count[place] = count.get(place, 0) + 1
            alone = ((cell, *one) for cell in waiting for one in touching[cell] if count[one[0]] == 1)
            cell, place, by = next(alone, (-1, 0, 1))
            change = ratio(-rest.get(place, 0), by) if cell >= 0 else 0
            if not change or not self.prices.allowed(cell, self.system.values[cell] + change):
                return None
            changes.append((cell, change))
            rest = after(self.system, rest, changes[-1:])
            waiting.remove(cell)
        return tuple(sorted(changes)) if changes and not rest else None

    def _cost(self, change: Change) -> float:
        total = sum(self.prices.price(cell, by) for cell, by in change)
        return total - self.prices.together([cell for cell, _ in change])


def region(system: System, places: Places, residuals: Residuals) -> frozenset[int]:
    """The cells that a stain over every broken row and column may cover; none if there can be no such stain."""
    rows: set[int] = set()
    columns: set[int] = set()
    tables: set[str] = set()
    numbers = {ref: number for number, ref in enumerate(system.refs)}
    for place in residuals:
        for identity in (system.identities[origin] for origin in system.equations[place].origins):
            table, span = places[numbers[identity.cells[0]]]
            tables.add(table)
            if identity.spec.each == ROW:
                rows.add(span.top)
            else:
                columns.add(span.left)
    if len(tables) != 1 or len(rows) + len(columns) < FEWEST_LINES:
        return frozenset()
    spans = {cell: span for cell, (table, span) in enumerate(places) if table in tables}
    down, height = _distances({span.top for span in spans.values()}, rows)
    across, width = _distances({span.left for span in spans.values()}, columns)
    outside = MOST_CELLS + 1 - height - width
    return frozenset(cell for cell, span in spans.items() if down[span.top] + across[span.left] <= outside)


def _distances(lines: set[int], broken: set[int]) -> tuple[dict[int, int], int]:
    """How far each line is from the part of the table between the first broken one and the last, and how large that is.

    Without a broken line every line is as good as any other.
    """
    ordered = sorted(lines)
    if not broken:
        return dict.fromkeys(ordered, 0), 1
    first, last = ordered.index(min(broken)), ordered.index(max(broken))
    return {line: max(first - place, place - last, 0) for place, line in enumerate(ordered)}, last - first + 1
