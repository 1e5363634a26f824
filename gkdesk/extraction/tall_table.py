"""Reading a table of one block with many rows (表三), from grids with sure columns or from runs of figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gkdesk.extraction.align import SURE, Alignment, Match, RowLabel, align, likeness_of
from gkdesk.extraction.broken_figures import goes_on_beside, lacks_columns
from gkdesk.extraction.figures import Figure, Strip, Unit, units
from gkdesk.extraction.grid_rows import units_of_grids
from gkdesk.extraction.header import wordings
from gkdesk.extraction.labels import best_coverage, coverage, key
from gkdesk.extraction.loose_columns import place_loose_rows
from gkdesk.extraction.loose_rows import place_rows as place_below_printed
from gkdesk.extraction.printed_columns import printed_columns
from gkdesk.extraction.result import CellReading, TableReading, cell_reading, doubtful_run, without_blanks
from gkdesk.extraction.running_columns import place_in_text, printed_in_text
from gkdesk.extraction.text_columns import (
    are_headed,
    are_headed_otherwise,
    ends_in_total,
    is_spaced,
    place_units,
    stand_below_names,
)
from gkdesk.extraction.text_header import HEADER_LINES
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Grid
from gkdesk.model.reading import parse_reading
from gkdesk.model.spec import AlternativeSpec, RowSpec, TableSpec

FEWEST_ROWS = 5
"""Rows that must be recognised before runs of figures count as the table at all."""


MORE_COLUMNS = ("小计", "行次", "栏次")
"""Words of a header that tell of a column the form does not have."""

REMARK = "备注"
"""A word of a header that tells of a column behind the total, in which a figure may stand."""

HEADER_SURE = 0.6
"""Share of the header's words that must stand before the figures of a text."""


@dataclass(frozen=True, slots=True)
class _Variant:
    """The rows a report may print: those of the form, or with an alternative row in the place of others."""

    rows: tuple[RowSpec, ...]
    labels: tuple[RowLabel, ...]


def read_from_grids(table: TableSpec, grids: Sequence[Grid]) -> TableReading | None:
    """The table as read from the grids with sure columns, or None if they do not hold it."""
    labels = [row_label(row) for row in (*table.blocks[0].rows, *(other.row for other in table.alternatives))]
    found = list(units_of_grids(table, grids, labels))
    return _best_reading(table, found, columns_known=True) if found else None


def read_from_strips(table: TableSpec, lines: Sequence[Strip]) -> TableReading | None:
    """The table as read from lines of text, or None if they do not hold it."""
    width = len(table.blocks[0].columns)
    return _best_reading(table, units(lines, width), columns_known=False, lines=lines)


def row_label(row: RowSpec) -> RowLabel:
    """The row as the alignment sees it."""
    return RowLabel(row.id, (key(row.label[-1]), *(key(text) for text in row.synonyms)))


def _best_reading(
    table: TableSpec, found: list[Unit], columns_known: bool, lines: Sequence[Strip] = ()
) -> TableReading | None:
    found, another = _first_table(table, found)
    alignment, variant = _best_alignment(table, found)
    if lines and alignment.matches:
        first, last = alignment.matches[0].unit, alignment.matches[-1].unit
        found[first : last + 1] = place_units(table.blocks[0].columns, lines, found[first : last + 1])
        alignment, variant = _best_alignment(table, found)
    if columns_known or all(_has_own_label(found[match.unit], lines) for match in alignment.matches):
        in_place = found if columns_known else [unit if _has_own_label(unit, lines) else None for unit in found]
        alignment = _by_labels(in_place, variant, columns_known) or alignment
    else:
        alignment = _by_labels_before(found, variant) or alignment
    rows = [(match.unit, variant.rows[match.row]) for match in alignment.matches]
    found = place_loose_rows(table, lines, found, rows)
    placed = _below_printed(table, lines, found, rows)
    if placed is None and lines:
        placed = _in_running_text(table, found, alignment, variant)
    found = placed or found
    if lines and is_spaced(found, len(table.blocks[0].columns)):
        alignment = _with_labels_beside(lines, found, alignment, variant)
    proven = sum(1 for match in alignment.matches if match.proven)
    if proven < min(FEWEST_ROWS, len(variant.rows)) and not _stands_on_page(table, found, alignment, lines):
        return None
    order_proven = columns_known or _is_order_proven(table, found, alignment, lines, placed is not None)
    return TableReading(
        table.id,
        tuple(_cells(table, found, alignment, variant, order_proven, another)),
        rows_expected=len(variant.rows),
        rows_proven=proven,
        columns_proven=order_proven,
        strays=_strays(found, alignment),
    )


