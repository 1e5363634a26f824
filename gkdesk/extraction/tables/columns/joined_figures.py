"""Figures of two columns that a text gives as one number, in a row whose other figures stand in their columns.

Programs that keep a layout by blanks leave none where a page is too narrow: ``42`` and ``250`` become ``42250``. Where
one ends and the next begins is not known, and nothing cuts them here. But if every column of the row stands over just
one figure, and every figure below one column or some that follow one another, the other figures are in their places: a
row that stood a column off would leave the first column or the last one over nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from statistics import median

from gkdesk.extraction.figures import Figure, Unit
from gkdesk.extraction.result import RAN_TOGETHER
from gkdesk.model.reading import parse_reading

BESIDE = (0.5, 1.0)
"""Columns of text by which a figure may end beside the middle of its column: the first that gives one way."""

NEAR = 2
"""Rows with all figures, above, below or around, by which the columns of a row are told."""

TOLD = 10
"""A total so large does not come out by chance of some way of cutting one number."""

Cells = tuple[Figure | None, ...]


def may_share_columns(figures: Sequence[Figure], width: int) -> bool:
    """True if fewer figures than columns have a digit for each column: a row that lost blanks mostly has not."""
    return 0 < len(figures) < width <= sum(max(1, _digits(figure)) for figure in figures)


def share_columns(middles: Sequence[float], figures: Sequence[Figure], ruler: int) -> Cells | None:
    """The cells of a row without blanks, a figure of several columns in each of them, in doubt; None if it is none.

    Args:
        middles: where the columns stand, by a way of counting columns of text.
        figures: fewer than the columns, from left to right.
    """
    if not may_share_columns(figures, len(middles)):
        return None
    return next((cells for beside in BESIDE if (cells := _shared(middles, figures, ruler, beside))), None)


def _shared(middles: Sequence[float], figures: Sequence[Figure], ruler: int, beside: float) -> Cells | None:
    cells: list[Figure] = []
    for middle in middles:
        over = [f for f in figures if f.spans[ruler][0] - beside <= middle <= f.spans[ruler][1] + beside]
        if len(over) != 1:
            return None
        cells += over
    if any(figure not in cells or not _has_digits(figure, cells.count(figure)) for figure in figures):
        return None
    return tuple(replace(cell, doubt=RAN_TOGETHER) if cells.count(cell) > 1 else cell for cell in cells)


def share_columns_of_rows(found: Sequence[Unit], number: int, width: int, rulers: int) -> Cells | None:
    """The same for a row of a table, by where the rows next to it have all their figures.

    On a page with few such rows its sum has to come out besides, in some way of cutting what ran together.
    """
    ways: list[Cells] = []
    for near in _rows_near(found, number, width):
        for ruler in range(rulers):
            spans = [[found[row].figures[column].spans[ruler] for row in near] for column in range(width)]
            middles = [median((left + right) / 2 for left, right in own) for own in spans]
            cells = share_columns(middles, found[number].figures, ruler)
            ways += [cells] if cells is not None and _can_close(cells) else []
    return ways[0] if ways and all(way == ways[0] for way in ways) else None


def cut_by_sum(unit: Unit, width: int) -> Cells | None:
    """The cells of a row with one figure too few, in doubt, if just one way of cutting a number in two gives its sum.

    None if it comes out as it is: then it has a blank. Neither part of the number is known, only where the others are.
    """
    if len(unit.figures) != width - 1 or unit.ends_in_total:
        return None
    texts = [figure.text for figure in unit.figures]
    ways = [
        (at, size)
        for at, text in enumerate(texts)
        for size in range(1, len(text))
        if text.isdecimal() and _comes_out([*texts[:at], text[:size], text[size:], *texts[at + 1 :]])
    ]
    if len(ways) != 1:
        return None
    at, size = ways[0]
    figures = [replace(figure, doubt=figure.doubt or "position") for figure in unit.figures]
    return (*figures[:at], *_halves(unit.figures[at], size), *figures[at + 1 :])


def _comes_out(texts: Sequence[str]) -> bool:
    *parts, total = (parse_reading(text).value or 0 for text in texts)
    return total >= TOLD and sum(parts) == total


def _halves(glued: Figure, size: int) -> tuple[Figure, Figure]:
    """The number that holds two figures, for each of them, where its digits stand."""
    left = tuple((span[0], span[0] + size) for span in glued.spans)
    right = tuple((span[0] + size, span[1]) for span in glued.spans)
    return replace(glued, spans=left, doubt=RAN_TOGETHER), replace(glued, spans=right, doubt=RAN_TOGETHER)


def _rows_near(found: Sequence[Unit], number: int, width: int) -> Iterator[Sequence[int]]:
    whole = [row for row, unit in enumerate(found) if unit.cells is not None and len(unit.figures) == width]
    above, below = [row for row in whole if row < number], [row for row in whole if row > number]
    near = (above[-NEAR:], [*above[-1:], *below[:1]], below[:NEAR])
    return (rows for rows in near if len(rows) == NEAR)


def _can_close(cells: Cells) -> bool:
    """True if the last figure is the sum of the others in some way of cutting those that ran together."""
    figures = list(dict.fromkeys(cells))
    ways = [_cuts(figure.text, cells.count(figure)) if figure is not None else [] for figure in figures]
    values = ([value for part in way for value in part] for way in product(*ways))
    return any(row[-1] != 0 and sum(row[:-1]) == row[-1] for row in values)


def _cuts(text: str, count: int) -> list[list[int]]:
    if count == 1:
        return [[int(parse_reading(text).value or 0)]]
    ends = combinations(range(1, len(text)), count - 1)
    parts = ([text[a:b] for a, b in zip((0, *cut), (*cut, len(text)), strict=True)] for cut in ends)
    return [[int(part) for part in own] for own in parts if all(part.isdecimal() for part in own)]


def _has_digits(figure: Figure, count: int) -> bool:
    """True for a figure of one column, or with a digit for each of its columns."""
    return count == 1 or count <= _digits(figure)


def _digits(figure: Figure) -> int:
    return sum(char.isdigit() for char in figure.text)
