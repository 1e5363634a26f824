"""Seals with a ring taken off a page before its rules are looked for: without colour, or in another than red.

The upright parts of a ring would be borders of columns, and its arcs break up what hangs together. Where the seal is
lighter than print, as its ink lets that through, its shade becomes white. In black and white the ring is taken away
where nothing crosses it, and so is what fills its middle; print under that is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from gkdesk.sources.pictures.components import Mask, Whole, find_blobs
from gkdesk.sources.pictures.lifting.round_seals import Ring, around, find_rings
from gkdesk.sources.pictures.lifting.stain_lifting import grown, without_shade
from gkdesk.sources.pictures.paper import Gray

_INK = 200
_LIGHTER, _DARKEST = 60, 0.1
"""Steps of brightness by which a seal is lighter than print; share of ink that is darker than what is full print."""
_PRINT_EDGE = 0.6
_EDGE = 1.5
"""Points: how far from black the edges of print are lighter; how far from a ring its own edge may be."""
_LEAST_PIECE, _APART = 4.0, 1.7
"""Points; what is smaller within a ring may be a thin stroke of print; half the breadth of a rule with its edges."""
_SHADES = 0.002
"""Share of a page without colour that must have a shade lighter than print for its seal to have one."""
_CROSSED = 1.8
"""Breadths of a ring from which on something runs across it."""
_SOLID, _SOLID_LEAST, _WITHIN = 1.5, 5.0, 0.75
"""Points: half the breadth of what is too broad for print, and its size; share of the ring's radius it reaches."""
_TIP, _TIP_LONG = 0.7, 4.0
"""Points: half the breadth of its narrow ends, and how long they are."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """A page without its round seals, where they were, and where they hid what is under them."""

    gray: Gray
    stained: Mask
    hidden: Mask


def lift_seals(gray: Gray, ruled: Mask, unit: float) -> Lifted | None:
    """The page without its round seals; None if none is seen. ``ruled`` are the pixels of what may be its rules."""
    ink = gray < _INK
    if not ink.any():
        return None
    light = _light_ink(gray, ink, unit)
    free = light & ~grown(ruled, 1)
    shaded = light.sum() >= _SHADES * ink.sum()
    rings = find_rings(free, unit) if shaded else []
    if rings:
        stained = np.logical_or.reduce([_within(light, free, ring, unit) for ring in rings])
        bleached = without_shade(gray, stained, unit)
        if bleached is not None:
            return Lifted(bleached, stained, np.zeros_like(stained))
    rings = find_rings(ink & ~ruled, unit)
    if not rings:
        return None
    stained = np.logical_or.reduce([_free_ring(ink, ring, unit) | _solid_middle(ink, ring, unit) for ring in rings])
    return Lifted(np.where(stained, np.uint8(255), gray), stained, stained)


def lift_tinted(gray: Gray, light: Gray, tinted: Mask, unit: float) -> tuple[Gray, Mask] | None:
    """The page with its seals of a colour as bright as that colour is, and where they were; None if none is seen.

    Only what is ``tinted`` on a ring and within it changes: figures may be written or printed in blue.
    """
    rings = find_rings(tinted, unit)
    if not rings:
        return None
    stained = np.zeros_like(tinted)
    for ring in rings:
        rows, columns = ring.room(tinted.shape, 3 * unit)
        inside = ring.distance(rows, columns) <= ring.radius + ring.stroke / 2 + _EDGE * unit
        stained[rows, columns] |= tinted[rows, columns] & inside
    return np.where(grown(stained, 1), np.maximum(gray, light), gray), stained


def _light_ink(gray: Gray, ink: Mask, unit: float) -> Mask:
    """The ink that is lighter than print, without the edges of print."""
    dark = gray < float(np.quantile(gray[ink], _DARKEST)) + _LIGHTER
    light: Mask = ink & ~grown(dark, max(1, round(_PRINT_EDGE * unit)))
    return light


def _within(light: Mask, unruled: Mask, ring: Ring, unit: float) -> Mask:
    """The light ink on a ring, and of that within it what is large, and no rule."""
    rows, columns = ring.room(light.shape, 3 * unit)
    off = ring.distance(rows, columns) - ring.radius
    edge = ring.stroke / 2 + _EDGE * unit
    found = np.zeros_like(light)
    found[rows, columns] = light[rows, columns] & (np.abs(off) <= edge)
    found[rows, columns] |= _large(unruled[rows, columns] & (off < -edge), _LEAST_PIECE * unit, round(_APART * unit))
    return found


def _large(mask: Mask, least: float, apart: int = 0) -> Mask:
    """What of a mask stands in the box of something that hangs together over so many pixels at least.

    Pieces that are no more than twice as many pixels ``apart`` hang together.
    """
    found = np.zeros_like(mask)
    blobs = find_blobs(grown(mask, apart))
    blobs = blobs.chosen(np.maximum(blobs.width, blobs.height) >= least + 2 * apart)
    for left, top, right, bottom in zip(blobs.left, blobs.top, blobs.right, blobs.bottom, strict=True):
        found[top:bottom, left:right] = True
    return found & mask


def _free_ring(ink: Mask, ring: Ring, unit: float) -> Mask:
    """The pixels of a ring at which nothing runs across it."""
    stroke = max(ring.stroke, unit)
    reach, half = round(_CROSSED * stroke) + 1, int(stroke / 2 + 1)
    profile = around(ink, ring, reach)
    broad = _run(profile[:, reach:]) + _run(profile[:, reach::-1])
    free = broad <= _CROSSED * stroke + 1
    rows, columns = ring.room(ink.shape, 3 * unit)
    turn = np.rint(ring.turn(rows, columns) * len(free)).astype(int) % len(free)
    found = np.zeros_like(ink)
    near = np.abs(ring.distance(rows, columns) - ring.radius) <= half
    found[rows, columns] = ink[rows, columns] & near & free[turn]
    return found


def _run(side: Mask) -> Whole:
    """How far ink reaches from the first column on, row by row."""
    found: Whole = np.where(side.all(axis=1), side.shape[1], side.argmin(axis=1))
    return found


def _solid_middle(ink: Mask, ring: Ring, unit: float) -> Mask:
    """What is broader than print in the middle of a ring, as its star is."""
    inner = replace(ring, radius=_WITHIN * ring.radius)
    rows, columns = inner.room(ink.shape, 0)
    piece = ink[rows, columns] & (ring.distance(rows, columns) <= inner.radius)
    half, narrow = max(1, round(_SOLID * unit)), max(1, round(_TIP * unit))
    solid = grown(_large(_core(piece, half), _SOLID_LEAST * unit), half + 1)
    tips = grown(_core(piece, narrow), narrow + 1) & grown(solid, round(_TIP_LONG * unit))
    found = np.zeros_like(ink)
    found[rows, columns] = piece & (solid | tips)
    return found


def _core(piece: Mask, half: int) -> Mask:
    """The pixels that have so many others around them on all sides."""
    return ~grown(~piece, half)
