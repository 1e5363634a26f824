"""The looks of the tables in a document: thin rules, and columns that suit the room there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import (
    QFontMetricsF,
    QPalette,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from gkdesk.ui import look
from gkdesk.ui.views.document_writer import TableShape, WrittenTable
from gkdesk.ui.views.table_widths import Width, share

_PADDING = 3

# Padding, rule and a pixel to spare, so that rounding never breaks a word.
_CELL_EXTRA = 2 * _PADDING + 2

# Qt keeps this much free around a table.
_TABLE_EXTRA = 6

_BELOW = 8.0


def table_shape(document: QTextDocument, palette: QPalette, width: float) -> TableShape:
    """Makes formats in the colours of ``palette``, with columns that fit ``width`` logical pixels if they can."""
    em = QFontMetricsF(document.defaultFont()).horizontalAdvance("国")
    room = width - 2 * document.documentMargin() - _TABLE_EXTRA
    line = look.colours(palette).line

    def shape(widths: Sequence[Width], goes_on: bool) -> QTextTableFormat:
        made = QTextTableFormat()
        made.setBorderCollapse(True)
        made.setBorder(1)
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        made.setBorderBrush(line)
        made.setCellPadding(_PADDING)
        made.setCellSpacing(0)
        made.setBottomMargin(0.0 if goes_on else _BELOW)
        shares = share(widths, (room - _CELL_EXTRA * len(widths)) / em)
        made.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.FixedLength, int(part * em) + _CELL_EXTRA) for part in shares]
        )
        return made

    return shape


def reshape_tables(document: QTextDocument, tables: Sequence[WrittenTable], shape: TableShape) -> None:
    """Give tables another format, in one go."""
    if not tables:
        return
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for written in tables:
        written.table.setFormat(shape(written.widths, written.goes_on))
    cursor.endEditBlock()
