"""Figures of scans that stand in no ruled table: each where it is printed, and strokes that are no rules."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

from PIL import Image, ImageDraw, ImageFont

from gkdesk.model.content import Line
from gkdesk.model.place import Box, PagePlace
from gkdesk.sources import opening
from gkdesk.sources.pictures.characters.cell_ink import CellInk, Piece
from gkdesk.sources.pictures.characters.loose_figures import loose_cells, with_figures, with_spaced_digits
from gkdesk.sources.pictures.characters.loose_signs import with_points, with_signs
from gkdesk.sources.pictures.characters.text_recognition import TextBox
from gkdesk.sources.pictures.components import Blobs, find_blobs

from .picture_maker import COLUMN, HEIGHT, LEFT, ROW, TOP, WIDTH, encoded, table

ROWS = (
    ("Rules received", "18", "9", "10", "0", "37"),
    ("Orders received", "4", "", "11", "1", "16"),
    ("Fees received", "", "33025", "1", "", "33026"),
)
ACROSS = tuple(LEFT + 300 + number * 130 for number in range(5))


def plain_table() -> Image.Image:
    """Rows of figures without any rule."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(28)
    for row, (label, *texts) in enumerate(ROWS):
        y = TOP + row * ROW
        draw.text((LEFT, y), label, "black", font, anchor="lm")
        for x, text in zip(ACROSS, texts, strict=True):
            draw.text((x, y), text, "black", font, anchor="mm")
    return image


def test_every_figure_without_rules_has_its_own_place() -> None:
    content = opening.read(encoded(plain_table()))
    lines = [block for block in content.blocks if isinstance(block, Line)]
    found = [[(word.text, word.place) for word in line.words] for line in lines if line.words]
    assert [[text for text, _ in row] for row in found] == [[text for text in row[1:] if text] for row in ROWS]
    for row, (_, *texts) in zip(found, ROWS, strict=True):
        expected = [x for x, text in zip(ACROSS, texts, strict=True) if text]
        for (_, place), x in zip(row, expected, strict=True):
            assert isinstance(place, PagePlace)
            assert place.box.centre[0] == pytest.approx(x, abs=6)
    assert {line.doubt for line in lines} == {"recognition"}


def cell(left: float, text: str) -> CellInk:
    box = Box(left, 10, left + 20, 30)
    nothing = find_blobs(pytest.importorskip("numpy").zeros((2, 2), dtype=bool))
    return CellInk(Box(left - 5, 5, left + 25, 35), nothing, pieces=[Piece(text, box, True)])


@pytest.mark.parametrize(
    ("said", "rest", "sure"),
    [
        ("18910", [], True),
        ("18 9 10", [], True),
        ("18970", [], False),
        ("3、其他18 9 10", ["3、其他"], True),
        ("3、其他1891", ["3、其他"], False),
        ("18 9 10件", ["件"], True),
        ("无18910", [], False),
    ],
)
def test_figures_take_their_characters_out_of_the_text_around_them(said: str, rest: list[str], sure: bool) -> None:
    cells = [cell(100, "18"), cell(200, "9"), cell(300, "10")]
    found = with_figures(cells, [TextBox(said, 0.9, Box(20, 8, 330, 32))])
    assert [box.text for box in found.boxes] == rest
    assert [(figure.text, figure.sure) for figure in found.figures] == [("18", sure), ("9", sure), ("10", sure)]


@pytest.mark.parametrize(("said", "sure"), [("1", True), ("7", True), ("T", True), ("8", False), ("11", False)])
def test_a_slash_known_by_its_drawing_is_what_the_page_reader_takes_it_for(said: str, sure: bool) -> None:
    found = with_figures([cell(100, "/")], [TextBox(said, 0.9, Box(80, 8, 150, 32))])
    assert [(figure.text, figure.sure) for figure in found.figures] == [("/", sure)]
    assert found.boxes == ()


def test_both_readers_agree_on_the_word_for_nothing() -> None:
    found = with_figures([cell(100, "无"), cell(200, "0")], [TextBox("无0", 0.9, Box(80, 8, 260, 32))])
    assert [(figure.text, figure.sure) for figure in found.figures] == [("无", True), ("0", True)]


def test_what_is_no_figure_stays_what_the_page_reader_said() -> None:
    found = with_figures([cell(100, "A7")], [TextBox("条", 0.9, Box(95, 8, 125, 32))])
    assert [box.text for box in found.boxes] == ["条"]
    assert found.figures == ()


@pytest.mark.parametrize("said", ["9无10", "I", "9 9-"])
def test_texts_of_marks_and_stray_letters_hide_no_figures(said: str) -> None:
    cells = loose_cells(_ink(_words(100, 200, 300)), [TextBox(said, 0.9, Box(90, 8, 330, 32))], 2.0)
    assert [cell.space.centre[0] for cell in cells] == [106, 206, 306]


def test_a_figure_three_rows_below_the_last_one_is_read_as_one() -> None:
    assert len(loose_cells(_ink([*_words(100), *_words(100, top=240)]), [], 2.0)) == 2


