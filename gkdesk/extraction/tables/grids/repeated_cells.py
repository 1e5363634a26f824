"""Tables of text whose merged cells stand once in every column they cover: their columns are sure after all.

Some programs that write a table as text repeat the words of a merged cell in each of its columns and rows. Then nothing
was lost, and a column says as much as in the table itself. This is proven by the table as a whole: every row has the
same number of pieces; the words of the labels fill the same first pieces of every row, none of them empty, and of
labels over several columns they stand there several times; the header fills every piece above the figures. Had a
merged cell lost its pieces, an empty one, or a row that is too short, would stand in its place.

Tables with figures below a merged heading are left as they are: a figure that is there twice may be two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gkdesk.extraction.figures import is_figure
from gkdesk.extraction.labels import key
from gkdesk.model.content import Grid, GridCell

Rows = Sequence[Sequence[GridCell]]


def with_merged_cells(grid: Grid) -> Grid | None:
    """The grid with its cells merged again and its columns sure; None if it does not repeat what was merged."""
    rows = grid.rows()
    if any(len(row) != grid.column_count for row in rows):
        return None
    first = _first_of_body(rows)
    head, body = rows[:first], rows[first:]
    widths = {_words_of(row) for row in body}
    if not head or len(widths) != 1:
        return None
    labels = widths.pop()
    if labels == grid.column_count or not _fills(head, labels) or not _repeats(head if labels == 0 else body, labels):
        return None
    cells = [*_merged(head, grid.column_count), *_merged(body, max(labels - 1, 0), labels)]
    return replace(grid, cells=tuple(cells), aligned=True)


def _first_of_body(rows: Rows) -> int:
    """The first row with figures; in a table without any, that with nothing: nobody had a case."""
    filled = (number for number, row in enumerate(rows) if any(is_figure(cell.text) for cell in row))
    blank = (number for number, row in enumerate(rows) if not any(cell.text.strip() for cell in row))
    return next(filled, next(blank, 0))


def _words_of(row: Sequence[GridCell]) -> int:
    """How many pieces at the beginning of a row hold words."""
    return next((at for at, cell in enumerate(row) if not cell.text.strip() or is_figure(cell.text)), len(row))


def _fills(head: Rows, labels: int) -> bool:
    """True if the header has words over every column of figures, and in its last row other ones over each."""
    above = [[key(cell.text) for cell in row[labels:]] for row in head]
    return all(all(row) for row in above) and all(a != b for a, b in pairwise(above[-1]))


def _repeats(rows: Rows, labels: int) -> bool:
    """True if words stand in several pieces of a row, one beside the other, as those of a merged cell do."""
    parts = [[key(cell.text) for cell in row[: labels or len(row)]] for row in rows]
    return labels == 1 or any(a == b != "" for part in parts for a, b in pairwise(part))


def _merged(rows: Rows, deep: int, wide: int | None = None) -> Iterator[GridCell]:
    """The cells of rows, those with the same words as one.

    Args:
        rows: the rows, with as many pieces each.
        deep: in as many columns cells of the same width are merged with those below.
        wide: in as many columns cells are merged with those beside; in all of them if it is None.
    """
    found: list[list[GridCell]] = []
    for row in rows:
        cells: list[GridCell] = []
        for cell in row:
            last = cells[-1] if cells else None
            if last is not None and (wide is None or cell.column < wide) and _same(last, cell):
                cells[-1] = replace(last, column_span=last.column_span + 1)
            else:
                cells.append(cell)
        found.append(cells)
    above: dict[tuple[int, int], GridCell] = {}
    for cells in found:
        below: dict[tuple[int, int], GridCell] = {}
        for cell in cells:
            slots = (cell.column, cell.column_span)
            upper = above.get(slots)
            if upper is not None and cell.column + cell.column_span <= deep and _same(upper, cell):
                below[slots] = replace(upper, row_span=upper.row_span + 1)
                continue
            if upper is not None:
                yield upper
            below[slots] = cell
        yield from (upper for slots, upper in above.items() if slots not in below)
        above = below
    yield from above.values()


def _same(one: GridCell, other: GridCell) -> bool:
    return key(one.text) == key(other.text) and bool(key(one.text)) and not is_figure(one.text)
