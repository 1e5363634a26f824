"""Scanned pages and pictures: the page is laid straight, its rules and characters are found, the rest is as in a PDF.

Imported only when a picture has to be read; needs the extra ``ocr``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from gkdesk.model.content import Block, Content, Grid, Note, PageSize, SourceKind
from gkdesk.model.place import Box, PagePlace, Place, turn_box
from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.layout.marks import Glyph, Marks, Rule
from gkdesk.sources.layout.page_blocks import PageBlocks, PageLayout, without_running_lines
from gkdesk.sources.pictures.characters.cell_ink import share_boxes
from gkdesk.sources.pictures.characters.loose_figures import loose_cells, with_figures
from gkdesk.sources.pictures.characters.parted_texts import parted_texts
from gkdesk.sources.pictures.characters.prose_reading import mended_texts
from gkdesk.sources.pictures.characters.proven_figures import foot_of, mark_stained, rows_of, with_proof
from gkdesk.sources.pictures.characters.scanned_cells import read_cells
from gkdesk.sources.pictures.characters.text_recognition import TextBox, TextReader, open_reader
from gkdesk.sources.pictures.flattening.page_turn import find_turn
from gkdesk.sources.pictures.flattening.two_up import find_gutter
from gkdesk.sources.pictures.frame_sides import without_sides
from gkdesk.sources.pictures.lifting.stain_lifting import clear_cells
from gkdesk.sources.pictures.pages_before import PagesBefore
from gkdesk.sources.pictures.raster import Colour, Pictures
from gkdesk.sources.pictures.sheet import Sheet, sheet_of
from gkdesk.sources.pictures.sheet_cells import cells_of, grids_of, has_pale_ink, ink_outside, traces_in, with_columns

DOUBT = "recognition"
"""The doubt of what was recognised from pixels without full agreement."""

_SMALLEST = 40
_FEWEST_CELLS = 6

OnPage = Callable[[int, int], None]


def read(data: bytes, sha256: str, on_page: OnPage | None = None) -> Content:
    """The content of a picture file, page by page; places are in pixels.

    ``on_page(done, total)`` is called before each page and may raise to stop.
    Raises ``SourceError``: ``source.no-recognition``, ``source.picture-too-large``, ``source.broken``.
    """
    reader = open_reader()
    pages: list[PageBlocks] = []
    sizes: list[PageSize] = []
    before = PagesBefore()
    with Pictures(data) as pictures:
        for number in range(1, len(pictures) + 1):
            if on_page is not None:
                on_page(number - 1, len(pictures))
            picture = pictures.page(number)
            height, width = picture.shape[:2]
            page = read_picture(picture, number, 1.0, _count_grids(pages), reader, before=before)
            sizes.append(PageSize(number, width, height, page.turn))
            pages.append(page)
    found = any(page.blocks for page in pages)
    listed = ", ".join(str(size.number) for size in sizes)
    notes = [Note("recognised", {"pages": listed}) if found else Note("nothing-recognised")]
    return Content(SourceKind.PICTURE, sha256, tuple(without_running_lines(pages)), tuple(sizes), notes=tuple(notes))


def outline(data: bytes, sha256: str) -> Content:
    """The content of a picture file without what stands in it: its pages and their sizes; raises like :func:`read`."""
    with Pictures(data) as pictures:
        sizes = [PageSize(number, *pictures.size(number)) for number in range(1, len(pictures) + 1)]
    return Content(SourceKind.PICTURE, sha256, (), tuple(sizes))


def read_picture(
    picture: Colour,
    number: int,
    scale: float,
    first_grid: int,
    reader: TextReader | None = None,
    enlarged: float = 1.0,
    before: PagesBefore | None = None,
) -> PageBlocks:
    """A page from its pixels. Places are in pixels of ``picture`` divided by ``scale``.

    ``enlarged`` is by how much the picture was enlarged before it came here, as far as that is known. ``before`` is
    handed from page to page.
    Figures of which the readings differ, and all lines outside tables, are in doubt (:data:`DOUBT`).
    """
    height = picture.shape[0] / scale
    if min(picture.shape[:2]) < _SMALLEST:
        return PageBlocks(number, height, ())
    return _read_picture(picture, sheet_of(picture), number, scale, first_grid, reader, enlarged, before)


def _read_picture(
    picture: Colour,
    sheet: Sheet,
    number: int,
    scale: float,
    first_grid: int,
    reader: TextReader | None,
    enlarged: float,
    before: PagesBefore | None = None,
) -> PageBlocks:
    """What stands in a picture that was laid straight but may not be upright; the rest as :func:`read_picture`."""
    reader = reader or open_reader()
    sheet, boxes = _upright(picture, sheet, reader)
    rules = [Rule(*(edge * sheet.unit for edge in rule)) for rule in sheet.rules.horizontal]
    known = before.gutter_of(sheet.size) if before is not None else None
    gutter = find_gutter(sheet.gray.shape[::-1], [(box.text, box.box) for box in boxes], rules, known)
    if gutter is not None:
        if before is not None:
            before.sheet, before.gutter = sheet.size, gutter / sheet.gray.shape[1]
        found = _two_pages(picture, sheet, gutter, number, scale, first_grid, reader, enlarged, before)
        return PageBlocks(number, picture.shape[0] / scale, found, sheet.quarters)
    sheet = with_columns(sheet, boxes, before)
    read = _read_sheet(sheet, boxes, reader, max(sheet.factor, 1.0) * enlarged)
    layout = PageLayout(number, read.marks).with_pieces()
    blocks = layout.blocks(first_grid, read.unsure, read.points, certain=read.certain)
    back = _WayBack(sheet, sheet.factor * scale)
    shown = tuple(back.block(block) for block in blocks.blocks)
    return PageBlocks(number, picture.shape[0] / scale, shown, sheet.quarters)


def _two_pages(
    picture: Colour,
    sheet: Sheet,
    gutter: float,
    number: int,
    scale: float,
    first_grid: int,
    reader: TextReader,
    enlarged: float,
    before: PagesBefore | None,
) -> tuple[Block, ...]:
    """What stands on two pages beside each other, the left one first, each laid straight by itself."""
    turned = np.ascontiguousarray(np.rot90(picture, sheet.quarters))
    width, height = turned.shape[1] / scale, turned.shape[0] / scale
    at = round(sheet.lie.point(gutter, sheet.lie.height / 2)[0] / sheet.factor)
    found: list[Block] = []
    for part, across in ((turned[:, :at], 0.0), (turned[:, at:], at / scale)):
        first = first_grid + sum(isinstance(block, Grid) for block in found)
        page = _read_picture(part, sheet_of(part), number, scale, first, reader, enlarged, before)

        def back(box: Box, across: float = across) -> Box:
            moved = Box(box.left + across, box.top, box.right + across, box.bottom)
            return turn_box(moved, sheet.quarters, width, height)

        found += [placed(block, back) for block in page.blocks]
    return tuple(found)


def _upright(picture: Colour, sheet: Sheet, reader: TextReader) -> tuple[Sheet, list[TextBox]]:
    """The picture the right way up, and what the page reader finds on it."""
    sheets = {0: sheet}

    def read(quarters: int) -> list[TextBox]:
        sheets[quarters] = sheets.get(quarters) or sheet_of(picture, quarters)
        return reader.read_page(sheets[quarters].gray)

    quarters, boxes = find_turn(read)
    return sheets[quarters], boxes


def read_tables(picture: Colour, number: int, scale: float, first_grid: int, enlarged: float = 1.0) -> list[Grid]:
    """The tables of a picture that may hold none: nothing is recognised where no rules make a table."""
    if min(picture.shape[:2]) < _SMALLEST:
        return []
    sheet = sheet_of(picture)
    if not any(len(grid.cells) >= _FEWEST_CELLS for grid in grids_of(with_columns(sheet, ()))):
        return []
    page = _read_picture(picture, sheet, number, scale, first_grid, None, enlarged)
    return [block for block in page.blocks if isinstance(block, Grid)]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a page: its marks in points, ``points`` of cells in doubt, characters that are ``unsure``.

    ``certain`` are those of figures outside all tables.
    """

    marks: Marks
    points: list[tuple[float, float]]
    unsure: set[Glyph]
    certain: set[Glyph]


