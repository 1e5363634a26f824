"""How places of a source are marked: the same shapes on page pictures and in texts.

The kinds differ in shape as well as in colour: the current place has a thick outline with a filled corner, its
companions a thin dashed one, a place under the mouse a thin plain one.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen, QPolygonF


class Mark(Enum):
    """Why a place is marked."""

    CURRENT = "current"
    COMPANION = "companion"
    HOVER = "hover"


_CORNER = 7.0
_RADIUS = 3.0

_ON_LIGHT = {Mark.CURRENT: "#b45309", Mark.COMPANION: "#1d4ed8", Mark.HOVER: "#1d4ed8"}
_ON_DARK = {Mark.CURRENT: "#fbbf24", Mark.COMPANION: "#93c5fd", Mark.HOVER: "#93c5fd"}
_FILL = {Mark.CURRENT: 46, Mark.COMPANION: 20, Mark.HOVER: 14}


def is_dark(palette: QPalette) -> bool:
    """True if texts are light on a dark ground."""
    return palette.base().color().lightness() < 128


def draw_mark(painter: QPainter, rect: QRectF, mark: Mark, dark: bool = False) -> None:
    """Draw ``mark`` around ``rect`` (painter's units); ``dark`` says that the ground is dark."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor((_ON_DARK if dark else _ON_LIGHT)[mark])
    fill = QColor(colour)
    fill.setAlpha(_FILL[mark])
    if mark is Mark.CURRENT:
        # A rim in the colour of the ground keeps the outline apart from the ruled lines of the table.
        rim = QColor("black") if dark else QColor("white")
        rim.setAlpha(190)
        painter.setPen(QPen(rim, 5.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
    painter.setPen(_pen(colour, mark))
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
    if mark is Mark.CURRENT:
        _draw_corner(painter, rect, colour)
    painter.restore()


def mark_reach() -> int:
    """How far a mark may reach beyond its rectangle, in logical pixels."""
    return 4


def _pen(colour: QColor, mark: Mark) -> QPen:
    if mark is Mark.CURRENT:
        return QPen(colour, 2.5)
    if mark is Mark.COMPANION:
        pen = QPen(colour, 1.5)
        pen.setDashPattern([3.0, 2.0])
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
