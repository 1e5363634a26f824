"""Which column of a grid is which column of the form, by the words of the header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gkdesk.extraction.figures import is_figure
from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.tables.page_edges import Lay, moved
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.spec import ColumnSpec, TableSpec

LINE_NUMBERS = ("行次", "栏次")
"""Headings of a column before the figures that holds the numbers of the lines."""

SUBTOTALS = ("小计",)
"""Headings of a column that adds up some of those before it, which the form does not have."""


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column of the form found in a grid: its slots (first and last) and whether its own words were found.

    ``cut`` if only the beginning of its words stands there: the edge of the page may have cut its figures off, too.
    """

    spec: ColumnSpec
    left: int
    right: int
    proven: bool
    cut: bool = False


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
            return self._carried_by_edges(grid)
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

    def _carried_by_edges(self, grid: Grid) -> Header | None:
        lay = moved((self.left_edges, self.right_edges), (grid.left_edges, grid.right_edges))
        return self._lying_at(grid, Lay()) or (self._lying_at(grid, lay) if lay is not None else None)

    def _lying_at(self, grid: Grid, lay: Lay) -> Header | None:
        before, after = (self.left_edges, self.right_edges), (grid.left_edges, grid.right_edges)
        found: list[HeaderColumn] = []
        for column in self.columns:
            slots = lay.slots(before, after, column.left, column.right)
            if slots is None:
                return None
            found.append(HeaderColumn(column.spec, *slots, column.proven, column.cut))
        return Header(tuple(found), -1, grid.column_count, grid.left_edges, grid.right_edges)


def wordings(column: ColumnSpec) -> tuple[str, ...]:
    """The keys of a column's printed label and its other wordings."""
    return (key(column.label[-1]), *(key(text) for text in column.synonyms))


def words_over_all(table: TableSpec) -> list[str]:
    """The words printed over all columns of figures: 申请人情况."""
    first = max(len(row.label) for row in table.blocks[0].rows)
    last = first + len(table.blocks[0].columns) - 1
    return [key(printed.text) for printed in table.printed if printed.span.left == first and printed.span.right == last]


def column_names(table: TableSpec) -> frozenset[str]:
    """The keys of all words in the heading of a table of one block: of columns, of groups of them and over all."""
    columns = table.blocks[0].columns
    own = {text for column in columns for text in (*map(key, column.label), *wordings(column))}
    return frozenset(own.union(words_over_all(table)))


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
        last = cell.column + cell.column_span - 1
        found.append(
            HeaderColumn(column, cell.column, last, index in named, index not in named and _is_cut(column, cell))
        )
    return Header(tuple(found), last_row, grid.column_count, grid.left_edges, grid.right_edges)


def _is_cut(column: ColumnSpec, cell: GridCell) -> bool:
    begun = key(cell.text)
    return bool(begun) and any(name.startswith(begun) for name in wordings(column))


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


def are_named_but_broken(columns: Sequence[ColumnSpec], words: str) -> bool:
    """True if all columns are named, and those whose names stand whole in the order of the form.

    Pieces of a name that is broken may come before the names beside it: its cell is higher than theirs.
    """
    names = [key(column.label[-1]) for column in columns]
    places = [words.find(name) for name in names if len(name) > 2 and name in words]
    return all(name[:2] in words for name in names) and places == sorted(places)
