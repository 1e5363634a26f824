"""Columns of a table in lines of text, by where figures and header words stand on the line.

Programs that keep the look of a page by blanks leave every figure below its heading, give or take, and every page of a
file has columns of its own. A *track* is the room that the figures of one column take, known from the rows that have
all their figures and from the words of the header. With some programs whole lines stand too far left or right, so a
row is compared twice: as it stands, and moved so that its total stands where totals stand. A row's last figure is its
total where it is the sum of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gkdesk.extraction.figures import RULERS, Figure, Span, Strip, Unit
from gkdesk.extraction.tables.columns.header_cover import Cover, cover_of_columns
from gkdesk.extraction.tables.columns.joined_figures import cut_by_sum, share_columns_of_rows
from gkdesk.extraction.tables.columns.likely_row import doubted, likely_cells
from gkdesk.extraction.tables.columns.placed_rows import place_rows, with_cells
from gkdesk.extraction.tables.columns.text_header import Tracks, header_lines, header_tracks
from gkdesk.extraction.tables.columns.text_pages import behind_untold_pages, sheets_going_on, sheets_told
from gkdesk.model.place import PagePlace
from gkdesk.model.spec import ColumnSpec

CLEAR = 1.0
"""Columns of text, or points, that must lie between two tracks."""

FEWEST_WITNESSES = 3
"""Rows that must show that lines stand where they should."""

Cells = tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Runs of figures, from number ``first`` to ``last``, over which the tracks stay where they are.

    ``tracks`` are those of the columns that ``witnesses`` runs, whose columns are known, have figures in.
    """

    first: int
    last: int
    tracks: tuple[Span | None, ...]
    witnesses: int = 1

    @property
    def proves(self) -> bool:
        """True if a run between these may be placed by where it stands."""
        return self.witnesses >= FEWEST_WITNESSES and None not in self.tracks


@dataclass(frozen=True, slots=True)
class _Row:
    """Figures by column, and whether nothing speaks against it."""

    cells: Cells
    sure: bool


@dataclass(frozen=True, slots=True)
class _Placing:
    """Where runs with too few figures belong by one way of counting columns; ``misfits`` tells how badly it suits."""

    rows: dict[int, _Row]
    misfits: int


def place_units(columns: Sequence[ColumnSpec], lines: Sequence[Strip], found: Sequence[Unit]) -> list[Unit]:
    """The runs of a table with too few figures as rows of cells, where their places on the line prove the columns.

    Proven is what every way of counting columns that suits the table says, if the text is spaced at all (a text that
    lost its blanks has one between any two figures) and ``FEWEST_WITNESSES`` rows whose columns are known, above and
    below, have their columns in the same places; or on a page, below the names of the columns. A row known by its total
    alone is doubted.

    Args:
        columns: the columns of the table; the last one holds the total of the others.
        lines: the lines of the source.
        found: the runs of figures of the table, its first row first.
    """
    lost = [number for number, unit in enumerate(found) if unit.cells is None and on_one_line(unit, len(columns))]
    if not lost or not ruler_count(found) or not is_spaced(found, len(columns)):
        return list(found)
    placings = [_place_all(columns, lines, found, lost, ruler) for ruler in range(ruler_count(found))]
    fewest = min(placing.misfits for placing in placings)
    rulers = [ruler for ruler, placing in enumerate(placings) if placing.misfits == fewest]
    suiting = [placings[ruler] for ruler in rulers]
    mended = list(found)
    header = header_lines(lines, found)
    full = [found[number].line for number, _ in _full_rows(found, len(columns), 0)]
    told = sheets_told(columns, header, [lines[number] for number in full])
    going_on = sheets_going_on(found, lines, told, rulers)
    on_page = any(isinstance(figure.place, PagePlace) for unit in found for figure in unit.figures)
    untold = behind_untold_pages(found, lines, len(columns)) if not on_page else set[int]()
    for number in lost:
        row = _agreed([placing.rows.get(number) for placing in suiting])
        if row is not None:
            # Where most rows stand otherwise, these are not the columns of their page.
            sure = row.sure and lines[found[number].line].sheet in (told | going_on) and number not in untold
            sure = sure and (found[number].ends_in_total or 2 * len(suiting[0].rows) >= len(lost))
            cells = row.cells if sure else doubted(row.cells)
            mended[number] = replace(found[number], cells=cells, whole=len(found[number].figures) > 1)
    if on_page:
        # On a page characters have exact places: what these do not prove, nearness does not either.
        return mended
    cover = cover_of_columns(columns, header)
    names = [middles_of_names(columns, header, cover, ruler) for ruler in range(ruler_count(found))]
    below = place_rows(names, lines, found, len(columns), told)
    for number in lost:
        agrees = mended[number].cells is None or _same_places(mended[number].cells, below.get(number))
        if agrees and number in below:
            mended[number] = with_cells(mended[number], below[number])
    for number in lost:
        if all(figure is None or figure.doubt for figure in mended[number].cells or ()):
            cut = cut_by_sum(found[number], len(columns))
            mended[number] = replace(mended[number], cells=cut or mended[number].cells)
    for number in lost:
        if mended[number].cells is None:
            joined = share_columns_of_rows(found, number, len(columns), len(names))
            mended[number] = replace(mended[number], cells=joined or likely_cells(mended, number, names))
    return mended


