"""Figures of a scanned page outside its ruled tables, each read from its own ink as those in cells are.

The page reader takes figures that stand in a row for one text, leaves single digits out, and does not say where the
characters of a text stand. In a table without rules the place of a figure is all that tells its column. So ink that
stands apart like a figure is cut out and read by the line reader, and what turns out to be a figure takes the place of
those characters in the texts of the page reader; all other text stays what that reader said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from gkdesk.model.place import Box
from gkdesk.sources.pictures.characters.cell_ink import HAN, CellInk, Piece
from gkdesk.sources.pictures.characters.cell_pieces import SPECK
from gkdesk.sources.pictures.characters.loose_signs import with_points, with_signs
from gkdesk.sources.pictures.characters.text_recognition import TextBox
from gkdesk.sources.pictures.components import Blobs, Mask, Whole, find_blobs

_APART = 0.62
"""Heights of a digit of empty paper that part two figures; the digits of one figure stand nearer."""
_BROKEN = 0.7
"""Points of paper within a broken digit, one part above the other; more stands between lines."""
_SPACED, _BEHIND_POINT, _EVEN, _FAR, _AS_HIGH = 1.05, 1.4, 1.4, 2.5, 0.7
"""Heights of a digit between the digits of a figure printed with blanks, and behind a point of it, at most; how far the
steps from digit to digit may differ; how much more paper there is beside the figure; how high its lowest digit is."""
_LOW = 0.5
"""Height of a point or comma in heights of a digit, at most."""
_SAME_LINE = 1.5
"""Height of a figure in heights of its highest digit, at most: a comma hangs below."""
_LOWEST, _TALLEST = 4.0, 20.0
"""Points: heights of figures."""
_BROADEST = 1.05
"""Width of a digit's ink in heights of its figure; Chinese characters are broader, and a figure is all narrow."""
_LONGEST, _NARROWEST = 14.0, 0.22
"""Width of a figure in its heights, at most; that of a character in heights of its line, at least."""
_NEAR = 120.0
"""Points down to the next figure under it: in 表二 three rows stand between two of them, and rows may be high."""
_FIGURE = re.compile(r"[+＋\-−—－]?\d[\d,.，．]*|[/／—－\-]|无")
_NO_FIGURE = re.compile(r"[^\d,.，．+＋\-−—－/／无\s]")
_PAGE_NUMBER = re.compile(r"[\-−—－.·\s]+\d{1,4}[\-−—－.·\s]+")
_WORD = re.compile(r"[^\W\d_]")
_TRAILING = re.compile(r"[\d,.，．+＋\-−—－/／\s]+$")

_FEW = 2
_LIKE_DASHES, _LYING = frozenset("一_―─"), 2.0
_LIKE_SLASHES = frozenset("17IilTtJj|!\\丿ノ厂")
_ALIKE = str.maketrans("，．—－−＋／", ",.---+/")

Real = npt.NDArray[np.float64]
Words = list[tuple[Box, Blobs]]


@dataclass(frozen=True, slots=True)
class LooseText:
    """What stands outside the tables: the page reader's ``boxes`` without the figures, and the ``figures``."""

    boxes: tuple[TextBox, ...]
    figures: tuple[Piece, ...]


def loose_cells(ink: Blobs, boxes: Sequence[TextBox], unit: float) -> list[CellInk]:
    """The places outside tables where figures may stand, to be read as cells are; each with the texts found over it."""
    standing = _words(ink, unit)
    figures = [(box, part) for box, part in standing if _may_be_figure(box, part, unit)]
    whole = with_spaced_digits(with_points(figures, standing), [box for box, _ in standing])
    plain, signed = with_signs(whole, standing)
    words = [(box, part) for box, part in (*plain, *signed) if not _is_inside_words(box, boxes)]
    doubtful = {box for box, _ in signed}
    cells = [CellInk(_space(box), part, stained=box in doubtful) for box, part in words if _has_peer(box, words, unit)]
    for text in boxes:
        over = [cell for cell in cells if _is_over(text.box, cell)]
        if len(over) == 1 and not _NO_FIGURE.search(text.text):
            over[0].own.append(text)
        else:
            for cell in over:
                cell.shared.append(text)
    return cells


