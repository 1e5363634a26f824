"""From the running content of a web page or Word document to lines and grids.

A reader walks its own tree and tells a :class:`Flow` what comes: text, line breaks, tables, rows, cells. Which tables
hold figures and which only arrange the page, and how text is folded, is decided here for both kinds of documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from gkdesk.model.content import Block, Grid, GridCell, Line, Note, Word
from gkdesk.model.place import ParagraphPlace, TablePlace
from gkdesk.sources.pictures.embedded_pictures import EmbeddedPictures, Load

MOST_CELLS = 50_000
"""Table cells of one document that are kept; a report has a few hundred."""

_LONGEST_CELL = 500
_LONGEST_INNER = 20
_DENSE_ROW = 3
_DENSE_ROWS = 3
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f]")
_BLANKS = re.compile("[ \t\r\n\f\v\u00a0\u2000-\u200a\u202f\u205f]+")
_JOIN = re.compile("[ \u3000]*\u2028[ \u3000\u2028]*")
_IDEOGRAPHIC = re.compile("[\u2010-\u2027\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_FIGURE = re.compile(r"\d+(?:[.,，]\d+)*[%％]?")


_PIPE_ROW = re.compile(r"\|.*\|.*\|")
_PIPE_RULE = re.compile(r"[|:\s-]+")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Text set above or below the line, with figures that are no digits any more: a footnote is no part of a number."""
    return text.translate(_RAISED)


class _Mark(Enum):
    BREAK = "\u2028"


@dataclass(slots=True)
class CellDraft:
    """A table cell while its document is read. ``column`` is -1 where the format leaves it to the order of cells."""

    row_span: int = 1
    column_span: int = 1
    column: int = -1
    items: list[Item] = field(default_factory=list)

    def text(self) -> str:
        """The cell's own text, folded, without that of tables inside it (but for a few short pieces in them)."""
        text = fold(piece for item in self.items if (piece := _shown(item)))
        if text:
            return text
        unseen = fold(item.text for item in self.items if isinstance(item, Doubt))
        if unseen:
            return unseen
        pieces = (item for cell in self._inner() for item in (*cell.items, " "))
        inner = fold(item for item in pieces if isinstance(item, str))
        return inner.strip() if len(inner) <= _LONGEST_INNER else ""

    def doubt(self) -> str:
        """The first doubt about what stands in the cell or in the pieces of tables inside it."""
        items = (*self.items, *(item for cell in self._inner() for item in cell.items))
        return next((item.code for item in items if isinstance(item, Doubt)), "")

    def _inner(self) -> Iterator[CellDraft]:
        for table in self.items:
            if isinstance(table, TableDraft):
                yield from table.cells()[:9]


@dataclass(slots=True)
class RowDraft:
    """A table row; ``group`` orders header, body and footer, and no cell spans rows of two groups."""

    group: tuple[int, int] = (1, 0)
    cells: list[CellDraft] = field(default_factory=list)


@dataclass(slots=True)
class TableDraft:
    """A table while its document is read; ``depth`` is the number of containers open around it, ``slots`` its own way
    of counting columns, if it stands in a document of another format."""

    depth: int
    rows: list[RowDraft] = field(default_factory=list)
    slots: Slots | None = None

    def cells(self) -> list[CellDraft]:
        """All cells, row by row."""
        return [cell for row in self.rows for cell in row.cells]


@dataclass(frozen=True, slots=True)
class PictureDraft:
    """A picture, which may show a table."""

    load: Load


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something stands here that is not carried as text, or ``text`` that nobody sees; a reason code."""

    code: str
    text: str = ""


Item = str | _Mark | TableDraft | PictureDraft | Doubt
Slots = Callable[[Sequence[RowDraft]], list[tuple[int, int, CellDraft]]]
"""Gives every cell its row and column, and corrects its spans to the table's size."""


def _shown(item: Item) -> str:
    """What an item adds to the text of a cell; text that nobody sees adds nothing."""
    if isinstance(item, str):
        return item
    return "" if isinstance(item, Doubt) else _Mark.BREAK.value


