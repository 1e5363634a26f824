"""Photographs of pages with few rules or none: laid flat by the sheet's outline and by lines of text, without grain."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from gkdesk.sources.pictures.flattening.deskew import find_lie
from gkdesk.sources.pictures.flattening.sheet_outline import find_outline
from gkdesk.sources.pictures.flattening.text_bend import bend_of_text
from gkdesk.sources.pictures.lifting.grain import without_grain

WIDTH, HEIGHT = 1240, 1754
UNIT = WIDTH / 595
CORNERS = ((140.0, 120.0), (1110.0, 60.0), (1200.0, 1690.0), (40.0, 1660.0))

Pixels = npt.NDArray[np.uint8]


def page() -> Image.Image:
    """Words and figures in lines, without a rule."""
    image = Image.new("RGB", (WIDTH, HEIGHT), (228, 226, 220))
    draw = ImageDraw.Draw(image)
    for row in range(16):
        y = 250 + 60 * row
        for x in (*range(140, 140 + 40 * (5 + row % 4), 26), 560, 690, 820, 950, 1080):
            draw.rectangle((x, y, x + 16, y + 20), outline=(30, 30, 30), width=4)
    return image


def seen(image: Image.Image, corners: tuple[tuple[float, float], ...] = CORNERS) -> Pixels:
    """The page on a dark desk with its corners there."""
    rows, right = [], []
    pairs = zip(corners, ((0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)), strict=True)
    for (u, v), (x, y) in pairs:
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        right += [x, y]
    view = tuple(np.linalg.solve(np.array(rows, dtype=float), np.array(right, dtype=float)))
    desk = (70, 56, 44)
    shown = image.transform(image.size, Image.Transform.PERSPECTIVE, view, Image.Resampling.BICUBIC, fillcolor=desk)
    return np.asarray(shown)


def test_a_page_without_rules_is_laid_straight_by_the_outline_of_its_sheet() -> None:
    picture = seen(page())
    outline = find_outline(picture)
    assert outline is not None
    lie = find_lie(np.asarray(Image.fromarray(picture).convert("L")), UNIT, outline)
    for found, expected in zip(lie.corners, CORNERS, strict=True):
        assert found == pytest.approx(expected, abs=6)


@pytest.mark.parametrize(
    "corners",
    [
        # The left side of the sheet is outside the picture.
        ((-60.0, 120.0), (1110.0, 60.0), (1200.0, 1690.0), (-40.0, 1660.0)),
        # A whole corner lies over the edge of another.
        ((140.0, 120.0), (700.0, 60.0), (1200.0, 1690.0), (40.0, 1660.0)),
    ],
)
def test_what_is_not_all_seen_or_no_sheet_has_no_outline(corners: tuple[tuple[float, float], ...]) -> None:
    assert find_outline(seen(page(), corners)) is None


def test_a_scan_that_fills_its_picture_has_no_outline() -> None:
    assert find_outline(np.asarray(page())) is None


def test_print_that_lies_otherwise_than_the_outline_is_laid_straight_by_itself() -> None:
    # Something bright under the page was taken for it.
    straight = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(straight)
    for y in range(300, 1500, 60):
        draw.line((150, y, 1100, y), 0, 3)
    for x in range(150, 1101, 190):
        draw.line((x, 300, x, 1440), 0, 3)
    lie = find_lie(np.asarray(straight), UNIT, ((300.0, 100.0), (1000.0, 40.0), (1200.0, 1700.0), (20.0, 1600.0)))
    for found, expected in zip(lie.corners, ((0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)), strict=True):
        assert found == pytest.approx(expected, abs=12)


def test_lines_of_text_say_how_a_page_is_bent_and_that_one_is_flat() -> None:
    flat = np.asarray(page().convert("L"))
    assert bend_of_text(flat < 170, UNIT) is None
    columns = np.arange(WIDTH)
    drop = 14 * np.sin(np.pi * columns / WIDTH)
    rows = np.clip((np.arange(HEIGHT)[:, None] - drop).round().astype(int), 0, HEIGHT - 1)
    found = bend_of_text(flat[rows, columns] < 170, UNIT)
    assert found is not None
    places = np.array([found.down(x, 700, WIDTH, HEIGHT) for x in (150, 400, 620, 840, 1090)])
    truth = drop[[150, 400, 620, 840, 1090]]
    assert places - places[2] == pytest.approx(truth - truth[2], abs=2.5)


def test_labels_of_two_lines_beside_figures_do_not_bend_a_page() -> None:
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(image)
    for row in range(14):
        y = 250 + 80 * row
        for x in range(140, 500, 26):
            for line in (-16, 16) if row % 2 else (0,):
                draw.rectangle((x, y + line, x + 16, y + line + 20), outline=0, width=4)
        for x in (600, 720, 840, 960, 1080):
            draw.rectangle((x, y, x + 16, y + 20), outline=0, width=4)
    assert bend_of_text(np.asarray(image) < 170, UNIT) is None


def test_strong_grain_is_evened_out_and_print_in_it_stays() -> None:
    rng = np.random.default_rng(3)
    plain = np.asarray(page()).astype(float) * 0.7
    grainy = (plain + rng.normal(0, 12, plain.shape[:2])[..., None]).clip(0, 255).astype(np.uint8)
    smooth = without_grain(grainy, UNIT)
    paper, print_ = smooth[100:200, 200:1000], smooth[250:254, 142:155]
    assert float(paper.std()) < 0.6 * float(grainy[100:200, 200:1000].std())
    assert float(print_.mean()) < 0.55 * float(paper.mean())
    fine = (plain + rng.normal(0, 2, plain.shape[:2])[..., None]).clip(0, 255).astype(np.uint8)
    assert without_grain(fine, UNIT) is fine
