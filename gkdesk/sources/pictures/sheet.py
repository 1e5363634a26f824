"""A page laid straight: what of its picture is paper, rules, characters, and what is drawn over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Rule, Rules
from gkdesk.sources.pictures.components import Blobs, Mask, find_blobs
from gkdesk.sources.pictures.flattening.desk import without_desk
from gkdesk.sources.pictures.flattening.deskew import find_lie
from gkdesk.sources.pictures.flattening.lie import Lie
from gkdesk.sources.pictures.flattening.sheet_outline import find_outline
from gkdesk.sources.pictures.lifting.grain import without_grain
from gkdesk.sources.pictures.lifting.light_print import with_dark_print
from gkdesk.sources.pictures.lifting.seal_lifting import lift_seals, lift_tinted
from gkdesk.sources.pictures.lifting.stain_lifting import grown, rules_under, stained_pixels, without_shade
from gkdesk.sources.pictures.lifting.streaks import without_streaks
from gkdesk.sources.pictures.paper import Gray, Tint, even_out, is_drawn, with_contrast, with_dark_rules
from gkdesk.sources.pictures.raster import Colour
from gkdesk.sources.pictures.rules.ruled_lines import find_rules

_UNIT = 2.8
_FINEST, _COARSEST = 3.4, 1.9
"""Pixels a point at which pictures are read (200 dpi), and the range in which they are taken as they are."""
_LARGEST_CHARACTER = 42.0
_LEAST_AREA = 0.3
INK = 200
"""What is darker is ink."""
_FAINT = 236
_ALONG = 2.0
"""Points beside a ring within which a rule may have been taken for it."""
LEAST_TRACE = 2.6
"""Points that something must measure in one direction to be a trace of a character."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page laid straight.

    Attributes:
        gray: brightness without the rules; ``even`` with them, and with the palest shades.
        factor: by how much the picture was enlarged.
        quarters: by how many quarters it was turned to the left.
        size: its width and height then, pixels.
        unit: pixels a point.
        lie: how the page lay in its picture.
        rules: in points.
        lost: those of the vertical ``rules`` of which nothing is left.
        added: those of the vertical ``rules`` that are not drawn.
        stains: what is drawn over tables with such rules, in pixels.
        ink: what may be characters, in pixels.
        ruled: the pixels of the rules.
        traces: what may be the remains of characters: red or too faint to be read.
        stained: the pixels of what is drawn over the page and is no print.
        crossed: the pixels along which a streak ran over the page; None if there was none.
        hidden: those where a seal was taken away with all that it hid; None without a seal that had a ring.
    """

    gray: Gray
    even: Gray
    factor: float
    quarters: int
    size: tuple[int, int]
    unit: float
    lie: Lie
    rules: Rules
    ink: Blobs
    ruled: Mask
    traces: Blobs
    stained: Mask
    crossed: Mask | None = None
    hidden: Mask | None = None
    lost: tuple[Rule, ...] = ()
    added: tuple[Rule, ...] = ()
    stains: tuple[Box, ...] = ()


def sheet_of(picture: Colour, quarters: int = 0) -> Sheet:
    """The picture turned to the left by ``quarters``, and laid straight."""
    factor, unit, worked = _at_reading_size(np.ascontiguousarray(np.rot90(picture, quarters)))
    paper = even_out(without_desk(without_grain(with_dark_print(worked, unit), unit)))
    clean, streaks = without_streaks(paper.gray, unit)
    lie = find_lie(clean, unit, find_outline(worked))
    even, blue = _without_blue(lie.straighten(clean), paper.tint, lie, unit)
    gray = with_contrast(even)
    # A scan in black and white has paper of one shade, too, but hardly ever lies straight.
    drawn = lie.is_straight and is_drawn(worked)
    drawing = with_dark_rules(even) if drawn else gray
    ruled = find_rules(drawing, unit, drawn)
    lifted = lift_seals(gray, ruled.mask, unit)
    if lifted is not None:
        drawing = np.where(lifted.stained, np.maximum(drawing, lifted.gray), drawing if drawn else lifted.gray)
        gray = lifted.gray
        ruled = find_rules(drawing, unit, drawn)
    stained = stained_pixels((gray < INK) & ~ruled.mask, ruled.mask, unit)
    red = _reddened(paper.red, lie)
    seal = stained if lifted is None else stained | lifted.stained
    seal = seal if blue is None else seal | blue
    under = seal | red
    # Where a black ring was taken away it may have run along a rule, which went with it.
    over = under if lifted is None else under | grown(lifted.hidden, round(_ALONG * unit))
    rules = rules_under(ruled.rules, (gray < INK) | over, over, unit)
    bleached = without_shade(gray, stained, unit)
    gray = np.where(ruled.mask, np.uint8(255), gray if bleached is None else bleached)
    ink = find_blobs(gray < INK)
    small = (ink.area >= max(3.0, _LEAST_AREA * unit * unit)) & (ink.height <= _LARGEST_CHARACTER * unit)
    traces = find_blobs((gray < _FAINT) | under)
    tall = (traces.height >= LEAST_TRACE * unit) | (traces.width >= LEAST_TRACE * unit)
    size = (worked.shape[1], worked.shape[0])
    ink, traces = ink.chosen(small), traces.chosen(tall)
    crossed = None if streaks is None else _laid(streaks, lie)
    hidden = None if lifted is None else lifted.hidden
    return Sheet(gray, even, factor, quarters, size, unit, lie, rules, ink, ruled.mask, traces, seal, crossed, hidden)


def _at_reading_size(picture: Colour) -> tuple[float, float, Colour]:
    """The picture at some 200 dpi, by how much it was enlarged, and pixels a point.

    It is taken for a page of A4 if it has that shape, else for something cut out of one between its margins.
    """
    height, width = picture.shape[:2]
    is_page = 1.2 < max(height, width) / min(height, width) < 1.6
    unit = width / ((595 if height >= width else 842) if is_page else 480)
    if _COARSEST <= unit <= _FINEST:
        return 1.0, unit, picture
    factor = min(_UNIT / unit, 3.0)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    resized = Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS if factor > 1 else Image.Resampling.BOX)
    return factor, unit * factor, np.asarray(resized)


def _without_blue(even: Gray, tint: Tint | None, lie: Lie, unit: float) -> tuple[Gray, Mask | None]:
    """The straightened page without blue seals, and where they were."""
    if tint is None:
        return even, None
    lifted = lift_tinted(even, lie.straighten(tint.light), _laid(tint.where, lie), unit)
    return (even, None) if lifted is None else lifted


def _reddened(red: Mask, lie: Lie) -> Mask:
    return _laid(red, lie) if red.any() else red[: lie.height, : lie.width]


def _laid(mask: Mask, lie: Lie) -> Mask:
    return lie.straighten(mask.astype(np.uint8) * 255, 0) > 127
