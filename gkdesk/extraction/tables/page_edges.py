"""Where the columns of a table torn by a page break lie on the next page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gkdesk.model.content import Grid
from gkdesk.model.place import PagePlace

TOLERANCE = 3.0
"""Points by which the same border may differ between two pages."""
_SMALLER, _LARGER = 0.65, 1.55
"""How wide the rest of a table may be on another scan or photograph, as a share of its width before.

A sheet of A3 with a page on one half of it has them smaller by the root of two than one with two pages.
"""
_LEAST_SHARED = 3
"""Borders inside a table that must lie alike for its rest to be known wherever it lies on its page."""
_FEWEST_ALIKE = 5
"""Columns of two grids with as many that are the same though their borders lie alike only roughly."""

Edges = tuple[Sequence[float], Sequence[float]]
"""The left and the right edges of the columns of a grid."""


@dataclass(frozen=True, slots=True)
class Lay:
    """How a table lies on the next page: every sheet goes through a scanner in its own way."""

    left: float = 0.0
    factor: float = 1.0
    new_left: float = 0.0

    def at(self, x: float) -> float:
        """Where ``x`` of the page before comes to lie."""
        return self.new_left + (x - self.left) * self.factor

    def slots(self, before: Edges, after: Edges, first: int, last: int) -> tuple[int, int] | None:
        """The columns of the next page that lie where ``first`` and ``last`` of the page before do."""
        if _are_alike([self.at(edge) for edge in before[0]], after[0]):
            return first, last
        left = nearest(after[0], self.at(before[0][first]))
        right = nearest(after[1], self.at(before[1][last]))
        return None if left is None or right is None or right < left else (left, right)


def goes_on(grid: Grid, following: Grid) -> bool:
    """True if ``following`` is the rest of ``grid`` on the next page, as far as its borders tell."""
    if not _is_next_page(grid, following) or not grid.left_edges or not following.left_edges:
        return False
    return lay_of((grid.left_edges, grid.right_edges), (following.left_edges, following.right_edges)) is not None


def _is_next_page(grid: Grid, following: Grid) -> bool:
    """True for a grid on the next page, or right of the other where two pages lie beside each other in one picture."""
    if grid.page is None or following.page is None or following.page != grid.page:
        return grid.page is not None and following.page == grid.page + 1
    rights = [cell.place.box.right for cell in grid.cells if isinstance(cell.place, PagePlace)]
    lefts = [cell.place.box.left for cell in following.cells if isinstance(cell.place, PagePlace)]
    return bool(rights and lefts) and max(rights) < min(lefts)


def lay_of(before: Edges, after: Edges) -> Lay | None:
    """How the rest of a table lies: where the outer edges meet as it did before, else as all its borders say."""
    if abs(before[0][0] - after[0][0]) <= TOLERANCE and abs(before[1][-1] - after[1][-1]) <= TOLERANCE:
        return Lay()
    return moved(before, after)


def moved(before: Edges, after: Edges) -> Lay | None:
    """So that the outer edges meet; None unless the borders of the one with fewer of them then lie on the other's."""
    left, width = before[0][0], before[1][-1] - before[0][0]
    new_width = after[1][-1] - after[0][0]
    if width <= 0 or not _SMALLER <= new_width / width <= _LARGER:
        return None
    lay = Lay(left, new_width / width, after[0][0])
    if _are_alike([lay.at(edge) for edge in before[0]], after[0]):
        return lay
    few, many = sorted(([lay.at(edge) for edge in before[0][1:]], list(after[0][1:])), key=len)
    alike = len(few) >= _LEAST_SHARED and all(nearest(many, edge) is not None for edge in few)
    return lay if alike else None


def _are_alike(edges: Sequence[float], others: Sequence[float]) -> bool:
    """True for as many columns, each begun where the other is, as far as a photograph shows that: no other is near."""
    if len(edges) != len(others) or len(edges) < _FEWEST_ALIKE:
        return False
    narrowest = min(last - first for side in (edges, others) for first, last in pairwise(side))
    tolerance = min(3 * TOLERANCE, narrowest / 3)
    return all(abs(edge - other) <= tolerance for edge, other in zip(edges, others, strict=True))


def nearest(edges: Sequence[float], wanted: float) -> int | None:
    """The edge that lies at ``wanted``; None if there is none."""
    best = min(range(len(edges)), key=lambda index: abs(edges[index] - wanted), default=None)
    if best is None or abs(edges[best] - wanted) > TOLERANCE:
        return None
    return best


def join(grid: Grid, following: Grid) -> Grid:
    """Both as one grid, the rows of ``following`` below; slots of the two parts need not be the same columns."""
    moved = tuple(replace(cell, row=cell.row + grid.row_count) for cell in following.cells)
    return replace(
        grid,
        row_count=grid.row_count + following.row_count,
        column_count=max(grid.column_count, following.column_count),
        cells=grid.cells + moved,
        page=following.page,
    )
