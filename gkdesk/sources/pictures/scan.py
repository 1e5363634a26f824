"""Scanned pages and pictures: the page is laid straight, its rules and characters are found, the rest is as in a PDF.

Imported only when a picture has to be read; needs the extra ``ocr``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from gkdesk.model.content import Block, Content, Grid, Note, PageSize, SourceKind, Word
from gkdesk.model.place import Box, PagePlace, Place
from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.layout.marks import Glyph, Marks, Rule, Rules, turn_box
from gkdesk.sources.layout.page_blocks import PageBlocks, PageLayout, without_running_lines
from gkdesk.sources.layout.ruled_grid import RuledGrid, find_grids
from gkdesk.sources.pictures.cell_ink import CellInk, share_boxes
from gkdesk.sources.pictures.components import Blobs, Mask, find_blobs
from gkdesk.sources.pictures.deskew import Lie, Real, find_lie
from gkdesk.sources.pictures.light_print import with_dark_print
from gkdesk.sources.pictures.loose_figures import loose_cells, with_figures
from gkdesk.sources.pictures.lost_borders import find_lost_verticals
from gkdesk.sources.pictures.page_turn import find_turn
from gkdesk.sources.pictures.paper import Gray, even_out, is_drawn, with_contrast, with_dark_rules
from gkdesk.sources.pictures.prose_reading import mended_texts
from gkdesk.sources.pictures.raster import Colour, Pictures
from gkdesk.sources.pictures.ruled_lines import find_rules
from gkdesk.sources.pictures.scanned_cells import read_cells
from gkdesk.sources.pictures.scanned_columns import ColumnsBefore, find_open_verticals, may_be_open
from gkdesk.sources.pictures.stain_lifting import clear_cells, rules_under, stained_pixels, without_shade
from gkdesk.sources.pictures.stains import find_stains, meet
from gkdesk.sources.pictures.streaks import without_streaks
from gkdesk.sources.pictures.text_recognition import TextBox, TextReader, open_reader
from gkdesk.sources.pictures.two_up import find_gutter

DOUBT = "recognition"
"""The doubt of what was recognised from pixels without full agreement."""

_UNIT = 2.8
_FINEST, _COARSEST = 3.4, 1.9
"""Pixels a point at which pictures are read (200 dpi), and the range in which they are taken as they are."""
_SMALLEST = 40
_FEWEST_CELLS = 6
_LARGEST_CHARACTER = 42.0
_LEAST_AREA = 0.3
_SAME_BORDER = 3.0
_INK = 200
_FAINT = 236
_LEAST_TRACE = 2.6
_PALE, _WITHIN = 216, 2.4

OnPage = Callable[[int, int], None]


def read(data: bytes, sha256: str, on_page: OnPage | None = None) -> Content:
    """The content of a picture file, page by page; places are in pixels.

    ``on_page(done, total)`` is called before each page and may raise to stop.
    Raises ``SourceError``: ``source.no-recognition``, ``source.picture-too-large``, ``source.broken``.
    """
    reader = open_reader()
    pages: list[PageBlocks] = []
    sizes: list[PageSize] = []
    before = ColumnsBefore()
    with Pictures(data) as pictures:
        for number in range(1, len(pictures) + 1):
            if on_page is not None:
                on_page(number - 1, len(pictures))
            picture = pictures.page(number)
            height, width = picture.shape[:2]
            sizes.append(PageSize(number, width, height))
            pages.append(read_picture(picture, number, 1.0, _count_grids(pages), reader, before=before))
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
    before: ColumnsBefore | None = None,
) -> PageBlocks:
    """A page from its pixels. Places are in pixels of ``picture`` divided by ``scale``.

    ``enlarged`` is by how much the picture was enlarged before it came here, as far as that is known. ``before`` is
    handed from page to page.
    Figures of which the readings differ, and all lines outside tables, are in doubt (:data:`DOUBT`).
    """
    height = picture.shape[0] / scale
    if min(picture.shape[:2]) < _SMALLEST:
        return PageBlocks(number, height, ())
    sheet = _sheet_of(picture)
    blocks = _blocks(picture, sheet, number, scale, first_grid, reader, enlarged, before)
    return PageBlocks(number, height, blocks)


def _blocks(
    picture: Colour,
    sheet: _Sheet,
    number: int,
    scale: float,
    first_grid: int,
    reader: TextReader | None,
    enlarged: float,
    before: ColumnsBefore | None = None,
) -> tuple[Block, ...]:
    """What stands in a picture that was laid straight but may not be upright; the rest as :func:`read_picture`."""
    reader = reader or open_reader()
    sheet, boxes = _upright(picture, sheet, reader)
    rules = [Rule(*(edge * sheet.unit for edge in rule)) for rule in sheet.rules.horizontal]
    gutter = find_gutter(sheet.gray.shape[::-1], [(box.text, box.box) for box in boxes], rules)
    if gutter is not None:
        return _two_pages(picture, sheet, gutter, number, scale, first_grid, reader, enlarged, before)
    sheet = _with_columns(sheet, boxes, before)
    marks, unsure_points, unsure_glyphs = _read_sheet(sheet, boxes, reader, max(sheet.factor, 1.0) * enlarged)
    blocks = PageLayout(number, marks).with_pieces().blocks(first_grid, unsure_glyphs, unsure_points)
    back = _WayBack(sheet, sheet.factor * scale)
    return tuple(back.block(block) for block in blocks.blocks)


def _two_pages(
    picture: Colour,
    sheet: _Sheet,
    gutter: float,
    number: int,
    scale: float,
    first_grid: int,
    reader: TextReader,
    enlarged: float,
    before: ColumnsBefore | None,
) -> tuple[Block, ...]:
    """What stands on two pages beside each other, the left one first, each laid straight by itself."""
    turned = np.ascontiguousarray(np.rot90(picture, sheet.quarters))
    width, height = turned.shape[1] / scale, turned.shape[0] / scale
    at = round(sheet.lie.point(gutter, sheet.lie.height / 2)[0] / sheet.factor)
    found: list[Block] = []
    for part, across in ((turned[:, :at], 0.0), (turned[:, at:], at / scale)):
        first = first_grid + sum(isinstance(block, Grid) for block in found)
        blocks = _blocks(part, _sheet_of(part), number, scale, first, reader, enlarged, before)

        def back(box: Box, across: float = across) -> Box:
            moved = Box(box.left + across, box.top, box.right + across, box.bottom)
            return turn_box(moved, sheet.quarters, width, height)

        found += [placed(block, back) for block in blocks]
    return tuple(found)


def _upright(picture: Colour, sheet: _Sheet, reader: TextReader) -> tuple[_Sheet, list[TextBox]]:
    """The picture the right way up, and what the page reader finds on it."""
    sheets = {0: sheet}

    def read(quarters: int) -> list[TextBox]:
        sheets[quarters] = sheets.get(quarters) or _sheet_of(picture, quarters)
        return reader.read_page(sheets[quarters].gray)

    quarters, boxes = find_turn(read)
    return sheets[quarters], boxes


def read_tables(picture: Colour, number: int, scale: float, first_grid: int, enlarged: float = 1.0) -> list[Grid]:
    """The tables of a picture that may hold none: nothing is recognised where no rules make a table."""
    if min(picture.shape[:2]) < _SMALLEST:
        return []
    sheet = _sheet_of(picture)
    if not any(len(grid.cells) >= _FEWEST_CELLS for grid in _grids(_with_columns(sheet, ()))):
        return []
    blocks = _blocks(picture, sheet, number, scale, first_grid, None, enlarged)
    return [block for block in blocks if isinstance(block, Grid)]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page laid straight.

    Attributes:
        gray: brightness without the rules; ``even`` with them, and with the palest shades.
        factor: by how much the picture was enlarged.
        quarters: by how many quarters it was turned to the left.
        size: its width and height then, pixels.
        unit: pixels a point.
        lie: how the page lay in its picture.
        rules: in points.
        lost: those of the vertical ``rules`` of which nothing is left.
        added: those of the vertical ``rules`` that are not drawn.
        stains: what is drawn over tables with such rules, in pixels.
        ink: what may be characters, in pixels.
        ruled: the pixels of the rules.
        traces: what may be the remains of characters: red or too faint to be read.
        stained: the pixels of what is drawn over the page and is no print.
        crossed: the pixels along which a streak ran over the page; None if there was none.
    """

    gray: Gray
    even: Gray
    factor: float
    quarters: int
    size: tuple[int, int]
    unit: float
    lie: Lie
    rules: Rules
    ink: Blobs
    ruled: Mask
    traces: Blobs
    stained: Mask
    crossed: Mask | None = None
    lost: tuple[Rule, ...] = ()
    added: tuple[Rule, ...] = ()
    stains: tuple[Box, ...] = ()


