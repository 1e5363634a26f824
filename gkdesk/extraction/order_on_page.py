"""Whether figures that were taken together for one row are those of a row, as far as their page shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from gkdesk.model.place import PagePlace

if TYPE_CHECKING:
    from gkdesk.extraction.figures import Figure

_STROKES = frozenset("1/-—－一.")


def goes_back(figures: Sequence[Figure], widest: int) -> bool:
    """True if figures of several lines of a page, the fullest with ``widest``, do not follow each other to the right.

    Those of one row do, however it leans: a line that begins left of where the one before ended is another row, or a
    part of this one that was read before its turn.
    """
    if widest in (1, len(figures)):
        return False
    lefts = [figure.place.box.left for figure in figures if isinstance(figure.place, PagePlace)]
    return len(lefts) == len(figures) and any(after < before for before, after in pairwise(lefts))


def may_hold_dirt(figures: Sequence[Figure], width: int) -> bool:
    """True if a row of ``width`` figures of a page is full only with a stroke that was hardly recognised.

    A speck, or a piece of a frame or seal, is read as one; where a cell is blank it makes the row full, and the figures
    between both would count for the columns beside theirs.
    """
    if len(figures) != width or not all(isinstance(figure.place, PagePlace) for figure in figures):
        return False
    unsure = [figure for figure in figures if figure.doubt]
    return len(unsure) < len(figures) and any(figure.text in _STROKES for figure in unsure)
