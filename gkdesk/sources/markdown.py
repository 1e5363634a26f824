"""Markdown as converters write it: text lines, and a loose grid for every pipe table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from gkdesk.model.content import Block, Content, Grid, GridCell, Line, SourceKind
from gkdesk.model.place import TextPlace
from gkdesk.sources.broken_end import with_end_of_text
from gkdesk.sources.decoding import decode
from gkdesk.sources.drawn_tables import add_drawn, lines_of_drawn
from gkdesk.sources.layout.han_forms import ordinary_text
from gkdesk.sources.piped_tables import FEWEST_IN_MARKDOWN, piped_rows
from gkdesk.sources.stretch import Stretch
from gkdesk.sources.text import MOST_COLUMNS, line_of, loose_grid, split_lines, trimmed

_SEPARATOR = re.compile(r"\|(?:\s*:?-+:?\s*\|)+|(?:\|\s*)?:?-+:?(?:\s*\|\s*:?-+:?)+\s*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"#{1,6}(?:\s+|$)")
_CLOSING_HASHES = re.compile(r"\s+#+$")
_LEADING_MARKS = re.compile(r"(?:>\s*)+|[-*+]\s+(?!\d+\s*[-—]$)")
_RULE = re.compile(r"(?:[-*_=]\s*){3,}|(?:```|~~~).*")
_GONE = re.compile(r"~~.*?~~|<(del|s|strike)>(?:(?!<\1>).)*?</\1>|<!--(?:(?!<!--).)*?-->")
"""What is struck out, or not shown. It ends before it begins again: else each of many beginnings is read to the end."""
_BREAK = re.compile(r"<br\s*/?>|&nbsp;|&emsp;|&ensp;")
_SPAN = re.compile(r"\[([^\[\]\n]*)\](\{(?![^{}\n]*(?:none|hidden|through))[^{}\n]*\})")
"""Words with what a page says of their looks, ``[12]{style="color:red"}``, as converters of pages write them; those
that nobody sees stay as they are written, which is no figure."""
_CELL_MARKS = re.compile(r"\*\*|__|~~|`|</?(?:b|strong|u|ins|font|center|em|i)(?:\s[^<>]*)?>")
_WHOLE = re.compile(r"(\$|\*|_|==)(\d[\d,.]*)\1")
"""A figure as a formula, or set off: converters write so what was leaning or bold."""
_BETWEEN_FIGURES = re.compile(r"(?<=\d)(?=\s*\u2028)\s+(?=\d)")
_EMPTY = re.compile(r"(?:NaN|nan|Unnamed: \d+(?:_level_\d+)?)")
"""What converters of workbooks write for an empty cell, and above a column without a name."""
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")


_Rows = Mapping[Stretch, Sequence[Stretch]]
"""Lines and their cells."""


def read(data: bytes, sha256: str) -> Content:
    """The lines and tables of a Markdown file; offsets count characters of ``Content.text``. Never fails."""
    text = ordinary_text(decode(data))
    blocks: list[Block] = []
    run: list[Stretch] = []
    lines = [trimmed(text, stretch) for stretch in split_lines(text)]
    grids = 0
    drawn = lines_of_drawn(_SPAN.sub(_blanked, text), lines)
    piped = piped_rows(text, lines, FEWEST_IN_MARKDOWN)
    unframed = {lines[number]: cells for number, cells in piped.items()}
    for number, stretch in enumerate(lines):
        if number in drawn:
            grids += _end_run(text, run, grids, blocks, unframed)
            grids += add_drawn(drawn[number], grids, blocks)
            continue
        if number in piped or _is_row(text, lines, number, bool(run)):
            run.append(stretch)
            continue
        grids += _end_run(text, run, grids, blocks, unframed)
        blocks.extend(_line(text, stretch))
    _end_run(text, run, grids, blocks, unframed)
    found = with_end_of_text(blocks, text)
    return Content(SourceKind.MARKDOWN, sha256, found, text=text, title=_title(text, lines))


def looks_like_markdown(text: str) -> bool:
    """True if ``text`` has a pipe table or at least two headings marked with ``#``."""
    headings = rows = 0
    lines = list(split_lines(text))
    piped = piped_rows(text, lines)
    for number, (start, end) in enumerate(lines):
        line = text[start:end].strip()
        if number in piped:
            continue
        if is_separator(line):
            return True
        headings += bool(_HEADING.match(line))
        rows += len(line) > 2 and line.startswith("|") and line.endswith("|")
        if headings >= 2 or rows >= 2:
            return True
    return False


