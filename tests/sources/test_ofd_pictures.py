"""OFDs whose pages are pictures, as scanners and document systems make them, and pictures among their text."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

from PIL import Image, ImageOps

from gkdesk.errors import SourceError
from gkdesk.model.content import Content
from gkdesk.model.place import PagePlace
from gkdesk.sources import opening
from gkdesk.sources.ofd import page_pictures
from gkdesk.sources.pictures import pictured_pages, recognition
from gkdesk.sources.second_look import read_again
from tests.corpus.generator.ofd_package import Habits, Sheet, make_ofd

from .picture_maker import COLUMN, HEIGHT, LEFT, ROW, TOP, WIDTH, encoded, figures, table, the_grid

ROWS = (
    ("ITEM", "NEW", "OLD", "TOTAL"),
    ("Rules", "3119", "34", "0"),
    ("Orders", "96171.6", "1", "447228"),
    ("Fees", "105", "78", "2932"),
)
FIGURES = [row[1:] for row in ROWS[1:]]
MILLIMETRES, POINTS = 25.4 / 200, 72 / 200


def scanned_ofd(*pages: bytes) -> bytes:
    """Each picture as a page of its own."""
    sheets = []
    for number in range(len(pages)):
        sheet = Sheet(WIDTH * MILLIMETRES, HEIGHT * MILLIMETRES)
        sheet.picture(0, 0, sheet.width, sheet.height, str(number + 50))
        sheets.append(sheet)
    media = {str(number + 50): data for number, data in enumerate(pages)}
    return make_ofd(*sheets, media=media)


def jbig2(image: Image.Image) -> bytes:
    """A file of one region in the coding of a fax, in the order of its pages."""
    black = ImageOps.invert(image.convert("L")).convert("1", dither=Image.Dither.NONE)
    stream = io.BytesIO()
    black.save(stream, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(io.BytesIO(stream.getvalue())) as written:
        (start,), (length,) = written.tag_v2[273], written.tag_v2[279]
    coded = stream.getvalue()[start : start + length]
    information = struct.pack(">IIIIBH", *image.size, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", *image.size, 0, 0, 0) + b"\x01" + coded
    parts = [(48, 1, information), (38, 1, region), (49, 1, b""), (51, 0, b"")]
    segments = b"".join(
        struct.pack(">IBBBI", number, kind, 0, page, len(body)) + body
        for number, (kind, page, body) in enumerate(parts)
    )
    return b"\x97JB2\r\n\x1a\n\x01" + struct.pack(">I", 1) + segments


def codes(content: Content) -> list[str]:
    return [note.code for note in content.notes]


FILES: dict[str, Callable[[Image.Image], bytes]] = {
    "JPEG": lambda image: encoded(image, "JPEG"),
    "grey": lambda image: encoded(image.convert("L"), "JPEG"),
    "CMYK": lambda image: encoded(image.convert("CMYK"), "JPEG"),
    "PNG": encoded,
    "fax": lambda image: encoded(image.convert("1"), "TIFF", compression="group4"),
    "JBIG2": jbig2,
}


@pytest.mark.parametrize("kind", FILES)
def test_a_scanned_ofd_is_recognised_with_places_on_its_pages(kind: str) -> None:
    data = FILES[kind](table(ROWS))
    content = opening.read(scanned_ofd(data))
    assert figures(the_grid(content)) == FIGURES
    place = the_grid(content).rows()[1][1].place
    assert isinstance(place, PagePlace)
    assert place.box.left == pytest.approx((LEFT + COLUMN + 24) * POINTS, abs=3)
    assert place.box.centre[1] == pytest.approx((TOP + 1.5 * ROW) * POINTS, abs=3)
    assert codes(content) == ["recognised"]


def test_pages_of_pictures_and_of_text_are_read_in_their_order() -> None:
    told: list[tuple[int, int]] = []
    scan, written = Sheet(), Sheet()
    scan.picture(0, 0, 210, 297, "7")
    written.table(30, 40, 30, 10, [["128", "64"], ["32", "16"]])
    data = make_ofd(scan, written, scan, habits=Habits(prefix="", absolute=True), media={"7": encoded(table(ROWS))})
    content = opening.read(data, on_page=lambda done, total: told.append((done, total)))
    assert [grid.page for grid in content.grids()] == [1, 2, 3]
    assert [grid.index for grid in content.grids()] == [0, 1, 2]
    assert told == [(0, 2), (1, 2)]
    assert codes(content) == ["recognised"]


def test_a_picture_of_a_table_among_text_is_recognised() -> None:
    sheet = Sheet()
    sheet.text(30, 30, "三、收到和处理政府信息公开申请情况", step=3.5)
    sheet.picture(20, 50, 170, 90, "9")
    width, height = LEFT + 4 * COLUMN + 60, TOP + len(ROWS) * ROW + 60
    cut = table(ROWS).crop((LEFT - 60, TOP - 60, width, height))
    content = opening.read(make_ofd(sheet, media={"9": encoded(cut)}))
    assert figures(the_grid(content)) == FIGURES
    assert "三、收到和处理政府信息公开申请情况" in [line.text for line in content.lines()]


def test_the_page_is_shown_with_its_picture_and_looked_at_again() -> None:
    data = scanned_ofd(encoded(table(ROWS), "JPEG"))
    with page_pictures.open_pages(data) as pages:
        image = pages.render(1, 1 / POINTS)
    left, top = LEFT, TOP + ROW
    rule = image.pixels[top * image.stride + 4 * left : top * image.stride + 4 * (left + 2 * COLUMN)]
    assert sum(value < 128 for value in rule[1::4]) > COLUMN
    cell = the_grid(opening.read(data)).rows()[1][1]
    again = read_again(data, cell.place)
    assert again is not None
    assert again.text == "3119"


def test_pictures_that_cannot_be_drawn_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    with_text, without = Sheet(), Sheet()
    with_text.text(30, 200, "一、总体情况", step=3.5)
    with_text.picture(20, 20, 160, 100, "3")
    without.picture(20, 20, 160, 100, "3")
    for media in ({}, {"3": b"\x97JB2\r\n\x1a\n" + b"\xff" * 60}, {"3": encoded(table(ROWS))[:400]}):
        found = [codes(opening.read(make_ofd(sheet, media=media))) for sheet in (with_text, without)]
        assert found == [["pictures-not-read"], ["no-text-layer"]]
    monkeypatch.setattr(recognition, "is_available", lambda: False)
    whole = make_ofd(without, media={"3": encoded(table(ROWS))})
    assert codes(opening.read(whole)) == ["no-text-layer", "recognition-missing"]


def test_a_book_of_pictures_is_refused_and_a_long_scan_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    page = encoded(table(ROWS))
    monkeypatch.setattr(pictured_pages, "MOST_PICTURED", 1)
    told: list[tuple[int, int]] = []
    content = opening.read(scanned_ofd(page, page), on_page=lambda done, total: told.append((done, total)))
    assert [grid.page for grid in content.grids()] == [1]
    assert told == [(0, 1)]
    assert [note.arguments for note in content.notes if note.code == "pages-left-out"] == [{"read": 1, "pages": 2}]
    monkeypatch.setattr(pictured_pages, "MOST_PAGES", 1)
    with pytest.raises(SourceError) as refused:
        opening.read(scanned_ofd(page, page))
    assert refused.value.code == "source.book-of-pictures"
