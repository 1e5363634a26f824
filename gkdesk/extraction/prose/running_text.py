"""The prose of a report as running text: wrapped lines joined, every character with its place in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from gkdesk.extraction.labels import rules
from gkdesk.extraction.prose.sections import prose_lines
from gkdesk.model.content import Content, Line
from gkdesk.model.place import PagePlace, ParagraphPlace, Place, TextPlace
from gkdesk.model.spec import FormSpec

BREAK = "\n"
"""Stands in running text where a new paragraph begins."""

LONGEST_HEADING = 25
"""Characters of a numbered line without a stop that is a heading and not the first line of a paragraph."""

_PAGE_NUMBER = re.compile(r"[\s\-—－–―~·.第页共/]*\d{1,3}[\s\-—－–―~·.第页共/\d]*")
_NUMBERED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六]部分|0\d\s)"
)
_STOPS = re.compile(r"[。！？，；]")
_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b-\u200f\u2060\ufeff]+")
_SPLIT_FIGURE = re.compile(r"(?<=[\d０-９])[\s\u00a0\u3000]+(?=[\d０-９])")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one line contributes: from where on in the running text, and the offset in the line of each character."""

    start: int
    line: Line
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RunningText:
    """The text of one section.

    Attributes:
        section: its name, empty for the lines before the first heading.
        printed: the characters as printed, without blanks; one blank stays between two figures.
        plain: the same, character by character, in simplified characters and half-width forms.
        chapters: where numbered headings begin, in order.
    """

    section: str
    printed: str
    plain: str
    chapters: tuple[int, ...]
    pieces: tuple[_Piece, ...]

    def chapter_of(self, position: int) -> int:
        """Where the numbered part that holds ``position`` begins."""
        index = bisect_right(self.chapters, position)
        return self.chapters[index - 1] if index else 0

    def doubt(self, start: int, end: int) -> str:
        """Why the reader is not sure of the characters ``start`` to ``end``, or an empty text."""
        first, last = self._piece_at(start), self._piece_at(max(start, end - 1))
        return self.pieces[first].line.doubt or self.pieces[last].line.doubt

    def place(self, start: int, end: int) -> Place | None:
        """Where the characters ``start`` to ``end`` stand in the source: as exactly as the reader tells it."""
        piece = self.pieces[self._piece_at(start)]
        inside = piece.offsets[start - piece.start : end - piece.start]
        return _place_in(piece.line, inside[0], inside[-1] + 1) if inside else None

    def _piece_at(self, position: int) -> int:
        return max(bisect_right(self.pieces, position, key=lambda piece: piece.start) - 1, 0)


def running_texts(content: Content, spec: FormSpec) -> list[RunningText]:
    """The prose by section; a section that is interrupted by a table goes on behind it."""
    lines: dict[str, list[tuple[Line, str]]] = {}
    for section, line, text in prose_lines(content, spec):
        lines.setdefault(section, []).append((line, text))
    return [_joined(section, found) for section, found in lines.items()]


def _joined(section: str, lines: list[tuple[Line, str]]) -> RunningText:
    printed: list[str] = []
    pieces: list[_Piece] = []
    chapters: list[int] = []
    length, is_open = 0, False
    for line, text in lines:
        if not text or _PAGE_NUMBER.fullmatch(text):
            continue
        is_numbered = _NUMBERED.match(text) is not None
        if is_numbered or not is_open or isinstance(line.place, ParagraphPlace):
            printed.append(BREAK)
            length += 1
            if is_numbered:
                chapters.append(length)
        offsets = tuple(_kept(line.text, line.text.find(text), len(text)))
        kept = "".join(line.text[offset] for offset in offsets)
        if is_open and printed and printed[-1][-1:].isdigit() and kept[:1].isdigit():
            # Two figures that meet where a line ends are not known to be one.
            printed.append(" ")
            length += 1
        pieces.append(_Piece(length, line, offsets))
        printed.append(kept)
        length += len(kept)
        is_open = not (is_numbered and len(kept) <= LONGEST_HEADING and not _STOPS.search(kept))
    whole = "".join(printed)
    return RunningText(section, whole, whole.translate(_plain_characters()), tuple(chapters), tuple(pieces))


def _kept(text: str, start: int, length: int) -> Iterator[int]:
    """Offsets of the characters that stay: all but blanks, of which one stays between two figures."""
    position, end = start, start + length
    for blanks in _BLANKS.finditer(text, start, end):
        yield from range(position, blanks.start())
        if _SPLIT_FIGURE.match(text, blanks.start(), end):
            yield blanks.start()
        position = blanks.end()
    yield from range(position, end)


@cache
def _plain_characters() -> dict[int, int]:
    table = {old: ord(new) for old, new in rules().characters.items() if len(new) == 1}
    table |= {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
    return table | {ord("\u3000"): ord(" "), ord("\u00a0"): ord(" "), ord("﹪"): ord("%")}


def _place_in(line: Line, start: int, end: int) -> Place:
    """Characters ``start`` to ``end`` of a line: by the word that holds them, by counting, or the whole line."""
    if isinstance(line.place, (TextPlace, ParagraphPlace)) and line.place.end - line.place.start == len(line.text):
        return replace(line.place, start=line.place.start + start, end=line.place.start + end)
    position = 0
    for word in line.words:
        found = line.text.find(word.text, position)
        if found < 0:
            continue
        position = found + len(word.text)
        if found <= start < position:
            return _narrowed(word.place, start - found, end - found, len(word.text))
    return line.place


def _narrowed(place: Place, start: int, end: int, length: int) -> Place:
    """The part of a word on a page, its characters taken as equally wide."""
    if not isinstance(place, PagePlace) or (start, end) == (0, length):
        return place
    box = place.box
    width = (box.right - box.left) / length
    return replace(place, box=box._replace(left=box.left + start * width, right=box.left + min(end, length) * width))
