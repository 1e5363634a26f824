"""Straight rules of a PDF page: stroked lines, thin filled areas, frames, and the edges of coloured areas.

Called under the engine lock, like everything that touches PDFium.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, NamedTuple

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Rules
from gkdesk.sources.layout.path_rules import (
    MOST_OBJECTS,
    MOST_PATHS,
    MOST_POINTS,
    THICKEST,
    Matrix,
    PathRules,
    Point,
    TooMuchOnPage,
    apply,
    bounds,
    times,
)
from gkdesk.sources.pdf.frame import Frame

if TYPE_CHECKING:
    import pypdfium2

_DEEPEST = 12
_RECTANGLE = 5
"""Segments of a path that is a rectangle."""


class _Paint(NamedTuple):
    stroked: bool
    visible: bool


def read_rules(page: pypdfium2.PdfPage, frame: Frame) -> Rules:
    """All rules of a page, in the page as shown; raises :class:`TooMuchOnPage`."""
    collected = _Collector(frame)
    collected.walk_page(page)
    return collected.found.rules()


class _Collector:
    def __init__(self, frame: Frame) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._frame = frame
        self._paths = 0
        self._objects = 0
        self._edges = [ctypes.c_float() for _ in range(4)]
        self.found = PathRules(frame.width, frame.height)

    def walk_page(self, page: pypdfium2.PdfPage) -> None:
        raw = self._raw
        frame = self._frame
        start: Matrix = (frame.a, frame.b, frame.c, frame.d, frame.e, frame.f)
        for index in range(raw.FPDFPage_CountObjects(page.raw)):
            self._walk(raw.FPDFPage_GetObject(page.raw, index), start, 0)

    def _walk(self, item: Any, outer: Matrix, depth: int) -> None:
        raw = self._raw
        self._objects += 1
        if self._objects > MOST_OBJECTS:
            raise TooMuchOnPage
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._paths += 1
            if self._paths > MOST_PATHS:
                raise TooMuchOnPage
            self._take_path(item, times(self._matrix(item), outer), depth)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._take_image(times(self._matrix(item), outer))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = times(self._matrix(item), outer)
            for index in range(raw.FPDFFormObj_CountObjects(item)):
                self._walk(raw.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _matrix(self, item: Any) -> Matrix:
        matrix = self._raw.FS_MATRIX()
        if not self._raw.FPDFPageObj_GetMatrix(item, matrix):
            return (1, 0, 0, 1, 0, 0)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _take_image(self, matrix: Matrix) -> None:
        """Some printers draw rules as pictures one pixel thick."""
        corners = [apply(matrix, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        self.found.add_thin(bounds(corners))

    def _take_path(self, item: Any, matrix: Matrix, depth: int) -> None:
        paint = self._paint(item)
        if not paint.visible:
            return
        dot = self._dot(item) if depth == 0 and not paint.stroked else None
        if dot is not None:
            self.found.add_thin(dot)
            return
        pieces, curved = self._subpaths(item, matrix)
        self.found.add_path(pieces, curved, paint.stroked)

    def _dot(self, item: Any) -> Box | None:
        """The area of a rectangle no larger than a rule is thick: dotted borders are made of tens of thousands."""
        raw, edges = self._raw, self._edges
        if raw.FPDFPath_CountSegments(item) > _RECTANGLE or not raw.FPDFPageObj_GetBounds(item, *edges):
            return None
        left, bottom, right, top = (edge.value for edge in edges)
        small = 0 < right - left <= THICKEST and 0 < top - bottom <= THICKEST
        return self._frame.box(left, bottom, right, top) if small else None

    def _paint(self, item: Any) -> _Paint:
        raw = self._raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if stroke.value and self._shows(raw.FPDFPageObj_GetStrokeColor, item):
            return _Paint(True, True)
        if fill.value and self._shows(raw.FPDFPageObj_GetFillColor, item):
            return _Paint(False, True)
        return _Paint(False, False)

    def _shows(self, colour_of: Any, item: Any) -> bool:
        """True unless the colour is white or transparent: such rules part nothing for the eye."""
        parts = [ctypes.c_uint() for _ in range(4)]
        if not colour_of(item, *parts):
            return True
        red, green, blue, alpha = (part.value for part in parts)
        return alpha > 8 and min(red, green, blue) < 250

    def _subpaths(self, item: Any, matrix: Matrix) -> tuple[list[list[Point]], bool]:
        """The runs of straight lines of a path, and whether it has curves."""
        raw = self._raw
        count = raw.FPDFPath_CountSegments(item)
        if count > MOST_POINTS:
            return [], False
        x, y = ctypes.c_float(), ctypes.c_float()
        runs: list[list[Point]] = [[]]
        curved = False
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if kind != raw.FPDF_SEGMENT_LINETO:
                runs.append([])
                curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            runs[-1].append(apply(matrix, x.value, y.value))
            if raw.FPDFPathSegment_GetClose(segment) and len(runs[-1]) > 2:
                runs[-1].append(runs[-1][0])
                runs.append([])
        return [points for points in runs if len(points) > 1], curved
