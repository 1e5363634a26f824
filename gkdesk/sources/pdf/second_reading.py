"""The second, independent reading of a PDF: pypdf decodes the characters PDFium has read, and both must agree.

pypdf also knows the document's title. Nothing here may fail a reading: what pypdf cannot do is reported as not read.
"""

from __future__ import annotations

import io
import logging
import struct
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import hypot
from typing import TYPE_CHECKING, Any, NamedTuple

from gkdesk.sources.layout.marks import Doubles, Glyph
from gkdesk.sources.pdf.text_operators import ShownText, TextOperators, UnfitContent
from gkdesk.sources.pdf.unicode_maps import UnicodeMaps

if TYPE_CHECKING:
    from pypdf import PdfReader

_SAME_BASELINE = 0.6
"""Points: both readings compute a baseline by the same arithmetic."""

_BROKEN_CONTENT = (
    UnfitContent,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pypdf lets through when a file is damaged, besides its own errors."""


class Piece(NamedTuple):
    """A decoded string and where it starts, in PDF user space; ``across`` and ``down`` give its direction."""

    text: str
    x: float
    y: float
    size: float
    across: float
    up: float


class PlacedText(NamedTuple):
    """A decoded string whose start is known in the same units as the glyphs it is compared with."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome for one page: how many rows of figures were compared, and where the readings differ.

    ``glyphs`` are the characters in dispute, ``points`` places where only the second reading has a figure.
    """

    rows: int
    compared: int
    glyphs: frozenset[Glyph] = frozenset()
    points: tuple[tuple[float, float], ...] = ()


class SecondReader:
    """A PDF opened by pypdf. Use :meth:`open`."""

    def __init__(self, reader: PdfReader, data: bytes) -> None:
        self._reader = reader
        self._maps = UnicodeMaps(reader, data)

    @classmethod
    def open(cls, data: bytes, password: str | None) -> SecondReader | None:
        """The reader, or None if pypdf cannot open the file."""
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError

        # pypdf logs every flaw of a file; what matters of that is told by notes.
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        try:
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(password or ""):
                return None
        except (PyPdfError, DependencyError, *_BROKEN_CONTENT):
            return None
        return cls(reader, data)

    def title(self) -> str:
        """The title in the document's properties, or an empty string."""
        from pypdf.errors import PyPdfError

        try:
            metadata = self._reader.metadata
            return str(metadata.title or "").strip() if metadata is not None else ""
        except (PyPdfError, *_BROKEN_CONTENT):
            return ""

    def pieces(self, page: int) -> list[Piece] | None:
        """All strings of page ``page`` (from 0) with a place; None if pypdf cannot read the page."""
        from pypdf.errors import DependencyError, PyPdfError

        try:
            operators = TextOperators(self._reader)
            shown = list(operators.walk(self._reader.pages[page]))
            decoded = self._decode(shown, operators.scopes)
        except (PyPdfError, DependencyError, *_BROKEN_CONTENT):
            return None
        pieces = []
        seen = Doubles()
        for item in shown:
            text = decoded.get((item.scope, item.font, item.codes), "")
            across, up, c, d, x, y = item.matrix
            size = hypot(c, d)
            if text and seen.is_new(text, x, y, size):
                pieces.append(Piece(text, x, y, size, across, up))
        return pieces

    def _decode(self, shown: list[ShownText], scopes: list[Any]) -> dict[tuple[int, str, bytes], str]:
        """The text of every different string: by the map of its font or else by pypdf.

        For that, each is put on a line of its own of a page made up for the purpose, so that pypdf's public text
        extraction decodes it and says by its position which one it was.
        """
        keys = list(dict.fromkeys((item.scope, item.font, item.codes) for item in shown))
        mapped = {key: self._maps.decode(scopes[key[0]], key[1], key[2]) for key in keys}
        decoded = {key: text for key, text in mapped.items() if text is not None}
        left = [key for key in keys if key not in decoded]
        for scope, resources in enumerate(scopes):
            own = [key for key in left if key[0] == scope]
            if own:
                decoded.update(zip(own, self._decode_strings(own, resources), strict=True))
        return decoded

    def _decode_strings(self, keys: list[tuple[int, str, bytes]], resources: Any) -> list[str]:
        from pypdf import PageObject
        from pypdf.generic import ByteStringObject, ContentStream, FloatObject, NameObject

        operations: list[tuple[Any, bytes]] = []
        one, zero = FloatObject(1), FloatObject(0)
        for number, (_, font, codes) in enumerate(keys):
            operations += [
                ([], b"BT"),
                ([NameObject(font), one], b"Tf"),
                ([one, zero, zero, one, zero, FloatObject(-100 * (number + 1))], b"Tm"),
                ([ByteStringObject(codes)], b"Tj"),
                ([], b"ET"),
            ]
        content = ContentStream(None, self._reader)
        content.operations = operations
        page = PageObject(self._reader)
        page[NameObject("/Type")] = NameObject("/Page")
        page[NameObject("/Resources")] = _with_fonts(resources, {font for _, font, _ in keys})
        page[NameObject("/Contents")] = content
        texts = [""] * len(keys)

        def take(text: str, _cm: Any, tm: Any, _font: Any, _size: Any) -> None:
            number = round(-tm[5] / 100) - 1
            if 0 <= number < len(texts):
                texts[number] += text.strip("\r\n")

        page.extract_text(visitor_text=take)
        return texts


def _with_fonts(resources: Any, names: set[str]) -> Any:
    """Resources with these fonts only: taking in a font is costly, and a page of a web browser has dozens."""
    from pypdf.generic import DictionaryObject, NameObject

    fonts = resources.get("/Font")
    kept = DictionaryObject()
    if fonts is not None:
        for name, font in fonts.get_object().items():
            if name in names:
                kept[NameObject(name)] = font
    return DictionaryObject({NameObject("/Font"): kept})


def compare(glyphs: Sequence[Glyph], second: Sequence[PlacedText]) -> Comparison:
    """Compare the digits of both readings, printed row by printed row.

    ``glyphs`` are the upright characters of a page, ``second`` the strings of the second reading, in the same units.
    Rows of which the second reading has no digit are not compared: it has not read them.
    """
    rows = _digit_rows(glyphs)
    baselines = [row[0].y for row in rows]
    strings: list[list[PlacedText]] = [[] for _ in rows]
    points: list[tuple[float, float]] = []
    for piece in second:
        if not _figures(piece.text):
            continue
        nearest = _nearest(baselines, piece.y)
        if nearest is None:
            points.append((piece.x, piece.y))
        else:
            strings[nearest].append(piece)
    compared = 0
    disputed: set[Glyph] = set()
    for row, pieces in zip(rows, strings, strict=True):
        if pieces:
            compared += 1
            in_row, more = _compare_row(row, sorted(pieces, key=lambda piece: piece.x))
            disputed |= in_row
            points += more
    return Comparison(len(rows), compared, frozenset(disputed), tuple(points))


def _digit_rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if not _figures(glyph.text):
            continue
        if rows and glyph.y - rows[-1][0].y <= _SAME_BASELINE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    # A full stop alone is no figure; where a row has digits it takes part as a decimal point.
    rows = [row for row in rows if any(_figures(glyph.text) != "." for glyph in row)]
    return [sorted(row, key=lambda glyph: glyph.x) for row in rows]


def _nearest(baselines: list[float], y: float) -> int | None:
    index = min(range(len(baselines)), key=lambda index: abs(baselines[index] - y), default=None)
    return index if index is not None and abs(baselines[index] - y) <= 2 * _SAME_BASELINE else None


def _compare_row(row: list[Glyph], pieces: list[PlacedText]) -> tuple[set[Glyph], list[tuple[float, float]]]:
    first = [(figure, glyph) for glyph in row for figure in _figures(glyph.text)]
    second = [(figure, piece) for piece in pieces for figure in _figures(piece.text)]
    ours, theirs = "".join(figure for figure, _ in first), "".join(figure for figure, _ in second)
    # Strings that follow each other without a new position have no order of their own here: the same digits in
    # another order are that, not a different reading.
    if ours == theirs or sorted(ours) == sorted(theirs):
        return set(), []
    disputed: set[Glyph] = set()
    points: list[tuple[float, float]] = []
    agreed: set[PlacedText] = set()
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for step, start, end, other_start, other_end in steps:
        if step == "equal":
            agreed.update(piece for _, piece in second[other_start:other_end])
        disputed.update(glyph for _, glyph in first[start:end] if step != "equal")
    for step, start, _, other_start, other_end in steps:
        if step == "insert":
            added = [piece for _, piece in second[other_start:other_end]]
            points += [(piece.x, piece.y) for piece in added if piece not in agreed]
            if any(piece in agreed for piece in added):
                disputed.update(glyph for _, glyph in first[max(start - 1, 0) : start + 1])
    return disputed, points


def _figures(text: str) -> str:
    """The digits and decimal points of ``text`` as ASCII."""
    found = []
    for character in text:
        if character in ".．":
            found.append(".")
        elif (digit := unicodedata.decimal(character, None)) is not None:
            found.append(str(digit))
    return "".join(found)