def _same_places(one: Cells | None, other: Cells | None) -> bool:
    """True if both have figures in the same columns."""
    return one is not None and other is not None and [bool(a) for a in one] == [bool(b) for b in other]


def middles_of_names(
    columns: Sequence[ColumnSpec], header: Sequence[Strip], cover: Cover | None, ruler: int
) -> tuple[float, ...] | None:
    """Where the middles of the columns' names stand; None if that is not known."""
    tracks = header_tracks(columns, header, ruler)
    if tracks is not None:
        return tuple((left + right) / 2 for left, right in tracks)
    return cover.middles(ruler) if cover is not None else None


def is_spaced(found: Sequence[Unit], width: int) -> bool:
    """True if most figures that stand side by side have more than a blank between them."""
    gaps = [
        b.spans[0][0] - a.spans[0][1] for unit in found if on_one_line(unit, width) for a, b in pairwise(unit.figures)
    ]
    return 2 * sum(gap > 1 for gap in gaps) > len(gaps)


def first_tracks(found: Sequence[Unit], width: int, ruler: int) -> Sequence[Span | None] | None:
    """Where the columns of the first rows stand; None if no row has all of them."""
    stretches = _stretches(_full_rows(found, width, ruler))
    return stretches[0].tracks if stretches else None


def ruler_count(found: Sequence[Unit]) -> int:
    """By how many ways of counting columns the places of the figures are known."""
    return min((len(figure.spans) for unit in found for figure in unit.figures), default=len(RULERS))


def on_one_line(unit: Unit, width: int) -> bool:
    """True if the figures stand on one line of text, from left to right, no more of them than columns."""
    if not unit.figures or unit.slots is not None or len(unit.figures) > width:
        return False
    if any(not figure.spans for figure in unit.figures):
        return False
    return all(a.spans[0][1] <= b.spans[0][0] for a, b in pairwise(unit.figures))


def _full_rows(found: Sequence[Unit], width: int, ruler: int) -> list[tuple[int, Tracks]]:
    return [
        (number, tuple(figure.spans[ruler] for figure in unit.figures))
        for number, unit in enumerate(found)
        if len(unit.figures) == width and unit.cells is not None and on_one_line(unit, width)
    ]


def _stretches(rows: Sequence[tuple[int, tuple[Span | None, ...]]]) -> list[_Stretch]:
    """Rows one after the other that share their tracks; a new stretch starts where two columns would touch."""
    found: list[_Stretch] = []
    for number, spans in rows:
        if found:
            last = found[-1]
            joined = tuple(_hull(a, b) for a, b in zip(last.tracks, spans, strict=True))
            if all(map(_touch, last.tracks, spans)) and _are_apart(joined):
                found[-1] = _Stretch(last.first, number, joined, last.witnesses + 1)
                continue
        if _are_apart(spans):
            found.append(_Stretch(number, number, spans))
    return found


