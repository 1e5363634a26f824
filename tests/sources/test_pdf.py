"""Reading PDFs: what stands in which cell, and where."""

from __future__ import annotations

import io
import json
import math
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, Grid, Line
from gkdesk.model.place import Box, PagePlace
from gkdesk.sources.page_image import PageImage, PageImages
from gkdesk.sources.pdf import glyphs, reader
from gkdesk.sources.pictures import pictured_pages
from tests.sources.pdf_maker import Sheet, make_pdf

WIDTHS = (120, 80, 80)
ROWS = (("项目", "自然人", "总计"), ("一、本年新收", "3001", "3119"), ("二、上年结转", "0", "12.5"))


def read(*sheets: Sheet, title: str = "") -> Content:
    return reader.read(make_pdf(*sheets, title=title), "sha")


def tabled(**options: object) -> Sheet:
    sheet = Sheet(**options)  # type: ignore[arg-type]
    sheet.table(100, 100, WIDTHS, 30, ROWS)
    return sheet


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def box_of(content: Content, text: str) -> Box:
    (cell,) = [cell for grid in content.grids() for cell in grid.cells if cell.text == text]
    assert isinstance(cell.place, PagePlace)
    return cell.place.box


def codes(content: Content) -> list[str]:
    return [note.code for note in content.notes]


def test_a_ruled_table_is_a_grid_with_the_text_of_each_cell() -> None:
    content = read(tabled(), title="年度报告")
    (grid,) = content.grids()
    assert texts(grid) == [list(row) for row in ROWS]
    assert (grid.row_count, grid.column_count, grid.page) == (3, 3, 1)
    assert grid.left_edges == (100, 220, 300)
    assert grid.right_edges == (220, 300, 380)
    assert content.title == "年度报告"
    assert content.notes == ()


def test_a_place_is_the_ink_of_the_figure_and_an_empty_cell_its_area() -> None:
    sheet = Sheet()
    sheet.table(100, 100, WIDTHS, 30, [("甲", "3001", "")])
    content = read(sheet)
    left, top, right, bottom = box_of(content, "3001")
    assert 223 < left < 226
    assert 244 < right < 248
    assert 111 < top < 114
    assert 118 < bottom < 120
    assert box_of(content, "") == Box(300, 100, 380, 130)


def test_lines_and_grids_come_in_reading_order_with_places_for_figures() -> None:
    sheet = tabled()
    sheet.text(100, 60, "2024年共收到3119件，占12.5%。")
    sheet.text(100, 300, "五、存在的主要问题")
    content = read(sheet)
    first, grid, last = content.blocks
    assert isinstance(first, Line)
    assert isinstance(grid, Grid)
    assert isinstance(last, Line)
    assert first.text == "2024年共收到3119件，占12.5%。"
    assert [word.text for word in first.words] == ["2024", "3119", "12.5"]
    place = first.words[1].place
    assert isinstance(place, PagePlace)
    assert 160 < place.box.left < place.box.right < 200
    assert last.text == "五、存在的主要问题"
    assert last.words == ()


def test_columns_of_figures_without_rules_keep_their_blanks() -> None:
    sheet = Sheet()
    for x, text in ((100, "一、本年新收"), (220, "3001"), (260, "53"), (300, "0")):
        sheet.text(x, 200, text)
    (line,) = read(sheet).lines()
    assert line.text == "一、本年新收 3001 53 0"
    assert [word.text for word in line.words] == ["3001", "53", "0"]


def test_wrapped_labels_join_without_blanks_and_figures_with_one() -> None:
    sheet = Sheet()
    sheet.table(100, 100, (60, 60), 60, [("", "")])
    sheet.text(104, 115, "要求提供")
    sheet.text(104, 130, "公开出版物")
    sheet.text(164, 115, "4472")
    sheet.text(164, 130, "28")
    (grid,) = read(sheet).grids()
    assert texts(grid) == [["要求提供公开出版物", "4472 28"]]


