"""Which figures of a page cannot be seen on it: written in the colour of the paper, invisible, cut off, painted over.

The file says how a character is drawn in many ways, and hides it in more; the page as drawn says it in one: where a
figure stands there is some contrast, or nobody sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import hypot
from statistics import median

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Glyph
from gkdesk.sources.page_image import PageImage

PIXELS_ACROSS = 900.0
"""Width of the picture in which figures are looked for: strokes of the smallest print still show."""

_CONTRAST = 32
"""Of 255: paler than that is read by nobody. Light grey print has 60 and more."""
_TINY = 0.3
"""Share of the usual size of the page's figures below which one is a speck."""
_OVERLAP = 0.25
"""Share of the narrower digit's ink. Neighbours in slanted print touch; more than that is a figure on another."""
_INK = 96
"""Of 255: how far the darkest point of an empty cell is from its lightest, if something is drawn in it. The lines of
print have 130 and more at this size; watermarks and the ground of a cell less."""
_INSIDE = 0.2
"""Share of a cell's width and height at each of its sides that is not looked at: its borders, also double ones."""
_MOST_INSIDE = 5.0
"""Points of that."""
_LINE = 3.0
"""Pixels to both sides of its middle that a line takes."""
_REACH = 0.6
"""Share of the inner width of a cell that a line from corner to corner crosses at least."""
_CORE = 0.6
"""Share of a digit's width that is looked at: beyond may be the ink of a neighbour; every digit has ink within."""
_CHANNELS = (1, 0, 2)
_GREEN = 0
"""Where the green ones are among them: red and blue pens show in it, too."""

Shown = Callable[[Box], Box]


def unseen(glyphs: Iterable[Glyph], image: PageImage, scale: float, shown: Shown) -> frozenset[Glyph]:
    """The digits that nobody sees on the page's picture of ``scale`` pixels a point; ``shown`` gives the box on it."""
    digits = [glyph for glyph in glyphs if glyph.text.isdecimal()]
    if not digits:
        return frozenset()
    usual = median(glyph.size for glyph in digits)
    hidden = [
        glyph for glyph in digits if glyph.size < _TINY * usual or not _has_contrast(image, shown(glyph.box), scale)
    ]
    return frozenset(hidden) | _printed_over(digits)


def holds_ink(image: PageImage, box: Box, scale: float) -> bool:
    """Whether something is drawn inside a cell whose borders are ``box`` on the page's picture.

    A line from corner to corner is nothing: it says that there is nothing to say.
    """
    across = min((box.right - box.left) * _INSIDE, _MOST_INSIDE)
    down = min((box.bottom - box.top) * _INSIDE, _MOST_INSIDE)
    inner = Box(box.left + across, box.top + down, box.right - across, box.bottom - down)
    inked = any(max(values) - min(values) >= _INK for values in _channels(image, inner, scale))
    return inked and not any(
        _is_line(image, inner, scale, (box.left, start), (box.right, end))
        for start, end in ((box.top, box.bottom), (box.bottom, box.top))
    )


def _is_line(image: PageImage, box: Box, scale: float, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether all that is drawn in a box lies on a line, from one of its sides to the other."""
    left, top = max(int(box.left * scale), 0), max(int(box.top * scale), 0)
    right, bottom = min(int(box.right * scale) + 1, image.width), min(int(box.bottom * scale) + 1, image.height)
    values = _channels(image, box, scale)[_GREEN]
    width, ground = right - left, max(values)
    spots = [divmod(place, width) for place, value in enumerate(values) if ground - value >= _CONTRAST]
    if not spots or top >= bottom:
        return False
    (x0, y0), (x1, y1) = ((x * scale, y * scale) for x, y in (start, end))
    length = hypot(x1 - x0, y1 - y0)
    away = (abs((left + x + 0.5 - x0) * (y1 - y0) - (top + y + 0.5 - y0) * (x1 - x0)) / length for y, x in spots)
    reach = max(x for _, x in spots) - min(x for _, x in spots)
    return reach >= _REACH * width and max(away) <= _LINE


def _has_contrast(image: PageImage, box: Box, scale: float) -> bool:
    margin = (box.right - box.left) * (1 - _CORE) / 2
    core = Box(box.left + margin, box.top, box.right - margin, box.bottom)
    return any(max(values) - min(values) >= _CONTRAST for values in _channels(image, core, scale))


def _channels(image: PageImage, box: Box, scale: float) -> list[bytes]:
    """The values of each colour in a part of the page; none if the part is not on it."""
    left, right = max(int(box.left * scale), 0), min(int(box.right * scale) + 1, image.width)
    top, bottom = max(int(box.top * scale), 0), min(int(box.bottom * scale) + 1, image.height)
    if left >= right or top >= bottom:
        return []
    rows = [image.pixels[y * image.stride + left * 4 : y * image.stride + right * 4] for y in range(top, bottom)]
    area = b"".join(rows)
    return [area[channel::4] for channel in _CHANNELS]


def _printed_over(digits: Sequence[Glyph]) -> frozenset[Glyph]:
    """Digits that stand on each other: of a figure painted over, and of the one written in its place."""
    found: set[Glyph] = set()
    for before, after in pairwise(sorted(digits, key=lambda glyph: (round(glyph.y), glyph.box.left))):
        width = min(before.box.right - before.box.left, after.box.right - after.box.left)
        height = min(before.box.bottom - before.box.top, after.box.bottom - after.box.top)
        across = min(before.box.right, after.box.right) - max(before.box.left, after.box.left)
        down = min(before.box.bottom, after.box.bottom) - max(before.box.top, after.box.top)
        if across > _OVERLAP * width and down > _OVERLAP * height:
            found |= {before, after}
    return frozenset(found)
