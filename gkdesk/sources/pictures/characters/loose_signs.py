"""Signs that stand apart from their figures outside ruled tables: ``- 3`` printed with blanks, or a thin hyphen.

The stroke is as near to a figure as nothing of another column is, at half its height, and paper is before it. It may
also be dirt or a mark for nothing, so such a figure is never sure.
"""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.model.place import Box
from gkdesk.sources.pictures.components import Blobs

_HIGHEST, _SHORTEST, _LONGEST = 0.3, 0.2, 0.9
"""Height of a sign, and its width, in heights of a digit."""
_NEAR, _OFF_MIDDLE = 0.9, 0.22
"""Paper between a sign and its figure at most, and how far from half its height it may stand."""
_BEFORE = 1.2
"""Paper before a sign at least: what stands between others is no sign."""

Word = tuple[Box, Blobs]


def with_signs(figures: Sequence[Word], standing: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The figures that have no sign of their own, and those that have one, this included.

    ``standing`` is all that stands on the page, the figures too; a stroke that is a sign is no figure by itself.
    """
    signed: list[Word] = []
    taken: list[Box] = []
    for box, ink in figures:
        sign = next((word for word in standing if _is_sign(word[0], box, standing)), None)
        if sign is not None and not _is_low(box, box.right - box.left):
            taken += [sign[0], box]
            signed.append((sign[0].union(box), sign[1].with_others(ink)))
    return [word for word in figures if word[0] not in taken], signed


def _is_sign(stroke: Box, figure: Box, standing: Sequence[Word]) -> bool:
    height = figure.bottom - figure.top
    width = stroke.right - stroke.left
    if not _is_low(stroke, height) or not _SHORTEST * height <= width <= _LONGEST * height:
        return False
    if not 0 <= figure.left - stroke.right <= _NEAR * height:
        return False
    if abs(stroke.centre[1] - figure.centre[1]) > _OFF_MIDDLE * height:
        return False
    return not any(
        other.right <= stroke.left + 1
        and stroke.left - other.right < _BEFORE * height
        and other.top < figure.bottom
        and figure.top < other.bottom
        for other, _ in standing
    )


def _is_low(box: Box, height: float) -> bool:
    return box.bottom - box.top <= _HIGHEST * height and box.right - box.left >= box.bottom - box.top