def _read_sheet(sheet: Sheet, boxes: Iterable[TextBox], reader: TextReader, enlarged: float) -> _Read:
    """What stands in a page that lies straight and upright."""
    unit = sheet.unit
    sheet = without_sides(sheet)
    cells = cells_of(sheet)
    sheet = replace(sheet, gray=clear_cells(cells, sheet.gray, sheet.stained, unit, sheet.hidden))
    ink = ink_outside(sheet, cells)
    outside = mended_texts(share_boxes(cells, boxes), ink, sheet.gray, reader)
    loose = loose_cells(ink, outside, unit)
    mark_stained(loose, sheet.stained, unit)
    read_cells([*cells, *loose], sheet.gray, unit, reader, enlarged)
    text = with_figures(loose, outside)
    bands = [(row.top, row.bottom) for row in rows_of(text.figures)]
    text = with_proof(text, traces_in(sheet, bands), unit)
    words = parted_texts(text.boxes, ink)
    rows = rows_of(text.figures)
    glyphs = [glyph for box in words for glyph in _glyphs(box.text, box.box, unit, foot_of(box.box, rows))]
    certain: set[Glyph] = set()
    for figure in text.figures:
        made = _glyphs(figure.text, figure.box, unit, foot_of(figure.box, rows), rows[0].height)
        glyphs += made
        certain.update(made if figure.sure else ())
    unsure: set[Glyph] = set()
    points: list[tuple[float, float]] = []
    for cell in cells:
        for piece in cell.pieces or ():
            made = _glyphs(piece.text, piece.box, unit)
            glyphs += made
            if not piece.sure:
                unsure.update(made)
                points.append(_centre(piece.box, unit))
        if cell.pieces is None:
            glyphs += [glyph for box in cell.own for glyph in _glyphs(box.text, box.box, unit)]
        # Something was seen where nothing could be read, or read where nothing is drawn.
        seen = cell.own or cell.stained or cell.has_traces(sheet.traces, unit)
        empty = cell.is_empty(unit)
        seen = seen or cell.has_worn_figure(unit)
        if (cell.pieces is not None and not cell.pieces) or (empty and (seen or has_pale_ink(sheet, cell.space))):
            points.append(_centre(cell.space, unit))
    height, width = sheet.gray.shape
    return _Read(Marks(width / unit, height / unit, tuple(glyphs), sheet.rules), points, unsure, certain)


