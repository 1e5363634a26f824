"""Two pages of a document beside each other on one sheet of a PDF, as programs print brochures and drafts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gkdesk.model.place import Box
from gkdesk.sources.layout.glyph_lines import ink_of
from gkdesk.sources.layout.marks import SKEWED, Glyph, Marks, reading_turn, turn_marks
from gkdesk.sources.layout.ruled_grid import merge_rules
from gkdesk.sources.pictures.flattening.two_up import find_gutter

_APART = 1.2
"""Font sizes between two things on one height; within a line of text nothing is as far apart."""
_SAME = 1.0
"""Points by which sheets of one document may differ in size."""


def parts_of(sheets: Sequence[Marks]) -> list[tuple[tuple[float, float], ...]]:
    """For each sheet the parts of its width that are pages, from left to right; empty where it is one page.

    A sheet is two pages if it looks like them by itself, or if it has the size of one that does and nothing stands in
    or over the gap of that: the last page of a document may be nearly empty. Widths are those of the sheet turned so
    that its text stands upright.
    """
    turned = [turn_marks(marks, reading_turn(marks.glyphs)) for marks in sheets]
    gutters = [_gutter(marks) for marks in turned]
    known = [(marks, at) for marks, at in zip(turned, gutters, strict=True) if at is not None]
    return [
        ((0.0, at), (at, marks.width)) if at is not None else _as_others(marks, known)
        for marks, at in zip(turned, gutters, strict=True)
    ]


def _as_others(marks: Marks, known: Sequence[tuple[Marks, float]]) -> tuple[tuple[float, float], ...]:
    alike = [
        at
        for other, at in known
        if abs(other.width - marks.width) <= _SAME and abs(other.height - marks.height) <= _SAME
    ]
    if not alike or not marks.glyphs:
        return ()
    reaches = [(box.left, box.right) for _, box in _texts(marks)]
    reaches += [(rule.start, rule.end) for rule in marks.rules.horizontal]
    at = alike[0]
    return () if any(left < at < right for left, right in reaches) else ((0.0, at), (at, marks.width))


def _gutter(marks: Marks) -> float | None:
    """Where the gap between two pages is; None for a single page, also where the right half holds nothing."""
    if marks.width <= marks.height:
        return None
    rules = merge_rules(marks.rules.horizontal)
    at = find_gutter((round(marks.width), round(marks.height)), _texts(marks), rules)
    return at if at is not None and any(glyph.box.centre[0] > at for glyph in marks.glyphs) else None


def _texts(marks: Marks) -> list[tuple[str, Box]]:
    """What stands together on one height, with its ink."""
    upright = [glyph for glyph in marks.glyphs if glyph.turn != SKEWED]
    ordered = sorted(upright, key=lambda glyph: (round(glyph.y), glyph.x))
    runs: list[list[Glyph]] = [ordered[:1]] if ordered else []
    for before, glyph in pairwise(ordered):
        if round(before.y) == round(glyph.y) and glyph.room.left - before.room.right <= _APART * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [("".join(glyph.text for glyph in run), ink_of(run)) for run in runs]
