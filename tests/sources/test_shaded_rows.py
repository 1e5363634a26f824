"""Tables without rules, every other row of them shaded: the rows between have the columns of the shaded ones."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gkdesk.model.content import Content
from gkdesk.sources.pdf import reader

from .pdf_maker import Sheet, make_pdf

EDGES = (90.0, 200.0, 260.0, 320.0, 380.0)
SHADED = (("项目", "自然人", "其他", "总计"), ("一、本年新收", "3001", "12", "3013"))
ROW = ("二、上年结转", "7", "", "7")


def shaded(*bands: tuple[tuple[str, ...], ...], height: float = 20) -> Content:
    """Shaded rows, between each two of them a band of ``height`` points with rows that are not."""
    sheet, top = Sheet(), 100.0
    for number, row in enumerate(SHADED):
        for left, right in pairwise(EDGES):
            sheet.fill(left, top, right - 0.1, top + 20, grey=0.8)
        write(sheet, row, top + 14)
        top += 20
        for line, below in enumerate(bands[number] if number < len(bands) else ()):
            write(sheet, below, top + 14 + 14 * line)
        top += height
    return reader.read(make_pdf(sheet), "sha")


def write(sheet: Sheet, row: tuple[str, ...], y: float) -> None:
    for x, text in zip(EDGES, row, strict=False):
        if text:
            sheet.text(x + 5, y, text)


def rows_of(content: Content) -> list[list[str]]:
    return [[cell.text for cell in row] for grid in content.grids() for row in grid.rows()]


def test_a_row_between_shaded_rows_has_their_columns_and_its_blanks() -> None:
    assert rows_of(shaded((ROW,))) == [list(SHADED[0]), list(ROW), list(SHADED[1])]


def test_a_label_over_two_lines_is_one() -> None:
    row = ("三、予以公开及", "7", "", "7")
    assert ["三、予以公开及部分", *row[1:]] in rows_of(shaded((row, ("部分",)), height=34))


@pytest.mark.parametrize(
    "band",
    [
        (ROW, ("三、予以公开", "5", "", "5")),
        (ROW, ("三、予以公开",)),
        (ROW, ("三、收到和处理政府信息公开申请情况",)),
        (("二、上年结转", "7", "", ""), ("", "", "8", "15")),
    ],
    ids=["two rows", "a blank row below", "a heading below the row", "figures one lower than the other"],
)
def test_what_may_be_more_than_one_row_gets_no_columns(band: tuple[tuple[str, ...], ...]) -> None:
    found = rows_of(shaded(band, height=34))
    assert not any(cell.isdecimal() for row in found for cell in row if row not in map(list, SHADED))


def test_a_figure_across_a_border_gets_no_columns() -> None:
    assert ["二、上年结转", "1234567890123", "", ""] not in rows_of(
        shaded((("二、上年结转", "1234567890123", "", ""),))
    )


def test_a_heading_between_two_shaded_rows_is_no_row_of_figures() -> None:
    heading = "三、收到和处理政府信息公开申请情况"
    found = rows_of(shaded(((heading,),)))
    assert not any(len(row) == len(SHADED[0]) for row in found if row not in map(list, SHADED))
