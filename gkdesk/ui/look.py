"""How the program looks: style, fonts and colours, light or dark as the system wants it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimSun",
    "sans-serif",
)
POINT_SIZE = 10
SMALL = 0.9
"""Size of secondary text, as a part of the ordinary size."""

_ROLE = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour the program paints with, by what it is for."""

    window: QColor
    surface: QColor
    text: QColor
    muted: QColor
    line: QColor
    header: QColor
    accent: QColor
    accent_soft: QColor
    companion: QColor
    on_accent: QColor
    error: QColor
    error_soft: QColor
    warning: QColor
    warning_soft: QColor
    info: QColor
    hatch: QColor


@cache
def light() -> Colours:
    """Colours on a bright screen; text on any of the surfaces has a contrast of at least 4.5."""
    return _colours(
        window="#f3f4f6",
        surface="#ffffff",
        text="#1d2733",
        muted="#66707d",
        line="#c8ced6",
        header="#eaeef3",
        accent="#1c5d99",
        accent_soft="#e8f1fa",
        companion="#8db4da",
        on_accent="#ffffff",
        error="#b3261e",
        error_soft="#fdeceb",
        warning="#8a5a00",
        warning_soft="#fff3d4",
        info="#4a5a6a",
        hatch="#d5dae1",
    )


@cache
def dark() -> Colours:
    """Colours on a dark screen."""
    return _colours(
        window="#1e2227",
        surface="#262b31",
        text="#e4e8ec",
        muted="#a0a9b4",
        line="#444c56",
        header="#2f353d",
        accent="#6cb2ee",
        accent_soft="#2b3d4e",
        companion="#557fa6",
        on_accent="#10202e",
        error="#ff8a80",
        error_soft="#45292a",
        warning="#f0bf5a",
        warning_soft="#42371f",
        info="#b4c0cc",
        hatch="#3a424b",
    )


def colours(palette: QPalette) -> Colours:
    """The colours that go with a widget's palette."""
    return dark() if palette.color(_ROLE.Window).lightness() < 128 else light()


def apply(application: QApplication) -> None:
    """Give the application its style, fonts and colours, and follow the system when it turns dark or light."""
    application.setStyle("Fusion")
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPointSize(POINT_SIZE)
    application.setFont(font)
    _apply_colours(application)
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda: _apply_colours(application))


def small_font(font: QFont) -> QFont:
    """The font of secondary text beside ``font``."""
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * SMALL)
    return smaller


def bold_font(font: QFont) -> QFont:
    """``font`` in bold."""
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _apply_colours(application: QApplication) -> None:
    scheme = QGuiApplication.styleHints().colorScheme()
    chosen = dark() if scheme.name == "Dark" else light()
    application.setPalette(_palette(chosen))
    application.setStyleSheet(_style_sheet(chosen))


def _palette(chosen: Colours) -> QPalette:
    palette = QPalette(chosen.window)
    for role, colour in (
        (_ROLE.Window, chosen.window),
        (_ROLE.Button, chosen.window),
        (_ROLE.Base, chosen.surface),
        (_ROLE.AlternateBase, chosen.header),
        (_ROLE.ToolTipBase, chosen.surface),
        (_ROLE.ToolTipText, chosen.text),
        (_ROLE.WindowText, chosen.text),
        (_ROLE.Text, chosen.text),
        (_ROLE.ButtonText, chosen.text),
        (_ROLE.PlaceholderText, chosen.muted),
        (_ROLE.Highlight, chosen.accent),
        (_ROLE.HighlightedText, chosen.on_accent),
        (_ROLE.Link, chosen.accent),
        (_ROLE.Mid, chosen.line),
    ):
        palette.setColor(role, colour)
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, _between(chosen.muted, chosen.window))
    return palette


def _style_sheet(chosen: Colours) -> str:
    return (
        f"QToolTip {{ color: {chosen.text.name()}; background: {chosen.surface.name()};"
        f" border: 1px solid {chosen.line.name()}; padding: 4px; }}"
        f"QSplitter::handle {{ background: {chosen.window.name()}; }}"
        "QToolBar { border: none; padding: 2px 4px; spacing: 2px; }"
        "QToolButton#filter { border: none; border-radius: 4px; padding: 2px 8px; margin: 1px; }"
        f"QToolButton#filter:checked {{ background: {chosen.header.name()}; }}"
        f"QToolButton#filter:hover, QToolButton#filter:focus {{ background: {chosen.line.name()}; }}"
        f"QToolButton#act {{ border: 1px solid {chosen.line.name()}; border-radius: 4px; padding: 2px 8px; margin: 1px;"
        f" background: {chosen.surface.name()}; }}"
        f"QToolButton#act:hover {{ background: {chosen.header.name()}; }}"
        f"QToolButton#act:focus, QToolButton#act:pressed {{ border-color: {chosen.accent.name()};"
        f" background: {chosen.accent_soft.name()}; }}"
        "QToolButton#act:disabled { background: transparent; }"
        # The style's own pictures on OK and Cancel belong to no other part of the window.
        "QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }"
    )


def _between(one: QColor, other: QColor) -> QColor:
    return QColor.fromRgb(
        (one.red() + other.red()) // 2, (one.green() + other.green()) // 2, (one.blue() + other.blue()) // 2
    )


def _colours(**names: str) -> Colours:
    return Colours(**{name: QColor(value) for name, value in names.items()})
