"""Workbooks of others: the sheets as titles, prose and tables. Workbooks that gkdesk exported are read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, islice

from gkdesk.model.content import Block, Content, Grid, GridCell, Line, Note, SourceKind, Word
from gkdesk.model.place import SheetPlace
from gkdesk.sources.flow import figures
from gkdesk.sources.office.formula_cells import count_formulas
from gkdesk.sources.office.sheet_cells import Range, Sheet, SheetCell, address, read_sheets
from gkdesk.sources.office_zip import OfficeZip
from gkdesk.sources.pictures.embedded_pictures import EmbeddedPictures

MOST_SHEETS = 50
MOST_SLOTS = 40_000
"""Sheets of a workbook that are read, and cells of a sheet, empty ones included, that are written out."""

_MEDIA = "xl/media/"
_TALLEST_MERGE = 200
_LONG_TEXT = 40
_SHORT_TEXT = 15
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[.、．]|表[一二三四五六]")


def read(data: bytes, sha256: str) -> Content:
    """The sheets' text and tables; raises ``SourceError`` if the workbook is damaged, locked or inflated."""
    with OfficeZip(data) as container:
        sheets = list(islice(read_sheets(container), MOST_SHEETS + 1))
        count_formulas(sheets)
        content = content_of(sheets, SourceKind.XLSX, sha256)
        tables, notes = _in_pictures(container, content)
    return replace(content, blocks=(*content.blocks, *tables), notes=(*content.notes, *notes))


def _in_pictures(container: OfficeZip, content: Content) -> tuple[list[Grid], list[Note]]:
    """The tables in pictures that somebody pasted into a sheet, behind all that is written, and what to say of them."""
    pictures = EmbeddedPictures()
    grids = list(content.grids())
    found: list[Grid] = []
    for name in sorted(name for name in container.names if name.startswith(_MEDIA)):
        found += pictures.tables(partial(container.part, name), len(grids) + len(found))
    return found, pictures.notes(sum(len(grid.cells) for grid in grids))


def content_of(sheets: Iterable[Sheet], kind: SourceKind, sha256: str) -> Content:
    """Sheets as text and tables; the first :data:`MOST_SHEETS` of them."""
    blocks: list[Block] = []
    notes: list[Note] = []
    sheets = list(islice(sheets, MOST_SHEETS + 1))
    if len(sheets) > MOST_SHEETS:
        notes.append(Note("too-many-sheets", {"limit": MOST_SHEETS}))
    # What nobody sees comes last and does not take the place of what is shown.
    for sheet in sorted(sheets[:MOST_SHEETS], key=lambda sheet: sheet.hidden):
        if not sheet.hidden:
            sheet.clear_hidden_doubles()
        layout = _Layout(sheet, sum(isinstance(block, Grid) for block in blocks))
        blocks.extend(layout.blocks())
        notes.extend(_notes(sheet))
    return Content(kind, sha256, tuple(blocks), notes=tuple(notes))


def _notes(sheet: Sheet) -> Iterator[Note]:
    if sheet.truncated:
        yield Note("sheet-too-large", {"sheet": sheet.name})
    if sheet.hidden and sheet.rows:
        yield Note("hidden-sheet", {"sheet": sheet.name})
    if sheet.sums_counted:
        yield Note("sums-counted", {"sheet": sheet.name, "count": sheet.sums_counted})
    if sheet.hides_cells:
        yield Note("hidden-cells", {"sheet": sheet.name})


