"""Pages as pictures: what is clicked, what is marked, what is drawn, and what comes too late."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QThreadPool
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from gkdesk.model.cellref import CellRef
from gkdesk.model.place import Box, PagePlace, turn_box
from gkdesk.ui.views.page_shelf import CACHE_BYTES
from gkdesk.ui.views.page_view import PageView
from tests.ui.views.pages import PlainPages

NATURAL = CellRef("t3", "new", "natural")
TOTAL = CellRef("t3", "new", "total")
ON_FIRST = PagePlace(1, Box(100, 100, 120, 110))
ON_LAST = PagePlace(3, Box(500, 700, 520, 710))


@pytest.fixture
def view(qtbot):
    made = PageView()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    qtbot.waitExposed(made)
    yield made
    assert QThreadPool.globalInstance().waitForDone(10_000)


@pytest.fixture
def pages(view):
    source = PlainPages()
    view.show_pages(source.sizes, source)
    view.set_targets({NATURAL: ON_FIRST, TOTAL: ON_LAST})
    yield source
    source.gate.set()


def seen(view, place):
    return view.rect_of(place).intersects(view.viewport().rect().toRectF())


def middle(view, place):
    return view.rect_of(place).center().toPoint()


def click(qtbot, view, point):
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def colour_in_view(view):
    centre = view.viewport().rect().center()
    return view.viewport().grab().toImage().pixelColor(centre * view.devicePixelRatio())


def turn_wheel(view, point, notches):
    QApplication.sendEvent(
        view.viewport(),
        QWheelEvent(
            QPointF(point),
            QPointF(view.viewport().mapToGlobal(point)),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


@pytest.mark.parametrize("zoom_steps", [0, 5], ids=["100 %", "200 %"])
@pytest.mark.parametrize(("ref", "place"), [(NATURAL, ON_FIRST), (TOTAL, ON_LAST)])
def test_a_click_on_a_target_names_its_cell(qtbot, view, pages, zoom_steps, ref, place):
    view.actual_size()
    for _ in range(zoom_steps):
        view.zoom_in()
    view.highlight([place])
    with qtbot.waitSignal(view.cell_clicked) as clicked, qtbot.assertNotEmitted(view.place_clicked):
        click(qtbot, view, middle(view, place))
    assert view.zoom == (2.0 if zoom_steps else 1.0)
    assert clicked.args == [ref]


def test_a_click_near_a_target_is_enough(qtbot, view, pages):
    view.actual_size()
    corner = view.rect_of(ON_FIRST).bottomRight().toPoint() + QPoint(3, 3)
    with qtbot.waitSignal(view.cell_clicked):
        click(qtbot, view, corner)


def test_of_two_targets_the_nearer_is_meant(qtbot, view, pages):
    beside = PagePlace(1, Box(121, 100, 140, 110))
    view.set_targets({NATURAL: ON_FIRST, TOTAL: beside})
    with qtbot.waitSignal(view.cell_clicked) as clicked:
        click(qtbot, view, middle(view, beside))
    assert clicked.args == [TOTAL]


def test_a_click_elsewhere_only_tells_the_place(qtbot, view, pages):
    spot = PagePlace(1, Box(300, 200, 310, 210))
    before = view.verticalScrollBar().value()
    with qtbot.waitSignal(view.place_clicked) as clicked, qtbot.assertNotEmitted(view.cell_clicked):
        click(qtbot, view, middle(view, spot))
    (place,) = clicked.args
    assert place.page == 1
    assert place.box.left == pytest.approx(305, abs=2)
    assert place.box.top == pytest.approx(205, abs=2)
    assert view.verticalScrollBar().value() == before


def test_dragging_moves_the_page_and_clicks_nothing(qtbot, view, pages):
    port = view.viewport()
    with qtbot.assertNotEmitted(view.cell_clicked), qtbot.assertNotEmitted(view.place_clicked):
        qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
        qtbot.mouseMove(port, QPoint(300, 200))
        qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert view.verticalScrollBar().value() == 100


def test_the_mouse_becomes_a_hand_over_a_target(qtbot, view, pages):
    port = view.viewport()
    qtbot.mouseMove(port, middle(view, ON_FIRST))
    qtbot.waitUntil(lambda: port.cursor().shape() is Qt.CursorShape.PointingHandCursor)
    qtbot.mouseMove(port, QPoint(5, 5))
    qtbot.waitUntil(lambda: port.cursor().shape() is Qt.CursorShape.ArrowCursor)


def test_highlighting_brings_the_place_into_view_with_what_is_around(view, pages):
    assert not seen(view, ON_LAST)
    view.highlight([ON_LAST])
    rect = view.rect_of(ON_LAST)
    assert rect.top() > 40
    assert rect.bottom() < view.viewport().height() - 40
    assert view.page == 3


def test_what_is_well_in_view_does_not_move(view, pages):
    view.highlight([ON_FIRST])
    assert view.verticalScrollBar().value() == 0


def test_highlighting_without_scrolling_stays_where_it_is(view, pages):
    view.highlight([ON_LAST], scroll=False)
    assert not seen(view, ON_LAST)


def test_current_place_and_companion_look_different(qtbot, view, pages):
    companion = PagePlace(1, Box(300, 100, 320, 110))
    view.highlight([ON_FIRST, companion])
    image = view.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    thickness = []
    for place in (ON_FIRST, companion):
        rect = view.rect_of(place)
        left, y = round(rect.left() * ratio), round(rect.center().y() * ratio)
        row = [image.pixelColor(x, y).lightness() for x in range(left - round(12 * ratio), left)]
        thickness.append(sum(light < 200 for light in row))
    assert thickness[0] > thickness[1]


@pytest.mark.parametrize("step", ["zoom_in", "zoom_out", "actual_size", "fit_width"])
def test_zooming_keeps_the_current_place_in_view(view, pages, step):
    view.highlight([ON_LAST])
    for _ in range(4):
        getattr(view, step)()
        assert seen(view, ON_LAST)


def test_the_wheel_zooms_at_the_mouse(view, pages):
    view.actual_size()
    point = middle(view, ON_FIRST)
    turn_wheel(view, point, 1)
    assert view.zoom == 1.1
    assert (middle(view, ON_FIRST) - point).manhattanLength() <= 2
    turn_wheel(view, point, -1)
    assert view.zoom == 1.0


def test_fitting_the_width_survives_resizing(qtbot, view, pages):
    narrow = view.zoom
    view.resize(900, 480)
    qtbot.waitUntil(lambda: view.zoom > narrow)
    assert view.horizontalScrollBar().maximum() == 0
    view.actual_size()
    view.resize(700, 480)
    assert view.zoom == 1.0
    assert not view.fits_width


def test_resizing_keeps_the_current_place_in_view(qtbot, view, pages):
    view.highlight([ON_LAST])
    view.resize(1000, 300)
    qtbot.waitUntil(lambda: view.viewport().width() > 900)
    assert seen(view, ON_LAST)


def test_the_keys_move_and_zoom(qtbot, view, pages):
    bar = view.verticalScrollBar()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert 0 < bar.value() < 100
    before = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > before
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.fits_width


def test_enter_confirms_the_current_place(qtbot, view, pages):
    view.highlight([ON_FIRST])
    with qtbot.waitSignal(view.cell_clicked) as clicked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert clicked.args == [NATURAL]


def test_tab_leaves_the_view(qtbot, pages, view):
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    other = QLineEdit()
    box.addWidget(view)
    box.addWidget(other)
    window.show()
    qtbot.waitExposed(window)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    # Without a window manager the window may never be the active one.
    qtbot.waitUntil(lambda: window.focusWidget() is other)
    # The view goes with its own fixture.
    view.setParent(None)


def test_pages_in_view_and_their_neighbours_are_drawn_sharp(qtbot, view, pages):
    qtbot.waitUntil(lambda: {page for page, _ in pages.drawn} >= {1, 2})
    assert pages.drawn[0][0] == 1
    assert pages.drawn[0][1] == pytest.approx(view.zoom * 96 / 72 * view.devicePixelRatioF())


def test_a_late_picture_of_another_document_is_dropped(qtbot, view):
    old, new = PlainPages(colour=0xFF0000), PlainPages(colour=0x00FF00)
    old.gate.clear()
    view.show_pages(old.sizes, old)
    view.viewport().grab()
    view.show_pages(new.sizes, new)
    old.gate.set()
    qtbot.waitUntil(lambda: colour_in_view(view) == QColor(0, 255, 0))
    assert old.drawn


def test_a_late_picture_of_another_zoom_is_dropped(qtbot, view):
    source = PlainPages(colour=0x0000FF)
    source.gate.clear()
    view.show_pages(source.sizes, source)
    view.viewport().grab()
    view.zoom_in()
    wanted = view.zoom * 96 / 72 * view.devicePixelRatioF()
    source.gate.set()
    qtbot.waitUntil(lambda: colour_in_view(view) == QColor(0, 0, 255))
    assert source.drawn[0][1] != pytest.approx(wanted)
    assert (1, pytest.approx(wanted)) in source.drawn


def test_nothing_waits_for_a_slow_page(qtbot, view):
    source = PlainPages(colour=0xFF0000)
    source.gate.clear()
    view.show_pages(source.sizes, source)
    view.viewport().grab()
    view.highlight([ON_LAST])
    # A blank page in the meantime.
    assert colour_in_view(view).lightness() > 240
    source.gate.set()
    qtbot.waitUntil(lambda: colour_in_view(view) == QColor(255, 0, 0))


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_page_whose_print_lies_turned_is_shown_upright(qtbot, view, turn):
    # In the upright page the spot is near its top left; the file holds the page turned clockwise.
    upright = Box(60, 40, 100, 60)
    width, height = 600.0, 800.0
    spot = turn_box(upright, turn, width, height)
    size = (height, width) if turn % 2 else (width, height)
    source = PlainPages(1, width=size[0], height=size[1], turn=turn, spot=spot)
    view.show_pages(source.sizes, source)
    view.set_targets({NATURAL: PagePlace(1, spot)})
    view.actual_size()
    rect = view.rect_of(PagePlace(1, spot))
    assert rect.width() > rect.height()
    assert rect.top() < view.viewport().height() / 4
    point = rect.center().toPoint()

    def is_spot():
        image = view.viewport().grab().toImage()
        assert image.pixelColor(point * view.devicePixelRatio()).lightness() < 40

    qtbot.waitUntil(is_spot)
    with qtbot.waitSignal(view.cell_clicked) as caught:
        click(qtbot, view, point)
    assert caught.args == [NATURAL]


def test_a_damaged_page_does_not_spoil_the_others(qtbot, view):
    source = PlainPages(colour=0x00FF00, broken=(1,))
    view.show_pages(source.sizes, source)
    qtbot.waitUntil(lambda: (2, pytest.approx(source.drawn[0][1])) in source.drawn if source.drawn else False)
    view.highlight([PagePlace(2, Box(0, 300, 600, 400))])
    qtbot.waitUntil(lambda: colour_in_view(view).green() > 200 and colour_in_view(view).red() < 200)


def test_the_source_may_be_closed_as_soon_as_it_is_not_shown(qtbot, view):
    source = PlainPages()
    source.gate.clear()
    view.show_pages(source.sizes, source)
    view.viewport().grab()
    view.clear()
    source.close()
    source.gate.set()
    assert QThreadPool.globalInstance().waitForDone(10_000)
    QApplication.processEvents()
    assert view.page_count == 0


def test_the_view_may_go_while_a_page_is_being_drawn(qtbot):
    source = PlainPages()
    source.gate.clear()
    view = PageView()
    view.resize(640, 480)
    view.show()
    qtbot.waitExposed(view)
    view.show_pages(source.sizes, source)
    view.viewport().grab()
    view.deleteLater()
    QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)
    del view
    source.gate.set()
    assert QThreadPool.globalInstance().waitForDone(10_000)
    QApplication.processEvents()


def test_pictures_kept_are_bounded(qtbot, view):
    source = PlainPages(count=60)
    view.show_pages(source.sizes, source)
    view.actual_size()
    for number in range(1, 61, 3):
        view.highlight([PagePlace(number, Box(10, 100, 20, 110))])
        view.viewport().grab()
        qtbot.waitUntil(lambda number=number: number in {page for page, _ in source.drawn})
    assert view.picture_bytes <= CACHE_BYTES


def test_nothing_to_show_is_no_trouble(view):
    view.show_pages((), PlainPages(count=0))
    view.highlight([ON_FIRST])
    view.zoom_in()
    view.fit_width()
    assert view.page_count == 0
    assert view.page == 0


def test_a_place_on_a_page_that_is_not_there_is_passed_over(view, pages):
    view.highlight([PagePlace(9, Box(0, 0, 1, 1))])
    assert view.verticalScrollBar().value() == 0
