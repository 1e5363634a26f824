"""How places of a source are marked: the same shapes on page pictures and in texts.

The kinds differ in shape as well as in colour: the current place has a thick outline with a filled corner, its
companions a thin dashed one, a place under the mouse a thin plain one.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from gkdesk.ui import look


class Mark(Enum):
    """Why a place is marked."""

    CURRENT = "current"
    COMPANION = "companion"
    HOVER = "hover"


REACH = 4
"""How far a mark may reach beyond its rectangle, in logical pixels."""

_CORNER = 7.0
_RADIUS = 3.0
_FILL = {Mark.CURRENT: 44, Mark.COMPANION: 18, Mark.HOVER: 14}


def draw_mark(painter: QPainter, rect: QRectF, mark: Mark, shades: look.Colours) -> None:
    """Draw ``mark`` around ``rect`` (painter's units) in the colours that go with the ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark is Mark.CURRENT:
        # A rim in the colour of the ground keeps the outline apart from the ruled lines of the table.
        rim = QColor(shades.surface)
        rim.setAlpha(200)
        painter.setPen(QPen(rim, 5.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
    fill = QColor(shades.accent)
    fill.setAlpha(_FILL[mark])
    painter.setPen(_pen(shades.accent, mark))
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
    if mark is Mark.CURRENT:
        _draw_corner(painter, rect, shades.accent)
    painter.restore()


def _pen(colour: QColor, mark: Mark) -> QPen:
    if mark is Mark.CURRENT:
        return QPen(colour, 2.5)
    if mark is Mark.COMPANION:
        pen = QPen(colour, 1.4)
        pen.setDashPattern([2.4, 1.8])
        return pen
    faint = QColor(colour)
    faint.setAlpha(150)
    return QPen(faint, 1.0)


def _draw_corner(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    size = min(_CORNER, rect.height() / 2, rect.width() / 2)
    corner = rect.topLeft()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    painter.drawPolygon(QPolygonF([corner, corner + QPointF(size, 0), corner + QPointF(0, size)]))
