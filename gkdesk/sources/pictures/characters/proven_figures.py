"""Which figures outside ruled tables are proven to be print in their place, and where one stands that was not read.

Where no rules are drawn, a piece of a seal or dirt beside a row may look like a digit, and a figure that is lost leaves
a gap that looks like a blank. So a figure counts only if it is as high as others of its row, on the same foot, or as
others of its column; and where a row has nothing in a column that other rows have, nothing may be drawn there, however
pale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from gkdesk.model.place import Box
from gkdesk.model.reading import UNREAD
from gkdesk.sources.pictures.characters.cell_ink import HAN, CellInk, Piece
from gkdesk.sources.pictures.characters.loose_figures import LooseText
from gkdesk.sources.pictures.characters.text_recognition import TextBox
from gkdesk.sources.pictures.components import Blobs, Mask
from gkdesk.sources.pictures.stains import TALLEST_PRINT, meet

_NEAR = 80.0
"""Points down to the next figure of a column, and to the next row of a table."""
_SAME_HEIGHT, _SAME_FOOT = 0.15, 0.25
"""Shares of a digit's height by which figures of one table may differ in height, and in where they stand."""
_LEVEL = 0.45
"""Heights of a digit by which the middles of what stands beside each other on one line may differ."""
_NEXT = 0.6
"""The same for a figure and the next one of its row; rows are three times as far apart."""
_TAILED = re.compile(r"[,，]")
_STROKES = re.compile("[一二]+")
_DIGITS = re.compile(r"[+＋\-−—－]?\d[\d,.，．]*")
_ENOUGH_ROWS = 4
_OWN_ROOM = 1.1
"""Heights of a figure beside it, where nothing else stands."""
_AS_HIGH, _BROADEST, _LYING = 0.7, 1.5, 0.35
"""Heights of a digit: of the lowest and the broadest one, and of the highest dash."""
_INSIDE = 0.15
"""Share of a row's height at its top and foot where ink may belong to the rows beside it."""
_EDGE = 1.0
"""Points around a figure that are stained if it is."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Figures beside each other on a page; a page may still lean a little, so each stands where its neighbours do."""

    figures: tuple[Piece, ...]
    height: float

    @property
    def top(self) -> float:
        """Where the first of them begins, from above."""
        return min(figure.box.centre[1] for figure in self.figures) - self.height / 2

    @property
    def bottom(self) -> float:
        """The foot on which all are said to stand."""
        return max(figure.box.centre[1] for figure in self.figures) + self.height / 2

    def middle_at(self, x: float) -> float:
        """How far down the page the row is at a place across it."""
        return min(self.figures, key=lambda figure: abs(figure.box.centre[0] - x)).box.centre[1]

    def is_level(self, box: Box) -> bool:
        """True if a text of one line stands beside the figures."""
        x, y = box.centre
        return abs(self.middle_at(x) - y) <= _LEVEL * self.height


def mark_stained(cells: Sequence[CellInk], stained: Mask, unit: float) -> None:
    """Marks the cells with something drawn over or right beside their ink that is no print."""
    if not stained.any():
        return
    edge = _EDGE * unit
    for cell in cells:
        ink = cell.ink
        rows = slice(max(0, round(ink.top.min() - edge)), round(ink.bottom.max() + edge))
        columns = slice(max(0, round(ink.left.min() - edge)), round(ink.right.max() + edge))
        cell.stained = cell.stained or bool(stained[rows, columns].any())


def with_proof(text: LooseText, traces: Blobs, unit: float) -> LooseText:
    """The text with those of its sure figures in doubt that no others prove, and with what stands unread among them.

    ``traces`` are all that may be ink, in pixels.
    """
    figures = [
        replace(figure, sure=_is_proven(figure, text, unit) and not _has_more(figure, text, traces))
        if figure.sure
        else figure
        for figure in text.figures
    ]
    boxes = list(text.boxes)
    for hole in _holes(figures, text.boxes, traces, unit):
        own = [box for box in boxes if meet(box.box, hole) and not _has_words(box.text)]
        said = [match.group() for box in own if (match := _DIGITS.search(box.text))]
        figures.append(Piece(said[0] if len(said) == 1 else UNREAD, hole, False))
        boxes = [box for box in boxes if box not in own]
    return LooseText(tuple(boxes), tuple(figures))