def with_figures(cells: Sequence[CellInk], boxes: Sequence[TextBox]) -> LooseText:
    """The texts of the page reader with the figures that the ``cells`` turned out to hold in their place.

    Figures with which a text of the page reader does not agree are not sure.
    """
    read = [(cell, _as_mark(_as_one(cell.pieces))) for cell in cells if cell.pieces and _are_level(cell.pieces)]
    figures = {id(cell): piece for cell, piece in read if _FIGURE.fullmatch(piece.text)}
    rest: list[TextBox] = []
    for box in boxes:
        over = sorted((cell for cell, _ in read if id(cell) in figures and _is_over(box.box, cell)), key=_left)
        if not over:
            rest.append(box)
            continue
        kept, agrees = _without_figures(box, [figures[id(cell)] for cell in over])
        rest += kept
        for cell in over:
            figures[id(cell)] = replace(figures[id(cell)], sure=figures[id(cell)].sure and agrees)
    return LooseText(tuple(rest), tuple(figures.values()))


def _without_figures(box: TextBox, figures: Sequence[Piece]) -> tuple[list[TextBox], bool]:
    """What a text says besides the figures, and whether it says these too."""
    said = _plain(box.text)
    read = _plain("".join(figure.text for figure in figures))
    if _is_same(said, read):
        return [], True
    if not _NO_FIGURE.search(box.text) or _is_only_over(box.box, figures):
        return [], said == read
    if said.endswith(read):
        words = _cut_behind(box.text, len(read))
        return _with_room(_part(box, words, right=figures[0].box.left)), _says_more(words)
    if said.startswith(read):
        words = box.text[::-1]
        words = _cut_behind(words, len(read))[::-1]
        return _with_room(_part(box, words, left=figures[-1].box.right)), _says_more(words)
    match = _TRAILING.search(box.text)
    words = box.text[: match.start()] if match else box.text
    return ([_part(box, words, right=figures[0].box.left)] if match else [box]), False


def _is_same(said: str, read: str) -> bool:
    """True if the page reader says what was read. It takes slashes for 1 and 7; these are known by their drawing."""
    return len(said) == len(read) and all(
        one == other or (other == "/" and one in _LIKE_SLASHES) for one, other in zip(said, read, strict=True)
    )


def _is_only_over(box: Box, figures: Sequence[Piece]) -> bool:
    """True if there is no room beside the figures for anything else that a text says."""
    beside = _NARROWEST * (box.bottom - box.top)
    return box.left > figures[0].box.left - beside and box.right < figures[-1].box.right + beside


def _says_more(words: str) -> bool:
    """True for words, and not for a sign or letter or two that dirt was taken for."""
    return _WORD.search(words) is not None and (len(words.strip()) > _FEW or HAN.search(words) is not None)


def _with_room(part: TextBox) -> list[TextBox]:
    """The part of a text beside its figures, unless there is no word in it, or no room for it.

    Dirt beside a figure was taken for a bracket or a letter, a ragged slash for ``i/``.
    """
    if not _says_more(part.text):
        return []
    edges = part.box
    needed = _NARROWEST * (edges.bottom - edges.top) * len("".join(part.text.split()))
    return [part] if edges.right - edges.left >= needed else []


def _part(box: TextBox, text: str, left: float | None = None, right: float | None = None) -> TextBox:
    """A part of a text, up to where the figure beside it begins."""
    edges = box.box
    left = edges.left if left is None else min(left, edges.right - 1)
    right = edges.right if right is None else max(right, edges.left + 1)
    return TextBox(text, box.confidence, Box(left, edges.top, right, edges.bottom))


def _cut_behind(text: str, count: int) -> str:
    """The text without its last ``count`` characters, blanks not counted."""
    kept = list(text)
    while kept and (count or kept[-1].isspace()):
        count -= not kept.pop().isspace()
    return "".join(kept)


def _plain(text: str) -> str:
    return "".join(text.split()).translate(_ALIKE)


def _left(cell: CellInk) -> float:
    return cell.space.left