def _stands_on_page(table: TableSpec, found: list[Unit], alignment: Alignment, lines: Sequence[Strip]) -> bool:
    """True if the few rows of figures of a table of blanks stand below the names of all its columns on a page."""
    rows = [found[match.unit] for match in alignment.matches]
    return any(match.proven for match in alignment.matches) and stand_below_names(table.blocks[0].columns, lines, rows)


def _below_printed(
    table: TableSpec, lines: Sequence[Strip], found: list[Unit], rows: Sequence[tuple[int, RowSpec]]
) -> list[Unit] | None:
    """The runs of a loose table by the columns that its header prints; None if it is none, or these are not proven."""
    if not rows or not lines:
        return None
    printed = printed_columns(table, lines, found[rows[0][0]].line)
    return place_below_printed(table, lines, found, rows, printed) if printed is not None else None


def _in_running_text(table: TableSpec, found: list[Unit], alignment: Alignment, variant: _Variant) -> list[Unit] | None:
    """The runs by the columns that the words before the first row name in another order than the form; else None."""
    if not alignment.matches:
        return None
    header = _header_of(found, alignment)
    own = max(
        (len(name) for name in variant.labels[alignment.matches[0].row].wordings if header.endswith(name)), default=0
    )
    order = printed_in_text(table, header[: len(header) - own])
    rows = [(found[match.unit], match.row) for match in alignment.matches]
    cells = place_in_text(order, rows) if order is not None else None
    if cells is None:
        return None
    mended = list(found)
    for match, row in zip(alignment.matches, cells, strict=True):
        mended[match.unit] = replace(found[match.unit], cells=row)
    return mended


def _is_order_proven(
    table: TableSpec, found: list[Unit], alignment: Alignment, lines: Sequence[Strip], placed: bool
) -> bool:
    """True if the words of the header tell which figure of a row belongs to which column."""
    if placed:
        return not _close_otherwise([found[match.unit] for match in alignment.matches])
    return _columns_in_order(table, found, alignment, lines) and not _are_numbered(found, alignment)


def _best_alignment(table: TableSpec, found: list[Unit]) -> tuple[Alignment, _Variant]:
    tried = [(align(found, variant.labels), variant) for variant in _variants(table)]
    return max(tried, key=lambda pair: pair[0].score)


def _with_labels_beside(
    lines: Sequence[Strip], found: list[Unit], alignment: Alignment, variant: _Variant
) -> Alignment:
    """The alignment, rows proven whose whole label is all that stands before the figures on their line.

    In a text that keeps its columns the words of a line are those of its row, also where the row above is blank, so
    that its label stands in front of them.
    """
    matches = tuple(
        replace(
            match, proven=match.proven or key(lines[found[match.unit].line].words) in variant.labels[match.row].wordings
        )
        for match in alignment.matches
    )
    return replace(alignment, matches=matches)


def _has_own_label(unit: Unit, lines: Sequence[Strip]) -> bool:
    """True if the figures of a tabular line stand behind words on the same line."""
    return unit.slots is not None and bool(lines[unit.line].words)


def _by_labels(found: Sequence[Unit | None], variant: _Variant, columns_known: bool) -> Alignment | None:
    """The rows of a grid that stand in another order than in the form, told by their whole labels.

    Label and figures share a row of the grid, so a label that is whole, more than any other of the form and met but
    once proves its row, wherever it stands. None if the order is that of the form or a label is met twice.

    Args:
        found: the runs of figures; None for those that share no row with their label.
        variant: the rows of the form.
        columns_known: the columns of every row are known by now.
    """
    matches: list[Match] = []
    for number, unit in enumerate(found):
        if unit is None or (columns_known and unit.cells is None):
            continue
        likeness = [likeness_of(unit, label) for label in variant.labels]
        if max(likeness) == 1.0 and likeness.count(1.0) == 1:
            matches.append(Match(number, likeness.index(1.0), 1.0, proven=True))
    rows = [match.row for match in matches]
    if len(rows) < FEWEST_ROWS or rows == sorted(rows) or len(set(rows)) < len(rows):
        return None
    return Alignment(tuple(matches), float(len(rows)))


