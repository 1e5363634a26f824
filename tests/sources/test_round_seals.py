"""Round seals over tables: found by their ring, lifted in grey, in blue and in black and white."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from gkdesk.sources.pictures.components import Mask
from gkdesk.sources.pictures.lifting.round_seals import find_rings
from gkdesk.sources.pictures.lifting.seal_lifting import lift_seals, lift_tinted
from gkdesk.sources.pictures.paper import Gray, even_out

UNIT = 2.0
X, Y, RADIUS = 400, 420, 110


def ruled() -> Image.Image:
    """A page of 144 dpi with a table of 20 rows and 12 columns, a figure in each."""
    page = Image.new("RGB", (1190, 1684), "white")
    draw = ImageDraw.Draw(page)
    for row in range(21):
        draw.line((100, 200 + row * 40, 1060, 200 + row * 40), "black", 2)
    for column in range(13):
        draw.line((100 + column * 80, 200, 100 + column * 80, 1000), "black", 2)
    for row in range(20):
        for column in range(12):
            draw.rectangle((130 + column * 80, 212 + row * 40, 134 + column * 80, 228 + row * 40), fill="black")
    return page


def sealed(page: Image.Image, ink: str, broad: int = 5) -> Image.Image:
    """The page with a ring and what fills its middle, in ink that print shows through."""
    layer = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(layer)
    draw.ellipse((X - RADIUS, Y - RADIUS, X + RADIUS, Y + RADIUS), outline=ink, width=broad)
    draw.regular_polygon((X, Y, 36), 5, fill=ink)
    return ImageChops.multiply(page, layer)


def rules_of(gray: Gray) -> Mask:
    """Where the table's rules are drawn."""
    mask = np.zeros(gray.shape, dtype=bool)
    for row in range(21):
        mask[199 + row * 40 : 203 + row * 40, 98:1064] = True
    for column in range(13):
        mask[198:1004, 99 + column * 80 : 103 + column * 80] = True
    return mask


def lifted_page(ink: str) -> tuple[Gray, Gray, Mask, Mask]:
    """The page without its seal, as it is without any, and where the seal was and hid something."""
    clean = np.asarray(ruled().convert("L"))
    gray = np.asarray(sealed(ruled(), ink).convert("L"))
    lifted = lift_seals(gray, rules_of(gray), UNIT)
    assert lifted is not None
    return lifted.gray, clean, lifted.stained, lifted.hidden


def test_the_ring_of_a_seal_is_found_though_rules_cut_it_up() -> None:
    gray = np.asarray(sealed(ruled(), "black").convert("L"))
    (ring,) = find_rings((gray < 128) & ~rules_of(gray), UNIT)
    assert abs(ring.x - X) < 2
    assert abs(ring.y - Y) < 2
    assert abs(ring.radius - RADIUS + 2) < 3


def test_a_table_without_a_seal_and_a_large_round_letter_have_no_ring() -> None:
    page = ruled()
    ImageDraw.Draw(page).ellipse((500, 1200, 560, 1260), outline="black", width=5)
    gray = np.asarray(page.convert("L"))
    assert find_rings(gray < 128, UNIT) == []
    assert lift_seals(gray, rules_of(gray), UNIT) is None


def test_a_grey_seal_is_lifted_and_all_print_stays() -> None:
    gray, clean, stained, hidden = lifted_page("#a0a0a0")
    assert not hidden.any()
    assert stained[Y - RADIUS - 2 : Y - RADIUS + 6, X - 15 : X + 15].any()
    assert ((gray < 128) == (clean < 128)).all()
    assert (gray[clean == 255] > 235).mean() > 0.999


def test_a_black_ring_goes_but_where_print_crosses_it_and_what_it_hid_is_marked() -> None:
    gray, clean, _, hidden = lifted_page("black")
    assert hidden[Y, X]
    outside = ~hidden
    assert (gray[outside] == clean[outside]).mean() > 0.999
    # The rule under the star cannot be seen any more; one that crosses the ring can.
    assert gray[Y - 20, X - RADIUS - 12] < 128
    assert (gray[hidden] == 255).all()


def test_a_blue_seal_is_lifted_and_blue_print_beside_it_stays() -> None:
    page = ruled()
    ImageDraw.Draw(page).rectangle((700, 452, 704, 468), fill="#2030c0")
    paper = even_out(np.asarray(sealed(page, "#6070ff")))
    assert paper.tint is not None
    found = lift_tinted(paper.gray, paper.tint.light, paper.tint.where, UNIT)
    assert found is not None
    gray, stained = found
    clean = np.asarray(page.convert("L"))
    assert stained[Y, X + 10]
    assert ((gray < 128) == (clean < 128)).mean() > 0.9995
    assert gray[460, 702] < 128
    assert not stained[460, 702]
