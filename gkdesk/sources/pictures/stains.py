"""What is drawn over a page and is no print: seals, stamps, torn rules. Print under it may be lost, or a part of it."""

from __future__ import annotations

from gkdesk.model.place import Box
from gkdesk.sources.pictures.components import Blobs, Mask, find_blobs

_NEAR = 4.0
"""Points between pieces of one stain."""
_ACROSS_RULE = 2.2
"""Points from the ink above a rule to that below it."""
TALLEST_PRINT = 24.0
"""Points; titles have letters of some 22."""


def find_stains(ink: Mask, rules: Mask, unit: float) -> list[Box]:
    """The room of what is taller than print, in pixels; ``rules`` are the pixels that were taken out of the ``ink``.

    Taking out the rules that cross a seal cuts it into pieces as low as print: what stands on both sides of a rule is
    one. Print leaves some paper to the rules above and below it. What is broader than print beside a stain, such as the
    top of a ring that meets a rule at a small angle, is a part of it.
    """
    blobs = find_blobs(over_rules(ink, rules, unit))
    tall = blobs.height > TALLEST_PRINT * unit
    found: list[Box] = []
    for box in _boxes(blobs.chosen(tall)):
        found = _with_stain(found, box, unit)
    rest = _boxes(blobs.chosen(~tall & (blobs.width > TALLEST_PRINT * unit)))
    while near := [box for box in rest if any(meet(_grown(box, _NEAR * unit), stain) for stain in found)]:
        rest = [box for box in rest if box not in near]
        for box in near:
            found = _with_stain(found, box, unit)
    return found


def over_rules(ink: Mask, rules: Mask, unit: float) -> Mask:
    """The ink, with the pixels of rules that have some on both sides."""
    reach = max(2, round(_ACROSS_RULE * unit))
    return ink | (rules & _spread_down(ink, reach) & _spread_down(ink[::-1], reach)[::-1])


def _boxes(blobs: Blobs) -> list[Box]:
    edges = zip(blobs.left, blobs.top, blobs.right, blobs.bottom, strict=True)
    return [Box(float(left), float(top), float(right), float(bottom)) for left, top, right, bottom in edges]


def _spread_down(ink: Mask, reach: int) -> Mask:
    spread = ink.copy()
    for step in range(1, reach + 1):
        spread[step:] |= ink[:-step]
    return spread


def _with_stain(stains: list[Box], box: Box, unit: float) -> list[Box]:
    """The stains with another one; those near each other are one."""
    while near := [stain for stain in stains if meet(_grown(box, _NEAR * unit), stain)]:
        stains = [stain for stain in stains if stain not in near]
        for stain in near:
            box = box.union(stain)
    return [*stains, box]


def _grown(box: Box, by: float) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def touches(ink: Blobs, box: Box, edge: float = 0.0) -> Mask:
    """Which of the ink meets a box, with an ``edge`` around it."""
    across = (ink.left < box.right + edge) & (ink.right > box.left - edge)
    touched: Mask = across & (ink.top < box.bottom + edge) & (ink.bottom > box.top - edge)
    return touched


def meet(one: Box, other: Box) -> bool:
    """True if two boxes have room in common."""
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
