"""The pictures of the pages being shown: which are wanted, which are kept, which come too late."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container, Sequence
from math import sqrt

from PySide6.QtCore import QObject, Signal, Slot

from gkdesk.model.content import PageSize
from gkdesk.ui.views.page_pictures import PageSource, Picture, PictureMaker, Request, ShownPages

CACHE_BYTES = 64 * 1024 * 1024

PICTURE_PIXELS = 12_000_000
"""A page is never drawn with more; beyond it the picture is enlarged instead (about 350 dots an inch of A4)."""


class PageShelf(QObject):
    """Asks for the pictures of one document at a time, and keeps the latest of each page.

    Signals:
        changed: there is a new picture to show.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.cache = PictureCache()
        self._shown: ShownPages | None = None
        self._wanted: dict[int, float] = {}
        self._maker = PictureMaker()
        self._maker.made.connect(self._receive)
        self.destroyed.connect(self._maker.end)

    def show(self, source: PageSource) -> None:
        """Get the pictures from ``source`` from now on."""
        self.clear()
        self._shown = ShownPages(source)

    def clear(self) -> None:
        """Forget the document; no picture of it is begun any more."""
        if self._shown is not None:
            self._shown.over = True
        self._shown = None
        self._wanted = {}
        self._maker.wish(())
        self.cache.clear()

    def picture(self, page: PageSize) -> Picture | None:
        """The latest picture of a page, of whatever scale."""
        return self.cache.get(page.number)

    def want(self, seen: Sequence[PageSize], near: Sequence[PageSize], scale: float) -> None:
        """Get the pages in view at ``scale`` device pixels per unit, then those near as far as there is room."""
        if self._shown is None:
            return
        room = self.cache.limit - sum(_bytes(page, scale) for page in seen)
        wanted = list(seen)
        for page in near:
            room -= _bytes(page, scale)
            if room >= 0:
                wanted.append(page)
        self._wanted = {page.number: _picture_scale(page, scale) for page in wanted}
        requests = [Request(self._shown, page.number, self._wanted[page.number], page.turn) for page in wanted]
        self._maker.wish([request for request in requests if not self._has(request)])

    def _has(self, request: Request) -> bool:
        picture = self.cache.get(request.page)
        return picture is not None and (picture.image is None or picture.request.scale == request.scale)

    @Slot(object)
    def _receive(self, picture: Picture) -> None:
        request = picture.request
        # Another document, another zoom, or a page scrolled away: nobody wants this any more.
        if request.pages is self._shown and self._wanted.get(request.page) == request.scale:
            self.cache.put(picture, self._wanted)
        self.changed.emit()


class PictureCache:
    """The latest picture of each page, at most ``limit`` bytes, least recently used first out."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self.limit = limit
        self._pictures: OrderedDict[int, Picture] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pictures)

    def clear(self) -> None:
        """Forget all."""
        self._pictures.clear()

    def get(self, page: int) -> Picture | None:
        """The picture of ``page``, of whatever scale; counts as use."""
        picture = self._pictures.get(page)
        if picture is not None:
            self._pictures.move_to_end(page)
        return picture

    def put(self, picture: Picture, protected: Container[int]) -> None:
        """Keep ``picture``; pages whose number is ``protected`` are not thrown out for it."""
        self._pictures[picture.request.page] = picture
        self._pictures.move_to_end(picture.request.page)
        for page in list(self._pictures):
            if self.byte_count() <= self.limit:
                return
            if page not in protected and page != picture.request.page:
                del self._pictures[page]

    def byte_count(self) -> int:
        """Bytes of all pixels."""
        return sum(picture.image.sizeInBytes() for picture in self._pictures.values() if picture.image is not None)


def _picture_scale(page: PageSize, scale: float) -> float:
    return min(scale, sqrt(PICTURE_PIXELS / max(page.width * page.height, 1.0)))


def _bytes(page: PageSize, scale: float) -> int:
    return int(page.width * page.height * _picture_scale(page, scale) ** 2 * 4)
