from __future__ import annotations

import base64
import io
import subprocess
import sys
import zipfile

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gkdesk.errors import SourceError
from gkdesk.model.content import Grid, Line, SourceKind
from gkdesk.model.place import PagePlace, TablePlace
from gkdesk.sources import opening
from gkdesk.sources.page_image import PageImages
from gkdesk.sources.pictures import picture_image, pictured_pages, raster, recognition
from gkdesk.sources.pictures.rules.ruled_lines import find_rules
from gkdesk.workflow import tasks

from .picture_maker import (
    COLUMN,
    HEIGHT,
    LEFT,
    ROW,
    TOP,
    WIDTH,
    doubts,
    encoded,
    figures,
    scanned,
    seal,
    table,
    the_grid,
)

ROWS = (
    ("ITEM", "NEW", "OLD", "TOTAL"),
    ("Rules", "3119", "34", "0"),
    ("Orders", "96171.6", "1", "447228"),
    ("Fees", "105", "78", "2932"),
    ("Fines", "11", "0", "6"),
)
FIGURES = [row[1:] for row in ROWS[1:]]


def never_wrong_in_silence(grid: Grid) -> bool:
    return all(
        cell.doubt or cell.text == expected
        for row, texts in zip(grid.rows()[1:], FIGURES, strict=True)
        for cell, expected in zip(row[1:], texts, strict=True)
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF", "WEBP"])
def test_a_picture_of_a_table_is_read_whatever_its_format(kind: str) -> None:
    content = opening.read(encoded(table(ROWS), kind))
    assert content.kind is SourceKind.PICTURE
    grid = the_grid(content)
    assert (grid.row_count, grid.column_count) == (5, 4)
    assert figures(grid) == FIGURES
    assert doubts(grid) == set()
    assert "recognised" in {note.code for note in content.notes}


def test_places_are_pixels_of_the_picture_as_shown() -> None:
    data = scanned(table(ROWS), skew=2.0)
    content = opening.read(data)
    cell = the_grid(content).rows()[1][1]
    assert cell.text == "3119"
    assert isinstance(cell.place, PagePlace)
    upright = Image.new("L", (WIDTH, HEIGHT), 0)
    ImageDraw.Draw(upright).rectangle(
        (LEFT + COLUMN + 24, TOP + ROW + 16, LEFT + COLUMN + 90, TOP + ROW + 48), fill=255
    )
    left, top, right, bottom = upright.rotate(2.0).getbbox() or (0, 0, 0, 0)
    x, y = cell.place.box.centre
    assert left < x < right
    assert top < y < bottom
    (page,) = content.pages
    assert (page.width, page.height) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("skew", [-3.0, 1.0])
def test_a_skewed_noisy_scan_is_read(skew: float) -> None:
    grid = the_grid(opening.read(scanned(table(ROWS), skew)))
    assert figures(grid) == FIGURES
    assert len(doubts(grid)) <= 1


def test_a_red_seal_over_figures_vanishes() -> None:
    sealed = seal(table(ROWS), LEFT + 2 * COLUMN, TOP + 3 * ROW)
    grid = the_grid(opening.read(scanned(sealed, 0.5)))
    assert figures(grid) == FIGURES
    assert len(doubts(grid)) <= 2


def test_blank_cells_are_blank_but_not_where_something_red_stands() -> None:
    rows = [(*row[:3], "") for row in ROWS]
    image = table(rows)
    font = ImageFont.load_default(30)
    ImageDraw.Draw(image).text((LEFT + 3 * COLUMN + 24, TOP + ROW + ROW // 2), "57", (230, 20, 20), font, anchor="lm")
    column = [row[3] for row in the_grid(opening.read(encoded(image))).rows()[1:]]
    assert column[0].doubt == "recognition"
    assert [(cell.text, cell.doubt) for cell in column[1:]] == [("", "")] * 3


def test_pale_print_is_read_or_doubted() -> None:
    grid = the_grid(opening.read(encoded(table(ROWS, shade=150))))
    assert never_wrong_in_silence(grid)


def test_what_is_too_small_to_read_is_doubted() -> None:
    small = table(ROWS).resize((WIDTH // 4, HEIGHT // 4), Image.Resampling.BILINEAR)
    for grid in opening.read(scanned(small, 0.4, noise=20, quality=30)).grids():
        if (grid.row_count, grid.column_count) == (5, 4):
            assert never_wrong_in_silence(grid)


def test_broken_rules_are_mended_and_stray_strokes_left_out() -> None:
    image = table(ROWS)
    draw = ImageDraw.Draw(image)
    for x in range(LEFT + 40, LEFT + 900, 170):
        draw.rectangle((x, TOP + 2 * ROW - 3, x + 4, TOP + 2 * ROW + 3), fill="white")
    draw.line((LEFT + 2 * COLUMN + 150, TOP + ROW + 12, LEFT + 2 * COLUMN + 150, TOP + 2 * ROW - 12), "black", 2)
    grid = the_grid(opening.read(encoded(image)))
    assert (grid.row_count, grid.column_count) == (5, 4)
    assert never_wrong_in_silence(grid)


def with_marks(*marks: str) -> list[tuple[str, ...]]:
    """The rows with these in place of the last figures."""
    return [ROWS[0], *((*row[:3], mark) for row, mark in zip(ROWS[1:], marks, strict=True))]


def last_column(image: Image.Image) -> list[tuple[str, str]]:
    rows = the_grid(opening.read(scanned(image, 0.3))).rows()[1:]
    return [(row[3].text, row[3].doubt) for row in rows]


def test_printed_slashes_are_slashes_and_no_ones() -> None:
    assert last_column(table(with_marks("/", "/", "1", "/"))) == [("/", ""), ("/", ""), ("1", ""), ("/", "")]


def test_one_slash_may_be_a_one_that_somebody_wrote() -> None:
    column = last_column(table(with_marks("/", "34", "1", "7")))
    assert column[0][1] == "recognition"
    assert column[1:] == [("34", ""), ("1", ""), ("7", "")]


def test_strokes_that_lean_in_different_ways_are_in_doubt() -> None:
    image = table(with_marks("", "", "", ""))
    draw = ImageDraw.Draw(image)
    for row, lean in enumerate((7, 12, 10, 19), 1):
        x, y = LEFT + 3 * COLUMN + 40, TOP + row * ROW + ROW // 2
        draw.line((x, y + 15, x + lean, y - 15), "black", 3)
    assert all(doubt or text == "" for text, doubt in last_column(image))
    assert [doubt for _, doubt in last_column(image)] == ["recognition"] * 4


def test_printed_dashes_stand_for_nothing() -> None:
    image = table(with_marks("", "", "", "12"))
    draw = ImageDraw.Draw(image)
    for row in (1, 2, 3):
        y = TOP + row * ROW + ROW // 2
        draw.rectangle((LEFT + 3 * COLUMN + 24, y, LEFT + 3 * COLUMN + 46, y + 2), "black")
    assert last_column(image) == [("—", "")] * 3 + [("12", "")]


def test_a_rule_that_runs_into_print_below_the_table_is_a_rule() -> None:
    image = table(ROWS[:2])
    x, y = LEFT + 2 * COLUMN, TOP + 2 * ROW
    ImageDraw.Draw(image).line((x, y, x, y + 24), "black", 2)
    grid = the_grid(opening.read(encoded(image)))
    assert (grid.row_count, grid.column_count) == (2, 4)
    assert figures(grid) == FIGURES[:1]


def test_a_rule_that_runs_on_into_a_character_as_high_as_its_row_ends_below_it() -> None:
    """200 dpi: a row of 14 points with one cell above three columns, and strokes of its print above their borders."""
    gray = np.full((400, 600), 255, dtype=np.uint8)
    for y in (100, 139, 217, 256):
        gray[y : y + 2, 60:540] = 0
    for x in (60, 540):
        gray[100:258, x : x + 2] = 0
    for x in (220, 380):
        gray[109:258, x : x + 2] = 0
    upright = find_rules(gray, 2.8).rules.vertical
    assert [round(rule.start) for rule in sorted(upright)] == [36, 50, 50, 36]


def test_a_border_that_runs_a_little_beyond_the_last_rules_is_one() -> None:
    gray = np.full((400, 600), 255, dtype=np.uint8)
    for y in (100, 184, 240):
        gray[y : y + 2, 60:540] = 0
    for x in (60, 540):
        gray[100:242, x : x + 2] = 0
    gray[96:245, 300:302] = 0
    assert [round(rule.at) for rule in sorted(find_rules(gray, 2.8).rules.vertical)] == [22, 108, 193]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_read_with_places_as_it_is_shown(angle: int) -> None:
    words = [tuple(f"{text} received this year" if not text.isdecimal() else text for text in row[:1]) for row in ROWS]
    rows = [(*label, *row[1:]) for label, row in zip(words, ROWS, strict=True)]
    upright = table(rows, size=17)
    content = opening.read(encoded(upright.rotate(angle, expand=True)))
    # The angle is counted against the clock.
    assert [page.turn for page in content.pages] == [4 - angle // 90]
    grid = the_grid(content)
    assert figures(grid) == FIGURES
    assert doubts(grid) == set()
    spot = Image.new("L", upright.size, 0)
    ImageDraw.Draw(spot).rectangle((LEFT + COLUMN, TOP + ROW, LEFT + 2 * COLUMN, TOP + 2 * ROW), fill=255)
    left, top, right, bottom = spot.rotate(angle, expand=True).getbbox() or (0, 0, 0, 0)
    place = grid.rows()[1][1].place
    assert isinstance(place, PagePlace)
    x, y = place.box.centre
    assert left < x < right
    assert top < y < bottom


def test_pages_of_a_tiff_are_told_one_by_one_and_reading_can_be_stopped() -> None:
    page = table(ROWS)
    data = encoded(page, "TIFF", save_all=True, append_images=[page])
    told: list[tuple[int, int]] = []
    content = opening.read(data, on_page=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2)]
    assert [grid.page for grid in content.grids()] == [1, 2]
    assert [grid.index for grid in content.grids()] == [0, 1]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        opening.read(data, on_page=stop)


def test_a_blank_picture_and_a_photograph_have_no_tables() -> None:
    blank = opening.read(encoded(Image.new("RGB", (900, 1200), "white")))
    assert blank.blocks == ()
    assert [note.code for note in blank.notes] == ["nothing-recognised"]
    photograph = Image.effect_mandelbrot((900, 700), (-3, -2.5, 2, 2.5), 100).convert("RGB")
    assert list(opening.read(encoded(photograph)).grids()) == []


def test_lines_outside_tables_are_in_doubt_as_table_figures() -> None:
    image = Image.new("RGB", (WIDTH, 600), "white")
    ImageDraw.Draw(image).text((200, 200), "Rules 3119 34 0", "black", ImageFont.load_default(34))
    lines = [block for block in opening.read(encoded(image)).blocks if isinstance(block, Line)]
    assert lines
    assert {line.doubt for line in lines} == {"recognition"}


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "MOST_PIXELS", 1_000_000)
    with pytest.raises(SourceError) as raised:
        opening.read(encoded(Image.new("1", (2000, 2000))))
    assert raised.value.code == "source.picture-too-large"


def test_truncated_pictures_are_broken() -> None:
    data = encoded(table(ROWS))
    for end in (9, 60, len(data) // 2):
        with pytest.raises(SourceError) as raised:
            opening.read(data[:end])
        assert raised.value.code == "source.broken"


def test_without_the_extra_a_picture_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_available", lambda: False)
    with pytest.raises(SourceError) as raised:
        opening.read(encoded(table(ROWS)))
    assert raised.value.code == "source.no-recognition"


def test_page_pictures_of_a_picture_have_its_pixels_as_points() -> None:
    with picture_image.PicturePages(encoded(table(ROWS))) as pages:
        size = pages.size(1)
        assert (size.width, size.height) == (WIDTH, HEIGHT)
        assert pages.render(1, 0.5).width == WIDTH // 2


def scanned_pdf(image: Image.Image, copies: int = 1) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PDF", resolution=200, save_all=True, append_images=[image] * (copies - 1))
    return stream.getvalue()


def test_a_book_of_pictures_is_not_recognised_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictured_pages, "MOST_PICTURED", 2)
    content = opening.read(scanned_pdf(table(ROWS), copies=4))
    assert [grid.page for grid in content.grids()] == [1, 2]
    left_out = next(note for note in content.notes if note.code == "pages-left-out")
    assert left_out.arguments == {"read": 2, "pages": 4}
    monkeypatch.setattr(pictured_pages, "MOST_PAGES", 3)
    with pytest.raises(SourceError) as refused:
        opening.read(scanned_pdf(table(ROWS), copies=4))
    assert refused.value.code == "source.book-of-pictures"


def test_a_page_of_a_pdf_is_told_once_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition is waited for longer than anything else, and a page may be made to be drawn for hours."""
    order: list[str] = []
    draw = PageImages.render
    monkeypatch.setattr(PageImages, "render", lambda *given: order.append("drawn") or draw(*given))
    opening.read(scanned_pdf(table(ROWS)), on_page=lambda done, total: order.append("told"))
    assert order[:2] == ["drawn", "told"]


def test_a_pdf_of_pictures_is_read_with_places_in_points() -> None:
    content = opening.read(scanned_pdf(table(ROWS)))
    grid = the_grid(content)
    assert figures(grid) == FIGURES
    place = grid.rows()[1][1].place
    assert isinstance(place, PagePlace)
    assert place.box.left == pytest.approx((LEFT + COLUMN + 24) * 72 / 200, abs=2)
    assert place.box.centre[1] == pytest.approx((TOP + 1.5 * ROW) * 72 / 200, abs=2)
    assert "recognised" in {note.code for note in content.notes}


def test_without_the_extra_a_pdf_of_pictures_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_available", lambda: False)
    codes = {note.code for note in opening.read(scanned_pdf(table(ROWS))).notes}
    assert {"no-text-layer", "recognition-missing"} <= codes


def test_the_pages_of_a_kept_scan_are_shown_without_reading_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("recognised again")

    page = table(ROWS)
    kept = [scanned_pdf(page), encoded(page, "TIFF", save_all=True, append_images=[page])]
    sizes = [opening.read(data, recognise_pages=False).pages for data in kept]
    monkeypatch.setattr("gkdesk.sources.pictures.scan.open_reader", refuse)
    for data, pages in zip(kept, sizes, strict=True):
        content = tasks.read_content(data)
        assert content is not None
        assert (content.pages, content.blocks) == (pages, ())
    assert [len(pages) for pages in sizes] == [1, 2]


def cropped() -> bytes:
    box = (LEFT - 10, TOP - 10, LEFT + 4 * COLUMN + 10, TOP + len(ROWS) * ROW + 10)
    return encoded(table(ROWS).crop(box))


def test_a_picture_of_a_table_inside_a_web_page_is_read() -> None:
    picture = base64.b64encode(cropped()).decode()
    page = f"<html><body><p>before</p><img src='data:image/png;base64,{picture}'><p>after</p></body></html>"
    content = opening.read(page.encode())
    grid = the_grid(content)
    assert figures(grid) == FIGURES
    assert grid.rows()[1][1].place == TablePlace(0, 1, 1)
    assert [type(block).__name__ for block in content.blocks] == ["Line", "Grid", "Line"]
    assert "picture-tables" in {note.code for note in content.notes}


def test_pictures_inside_a_document_are_told_one_by_one_and_reading_can_be_stopped() -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        told.append(done)
        if done:
            raise Stopped

    told: list[int] = []
    picture = f"<img src='data:image/png;base64,{base64.b64encode(cropped()).decode()}'>"
    with pytest.raises(Stopped):
        opening.read(f"<html><body>{picture * 3}</body></html>".encode(), on_page=stop)
    assert told == [0, 1]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/t.png", "t.png", "file:///etc/hostname", "data:image/png;base64,!!"]
)
def test_nothing_outside_the_page_is_looked_at(address: str) -> None:
    content = opening.read(f"<html><body><p>text</p><img src='{address}'></body></html>".encode())
    assert list(content.grids()) == []


def test_a_picture_of_a_table_inside_a_word_document_is_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        container.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:a="urn:a" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p><w:r>'
            '<w:drawing><a:blip r:embed="rId7"/></w:drawing></w:r></w:p></w:body></w:document>',
        )
        container.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            'Id="rId7" Type="http://x/image" Target="media/image1.png"/></Relationships>',
        )
        container.writestr("word/media/image1.png", cropped())
    content = opening.read(stream.getvalue())
    assert figures(the_grid(content)) == FIGURES


def test_recognition_is_loaded_only_for_pictures() -> None:
    code = (
        "import sys; from gkdesk.sources import opening; from gkdesk.sources.pdf import reader; "
        "from gkdesk.sources.web import html; from gkdesk.sources.office import docx; "
        "opening.read('年报 规章 3'.encode());"
        "print(sorted({'numpy', 'PIL', 'onnxruntime', 'faster_paddle'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
