"""A row of figures without a label right behind one that has it: the same row again, of another year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gkdesk.extraction.figures import Unit

_YEAR = re.compile("(?:20\\d\\d|[今本去上]|上一)?年?度?")


def texts_of_row(unit: Unit, behind: Sequence[Unit]) -> set[tuple[str, ...]]:
    """The figures of a row, and those of one ``behind`` it that may be the same row again."""
    rows = [unit, *filter(is_row_again, behind)]
    return {tuple(figure.text if figure else "" for figure in row.cells or row.figures) for row in rows}


def is_row_again(unit: Unit) -> bool:
    """True for a whole row of figures with nothing but a year before it: it may be the one, or the row before it."""
    return unit.whole and not unit.blank and _YEAR.fullmatch(unit.before) is not None
