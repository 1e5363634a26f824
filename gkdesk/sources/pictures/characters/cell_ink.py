"""What is drawn in the cells of a scanned table, and which texts of the page reader stand in which of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from gkdesk.model.place import Box
from gkdesk.sources.pictures.characters.cell_pieces import SPECK
from gkdesk.sources.pictures.characters.text_recognition import TextBox
from gkdesk.sources.pictures.components import Blobs

HAN = re.compile("[\u3400-\u9fff]")
_LABEL_HAN, _LONG_LABEL_HAN = 4, 13
"""So many Chinese characters make words; with so many, one or two that are wrong do not make them other words."""
_LABEL_SHARE = 0.5
_SURE_WORDS, _SURE_LONG_WORDS = 0.98, 0.9
_ORDINAL = re.compile("[(（]?[一二三四五六七八九十]*[)）]?[、.．]?[0-9０-９]{0,2}(?![0-9０-９])")
_FRINGE = 2.0
_LEAST_REST, _WORN_WIDTH, _WORN_HEIGHT = 1.0, 6.0, (4.5, 10.0)
"""Points: of what may be left of a stroke, and how broad and high the digit it stood in is."""
_STRADDLES, _CHARACTER = 0.25, 0.5
"""Share of a cell's width that a box must cover to reach into the cell, or of its own height if words are in it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters as read from its pixels; ``sure`` if all witnesses agree. ``box`` is in pixels."""

    text: str
    box: Box
    sure: bool

    @property
    def is_figure(self) -> bool:
        """True if there is a digit in it."""
        return any(char.isdecimal() for char in self.text)


@dataclass(slots=True)
class CellInk:
    """What is drawn in a cell.

    Attributes:
        space: the room between its borders, pixels.
        ink: the connected ink in it.
        own: boxes of the page reader that are in this cell only.
        shared: boxes of the page reader that reach into other cells too.
        pieces: what the line reader read, once it has.
        open_columns: over how many columns it reaches if no rules are drawn between these, else 0.
        stained: True if something is drawn over such a cell that is no print: what is under it may be lost.
    """

    space: Box
    ink: Blobs
    own: list[TextBox] = field(default_factory=list)
    shared: list[TextBox] = field(default_factory=list)
    pieces: list[Piece] | None = None
    open_columns: int = 0
    stained: bool = False

    @property
    def page_text(self) -> str:
        """What the page reader read in this cell, as far as it kept it apart from others."""
        return "".join(box.text for box in sorted(self.own, key=lambda box: (box.box.top, box.box.left)))

    def needs_reading(self, unit: float) -> bool:
        """True unless the cell is empty or holds words that the page reader is sure of."""
        if self.is_empty(unit):
            return False
        text = self.page_text
        if self.shared or not are_words(text):
            return True
        enough = _SURE_LONG_WORDS if len(HAN.findall(text)) >= _LONG_LABEL_HAN else _SURE_WORDS
        return min(box.confidence for box in self.own) < enough

    def is_empty(self, unit: float) -> bool:
        """True if there is nothing but dirt."""
        if not len(self.ink):
            return True
        return int(max(self.ink.width.max(), self.ink.height.max())) < SPECK * unit

    def has_worn_figure(self, unit: float) -> bool:
        """True if specks stand above each other as the ends of a figure's strokes do whose rest is worn away."""
        ink = self.ink.chosen(np.maximum(self.ink.width, self.ink.height) >= _LEAST_REST * unit)
        if len(ink) < 2:
            return False
        across = np.maximum(ink.right[:, None], ink.right) - np.minimum(ink.left[:, None], ink.left)
        down = np.maximum(ink.bottom[:, None], ink.bottom) - np.minimum(ink.top[:, None], ink.top)
        lowest, highest = (edge * unit for edge in _WORN_HEIGHT)
        return bool(np.any((across <= _WORN_WIDTH * unit) & (down >= lowest) & (down <= highest)))

    def has_traces(self, traces: Blobs, unit: float) -> bool:
        """True if some of the ``traces`` are in the cell; those along its borders are what is left of its rules."""
        space, edge = self.space, _FRINGE * unit
        return bool(
            np.any(
                (traces.left < space.right - edge)
                & (traces.right > space.left + edge)
                & (traces.top < space.bottom - edge)
                & (traces.bottom > space.top + edge)
            )
        )


def are_words(text: str) -> bool:
    """True for a label: Chinese characters, and no digits but those that number it (``3.`` or ``（一）2、``)."""
    han = len(HAN.findall(text))
    if han < _LABEL_HAN or han < _LABEL_SHARE * len(text):
        return False
    match = _ORDINAL.match(text)
    return not any(char.isdecimal() for char in text[match.end() if match else 0 :])


def share_boxes(cells: Sequence[CellInk], boxes: Iterable[TextBox]) -> list[TextBox]:
    """Gives the page reader's boxes to the cells they stand in; returns those outside all cells."""
    outside = []
    for box in boxes:
        middle = box.box.centre[1]
        level = (cell for cell in cells if cell.space.top <= middle <= cell.space.bottom)
        touched = [cell for cell in level if _reaches(box, cell.space)]
        if not touched:
            outside.append(box)
        elif len(touched) == 1:
            touched[0].own.append(box)
        else:
            for cell in touched:
                cell.shared.append(box)
    return outside


def _reaches(found: TextBox, space: Box) -> bool:
    """True if a box has its middle in a cell, or covers a good part of the cell's width or of its own there.

    Of words one character is enough: those of the next cell may stand right at the border.
    """
    box = found.box
    overlap = min(box.right, space.right) - max(box.left, space.left)
    if overlap <= 0:
        return False
    if space.left <= box.centre[0] <= space.right:
        return True
    least = (_CHARACTER if HAN.search(found.text) else 1.0) * (box.bottom - box.top)
    return overlap >= _STRADDLES * (space.right - space.left) or overlap >= least
