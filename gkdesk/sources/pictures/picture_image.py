"""Pages of a picture file for the eye, unpacked one at a time: a file of a few kilobytes may hold many. A point is a
pixel.
"""

from __future__ import annotations

import math
import threading
from types import TracebackType

from PIL import Image

from gkdesk.model.content import PageSize
from gkdesk.sources.page_image import MOST_PIXELS, PageImage
from gkdesk.sources.pictures.raster import Pictures


class PicturePages:
    """Gives the pages of one picture file at any scale; the last one stays unpacked. Safe to use from any thread."""

    def __init__(self, data: bytes) -> None:
        """Raises ``SourceError`` if the file cannot be read."""
        self._pictures = Pictures(data)
        self._lock = threading.Lock()
        self._page = 0
        self._image: Image.Image | None = None

    def __enter__(self) -> PicturePages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def size(self, page: int) -> PageSize:
        """Size of page ``page`` (from 1) in pixels; raises ``SourceError``, and ``IndexError`` if there is none."""
        with self._lock:
            return PageSize(page, *self._pictures.size(self._number(page)))

    def render(self, page: int, scale: float) -> PageImage:
        """Page ``page`` (from 1) at ``scale``, lowered where the picture would exceed ``page_image.MOST_PIXELS``.

        Raises ``SourceError`` if the page is damaged and ``IndexError`` if there is no such page.
        """
        with self._lock:
            image = self._unpacked(self._number(page))
        largest = math.sqrt(MOST_PIXELS / (image.width * image.height))
        size = [max(1, int(side * min(max(scale, 0.01), largest))) for side in image.size]
        drawn = image.resize((size[0], size[1]), Image.Resampling.BILINEAR, reducing_gap=2.0)
        return PageImage(drawn.width, drawn.height, drawn.width * 4, drawn.tobytes("raw", "BGRX"))

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        with self._lock:
            self._pictures.close()
            self._page, self._image = 0, None

    def _number(self, page: int) -> int:
        if not 1 <= page <= len(self._pictures):
            raise IndexError(page)
        return page

    def _unpacked(self, page: int) -> Image.Image:
        if self._image is None or self._page != page:
            # Two unpacked pages of the largest size are more than a process may hold beside what it draws.
            self._image = None
            self._image, self._page = Image.fromarray(self._pictures.page(page)), page
        return self._image
