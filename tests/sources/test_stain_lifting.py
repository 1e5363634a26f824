"""Seals without colour: lifted by their shade, or kept from figures; and rules that go on under them."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

import numpy as np

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Rule, Rules
from gkdesk.sources.pictures.characters.cell_ink import CellInk
from gkdesk.sources.pictures.components import find_blobs
from gkdesk.sources.pictures.lifting.stain_lifting import clear_cells, rules_under, stained_pixels, without_shade
from gkdesk.sources.pictures.paper import Gray

UNIT = 2.0


def page(shade: int) -> Gray:
    """Print (a figure and rows of it), and a square seal that covers a part of it."""
    gray = np.full((400, 400), 255, dtype=np.uint8)
    gray[100:200, 100:200] = shade
    for left in range(20, 380, 20):
        gray[140:156, left : left + 8] = 0
    return gray


def test_print_under_a_grey_seal_stays() -> None:
    gray = page(150)
    pixels = stained_pixels(gray < 200, np.zeros(gray.shape, dtype=bool), UNIT)
    lifted = without_shade(gray, pixels, UNIT)
    assert lifted is not None
    assert lifted[120, 120] == 255
    assert lifted[150, 112] == 255
    assert lifted[150, 144] == 0


def test_a_seal_as_dark_as_print_is_not_lifted() -> None:
    gray = page(0)
    pixels = stained_pixels(gray < 200, np.zeros(gray.shape, dtype=bool), UNIT)
    assert pixels[120, 120]
    assert not pixels[150, 24]
    assert without_shade(gray, pixels, UNIT) is None


def test_what_stands_under_a_seal_stays_in_doubt() -> None:
    gray = page(150)
    pixels = stained_pixels(gray < 200, np.zeros(gray.shape, dtype=bool), UNIT)
    lifted = without_shade(gray, pixels, UNIT)
    assert lifted is not None
    lifted[140:156, 200:240] = 255
    lifted[140:156, 215:223] = 0
    cells = [_cell(lifted, Box(*edges)) for edges in ((130, 130, 158, 170), (10, 130, 38, 170), (190, 130, 230, 170))]
    clear_cells(cells, lifted, pixels, UNIT)
    assert [cell.stained for cell in cells] == [True, False, False]


def test_a_piece_of_a_black_seal_beside_a_figure_is_taken_away_and_the_figure_doubted() -> None:
    gray = page(255)
    gray[100:200, 172:300] = 0
    gray[140:156, 172:190] = 0
    pixels = stained_pixels(gray < 200, np.zeros(gray.shape, dtype=bool), UNIT)
    cell = _cell(gray, Box(156, 130, 182, 170))
    cleared = clear_cells([cell], gray, pixels, UNIT)
    assert cell.stained
    assert cell.ink.right.max() <= 168
    assert cleared[150, 176] == 255
    assert cleared[150, 164] == 0


def test_a_rule_goes_on_under_a_seal_and_nowhere_else() -> None:
    drawn = np.zeros((400, 400), dtype=bool)
    drawn[150:250, 150:250] = True
    rules = Rules(vertical=(Rule(100, 20, 75), Rule(100, 125, 180), Rule(30, 20, 75), Rule(30, 125, 180)))
    found = rules_under(rules, drawn, drawn, UNIT).vertical
    assert found[4:] == (Rule(100, 75, 125),)


def _cell(gray: Gray, space: Box) -> CellInk:
    ink = find_blobs(gray < 200)
    xs, ys = (ink.left + ink.right) / 2, (ink.top + ink.bottom) / 2
    inside = (xs > space.left) & (xs < space.right) & (ys > space.top) & (ys < space.bottom)
    return CellInk(space, ink.chosen(inside))
