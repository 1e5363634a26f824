"""Reading 表三 from a text that gives its figures apart from their labels: column after column, or block after block.

Programs that take the text out of a PDF often yield whole columns, page by page, and where two columns stand close
the rows of both in blocks. No word says then which cell a figure belongs to. Where the figures are exactly as many as
the cells, their arrangement can be found: of the few ways in which such programs go through a page, only the right one
makes nearly all totals come out. This proves the arrangement, not the names: the totals are blind to applicants that
change places and to rows of one kind that do. So every figure found like this is doubtful, nothing is called blank,
and a text whose labels stand in another order than those of the form is not read at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.result import ROW_TWICE, WHICH, CellReading, TableReading, cell_reading, doubt_beside_strays
from gkdesk.extraction.tables.apart.found_cells import Found, doubtful_cell
from gkdesk.extraction.tables.apart.outcome_row import read_one_row
from gkdesk.extraction.tables.apart.page_orders import (
    MOST_BROKEN,
    PageOrder,
    Row,
    page_orders,
    rows_of_columns,
    rows_of_lines,
)
from gkdesk.extraction.tables.apart.region import Region, find_regions
from gkdesk.extraction.tables.apart.rows_in_turn import (
    are_labels_in_order,
    are_parted_by_labels,
    closing_rows,
    doubt_torn_rows,
    doubtful_rows,
    from_left_to_right,
    has_torn_rows,
    is_each_named_once,
    names_in_order,
    stand_row_by_row,
)
from gkdesk.extraction.tables.columns.headed_columns import are_named_in_order
from gkdesk.extraction.tables.columns.row_places import rows_in_columns
from gkdesk.extraction.tables.header import are_named_but_broken
from gkdesk.extraction.tables.printed_rows import printed_rows, row_label
from gkdesk.model.cellref import CellRef
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import Number, State, parse_reading
from gkdesk.model.spec import FormSpec, RowSpec, TableSpec

FEWEST_FIGURES = 12
"""Figures other than nothing that a table must have for its totals to prove anything."""

FEWEST_BROKEN_OTHERWISE = 5
"""Totals that must be wrong in every other plain way of reading; twice as many, and its own, if the chosen has some."""

FEWEST_BLOCKS = 1
"""Blocks of a table of one row that must close by more than nothing: the others may have a misprint."""

LABELS_THERE = 0.8
"""Share of the row labels that must stand among the figures."""

KEPT = 4
"""Ways of reading a page that are tried with those of the other pages."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A total: the cells that add up to the same, as places of their rows and columns."""

    left: tuple[tuple[int, int], ...]
    right: tuple[tuple[int, int], ...]


def complete(
    reading: TableReading | None, table: TableSpec, spec: FormSpec, lines: Sequence[Strip], text: str
) -> TableReading | None:
    """``reading`` with the cells it has not read taken from figures that stand apart from their labels, as doubtful.

    The same reading if nothing is known about them, or if they contradict a figure of it that is certain.

    Args:
        reading: what was read row by row, or None.
        lines: the lines of the source, and ``text`` the characters that their places count.
    """
    reading = doubt_beside_strays(reading) if reading is not None else None
    known = {cell.ref: cell for cell in reading.cells} if reading is not None else {}
    certain = all(ref in known and _is_certain(known[ref]) for ref in table.refs())
    if certain and (reading is None or not has_torn_rows(reading, text)):
        return reading
    if certain and len(table.blocks) > 1:
        return reading
    regions = find_regions(table, spec, lines, text)
    region = regions[0] if len(regions) == 1 else None
    if len(table.blocks) > 1:
        found = read_one_row(table, regions)
    else:
        found = _read(table, spec, region) if region is not None else None
    if found is not None and found.rows and not _contradict(known, found):
        which = WHICH - {ROW_TWICE} if found.once else WHICH
        cells = tuple(_proven(known.get(cell.ref), cell, which) for cell in found.cells)
        return TableReading(table.id, cells, rows_expected=found.rows, rows_proven=found.rows, columns_proven=True)
    reading = _without_torn_rows(reading, table, region, text)
    known = {cell.ref: cell for cell in reading.cells} if reading is not None else {}
    if found is None or _contradict(known, found):
        return reading
    cells = tuple(_better(known.get(cell.ref), cell) for cell in found.cells)
    if reading is not None:
        return replace(reading, cells=cells, columns_proven=False)
    rows = len(cells) // len(table.blocks[0].columns)
    return TableReading(table.id, cells, rows_expected=rows, rows_proven=0, columns_proven=False)


