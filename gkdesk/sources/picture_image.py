"""Pages of a picture file for the eye: put into a PDF in memory, which PDFium draws. A point is a pixel."""

from __future__ import annotations

import io

from PIL import Image

from gkdesk.sources.page_image import PageImages
from gkdesk.sources.raster import Pictures


def open_pages(data: bytes) -> PageImages:
    """The pages of a picture file, rendered on request; raises ``SourceError`` if it cannot be read."""
    stream = io.BytesIO()
    with Pictures(data) as pictures:
        pages = (Image.fromarray(pictures.page(number)) for number in range(1, len(pictures) + 1))
        first = next(pages)
        first.save(stream, "PDF", save_all=True, append_images=pages, resolution=72.0, quality=85)
    return PageImages(stream.getvalue())
