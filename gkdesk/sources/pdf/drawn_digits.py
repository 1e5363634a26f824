"""Fonts that draw other digits than their characters say: every program that copies the text gets the wrong figures.

Both engines trust what a font says about its characters, so both read the same wrong figure. What the font draws is
in the file, too. Called under the engine lock.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from typing import Any

from gkdesk.sources.pdf.digit_shapes import Point, digit_drawn

_IN_NO_FONT = 0xE5F3
"""Private use: no font of a text has a drawing of its own for it."""
_DIGITS = range(0x30, 0x3A)
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
        """The numbers of the digits of a text page whose fonts draw other digits than they say."""
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
            if _are_exchanged({int(chr(code)): self._digit_drawn(fonts[key], key, code) for code in places}):
                found.update(index for indexes in places.values() for index in indexes)
        return frozenset(found)

    def _digit_drawn(self, font: Any, key: tuple[int, bytes], code: int) -> str | None:
        if (*key, code) not in self._drawn:
            outline = _outline(font, code)
            # What stands for characters that the font does not have is often a box, which looks like a 0.
            is_known = outline != _outline(font, _IN_NO_FONT)
            self._drawn[*key, code] = digit_drawn(outline) if is_known else None
        return self._drawn[*key, code]


def _are_exchanged(drawn: Mapping[int, str | None]) -> bool:
    """True if a digit is drawn as another; of an odd font one may only look so, like one that is drawn so, too."""
    told = [digit for digit in drawn.values() if digit is not None]
    return any(digit is not None and int(digit) != said and told.count(digit) == 1 for said, digit in drawn.items())


def _digits(text_page: Any) -> Iterator[tuple[int, int]]:
    from pypdfium2 import raw

    for index in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in _DIGITS or code in _WIDE_FORMS:
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
