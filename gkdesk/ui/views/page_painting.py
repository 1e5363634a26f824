"""How pages look on the desk: white sheets with a soft shadow on a calm ground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from gkdesk.ui import look
from gkdesk.ui.views.page_pictures import Picture

_SHADOW = ((3, 6), (2, 10), (1, 16))
"""How far each layer of the shadow reaches, in logical pixels, and how dark it is (of 255)."""


def desk_colour(palette: QPalette) -> QColor:
    """The ground on which the pages lie: a little darker than the window around it."""
    return palette.color(QPalette.ColorRole.Window).darker(107)


def paint_sheet(painter: QPainter, rect: QRect) -> None:
    """An empty page with its shadow."""
    painter.setPen(Qt.PenStyle.NoPen)
    for reach, darkness in _SHADOW:
        painter.setBrush(QColor(0, 0, 0, darkness))
        painter.drawRoundedRect(rect.adjusted(-reach, 1 - reach, reach, 1 + reach), reach, reach)
    # Paper is white in every scheme, as the picture that will cover it.
    painter.fillRect(rect, QColor("white"))


def paint_picture(painter: QPainter, rect: QRect, picture: Picture, pixel_ratio: float) -> None:
    """The picture of a page on its sheet: pixel for pixel if it was made for this size, else stretched."""
    image = picture.image
    if image is None:
        return
    exact = abs(image.width() - rect.width() * pixel_ratio) + abs(image.height() - rect.height() * pixel_ratio) < 4
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
    if exact:
        painter.setClipRect(rect)
        size = image.size().toSizeF() / pixel_ratio
        painter.drawImage(QRectF(QPointF(rect.topLeft()), size), image)
    else:
        painter.drawImage(rect, image)
    painter.restore()


def paint_words(painter: QPainter, rect: QRect, words: str) -> None:
    """A quiet sentence in the middle of a sheet."""
    painter.setPen(look.light().muted)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)


def paint_focus(painter: QPainter, rect: QRect, palette: QPalette) -> None:
    """The frame that says that the keys go here."""
    painter.setPen(QPen(look.colours(palette).accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -1, -1))
