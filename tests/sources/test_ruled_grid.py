"""Tables from rules alone: no file format takes part."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gkdesk.sources.layout.marks import Rule, Rules
from gkdesk.sources.layout.ruled_grid import RuledGrid, find_grids, merge_rules

XS = (100.0, 200.0, 260.0, 320.0)
YS = (50.0, 80.0, 110.0, 140.0)


def horizontals(ys: tuple[float, ...] = YS, start: float = XS[0], end: float = XS[-1]) -> list[Rule]:
    return [Rule(y, start, end) for y in ys]


def verticals(xs: tuple[float, ...] = XS, start: float = YS[0], end: float = YS[-1]) -> list[Rule]:
    return [Rule(x, start, end) for x in xs]


def middles(xs: tuple[float, ...] = XS, ys: tuple[float, ...] = YS) -> list[tuple[float, float]]:
    """A character in the middle of every slot."""
    return [((a + b) / 2, (c + d) / 2) for a, b in pairwise(xs) for c, d in pairwise(ys)]


def only_grid(
    horizontal: list[Rule], vertical: list[Rule], points: list[tuple[float, float]] | None = None
) -> RuledGrid:
    grids = find_grids(Rules(tuple(horizontal), tuple(vertical)), middles() if points is None else points)
    assert len(grids) == 1
    return grids[0]


def spans(grid: RuledGrid) -> set[tuple[int, int, int, int]]:
    return {(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}


def plain(rows: int, columns: int) -> set[tuple[int, int, int, int]]:
    return {(row, column, 1, 1) for row in range(rows) for column in range(columns)}


def test_a_fully_ruled_table_has_one_cell_a_slot() -> None:
    grid = only_grid(horizontals(), verticals())
    assert grid.xs == XS
    assert grid.ys == YS
    assert spans(grid) == plain(3, 3)


def test_a_missing_piece_of_a_rule_merges_cells() -> None:
    horizontal = [Rule(80, 200, 320), *horizontals((50, 110, 140))]
    vertical = [Rule(260, 80, 140), *verticals((100, 200, 320))]
    grid = only_grid(horizontal, vertical)
    assert (0, 0, 2, 1) in spans(grid)
    assert (0, 1, 1, 2) in spans(grid)
    assert len(grid.cells) == 7


def test_cell_at_knows_merged_cells() -> None:
    grid = only_grid([Rule(80, 200, 320), *horizontals((50, 110, 140))], verticals())
    found = grid.cell_at(150, 100)
    assert found is not None
    assert (found.row, found.row_span) == (0, 2)
    assert grid.cell_at(99, 100) is None


@pytest.mark.parametrize("gap", [1.5, 2.5])
def test_double_rules_are_one_border(gap: float) -> None:
    doubled = [Rule(rule.at + gap, rule.start, rule.end) for rule in verticals()]
    grid = only_grid(horizontals(), verticals() + doubled)
    assert spans(grid) == plain(3, 3)


def test_cells_with_borders_of_their_own_make_one_table() -> None:
    horizontal, vertical = [], []
    for left, right in pairwise(XS):
        for top, bottom in pairwise(YS):
            horizontal += [Rule(y, left + 2, right - 2) for y in (top + 2, bottom - 2)]
            vertical += [Rule(x, top + 2, bottom - 2) for x in (left + 2, right - 2)]
    # An outer frame holds them together, as in a web page with border spacing.
    horizontal += horizontals((50, 140))
    vertical += verticals((100, 320))
    assert spans(only_grid(horizontal, vertical)) == plain(3, 3)


def test_dashes_and_dots_are_rules() -> None:
    dashed = [Rule(y, x, x + 4) for y in YS for x in range(100, 320, 7)]
    dotted = [Rule(x, y, y + 1) for x in XS for y in range(50, 141, 3)]
    assert spans(only_grid(dashed, dotted)) == plain(3, 3)


def test_a_border_slightly_out_of_line_is_no_row() -> None:
    horizontal = [*horizontals((50, 110, 140)), Rule(80, 100, 200), Rule(84, 200, 320)]
    assert spans(only_grid(horizontal, verticals())) == plain(3, 3)


def test_a_thin_row_with_characters_stays() -> None:
    ys = (50.0, 80.0, 86.0, 140.0)
    grid = only_grid(horizontals(ys), verticals(), middles(ys=ys))
    assert spans(grid) == plain(3, 3)


def test_a_stray_stroke_makes_no_column() -> None:
    grid = only_grid(horizontals(), [*verticals(), Rule(150, 78, 90)])
    assert grid.xs == XS


@pytest.mark.parametrize(("missing", "kept"), [("top", (80.0, 110.0, 140.0)), ("bottom", (50.0, 80.0, 110.0))])
def test_a_rule_left_out_at_a_page_break_is_implied(missing: str, kept: tuple[float, ...]) -> None:
    grid = only_grid(horizontals(kept), verticals())
    assert grid.ys == YS, missing
    assert spans(grid) == plain(3, 3)


def test_a_row_without_any_horizontal_is_a_table() -> None:
    grid = only_grid([], verticals(), [(150, 100), (230, 100), (290, 100)])
    assert spans(grid) == plain(1, 3)


def test_a_table_open_at_both_sides_has_all_columns() -> None:
    grid = only_grid(horizontals(), verticals((200, 260)))
    assert grid.xs == XS
    assert spans(grid) == plain(3, 3)


def test_nothing_beside_a_ragged_table_is_a_cell() -> None:
    horizontal = [Rule(50, 100, 260), Rule(80, 100, 320), Rule(110, 100, 320), Rule(140, 100, 320)]
    vertical = [*verticals((100, 200, 260)), Rule(320, 80, 140)]
    points = [point for point in middles() if point != (290, 65)]
    assert spans(only_grid(horizontal, vertical, points)) == plain(3, 3) - {(0, 2, 1, 1)}


def test_a_box_around_text_is_no_table() -> None:
    assert find_grids(Rules((Rule(50, 0, 90), Rule(90, 0, 90)), (Rule(0, 50, 90), Rule(90, 50, 90))), []) == []


def test_an_underline_is_no_table() -> None:
    assert find_grids(Rules(tuple(horizontals())), middles()) == []


def test_two_tables_are_two_grids_top_first() -> None:
    low = [Rule(rule.at + 300, rule.start, rule.end) for rule in horizontals()]
    low_uprights = verticals(start=350, end=440)
    grids = find_grids(Rules(tuple(low + horizontals()), tuple(low_uprights + verticals())), middles())
    assert [grid.ys[0] for grid in grids] == [50, 350]


def test_shaded_areas_are_borders_only_without_rules() -> None:
    faint = Rules((), (), tuple(horizontals()), tuple(verticals()))
    assert [spans(grid) for grid in find_grids(faint, middles())] == [plain(3, 3)]
    striped = Rules(
        tuple(horizontals()), tuple(verticals()), (Rule(55, 110, 190), Rule(75, 110, 190)), (Rule(110, 55, 75),)
    )
    assert [spans(grid) for grid in find_grids(striped, middles())] == [plain(3, 3)]


def test_pieces_of_a_rule_are_joined_and_stubs_left_out() -> None:
    pieces = [Rule(10, 0, 50), Rule(10.4, 52, 90), Rule(10.2, 40, 60), Rule(30, 5, 8)]
    (rule,) = merge_rules(pieces)
    assert (rule.start, rule.end) == (0, 90)
    assert rule.at == pytest.approx(10.2, abs=0.2)
