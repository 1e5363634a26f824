"""One page whose cells are recognised once more, each cut out of the page as it is (:mod:`gkdesk.sources.second_look`).

Needs the extra ``ocr``.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from gkdesk.model.place import Box
from gkdesk.model.reading import plain_characters
from gkdesk.sources.pictures.characters.cell_pieces import cut, piece_boxes, reshaped
from gkdesk.sources.pictures.characters.nothing_marks import drawing_of
from gkdesk.sources.pictures.characters.text_recognition import LineText, TextBox, TextReader, open_reader
from gkdesk.sources.pictures.components import Blobs, find_blobs
from gkdesk.sources.pictures.flattening.page_turn import find_turn
from gkdesk.sources.pictures.paper import Gray, without_red
from gkdesk.sources.pictures.raster import Colour

_SMALL_PAGE = 640
"""Pixels across a page on which one can see which way up it is."""
_FEWEST_PIXELS = 8.5
_FEWEST_POINTS = 4.1
"""Height of a digit below which 4 and 1, 6 and 0 look the same: in a picture, and on a page at 150 dpi."""
_AROUND = 3.0
"""Points of paper around what was found there first: the middle of a point of ink may be out by as much."""
_TIGHT, _LOOSE = 1.6, 4.0
_INK, _CONTRAST = 150, 60
_WHOLE_LENGTH = 0.85
_REACH = 2.5
"""What is dark along the whole piece, this near to its edge, is a rule."""
_MOST_OF_IT, _THICKEST = 0.65, 3.4
_HALF = 0.5

Found = tuple[str, float]


class PageCrops:
    """A page from which single places are read."""

    def __init__(self, picture: Colour, area: Box, reader: TextReader | None = None) -> None:
        """``area`` is the whole page in the units of its places: points of a PDF, pixels of a picture."""
        self._picture = picture
        self._fineness = picture.shape[1] / max(area.right - area.left, 1.0)
        page_width = 595 if picture.shape[0] >= picture.shape[1] else 842
        self._unit = picture.shape[1] / page_width
        # A picture whose places are its own pixels has not been enlarged.
        self._least = _FEWEST_PIXELS if self._fineness == 1.0 else _FEWEST_POINTS * self._unit
        self._reader = reader or open_reader()
        self._quarters: int | None = None

    def read(self, box: Box) -> Found | None:
        """What stands in a box of the page, and how sure that is; None if the box is not on the page."""
        piece = self._piece(box)
        if piece is None:
            return None
        blobs = _print_of(find_blobs(piece < _INK), piece.shape, self._unit)
        if not len(blobs):
            return "", 1.0
        found = [self._read_piece(piece, part) for part in piece_boxes(blobs, self._unit)]
        text = " ".join(text for text, _ in found if text)
        # Ink of which nothing can be read is something.
        return text, min((confidence for _, confidence in found), default=_HALF) if text or not found else 0.0

    def _piece(self, box: Box) -> Gray | None:
        """The box with some paper around it, upright, dark on white, without the rules along its edges."""
        around = _AROUND * self._unit
        left, top, right, bottom = (edge * self._fineness for edge in box)
        height, width = self._picture.shape[:2]
        rows = slice(max(0, round(top - around)), min(height, round(bottom + around) + 1))
        columns = slice(max(0, round(left - around)), min(width, round(right + around) + 1))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return None
        gray = without_red(self._picture[rows, columns])
        gray = np.rot90(gray, self._turn()) if self._turn() else gray
        return _without_rules(_stretched(gray), round((_AROUND + _REACH) * self._unit))

    def _turn(self) -> int:
        """By how many quarters the page must be turned to the left to be upright."""
        if self._quarters is None:
            step = max(1, min(self._picture.shape[:2]) // _SMALL_PAGE)
            small = without_red(_shrunk(self._picture, step))

            def read(quarters: int) -> list[TextBox]:
                return self._reader.read_page(np.ascontiguousarray(np.rot90(small, quarters)))

            self._quarters, _ = find_turn(read)
        return self._quarters

    def _read_piece(self, piece: Gray, box: Box) -> Found:
        """A run of characters, read sharp, soft and stretched."""
        unit, height, width = self._unit, *piece.shape
        space = Box(0, 0, width, height)
        tight = cut(piece, box, space, _TIGHT * unit, _TIGHT * unit)
        loose = cut(piece, box, space, _LOOSE * unit, _LOOSE * unit)
        variants = [tight, reshaped(tight, 1.0, 0.45 * unit), reshaped(loose, 1.25)]
        text, confidence = _most(self._reader.read_lines(variants))
        drawing = drawing_of(piece, box)
        if drawing is not None and drawing.is_slash:
            return "/", _HALF
        leans = drawing is not None and drawing.leans and plain_characters(text) in ("1", "7")
        too_small = any(char.isdecimal() for char in text) and box.bottom - box.top < self._least
        return text, 0.0 if leans or too_small else confidence


def _most(lines: list[LineText]) -> Found:
    """What most readings say: as sure as the least sure of them, half of that unless they are all."""
    counted = Counter(plain_characters(line.text) for line in lines)
    said, count = max(counted.items(), key=lambda item: (item[1], item[0] != ""))
    agreeing = [line for line in lines if plain_characters(line.text) == said]
    least = min(line.confidence for line in agreeing)
    if count == len(lines):
        return agreeing[0].text, least
    return (agreeing[0].text, _HALF * least) if count > 1 else (max(lines, key=lambda line: line.confidence).text, 0.0)


def _stretched(gray: Gray) -> Gray:
    """From ink to paper: its darkest point and most of the paper become black and white, unless there is no ink."""
    dark, paper = float(np.quantile(gray, 0.005)), float(np.quantile(gray, 0.8))
    if paper - dark < _CONTRAST:
        return np.full(gray.shape, 255, dtype=np.uint8)
    even: Gray = np.clip((gray.astype(np.float32) - dark) * (255.0 / (0.92 * (paper - dark))), 0, 255).astype(np.uint8)
    return even


def _without_rules(gray: Gray, reach: int) -> Gray:
    """The piece without what is dark along its whole length near its edges, and what is outside of that."""
    cleared = gray.copy()
    for lines in (cleared, cleared.T):
        ruled = np.flatnonzero((lines < _INK).mean(axis=1) >= _WHOLE_LENGTH)
        middle, near = lines.shape[0] / 2, min(reach, lines.shape[0] // 3)
        before, after = ruled[ruled < min(near, middle)], ruled[ruled >= max(lines.shape[0] - near, middle)]
        if len(before):
            lines[: before.max() + 2] = 255
        if len(after):
            lines[max(0, after.min() - 1) :] = 255
    return cleared


def _print_of(blobs: Blobs, shape: tuple[int, ...], unit: float) -> Blobs:
    """The blobs without what is left of rules: long thin strokes over most of the piece, and what is in its margin."""
    upright = (blobs.height >= _MOST_OF_IT * shape[0]) & (blobs.width <= _THICKEST * unit)
    level = (blobs.width >= _MOST_OF_IT * shape[1]) & (blobs.height <= _THICKEST * unit)
    edge = (_AROUND + 1) * unit
    beside = (blobs.right <= edge) | (blobs.left >= shape[1] - edge)
    beyond = (blobs.bottom <= edge) | (blobs.top >= shape[0] - edge)
    return blobs.chosen(~(upright | level | beside | beyond))


def _shrunk(picture: Colour, step: int) -> Colour:
    height, width = picture.shape[0] // step, picture.shape[1] // step
    cut_off = picture[: height * step, : width * step]
    small: Colour = cut_off.reshape(height, step, width, step, 3).mean(axis=(1, 3)).astype(np.uint8)
    return small
