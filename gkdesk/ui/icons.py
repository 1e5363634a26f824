"""The program's icons, drawn from ``resources/icons`` in the colours of the palette."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gkdesk import paths
from gkdesk.model.finding import Severity
from gkdesk.ui import look

SIZES = (16, 24, 32, 48, 64)
INK = "#000000"
"""The colour of the drawings that is replaced by the ink asked for."""

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def icon(name: str, palette: QPalette) -> QIcon:
    """The icon of an action, in the colour of text; pale where the action cannot be used."""
    shades = look.colours(palette)
    found = _drawn(name, shades.text.name())
    for pixmap in _pixmaps(name, shades.line.name()):
        found.addPixmap(pixmap, QIcon.Mode.Disabled)
    return found


def severity(level: Severity, palette: QPalette) -> QIcon:
    """The sign of a severity: a shape of its own in a colour of its own."""
    name = _SEVERITIES[level]
    return _drawn(f"severity-{name}", getattr(look.colours(palette), name).name())


class SeverityIcons:
    """The signs of severities for a painter of lists, each drawn once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Severity, int], QIcon] = {}

    def icon(self, level: Severity, palette: QPalette) -> QIcon:
        """The sign of a severity."""
        key = (level, palette.color(QPalette.ColorRole.Window).rgb())
        if key not in self._known:
            self._known[key] = severity(level, palette)
        return self._known[key]


def program() -> QIcon:
    """The program's own icon."""
    return _drawn("gkdesk", INK)


def none() -> QIcon:
    """No icon."""
    return QIcon()


def _drawn(name: str, ink: str) -> QIcon:
    found = QIcon()
    for pixmap in _pixmaps(name, ink):
        found.addPixmap(pixmap)
    return found


def _pixmaps(name: str, ink: str) -> list[QPixmap]:
    drawing = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace(INK, ink)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    pixmaps = []
    for size in SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        pixmaps.append(pixmap)
    return pixmaps
