"""Straight rules of a PDF page: stroked lines, thin filled areas, frames, and the edges of coloured areas.

Called under the engine lock, like everything that touches PDFium.
"""

from __future__ import annotations

import ctypes
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Any, NamedTuple

from gkdesk.model.place import Box
from gkdesk.sources.marks import Rule, Rules
from gkdesk.sources.pdf_frame import Frame, TooMuchOnPage

if TYPE_CHECKING:
    import pypdfium2

MOST_OBJECTS = 300_000
MOST_PATHS = 100_000
"""Drawings with more are maps or charts, and would take minutes."""

_MOST_POINTS = 20_000
_DEEPEST = 12
_THICKEST = 3.6
"""Points: a filled area this thin is a rule. Heavy table borders are 3 points."""
_LONG_SIDE = 30.0
_ALIKE = 0.8
"""Points: how far a line may lean and still count as straight."""

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]


class _Paint(NamedTuple):
    stroked: bool
    visible: bool


def read_rules(page: pypdfium2.PdfPage, frame: Frame) -> Rules:
    """All rules of a page, in the page as shown; raises :class:`TooMuchOnPage`."""
    collected = _Collector(frame)
    collected.walk_page(page)
    return Rules(
        tuple(collected.horizontal),
        tuple(collected.vertical),
        tuple(collected.faint_horizontal),
        tuple(collected.faint_vertical),
    )