def test_a_label_of_one_character_a_line_reads_downwards() -> None:
    sheet = Sheet()
    sheet.table(100, 100, (24, 60), 130, [("", "5")])
    for number, character in enumerate("三、本年度办理结果"):
        sheet.text(107, 118 + 13 * number, character)
    (grid,) = read(sheet).grids()
    assert texts(grid) == [["三、本年度办理结果", "5"]]


def test_page_numbers_are_left_out_but_numbers_of_the_text_are_not() -> None:
    sheet = tabled()
    sheet.text(280, 815, "- 4 -")
    sheet.text(100, 400, "12")
    assert [line.text for line in read(sheet).lines()] == ["12"]


def test_running_titles_do_not_stand_between_the_parts_of_a_table() -> None:
    sheets = []
    for number in (1, 2, 3):
        sheet = tabled()
        sheet.text(60, 30, "某市民政局年度报告")
        sheet.text(60, 820, f"打印于 2025 年 {number}/3")
        sheets.append(sheet)
    content = read(*sheets)
    assert [line.text for line in content.lines()] == ["某市民政局年度报告"]
    assert len(list(content.grids())) == 3


def test_a_table_over_two_pages_gives_two_grids_with_the_same_edges() -> None:
    first, second = Sheet(), Sheet()
    first.table(100, 600, WIDTHS, 30, ROWS[:2], bottom_rule=False)
    second.table(100, 60, WIDTHS, 30, ROWS[1:], top_rule=False)
    above, below = read(first, second).grids()
    assert texts(above) == [list(row) for row in ROWS[:2]]
    assert texts(below) == [list(row) for row in ROWS[1:]]
    assert above.left_edges == below.left_edges
    assert (above.page, below.page) == (1, 2)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_places_on_rotated_and_cropped_pages_are_as_shown(rotate: int) -> None:
    data = make_pdf(tabled(rotate=rotate, crop=(20, 30, 595, 842)))
    content = reader.read(data, "sha")
    (grid,) = content.grids()
    assert texts(grid) == [list(row) for row in ROWS]
    (size,) = content.pages
    assert (size.width, size.height) == ((812, 575) if rotate % 180 else (575, 812))
    assert_places_hold_the_ink(data, content)


def test_a_table_printed_sideways_is_read_upright_and_placed_as_shown() -> None:
    sheet = Sheet()
    for number in range(4):
        sheet.line(100 + number * 30, 100, 100 + number * 30, 400)
        sheet.line(100, 100 + number * 100, 190, 100 + number * 100)
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            sheet.text(100 + number * 30 + 20, 395 - column * 100, text, matrix="0 1 -1 0")
    data = make_pdf(sheet)
    content = reader.read(data, "sha")
    (grid,) = content.grids()
    assert texts(grid) == [list(row) for row in ROWS]
    assert_places_hold_the_ink(data, content)
    # Its lines run up the page: the print lies three quarters clockwise.
    assert [page.turn for page in content.pages] == [3]


def test_tables_within_forms_are_read_where_they_are_shown() -> None:
    sheet = tabled()
    rules = "0 30 m 300 30 l S 0 0 m 300 0 l S 0 0 m 0 30 l S 100 0 m 100 30 l S 300 0 m 300 30 l S"
    words = "BT /F1 10 Tf 20 10 Td (777) Tj 100 0 Td (888) Tj ET"
    sheet.forms["X1"] = ("/BBox [0 0 300 100] /Matrix [1 0 0 1 10 0]", f"{rules} {words}")
    sheet.operators.append("q 0.9 0 0 1 91 500 cm /X1 Do Q")
    content = read(sheet)
    _, grid = content.grids()
    assert texts(grid) == [["777", "888"]]
    assert grid.left_edges == pytest.approx((100, 190))
    assert content.notes == ()


def test_a_form_that_draws_itself_ends() -> None:
    sheet = tabled()
    sheet.forms["X1"] = ("/BBox [0 0 300 100]", "/X1 Do")
    sheet.operators.append("/X1 Do")
    assert len(list(read(sheet).grids())) == 1


