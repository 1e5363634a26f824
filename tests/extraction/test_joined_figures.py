"""Figures of two columns that a text gives as one number leave the rest of their row in its columns."""

from __future__ import annotations

import pytest

from gkdesk.extraction.figures import Figure
from gkdesk.extraction.tables.apart.rows_in_turn import from_left_to_right
from gkdesk.extraction.tables.columns.joined_figures import share_columns
from gkdesk.model.place import TextPlace

NAMES = (1.0, 4.0, 7.0, 10.0, 13.0, 16.0)


def figures(line: str) -> tuple[Figure, ...]:
    """The figures of a line, where they stand in it."""
    found, at = [], 0
    for text in line.split():
        at = line.index(text, at)
        found.append(Figure(text, TextPlace(at, at + len(text)), "", ((at, at + len(text)),)))
        at += len(text)
    return tuple(found)


def test_only_the_number_below_two_names_is_in_doubt() -> None:
    cells = share_columns(NAMES, figures("167 21 11 42250 78"), 0)
    assert cells is not None
    assert [cell.text if cell and not cell.doubt else "" for cell in cells] == ["167", "21", "11", "", "", "78"]


@pytest.mark.parametrize(
    "line", ["21 11 42250 78", "167 21    42250 78", "   167 21 11 42250 78", "167 21 11 4     78"]
)
def test_a_row_with_a_column_over_nothing_is_left_alone(line: str) -> None:
    assert share_columns(NAMES, figures(line), 0) is None


def test_a_row_on_two_lines_is_read_from_left_to_right() -> None:
    row = figures("      无     无") + figures("34 /       0")
    assert [figure.text for figure in from_left_to_right(row)] == ["34", "/", "无", "0", "无"]


def test_a_row_that_goes_on_in_the_next_line_stays_as_it_is() -> None:
    row = figures("32 2 0 0 0") + figures("0 34")
    assert from_left_to_right(row) == row