def _without_torn_rows(
    reading: TableReading | None, table: TableSpec, region: Region | None, text: str
) -> TableReading | None:
    """The reading with rows doubtful whose figures may have come apart from their labels."""
    if reading is None or region is None or len(table.blocks) > 1:
        return reading
    width = len(table.blocks[0].columns)
    whole = any(len(rows) * width == len(region.figures) for rows in printed_rows(table))
    return doubt_torn_rows(reading, table, region.lines, text, whole)


def _is_certain(cell: CellReading) -> bool:
    return cell.reading.state in (State.READ, State.BLANK)


def _proven(known: CellReading | None, found: CellReading, which: Collection[str]) -> CellReading:
    """What was found; as read before where that is certain, or leaves open ``which`` of two tables or rows counts.

    No cell of a proven table is without a figure.
    """
    if known is None or (known.reading.state is State.BLANK and not known.reading.raw and found.reading.raw):
        return found
    return known if _is_certain(known) or any(doubt in which for doubt in known.reading.doubts) else found


def _contradict(known: Mapping[CellRef, CellReading], found: Found) -> bool:
    """True if a figure that is certain is another one in what was found."""
    certain = ((known[cell.ref], cell) for cell in found.cells if cell.ref in known and _is_certain(known[cell.ref]))
    return any((own.reading.value or 0) != (cell.reading.value or 0) for own, cell in certain)


def _better(known: CellReading | None, found: CellReading) -> CellReading:
    """What was read row by row, with its own doubts, where it is certain or the same; else what was found."""
    if known is None or known.reading.state is State.MISSING:
        return found
    if found.reading.state is State.MISSING:
        return known
    certain = known.reading.state is not State.DOUBTFUL
    # A mark that stands in a cell is more than that nothing is known of it.
    alike = known.reading.value == found.reading.value and (known.reading.value is not None or not found.reading.raw)
    return known if certain or alike else found


def _read(table: TableSpec, spec: FormSpec, region: Region) -> Found | None:
    width = len(table.blocks[0].columns)
    in_text = all(line.slots is None for line in region.lines)
    apart = in_text and not region.strayed and not are_parted_by_labels(table, region.lines)
    for rows in printed_rows(table):
        in_places = _rows_in_places(table, rows, region) if apart else None
        if in_places is None and apart and stand_row_by_row(table, rows, region.figures, region.words, region.header):
            in_places = region.figures
        if in_places is not None:
            cells = list(_row_by_row(table, rows, in_places))
            return Found(cells, len(rows), once=is_each_named_once(rows, region.words))
        if len(rows) * width == len(region.figures) and _labels_in_order(rows, region.words):
            found = _arrangement(table, spec, rows, region)
            if found is not None:
                return Found(list(_cells(table, rows, region, found)))
        in_turn = _closing_rows(table, rows, region)
        if in_turn is not None:
            return Found(list(_cells(table, rows, region, in_turn)))
    return None


def _closing_rows(table: TableSpec, rows: Sequence[RowSpec], region: Region) -> Sequence[tuple[int | None, ...]] | None:
    """Per row and column the figure that stands there if they stand row by row, of rows that close; None if not."""
    width = len(table.blocks[0].columns)
    if len(rows) * width != len(region.figures) or not are_labels_in_order(rows, region.words):
        return None
    closing = closing_rows(region.figures, width)
    nothing = (None,) * width
    lines = enumerate(rows_of_lines(len(region.figures), width))
    return [row if number in closing else nothing for number, row in lines] if closing is not None else None


