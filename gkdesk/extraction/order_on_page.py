"""Whether figures that were taken together for one row follow each other on their page as those of a row do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from gkdesk.model.place import PagePlace

if TYPE_CHECKING:
    from gkdesk.extraction.figures import Figure


def goes_back(figures: Sequence[Figure], widest: int) -> bool:
    """True if figures of several lines of a page, the fullest with ``widest``, do not follow each other to the right.

    Those of one row do, however it leans: a line that begins left of where the one before ended is another row, or a
    part of this one that was read before its turn.
    """
    if widest in (1, len(figures)):
        return False
    lefts = [figure.place.box.left for figure in figures if isinstance(figure.place, PagePlace)]
    return len(lefts) == len(figures) and any(after < before for before, after in pairwise(lefts))
