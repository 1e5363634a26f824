"""Which column of a grid is which column of the form, by the words of the header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gkdesk.extraction.figures import is_figure
from gkdesk.extraction.labels import is_same, key
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.place import PagePlace
from gkdesk.model.spec import ColumnSpec

EDGE_TOLERANCE = 3.0
"""Points by which the same column may differ between two pages."""
_FEWEST_ALIKE = 5
_MOST_LARGER = 1.2
"""How many times as wide the same table may be on the next page, photographed from nearer, and the other way round."""

Edges = tuple[Sequence[float], Sequence[float]]
"""Left and right edges of the columns of a grid, points."""


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column of the form found in a grid: its slots (first and last) and whether its own words were found."""

    spec: ColumnSpec
    left: int
    right: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Header:
    """The value columns of a grid in the order of the form, the last header row, and how many columns the grid has."""

    columns: tuple[HeaderColumn, ...]
    last_row: int
    width: int
    left_edges: tuple[float, ...] = ()
    right_edges: tuple[float, ...] = ()

    @property
    def first_slot(self) -> int:
        """The leftmost slot of a value column."""
        return min(column.left for column in self.columns)

    def carried_to(self, grid: Grid) -> Header | None:
        """The same columns in a grid that goes on from the one with the header, or None if it does not fit."""
        if self.left_edges and grid.left_edges:
            there = self._carried_by_edges(grid, (grid.left_edges, grid.right_edges))
            return there or self._carried_by_edges(grid, laid_over(self.left_edges, self.right_edges, grid))
        needed = max(column.right for column in self.columns) + 1
        if grid.column_count in (needed, self.width):
            return replace(self, last_row=-1, width=grid.column_count)
        return self._carried_from_right(grid)

    def _carried_from_right(self, grid: Grid) -> Header | None:
        """The same columns in a grid with fewer label columns: those of labels that nothing parts any more are one.

        Proven if the columns are the last ones of their grid, each as wide as one slot, and every row of the other ends
        in as many such cells of its own, with words in the cell right before them and in none of them.
        """
        lefts = sorted(column.left for column in self.columns)
        count = len(lefts)
        if grid.column_count > self.width or lefts != list(range(self.width - count, self.width)):
            return None
        first = grid.column_count - count
        for row in grid.rows():
            label, cells = row[-count - 1 : -count], row[-count:]
            slots = [(cell.column, cell.column_span) for cell in cells]
            if not label or not has_words(label[0].text) or slots != [(first + at, 1) for at in range(count)]:
                return None
            if label[0].column + label[0].column_span != first or any(has_words(cell.text) for cell in cells):
                return None
        moved = grid.column_count - self.width
        columns = tuple(
            replace(column, left=column.left + moved, right=column.right + moved) for column in self.columns
        )
        return Header(columns, -1, grid.column_count)

    def _carried_by_edges(self, grid: Grid, edges: Edges) -> Header | None:
        if _are_alike(self.left_edges, edges[0]):
            return replace(self, last_row=-1, left_edges=grid.left_edges, right_edges=grid.right_edges)
        found: list[HeaderColumn] = []
        for column in self.columns:
            left = _nearest(edges[0], self.left_edges[column.left])
            right = _nearest(edges[1], self.right_edges[column.right])
            if left is None or right is None or right < left:
                return None
            found.append(HeaderColumn(column.spec, left, right, column.proven))
        return Header(tuple(found), -1, grid.column_count, grid.left_edges, grid.right_edges)


def wordings(column: ColumnSpec) -> tuple[str, ...]:
    """The keys of a column's printed label and its other wordings."""
    return (key(column.label[-1]), *(key(text) for text in column.synonyms))


def has_words(text: str) -> bool:
    """True for words, which are neither a figure nor a mark for nothing."""
    return bool(text.strip()) and not is_figure(text)


def find_header(grid: Grid, columns: Sequence[ColumnSpec], rows: range) -> Header | None:
    """The header among ``rows`` of ``grid``: at least half of the columns by their words, the rest by order."""
    named = _named_cells(grid, columns, rows)
    if 2 * len(named) < len(columns):
        return None
    last_row = max(cell.row + cell.row_span - 1 for cell in named.values())
    found: list[HeaderColumn] = []
    for index, column in enumerate(columns):
        cell = named.get(index) or _cell_between(grid, named, index, last_row)
        if cell is None:
            return None
        found.append(HeaderColumn(column, cell.column, cell.column + cell.column_span - 1, index in named))
    return Header(tuple(found), last_row, grid.column_count, grid.left_edges, grid.right_edges)


