"""Pictures of pages, made one after the other in a pool thread.

The maker, not the view, owns the signal: a job that is running when its view is closed still has somebody to report
to. The maker goes away by itself when the last job has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QTransform

from gkdesk.errors import UserError
from gkdesk.model.content import PageSize


class PagePixels(Protocol):
    """A page as pixels: 32 bits each in the order blue, green, red, unused; ``stride`` bytes a row."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def stride(self) -> int: ...
    @property
    def pixels(self) -> bytes: ...


class PageSource(Protocol):
    """Whatever can draw the pages of a document; ``render`` is called in another thread."""

    def size(self, page: int) -> PageSize:
        """Size of page ``page`` (from 1) in the units of its boxes."""

    def render(self, page: int, scale: float) -> PagePixels:
        """Page ``page`` (from 1) at ``scale`` pixels per unit of the page; raises ``UserError`` if it is damaged."""

    def close(self) -> None:
        """Give the document free; nothing is drawn afterwards."""


class ShownPages:
    """Stands for one showing of a document: pictures made for an earlier showing are told apart by it.

    Attributes:
        source: who draws; it belongs to whoever opened it, who may close it once the showing is over.
        over: the document is no longer shown.
    """

    def __init__(self, source: PageSource) -> None:
        self.source = source
        self.over = False


@dataclass(frozen=True, slots=True)
class Request:
    """A picture somebody waits for.

    ``scale`` is in device pixels per unit of the page, ``turn`` by how many quarters clockwise its print lies against
    upright, which the picture will stand.
    """

    pages: ShownPages
    page: int
    scale: float
    turn: int = 0


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
        self._busy = False
        self._ending = False
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def wish(self, requests: Sequence[Request]) -> None:
        """What is wanted now, most urgent first; earlier wishes not yet begun are forgotten."""
        self._wishes = list(requests)
        self._begin_next()

    @Slot()
    def end(self) -> None:
        """Take no further wishes and go away when the running job has ended."""
        self._wishes.clear()
        self._ending = True
        self._begin_next()

    def report(self, picture: Picture) -> None:
        """Called by a job, in its own thread, when it has ended."""
        try:
            self._done.emit(picture)
        except RuntimeError:
            # The program is going down and Qt has already removed the maker: nobody waits any more.
            return

    def _begin_next(self) -> None:
        if self._busy:
            return
        if self._wishes:
            self._busy = True
            QThreadPool.globalInstance().start(_DrawJob(self, self._wishes.pop(0)))
        elif self._ending:
            self.deleteLater()

    @Slot(object)
    def _deliver(self, picture: Picture) -> None:
        self._busy = False
        if not self._ending and not picture.request.pages.over:
            self.made.emit(picture)
        self._begin_next()


class _DrawJob(QRunnable):
    def __init__(self, maker: PictureMaker, request: Request) -> None:
        super().__init__()
        self._maker = maker
        self._request = request

    def run(self) -> None:
        image: QImage | None = None
        try:
            image = _draw(self._request)
        except UserError:
            # A damaged page stays blank and says so; the rest of the document can still be seen.
            image = None
        except Exception:
            # A document closed after its showing ended may be found closed by a job that was just beginning.
            if not self._request.pages.over:
                raise
        finally:
            self._maker.report(Picture(self._request, image))


def _draw(request: Request) -> QImage:
    drawn = request.pages.source.render(request.page, request.scale)
    image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
    # The image above only looks at the bytes of ``drawn``; the copy owns its pixels.
    return image.transformed(QTransform().rotate(-90 * request.turn)) if request.turn else image.copy()
