"""Figures whose digits stand wider apart than usual, as some offices set them or typefaces have it.

A figure broader than its digits may have lost one. It has not if its ink falls into just as many parts as digits were
read, these stand at even steps, and other figures of the page have the same step.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from gkdesk.model.place import Box
from gkdesk.model.reading import plain_characters
from gkdesk.sources.pictures.characters.drawn_alike import columns_of, inside
from gkdesk.sources.pictures.components import Blobs

_POINTS = ".,"
_EVEN = 0.15
"""Heights of a digit by which the steps of one figure, and those of figures set alike, may differ."""
_FELLOWS = 2
_WIDEST = 1.4
_LOW = 0.5
"""Heights of a digit: the widest step, and what is lower than a digit."""


def set_alike(figures: Sequence[tuple[str, Box, Blobs]]) -> list[bool]:
    """For each figure (its text, its box and the ink around it), whether it has no more digits than were read."""
    steps = [_step(*figure) for figure in figures]
    return [
        step is not None and sum(other is not None and abs(other - step) <= _EVEN for other in steps) > _FELLOWS
        for step in steps
    ]


def _step(text: str, box: Box, ink: Blobs) -> float | None:
    """From one digit to the next, in heights of the highest; None if it is not the same all along."""
    chars = plain_characters(text)
    if not all(char.isdecimal() or char in _POINTS for char in chars):
        return None
    parts = columns_of(inside(box, ink), single=False)
    height = max((part.bottom - part.top for part in parts), default=0.0)
    digits = [part for part in parts if part.bottom - part.top >= _LOW * height]
    if len(parts) != len(chars) or len(digits) != sum(char.isdecimal() for char in chars):
        return None
    steps = [
        (after.centre[0] - before.centre[0]) / height
        for (one, before), (other, after) in pairwise(zip(chars, parts, strict=True))
        if one.isdecimal() and other.isdecimal()
    ]
    if not steps or max(steps) > _WIDEST or max(steps) - min(steps) > _EVEN:
        return None
    return median(steps)