def _named_cells(grid: Grid, columns: Sequence[ColumnSpec], rows: range) -> dict[int, GridCell]:
    candidates = [cell for cell in grid.cells if cell.row in rows and cell.text.strip()]
    candidates.sort(key=lambda cell: (cell.column, cell.row))
    named: dict[int, GridCell] = {}
    for index, column in enumerate(columns):
        for cell in candidates:
            if is_same(wordings(column), key(cell.text)):
                named[index] = cell
                candidates.remove(cell)
                break
    return named


def _cell_between(grid: Grid, named: dict[int, GridCell], index: int, last_row: int) -> GridCell | None:
    """The header cell of a column whose words were not recognised, where its neighbours leave one slot for it."""
    before, after = named.get(index - 1), named.get(index + 1)
    left = before.column + before.column_span if before is not None else None
    right = after.column if after is not None else (grid.column_count if before is not None else None)
    if left is None and after is not None:
        left = after.column - 1
    if left is None or right is None:
        return None
    inside = [
        cell
        for cell in grid.cells
        if cell.row <= last_row < cell.row + cell.row_span
        and left <= cell.column
        and cell.column + cell.column_span <= right
    ]
    return inside[0] if len(inside) == 1 else None


def _are_alike(edges: Sequence[float], others: Sequence[float]) -> bool:
    """True for as many columns, each begun where the other is, as far as a photograph shows that: no other is near."""
    if len(edges) != len(others) or len(edges) < _FEWEST_ALIKE:
        return False
    narrowest = min(last - first for first, last in pairwise(edges))
    tolerance = min(2 * EDGE_TOLERANCE, narrowest / 3)
    return all(abs(edge - other) <= tolerance for edge, other in zip(edges, others, strict=True))


def _nearest(edges: Sequence[float], wanted: float) -> int | None:
    best = min(range(len(edges)), key=lambda index: abs(edges[index] - wanted), default=None)
    if best is None or abs(edges[best] - wanted) > EDGE_TOLERANCE:
        return None
    return best


def laid_over(left_edges: Sequence[float], right_edges: Sequence[float], grid: Grid) -> Edges:
    """The edges of ``grid`` where they would be with its outer ones on those given, if it is about as wide.

    The margins of a left page may be others than those of a right one, and no two scans lie alike.
    """
    first, last = left_edges[0], right_edges[-1]
    left, right = grid.left_edges[0], grid.right_edges[-1]
    scale = (last - first) / (right - left) if right > left else 0.0
    if not 1 / _MOST_LARGER <= scale <= _MOST_LARGER:
        return grid.left_edges, grid.right_edges
    lefts, rights = grid.left_edges, grid.right_edges
    return [first + (edge - left) * scale for edge in lefts], [first + (edge - left) * scale for edge in rights]


def goes_on(grid: Grid, following: Grid) -> bool:
    """True if ``following`` is the rest of ``grid`` on the next page.

    It has the same outer edges, or lies elsewhere on its page and has no edge between columns that ``grid`` has not.
    """
    if not _is_next_page(grid, following) or not grid.left_edges or not following.left_edges:
        return False
    if (
        abs(grid.left_edges[0] - following.left_edges[0]) <= EDGE_TOLERANCE
        and abs(grid.right_edges[-1] - following.right_edges[-1]) <= EDGE_TOLERANCE
    ):
        return True
    lefts, _ = laid_over(grid.left_edges, grid.right_edges, following)
    return len(lefts) > 1 and all(_nearest(grid.left_edges, edge) is not None for edge in lefts)


def _is_next_page(grid: Grid, following: Grid) -> bool:
    """True for a grid on the next page, or right of the other where two pages lie beside each other in one picture."""
    if grid.page is None or following.page is None or following.page != grid.page:
        return grid.page is not None and following.page == grid.page + 1
    rights = [cell.place.box.right for cell in grid.cells if isinstance(cell.place, PagePlace)]
    lefts = [cell.place.box.left for cell in following.cells if isinstance(cell.place, PagePlace)]
    return bool(rights and lefts) and max(rights) < min(lefts)


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
