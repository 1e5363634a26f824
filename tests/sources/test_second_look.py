"""Second readings of single cells, from the bytes of the source and the place that its reader gave."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

import pypdf
from PIL import Image, ImageDraw

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, GridCell
from gkdesk.model.place import Box, PagePlace, Place, TablePlace
from gkdesk.sources import opening
from gkdesk.sources.pictures import recognition
from gkdesk.sources.second_look import SecondLook, read_again

from .picture_maker import COLUMN, LEFT, ROW, TOP, encoded, scanned, seal, table

ROWS = (
    ("ITEM received this year", "NEW", "OLD", "TOTAL"),
    ("Rules received this year", "3119", "34", "0"),
    ("Orders received this year", "96171.6", "1", "447228"),
    ("Fees received this year", "105", "78", ""),
)
SMALL = 17


def figure_cells(content: Content) -> list[GridCell]:
    (grid,) = content.grids()
    return [cell for row in grid.rows()[1:] for cell in row[1:]]


def as_pdf(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PDF", resolution=200)
    return stream.getvalue()


def locked(data: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def cell_of(column: int, row: int) -> PagePlace:
    left, top = LEFT + column * COLUMN, TOP + row * ROW
    return PagePlace(1, Box(left, top, left + COLUMN, top + ROW))


@pytest.mark.parametrize("kind", ["picture", "pdf"])
def test_every_figure_is_read_again_from_its_place_alone(kind: str) -> None:
    page = table([(row[0].split()[0], *row[1:]) for row in ROWS])
    data = scanned(page, 0.6) if kind == "picture" else as_pdf(page)
    with SecondLook(data) as look:
        found = [look.read(cell.place) for cell in figure_cells(opening.read(data))]
    assert [reading and reading.text for reading in found] == [text for row in ROWS[1:] for text in row[1:]]
    assert sum(reading is not None and reading.confidence > 0.8 for reading in found) >= len(found) - 1


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_read_upright(angle: int) -> None:
    data = encoded(table(ROWS, size=SMALL).rotate(angle, expand=True))
    content = opening.read(data)
    for cell in figure_cells(content):
        reading = read_again(data, cell.place)
        assert reading is not None
        assert reading.text == cell.text


def test_a_locked_pdf_is_read_with_its_password_only() -> None:
    plain = as_pdf(table(ROWS, size=SMALL))
    place = figure_cells(opening.read(plain))[0].place
    data = locked(plain, "hemlig")
    reading = read_again(data, place, "hemlig")
    assert reading is not None
    assert reading.text == "3119"
    with pytest.raises(SourceError):
        read_again(data, place)


def test_a_seal_over_a_figure_is_seen_through_and_rules_are_no_print() -> None:
    data = encoded(seal(table(ROWS, size=SMALL), LEFT + 2 * COLUMN, TOP + 2 * ROW))
    texts = [read_again(data, cell_of(column, 1)) for column in (1, 2)]
    assert [reading and reading.text for reading in texts] == ["3119", "34"]
    blank = read_again(encoded(table(ROWS, size=SMALL)), cell_of(3, 3))
    assert blank == ("", 1.0)


def test_what_is_too_small_or_leans_is_never_sure() -> None:
    image = table(ROWS, size=SMALL)
    ImageDraw.Draw(image).line(
        (LEFT + 3 * COLUMN + 40, TOP + 3 * ROW + 46, LEFT + 3 * COLUMN + 47, TOP + 3 * ROW + 18), "black", 3
    )
    stroke = read_again(encoded(image), cell_of(3, 3))
    assert stroke is not None
    assert stroke.confidence <= 0.5
    tiny = image.resize((image.width // 4, image.height // 4), Image.Resampling.BILINEAR)
    place = PagePlace(1, Box(*(edge / 4 for edge in cell_of(1, 1).box)))
    small = read_again(encoded(tiny), place)
    assert small is not None
    assert small.confidence == 0.0


@pytest.mark.parametrize(
    "place", [TablePlace(0, 1, 1), PagePlace(7, Box(0, 0, 10, 10)), PagePlace(1, Box(9000, 9000, 9010, 9010))]
)
def test_there_is_nothing_to_look_at_off_the_pages(place: Place) -> None:
    assert read_again(encoded(table(ROWS, size=SMALL)), place) is None
    assert read_again(as_pdf(table(ROWS, size=SMALL)), place) is None


def test_other_sources_and_a_missing_extra_give_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_again("年报 规章 3".encode(), cell_of(1, 1)) is None
    monkeypatch.setattr(recognition, "is_available", lambda: False)
    assert read_again(encoded(table(ROWS, size=SMALL)), cell_of(1, 1)) is None
