"""Figures that nobody sees on the page are in doubt, however they are hidden; those that are seen are not."""

from __future__ import annotations

import pytest

from gkdesk.model.content import GridCell
from gkdesk.sources.pdf import reader

from .pdf_maker import Sheet, make_pdf

ROWS = (("规章", "1", "22"), ("文件", "3", ""))


def cells_of(sheet: Sheet) -> list[tuple[str, str]]:
    return [(cell.text, cell.doubt) for grid in reader.read(make_pdf(sheet), "sha").grids() for cell in grid.cells]


def cell_with(sheet: Sheet, text: str) -> GridCell:
    (found,) = [
        cell for grid in reader.read(make_pdf(sheet), "sha").grids() for cell in grid.cells if cell.text == text
    ]
    return found


def tabled(rotate: int = 0) -> Sheet:
    sheet = Sheet(rotate=rotate)
    sheet.table(60, 100, (100, 60, 60), 20, ROWS)
    return sheet


@pytest.mark.parametrize("hiding", ["3 Tr", "7 Tr", "1 g", "0.97 g", "0 0 50 50 re W n"])
@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_a_figure_that_is_not_seen_is_in_doubt(hiding: str, rotate: int) -> None:
    sheet = tabled(rotate)
    sheet.operators.append(f"q {hiding}")
    sheet.text(235, 134, "9")
    sheet.operators.append("Q")
    assert cells_of(sheet)[-2:] == [("3", ""), ("", "hidden-text")]


def test_a_hidden_digit_is_no_part_of_the_figure_beside_it() -> None:
    sheet = tabled()
    sheet.operators.append("q 1 g")
    sheet.text(235, 114, "9")
    sheet.operators.append("Q")
    assert ("22", "hidden-text") in cells_of(sheet)


def test_a_hidden_digit_is_no_part_of_a_row_without_rules() -> None:
    sheet = Sheet()
    sheet.text(100, 100, "规章")
    for x, figure in ((200, "1"), (260, "22"), (320, "3")):
        sheet.text(x, 100, figure)
    sheet.operators.append("q 1 g")
    sheet.text(253, 100, "9")
    sheet.operators.append("Q")
    (line,) = reader.read(make_pdf(sheet), "sha").lines()
    assert (line.text, line.doubt) == ("规章 1 22 3", "hidden-text")


def test_a_speck_is_in_doubt() -> None:
    sheet = tabled()
    sheet.text(235, 134, "9", size=0.9)
    assert cells_of(sheet)[-1] == ("", "hidden-text")


def test_a_figure_painted_over_is_in_doubt() -> None:
    sheet = tabled()
    sheet.fill(222, 102, 278, 118, grey=1)
    assert cells_of(sheet)[2] == ("", "hidden-text")


def test_a_figure_written_over_another_is_in_doubt() -> None:
    sheet = Sheet()
    sheet.table(60, 100, (100, 60), 20, (("规章", "12"), ("文件", "3")))
    sheet.text(164, 114, "75")
    found = [cell for grid in reader.read(make_pdf(sheet), "sha").grids() for cell in grid.cells if cell.column == 1]
    assert [cell.doubt for cell in found] == ["hidden-text", ""]


def test_light_grey_and_white_on_dark_are_seen() -> None:
    sheet = tabled()
    sheet.fill(222, 122, 278, 138)
    for x, grey, figure in ((235, 1, "9"), (180, 0.7, "8")):
        sheet.operators.append(f"q {grey} g")
        sheet.text(x, 134, figure)
        sheet.operators.append("Q")
    assert cell_with(sheet, "9").doubt == ""
    # A grey digit beside a black one is seen; whether both are one figure is another question.
    assert cell_with(sheet, "3 8").doubt == "set-apart"


def test_a_figure_that_is_crossed_out_is_left_out_and_the_cell_in_doubt() -> None:
    sheet = Sheet()
    sheet.table(60, 100, (100, 60), 20, (("规章", "963"), ("文件", "41")))
    sheet.line(163, 110.5, 175.5, 110.5)
    found = [cell for grid in reader.read(make_pdf(sheet), "sha").grids() for cell in grid.cells if cell.column == 1]
    assert [(cell.text, cell.doubt) for cell in found] == [("3", "struck-out"), ("41", "")]