def _glyphs(text: str, box: Box, unit: float, foot: float | None = None, least: float = 0.0) -> list[Glyph]:
    """Characters of a line put side by side, on its ``foot``; wide ones take twice the room of others.

    They are of the size of their box, but at ``least`` so large: a dash is low.
    """
    shares = [1.0 if is_wide(char) else 0.5 for char in text]
    total = sum(shares)
    top, bottom = box.top / unit, box.bottom / unit
    left, width = box.left / unit, (box.right - box.left) / unit
    line = bottom if foot is None else foot / unit
    size = max(bottom - top, least / unit, 1.0)
    glyphs = []
    spaced = False
    for char, share in zip(text, shares, strict=True):
        right = left + width * share / total
        if char.isspace():
            spaced = True
        else:
            room = Box(left, top, right, bottom)
            glyphs.append(Glyph(char, room, room, left, line, size, 0, spaced))
            spaced = False
        left = right
    return glyphs


def _centre(box: Box, unit: float) -> tuple[float, float]:
    x, y = box.centre
    return x / unit, y / unit


def placed(block: Block, shown: Callable[[Box], Box]) -> Block:
    """A block with its places on the page as ``shown``."""

    def place(place: Place) -> Place:
        if not isinstance(place, PagePlace):
            return place
        return PagePlace(place.page, Box(*(round(edge, 2) for edge in shown(place.box))))

    if isinstance(block, Grid):
        return replace(block, cells=tuple(replace(cell, place=place(cell.place)) for cell in block.cells))
    words = tuple(replace(word, place=place(word.place)) for word in block.words)
    pieces = tuple(replace(piece, place=place(piece.place)) for piece in block.pieces)
    return replace(block, place=place(block.place), words=words, pieces=pieces)


@dataclass(frozen=True, slots=True)
class _WayBack:
    """From points of the straightened page to the page as shown."""

    sheet: Sheet
    shrink: float

    def block(self, block: Block) -> Block:
        shown = placed(block, self._shown)
        if isinstance(shown, Grid):
            return replace(shown, cells=tuple(replace(c, doubt=DOUBT if c.doubt else "") for c in shown.cells))
        return replace(shown, doubt=DOUBT)

    def _shown(self, box: Box) -> Box:
        sheet = self.sheet
        turned = sheet.lie.box(Box(*(edge * sheet.unit for edge in box)))
        return Box(*(edge / self.shrink for edge in turn_box(turned, sheet.quarters, *sheet.size)))


def _count_grids(pages: Iterable[PageBlocks]) -> int:
    return sum(isinstance(block, Grid) for page in pages for block in page.blocks)
