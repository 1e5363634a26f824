"""The places on pages that belong to cells of the form, to be found by where the mouse is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gkdesk.model.cellref import CellRef
from gkdesk.model.place import Box, PagePlace, Place

CLICK_MARGIN = 7.0
"""How near a click must be to the box of a target, in units of the page: boxes hold the ink of a figure, people point
at its cell."""


@dataclass(frozen=True, slots=True)
class PageTarget:
    """A cell of the form and its place."""

    ref: CellRef
    place: PagePlace


class PageTargets:
    """The targets of a document by page; places that are not on pages are passed over."""

    def __init__(self, places: Mapping[CellRef, Place]) -> None:
        self._by_page: dict[int, list[PageTarget]] = {}
        for ref, place in places.items():
            if isinstance(place, PagePlace):
                self._by_page.setdefault(place.page, []).append(PageTarget(ref, place))

    def at(self, page: int, x: float, y: float) -> PageTarget | None:
        """The target at or near a point of the page with that number; the nearest if there are several."""
        near = [target for target in self._by_page.get(page, ()) if target.place.box.contains(x, y, CLICK_MARGIN)]
        return min(near, key=lambda target: _distance(target.place.box, x, y), default=None)

    def of(self, place: PagePlace) -> PageTarget | None:
        """The target that stands exactly there."""
        return next((target for target in self._by_page.get(place.page, ()) if target.place == place), None)


def _distance(box: Box, x: float, y: float) -> tuple[float, float]:
    """How far a point is from a box (0 inside), then from its middle."""
    outside = max(box.left - x, x - box.right, box.top - y, y - box.bottom, 0.0)
    middle_x, middle_y = box.centre
    return outside, abs(middle_x - x) + abs(middle_y - y)