def _at_reading_size(picture: Colour) -> tuple[float, float, Colour]:
    """The picture at some 200 dpi, by how much it was enlarged, and pixels a point.

    It is taken for a page of A4 if it has that shape, else for something cut out of one between its margins.
    """
    height, width = picture.shape[:2]
    is_page = 1.2 < max(height, width) / min(height, width) < 1.6
    unit = width / ((595 if height >= width else 842) if is_page else 480)
    if _COARSEST <= unit <= _FINEST:
        return 1.0, unit, picture
    factor = min(_UNIT / unit, 3.0)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    resized = Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS if factor > 1 else Image.Resampling.BOX)
    return factor, unit * factor, np.asarray(resized)


def _sheet_of(picture: Colour, quarters: int = 0) -> _Sheet:
    """The picture turned to the left by ``quarters``, and laid straight."""
    factor, unit, worked = _at_reading_size(np.ascontiguousarray(np.rot90(picture, quarters)))
    paper = even_out(with_dark_print(worked, unit))
    clean, streaks = without_streaks(paper.gray, unit)
    lie = find_lie(clean, unit)
    even = lie.straighten(clean)
    gray = with_contrast(even)
    drawn = is_drawn(worked)
    ruled = find_rules(with_dark_rules(even) if drawn else gray, unit, drawn)
    stained = stained_pixels((gray < _INK) & ~ruled.mask, ruled.mask, unit)
    red = _reddened(paper.red, lie)
    under = stained | red
    rules = rules_under(ruled.rules, (gray < _INK) | under, under, unit)
    bleached = without_shade(gray, stained, unit)
    gray = np.where(ruled.mask, np.uint8(255), gray if bleached is None else bleached)
    ink = find_blobs(gray < _INK)
    small = (ink.area >= max(3.0, _LEAST_AREA * unit * unit)) & (ink.height <= _LARGEST_CHARACTER * unit)
    traces = find_blobs((gray < _FAINT) | under)
    tall = (traces.height >= _LEAST_TRACE * unit) | (traces.width >= _LEAST_TRACE * unit)
    size = (worked.shape[1], worked.shape[0])
    ink, traces = ink.chosen(small), traces.chosen(tall)
    crossed = None if streaks is None else _laid(streaks, lie)
    return _Sheet(gray, even, factor, quarters, size, unit, lie, rules, ink, ruled.mask, traces, stained, crossed)