def _words(ink: Blobs, unit: float) -> Words:
    """The ink parted into what stands together, by painting every piece of it broader by the gap within a figure."""
    ink = ink.chosen((ink.height <= _TALLEST * unit) & (np.maximum(ink.height, ink.width) >= SPECK * unit / 2))
    if not len(ink):
        return []
    reach = np.maximum(2, (_APART * np.maximum(ink.height, ink.width).clip(max=9 * unit) / 2)).astype(np.int64)
    below = round(_BROKEN * unit)
    painted: Mask = np.zeros((int(ink.bottom.max()) + below + 1, int(ink.right.max() + reach.max()) + 1), dtype=bool)
    edges = zip(ink.top, ink.bottom + below, np.maximum(0, ink.left - reach), ink.right + reach, strict=True)
    for top, bottom, left, right in edges:
        painted[top:bottom, left:right] = True
    groups = find_blobs(painted)
    xs, ys = (ink.left + ink.right) / 2, (ink.top + ink.bottom) / 2
    found = []
    for left, top, right, bottom in zip(groups.left, groups.top, groups.right, groups.bottom, strict=True):
        part = ink.chosen((xs >= left) & (xs < right) & (ys >= top) & (ys < bottom))
        if len(part):
            box = Box(*(float(edge) for edge in (part.left.min(), part.top.min(), part.right.max(), part.bottom.max())))
            found.append((box, part))
    return found


def _may_be_figure(box: Box, ink: Blobs, unit: float) -> bool:
    """True if all that stands side by side in it is as narrow as digits are."""
    height, width = box.bottom - box.top, box.right - box.left
    if height < _LOWEST * unit:
        # A dash that stands for nothing.
        return len(ink) == 1 and 3 * unit <= width <= _TALLEST * unit and width >= 2.5 * height
    if height > _TALLEST * unit or width > _LONGEST * height:
        return False
    order = np.argsort(ink.left, kind="stable")
    reached = np.maximum.accumulate(ink.right[order])
    starts = np.concatenate([[0], np.flatnonzero(ink.left[order][1:] > reached[:-1]) + 1])
    stops = np.concatenate([starts[1:], [len(order)]]) - 1
    return bool(np.all(reached[stops] - ink.left[order][starts] <= _BROADEST * height))


def with_spaced_digits(figures: Words, standing: Sequence[Box]) -> Words:
    """The figures, those joined that are digits of one, printed with blanks between them.

    Such digits follow each other in even steps, and far from what ``standing`` at their height is before and after
    them; figures of two columns have a wider step between them than their digits have.
    """
    chains: list[Words] = []
    for word in sorted(figures, key=lambda word: word[0].left):
        before = [chain for chain in chains if _is_next(chain[-1], word[0])]
        if before:
            max(before, key=lambda chain: chain[-1][0].right).append(word)
        else:
            chains.append([word])
    found: Words = []
    for chain in chains:
        found += [_joined(chain)] if len(chain) > 1 and _are_spaced_digits(chain, standing) else chain
    return found


def _is_next(word: tuple[Box, Blobs], after: Box) -> bool:
    """True if one follows the other at the same height, as near as digits with a blank between them."""
    before, ink = word
    height = max(before.bottom - before.top, after.bottom - after.top)
    level = before.top < after.centre[1] < before.bottom and min(before.bottom, after.bottom) > max(
        before.top, after.top
    )
    last = int(ink.right.argmax())
    # A point takes as much room as a digit, and stands at the left of it.
    is_point = len(ink) > 1 and ink.bottom[last] - ink.top[last] < _LOW * height
    return level and 0 <= after.left - before.right <= (_BEHIND_POINT if is_point else _SPACED) * height


def _joined(chain: Words) -> tuple[Box, Blobs]:
    box = chain[0][0]
    for other, _ in chain[1:]:
        box = box.union(other)
    return box, Blobs(*(np.concatenate(edges) for edges in zip(*(_fields(part) for _, part in chain), strict=True)))


def _fields(ink: Blobs) -> tuple[Whole, Whole, Whole, Whole, Whole]:
    return ink.left, ink.top, ink.right, ink.bottom, ink.area


