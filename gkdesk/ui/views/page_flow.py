"""Where the pages of a paged source lie on the desk: one below the other, centred, in logical pixels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize

from gkdesk.model.content import PageSize
from gkdesk.model.place import Box, turn_point

MARGIN = 14
GAP = 12


class PagePoint(NamedTuple):
    """A point in the units of the page as its file shows it; it may lie outside. ``page`` counts from 0."""

    page: int
    x: float
    y: float


class PageFlow:
    """The arrangement of all pages at one scale, each turned so that its print stands upright.

    Attributes:
        scale: logical pixels per unit of the pages.
        size: the whole desk, at least as wide as asked for.
    """

    def __init__(self, pages: Sequence[PageSize], scale: float, least_width: int = 0) -> None:
        self.scale = scale
        self._pages = pages
        self._index = {page.number: index for index, page in enumerate(pages)}
        sizes = [QSize(*(max(1, round(side * scale)) for side in page.upright)) for page in pages]
        width = max([least_width, *(size.width() + 2 * MARGIN for size in sizes)])
        self._rects: list[QRect] = []
        self._tops: list[int] = []
        top = MARGIN
        for size in sizes:
            self._rects.append(QRect((width - size.width()) // 2, top, size.width(), size.height()))
            self._tops.append(top)
            top += size.height() + GAP
        self.size = QSize(width, top - GAP + MARGIN if sizes else 0)

    def index_of(self, number: int) -> int | None:
        """Which page has that number, or None."""
        return self._index.get(number)

    def rect(self, index: int) -> QRect:
        """The page on the desk."""
        return self._rects[index]

    def between(self, top: float, bottom: float) -> range:
        """Indexes of the pages that show between two heights of the desk."""
        first = max(0, bisect_right(self._tops, top) - 1)
        if first < len(self._rects) and self._rects[first].bottom() < top:
            first += 1
        return range(first, max(first, bisect_right(self._tops, bottom)))

    def point_at(self, position: QPointF) -> PagePoint | None:
        """The point of the nearest page (by height) at a position of the desk; None without pages."""
        if not self._rects:
            return None
        index = max(0, bisect_right(self._tops, position.y()) - 1)
        rect, page = self._rects[index], self._pages[index]
        x, y = (position.x() - rect.left()) / self.scale, (position.y() - rect.top()) / self.scale
        return PagePoint(index, *turn_point(x, y, page.turn, *page.upright))

    def position_of(self, point: PagePoint) -> QPointF:
        """The inverse of :meth:`point_at`."""
        rect, page = self._rects[point.page], self._pages[point.page]
        x, y = turn_point(point.x, point.y, -page.turn, page.width, page.height)
        return QPointF(rect.left() + x * self.scale, rect.top() + y * self.scale)

    def rect_of(self, number: int, box: Box) -> QRectF | None:
        """A box of the page with that number, on the desk; None if there is no such page."""
        index = self._index.get(number)
        if index is None:
            return None
        return QRectF(
            self.position_of(PagePoint(index, box.left, box.top)),
            self.position_of(PagePoint(index, box.right, box.bottom)),
        ).normalized()

    def is_on_page(self, point: PagePoint) -> bool:
        """True if the point lies on its page and not in the gaps around it."""
        page = self._pages[point.page]
        return 0 <= point.x <= page.width and 0 <= point.y <= page.height
