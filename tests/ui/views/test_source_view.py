"""The source beside the form: which view shows what, the sentence while there is nothing, and the strip of zoom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QLabel, QToolButton

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Content, SourceKind
from gkdesk.model.place import Box, PagePlace, TextPlace
from gkdesk.ui import look
from gkdesk.ui.views.document_view import DocumentView
from gkdesk.ui.views.page_view import PageView
from gkdesk.ui.views.source_view import SourceView
from gkdesk.workflow import tasks
from tests.ui.views import contents
from tests.ui.views.pages import PlainPages

NATURAL = CellRef("t3", "new", "natural")
IN_TEXT = TextPlace(4, 6)
ON_PAGE = PagePlace(1, Box(100, 100, 120, 110))


@pytest.fixture
def view(qtbot):
    made = SourceView()
    qtbot.addWidget(made)
    made.resize(600, 480)
    made.show()
    qtbot.waitExposed(made)
    yield made
    assert QThreadPool.globalInstance().waitForDone(10_000)


@pytest.fixture
def paged(view):
    source = PlainPages()
    view.show_content(Content(SourceKind.PDF, "0" * 64, (), source.sizes), source)
    return view


@pytest.fixture
def written(view):
    view.show_content(contents.plain("共收到 12 件"), None)
    return view


def shown_widget(view, kind):
    return next((child for child in view.findChildren(kind) if child.isVisible()), None)


def sentences(view):
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible() and label.text()]


def zoom_buttons(view):
    return [button for button in view.findChildren(QToolButton) if button.isVisible()]


def test_without_a_source_it_says_how_to_begin(view):
    assert sentences(view) == ["把年报文件拖到这里，或按 Ctrl+O 打开"]
    assert not view.can_zoom
    assert zoom_buttons(view) == []


def test_a_message_is_shown_as_it_stands(view):
    view.show_message("打不开 <b>年报</b> & 附件")
    (label,) = [label for label in view.findChildren(QLabel) if label.isVisible()]
    assert label.text() == "打不开 <b>年报</b> & 附件"
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_pages_are_shown_as_pictures_with_their_number(paged):
    assert shown_widget(paged, PageView) is not None
    assert sentences(paged) == ["第 1 页，共 3 页"]
    paged.highlight([PagePlace(3, Box(0, 500, 10, 510))])
    assert sentences(paged) == ["第 3 页，共 3 页"]


def test_other_sources_are_shown_as_text(written):
    assert shown_widget(written, PageView) is None
    assert shown_widget(written, DocumentView).toPlainText() == "共收到 12 件"
    assert sentences(written) == []


def test_pages_that_cannot_be_drawn_are_shown_as_text(view):
    view.show_content(contents.page_line(), None)
    assert shown_widget(view, DocumentView).toPlainText() == "新收 12"


def test_a_source_without_text_says_so(view):
    view.show_content(contents.content(), None)
    assert sentences(view) == ["这份文件里没有可以显示的文字。"]


@pytest.mark.parametrize(("fixture", "place"), [("paged", ON_PAGE), ("written", IN_TEXT)])
def test_clicks_are_passed_on(qtbot, request, fixture, place):
    view = request.getfixturevalue(fixture)
    inner = shown_widget(view, PageView) or shown_widget(view, DocumentView)
    rect = inner.rect_of(place) if isinstance(inner, PageView) else inner.rects_of(place)[0]
    with qtbot.waitSignal(view.place_clicked):
        qtbot.mouseClick(inner.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    view.set_targets({NATURAL: place})
    with qtbot.waitSignal(view.cell_clicked) as clicked:
        qtbot.mouseClick(inner.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert clicked.args == [NATURAL]


@pytest.mark.parametrize("fixture", ["paged", "written"])
def test_the_strip_zooms_and_says_how_much(qtbot, request, fixture):
    view = request.getfixturevalue(fixture)
    smaller, percent, larger, fit = zoom_buttons(view)
    view.actual_size()
    assert percent.text() == "100%"
    qtbot.mouseClick(larger, Qt.MouseButton.LeftButton)
    assert percent.text() == "110%"
    qtbot.mouseClick(smaller, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(smaller, Qt.MouseButton.LeftButton)
    assert percent.text() == "90%"
    qtbot.mouseClick(percent, Qt.MouseButton.LeftButton)
    assert view.zoom == 1.0
    qtbot.mouseClick(fit, Qt.MouseButton.LeftButton)
    assert view.can_zoom


def test_every_button_has_a_name_and_says_its_key(paged):
    for button in zoom_buttons(paged):
        assert "（" in button.toolTip()
        assert button.accessibleName()


def test_clearing_takes_the_source_away(paged):
    paged.clear()
    assert not paged.can_zoom
    assert shown_widget(paged, PageView) is None
    paged.set_targets({NATURAL: ON_PAGE})
    paged.highlight([ON_PAGE])
    paged.zoom_in()


def test_the_keys_go_to_what_is_shown(qtbot, written):
    written.activateWindow()
    written.setFocus()
    qtbot.waitUntil(shown_widget(written, DocumentView).hasFocus)


@pytest.fixture
def darkness(qapp, written):
    """The screen turns dark while a source is shown."""
    before = qapp.palette(), qapp.styleSheet()
    palette = qapp.palette()
    for role in (palette.ColorRole.Base, palette.ColorRole.Window):
        palette.setColor(role, look.dark().surface)
    palette.setColor(palette.ColorRole.Text, look.dark().text)
    # As when the program itself changes its colours: a new style sheet makes every widget take the new palette.
    qapp.setPalette(palette)
    qapp.setStyleSheet("")
    yield
    qapp.setPalette(before[0])
    qapp.setStyleSheet(before[1])


def test_a_dark_screen_gets_light_text(darkness, written):
    image = shown_widget(written, DocumentView).viewport().grab().toImage()
    lights = [image.pixelColor(x, y).lightness() for x in range(10, 150) for y in range(10, 50)]
    assert min(lights) < 80
    assert sum(lights) / len(lights) < 100
    assert max(lights) > 150


@pytest.mark.parametrize("name", ["real/huaian-2024.pdf", "real/shanghai-office-2019.html", "seeds/dazhou-2024.txt"])
def test_every_figure_of_a_real_report_can_be_shown_and_clicked(qtbot, view, samples, name):
    data = (samples / name).read_bytes()
    read = tasks.read_bytes(name, data)
    pages = tasks.open_pages(data) if name.endswith("pdf") else None
    view.show_content(read.content, pages)
    places = {cell.ref: cell.place for cell in read.review.form if cell.place is not None}
    view.set_targets(places)
    inner = shown_widget(view, PageView) or shown_widget(view, DocumentView)
    for ref, place in list(places.items())[::10]:
        view.highlight([place])
        rect = inner.rect_of(place) if isinstance(inner, PageView) else inner.rects_of(place)[0]
        with qtbot.waitSignal(view.cell_clicked) as clicked:
            qtbot.mouseClick(inner.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
        assert clicked.args == [ref]
    view.clear()
    if pages is not None:
        pages.close()
