"""Scanned tables with rules between their rows only: columns where they can be proven, and no table where not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

from PIL import Image, ImageDraw, ImageFont

from gkdesk.model.content import Content, Grid
from gkdesk.sources import opening

from .picture_maker import COLUMN, HEIGHT, LEFT, ROW, TOP, WIDTH, Rows, encoded, scanned

HEAD = ("ITEM", "NEW", "OLD", "TOTAL")
ROWS = (
    HEAD,
    ("Rules", "3119", "34", "7"),
    ("Orders", "96171.6", "", "447228"),
    ("Fees", "105", "78", "2932"),
    ("Fines", "11", "", "6"),
)
ACROSS = tuple(LEFT + number * COLUMN + 24 for number in range(4))


def open_table(rows: Rows, across: Sequence[int] = ACROSS) -> Image.Image:
    """A page with rules between rows only; the texts of a row begin at ``across``."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(30)
    for row in range(len(rows) + 1):
        draw.line((LEFT, TOP + row * ROW, LEFT + 4 * COLUMN, TOP + row * ROW), "black", 2)
    for row, texts in enumerate(rows):
        for x, text in zip(across, texts, strict=True):
            draw.text((x, TOP + row * ROW + ROW // 2), text, "black", font, anchor="lm")
    return image


def wide_grids(content: Content) -> list[Grid]:
    return [grid for grid in content.grids() if grid.column_count > 1]


def texts(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in grid.rows()]


@pytest.mark.parametrize("skew", [0.0, 1.2])
def test_figures_stand_in_the_columns_of_their_headings_and_blanks_stay(skew: float) -> None:
    (grid,) = wide_grids(opening.read(scanned(open_table(ROWS), skew)))
    assert [row[1:] for row in texts(grid)[1:]] == [row[1:] for row in ROWS[1:]]
    assert sum(bool(cell.doubt) for row in grid.rows()[1:] for cell in row[1:]) <= 1


def test_columns_go_on_though_one_is_blank_on_the_next_page() -> None:
    rest = [("Taxes", "12", "", "40"), ("Tolls", "305", "", "9"), ("Dues", "7", "", "61"), ("Rents", "88", "", "3")]
    pages = [open_table(ROWS), open_table(rest)]
    content = opening.read(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    first, second = wide_grids(content)
    assert [row[1:] for row in texts(second)] == [row[1:] for row in rest]
    assert max(abs(a - b) for a, b in zip(first.left_edges, second.left_edges, strict=True)) < 1


def test_a_blank_column_on_a_page_of_its_own_is_not_guessed() -> None:
    rest = [("Taxes", "12", "", "40"), ("Tolls", "305", "", "9"), ("Dues", "7", "", "61"), ("Rents", "88", "", "3")]
    assert all(grid.column_count == 3 for grid in wide_grids(opening.read(encoded(open_table(rest)))))


def test_figures_beside_their_headings_make_no_columns() -> None:
    # Whether a figure stands under NEW or under OLD cannot be said: it touches neither.
    across = (LEFT + 24, LEFT + COLUMN, LEFT + COLUMN + 170, LEFT + 3 * COLUMN)
    rows = [("ITEM", "NEW", "", "OLD"), *((f"{name}", "", "8", "9") for name in ("Rules", "Orders", "Fees", "Fines"))]
    assert wide_grids(opening.read(encoded(open_table(rows, across)))) == []


def test_columns_that_lean_are_no_columns() -> None:
    image = open_table([("Rules", "311", "34", "70")] * 8)
    height = image.height
    leaning = image.transform(
        image.size, Image.Transform.AFFINE, (1, 0.3, -0.3 * height / 2, 0, 1, 0), fillcolor="white"
    )
    for grid in wide_grids(opening.read(encoded(leaning))):
        assert all(len(cell.text.split()) < 2 or cell.doubt for row in grid.rows() for cell in row[1:])


@pytest.mark.parametrize("down", [1, 2])
def test_a_grey_stamp_makes_no_columns(down: int) -> None:
    image = open_table(ROWS)
    x, y = LEFT + 2 * COLUMN - 60, TOP + down * ROW + 20
    ImageDraw.Draw(image).ellipse((x - 90, y - 20, x + 90, y + 160), outline=(90, 90, 90), width=8)
    for grid in wide_grids(opening.read(scanned(image))):
        heads = {cell.text: cell.column for cell in grid.rows()[0]}
        assert set(HEAD) <= set(heads)
        for row, expected in zip(grid.rows()[1:], ROWS[1:], strict=True):
            for cell in row:
                column = next((n for n, head in enumerate(HEAD) if heads[head] == cell.column), None)
                assert cell.doubt or column is None or cell.text == expected[column]


def test_strokes_beside_figures_make_no_columns() -> None:
    # Small pieces of a stamp stand beside the figures of two rows; a column has a heading or words in most rows.
    image = open_table(ROWS)
    draw = ImageDraw.Draw(image)
    for row in (2, 3):
        x, y = LEFT + 2 * COLUMN - 50, TOP + row * ROW + 20
        draw.line((x, y, x + 14, y + 22), (60, 60, 60), 5)
    assert wide_grids(opening.read(encoded(image))) == []
