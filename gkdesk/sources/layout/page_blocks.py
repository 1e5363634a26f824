"""The marks of one page become lines and grids in reading order; the same for every paged source."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gkdesk.model.content import Block, Grid, GridCell, Line, Word
from gkdesk.model.place import Box, PagePlace, turn_box
from gkdesk.sources.layout.cut_cells import cut_cells
from gkdesk.sources.layout.glyph_lines import GlyphLine, cell_text, group_lines, ink_of
from gkdesk.sources.layout.marks import SKEWED, Glyph, Marks, Rule, marks_between, reading_turn, turn_marks
from gkdesk.sources.layout.open_bands import without_frames, without_underlines
from gkdesk.sources.layout.open_columns import find_open_tables
from gkdesk.sources.layout.own_columns import OpenColumns
from gkdesk.sources.layout.ruled_grid import RuledCell, RuledGrid, build_grid, find_grids, merge_rules
from gkdesk.sources.layout.shaded_rows import with_columns_between
from gkdesk.sources.layout.side_column import ProseEdge, split_side
from gkdesk.sources.layout.struck_figures import struck
from gkdesk.sources.layout.uneven_figures import pale_digits, uneven_cells

DISPUTED = "two-readings"
"""The doubt of a cell whose characters two readings read differently."""

HIDDEN = "hidden-text"
"""The doubt of a cell or line with figures that cannot be seen on the page."""

CUT_OFF = "cut-off"
"""The doubt of a cell that the edge of the page or of the table cuts off."""

NOT_TEXT = "not-text"
"""The doubt of a cell without a character in which something is drawn."""

STRUCK = "struck-out"
"""The doubt of a cell in which figures are crossed out."""

SET_APART = "set-apart"
"""The doubt of a cell whose digits do not look alike."""

OVERPRINTED = "position"
"""The doubt of a line over which another is printed."""

_DASH = r"[-‐-―─－·•~.\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}(?:第\s*)?\d{{1,4}}(?:\s*页)?(?:\s*(?:/|共|,|，|of)\s*(?:共\s*)?\d{{1,4}}(?:\s*页)?)?{_DASH}"
)
_MARGIN = 0.13
"""Share of the page's height at head and foot in which a page number may stand."""
_RUNNING_MARGIN = 0.08
"""The same for running titles, addresses and dates."""
_ROW_OF_FIGURES = re.compile(r"(?:^|\s)[+\-−]?\d[\d,.，．]*(?:\s+(?:[+\-−]?\d[\d,.，．]*|[/／—－无-]+))+$")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """A page read: its number from 1, its height as shown, its blocks in reading order.

    ``turn`` is that of most of its print, in quarters clockwise against upright.
    """

    number: int
    height: float
    blocks: tuple[Block, ...]
    turn: int = 0

    @property
    def grid_count(self) -> int:
        """How many tables it has."""
        return sum(isinstance(block, Grid) for block in self.blocks)


