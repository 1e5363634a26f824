"""Rules that print runs into: level with a row of characters they look broader, and longer, than they are.

The strokes of a line of text stand in one line with the border that the next column has there, a gap away from it:
taken for a part of that border, they would cut a cell in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from gkdesk.sources.layout.marks import Rule
from gkdesk.sources.pictures.components import Mask

THICK = 1.8
"""Points; a rule whose strokes reach over more from top to bottom may hold print."""
_BIT, _DRAWN = 30.0, 0.75
_BESIDE, _CROWDED = 1.6, 0.5
_ENDS = 3.2


def without_print(ink: Mask, rule: Rule, rows: slice, others: Iterable[Rule], unit: float) -> list[Rule]:
    """The parts of a level rule that are drawn, cell by cell: those between two of the ``others`` that are print go.

    ``rows`` are those of its strokes in the picture, ``others`` the upright rules in points.
    """
    met = (other.at for other in others if other.start - _ENDS <= rule.at <= other.end + _ENDS)
    edges = [rule.start, *sorted(at for at in met if rule.start + _ENDS < at < rule.end - _ENDS), rule.end]
    kept = [not _is_print(ink, rows, *stretch, unit) for stretch in pairwise(edges)]
    if all(kept):
        return [rule]
    return [Rule(rule.at, start, end) for start, end in _joined(edges, kept)]


def _joined(edges: Sequence[float], kept: Sequence[bool]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for (start, end), keep in zip(pairwise(edges), kept, strict=True):
        if keep and found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        elif keep:
            found.append((start, end))
    return found


def _is_print(ink: Mask, rows: slice, start: float, end: float, unit: float) -> bool:
    """True if no row is dark most of the way, and there is ink above or below along much of it."""
    first, last = round((start + 1) * unit), round((end - 1) * unit)
    if last - first < _ENDS * unit:
        return False
    band = ink[rows, first:last]
    pairs = band[1:] | band[:-1]
    step = max(8, round(_BIT * unit))
    bits = [pairs[:, at : at + step] for at in range(0, pairs.shape[1], step)]
    drawn = sum(float(bit.mean(axis=1).max()) * bit.shape[1] for bit in bits)
    if drawn >= _DRAWN * pairs.shape[1]:
        return False
    # Whatever row is taken for the stroke, what else there is of it is print.
    row, reach = rows.start + int(pairs.mean(axis=1).argmax()), round(_BESIDE * unit)
    beside = (ink[max(0, row - 1 - reach) : max(0, row - 1), first:last], ink[row + 3 : row + 3 + reach, first:last])
    return max(float(side.any(axis=0).mean()) if side.size else 0.0 for side in beside) >= _CROWDED


def drawn_rows(ink: Mask, rule: Rule, rows: slice, unit: float) -> Mask:
    """Where in the ``rows`` of a thick level rule its own stroke runs, and not the print that touches it."""
    first, last = round(rule.start * unit), round(rule.end * unit)
    band = ink[rows, first:last]
    found = np.zeros_like(band)
    step = max(8, round(_BIT * unit))
    for at in range(0, band.shape[1], step):
        share = band[:, at : at + step].mean(axis=1)
        own = share >= max(0.5, 0.6 * float(share.max(initial=0.0)))
        if not own.any():
            own[:] = True
        own[1:] |= own[:-1].copy()
        own[:-1] |= own[1:].copy()
        found[:, at : at + step] = own[:, None]
    return found
