"""Tables of a text that are drawn of characters, ``┌─┬┐│`` or ``+---+|``, with merged cells and such of several lines.

Browsers of the terminal, converters and databases write such tables. Their rules stand in columns of characters, by one
of several ways of counting: Han characters take one or two, and so do the characters that draw. Where every rule of a
table stands in line with those above and below it by one of these ways, its cells are known as on a page with rules.
Where none does, or rows stand below each other without a rule between them, its lines are read as any others, without
the rules, and in doubt: figures may be broken over lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gkdesk.model.content import UNRULED, Block, Grid, GridCell, Line, Word
from gkdesk.model.place import TextPlace
from gkdesk.sources.drawn_lines import (
    ACROSS,
    BOX_JOINTS,
    STANDING,
    UPRIGHT,
    Canvas,
    Cell,
    is_rule,
)
from gkdesk.sources.drawn_walls import keeps_its_walls, lacks_wall, meets_joints, say_nothing
from gkdesk.sources.stretch import Stretch

FEWEST_LINES = 3
"""Lines of the smallest such table: two rules and a row."""

MOST_LINES = 2000
"""Lines of a table that are looked at; the longest of the form has less than 150."""

MOST_EDGES = 60

ROOM = 4
"""Columns that may stay free at the end of a line of a cell if its words go on in the next: those of a character that
had no room, and of one it took with it."""

TORN = 4
"""Of so many rows with figures one may have figures broken over lines."""

_RULES = re.compile(
    f"[{re.escape(''.join(sorted(UPRIGHT | BOX_JOINTS)))}]|\\+(?=[-=:]*\\+|\\s*$)|[-=:]{{3,}}\\+?|[─━═]{{2,}}"
)
"""What is drawn: all that stands upright, rules across of some length; ``─`` alone is a mark for nothing."""
_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)）.．、](?!\d)")
_HAN = re.compile(r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]")
_FIGURE = re.compile(r"[+＋-]?[\d０-９,，.．]+|[-—–─/／\\＼无]{1,3}")
"""A figure, a part of one, or a mark for nothing."""
_RUN = re.compile(r"\S+")
_NOTHING = BOX_JOINTS | {" ", "\u3000"}
"""On a line of a merged cell: joints are drawn through it where they are drawn wherever rules could meet."""

_WAYS = tuple((wide, drawing) for drawing in (1, 2) for wide in ("WF", "WFA", ""))
"""Ways of counting columns: the kinds of characters that take two, and how many a character that draws takes."""


def lines_of_drawn(text: str, lines: Sequence[Stretch]) -> dict[int, tuple[Block, ...]]:
    """The numbers of the lines that are drawn tables, and what stands there: all blocks of a table at its first."""
    found: dict[int, tuple[Block, ...]] = {}
    for run in _runs(text, lines):
        drawn = [lines[number] for number in run]
        grid = _grid(text, drawn)
        found.update(dict.fromkeys(run, ()))
        found[run[0]] = (grid,) if grid is not None else tuple(_plain_lines(text, drawn))
    return found


def add_drawn(found: Sequence[Block], index: int, blocks: list[Block]) -> int:
    """Write out what stands on a line of a drawn table; 1 if it is a grid, which gets the ``index``, else 0."""
    blocks.extend(replace(block, index=index) if isinstance(block, Grid) else block for block in found)
    return sum(isinstance(block, Grid) for block in found)


def _runs(text: str, lines: Sequence[Stretch]) -> Iterator[list[int]]:
    """The numbers of lines that begin and end in something drawn and follow each other, but for empty lines.

    Two rules below each other part tables. A pipe alone is none that is drawn: such tables are those of Markdown.
    """
    run: list[int] = []
    last = ""
    for number, line in enumerate((*lines, (0, 0))):
        part = text[slice(*line)].strip()
        if not part and number < len(lines):
            continue
        again = is_rule(part) and is_rule(last)
        if again or not _is_framed(part):
            if len(run) >= FEWEST_LINES:
                yield run
            run = []
        if _is_framed(part) and (run or part[0] != "|"):
            run.append(number)
        last = part


def _is_framed(part: str) -> bool:
    return len(part) > 1 and {part[0], part[-1]} <= STANDING


def _plain_lines(text: str, lines: Sequence[Stretch]) -> Iterator[Line]:
    """The lines without what is drawn, every character where it was."""
    for start, end in lines:
        part = _RULES.sub(lambda match: " " * len(match.group()), text[start:end])
        words = part.strip()
        if words:
            start += len(part) - len(part.lstrip())
            runs = (
                Word(run.group(), TextPlace(start + run.start(), start + run.end())) for run in _RUN.finditer(words)
            )
            yield Line(words, TextPlace(start, start + len(words)), tuple(runs), doubt=UNRULED)


def _grid(text: str, lines: Sequence[Stretch]) -> Grid | None:
    """The table by the first way of counting columns by which all its rules stand in line; None if there is none."""
    if len(lines) > MOST_LINES:
        return None
    for wide, drawing in _WAYS:
        canvas = _canvas(text, lines, wide, drawing)
        edges = _edges(canvas)
        if edges:
            cells = _cells(canvas, edges)
            return _grid_of(canvas, cells, edges) if cells else None
    return None


def _canvas(text: str, lines: Sequence[Stretch], wide: str, drawing: int) -> Canvas:
    rows: list[dict[int, int]] = []
    ends: list[int] = []
    for start, end in lines:
        start = end - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        column, row = 0, {}
        for place in range(start, end):
            char = text[place]
            if unicodedata.combining(char):
                continue
            row[column] = place
            column += drawing if "\u2500" <= char <= "\u257f" else _width(char, wide)
        rows.append(row)
        ends.append(end)
    return Canvas(text, tuple(rows), tuple(ends), wide)


def _edges(canvas: Canvas) -> tuple[int, ...]:
    """The columns in which rules go down, if those of all lines do, and all lines are equally wide; else none."""
    ends = {max(row) for row in canvas.rows}
    found: set[int] = set()
    others: set[int] = set()
    for number, row in enumerate(canvas.rows):
        whole = is_rule(canvas.text[row[0] : canvas.ends[number]])
        for column, place in row.items():
            char = canvas.text[place]
            beside = {canvas.at(number, column - 1), canvas.at(number, column + 1)}
            if char in BOX_JOINTS or (char == "+" and beside & ACROSS) or (whole and char in UPRIGHT):
                found.add(column)
            elif char in UPRIGHT:
                others.add(column)
    fits = len(ends) == 1 and 2 <= len(found) <= MOST_EDGES and others <= found
    return tuple(sorted(found)) if fits and found >= {0, *ends} else ()


def _cells(canvas: Canvas, edges: Sequence[int]) -> list[Cell]:
    """The cells, if they are rectangles between rules that go all the way, and rows are ruled; else none."""
    crossed = [_crossed(canvas, row, edges) for row in range(len(canvas.rows))]
    rules = [row for row, columns in enumerate(crossed) if any(columns)]
    bands = list(pairwise(rules))
    if not rules or rules[0] or rules[-1] != len(crossed) - 1 or not (all(crossed[0]) and all(crossed[-1])):
        return []
    if any(below - above < 2 for above, below in bands):
        return []
    walls: list[list[bool]] = []
    for above, below in bands:
        standing = [{canvas.at(row, edge) in STANDING for row in range(above + 1, below)} for edge in edges]
        if any(len(each) > 1 for each in standing):
            return []
        walls.append([each == {True} for each in standing])
    told = meets_joints(canvas, rules, edges, walls) and not lacks_wall(canvas, bands, edges, walls)
    if not told and not say_nothing(canvas, rules, edges):
        return []
    cells = _rectangles(walls, [crossed[below] for _, below in bands])
    for cell in cells:
        left, right = edges[cell.left], edges[cell.right + 1]
        rows = range(bands[cell.top][0] + 1, bands[cell.bottom][1])
        stretches = [canvas.stretch(row, left, right) for row in rows]
        cell.pieces = [stretch for stretch in stretches if not {*canvas.text[slice(*stretch)]} <= _NOTHING]
        if any(char in UPRIGHT | BOX_JOINTS for start, end in cell.pieces for char in canvas.text[start:end]):
            return []
    kept = told or keeps_its_walls(canvas.text, cells)
    return cells if kept and _has_ruled_rows(canvas, cells) else []


def _crossed(canvas: Canvas, row: int, edges: Sequence[int]) -> list[bool]:
    """For each column, whether a rule crosses it on this line, from edge to edge."""
    whole = is_rule(canvas.text[canvas.rows[row][0] : canvas.ends[row]])
    found: list[bool] = []
    for left, right in pairwise(edges):
        inside = [canvas.text[place] for column, place in canvas.rows[row].items() if left < column < right]
        held = whole or not UPRIGHT & {canvas.at(row, left), canvas.at(row, right)}
        found.append(held and bool(inside) and all(char in ACROSS or char == ":" for char in inside))
    return found


def _rectangles(walls: Sequence[Sequence[bool]], floors: Sequence[Sequence[bool]]) -> list[Cell]:
    """The cells between the walls (for each band, by edge) and floors (below each band, by column); none if one is no
    rectangle."""
    columns = len(floors[0])
    owner: dict[tuple[int, int], Cell] = {}
    cells: list[Cell] = []
    for band in range(len(walls)):
        for column in range(columns):
            if (band, column) in owner:
                continue
            right, bottom = column, band
            while not walls[band][right + 1]:
                right += 1
            while not floors[bottom][column]:
                bottom += 1
            cell = Cell(band, bottom, column, right)
            inside = [(b, c) for b in range(band, bottom + 1) for c in range(column, right + 1)]
            if not _is_rectangle(cell, walls, floors) or any(slot in owner for slot in inside):
                return []
            owner.update(dict.fromkeys(inside, cell))
            cells.append(cell)
    return cells


def _is_rectangle(cell: Cell, walls: Sequence[Sequence[bool]], floors: Sequence[Sequence[bool]]) -> bool:
    bands, columns = range(cell.top, cell.bottom + 1), range(cell.left, cell.right + 1)
    closed = all(walls[band][cell.left] and walls[band][cell.right + 1] for band in bands)
    closed = closed and all(floors[cell.bottom][column] for column in columns)
    closed = closed and (cell.top == 0 or all(floors[cell.top - 1][column] for column in columns))
    open_inside = not any(walls[band][edge] for band in bands for edge in columns if edge > cell.left)
    return closed and open_inside and not any(floors[band][column] for band in bands[:-1] for column in columns)


def _has_ruled_rows(canvas: Canvas, cells: Sequence[Cell]) -> bool:
    """True if no band of lines holds several rows: its figures stand on one line, and its words go on for want of room.

    A few bands may have figures broken over lines in a narrow column; these are doubtful, and never joined.
    """
    bands: dict[int, list[Cell]] = {}
    longest: dict[tuple[int, int], int] = {}
    for cell in cells:
        if cell.top == cell.bottom:
            bands.setdefault(cell.top, []).append(cell)
        sizes = [_size(canvas, piece) for piece in cell.pieces]
        longest[cell.left, cell.right] = max(longest.get((cell.left, cell.right), 0), *sizes, 0)
    filled = [band for band in bands.values() if any(_has_figure(canvas.text, cell) for cell in band)]
    torn = sum(any(_is_torn(canvas.text, cell) for cell in band) for band in filled)
    return TORN * torn <= len(filled) and all(
        _goes_on_for_want_of_room(canvas, cell, longest[cell.left, cell.right])
        for band in filled
        for cell in band
        if len(cell.pieces) > 1 and not _is_torn(canvas.text, cell)
    )


def _has_figure(text: str, cell: Cell) -> bool:
    return any(_FIGURE.fullmatch(text[slice(*piece)]) for piece in cell.pieces)


def _is_torn(text: str, cell: Cell) -> bool:
    """True for a cell with figures, and nothing else, on several lines."""
    return len(cell.pieces) > 1 and all(_FIGURE.fullmatch(text[slice(*piece)]) for piece in cell.pieces)


def _may_be_cut(text: str, cell: Cell) -> bool:
    """True for a figure that fills a merged cell from wall to wall: programs that make them no room cut it."""
    ends = (text[start - 1 : start] + text[end : end + 1] for start, end in cell.pieces)
    return cell.left < cell.right and _has_figure(text, cell) and any({*walls} <= UPRIGHT for walls in ends)


def _goes_on_for_want_of_room(canvas: Canvas, cell: Cell, longest: int) -> bool:
    if sum(bool(_NUMBERED.match(canvas.text, *piece)) for piece in cell.pieces) > 1:
        return False
    return all(_size(canvas, piece) + ROOM > longest for piece in cell.pieces[:-1])


def _size(canvas: Canvas, piece: Stretch) -> int:
    return sum(_width(char, canvas.wide) for char in canvas.text[slice(*piece)])


def _width(char: str, wide: str) -> int:
    return 1 + (unicodedata.east_asian_width(char) in wide)


def _grid_of(canvas: Canvas, cells: Sequence[Cell], edges: Sequence[int]) -> Grid:
    found: list[GridCell] = []
    for cell in cells:
        place = TextPlace(*cell.pieces[0]) if cell.pieces else TextPlace(*canvas.stretch(0, -1, 0))
        spans = cell.bottom - cell.top + 1, cell.right - cell.left + 1
        parts = [canvas.text[slice(*piece)] for piece in cell.pieces]
        doubt = UNRULED if _is_torn(canvas.text, cell) or _may_be_cut(canvas.text, cell) else ""
        found.append(GridCell(cell.top, cell.left, *spans, _joined(parts), place, doubt))
    return Grid(0, max(cell.bottom for cell in cells) + 1, len(edges) - 1, tuple(found))


def _joined(parts: Sequence[str]) -> str:
    words = ""
    for part in parts:
        words += ("" if not words or _HAN.match(words[-1]) or _HAN.match(part) else " ") + part
    return words
