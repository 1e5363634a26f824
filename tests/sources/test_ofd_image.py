"""Page pictures of OFDs: right size, ink where text and lines stand."""

from __future__ import annotations

import pytest

from gkdesk.errors import SourceError
from gkdesk.sources.ofd.page_pictures import open_pages
from gkdesk.sources.page_image import PageImage
from tests.corpus.generator.ofd_package import Sheet, make_ofd

MILLIMETRE = 72 / 25.4


def is_dark(image: PageImage, left: float, top: float, right: float, bottom: float) -> bool:
    """True if there is a dark pixel in a part of the page given in millimetres, rendered at one pixel a point."""
    x0, y0, x1, y1 = (round(edge * MILLIMETRE) for edge in (left, top, right, bottom))
    rows = (image.pixels[y * image.stride + 4 * x0 : y * image.stride + 4 * x1] for y in range(y0, y1))
    return any(min(row[green::4], default=255) < 160 for row in rows for green in (1,))


def test_text_and_lines_are_drawn_where_they_stand() -> None:
    first, second = Sheet(), Sheet(148, 210)
    first.table(30, 40, 40, 10, [["128", ""], ["", ""]])
    first.path("M 150 200 L 170 200 L 170 220 L 150 220 C", 'Boundary="0 0 210 297" Fill="true" Stroke="false"')
    with open_pages(make_ofd(first, second)) as pages:
        assert round(pages.size(2).width / MILLIMETRE) == 148
        image = pages.render(1, 1.0)
    assert (image.width, image.height) == (596, 842)
    assert is_dark(image, 30.5, 42, 39, 49)
    assert not is_dark(image, 72, 42, 108, 48)
    assert is_dark(image, 69, 45, 71, 47)
    assert is_dark(image, 155, 205, 165, 215)
    assert not is_dark(image, 30, 100, 180, 190)


def test_pages_are_counted_from_one_and_bad_files_are_refused() -> None:
    with open_pages(make_ofd(Sheet())) as pages, pytest.raises(IndexError):
        pages.size(2)
    with pytest.raises(SourceError):
        open_pages(b"PK\x03\x04" + bytes(50))