class Flow:
    """Collects a document in its order. Every ``open_…`` needs its ``close_…``."""

    def __init__(self) -> None:
        self._containers: list[list[Item]] = [[]]
        self._tables: list[TableDraft] = []
        self._asides: list[list[Item]] = []
        self._cells = 0
        self._pictures = EmbeddedPictures()
        self.truncated = False
        self.hides_figures = False
        self.slots: Slots | None = None

    @property
    def in_cell(self) -> bool:
        """True inside a table cell."""
        return bool(self._tables) and len(self._containers) > self._tables[-1].depth

    @property
    def between_cells(self) -> bool:
        """True inside a table, but not inside one of its cells: where a row or cell may be opened."""
        return bool(self._tables) and len(self._containers) == self._tables[-1].depth

    def text(self, text: str | None) -> None:
        """Characters as they stand in the document, unfolded."""
        if text:
            self._containers[-1].append(text)

    def doubt(self, code: str, text: str = "") -> None:
        """What stands here in the document is not (or not surely) what the text says: its cell or line is doubtful.

        ``text`` that nobody sees is that of a cell only if there is no other; a line has it in its place.
        """
        self._containers[-1].append(Doubt(code, text))

    def doubt_later(self) -> Callable[[str], None]:
        """What makes the cell or line doubtful in which the text stands now, when that turns out later on."""
        here = self._containers[-1]
        return lambda code: here.append(Doubt(code))

    def break_line(self) -> None:
        """The line ends here, or the paragraph."""
        self._containers[-1].append(_Mark.BREAK)

    def picture(self, load: Load) -> None:
        """A picture stands here."""
        self._containers[-1] += (_Mark.BREAK, PictureDraft(load))

    def open_table(self) -> None:
        """A table starts."""
        self._tables.append(TableDraft(len(self._containers), slots=self.slots))

    def close_table(self) -> None:
        """The table ends. One of a single cell is a frame around text: its content joins the text around it."""
        table = self._tables.pop()
        del self._containers[table.depth :]
        cells = table.cells()
        if len(cells) > 1:
            self._containers[-1].append(table)
        elif cells:
            self._containers[-1] += (_Mark.BREAK, *cells[0].items, _Mark.BREAK)

    def open_row(self, group: tuple[int, int] = (1, 0)) -> None:
        """A row of the innermost table starts; the next row or the table's end closes it."""
        self._tables[-1].rows.append(RowDraft(group))

    def open_cell(self, row_span: int = 1, column_span: int = 1, column: int = -1) -> CellDraft:
        """A cell of the innermost table's last row starts (the row too, if there is none)."""
        cell = CellDraft(row_span, column_span, column)
        self._cells += 1
        if self._cells > MOST_CELLS:
            self.truncated = True
        else:
            if not self._tables[-1].rows:
                self.open_row()
            self._tables[-1].rows[-1].cells.append(cell)
        self._containers.append(cell.items)
        return cell

    def close_cell(self) -> None:
        """The innermost cell ends."""
        self._containers.pop()

    def open_aside(self) -> None:
        """A text box starts: what follows stands apart from the paragraph it is anchored in."""
        self._containers.append([])

    def close_aside(self) -> None:
        """The text box ends; its content comes after the paragraph (see :meth:`place_asides`)."""
        self._asides.append([_Mark.BREAK, *self._containers.pop(), _Mark.BREAK])

    def place_asides(self) -> None:
        """The paragraph with the anchors ends: its text boxes come now."""
        for aside in self._asides:
            self._containers[-1] += aside
        self._asides.clear()

    def blocks(self, slots: Slots) -> tuple[Block, ...]:
        """The document as lines and grids."""
        return tuple(_blocks(self._containers[0], slots, self._pictures))

    def notes(self, blocks: Sequence[Block]) -> tuple[Note, ...]:
        """What there is to say about the document, of which ``blocks`` were made."""
        cells = sum(len(block.cells) for block in blocks if isinstance(block, Grid))
        cut = [Note("source-incomplete")] if self.truncated else []
        hidden = [Note("hidden-figures")] if self.hides_figures else []
        return (*cut, *hidden, *self._pictures.notes(cells))


