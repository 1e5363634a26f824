"""The ink of a cell parted into the pieces that are read one by one, and these cut out of their page."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from gkdesk.model.place import Box
from gkdesk.sources.pictures.components import Blobs, Whole
from gkdesk.sources.pictures.paper import Gray

SPECK = 2.2
"""Points; what is nowhere larger is dirt."""
_LINE_GAP = 0.8
_BROKEN = 3.0
"""Points; a low piece of ink this near to another one is part of the same broken character."""
_WORD_GAP = 0.9


def piece_boxes(ink: Blobs, unit: float) -> list[Box]:
    """The ink of a cell parted into lines, and these at wide gaps."""
    boxes: list[Box] = []
    for line in _lines(ink, unit):
        tall = float(np.max(line.bottom) - np.min(line.top))
        for word in _parted(line, line.left, line.right, max(_WORD_GAP * tall, 3 * unit)):
            box = _box(word)
            # A speck beside a figure is no figure; a decimal point is never parted from its digits.
            if max(box.right - box.left, box.bottom - box.top) >= SPECK * unit:
                boxes.append(box)
    return boxes


def _lines(ink: Blobs, unit: float) -> list[Blobs]:
    """The lines of a cell; what is too low for a line belongs to the character it broke off from."""
    parts = _parted(ink, ink.top, ink.bottom, _LINE_GAP * unit)
    tallest = max(_box(part).bottom - _box(part).top for part in parts)
    lines: list[Blobs] = []
    for part in parts:
        if lines and _is_broken_off(_box(lines[-1]), _box(part), tallest, unit):
            lines[-1] = _joined(lines[-1], part)
        else:
            lines.append(part)
    return lines


def _is_broken_off(above: Box, below: Box, tallest: float, unit: float) -> bool:
    lower = min(above.bottom - above.top, below.bottom - below.top)
    near = below.top - above.bottom <= _BROKEN * unit
    return near and lower < 0.6 * tallest and below.bottom - above.top <= max(1.6 * tallest, 8 * unit)


def _joined(first: Blobs, second: Blobs) -> Blobs:
    return Blobs(*(np.concatenate(pair) for pair in zip(_fields(first), _fields(second), strict=True)))


def _fields(ink: Blobs) -> tuple[Whole, Whole, Whole, Whole, Whole]:
    return ink.left, ink.top, ink.right, ink.bottom, ink.area


def _box(ink: Blobs) -> Box:
    return Box(float(ink.left.min()), float(ink.top.min()), float(ink.right.max()), float(ink.bottom.max()))


def _parted(ink: Blobs, start: Whole, stop: Whole, gap: float) -> list[Blobs]:
    order = np.argsort(start, kind="stable")
    reached = np.maximum.accumulate(stop[order])
    cuts = np.flatnonzero(start[order][1:] - reached[:-1] > gap) + 1
    return [Blobs(*(values[part] for values in _fields(ink))) for part in np.split(order, cuts)]


def cut(gray: Gray, box: Box, space: Box, across: float, down: float) -> Gray:
    """A box of a page with some paper around it, as far as its ``space`` reaches; all in pixels."""
    left, right = max(box.left - across, space.left, 0), min(box.right + across, space.right)
    top, bottom = max(box.top - down, space.top, 0), min(box.bottom + down, space.bottom)
    piece = gray[round(top) : round(bottom) + 1, round(left) : round(right) + 1]
    return piece if piece.size else np.full((8, 8), 255, dtype=np.uint8)


def reshaped(piece: Gray, stretch: float, softened: float = 0.0) -> Gray:
    """The same piece wider or softer: the recogniser sees other pixels at other steps."""
    height, width = piece.shape
    size = (max(1, round(width * stretch)), height)
    image = Image.fromarray(piece).resize(size, Image.Resampling.BICUBIC)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(softened)) if softened else image)
