"""Which filled areas and small pictures of an OFD page lie over a place, and which dark ones below it."""

from __future__ import annotations

from gkdesk.model.place import Box
from gkdesk.sources.ofd.drawing import Colour, Drawing, DrawnPath
from gkdesk.sources.ofd.paths import straight_runs

_MOST_AREAS = 2_000
_OPAQUE = 250
_DARK = 128
_LINE_HIGH = 30.0
"""Points: a picture that is lower was put over one line of text; a seal is higher, and one sees through it."""
_THIN = 3.6
"""Points: an area this thin is a rule."""


class Areas:
    """The rectangles that are filled on a page, in the order in which they are drawn."""

    def __init__(self, drawing: Drawing) -> None:
        filled = (path for path in drawing.paths if path.fill is not None and path.fill.alpha >= _OPAQUE)
        boxed = ((_rectangle(path), path) for path in filled)
        found = [(box, path.order, path.fill) for box, path in boxed if box is not None and path.fill is not None]
        self._filled = found[:_MOST_AREAS]
        boxes = [(picture.box, picture.order) for picture in drawing.pictures]
        self._low = [(box, order) for box, order in boxes if _THIN < box.bottom - box.top < _LINE_HIGH][:_MOST_AREAS]

    def covers(self, spot: tuple[float, float], order: int) -> bool:
        """Whether something is drawn over a place after what has that ``order``."""
        return any(later > order and box.contains(*spot) for box, later, _ in self._filled) or any(
            later > order and box.contains(*spot) for box, later in self._low
        )

    def is_dark(self, spot: tuple[float, float], order: int) -> bool:
        """Whether a place has a dark ground before what has that ``order`` is drawn."""
        under = [colour for box, before, colour in self._filled if before < order and box.contains(*spot)]
        return bool(under) and _brightness(under[-1]) < _DARK


def _rectangle(path: DrawnPath) -> Box | None:
    """The area of a path that is one upright rectangle and no rule; a frame of two is none."""
    runs, curved = straight_runs(path.segments)
    outlines = [run for run in runs if len(run) > 1]
    if curved or len(outlines) != 1:
        return None
    xs, ys = sorted({round(x, 1) for x, _ in outlines[0]}), sorted({round(y, 1) for _, y in outlines[0]})
    if len(xs) != 2 or len(ys) != 2 or min(xs[1] - xs[0], ys[1] - ys[0]) <= _THIN:
        return None
    return Box(xs[0], ys[0], xs[1], ys[1])


def _brightness(colour: Colour) -> float:
    return (colour.red * 299 + colour.green * 587 + colour.blue * 114) / 1000
