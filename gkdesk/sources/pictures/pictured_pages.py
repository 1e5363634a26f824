"""Pages of a PDF or OFD that are pictures, or hold pictures of tables: which ones, and what stands in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.content import Block, Grid, Note
from gkdesk.model.place import Box, PagePlace, Place
from gkdesk.model.reading import UNREAD
from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.layout.marks import Glyph, Marks
from gkdesk.sources.layout.page_blocks import PageBlocks
from gkdesk.sources.page_image import PageImages
from gkdesk.sources.pictures import recognition

if TYPE_CHECKING:
    from types import TracebackType

    from gkdesk.sources.pictures.pages_before import PagesBefore
    from gkdesk.sources.pictures.raster import Colour

OnPage = Callable[[int, int], None]

MOST_PAGES, MOST_PICTURED = 500, 100
"""A report has some ten pages; what follows after these, or after so many with pictures of tables, is not read.
Recognition takes seconds a page."""

_READING_WIDTH = 1670.0
"""Pixels across a page of A4 at which it is read: 200 dpi, however large the page says it is."""
_MOST_PIXELS = 16_000_000
_SAME_SIZE = 0.9
_LARGE_PAGE = 1000.0
"""Points of height that A4 has not."""
_WHOLE_PAGE = 0.6
"""Share of the page that a picture must cover to be the page itself."""
_TABLE_WIDTH, _TABLE_HEIGHT = 0.3, 0.07
"""Shares of the page's width and height below which a picture holds no table of the form."""
_FEWEST_CHARACTERS = 20
_READABLE, _ALL_LATIN, _MOST_ODD = 0.3, 0.75, 0.2
_MANY_UNREAD = 12
"""Characters nobody can tell; where they are more than the digits, most of them are figures."""
_NO_CHARACTERS = ("Co", "Cn", "Cc")
_USUAL_HAN = frozenset(
    "的一二三四五年月日第本条條项項公开開政府信息資訊工作机機关關行情况況申请請数數量处處理规規定法人其他不予办辦件果结結总總计計在和是有为"
)
_ENOUGH_HAN, _FEWEST_USUAL = 40, 0.06
"""Of so many Chinese characters of a report, more than this share are among the usual ones: they are a third."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page: where it stands on the page as shown, and how many pixels it has a point."""

    box: Box
    fineness: float

    @property
    def area(self) -> float:
        """Square points."""
        return max(0.0, self.box.right - self.box.left) * max(0.0, self.box.bottom - self.box.top)


@dataclass(frozen=True, slots=True)
class PictureAreas:
    """What of a page is to be read as a picture: all of it, or some ``pictures``.

    ``fineness`` is the number of pixels a point that the large pictures have; 0 if there is none. ``garbled`` if the
    page has characters, but they say nothing.
    """

    whole: bool = False
    pictures: tuple[Picture, ...] = ()
    fineness: float = 0.0
    garbled: bool = False

    def __bool__(self) -> bool:
        return self.whole or bool(self.pictures)


def areas_to_read(marks: Marks, pictures: Sequence[Picture]) -> PictureAreas:
    """What of a page must be read from its pixels, by its characters and pictures."""
    page = max(marks.width * marks.height, 1.0)
    fineness = _fineness(pictures)
    if not marks.glyphs:
        return PictureAreas(bool(pictures) or bool(marks.rules.horizontal), fineness=fineness)
    if len(marks.glyphs) >= _FEWEST_CHARACTERS and not _is_readable(marks.glyphs):
        return PictureAreas(True, fineness=fineness, garbled=True)
    # A page scanned by a machine that put its own reading under the picture: nobody has checked that.
    if sum(picture.area for picture in pictures) >= _WHOLE_PAGE * page and not marks.rules.horizontal:
        return PictureAreas(True, fineness=fineness)
    return PictureAreas(pictures=tuple(picture for picture in pictures if _may_hold_table(picture.box, marks)))


def most_read(areas: Sequence[PictureAreas]) -> int:
    """How many of the first pages are read, by what of each is a picture."""
    pictured = [number for number, wanted in enumerate(areas, 1) if wanted]
    return pictured[MOST_PICTURED - 1] if len(pictured) >= MOST_PICTURED else len(areas)


def refuse_book(areas: Sequence[PictureAreas], pages: int) -> None:
    """Raise ``SourceError`` ``source.book-of-pictures`` if no report has so many ``pages``, and most are pictures.

    ``areas`` are those of the first pages. Nobody waits for minutes for what is no report.
    """
    if pages > MOST_PAGES and 2 * sum(map(bool, areas)) > len(areas):
        raise SourceError("source.book-of-pictures", pages=pages)


def _fineness(pictures: Sequence[Picture]) -> float:
    """That of the finest of the large pictures: paper and print may be two of them, the paper a coarse one."""
    largest = max((picture.area for picture in pictures), default=0.0)
    return max((picture.fineness for picture in pictures if 2 * picture.area >= largest), default=0.0)


def _may_hold_table(box: Box, marks: Marks) -> bool:
    large = box.right - box.left >= _TABLE_WIDTH * marks.width and box.bottom - box.top >= _TABLE_HEIGHT * marks.height
    return large and not _holds_text(box, marks.glyphs)