class PageLayout:
    """Where the characters of a page belong: to the cells of its tables or to its lines.

    ``upright`` are the marks of the page turned so that its text stands upright; watermarks are left out. ``columns``
    are those of its last table without rules between them, for the page on which that may go on; such tables are looked
    for (``open_tables``) where the places of characters are exact, which they are not in a scan; so are figures that
    are crossed out, which are left out of their cell unless it has no others. ``prose_elsewhere`` tells where the prose
    of other pages begins, for a page that has a title and no prose. ``across`` is the part of the width of ``upright``
    that is the page, where two pages stand beside each other.
    """

    def __init__(
        self,
        number: int,
        shown: Marks,
        columns_before: OpenColumns | None = None,
        open_tables: bool = False,
        prose_elsewhere: Callable[[], ProseEdge | None] | None = None,
        across: tuple[float, float] | None = None,
    ) -> None:
        self.number = number
        self._exact = open_tables
        self.turn = reading_turn(shown.glyphs)
        self.upright = turn_marks(shown, self.turn)
        self.across = across or (0.0, self.upright.width)
        if across is not None:
            self.upright = marks_between(self.upright, *across)
        self.glyphs = [glyph for glyph in self.upright.glyphs if glyph.turn != SKEWED]
        self._left_out = [glyph for glyph in self.upright.glyphs if glyph.turn == SKEWED]
        self._height = shown.height
        points = [glyph.box.centre for glyph in self.glyphs]
        # A ruled table without any character is a form drawn as a picture: its cells are unread, not blank.
        rules = with_columns_between(self.upright.rules, self.glyphs) if open_tables else self.upright.rules
        grids = find_grids(rules, points)
        self.columns: OpenColumns | None = None
        if open_tables:
            before = columns_before and columns_before.moved(self.across[0])
            grids, columns = self._with_open_tables(grids, points, before)
            self.columns = columns and columns.moved(-self.across[0])
        self._struck = struck(self.glyphs, self.upright.rules.horizontal) if open_tables else frozenset()
        self._grids = [grid for grid in grids if _holds_any(grid, points)]
        self._inside, outside = _assign(self.glyphs, self._grids)
        self._beside, self._outside = split_side(outside, self.across[1] - self.across[0], prose_elsewhere)

    def _with_open_tables(
        self, grids: list[RuledGrid], points: Sequence[tuple[float, float]], columns_before: OpenColumns | None
    ) -> tuple[list[RuledGrid], OpenColumns | None]:
        """The tables, those without rules between their columns instead of the single column that their rules enclose.

        Also the columns of the last of the latter.
        """
        ruled = [grid for grid in grids if len(grid.xs) > 2]
        free = [rule for rule in merge_rules(self.upright.rules.horizontal) if not any(_holds(g, rule) for g in ruled)]
        free = without_underlines(free, self.glyphs)
        if columns_before is None:
            free = without_frames(free, merge_rules(self.upright.rules.vertical))
        found = []
        columns: OpenColumns | None = None
        for table in find_open_tables(free, self.glyphs, columns_before, self.upright.rules.horizontal):
            grid = build_grid(table.horizontal, table.vertical, points)
            if grid is not None and len(grid.xs) > 2 and not any(_meet(grid.area, other.area) for other in ruled):
                found.append(grid)
                columns = table.columns
        rest = [grid for grid in grids if grid in ruled or not any(_meet(grid.area, other.area) for other in found)]
        return sorted(rest + found, key=lambda grid: (grid.ys[0], grid.xs[0])), columns

    def with_pieces(self) -> PageLayout:
        """The same, its lines with the places of all their pieces: they are exact, or as near as a reader gets."""
        self._exact = True
        return self

    def is_watermark(self, x: float, y: float) -> bool:
        """True if a left-out character starts at a point (upright coordinates)."""
        return any(abs(glyph.x - x) <= 1 and abs(glyph.y - y) <= 1 for glyph in self._left_out)

    def has_figures(self) -> bool:
        """True if a cell of a table holds a digit, or a line a row of figures."""
        inside = (glyph for cells in self._inside for glyphs in cells.values() for glyph in glyphs)
        return any(glyph.text.isdecimal() for glyph in inside) or any(
            _is_row_of_figures(line) for line in group_lines(self._outside)
        )

    def strike_out(self, glyphs: Collection[Glyph]) -> None:
        """Take these characters for crossed out, too."""
        self._struck |= frozenset(glyphs)

    def empty_cells(self) -> list[RuledCell]:
        """The cells of its tables that hold no character, of the inner table where one stands in a cell of another."""
        holders = [grid.area for grid in self._grids]
        return [
            cell
            for grid, inside in zip(self._grids, self._inside, strict=True)
            for cell in grid.cells
            if cell not in inside and not any(cell.area.contains(*area.centre) for area in holders if area != grid.area)
        ]

    def shown(self, box: Box) -> Box:
        """Where a box in upright coordinates is on the page as shown."""
        return turn_box(box, self.turn, self.upright.width, self.upright.height)

    def blocks(
        self,
        first_grid: int,
        disputed: Collection[Glyph] = (),
        disputed_points: Iterable[tuple[float, float]] = (),
        hidden: Collection[Glyph] = (),
        certain: Collection[Glyph] = (),
        drawn: Collection[RuledCell] = (),
    ) -> PageBlocks:
        """Lines and grids by their vertical position; grids are numbered from ``first_grid``.

        A cell or row of figures that holds one of the ``disputed`` characters or points (upright coordinates) is in
        doubt, and so is a cell or line with one of the ``hidden`` characters, which are left out. Pieces of lines that
        are nothing but ``certain`` characters are in no doubt, whatever their line is. ``drawn`` are the empty cells in
        which something is drawn.
        """
        disputed_points = tuple(disputed_points)
        doubts = self._doubts(disputed, disputed_points, hidden)
        for found, inside in zip(doubts, self._inside, strict=True):
            found.update(dict.fromkeys((cell for cell in drawn if cell not in inside), NOT_TEXT))
        placed: list[tuple[float, float, Block]] = []
        for index, grid in enumerate(self._grids):
            block = self._grid(grid, self._inside[index], first_grid + index, doubts[index], hidden)
            placed.append((grid.area.top, grid.area.left, block))
        lines = self._without_page_numbers(group_lines(self._outside))
        first = min((glyph.box.top for glyph in self._beside), default=0.0)
        for number, line in enumerate(group_lines(self._beside)):
            placed.append((first - 1, float(number), self._line(line, "", certain)))
        for line in lines:
            doubt = HIDDEN if hidden and any(glyph in hidden for glyph in line.glyphs) else ""
            if not doubt and any(glyph in self._struck for glyph in line.glyphs):
                doubt = STRUCK
            if not doubt and _is_disputed(line, disputed, disputed_points):
                doubt = DISPUTED
            if not doubt and self._exact and line.is_overprinted:
                doubt = OVERPRINTED
            shown = line.without({*hidden, *self._struck}) if doubt in (HIDDEN, STRUCK) else line
            placed.append((line.box.top, line.box.left, self._line(shown, doubt, certain)))
        placed.sort(key=lambda item: item[:2])
        return PageBlocks(self.number, self._height, tuple(block for _, _, block in placed), self.turn)

    def _doubts(
        self, disputed: Collection[Glyph], points: Iterable[tuple[float, float]], hidden: Collection[Glyph]
    ) -> list[dict[RuledCell, str]]:
        """For each grid, its cells that are in doubt, and why."""
        doubts: list[dict[RuledCell, str]] = [
            dict.fromkeys(cut_cells(grid, self.upright.width, self._outside), CUT_OFF) if self._exact else {}
            for grid in self._grids
        ]
        pale = pale_digits(self.glyphs) if self._exact else frozenset()
        for number, cells in enumerate(self._inside if self._exact else ()):
            doubts[number].update(dict.fromkeys(uneven_cells(cells, pale), SET_APART))
        for marked, doubt in ((self._struck, STRUCK), (hidden, HIDDEN), (disputed, DISPUTED)):
            for number, cells in enumerate(self._inside if marked else ()):
                doubts[number].update(
                    (cell, doubt) for cell, glyphs in cells.items() if any(g in marked for g in glyphs)
                )
        for index, cell in map(self._cell_at, points):
            if cell is not None:
                doubts[index][cell] = DISPUTED
        return doubts

    def _cell_at(self, point: tuple[float, float]) -> tuple[int, RuledCell | None]:
        for index in _innermost_first(self._grids):
            cell = self._grids[index].cell_at(*point)
            if cell is not None:
                return index, cell
        return -1, None

    def _place(self, box: Box) -> PagePlace:
        return PagePlace(self.number, Box(*(round(edge, 2) for edge in self.shown(box))))

    def _grid(
        self,
        ruled: RuledGrid,
        inside: dict[RuledCell, list[Glyph]],
        index: int,
        doubts: Mapping[RuledCell, str],
        hidden: Collection[Glyph],
    ) -> Grid:
        cells = []
        for cell in ruled.cells:
            glyphs = inside.get(cell, [])
            seen = [glyph for glyph in glyphs if glyph not in hidden]
            text, ink = cell_text([glyph for glyph in seen if glyph not in self._struck] or seen)
            place = self._place(ink or cell.area)
            doubt = doubts.get(cell, "")
            cells.append(GridCell(cell.row, cell.column, cell.row_span, cell.column_span, text, place, doubt))
        return Grid(
            index,
            len(ruled.ys) - 1,
            len(ruled.xs) - 1,
            tuple(cells),
            page=self.number,
            left_edges=tuple(round(x - self.across[0], 2) for x in ruled.xs[:-1]),
            right_edges=tuple(round(x - self.across[0], 2) for x in ruled.xs[1:]),
            row_edges=tuple(round(y, 2) for y in ruled.ys),
        )

    def _line(self, line: GlyphLine, doubt: str, certain: Collection[Glyph]) -> Line:
        words = tuple(Word(text, self._place(box)) for text, box in line.numbers())
        pieces = tuple(
            Word(text, self._place(ink_of(glyphs)), "" if certain and all(g in certain for g in glyphs) else None)
            for text, glyphs in (line.pieces() if self._exact else ())
        )
        return Line(line.text, self._place(line.box), words, self.number, doubt, pieces)

    def _without_page_numbers(self, lines: list[GlyphLine]) -> list[GlyphLine]:
        """Leave out a page number that stands alone as the first or last thing of the page, in its margin."""
        kept = list(lines)
        height = self.upright.height
        top = min((grid.area.top for grid in self._grids), default=height)
        bottom = max((grid.area.bottom for grid in self._grids), default=0.0)
        if kept and _is_page_number(kept[-1].text) and kept[-1].box.top > max(bottom, height * (1 - _MARGIN)):
            kept.pop()
        if kept and _is_page_number(kept[0].text) and kept[0].box.bottom < min(top, height * _MARGIN):
            kept.pop(0)
        return kept


