"""Streaks that a dirty feeder draws along a whole scan: taken out before the page is laid straight, and remembered."""

from __future__ import annotations

import numpy as np

from gkdesk.sources.pictures.components import Mask
from gkdesk.sources.pictures.paper import Gray

_DARKER = 25
_WIDEST = 1.6
"""Points."""
_WHOLE_LENGTH = 0.8
"""Share of the picture along which a streak is darker than what is beside it: print covers the rest."""
_MARGIN = 0.03
_AT_THE_ENDS = 12.0
_MOST = 6
"""Points at both ends of the picture in which nothing else is drawn than a streak, and streaks of one picture."""


def without_streaks(gray: Gray, unit: float) -> tuple[Gray, Mask | None]:
    """The picture without streaks down or across, and where they were; None if there are none.

    A rule of a table never runs from edge to edge of a page: there is paper around the table. In a picture that was cut
    out along the borders of a table it does, and others beside it do so too; there nothing is taken out.
    """
    down, across = _streaks(gray, unit), _streaks(gray.T, unit)
    if not down and not across:
        return gray, None
    mended, where = gray.copy(), np.zeros(gray.shape, dtype=bool)
    for lines, marked, found in ((mended, where, down), (mended.T, where.T, across)):
        for first, last in found:
            _bridge(lines, first, last)
            marked[:, first:last] = True
    return mended, where


def _streaks(gray: Gray, unit: float) -> list[tuple[int, int]]:
    """First and last column (exclusive) of each streak down a picture."""
    height, width = gray.shape
    reach = max(3, round(_WIDEST * unit))
    if width < 8 * reach or height < 8 * reach:
        return []
    # Every third row is enough to see what is dark all along.
    sample = gray[::3].astype(np.int16)
    beside = np.minimum(sample[:, : -2 * reach], sample[:, 2 * reach :])
    darker = beside - sample[:, reach:-reach] >= _DARKER
    # A table may be nearly as wide as the page; a streak runs through the margins too.
    margin = max(1, round(_MARGIN * len(darker)))
    whole = darker.mean(axis=0) >= _WHOLE_LENGTH
    for part in (darker[:margin], darker[-margin:]):
        whole &= part.mean(axis=0) >= _WHOLE_LENGTH
    columns = np.flatnonzero(whole) + reach
    if not len(columns):
        return []
    parts = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    found = [(int(part[0]) - 1, int(part[-1]) + 2) for part in parts]
    return found if len(found) <= _MOST and _is_paper_at_the_ends(gray, found, round(_AT_THE_ENDS * unit)) else []


def _is_paper_at_the_ends(gray: Gray, streaks: list[tuple[int, int]], rows: int) -> bool:
    """True if no rule lies across the streaks at the head and foot of the picture."""
    for end in (gray[:rows], gray[-rows:]):
        rest = np.delete(end, [column for first, last in streaks for column in range(first, last)], axis=1)
        level = np.median(rest)
        if ((rest < level - _DARKER).mean(axis=1) > 0.3).any():
            return False
    return True


def _bridge(gray: Gray, first: int, last: int) -> None:
    """Fills columns evenly from what stands left of them to what stands right of them."""
    before, after = gray[:, first - 1].astype(np.float32), gray[:, last].astype(np.float32)
    count = last - first
    for step in range(count):
        share = (step + 1) / (count + 1)
        gray[:, first + step] = (before * (1 - share) + after * share).astype(np.uint8)
