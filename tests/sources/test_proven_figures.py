"""Scanned tables without rules: which figures are certain, and what stands in their rows that could not be read."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gkdesk.model.content import Line
from gkdesk.model.place import Box, PagePlace
from gkdesk.model.reading import UNREAD
from gkdesk.sources import opening
from gkdesk.sources.pictures.characters.cell_ink import Piece
from gkdesk.sources.pictures.characters.loose_figures import LooseText
from gkdesk.sources.pictures.characters.parted_texts import parted_texts
from gkdesk.sources.pictures.characters.proven_figures import rows_of, with_proof
from gkdesk.sources.pictures.characters.text_recognition import TextBox
from gkdesk.sources.pictures.components import Blobs, find_blobs
from gkdesk.sources.pictures.flattening.deskew import find_lie
from gkdesk.sources.pictures.flattening.page_turn import find_turn

from .picture_maker import HEIGHT, LEFT, ROW, TOP, WIDTH, encoded

LABELS = ("Rules received", "Orders received", "Fees received", "Fines received")
FIGURES = (
    ("18", "9", "10", "4", "37"),
    ("24", "16", "11", "5", "56"),
    ("33", "25", "12", "6", "76"),
    ("45", "28", "13", "7", "93"),
)
ACROSS = tuple(LEFT + 300 + number * 130 for number in range(5))


def plain_table(lost: tuple[int, int] | None = None, shade: int = 0) -> Image.Image:
    """Rows of figures without any rule; the ``lost`` one (row and column) in another shade."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(28)
    for row, (label, texts) in enumerate(zip(LABELS, FIGURES, strict=True)):
        y = TOP + row * ROW
        draw.text((LEFT, y), label, "black", font, anchor="lm")
        for column, (x, text) in enumerate(zip(ACROSS, texts, strict=True)):
            ink = (shade,) * 3 if (row, column) == lost else (0, 0, 0)
            draw.text((x, y), text, ink, font, anchor="mm")
    return image


def figures_of(image: Image.Image) -> list[list[tuple[str, bool]]]:
    """By row, the figures behind the label, and whether each is certain."""
    lines = [block for block in opening.read(encoded(image)).blocks if isinstance(block, Line)]
    return [
        [
            (piece.text, piece.doubt == "")
            for piece in line.pieces
            if isinstance(piece.place, PagePlace) and piece.place.box.left > ACROSS[0] - 60
        ]
        for line in lines
    ]


def test_figures_that_readings_rows_and_columns_prove_are_certain() -> None:
    found = figures_of(plain_table())
    assert [[text for text, _ in row] for row in found] == [list(row) for row in FIGURES]
    certain = sum(sure for row in found for _, sure in row)
    assert certain >= 0.8 * sum(map(len, FIGURES))


def test_a_pale_figure_leaves_no_gap_in_its_row() -> None:
    found = figures_of(plain_table(lost=(1, 2), shade=212))
    assert len(found[1]) == len(FIGURES[1])
    assert found[1][2][1] is False


def test_what_a_black_ring_touches_or_hides_is_not_certain() -> None:
    image = plain_table()
    x, y = ACROSS[2], TOP + ROW
    ImageDraw.Draw(image).ellipse((x - 150, y - 100, x + 150, y + 100), outline="black", width=6)
    ImageDraw.Draw(image).line((x - 30, y, x + 100, y - 90), "black", 6)
    found = figures_of(image)
    printed = {text for row in FIGURES for text in row}
    assert all(text in printed for row in found for text, sure in row if sure)
    assert ("11", True) not in found[1]


@pytest.mark.parametrize("side", [LEFT - 60, ACROSS[-1] + 60])
@pytest.mark.parametrize("lean", [24, -24])
@pytest.mark.parametrize("shade", [0, 190])
def test_the_leaning_side_of_a_frame_is_no_figure_beside_the_rows(side: int, lean: int, shade: int) -> None:
    image = plain_table()
    line = (side, TOP - 120, side + lean, TOP + 4 * ROW)
    ImageDraw.Draw(image).line(line, (shade,) * 3, 2)
    lines = [block for block in opening.read(encoded(image)).blocks if isinstance(block, Line)]
    found = [[piece.text for piece in block.pieces] for block in lines]
    assert [row[-5:] for row in found] == [list(row) for row in FIGURES]
    assert not {UNREAD, "1", "/", "—"} & {text for row in found for text in row}


def test_a_stroke_through_a_column_of_figures_is_no_side_of_a_frame() -> None:
    image = plain_table()
    ImageDraw.Draw(image).line((ACROSS[3] - 8, TOP - 120, ACROSS[3] + 12, TOP + 4 * ROW), (100, 100, 100), 2)
    found = figures_of(image)
    assert all(len(row) == len(FIGURES[0]) for row in found)
    assert not any(sure for row in found for _, sure in row[3:4])


def figure(text: str, left: float, top: float = 100, height: float = 20, sure: bool = True) -> Piece:
    return Piece(text, Box(left, top, left + 12 * len(text), top + height), sure)


def drawn(*boxes: Box) -> Blobs:
    mask = np.zeros((400, 900), dtype=bool)
    for box in boxes:
        mask[int(box.top) : int(box.bottom), int(box.left) : int(box.right)] = True
    return find_blobs(mask)


