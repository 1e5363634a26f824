"""Plain text: one line each, and a loose grid for every run of tab-separated lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from gkdesk.model.content import Block, Content, Grid, GridCell, Line, SourceKind, Word
from gkdesk.model.place import TextPlace
from gkdesk.sources.broken_end import with_end_of_text
from gkdesk.sources.comma_tables import parted_rows, with_whole_rows
from gkdesk.sources.decoding import decode
from gkdesk.sources.doubled_tabs import without_doubling
from gkdesk.sources.drawn_tables import add_drawn, lines_of_drawn
from gkdesk.sources.layout.han_forms import ordinary_text
from gkdesk.sources.piped_tables import piped_rows
from gkdesk.sources.stretch import Stretch
from gkdesk.sources.upright_text import join_upright
from gkdesk.sources.wrapped_text import cut_figures

MOST_COLUMNS = 300
"""Pieces of a line that become cells; the widest form table has 15 columns."""

_LINE_END = re.compile("\r\n|[\n\r\f\v\x85\u2028\u2029]")
_RUN = re.compile(r"\S+")
_ODD = "number-format"
_COMMA_FIGURE = re.compile(r"\d,\d")
_QUOTED = re.compile(r"[ ]?(?:>[ ]?)+")
_SHOWN = re.compile(r'=(?:"([^"]*)"|""([^"]*)"")|"=""([^"]*)"""')
"""``="12"``, as programs write a figure that a spreadsheet shall show as it is; its quotes doubled between quotes."""


def read(data: bytes, sha256: str) -> Content:
    """The text as lines and tab-separated grids; offsets count characters of ``Content.text``. Never fails."""
    text = ordinary_text(decode(data))
    blocks: list[Block] = []
    run: list[Stretch] = []
    grids = 0
    lines = [_unquoted(text, stretch) for stretch in split_lines(text)]
    lines = with_whole_rows(text, join_upright(text, lines))
    parted, mark = parted_rows(text, lines)
    parted |= piped_rows(text, lines)
    drawn = lines_of_drawn(text, lines)
    wrapped = cut_figures([text[slice(*line)] for line in lines])
    rows: list[list[Stretch]] = []
    for number, stretch in enumerate(lines):
        if number in parted:
            grids += _end_run(text, run, grids, blocks)
            rows.append(parted[number])
            continue
        if rows:
            blocks.append(_sheet(text, grids, rows, mark))
            grids, rows = grids + 1, []
        if number in drawn:
            grids += _end_run(text, run, grids, blocks)
            grids += add_drawn(drawn[number], grids, blocks)
            continue
        if "\t" in text[stretch.start : stretch.end]:
            run.append(stretch)
            continue
        grids += _end_run(text, run, grids, blocks)
        doubt = "cut-off" if number in wrapped else ""
        blocks.extend(replace(line, doubt=doubt) for line in line_of(text, stretch))
    grids += _end_run(text, run, grids, blocks)
    if rows:
        blocks.append(_sheet(text, grids, rows, mark))
    return Content(SourceKind.TEXT, sha256, with_end_of_text(blocks, text), text=text)


def split_lines(text: str) -> Iterator[Stretch]:
    """The lines of ``text`` without their ends, empty ones included; a form feed ends a line too."""
    start = 0
    for match in _LINE_END.finditer(text):
        yield Stretch(start, match.start())
        start = match.end()
    yield Stretch(start, len(text))


def _unquoted(text: str, stretch: Stretch) -> Stretch:
    """The line without the marks that a mail puts in front of what it quotes."""
    match = _QUOTED.match(text, stretch.start, stretch.end)
    return Stretch(match.end(), stretch.end) if match is not None else stretch


def trimmed(text: str, stretch: Stretch) -> Stretch:
    """The stretch without blanks at both ends (empty, at its own end, if it is all blank)."""
    part = text[stretch.start : stretch.end]
    start = stretch.end - len(part.lstrip())
    return Stretch(start, max(start, stretch.start + len(part.rstrip())))


def line_of(text: str, stretch: Stretch) -> list[Line]:
    """The stretch as a line with its words, or nothing if it is blank."""
    start, end = trimmed(text, stretch)
    if start == end:
        return []
    words = tuple(
        Word(match.group(), TextPlace(match.start(), match.end())) for match in _RUN.finditer(text, start, end)
    )
    return [Line(text[start:end], TextPlace(start, end), words)]


def loose_grid(index: int, rows: Sequence[Sequence[GridCell]]) -> Grid:
    """A grid whose columns say nothing certain, from cells that already know their row and column."""
    cells = tuple(cell for row in rows for cell in row)
    columns = max((cell.column + 1 for cell in cells), default=0)
    return Grid(index, len(rows), columns, cells, aligned=False)


def loose_cell(text: str, row: int, column: int, stretch: Stretch) -> GridCell:
    """A cell of a loose grid; its place is the stretch without surrounding blanks, and without ``="…"`` around it."""
    start, end = trimmed(text, stretch)
    shown = _SHOWN.fullmatch(text, start, end)
    if shown is not None:
        start, end = trimmed(text, Stretch(*shown.span(shown.lastindex or 0)))
    return GridCell(row, column, 1, 1, text[start:end], TextPlace(start, end))


def _end_run(text: str, run: list[Stretch], index: int, blocks: list[Block]) -> int:
    """Write out and clear a run of lines with tabs; 1 if it was a grid, 0 if its tabs only indented prose."""
    lines, run[:] = tuple(run), []
    if not _is_table([text[line.start : line.end] for line in lines]):
        blocks.extend(line for stretch in lines for line in line_of(text, stretch))
        return 0
    rows = [list(islice(_pieces(text, line), MOST_COLUMNS)) for line in lines]
    blocks.append(_grid(text, index, without_doubling(text, rows)))
    return 1


def _sheet(text: str, index: int, rows: Sequence[Sequence[Stretch]], mark: str) -> Grid:
    """A table saved by a spreadsheet program. One that parts cells by semicolons may mean a decimal by a comma."""
    grid = _grid(text, index, rows)
    if mark == ",":
        return grid
    cells = (replace(cell, doubt=_ODD) if _COMMA_FIGURE.search(cell.text) else cell for cell in grid.cells)
    return replace(grid, cells=tuple(cells))


def _grid(text: str, index: int, rows: Sequence[Sequence[Stretch]]) -> Grid:
    return loose_grid(
        index,
        [
            [loose_cell(text, row, column, piece) for column, piece in enumerate(pieces[:MOST_COLUMNS])]
            for row, pieces in enumerate(rows)
        ],
    )


def _is_table(lines: Sequence[str]) -> bool:
    separating = [line for line in lines if "\t" in line.lstrip()]
    return len(separating) >= 2 or any("\t" in line.strip() for line in separating)


def _pieces(text: str, line: Stretch) -> Iterator[Stretch]:
    start = line.start
    for piece in text[line.start : line.end].split("\t"):
        yield Stretch(start, start + len(piece))
        start += len(piece) + 1
