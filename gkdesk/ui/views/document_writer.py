"""Writes a ``Content`` into a Qt document, a little at a time, and remembers where every line and cell went.

The document is built from the content, character by character as text; the source itself is never given to Qt, so
nothing in it can load, run or hide anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from gkdesk.model.content import Content, Grid, GridCell, Line
from gkdesk.model.place import ParagraphPlace, SheetPlace, TextPlace
from gkdesk.ui.views.document_places import DocumentPlaces, Passage, qt_length
from gkdesk.ui.views.shown_text import shown
from gkdesk.ui.views.table_layout import Area, TablePlan, plan_table
from gkdesk.ui.views.table_widths import Width, column_widths, text_width

MOST_LINES = 20_000
MOST_SLOTS = 20_000
MOST_COLUMNS = 60

_LINE_HEIGHT = 140.0
# Rows of a table in plain text begin like headings, too; but they end in numbers.
_HEADING = re.compile(r"(?:#+\s*)?[一二三四五六七八九十]{1,3}、.{3,}(?<![\d\s])$")
_LONGEST_HEADING = 40
_ROW_OF_FIGURES = re.compile(r"(?:\s\d+){4}")
_GAP = re.compile(r"(?<=\S) (?=\d)")
_FIGURE_GAP = 8.0
_NUMBERED = re.compile(r"[（(]?(?:\d+|[一二三四五六七八九十]+)[)）]?[.、．]|[（(][一二三四五六七八九十]+[)）]")
_CENTRED_UP_TO = 6.0


TableShape = Callable[[Sequence[Width], bool], QTextTableFormat]
"""The format of a table whose columns want these widths, and which the next one continues or not."""


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table of the document and how wide its columns want to be; ``goes_on`` if the next one continues it."""

    table: QTextTable
    widths: tuple[Width, ...]
    goes_on: bool = False


