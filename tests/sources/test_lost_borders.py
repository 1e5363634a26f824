"""A border that a scan has lost is put back where all rows prove it, and only there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

pytest.importorskip("numpy")

import numpy as np

from gkdesk.sources.layout.marks import Rule, Rules
from gkdesk.sources.layout.ruled_grid import RuledGrid, find_grids
from gkdesk.sources.pictures.components import Blobs, find_blobs
from gkdesk.sources.pictures.rules.lost_borders import find_lost_verticals

WIDTH, ROW = 30.0, 20.0
COLUMNS = (0, 1, 2, 3, 5, 6)
"""Of seven columns' borders, that before the fifth is lost."""


def drawn(rows: Sequence[Sequence[float]]) -> Blobs:
    """Digits at these columns of each row; 3.5 stands between the fourth and the fifth."""
    ink = np.zeros((200, 400), dtype=bool)
    for number, columns in enumerate(rows):
        for column in columns:
            x, y = int((column + 0.5) * WIDTH) + 10, int((number + 0.5) * ROW) + 10
            ink[y - 4 : y + 4, x - 3 : x + 3] = True
    return find_blobs(ink)


def grid(ink: Blobs, rows: int) -> list[RuledGrid]:
    across = tuple(Rule(10 + number * ROW, 10, 10 + 6 * WIDTH) for number in range(rows + 1))
    down = tuple(Rule(10 + number * WIDTH, 10, 10 + rows * ROW) for number in COLUMNS)
    points = list(zip(((ink.left + ink.right) / 2).tolist(), ((ink.top + ink.bottom) / 2).tolist(), strict=True))
    return find_grids(Rules(across, down), points)


def lost(*rows: Sequence[float]) -> set[float]:
    ink = drawn(rows)
    return {rule.at for rule in find_lost_verticals(grid(ink, len(rows)), ink, 1.0)}


def test_a_lost_border_stands_between_what_stands_side_by_side() -> None:
    assert lost((0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5), (0, 1, 2, 4, 5)) == {10 + 4 * WIDTH}


def test_one_row_is_no_proof() -> None:
    assert lost((0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 5), (0, 1, 2, 4, 5)) == set()


def test_something_in_the_middle_of_the_broad_column_contradicts_it() -> None:
    assert lost((0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5), (0, 1, 2, 3.5, 5)) == set()


def test_something_off_the_middle_of_a_half_contradicts_it() -> None:
    assert lost((0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5), (0, 1, 2, 3.3, 5)) == set()


def test_a_border_lost_in_one_row_is_that_of_the_others() -> None:
    halves, middle = drawn(((0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5))), drawn(((0, 1, 2, 3, 4, 5), (0, 1, 2, 3.5, 5)))
    for ink, expected in ((halves, [Rule(10 + 4 * WIDTH, 10 + ROW, 10 + 2 * ROW)]), (middle, [])):
        across = tuple(Rule(10 + number * ROW, 10, 10 + 6 * WIDTH) for number in range(3))
        down = tuple(Rule(10 + number * WIDTH, 10, 10 + (1 if number == 4 else 2) * ROW) for number in range(7))
        points = list(zip(((ink.left + ink.right) / 2).tolist(), ((ink.top + ink.bottom) / 2).tolist(), strict=True))
        assert find_lost_verticals(find_grids(Rules(across, down), points), ink, 1.0) == expected