def _reddened(red: Mask, lie: Lie) -> Mask:
    return _laid(red, lie) if red.any() else red[: lie.height, : lie.width]


def _laid(mask: Mask, lie: Lie) -> Mask:
    return lie.straighten(mask.astype(np.uint8) * 255, 0) > 127


def _read_sheet(
    sheet: _Sheet, boxes: Iterable[TextBox], reader: TextReader, enlarged: float
) -> tuple[Marks, list[tuple[float, float]], set[Glyph]]:
    """The page's marks in points, points of cells that are in doubt, and characters that are."""
    unit = sheet.unit
    cells = _cells(sheet)
    sheet = replace(sheet, gray=clear_cells(cells, sheet.gray, sheet.stained, unit))
    ink = _outside(sheet, cells)
    outside = mended_texts(share_boxes(cells, boxes), ink, sheet.gray, reader)
    loose = loose_cells(ink, outside, unit)
    read_cells([*cells, *loose], sheet.gray, unit, reader, enlarged)
    text = with_figures(loose, outside)
    glyphs = [glyph for box in text.boxes for glyph in _glyphs(box.text, box.box, unit)]
    glyphs += [glyph for figure in text.figures for glyph in _glyphs(figure.text, figure.box, unit)]
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
        if (cell.pieces is not None and not cell.pieces) or (empty and (seen or _has_pale_ink(sheet, cell.space))):
            points.append(_centre(cell.space, unit))
    height, width = sheet.gray.shape
    return Marks(width / unit, height / unit, tuple(glyphs), sheet.rules), points, unsure


def _grids(sheet: _Sheet) -> list[RuledGrid]:
    return find_grids(sheet.rules, list(zip(*(middles.tolist() for middles in _middles(sheet)), strict=True)))


def _with_columns(sheet: _Sheet, boxes: Sequence[TextBox], before: ColumnsBefore | None = None) -> _Sheet:
    """The sheet with rules between the columns of tables that have none there, and without other strokes in these."""
    grids, unit = _grids(sheet), sheet.unit
    lost = tuple(find_lost_verticals(grids, sheet.ink, unit))
    if lost:
        sheet = replace(sheet, rules=replace(sheet.rules, vertical=sheet.rules.vertical + lost), lost=lost)
        grids = _grids(sheet)
    drawn = (sheet.gray < _INK) | sheet.stained
    stains = find_stains(drawn, sheet.ruled, unit) if may_be_open(sheet.rules, grids) else []
    added = tuple(find_open_verticals(sheet.rules, grids, sheet.ink, unit, boxes, stains, before))
    if not added:
        return sheet
    strokes = [rule for rule in sheet.rules.vertical if _is_stroke(rule, added)]
    kept = tuple(rule for rule in sheet.rules.vertical if rule not in strokes)
    # The pixels of a stroke were taken out with those of the rules: it may have been a 1.
    stains += [Box(rule.at * unit, rule.start * unit, rule.at * unit + 1, rule.end * unit) for rule in strokes]
    rules = replace(sheet.rules, vertical=kept + added)
    return replace(sheet, rules=rules, added=added, stains=tuple(stains))


