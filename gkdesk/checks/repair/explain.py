"""The explanations of a report's broken identities, in groups that have nothing to do with one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, prod

from gkdesk.checks.repair.corners import Corners
from gkdesk.checks.repair.moves import Move, find_moves
from gkdesk.checks.repair.search import MOST_CELLS, NO_LIMIT, Change, Prices, Residuals, Search, after, fewest_cells
from gkdesk.checks.repair.stains import Stains
from gkdesk.checks.repair.system import Exact, System, join, ratio
from gkdesk.checks.repair.weighing import Scale

MOST_BESIDE_MOVE = 2
"""Cells that are changed besides a move at most."""

MOST_MOVES = 24
"""Moves that are combined with changed cells at most; those that explain most come first."""

MOVE_STEPS = 150
MOST_PEELED = 12
"""Cells put right one by one, each without a rival, where all together are too many to search."""
TELLING = 10
"""Where something stays unexplained, a smaller change than this may put right a row and a column by chance."""


Found = dict[Change, Move | None]
"""Explanations by changed cells, each with the move that says it more simply, if there is one."""


@dataclass(frozen=True, slots=True)
class Solution:
    """One explanation: the changed cells, the move that changed some of them or None, and what believing it costs."""

    change: Change
    move: Move | None
    cost: float


@dataclass(frozen=True, slots=True)
class Group:
    """Identities (by number) that are broken together, and what would explain them, cheapest first.

    ``complete`` is False if there may be explanations that were not looked for; no solutions: not located.
    """

    identities: frozenset[int]
    solutions: tuple[Solution, ...]
    complete: bool


def explain(scale: Scale, prices: Prices, residuals: Residuals) -> list[Group]:
    """The groups of one cluster of residuals."""
    system = scale.system
    search = Search(system, prices)
    found = _solutions(scale, search, residuals) if fewest_cells(system, residuals) <= MOST_CELLS else {}
    peeled: list[tuple[int, Exact]] = []
    rest = residuals
    if not found:
        peeled, rest = _peel(scale, residuals)
        search = Search(system, prices, search.steps)
        found = _solutions(scale, search, rest) if peeled and rest else {}
    if rest and not found:
        peeled = [(cell, by) for cell, by in peeled if not -TELLING < by < TELLING]
        rest = after(system, residuals, peeled)
    groups = [_group(scale, [(one,)], {}, residuals, True) for one in peeled]
    if found:
        parts = _split(scale, found, rest)
        groups += [_group(scale, changes, found, rest, not search.exhausted) for changes in parts]
    elif rest:
        groups.append(Group(_origins(system, rest), (), False))
    return sorted((group for group in groups if group.identities), key=lambda group: min(group.identities))


def probabilities(costs: Sequence[float]) -> list[float]:
    """The costs as probabilities that add up to 1."""
    least = min(costs)
    weights = [exp(least - cost) for cost in costs]
    return [weight / sum(weights) for weight in weights]


def _solutions(scale: Scale, search: Search, residuals: Residuals) -> Found:
    found: Found = {}
    for change in search.solve(residuals):
        found[change] = None
    best = min((scale.cost(change) for change in found), default=NO_LIMIT)
    if search.exhausted or min(map(len, found), default=MOST_CELLS) > 1:
        for change in Stains(scale.system, search.prices, scale.places).solve(residuals, best):
            found.setdefault(change, None)
    best = min((scale.cost(change) for change in found), default=NO_LIMIT)
    for change in Corners(scale.system, search.prices).solve(residuals, best):
        found.setdefault(change, None)
    # One wrong figure is never better told as many that moved.
    if len(residuals) > 1 and min(map(len, found), default=MOST_CELLS) > 1:
        moves = list(find_moves(scale.system, scale.subject.spec, residuals, scale.misplaced))
        moves.sort(key=lambda move: len(after(scale.system, residuals, move.changes)))
        fewest = min(map(len, found), default=MOST_CELLS + 1)
        for move in moves[:MOST_MOVES]:
            if all(scale.allowed(cell, scale.system.values[cell] + by) for cell, by in move.changes):
                for change in _with_move(scale, search.prices, residuals, move, fewest):
                    found[change] = move if found.get(change) is None else found[change]
    return {change: move for change, move in found.items() if not scale.breaks_anew(change)}


def _with_move(scale: Scale, prices: Prices, residuals: Residuals, move: Move, fewest: int) -> list[Change]:
    rest = after(scale.system, residuals, move.changes)
    # A move and some cells besides are worth a look only where cells alone need more of them.
    most = min(MOST_BESIDE_MOVE, fewest - 2)
    if not rest:
        return [move.changes]
    if most < 1:
        return []
    return Search(scale.system, prices, MOVE_STEPS).complete(rest, most, dict(move.changes))


def _peel(scale: Scale, residuals: Residuals) -> tuple[list[tuple[int, Exact]], Residuals]:
    """Changes that each put right everything they touch, with no rival in any equation; and what is left then."""
    system, rest = scale.system, dict(residuals)
    peeled: list[tuple[int, Exact]] = []
    while rest and len(peeled) < MOST_PEELED:
        rivals: dict[int, list[tuple[int, Exact]]] = {place: [] for place in rest}
        for cell in sorted({cell for place in rest for cell, _ in system.equations[place].terms}):
            touched = system.touching[cell]
            changes = {ratio(-rest[place], sign) if place in rest else None for place, sign in touched}
            change = changes.pop()
            if changes or change is None or len(touched) < 2 or cell in {one for one, _ in peeled}:
                continue
            if scale.allowed(cell, system.values[cell] + change):
                for place, _ in touched:
                    rivals[place].append((cell, change))
        alone = [one[0] for one in rivals.values() if len(one) == 1]
        found = [(cell, by) for cell, by in alone if all(len(rivals[place]) == 1 for place, _ in system.touching[cell])]
        if not found:
            break
        peeled.append(found[0])
        rest = after(system, rest, found[:1])
    return (peeled, rest)


def _split(scale: Scale, found: Found, residuals: Residuals) -> list[list[Change]]:
    """The explanations as the product of explanations of parts, if they are one; else all as they are."""
    parts = _parts(scale, found, residuals)
    split = [list(dict.fromkeys(tuple(one for one in change if one[0] in part) for change in found)) for part in parts]
    split = [part for part in split if part != [()]]
    return split if prod(map(len, split)) == len(found) else [list(found)]


def _parts(scale: Scale, found: Found, residuals: Residuals) -> list[set[int]]:
    """The changed cells in parts, so that what is linked is in one part: cells of one broken equation, cells of one
    explanation that have an equation in common, cells of one move, cells of one figure in the prose.
    """
    system = scale.system
    links = [set(link) for link in scale.links]
    for place in residuals:
        members = {cell for cell, _ in system.equations[place].terms}
        links.append({cell for change in found for cell, _ in change if cell in members})
    for change, move in found.items():
        links += [{cell} for cell, _ in change]
        shared: dict[int, set[int]] = {}
        for cell, _ in change:
            for place, _ in system.touching[cell]:
                shared.setdefault(place, set()).add(cell)
        links += shared.values()
        links += [{cell for cell, _ in move.changes}] if move is not None else []
    return join(links)


def _group(scale: Scale, changes: Iterable[Change], found: Found, residuals: Residuals, complete: bool) -> Group:
    solutions = []
    touched: set[int] = set()
    for change in changes:
        cells = {cell for cell, _ in change}
        touched |= {place for cell in cells for place, _ in scale.system.touching[cell] if place in residuals}
        move = next((move for move in found.values() if move is not None and set(move.changes) <= set(change)), None)
        costs = [Solution(change, None, scale.cost(change))]
        if move is not None:
            costs.append(Solution(change, move, scale.cost(change, move)))
        solutions.append(min(costs, key=lambda one: one.cost))
    solutions.sort(key=lambda one: (one.cost, len(one.change), one.change))
    return Group(_origins(scale.system, touched), tuple(solutions), complete)


def _origins(system: System, places: Iterable[int]) -> frozenset[int]:
    return frozenset(origin for place in places for origin in system.equations[place].origins)