def _are_spaced_digits(chain: Words, standing: Sequence[Box]) -> bool:
    box, ink = _joined(chain)
    height = max(_height(other) for other, _ in chain)
    if box.bottom - box.top > _SAME_LINE * height or _height(chain[-1][0]) < _AS_HIGH * height:
        return False
    steps = _steps(ink, _AS_HIGH * height)
    gap = max(after.left - before.right for (before, _), (after, _) in pairwise(chain))
    level = [other for other in standing if other.top < box.centre[1] < other.bottom]
    beside = [box.left - other.right for other in level if other.right <= box.left]
    beside += [other.left - box.right for other in level if other.left >= box.right]
    if not len(steps):
        return False
    return bool(steps.max() <= _EVEN * steps.min()) and min(beside, default=_FAR * gap) >= _FAR * gap


def _height(box: Box) -> float:
    return box.bottom - box.top


def _steps(ink: Blobs, high: float) -> Real:
    """From digit to digit; a comma or a sign takes as much room as a digit, but stands anywhere in it."""
    found: list[list[float]] = []
    for index in np.argsort(ink.left, kind="stable"):
        left, right = float(ink.left[index]), float(ink.right[index])
        top, bottom = float(ink.top[index]), float(ink.bottom[index])
        if found and left < found[-1][1]:
            last = found[-1]
            found[-1] = [last[0], max(last[1], right), min(last[2], top), max(last[3], bottom)]
        else:
            found.append([left, right, top, bottom])
    digits = [
        (number, (left + right) / 2) for number, (left, right, top, bottom) in enumerate(found) if bottom - top >= high
    ]
    return np.array([(b - a) / (n - m) for (m, a), (n, b) in pairwise(digits)])


def _are_level(pieces: Sequence[Piece]) -> bool:
    first = pieces[0].box
    return all(piece.box.top < first.centre[1] < piece.box.bottom for piece in pieces)


def _as_one(pieces: Sequence[Piece]) -> Piece:
    """The pieces of spaced digits as one; a figure that was not read at once is not sure."""
    box = pieces[0].box
    for piece in pieces[1:]:
        box = box.union(piece.box)
    text = "".join("".join(piece.text.split()) for piece in pieces)
    return Piece(text, box, pieces[0].sure and len(pieces) == 1)


def _as_mark(piece: Piece) -> Piece:
    """A ragged lying stroke that was taken for the Chinese one as the dash that it may be, in doubt."""
    lies = _height(piece.box) * _LYING <= piece.box.right - piece.box.left
    return replace(piece, text="—", sure=False) if piece.text in _LIKE_DASHES and lies else piece


def _is_inside_words(box: Box, boxes: Sequence[TextBox]) -> bool:
    """True if it stands among the words of a text: paper within words is as wide as that beside figures.

    A lying stroke may be the Chinese one at either end of its text.
    """
    height = box.bottom - box.top
    margin = height if box.right - box.left < 2 * height else -height
    return any(
        text.box.left < box.left - margin
        and box.right + margin < text.box.right
        and text.box.top < box.centre[1] < text.box.bottom
        and (_are_words(text.text) or _PAGE_NUMBER.fullmatch(text.text) is not None)
        for text in boxes
    )


def _are_words(text: str) -> bool:
    """True for words, and not for a letter that a figure was taken for; 无 stands where figures do."""
    return _NO_FIGURE.search(text) is not None and _says_more(text)


def _has_peer(box: Box, words: Words, unit: float) -> bool:
    """True if it stands beside others like it, or under or over one."""
    return any(
        other is not box
        and (
            other.top < box.centre[1] < other.bottom
            or (other.left < box.right and box.left < other.right and abs(other.top - box.top) < _NEAR * unit)
        )
        for other, _ in words
    )


def _space(box: Box) -> Box:
    """The room around a word that is surely its own."""
    room = 0.45 * max(box.bottom - box.top, 6.0)
    return Box(box.left - room, box.top - room, box.right + room, box.bottom + room)


def _is_over(text: Box, cell: CellInk) -> bool:
    space = cell.space
    x, y = space.centre
    return text.left < x < text.right and text.top < y < text.bottom