def _is_stroke(rule: Rule, added: Sequence[Rule]) -> bool:
    """True for what stands within a table between two of the columns that it is proven to have."""
    level = [other.at for other in added if other.start < rule.end and other.end > rule.start]
    return bool(level) and min(level) < rule.at < max(level) and min(abs(rule.at - at) for at in level) > _SAME_BORDER


def _is_open(sheet: _Sheet, grid: RuledGrid) -> bool:
    area = grid.area
    return any(area.contains(rule.at, (rule.start + rule.end) / 2) for rule in sheet.added)


def _is_beside(rule: Rule, area: Box) -> bool:
    """True if an upright rule is one of the borders of a cell."""
    return min(abs(rule.at - area.left), abs(rule.at - area.right)) < 1 and rule.start < area.centre[1] < rule.end


def _middles(sheet: _Sheet) -> tuple[Real, Real]:
    """Middles of all ink in points, across and down."""
    ink, unit = sheet.ink, sheet.unit
    return (ink.left + ink.right) / 2 / unit, (ink.top + ink.bottom) / 2 / unit


def _cells(sheet: _Sheet) -> list[CellInk]:
    unit = sheet.unit
    xs, ys = _middles(sheet)
    found = []
    for grid in _grids(sheet):
        is_open = _is_open(sheet, grid)
        for cell in grid.cells:
            area = cell.area
            inside = (xs > area.left) & (xs < area.right) & (ys > area.top) & (ys < area.bottom)
            space = Box(area.left * unit, area.top * unit, area.right * unit, area.bottom * unit)
            stained = is_open and any(meet(stain, space) for stain in sheet.stains)
            stained = stained or _is_crossed(sheet, space)
            stained = stained or any(_is_beside(rule, area) for rule in sheet.lost)
            columns = cell.column_span if is_open else 0
            found.append(CellInk(space, sheet.ink.chosen(inside), open_columns=columns, stained=stained))
    return found


def _has_pale_ink(sheet: _Sheet, space: Box) -> bool:
    """True if something of the height of print stands in a cell, however thin and pale: it is not blank."""
    edge = _WITHIN * sheet.unit
    rows = slice(round(space.top + edge), max(0, round(space.bottom - edge)))
    inside = sheet.even[rows, round(space.left + edge) : max(0, round(space.right - edge))]
    pale = inside < _PALE
    if not pale.any():
        return False
    blobs = find_blobs(pale)
    tall = (blobs.height >= _LEAST_TRACE * sheet.unit) | (blobs.width >= _LEAST_TRACE * sheet.unit)
    return bool(tall.any())


def _is_crossed(sheet: _Sheet, space: Box) -> bool:
    """True if a streak ran through a cell: a slim figure may be lost under it."""
    if sheet.crossed is None:
        return False
    left, top, right, bottom = (int(edge) for edge in space)
    return bool(sheet.crossed[top:bottom, left:right].any())


def _outside(sheet: _Sheet, cells: Iterable[CellInk]) -> Blobs:
    """The ink outside all cells."""
    ink = sheet.ink
    xs, ys = (ink.left + ink.right) / 2, (ink.top + ink.bottom) / 2
    outside = np.ones(len(ink), dtype=bool)
    for left, top, right, bottom in (cell.space for cell in cells):
        outside &= ~((xs > left) & (xs < right) & (ys > top) & (ys < bottom))
    return ink.chosen(outside)


def _glyphs(text: str, box: Box, unit: float) -> list[Glyph]:
    """Characters of a line put side by side; wide ones take twice the room of others."""
    shares = [1.0 if is_wide(char) else 0.5 for char in text]
    total = sum(shares)
    top, bottom = box.top / unit, box.bottom / unit
    left, width = box.left / unit, (box.right - box.left) / unit
    size = max(bottom - top, 1.0)
    glyphs = []
    spaced = False
    for char, share in zip(text, shares, strict=True):
        right = left + width * share / total
        if char.isspace():
            spaced = True
        else:
            room = Box(left, top, right, bottom)
            glyphs.append(Glyph(char, room, room, left, bottom, size, 0, spaced))
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
    words = tuple(Word(word.text, place(word.place)) for word in block.words)
    pieces = tuple(Word(piece.text, place(piece.place)) for piece in block.pieces)
    return replace(block, place=place(block.place), words=words, pieces=pieces)


@dataclass(frozen=True, slots=True)
class _WayBack:
    """From points of the straightened page to the page as shown."""

    sheet: _Sheet
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