def test_bold_made_by_printing_twice_is_one_figure() -> None:
    sheet = tabled()
    sheet.text(224.3, 149, "3001")
    content = read(sheet)
    (grid,) = content.grids()
    assert texts(grid)[1] == ["一、本年新收", "3001", "3119"]
    assert all(cell.doubt == "" for cell in grid.cells)


def test_watermarks_stay_out_of_the_cells() -> None:
    sheet = tabled()
    cosine, sine = math.cos(0.7), math.sin(0.7)
    sheet.text(120, 200, "COPY 2024", 40, f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f}")
    sheet.operators.append("0.9 g")
    sheet.text(100, 180, "9999", 60)
    content = read(sheet)
    (grid,) = content.grids()
    assert texts(grid) == [list(row) for row in ROWS]
    assert all(cell.doubt == "" for cell in grid.cells)
    assert list(content.lines()) == []


def test_radicals_become_ordinary_characters() -> None:
    sheet = Sheet()
    sheet.table(100, 100, WIDTHS, 30, [("⼈⺠", "⾃然", "1")])
    (grid,) = read(sheet).grids()
    assert texts(grid) == [["人民", "自然", "1"]]


def test_marks_for_nothing_are_kept_as_they_stand() -> None:
    sheet = Sheet()
    sheet.table(100, 100, WIDTHS, 30, [("甲", "-", "/"), ("乙", "—", "无"), ("丙", "-", "-5")])
    (grid,) = read(sheet).grids()
    assert texts(grid) == [["甲", "-", "/"], ["乙", "—", "无"], ["丙", "-", "-5"]]


def test_characters_outside_the_page_are_not_there() -> None:
    sheet = tabled()
    sheet.text(100, 900, "8888")
    sheet.text(700, 100, "8888")
    assert list(read(sheet).lines()) == []


def test_a_table_of_filled_cells_without_rules_is_a_grid() -> None:
    sheet = Sheet()
    for row, cells in enumerate(ROWS):
        for column, text in enumerate(cells):
            left, top = 100 + column * 100, 100 + row * 30
            sheet.fill(left, top, left + 98, top + 28, grey=0.85)
            sheet.text(left + 5, top + 18, text)
    (grid,) = read(sheet).grids()
    assert texts(grid) == [list(row) for row in ROWS]


def test_a_pdf_of_pictures_says_so() -> None:
    sheet = Sheet()
    sheet.table(100, 100, WIDTHS, 30, [("", "", "")])
    content = read(sheet)
    assert content.blocks == ()
    assert "no-text-layer" in codes(content)


@pytest.mark.parametrize(
    ("password", "code"), [(None, "source.encrypted"), ("", "source.encrypted"), ("no", "source.wrong-password")]
)
def test_an_encrypted_pdf_asks_for_its_password(password: str | None, code: str) -> None:
    with pytest.raises(SourceError) as raised:
        reader.read(encrypted(), "sha", password)
    assert raised.value.code == code


def test_an_encrypted_pdf_is_read_with_its_password() -> None:
    content = reader.read(encrypted(), "sha", "geheim")
    (grid,) = content.grids()
    assert texts(grid) == [list(row) for row in ROWS]
    assert content.notes == ()


def test_a_password_that_is_not_needed_does_no_harm() -> None:
    assert codes(reader.read(make_pdf(tabled()), "sha", "geheim")) == []


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(tabled())))
    writer.encrypt("geheim", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"])
def test_what_is_no_pdf_is_broken(data: bytes) -> None:
    with pytest.raises(SourceError) as raised:
        reader.read(data, "sha")
    assert raised.value.code == "source.broken"


def test_a_truncated_file_is_broken_or_read_never_something_else(samples: Path) -> None:
    data = (samples / "real" / "huaian-2024.pdf").read_bytes()
    for size in range(1000, len(data), len(data) // 12):
        with pytest.raises(SourceError) as raised:
            reader.read(data[:size], "sha")
        assert raised.value.code == "source.broken"


def test_a_made_file_cut_anywhere_never_raises_anything_but_source_errors() -> None:
    data = make_pdf(tabled(), tabled())
    for size in range(0, len(data), 97):
        with suppress(SourceError):
            reader.read(data[:size], "sha")


def test_pages_beyond_the_limit_are_left_out_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictured_pages, "MOST_PAGES", 2)
    content = read(tabled(), tabled(), tabled())
    assert len(content.pages) == 2
    (note,) = content.notes
    assert (note.code, note.arguments) == ("pages-left-out", {"read": 2, "pages": 3})


def test_an_absurdly_full_page_is_skipped_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "MOST_CHARACTERS", 60)
    full = tabled()
    full.text(50, 500, "1" * 70)
    content = read(tabled(), full)
    assert [grid.page for grid in content.grids()] == [1]
    assert len(content.pages) == 2
    (note,) = content.notes
    assert (note.code, note.arguments) == ("page-too-full", {"pages": "2"})


