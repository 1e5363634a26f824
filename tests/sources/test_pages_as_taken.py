"""Pages as cameras, feeders, copiers and screens give them: seen from aside, two at a time, streaked, light on dark."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

from gkdesk.model.place import Box, PagePlace
from gkdesk.sources import opening
from gkdesk.sources.layout.marks import Rule
from gkdesk.sources.pictures import raster
from gkdesk.sources.pictures.flattening.desk import without_desk
from gkdesk.sources.pictures.flattening.two_up import find_gutter
from gkdesk.sources.pictures.lifting.light_print import with_dark_print
from gkdesk.sources.pictures.lifting.streaks import without_streaks
from gkdesk.sources.pictures.pages_before import PagesBefore

from .picture_maker import COLUMN, HEIGHT, LEFT, ROW, TOP, WIDTH, doubts, encoded, figures, scanned, table, the_grid

ROWS = (
    ("ITEM", "NEW", "OLD", "TOTAL"),
    ("Rules", "3119", "34", "20"),
    ("Orders", "96171", "15", "447228"),
    ("Fees", "105", "78", "2932"),
    ("Fines", "11", "90", "61"),
)
OTHERS = (ROWS[0], *((name, old, new, total) for name, new, old, total in ROWS[1:]))
UNIT = WIDTH / 842


def expected(rows: tuple[tuple[str, ...], ...] = ROWS) -> list[tuple[str, ...]]:
    return [row[1:] for row in rows[1:]]


def photographed(page: Image.Image) -> Image.Image:
    """The page on a dark desk, taken from near, below and aside: its far edge is a seventh shorter."""
    width, height = page.size
    corners = ((0.12, 0.10), (0.90, 0.05), (0.97, 0.96), (0.05, 0.93))
    rows, right = [], []
    for (u, v), (x, y) in zip(corners, ((0, 0), (width, 0), (width, height), (0, height)), strict=True):
        # Where the camera sees a corner, to where on the page that is.
        u, v = u * width, v * height
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        right += [x, y]
    view = np.linalg.solve(np.array(rows, dtype=float), np.array(right, dtype=float))
    return page.transform(
        page.size, Image.Transform.PERSPECTIVE, tuple(view), Image.Resampling.BICUBIC, fillcolor=(70, 52, 40)
    )


def test_a_page_photographed_from_aside_is_read_and_its_cells_are_found_again() -> None:
    marked = table(ROWS)
    room = (LEFT + COLUMN + 4, TOP + ROW + 4, LEFT + 2 * COLUMN - 4, TOP + 2 * ROW - 4)
    grid = the_grid(opening.read(encoded(photographed(marked))))
    assert figures(grid) == expected()
    only = Image.new("RGB", marked.size, "black")
    ImageDraw.Draw(only).rectangle(room, fill="white")
    left, top, right, bottom = photographed(only).convert("L").point([0] * 128 + [255] * 128).getbbox() or (0, 0, 0, 0)
    place = grid.rows()[1][1].place
    assert isinstance(place, PagePlace)
    x, y = place.box.centre
    assert left < x < right
    assert top < y < bottom


def test_two_pages_beside_each_other_are_two_pages() -> None:
    sheet = Image.new("RGB", (2 * WIDTH, 2339), "white")
    sheet.paste(table(ROWS), (0, 300))
    sheet.paste(table(OTHERS), (WIDTH, 100))
    first, second = opening.read(encoded(sheet)).grids()
    assert (figures(first), figures(second)) == (expected(), expected(OTHERS))
    assert doubts(first) | doubts(second) == set()
    place = second.rows()[1][1].place
    assert isinstance(place, PagePlace)
    x, y = place.box.centre
    assert WIDTH + LEFT + COLUMN < x < WIDTH + LEFT + 2 * COLUMN
    assert 100 + TOP + ROW < y < 100 + TOP + 2 * ROW


SENTENCE = "本机关认真贯彻落实政府信息公开条例"


def lines(left: float, right: float, text: str = SENTENCE) -> list[tuple[str, Box]]:
    return [(text, Box(left, top, right, top + 20)) for top in (100.0, 140.0, 180.0)]


def test_a_gap_in_the_middle_parts_pages_only_if_there_is_one_on_either_side() -> None:
    size = (1400, 1000)
    both = lines(60, 640) + lines(760, 1340)
    assert find_gutter(size, both, ()) == pytest.approx(700, abs=60)
    assert find_gutter((1000, 1400), both, ()) is None
    assert find_gutter(size, [*both, (SENTENCE, Box(300, 300, 1100, 320))], ()) is None
    assert find_gutter(size, both, [Rule(200, 60, 1340)]) is None
    # Labels on the left and their figures on the right.
    assert find_gutter(size, lines(60, 640) + lines(760, 1340, "12"), ()) is None
    # The last of an odd number of pages, with nothing beside it; but not what fills less than a page.
    assert find_gutter(size, lines(60, 640), ()) == pytest.approx(720, abs=60)
    assert find_gutter(size, lines(60, 640, "12"), ()) is None
    # Other sheets of the document were two pages: the right one may hold next to nothing, but none reaches over.
    few = [*lines(60, 640), ("-4-", Box(1030, 960, 1060, 980))]
    assert find_gutter(size, few, ()) is None
    assert find_gutter(size, few, (), 0.5) == pytest.approx(700)
    assert find_gutter(size, few, [Rule(200, 60, 1340)], 0.5) is None


def test_only_sheets_of_one_size_are_parted_alike() -> None:
    before = PagesBefore()
    assert before.gutter_of((3300, 2340)) is None
    before.sheet, before.gutter = (3308, 2339), 0.5
    assert before.gutter_of((3300, 2340)) == 0.5
    assert before.gutter_of((2339, 1654)) is None


def test_light_print_on_a_dark_screen_is_read() -> None:
    grid = the_grid(opening.read(encoded(ImageOps.invert(table(ROWS)))))
    assert figures(grid) == expected()


def test_only_thin_light_print_in_a_filled_field_is_turned() -> None:
    page = Image.new("RGB", (1000, 700), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((100, 100, 899, 159), fill=(58, 120, 195))
    draw.text((300, 115), "ITEM NEW OLD TOTAL", "white", ImageFont.load_default(30))
    turned = with_dark_print(np.asarray(page), 2.0)
    assert turned[130, 150].tolist() == [255, 255, 255]
    assert turned[102:158, 302:600].min() == 0
    assert turned[110, 50].tolist() == [255, 255, 255]
    for untouched in (dark_print_on_colour(), sheet_on_a_desk()):
        pixels = np.asarray(untouched)
        assert with_dark_print(pixels, 2.0) is pixels


def dark_print_on_colour() -> Image.Image:
    page = Image.new("RGB", (1000, 700), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((100, 100, 899, 159), fill=(150, 180, 220))
    draw.text((300, 115), "ITEM NEW OLD TOTAL", "black", ImageFont.load_default(30))
    return page


def sheet_on_a_desk() -> Image.Image:
    page = Image.new("RGB", (1000, 1400), (60, 45, 35))
    page.paste(Image.new("RGB", (420, 600), (225, 222, 210)), (300, 400))
    return page


@pytest.mark.parametrize(("across", "may_hide_a_digit"), [(70, True), (150, False)])
def test_a_streak_of_the_feeder_is_no_column_and_figures_right_beside_it_are_in_doubt(
    across: int, may_hide_a_digit: bool
) -> None:
    page = table(ROWS)
    x = LEFT + 2 * COLUMN + across
    ImageDraw.Draw(page).line((x, 0, x, HEIGHT), (70, 70, 70), 2)
    grid = the_grid(opening.read(encoded(page)))
    assert grid.column_count == 4
    assert figures(grid) == expected()
    assert (doubts(grid) >= {"34", "15", "78", "90"}) == may_hide_a_digit


def test_borders_of_a_table_that_was_cut_out_along_them_are_no_streaks() -> None:
    cut_out = table(ROWS).crop((LEFT, TOP, LEFT + 4 * COLUMN + 1, TOP + 5 * ROW + 1)).convert("L")
    assert without_streaks(np.asarray(cut_out), UNIT)[1] is None
    # Nearly as wide as its page.
    wide = table(ROWS).crop((LEFT - 90, 0, LEFT + 4 * COLUMN + 90, HEIGHT)).convert("L")
    assert without_streaks(np.asarray(wide), UNIT)[1] is None
    whole = table(ROWS).convert("L")
    assert without_streaks(np.asarray(whole), UNIT)[1] is None


def test_the_light_grey_borders_of_a_web_page_are_rules() -> None:
    pixels = np.asarray(table(ROWS, line=1, shade=221)).copy()
    dark = np.asarray(table(ROWS, line=1))
    inside = np.asarray(table(tuple(("",) * 4 for _ in ROWS), line=1))
    pixels[(dark < 255) & (inside == 255)] = 0
    grid = the_grid(opening.read(encoded(Image.fromarray(pixels))))
    assert (grid.row_count, grid.column_count) == (5, 4)
    assert figures(grid) == expected()


def test_the_oblong_pixels_of_a_fax_are_made_square() -> None:
    fax = table(ROWS).resize((WIDTH, HEIGHT // 2))
    with raster.Pictures(encoded(fax, "TIFF", dpi=(204, 102))) as pictures:
        assert pictures.size(1) == (WIDTH, HEIGHT)
        assert pictures.page(1).shape == (HEIGHT, WIDTH, 3)
    with raster.Pictures(encoded(fax, "TIFF", dpi=(204, 196))) as pictures:
        assert pictures.size(1) == (WIDTH, HEIGHT // 2)


def bent(page: Image.Image, by: int) -> Image.Image:
    """The page as it looks when it is rolled up at its sides: what is in the middle is lower by so many pixels."""
    pixels = np.asarray(page)
    rows = np.arange(page.height)[:, None] - by * np.sin(np.pi * np.arange(page.width) / page.width)[None, :]
    return Image.fromarray(pixels[np.clip(rows.round().astype(int), 0, page.height - 1), np.arange(page.width)])


def test_a_page_that_does_not_lie_flat_is_flattened() -> None:
    page = Image.new("RGB", (WIDTH, 2339), "white")
    page.paste(table(ROWS), (0, 100))
    page.paste(table(ROWS), (0, 1100))
    first, second = opening.read(encoded(bent(page, 24))).grids()
    assert (figures(first), figures(second)) == (expected(), expected())
    place = first.rows()[1][2].place
    assert isinstance(place, PagePlace)
    _, y = place.box.centre
    assert 100 + TOP + ROW + 24 < y + 6 < 100 + TOP + 2 * ROW + 24


def test_print_short_of_toner_is_read() -> None:
    grid = the_grid(opening.read(encoded(table(ROWS, shade=185))))
    assert figures(grid) == expected()


def test_thin_strokes_of_print_short_of_toner_are_certain() -> None:
    marked = [row if number % 2 == 0 else (row[0], *("/" for _ in row[1:])) for number, row in enumerate(ROWS)]
    grid = the_grid(opening.read(scanned(table(marked, shade=175))))
    assert figures(grid) == expected(tuple(marked))
    assert doubts(grid) == set()


def test_thin_pale_print_is_not_taken_for_a_blank_cell() -> None:
    page = table(ROWS)
    room = (LEFT + COLUMN + 4, TOP + 4 * ROW + 4, LEFT + 2 * COLUMN - 4, TOP + 5 * ROW - 4)
    draw = ImageDraw.Draw(page)
    draw.rectangle(room, fill="white")
    # What is left of a 2: its bow and its foot, each too pale for print.
    draw.arc((LEFT + COLUMN + 30, TOP + 4 * ROW + 18, LEFT + COLUMN + 44, TOP + 4 * ROW + 34), 180, 60, (205, 205, 205))
    cell = the_grid(opening.read(encoded(page))).rows()[4][1]
    assert cell.doubt


def test_the_grain_of_the_desk_around_a_sheet_is_no_print() -> None:
    grain = np.random.default_rng(5).integers(20, 90, (1200, 900), dtype=np.uint8)
    grain[80:1120, 60:840] = 230
    grain[300:330, 200:600] = 15
    picture = np.repeat(grain[..., None], 3, axis=2)
    cleared = without_desk(picture)
    assert cleared[:60].min() >= 225
    assert cleared[:, :40].min() >= 225
    assert (cleared[100:1100, 80:820] == picture[100:1100, 80:820]).all()


def test_a_dark_head_over_the_whole_width_is_no_desk() -> None:
    picture = np.full((1200, 900, 3), 250, dtype=np.uint8)
    picture[:150] = 40
    picture[60:90, 300:600] = 240
    assert without_desk(picture) is picture
