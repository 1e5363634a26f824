"""The text of the cells of a scanned table. A figure counts as read if independent witnesses agree on it:

* the line reader, on two different cuttings of the piece;
* the page reader, which found its own text on the page, where it has an opinion;
* the size of the ink, which must be that of so many digits;
* the other figures of the page, whose digits are drawn alike (:mod:`gkdesk.sources.pictures.characters.drawn_alike`);
  where both readings are the same but not sure, these tell
  (:mod:`gkdesk.sources.pictures.characters.told_by_fellows`).

Words are enough if both readers say the same, and long ones if the page reader is fairly sure: what a label is, all of
its characters say together, whereas each digit of a figure stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gkdesk.model.place import Box
from gkdesk.model.reading import plain_characters
from gkdesk.sources.pictures.characters.cell_ink import HAN, CellInk, Piece, are_words
from gkdesk.sources.pictures.characters.cell_pieces import cut, piece_boxes, reshaped
from gkdesk.sources.pictures.characters.drawn_alike import digits_of, doubt_the_unlike, is_plain
from gkdesk.sources.pictures.characters.nothing_marks import (
    alike_ones,
    are_dashes,
    are_printed,
    drawing_of,
    is_broken_slash,
)
from gkdesk.sources.pictures.characters.spaced_print import set_alike
from gkdesk.sources.pictures.characters.text_recognition import LineText, TextBox, TextReader
from gkdesk.sources.pictures.characters.told_by_fellows import as_digits, told_figures
from gkdesk.sources.pictures.paper import Gray

_FIGURE = re.compile(r"\d[\d.,]*")
_SURE = 0.8
_SURE_ALONE = 0.93
_HALF_SURE = 0.5
"""Confidence of its weakest character that both readings of a piece must reach: with the page reader, without it."""
_FEWEST_PIXELS = 8.5
"""Height of a digit below which 4 and 1, 6 and 0 look the same to every recogniser."""
_ENOUGH_FIGURES, _POOR = 12, 0.25
_LIKE_SLASHES = ("1", "7")
_BROKEN_SLASHES = frozenset("iIlj|!丿ノ厂")
"""What a slash is taken for whose print is ragged; none of these is a figure."""
_LIKE_DASHES = frozenset("一-－_―─")
_LIKE_NOTHING = ("无", "尤", "尢", "旡")
_FLAT = 0.25
"""Height of a dash in its widths, at most."""
_TIGHT, _LOOSE_DOWN, _LOOSE_ACROSS = 2.0, 3.5, 5.0
"""Points of paper around the ink in the first piece, and in the second one."""
_SOFTENED = 0.8
_PAGE_VOTE = 0.8


def read_cells(cells: Sequence[CellInk], gray: Gray, unit: float, reader: TextReader, enlarged: float = 1.0) -> None:
    """Reads the pieces of text of the cells that need it: top to bottom, left to right.

    ``enlarged`` is by how much the pixels of the source were enlarged: figures of too few pixels are never sure.
    """
    wanted = [(cell, box) for cell in cells if cell.needs_reading(unit) for box in piece_boxes(cell.ink, unit)]
    readings: dict[int, list[_Reading]] = {id(cell): [] for cell in cells if cell.needs_reading(unit)}
    for (cell, box), lines in zip(wanted, _read_each(wanted, gray, unit, reader), strict=True):
        readings[id(cell)].append(_Reading(box, *lines))
    agreed = _agreed_boxes(cells, readings)
    spaced = _set_alike(cells, readings)
    for cell in cells:
        if id(cell) in readings:
            cell.pieces = _pieces(cell, readings[id(cell)], agreed, spaced)
    _tell_by_fellows(
        [(cell, readings[id(cell)][0]) for cell, _ in _alone(cells) if id(cell) in readings], spaced, cells, gray
    )
    _tell_slashes(cells, gray, _FEWEST_PIXELS * enlarged)
    _tell_dashes(cells, gray, unit)
    tell_words_for_nothing(cells)
    _doubt_the_small(cells, _FEWEST_PIXELS * enlarged)
    _doubt_the_joined(cells)
    _doubt_a_poor_page(cells)
    doubt_the_unlike(cells, gray)


def _tell_by_fellows(
    alone: Sequence[tuple[CellInk, _Reading]], spaced: set[int], cells: Sequence[CellInk], gray: Gray
) -> None:
    """Makes those figures certain that were read twice alike, but not surely, and are drawn like others of the page.

    ``alone`` are the cells with one piece.
    """
    certain = [
        digit
        for cell in cells
        if not cell.stained
        for piece in cell.pieces or ()
        if is_plain(piece)
        for digit in digits_of(id(piece), piece, cell.ink, gray)
    ]
    asked = [
        (cell, Piece(as_digits(reading.tight.text), reading.box, True))
        for cell, reading in alone
        if _may_be_told(cell, reading) and (_fits(reading) or id(reading) in spaced)
    ]
    digits = [digit for index, (cell, piece) in enumerate(asked) for digit in digits_of(index, piece, cell.ink, gray)]
    for index in told_figures(digits, certain):
        cell, piece = asked[index]
        cell.pieces = [piece]


def _may_be_told(cell: CellInk, reading: _Reading) -> bool:
    """True for a doubtful figure on which both cuttings agree, if the page reader read no other one."""
    if cell.stained or reading.loose is None or not cell.pieces or cell.pieces[0].sure:
        return False
    text, by_page = as_digits(reading.tight.text), as_digits(cell.page_text)
    # A scratch is as like a 1 as print is.
    if text in _LIKE_SLASHES:
        return False
    other = by_page != text and not cell.shared and any(char.isdecimal() for char in by_page)
    other = other and max(box.confidence for box in cell.own) >= _HALF_SURE
    return _FIGURE.fullmatch(text) is not None and text == as_digits(reading.loose.text) and not other


def _tell_slashes(cells: Sequence[CellInk], gray: Gray, least: float) -> None:
    """Reads slashes by their drawing, those of at least so many pixels for certain; a 1 or 7 that leans is in doubt."""
    drawn = [
        (cell, piece, drawing) for cell, piece in _alone(cells) if (drawing := drawing_of(gray, piece.box)) is not None
    ]
    # One that a seal touches is drawn otherwise, and in doubt anyway; one too small says nothing of the others.
    slashes = [
        (id(cell), drawing)
        for cell, _, drawing in drawn
        if drawing.is_slash and drawing.height >= least and not cell.stained
    ]
    alike = are_printed([drawing for _, drawing in slashes])
    printed = {cell: slash for (cell, slash), sure in zip(slashes, alike, strict=True) if sure}
    for cell, piece, drawing in drawn:
        if drawing.is_slash:
            cell.pieces = [replace(piece, text="/", sure=id(cell) in printed)]
        elif printed and drawing.leans and plain_characters(piece.text).rstrip("/") in _BROKEN_SLASHES:
            cell.pieces = [replace(piece, text="/", sure=False)]
        elif drawing.leans and plain_characters(piece.text) in _LIKE_SLASHES:
            broken = is_broken_slash(drawing, list(printed.values()))
            cell.pieces = [replace(piece, text="/" if broken else piece.text, sure=False)]


def _tell_dashes(cells: Sequence[CellInk], gray: Gray, unit: float) -> None:
    alone = _alone(cells)
    found = are_dashes(gray, [(piece.box, cell.space) for cell, piece in alone], unit)
    dashes = [pair for pair, is_one in zip(alone, found, strict=True) if is_one]
    printed = alike_ones([piece.box.right - piece.box.left for _, piece in dashes])
    for (cell, piece), sure in zip(dashes, printed, strict=True):
        cell.pieces = [replace(piece, text="—", sure=sure)]
    widths = [_width(piece) for (_, piece), sure in zip(dashes, printed, strict=True) if sure]
    for cell, piece in _alone(cells) if widths else ():
        # A ragged one, or one in a cell that a page has cut, among others of its width.
        flat = piece.box.bottom - piece.box.top <= _FLAT * _width(piece)
        alike = min(widths) - unit <= _width(piece) <= max(widths) + unit
        if flat and alike and piece.text in _LIKE_DASHES:
            cell.pieces = [replace(piece, text="—", sure=False)]


def tell_words_for_nothing(cells: Sequence[CellInk]) -> None:
    """Reads 无 where the readers see a character like it: no figure is drawn so, and no other word stands alone there.

    Several of one size are certain, each that both cuttings, or the page reader, take for one.
    """
    words = [(cell, piece) for cell, piece in _alone(cells) if piece.text in _LIKE_NOTHING]
    wide = alike_ones([_width(piece) for _, piece in words])
    high = alike_ones([piece.box.bottom - piece.box.top for _, piece in words])
    for (cell, piece), alike in zip(words, map(all, zip(wide, high, strict=True)), strict=True):
        if piece.text != "无":
            seen = piece.sure or cell.page_text in _LIKE_NOTHING
            cell.pieces = [replace(piece, text="无", sure=seen and alike and not cell.stained)]


def _width(piece: Piece) -> float:
    return piece.box.right - piece.box.left


def _alone(cells: Sequence[CellInk]) -> list[tuple[CellInk, Piece]]:
    """The cells with a single piece in them."""
    return [(cell, cell.pieces[0]) for cell in cells if cell.pieces is not None and len(cell.pieces) == 1]


def _doubt_the_small(cells: Sequence[CellInk], least: float) -> None:
    for cell in cells:
        cell.pieces = cell.pieces and [
            replace(piece, sure=False) if piece.is_figure and piece.box.bottom - piece.box.top < least else piece
            for piece in cell.pieces
        ]


def _doubt_the_joined(cells: Sequence[CellInk]) -> None:
    """Figures of two columns may stand so near that they look like one, or two in one cell be those of two.

    Under something drawn a part of a figure may be lost.
    """
    for cell in cells:
        pieces = cell.pieces or []
        joined = cell.open_columns > 1 or (cell.open_columns and len(pieces) > 1)
        if cell.stained or (joined and not any(HAN.search(piece.text) for piece in pieces)):
            cell.pieces = cell.pieces and [replace(piece, sure=False) for piece in pieces]


def _doubt_a_poor_page(cells: Sequence[CellInk]) -> None:
    """Where the readings differ often, they will also agree by chance; what lies under a seal says nothing of that."""
    figures = [piece for cell in cells if not cell.stained for piece in cell.pieces or () if piece.is_figure]
    unsure = sum(not piece.sure for piece in figures)
    if len(figures) >= _ENOUGH_FIGURES and unsure > _POOR * len(figures):
        for cell in cells:
            cell.pieces = cell.pieces and [
                replace(piece, sure=piece.sure and not piece.is_figure) for piece in cell.pieces
            ]


def _read_each(
    wanted: Sequence[tuple[CellInk, Box]], gray: Gray, unit: float, reader: TextReader
) -> list[tuple[LineText, LineText | None, tuple[LineText, ...]]]:
    """Two readings of every piece, and more where these are not sure of the same.

    Words need no second reading (None) where the page reader saw the same in the cell.
    """
    tight_cuts = [cut(gray, box, cell.space, _TIGHT * unit, _TIGHT * unit) for cell, box in wanted]
    tight = reader.read_lines(tight_cuts)
    again = _not_seconded([cell for cell, _ in wanted], tight)
    loose_cuts = {index: _loosely_cut(gray, *wanted[index], unit) for index in again}
    loose = dict(zip(again, reader.read_lines([reshaped(cut, 1.25) for cut in loose_cuts.values()]), strict=True))
    unsure = [
        index
        for index, second in loose.items()
        if tight[index].text != second.text or min(tight[index].confidence, second.confidence) < _SURE
    ]
    third = reader.read_lines([reshaped(tight_cuts[index], 1.1, _SOFTENED) for index in unsure])
    fourth = reader.read_lines([reshaped(loose_cuts[index], 1.0, _SOFTENED) for index in unsure])
    more = dict(zip(unsure, zip(third, fourth, strict=True), strict=True))
    return [(line, loose.get(index), more.get(index, ())) for index, line in enumerate(tight)]


def _not_seconded(cells: Sequence[CellInk], tight: Sequence[LineText]) -> list[int]:
    """Indices of the pieces, given with their ``cells``, that are not words which the page reader read likewise."""
    whole: dict[int, str] = {}
    for cell, line in zip(cells, tight, strict=True):
        whole[id(cell)] = whole.get(id(cell), "") + line.text
    return [index for index, cell in enumerate(cells) if not _are_same_words(cell.page_text, whole[id(cell)])]


def _are_same_words(by_page: str, whole: str) -> bool:
    return are_words(by_page) and are_words(whole) and plain_characters(by_page) == plain_characters(whole)


def _loosely_cut(gray: Gray, cell: CellInk, box: Box, unit: float) -> Gray:
    return cut(gray, box, cell.space, _LOOSE_ACROSS * unit, _LOOSE_DOWN * unit)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the line reader read in a piece; ``loose`` is None for words that the page reader read likewise."""

    box: Box
    tight: LineText
    loose: LineText | None
    more: tuple[LineText, ...] = ()

    @property
    def lines(self) -> tuple[LineText, ...]:
        """All readings."""
        return (self.tight, *((self.loose,) if self.loose is not None else ()), *self.more)

    def is_sure(self, seconded: bool) -> bool:
        """True if the readings agree and are sure enough; less is enough where the page reader says the same."""
        if self.loose is None:
            return True
        if not self.tight.text or plain_characters(self.tight.text) != plain_characters(self.loose.text):
            return False
        first, second = sorted((self.tight.confidence, self.loose.confidence))
        if not seconded:
            return first >= _SURE_ALONE
        # If one cutting leaves a doubt, all others must help.
        all_same = bool(self.more) and all(line.text == self.tight.text for line in self.more)
        return first >= _SURE or (all_same and first >= _HALF_SURE and second >= _SURE_ALONE)


