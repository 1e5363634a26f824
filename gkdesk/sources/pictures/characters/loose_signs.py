"""What stands apart from its figures outside ruled tables: signs (``- 3``) and points (``2 8. 2 1``).

A sign is as near to its figure as nothing of another column is, at half its height, and paper is before it, and then
another figure: the form has negative figures only behind others, and strokes of labels stand before all of them. It may
also be dirt or a mark for nothing, so such a figure is never sure. A point stands at the foot between two digits, where
digits printed with blanks have one: whether these are one figure the steps from digit to digit tell.
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

_OTHER_HEIGHT = 0.4
"""By how much the figure before it may be higher or lower than its own: a slash is higher."""
_POINT, _AT_FOOT, _BEHIND = 0.35, 0.2, 1.4
"""Height and width of a point at most, how far from the foot of its digits it ends, and paper behind it."""

Word = tuple[Box, Blobs]


def with_points(figures: Sequence[Word], standing: Sequence[Word]) -> list[Word]:
    """The figures, those with a point behind them that stands between them and another with this point.

    ``standing`` is all that stands on the page.
    """
    boxes = [box for box, _ in figures]
    points = [word for word in standing if word[0] not in boxes]
    found = []
    for box, ink in figures:
        point = next((word for word in points if _is_point(word[0], box, boxes)), None)
        found.append((box, ink) if point is None else (box.union(point[0]), ink.with_others(point[1])))
    return found


def _is_point(point: Box, figure: Box, others: Sequence[Box]) -> bool:
    height = figure.bottom - figure.top
    small = max(point.bottom - point.top, point.right - point.left) <= _POINT * height
    at_foot = abs(point.bottom - figure.bottom) <= _AT_FOOT * height
    if not (small and at_foot and 0 <= point.left - figure.right <= _NEAR * height):
        return False
    return any(
        0 <= other.left - point.right <= _BEHIND * height and abs(other.bottom - figure.bottom) <= _AT_FOOT * height
        for other in others
    )


def with_signs(figures: Sequence[Word], standing: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The figures that have no sign of their own, and those that have one, this included.

    ``standing`` is all that stands on the page, the figures too; a stroke that is a sign is no figure by itself.
    """
    signed: list[Word] = []
    taken: list[Box] = []
    for box, ink in figures:
        sign = next((word for word in standing if _is_sign(word[0], box, standing)), None)
        if sign is not None and not _is_low(box, box.right - box.left) and _is_behind_one(sign[0], box, figures):
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


def _is_behind_one(stroke: Box, figure: Box, figures: Sequence[Word]) -> bool:
    height = figure.bottom - figure.top
    return any(
        other.right < stroke.left
        and abs(other.centre[1] - figure.centre[1]) <= _OFF_MIDDLE * height
        and abs(other.bottom - other.top - height) <= _OTHER_HEIGHT * height
        for other, _ in figures
    )


def _is_low(box: Box, height: float) -> bool:
    return box.bottom - box.top <= _HIGHEST * height and box.right - box.left >= box.bottom - box.top
