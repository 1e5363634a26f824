"""Figures that are those of no column: numbers of lines beside the table, and all figures of a row in one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gkdesk.extraction.figures import Figure, Piece, Strip, Unit
from gkdesk.extraction.tables.align import Alignment, Match
from gkdesk.extraction.tables.outside_columns import beside_first_column, is_all_in_one, without_numbers_beside
from gkdesk.model.place import Box, PagePlace

WIDTH = 7


def row(first: float, *, page: int = 1, figures: int = WIDTH) -> Unit:
    """A run of figures, the first at ``first``, the others in their columns."""
    lefts = (first, *(280.0 + 40 * number for number in range(1, figures)))
    placed = tuple(Figure("3", PagePlace(page, Box(left, 100, left + 6, 110))) for left in lefts)
    return Unit("", "", placed, placed, True)


def test_a_number_left_of_where_all_rows_begin_is_not_in_the_first_column() -> None:
    rows = [row(280 + number % 3) for number in range(6)]
    assert beside_first_column([*rows, row(80)], range(7), WIDTH) == {6}
    assert not beside_first_column([*rows, row(274)], range(7), WIDTH)


def test_rows_with_fewer_figures_or_on_another_page_tell_nothing() -> None:
    rows = [row(280) for _ in range(6)]
    assert not beside_first_column([*rows, row(80, figures=5)], range(7), WIDTH)
    assert not beside_first_column([*rows, row(80, page=2)], range(7), WIDTH)


def numbered(first: int, own: int) -> list[str]:
    """What the first figures of rows become, in lines that begin with the number of the row, the last without label."""
    lines: list[Strip] = []
    units: list[Unit] = []
    for number in range(10):
        count = own if number == 9 else first + number
        beside = Figure(str(count), PagePlace(1, Box(80, 0, 92, 9)), spans=((80.0, 92.0),))
        figures = tuple(replace(figure, spans=((figure.place.box.left, 600),)) for figure in row(280).figures)
        pieces = tuple(Piece(figure.text, figure.spans) for figure in (beside, *figures))
        bare = number == 9
        units.append(Unit("", "", ((beside,) if bare else ()) + figures[bare:], None, bare, line=number))
        lines.append(Strip("" if bare else f"{count} 一", figures, pieces=pieces))
    matches = tuple(Match(number, number, 1.0, True) for number in range(10))
    return [unit.figures[0].text for unit in without_numbers_beside(units, Alignment(matches, 1.0), lines, WIDTH)]


def test_the_number_of_a_line_without_its_label_is_no_figure_where_all_lines_are_numbered() -> None:
    assert numbered(1, 10) == ["3"] * 10
    assert numbered(1, 8)[-1] == "8"


@pytest.mark.parametrize(("texts", "joined"), [(["171001019"], True), (["17100"], False), (["17100101", "9"], False)])
def test_one_number_with_a_digit_for_each_column_is_all_figures_of_a_row(texts: list[str], joined: bool) -> None:
    place = PagePlace(1, Box(0, 0, 1, 1))
    assert is_all_in_one([Figure(text, place) for text in (*texts, "", "")], WIDTH) == joined
