"""Reading a table of one block with many rows (表三), from grids with sure columns or from runs of figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from gkdesk.extraction.figures import Figure, Strip, Unit, units
from gkdesk.extraction.labels import key
from gkdesk.extraction.result import CellReading, TableReading, cell_reading, doubtful_run, without_blanks
from gkdesk.extraction.tables.align import Alignment, RowLabel, begun_label
from gkdesk.extraction.tables.broken_figures import goes_on_beside, lacks_columns
from gkdesk.extraction.tables.column_order import header_of, is_order_proven
from gkdesk.extraction.tables.columns.counted_columns import with_total_last, without_line_numbers
from gkdesk.extraction.tables.columns.headed_columns import are_below_names, are_named_in_order, stand_below_names
from gkdesk.extraction.tables.columns.label_columns import by_label_columns
from gkdesk.extraction.tables.columns.loose_columns import place_loose_rows
from gkdesk.extraction.tables.columns.loose_rows import place_rows as place_below_printed
from gkdesk.extraction.tables.columns.other_columns import has_subtotals, has_total_last, of_the_form, printed_otherwise
from gkdesk.extraction.tables.columns.printed_columns import printed_columns
from gkdesk.extraction.tables.columns.running_columns import place_in_text, printed_in_text
from gkdesk.extraction.tables.columns.text_columns import is_spaced, place_units
from gkdesk.extraction.tables.columns.text_header import header_lines
from gkdesk.extraction.tables.few_rows import in_doubt_if_placed, sure_rows
from gkdesk.extraction.tables.grids.column_parts import put_together
from gkdesk.extraction.tables.grids.grid_rows import units_of_grids
from gkdesk.extraction.tables.grids.row_halves import one_below_the_other
from gkdesk.extraction.tables.header import LINE_NUMBERS, column_names
from gkdesk.extraction.tables.labels_between import labelled_by_those_above, may_have_moved, without_strangers
from gkdesk.extraction.tables.outside_columns import beside_first_column, is_all_in_one, without_numbers_beside
from gkdesk.extraction.tables.printed_rows import Variant, best_alignment, row_label, variants
from gkdesk.extraction.tables.row_again import is_row_again
from gkdesk.extraction.tables.rows_by_label import (
    FEWEST_ROWS,
    by_labels_before,
    by_labels_of_any,
    first_table,
    has_own_label,
    is_named_twice,
    may_stand_before_labels,
    rows_met_again,
    rows_met_twice,
    stands_in_turn,
    with_labels_beside,
)
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Grid
from gkdesk.model.spec import RowSpec, TableSpec

REMARK = "备注"
"""A word of a header that tells of a column behind the total, in which a figure may stand."""


def read_from_grids(table: TableSpec, grids: Sequence[Grid]) -> TableReading | None:
    """The table as read from the grids with sure columns, or None if they do not hold it."""
    found = list(units_of_grids(table, grids, _all_labels(table)))
    return _best_reading(table, found, columns_known=True) if found else None


def read_in_parts(table: TableSpec, grids: Sequence[Grid]) -> TableReading | None:
    """The table from grids that hold some of its columns each, if words prove the columns, and rows; else None.

    Every row without pages, where nothing else tells which rows stand beside each other.
    """
    parts = put_together(table, grids, _all_labels(table))
    reading = read_from_grids(table, parts) if parts else None
    if reading is None or 2 * reading.rows_proven < reading.rows_expected:
        return None
    return reading if parts[0].page is not None or reading.rows_proven == reading.rows_expected else None


def read_in_halves(table: TableSpec, grids: Sequence[Grid]) -> TableReading | None:
    """The table from the one grid with half of its rows beside the others, if words prove every row; else None."""
    halves = one_below_the_other(table, grids, _all_labels(table))
    reading = read_from_grids(table, halves) if halves else None
    return reading if reading is not None and reading.rows_proven == reading.rows_expected else None


def _all_labels(table: TableSpec) -> list[RowLabel]:
    return [row_label(row) for row in (*table.blocks[0].rows, *(other.row for other in table.alternatives))]


def read_from_strips(table: TableSpec, lines: Sequence[Strip]) -> TableReading | None:
    """The table as read from lines of text, or None if they do not hold it."""
    width = len(table.blocks[0].columns)
    found = _without_line_numbers(table, lines, width) or units(lines, width)
    reading = _best_reading(table, found, columns_known=False, lines=lines)
    if reading is not None and reading.columns_proven:
        if reading.rows_proven < reading.rows_expected and has_subtotals(lines):
            # Rows that are longer by a 小计 are found at once where that is counted, too.
            longer = _best_reading(table, units(lines, width + 1), columns_known=False, lines=lines)
            if longer is not None and longer.columns_proven and longer.rows_proven > reading.rows_proven:
                return longer
        return reading
    return (_read_otherwise(table, lines) if reading is not None or has_subtotals(lines) else None) or reading


def _read_otherwise(table: TableSpec, lines: Sequence[Strip]) -> TableReading | None:
    """The table by columns that are not printed as in the form; None if they are not proven."""
    width = len(table.blocks[0].columns)
    subtotals = has_subtotals(lines)
    if subtotals:
        reading = _best_reading(table, units(lines, width + 1), columns_known=False, lines=lines)
        if reading is not None and reading.columns_proven:
            return reading
    found = units(lines, width + subtotals)
    alignment, _ = best_alignment(table, found)
    header = header_lines(lines, [found[match.unit] for match in alignment.matches[:1]])
    proven: list[TableReading] = []
    for printed in (*(() if subtotals else (table,)), *printed_otherwise(table, subtotals)):
        if not are_named_in_order(printed.blocks[0].columns, header):
            continue
        last = has_total_last(printed, table) and not subtotals
        here = [replace(unit, total_last=last) for unit in found]
        reading = _best_reading(printed, here, columns_known=False, lines=lines, otherwise=True)
        mended = of_the_form(reading, table) if reading is not None else None
        if mended is not None:
            proven.append(mended)
    # Pieces of names may be laid in several ways; then none is proven.
    return proven[0] if len(proven) == 1 else None


def _without_line_numbers(table: TableSpec, lines: Sequence[Strip], width: int) -> list[Unit] | None:
    """The runs of figures where each begins with the number of its line, without these; else None."""
    words = key("".join(line.words for line in lines))
    if not any(word in words for word in LINE_NUMBERS):
        return None
    found = units(lines, width + 1)
    alignment, _ = best_alignment(table, found)
    return without_line_numbers(found, alignment, header_of(found, alignment), width) if alignment.matches else None


def _best_reading(
    table: TableSpec, found: list[Unit], columns_known: bool, lines: Sequence[Strip] = (), otherwise: bool = False
) -> TableReading | None:
    """The table by the runs ``found``; ``otherwise``: its columns are not those of the form but named above them."""
    found, another = first_table(table, found)
    alignment, variant = best_alignment(table, found)
    if lines and alignment.matches:
        first, last = alignment.matches[0].unit, alignment.matches[-1].unit
        found = without_numbers_beside(found, alignment, lines, len(table.blocks[0].columns))
        found[first : last + 1] = place_units(table.blocks[0].columns, lines, found[first : last + 1])
        alignment, variant = best_alignment(table, found)
    if columns_known or all(has_own_label(found[match.unit], lines) for match in alignment.matches):
        in_place = found if columns_known else [unit if has_own_label(unit, lines) else None for unit in found]
        named = by_labels_of_any(in_place, [variant, *variants(table)], columns_known)
        alignment, variant = named or (alignment, variant)
    else:
        alignment = by_label_columns(lines, found, variant) or by_labels_before(found, variant, alignment) or alignment
    rows = [(match.unit, variant.rows[match.row]) for match in alignment.matches]
    found = place_loose_rows(table, lines, found, rows)
    placed = _below_printed(table, lines, found, rows) if not otherwise else None
    if placed is None and lines and not otherwise:
        placed = _in_running_text(table, found, alignment, variant)
    found = placed or found
    if lines:
        width = len(table.blocks[0].columns)
        found = [unit if len(unit.cells or ()) in (0, width) else replace(unit, cells=None) for unit in found]
    if lines and is_spaced(found, len(table.blocks[0].columns)):
        alignment = with_labels_beside(lines, found, alignment, variant)
    alignment = without_strangers(found, alignment) if lines else alignment
    again = rows_met_again(found, alignment, variant)
    proven = sum(1 for match in alignment.matches if match.proven)
    few = proven < min(FEWEST_ROWS, len(variant.rows)) and not _stands_on_page(table, found, alignment, lines)
    if few:
        sure = sure_rows(found, alignment, variant, lines, len(table.blocks[0].columns)) if lines else None
        if sure is None:
            return None
        alignment, proven = sure, sum(match.proven for match in sure.matches)
        found = in_doubt_if_placed(found, len(table.blocks[0].columns))
        again = rows_met_again(found, alignment, variant)
    if otherwise:
        order_proven = are_below_names(
            table.blocks[0].columns, lines, [found[match.unit] for match in alignment.matches]
        )
    else:
        order_proven = columns_known or is_order_proven(table, found, alignment, lines, placed is not None)
    if few and not order_proven:
        return None
    found = found if order_proven or otherwise else with_total_last(found, alignment)
    twice = rows_met_twice(found, alignment, again)
    return TableReading(
        table.id,
        tuple(_cells(table, found, alignment, variant, order_proven, another, twice, lines)),
        rows_expected=len(variant.rows),
        rows_proven=proven,
        columns_proven=order_proven,
        strays=_strays(table, found, alignment, again),
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


def _in_running_text(table: TableSpec, found: list[Unit], alignment: Alignment, variant: Variant) -> list[Unit] | None:
    """The runs by the columns that the words before the first row name in another order than the form; else None."""
    if not alignment.matches:
        return None
    header = header_of(found, alignment)
    own = max(
        (len(name) for name in variant.labels[alignment.matches[0].row].wordings if header.endswith(name)), default=0
    )
    order = printed_in_text(table, header[: len(header) - own])
    rows = [(found[match.unit], match.row) for match in alignment.matches]
    placed = place_in_text(order, rows) if order is not None else None
    if placed is None:
        return None
    mended = list(found)
    for match, unit in zip(alignment.matches, placed, strict=True):
        mended[match.unit] = unit
    return mended


def _cells(
    table: TableSpec,
    found: list[Unit],
    alignment: Alignment,
    variant: Variant,
    order_proven: bool,
    another: bool,
    twice: Collection[int],
    lines: Sequence[Strip],
) -> Iterator[CellReading]:
    columns = table.blocks[0].columns
    last_offset = _last_offset(found, alignment)
    leaf_length = _leaf_length(table, found, alignment, variant)
    remarked = bool(alignment.matches) and REMARK in header_of(found, alignment)
    taken = {match.unit for match in alignment.matches if match.proven}
    turned = bool(lines) and may_stand_before_labels(found, variant)
    unsure = labelled_by_those_above(found, alignment, variant, lines)
    outside = beside_first_column(found, [match.unit for match in alignment.matches], len(columns))
    for match in alignment.matches:
        unit, row = found[match.unit], variant.rows[match.row]
        in_turn = (turned and not lines[unit.line].words) or stands_in_turn(
            found, match.unit, alignment, variant, lines
        )
        doubts = ["row-unproven"] if in_turn or match.unit in unsure or not match.proven else []
        behind = found[match.unit + 1 : match.unit + 2] if not lines and match.unit + 1 not in taken else []
        if match.row in twice or is_named_twice(unit, variant.labels[match.row]) or any(map(is_row_again, behind)):
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
        if remarked and unit.slots is not None and not unit.ends_in_total:
            readings = [cell.doubted("position") for cell in readings]
        agreed = unit.agreed if match.proven and order_proven else frozenset()
        words = lines[unit.line].words if lines and unit.slots is not None else ""
        misplaced = goes_on or lacks_columns(unit, len(columns)) or may_have_moved(cells, words)
        misplaced |= match.unit in outside or is_all_in_one(unit.figures, len(columns))
        if not misplaced and any(figure is not None and figure.doubt == "position" for figure in cells):
            yield from _with_agreed(readings, agreed, full=len(unit.figures) == len(columns))
            continue
        if misplaced:
            readings = _misplaced(readings)
        torn = unit.blank and _begins_above(found, match.unit, variant.labels, own)
        if torn or (unit.figures and (misplaced or "row-unproven" in doubts or not order_proven)):
            readings = without_blanks(readings)
        yield from readings


def _begins_above(found: list[Unit], number: int, labels: Sequence[RowLabel], own: Sequence[str]) -> bool:
    """True if the label of a row begins beside the figures of the run before: a page ends within the row."""
    begun = begun_label(found[number - 1].before, labels) if number else ""
    return bool(begun) and any(wording.startswith(begun) for wording in own)


def _misplaced(readings: Sequence[CellReading]) -> list[CellReading]:
    """The cells of a row, all doubtful: where one figure may belong elsewhere, those beside it may have come there."""
    return [cell.doubted("position") for cell in readings]


def _with_agreed(readings: Sequence[CellReading], agreed: Collection[int], full: bool) -> Iterator[CellReading]:
    """The cells of a row that may stand in several ways, doubtful but those that hold the same figure in each.

    None is blank: sums would count it as nothing while another figure of the row may stand there. Unless the row is
    ``full``: a mark for nothing is then printed there.
    """
    unsure = without_blanks(_misplaced(readings))
    known = readings if full else without_blanks(readings)
    for number, (cell, doubtful) in enumerate(zip(known, unsure, strict=True)):
        yield cell if number in agreed else doubtful


def _strays_beside(found: list[Unit], number: int, taken: Collection[int]) -> list[Unit]:
    """The runs of figures right before and right behind a run that belong to no row for certain."""
    beside = (n for n in (number - 1, number + 1) if 0 <= n < len(found) and n not in taken)
    return [found[n] for n in beside if not found[n].blank]


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


def _leaf_length(table: TableSpec, found: list[Unit], alignment: Alignment, variant: Variant) -> int | None:
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


def _strays(table: TableSpec, found: list[Unit], alignment: Alignment, again: Collection[int]) -> tuple[str, ...]:
    """Figures between the first and the last row that belong to none; a whole row met again belongs to its label.

    Names of columns that a page repeats in the middle of a table are none.
    """
    if not alignment.matches:
        return ()
    first, last = alignment.matches[0].unit, alignment.matches[-1].unit
    used = {match.unit for match in alignment.matches}
    used.update(number for number in again if found[number].whole)
    names = column_names(table) | {""}
    others = [found[index] for index in range(first, last) if index not in used and not found[index].blank]
    return tuple(unit.raw for unit in others if not all(key(figure.text) in names for figure in unit.figures))