def rows_of(figures: Sequence[Piece]) -> list[FigureRow]:
    """The figures that stand beside each other, downwards.

    Each belongs with the nearest on its right that is level with it: from one to the next even a leaning row stays
    level. A dash is low, so that it is the middles that count.
    """
    digits = [figure.box.bottom - figure.box.top for figure in figures if figure.is_figure]
    height = median(digits) if digits else max((figure.box.bottom - figure.box.top for figure in figures), default=0.0)
    chains: list[list[Piece]] = []
    for figure in sorted(figures, key=lambda figure: figure.box.centre[0]):
        level = [chain for chain in chains if abs(chain[-1].box.centre[1] - figure.box.centre[1]) <= _NEXT * height]
        if level:
            max(level, key=lambda chain: chain[-1].box.centre[0]).append(figure)
        else:
            chains.append([figure])
    return sorted((FigureRow(tuple(chain), height) for chain in chains), key=lambda row: row.top)


def foot_of(box: Box, rows: Sequence[FigureRow]) -> float:
    """Where a text or figure stands: on the foot of the row it is level with, else on its own."""
    level = [row for row in rows if row.is_level(box)]
    x, y = box.centre
    return min(level, key=lambda row: abs(row.middle_at(x) - y)).bottom if level else box.bottom


def _is_proven(figure: Piece, text: LooseText, unit: float) -> bool:
    """True if it stands in a row of figures as high as it is, or in a column of such and beside words.

    What stands below figures and beside nothing may be the number of a page, or dirt, between two rows.
    """
    others = [other for other in text.figures if other is not figure and _are_alike(figure, other)]
    if any(_are_level(figure, other) for other in others):
        return True
    stacked = any(_are_stacked(figure.box, other.box, unit) for other in others)
    return stacked and any(_is_beside(figure.box, box.box) for box in text.boxes if _has_words(box.text))


def _is_beside(figure: Box, words: Box) -> bool:
    """True if a line of words stands left of a figure, halfway down its height."""
    return words.centre[0] < figure.left and abs(words.centre[1] - figure.centre[1]) <= _LEVEL * (
        figure.bottom - figure.top
    )


def _has_more(figure: Piece, text: LooseText, traces: Blobs) -> bool:
    """True if something is drawn right beside a figure that no other text accounts for: a sign, or one more digit."""
    box = figure.box
    reach = _OWN_ROOM * (box.bottom - box.top)
    near = traces.chosen(
        (traces.right > box.left - reach)
        & (traces.left < box.right + reach)
        & (traces.bottom > box.top)
        & (traces.top < box.bottom)
    )
    middles = zip((near.left + near.right) / 2, (near.top + near.bottom) / 2, strict=True)
    known = [box, *(other.box for other in text.figures if other is not figure), *(other.box for other in text.boxes)]
    return any(not any(_holds(room, x, y) for room in known) for x, y in middles)


def _holds(room: Box, x: float, y: float) -> bool:
    return room.left - 1 <= x <= room.right + 1 and room.top - 1 <= y <= room.bottom + 1


def _are_alike(one: Piece, other: Piece) -> bool:
    """True for two figures of the same height, or two marks for nothing; commas hang below the foot of figures."""
    if one.is_figure != other.is_figure:
        return False
    if not one.is_figure or _TAILED.search(one.text + other.text):
        return True
    first, second = (piece.box.bottom - piece.box.top for piece in (one, other))
    return abs(first - second) <= _SAME_HEIGHT * max(first, second)


def _are_level(one: Piece, other: Piece) -> bool:
    height = max(one.box.bottom - one.box.top, other.box.bottom - other.box.top)
    return abs(one.box.top - other.box.top) <= _SAME_FOOT * height


def _are_stacked(one: Box, other: Box, unit: float) -> bool:
    return one.left < other.right and other.left < one.right and abs(one.top - other.top) <= _NEAR * unit