def _by_labels_before(found: Sequence[Unit], variant: _Variant) -> Alignment | None:
    """The rows of running text in another order than in the form, if every run of the table has a label of its own.

    From the first run with a label to the last, each must stand directly behind one whole label, of which none is met
    twice: were the figures those of the label behind them, the first run would have none before it.
    """
    named: dict[int, int] = {}
    for number, unit in enumerate(found):
        lengths = {
            row: max((len(name) for name in label.wordings if unit.before.endswith(name)), default=0)
            for row, label in enumerate(variant.labels)
        }
        longest = max(lengths.values())
        rows = [row for row, length in lengths.items() if length == longest]
        if longest and unit.whole and len(rows) == 1:
            named[number] = rows[0]
    order = list(named.values())
    if len(order) < len(variant.rows) - 1 or len(set(order)) < len(order) or order == sorted(order):
        return None
    if max(named) - min(named) + 1 != len(named) or any(
        _is_named_twice(found[n], variant.labels[named[n]]) for n in named
    ):
        return None
    return Alignment(tuple(Match(number, row, 1.0, proven=True) for number, row in named.items()), float(len(order)))


def _are_numbered(found: list[Unit], alignment: Alignment) -> bool:
    """True if row after row begins with its own number: numbers of the rows and not figures.

    Rows that are not found have a number too, so a number is compared with the row's place in the form.
    """
    firsts = [(m.row, found[m.unit].figures[0].text.strip()) for m in alignment.matches if found[m.unit].figures]
    numbers = [(row, int(text)) for row, text in firsts if text.isdecimal() and text.isascii() and len(text) < 4]
    steps = [b[1] - a[1] == b[0] - a[0] for a, b in pairwise(numbers)]
    return sum(steps) * 5 >= len(firsts) * 3 > 0


def _first_table(table: TableSpec, found: list[Unit]) -> tuple[list[Unit], bool]:
    """The runs up to where the table starts again (another report, last year's figures); whether it then differs."""
    labels = [row_label(row) for row in table.blocks[0].rows]
    first: dict[int, int] = {}
    again: dict[int, int] = {}
    for index, unit in enumerate(found):
        if not unit.whole and not unit.blank:
            continue
        likeness = [likeness_of(unit, label) for label in labels]
        row = max(range(len(labels)), key=likeness.__getitem__)
        if likeness[row] >= SURE and likeness.count(likeness[row]) == 1:
            (again if row in first else first).setdefault(row, index)
    if len(again) < FEWEST_ROWS:
        return found, False
    differs = any(_texts(found[first[row]]) != _texts(found[again[row]]) for row in again)
    return found[: min(again.values())], differs


def _texts(unit: Unit) -> list[str]:
    return [figure.text.strip() for figure in unit.figures]


def printed_rows(table: TableSpec) -> Iterator[tuple[RowSpec, ...]]:
    """The rows a report may print: those of the form, or with an alternative row in the place of others."""
    rows = table.blocks[0].rows
    yield rows
    for alternative in table.alternatives:
        yield _with_alternative(rows, alternative)


def _variants(table: TableSpec) -> Iterator[_Variant]:
    for rows in printed_rows(table):
        yield _Variant(rows, tuple(row_label(row) for row in rows))


def _with_alternative(rows: tuple[RowSpec, ...], alternative: AlternativeSpec) -> tuple[RowSpec, ...]:
    kept = [row for row in rows if row.id not in alternative.replaces]
    first = next(index for index, row in enumerate(rows) if row.id in alternative.replaces)
    kept.insert(first, alternative.row)
    return tuple(kept)


def _cells(
    table: TableSpec, found: list[Unit], alignment: Alignment, variant: _Variant, order_proven: bool, another: bool
) -> Iterator[CellReading]:
    columns = table.blocks[0].columns
    last_offset = _last_offset(found, alignment)
    leaf_length = _leaf_length(table, found, alignment, variant)
    twice = _rows_met_twice(found, alignment, variant)
    remarked = bool(alignment.matches) and REMARK in _header_of(found, alignment)
    taken = {match.unit for match in alignment.matches if match.proven}
    for match in alignment.matches:
        unit, row = found[match.unit], variant.rows[match.row]
        doubts = [] if match.proven else ["row-unproven"]
        if match.row in twice or _is_named_twice(unit, variant.labels[match.row]):
            doubts.append("row-twice")
        if not order_proven:
            doubts.append("column-unproven")
        if another:
            doubts.append("second-table")
        own, beside = variant.labels[match.row].wordings, _strays_beside(found, match.unit, taken)
        goes_on = any(goes_on_beside(unit, other, own, len(columns)) for other in beside)
        refs = [CellRef(table.id, row.id, column.id) for column in columns]
        cells: Sequence[Figure | None] | None = unit.cells or _cells_of_leaf(unit, row, table, leaf_length)
        if cells is None and last_offset is not None and _only_last(unit, last_offset):
            cells = (*(None for _ in columns[1:]), unit.figures[0])
            doubts.append("position")
        if cells is None:
            yield from doubtful_run(refs, unit.figures, unit.raw)
            continue
        readings = [
            cell_reading(ref, figure, column.kind, doubts)
            for ref, column, figure in zip(refs, columns, cells, strict=True)
        ]
        if remarked and unit.slots is not None and not ends_in_total(unit.figures):
            readings = [replace(cell, reading=cell.reading.doubted("position")) for cell in readings]
        misplaced = goes_on or lacks_columns(unit, len(columns))
        misplaced = misplaced or any(figure is not None and figure.doubt == "position" for figure in cells)
        if misplaced:
            # Where one figure of a row may belong elsewhere, those beside it may have come in its place.
            readings = [replace(cell, reading=cell.reading.doubted("position")) for cell in readings]
        if unit.figures and (misplaced or not match.proven or not order_proven):
            readings = without_blanks(readings)
        yield from readings


