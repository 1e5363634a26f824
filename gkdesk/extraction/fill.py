"""The pipeline: edition, tables, cells, identity of the report and prose, with everything that is not certain said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gkdesk.extraction.appended_tables import doubt_appended
from gkdesk.extraction.empty_forms import without_empty_form
from gkdesk.extraction.figures import Strip
from gkdesk.extraction.first_report import first_report
from gkdesk.extraction.hidden_sheets import without_hidden_sheets
from gkdesk.extraction.identify import identify
from gkdesk.extraction.locate import find_edition, is_tall, is_wide
from gkdesk.extraction.prose.sections import find_sections
from gkdesk.extraction.prose.witnesses import read_prose
from gkdesk.extraction.recognised_figures import weighed_by_sums
from gkdesk.extraction.result import TableReading, doubt_beside_strays, without_blanks_beside
from gkdesk.extraction.same_in_both import certain_where_equal
from gkdesk.extraction.several_reports import doubt_several
from gkdesk.extraction.tables import block_table, tall_table, wide_table
from gkdesk.extraction.tables.apart import apart_blocks, scattered_table
from gkdesk.extraction.tables.apart.torn_digits import join_digits
from gkdesk.extraction.tables.broken_figures import doubt_broken, strips_of, whole_strips
from gkdesk.extraction.tables.captions import choose, doubt_of_earlier, part_by_captions
from gkdesk.extraction.tables.columns.page_ends import doubt_ends_of_pages
from gkdesk.extraction.tables.columns.total_elsewhere import doubt_totals_elsewhere
from gkdesk.extraction.tables.grids import cross_table, outcome_pages, split_blocks
from gkdesk.extraction.tables.grids.repeated_cells import with_merged_cells
from gkdesk.extraction.tables.grids.torn_headers import mend_headers
from gkdesk.extraction.tables.grids.turned_grid import turned
from gkdesk.extraction.tables.rows_on_two_lines import join_lines, join_lines_of_blocks
from gkdesk.extraction.tables.tables_beside import doubt_of_tables_beside
from gkdesk.extraction.tables.torn_figures import with_whole_figures
from gkdesk.extraction.tables.unclaimed import doubt_beside_unclaimed
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import UNRULED, Content, Grid, Note, SourceKind
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.review import Extracted
from gkdesk.model.spec import FormSpec, TableSpec, load_editions


def extract(content: Content, editions: Mapping[str, FormSpec] | None = None) -> Extracted:
    """Reads a report out of a source. ``editions`` are the program's own if not given, newest first."""
    known = editions if editions is not None else load_editions()
    edition = find_edition(content, known)
    spec = known[edition] if edition is not None else next(iter(known.values()))
    content = without_empty_form(without_hidden_sheets(content, spec, read_tables), spec, read_tables)
    readings = read_tables(content, spec) if edition is not None else []
    identity = identify(content, spec)
    readings, left_out = _without_others(content, spec, readings, identity.year)
    readings, several = doubt_several(content, spec, readings)
    if any(note.code == "two-reports" for note in several):
        first = first_report(content, spec, readings, read_tables, known)
        if first is not None:
            return extract(first, known)
    readings = doubt_appended(content, spec, readings, (identity.organization, identity.year), read_tables)
    readings = certain_where_equal(content, spec, readings, read_tables)
    notes = [*content.notes, *identity.notes, *left_out, *several]
    for reading in readings:
        notes.extend(_notes_of(reading, spec))
    form = weighed_by_sums(_fill(spec, readings), spec, content.notes)
    prose = read_prose(content, spec, form, identity.year, identity.organization)
    if prose.other_year is not None:
        notes.append(Note("prose-of-other-year", {"other": prose.other_year, "year": identity.year}))
    return Extracted(
        form=form,
        edition=edition if readings else None,
        organization=identity.organization,
        year=identity.year,
        title=identity.title,
        sections=find_sections(content, spec),
        notes=tuple(notes),
        witnesses=prose.witnesses,
    )


def read_tables(content: Content, spec: FormSpec) -> list[TableReading]:
    """The tables of the form that were found in the source."""
    sure = (grid if grid.aligned else with_merged_cells(grid) for grid in content.grids())
    grids = mend_headers([grid for grid in sure if grid is not None], spec)
    plain = whole_strips(content)
    text = doubt_broken(plain)
    laid_out = strips_of(content, with_aligned=True) if any(grid.aligned for grid in content.grids()) else text
    found: list[TableReading] = []
    for table in spec.tables:
        lines = _lines_of_tall(table, content, plain, text) if is_tall(table) else text
        reading = split_blocks.read_split(table, content.blocks) if is_wide(table) else None
        reading = reading or _read_table(table, grids, lines)
        # Without grids the lines have told all they know: a long text would be read three times for nothing.
        has_more = bool(grids) or lines is not laid_out
        if has_more and (reading is None or (is_tall(table) and 2 * reading.rows_proven < reading.rows_expected)):
            reading = _fuller(reading, _read_table(table, (), laid_out))
        if has_more and reading is not None and is_tall(table) and reading.rows_proven < reading.rows_expected:
            reading = _with_rows_outside(reading, table, lines)
        if content.kind is SourceKind.TEXT:
            if is_tall(table) or is_wide(table):
                reading = scattered_table.complete(reading, table, spec, lines, content.text)
            else:
                reading = apart_blocks.complete(reading, table, spec, lines)
            if reading is not None and not is_wide(table):
                reading = doubt_ends_of_pages(reading, lines, total_last=is_tall(table))
        if reading is not None and is_tall(table):
            reading = doubt_of_tables_beside(reading, table, grids)
        if reading is not None and is_tall(table) and content.kind in (SourceKind.TEXT, SourceKind.MARKDOWN):
            reading = doubt_beside_unclaimed(doubt_totals_elsewhere(reading, table), table, content.text)
        if reading is not None and content.kind is SourceKind.TEXT:
            # The words behind the figures may be what stands in the last cells.
            reading = without_blanks_beside(reading, "remark")
        if reading is not None:
            found.append(without_blanks_beside(reading, UNRULED))
    return found


