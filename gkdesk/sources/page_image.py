"""Pages of a PDF as pixels, on request; owns the one lock under which PDFium, which is not thread safe, is entered."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from gkdesk.errors import SourceError
from gkdesk.model.content import PageSize

if TYPE_CHECKING:
    import pypdfium2

ENGINE_LOCK = threading.Lock()
"""Held by every use of PDFium anywhere in the program."""

MOST_PIXELS = 40_000_000
"""Of one picture: 160 MB; a larger wish is rendered at a smaller scale."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture of a page: 4 bytes a pixel (blue, green, red, unused), rows of ``stride`` bytes, top row first."""

    width: int
    height: int
    stride: int
    pixels: bytes


class Pages(Protocol):
    """The pages of a document as pictures."""

    def size(self, page: int) -> PageSize:
        """Size of page ``page`` (from 1) in points; raises like :meth:`PageImages.size`."""
        ...

    def render(self, page: int, scale: float) -> PageImage:
        """Page ``page`` (from 1) at ``scale`` pixels a point; raises like :meth:`PageImages.render`."""
        ...

    def close(self) -> None:
        """Let go of the document; may be called twice."""
        ...


class PageImages:
    """Renders the pages of one PDF. The document is opened when first needed; safe to use from any thread."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        self._data = data
        self._password = password
        self._document: pypdfium2.PdfDocument | None = None
        self._closed = False

    def __enter__(self) -> PageImages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def size(self, page: int) -> PageSize:
        """Size of page ``page`` (from 1) as shown, in points, the units of its boxes at scale 1.

        Raises ``SourceError`` if the PDF cannot be opened and ``IndexError`` if it has no such page.
        """
        with ENGINE_LOCK:
            document = self._open()
            width, height = document.get_page_size(_index(document, page))
            return PageSize(page, width, height)

    def render(self, page: int, scale: float) -> PageImage:
        """Page ``page`` (from 1) at ``scale`` pixels a point, on white.

        The scale is lowered where the picture would exceed :data:`MOST_PIXELS`; ``width`` and ``height`` tell.
        Raises ``SourceError`` if the PDF or the page is damaged and ``IndexError`` if it has no such page.
        """
        with ENGINE_LOCK:
            document = self._open()
            sheet = _load(document, _index(document, page))
            try:
                return _render(sheet, _clamp(scale, *sheet.get_size()))
            finally:
                sheet.close()

    def close(self) -> None:
        """Let go of the document; may be called twice."""
        with ENGINE_LOCK:
            self._closed = True
            if self._document is not None:
                self._document.close()
                self._document = None

    def _open(self) -> pypdfium2.PdfDocument:
        if self._closed:
            raise ValueError("the page images are closed")
        if self._document is None:
            self._document = open_document(self._data, self._password)
        return self._document


def open_document(data: bytes, password: str | None) -> pypdfium2.PdfDocument:
    """The PDF opened by PDFium; call it under :data:`ENGINE_LOCK`.

    Raises ``SourceError`` ``source.encrypted``, ``source.wrong-password`` or ``source.broken``.
    """
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise SourceError("source.wrong-password" if password else "source.encrypted") from error
        raise SourceError("source.broken") from error


def _index(document: pypdfium2.PdfDocument, page: int) -> int:
    if not 1 <= page <= len(document):
        raise IndexError(page)
    return page - 1


def _clamp(scale: float, width: float, height: float) -> float:
    wished = max(scale, 0.01)
    largest = math.sqrt(MOST_PIXELS / max(width * height, 1.0))
    # Rendering rounds both sides up to whole pixels, so stay a little below.
    return min(wished, largest * 0.999)


def _load(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    import pypdfium2

    try:
        return document[index]
    except pypdfium2.PdfiumError as error:
        raise SourceError("source.broken") from error


def _render(sheet: pypdfium2.PdfPage, scale: float) -> PageImage:
    bitmap = sheet.render(scale=scale, force_bitmap_format=_four_bytes(), maybe_alpha=False, draw_annots=True)
    try:
        return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()


def _four_bytes() -> int:
    import pypdfium2

    return int(pypdfium2.raw.FPDFBitmap_BGRx)