def _strays_beside(found: list[Unit], number: int, taken: Collection[int]) -> list[Unit]:
    """The runs right before and right behind a run that belong to no row for certain."""
    return [found[n] for n in (number - 1, number + 1) if 0 <= n < len(found) and n not in taken]


def _rows_met_twice(found: list[Unit], alignment: Alignment, variant: _Variant) -> set[int]:
    """The rows whose whole label stands before other figures too, or before blanks: which are meant?

    Before runs taken for no row, or taken for another one by nothing but their place among the rows.
    """
    taken = {match.row: match.unit for match in alignment.matches}
    proven = {match.unit for match in alignment.matches if match.proven}
    twice: set[int] = set()
    for number, unit in enumerate(found):
        if number in proven or not (unit.whole or min(taken.values()) < number < max(taken.values())):
            continue
        named = [row for row in _rows_named(unit, variant) if taken.get(row, number) != number]
        if len(named) == 1 and _texts(unit) != _texts(found[taken[named[0]]]):
            twice.add(named[0])
        elif unit.whole and number not in taken.values():
            twice.update(_printed_around(found, number, taken, variant))
        if number not in taken.values():
            # A label broken around its figures, and again around those of the run beside it.
            twice.update(
                row
                for row, other in taken.items()
                if abs(other - number) == 1 and likeness_of(unit, variant.labels[row]) >= SURE
            )
    return twice


def _is_named_twice(unit: Unit, label: RowLabel) -> bool:
    """True if the label stands twice before figures in lines: those of the first may be blank and leave no trace."""
    return unit.slots is None and any(len(name) > 2 and unit.before.count(name) > 1 for name in label.wordings)


def _rows_named(unit: Unit, variant: _Variant) -> list[int]:
    """The rows whose whole label stands before a run; of several, those whose label stands last."""
    rows = [row for row, label in enumerate(variant.labels) if likeness_of(unit, label) == 1.0]
    last = [row for row in rows if unit.before.endswith(variant.labels[row].wordings)]
    return last if len(rows) > 1 else rows


def _printed_around(found: list[Unit], number: int, taken: dict[int, int], variant: _Variant) -> Iterator[int]:
    """The rows whose whole label stands both before and behind a run taken for no row and the row's own beside it."""
    unit = found[number]
    for row, other in taken.items():
        wordings_of_row = variant.labels[row].wordings
        ends = {
            number - 1: (found[number - 1].before, unit.after),
            number + 1: (unit.before, found[min(number + 1, len(found) - 1)].after),
        }.get(other)
        if ends is not None and all(best_coverage(wordings_of_row, words) == 1.0 for words in ends):
            yield row


def _cells_of_leaf(unit: Unit, row: RowSpec, table: TableSpec, length: int | None) -> Sequence[Figure | None] | None:
    """The cells of a loose row whose label stands in the last label column: no lost merge can shift them.

    Its pieces must be as many as those of the other such rows, or it may have started a column early.
    """
    width = len(table.blocks[0].columns)
    if unit.slots is None or not _is_leaf(row, table) or len(unit.slots) != length:
        return None
    if any(slot.text.strip() for slot in unit.slots[width:]):
        return None
    # An empty first piece may be what is left of a merged label, and then every figure stands one column too far.
    if unit.figures and not unit.slots[0].text.strip():
        return tuple(replace(slot, doubt="position") if slot.text.strip() else slot for slot in unit.slots[:width])
    return unit.slots[:width]


def _is_leaf(row: RowSpec, table: TableSpec) -> bool:
    return len(row.label) == max(len(other.label) for other in table.blocks[0].rows)