def _lines_of_tall(
    table: TableSpec, content: Content, plain: Sequence[Strip], doubted: Sequence[Strip]
) -> Sequence[Strip]:
    """The lines for a table with a row of the form a line, figures and rows that are broken put together."""
    width = len(table.blocks[0].columns)
    if content.kind is not SourceKind.TEXT:
        return join_digits(doubted, width)
    return join_lines(join_digits(with_whole_figures(plain, doubted, content.text, width), width), table)


def _fuller(one: TableReading | None, other: TableReading | None) -> TableReading | None:
    """The reading with more proven rows: the rows before a page end may stand in lines, those behind it in a grid."""
    if one is None or other is None:
        return one or other
    return other if other.rows_proven > one.rows_proven else one


def _with_rows_outside(reading: TableReading, table: TableSpec, lines: Sequence[Strip]) -> TableReading:
    """The table with rows that were found in none of its grids but in the lines around them, in doubt.

    Of a table without rules on several scanned pages, columns may be proven on one and not on another.
    """
    around = tall_table.read_from_strips(table, lines)
    if around is None:
        return reading
    rows = {cell.ref.row for cell in reading.cells}
    more = [cell for cell in around.cells if cell.ref.row not in rows]
    doubted = (cell.doubted("row-unproven") for cell in more)
    return replace(reading, cells=(*reading.cells, *doubted))


def _without_others(
    content: Content, spec: FormSpec, readings: list[TableReading], year: int | None
) -> tuple[list[TableReading], list[Note]]:
    """The tables without those that a caption gives to another year or to a part of the body, and what was left out."""
    parts = part_by_captions(content, spec, year) if readings else None
    if parts is None:
        return readings, []
    chosen, decided = choose(readings, read_tables(parts.own, spec), read_tables(parts.others, spec))
    chosen = [reading if reading.table in decided else doubt_of_earlier(reading, parts) for reading in chosen]
    captions = "；".join(dict.fromkeys(parts.captions))
    nicknames = [spec.table(name).nickname for name in decided]
    return chosen, [Note("table-left-out", {"table": name, "caption": captions}) for name in nicknames]


def _read_table(table: TableSpec, grids: Sequence[Grid], lines: Sequence[Strip]) -> TableReading | None:
    if is_wide(table):
        by_grids = _read_over_pages(table, grids) or wide_table.read_from_grids(table, grids)
        by_grids = by_grids or cross_table.read_from_grids(table, grids)
        return by_grids or wide_table.read_from_strips(table, lines)
    if is_tall(table):
        by_grids = tall_table.read_from_grids(table, grids)
        if by_grids is None:
            by_grids = tall_table.read_in_parts(table, grids) or _read_turned(table, grids)
        elif by_grids.rows_proven < by_grids.rows_expected:
            by_grids = tall_table.read_in_halves(table, grids) or by_grids
        return by_grids or tall_table.read_from_strips(table, lines)
    by_grids = block_table.read_from_grids(table, grids)
    if by_grids is not None and by_grids.rows_proven == by_grids.rows_expected:
        return by_grids
    # A blank row leaves a block without sure columns beside others that have them.
    return _fuller(by_grids, block_table.read_from_strips(table, join_lines_of_blocks(lines, table)))


def _read_over_pages(table: TableSpec, grids: Sequence[Grid]) -> TableReading | None:
    """The table from pages that end between its columns, if words prove every column; else None."""
    joined = outcome_pages.put_together(table, grids)
    reading = wide_table.read_from_grids(table, [joined]) if joined is not None else None
    return reading if reading is not None and reading.columns_proven else None


def _read_turned(table: TableSpec, grids: Sequence[Grid]) -> TableReading | None:
    """The table from grids with its rows from left to right, if words prove every row and column; else None."""
    reading = tall_table.read_from_grids(table, list(turned(grids, len(table.blocks[0].rows) // 2)))
    proven = reading is not None and reading.columns_proven and reading.rows_proven == reading.rows_expected
    return reading if proven else None


def _fill(spec: FormSpec, readings: Sequence[TableReading]) -> FilledForm:
    cells: dict[CellRef, Cell] = {cell.ref: cell for cell in spec.empty_form()}
    for table in map(doubt_beside_strays, readings):
        for found in table.cells:
            cells[found.ref] = Cell(found.ref, found.reading, found.place)
    return FilledForm(spec.edition, cells.values())


def _notes_of(reading: TableReading, spec: FormSpec) -> list[Note]:
    nickname = spec.table(reading.table).nickname
    notes = [Note("stray-figure", {"table": nickname, "text": text}) for text in reading.strays]
    if reading.rows_proven < reading.rows_expected or not reading.columns_proven:
        notes.append(Note("alignment-unproven", {"table": nickname}))
    return notes
