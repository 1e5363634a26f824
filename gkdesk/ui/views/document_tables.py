"""The looks of the tables in a document: thin rules, and columns that suit the room there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPalette,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from gkdesk.ui import look
from gkdesk.ui.views import zoom
from gkdesk.ui.views.document_writer import TableShape, WrittenTable
from gkdesk.ui.views.table_widths import Width, share

_PADDING = 3

# Padding, rule and a pixel to spare, so that rounding never breaks a word.
_CELL_EXTRA = 2 * _PADDING + 2

# Qt keeps this much free around a table.
_TABLE_EXTRA = 6

_BELOW = 8.0

_SMALLEST_FIT = 70
"""Per cent. A table that would need smaller writing is scrolled instead."""


def table_shape(document: QTextDocument, palette: QPalette, width: float) -> TableShape:
    """Makes formats in the colours of ``palette``, with columns that fit ``width`` logical pixels if they can."""
    em = _em(document.defaultFont())
    room = _room(document, width)
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


def fitting_zoom(document: QTextDocument, font: QFont, tables: Sequence[WrittenTable], width: float) -> float:
    """The zoom of ``font`` at which the tables fit ``width`` logical pixels; never above the actual size."""
    room = _room(document, width)
    steps = [percent / 100 for percent in range(round(100 * zoom.ACTUAL), _SMALLEST_FIT - 1, -1)]
    ems = [_em(zoomed(font, step)) for step in steps]
    needs = {(sum(column.least for column in written.widths), len(written.widths)) for written in tables}
    fitting = (
        next((step for step, em in zip(steps, ems, strict=True) if least * em + columns * _CELL_EXTRA <= room), None)
        for least, columns in needs
    )
    # What cannot fit is scrolled at any size, and decides nothing.
    return min((step for step in fitting if step is not None), default=zoom.ACTUAL)


def zoomed(font: QFont, by: float) -> QFont:
    """``font``, larger or smaller."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * by)
    return made


def _em(font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance("国")


def _room(document: QTextDocument, width: float) -> float:
    return width - 2 * document.documentMargin() - _TABLE_EXTRA
