"""Rows of a text that keeps its columns, placed by the middles of what stands there.

Where columns are narrow the figures of two of them touch, so that no room stays between their tracks. Their middles
still stand apart: a figure belongs to the column whose middle is clearly nearer than that of any other. Every page of a
text has middles of its own; pages are told apart by where rows that end in their sum have that total. The middles are
known from those rows where their figures stand in exactly as many places as the table has columns, else (on the first
page) from the names of the columns, moved to the figures that stand below them.

This is a proof by geometry: every figure of a row must stand where those of the other rows of its page do,
``FEWEST_ROWS`` of them at least, few may stand otherwise, and a row that ends in its sum has it in the last place. In
which order the places have the names of the form is proven elsewhere
(:mod:`gkdesk.extraction.tables.columns.header_cover`). A line whose words reach up to the figures may have its first
figure drawn to them: with one blank between both it stands in the first column, or the gap would be that of a column.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from gkdesk.extraction.figures import Figure, Strip, Unit
from gkdesk.extraction.tables.columns.joined_figures import share_columns
from gkdesk.extraction.tables.columns.rows_of_zeros import rows_of_zeros
from gkdesk.extraction.tables.columns.text_pages import (
    CLEAR,
    FEWEST_ROWS,
    Middles,
    columns_of,
    drawn_to_words,
    middles_of,
    pages_of,
    places_of,
)
from gkdesk.model.place import PagePlace
from gkdesk.model.reading import parse_reading

FEWEST_BELOW_NAMES = 6
"""Rows that must stand below the names, where only these tell the middles and some figures stand beside them."""

BELOW = 1.0
"""Columns of text by which each figure of fewer rows may stand beside the middle of a name."""

MOST_LOST = 0.2
"""Share of the rows of a page that may stand otherwise, such as lines that a long label has moved."""

NEAR = 0.24
"""How far from a middle a figure may stand, of the way to the nearer one beside it: in a row moved by a column of text,
or drawn together where it holds nothing, one stands as far from its own."""

WIDER = 1.25
"""How much further than their names the first and the last column stand apart where the names say nothing of them."""

EVEN = 2.0
"""How much wider one gap between such places may be than another."""

NEXT = 2
"""Rows above and below one, whose figures tell whether one of its own stands in the place of two."""

ASIDE = 4
"""Of the way to the next name, figures may stand so small a part beside their own where a column has none."""

FURTHEST = 3.0
"""Columns of text by which the figures of the first and the last column may stand beside their names."""

Cells = tuple[Figure | None, ...]


def place_rows(
    names: Sequence[Middles | None], lines: Sequence[Strip], found: Sequence[Unit], width: int, told: Container[int]
) -> dict[int, Cells]:
    """The cells of the rows whose places are proven, by number.

    Args:
        names: the middles of the columns' names by each way of counting columns, None where they are not known.
        lines: the lines of the source.
        found: the runs of figures of the table, which has ``width`` columns.
        told: the sheets of the text on which names or rows with all figures tell the columns.
    """
    placings = [_place(middles, lines, found, ruler, width, told) for ruler, middles in enumerate(names)]
    most = max((len(placed) for placed in placings), default=0)
    best = [placed for placed in placings if len(placed) == most]
    return {
        number: cells
        for number, cells in (best[0] if best else {}).items()
        if all(other.get(number) == cells for other in best[1:])
    }


def _place(
    names: Middles | None,
    lines: Sequence[Strip],
    found: Sequence[Unit],
    ruler: int,
    width: int,
    told: Container[int],
) -> dict[int, Cells]:
    rows: dict[int, Cells] = {}
    numbers = [number for number, unit in enumerate(found) if _stands_on_line(unit, width, ruler)]
    for place, page in enumerate(pages_of(found, lines, numbers, ruler, width, told)):
        middles = _middles_of_page(found, lines, page, names if place == 0 else None, ruler, width)
        if middles is None:
            worded = names is None or any(_has_words_among(found[number], lines, names, ruler) for number in page)
            rows.update(rows_of_zeros(found, page, names, ruler) if names and not place and not worded else {})
            continue
        placed, whole = _cells_of_page(found, lines, page, middles, ruler), page
        tail = [number for number in page if number > max(placed, default=page[-1])]
        if len(tail) >= FEWEST_ROWS:
            # The next page, whose total stands where that of this one does, though its other columns do not.
            own = _middles_of_page(found, lines, tail, None, ruler, width)
            rows.update(_cells_of_page(found, lines, tail, own, ruler) if own is not None else {})
            page = page[: -len(tail)]
        if _has_its_totals(found, whole, placed) and len(page) - len(placed) <= MOST_LOST * len(page):
            rows.update(placed)
    return rows


def _has_its_totals(found: Sequence[Unit], page: Sequence[int], placed: Container[int]) -> bool:
    """False if no row that ends in its sum has it in the last column: then the other rows stand beside theirs, too.

    The rows with the most figures have to, because they fit other columns than their own least.
    """
    closed = [number for number in page if found[number].ends_in_total]
    most = max((len(found[number].figures) for number in closed), default=0)
    return not closed or any(number in placed for number in closed if len(found[number].figures) == most)


def _cells_of_page(
    found: Sequence[Unit], lines: Sequence[Strip], page: Sequence[int], middles: Middles, ruler: int
) -> dict[int, Cells]:
    placed = {number: cells for number in page if (cells := _cells(found[number], lines, middles, ruler))}
    rows = list(placed.items())
    return {
        number: cells
        for at, (number, cells) in enumerate(rows)
        if not any(_is_over_two(f, rows[max(at - NEXT, 0) : at + NEXT + 1], ruler) for f in cells)
    }


def _is_over_two(figure: Figure | None, near: Sequence[tuple[int, Cells]], ruler: int) -> bool:
    """True if figures of two columns of a row next to it stand wholly above or below it: it is both of them."""
    if figure is None or figure.doubt:
        return False
    left, right = figure.spans[ruler]
    return any(
        sum(f is not None and left <= f.spans[ruler][0] and f.spans[ruler][1] <= right for f in row) > 1
        for _, row in near
    )


def _middles_of_page(
    found: Sequence[Unit],
    lines: Sequence[Strip],
    page: Sequence[int],
    names: Middles | None,
    ruler: int,
    width: int,
) -> Middles | None:
    places = columns_of(found, lines, page, ruler, width)
    closed = [number for number in page if found[number].ends_in_total]
    if not closed and not all(found[number].total_last for number in page):
        # No figure of a row is the total of those before it.
        closed = list(page)
    elif not closed and any(parse_reading(figure.text).value for number in page for figure in found[number].figures):
        return None
    if places is None and closed:
        # A figure drawn to the words of its line stands beside its column.
        standing = [found[number].figures[drawn_to_words(found[number], lines, ruler) :] for number in closed]
        near = places_of(standing, ruler)
        # Lines that stand beside each other make two places of one column: these touch, or the names stand elsewhere.
        parted = all(a[1] + CLEAR <= b[0] for a, b in pairwise(near))
        places = near if len(closed) >= FEWEST_ROWS and len(near) == width and parted else None
    if places is not None:
        middles = tuple((left + right) / 2 for left, right in places)
        if names is None or all(_is_near(n, middles[n], names) for n in range(width)) or _are_wider(middles, names):
            return middles
    if names is None or not closed:
        return None
    rows = [middles_of(found[number].figures, ruler) for number in page]
    few = len(page) < FEWEST_BELOW_NAMES
    if few and (len(closed) < len(page) or len(page) < FEWEST_ROWS or not _are_right_below(rows, names)):
        return None
    return _calibrated(names, rows)


def _are_wider(middles: Middles, names: Middles) -> bool:
    """True if figures stand in places so much further apart than the names that these cannot stand above them.

    Some programs give the lines of the header, behind the long words left of it, in less room than those of the rows.
    The places must be about even: two of one column, where another has no figure, leave a narrow gap and a wide one.
    """
    gaps = [b - a for a, b in pairwise(middles)]
    return middles[-1] - middles[0] >= WIDER * (names[-1] - names[0]) and max(gaps) <= EVEN * min(gaps)


def _are_right_below(rows: Sequence[Middles], names: Middles) -> bool:
    """True if every figure stands right below the middle of a name, and no name near that of another."""
    apart = all(b - a > 2 * BELOW for a, b in pairwise(names))
    return apart and all(any(abs(middle - name) <= BELOW for name in names) for row in rows for middle in row)


def _cells(unit: Unit, lines: Sequence[Strip], middles: Middles, ruler: int) -> Cells | None:
    """The cells of a row; None if a figure stands between two columns, or its sum in another than the last."""
    if _has_words_among(unit, lines, middles, ruler):
        return None
    columns = _columns_of(unit, lines, middles, ruler)
    if (
        columns is None
        or _covers_two(unit.figures, columns, middles, ruler)
        or (unit.ends_in_total and columns[-1] != len(middles) - 1)
    ):
        return share_columns(middles, unit.figures, ruler)
    at = dict(zip(columns, unit.figures, strict=True))
    return tuple(at.get(column) for column in range(len(middles)))


def _covers_two(figures: Sequence[Figure], columns: Sequence[int], middles: Middles, ruler: int) -> bool:
    """True if a figure reaches to the middle of a column that is not its own: figures of two columns ran together."""
    return any(
        left < middle < right
        for figure, column in zip(figures, columns, strict=True)
        for left, right in figure.spans[ruler : ruler + 1]
        for other, middle in enumerate(middles)
        if other != column
    )


def place_row(names: Middles, figures: Sequence[Figure], ruler: int, furthest: float = FURTHEST) -> Cells | None:
    """The cells of the only row of a table, in the way in which its figures stand least far from the names.

    That the sums come out has to prove it: there are no other rows to compare it with. No figure stands further than
    ``furthest`` from its name.
    """
    row = middles_of(figures, ruler)
    ways: list[tuple[float, tuple[int, ...]] | None] = [(0.0, ())] * (len(names) + 1)
    for middle in row:
        # ways[n]: the best one with all figures so far in the first n columns.
        following: list[tuple[float, tuple[int, ...]] | None] = [None]
        for column, name in enumerate(names):
            before, away = ways[column], abs(middle - name)
            here = (before[0] + away, (*before[1], column)) if before is not None and away <= furthest else None
            following.append(min((way for way in (following[-1], here) if way is not None), default=None))
        ways = following
    best = ways[-1]
    if best is None or _covers_two(figures, best[1], names, ruler):
        return None
    at = dict(zip(best[1], figures, strict=True))
    return tuple(at.get(column) for column in range(len(names)))


def _stands_on_line(unit: Unit, width: int, ruler: int) -> bool:
    if unit.slots is not None or not 0 < len(unit.figures) <= width:
        return False
    if any(len(figure.spans) <= ruler for figure in unit.figures):
        return False
    return all(a.spans[0][1] <= b.spans[0][0] for a, b in pairwise(unit.figures))


def _calibrated(names: Middles, rows: Sequence[Middles]) -> Middles | None:
    """The middles of the figures that stand below each name; the name's own where none stands.

    Where long figures stand beside short ones, half way between name and figures, if more rows stand there. None if the
    figures of a column stand nearer to the name of another one.
    """
    middles = names
    for _ in range(2):
        below: list[list[float]] = [[] for _ in names]
        for row in rows:
            for column, middle in zip(_nearest_columns(row, middles, FURTHEST) or (), row, strict=False):
                below[column].append(middle)
        middles = tuple(median(own) if own else name for own, name in zip(below, middles, strict=True))
        if any(a >= b for a, b in pairwise(middles)):
            return None
    between = tuple((middle + name) / 2 for middle, name in zip(middles, names, strict=True))
    standing = [sum(_nearest_columns(row, ways) is not None for row in rows) for ways in (middles, between)]
    if not all(_is_near(column, middle, names) for column, middle in enumerate(middles)):
        return None
    if not all(below) and not all(_is_below(n, middles[n], names) for n, own in enumerate(below) if own):
        return None
    return between if standing[1] > standing[0] else middles


def _is_near(column: int, middle: float, names: Middles) -> bool:
    """True if the figures of a column stand nearer to its own name than to any other."""
    return min(range(len(names)), key=lambda other: abs(names[other] - middle)) == column


def _is_below(column: int, middle: float, names: Middles) -> bool:
    """True if the figures of a column stand right below its name, for a narrow column nearer than for a wide one.

    Programs that keep a layout draw together what is empty: with no figures in a column, those to the right of it
    stand nearer to its name, and those of the other rows all the same.
    """
    beside = [abs(names[other] - names[column]) for other in (column - 1, column + 1) if 0 <= other < len(names)]
    return abs(middle - names[column]) <= min(beside) / ASIDE


def _nearest_columns(row: Middles, middles: Middles, outside: float = 0.0) -> tuple[int, ...] | None:
    """For each figure the column it stands in; None if one stands between two, or two in one.

    ``outside`` is how far it may stand left of the first column and right of the last, if that is more than inside.
    """
    columns: list[int] = []
    for middle in row:
        nearest = min(range(len(middles)), key=lambda column: abs(middles[column] - middle))
        away = middle - middles[nearest]
        beside = nearest + (1 if away > 0 else -1)
        inside = 0 <= beside < len(middles)
        ways = [abs(middles[at] - middles[nearest]) for at in (nearest - 1, nearest + 1) if 0 <= at < len(middles)]
        room = NEAR * min(ways)
        if abs(away) > (room if inside else max(room, outside)) or (columns and nearest <= columns[-1]):
            return None
        columns.append(nearest)
    return tuple(columns)


def _columns_of(unit: Unit, lines: Sequence[Strip], middles: Middles, ruler: int) -> tuple[int, ...] | None:
    """The columns of a row as it stands; else moved so that its total stands where totals stand.

    On a page nothing is moved: the places of characters are exact there.
    """
    row = middles_of(unit.figures, ruler)
    drawn = drawn_to_words(unit, lines, ruler)
    for moved in (row, *_moved_to_total(unit, row, middles)):
        columns = _nearest_columns(moved, middles)
        if columns is not None:
            return columns
        for first in range(1, drawn + 1):
            rest = _nearest_columns(moved[first:], middles)
            if rest and rest[0] >= first and all(a <= b for a, b in zip(moved[:first], middles, strict=False)):
                return (*range(first), *rest)
    return None


def _moved_to_total(unit: Unit, row: Middles, middles: Middles) -> Iterator[Middles]:
    on_page = any(isinstance(figure.place, PagePlace) for figure in unit.figures)
    if not on_page and unit.ends_in_total:
        yield tuple(middle - row[-1] + middles[-1] for middle in row)


def _has_words_among(unit: Unit, lines: Sequence[Strip], middles: Middles, ruler: int) -> bool:
    """True if the row is not the end of its line, or words stand where figures should."""
    pieces = lines[unit.line].pieces
    words = len(pieces) - len(unit.figures)
    own = [piece.text for piece in pieces[words:]]
    if words < 0 or own != [figure.text for figure in unit.figures]:
        return True
    return words > 0 and pieces[words - 1].spans[ruler][1] > middles[0]


def with_cells(unit: Unit, cells: Cells) -> Unit:
    """The run as a row of cells."""
    return replace(unit, cells=cells, whole=unit.whole or len(unit.figures) > 1)
