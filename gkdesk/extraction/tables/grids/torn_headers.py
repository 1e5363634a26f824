"""Header rows cut in two by a page break: the rest of the words stands on the next page in a row of its own.

Put together only where every piece below, with the piece above it, is a label of the form, and most of the pieces above
are none by themselves: nothing else that stands in two rows can have that effect. So are names of columns whose first
characters came into a row of their own, as one cell over all of them: ``结结其尚`` above ``果维持``, ``果纠正``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gkdesk.extraction.figures import is_figure
from gkdesk.extraction.labels import is_same, key
from gkdesk.extraction.tables.header import SUBTOTALS, wordings
from gkdesk.extraction.tables.page_edges import goes_on, lay_of
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.spec import FormSpec

FEWEST_TORN = 2
"""Names of columns whose first characters stand in one cell above them."""


def mend_headers(grids: Sequence[Grid], spec: FormSpec) -> list[Grid]:
    """The grids with the header rows that a page break cut in one piece again, on the page where they begin."""
    labels = _labels(spec)
    mended: list[Grid] = []
    for grid in (_with_whole_names(grid, labels) for grid in grids):
        pair = _mended(mended[-1], grid, labels) if mended else None
        if pair is None:
            mended.append(_with_names_above(mended[-1], grid, labels) if mended else grid)
        else:
            mended[-1] = pair[0]
            mended.append(pair[1])
    return mended


def _labels(spec: FormSpec) -> tuple[str, ...]:
    """The keys of all words that stand in a header: of columns, of groups of columns and of blocks."""
    found: dict[str, None] = {}
    for table in spec.tables:
        for block in table.blocks:
            found.update((key(text), None) for text in block.label)
            for column in block.columns:
                found.update((key(text), None) for text in column.label)
                found.update((name, None) for name in wordings(column))
    return tuple(found)


def _with_whole_names(grid: Grid, labels: tuple[str, ...]) -> Grid:
    """The grid with the first characters of names that stand in one cell above them given back to them."""
    mended: dict[GridCell, GridCell] = {}
    for cell in grid.cells:
        text, count = key(cell.text), cell.column_span
        if count < FEWEST_TORN or not text or len(text) % count or is_same(labels, text):
            continue
        under = range(cell.column, cell.column + count)
        rest = [low for low in grid.cells if low.row == cell.row + cell.row_span and low.column in under]
        size = len(text) // count
        parts = [replace(cell, text=text[start : start + size]) for start in range(0, len(text), size)]
        if [low.column for low in rest] != list(under) or any(low.column_span > 1 for low in rest):
            continue
        pairs = list(zip(parts, rest, strict=True))
        if all(_is_label(part, low, labels) and not is_same(labels, key(low.text)) for part, low in pairs):
            mended |= {
                low: replace(low, text=part.text + low.text, doubt=low.doubt or cell.doubt) for part, low in pairs
            }
            mended[cell] = replace(cell, text="")
    return replace(grid, cells=tuple(mended.get(cell, cell) for cell in grid.cells)) if mended else grid


def _mended(grid: Grid, following: Grid, labels: tuple[str, ...]) -> tuple[Grid, Grid] | None:
    if following.row_count < 2 or not goes_on(grid, following):
        return None
    above = _by_slots_below(grid, following)
    rest = [cell for cell in following.cells if cell.row == 0 and cell.text.strip()]
    joined: dict[GridCell, GridCell] = {}
    for cell in rest:
        start = above.get((cell.column, cell.column + cell.column_span - 1))
        if start is None or not _is_label(start, cell, labels):
            return None
        joined[start] = replace(start, text=start.text + cell.text, doubt=start.doubt or cell.doubt)
    torn = sum(not is_same(labels, key(start.text)) for start in joined)
    if 2 * torn <= len(joined):
        return None
    upper = replace(grid, cells=tuple(joined.get(cell, cell) for cell in grid.cells))
    return upper, _without_first_row(following)


def _with_names_above(grid: Grid, following: Grid, labels: tuple[str, ...]) -> Grid:
    """The rest of a table with the names of columns that stand over two rows of a header, between which a page ends.

    Its first row holds names and nothing else, and is empty right below such a name.
    """
    first = [cell for cell in following.cells if cell.row == 0]
    spoken = [key(cell.text) for cell in first if cell.text.strip()]
    if following.row_count < 2 or not spoken or not goes_on(grid, following):
        return following
    if not all(is_same((*labels, *SUBTOTALS), text) for text in spoken):
        return following
    above = _by_slots_below(grid, following)
    names = {
        cell: replace(cell, text=name.text, doubt=cell.doubt or name.doubt)
        for cell in first
        if not cell.text.strip()
        and (name := above.get((cell.column, cell.column + cell.column_span - 1))) is not None
        and is_same(labels, key(name.text))
    }
    return replace(following, cells=tuple(names.get(cell, cell) for cell in following.cells)) if names else following


def _by_slots_below(grid: Grid, following: Grid) -> dict[tuple[int, int], GridCell]:
    """The cells in which a grid ends by the first and last slot below them: its rest may have more label columns."""
    before, after = (grid.left_edges, grid.right_edges), (following.left_edges, following.right_edges)
    lay = lay_of(before, after)
    found = {}
    for cell in grid.cells:
        slots = lay and lay.slots(before, after, cell.column, cell.column + cell.column_span - 1)
        if slots and _ends_at(cell, grid.row_count):
            found[slots] = cell
    return found


def _ends_at(cell: GridCell, row: int) -> bool:
    return cell.row + cell.row_span == row


def _is_label(start: GridCell, rest: GridCell, labels: tuple[str, ...]) -> bool:
    words = bool(start.text.strip()) and not is_figure(start.text) and not is_figure(rest.text)
    return words and is_same(labels, key(start.text + rest.text))


def _without_first_row(grid: Grid) -> Grid:
    cells = []
    for cell in grid.cells:
        if cell.row > 0:
            cells.append(replace(cell, row=cell.row - 1))
        elif cell.row_span > 1:
            cells.append(replace(cell, text="", row_span=cell.row_span - 1))
    return replace(grid, row_count=grid.row_count - 1, cells=tuple(cells))
