"""What the figures of a page tell about one that was not surely read: its digits, and how far apart they stand."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gkdesk.model.place import Box
from gkdesk.sources.pictures.characters.cell_ink import CellInk, Piece
from gkdesk.sources.pictures.characters.drawn_alike import Digit, digits_of
from gkdesk.sources.pictures.characters.nothing_marks import are_dashes, is_dash
from gkdesk.sources.pictures.characters.scanned_cells import tell_words_for_nothing
from gkdesk.sources.pictures.characters.spaced_print import set_alike
from gkdesk.sources.pictures.characters.told_by_fellows import as_digits, told_figures
from gkdesk.sources.pictures.components import Blobs, find_blobs
from gkdesk.sources.pictures.paper import Gray

CERTAIN = ("308", "83", "308", "38", "1308", "80", "33", "88")
UNIT = 2.8


def drawn(text: str, step: float = 0) -> tuple[Gray, Box, Blobs]:
    """A figure on paper, its box and its ink; with a ``step`` each character by itself, so many pixels apart."""
    image = Image.new("L", (320, 60), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(28)
    if step:
        for number, char in enumerate(text):
            draw.text((40 + number * step, 30), char, 0, font, anchor="mm")
    else:
        draw.text((160, 30), text, 0, font, anchor="mm")
    gray = np.asarray(image)
    ink = find_blobs(gray < 200)
    return gray, Box(*(float(edge) for edge in (ink.left.min(), ink.top.min(), ink.right.max(), ink.bottom.max()))), ink


def digits(index: int, printed: str, read: str) -> list[Digit]:
    gray, box, ink = drawn(printed)
    return digits_of(index, Piece(read, box, True), ink, gray)


@pytest.mark.parametrize(
    ("printed", "read", "told"),
    [
        ("380", "380", True),
        ("380", "330", False),
        ("8", "3", False),
        ("0", "0", True),
        ("o", "0", False),
        ("5", "5", False),
    ],
)
def test_a_figure_is_what_its_digits_are_drawn_like(printed: str, read: str, told: bool) -> None:
    certain = [digit for index, text in enumerate(CERTAIN) for digit in digits(index, text, text)]
    assert told_figures(digits(0, printed, read), certain) == ({0} if told else set())


def test_nothing_is_told_by_a_few_figures() -> None:
    certain = [digit for index, text in enumerate(("30", "80")) for digit in digits(index, text, text)]
    assert not told_figures(digits(0, "0", "0"), certain)


def test_letters_that_look_like_digits_are_read_as_these() -> None:
    assert as_digits("l O 1") == "101"


@pytest.mark.parametrize(
    ("texts", "steps", "alike"),
    [
        (("636", "2666", "58"), (26, 26, 26), [True, True, True]),
        # Too few that are set alike.
        (("636", "2666", "58"), (16, 16, 26), [False, False, False]),
        # A digit was lost.
        (("636", "26 6", "58", "77"), (26, 26, 26, 26), [True, False, True, True]),
    ],
)
def test_wide_figures_have_as_many_digits_as_read_where_all_are_set_alike(
    texts: tuple[str, ...], steps: tuple[float, ...], alike: list[bool]
) -> None:
    figures = [(text, *drawn(text, step)[1:]) for text, step in zip(texts, steps, strict=True)]
    assert set_alike(figures) == alike


@pytest.mark.parametrize(("height", "printed"), [(3, True), (7, False)])
def test_a_ragged_lying_stroke_is_a_dash_only_if_it_is_a_hair_line(height: int, printed: bool) -> None:
    page = np.full((60, 100), 255, dtype=np.uint8)
    page[28, 40:52] = page[28 + height - 1, 52:64] = 0
    assert is_dash(page, Box(40, 28, 64, 28 + height), Box(0, 0, 100, 60), UNIT) == printed


def hyphens(page: Gray, *places: tuple[int, int]) -> list[bool]:
    """Whether hyphens are dashes that stand so far below the tops of cells of such heights, side by side."""
    drawn = []
    for index, (down, height) in enumerate(places):
        box = Box(100 * index + 40, down, 100 * index + 48, down + 3)
        page[down : down + 3, 100 * index + 40 : 100 * index + 48] = 0
        drawn.append((box, Box(100 * index, 0, 100 * (index + 1), height)))
    return are_dashes(page, drawn, UNIT)


def test_hyphens_are_dashes_where_several_stand_at_the_height_of_print() -> None:
    def page() -> Gray:
        return np.full((120, 500), 255, dtype=np.uint8)

    # In the first lines of rows of one line and of three.
    assert hyphens(page(), (20, 40), (20, 40), (21, 110), (20, 110)) == [True] * 4
    # Each at another height; what is left of a border.
    assert hyphens(page(), (20, 110), (40, 110), (60, 110)) == [False, False, False]
    assert hyphens(page(), (2, 110), (2, 110), (2, 110)) == [False, False, False]
    # Something pale above it: it may be the foot of a digit.
    worn = page()
    worn[8:18, 142:145] = 215
    assert hyphens(worn, (20, 40), (20, 40), (20, 40), (20, 110)) == [True, False, True, True]


def words(*read: tuple[str, float, bool]) -> list[CellInk]:
    ink = find_blobs(np.zeros((4, 4), dtype=bool))
    return [
        CellInk(Box(0, 0, 60, 40), ink, pieces=[Piece(text, Box(20, 10, 20 + size, 10 + size), sure)])
        for text, size, sure in read
    ]


def test_characters_like_wu_are_wu_and_certain_where_several_of_one_size_are() -> None:
    several = words(
        ("无", 16, True), ("尤", 16, True), ("尤", 17, True), ("旡", 16, True), ("尤", 16, False), ("尤", 30, True)
    )
    few = words(("尤", 16, True), ("5", 12, True))
    tell_words_for_nothing(several)
    tell_words_for_nothing(few)
    assert [(cell.pieces[0].text, cell.pieces[0].sure) for cell in several if cell.pieces] == [
        *[("无", True)] * 4,
        *[("无", False)] * 2,
    ]
    assert [(cell.pieces[0].text, cell.pieces[0].sure) for cell in few if cell.pieces] == [("无", False), ("5", True)]