def without_running_lines(pages: Sequence[PageBlocks]) -> list[Block]:
    """All blocks in order, without the lines that return at the head or foot of page after page.

    The first one at the head stays: it may be the title. Those at the foot go everywhere, since they would stand
    between the parts of a table.
    """
    dropped: set[tuple[int, int]] = set()
    for number, (before, page) in enumerate(pairwise(pages)):
        for index, limit in ((0, _RUNNING_MARGIN), (-1, 1 - _RUNNING_MARGIN)):
            first, second = _margin_line(before, index, limit), _margin_line(page, index, limit)
            if first is not None and second is not None and _returns(first, second):
                dropped.add((number + 1, index))
                if index == -1 or number > 0:
                    dropped.add((number, index))
    blocks: list[Block] = []
    for number, page in enumerate(pages):
        start = 1 if (number, 0) in dropped else 0
        end = len(page.blocks) - (1 if (number, -1) in dropped else 0)
        blocks.extend(page.blocks[start:end])
    return blocks


def _is_row_of_figures(line: GlyphLine) -> bool:
    """True if a line ends in figures that stand apart, as the row of a table without rules does."""
    return _ROW_OF_FIGURES.search(line.text) is not None


def _is_disputed(line: GlyphLine, glyphs: Collection[Glyph], points: Sequence[tuple[float, float]]) -> bool:
    if not (glyphs or points) or not _is_row_of_figures(line):
        return False
    return any(glyph in glyphs for glyph in line.glyphs) or any(line.box.contains(x, y - 1) for x, y in points)


