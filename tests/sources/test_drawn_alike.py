"""Figures of a scanned page must be drawn like the others: what is no print may look like a digit to a recogniser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gkdesk.model.place import Box
from gkdesk.sources.pictures.characters.cell_ink import CellInk, Piece
from gkdesk.sources.pictures.characters.drawn_alike import doubt_the_unlike
from gkdesk.sources.pictures.characters.nothing_marks import Drawing, are_printed, is_broken_slash
from gkdesk.sources.pictures.components import find_blobs
from gkdesk.sources.pictures.paper import Gray

STEP, UNIT = 60, 2.8
PRINTED = ("10", "7", "132", "8", "10", "27", "131", "8", "17", "0", "30", "1")
Draw = Callable[[ImageDraw.ImageDraw, int, int], None]


def cells_of(texts: tuple[str, ...], last: Draw | None = None) -> tuple[list[CellInk], Gray]:
    """Cells beside each other with a figure each, the last one drawn otherwise; and the page."""
    image = Image.new("L", (STEP * len(texts), 60), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(28)
    for number, text in enumerate(texts):
        middle = STEP * number + STEP // 2
        if last is not None and number == len(texts) - 1:
            last(draw, middle, 30)
        else:
            draw.text((middle, 30), text, 0, font, anchor="mm")
    gray = np.asarray(image)
    blobs = find_blobs(gray < 200)
    cells = []
    for number, text in enumerate(texts):
        left, right = STEP * number, STEP * (number + 1)
        ink = blobs.chosen((blobs.left >= left) & (blobs.right <= right))
        box = Box(*(float(edge) for edge in (ink.left.min(), ink.top.min(), ink.right.max(), ink.bottom.max())))
        cells.append(CellInk(Box(left, 0, right, 60), ink, pieces=[Piece(text, box, True)]))
    return cells, gray


def sure(cells: list[CellInk]) -> list[bool]:
    return [piece.sure for cell in cells for piece in cell.pieces or ()]


def scratch(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.line((x + 1, y - 10, x - 1, y + 10), 0, 2)


def ring(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.ellipse((x - 8, y - 8, x + 8, y + 8), outline=0, width=2)


def high(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.text((x, y), "8", 0, ImageFont.load_default(42), anchor="mm")


def written(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.line((x - 8, y - 7, x + 4, y - 10, x + 5, y - 4, x - 3, y, x + 7, y + 3, x + 2, y + 9, x - 9, y + 8), 0, 2)


@pytest.mark.parametrize(("said", "drawn"), [("1", scratch), ("0", ring), ("8", high), ("3", written)])
def test_a_figure_drawn_otherwise_than_print_is_not_certain(said: str, drawn: Draw) -> None:
    cells, gray = cells_of((*PRINTED, said), drawn)
    doubt_the_unlike(cells, gray)
    assert sure(cells) == [True] * len(PRINTED) + [False]


def test_printed_figures_stay_certain() -> None:
    cells, gray = cells_of(PRINTED)
    doubt_the_unlike(cells, gray)
    assert all(sure(cells))


def test_a_few_figures_prove_nothing_about_each_other() -> None:
    cells, gray = cells_of(("1", "8", "30"), scratch)
    doubt_the_unlike(cells, gray)
    assert all(sure(cells))


def test_the_ends_of_a_worn_figure_are_no_blank() -> None:
    page = np.zeros((60, 60), dtype=bool)
    page[20:23, 28:32] = True
    cell = CellInk(Box(0, 0, 60, 60), find_blobs(page))
    assert not cell.has_worn_figure(UNIT)
    page[36:38, 26:34] = True
    worn = CellInk(Box(0, 0, 60, 60), find_blobs(page))
    assert worn.has_worn_figure(UNIT)


def slash(lean: float = 0.31, off: float = 0.01) -> Drawing:
    return Drawing(23.0, lean, off, 0.03, 1.0)


def test_one_slash_drawn_otherwise_leaves_the_printed_ones_certain() -> None:
    assert are_printed([slash()] * 9 + [slash(0.6)]) == [True] * 9 + [False]
    assert are_printed([slash(), slash(0.31), slash(0.5), slash(0.7), slash(0.9)]) == [False] * 5


def test_leaning_ones_with_a_flag_are_no_slashes() -> None:
    assert not any(are_printed([slash(0.26, 0.047)] * 6))


def test_what_leans_as_the_slashes_of_its_page_is_a_broken_one() -> None:
    printed = [slash()] * 5
    assert is_broken_slash(Drawing(16.0, 0.3, 0.025, 0.03, 0.6), printed)
    # A 1 stands upright, or leans otherwise in an italic; without printed slashes nothing is known.
    assert not is_broken_slash(Drawing(16.0, 0.08, 0.025, 0.03, 0.6), printed)
    assert not is_broken_slash(Drawing(16.0, 0.2, 0.025, 0.03, 1.0), printed)
    assert not is_broken_slash(Drawing(16.0, 0.3, 0.025, 0.12, 1.0), printed)
    assert not is_broken_slash(Drawing(16.0, 0.3, 0.025, 0.03, 0.6), [])
