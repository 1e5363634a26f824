"""Reads an OFD (GB/T 33190), the fixed-layout format of the Chinese state: tables from their ruled lines, the rest as
printed lines, in reading order.

The text of an OFD is in the file character by character with its places, so nothing is guessed. Pages that are
pictures, and pictures of tables, are recognised. Figures that nobody sees are in doubt. Left out: signatures, seals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from statistics import median
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, Note, PageSize, SourceKind
from gkdesk.model.place import Box
from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.layout.marks import PALE, SKEWED, Doubles, Glyph, Marks, is_pale, turn_marks
from gkdesk.sources.layout.own_columns import OpenColumns
from gkdesk.sources.layout.page_blocks import PageBlocks, PageLayout, without_running_lines
from gkdesk.sources.layout.path_rules import Matrix, PathRules, apply, bounds
from gkdesk.sources.ofd import page_pictures, picture_objects
from gkdesk.sources.ofd.areas import Areas
from gkdesk.sources.ofd.drawing import Drawing, DrawnPicture, DrawnText
from gkdesk.sources.ofd.package import OfdPackage
from gkdesk.sources.ofd.pages import drawings
from gkdesk.sources.ofd.paths import straight_runs
from gkdesk.sources.office_zip import OfficeZip
from gkdesk.sources.pictures import recognition
from gkdesk.sources.pictures.pictured_pages import (
    OnPage,
    PagePictures,
    Picture,
    PictureAreas,
    areas_to_read,
    most_read,
    refuse_book,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gkdesk.sources.ofd.drawing import Colour
    from gkdesk.sources.ofd.text import Character

_LARGE_PICTURE = 0.04
"""Share of the page: a smaller picture is an emblem, a seal or a signature."""
_WATERMARK_SIZE = 28.0
_INVISIBLE = 250
_PALEST = 223
"""Brightness above which characters on white paper are read by nobody."""
_SPECK = 0.3
"""Share of the usual size of the page's figures below which one is a speck."""
# Of a character whose font is not looked into, in em: the ink of a Chinese character, and of a digit or letter.
_WIDE_INK = (0.0, -0.85, 1.0, 0.12)
_NARROW_INK = (0.05, -0.72, 0.45, 0.0)
_ROOM = (-0.88, 0.14)


@dataclass(frozen=True, slots=True)
class _Sheet:
    number: int
    marks: Marks
    pictures: Sequence[DrawnPicture]
    hidden: tuple[Glyph, ...] = ()

    @property
    def size(self) -> tuple[float, float]:
        return self.marks.width, self.marks.height


def read(data: bytes, sha256: str, on_page: OnPage | None = None, recognise: bool = True) -> Content:
    """The content of an OFD. ``on_page(done, total)`` is called before each page that is a picture; it may raise.

    Without ``recognise`` pages that are pictures have nothing but their size.

    Raises ``SourceError`` if it is damaged, encrypted or inflated, or a book of pictures.
    """
    notes: list[Note] = []
    with OfficeZip(data) as container:
        package = OfdPackage(container)
        title = package.title()
        sheets = [
            _Sheet(number, page_marks(drawing), drawing.pictures, tuple(_hidden(drawing)))
            for number, drawing in enumerate(drawings(package, notes), 1)
        ]
        count = package.page_count()
        areas, unknown = _areas(package, sheets)
    refuse_book(list(areas.values()), count)
    sheets = sheets[: most_read(list(areas.values()))]
    if len(sheets) < len(areas):
        notes.append(Note("pages-left-out", {"read": len(sheets), "pages": count}))
        areas = {sheet.number: areas[sheet.number] for sheet in sheets}
    pages: list[PageBlocks] = []
    grid_count = 0
    columns: OpenColumns | None = None
    drawn = page_pictures.as_pdf(data) if recognise and any(areas.values()) else b""
    with PagePictures(drawn, None, areas, on_page, recognise) as pictures:
        for sheet in sheets:
            page = pictures.read_whole(sheet.number, grid_count)
            if page is None:
                layout = PageLayout(sheet.number, sheet.marks, columns, open_tables=True)
                columns = layout.columns
                hidden = turn_marks(Marks(*sheet.size, sheet.hidden), layout.turn).glyphs
                page = pictures.add_tables(layout.blocks(grid_count, hidden=frozenset(hidden)), grid_count)
            grid_count += page.grid_count
            pages.append(page)
    has_text = any(sheet.marks.glyphs and not areas[sheet.number].whole for sheet in sheets)
    notes += pictures.notes(has_text)
    if unknown and has_text:
        notes.append(Note("pictures-not-read"))
    sizes = (PageSize(sheet.number, *sheet.size, page.turn) for sheet, page in zip(sheets, pages, strict=True))
    return Content(
        SourceKind.OFD, sha256, tuple(without_running_lines(pages)), tuple(sizes), title=title, notes=tuple(notes)
    )


