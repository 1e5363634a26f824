"""表三 with its columns in several tables: printed in halves, on pages that end between columns, beside its labels.

Two tables are put together where something shows that their rows are the same ones:

* both have the same label in every row,
* only one has labels, and on their pages (or side by side on one) all rows stand equally high,
* in a web page or Word file one of two tables right behind each other holds nothing but labels, one in every row, the
  other nothing but figures, a full row for each: columns that stay in view while the others are moved.

Nothing is put together unless every column of the form is then named once, and stands below its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gkdesk.extraction.figures import is_figure
from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.tables.align import RowLabel
from gkdesk.extraction.tables.grids.grid_rows import first_labelled_row
from gkdesk.extraction.tables.header import has_words, wordings
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.place import PagePlace
from gkdesk.model.spec import TableSpec

MOST_PARTS = 4
"""Tables over which the columns of one are spread."""
SAME_HEIGHT = 1.5
"""Points by which rows of the same printed sheet may lie at different heights on its pages."""
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
    rest = parts
    while rest:
        first, *others = rest
        beside = [part for part in others if _is_beside(first, part)] if first.labels else []
        if not beside and not (first.labels and first.named):
            rest = others
            continue
        rest = [part for part in others if part not in beside]
        group = [first, *beside]
        names = [number for part in group for number in part.named]
        is_whole = sorted(names) == list(range(len(table.blocks[0].columns)))
        # Without names it goes on from the one before, with as many parts.
        if not beside or len(group) > MOST_PARTS or not (is_whole or (joined and not names)):
            return []
        joined.append(_joined(group))
    return joined


def _part(table: TableSpec, grid: Grid, labels: Sequence[RowLabel]) -> _Part | None:
    """A grid as a part; None for one that holds anything but labels, names and the figures below these."""
    begins = first_labelled_row(grid, labels)
    above = [cell for cell in grid.cells if (begins is None or cell.row < begins) and cell.text.strip()]
    heads = _heads(table, above)
    if heads is None:
        return None
    header = max((head.row + head.row_span for _, head in heads), default=begins or 0)
    if begins is not None and header > begins:
        return None
    header = begins if begins is not None else header
    first = min((head.column for _, head in heads), default=None)
    if first is None:
        first = _first_of_figures(grid, header) if begins is None or grid.page is not None else grid.column_count
    covered = {slot for _, head in heads for slot in range(head.column, head.column + head.column_span)}
    if heads and covered != set(range(first, grid.column_count)):
        return None
    rows = grid.rows()[header:]
    own = tuple(key(" ".join(cell.text for cell in row if cell.column < first)) for row in rows)
    values = [cell for row in rows for cell in row if cell.column >= first]
    if len(rows) < _FEWEST_ROWS or any(has_words(cell.text) or cell.row_span > 1 for cell in values):
        return None
    return _Part(grid, tuple(number for number, _ in heads), header, first, own if any(own) else ())


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
    if len(one.labels) != other.grid.row_count - other.header:
        return False
    if other.labels:
        return one.labels == other.labels and all(one.labels)
    if other.first or one.header != other.header:
        return False
    if one.grid.page is None or other.grid.page is None:
        return one.grid.page is other.grid.page and _are_labels_and_figures(one, other)
    if one.grid.page == other.grid.page and _right(one.grid) > _left(other.grid):
        return False
    heights, others = _heights(one.grid), _heights(other.grid)
    return len(heights) == len(others) == one.grid.row_count and all(
        abs(here - there) <= SAME_HEIGHT
        for row, also in zip(heights, others, strict=True)
        for here, there in zip(row, also, strict=True)
    )


def _are_labels_and_figures(one: _Part, other: _Part) -> bool:
    """True for labels only, one in every row, and the figures of whole rows right behind them."""
    width = other.grid.column_count
    whole = all(len(row) == len(other.named) for row in other.grid.rows()[other.header :])
    no_figures = not any(is_figure(cell.text) for cell in one.grid.cells if cell.text.strip())
    follows = other.grid.index == one.grid.index + 1
    return follows and whole and no_figures and all(one.labels) and not one.named and len(other.named) <= width


def _heights(grid: Grid) -> list[tuple[float, float]]:
    """Top and bottom of each row on its page, by its cells that are one row high; fewer if not all rows have any."""
    found: dict[int, tuple[float, float]] = {}
    for cell in grid.cells:
        if cell.row_span == 1 and isinstance(cell.place, PagePlace):
            box = cell.place.box
            top, bottom = found.get(cell.row, (box.top, box.bottom))
            found[cell.row] = min(top, box.top), max(bottom, box.bottom)
    return [found[row] for row in sorted(found)]


def _right(grid: Grid) -> float:
    return max((cell.place.box.right for cell in grid.cells if isinstance(cell.place, PagePlace)), default=0.0)


def _left(grid: Grid) -> float:
    return min((cell.place.box.left for cell in grid.cells if isinstance(cell.place, PagePlace)), default=0.0)


def _joined(group: Sequence[_Part]) -> Grid:
    """The first part with the figures of the others to its right; each keeps its place in the source."""
    first = group[0]
    above = max(part.header for part in group)
    cells: list[GridCell] = []
    width = 0
    for part in group:
        left = 0 if part is first else part.first
        cells += _moved(part, left, above, width)
        width += part.grid.column_count - left
    rows = above + first.grid.row_count - first.header
    return replace(
        first.grid,
        row_count=rows,
        column_count=width,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        left_edges=(),
        right_edges=(),
    )


def _moved(part: _Part, left: int, above: int, width: int) -> Iterator[GridCell]:
    """The cells of a part from a slot on, behind the slots and at the rows of those before it."""
    for cell in part.grid.cells:
        if cell.column >= left:
            yield replace(cell, row=cell.row + above - part.header, column=cell.column - left + width)
        elif cell.row < part.header and cell.column + cell.column_span > left:
            # A name over several columns that begins over the labels.
            span = cell.column + cell.column_span - left
            yield replace(cell, row=cell.row + above - part.header, column=width, column_span=span)