def _rows_in_places(table: TableSpec, rows: Sequence[RowSpec], region: Region) -> tuple[Figure, ...] | None:
    """The figures row by row where their places prove the rows, and the names the columns; else None."""
    columns = table.blocks[0].columns
    if len(region.figures) != len(rows) * len(columns):
        return None
    if not names_in_order(table, rows, region.words, region.header) or not are_named_in_order(columns, region.header):
        return None
    placed = rows_in_columns(region.lines, len(columns))
    if placed is None:
        return None
    return tuple(figure for row in placed for figure in row)


def _row_by_row(table: TableSpec, rows: Sequence[RowSpec], found: Sequence[Figure]) -> Iterator[CellReading]:
    """The cells of a table that is read row by row."""
    columns = table.blocks[0].columns
    doubtful = doubtful_rows(found, len(columns))
    for number, row in enumerate(rows):
        given = found[number * len(columns) : (number + 1) * len(columns)]
        figures = from_left_to_right(given)
        read = doubtful_cell if number in doubtful or tuple(figures) != tuple(given) else cell_reading
        for column, figure in zip(columns, figures, strict=True):
            yield read(CellRef(table.id, row.id, column.id), figure, column.kind)


def _labels_in_order(rows: Sequence[RowSpec], words: str) -> bool:
    """True if most row labels stand among the words, those that stand there once in the order of the form."""
    there = [[words.find(wording) for wording in row_label(row).wordings if words.count(wording) == 1] for row in rows]
    places = [min(found) for found in there if found]
    return len(places) >= LABELS_THERE * len(rows) and places == sorted(places)


# ---------------------------------------------------------------------------------------------- how it is arranged


def _arrangement(
    table: TableSpec, spec: FormSpec, rows: Sequence[RowSpec], region: Region
) -> list[tuple[int | None, ...]] | None:
    """Per row and column the figure that stands there, None where equally good ways differ; None without a proof."""
    width = len(table.blocks[0].columns)
    values = [parse_reading(figure.text).value or 0 for figure in region.figures]
    if len({figure.text.strip() for figure in region.figures}) == 1:
        return list(rows_of_lines(len(values), width))
    if sum(value != 0 for value in values) < FEWEST_FIGURES:
        return None
    identities = _identities(table, spec, rows)
    named = _columns_in_order(table, region.words)
    pages = [
        _ways_of_page(values[start:stop], start, width) for start, stop in pairwise([*_starts(region), len(values)])
    ]
    ways = [_join(parts, values, identities) for parts in product(*pages)]
    ways.sort(key=lambda way: (way.broken, way.price))
    if named and ways and ways[0].broken <= MOST_BROKEN and ways[0].total_last:
        if not _is_spread(ways[0].rows, values) or not _is_alone(ways[0], values, identities, region, width):
            return None
        rivals = [way.rows for way in ways if way.broken == ways[0].broken]
        return [_agreed_row(row, rivals, values) for row in range(len(rows))]
    # Nothing says which applicant a column is: the totals are left, and the rows in which there is nothing at all.
    unnamed = [one for one in identities if {column for _, column in one.right} == {width - 1}]
    ways = [_join(parts, values, unnamed) for parts in product(*pages)]
    ways.sort(key=lambda way: (way.broken, way.price))
    if not ways or ways[0].broken > MOST_BROKEN or not _is_alone(ways[0], values, unnamed, region, width):
        return None
    rivals = [way.rows for way in ways if way.broken == ways[0].broken]
    agreed = [_agreed_row(row, rivals, values) for row in range(len(rows))]
    if ways[0].total_last and are_named_but_broken(table.blocks[0].columns, region.words):
        return agreed
    return [
        row if not any(values[at] for at in ways[0].rows[number]) else (*(None for _ in row[1:]), row[-1])
        for number, row in enumerate(agreed)
    ]


def _agreed_row(row: int, rivals: Sequence[tuple[Row, ...]], values: Sequence[Number]) -> tuple[int | None, ...]:
    """The figures of a row of the first way, None where another way has another figure."""
    return tuple(
        at if all(values[rival[row][column]] == values[at] for rival in rivals) else None
        for column, at in enumerate(rivals[0][row])
    )


