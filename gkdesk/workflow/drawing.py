"""Pages for the eye, drawn where the files of others are read: a page can be made to keep a library drawing for hours,
or to crash it, while its text reads like any other. That costs the page its picture, and the window nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from gkdesk.errors import SourceError
from gkdesk.workflow import tasks
from gkdesk.workflow.isolated import Isolated, Lent, Limits, Runner
from gkdesk.workflow.progress import NO_PROGRESS, Cancelled, Progress

if TYPE_CHECKING:
    from gkdesk.model.content import PageSize
    from gkdesk.workflow.tasks import PageImage, Pages

T = TypeVar("T")

_ENDED = ("source.crashed", "source.too-slow")

LIMITS = Limits(patience=45.0)
"""For one page: seconds on the clock, where the system does not tell what a process works. A page of text takes a tenth
of a second, the largest scan three."""


def open_pages(reading: Runner, data: bytes, password: str | None = None) -> Pages:
    """The pages of a PDF, OFD or picture file as pictures, drawn on request where ``reading`` reads."""
    return PagesApart(reading, data, password) if isinstance(reading, Isolated) else tasks.open_pages(data, password)


class PagesApart:
    """The pages of a document, drawn by a process that is borrowed when they are first wanted.

    A page on which it died or had to be ended is not tried again. Safe to use from any thread; only :meth:`close` does
    not wait for a page that is being drawn.
    """

    def __init__(self, reading: Isolated, data: bytes, password: str | None = None) -> None:
        self._reading = reading
        self._data, self._password = data, password
        self._process: Lent | None = None
        self._given_up: set[int] = set()
        self._lock = threading.Lock()
        self._closed = False

    def size(self, page: int) -> PageSize:
        """Size of page ``page`` (from 1); raises like :meth:`render`."""
        return self._ask(page, _size, page)

    def render(self, page: int, scale: float) -> PageImage:
        """Page ``page`` (from 1) at ``scale`` pixels a point.

        Raises ``SourceError`` if the file or the page is damaged or was given up, ``IndexError`` if there is no such
        page, and ``ValueError`` if the pages are closed.
        """
        return self._ask(page, _draw, page, scale)

    def close(self) -> None:
        """Let go of the document; may be called twice. A page that is being drawn is given up at once."""
        self._closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._let_go()
            finally:
                self._lock.release()

    def _ask(self, page: int, task: Callable[..., T], *arguments: object) -> T:
        try:
            with self._lock:
                return self._answer(page, task, *arguments)
        finally:
            # Whoever closed the pages in the meantime found them in use.
            if self._closed:
                self.close()

    def _answer(self, page: int, task: Callable[..., T], *arguments: object) -> T:
        if self._closed:
            raise ValueError("the pages are closed")
        if page in self._given_up:
            raise SourceError("source.broken")
        try:
            return self._with_document().run(task, *arguments, progress=_UntilClosed(self))
        except Cancelled as error:
            raise ValueError("the pages are closed") from error
        except SourceError as error:
            if error.code in _ENDED:
                self._given_up.add(page)
            raise

    def _with_document(self) -> Lent:
        """A process that holds the document."""
        if self._process is None or not self._process.is_alive():
            self._process = None
            process = self._reading.lend(LIMITS)
            try:
                process.run(_hold, self._data, self._password, progress=_UntilClosed(self))
            except SourceError:
                process.close()
                raise
            self._process = process
        return self._process

    def _let_go(self) -> None:
        process, self._process = self._process, None
        if process is None or not process.is_alive():
            return
        try:
            process.run(_forget, progress=NO_PROGRESS)
        except SourceError:
            # It died in the meantime.
            return
        process.close()

    @property
    def is_closed(self) -> bool:
        """True once nobody waits for pages any more."""
        return self._closed


class _UntilClosed:
    """The progress of a page being drawn: cancelled once the document is no longer shown."""

    def __init__(self, pages: PagesApart) -> None:
        self._pages = pages

    def step(self, done: int, total: int, what: str = "") -> None:
        """Raises ``Cancelled`` if the pages are closed."""
        if self._pages.is_closed:
            raise Cancelled


class _Held:
    """What the process that draws holds between two tasks."""

    pages: Pages | None = None


def _hold(data: bytes, password: str | None, progress: Progress) -> None:
    _forget(progress)
    _Held.pages = tasks.open_pages(data, password)


def _size(page: int, progress: Progress) -> PageSize:
    return _pages().size(page)


def _draw(page: int, scale: float, progress: Progress) -> PageImage:
    return _pages().render(page, scale)


def _forget(progress: Progress) -> None:
    if _Held.pages is not None:
        _Held.pages.close()
        _Held.pages = None


def _pages() -> Pages:
    assert _Held.pages is not None
    return _Held.pages