class _Layout:
    """Finds out which rows of a sheet are tables and which are titles and prose typed into cells."""

    def __init__(self, sheet: Sheet, grids: int) -> None:
        self._sheet = sheet
        self._grids = grids
        self._room = MOST_SLOTS
        # The merged ranges by their first cell; what stands under the rest of a range is not shown.
        self._merges = {(merge.top, merge.left): merge for merge in sheet.merges}
        self._covered: set[tuple[int, int]] = set()
        self._bridged: set[int] = set()
        last = max(sheet.rows, default=-1)
        for merge in sheet.merges:
            bottom = min(merge.bottom, last, merge.top + _TALLEST_MERGE)
            if self._cells(merge.top).get(merge.left):
                self._bridged.update(range(merge.top + 1, bottom + 1))
            for row in range(merge.top, bottom + 1):
                under = (column for column in self._cells(row) if merge.left <= column <= merge.right)
                self._covered.update((row, column) for column in under if (row, column) != (merge.top, merge.left))

    def blocks(self) -> Iterator[Block]:
        """The sheet's lines and grids, top down."""
        rows = sorted(self._bridged | {row for row in self._sheet.rows if self._shown(row)})
        for _, stretch in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
            yield from self._segment([row for _, row in stretch])

    def _cells(self, row: int) -> dict[int, SheetCell]:
        return self._sheet.rows.get(row, {})

    def _shown(self, row: int) -> list[int]:
        """The columns of the filled cells of a row that no merged range hides."""
        return sorted(column for column in self._cells(row) if (row, column) not in self._covered)

    def _merge(self, row: int, column: int) -> Range:
        return self._merges.get((row, column), Range(row, column, row, column))

    def _segment(self, rows: Sequence[int]) -> Iterator[Block]:
        """The blocks of rows that stand together without an empty row between them."""
        prose = self._prose(rows)
        for is_prose, part in groupby(rows, key=prose.__contains__):
            if not is_prose:
                yield from self._grid(list(part))
                continue
            for row in part:
                column = self._shown(row)[0]
                yield self._line(row, column)

    def _prose(self, rows: Sequence[int]) -> set[int]:
        """Of rows that stand together, those that are no part of a table."""
        single = {row for row in rows if self._is_single(row)}
        table = [row for row in rows if row not in single]
        if not table:
            return single
        left, right = self._extent(table)
        width = right - left + 1
        prose = {row for row in single if row < table[0]}
        above = table[0] - 1
        if above in prose and self._is_header(above, left, right):
            prose.discard(above)
        for row in single - prose - {above}:
            text, merge = self._only(row)
            wide = (merge.right - merge.left + 1) * 5 >= width * 3
            ends = row > table[-1]
            heading = wide and _NUMBERED.match(text) is not None
            if heading or (ends and (wide or len(text) > _LONG_TEXT)):
                prose.add(row)
        return prose

    def _is_single(self, row: int) -> bool:
        columns = self._shown(row)
        if len(columns) != 1 or row in self._bridged:
            return False
        merge = self._merge(row, columns[0])
        return merge.bottom == merge.top and bool(self._cells(row)[columns[0]].text)

    def _is_header(self, row: int, left: int, right: int) -> bool:
        """True for a short text over the whole width of the table below, unless it is a numbered heading."""
        text, merge = self._only(row)
        spans = merge.left <= left and merge.right >= right and right > left
        return spans and len(text) <= _SHORT_TEXT and _NUMBERED.match(text) is None

    def _only(self, row: int) -> tuple[str, Range]:
        column = self._shown(row)[0]
        return self._cells(row)[column].text, self._merge(row, column)

    def _extent(self, rows: Sequence[int]) -> tuple[int, int]:
        """The first and last column in which a cell of these rows is filled."""
        columns = [column for row in rows for column in self._shown(row)]
        return (min(columns), max(columns)) if columns else (0, -1)

    def _line(self, row: int, column: int) -> Line:
        cell = self._cells(row)[column]
        place = SheetPlace(self._sheet.name, address(row, column))
        return Line(cell.text, place, tuple(Word(word.text, place) for word in figures(cell.text, 0)), doubt=cell.doubt)

    def _grid(self, rows: Sequence[int]) -> Iterator[Grid]:
        left, right = self._extent(rows)
        slots = len(rows) * (right - left + 1)
        if slots > self._room:
            self._sheet.truncated = True
            return
        self._room -= slots
        cells: list[GridCell] = []
        hidden: set[tuple[int, int]] = set()
        for row in rows:
            for column in range(left, right + 1):
                if (row, column) in hidden:
                    continue
                cell = self._cell(row, column, Range(rows[0], left, rows[-1], right))
                cells.append(cell)
                hidden.update(
                    (row + down, column + along) for down in range(cell.row_span) for along in range(cell.column_span)
                )
        if cells:
            yield Grid(self._grids, len(rows), right - left + 1, tuple(cells))
            self._grids += 1

    def _cell(self, row: int, column: int, area: Range) -> GridCell:
        merge = self._merge(row, column)
        found = self._cells(row).get(column, SheetCell("", ""))
        return GridCell(
            row - area.top,
            column - area.left,
            min(merge.bottom, area.bottom) - row + 1,
            min(merge.right, area.right) - column + 1,
            found.text,
            SheetPlace(self._sheet.name, address(row, column)),
            found.doubt,
        )
