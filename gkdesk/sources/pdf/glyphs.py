"""Characters and rules of a PDF page, read from PDFium; every function here is called under the engine lock.

PDFium counts in PDF user space (origin bottom left of some box, before rotation). All of that ends in this module.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from math import hypot
from typing import TYPE_CHECKING, Any

from gkdesk.model.place import Box
from gkdesk.model.reading import UNREAD
from gkdesk.sources.layout.han_forms import from_code, is_wide
from gkdesk.sources.layout.marks import PALE, SKEWED, Doubles, Glyph, Marks, is_pale
from gkdesk.sources.layout.path_rules import TooMuchOnPage
from gkdesk.sources.pdf.drawn_digits import DrawnDigits
from gkdesk.sources.pdf.frame import Frame
from gkdesk.sources.pdf.rules import read_rules

if TYPE_CHECKING:
    import pypdfium2

MOST_CHARACTERS = 200_000
"""A page with more is no page of a report and would take minutes."""

_ENDS = range(0x7F, 0xA0)
"""Codes that stand for no character, beside those below the blank."""

_WATERMARK_SIZE = 28.0


def read_marks(page: pypdfium2.PdfPage, frame: Frame, drawn: DrawnDigits) -> Marks:
    """All characters and rules of a page in its ``frame``; digits of fonts that draw others are unread.

    Raises :class:`TooMuchOnPage` if it has more of them than any report.
    """
    from pypdfium2 import raw

    text_page = raw.FPDFText_LoadPage(page.raw)
    if not text_page:
        return Marks(frame.width, frame.height, (), read_rules(page, frame))
    try:
        if raw.FPDFText_CountChars(text_page) > MOST_CHARACTERS:
            raise TooMuchOnPage
        glyphs = tuple(_without_doubles(_Characters(text_page, frame, drawn.misdrawn(text_page)).read()))
    finally:
        raw.FPDFText_ClosePage(text_page)
    return Marks(frame.width, frame.height, glyphs, read_rules(page, frame))


class _Characters:
    """Walks over the characters of one text page; holds the output variables, which are costly to make per call."""

    def __init__(self, text_page: Any, frame: Frame, misdrawn: frozenset[int]) -> None:
        from pypdfium2 import raw

        self._misdrawn = misdrawn

        self._raw = raw
        self._text_page = text_page
        self._frame = frame
        self._edges = [ctypes.c_double() for _ in range(4)]
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._loose = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def read(self) -> Iterator[Glyph]:
        raw, text_page = self._raw, self._text_page
        spaced = False
        high = 0
        for index in range(raw.FPDFText_CountChars(text_page)):
            # Generated blanks and line ends are guesses of the engine; the positions say it better.
            if raw.FPDFText_IsGenerated(text_page, index) == 1:
                continue
            code = raw.FPDFText_GetUnicode(text_page, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if high and 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            high = 0
            text = UNREAD if index in self._misdrawn or self._is_unmapped(index, code) else from_code(code)
            if text == " ":
                spaced = True
            elif text:
                glyph = self._glyph(index, text, spaced)
                if glyph is not None:
                    yield glyph
                    spaced = False

    def _is_unmapped(self, index: int, code: int) -> bool:
        """True for what the font has no character for: the engine gives its number in the font for one.

        Small numbers would be blanks, hyphens and nothing at all, and the figures of a table marks for nothing.
        """
        if code == 0:
            return True
        raw = self._raw
        return (
            (code < ord(" ") or code in _ENDS)
            and raw.FPDFText_IsHyphen(self._text_page, index) != 1
            and raw.FPDFText_HasUnicodeMapError(self._text_page, index) == 1
        )

    def _glyph(self, index: int, text: str, spaced: bool) -> Glyph | None:
        raw, text_page, frame = self._raw, self._text_page, self._frame
        left, right, bottom, top = self._edges
        if not raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
            return None
        ink = frame.box(left.value, bottom.value, right.value, top.value)
        raw.FPDFText_GetCharOrigin(text_page, index, self._x, self._y)
        x, y = frame.point(self._x.value, self._y.value)
        turn, size = self._turn_and_size(index, ink)
        if text == UNREAD and ink.right - ink.left < 0.1:
            return None
        if size >= _WATERMARK_SIZE and self._shade(index) > PALE:
            turn = SKEWED
        room = self._room(index, text, ink, x, y, size, turn)
        if ink.right - ink.left < 0.01 or ink.bottom - ink.top < 0.01:
            ink = room
        middle, centre = ink.centre
        if not (0 <= middle <= frame.width and 0 <= centre <= frame.height):
            return None
        pale = text.isdecimal() and is_pale(self._shade(index))
        return Glyph(text, ink, room, x, y, size, turn, spaced, pale)

    def _turn_and_size(self, index: int, ink: Box) -> tuple[int, float]:
        frame, matrix = self._frame, self._matrix
        size = self._raw.FPDFText_GetFontSize(self._text_page, index)
        if not self._raw.FPDFText_GetMatrix(self._text_page, index, matrix):
            return 0, size or ink.bottom - ink.top
        size *= hypot(matrix.c, matrix.d)
        # The direction in which the line runs, on the page as shown.
        across = frame.a * matrix.a + frame.c * matrix.b
        down = frame.b * matrix.a + frame.d * matrix.b
        if not 0.5 <= size <= 500:
            size = max(ink.bottom - ink.top, 1.0)
        if abs(down) <= 0.1 * abs(across):
            return (0 if across >= 0 else 2), size
        if abs(across) <= 0.1 * abs(down):
            return (1 if down > 0 else 3), size
        return SKEWED, size

    def _room(self, index: int, text: str, ink: Box, x: float, y: float, size: float, turn: int) -> Box:
        """PDFium knows the advance of upright characters of most fonts; else it is estimated, never too wide."""
        advance = size * (1.0 if is_wide(text) else 0.5)
        match turn:
            case 1:
                return Box(ink.left, min(ink.top, y), ink.right, max(ink.bottom, y + advance))
            case 2:
                return Box(min(ink.left, x - advance), ink.top, max(ink.right, x), ink.bottom)
            case 3:
                return Box(ink.left, min(ink.top, y - advance), ink.right, max(ink.bottom, y))
        loose = self._loose
        if self._raw.FPDFText_GetLooseCharBox(self._text_page, index, loose):
            room = self._frame.box(loose.left, loose.bottom, loose.right, loose.top)
            # For fonts without metrics PDFium gives the ink again, which leaves gaps inside a number.
            if room.right - room.left > 0.1 and abs(room.left - ink.left) + abs(room.right - ink.right) > 0.05:
                return Box(min(room.left, ink.left), room.top, max(room.right, ink.right), room.bottom)
        return Box(min(ink.left, x), ink.top, max(ink.right, x + advance), ink.bottom)

    def _shade(self, index: int) -> float:
        """How bright a character is on white paper, 0 to 255; 0 where the file does not say."""
        red, green, blue, alpha = self._colour
        if not self._raw.FPDFText_GetFillColor(self._text_page, index, red, green, blue, alpha):
            return 0.0
        ink = 255 - (red.value * 299 + green.value * 587 + blue.value * 114) / 1000
        return 255 - ink * alpha.value / 255


def _without_doubles(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    seen = Doubles()
    return (glyph for glyph in glyphs if seen.is_new(glyph.text, glyph.x, glyph.y, glyph.size))