class PagePictures:
    """The pages of a PDF, and parts of pages, that are pictures: recognised if the means for it are installed.

    ``areas`` says by page number what is a picture; ``on_page`` is told before each such page is recognised. Without
    ``recognise`` none is.
    """

    def __init__(
        self,
        data: bytes,
        password: str | None,
        areas: Mapping[int, PictureAreas],
        on_page: OnPage | None,
        recognise: bool = True,
    ) -> None:
        self._areas = areas
        self._wanted = [number for number, wanted in areas.items() if wanted]
        self._can_read = bool(self._wanted) and recognise and recognition.is_available()
        self._images = PageImages(data, password)
        self._on_page = on_page
        self._read: list[int] = []
        self._before: PagesBefore | None = None

    def __enter__(self) -> PagePictures:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._images.close()

    def read_whole(self, number: int, first_grid: int) -> PageBlocks | None:
        """The page as recognised, its places in points; None if it is no picture or pictures cannot be read."""
        if not (self._can_read and self._areas[number].whole):
            return None
        from gkdesk.sources.pictures import pages_before, scan

        self._before = self._before or pages_before.PagesBefore()
        picture, scale = self._render(number)
        enlarged = _enlarged(scale, self._areas[number].fineness)
        page = scan.read_picture(picture, number, scale, first_grid, enlarged=enlarged, before=self._before)
        if page.blocks:
            self._read.append(number)
        return page

    def add_tables(self, page: PageBlocks, first_grid: int) -> PageBlocks:
        """The page with the tables of its pictures, numbered after its own, which start at ``first_grid``."""
        if not (self._can_read and self._areas[page.number].pictures):
            return page
        first_grid += sum(isinstance(block, Grid) for block in page.blocks)
        grids = self._tables(page.number, first_grid)
        if grids:
            self._read.append(page.number)
        return replace(page, blocks=tuple(sorted([*page.blocks, *grids], key=_top)))

    def notes(self, has_text: bool) -> list[Note]:
        """What was recognised, or could not be; ``has_text`` if some page was read from its characters."""
        found = [Note("recognised", {"pages": _listed(self._read)})] if self._read else []
        garbled = [number for number in self._wanted if self._areas[number].garbled]
        if garbled:
            found.insert(0, Note("garbled-text", {"pages": _listed(garbled)}))
            has_text = True
        if self._wanted and not self._can_read:
            unread = Note("picture-pages", {"pages": _listed(self._wanted)})
            found += [unread if has_text else Note("no-text-layer"), Note("recognition-missing")]
        elif not has_text and not self._read:
            found.append(Note("no-text-layer"))
        return found

    def _tables(self, number: int, first_grid: int) -> list[Grid]:
        from gkdesk.sources.pictures import scan

        image, scale = self._render(number)
        found: list[Grid] = []
        for picture in self._areas[number].pictures:
            left, top, right, bottom = (round(edge * scale) for edge in picture.box)
            enlarged = _enlarged(scale, picture.fineness)
            part = image[top:bottom, left:right]
            for grid in scan.read_tables(part, number, scale, first_grid + len(found), enlarged):
                found.append(_moved(grid, picture.box.left, picture.box.top))
        return found

    def _render(self, number: int) -> tuple[Colour, float]:
        """The page's pixels, and how many of them a point has."""
        from gkdesk.sources.pictures import raster

        size = self._images.size(number)
        narrow = max(min(size.width, size.height), 1.0)
        wished = _READING_WIDTH / narrow
        fine = self._areas[number].fineness
        if _SAME_SIZE <= fine / wished <= 1 / _SAME_SIZE:
            # Pixel for pixel: drawn a little larger, black and white print loses thin strokes.
            wished = fine
        if size.width > size.height or size.height > _LARGE_PAGE:
            # There may be two pages on it, beside each other.
            wished = max(wished, min(fine, 2 * _READING_WIDTH / max(size.width, size.height, 1.0)))
        wished = min(wished, (_MOST_PIXELS / max(size.width * size.height, 1.0)) ** 0.5)
        image = self._images.render(number, wished)
        # Told only now: a page that takes long to draw is no work of recognition, for which one waits longer.
        if self._on_page is not None:
            self._on_page(self._wanted.index(number), len(self._wanted))
        return raster.colours_of(image), image.width / size.width


def _enlarged(scale: float, fineness: float) -> float:
    return max(1.0, scale / fineness) if fineness > 0 else 1.0


def _is_readable(glyphs: Sequence[Glyph]) -> bool:
    """False for the text of fonts that do not say which characters their shapes are, or say it wrongly."""
    han = [glyph.text for glyph in glyphs if "\u3400" <= glyph.text[0] <= "\u9fff"]
    if len(han) >= _ENOUGH_HAN and sum(text in _USUAL_HAN for text in han) < _FEWEST_USUAL * len(han):
        return False
    unread = sum(glyph.text == UNREAD for glyph in glyphs)
    if unread >= _MANY_UNREAD and unread > sum(glyph.text.isdecimal() for glyph in glyphs):
        return False
    known = sum(is_wide(glyph.text[0]) or glyph.text.isdecimal() or glyph.text in "，。、,.-" for glyph in glyphs)
    latin = sum(glyph.text.isascii() and glyph.text.isalpha() for glyph in glyphs)
    odd = sum(1 for glyph in glyphs if glyph.text == UNREAD or unicodedata.category(glyph.text[0]) in _NO_CHARACTERS)
    return (known >= _READABLE * len(glyphs) or latin >= _ALL_LATIN * len(glyphs)) and odd <= _MOST_ODD * len(glyphs)


def _holds_text(box: Box, glyphs: Sequence[Glyph]) -> bool:
    """True for a picture behind text: a background."""
    return sum(box.contains(*glyph.box.centre) for glyph in glyphs) >= _FEWEST_CHARACTERS


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
        row_edges=tuple(edge + down for edge in grid.row_edges),
    )


def _top(block: Block) -> float:
    places: Iterator[object] = iter([block.place]) if not isinstance(block, Grid) else (c.place for c in block.cells)
    return min((place.box.top for place in places if isinstance(place, PagePlace)), default=0.0)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
