"""Decodes strings of a PDF by the ToUnicode map of their font, which is all that most files need.

pypdf's own decoding takes in the whole font first; a browser's print has dozens of fonts with hundreds of drawings.
A font for which the map alone does not do is left to pypdf.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf(?:char|range)", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[((?:\s*<[0-9A-Fa-f\s]*>)*)\s*\])"
)
_TEXT = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_SIMPLE_FONT = re.compile(rb"/Subtype\s*/(?:Type1|TrueType|Type3|MMType1)\b")
_WIDE_FONT = re.compile(rb"/Subtype\s*/Type0\b")
_IDENTITY = re.compile(rb"/Encoding\s*/Identity-[HV]\b")
_MAP = re.compile(rb"/ToUnicode\s+(\d+)\s+(\d+)\s+R\b")
_LONGEST_FONT = 65536
"""Bytes of a font's own object."""
_WIDEST_RANGE = 65536


class UnicodeMaps:
    """The maps of the fonts of one PDF, each read once."""

    def __init__(self, reader: PdfReader, data: bytes) -> None:
        self._reader = reader
        self._data = data
        self._maps: dict[tuple[int, int], _UnicodeMap | None] = {}

    def decode(self, resources: Any, font: str, codes: bytes) -> str | None:
        """The text of a string in a font of ``resources``; None if the map does not say it all."""
        fonts = resources.get("/Font")
        place = fonts.get_object().raw_get(font) if fonts is not None and font in fonts.get_object() else None
        number, generation = getattr(place, "idnum", None), getattr(place, "generation", None)
        if number is None or generation is None:
            return None
        if (number, generation) not in self._maps:
            self._maps[number, generation] = self._map_of(number, generation)
        found = self._maps[number, generation]
        return found.decode(codes) if found is not None else None

    def _map_of(self, number: int, generation: int) -> _UnicodeMap | None:
        """The map of a font whose object stands in the file in plain sight; its drawings need not be looked at."""
        from pypdf.generic import IndirectObject

        start = self._reader.xref.get(generation, {}).get(number)
        if start is None or self._reader.is_encrypted:
            return None
        head = b"%d %d obj" % (number, generation)
        stop = self._data.find(b"endobj", start, start + _LONGEST_FONT)
        font = self._data[start:stop].lstrip() if stop >= 0 else b""
        maps = _MAP.findall(font)
        if not font.startswith(head) or len(maps) != 1:
            return None
        if _SIMPLE_FONT.search(font):
            width = 1
        elif _WIDE_FONT.search(font) and _IDENTITY.search(font):
            width = 2
        else:
            return None
        stream = IndirectObject(int(maps[0][0]), int(maps[0][1]), self._reader).get_object()
        written = getattr(stream, "get_data", None)
        return _UnicodeMap(written(), width) if written is not None else None


class _UnicodeMap:
    """What the codes of a font stand for; every code has ``width`` bytes."""

    def __init__(self, written: bytes, width: int) -> None:
        self._width = width
        self._texts: dict[int, str] = {}
        for kind, body in _SECTION.findall(written):
            if kind == b"bfchar":
                self._texts.update((_number(code), _text(text)) for code, text in _PAIR.findall(body))
            else:
                for first, last, text, texts in _RANGE.findall(body):
                    self._add_range(_number(first), _number(last), text, texts)

    def _add_range(self, first: int, last: int, text: bytes, texts: bytes) -> None:
        if not 0 <= last - first < _WIDEST_RANGE:
            return
        if texts:
            listed = [_text(one) for one in _TEXT.findall(texts)]
            self._texts.update(zip(range(first, last + 1), listed, strict=False))
            return
        start = _text(text)
        if start and ord(start[-1]) + last - first <= 0x10FFFF:
            self._texts.update(
                (code, start[:-1] + chr(ord(start[-1]) + code - first)) for code in range(first, last + 1)
            )

    def decode(self, codes: bytes) -> str | None:
        """The text; None if a code is not in the map."""
        if len(codes) % self._width:
            return None
        texts = []
        for start in range(0, len(codes), self._width):
            text = self._texts.get(int.from_bytes(codes[start : start + self._width], "big"))
            if text is None:
                return None
            texts.append(text)
        return "".join(texts)


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()), 16)


def _text(digits: bytes) -> str:
    plain = b"".join(digits.split()).decode("ascii")
    return bytes.fromhex(plain + "0" * (len(plain) % 2)).decode("utf-16-be", "replace")
