"""The pages of a paged source as pictures, with the places of the form's cells marked and clickable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import PageSize
from gkdesk.model.place import Box, PagePlace, Place
from gkdesk.ui import look
from gkdesk.ui.views import zoom
from gkdesk.ui.views.page_flow import MARGIN, PageFlow
from gkdesk.ui.views.page_painting import desk_colour, paint_focus, paint_picture, paint_sheet, paint_words
from gkdesk.ui.views.page_pictures import PageSource
from gkdesk.ui.views.page_shelf import PageShelf
from gkdesk.ui.views.page_targets import PageTarget, PageTargets
from gkdesk.ui.views.place_marks import draw_mark
from gkdesk.ui.views.reading_pane import ReadingPane

# Boxes enclose the ink of a number tightly; a mark leaves this much room around it, in logical pixels.
_ROOM_X, _ROOM_Y = 6, 4

_LINE_STEP = 48
_UNITS_PER_INCH = 72.0
_LOGICAL_PIXELS_PER_INCH = 96.0


class PageView(ReadingPane[PagePlace, PageTarget], QAbstractScrollArea):
    """Shows pages one below the other; draws only what is seen, in another thread.

    Signals:
        cell_clicked: the :class:`CellRef` of the target that was clicked (or confirmed with Enter).
        place_clicked: the :class:`PagePlace` that was clicked and is no target.
        zoom_changed: the zoom or its mode is another.
        page_changed: number of the page in view.
    """

    cell_clicked = Signal(object)
    place_clicked = Signal(object)
    zoom_changed = Signal()
    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[PageSize, ...] = ()
        self._begin_reading()
        self._targets = PageTargets({})
        self._flow = PageFlow((), self._scale())
        self._page = 0
        self._dragged_from: QPointF | None = None
        self._shelf = PageShelf(self)
        self._shelf.changed.connect(self.viewport().update)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # A bar that comes and goes would change the width that the page is to fit.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("原文页面"))

    @property
    def page(self) -> int:
        """Number of the page in view; 0 without pages."""
        return self._page

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def picture_bytes(self) -> int:
        """What the pictures kept take."""
        return self._shelf.cache.byte_count()

    def show_pages(self, pages: Sequence[PageSize], source: PageSource) -> None:
        """Show a document from its beginning; the zoom stays. ``source`` is not closed here."""
        self.clear()
        self._pages = tuple(pages)
        self._shelf.show(source)
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show nothing; no picture is begun any more from the source shown before."""
        self._shelf.clear()
        self._pages = ()
        self._targets = PageTargets({})
        self._marked = []
        self._set_hovered(None)
        self._arrange()

    def set_targets(self, places: Mapping[CellRef, Place]) -> None:
        """Make these places clickable; places that are not on pages are passed over."""
        self._targets = PageTargets(places)
        self._set_hovered(None)

    def highlight(self, places: Sequence[Place], scroll: bool = True) -> None:
        """Mark the first place as current, the others as its companions, and bring the first into view."""
        self._marked = [place for place in dict.fromkeys(places) if isinstance(place, PagePlace)]
        self._has_current = True
        if self._marked:
            self.setAccessibleDescription(self.tr("当前位置在第 {0} 页").format(self._marked[0].page))
        if scroll:
            self._scroll_to_current()
        self.viewport().update()

    def rect_of(self, place: PagePlace) -> QRectF | None:
        """The place in the coordinates of the viewport; None if there is no such page."""
        rect = self._flow.rect_of(place.page, place.box)
        return None if rect is None else rect.translated(-self._origin())

    def fit_width(self) -> None:
        self._fits = True
        self._arrange()
        self.zoom_changed.emit()

    # Geometry

    def _scale(self) -> float:
        return self._zoom * _LOGICAL_PIXELS_PER_INCH / _UNITS_PER_INCH

    def _zoom_to(self, wanted: float, anchor: QPointF | None = None) -> None:
        self._fits = False
        self._zoom = zoom.bounded(wanted)
        self._arrange(anchor)
        self.zoom_changed.emit()

    def _arrange(self, anchor: QPointF | None = None) -> None:
        """Lay the pages out anew; what was at ``anchor`` of the viewport stays there."""
        keep_current = anchor is None and self._current_is_seen()
        anchor = anchor if anchor is not None else self._anchor()
        kept = self._flow.point_at(anchor + self._origin())
        before = self._zoom
        if self._fits and self._pages:
            self._zoom = self._fitting_zoom()
        self._flow = PageFlow(self._pages, self._scale(), self.viewport().width())
        self._set_ranges()
        if kept is not None and kept.page < len(self._pages):
            self._scroll(self._flow.position_of(kept) - anchor)
        self._seen_size = self.viewport().size()
        if keep_current:
            self._scroll_to_current()
        self._notice_page()
        self.viewport().update()
        if self._zoom != before:
            self.zoom_changed.emit()

    def _fitting_zoom(self) -> float:
        widest = max(page.upright[0] for page in self._pages)
        room = max(self.viewport().width() - 2 * MARGIN, 1)
        return zoom.bounded(room / widest * _UNITS_PER_INCH / _LOGICAL_PIXELS_PER_INCH)

    def _set_ranges(self) -> None:
        size, seen = self._flow.size, self.viewport().size()
        for bar, whole, part in (
            (self.horizontalScrollBar(), size.width(), seen.width()),
            (self.verticalScrollBar(), size.height(), seen.height()),
        ):
            bar.setRange(0, max(0, whole - part))
            bar.setPageStep(part)
            bar.setSingleStep(_LINE_STEP)

    def _scroll(self, origin: QPointF) -> None:
        self.horizontalScrollBar().setValue(round(origin.x()))
        self.verticalScrollBar().setValue(round(origin.y()))

    def _anchor(self) -> QPointF:
        rect = self._current_rect()
        if rect is not None and self._current_is_seen():
            return rect.center()
        # Beside the place in the middle, the eye rests on the middle of the upper half.
        return QPointF(self.viewport().width() / 2, self.viewport().height() / 3)

    def _current_rect(self) -> QRectF | None:
        return self.rect_of(self._marked[0]) if self._marked else None

    def _notice_page(self) -> None:
        point = self._flow.point_at(self._origin() + QPointF(0, self.viewport().height() / 3))
        number = self._pages[point.page].number if point is not None else 0
        if number != self._page:
            self._page = number
            self.page_changed.emit(number)

    # Pictures

    def _visible(self) -> range:
        top = self._origin().y()
        return self._flow.between(top, top + self.viewport().height())

    def _want_pictures(self) -> None:
        seen = self._visible()
        near = [index for index in (seen.stop, seen.start - 1) if 0 <= index < len(self._pages)]
        self._shelf.want(
            [self._pages[index] for index in seen],
            [self._pages[index] for index in near],
            self._scale() * self.devicePixelRatioF(),
        )

    # The mouse

    def _target_of(self, place: PagePlace) -> PageTarget | None:
        return self._targets.of(place)

    def _target_at(self, position: QPointF) -> PageTarget | None:
        point = self._flow.point_at(position + self._origin())
        if point is None:
            return None
        return self._targets.at(self._pages[point.page].number, point.x, point.y)

    def _click(self, position: QPointF) -> None:
        target = self._target_at(position)
        if target is not None:
            self.cell_clicked.emit(target.ref)
            return
        point = self._flow.point_at(position + self._origin())
        if point is not None and self._flow.is_on_page(point):
            number = self._pages[point.page].number
            self.place_clicked.emit(PagePlace(number, Box(point.x, point.y, point.x, point.y)))

    # Painting

    def _paint_page(self, painter: QPainter, index: int) -> None:
        page, rect = self._pages[index], self._flow.rect(index).translated(-self._origin().toPoint())
        paint_sheet(painter, rect)
        view = self.viewport().rect()
        picture = self._shelf.picture(page)
        if picture is None:
            paint_words(painter, rect & view, self.tr("正在显示第 {0} 页…").format(page.number))
        elif picture.image is None:
            paint_words(painter, rect & view, self.tr("第 {0} 页无法显示").format(page.number))
        else:
            paint_picture(painter, rect, picture, self.devicePixelRatioF())

    def _paint_marks(self, painter: QPainter) -> None:
        for place, mark in self._marks():
            rect = self.rect_of(place)
            if rect is not None:
                # Pages are white in every scheme, and so the marks on them keep the colours of the bright one.
                draw_mark(painter, rect.adjusted(-_ROOM_X, -_ROOM_Y, _ROOM_X, _ROOM_Y), mark, look.light())

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), desk_colour(self.palette()))
        for index in self._visible():
            self._paint_page(painter, index)
        self._paint_marks(painter)
        if self.hasFocus():
            paint_focus(painter, self.viewport().rect(), self.palette())
        painter.end()
        self._want_pictures()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._set_hovered(None)
        self._notice_page()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.viewport().update()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._dragged_from = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._set_hovered(self._target_at(event.position()))
            return
        moved = event.position() - self._pressed
        if self._dragged_from is None and moved.manhattanLength() >= QApplication.startDragDistance():
            self._dragged_from = self._origin()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragged_from is not None:
            self._scroll(self._dragged_from - moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        was_dragged = self._dragged_from is not None
        self._pressed = self._dragged_from = None
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        if not was_dragged:
            self._click(event.position())
