"""A header cut by a page break is put together again, and nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gkdesk.extraction.tables.grids.torn_headers import mend_headers
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.place import Box, PagePlace
from gkdesk.model.spec import load_editions

SPEC = load_editions()["2021"]
ABOVE = ("结果", "结果", "其他", "尚未", "总计")


def grid(page: int, *rows: Sequence[str], right: float = 100, left: float = 0) -> Grid:
    place = PagePlace(page, Box(0, 0, 1, 1))
    cells = tuple(
        GridCell(number, column, 1, 1, text, place)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    edges = tuple(left + (right - left) / 5 * number for number in range(6))
    return Grid(page, len(rows), 5, cells, page=page, left_edges=edges[:-1], right_edges=edges[1:])


def rows(grids: Sequence[Grid]) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows()] for grid in grids]


def test_pieces_that_are_labels_together_are_joined() -> None:
    mended = mend_headers([grid(1, ABOVE), grid(2, ("维持", "纠正", "结果", "审结", ""), tuple("12345"))], SPEC)
    assert rows(mended) == [[["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]], [list("12345")]]


def test_rows_of_other_words_stay_as_they_are() -> None:
    for below in (("维持", "纠正", "结果", "办理", ""), ("维持", "纠正", "结果", "1", ""), ("", "", "", "", "")):
        parts = [grid(1, ABOVE), grid(2, below, tuple("12345"))]
        assert mend_headers(parts, SPEC) == parts


def test_tables_that_do_not_go_on_stay_as_they_are() -> None:
    below = ("维持", "纠正", "结果", "审结", "")
    for other in (grid(3, below, tuple("12345")), grid(2, below, tuple("12345"), right=160), grid(2, below)):
        parts = [grid(1, ABOVE), other]
        assert mend_headers(parts, SPEC) == parts


def test_a_page_scanned_in_another_place_goes_on_where_its_borders_lie_alike() -> None:
    below = grid(2, ("维持", "纠正", "结果", "审结", ""), tuple("12345"), left=14, right=120)
    (_, following) = mend_headers([grid(1, ABOVE), below], SPEC)
    assert rows([following]) == [[list("12345")]]
    other = replace(below, left_edges=(14, 46, 56, 78, 99), right_edges=(46, 56, 78, 99, 120))
    parts = [grid(1, ABOVE), other]
    assert mend_headers(parts, SPEC) == parts


def test_the_rest_of_a_header_whose_labels_below_have_more_columns() -> None:
    whole = grid(2, ("维持", "纠正", "结果", "审结", ""), tuple("12345"))
    first, *others = whole.cells
    cells = (replace(first, column_span=2), *(replace(cell, column=cell.column + 1) for cell in others))
    split = replace(whole, column_count=6, cells=cells, left_edges=(0, 8, *whole.left_edges[1:]))
    split = replace(split, right_edges=(8, *whole.right_edges))
    (upper, _) = mend_headers([grid(1, ABOVE), split], SPEC)
    assert rows([upper])[0] == [["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]]


def test_names_over_two_rows_of_a_header_stand_above_the_rest_of_it() -> None:
    above = grid(1, ("自然人", "", "", "", "总计"))
    for last in ("其他", "小计"):
        (_, rest) = mend_headers([above, grid(2, ("", "商业企业", "科研机构", last, ""), tuple("12345"))], SPEC)
        assert rows([rest])[0][0] == ["自然人", "商业企业", "科研机构", last, "总计"]
    for first in (("", "商业企业", "7", "其他", ""), ("", "", "", "", "")):
        parts = [above, grid(2, first, tuple("12345"))]
        assert mend_headers(parts, SPEC) == parts


def over(text: str, *below: str) -> Grid:
    """One cell over four columns, and the four below it."""
    made = grid(1, ("", "", "", "", "总计"), (*below, ""), tuple("12345"))
    top = GridCell(0, 0, 1, 4, text, made.cells[0].place)
    return replace(made, cells=(top, *made.cells[4:]))


def test_first_characters_of_names_in_one_cell_above_them_are_given_back() -> None:
    (mended,) = mend_headers([over("结结其尚", "果维持", "果纠正", "他结果", "未审结")], SPEC)
    assert rows([mended])[0][1][:4] == ["结果维持", "结果纠正", "其他结果", "尚未审结"]


def test_a_cell_above_names_that_are_whole_or_become_none_stays() -> None:
    for text, below in (
        ("结结其尚", ("果维持", "果纠正", "他结果", "未")),
        ("结其结尚", ("果维持", "果纠正", "他结果", "未审结")),
        ("行政复议", ("结果维持", "结果纠正", "其他结果", "尚未审结")),
    ):
        parts = [over(text, *below)]
        assert mend_headers(parts, SPEC) == parts
