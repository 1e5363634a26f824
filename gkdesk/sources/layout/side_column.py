"""The navigation that a printed web page has beside its text: lines of their own, though on the height of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.layout.marks import Glyph

_GAP = 1.2
"""Font sizes between two things on one height; within prose nothing is as far apart."""
_PROSE = 0.45
"""Share of the page's width that a line of prose fills."""
_SIDE = 0.3
_FEWEST_PROSE, _FEWEST_ENTRIES, _FEWEST_WORDS = 3, 3, 2
_WORD = 3
"""Chinese characters of a word of the navigation; the numbers of a list have fewer."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands together on one height."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        return self.glyphs[0].room.left

    @property
    def right(self) -> float:
        return self.glyphs[-1].room.right

    @property
    def y(self) -> float:
        return self.glyphs[0].y


class ProseEdge(NamedTuple):
    """Where the long lines of prose of a page begin, and how large their characters are."""

    left: float
    size: float


def prose_edge(glyphs: Sequence[Glyph], width: float) -> ProseEdge | None:
    """The edge of the prose of a page; None if it has too few long lines."""
    return _edge_of(_prose(_segments([glyph for glyph in glyphs if glyph.turn == 0]), width))


def split_side(
    glyphs: Sequence[Glyph], width: float, elsewhere: Callable[[], ProseEdge | None] | None = None
) -> tuple[list[Glyph], list[Glyph]]:
    """The characters of the column left of the text, and the others; the former empty unless there is such a column.

    It is one if it stands clear to the left of long lines of prose, and nothing reaches from it into these. A page
    without prose may have its title beside such a column: then what the prose of another page tells (``elsewhere``,
    called only then) says where the text begins.
    """
    segments = _segments([glyph for glyph in glyphs if glyph.turn == 0])
    prose = _prose(segments, width)
    edge = _edge_of(prose)
    if edge is None:
        beside = elsewhere() if elsewhere is not None and len(segments) > _FEWEST_ENTRIES else None
        side = _beside_title(segments, beside) if beside is not None and beside.left <= _SIDE * width else []
        return _parted(glyphs, side)
    if edge.left > _SIDE * width:
        return [], list(glyphs)
    side = []
    for group in _groups(segments, edge.left, edge.left - _GAP * edge.size):
        if _has_words(group) and any(group[0].y <= one.y <= group[-1].y for one in prose):
            side += group
    return _parted(glyphs, side)


def _beside_title(segments: Sequence[_Segment], edge: ProseEdge) -> list[_Segment]:
    """What stands left of where the prose of other pages begins, if all else on its height stands clear of it."""
    left = [one for one in segments if one.right <= edge.left - _GAP * edge.size and one.left < edge.left / 2]
    top = next((one for one in left if _is_word(one)), None)
    if top is None:
        return []
    # What the browser prints in the margins begins elsewhere.
    first = top.y
    side = [one for one in left if one.y >= first and abs(one.left - top.left) <= edge.size / 2]
    if len(side) < _FEWEST_ENTRIES or not _has_words(side):
        return []
    clear = max(one.right for one in side) + _GAP * edge.size
    others = [one for one in segments if one not in side and first - 1 <= one.y <= side[-1].y + 1]
    return side if others and all(one.left >= clear for one in others) else []


def _has_words(group: Sequence[_Segment]) -> bool:
    return sum(map(_is_word, group)) >= _FEWEST_WORDS


def _is_word(segment: _Segment) -> bool:
    return sum(is_wide(glyph.text) for glyph in segment.glyphs) >= _WORD


def _parted(glyphs: Sequence[Glyph], side: Sequence[_Segment]) -> tuple[list[Glyph], list[Glyph]]:
    taken = {glyph for segment in side for glyph in segment.glyphs}
    return [glyph for glyph in glyphs if glyph in taken], [glyph for glyph in glyphs if glyph not in taken]


def _prose(segments: Sequence[_Segment], width: float) -> list[_Segment]:
    return [segment for segment in segments if segment.right - segment.left >= _PROSE * width]


def _edge_of(prose: Sequence[_Segment]) -> ProseEdge | None:
    if len(prose) < _FEWEST_PROSE:
        return None
    left = min(segment.left for segment in prose)
    return ProseEdge(left, median(segment.glyphs[0].size for segment in prose))


def _groups(segments: Sequence[_Segment], edge: float, limit: float) -> list[list[_Segment]]:
    """What stands left of ``limit``, top to bottom, parted where something left of the ``edge`` is not clear of it."""
    groups: list[list[_Segment]] = [[]]
    for segment in segments:
        if segment.right <= limit:
            groups[-1].append(segment)
        elif segment.left < edge - 1 and segment.left < max(
            (one.right + _GAP * segment.glyphs[0].size for one in groups[-1]), default=edge
        ):
            groups.append([])
    return [group for group in groups if len(group) >= _FEWEST_ENTRIES]


def _segments(glyphs: Sequence[Glyph]) -> list[_Segment]:
    ordered = sorted(glyphs, key=lambda glyph: (round(glyph.y), glyph.x))
    if not ordered:
        return []
    runs = [[ordered[0]]]
    for before, glyph in pairwise(ordered):
        together = round(before.y) == round(glyph.y) and glyph.room.left - before.room.right <= _GAP * glyph.size
        if together:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [_Segment(tuple(run)) for run in runs]