def _touch(one: Span | None, other: Span | None) -> bool:
    return one is None or other is None or max(one[0] - other[1], other[0] - one[1]) <= CLEAR


def _hull(one: Span | None, other: Span | None) -> Span | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _are_apart(tracks: Sequence[Span | None]) -> bool:
    return all(a[1] + CLEAR <= b[0] for a, b in pairwise(track for track in tracks if track is not None))


def _place_all(
    columns: Sequence[ColumnSpec], lines: Sequence[Strip], found: Sequence[Unit], lost: Sequence[int], ruler: int
) -> _Placing:
    header = header_tracks(columns, header_lines(lines, found), ruler)
    if header is None:
        cover = cover_of_columns(columns, header_lines(lines, found))
        header = cover.tracks(ruler) if cover is not None else None
    full = _full_rows(found, len(columns), ruler)
    spans = {number: tuple(figure.spans[ruler] for figure in found[number].figures) for number in lost}
    from_total = {number: _from_total(spans[number]) for number in lost if found[number].ends_in_total}
    moved = _tracks_from_total(header, full, list(from_total.values()), len(columns))
    by_total = {
        number: _unless_below_others(
            header, spans[number], _place_by_total(found[number].figures, place, moved, number)
        )
        for number, place in from_total.items()
    }
    witnesses = full + [(number, _spans(row.cells, ruler)) for number, row in by_total.items() if row is not None]
    standing = _stretches(([(-1, header)] if header is not None else []) + sorted(witnesses, key=lambda row: row[0]))
    on_page = tracks_on_page(header, found, full)
    rows: dict[int, _Row] = {}
    for number in lost:
        placed = place_in(found[number].figures, spans[number], on_page) if on_page is not None else None
        if placed is not None and placed.sure:
            if not _words_among(found[number], lines, [_Stretch(number, number, on_page or ())], ruler):
                rows[number] = placed
            continue
        around = _around(standing, number)
        row = by_total.get(number)
        if around and all(stretch.proves for stretch in around):
            row = (
                _Row(row.cells, True)
                if row is not None
                else _place(found[number].figures, spans[number], standing, number)
            )
        elif row is not None:
            row = _Row(row.cells, False) if row.sure else None
        if row is not None and not _words_among(found[number], lines, around, ruler):
            rows[number] = row
        elif row is not None and row.cells[0] is not None and not _words_among(found[number], lines, [], ruler):
            # Words too long for their column push the figure of the first one before them.
            rows[number] = _Row(row.cells, False)
    return _Placing(rows, len(standing) + len(lost) - len(rows))


