"""Pages of a PDF that are pictures, or hold pictures of tables: which ones, and what stands in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gkdesk.model.content import Block, Grid
from gkdesk.model.place import Box, PagePlace, Place
from gkdesk.sources.han_forms import is_wide
from gkdesk.sources.marks import Glyph, Marks
from gkdesk.sources.page_blocks import PageBlocks
from gkdesk.sources.page_image import PageImage, PageImages

if TYPE_CHECKING:
    import pypdfium2

    from gkdesk.sources.pdf_frame import Frame
    from gkdesk.sources.raster import Colour

_READING_WIDTH = 1670.0
"""Pixels across a page of A4 at which it is read: 200 dpi, however large the page says it is."""
_MOST_PIXELS = 16_000_000
_WHOLE_PAGE = 0.6
"""Share of the page that a picture must cover to be the page itself."""
_TABLE_WIDTH, _TABLE_HEIGHT = 0.3, 0.07
"""Shares of the page's width and height below which a picture holds no table of the form."""
_FEWEST_CHARACTERS = 20
_READABLE = 0.5


@dataclass(frozen=True, slots=True)
class PictureAreas:
    """What of a page is to be read as a picture: all of it, or the ``boxes`` of some pictures (page as shown)."""

    whole: bool = False
    boxes: tuple[Box, ...] = ()

    def __bool__(self) -> bool:
        return self.whole or bool(self.boxes)


def picture_boxes(page: pypdfium2.PdfPage, frame: Frame) -> tuple[Box, ...]:
    """Where a page has pictures; call it under the engine lock."""
    import ctypes

    from pypdfium2 import raw

    found = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), 20_000)):
        thing = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_IMAGE and raw.FPDFPageObj_GetBounds(
            thing, left, bottom, right, top
        ):
            box = frame.box(left.value, bottom.value, right.value, top.value)
            found.append(
                Box(max(box.left, 0), max(box.top, 0), min(box.right, frame.width), min(box.bottom, frame.height))
            )
    return tuple(found)


def areas_to_read(marks: Marks, pictures: Sequence[Box]) -> PictureAreas:
    """What of a page must be read from its pixels, by its characters and pictures."""
    page = max(marks.width * marks.height, 1.0)
    covered = sum(max(0.0, box.right - box.left) * max(0.0, box.bottom - box.top) for box in pictures)
    drawn = bool(pictures) or bool(marks.rules.horizontal)
    if not marks.glyphs:
        return PictureAreas(whole=drawn)
    if len(marks.glyphs) >= _FEWEST_CHARACTERS and not _is_readable(marks.glyphs):
        return PictureAreas(whole=True)
    # A page scanned by a machine that put its own reading under the picture: nobody has checked that.
    if covered >= _WHOLE_PAGE * page and not marks.rules.horizontal:
        return PictureAreas(whole=True)
    boxes = tuple(
        box
        for box in pictures
        if box.right - box.left >= _TABLE_WIDTH * marks.width and box.bottom - box.top >= _TABLE_HEIGHT * marks.height
        if not _holds_text(box, marks.glyphs)
    )
    return PictureAreas(boxes=boxes)


def read_whole(images: PageImages, number: int, first_grid: int) -> PageBlocks:
    """A page read from its pixels; places are in points."""
    from gkdesk.sources import scan

    picture, scale = _render(images, number)
    return scan.read_picture(picture, number, scale, first_grid)


def read_tables(images: PageImages, number: int, boxes: Sequence[Box], first_grid: int) -> list[Grid]:
    """The tables within some pictures of a page; places are in points."""
    from gkdesk.sources import scan

    picture, scale = _render(images, number)
    found: list[Grid] = []
    for box in boxes:
        left, top, right, bottom = (round(edge * scale) for edge in box)
        part = picture[top:bottom, left:right]
        for grid in scan.read_tables(part, number, scale, first_grid + len(found)):
            found.append(_moved(grid, box.left, box.top))
    return found


def with_tables(page: PageBlocks, grids: Sequence[Grid]) -> PageBlocks:
    """The page with more tables at their height among its blocks."""
    blocks = sorted([*page.blocks, *grids], key=_top)
    return PageBlocks(page.number, page.height, tuple(blocks))


def _is_readable(glyphs: Sequence[Glyph]) -> bool:
    """False for the text of fonts that do not say which characters their shapes are."""
    readable = sum(
        1 for glyph in glyphs if is_wide(glyph.text[0]) or glyph.text.isdecimal() or glyph.text in "，。、,.-"
    )
    odd = sum(1 for glyph in glyphs if glyph.text == "�" or unicodedata.category(glyph.text[0]) in ("Co", "Cn", "Cc"))
    return readable >= _READABLE * len(glyphs) and odd <= 0.2 * len(glyphs)


def _holds_text(box: Box, glyphs: Sequence[Glyph]) -> bool:
    """True for a picture behind text: a background."""
    return sum(box.contains(*glyph.box.centre) for glyph in glyphs) >= _FEWEST_CHARACTERS


def _render(images: PageImages, number: int) -> tuple[Colour, float]:
    size = images.size(number)
    narrow = max(min(size.width, size.height), 1.0)
    wished = min(_READING_WIDTH / narrow, (_MOST_PIXELS / max(size.width * size.height, 1.0)) ** 0.5)
    image = images.render(number, wished)
    return _colours(image), image.width / size.width


def _colours(image: PageImage) -> Colour:
    import numpy as np

    rows = np.frombuffer(image.pixels, dtype=np.uint8).reshape(image.height, image.stride)
    return rows[:, : image.width * 4].reshape(image.height, image.width, 4)[..., 2::-1]


def _moved(grid: Grid, across: float, down: float) -> Grid:
    def shifted(place: Place) -> Place:
        if not isinstance(place, PagePlace):
            return place
        box = place.box
        return PagePlace(place.page, Box(box.left + across, box.top + down, box.right + across, box.bottom + down))

    cells = tuple(replace(cell, place=shifted(cell.place)) for cell in grid.cells)
    return replace(
        grid,
        cells=cells,
        left_edges=tuple(edge + across for edge in grid.left_edges),
        right_edges=tuple(edge + across for edge in grid.right_edges),
    )


def _top(block: Block) -> float:
    places: Iterator[object] = iter([block.place]) if not isinstance(block, Grid) else (c.place for c in block.cells)
    return min((place.box.top for place in places if isinstance(place, PagePlace)), default=0.0)