def test_a_piece_of_something_lower_than_the_figures_of_its_row_is_not_certain() -> None:
    row = [figure("1", 100), figure("2", 200), figure("1", 300, 106, 13)]
    found = with_proof(LooseText((), tuple(row)), drawn(*(piece.box for piece in row)), 2.0)
    assert [piece.sure for piece in found.figures] == [True, True, False]


def test_a_figure_with_a_stroke_right_before_it_may_have_a_sign() -> None:
    row = [figure("1", 100), figure("2", 200), figure("3", 300)]
    sign = Box(185, 108, 193, 111)
    found = with_proof(LooseText((), tuple(row)), drawn(sign, *(piece.box for piece in row)), 2.0)
    assert [(piece.text, piece.sure) for piece in found.figures[:3]] == [("1", True), ("2", False), ("3", True)]


def test_ink_between_the_figures_of_a_row_is_a_figure_that_was_not_read() -> None:
    row = [figure("1", 100), figure("2", 300)]
    unread = Box(200, 100, 212, 120)
    found = with_proof(LooseText((), tuple(row)), drawn(unread, *(piece.box for piece in row)), 2.0)
    assert [(piece.text, piece.box.left, piece.sure) for piece in found.figures[2:]] == [(UNREAD, 200, False)]
    label = TextBox("其他", 0.9, Box(190, 98, 222, 122))
    assert len(with_proof(LooseText((label,), tuple(row)), drawn(unread), 2.0).figures) == 2


def test_a_large_stain_may_hide_a_figure_in_every_column_it_reaches() -> None:
    above = [figure("1", 100), figure("2", 200), figure("3", 300)]
    below = [figure("4", 100, 140)]
    stain = Box(190, 130, 330, 200)
    found = with_proof(LooseText((), (*above, *below)), drawn(stain, *(p.box for p in (*above, *below))), 2.0)
    assert [(piece.text, piece.box.left) for piece in found.figures[4:]] == [(UNREAD, 200), (UNREAD, 300)]


def test_dashes_and_digits_of_a_leaning_line_are_one_row() -> None:
    first = [figure("1", 100, 100), figure("—", 200, 112, 3), figure("3", 300, 106), figure("4", 400, 109)]
    second = [figure("5", 100, 140), figure("6", 400, 149)]
    assert [len(row.figures) for row in rows_of([*first, *second])] == [4, 2]


def test_names_of_columns_read_as_one_stand_where_they_are_printed() -> None:
    words = [Box(left, 100, left + 19, 119) for left in (100, 121, 170, 191, 260, 281)]
    (first, second, third) = parted_texts([TextBox("结果结果其他", 0.9, Box(98, 98, 302, 121))], drawn(*words))
    assert [(part.text, part.box.left) for part in (first, second, third)] == [
        ("结果", 100),
        ("结果", 170),
        ("其他", 260),
    ]


def test_names_printed_downwards_have_their_characters_below_each_other() -> None:
    parts = parted_texts([TextBox("总计", 0.9, Box(100, 100, 122, 150))], drawn(Box(102, 102, 120, 148)))
    assert [(part.text, part.box.top) for part in parts] == [("总", 100), ("计", 125)]


def test_names_printed_downwards_do_not_turn_a_page() -> None:
    stacked = [TextBox("结果维持", 1.0, Box(left, 300, left + 20, 380)) for left in range(100, 700, 50)]
    level = [
        TextBox("政府信息公开行政复议情况", 1.0, Box(100, 100, 400, 122)),
        TextBox("未经复议直接起诉", 1.0, Box(200, 200, 380, 222)),
    ]
    assert find_turn(lambda quarters: [*stacked, *level])[0] == 0


def test_a_page_with_rules_at_one_height_is_turned_and_not_seen_from_aside() -> None:
    image = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(image)
    for y in range(150, 900, 50):
        for x in range(120, 1100, 34):
            draw.line((x, y + 9, x + 24, y), 0, 2)
    draw.line((120, 1000, 1120, 1000), 0, 2)
    draw.line((120, 1000, 120, 1300), 0, 2)
    draw.line((1120, 1000, 1120, 1300), 0, 2)
    turned = image.rotate(0.8, Image.Resampling.BICUBIC, fillcolor=255)
    lie = find_lie(np.asarray(turned), 1240 / 595)
    (_, left_top), (_, right_top), (_, right_foot), (_, left_foot) = lie.corners
    assert abs((right_top - left_top) - (right_foot - left_foot)) < 6


def test_a_figure_below_others_and_beside_nothing_may_be_a_page_number() -> None:
    rows = [Piece(text, Box(x, y, x + 12, y + 20), True) for y in (0, 60) for x, text in ((200, "4"), (300, "9"))]
    alone = Piece("3", Box(200, 95, 212, 115), True)
    nothing = find_blobs(np.zeros((2, 2), dtype=bool))
    label = TextBox("（七）总计", 0.9, Box(0, 93, 120, 117))
    assert not with_proof(LooseText((), (*rows, alone)), nothing, 2.8).figures[-1].sure
    assert with_proof(LooseText((label,), (*rows, alone)), nothing, 2.8).figures[-1].sure
