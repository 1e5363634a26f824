"""How wide the columns of a source's table should be, guessed from its texts; in ems (one Han character).

The source's own widths are not known, and sharing the room evenly would crush labels beside columns of single digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from unicodedata import east_asian_width

from gkdesk.model.content import Grid, GridCell

NARROW = 0.58
"""Width of a Latin letter or digit."""

_UNBREAKABLE = re.compile(r"[!-~]+")
_NARROWEST = 2.0
_WIDEST_LEAST = 7.0
_WIDEST_WISH = 18.0


@dataclass(frozen=True, slots=True)
class Width:
    """A column can be ``least`` wide and still be read; at ``wish`` its texts need not wrap, or not much."""

    least: float = _NARROWEST
    wish: float = _NARROWEST

    def widened(self, other: Width) -> Width:
        """Room for both."""
        return Width(max(self.least, other.least), max(self.wish, other.wish))


def text_width(text: str) -> float:
    """Width of the longest line of ``text``."""
    return max((_line_width(line) for line in text.split("\n")), default=0.0)


def column_widths(grid: Grid, columns: int) -> tuple[Width, ...]:
    """A width for each of the first ``columns`` columns."""
    widths = [Width()] * columns
    for cell in grid.cells:
        if cell.column_span == 1 and cell.column < columns:
            widths[cell.column] = widths[cell.column].widened(_width(cell.text))
    for cell in grid.cells:
        if cell.column_span > 1:
            _widen_spanned(widths, cell)
    return tuple(widths)


def share(widths: Sequence[Width], room: float) -> list[float]:
    """The columns' widths in ``room``; more than ``room`` together if less could not be read."""
    least = sum(width.least for width in widths)
    wish = sum(width.wish for width in widths)
    if room <= least:
        return [width.least for width in widths]
    if room < wish:
        part = (room - least) / (wish - least)
        return [width.least + (width.wish - width.least) * part for width in widths]
    return [width.wish * room / wish for width in widths]


def _width(text: str) -> Width:
    whole = text_width(text)
    longest_run = max((len(run) * NARROW for run in _UNBREAKABLE.findall(text)), default=0.0)
    least = min(max(_NARROWEST, sqrt(whole), longest_run), _WIDEST_LEAST)
    return Width(min(least, max(whole, _NARROWEST)), min(max(whole, _NARROWEST), _WIDEST_WISH))


def _widen_spanned(widths: list[Width], cell: GridCell) -> None:
    """A header over several columns needs its least width, too."""
    spanned = range(cell.column, min(cell.column + cell.column_span, len(widths)))
    needed = _width(cell.text).least
    present = sum(widths[column].least for column in spanned)
    if not spanned or present >= needed:
        return
    for column in spanned:
        wider = widths[column].least * needed / present
        widths[column] = Width(wider, max(wider, widths[column].wish))


def _line_width(line: str) -> float:
    return sum(1.0 if east_asian_width(character) in "WFA" else NARROW for character in line)
