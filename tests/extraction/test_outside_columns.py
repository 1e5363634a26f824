"""Figures that are those of no column: numbers of lines beside the table, and all figures of a row in one."""

from __future__ import annotations

import pytest

from gkdesk.extraction.figures import Figure, Unit
from gkdesk.extraction.tables.outside_columns import beside_first_column, is_all_in_one
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


@pytest.mark.parametrize(("texts", "joined"), [(["171001019"], True), (["17100"], False), (["17100101", "9"], False)])
def test_one_number_with_a_digit_for_each_column_is_all_figures_of_a_row(texts: list[str], joined: bool) -> None:
    place = PagePlace(1, Box(0, 0, 1, 1))
    assert is_all_in_one([Figure(text, place) for text in (*texts, "", "")], WIDTH) == joined
