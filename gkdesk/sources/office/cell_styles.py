"""The cell styles of a workbook: the number format of each, and whether its text is in the colour of its ground."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from gkdesk.sources.office.number_formats import BUILT_IN
from gkdesk.sources.office_zip import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORMAT_NOISE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_LETTERS = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PAPER = "FFFFFF"
_INDEXED = {"0": "000000", "1": _PAPER, "8": "000000", "9": _PAPER}
_LIGHTER = -0.05
"""Shade of the theme's paper colour from which on it is a grey one sees."""


class CellStyle(NamedTuple):
    """A style: its number format (empty: as it comes), whether it is one of dates, text nobody sees, and the ground."""

    code: str = ""
    is_date: bool = False
    unseen: bool = False
    ground: str = _PAPER


def read_styles(groups: Iterable[_Element]) -> list[CellStyle]:
    """The styles in the order in which cells count them, from the groups of the styles part."""
    formats: dict[str, str] = {}
    fonts: list[str] = []
    fills: list[str] = []
    styles: list[CellStyle] = []
    for group in groups:
        match local_name(group):
            case "numFmts":
                formats = {child.get("numFmtId") or "": child.get("formatCode") or "" for child in group}
            case "fonts":
                fonts = [colour_in(font, "color") for font in group]
            case "fills":
                fills = [_ground(fill) for fill in group]
            case "cellXfs":
                styles = [_style(child, formats, fonts, fills) for child in group]
    return styles


def is_date_format(identity: int, code: str | None) -> bool:
    """True for a number format that shows dates or times; ``code`` None for one only known by its number."""
    if code is None:
        return identity in _DATE_FORMATS
    plain = _FORMAT_NOISE.sub("", code.partition(";")[0])
    return plain.lower() not in ("general", "standard") and _DATE_LETTERS.search(plain) is not None


def _style(element: _Element, formats: dict[str, str], fonts: list[str], fills: list[str]) -> CellStyle:
    identity = element.get("numFmtId") or "0"
    number = int(identity) if identity.isdecimal() else 0
    code = formats.get(identity)
    colour, ground = _named(fonts, element.get("fontId")), _named(fills, element.get("fillId")) or _PAPER
    built_in = BUILT_IN.get(number, "")
    return CellStyle(
        built_in if code is None else code, is_date_format(number, code), bool(colour) and colour == ground, ground
    )


def _named(known: list[str], index: str | None) -> str:
    return known[int(index)] if index is not None and index.isdecimal() and int(index) < len(known) else ""


def _ground(fill: _Element) -> str:
    for pattern in fill:
        if local_name(pattern) == "patternFill" and pattern.get("patternType") not in (None, "none"):
            return (colour_in(pattern, "fgColor") or "unknown") if pattern.get("patternType") == "solid" else "unknown"
        if local_name(pattern) == "gradientFill":
            return "unknown"
    return ""


def colour_in(element: _Element, name: str) -> str:
    """Six hexadecimal digits; empty where no colour is named, or one of the theme other than paper."""
    for child in element:
        if local_name(child) != name:
            continue
        rgb = child.get("rgb")
        if rgb:
            return rgb[-6:].upper()
        if child.get("theme") == "0":
            return _PAPER if _shade(child.get("tint")) >= _LIGHTER else ""
        return _INDEXED.get(child.get("indexed") or "", "")
    return ""


def _shade(text: str | None) -> float:
    try:
        return float(text or "0")
    except ValueError:
        return 0.0
