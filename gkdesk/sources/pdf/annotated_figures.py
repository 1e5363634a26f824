"""Figures that somebody marked on the page as wrong: struck out, scribbled through or covered by an annotation.

Annotations are no part of the text, so the figure below one reads as if nothing were there. Highlights, underlines
and notes beside the text change no figure and are left alone; a seal put on as a stamp is taller than a line.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Glyph
from gkdesk.sources.pdf.frame import Frame

if TYPE_CHECKING:
    import pypdfium2

_MOST_ANNOTATIONS = 2000
_MOST_POINTS = 20_000
"""Of a page: somebody who scribbles over all of it makes a few thousand."""
_STEP = 2.0
"""Points between the places at which a stroke is looked at: less than the width of a digit."""
_LINE_HIGH = 30.0
"""Points: a stamp that is lower was put over one line of text."""
_UNSEEN = 0b100011
"""Flags of an annotation that is invisible, hidden, or not shown on a screen."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """Where annotations change what a page says, on the page as shown: points of strokes, and areas."""

    strokes: tuple[tuple[float, float], ...] = ()
    struck: tuple[Box, ...] = ()
    covered: tuple[Box, ...] = ()

    def struck_out(self, digit: Box) -> bool:
        """Whether a stroke runs through a digit."""
        return any(area.contains(*digit.centre) for area in self.struck) or any(
            digit.contains(x, y) for x, y in self.strokes
        )

    def hides(self, digit: Box) -> bool:
        """Whether something is laid over a digit."""
        return any(area.contains(*digit.centre) for area in self.covered)

    def __bool__(self) -> bool:
        return bool(self.strokes or self.struck or self.covered)


def annotated(page: pypdfium2.PdfPage, frame: Frame) -> Annotated:
    """What is marked on a page; call it under the engine's lock."""
    from pypdfium2 import raw

    strokes: list[tuple[float, float]] = []
    struck: list[Box] = []
    covered: list[Box] = []
    for annotation in _shown(page):
        match raw.FPDFAnnot_GetSubtype(annotation):
            case raw.FPDF_ANNOT_STRIKEOUT:
                struck += [frame.box(*area) for area in _quads(annotation)]
            case raw.FPDF_ANNOT_INK:
                for path in _ink(annotation):
                    strokes += _along(path, _MOST_POINTS - len(strokes))
            case raw.FPDF_ANNOT_LINE:
                strokes += _along(_ends(annotation), _MOST_POINTS - len(strokes))
            case raw.FPDF_ANNOT_REDACT:
                covered += [frame.box(*area) for area in _bounds(annotation)]
            case raw.FPDF_ANNOT_SQUARE | raw.FPDF_ANNOT_CIRCLE | raw.FPDF_ANNOT_POLYGON:
                if raw.FPDFAnnot_HasKey(annotation, b"IC"):
                    covered += [frame.box(*area) for area in _bounds(annotation)]
            case raw.FPDF_ANNOT_STAMP:
                boxes = [frame.box(*area) for area in _bounds(annotation)]
                covered += [box for box in boxes if box.bottom - box.top < _LINE_HIGH]
    return Annotated(tuple(frame.point(x, y) for x, y in strokes), tuple(struck), tuple(covered))


def struck_digits(glyphs: Iterable[Glyph], marked: Annotated, shown: Callable[[Box], Box]) -> frozenset[Glyph]:
    """The digits through which a stroke runs; ``shown`` gives the box of a character on the page as shown."""
    return frozenset(glyph for glyph in glyphs if glyph.text.isdecimal() and marked.struck_out(shown(glyph.box)))


def covered_digits(glyphs: Iterable[Glyph], marked: Annotated, shown: Callable[[Box], Box]) -> frozenset[Glyph]:
    """The digits over which something is laid."""
    return frozenset(glyph for glyph in glyphs if glyph.text.isdecimal() and marked.hides(shown(glyph.box)))


def _shown(page: pypdfium2.PdfPage) -> Iterator[Any]:
    from pypdfium2 import raw

    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        with _opened(page, index) as annotation:
            if annotation and not raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                yield annotation


@contextmanager
def _opened(page: pypdfium2.PdfPage, index: int) -> Iterator[Any]:
    from pypdfium2 import raw

    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    try:
        yield annotation
    finally:
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)


def _quads(annotation: Any) -> Iterator[tuple[float, float, float, float]]:
    from pypdfium2 import raw

    quad = raw.FS_QUADPOINTSF()
    for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), _MOST_ANNOTATIONS)):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield min(xs), min(ys), max(xs), max(ys)


def _ink(annotation: Any) -> Iterator[list[tuple[float, float]]]:
    from pypdfium2 import raw

    for index in range(min(raw.FPDFAnnot_GetInkListCount(annotation), _MOST_ANNOTATIONS)):
        count = min(raw.FPDFAnnot_GetInkListPath(annotation, index, None, 0), _MOST_POINTS)
        points = (raw.FS_POINTF * count)()
        if count and raw.FPDFAnnot_GetInkListPath(annotation, index, points, count) == count:
            yield [(point.x, point.y) for point in points]


def _ends(annotation: Any) -> list[tuple[float, float]]:
    from pypdfium2 import raw

    start, end = raw.FS_POINTF(), raw.FS_POINTF()
    if not raw.FPDFAnnot_GetLine(annotation, ctypes.byref(start), ctypes.byref(end)):
        return []
    return [(start.x, start.y), (end.x, end.y)]


def _bounds(annotation: Any) -> Iterator[tuple[float, float, float, float]]:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    if raw.FPDFAnnot_GetRect(annotation, box):
        yield box.left, box.bottom, box.right, box.top


def _along(path: list[tuple[float, float]], most: int) -> list[tuple[float, float]]:
    """Places along a stroke, its turns and between them."""
    found = path[:1]
    for (x0, y0), (x1, y1) in itertools.pairwise(path):
        length = hypot(x1 - x0, y1 - y0)
        steps = int(min(max(length / _STEP, 1), _MOST_POINTS))
        if len(found) + steps > most:
            break
        found += [(x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps) for step in range(1, steps + 1)]
    return found
