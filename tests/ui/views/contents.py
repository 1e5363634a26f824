"""Small contents for tests of views."""

from __future__ import annotations

from gkdesk.model.content import Content, Grid, GridCell, Line, SourceKind, Word
from gkdesk.model.place import Box, PagePlace, ParagraphPlace, SheetPlace, TablePlace, TextPlace


def content(*blocks, kind=SourceKind.HTML, text=""):
    return Content(kind, "0" * 64, tuple(blocks), text=text)


def paragraph(text, number=0):
    return Line(text, ParagraphPlace(number, 0, len(text)))


def plain(text):
    """Plain text, a line each, as the reader of text files makes it."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Line(line, TextPlace(start, start + len(line))))
        start += len(line) + 1
    return content(*blocks, kind=SourceKind.TEXT, text=text)


def cell(row, column, text, row_span=1, column_span=1, table=0):
    return GridCell(row, column, row_span, column_span, text, TablePlace(table, row, column))


def grid(row_count, column_count, *cells, index=0):
    return Grid(index, row_count, column_count, tuple(cells))


def square(rows, columns, table=0):
    """A grid whose cells hold their row and column."""
    cells = [cell(row, column, f"{row}.{column}", table=table) for row in range(rows) for column in range(columns)]
    return grid(rows, columns, *cells, index=table)


def header_over_two():
    """A heading over two columns, a label beside two rows, values."""
    return grid(
        3,
        3,
        cell(0, 0, "项目", row_span=1),
        cell(0, 1, "申请人情况", column_span=2),
        cell(1, 0, "三、本年度办理结果，很长的一个标签，要占好几行才放得下" * 4, row_span=2),
        cell(1, 1, "1"),
        cell(1, 2, "2"),
        cell(2, 1, "3"),
        cell(2, 2, "4\n5\n6"),
    )


def tabbed(text):
    """Tab-separated text as one grid, each cell with its characters."""
    cells, start = [], 0
    for row, line in enumerate(text.split("\n")):
        for column, words in enumerate(line.split("\t")):
            cells.append(GridCell(row, column, 1, 1, words, TextPlace(start, start + len(words))))
            start += len(words) + 1
    rows, columns = cells[-1].row + 1, max(found.column for found in cells) + 1
    table = Grid(0, rows, columns, tuple(cells), aligned=False)
    return content(table, kind=SourceKind.TEXT, text=text)


def sheet(name="表三"):
    cells = (
        GridCell(0, 0, 1, 1, "总计", SheetPlace(name, "A1")),
        GridCell(0, 1, 1, 1, "7", SheetPlace(name, "B1")),
    )
    return content(Grid(0, 1, 2, cells), kind=SourceKind.XLSX)


def page_line():
    """A line of a PDF whose pages cannot be drawn."""
    words = (Word("新收", PagePlace(1, Box(10, 10, 30, 20))), Word("12", PagePlace(1, Box(40, 10, 50, 20))))
    return content(Line("新收 12", PagePlace(1, Box(10, 10, 50, 20)), words, 1), kind=SourceKind.PDF)
