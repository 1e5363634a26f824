"""What is drawn over a page and is no print: seals, stamps, torn rules. Print under it may be lost, or a part of it."""

from __future__ import annotations

from gkdesk.model.place import Box
from gkdesk.sources.components import Blobs, Mask

_NEAR = 4.0
"""Points between pieces of one stain."""
_BROADER_THAN_PRINT = 24.0


def find_stains(ink: Blobs, drawn: Blobs, unit: float) -> list[Box]:
    """The room of what is ``drawn`` (taller than print), with pieces of it: ``ink`` beside it, broader than print.

    Taking out the rules that cross a seal cuts it into pieces; its top and bottom may be no taller than print.
    """
    found: list[Box] = []
    for number in range(len(drawn)):
        found = _with_stain(found, _box_of(drawn, number), unit)
    broad = ink.chosen(ink.width > _BROADER_THAN_PRINT * unit)
    rest = [_box_of(broad, number) for number in range(len(broad))]
    while near := [box for box in rest if any(meet(_grown(box, _NEAR * unit), stain) for stain in found)]:
        rest = [box for box in rest if box not in near]
        for box in near:
            found = _with_stain(found, box, unit)
    return found


def _with_stain(stains: list[Box], box: Box, unit: float) -> list[Box]:
    """The stains with another one; those near each other are one."""
    while near := [stain for stain in stains if meet(_grown(box, _NEAR * unit), stain)]:
        stains = [stain for stain in stains if stain not in near]
        for stain in near:
            box = box.union(stain)
    return [*stains, box]


def _box_of(blobs: Blobs, number: int) -> Box:
    return Box(*(float(edges[number]) for edges in (blobs.left, blobs.top, blobs.right, blobs.bottom)))


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
