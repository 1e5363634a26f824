"""Pictures of pages, made one after the other in a pool thread and kept within a limit.

The maker, not the view, owns the signal: a job that is running when its view is closed still has somebody to report
to. The maker goes away by itself when the last job has ended.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

from gkdesk.errors import UserError

CACHE_BYTES = 64 * 1024 * 1024

# A page is never drawn with more pixels than this; beyond it the picture is enlarged instead (about 350 dpi of A4).
PICTURE_PIXELS = 12_000_000


class PagePixels(Protocol):
    """A page as pixels: 32 bits each in the order blue, green, red, unused; ``stride`` bytes a row."""

    @property
    def width(self) -> int: ...  # noqa: D102
    @property
    def height(self) -> int: ...  # noqa: D102
    @property
    def stride(self) -> int: ...  # noqa: D102
    @property
    def pixels(self) -> bytes: ...  # noqa: D102


class PageSource(Protocol):
    """Whatever can draw the pages of a document; ``render`` is called in another thread."""

    def render(self, page: int, scale: float) -> PagePixels:
        """Page ``page`` (from 1) at ``scale`` pixels per unit of the page."""

    def close(self) -> None:
        """Give the document free; nothing is drawn afterwards."""


@dataclass(frozen=True, slots=True)
class Request:
    """A picture somebody waits for; ``scale`` is in device pixels per unit of the page."""

    source: PageSource
    page: int
    scale: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The answer to a request; without an image the page could not be drawn."""

    request: Request
    image: QImage | None


class PictureMaker(QObject):
    """Makes the pictures asked for, one at a time, always the first of the latest wishes.

    Signals:
        made: a :class:`Picture`, in the thread of the maker.
    """

    made = Signal(object)
    _done = Signal(object)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self._wishes: list[Request] = []
        self._to_close: list[PageSource] = []
        self._busy = False
        self._ending = False
        self._done.connect(self._on_done)

    def wish(self, requests: Sequence[Request]) -> None:
        """What is wanted now, most urgent first; earlier wishes not yet begun are forgotten."""
        self._wishes = list(requests)
        self._begin_next()

    def give_up(self, source: PageSource) -> None:
        """Close ``source`` as soon as no job uses it."""
        self._wishes = [request for request in self._wishes if request.source is not source]
        self._to_close.append(source)
        self._begin_next()

    @Slot()
    def end(self) -> None:
        """Take no further wishes and go away when the running job has ended."""
        self._wishes.clear()
        self._ending = True
        self._begin_next()

    def _begin_next(self) -> None:
        if self._busy:
            return
        job: _Job | None = None
        if self._to_close:
            job = _CloseJob(self, self._to_close.pop(0))
        elif self._wishes:
            job = _DrawJob(self, self._wishes.pop(0))
        elif self._ending:
            self.deleteLater()
        if job is not None:
            self._busy = True
            QThreadPool.globalInstance().start(job)

    def report(self, picture: Picture | None) -> None:
        """Called by a job, in its own thread, when it has ended."""
        try:
            self._done.emit(picture)
        except RuntimeError:
            # The program is going down and Qt has already removed the maker: nobody waits any more.
            return

    @Slot(object)
    def _on_done(self, picture: Picture | None) -> None:
        self._busy = False
        if picture is not None and not self._ending:
            self.made.emit(picture)
        self._begin_next()


class _Job(QRunnable):
    def __init__(self, maker: PictureMaker) -> None:
        super().__init__()
        self._maker = maker


class _CloseJob(_Job):
    def __init__(self, maker: PictureMaker, source: PageSource) -> None:
        super().__init__(maker)
        self._source = source

    def run(self) -> None:
        try:
            self._source.close()
        finally:
            self._maker.report(None)


class _DrawJob(_Job):
    def __init__(self, maker: PictureMaker, request: Request) -> None:
        super().__init__(maker)
        self._request = request

    def run(self) -> None:
        image: QImage | None = None
        try:
            image = _draw(self._request)
        except UserError:
            # A damaged page stays blank and says so; the rest of the document can still be seen.
            image = None
        finally:
            self._maker.report(Picture(self._request, image))


def _draw(request: Request) -> QImage:
    drawn = request.source.render(request.page, request.scale)
    image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
    # The image above only looks at the bytes of ``drawn``; the copy owns its pixels.
    return image.copy()


class PictureCache:
    """The latest picture of each page, at most ``limit`` bytes, least recently used first out."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
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

    def put(self, picture: Picture, protected: range) -> None:
        """Keep ``picture``; pages numbered in ``protected`` are not thrown out for it."""
        self._pictures[picture.request.page] = picture
        self._pictures.move_to_end(picture.request.page)
        for page in list(self._pictures):
            if self.bytes() <= self._limit:
                return
            if page not in protected and page != picture.request.page:
                del self._pictures[page]

    def bytes(self) -> int:
        """Bytes of all pixels."""
        return sum(picture.image.sizeInBytes() for picture in self._pictures.values() if picture.image is not None)

    def has_room(self, byte_count: int) -> bool:
        """True if that much fits beside nothing else: prefetching more would only push out what shows."""
        return byte_count <= self._limit
