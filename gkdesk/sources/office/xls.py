"""Old Excel workbooks (.xls, and .et of WPS), read by xlrd into the same sheets as those of today."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, SourceKind
from gkdesk.sources.office.number_formats import shown_number
from gkdesk.sources.office.passwords import unlock
from gkdesk.sources.office.sheet_cells import (
    MOST_CELLS,
    MOST_MERGES,
    Range,
    Sheet,
    SheetCell,
    date_text,
    number_text,
    shown_text,
)
from gkdesk.sources.office.xlsx import MOST_SHEETS, content_of

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell

LARGEST = 32 << 20
"""Bytes of a workbook; the one with a whole report has some ten thousand."""

_PAPER = (255, 255, 255)
_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
    struct.error,
)
"""What xlrd raises on damaged files, besides its own error."""


def read(data: bytes, sha256: str, password: str | None = None) -> Content:
    """The sheets' text and tables.

    Raises ``SourceError`` if the workbook is damaged or too large, needs a password, or xlrd is not installed.
    """
    if len(data) > LARGEST:
        raise SourceError("source.too-large", limit=LARGEST >> 20)
    try:
        import xlrd
    except ImportError as error:
        raise SourceError("source.legacy-office") from error
    try:
        book = _open(data, password)
        return content_of(_sheets(book), SourceKind.XLS, sha256)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *_FAILURES) as error:
        raise SourceError("source.broken") from error


def _open(data: bytes, password: str | None) -> Book:
    import xlrd

    # xlrd writes its warnings to standard output unless it is given somewhere else.
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        try:
            return _book(data, nowhere)
        except xlrd.XLRDError as error:
            if "encrypted" not in str(error):
                raise
        return _book(unlock(data, password), nowhere)


def _book(data: bytes, log: object) -> Book:
    import xlrd

    return xlrd.open_workbook(file_contents=data, logfile=log, formatting_info=True, ragged_rows=True)


def _sheets(book: Book) -> Iterator[Sheet]:
    room = MOST_CELLS
    for old in book.sheets()[: MOST_SHEETS + 1]:
        sheet = Sheet(old.name, bool(old.visibility), hides_zeros=not old.show_zero_values)
        rows = {number for number, info in old.rowinfo_map.items() if info.hidden or info.height == 0}
        columns = {number for number, info in old.colinfo_map.items() if info.hidden or info.width == 0}
        for number in range(old.nrows):
            row = {
                column: sheet.doubted(_cell(cell, book), number in rows or column in columns)
                for column, cell in enumerate(old.row(number))
                if cell.value not in ("", None)
            }
            room -= len(row)
            if room < 0:
                sheet.truncated = True
                break
            if row:
                sheet.rows[number] = row
        # xlrd counts the rows and columns of a range without the last ones.
        merges = old.merged_cells[:MOST_MERGES]
        sheet.merges = [Range(top, left, bottom - 1, right - 1) for top, bottom, left, right in merges]
        sheet.hides_cells = not rows.isdisjoint(sheet.rows) or any(
            not columns.isdisjoint(row) for row in sheet.rows.values()
        )
        yield sheet


def _cell(cell: Cell, book: Book) -> SheetCell:
    text, doubt = _shown(cell, book)
    return SheetCell(text, doubt or ("hidden-text" if text and _is_unseen(cell, book) else ""))


def _shown(cell: Cell, book: Book) -> tuple[str, str]:
    import xlrd

    value: Any = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            return date_text(repr(value), book.datemode == 1) or number_text(repr(value)), ""
        case xlrd.XL_CELL_NUMBER:
            return shown_number(number_text(repr(value)), _format(cell, book))
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if value else "FALSE", ""
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(value, "#N/A")), ""
    return shown_text(str(value)), ""


def _format(cell: Cell, book: Book) -> str:
    """The cell's number format; empty where the workbook does not say."""
    style = _style(cell, book)
    found = book.format_map.get(style.format_key) if style is not None else None
    return str(found.format_str) if found is not None else ""


def _is_unseen(cell: Cell, book: Book) -> bool:
    """True for text in the colour of its ground."""
    style = _style(cell, book)
    if style is None or not 0 <= style.font_index < len(book.font_list):
        return False
    colour = book.colour_map.get(book.font_list[style.font_index].colour_index)
    ground = book.colour_map.get(style.background.pattern_colour_index) if style.background.fill_pattern else _PAPER
    return colour is not None and colour == ground


def _style(cell: Cell, book: Book) -> Any:
    index = cell.xf_index
    return book.xf_list[index] if index is not None and 0 <= index < len(book.xf_list) else None
