"""The page as shown: visible box and rotation, converted once at the border."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gkdesk.model.place import Box

if TYPE_CHECKING:
    import pypdfium2


class Frame(NamedTuple):
    """From user space to the page as shown: x' = a x + c y + e, y' = b x + d y + f (origin top left, y down)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of user space is on the page as shown."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a rectangle of user space is on the page as shown."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def page_frame(page: pypdfium2.PdfPage) -> Frame:
    """The frame of a page: its visible box and its rotation."""
    left, bottom, right, top = page.get_bbox()
    match page.get_rotation():
        case 90:
            return Frame(0, 1, 1, 0, -bottom, -left, top - bottom, right - left)
        case 180:
            return Frame(-1, 0, 0, 1, right, -bottom, right - left, top - bottom)
        case 270:
            return Frame(0, -1, -1, 0, top, right, top - bottom, right - left)
    return Frame(1, 0, 0, -1, -left, top, right - left, top - bottom)
