"""Texts and tables of a source without page pictures, built from its content, with the form's places marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QWidget

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Content
from gkdesk.model.place import Place
from gkdesk.ui import look
from gkdesk.ui.views import zoom
from gkdesk.ui.views.document_geometry import DocumentGeometry
from gkdesk.ui.views.document_places import Spot
from gkdesk.ui.views.document_progress import DocumentProgress
from gkdesk.ui.views.document_tables import fitting_zoom, reshape_tables, table_shape, zoomed
from gkdesk.ui.views.document_targets import DocumentTarget, DocumentTargets
from gkdesk.ui.views.document_writer import TableShape
from gkdesk.ui.views.page_painting import paint_focus
from gkdesk.ui.views.place_marks import draw_mark
from gkdesk.ui.views.reading_pane import ReadingPane

_MARGIN = 18
_CLICK_MARGIN = 3.0


class DocumentView(ReadingPane[Place, DocumentTarget], QTextEdit):
    """Shows a content as running text; the text can be selected and copied, never changed.

    Signals:
        cell_clicked: the :class:`CellRef` of the target that was clicked (or confirmed with Enter).
        place_clicked: the :data:`Place` that was clicked and is no target.
        zoom_changed: the zoom is another.
        written: the whole content is in the document.
    """

    IDLE_CURSOR = Qt.CursorShape.IBeamCursor

    cell_clicked = Signal(object)
    place_clicked = Signal(object)
    zoom_changed = Signal()
    written = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin_reading()
        self._targets = DocumentTargets({})
        self._geometry = DocumentGeometry(self.document())
        self._progress = DocumentProgress(self)
        self._progress.written.connect(self._show_written)
        self.document().documentLayout().documentSizeChanged.connect(self._geometry.forget)
        self.document().setUndoRedoEnabled(False)
        self.document().setDocumentMargin(_MARGIN)
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setTabChangesFocus(True)
        # Files dropped on the source are for the window.
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("原文文字"))

    @property
    def is_written(self) -> bool:
        """True if all of the content is in the document."""
        return self._progress.is_done

    def show_content(self, content: Content) -> None:
        """Show a content from its beginning; a long one is completed little by little."""
        self.clear_content()
        self._progress.begin(content, self.document(), self._shape())
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def clear_content(self) -> None:
        """Show nothing."""
        self._progress.stop()
        self._targets, self._marked = DocumentTargets({}), []
        self._set_hovered(None)
        self.clear()
        self._geometry.forget()

    def set_targets(self, places: Mapping[CellRef, Place]) -> None:
        """Make these places clickable, as far as they are in the document."""
        self._targets = DocumentTargets(places)
        self._set_hovered(None)
        if self._progress.writer is not None:
            self._targets.find(self._progress.writer.places)

    def highlight(self, places: Sequence[Place], scroll: bool = True) -> None:
        """Mark the first place as current, the others as its companions, and bring the first into view."""
        self._marked = list(dict.fromkeys(places))
        self._has_current = True
        if scroll and self._marked:
            self._progress.write_until(self._marked[0])
            self._scroll_to_current()
        self.viewport().update()

    def spot_of(self, place: Place) -> Spot | None:
        """The place in the document; None if it is not (yet) shown."""
        writer = self._progress.writer
        return writer.places.find(place) if writer is not None else None

    def rects_of(self, place: Place) -> list[QRectF]:
        """The place in the coordinates of the viewport; empty if it is not (yet) shown."""
        return self._rects(self.spot_of(place))

    def fit_width(self) -> None:
        """Let the tables fit the width as far as they can still be read; the text around them always does."""
        self._fit_to(self._fitting_zoom(), fits=True)

    # Writing

    def _show_written(self) -> None:
        writer = self._progress.writer
        if writer is None:
            return
        self._geometry.forget()
        self._targets.find(writer.places)
        if self._fits:
            self._fit_to(self._fitting_zoom(), fits=True)
        if writer.finished:
            self.written.emit()

    # Layout

    def _shape(self) -> TableShape:
        return table_shape(self.document(), self.palette(), self.viewport().width())

    def _shape_tables(self) -> None:
        """Make the tables suit the width, the zoom and the colours of the view."""
        writer = self._progress.writer
        if writer is not None:
            writer.shape = self._shape()
            reshape_tables(self.document(), writer.tables, writer.shape)
            self._geometry.forget()

    def _fitting_zoom(self) -> float:
        writer = self._progress.writer
        tables = writer.tables if writer is not None else []
        return fitting_zoom(self.document(), self.font(), tables, self.viewport().width())

    def _zoom_to(self, wanted: float, anchor: QPointF | None = None) -> None:
        # Text breaks anew at every zoom, so that nothing but the current place can be held.
        self._fit_to(wanted, fits=False)

    def _fit_to(self, wanted: float, fits: bool) -> None:
        self._fits = fits
        wanted = zoom.bounded(wanted)
        if wanted == self._zoom:
            return
        with self._keeping_in_view():
            self._take_zoom(wanted)
            self._shape_tables()
        self.zoom_changed.emit()

    def _take_zoom(self, wanted: float) -> None:
        self._zoom = wanted
        self.document().setDefaultFont(zoomed(self.font(), wanted))

    @contextmanager
    def _keeping_in_view(self) -> Iterator[None]:
        """What is current, or else what is at the top, stays where it is while the layout changes."""
        position, before = self._anchor()
        keeps_current = self._current_is_seen()
        yield
        self._geometry.forget()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(self._height_of(position) - before))
        if keeps_current:
            # The labels at the left of a table are worth more than what is right of the place.
            self.horizontalScrollBar().setValue(0)
            self._scroll_to_current()

    def _anchor(self) -> tuple[int, float]:
        """A position of the document and its height in the viewport."""
        spot = self.spot_of(self._marked[0]) if self._marked else None
        if spot is not None and self._current_is_seen():
            return spot.start, self._height_of(spot.start)
        position = self.cursorForPosition(QPoint(_MARGIN, 0)).position()
        return position, self._height_of(position)

    def _height_of(self, position: int) -> float:
        rects = self._geometry.rects(Spot(position, position))
        return rects[0].top() - self._origin().y() if rects else 0.0

    def _rects(self, spot: Spot | None) -> list[QRectF]:
        return [rect.translated(-self._origin()) for rect in self._geometry.rects(spot)] if spot is not None else []

    def _current_rect(self) -> QRectF | None:
        rects = self.rects_of(self._marked[0]) if self._marked else []
        return reduce(QRectF.united, rects) if rects else None

    # The mouse

    def _target_of(self, place: Place) -> DocumentTarget | None:
        return self._targets.of(place)

    def _target_at(self, position: QPointF) -> DocumentTarget | None:
        at = self.cursorForPosition(position.toPoint()).position()
        inside = position + self._origin()
        for target in self._targets.near(at):
            if any(_is_near(rect, inside) for rect in self._geometry.rects(target.spot)):
                return target
        return None

    def _click(self, position: QPointF) -> None:
        target = self._target_at(position)
        if target is not None:
            self.cell_clicked.emit(target.ref)
            return
        writer = self._progress.writer
        if writer is None or position.y() + self._origin().y() > self.document().size().height():
            return
        place = writer.places.at(self.cursorForPosition(position.toPoint()).position())
        if place is not None:
            self.place_clicked.emit(place)

    # Painting

    def _paint_marks(self, painter: QPainter) -> None:
        shades = look.colours(self.palette())
        seen = QRectF(self.viewport().rect())
        for place, mark in self._marks():
            spot = self.spot_of(place)
            for rect in self._rects(spot):
                if rect.intersects(seen):
                    # Numbers in running text need a little room; the rules of a cell are room enough.
                    room = 0.0 if spot is None or spot.is_cell else 2.5
                    draw_mark(painter, rect.adjusted(-room, -room / 2, room, room / 2), mark, shades)

    # Qt

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is ever loaded, whatever a text may name."""
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._paint_marks(painter)
        if self.hasFocus():
            paint_focus(painter, self.viewport().rect(), self.palette())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        before = self._zoom
        with self._keeping_in_view():
            super().resizeEvent(event)
            if event.oldSize().width() != event.size().width():
                fitting = self._fitting_zoom() if self._fits else before
                if fitting != before:
                    self._take_zoom(fitting)
                self._shape_tables()
            self._seen_size = event.size()
        if self._zoom != before:
            self.zoom_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._shape_tables()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        # Marks reach over the edges of what is scrolled; the text alone would be moved with old pieces of them.
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._set_hovered(self._target_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        moved = event.position() - self._pressed
        self._pressed = None
        if moved.manhattanLength() < QApplication.startDragDistance() and not self.textCursor().hasSelection():
            self._click(event.position())


def _is_near(rect: QRectF, point: QPointF) -> bool:
    margin = _CLICK_MARGIN
    return rect.adjusted(-margin, -margin, margin, margin).contains(point)