def _agreed_boxes(cells: Sequence[CellInk], readings: dict[int, list[_Reading]]) -> set[int]:
    """Of the page reader's boxes over several cells, those that say what the cells say one after the other."""
    said: dict[int, list[tuple[float, str]]] = {}
    boxes: dict[int, TextBox] = {}
    for cell in cells:
        for box in cell.shared:
            boxes[id(box)] = box
            text = "".join(reading.tight.text for reading in readings.get(id(cell), ()))
            said.setdefault(id(box), []).append((cell.space.left, text))
    return {
        key
        for key, parts in said.items()
        if plain_characters("".join(text for _, text in sorted(parts))) == plain_characters(boxes[key].text)
    }


def _set_alike(cells: Sequence[CellInk], readings: dict[int, list[_Reading]]) -> set[int]:
    """The readings of figures with as many digits as their ink has parts, which stand as far apart as in others."""
    figures = [(cell, reading) for cell in cells for reading in readings.get(id(cell), ())]
    alike = set_alike([(reading.tight.text, reading.box, cell.ink) for cell, reading in figures])
    return {id(reading) for (_, reading), same in zip(figures, alike, strict=True) if same}


def _pieces(cell: CellInk, readings: Sequence[_Reading], agreed: set[int], spaced: set[int]) -> list[Piece]:
    whole = plain_characters("".join(reading.tight.text for reading in readings))
    by_page = plain_characters(cell.page_text)
    seconded = bool(whole) and (whole == by_page or any(id(box) in agreed for box in cell.shared))
    contradicted = bool(by_page) and not seconded and not cell.shared
    pieces = []
    for reading in readings:
        sure = reading.is_sure(seconded) and not contradicted and (_fits(reading) or id(reading) in spaced)
        text = reading.tight.text if sure else _likeliest(reading, cell.page_text if len(readings) == 1 else "")
        pieces.append(Piece(text, reading.box, sure))
    return pieces


def _fits(reading: _Reading) -> bool:
    """True unless the ink is too narrow or too wide for so many digits."""
    text = plain_characters(reading.tight.text)
    if not re.fullmatch(r"[\d.,]+", text):
        return True
    height, width = reading.box.bottom - reading.box.top, reading.box.right - reading.box.left
    digits = sum(char.isdecimal() for char in text)
    points = len(text) - digits
    ends = [0.1 if text[end] == "1" else 0.3 for end in ({0, -1} if len(text) > 1 else {0})]
    least = (digits - 1) * 0.55 + points * 0.2 + min(ends)
    most = (digits - 1) * 0.95 + points * 0.85 + (0.62 if text == "1" else 0.95)
    return least * height <= width <= most * height


def _likeliest(reading: _Reading, by_page: str) -> str:
    """What most readings say, else the most confident one of the line reader."""
    lines = [line for line in reading.lines if line.text]
    votes: dict[str, float] = {}
    for line in lines:
        votes[line.text] = votes.get(line.text, 0.0) + line.confidence
    if by_page:
        votes[by_page] = votes.get(by_page, 0.0) + _PAGE_VOTE
    return max(votes, key=lambda text: votes[text]) if votes else ""