def is_separator(line: str) -> bool:
    """True for the row of dashes under the header of a pipe table, e.g. ``|---|:--:|``."""
    return "|" in line and _SEPARATOR.fullmatch(line) is not None


def _is_row(text: str, lines: Sequence[Stretch], number: int, inside: bool) -> bool:
    line = text[slice(*lines[number])]
    if line.startswith("|") or is_separator(line):
        return True
    if _PIPE.search(line) is None:
        return False
    follows = number + 1 < len(lines) and is_separator(text[slice(*lines[number + 1])])
    return inside or follows


def _end_run(text: str, run: list[Stretch], index: int, blocks: list[Block], unframed: _Rows) -> int:
    """Write out and clear a run of table lines; returns how many grids it held."""
    lines, run[:] = tuple(run), []
    grids = 0
    for part in _tables(text, lines):
        blocks.append(_grid(text, index + grids, part, unframed))
        grids += 1
    return grids


def _tables(text: str, lines: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """The run cut into tables: a separator row makes the row above it the header of a table of its own."""
    table: list[Stretch] = []
    separated = False
    for line in lines:
        if not is_separator(text[slice(*line)]):
            table.append(line)
            continue
        if separated and len(table) > 1:
            yield table[:-1]
            table = table[-1:]
        separated = True
    if table:
        yield table


def _grid(text: str, index: int, lines: Sequence[Stretch], unframed: _Rows) -> Grid:
    """The table; in a line of one without pipes at its ends, a pipe in front parts an empty cell from the next."""
    return loose_grid(
        index,
        [
            [_cell(text, row, column, piece) for column, piece in enumerate(islice(pieces, MOST_COLUMNS))]
            for row, pieces in enumerate(unframed.get(line) or _pieces(text, line) for line in lines)
        ],
    )


def _pieces(text: str, line: Stretch) -> Iterator[Stretch]:
    start, end = line
    if text[start] == "|":
        start += 1
    for pipe in _PIPE.finditer(text, start, end):
        yield Stretch(start, pipe.start())
        start = pipe.end()
    if start < end:
        yield Stretch(start, end)


def _cell(text: str, row: int, column: int, piece: Stretch) -> GridCell:
    start, end = trimmed(text, piece)
    words = _CELL_MARKS.sub("", _BREAK.sub("\u2028", _SPAN.sub(r"\1", _GONE.sub("", text[start:end])))).strip()
    words = _ESCAPED.sub(r"\1", _joined(_WHOLE.sub(r"\2", words) if _WHOLE.fullmatch(words) else words))
    return GridCell(row, column, 1, 1, "" if _EMPTY.fullmatch(words) else words, TextPlace(start, end))


def _joined(words: str) -> str:
    """Without line breaks; two figures parted by one are not one."""
    return _BETWEEN_FIGURES.sub(" ", words).replace("\u2028", "")


def _blanked(span: re.Match[str]) -> str:
    """The words of a span with blanks as wide as what stands around them."""
    return f" {span.group(1)} " + "".join(
        "\u3000" if unicodedata.east_asian_width(char) in "WF" else " " for char in span.group(2)
    )


def _line(text: str, stretch: Stretch) -> list[Line]:
    """The line without the marks in front of it and the stars around it; what is left is one piece of the text."""
    start, end = stretch
    if _RULE.fullmatch(text, start, end):
        return []
    for mark in (_LEADING_MARKS, _HEADING):
        match = mark.match(text, start, end)
        start = match.end() if match else start
    closing = _CLOSING_HASHES.search(text, start, end)
    end = closing.start() if closing else end
    inner = text[start:end]
    if len(inner) > 4 and inner.startswith("**") and inner.endswith("**") and inner.count("**") == 2:
        start, end = start + 2, end - 2
    return line_of(text, Stretch(start, end))


def _title(text: str, lines: Sequence[Stretch]) -> str:
    for stretch in lines:
        if text.startswith("# ", stretch.start):
            return "".join(line.text for line in _line(text, stretch))
    return ""
