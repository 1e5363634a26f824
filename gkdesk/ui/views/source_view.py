"""The source beside the form: pages as pictures or text, with zoom; or a sentence while there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Content
from gkdesk.model.place import Place
from gkdesk.ui import icons
from gkdesk.ui.views.document_view import DocumentView
from gkdesk.ui.views.page_pictures import PageSource
from gkdesk.ui.views.page_view import PageView

_ICON = 16

_MESSAGE = 1.15
"""Size of a sentence that stands alone, as a part of the ordinary size."""


class SourceView(QWidget):
    """Chooses the view that suits a source and passes on what the user does there.

    Signals:
        place_clicked: a :data:`Place` that the user clicked, or confirmed with Enter, and that belongs to no cell.
        cell_clicked: the :class:`CellRef` of the target that was clicked or confirmed.
        zoom_changed: zoom, or whether zooming is possible, may have changed.
    """

    place_clicked = Signal(object)
    cell_clicked = Signal(object)
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = PageView(self)
        self._document = DocumentView(self)
        self._message = _message_label(self)
        self._stack = QStackedWidget(self)
        for widget in (self._message, self._pages, self._document):
            self._stack.addWidget(widget)
        self._view: PageView | DocumentView | None = None
        self._bar = self._build_bar()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._bar)
        box.addWidget(self._stack, 1)
        for view in (self._pages, self._document):
            view.cell_clicked.connect(self.cell_clicked)
            view.place_clicked.connect(self.place_clicked)
            view.zoom_changed.connect(self._show_state)
        self._pages.page_changed.connect(self._show_state)
        self.setAccessibleName(self.tr("原文"))
        self.clear()

    @property
    def can_zoom(self) -> bool:
        """True while a source is shown."""
        return self._view is not None

    @property
    def zoom(self) -> float:
        """1.0 is the actual size; also 1.0 while nothing is shown."""
        return self._view.zoom if self._view is not None else 1.0

    def show_content(self, content: Content, pages: PageSource | None) -> None:
        """Show a source from its beginning, without targets and marks.

        ``pages`` draws the pages of a paged source. It is not closed here; close it after showing something else.
        """
        self._forget()
        if pages is not None and content.pages:
            # In this order: pages fit the width of a view that has its size.
            self._use(self._pages)
            self._pages.show_pages(content.pages, pages)
        elif content.blocks:
            self._use(self._document)
            self._document.show_content(content)
        else:
            self.show_message(self.tr("这份文件里没有可以显示的文字。"))

    def show_message(self, text: str) -> None:
        """Show a sentence instead of a source."""
        self._forget()
        self._message.setText(text)
        self._use(None)

    @Slot()
    def clear(self) -> None:
        """Show that there is nothing open, and what to do."""
        self.show_message(self.tr("把年报文件拖到这里，或按 Ctrl+O 打开"))

    def set_targets(self, places: Mapping[CellRef, Place]) -> None:
        """The places that belong to cells: these are clickable."""
        if self._view is not None:
            self._view.set_targets(places)

    def highlight(self, places: Sequence[Place], scroll: bool = True) -> None:
        """Mark the first place as current and the others as its companions; scroll the first into view."""
        if self._view is not None:
            self._view.highlight(places, scroll)

    def surround(self, places: Sequence[Place]) -> None:
        """Mark places as companions of one that is not in the source; scroll the first into view."""
        if self._view is not None:
            self._view.surround(places)

    @Slot()
    def zoom_in(self) -> None:
        if self._view is not None:
            self._view.zoom_in()

    @Slot()
    def zoom_out(self) -> None:
        if self._view is not None:
            self._view.zoom_out()

    @Slot()
    def fit_width(self) -> None:
        if self._view is not None:
            self._view.fit_width()

    @Slot()
    def actual_size(self) -> None:
        if self._view is not None:
            self._view.actual_size()

    def _forget(self) -> None:
        self._pages.clear()
        self._document.clear_content()

    def _use(self, view: PageView | DocumentView | None) -> None:
        self._view = view
        shown = view if view is not None else self._message
        self._stack.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        self._show_state()

    def _build_bar(self) -> QWidget:
        bar = QWidget(self)
        self._out = self._button("zoom-out", self.tr("缩小（Ctrl+-）"), self.zoom_out)
        self._percent = self._button("", self.tr("显示为实际大小（1）"), self.actual_size)
        # Wide enough for every number, so that the buttons beside it stay where they are.
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("8888%") + 12)
        self._in = self._button("zoom-in", self.tr("放大（Ctrl++）"), self.zoom_in)
        self._fit = self._button("fit-width", self.tr("适合宽度（Ctrl+0）"), self.fit_width)
        self._page = QLabel(bar)
        self._page.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 3, 12, 3)
        row.setSpacing(2)
        for button in (self._out, self._percent, self._in, self._fit):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._page)
        return bar

    def _button(self, icon: str, name: str, action: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if icon:
            button.setProperty("drawing", icon)
            button.setIcon(icons.icon(icon, self.palette()))
            button.setIconSize(QSize(_ICON, _ICON))
        button.clicked.connect(action)
        return button

    @Slot()
    def _show_state(self) -> None:
        self._bar.setVisible(self._view is not None)
        self._percent.setText(f"{round(self.zoom * 100)}%")
        is_paged = self._view is self._pages
        self._page.setVisible(is_paged)
        if is_paged:
            self._page.setText(self.tr("第 {0} 页，共 {1} 页").format(self._pages.page, self._pages.page_count))
        self.zoom_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for button in (self._out, self._in, self._fit):
                button.setIcon(icons.icon(str(button.property("drawing")), self.palette()))


def _message_label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    label.setMargin(32)
    label.setForegroundRole(parent.palette().ColorRole.PlaceholderText)
    label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * _MESSAGE)
    label.setFont(font)
    return label