def _margin_line(page: PageBlocks, index: int, limit: float) -> Line | None:
    block = page.blocks[index] if page.blocks else None
    if not isinstance(block, Line) or not isinstance(block.place, PagePlace):
        return None
    box = block.place.box
    in_margin = box.bottom < limit * page.height if index == 0 else box.top > limit * page.height
    return block if in_margin else None


def _returns(first: Line, second: Line) -> bool:
    """True if two lines differ at most in their numbers and stand at the same height."""
    if not isinstance(first.place, PagePlace) or not isinstance(second.place, PagePlace):
        return False
    same_height = abs(first.place.box.bottom - second.place.box.bottom) <= 2.0
    masked = _DIGITS.sub("#", first.text)
    return same_height and masked == _DIGITS.sub("#", second.text) and any(c.isalpha() for c in masked)


def _is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.fullmatch(text) is not None


def _assign(
    glyphs: Sequence[Glyph], grids: Sequence[RuledGrid]
) -> tuple[list[dict[RuledCell, list[Glyph]]], list[Glyph]]:
    """Characters by the cell in which their middle lies, innermost table first; and those outside all tables."""
    order = _innermost_first(grids)
    inside: list[dict[RuledCell, list[Glyph]]] = [{} for _ in grids]
    outside = []
    for glyph in glyphs:
        x, y = glyph.box.centre
        for index in order:
            cell = grids[index].cell_at(x, y)
            if cell is not None:
                inside[index].setdefault(cell, []).append(glyph)
                break
        else:
            outside.append(glyph)
    return inside, outside


def _holds(grid: RuledGrid, rule: Rule) -> bool:
    inside = grid.ys[0] - 1 <= rule.at <= grid.ys[-1] + 1
    return inside and rule.start < grid.xs[-1] and grid.xs[0] < rule.end


def _meet(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _holds_any(grid: RuledGrid, points: Sequence[tuple[float, float]]) -> bool:
    return any(grid.area.contains(x, y) for x, y in points)


def _innermost_first(grids: Sequence[RuledGrid]) -> list[int]:
    return sorted(range(len(grids)), key=lambda index: _extent(grids[index].area))


def _extent(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
