"""Words that run on under the figures beside them: a sheet cuts off on paper what its cell has no room for.

The file keeps the words whole. Ordered by where its characters stand, a line would then be `禁止0公开`, and the first
figure of the row a part of the label; so would a figure be that stands right behind the words, as in `稳定”0`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.layout.marks import Glyph

_TOUCHING = 0.15
"""Of the font size: characters of words that were written one after the other stand no further apart."""
_OVER = 0.1
"""Of the font size, by which a figure and a character of the words share their width."""
_APART = 0.75
"""Of the font size between the cells of a row."""
_CLOSING = "”’)"
_SAME_LINE = 0.03
"""Of the font size, by which lines and sizes of one text differ at most."""
_LEVEL = 0.1
"""Of the font size: what stands higher or lower belongs to another line."""


def words_before_figures(written: Sequence[Glyph], placed: Sequence[Glyph]) -> list[Glyph]:
    """The characters of a line left to right, but words before the figures that are printed over them.

    ``written`` are they in the order of the file, ``placed`` from left to right. A figure is over words if characters
    that follow one another in the file without a gap go on on both of its sides: then no place is left between them
    where it could belong.
    """
    if not any(_is_over(one, other) for one, other in pairwise(placed)):
        return list(placed)
    runs = _runs(written)
    words = [run for run in runs if sum(is_wide(glyph.text) for glyph in run) > 1]
    figures = [run for run in runs if not any(is_wide(glyph.text) for glyph in run)]
    held = [run for run in words if any(_stands_in(figure, run) for figure in figures)]
    if not held or any(_stands_in(other, run) for run in held for other in words if other is not run):
        return list(placed)
    first = {id(glyph): run[0].x for run in held for glyph in run}
    return sorted(placed, key=lambda glyph: first.get(id(glyph), glyph.x))


def figures_behind_words(written: Sequence[Glyph], placed: Sequence[Glyph]) -> set[int]:
    """The ids of the first characters of figures that touch the words before them, though they are no part of them.

    The file has them elsewhere, or their line is another by little: what is written in one go stands on one line.
    Behind such a figure is the gap to the next column, or nothing: else it is a number within a sentence.
    """
    touched = [
        number
        for number, (one, other) in enumerate(pairwise(placed), start=1)
        if _is_of_words(one) and other.text.isdecimal() and other.room.left - one.room.right <= _APART * one.size
    ]
    if not touched:
        return set()
    follows = {id(one): id(other) for one, other in pairwise(written)}
    return {
        id(placed[number])
        for number in touched
        if (
            follows.get(id(placed[number - 1])) != id(placed[number])
            or _is_level_apart(*placed[number - 1 : number + 1])
        )
        and _ends_apart(placed[number:])
    }


def _is_level_apart(one: Glyph, other: Glyph) -> bool:
    return abs(one.y - other.y) > _SAME_LINE * one.size and abs(one.size - other.size) <= _SAME_LINE * one.size


def _is_of_words(glyph: Glyph) -> bool:
    return is_wide(glyph.text) or glyph.text in _CLOSING


def _ends_apart(placed: Sequence[Glyph]) -> bool:
    """True if the figure with which these characters begin ends before a gap, or with them."""
    for one, other in pairwise(placed):
        if other.room.left - one.room.right > _APART * one.size:
            return True
        if is_wide(other.text):
            return False
    return True


def _is_over(one: Glyph, other: Glyph) -> bool:
    """True if a character of words and one of a figure share their width at the same height."""
    size = min(one.size, other.size)
    shared = min(one.room.right, other.room.right) - max(one.room.left, other.room.left)
    return is_wide(one.text) != is_wide(other.text) and shared > _OVER * size and abs(one.y - other.y) <= _LEVEL * size


def _runs(written: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters that follow one another in the file and on the page without a gap."""
    runs: list[list[Glyph]] = []
    for glyph in written:
        before = runs[-1][-1] if runs else None
        if before is not None and abs(glyph.room.left - before.room.right) <= _TOUCHING * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _stands_in(inner: Sequence[Glyph], run: Sequence[Glyph]) -> bool:
    """True if one run begins within the other."""
    return run[0].room.left < inner[0].box.centre[0] < run[-1].room.right
