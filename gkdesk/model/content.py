"""What every reader returns: the source as lines and grids in reading order, each word and cell with its place.

Nothing here knows the form. A reader that loses the columns of a table (tab-separated text, Markdown made by a
converter) says so by ``aligned=False``, so that extraction proves the columns in another way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from gkdesk.model.place import Place


class SourceKind(StrEnum):
    """Kinds of source files, recognised by content."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    PICTURE = "picture"
    OFD = "ofd"
    DOC = "doc"
    XLS = "xls"
    RTF = "rtf"
    ODT = "odt"
    ODS = "ods"
    WORD_XML = "word-xml"
    SHEET_XML = "sheet-xml"
    """Documents of Office 2003 as XML; what is read of them is a ``DOC`` or ``XLS``."""
    MAIL = "mail"
    """A mail; what is read of it is the page or text in it."""
    LOCKED = "locked"
    """An Office document behind a password; what is in it is known only with that."""
    WORKBOOK = "gkdesk-workbook"
    WORKSPACE = "gkdesk-workspace"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without blanks (in text: between blanks), and where it stands.

    ``doubt`` is its own, where a reader knows more about it than about its line; None: that of the line.
    """

    text: str
    place: Place
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph outside tables.

    ``words`` may be empty for prose nobody will point at; a line with digits has the words that hold them. ``pieces``
    are the runs between blanks of a line whose characters have exact places, else empty. ``doubt`` as in
    :class:`GridCell`.
    """

    text: str
    place: Place
    words: tuple[Word, ...] = ()
    page: int | None = None
    doubt: str = ""
    pieces: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid at its top left slot; spans count slots. ``doubt`` is a reason code if the reader is not sure
    of the characters (two readings of a PDF disagree), else an empty string."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    place: Place
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the source. Slots covered by a span have no cell of their own.

    ``aligned`` is False where merged cells were lost and a cell's column says nothing certain.
    ``left_edges`` and ``right_edges`` (one number a column, page units) let grids torn by a page break be joined;
    ``row_edges`` (one more than rows: the borders from the top down) those torn between columns. Empty if not known.
    """

    index: int
    row_count: int
    column_count: int
    cells: tuple[GridCell, ...]
    aligned: bool = True
    page: int | None = None
    left_edges: tuple[float, ...] = ()
    right_edges: tuple[float, ...] = ()
    row_edges: tuple[float, ...] = ()

    def rows(self) -> list[list[GridCell]]:
        """The cells by the row in which they start, left to right."""
        found: list[list[GridCell]] = [[] for _ in range(self.row_count)]
        for cell in self.cells:
            found[cell.row].append(cell)
        for row in found:
            row.sort(key=lambda cell: cell.column)
        return found


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page of a paged source as its file shows it, in the units of :class:`Box`.

    ``turn`` is by how many quarters clockwise against upright its print lies; to be shown, it is turned back.
    """

    number: int
    width: float
    height: float
    turn: int = 0

    @property
    def upright(self) -> tuple[float, float]:
        """Width and height of the page once its print stands upright."""
        return (self.height, self.width) if self.turn % 2 else (self.width, self.height)


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader has to say about the source; ``code`` is a key of the message catalogue (``note.…``)."""

    code: str
    arguments: dict[str, object] = field(default_factory=dict)


RECOGNISED = "recognised"
"""The note that pages (``pages``) are pictures whose text was recognised."""
AS_CHARACTERS = "as_characters"
"""Its argument in an exported workbook: names of the cells that stood on other pages, between blanks."""


UNRULED = "drawn-table"
"""The doubt about figures of a table drawn of characters whose rules do not prove its cells."""


@dataclass(frozen=True, slots=True)
class Content:
    """A source file as read."""

    kind: SourceKind
    sha256: str
    blocks: tuple[Block, ...]
    pages: tuple[PageSize, ...] = ()
    text: str = ""
    title: str = ""
    notes: tuple[Note, ...] = ()

    def grids(self) -> Iterator[Grid]:
        """The tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def lines(self) -> Iterator[Line]:
        """The lines outside tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, Line))
