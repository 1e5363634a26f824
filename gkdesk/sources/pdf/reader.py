"""Reads a PDF with a text layer: its tables from their ruled lines, the rest as printed lines, in reading order.

PDFium gives characters and rules; pypdf reads the figures of the tables a second time, and a cell on which the two
disagree is in doubt. So is one with a figure that cannot be seen on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, Note, PageSize, SourceKind
from gkdesk.model.place import turn_point
from gkdesk.sources.layout.marks import Glyph, Marks
from gkdesk.sources.layout.own_columns import OpenColumns
from gkdesk.sources.layout.page_blocks import PageBlocks, PageLayout, without_running_lines
from gkdesk.sources.layout.path_rules import TooMuchOnPage
from gkdesk.sources.layout.ruled_grid import RuledCell
from gkdesk.sources.layout.side_column import ProseEdge, prose_edge
from gkdesk.sources.page_image import ENGINE_LOCK, PageImages, open_document
from gkdesk.sources.pdf.annotated_figures import Annotated, annotated, covered_digits, struck_digits
from gkdesk.sources.pdf.drawn_digits import DrawnDigits
from gkdesk.sources.pdf.filled_fields import with_fields_printed
from gkdesk.sources.pdf.frame import Frame, page_frame
from gkdesk.sources.pdf.glyphs import read_marks
from gkdesk.sources.pdf.placed_pictures import pictures_of
from gkdesk.sources.pdf.second_reading import Comparison, Piece, PlacedText, SecondReader, compare
from gkdesk.sources.pdf.two_pages import parts_of
from gkdesk.sources.pdf.visibility import PIXELS_ACROSS, holds_ink, unseen
from gkdesk.sources.pictures import pictured_pages
from gkdesk.sources.pictures.pictured_pages import OnPage, PagePictures, PictureAreas, areas_to_read

if TYPE_CHECKING:
    import pypdfium2


def read(
    data: bytes, sha256: str, password: str | None = None, on_page: OnPage | None = None, recognise: bool = True
) -> Content:
    """The content of a PDF. ``on_page(done, total)`` is called before each page that is a picture; it may raise.

    Without ``recognise`` pages that are pictures have nothing but their size.

    Raises ``SourceError``: ``source.encrypted`` (needs a password), ``source.wrong-password``, ``source.broken``,
    ``source.book-of-pictures``.
    """
    data, password = with_fields_printed(data, password)
    sheets, notes = _read_sheets(data, password)
    second = SecondReader.open(data, password)
    pages: list[PageBlocks] = []
    unread: list[int] = []
    grid_count = 0
    columns: OpenColumns | None = None
    prose = _Prose(sheets)
    areas = {sheet.number: sheet.areas for sheet in sheets}
    with PagePictures(data, password, areas, on_page, recognise) as pictures, PageImages(data, password) as images:
        for sheet, parts in zip(sheets, _parts(sheets), strict=True):
            whole = pictures.read_whole(sheet.number, grid_count)
            if whole is not None:
                pages.append(whole)
                grid_count += whole.grid_count
            for across in parts if whole is None else ():
                beside = prose.edge if across is None else None
                layout = PageLayout(sheet.number, sheet.marks, columns, True, beside, across)
                columns = layout.columns
                page, compared = _read_page(sheet, layout, second, images, grid_count)
                page = pictures.add_tables(page, grid_count)
                pages.append(page)
                grid_count += page.grid_count
                if not compared and sheet.number not in unread:
                    unread.append(sheet.number)
    if unread:
        notes.append(Note("second-reading-missing", {"pages": _listed(unread)}))
    notes += pictures.notes(any(sheet.marks.glyphs and not sheet.areas.whole for sheet in sheets))
    turns = {page.number: page.turn for page in pages}
    return Content(
        SourceKind.PDF,
        sha256,
        tuple(without_running_lines(pages)),
        tuple(_size_of(sheet, turns.get(sheet.number, 0)) for sheet in sheets),
        title=second.title() if second is not None else "",
        notes=tuple(notes),
    )


def _size_of(sheet: _Sheet, turn: int) -> PageSize:
    return PageSize(sheet.number, sheet.frame.width, sheet.frame.height, turn)


def _parts(sheets: Sequence[_Sheet]) -> list[tuple[tuple[float, float] | None, ...]]:
    """For each sheet the parts of its width that are pages beside each other; None is the whole.

    A sheet with pictures that are read is taken as it is: they stand among its lines by their height.
    """
    found = parts_of([sheet.marks for sheet in sheets])
    return [parts if parts and not sheet.areas else (None,) for sheet, parts in zip(sheets, found, strict=True)]


@dataclass(frozen=True, slots=True)
class _Sheet:
    number: int
    frame: Frame
    marks: Marks
    areas: PictureAreas
    annotated: Annotated


class _Prose:
    """Where the prose of the document begins, looked for when it is first asked for."""

    def __init__(self, sheets: Sequence[_Sheet]) -> None:
        self._sheets = sheets
        self._found: ProseEdge | None = None
        self._looked = False

    def edge(self) -> ProseEdge | None:
        """The edge on the first page with prose; None if there is none."""
        if not self._looked:
            self._looked = True
            edges = (prose_edge(sheet.marks.glyphs, sheet.marks.width) for sheet in self._sheets)
            self._found = next((edge for edge in edges if edge is not None), None)
        return self._found


def _read_sheets(data: bytes, password: str | None) -> tuple[list[_Sheet], list[Note]]:
    """The marks of all pages. The lock is let go between pages so that a page picture need not wait for all."""
    with ENGINE_LOCK:
        document = open_document(data, password)
        count = len(document)
    sheets: list[_Sheet] = []
    drawn = DrawnDigits()
    crowded: list[int] = []
    broken: list[int] = []
    tried = 0
    try:
        while tried < min(count, pictured_pages.MOST_PAGES) and _pictured(sheets) < pictured_pages.MOST_PICTURED:
            with ENGINE_LOCK:
                _read_sheet(document, tried, drawn, sheets, crowded, broken)
            tried += 1
    finally:
        with ENGINE_LOCK:
            document.close()
    if len(broken) == tried:
        raise SourceError("source.broken")
    pictured_pages.refuse_book([sheet.areas for sheet in sheets], count)
    notes = []
    if count > tried:
        notes.append(Note("pages-left-out", {"read": tried, "pages": count}))
    if crowded:
        notes.append(Note("page-too-full", {"pages": _listed(crowded)}))
    if broken:
        notes.append(Note("page-broken", {"pages": _listed(broken)}))
    return sheets, notes


def _pictured(sheets: Sequence[_Sheet]) -> int:
    return sum(bool(sheet.areas) for sheet in sheets)


def _read_sheet(
    document: pypdfium2.PdfDocument,
    index: int,
    drawn: DrawnDigits,
    sheets: list[_Sheet],
    crowded: list[int],
    broken: list[int],
) -> None:
    from pypdfium2 import PdfiumError

    number = index + 1
    try:
        page = document[index]
    except PdfiumError:
        broken.append(number)
        return
    frame = page_frame(page)
    areas = PictureAreas()
    marked = annotated(page, frame)
    try:
        marks = read_marks(page, frame, drawn)
        areas = areas_to_read(marks, pictures_of(page, frame))
    except TooMuchOnPage:
        crowded.append(number)
        marks = Marks(frame.width, frame.height)
    finally:
        page.close()
    sheets.append(_Sheet(number, frame, marks, areas, marked))


def _read_page(
    sheet: _Sheet, layout: PageLayout, second: SecondReader | None, images: PageImages, first_grid: int
) -> tuple[PageBlocks, bool]:
    """The page's blocks, and False if it has figures in tables that were not read a second time."""
    if sheet.annotated:
        layout.strike_out(struck_digits(layout.glyphs, sheet.annotated, layout.shown))
    seen = _look(layout, sheet, images)
    if not layout.has_figures():
        return layout.blocks(first_grid, hidden=seen.hidden, drawn=seen.drawn), True
    pieces = second.pieces(sheet.number - 1) if second is not None else None
    if pieces is None:
        return layout.blocks(first_grid, hidden=seen.hidden, drawn=seen.drawn), False
    outcome = _compare(layout, sheet.frame, pieces)
    blocks = layout.blocks(first_grid, outcome.glyphs, outcome.points, seen.hidden, drawn=seen.drawn)
    return blocks, 2 * outcome.compared > outcome.rows


