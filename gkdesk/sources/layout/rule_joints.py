"""Borders between columns that a table shows only by where the pieces of its rules meet.

A browser prints the rule below a row cell by cell: seen, it is one rule; in the file it is a piece a column, each
ending where the next begins. A border that is not drawn is told by these ends, at every height the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gkdesk.sources.layout.marks import Glyph, Rule

_MEET = 0.3
"""Points between the end of a piece and the beginning of the next one of the same rule."""
_SAME = 0.6
"""Points by which pieces of one rule may stand higher or lower, and joints at several heights further right or left."""
_FEWEST_HEIGHTS = 3
"""Heights at which pieces meet: a rule may have been drawn in two goes for any reason, but not always there."""
_GAP = 0.1
"""Font sizes between two cells' words: characters of one text touch."""


def joints_of(pieces: Sequence[Rule]) -> list[float]:
    """Where pieces of horizontal rules meet end to end at several heights, left to right."""
    meeting = sorted(
        (one.end, one.at)
        for one, other in pairwise(sorted(pieces, key=lambda rule: (round(rule.at), rule.start)))
        if abs(one.at - other.at) <= _SAME and abs(other.start - one.end) <= _MEET
    )
    found: list[float] = []
    held: list[tuple[float, float]] = []
    for at, height in [*meeting, (float("inf"), 0.0)]:
        if held and at - held[-1][0] > _SAME:
            if len({round(y) for _, y in held}) >= _FEWEST_HEIGHTS:
                found.append(held[len(held) // 2][0])
            held = []
        held.append((at, height))
    return found


def parted_at(group: Sequence[Glyph], joints: Sequence[float]) -> list[list[Glyph]]:
    """The characters of a row that seem to stand together, as several cells where a joint runs through a gap of theirs.

    In a narrow column words reach from border to border, and only a hair parts them from those of the next.
    """
    ordered = sorted(group, key=lambda glyph: glyph.room.left)
    parts = [[ordered[0]]]
    right = ordered[0].room.right
    for glyph in ordered[1:]:
        left = glyph.room.left
        if left - right >= _GAP * glyph.size and any(right <= at <= left for at in joints):
            parts.append([])
        parts[-1].append(glyph)
        right = max(right, glyph.room.right)
    return parts