class DocumentWriter:
    """Fills a document.

    Attributes:
        places: what is shown where, as far as written.
        tables: the tables written so far.
        finished: everything is written.
        shape: makes the formats of the tables still to be written.
    """

    def __init__(self, content: Content, document: QTextDocument, shape: TableShape) -> None:
        self.places = DocumentPlaces()
        self.tables: list[WrittenTable] = []
        self.finished = False
        self._content = content
        self._document = document
        self.shape = shape
        self._steps = self._write_all()
        self._after_table = False
        self._is_empty = True
        self._room = MOST_SLOTS
        self._sheet = ""

    def write(self, seconds: float) -> None:
        """Go on writing for about that long, at least one step."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        end = perf_counter() + seconds
        while not self.finished:
            self.finished = next(self._steps, True)
            if perf_counter() >= end:
                break
        cursor.endEditBlock()

    def _write_all(self) -> Iterator[bool]:
        """Yields False after every step."""
        lines = 0
        title = _title(self._content)
        for block in self._content.blocks:
            if isinstance(block, Line):
                lines += 1
                if lines > MOST_LINES:
                    break
                self._write_line(block, block is title)
                yield False
                continue
            self._write_sheet_name(block)
            yield from self._write_grid(block)
            if self._room <= 0:
                break
        else:
            return
        self._write_paragraph(_tr("文件太长，后面的内容没有显示。"), _paragraph(4), _note())
        yield False

    def _write_line(self, line: Line, is_title: bool) -> None:
        text = shown(line.text)
        base = line.place.start if isinstance(line.place, TextPlace | ParagraphPlace) else 0
        is_heading = is_title or (len(text) <= _LONGEST_HEADING and _HEADING.match(text) is not None)
        paragraph = _paragraph(10 if is_heading else 2 if isinstance(line.place, TextPlace) else 4)
        if is_title:
            paragraph.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        start = self._write_paragraph(text, paragraph, _heading(is_title) if is_heading else QTextCharFormat())
        if _ROW_OF_FIGURES.search(text):
            self._widen_gaps(text, start)
        self.places.add(Passage(line, text, start, base))

    def _write_paragraph(self, text: str, paragraph: QTextBlockFormat, characters: QTextCharFormat) -> int:
        """Returns where the text begins."""
        cursor = self._new_block(paragraph)
        start = cursor.position()
        cursor.insertText(text, characters)
        return start

    def _widen_gaps(self, text: str, start: int) -> None:
        """In a row of figures that lost its table the gaps are all that separates one place from the next."""
        wide = QTextCharFormat()
        wide.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        wide.setFontLetterSpacing(_FIGURE_GAP)
        cursor = QTextCursor(self._document)
        for gap in _GAP.finditer(text):
            cursor.setPosition(start + qt_length(text[: gap.start()]))
            cursor.setPosition(start + qt_length(text[: gap.end()]), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(wide)

    def _new_block(self, paragraph: QTextBlockFormat) -> QTextCursor:
        cursor = QTextCursor(self._document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if self._is_empty or self._after_table:
            # The document begins with an empty block, and Qt puts one behind every table.
            cursor.setBlockFormat(paragraph)
            cursor.setBlockCharFormat(QTextCharFormat())
        else:
            cursor.insertBlock(paragraph, QTextCharFormat())
        self._is_empty = self._after_table = False
        return cursor

    def _write_sheet_name(self, grid: Grid) -> None:
        place = grid.cells[0].place if grid.cells else None
        if isinstance(place, SheetPlace) and place.sheet != self._sheet:
            self._sheet = place.sheet
            self._write_paragraph(_tr("工作表：{0}").format(shown(place.sheet)), _paragraph(10), _note())

    def _write_grid(self, grid: Grid) -> Iterator[bool]:
        columns = min(grid.column_count, MOST_COLUMNS)
        widths = column_widths(grid, columns)
        for plan in plan_table(grid, columns):
            self._room -= plan.row_count * plan.column_count
            if self._room <= 0:
                return
            self._write_table(plan, widths)
            yield False

    def _write_table(self, plan: TablePlan, widths: tuple[Width, ...]) -> None:
        cursor = self._new_block(_thin_line())
        cursor.setBlockCharFormat(_tiny())
        table = cursor.insertTable(plan.row_count, plan.column_count, self.shape(widths, plan.goes_on))
        self.tables.append(WrittenTable(table, widths, plan.goes_on))
        self._after_table = True
        for area in plan.areas:
            if area.row_span > 1 or area.column_span > 1:
                table.mergeCells(area.row, area.column, area.row_span, area.column_span)
        # Only now, and in the order of the document: what is written later must not move what is remembered.
        for area in plan.areas:
            self._write_cell(table, area)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setBlockFormat(_thin_line())
        cursor.setBlockCharFormat(_tiny())

    def _write_cell(self, table: QTextTable, area: Area) -> None:
        slot = table.cellAt(area.row, area.column)
        text = area.cells[0].text
        slot.setFormat(_middle())
        cursor = slot.firstCursorPosition()
        cursor.setBlockFormat(_cell_paragraph(_is_centred(text)))
        for number, cell in enumerate(area.cells):
            if number:
                cursor.insertBlock()
            words = shown(cell.text)
            self.places.add(Passage(cell, words, cursor.position(), self._base(cell)))
            cursor.insertText(words)

    def _base(self, cell: GridCell) -> int:
        place = cell.place
        if not isinstance(place, TextPlace):
            return 0
        # Where a reader has cleaned the text of a cell, offsets inside it mean nothing: then they count as outside.
        return place.start if self._content.text[place.start : place.end] == cell.text else place.end + 1


def _title(content: Content) -> Line | None:
    """The line that is the report's title: one of the first few that names it."""
    for block in content.blocks[:3]:
        if isinstance(block, Line) and len(block.text) <= _LONGEST_HEADING and "年度报告" in block.text:
            return block
    return None


def _is_centred(text: str) -> bool:
    return _NUMBERED.match(text) is None and text_width(text) <= _CENTRED_UP_TO


def _paragraph(above: float) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    made.setTopMargin(above)
    made.setBottomMargin(2)
    return made


def _thin_line() -> QTextBlockFormat:
    """The format of the empty block that Qt wants between tables."""
    made = QTextBlockFormat()
    made.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return made


def _tiny() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontPointSize(1)
    return made


def _heading(is_title: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.Bold)
    made.setProperty(QTextFormat.Property.FontSizeAdjustment, 1 if is_title else 0)
    return made


def _note() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.DemiBold)
    return made


def _cell_paragraph(is_centred: bool) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter if is_centred else Qt.AlignmentFlag.AlignLeft)
    return made


def _middle() -> QTextTableCellFormat:
    made = QTextTableCellFormat()
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    return made


def _tr(text: str) -> str:
    return QCoreApplication.translate("DocumentWriter", text)
