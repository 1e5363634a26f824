"""Print that stands in line with a border, and low tables photographed from aside."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")

import numpy as np
from PIL import Image, ImageDraw

from gkdesk.sources.pictures.flattening.deskew import find_lie
from gkdesk.sources.pictures.rules.ruled_lines import find_rules

UNIT = 2.8


def test_print_in_line_with_a_border_is_no_part_of_it() -> None:
    page = Image.new("L", (1200, 500), 255)
    draw = ImageDraw.Draw(page)
    for y in (100, 400):
        draw.line((100, y, 1100, y), 0, 2)
    for x in (100, 220, 600, 1100):
        draw.line((x, 100, x, 400), 0, 2)
    draw.line((220, 250, 1100, 250), 0, 2)
    # Three characters of a label over both rows, from border to border, their strokes level with the rule beside them.
    for left in (104, 143, 182):
        for number, y in enumerate((236, 241, 246, 251, 256, 261)):
            draw.line((left + number % 3 * 9, y, left + number % 3 * 9 + 16, y), 0, 2)
        draw.line((left + 16, 234, left + 16, 262), 0, 2)
    found = find_rules(np.asarray(page), UNIT)
    level = [rule for rule in found.rules.horizontal if 80 < rule.at < 100]
    assert [round(rule.start * UNIT / 10) for rule in level] == [22]
    assert not found.mask[230:266, 112:210].any()


@pytest.mark.parametrize("lean", [-0.09, 0.06])
def test_the_uprights_of_a_low_table_that_lean_are_laid_upright(lean: float) -> None:
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    for row in range(4):
        shift = lean * 40 * row
        draw.line((300 - shift, 300 + 40 * row, 1300 - shift, 300 + 40 * row), 0, 2)
    for x in (300, 620, 1300):
        draw.line((x, 300, x - lean * 120, 420), 0, 2)
    lie = find_lie(np.asarray(page), UNIT)
    rules = find_rules(lie.straighten(np.asarray(page)), UNIT).rules
    assert len(rules.vertical) == 3
    assert len(rules.horizontal) == 4


def test_the_strokes_of_characters_in_low_rows_are_no_borders() -> None:
    page = Image.new("L", (1200, 500), 255)
    draw = ImageDraw.Draw(page)
    for row in range(5):
        draw.line((100, 100 + 50 * row, 1100, 100 + 50 * row), 0, 2)
    for x in (100, 600, 1100):
        draw.line((x, 100, x, 300), 0, 2)
    # 十 in print of fourteen points, in a row of eighteen.
    draw.line((300, 156, 300, 194), 0, 2)
    draw.line((284, 171, 316, 171), 0, 2)
    found = find_rules(np.asarray(page), UNIT).rules
    assert [round(rule.at * UNIT / 100) for rule in found.vertical] == [1, 6, 11]


def ruled(rows: tuple[int, ...], columns: tuple[int, ...], below: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A table of which the inner columns begin at the rule number ``below``."""
    page = Image.new("L", (1200, 500), 255)
    draw = ImageDraw.Draw(page)
    for y in rows:
        draw.line((100, y, 1100, y), 0, 2)
    for x in (100, *columns, 1100):
        draw.line((x, rows[0] if x in (100, 1100) else rows[below], x, rows[-1]), 0, 2)
    return page, draw


@pytest.mark.parametrize("last", [180, 420])
def test_a_border_ends_where_paper_parts_it_from_a_character_in_line_with_it(last: int) -> None:
    """In the heading above the columns; the border below it is short where the table goes on on the next page."""
    page, draw = ruled((100, 140, last), (300, 600, 900), below=1)
    draw.line((600, 111, 600, 132), 0, 2)
    upright = sorted(find_rules(np.asarray(page), UNIT).rules.vertical)
    assert [round(rule.start * UNIT / 20) for rule in upright] == [5, 7, 7, 7, 5]


def test_a_low_table_without_uprights_is_not_laid_by_its_figures() -> None:
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    for row in range(4):
        draw.line((300, 300 + 60 * row, 1300, 300 + 60 * row), 0, 2)
    for row in range(3):
        for column in range(6):
            x, y = 340 + 170 * column + 3 * row * (column % 2), 316 + 60 * row
            draw.line((x + 4, y, x, y + 28), 0, 4)
    assert find_lie(np.asarray(page), UNIT).is_straight


def test_borders_at_which_the_figures_of_a_column_begin_are_rules() -> None:
    page = Image.new("L", (1200, 1400), 255)
    draw = ImageDraw.Draw(page)
    for y in range(100, 101 + 42 * 20, 42):
        draw.line((100, y, 1100, y), 0, 2)
    for x in (100, 500, 800, 1100):
        draw.line((x, 100, x, 100 + 42 * 20), 0, 2)
    for row in range(20):
        # As high as half of their row, and a point right of the border.
        for x in (505, 805):
            draw.ellipse((x, 110 + 42 * row, x + 12, 132 + 42 * row), outline=0, width=3)
    rules = find_rules(np.asarray(page), UNIT, drawn=True).rules
    assert [round(rule.at * UNIT / 100) for rule in sorted(rules.vertical)] == [1, 5, 8, 11]


@pytest.mark.parametrize("gap", [4, 6, 10])
def test_the_strokes_of_characters_one_below_another_are_no_border(gap: int) -> None:
    page = Image.new("L", (1200, 1400), 255)
    draw = ImageDraw.Draw(page)
    for y in (100, 1240):
        draw.line((100, y, 1100, y), 0, 2)
    for x in (100, 1100):
        draw.line((x, 100, x, 1240), 0, 2)
    for top in range(110, 1200, 30 + gap):
        # A tall character whose left stroke has nothing beside it but its own level strokes.
        for y in (top, top + 10, top + 20, top + 29):
            draw.line((500, y, 526, y), 0, 2)
        draw.line((500, top, 500, top + 30), 0, 2)
        draw.line((526, top, 526, top + 30), 0, 2)
    rules = find_rules(np.asarray(page), UNIT, drawn=True).rules
    assert [round(rule.at * UNIT / 100) for rule in sorted(rules.vertical)] == [1, 11]
