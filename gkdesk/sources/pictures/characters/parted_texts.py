"""Texts of the page reader parted where white paper stands between their words, each word on its own ink.

The page reader takes the names of several columns beside each other for one text and does not say where its characters
stand. Spread evenly they would stand between the columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gkdesk.model.place import Box
from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.pictures.characters.text_recognition import TextBox
from gkdesk.sources.pictures.components import Blobs

_TALLEST, _HAN_HEIGHT = 0.9, 0.92
"""The share of ink that is lower than whole Chinese characters, and their height in font sizes."""
_STACKED = 1.3
"""Height of a text in its widths from which on its characters stand below each other."""
_APART = 0.5
"""Font sizes of paper that part words."""
_MARGIN = 0.1
"""Font sizes of paper around the ink of a character."""
_OFF = 0.42
"""Font sizes by which the ink of a word may be broader or narrower than its characters."""
_FULL_WIDTH_MARKS = frozenset("（）【】《》“”‘’，。；：、！？")


class _Stretch(NamedTuple):
    left: float
    right: float


def parted_texts(boxes: Sequence[TextBox], ink: Blobs) -> list[TextBox]:
    """The texts, those parted whose words have room between them and are as broad as their characters say."""
    return [part for box in boxes for part in _parted(box, ink)]


def _parted(box: TextBox, ink: Blobs) -> list[TextBox]:
    text = "".join(box.text.split())
    if _is_stacked(text, box.box):
        return _stack(text, box)
    inside = _inside(box.box, ink)
    if not len(inside):
        return [box]
    box = box._replace(box=_tight(box.box, inside))
    if len(text) < 2 or not any(map(is_wide, text)) or _FULL_WIDTH_MARKS.intersection(text):
        return [box]
    size = float(np.quantile(inside.height, _TALLEST)) / _HAN_HEIGHT
    words = _words(inside, _APART * size)
    counts = _counts(text, words, size) if len(words) > 1 else None
    if counts is None:
        return [box]
    parts, start = [], 0
    for word, count in zip(words, counts, strict=True):
        room = Box(word.left, box.box.top, word.right, box.box.bottom)
        parts.append(TextBox(text[start : start + count], box.confidence, room))
        start += count
    return parts


def _is_stacked(text: str, box: Box) -> bool:
    """True for a text whose characters stand below each other, as the names of narrow columns do."""
    return len(text) > 1 and all(map(is_wide, text)) and box.bottom - box.top > _STACKED * (box.right - box.left)


def _stack(text: str, box: TextBox) -> list[TextBox]:
    left, top, right, bottom = box.box
    step = (bottom - top) / len(text)
    return [
        TextBox(char, box.confidence, Box(left, top + number * step, right, top + (number + 1) * step))
        for number, char in enumerate(text)
    ]


def _tight(box: Box, ink: Blobs) -> Box:
    """The box without the room beside its ink: a text from which figures were taken ends before these."""
    left, right = max(box.left, float(ink.left.min())), min(box.right, float(ink.right.max()))
    return Box(left, box.top, right, box.bottom) if left < right else box


def _inside(box: Box, ink: Blobs) -> Blobs:
    xs, ys = (ink.left + ink.right) / 2, (ink.top + ink.bottom) / 2
    return ink.chosen((xs > box.left) & (xs < box.right) & (ys > box.top) & (ys < box.bottom))


def _words(ink: Blobs, gap: float) -> list[_Stretch]:
    """How far the ink reaches that stands together, left to right."""
    words: list[_Stretch] = []
    for index in np.argsort(ink.left, kind="stable"):
        left, right = float(ink.left[index]), float(ink.right[index])
        if words and left - words[-1].right <= gap:
            words[-1] = words[-1]._replace(right=max(words[-1].right, right))
        else:
            words.append(_Stretch(left, right))
    return words


def _counts(text: str, words: Sequence[_Stretch], size: float) -> list[int] | None:
    """How many characters each word has, if there is one way to share them that suits their widths; else None."""
    counts: list[int] = []
    start = 0
    for word in words:
        room = (word.right - word.left) / size + _MARGIN
        width, end = 0.0, start
        while end < len(text):
            wider = width + (1.0 if is_wide(text[end]) else 0.5)
            if abs(wider - room) >= abs(width - room):
                break
            width, end = wider, end + 1
        if end == start or abs(width - room) > _OFF:
            return None
        counts.append(end - start)
        start = end
    return counts if start == len(text) else None
