"""Whether figures that were taken together for one row are those of a row, as far as their page shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from gkdesk.model.place import PagePlace, Place

_STROKES = frozenset("1/-—－一.")


class Printed(Protocol):
    """What is printed as one figure, where, and whether its characters are in doubt."""

    @property
    def text(self) -> str:
        """Its characters."""
        ...

    @property
    def place(self) -> Place:
        """Where it stands."""
        ...

    @property
    def doubt(self) -> str:
        """The code of a reason to doubt its characters; empty if there is none."""
        ...


def goes_back(figures: Sequence[Printed], widest: int) -> bool:
    """True if figures of several lines of a page, the fullest with ``widest``, do not follow each other to the right.

    Those of one row do, however it leans: a line that begins left of where the one before ended is another row, or a
    part of this one that was read before its turn.
    """
    if widest in (1, len(figures)):
        return False
    lefts = [figure.place.box.left for figure in figures if isinstance(figure.place, PagePlace)]
    return len(lefts) == len(figures) and any(after < before for before, after in pairwise(lefts))


def may_hold_dirt(figures: Sequence[Printed], width: int) -> bool:
    """True if a row of ``width`` figures of a page is full only with a stroke that was hardly recognised.

    A speck, or a piece of a frame or seal, is read as one; where a cell is blank it makes the row full, and the figures
    between both would count for the columns beside theirs.
    """
    if len(figures) != width or not all(isinstance(figure.place, PagePlace) for figure in figures):
        return False
    unsure = [figure for figure in figures if figure.doubt]
    return len(unsure) < len(figures) and any(figure.text in _STROKES for figure in unsure)
