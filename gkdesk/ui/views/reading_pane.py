"""What the two views of a source have in common: zoom, keys, the places that are marked, the one under the mouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from gkdesk.model.cellref import CellRef
from gkdesk.model.place import Place
from gkdesk.ui.views import zoom
from gkdesk.ui.views.place_marks import Mark
from gkdesk.ui.views.reading_keys import reading_keys
from gkdesk.ui.views.scrolling import bring_into_view

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    _Base = QAbstractScrollArea
else:
    # The views are scroll areas of two kinds; what they share comes before Qt's own behaviour.
    _Base = object

P = TypeVar("P", bound=Place)


class Target(Protocol):
    """A place that belongs to a cell of the form."""

    @property
    def ref(self) -> CellRef: ...
    @property
    def place(self) -> Place: ...


T = TypeVar("T", bound=Target)


class ReadingPane(Generic[P, T], _Base):
    """The shared part of a view that shows places of type ``P`` and targets of type ``T``.

    A view calls :meth:`_begin_reading` when it is made, has the signals ``cell_clicked`` and ``place_clicked``, and
    says where the current place is seen (:meth:`_current_rect`) and how it takes another zoom (:meth:`_zoom_to`).
    """

    IDLE_CURSOR = Qt.CursorShape.ArrowCursor

    if TYPE_CHECKING:
        cell_clicked: SignalInstance
        place_clicked: SignalInstance

    def _begin_reading(self) -> None:
        self._fits = True
        self._zoom = zoom.ACTUAL
        self._marked: list[P] = []
        self._has_current = True
        self._hovered: T | None = None
        self._pressed: QPointF | None = None
        # Of the viewport as it was last shown: while it is being resized, that tells what the user was looking at.
        self._seen_size = QSize()
        self._notches = zoom.WheelNotches()

    def _zoom_to(self, wanted: float, anchor: QPointF | None = None) -> None:
        """Take a zoom of the user's choice; what is at ``anchor`` of the viewport stays there if the view can do so."""
        raise NotImplementedError

    def _current_rect(self) -> QRectF | None:
        """The current place in the coordinates of the viewport."""
        raise NotImplementedError

    def _target_of(self, place: P) -> T | None:
        """The target at a marked place."""
        raise NotImplementedError

    def highlight(self, places: Sequence[Place], scroll: bool = True) -> None:
        """Mark the first place as current, the others as its companions, and bring the first into view."""
        raise NotImplementedError

    def surround(self, places: Sequence[Place]) -> None:
        """Mark places as companions of one that is not in the source, and bring the first into view."""
        self.highlight(places)
        self._has_current = False

    def fit_width(self) -> None:
        """Let the source fit the width of the view, from now on."""
        raise NotImplementedError

    @property
    def zoom(self) -> float:
        """1.0 shows a page as large as on paper, a text as large as that of the window."""
        return self._zoom

    @property
    def fits_width(self) -> bool:
        """True while the zoom follows the width of the view."""
        return self._fits

    def zoom_in(self) -> None:
        self._zoom_to(zoom.larger(self._zoom))

    def zoom_out(self) -> None:
        self._zoom_to(zoom.smaller(self._zoom))

    def actual_size(self) -> None:
        self._zoom_to(zoom.ACTUAL)

    def confirm(self) -> None:
        """Do as if the current place had been clicked."""
        if not self._marked or not self._has_current:
            return
        target = self._target_of(self._marked[0])
        if target is not None:
            self.cell_clicked.emit(target.ref)
        else:
            self.place_clicked.emit(self._marked[0])

    def _origin(self) -> QPointF:
        """What of the source lies in the top left corner of the viewport."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _current_is_seen(self) -> bool:
        rect = self._current_rect()
        return rect is not None and rect.intersects(QRectF(QPointF(), self._seen_size.toSizeF()))

    def _scroll_to_current(self) -> None:
        rect = self._current_rect()
        if rect is None:
            return
        size = self.viewport().size()
        bring_into_view(self.verticalScrollBar(), rect.top(), rect.bottom(), size.height())
        bring_into_view(self.horizontalScrollBar(), rect.left(), rect.right(), size.width())

    def _set_hovered(self, target: T | None) -> None:
        if target == self._hovered:
            return
        self._hovered = target
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if target is not None else self.IDLE_CURSOR)
        self.viewport().update()

    def _marks(self) -> Iterator[tuple[P, Mark]]:
        if self._hovered is not None and self._hovered.place not in self._marked[:1]:
            # A view makes targets of its own kind of places alone.
            yield cast("P", self._hovered.place), Mark.HOVER
        companions = 1 if self._has_current else 0
        for place in self._marked[companions:]:
            yield place, Mark.COMPANION
        for place in self._marked[:companions]:
            yield place, Mark.CURRENT

    # Qt

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        notches = self._notches.turn(event.angleDelta().y())
        for _ in range(abs(notches)):
            self._zoom_to(zoom.larger(self._zoom) if notches > 0 else zoom.smaller(self._zoom), event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hovered(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = reading_keys(self).get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
            return
        action()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(560, 640)
