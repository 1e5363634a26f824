"""Sources shown as text: nothing is interpreted, every place is found, tables keep their shape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable

from gkdesk.model.cellref import CellRef
from gkdesk.model.place import Box, PagePlace, ParagraphPlace, SheetPlace, TablePlace, TextPlace
from gkdesk.ui.views.document_view import DocumentView
from gkdesk.ui.views.document_writer import MOST_COLUMNS, MOST_LINES
from tests.ui.views import contents

NATURAL = CellRef("t3", "new", "natural")
TOTAL = CellRef("t3", "new", "total")


@pytest.fixture
def view(qtbot):
    made = DocumentView()
    qtbot.addWidget(made)
    made.resize(600, 480)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(qtbot, view, content):
    view.show_content(content)
    qtbot.waitUntil(lambda: view.is_written)


def tables(view):
    return [frame for frame in view.document().rootFrame().childFrames() if isinstance(frame, QTextTable)]


def text_of(view, place):
    """What the document shows at a place."""
    spot = view.spot_of(place)
    cursor = QTextCursor(view.document())
    cursor.setPosition(spot.start)
    cursor.setPosition(spot.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def seen(view, place):
    port = view.viewport().rect().toRectF()
    return any(rect.intersects(port) for rect in view.rects_of(place))


def click(qtbot, view, place):
    point = view.rects_of(place)[0].center().toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>粗</b> & &amp; &#21488; <!-- 注 -->",
        '<img src="http://192.0.2.1/x.png"><a href="file:///etc/passwd">打开</a>',
        "]]> %1 {0} \\n",
    ],
)
def test_what_looks_like_markup_is_shown_as_it_stands(qtbot, view, text):
    show(qtbot, view, contents.content(contents.paragraph(text), contents.grid(1, 1, contents.cell(0, 0, text))))
    assert view.toPlainText().split("\n").count(text) == 2
    assert "<a " not in view.toHtml()
    assert "<img" not in view.toHtml()


def test_nothing_is_loaded(view):
    for kind in (QTextDocument.ResourceType.ImageResource, QTextDocument.ResourceType.StyleSheetResource):
        assert view.loadResource(kind.value, QUrl("file:///etc/hostname")) is None


@pytest.mark.parametrize("harmful", ["\x00", "\u202e", "\ufdd0", "\ufdd1", "\ufffc", "\u2029", "\r", "\ud800"])
def test_characters_that_would_do_something_do_not_move_what_follows(qtbot, view, harmful):
    text = f"新收{harmful}请 12 件"
    show(qtbot, view, contents.plain(text))
    assert text_of(view, TextPlace(text.index("12"), text.index("12") + 2)) == "12"


def test_characters_beyond_the_basic_plane_do_not_move_what_follows(qtbot, view):
    text = "𠮷𠮷县收到 12 件"
    show(qtbot, view, contents.plain(text))
    assert text_of(view, TextPlace(text.index("12"), text.index("12") + 2)) == "12"


def test_the_order_and_the_words_of_the_source_are_kept(qtbot, view):
    lines = ["某市2024年政府信息公开工作年度报告", "一、总体情况", "共 3 件。"]
    show(qtbot, view, contents.plain("\n\n".join(lines)))
    assert view.toPlainText().split("\n") == lines


def test_spans_become_merged_cells(qtbot, view):
    show(qtbot, view, contents.content(contents.header_over_two()))
    (table,) = tables(view)
    assert (table.rows(), table.columns()) == (3, 3)
    assert table.cellAt(0, 1).columnSpan() == 2
    assert table.cellAt(1, 0).rowSpan() == 2
    assert table.cellAt(2, 1).firstCursorPosition().block().text() == "3"


def test_spans_that_overlap_or_leave_the_table_lose_no_text(qtbot, view):
    grid = contents.grid(
        2,
        2,
        contents.cell(0, 0, "甲", row_span=99, column_span=99),
        contents.cell(0, 1, "乙"),
        contents.cell(1, 0, "丙", column_span=2),
    )
    show(qtbot, view, contents.content(grid))
    assert all(word in view.toPlainText() for word in "甲乙丙")
    assert view.rects_of(TablePlace(0, 0, 1))


def test_the_rectangle_of_a_cell_is_where_qt_draws_it(qtbot, view):
    grid = contents.header_over_two()
    show(qtbot, view, contents.content(contents.paragraph("前面的话"), grid))
    (table,) = tables(view)
    for cell in grid.cells:
        (rect,) = view.rects_of(cell.place)
        for corner in (rect.topLeft() + QPoint(2, 2), rect.bottomRight() - QPoint(2, 2)):
            at = table.cellAt(view.cursorForPosition(corner.toPoint()))
            assert (at.row(), at.column()) == (cell.row, cell.column)


def test_cells_side_by_side_share_an_edge(qtbot, view):
    show(qtbot, view, contents.content(contents.header_over_two()))
    (left,), (right,) = view.rects_of(TablePlace(0, 1, 1)), view.rects_of(TablePlace(0, 1, 2))
    (below,) = view.rects_of(TablePlace(0, 2, 1))
    assert left.right() == pytest.approx(right.left())
    assert left.bottom() == pytest.approx(below.top(), abs=0.5)


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (contents.plain("总体情况\n共收到 12 件"), TextPlace(9, 11), "12"),
        (contents.tabbed("总计\t3\n其他\t45"), TextPlace(8, 10), "45"),
        (contents.tabbed("总计\t3 45 6"), TextPlace(5, 7), "45"),
        (contents.content(contents.paragraph("共收到 12 件", 7)), ParagraphPlace(7, 4, 6), "12"),
        (contents.content(contents.square(2, 2)), TablePlace(0, 1, 0), "1.0"),
        (contents.sheet(), SheetPlace("表三", "B1"), "7"),
        (contents.page_line(), PagePlace(1, Box(40, 10, 50, 20)), "12"),
        (contents.page_line(), PagePlace(1, Box(41, 11, 49, 19)), "新收 12"),
    ],
    ids=["in a line", "a cell of text", "in a cell of text", "paragraph", "table", "sheet", "word", "near a word"],
)
def test_every_kind_of_place_is_found(qtbot, view, content, place, words):
    show(qtbot, view, content)
    view.highlight([place])
    assert text_of(view, place) == words
    assert seen(view, place)


@pytest.mark.parametrize(
    "place",
    [
        TextPlace(900, 901),
        ParagraphPlace(9, 0, 1),
        TablePlace(9, 9, 9),
        SheetPlace("无", "A1"),
        PagePlace(9, Box(0, 0, 1, 1)),
    ],
)
def test_a_place_that_is_not_there_is_passed_over(qtbot, view, place):
    show(qtbot, view, contents.plain("总体情况"))
    view.highlight([place])
    assert view.rects_of(place) == []


def test_a_click_on_a_cell_names_it(qtbot, view):
    place = TablePlace(0, 25, 1)
    show(qtbot, view, contents.content(contents.square(30, 3)))
    view.set_targets({NATURAL: TablePlace(0, 1, 1), TOTAL: place})
    view.highlight([place])
    with qtbot.waitSignal(view.cell_clicked) as clicked, qtbot.assertNotEmitted(view.place_clicked):
        click(qtbot, view, place)
    assert clicked.args == [TOTAL]


def test_a_click_on_a_number_in_a_sentence_names_its_cell(qtbot, view):
    place = TextPlace(4, 6)
    show(qtbot, view, contents.plain("共收到 12 件，办结 11 件。"))
    view.set_targets({NATURAL: place})
    with qtbot.waitSignal(view.cell_clicked) as clicked:
        click(qtbot, view, place)
    assert clicked.args == [NATURAL]


def test_a_click_elsewhere_only_tells_the_place(qtbot, view):
    show(qtbot, view, contents.plain("共收到 12 件，办结 11 件。"))
    view.set_targets({NATURAL: TextPlace(4, 6)})
    with qtbot.waitSignal(view.place_clicked) as clicked, qtbot.assertNotEmitted(view.cell_clicked):
        click(qtbot, view, TextPlace(13, 15))
    (place,) = clicked.args
    assert 13 <= place.start <= 15


def test_the_mouse_becomes_a_hand_over_a_target(qtbot, view):
    place = TextPlace(4, 6)
    show(qtbot, view, contents.plain("共收到 12 件"))
    view.set_targets({NATURAL: place})
    port = view.viewport()
    qtbot.mouseMove(port, view.rects_of(place)[0].center().toPoint())
    qtbot.waitUntil(lambda: port.cursor().shape() is Qt.CursorShape.PointingHandCursor)
    qtbot.mouseMove(port, QPoint(400, 400))
    qtbot.waitUntil(lambda: port.cursor().shape() is not Qt.CursorShape.PointingHandCursor)


def test_highlighting_brings_the_place_into_view_with_what_is_around(qtbot, view):
    place = TablePlace(0, 80, 1)
    show(qtbot, view, contents.content(contents.square(100, 3)))
    view.highlight([place])
    (rect,) = view.rects_of(place)
    assert rect.top() > 40
    assert rect.bottom() < view.viewport().height() - 40


@pytest.mark.parametrize("steps", [["zoom_in"] * 4, ["zoom_out"] * 3, ["zoom_in", "fit_width"]])
def test_zooming_keeps_the_current_place_in_view(qtbot, view, steps):
    place = TablePlace(0, 80, 9)
    show(qtbot, view, contents.content(contents.square(100, 10)))
    view.highlight([place])
    for step in steps:
        getattr(view, step)()
        assert seen(view, place)


def test_resizing_keeps_the_current_place_in_view(qtbot, view):
    place = TablePlace(0, 80, 9)
    show(qtbot, view, contents.content(contents.square(100, 10)))
    view.highlight([place])
    view.resize(320, 240)
    qtbot.waitUntil(lambda: view.viewport().width() < 320)
    assert seen(view, place)


def test_zooming_makes_the_text_larger(qtbot, view):
    place = TextPlace(4, 6)
    show(qtbot, view, contents.plain("共收到 12 件"))
    before = view.rects_of(place)[0].height()
    view.zoom_in()
    view.zoom_in()
    assert view.rects_of(place)[0].height() > before
    view.actual_size()
    assert view.rects_of(place)[0].height() == before


def broad_table(columns=17):
    labels = [contents.cell(row, 0, "一、本年新收政府信息公开申请数量") for row in range(3)]
    values = [contents.cell(row, column, "尚未审结") for row in range(3) for column in range(1, columns)]
    return contents.content(contents.grid(3, columns, *labels, *values))


def test_a_broad_table_is_shown_smaller_at_first(qtbot, view):
    view.resize(560, 480)
    show(qtbot, view, broad_table())
    assert 0.7 <= view.zoom < 1.0
    assert view.horizontalScrollBar().maximum() == 0
    view.actual_size()
    assert view.horizontalScrollBar().maximum() > 0
    view.fit_width()
    assert view.horizontalScrollBar().maximum() == 0


def test_with_more_room_the_writing_grows_to_its_actual_size(qtbot, view):
    view.resize(560, 480)
    show(qtbot, view, broad_table())
    with qtbot.waitSignal(view.zoom_changed):
        view.resize(1200, 480)
    assert view.zoom == 1.0


def test_a_zoom_that_was_chosen_stays(qtbot, view):
    view.resize(560, 480)
    view.zoom_in()
    show(qtbot, view, broad_table())
    assert view.zoom == 1.1
    assert not view.fits_width


def test_a_table_that_could_not_be_read_that_small_is_scrolled(qtbot, view):
    show(qtbot, view, broad_table(60))
    assert view.zoom == 1.0
    assert view.horizontalScrollBar().maximum() > 0


def test_a_table_of_ten_columns_fits_a_narrow_window(qtbot, view):
    labels = [contents.cell(row, 0, "一、本年新收政府信息公开申请数量") for row in range(3)]
    values = [contents.cell(row, column, "1234") for row in range(3) for column in range(1, 10)]
    show(qtbot, view, contents.content(contents.grid(3, 10, *labels, *values)))
    assert view.horizontalScrollBar().maximum() == 0
    assert all(len(view.rects_of(value.place)) == 1 for value in values)
    # No number is broken over two lines: its block has one.
    (table,) = tables(view)
    assert table.cellAt(0, 5).firstCursorPosition().block().layout().lineCount() == 1


def test_a_table_too_wide_for_the_window_is_scrolled_not_crushed(qtbot, view):
    cells = [contents.cell(0, column, "24252.311082") for column in range(15)]
    show(qtbot, view, contents.content(contents.grid(1, 15, *cells)))
    assert view.horizontalScrollBar().maximum() > 0
    view.highlight([cells[14].place])
    assert seen(view, cells[14].place)


def test_a_long_document_is_written_little_by_little(qtbot, view):
    text = "\n".join(f"第{number}行共 {number} 件" for number in range(10_000))
    with qtbot.waitSignal(view.written, timeout=20_000):
        view.show_content(contents.plain(text))
        assert not view.is_written
    assert view.document().blockCount() == 10_000


def test_a_place_in_the_part_not_yet_written_is_shown_at_once(qtbot, view):
    text = "\n".join(f"第{number}行共 {number} 件" for number in range(10_000))
    start = text.index("第9000行")
    view.show_content(contents.plain(text))
    view.highlight([TextPlace(start, start + 5)])
    assert seen(view, TextPlace(start, start + 5))


def test_a_long_table_is_cut_into_pieces_that_look_like_one(qtbot, view):
    show(qtbot, view, contents.content(contents.square(1000, 5)))
    assert len(tables(view)) > 1
    assert sum(table.rows() for table in tables(view)) == 1000
    assert text_of(view, TablePlace(0, 999, 4)) == "999.4"
    (upper,), (lower,) = (view.rects_of(TablePlace(0, row, 0)) for row in (79, 80))
    assert lower.top() - upper.bottom() < 8


def test_what_is_too_long_ends_with_a_sentence_that_says_so(qtbot, view):
    lines = [contents.paragraph("行", number) for number in range(MOST_LINES + 5)]
    view.show_content(contents.content(*lines))
    view.highlight([ParagraphPlace(MOST_LINES + 4, 0, 1)])
    assert view.is_written
    assert view.toPlainText().endswith("后面的内容没有显示。")


def test_of_a_table_too_broad_the_first_columns_are_shown(qtbot, view):
    show(qtbot, view, contents.content(contents.square(1, 500)))
    assert tables(view)[0].columns() == MOST_COLUMNS


def test_empty_grids_and_contents_are_no_trouble(qtbot, view):
    show(qtbot, view, contents.content(contents.grid(0, 0), contents.grid(2, 2)))
    show(qtbot, view, contents.content())
    view.highlight([TextPlace(0, 1)])
    view.zoom_in()
    assert view.toPlainText() == ""


def test_showing_another_source_forgets_the_marks_and_targets(qtbot, view):
    place = TextPlace(4, 6)
    show(qtbot, view, contents.plain("共收到 12 件"))
    view.set_targets({NATURAL: place})
    view.highlight([place])
    show(qtbot, view, contents.plain("共收到 13 件"))
    with qtbot.assertNotEmitted(view.cell_clicked):
        click(qtbot, view, place)


def test_text_can_be_copied_but_not_changed(qtbot, view):
    show(qtbot, view, contents.plain("共收到 12 件"))
    qtbot.keyClicks(view, "abc")
    assert view.toPlainText() == "共收到 12 件"
    view.selectAll()
    assert view.canPaste() is False
    assert view.textCursor().selectedText() == "共收到 12 件"
