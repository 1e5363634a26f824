"""Reads an OFD (GB/T 33190), the fixed-layout format of the Chinese state: tables from their ruled lines, the rest as
printed lines, in reading order.

The text of an OFD is in the file character by character with its places, so nothing is guessed. Left out: annotations,
signatures and seals, and the text in pictures.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, Grid, Note, PageSize, SourceKind
from gkdesk.model.place import Box
from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.layout.marks import PALE, SKEWED, Doubles, Glyph, Marks, is_pale
from gkdesk.sources.layout.own_columns import OpenColumns
from gkdesk.sources.layout.page_blocks import PageBlocks, PageLayout, without_running_lines
from gkdesk.sources.layout.path_rules import MOST_OBJECTS, Matrix, PathRules, TooMuchOnPage, apply, bounds
from gkdesk.sources.ofd.drawing import POINTS, Drawing, DrawnText, draw
from gkdesk.sources.ofd.package import OfdPackage
from gkdesk.sources.ofd.paths import straight_runs
from gkdesk.sources.office_zip import OfficeZip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gkdesk.sources.ofd.drawing import Colour
    from gkdesk.sources.ofd.text import Character

MOST_PAGES = 500
"""A report has some ten pages; what follows after these is not read."""

_MOST_EFFORT = 400_000
"""Objects and characters of all pages together: templates and composite drawings may be used over and over."""
_LARGE_PICTURE = 0.04
"""Share of the page: a smaller picture is an emblem, a seal or a signature."""
_WATERMARK_SIZE = 28.0
_INVISIBLE = 250
# Of a character whose font is not looked into, in em: the ink of a Chinese character, and of a digit or letter.
_WIDE_INK = (0.0, -0.85, 1.0, 0.12)
_NARROW_INK = (0.05, -0.72, 0.45, 0.0)
_ROOM = (-0.88, 0.14)


def read(data: bytes, sha256: str) -> Content:
    """The content of an OFD; raises ``SourceError`` if it is damaged, encrypted or inflated."""
    notes: list[Note] = []
    blocks: list[PageBlocks] = []
    sizes: list[PageSize] = []
    grid_count = 0
    columns: OpenColumns | None = None
    has_text = has_picture = False
    with OfficeZip(data) as container:
        package = OfdPackage(container)
        title = package.title()
        for number, drawing in enumerate(drawings(package, notes), 1):
            layout = PageLayout(number, page_marks(drawing), columns, open_tables=True)
            columns = layout.columns
            page = layout.blocks(grid_count)
            grid_count += sum(isinstance(block, Grid) for block in page.blocks)
            blocks.append(page)
            sizes.append(PageSize(number, drawing.width, drawing.height, page.turn))
            has_text = has_text or bool(drawing.texts)
            has_picture = has_picture or any(_is_large(box, drawing) for box in drawing.pictures)
    if has_picture:
        notes.append(Note("pictures-not-read" if has_text else "no-text-in-ofd"))
    return Content(
        SourceKind.OFD, sha256, tuple(without_running_lines(blocks)), tuple(sizes), title=title, notes=tuple(notes)
    )


def drawings(package: OfdPackage, notes: list[Note]) -> Iterator[Drawing]:
    """What each page draws; ``notes`` is told which ones are damaged or too full, and drawn empty."""
    crowded: list[int] = []
    broken: list[int] = []
    number = lost = 0
    room = _MOST_EFFORT
    for number, page in enumerate(package.pages(), 1):
        if number > MOST_PAGES:
            notes.append(Note("pages-left-out", {"read": MOST_PAGES, "pages": f"{MOST_PAGES}+"}))
            break
        if page.broken:
            broken.append(number)
            lost += not page.contents
        try:
            drawing = draw(page, room)
            room -= drawing.effort
            yield drawing
        except TooMuchOnPage:
            crowded.append(number)
            room -= min(room, MOST_OBJECTS)
            yield Drawing(page.width * POINTS, page.height * POINTS)
    if number == lost:
        raise SourceError("source.broken")
    if crowded:
        notes.append(Note("page-too-full", {"pages": _listed(crowded)}))
    if broken:
        notes.append(Note("page-broken", {"pages": _listed(broken)}))


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
    for box in drawing.pictures:
        # Some makers draw rules as pictures one pixel thick.
        found.add_thin(box)
    return found


def _shows(colour: Colour) -> bool:
    return colour.alpha > 8 and min(colour[:3]) < _INVISIBLE


def _shade(colour: Colour) -> float:
    """How bright a colour is on white paper, 0 to 255."""
    red, green, blue, alpha = colour
    return 255 - (255 - (red * 299 + green * 587 + blue * 114) / 1000) * alpha / 255


def _is_large(box: Box, drawing: Drawing) -> bool:
    return (box.right - box.left) * (box.bottom - box.top) > _LARGE_PICTURE * drawing.width * drawing.height


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