def test_strokes_between_rules_that_leave_paper_are_no_borders() -> None:
    # As characters in rows as low as print have them; a border touches at least one rule, or goes on in other rows.
    rows = [("ITEM", "NEW", "OLD"), ("Rules", "3119", "34"), ("Fees", "105", "7")]
    image = table(rows)
    draw = ImageDraw.Draw(image)
    x = LEFT + 2 * COLUMN + 150
    draw.line((x, TOP + ROW + 7, x, TOP + 2 * ROW - 7), "black", 2)
    (grid,) = opening.read(encoded(image)).grids()
    assert (grid.row_count, grid.column_count) == (3, 3)
    assert grid.rows()[1][2].doubt
    draw.line((x, TOP + ROW, x, TOP + 2 * ROW), "black", 2)
    (parted,) = opening.read(encoded(image)).grids()
    assert parted.column_count == 4


def _ink(words: list[tuple[Box, Blobs]]) -> Blobs:
    numpy = pytest.importorskip("numpy")
    edges = ((ink.left, ink.top, ink.right, ink.bottom, ink.area) for _, ink in words)
    return Blobs(*map(numpy.concatenate, zip(*edges, strict=True)))


def _words(*lefts: float, width: float = 12, height: float = 20, top: int = 10) -> list[tuple[Box, Blobs]]:
    numpy = pytest.importorskip("numpy")
    found = []
    for left in lefts:
        mask = numpy.zeros((300, 800), dtype=bool)
        mask[top : top + int(height), int(left) : int(left + width)] = True
        found.append((Box(left, top, left + width, top + height), find_blobs(mask)))
    return found


def _joined(*words: tuple[Box, Blobs]) -> list[float]:
    return [box.left for box, _ in with_spaced_digits(list(words), [box for box, _ in words])]


def test_digits_printed_with_blanks_are_one_figure() -> None:
    assert _joined(*_words(100, 130, 160, 400, 600)) == [100, 400, 600]


def test_a_point_between_digits_printed_with_blanks_takes_the_room_of_one() -> None:
    three, point = _words(154)[0], _words(173, width=4, height=4, top=26)[0]
    assert _joined(*_words(100, 127), _merged([three, point]), *_words(204, 231, 600)) == [100, 600]


def test_figures_of_columns_as_near_as_each_other_stay_apart() -> None:
    assert _joined(*_words(100, 130, 160, 200, 230)) == [100, 130, 160, 200, 230]


def test_figures_of_several_digits_close_beside_each_other_stay_apart() -> None:
    tight = _words(100, 114, 128, 158, 172, 186, 400)
    one, other = (_merged(tight[:3]), _merged(tight[3:6]))
    assert _joined(one, other, tight[6]) == [100, 158, 400]


def test_a_stroke_right_before_a_figure_is_its_sign_and_leaves_it_in_doubt() -> None:
    (stroke,) = _words(282, width=8, height=3, top=19)
    figures, dash = _words(100, 300, 500), _words(600, width=12, height=3, top=19)
    plain, signed = with_signs([*figures, *dash], [stroke, *figures, *dash])
    assert ([box.left for box, _ in plain], [box.left for box, _ in signed]) == ([100, 500, 600], [282])
    cells = loose_cells(_ink([stroke, *figures]), [], 2.0)
    assert sorted((int(cell.ink.left.min()), cell.stained) for cell in cells) == [
        (100, False),
        (282, True),
        (500, False),
    ]
    # Before the first figure of a row stand labels.
    assert with_signs(figures[1:], [stroke, *figures[1:]])[1] == []


@pytest.mark.parametrize(
    "stroke",
    [
        {"left": 282, "width": 8, "height": 3, "top": 27},  # at the foot: a point or dirt
        {"left": 260, "width": 8, "height": 3, "top": 19},  # far away: in another column
        {"left": 282, "width": 4, "height": 8, "top": 16},  # upright
        {"left": 270, "width": 26, "height": 3, "top": 19},  # a dash as long as those that stand for nothing
    ],
)
def test_other_strokes_are_no_signs(stroke: dict[str, int]) -> None:
    left, top = stroke.pop("left"), stroke.pop("top")
    (word,) = _words(left, top=top, **stroke)
    figures = _words(100, 300, 500)
    assert with_signs(figures, [word, *figures])[1] == []


def test_a_stroke_between_two_figures_is_no_sign() -> None:
    figures = _words(100, 268, 300)
    assert with_signs(figures, [*_words(284, width=8, height=3, top=19), *figures])[1] == []


def test_a_point_that_stands_apart_between_digits_is_theirs() -> None:
    digits, point = _words(100, 126, 178, 204, 600), _words(146, width=4, height=4, top=26)
    pointed = with_points(digits, [*digits, *point])
    assert [box.right for box, _ in pointed] == [112, 150, 190, 216, 612]
    joined = with_spaced_digits(pointed, [box for box, _ in pointed])
    assert [box.left for box, _ in joined] == [100, 600]
    # Behind the last figure of a row, or at half its height, it is dirt.
    for dirt in (_words(620, width=4, height=4, top=26), _words(146, width=4, height=4, top=18)):
        assert [box.right for box, _ in with_points(digits, [*digits, *dirt])] == [112, 138, 190, 216, 612]


def _merged(words: list[tuple[Box, Blobs]]) -> tuple[Box, Blobs]:
    return words[0][0].union(words[-1][0]), _ink(words)
