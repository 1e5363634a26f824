"""Finds places of a source in the document that shows it, and the other way round."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from gkdesk.model.content import GridCell, Line
from gkdesk.model.place import PagePlace, ParagraphPlace, Place, TextPlace


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters ``start`` to ``end`` of the shown document, as Qt counts; ``is_cell``: a whole table cell."""

    start: int
    end: int
    is_cell: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A line or cell as shown: its text (as shown, character for character) and where it begins in the document.

    ``base`` is the offset in the source of the first character shown, for places that count characters.
    """

    source: Line | GridCell
    text: str
    start: int
    base: int = 0

    @property
    def is_cell(self) -> bool:
        """True for the cell of a table."""
        return isinstance(self.source, GridCell)

    @property
    def end(self) -> int:
        """Where it ends in the document."""
        return self.start + qt_length(self.text)

    def whole(self) -> Spot:
        """All of it."""
        return Spot(self.start, self.end, self.is_cell)

    def part(self, start: int, end: int) -> Spot:
        """Characters ``start`` to ``end`` of the source; all of it if they are none of the text's."""
        first, last = start - self.base, end - self.base
        if not 0 <= first < last <= len(self.text):
            return self.whole()
        return Spot(self.start + qt_length(self.text[:first]), self.start + qt_length(self.text[:last]))

    def offset_at(self, position: int) -> int:
        """The offset in the source of a position of the document."""
        units = max(0, position - self.start)
        shown = self.text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
        return self.base + len(shown)


class DocumentPlaces:
    """What is shown where. Passages are added in the order of the document, which is that of the source."""

    def __init__(self) -> None:
        self._passages: list[Passage] = []
        self._starts: list[int] = []
        self._exact: dict[Place, Passage] = {}
        self._words: dict[Place, tuple[Passage, str]] = {}
        self._by_offset: list[Passage] = []
        self._offsets: list[int] = []
        self._by_paragraph: dict[int, list[Passage]] = {}

    def add(self, passage: Passage) -> None:
        """Remember a passage that has just been written."""
        self._passages.append(passage)
        self._starts.append(passage.start)
        place = passage.source.place
        self._exact.setdefault(place, passage)
        if isinstance(place, TextPlace):
            self._by_offset.append(passage)
            self._offsets.append(place.start)
        elif isinstance(place, ParagraphPlace):
            self._by_paragraph.setdefault(place.paragraph, []).append(passage)
        elif isinstance(passage.source, Line):
            self._words.update((word.place, (passage, word.text)) for word in passage.source.words)

    def find(self, place: Place) -> Spot | None:
        """Where ``place`` is shown, or None."""
        exact = self._exact.get(place)
        if exact is not None:
            return exact.whole()
        if place in self._words:
            return _word(*self._words[place])
        if isinstance(place, TextPlace):
            return self._in_text(place)
        if isinstance(place, ParagraphPlace):
            return self._in_paragraph(place)
        if isinstance(place, PagePlace):
            return self._on_page(place)
        return None

    def at(self, position: int) -> Place | None:
        """The place shown at a position of the document: a cell, or a point in a line; None before the first."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return None
        passage = self._passages[index]
        match passage.source.place:
            case TextPlace() if not passage.is_cell:
                offset = passage.offset_at(position)
                return TextPlace(offset, offset)
            case ParagraphPlace(paragraph, _, _):
                offset = passage.offset_at(position)
                return ParagraphPlace(paragraph, offset, offset)
            case place:
                return place

    def _in_text(self, place: TextPlace) -> Spot | None:
        index = bisect_right(self._offsets, place.start) - 1
        if index < 0:
            return None
        passage = self._by_offset[index]
        around = passage.source.place
        if not isinstance(around, TextPlace) or place.start > around.end:
            return None
        return passage.part(place.start, place.end)

    def _in_paragraph(self, place: ParagraphPlace) -> Spot | None:
        for passage in reversed(self._by_paragraph.get(place.paragraph, ())):
            if passage.base <= place.start:
                return passage.part(place.start, place.end)
        return None

    def _on_page(self, place: PagePlace) -> Spot | None:
        """Page pictures are missing: the line or cell in which the box lies has to do."""
        for passage in self._passages:
            around = passage.source.place
            if isinstance(around, PagePlace) and around.page == place.page and around.box.contains(*place.box.centre):
                return passage.whole()
        return None


def qt_length(text: str) -> int:
    """Length of ``text`` as Qt counts: characters beyond the basic plane count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _word(passage: Passage, word: str) -> Spot:
    first = passage.text.find(word)
    return passage.whole() if first < 0 else passage.part(passage.base + first, passage.base + first + len(word))