def _leaf_length(table: TableSpec, found: list[Unit], alignment: Alignment, variant: _Variant) -> int | None:
    """How many pieces follow the label in the rows of the last label column; None if trailing pieces were cut off."""
    lengths = Counter(
        len(slots)
        for match in alignment.matches
        if (slots := found[match.unit].slots) is not None and _is_leaf(variant.rows[match.row], table)
    )
    width = len(table.blocks[0].columns)
    if not lengths or min(lengths) < width:
        return None
    length, times = lengths.most_common(1)[0]
    return length if times >= FEWEST_ROWS else None


def _only_last(unit: Unit, last_offset: int) -> bool:
    return len(unit.figures) == 1 and unit.offset == last_offset


def _last_offset(found: list[Unit], alignment: Alignment) -> int | None:
    """Where the last column stands behind the row labels of a loose table, counted in pieces.

    Known only if a row full of figures reaches as far as any row does.
    """
    matched = [found[match.unit] for match in alignment.matches]
    furthest = max((unit.offset for unit in matched if unit.offset is not None), default=None)
    full = [unit.offset for unit in matched if len(unit.figures) > 1]
    return furthest if furthest in full else None


def _columns_in_order(table: TableSpec, found: list[Unit], alignment: Alignment, lines: Sequence[Strip]) -> bool:
    """True if the words before the first row name the columns in the order of the form."""
    if not alignment.matches:
        return False
    header = _header_of(found, alignment)
    groups: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for column in table.blocks[0].columns:
        groups.setdefault(column.label[:-1], []).append(wordings(column))
    members = max(groups.values(), key=len)
    # Of each column the wording that stands there: another order may be told by a synonym.
    group = [next((name for name in names if name in header), names[0]) for names in members]
    positions = [header.rfind(label) for label in group if len(label) > 2 and label in header]
    if any(word in header for word in MORE_COLUMNS):
        return False
    rows = found[alignment.matches[0].unit : alignment.matches[-1].unit + 1]
    if are_headed(table.blocks[0].columns, lines, rows):
        return True
    if are_headed_otherwise(table.blocks[0].columns, lines, rows):
        return False
    if not _outer_in_order(table, lines, found[alignment.matches[0].unit].line) or _close_otherwise(rows):
        return False
    if all(label in header for label in group) and group[-1] not in header[max(positions, default=0) :]:
        return False
    return positions == sorted(positions) and coverage("".join(group), header) >= HEADER_SURE


def _header_of(found: list[Unit], alignment: Alignment) -> str:
    """The words before the first row."""
    first = alignment.matches[0].unit
    above = [unit.before for unit in found[:first][-3:] if not unit.whole]
    return "".join([*above, found[first].before])


def _outer_in_order(table: TableSpec, lines: Sequence[Strip], first_row: int) -> bool:
    """False if a header line names single columns and groups of columns in another order than the form.

    Only words of the same line are compared: a header of several lines names upper columns before lower ones.
    """
    members: dict[str, list[tuple[str, ...]]] = {}
    for column in table.blocks[0].columns:
        members.setdefault(column.label[0], []).append(wordings(column))
    for line in lines[max(0, first_row - HEADER_LINES) : first_row]:
        words = key(line.words)
        stands = [_position(words, key(name), leaves) for name, leaves in members.items()]
        known = [position for position in stands if position >= 0]
        if known != sorted(known):
            return False
    return True


def _close_otherwise(rows: Sequence[Unit]) -> bool:
    """True if more rows have the sum of all others in another column than have it in the last, the total's."""
    last = other = 0
    for unit in rows:
        if unit.cells is None:
            continue
        values = [parse_reading(figure.text if figure else "").value or 0 for figure in unit.cells]
        closed = [number for number, value in enumerate(values) if value and 2 * value == sum(values)]
        last += closed == [len(values) - 1]
        other += bool(closed) and len(values) - 1 not in closed
    return other > last


def _position(words: str, name: str, leaves: list[tuple[str, ...]]) -> int:
    """Where a column or group of columns begins among the words of a line; -1 if it is not there."""
    if name in words:
        return words.find(name)
    found = [words.find(leaf) for wording in leaves for leaf in wording if len(leaf) > 2 and leaf in words]
    return min(found, default=-1)


def _strays(found: list[Unit], alignment: Alignment) -> tuple[str, ...]:
    """Figures between the first and the last row that belong to none."""
    if not alignment.matches:
        return ()
    first, last = alignment.matches[0].unit, alignment.matches[-1].unit
    used = {match.unit for match in alignment.matches}
    return tuple(found[index].raw for index in range(first, last) if index not in used and not found[index].blank)