@dataclass(frozen=True, slots=True)
class _Look:
    """What the drawn page tells and its text does not: figures that nobody sees, cells that are not as empty."""

    hidden: frozenset[Glyph] = frozenset()
    drawn: frozenset[RuledCell] = frozenset()


def _look(layout: PageLayout, sheet: _Sheet, images: PageImages) -> _Look:
    """The page as drawn; of its look nothing is told if it cannot be drawn."""
    covered = covered_digits(layout.glyphs, sheet.annotated, layout.shown) if sheet.annotated else frozenset()
    empty = layout.empty_cells()
    if not empty and not any(glyph.text.isdecimal() for glyph in layout.glyphs):
        return _Look(covered)
    try:
        image = images.render(sheet.number, PIXELS_ACROSS / max(min(sheet.frame.width, sheet.frame.height), 1.0))
    except SourceError:
        return _Look(covered)
    scale = image.width / max(sheet.frame.width, 1.0)
    return _Look(
        covered | unseen(layout.glyphs, image, scale, layout.shown),
        frozenset(cell for cell in empty if holds_ink(image, layout.shown(cell.area), scale)),
    )


def _compare(layout: PageLayout, frame: Frame, pieces: list[Piece]) -> Comparison:
    back = (4 - layout.turn) % 4
    placed = []
    for piece in pieces:
        end = frame.point(piece.x + piece.across, piece.y + piece.up)
        start = frame.point(piece.x, piece.y)
        x0, y0 = turn_point(*start, back, frame.width, frame.height)
        x1, y1 = turn_point(*end, back, frame.width, frame.height)
        if not layout.across[0] <= x0 < layout.across[1]:
            continue
        if x1 - x0 > 10 * abs(y1 - y0) and not layout.is_watermark(x0, y0):
            placed.append(PlacedText(piece.text, x0, y0))
    return compare([glyph for glyph in layout.glyphs if glyph.turn == 0], placed)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