def _holes(figures: Sequence[Piece], boxes: Sequence[TextBox], traces: Blobs, unit: float) -> list[Box]:
    """Where something stands in the rows of a table that is neither one of its figures nor a word.

    What is larger than print is a seal or a stain: it may hide a figure in every column that it reaches.
    """
    large = np.maximum(traces.width, traces.height) > TALLEST_PRINT * unit
    labels = [box.box for box in boxes if _has_words(box.text)]
    taken = [figure.box for figure in figures]
    found: list[Box] = []
    for rows in _tables(rows_of(figures), unit):
        columns = _columns([figure.box for row in rows for figure in row.figures])
        for row in rows:
            seen = list(_traces_in(row, columns[0][0], columns[-1][1], traces.chosen(~large)))
            seen = [box for box in seen if not any(_is_in(box, label) for label in labels)]
            alone = len(rows) < _ENOUGH_ROWS
            seen = [
                box for box in seen if any(_reaches(box, at) for at in columns) or (alone and _may_be_one(box, row))
            ]
            for box in _traces_in(row, columns[0][0], columns[-1][1], traces.chosen(large)):
                seen += [_room(row, *at) for at in columns if _reaches(box, at)]
            for box in seen:
                if not any(meet(box, room) for room in taken):
                    _add(found, box, _OWN_ROOM * row.height / 2)
    return found


def _may_be_one(box: Box, row: FigureRow) -> bool:
    """True for what may be a digit or dash. Only few rows may all have lost the figures of a column; many show their
    columns, and what stands between these is dirt or a piece of a seal."""
    width, height = (box.right - box.left) / row.height, (box.bottom - box.top) / row.height
    return (height >= _AS_HIGH and width <= _BROADEST) or (width >= 1 and height <= _LYING)


def _reaches(box: Box, column: tuple[float, float]) -> bool:
    return box.left < column[1] and column[0] < box.right


def _columns(figures: Sequence[Box]) -> list[tuple[float, float]]:
    """How far what stands below each other reaches, left to right."""
    columns: list[list[float]] = []
    for left, _, right, _ in sorted(figures):
        if columns and left < columns[-1][1]:
            columns[-1][1:] = [max(columns[-1][1], right), columns[-1][2] + 1]
        else:
            columns.append([left, right, 1])
    # The number before a label may stand apart like a figure, but hardly twice.
    usual = max(count for *_, count in columns) >= _ENOUGH_ROWS
    return [(left, right) for left, right, count in columns if count > 1 or not usual]


def _room(row: FigureRow, left: float, right: float) -> Box:
    middle = row.middle_at((left + right) / 2)
    return Box(left, middle - row.height / 2, right, middle + row.height / 2)


def _add(found: list[Box], seen: Box, near: float) -> None:
    """Puts what is seen with what is right beside it: the digits of one figure."""
    for number, other in enumerate(found):
        if meet(_grown(seen, near), other):
            found[number] = other.union(seen)
            return
    found.append(seen)


def _traces_in(row: FigureRow, left: float, right: float, traces: Blobs) -> Iterator[Box]:
    """What is drawn level with a row, from the first column of its table to the last, in the room of the row."""
    across, down = (traces.left + traces.right) / 2, row.height * (0.5 - _INSIDE)
    for index in np.flatnonzero((traces.right > left) & (traces.left < right)):
        middle = row.middle_at(float(across[index]))
        top, bottom = float(traces.top[index]), float(traces.bottom[index])
        if top < middle + down and bottom > middle - down:
            edges = (max(left, float(traces.left[index])), min(right, float(traces.right[index])))
            yield Box(edges[0], max(top, middle - row.height / 2), edges[1], min(bottom, middle + row.height / 2))


def _grown(box: Box, by: float) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def _tables(rows: Sequence[FigureRow], unit: float) -> list[list[FigureRow]]:
    tables: list[list[FigureRow]] = []
    for row in rows:
        if tables and row.top - tables[-1][-1].bottom <= _NEAR * unit:
            tables[-1].append(row)
        else:
            tables.append([row])
    return tables


def _has_words(text: str) -> bool:
    """True for a text with Chinese characters that are more than lying strokes."""
    return HAN.search(_STROKES.sub("", text)) is not None


def _is_in(box: Box, room: Box) -> bool:
    x, y = box.centre
    return room.left <= x <= room.right and room.top <= y <= room.bottom
