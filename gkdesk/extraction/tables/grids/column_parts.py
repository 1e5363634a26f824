"""表三 with its columns in several tables: printed in halves, on pages that end between columns, beside its labels.

Two tables are put together where something shows that their rows are the same ones:

* both have the same label in every row,
* only one has labels, and on their pages (or side by side on one) all rows stand equally high,
* in a web page or Word file one of two tables right behind each other holds nothing but labels, one in every row, the
  other nothing but figures, a full row for each: columns that stay in view while the others are moved.

Nothing is put together unless every column of the form is then named once, and stands below its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gkdesk.extraction.figures import is_figure
from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.tables.align import RowLabel
from gkdesk.extraction.tables.grids.grid_rows import first_labelled_row
from gkdesk.extraction.tables.grids.sheet_pages import side_by_side, stand_equally_high
from gkdesk.extraction.tables.header import has_words, wordings
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.spec import TableSpec

MOST_PARTS = 4
"""Tables over which the columns of one are spread."""
_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Part:
    """A grid with the columns of the form that it names (their numbers), and how many rows its names take.

    ``first`` is the slot in which its figures begin; ``labels`` are the words before these in every row below the
    names, none for a grid without.
    """

    grid: Grid
    named: tuple[int, ...]
    header: int
    first: int
    labels: tuple[str, ...]


def put_together(table: TableSpec, grids: Sequence[Grid], labels: Sequence[RowLabel]) -> list[Grid]:
    """The grids that hold the table once its parts stand side by side; empty if no table is in parts."""
    parts = [part for grid in grids if (part := _part(table, grid, labels)) is not None]
    joined: list[Grid] = []
    for group in _groups(parts):
        names = [number for part in group for number in part.named]
        is_whole = sorted(names) == list(range(len(table.blocks[0].columns)))
        # Without names it goes on from the one before, with as many parts.
        whole = _joined(group) if len(group) <= MOST_PARTS and (is_whole or (joined and not names)) else None
        if whole is None:
            return []
        joined.append(whole)
    return joined


def _groups(parts: Sequence[_Part]) -> list[list[_Part]]:
    """Parts that stand beside each other, from the left; empty if some do not know their place."""
    labelled = [part for part in parts if part.labels]
    bare = [part for part in parts if not part.labels and any(_is_beside(other, part) for other in labelled)]
    if not bare:
        groups: list[list[_Part]] = []
        for part in labelled:
            known = next((group for group in groups if _is_beside(group[0], part)), None)
            groups = groups if known is not None else [*groups, [part]]
            if known is not None:
                known.append(part)
        return [group for group in groups if len(group) > 1]
    labelled = [part for part in labelled if any(_is_beside(part, other) for other in bare)]
    # Sheets are printed from left to right, or first all that is on the left.
    size = len(bare) // len(labelled)
    if any(sum(_is_beside(part, other) for other in bare) > size for part in labelled):
        # Pages with the same rows might have come in another order.
        return []
    across = [[part, *bare[number * size : (number + 1) * size]] for number, part in enumerate(labelled)]
    down = [[part, *bare[number :: len(labelled)]] for number, part in enumerate(labelled)]
    order = [part for part in parts if part in labelled or part in bare]
    for groups, expected in (
        (across, [part for group in across for part in group]),
        (down, [*labelled, *(part for at in range(1, size + 1) for group in down for part in group[at : at + 1])]),
    ):
        if order == expected and all(_is_beside(group[0], part) for group in groups for part in group[1:]):
            return groups
    return []


def _part(table: TableSpec, grid: Grid, labels: Sequence[RowLabel]) -> _Part | None:
    """A grid as a part; None for one that holds anything but labels, names and the figures below these."""
    begins = first_labelled_row(grid, labels)
    above = [cell for cell in grid.cells if (begins is None or cell.row < begins) and cell.text.strip()]
    heads = _heads(table, above)
    if heads is None:
        return None
    header = max((head.row + head.row_span for _, head in heads), default=0)
    if begins is not None and header > begins:
        return None
    header = header if begins is None else begins
    first = min((head.column for _, head in heads), default=None)
    if first is None:
        first = 0 if begins is None else _first_of_figures(grid, header)
    covered = {slot for _, head in heads for slot in range(head.column, head.column + head.column_span)}
    if heads and covered != set(range(first, grid.column_count)):
        return None
    rows = grid.rows()[header:]
    own = tuple(key(" ".join(cell.text for cell in row if cell.column < first)) for row in rows)
    values = [cell for row in rows for cell in row if cell.column >= first]
    if not rows or any(has_words(cell.text) or cell.row_span > 1 for cell in values):
        return None
    if (begins is None) == any(own):
        return None
    return _Part(grid, tuple(number for number, _ in heads), header, first, own if begins is not None else ())


def _heads(table: TableSpec, above: Sequence[GridCell]) -> list[tuple[int, GridCell]] | None:
    """The columns named above the figures, with the cells that name them; None if one is named twice."""
    found = [
        (number, cell)
        for number, column in enumerate(table.blocks[0].columns)
        for cell in above
        if is_same(wordings(column), key(cell.text))
    ]
    return found if len({number for number, _ in found}) == len(found) == len({cell for _, cell in found}) else None


def _first_of_figures(grid: Grid, header: int) -> int:
    words = (cell.column + cell.column_span for cell in grid.cells if cell.row >= header and has_words(cell.text))
    return max(words, default=0)


def _is_beside(one: _Part, other: _Part) -> bool:
    """True if the rows of both parts are the same ones."""
    if one is other or not one.labels:
        return False
    if other.labels:
        return one.labels == other.labels and all(one.labels) and len(one.labels) >= _FEWEST_ROWS
    if other.first or bool(one.header) != bool(other.header):
        return False
    if one.grid.page is None or other.grid.page is None:
        return one.grid.page is other.grid.page and _are_labels_and_figures(one, other)
    return stand_equally_high(one.grid, one.header, other.grid, other.header)


def _are_labels_and_figures(one: _Part, other: _Part) -> bool:
    """True for labels only, one in every row, and the figures of whole rows right behind them."""
    if one.header != other.header or len(one.labels) != other.grid.row_count - other.header:
        return False
    whole = all(len(row) == len(other.named) for row in other.grid.rows()[other.header :])
    no_figures = not any(is_figure(cell.text) for cell in one.grid.cells if cell.text.strip())
    follows = other.grid.index == one.grid.index + 1
    return follows and whole and no_figures and all(one.labels) and not one.named


def _joined(group: Sequence[_Part]) -> Grid | None:
    """The first part with the figures of the others to its right; None if a row of one is none of another."""
    grids = [group[0].grid, *(_from(part.grid, part.first) for part in group[1:])]
    if all(not part.labels for part in group[1:]) and group[0].grid.page is not None:
        return side_by_side(grids)
    above = max(part.header for part in group)
    cells: list[GridCell] = []
    width = 0
    for part, grid in zip(group, grids, strict=True):
        down = above - part.header
        cells += [replace(cell, row=cell.row + down, column=cell.column + width) for cell in grid.cells]
        width += grid.column_count
    rows = above + group[0].grid.row_count - group[0].header
    return replace(
        group[0].grid,
        row_count=rows,
        column_count=width,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        left_edges=(),
        right_edges=(),
        row_edges=(),
    )


def _from(grid: Grid, left: int) -> Grid:
    """The grid from a slot on, with what is left of names that begin before it."""
    cells = (
        replace(cell, column=max(0, cell.column - left), column_span=cell.column_span - max(0, left - cell.column))
        for cell in grid.cells
        if cell.column + cell.column_span > left and (cell.column >= left or not is_figure(cell.text))
    )
    return replace(
        grid,
        column_count=grid.column_count - left,
        cells=tuple(cells),
        left_edges=grid.left_edges[left:],
        right_edges=grid.right_edges[left:],
    )
