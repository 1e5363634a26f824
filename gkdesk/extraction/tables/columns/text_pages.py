"""The pages of a text that keeps its columns: each has its columns in places of its own.

Form feeds and page numbers tell where a page ends, where the text has any. Else rows of one page are those whose
figures stand in exactly as many places as the table has columns, if a table can be cut like that in one way only; else
they are told apart by where rows that end in their sum have that total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import groupby, pairwise

from gkdesk.extraction.figures import Figure, Span, Strip, Unit
from gkdesk.extraction.labels import key
from gkdesk.model.spec import ColumnSpec

FEWEST_ROWS = 3
"""Rows of a page that end in their sum, before its middles are known."""

FEWEST_MOVED = 2
"""Rows with their totals elsewhere than those before that are no line moved by its label, but of another page."""

FEWEST_PLACES = 4
"""Places of the columns of one page in which figures of the next one must stand, to be those of the same columns."""

CLEAR = 1.0
"""Columns of text that lie between the figures of two columns at least."""

STEADY = 2.5
"""Columns of text by which the totals of one page may stand beside each other."""

REACHED = 2.0
"""Columns of text between the words of a line and a figure that was not moved by them, at least."""

Middles = tuple[float, ...]


def pages_of(
    found: Sequence[Unit],
    lines: Sequence[Strip],
    numbers: Sequence[int],
    ruler: int,
    width: int,
    told: Container[int],
) -> list[list[int]]:
    """The rows page by page; those of a sheet that is not ``told`` its columns share them with no other sheet."""
    pages = _pages_of(found, lines, numbers, ruler, width)
    return [part for page in pages for part in _parted(found, lines, page, told, ruler)]


def _parted(
    found: Sequence[Unit], lines: Sequence[Strip], page: Sequence[int], told: Container[int], ruler: int
) -> Iterator[list[int]]:
    """The rows of a page, those of other sheets that are not told apart."""
    own: list[list[int]] = [[]]
    for sheet, numbers in groupby(page, key=lambda number: lines[found[number].line].sheet):
        rows = list(numbers)
        if own[0] and sheet not in told and not _are_the_same_columns(found, own[0], rows, ruler):
            own.append(rows)
        else:
            own[0] += rows
    yield from own


def sheets_going_on(
    found: Sequence[Unit], lines: Sequence[Strip], told: Container[int], rulers: Sequence[int]
) -> set[int]:
    """The sheets whose rows stand in the columns of the sheet before, by each of the ways of counting columns.

    That sheet must be ``told`` its columns, or go on in those of one before.
    """
    standing = [number for number, unit in enumerate(found) if unit.figures and _has_spans(unit, rulers)]
    going: set[int] = set()
    page: list[int] = []
    for rows in sheets_of(found, lines, standing):
        sheet = lines[found[rows[0]].line].sheet
        if page and sheet not in told and all(_are_the_same_columns(found, page, rows, ruler) for ruler in rulers):
            going.add(sheet)
            page = [*page, *rows]
        else:
            page = rows if sheet in told else []
    return going


def _has_spans(unit: Unit, rulers: Sequence[int]) -> bool:
    return all(len(figure.spans) > ruler for figure in unit.figures for ruler in rulers)


def _are_the_same_columns(found: Sequence[Unit], page: Sequence[int], rows: Sequence[int], ruler: int) -> bool:
    """True if the rows have figures in the first, the last and two more places of the page, all of them well inside.

    Columns that stood closer or further apart would not meet so many of those of the page.
    """
    places = places_of([found[number].figures for number in page], ruler)
    met: set[int] = set()
    for number in rows:
        for middle in middles_of(found[number].figures, ruler):
            at = next((n for n, (left, right) in enumerate(places) if left <= middle <= right), None)
            if at is None:
                return False
            met.add(at)
    return len(met) >= FEWEST_PLACES and {0, len(places) - 1} <= met


def _pages_of(
    found: Sequence[Unit], lines: Sequence[Strip], numbers: Sequence[int], ruler: int, width: int
) -> list[list[int]]:
    whole = list(_cut(found, lines, numbers, ruler, width))
    if len(whole) == 1:
        return whole[0]
    if not any(found[number].ends_in_total for number in numbers):
        return sheets_of(found, lines, numbers)
    return _by_totals(found, lines, numbers, ruler)


def _cut(
    found: Sequence[Unit], lines: Sequence[Strip], numbers: Sequence[int], ruler: int, width: int
) -> Iterator[list[list[int]]]:
    """The ways of cutting the rows into one or two pages, each of which has just as many places as columns."""
    for at in range(len(numbers)):
        parts = [list(part) for part in (numbers[:at], numbers[at:]) if part]
        if all(columns_of(found, lines, part, ruler, width) for part in parts):
            yield parts
            if not at:
                return


def columns_of(
    found: Sequence[Unit], lines: Sequence[Strip], page: Sequence[int], ruler: int, width: int
) -> list[Span] | None:
    """Where the figures stand, if in just as many places as there are columns, none of them that of a moved line."""
    places = places_of([found[number].figures for number in page], ruler)
    if len(page) < FEWEST_ROWS or len(places) != width or any(a[1] + CLEAR > b[0] for a, b in pairwise(places)):
        return None
    at = {number: [_place_at(figure, places, ruler) for figure in found[number].figures] for number in page}
    rows = Counter(place for own in at.values() for place in set(own))
    for number, own in at.items():
        alone = [place for place in own if rows[place] == 1]
        if alone and (len(own) - len(alone) < 2 or _is_reached(found[number], lines, ruler)):
            return None
    return places


def _place_at(figure: Figure, places: Sequence[Span], ruler: int) -> int:
    return next(
        n for n, (left, right) in enumerate(places) if left < figure.spans[ruler][1] and figure.spans[ruler][0] < right
    )


def _is_reached(unit: Unit, lines: Sequence[Strip], ruler: int) -> bool:
    """True if the words of the line end right before the figures: they may have moved them."""
    pieces = lines[unit.line].pieces
    words = len(pieces) - len(unit.figures)
    return words > 0 and unit.figures[0].spans[ruler][0] - pieces[words - 1].spans[ruler][1] < REACHED


def _by_totals(found: Sequence[Unit], lines: Sequence[Strip], numbers: Sequence[int], ruler: int) -> list[list[int]]:
    """The rows page by page, told apart by where the totals stand.

    Rows between the last sum of a page and the first of the next belong to that on whose sheet they stand, by the form
    feeds and page numbers of the text; where these say nothing, to none.
    """
    pages: list[list[int]] = []
    unsure: list[int] = []
    total: float | None = None
    sheet, begun = None, False
    for number in numbers:
        if sheet != (sheet := lines[found[number].line].sheet) and (pages or unsure):
            pages, total = _ended(found, pages, unsure, total, ruler, begun)
            unsure, begun = [], True
        if not found[number].ends_in_total:
            unsure.append(number)
            continue
        here = middles_of(found[number].figures, ruler)[-1]
        if total is not None and abs(here - total) <= STEADY:
            pages[-1] += [*unsure, number]
        else:
            pages.append([*unsure, number] if begun or not pages else [number])
        total, unsure, begun = here, [], False
    pages, _ = _ended(found, pages, unsure, total, ruler, begun)
    return pages or [[]]


def _ended(
    found: Sequence[Unit], pages: list[list[int]], unsure: list[int], total: float | None, ruler: int, begun: bool
) -> tuple[list[list[int]], float | None]:
    """The pages with the rows that follow the last sum of a sheet, and where the totals of the last page stand.

    On a sheet that has ``begun`` behind that sum and has none of its own, they stand as on the page before, if all of
    them do: else they are a page of their own.
    """
    if not unsure:
        return pages, total
    if total is not None and (not begun or _stand_below(found, pages[-1], unsure, ruler)):
        return [*pages[:-1], [*pages[-1], *unsure]], total
    return [*pages, unsure], None


def _stand_below(found: Sequence[Unit], page: Sequence[int], rows: Sequence[int], ruler: int) -> bool:
    """True if every figure of the rows stands where one of the page does."""
    places = places_of([found[number].figures for number in page], ruler)
    spans = [figure.spans[ruler] for number in rows for figure in found[number].figures]
    return all(any(left < high and low < right for low, high in places) for left, right in spans)


def sheets_of(found: Sequence[Unit], lines: Sequence[Strip], numbers: Sequence[int]) -> list[list[int]]:
    """The rows by the sheets of the text."""
    by_sheet = groupby(numbers, key=lambda number: lines[found[number].line].sheet)
    return [list(rows) for _, rows in by_sheet]


def sheets_told(columns: Sequence[ColumnSpec], header: Sequence[Strip], full: Sequence[Strip]) -> set[int]:
    """The sheets of a text on which columns are told: by their names, or by a line of figures with one in each.

    Programs that keep a layout by blanks lay out every page by itself: where the columns of one page stand says nothing
    about the next one.
    """
    labels = [key(label) for column in columns for label in column.label]
    named = (
        line
        for line in header
        if any(len(word := key(piece.text)) > 1 and any(word in label for label in labels) for piece in line.pieces)
    )
    return {line.sheet for line in (*named, *full)}


def behind_untold_pages(found: Sequence[Unit], lines: Sequence[Strip], width: int) -> set[int]:
    """The runs on pages that a text without form feeds and page numbers does not tell apart, but the first of them.

    Two rows and more one after the other have their totals elsewhere than those before; what follows them is behind
    that page, though its totals may stand where those of the first do. Not those of a page with a row of a figure in
    each column, nor any on a page with exact places.
    """
    numbers = [number for number, unit in enumerate(found) if unit.figures and unit.figures[-1].spans]
    if len({lines[found[number].line].sheet for number in numbers}) != 1:
        return set()
    totals = {n: middles_of(found[n].figures[-1:], 0)[0] for n in numbers if found[n].ends_in_total}
    pages: list[list[int]] = []
    for number, total in totals.items():
        if pages and abs(total - totals[pages[-1][-1]]) <= STEADY:
            pages[-1].append(number)
        else:
            pages.append([number])
    whole: list[list[int]] = []
    for page in pages:
        if whole and abs(totals[page[0]] - totals[whole[-1][-1]]) <= STEADY:
            whole[-1] += page
        elif len(page) >= FEWEST_MOVED:
            whole.append(page)
    untold: set[int] = set()
    for at, page in enumerate(whole[1:], 2):
        rows = range(page[0], whole[at][0] if at < len(whole) else len(found))
        if not any(len(found[number].figures) == width for number in rows):
            untold.update(rows)
    return untold


def places_of(rows: Sequence[Sequence[Figure]], ruler: int) -> list[Span]:
    """Where figures stand below each other."""
    places: list[Span] = []
    for left, right in sorted(figure.spans[ruler] for row in rows for figure in row):
        if places and left < places[-1][1]:
            places[-1] = places[-1][0], max(places[-1][1], right)
        else:
            places.append((left, right))
    return places


def middles_of(figures: Sequence[Figure], ruler: int) -> Middles:
    """Where the middles of figures stand, by a way of counting columns of text."""
    return tuple((figure.spans[ruler][0] + figure.spans[ruler][1]) / 2 for figure in figures)


def drawn_to_words(unit: Unit, lines: Sequence[Strip], ruler: int) -> int:
    """How many of the first figures follow the words with one blank only: one at most where no sum proves the row."""
    pieces = lines[unit.line].pieces
    words = len(pieces) - len(unit.figures)
    if words <= 0:
        return 0
    drawn, end = 0, pieces[words - 1].spans[ruler][1]
    for figure in unit.figures[: -1 if unit.ends_in_total else 1]:
        if figure.spans[ruler][0] - end > 1:
            break
        drawn, end = drawn + 1, figure.spans[ruler][1]
    return drawn