def test_a_figure_of_a_line_that_is_crossed_out_is_left_out_too() -> None:
    sheet = Sheet()
    sheet.text(60, 114, "行政许可")
    sheet.text(163, 114, "963")
    sheet.line(163, 110.5, 175.5, 110.5)
    (line,) = reader.read(make_pdf(sheet), "sha").lines()
    assert ([word.text for word in line.words], line.doubt) == (["3"], "struck-out")


def test_an_underlined_figure_is_no_struck_one() -> None:
    sheet = Sheet()
    sheet.table(60, 100, (100, 60), 20, (("规章", "963"), ("文件", "41")))
    sheet.line(163, 115.5, 182, 115.5)
    found = [cell for grid in reader.read(make_pdf(sheet), "sha").grids() for cell in grid.cells if cell.column == 1]
    assert [cell.doubt for cell in found] == ["", ""]


def test_a_figure_under_a_white_box_is_told_from_the_narrower_one_written_on_it() -> None:
    sheet = tabled()
    sheet.text(230, 134, "56")
    sheet.fill(222, 121, 278, 139, grey=1)
    sheet.text(232.8, 134, "0")
    assert cells_of(sheet)[-1] == ("", "hidden-text")


def beside_22(look: str, size: float, lower: float = 0.0) -> str:
    """The doubt of the cell of 22 with one more digit in it."""
    sheet = tabled()
    sheet.operators.append(f"q {look}")
    sheet.text(243, 114 + lower, "9", size)
    sheet.operators.append("Q")
    (doubt,) = [doubt for text, doubt in cells_of(sheet) if text.startswith("22")]
    return doubt


@pytest.mark.parametrize(("look", "size", "lower"), [("0.7 g", 10, 0), ("0 g", 12, 0), ("0 g", 10, 2)])
def test_a_digit_of_another_look_in_a_figure_is_in_doubt(look: str, size: float, lower: float) -> None:
    assert beside_22(look, size, lower) == "set-apart"


def test_a_pale_figure_off_the_line_of_its_row_is_in_doubt_unless_all_are_pale() -> None:
    sheet = tabled()
    sheet.operators.append("q 0.7 g")
    sheet.text(235, 137, "9")
    sheet.operators.append("Q")
    assert cells_of(sheet)[-2:] == [("3", ""), ("9", "set-apart")]
    pale = Sheet()
    pale.operators.append("0.7 g")
    pale.table(60, 100, (100, 60, 60), 20, ROWS)
    assert all(doubt == "" for _, doubt in cells_of(pale))


@pytest.mark.parametrize("rotate", [0, 90])
def test_a_cell_in_which_a_figure_is_drawn_as_lines_is_not_blank(rotate: int) -> None:
    sheet = tabled(rotate)
    for x0, y0, x1, y1 in ((240, 127, 236, 132), (236, 132, 243, 132), (241, 127, 241, 136)):
        sheet.line(x0, y0, x1, y1, 0.7)
    assert cells_of(sheet)[-2:] == [("3", ""), ("", "not-text")]


def test_double_borders_and_a_grey_ground_leave_a_cell_blank() -> None:
    sheet = Sheet()
    sheet.fill(220, 120, 280, 140, grey=0.85)
    sheet.table(60, 100, (100, 60, 60), 20, ROWS)
    sheet.line(60, 122.5, 280, 122.5)
    sheet.line(222.5, 120, 222.5, 140)
    assert cells_of(sheet)[-1] == ("", "")


@pytest.mark.parametrize(("left", "right"), [(120, 140), (140, 120)])
def test_a_line_from_corner_to_corner_leaves_a_cell_blank(left: float, right: float) -> None:
    sheet = tabled()
    sheet.line(220, left, 280, right)
    assert cells_of(sheet)[-1] == ("", "")
    sheet.line(240, 127, 236, 133, 0.7)
    sheet.line(236, 133, 243, 133, 0.7)
    assert cells_of(sheet)[-1] == ("", "not-text")
