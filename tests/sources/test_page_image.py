"""Page pictures: the right size, the right way up, from any thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from gkdesk.errors import SourceError
from gkdesk.sources import page_image
from gkdesk.sources.page_image import PageImage, PageImages
from tests.sources.pdf_maker import Sheet, make_pdf


def marked(rotate: int = 0) -> bytes:
    """A page with a black square near its top left corner (before rotation)."""
    sheet = Sheet(width=200, height=100, rotate=rotate)
    sheet.fill(10, 10, 30, 30)
    return make_pdf(sheet)


def is_dark(image: PageImage, x: int, y: int) -> bool:
    start = y * image.stride + 4 * x
    return max(image.pixels[start : start + 3]) < 64


def test_a_picture_has_the_size_of_the_page_and_four_bytes_a_pixel() -> None:
    with PageImages(marked()) as images:
        image = images.render(1, 2.0)
        assert (image.width, image.height) == (400, 200)
        assert image.stride >= 1600
        assert len(image.pixels) == image.stride * image.height
        assert images.size(1).width == 200


@pytest.mark.parametrize(("rotate", "dark"), [(0, (20, 20)), (90, (80, 20)), (180, (180, 80)), (270, (20, 180))])
def test_a_rotated_page_is_shown_as_it_is_meant(rotate: int, dark: tuple[int, int]) -> None:
    with PageImages(marked(rotate)) as images:
        size = images.size(1)
        assert (size.width, size.height) == ((100, 200) if rotate % 180 else (200, 100))
        image = images.render(1, 1.0)
        assert is_dark(image, *dark)
        assert not is_dark(image, image.width // 2, image.height // 2)


def test_a_huge_scale_is_lowered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_image, "MOST_PIXELS", 50_000)
    with PageImages(marked()) as images:
        image = images.render(1, 1000)
    assert image.width * image.height <= 50_000
    assert image.width == pytest.approx(2 * image.height, abs=2)


def test_there_is_no_page_beyond_the_last() -> None:
    with PageImages(marked()) as images:
        for page in (0, 2):
            with pytest.raises(IndexError):
                images.render(page, 1.0)
            with pytest.raises(IndexError):
                images.size(page)


def test_closing_twice_is_harmless_and_opening_is_lazy() -> None:
    images = PageImages(b"no pdf at all")
    images.close()
    images.close()
    with PageImages(b"no pdf at all") as images, pytest.raises(SourceError) as raised:
        images.size(1)
    assert raised.value.code == "source.broken"


def test_threads_may_render_at_the_same_time() -> None:
    with PageImages(marked()) as images, ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _: images.render(1, 1.5), range(16)))
    assert len({picture.pixels for picture in pictures}) == 1


def test_a_page_that_cannot_be_loaded_is_a_damaged_file() -> None:
    """A page tree that counts a page whose object is no page."""
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Font>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
    )
    with PageImages(data) as images, pytest.raises((SourceError, IndexError)):
        images.render(1, 1.0)