def tracks_on_page(header: Tracks | None, found: Sequence[Unit], full: Sequence[tuple[int, Tracks]]) -> Tracks | None:
    """Where the columns of a table on pages stand: below their names, as wide as the figures there; else None.

    The places of characters on a page are exact. A column is a strip of it, its name stands in that strip, and so does
    every figure that stands below the name.
    """
    if header is None or not all(isinstance(figure.place, PagePlace) for unit in found for figure in unit.figures):
        return None
    tracks = header
    for _, spans in full:
        if all(left < high and low < right for (left, right), (low, high) in zip(spans, header, strict=True)):
            joined = tuple((min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(tracks, spans, strict=True))
            tracks = joined if _are_apart(joined) else tracks
    return tracks


def _words_among(unit: Unit, lines: Sequence[Strip], around: Sequence[_Stretch], ruler: int) -> bool:
    """True if a piece of the line that is no figure stands where figures should."""
    edges = [track[0] for stretch in around[:1] for track in stretch.tracks[:1] if track is not None]
    edges += [figure.spans[ruler][0] for figure in unit.figures[:1]]
    pieces = lines[unit.line].pieces
    return any(piece.spans[ruler][1] > min(edges) for piece in pieces[: len(pieces) - len(unit.figures)])


def _from_total(spans: Tracks) -> Tracks:
    """The same places, counted from the middle of the last one."""
    middle = (spans[-1][0] + spans[-1][1]) / 2
    return tuple((left - middle, right - middle) for left, right in spans)


def _tracks_from_total(
    header: Tracks | None, full: Sequence[tuple[int, Tracks]], others: Sequence[Tracks], width: int
) -> list[_Stretch]:
    """The tracks counted from the total: those of full rows, else what the rows leave if it is one for each column."""
    if full:
        return _stretches([(number, _from_total(spans)) for number, spans in full])
    clusters: list[Span] = []
    for left, right in sorted(span for spans in others for span in spans):
        if clusters and left < clusters[-1][1]:
            clusters[-1] = clusters[-1][0], max(clusters[-1][1], right)
        else:
            clusters.append((left, right))
    if len(clusters) == width and len(others) >= 2 * FEWEST_WITNESSES:
        return _stretches([(-1, tuple(clusters))])
    return _stretches([(-1, _from_total(header))]) if header is not None else []


def _spans(cells: Cells, ruler: int) -> tuple[Span | None, ...]:
    return tuple(figure.spans[ruler] if figure is not None else None for figure in cells)


def _around(stretches: Sequence[_Stretch], number: int) -> list[_Stretch]:
    """The stretch a run stands in; both where it stands between two."""
    before = [stretch for stretch in stretches if stretch.first <= number]
    after = [stretch for stretch in stretches if stretch.last >= number]
    return [*before[-1:], *(stretch for stretch in after[:1] if stretch not in before[-1:])]


def _place(figures: Sequence[Figure], spans: Tracks, stretches: Sequence[_Stretch], number: int) -> _Row | None:
    """The figures by column, as all stretches say in which the run may stand; None if they do not agree."""
    return _agreed([place_in(figures, spans, stretch.tracks) for stretch in _around(stretches, number)])


def _unless_below_others(header: Tracks | None, spans: Tracks, row: _Row | None) -> _Row | None:
    """The row; None if its figures, its total too, each stand below a name, and not all below those of their columns.

    The columns by which it was placed are then those of another page.
    """
    if header is None or row is None:
        return row
    below = [[n for n, (left, right) in enumerate(header) if low < right and left < high] for low, high in spans]
    told = all(len(names) == 1 for names in below) and below[-1] == [len(header) - 1]
    columns = [[number] for number, cell in enumerate(row.cells) if cell is not None]
    return None if told and below != columns else row


def _place_by_total(
    figures: Sequence[Figure], spans: Tracks, stretches: Sequence[_Stretch], number: int
) -> _Row | None:
    """The same for a row counted from its total: between two pages it is enough if one of both has room for it."""
    placed = [place_in(figures, spans, stretch.tracks) for stretch in _around(stretches, number)]
    row = _agreed([row for row in placed if row is not None])
    return row and _Row(row.cells, row.sure and None not in placed)


def place_in(figures: Sequence[Figure], spans: Tracks, known: Sequence[Span | None]) -> _Row | None:
    """The figures by column, sure where each touches its track; None if one may stand in either of two."""
    cells: list[Figure | None] = [None] * len(known)
    tracks = [track for track in known if track is not None]
    if len(tracks) < len(known):
        return None
    last, sure = -1, True
    for figure, (left, right) in zip(figures, spans, strict=True):
        distances = [max(low - right, left - high, 0.0) for low, high in tracks]
        nearest = min(range(len(tracks)), key=distances.__getitem__)
        next_best = min(distances[:nearest] + distances[nearest + 1 :])
        if nearest <= last or next_best < CLEAR or 2 * distances[nearest] > next_best:
            return None
        sure = sure and left < tracks[nearest][1] and tracks[nearest][0] < right
        cells[nearest] = figure
        last = nearest
    return _Row(tuple(cells), sure)


def _agreed(rows: Sequence[_Row | None]) -> _Row | None:
    """What all say, sure where all are; None where one says nothing or something else."""
    known = [row for row in rows if row is not None]
    if not known or len(known) < len(rows) or any(row.cells != known[0].cells for row in known):
        return None
    return _Row(known[0].cells, all(row.sure for row in known))
