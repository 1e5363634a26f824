"""A content on its way into a document: what can be seen at once first, the rest in slices between other events."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextDocument

from gkdesk.model.content import Content
from gkdesk.model.place import Place
from gkdesk.ui.views.document_writer import DocumentWriter, TableShape

FIRST_WRITING = 0.06
"""Seconds spent on a new document before it is shown; the rest follows in slices between other events."""

SLICE = 0.015


class DocumentProgress(QObject):
    """Writes a content little by little.

    Attributes:
        writer: what writes and knows the places; None while nothing is shown.

    Signals:
        written: more of the content, or all of it, is in the document.
    """

    written = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.writer: DocumentWriter | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._write_on)

    @property
    def is_done(self) -> bool:
        """True if all of the content is in the document."""
        return self.writer is None or self.writer.finished

    def begin(self, content: Content, document: QTextDocument, shape: TableShape) -> None:
        """Write the beginning of a content now and the rest later."""
        self.writer = DocumentWriter(content, document, shape)
        self._write(FIRST_WRITING)
        if not self.is_done:
            self._timer.start()

    def stop(self) -> None:
        """Write nothing more and forget the content."""
        self._timer.stop()
        self.writer = None

    def write_until(self, place: Place) -> None:
        """Write on until a place is in the document, or everything is."""
        while self.writer is not None and not self.writer.finished and self.writer.places.find(place) is None:
            self._write(FIRST_WRITING)

    def _write_on(self) -> None:
        self._write(SLICE)
        if self.is_done:
            self._timer.stop()

    def _write(self, seconds: float) -> None:
        if self.writer is not None:
            self.writer.write(seconds)
            self.written.emit()