def _is_alone(way: PageOrder, values: Sequence[Number], identities: Sequence[_Sum], region: Region, width: int) -> bool:
    """True if all plain ways of reading that give other figures break many more totals."""
    return all(
        _broken(plain, values, identities) >= way.broken + FEWEST_BROKEN_OTHERWISE * (2 if way.broken else 1)
        for plain in _plain_orders(region, width)
        if _values(plain, values) != _values(way.rows, values)
    )


def _columns_in_order(table: TableSpec, words: str) -> bool:
    """True if the columns are named in the order of the form; a name may be broken behind its first two characters."""
    names = [key(column.label[-1])[:2] for column in table.blocks[0].columns]
    groups = {key(column.label[0]) for column in table.blocks[0].columns if len(column.label) > 1}
    for group in groups:
        # The name of the group, 法人或其他组织, has a name of a column in it.
        words = words.replace(group, "")
    places = [words.find(name) for name in names]
    return min(places) >= 0 and places == sorted(places)


def _starts(region: Region) -> list[int]:
    return [sum(region.counts[:number]) for number in range(len(region.counts))]


def _ways_of_page(values: Sequence[Number], start: int, width: int) -> list[PageOrder]:
    """The best ways of going through a page that give different figures."""
    kept: dict[tuple[tuple[Number, ...], ...], PageOrder] = {}
    for order in page_orders(values, width):
        if len(kept) == KEPT:
            break
        moved = replace(order, rows=tuple(tuple(start + at for at in row) for row in order.rows))
        kept.setdefault(_values(order.rows, values), moved)
    return list(kept.values())


def _join(parts: Sequence[PageOrder], values: Sequence[Number], identities: Sequence[_Sum]) -> PageOrder:
    rows = tuple(row for part in parts for row in part.rows)
    last = all(part.total_last for part in parts)
    return PageOrder(rows, _broken(rows, values, identities), sum(part.price for part in parts), last)


def _plain_orders(region: Region, width: int) -> Iterator[tuple[Row, ...]]:
    total = len(region.figures)
    yield rows_of_lines(total, width)
    yield rows_of_columns(total, width)
    yield tuple(
        tuple(start + at for at in row)
        for start, count in zip(_starts(region), region.counts, strict=True)
        for row in rows_of_columns(count, width)
    )


def _values(rows: Sequence[Row], values: Sequence[Number]) -> tuple[tuple[Number, ...], ...]:
    return tuple(tuple(values[at] for at in row) for row in rows)


def _is_spread(rows: Sequence[Row], values: Sequence[Number]) -> bool:
    """True if two columns besides the total hold figures: one alone stands beside its total in other ways too."""
    return sum(any(values[row[column]] for row in rows) for column in range(len(rows[0]) - 1)) > 1


def _identities(table: TableSpec, spec: FormSpec, rows: Sequence[RowSpec]) -> list[_Sum]:
    """The totals of the table as places of its rows and columns."""
    columns = [column.id for column in table.blocks[0].columns]
    row_ids = [row.id for row in rows]
    refs = [CellRef(table.id, row, column) for row in row_ids for column in columns]
    form = FilledForm(spec.edition, [Cell(ref, parse_reading("0")) for ref in refs])

    def places(refs: Sequence[CellRef]) -> tuple[tuple[int, int], ...]:
        return tuple((row_ids.index(ref.row), columns.index(ref.column)) for ref in refs)

    return [_Sum(places(one.left), places(one.right)) for one in spec.identities_of(form) if one.spec.table == table.id]


def _broken(rows: Sequence[Row], values: Sequence[Number], identities: Sequence[_Sum]) -> int:
    def total(cells: Sequence[tuple[int, int]]) -> Number:
        return sum(values[rows[row][column]] for row, column in cells)

    return sum(total(one.left) != total(one.right) for one in identities)


def _cells(
    table: TableSpec, rows: Sequence[RowSpec], region: Region, found: Sequence[Sequence[int | None]]
) -> Iterator[CellReading]:
    for row, places in zip(rows, found, strict=True):
        for column, at in zip(table.blocks[0].columns, places, strict=True):
            ref = CellRef(table.id, row.id, column.id)
            figure = region.figures[at] if at is not None else None
            yield doubtful_cell(ref, figure, column.kind)
