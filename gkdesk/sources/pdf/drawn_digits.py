"""Fonts that draw other digits than their characters say: every program that copies the text gets the wrong figures.

Both engines trust what a font says about its characters, so both read the same wrong figure. What the font draws is
in the file, too. Called under the engine lock.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from gkdesk.sources.pdf.digit_shapes import Point, digit_drawn

_WIDE_FORMS = range(0xFF10, 0xFF1A)
_EM = 100.0
_LONGEST_OUTLINE = 400
"""Segments of an outline; a digit has a hundred, an ornament thousands."""
_LONGEST_NAME = 200
_STEPS = (0.25, 0.5, 0.75, 1.0)
"""Where on a curve the corners are put that stand for it."""


class DrawnDigits:
    """What the fonts of one document draw for their digits; every digit of a font is looked at once."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[int, bytes, int], str | None] = {}

    def misdrawn(self, text_page: Any) -> frozenset[int]:
        """The numbers of the digits of a text page whose fonts draw another digit for one of them."""
        by_font: dict[tuple[int, bytes], dict[int, list[int]]] = {}
        fonts: dict[tuple[int, bytes], Any] = {}
        for index, code in _digits(text_page):
            font = _font_of(text_page, index)
            if font is not None:
                key = ctypes.addressof(font.contents), _name(font)
                fonts[key] = font
                by_font.setdefault(key, {}).setdefault(code, []).append(index)
        found: set[int] = set()
        for key, places in by_font.items():
            if any(self._draws_another(fonts[key], key, code) for code in places):
                found.update(index for indexes in places.values() for index in indexes)
        return frozenset(found)

    def _draws_another(self, font: Any, key: tuple[int, bytes], code: int) -> bool:
        if (*key, code) not in self._drawn:
            self._drawn[*key, code] = digit_drawn(_outline(font, code))
        drawn = self._drawn[*key, code]
        return drawn is not None and int(drawn) != int(chr(code))


def _digits(text_page: Any) -> Iterator[tuple[int, int]]:
    from pypdfium2 import raw

    for index in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if 0x30 <= code <= 0x39 or code in _WIDE_FORMS:
            yield index, code


def _font_of(text_page: Any, index: int) -> Any:
    from pypdfium2 import raw

    text = raw.FPDFText_GetTextObject(text_page, index)
    font = raw.FPDFTextObj_GetFont(text) if text else None
    return font or None


def _name(font: Any) -> bytes:
    from pypdfium2 import raw

    name = ctypes.create_string_buffer(_LONGEST_NAME)
    raw.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
    return name.value


def _outline(font: Any, code: int) -> list[list[Point]]:
    """The contours a font draws for a character, curves as a few corners; none if it has no outline to look at."""
    from pypdfium2 import raw

    path = raw.FPDFFont_GetGlyphPath(font, code, _EM)
    count = raw.FPDFGlyphPath_CountGlyphSegments(path) if path else 0
    if not 4 <= count <= _LONGEST_OUTLINE:
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    contours: list[list[Point]] = []
    bends: list[Point] = []
    for index in range(count):
        segment = raw.FPDFGlyphPath_GetGlyphPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = x.value, y.value
        if kind == raw.FPDF_SEGMENT_MOVETO:
            contours.append([point])
        elif not contours:
            return []
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            bends.append(point)
            if len(bends) == 3:
                contours[-1] += _curve(contours[-1][-1], *bends)
                bends = []
        else:
            contours[-1].append(point)
    return contours


def _curve(start: Point, first: Point, second: Point, end: Point) -> list[Point]:
    corners = []
    for step in _STEPS:
        rest = 1 - step
        shares = rest**3, 3 * rest * rest * step, 3 * rest * step * step, step**3
        points = start, first, second, end
        corners.append(
            (
                sum(share * x for share, (x, _) in zip(shares, points, strict=True)),
                sum(share * y for share, (_, y) in zip(shares, points, strict=True)),
            )
        )
    return corners
