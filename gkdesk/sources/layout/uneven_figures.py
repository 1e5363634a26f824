"""Cells whose digits do not look alike: the mark of a note, or a watermark that runs through the cell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from gkdesk.sources.layout.marks import Glyph
from gkdesk.sources.layout.ruled_grid import RuledCell

_OTHER_SIZE = 0.12
"""Share of its size by which one digit of a number is larger than another only if they were not written together."""
_OTHER_HEIGHT = 0.06
"""Of the size, by which the baselines of digits of one number differ; rounding in files is far below."""
_ONE_LINE = 0.6
"""Of the size: digits further below each other stand on two lines of the cell."""

_STRAY = 0.05
"""Share of a page's digits that may be dark, a page number say, where all its tables are printed pale."""


def uneven_cells(cells: Mapping[RuledCell, Sequence[Glyph]], pale: Collection[Glyph] = ()) -> Iterator[RuledCell]:
    """The cells in which a figure holds digits of two sizes, at two heights, or one of the ``pale`` ones."""
    for cell, glyphs in cells.items():
        digits = [glyph for glyph in glyphs if glyph.text.isdecimal() and glyph.turn == 0]
        if any(glyph in pale for glyph in digits) or _is_uneven(digits):
            yield cell


def pale_digits(glyphs: Sequence[Glyph]) -> frozenset[Glyph]:
    """The digits printed pale, on a line on which nothing is printed dark: of a watermark, until someone has looked.

    None on a page without dark digits. A watermark may have more digits than a table whose cells are mostly empty.
    """
    digits = [glyph for glyph in glyphs if glyph.text.isdecimal()]
    pale = [glyph for glyph in digits if glyph.pale]
    if not pale or len(digits) - len(pale) <= _STRAY * len(digits):
        return frozenset()
    heights = sorted(glyph.y for glyph in glyphs if not glyph.pale and glyph.turn == 0)
    return frozenset(glyph for glyph in pale if not _has_near(heights, glyph.y, _OTHER_HEIGHT * glyph.size))


def _has_near(numbers: Sequence[float], number: float, near: float) -> bool:
    index = bisect_left(numbers, number - near)
    return index < len(numbers) and numbers[index] <= number + near


def _is_uneven(digits: Sequence[Glyph]) -> bool:
    for before, after in pairwise(sorted(digits, key=lambda glyph: glyph.x)):
        size = max(before.size, after.size)
        apart = abs(before.y - after.y)
        if apart <= _ONE_LINE * size and (
            apart > _OTHER_HEIGHT * size
            or abs(before.size - after.size) > _OTHER_SIZE * size
            or before.pale != after.pale
        ):
            return True
    return False
