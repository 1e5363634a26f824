"""Tables with rules between their rows only: their columns come from where the words stand, or not at all."""

from __future__ import annotations

from gkdesk.model.content import Content, Grid
from gkdesk.sources import pdf

from .pdf_maker import Sheet, make_pdf

HEAD = ("项目", "自然人", "总计")
ROWS = (("一、本年新收", "3001", "3119"), ("二、上年结转", "", "12"), ("三、予以公开", "7", ""))
AT = (100.0, 220.0, 300.0)


def ruled(sheet: Sheet, rows: tuple[tuple[str, ...], ...], top: float = 100, at: tuple[float, ...] = AT) -> Sheet:
    for number in range(len(rows) + 1):
        sheet.line(90, top + 20 * number, 380, top + 20 * number)
    for number, row in enumerate(rows):
        for x, text in zip(at, row, strict=True):
            if text:
                sheet.text(x, top + 20 * number + 14, text)
    return sheet


def read(*sheets: Sheet) -> Content:
    return pdf.read(make_pdf(*sheets), "sha")


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def test_figures_stand_in_the_columns_of_their_headings_and_blanks_stay() -> None:
    (grid,) = read(ruled(Sheet(), (HEAD, *ROWS))).grids()
    assert texts(grid) == [list(row) for row in (HEAD, *ROWS)]


def test_a_table_that_goes_on_keeps_its_columns_though_one_is_blank_there() -> None:
    rest = tuple((label, "", "5") for label in ("四、部分公开", "五、不予公开", "六、其他处理"))
    _, grid = read(ruled(Sheet(), (HEAD, *ROWS)), ruled(Sheet(), rest)).grids()
    assert texts(grid) == [list(row) for row in rest]


def test_a_heading_beside_the_figures_under_it_makes_no_columns() -> None:
    # Whether 8 stands under 自然人 or under nothing cannot be said: they do not touch.
    rows = (("项目", "自然人", "", "总计"), *((f"{label}件数", "", "8", "9") for label in "甲乙丙丁"))
    assert list(read(ruled(Sheet(), rows, at=(100, 200, 250, 300))).grids()) == []


def test_a_figure_under_no_words_of_the_page_before_makes_no_columns() -> None:
    rest = tuple((label, "5", "") for label in ("四、部分公开", "五、不予公开", "六、其他处理"))
    content = read(ruled(Sheet(), (HEAD, *ROWS)), ruled(Sheet(), rest, at=(100, 270, 300)))
    assert not any(set(texts(grid)[0]) & {"5"} and grid.column_count == 3 for grid in content.grids() if grid.page == 2)


def test_a_word_spaced_out_is_one_column() -> None:
    sheet = ruled(Sheet(), (("项目", "", "总计"), *ROWS))
    for x, letter in zip((215, 233, 251), "自然人", strict=True):
        sheet.text(x, 114, letter)
    (grid,) = read(sheet).grids()
    assert texts(grid)[0] == ["项目", "自然人", "总计"]


def test_the_heading_of_the_next_table_is_a_line() -> None:
    sheet = ruled(Sheet(), (HEAD, *ROWS))
    sheet.text(100, 205, "四、行政复议情况")
    ruled(sheet, (HEAD, *ROWS), top=230)
    content = read(sheet)
    assert [texts(grid)[0] for grid in content.grids()] == [list(HEAD), list(HEAD)]
    assert [line.text for line in content.lines()] == ["四、行政复议情况"]