def fold(pieces: Iterator[str]) -> str:
    """The pieces as a reader sees them: blanks folded, line breaks gone (a blank stays, but not between ideographs)."""
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", "".join(pieces)))
    return _JOIN.sub(_joint, text).strip()


def figures(text: str, paragraph: int) -> tuple[Word, ...]:
    """The figures in the text of a paragraph, each with its place."""
    return tuple(
        Word(match.group(), ParagraphPlace(paragraph, match.start(), match.end())) for match in _FIGURE.finditer(text)
    )


def _without_pipes(text: str) -> str:
    """A row of a table written with pipes in a paragraph of its own: the words of its cells, nothing of its rule.

    Programs that write Markdown leave such rows when their answer is copied into a letter or a page.
    """
    if not _PIPE_ROW.fullmatch(text):
        return text
    return "" if _PIPE_RULE.fullmatch(text) else text[1:-1].replace("|", " ").strip()


def _joint(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    between = start > 0 and end < len(text) and _IDEOGRAPHIC.match(text, start - 1) and _IDEOGRAPHIC.match(text, end)
    return "" if between else " "


def _blocks(items: Sequence[Item], slots: Slots, pictures: EmbeddedPictures) -> Iterator[Block]:
    # An explicit stack: tables inside tables may be nested deeper than Python recurses.
    pending: list[Iterator[Item]] = [iter(items)]
    line: list[str] = []
    doubt = ""
    lines = grids = 0
    while pending:
        item = next(pending[-1], None)
        if isinstance(item, str):
            line.append(item)
            continue
        if isinstance(item, Doubt):
            doubt = doubt or item.code
            line.append(item.text)
            continue
        text, line = _without_pipes(fold(iter(line))), []
        if text:
            yield Line(text, ParagraphPlace(lines, 0, len(text)), figures(text, lines), doubt=doubt)
            lines += 1
        doubt = ""
        if item is None:
            pending.pop()
        elif isinstance(item, PictureDraft):
            found = pictures.tables(item.load, grids)
            yield from found
            grids += len(found)
        elif isinstance(item, TableDraft):
            grid = _grid(item, grids, slots)
            if grid is not None:
                yield grid
                grids += 1
            pending.append(_inner(item, grid is None))


def _inner(table: TableDraft, with_text: bool) -> Iterator[Item]:
    """What is left of a table once it is written: the tables inside it, and its text unless that was a grid."""
    for cell in table.cells():
        if with_text:
            yield _Mark.BREAK
            yield from cell.items
            yield _Mark.BREAK
        else:
            yield from (item for item in cell.items if isinstance(item, TableDraft | PictureDraft))


def _grid(table: TableDraft, index: int, slots: Slots) -> Grid | None:
    """The table as a grid; None if it only arranges text or other tables on the page, or is empty."""
    texts = {id(cell): cell.text() for cell in table.cells()}
    if not any(texts.values()) or not _holds_data(table, texts):
        return None
    placed = (table.slots or slots)(table.rows)
    columns = max(column for _, column, _ in placed) + 1
    cells = tuple(
        GridCell(
            row,
            column,
            cell.row_span,
            min(cell.column_span, columns - column),
            texts[id(cell)],
            TablePlace(index, row, column),
            cell.doubt(),
        )
        for row, column, cell in placed
    )
    return Grid(index, len(table.rows), columns, cells)


def _holds_data(table: TableDraft, texts: dict[int, str]) -> bool:
    nested = any(isinstance(item, TableDraft) for cell in table.cells() for item in cell.items)
    if not nested and max(map(len, texts.values())) <= _LONGEST_CELL:
        return True
    # Page layouts put whole articles, menus and tables into a few cells; a form has row after row of short ones.
    dense = sum(sum(bool(texts[id(cell)]) for cell in row.cells) >= _DENSE_ROW for row in table.rows)
    return dense >= _DENSE_ROWS