def _areas(package: OfdPackage, sheets: Sequence[_Sheet]) -> tuple[dict[int, PictureAreas], bool]:
    """What of each page must be read from its pixels; and whether there are large pictures that cannot be drawn."""
    sizes: dict[str, int | None] = {}
    found: dict[int, PictureAreas] = {}
    unknown = False
    for sheet in sheets:
        placed: list[Picture] = []
        for picture in sheet.pictures:
            if not _is_large(picture.box, sheet.marks):
                continue
            if picture.media not in sizes:
                sizes[picture.media] = _pixels(package, picture.media)
            pixels = sizes[picture.media]
            unknown |= pixels is None
            if pixels is not None:
                placed.append(_placed(picture.box, pixels, sheet.marks))
        found[sheet.number] = areas_to_read(sheet.marks, placed)
    return found, unknown


def _pixels(package: OfdPackage, media: str) -> int | None:
    """How many pixels a picture has: 0 where it cannot be looked into, None where it cannot be drawn."""
    if not recognition.is_available():
        return 0
    try:
        size = picture_objects.size_of(package.media(media))
    except SourceError:
        return None
    return size[0] * size[1] if size is not None else None


def _placed(box: Box, pixels: int, marks: Marks) -> Picture:
    area = max((box.right - box.left) * (box.bottom - box.top), 1.0)
    shown = Box(max(box.left, 0), max(box.top, 0), min(box.right, marks.width), min(box.bottom, marks.height))
    return Picture(shown, (pixels / area) ** 0.5)


def page_marks(drawing: Drawing) -> Marks:
    """The characters and rules of a page, as all readers of pages want them."""
    return Marks(drawing.width, drawing.height, tuple(_glyphs(drawing)), _rules(drawing).rules())


def _glyphs(drawing: Drawing) -> Iterator[Glyph]:
    seen = Doubles()
    for text in drawing.texts:
        for character in text.characters:
            glyph = _glyph(text, character)
            middle, centre = glyph.box.centre
            on_page = 0 <= middle <= drawing.width and 0 <= centre <= drawing.height
            if on_page and seen.is_new(glyph.text, glyph.x, glyph.y, glyph.size):
                yield glyph


def _hidden(drawing: Drawing) -> Iterator[Glyph]:
    """The digits that nobody sees on the page: clear, in the colour of the paper, specks, or covered by something."""
    digits = [
        (text, _glyph(text, character))
        for text in drawing.texts
        for character in text.characters
        if character.text.isdecimal()
    ]
    usual = median(glyph.size for _, glyph in digits) if digits else 0.0
    areas = Areas(drawing)
    for text, glyph in digits:
        spot = glyph.box.centre
        white = _shade(text.colour) > _PALEST and not areas.is_dark(spot, text.order)
        if text.unseen or white or glyph.size < _SPECK * usual or areas.covers(spot, text.order):
            yield glyph


def _glyph(text: DrawnText, character: Character) -> Glyph:
    matrix = text.matrix(character)
    size = max(hypot(matrix[2], matrix[3]), 0.5)
    turn = _turn(matrix)
    shade = _shade(text.colour)
    if size >= _WATERMARK_SIZE and shade > PALE:
        turn = SKEWED
    wide = is_wide(character.text)
    ink = _area(matrix, *(_WIDE_INK if wide else _NARROW_INK))
    room = _area(matrix, 0.0, _ROOM[0], _advance(text, character, wide), _ROOM[1]).union(ink)
    x, y = apply(matrix, 0, 0)
    return Glyph(character.text, ink, room, x, y, size, turn, character.spaced, is_pale(shade))


def _advance(text: DrawnText, character: Character, wide: bool) -> float:
    """The width of a character in em, never too wide: between two figures of one run there may be a gap."""
    if wide:
        return 1.0
    if character.text.isalpha() and character.advance is not None:
        return min(1.0, max(0.5, character.advance / (text.size * text.stretch)))
    return 0.5


def _turn(matrix: Matrix) -> int:
    """The direction in which the line runs, in quarters."""
    across, down = matrix[0], matrix[1]
    if abs(down) <= 0.1 * abs(across):
        return 0 if across >= 0 else 2
    if abs(across) <= 0.1 * abs(down):
        return 1 if down > 0 else 3
    return SKEWED


def _area(matrix: Matrix, left: float, top: float, right: float, bottom: float) -> Box:
    return bounds([apply(matrix, x, y) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))])


def _rules(drawing: Drawing) -> PathRules:
    found = PathRules(drawing.width, drawing.height)
    for path in drawing.paths:
        is_stroked = path.stroke is not None and _shows(path.stroke)
        if is_stroked or (path.fill is not None and _shows(path.fill)):
            found.add_path(*straight_runs(path.segments), is_stroked)
    for picture in drawing.pictures:
        # Some makers draw rules as pictures one pixel thick.
        found.add_thin(picture.box)
    return found


def _shows(colour: Colour) -> bool:
    return colour.alpha > 8 and min(colour[:3]) < _INVISIBLE


def _shade(colour: Colour) -> float:
    """How bright a colour is on white paper, 0 to 255."""
    red, green, blue, alpha = colour
    return 255 - (255 - (red * 299 + green * 587 + blue * 114) / 1000) * alpha / 255


def _is_large(box: Box, marks: Marks) -> bool:
    return (box.right - box.left) * (box.bottom - box.top) > _LARGE_PICTURE * marks.width * marks.height
