"""What the pages of a scanned document that were read so far tell of the next one."""

from __future__ import annotations

from dataclasses import dataclass

from gkdesk.sources.pictures.rules.scanned_columns import ColumnsBefore

_SAME = 0.02
"""Share of their width or height by which sheets of one document may differ in size."""


@dataclass(slots=True)
class PagesBefore(ColumnsBefore):
    """Handed from page to page: the columns of the last table, and where two pages beside each other part.

    ``sheet`` is the size in pixels, width and height, of the last sheet with two pages, and ``gutter`` the share of its
    width at which these meet; 0 while there was none.
    """

    sheet: tuple[int, int] = (0, 0)
    gutter: float = 0.0

    def gutter_of(self, size: tuple[int, int]) -> float | None:
        """Where sheets of a size, width and height in pixels, were parted before; None if none were."""
        alike = all(abs(one - other) <= _SAME * one for one, other in zip(size, self.sheet, strict=True))
        return self.gutter if self.gutter and alike else None
