"""The pictures that a page of a PDF draws: where, and how fine."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from gkdesk.model.place import Box
from gkdesk.sources.pictures.pictured_pages import Picture

if TYPE_CHECKING:
    import pypdfium2

    from gkdesk.sources.pdf.frame import Frame

_MOST_OBJECTS = 20_000


def pictures_of(page: pypdfium2.PdfPage, frame: Frame) -> tuple[Picture, ...]:
    """The pictures of a page; call it under the engine lock."""
    from pypdfium2 import raw

    found = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    across, down = ctypes.c_uint(), ctypes.c_uint()
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_IMAGE and raw.FPDFPageObj_GetBounds(
            thing, left, bottom, right, top
        ):
            box = frame.box(left.value, bottom.value, right.value, top.value)
            shown = Box(max(box.left, 0), max(box.top, 0), min(box.right, frame.width), min(box.bottom, frame.height))
            raw.FPDFImageObj_GetImagePixelSize(thing, across, down)
            # Both sides may be swapped by a rotation: what counts is the area.
            area = max((box.right - box.left) * (box.bottom - box.top), 1.0)
            found.append(Picture(shown, (across.value * down.value / area) ** 0.5))
    return tuple(found)
