"""Where spots of a Qt document lie, in the coordinates of the document: whole table cells and parts of lines.

Qt does not tell the rectangle of a table cell. The columns have fixed widths; the rows follow from the texts, because
every cell is centred vertically between the top of its first row and the bottom of its last.
"""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextTable, QTextTableCell

from gkdesk.ui.views.document_places import Spot


class DocumentGeometry:
    """Answers from the present layout; :meth:`forget` when that has changed."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._tables: dict[int, _TableLines] = {}

    def forget(self) -> None:
        """The layout is another."""
        self._tables.clear()

    def rects(self, spot: Spot) -> list[QRectF]:
        """The rectangles of a spot: one for a cell, one for each printed line of a text."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(min(spot.start, self._last()))
        table = cursor.currentTable()
        if spot.is_cell and table is not None:
            return [self._lines_of(table).rect(table.cellAt(cursor))]
        return self._text_rects(spot)

    def _last(self) -> int:
        return self._document.characterCount() - 1

    def _lines_of(self, table: QTextTable) -> _TableLines:
        key = table.firstPosition()
        if key not in self._tables:
            self._tables[key] = _TableLines(table)
        return self._tables[key]

    def _text_rects(self, spot: Spot) -> list[QRectF]:
        found: list[QRectF] = []
        block = self._document.findBlock(min(spot.start, self._last()))
        while block.isValid() and block.position() <= spot.end:
            found.extend(_line_rects(block, spot))
            block = block.next()
        return found


class _TableLines:
    """The vertical and horizontal rules of a table."""

    def __init__(self, table: QTextTable) -> None:
        form = table.format()
        inset = form.cellPadding() + form.border() / 2
        left = _block_rect(table.cellAt(0, 0).firstCursorPosition().block()).left() - inset
        widths = (constraint.rawValue() for constraint in form.columnWidthConstraints())
        self._edges = list(accumulate(widths, initial=left))
        self._tops = _row_tops(table, _first_top(table) - inset)

    def rect(self, cell: QTextTableCell) -> QRectF:
        left, right = self._edges[cell.column()], self._edges[cell.column() + cell.columnSpan()]
        top, bottom = self._tops[cell.row()], self._tops[cell.row() + cell.rowSpan()]
        return QRectF(left, top, right - left, bottom - top)


def _first_top(table: QTextTable) -> float:
    """Where the highest text of the first row begins, right below the rule and the padding.

    A cell over several rows may need more room than they have; Qt gives that to its last row, so never to the first.
    """
    cells = [table.cellAt(0, column) for column in range(table.columns())]
    single = [cell for cell in cells if cell.rowSpan() == 1]
    return min(_block_rect(cell.firstCursorPosition().block()).top() for cell in single or cells)


def _row_tops(table: QTextTable, top: float) -> list[float]:
    """The tops of all rows, and the bottom of the last."""
    tops = [top] + [0.0] * table.rows()
    for row in range(table.rows()):
        # Any cell that ends in this row tells the row's bottom: its middle is known, and its top is.
        ending = _cell_ending_in(table, row)
        tops[row + 1] = 2 * _middle(ending) - tops[ending.row()] if ending is not None else tops[row]
    return tops


def _cell_ending_in(table: QTextTable, row: int) -> QTextTableCell | None:
    column = 0
    while column < table.columns():
        cell = table.cellAt(row, column)
        if cell.row() + cell.rowSpan() == row + 1:
            return cell
        column = cell.column() + cell.columnSpan()
    return None


def _middle(cell: QTextTableCell) -> float:
    first, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    return (_block_rect(first).top() + _block_rect(last).bottom()) / 2


def _block_rect(block: QTextBlock) -> QRectF:
    """Asking for it makes Qt lay the document out as far as that."""
    return block.document().documentLayout().blockBoundingRect(block)


def _line_rects(block: QTextBlock, spot: Spot) -> list[QRectF]:
    layout = block.layout()
    origin = _block_rect(block).topLeft() - layout.boundingRect().topLeft()
    start, end = spot.start - block.position(), spot.end - block.position()
    found = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first < last or (first == last == start == end):
            left, right = sorted((_x(line.cursorToX(first)), _x(line.cursorToX(last))))
            found.append(QRectF(left, line.y(), right - left, line.ascent() + line.descent()).translated(origin))
    return found


def _x(found: object) -> float:
    # The binding returns the position together with the cursor that it belongs to.
    return float(found[0]) if isinstance(found, tuple) else float(str(found))