class _Collector:
    def __init__(self, frame: Frame) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._frame = frame
        self._paths = 0
        self._objects = 0
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.faint_horizontal: list[Rule] = []
        self.faint_vertical: list[Rule] = []

    def walk_page(self, page: pypdfium2.PdfPage) -> None:
        raw = self._raw
        frame = self._frame
        start: _Matrix = (frame.a, frame.b, frame.c, frame.d, frame.e, frame.f)
        for index in range(raw.FPDFPage_CountObjects(page.raw)):
            self._walk(raw.FPDFPage_GetObject(page.raw, index), start, 0)

    def _walk(self, item: Any, outer: _Matrix, depth: int) -> None:
        raw = self._raw
        self._objects += 1
        if self._objects > MOST_OBJECTS:
            raise TooMuchOnPage
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._paths += 1
            if self._paths > MOST_PATHS:
                raise TooMuchOnPage
            self._take_path(item, _times(self._matrix(item), outer))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._take_image(_times(self._matrix(item), outer))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(self._matrix(item), outer)
            for index in range(raw.FPDFFormObj_CountObjects(item)):
                self._walk(raw.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _matrix(self, item: Any) -> _Matrix:
        matrix = self._raw.FS_MATRIX()
        if not self._raw.FPDFPageObj_GetMatrix(item, matrix):
            return (1, 0, 0, 1, 0, 0)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _take_image(self, matrix: _Matrix) -> None:
        """Some printers draw rules as pictures one pixel thick."""
        corners = [_apply(matrix, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        self._add_thin(_bounds(corners))

    def _take_path(self, item: Any, matrix: _Matrix) -> None:
        paint = self._paint(item)
        if not paint.visible:
            return
        pieces, curved = self._subpaths(item, matrix)
        if paint.stroked:
            for points in pieces:
                # Of an outline with curves only long straight sides are rules: the rest are strokes of characters.
                self._add_strokes(points, _LONG_SIDE if curved else 0.0)
        # A filled outline with curves is a character or a drawing.
        elif not curved:
            self._add_fills([points for points in pieces if len(points) >= 4])

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

    def _subpaths(self, item: Any, matrix: _Matrix) -> tuple[list[list[_Point]], bool]:
        """The runs of straight lines of a path, and whether it has curves."""
        raw = self._raw
        count = raw.FPDFPath_CountSegments(item)
        if count > _MOST_POINTS:
            return [], False
        x, y = ctypes.c_float(), ctypes.c_float()
        runs: list[list[_Point]] = [[]]
        curved = False
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if kind != raw.FPDF_SEGMENT_LINETO:
                runs.append([])
                curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            runs[-1].append(_apply(matrix, x.value, y.value))
            if raw.FPDFPathSegment_GetClose(segment) and len(runs[-1]) > 2:
                runs[-1].append(runs[-1][0])
                runs.append([])
        return [points for points in runs if len(points) > 1], curved

    def _add_strokes(self, points: list[_Point], shortest: float) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            length = hypot(x1 - x0, y1 - y0)
            lean = max(_ALIKE, 0.01 * length)
            if length < shortest:
                continue
            if abs(y1 - y0) <= lean and abs(x1 - x0) > abs(y1 - y0):
                self._add_horizontal(self.horizontal, (y0 + y1) / 2, x0, x1)
            elif abs(x1 - x0) <= lean and abs(y1 - y0) > abs(x1 - x0):
                self._add_vertical(self.vertical, (x0 + x1) / 2, y0, y1)

    def _add_fills(self, pieces: list[list[_Point]]) -> None:
        areas = [_bounds(points) for points in pieces]
        if len(areas) == 2 and _is_frame(*areas):
            outer, inner = areas
            self._add_edges(_middle(outer, inner), self.horizontal, self.vertical)
            return
        for points, area in zip(pieces, areas, strict=True):
            if not self._add_thin(area) and _is_rectangle(points):
                self._add_edges(area, self.faint_horizontal, self.faint_vertical)

    def _add_thin(self, area: Box) -> bool:
        """Take an area as a rule if it is thin enough; says whether it was."""
        low, narrow = area.bottom - area.top <= _THICKEST, area.right - area.left <= _THICKEST
        # A dot of a dotted rule is both: it may belong to a rule in either direction.
        if low:
            self._add_horizontal(self.horizontal, (area.top + area.bottom) / 2, area.left, area.right)
        if narrow:
            self._add_vertical(self.vertical, (area.left + area.right) / 2, area.top, area.bottom)
        return low or narrow

    def _add_edges(self, area: Box, horizontal: list[Rule], vertical: list[Rule]) -> None:
        for y in (area.top, area.bottom):
            self._add_horizontal(horizontal, y, area.left, area.right)
        for x in (area.left, area.right):
            self._add_vertical(vertical, x, area.top, area.bottom)

    def _add_horizontal(self, rules: list[Rule], y: float, start: float, end: float) -> None:
        start, end = max(min(start, end), 0.0), min(max(start, end), self._frame.width)
        if end > start and -_THICKEST <= y <= self._frame.height + _THICKEST:
            rules.append(Rule(y, start, end))

    def _add_vertical(self, rules: list[Rule], x: float, start: float, end: float) -> None:
        start, end = max(min(start, end), 0.0), min(max(start, end), self._frame.height)
        if end > start and -_THICKEST <= x <= self._frame.width + _THICKEST:
            rules.append(Rule(x, start, end))


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: _Matrix, x: float, y: float) -> _Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(points: list[_Point]) -> Box:
    across = [x for x, _ in points]
    down = [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def _is_rectangle(points: list[_Point]) -> bool:
    area = _bounds(points)
    corners = {(abs(x - area.left) < _ALIKE, abs(y - area.top) < _ALIKE) for x, y in points}
    on_corner = all(
        min(abs(x - area.left), abs(x - area.right)) < _ALIKE and min(abs(y - area.top), abs(y - area.bottom)) < _ALIKE
        for x, y in points
    )
    return on_corner and len(corners) == 4


def _is_frame(outer: Box, inner: Box) -> bool:
    """True if two subpaths are the outer and inner edge of a border painted in one go."""
    gaps = (
        inner.left - outer.left,
        inner.top - outer.top,
        outer.right - inner.right,
        outer.bottom - inner.bottom,
    )
    return all(-0.01 <= gap <= _THICKEST for gap in gaps) and max(gaps) > 0


def _middle(outer: Box, inner: Box) -> Box:
    return Box(*((first + second) / 2 for first, second in zip(outer, inner, strict=True)))