def test_the_real_report_has_every_figure_of_table_three_in_its_place(samples: Path) -> None:
    path = samples / "real" / "huaian-2024.pdf"
    cells = json.loads(path.with_suffix("").with_suffix(".truth.json").read_text("utf-8"))["cells"]
    expected: dict[str, list[str]] = {}
    for name, value in cells.items():
        table, row, _ = name.split(".")
        if table == "t3":
            expected.setdefault(row, []).append(str(value))
    content = reader.read(path.read_bytes(), "sha")
    rows = [
        [cell.text for cell in row][-7:]
        for grid in content.grids()
        if grid.column_count == 10
        for row in grid.rows()
        if len(row) >= 8 and row[-1].text.isdecimal()
    ]
    assert rows == list(expected.values())
    assert len(rows) * 7 == 175
    assert [cell for grid in content.grids() for cell in grid.cells if cell.doubt] == []
    assert content.notes == ()


def test_the_places_of_the_real_report_hold_the_figures(samples: Path) -> None:
    data = (samples / "real" / "huaian-2024.pdf").read_bytes()
    assert_places_hold_the_ink(data, reader.read(data, "sha"))


def assert_places_hold_the_ink(data: bytes, content: Content) -> None:
    """In the picture of the page, the box of every figure has ink, and a thin ring around it has none."""
    scale = 4
    checked = 0
    with PageImages(data) as images:
        for grid in content.grids():
            image = images.render(grid.page or 0, scale)
            for cell in grid.cells:
                if cell.text.isdecimal() and isinstance(cell.place, PagePlace):
                    box = Box(*(edge * scale for edge in cell.place.box))
                    assert ink_within(image, box), cell
                    ring = Box(box.left - 4, box.top - 4, box.right + 4, box.bottom + 4)
                    assert not ink_on_edge(image, ring), cell
                    checked += 1
    assert checked


def is_dark(image: PageImage, x: int, y: int) -> bool:
    return image.pixels[y * image.stride + 4 * x] < 128


def ink_within(image: PageImage, box: Box) -> bool:
    rows = range(int(box.top), int(box.bottom) + 1)
    return any(is_dark(image, x, y) for y in rows for x in range(int(box.left), int(box.right) + 1))


def ink_on_edge(image: PageImage, box: Box) -> bool:
    left, top, right, bottom = (int(edge) for edge in box)
    return any(is_dark(image, x, y) for x in range(left, right + 1) for y in (top, bottom)) or any(
        is_dark(image, x, y) for y in range(top, bottom + 1) for x in (left, right)
    )


def test_the_navigation_beside_the_text_is_lines_of_its_own() -> None:
    sheet = Sheet()
    for number, entry in enumerate(("机构概况", "公开指南", "公开年报", "2023")):
        sheet.text(40, 80 + 20 * number, entry)
        sheet.text(
            140, 80 + 20 * number, "本年度报告由总体情况和主动公开政府信息情况等六部分组成现予公布" + "一二三四"[number]
        )
    lines = [line.text for line in read(sheet).lines()]
    assert lines[:4] == ["机构概况", "公开指南", "公开年报", "2023"]
    assert all(line.startswith("本年度报告") for line in lines[4:])
