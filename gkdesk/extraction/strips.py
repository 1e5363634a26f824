"""The lines and loose tables of a source as strips: words, then figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, groupby, pairwise

from gkdesk.extraction.cells_over_rows import in_own_rows
from gkdesk.extraction.figures import Figure, Piece, Strip, fills_cell, indent_of, is_figure, strip_of_line
from gkdesk.extraction.labels import key, simplify
from gkdesk.extraction.remarks import column_of_remarks
from gkdesk.extraction.words_behind import parted
from gkdesk.model.content import Block, Content, Grid, GridCell, Line
from gkdesk.model.place import TextPlace

REMARKS = ("备注", "说明")
"""Headings of a column behind the figures that holds words."""

FULL_ROW = 7
"""Figures in a row of the only table whose labels stand in several columns."""

FORM_FEED = "\f"

_SAME_EDGE = 3.0
"""Points by which the same borders may differ from page to page."""
_DASH = re.compile(r"\s*[-—–－]\s*")
_REST_OF_PAGE_NUMBER = re.compile(r"\s*\d{1,3}\s*[-—–－]\s*")
"""What a program leaves of ``- 3 -`` where it breaks the line behind the first dash."""

_YEAR = re.compile(r"\s*20\d\d\s*")
_TITLE_BEHIND_YEAR = re.compile(r"\s*年.*(?:报告|年度|信息公开)")
_BEHIND_NOTHING = "正"
"""What follows 无 in the only labels that begin with it: 无正当理由大量反复申请."""

_ENDS_IN_NUMBER = re.compile(r"(?:^|\s)\d{1,2}\s*[.．、]\s*$")
_ENDS_PAGE = re.compile(rf"\s*?{FORM_FEED}")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:\s*[/共].*)?)\s*")


def strips(content: Content, with_aligned: bool = False) -> list[Strip]:
    """The lines and loose tables of a source as strips; aligned grids too if ``with_aligned``."""
    found: list[Strip] = []
    sheet = end = 0
    torn = frozenset((*_torn_page_numbers(content), *_years_of_titles(content)))
    among = frozenset(_figures_among_dashes(content))
    before: tuple[Grid, int] | None = None
    for number, block in enumerate(content.blocks):
        if isinstance(block, Line):
            numbered = number not in among and _PAGE_NUMBER.fullmatch(block.text) is not None
            sheet, end = _sheet(block, content.text, sheet, end, numbered)
            if not numbered and number not in torn:
                made = (strip_of_line(line, indent_of(line, content.text)) for line in parted(block))
                found.extend(replace(strip, sheet=sheet) for strip in made)
        elif with_aligned or not block.aligned:
            labels_end = _end_of_labels(block) if block.aligned else 0
            if before is not None and _stands_under(before[0], block):
                labels_end = max(labels_end, before[1])
            found.extend(_strips_of_grid(block, labels_end))
            before = block, labels_end
    return _with_begun_labels(found)


def _with_begun_labels(lines: Sequence[Strip]) -> list[Strip]:
    """The lines, a label of a narrow cell that begins with 无 given it back: no row of figures begins ``4. 无``."""
    mended = list(lines)
    for number, (line, below) in enumerate(pairwise(lines)):
        begun = _ENDS_IN_NUMBER.search(line.words) and line.figures and simplify(line.figures[0].text.strip()) == "无"
        if begun and line.slots is None and key(below.words).startswith(_BEHIND_NOTHING):
            mended[number] = replace(line, words=f"{line.words} 无", figures=line.figures[1:])
    return mended


def _stands_under(before: Grid, grid: Grid) -> bool:
    """True if a grid of a page has the borders of the one before: its labels reach as far, though none shows it."""
    edges = list(zip(before.left_edges, grid.left_edges, strict=False))
    alike = grid.aligned and before.column_count == grid.column_count == len(edges)
    return alike and all(abs(left - right) <= _SAME_EDGE for left, right in edges)


def _sheet(line: Line, text: str, sheet: int, end: int, numbered: bool) -> tuple[int, int]:
    """The page of a text that a line stands on, and where the line ends; ``sheet`` and ``end`` are those before it."""
    if not isinstance(line.place, TextPlace):
        return sheet, end
    fed = FORM_FEED in text[end : line.place.start]
    return sheet + (numbered or fed), line.place.end


def _figures_among_dashes(content: Content) -> Iterator[int]:
    """The numbers of the blocks that look like page numbers and are figures between marks for nothing.

    Bare marks and figures stand right above and below them, and pages of the text have no number at all.
    """
    pages = content.text.count(FORM_FEED)
    alike = [number for number, block in enumerate(content.blocks) if _is_page_number(block)]
    if 2 * len(alike) > pages:
        return
    for number in alike:
        beside = [*content.blocks[max(number - 1, 0) : number], *content.blocks[number + 1 : number + 2]]
        texts = [block.text for block in beside if isinstance(block, Line)]
        if len(texts) == 2 and all(map(is_figure, texts)) and any(_DASH.fullmatch(text) for text in texts):
            yield number


def _is_page_number(block: Block) -> bool:
    return isinstance(block, Line) and _PAGE_NUMBER.fullmatch(block.text) is not None


def _torn_page_numbers(content: Content) -> Iterator[int]:
    """The numbers of the blocks with page numbers broken over two lines, before a form feed: none is a mark."""
    for number, (one, other) in enumerate(pairwise(content.blocks)):
        if not isinstance(one, Line) or not isinstance(other, Line) or not isinstance(other.place, TextPlace):
            continue
        broken = _DASH.fullmatch(one.text) and _REST_OF_PAGE_NUMBER.fullmatch(other.text)
        if broken and _ENDS_PAGE.match(content.text, other.place.end):
            yield from (number, number + 1)


def _years_of_titles(content: Content) -> Iterator[int]:
    """The numbers of the blocks with the year of a running title broken behind it: ``2022``, ``年…年度报告``."""
    for number, (one, other) in enumerate(pairwise(content.blocks)):
        if not isinstance(one, Line) or not isinstance(other, Line):
            continue
        if _YEAR.fullmatch(one.text) and _TITLE_BEHIND_YEAR.match(other.text):
            yield number


def _strips_of_grid(grid: Grid, labels_end: int) -> Iterator[Strip]:
    remarked = below = False
    last_column = column_of_remarks(grid.rows())
    columns_lost = not grid.aligned and _has_lost_columns(grid)
    for row in grid.rows():
        below = below or (remarked and any(is_figure(cell.text) for cell in row))
        remark = _remark_in(row) if below else None
        if remark is None and last_column is not None:
            # No cell of the table stands there: that of a row without a remark is no blank.
            row = [cell for cell in row if cell.column < last_column]
        row = [replace(cell, text="") if cell is remark else cell for cell in row]
        last = max((index for index, cell in enumerate(row) if _is_words(cell)), default=-1)
        behind = dropwhile(lambda cell: cell.column < labels_end and not cell.text.strip(), row[last + 1 :])
        words = " ".join(cell.text for cell in row[: last + 1] if cell.text.strip())
        slots = tuple(Figure(cell.text, cell.place, cell.doubt) for cell in in_own_rows(grid, list(behind)))
        if grid.aligned and grid.row_count == 1 and words and slots and not slots[0].text.strip():
            # The first empty cell may be the end of the label, of which a row alone shows no other.
            slots = _unplaced(slots)
        elif columns_lost and slots and not slots[0].text.strip():
            slots = _unplaced(slots)
        if not grid.aligned and last >= 0 and _holds_a_row(row[last]) and not any(s.text.strip() for s in slots):
            # A converter that saw no borders in this row put all its cells into one.
            slots = _unplaced(slots)
        pieces = tuple(Piece(cell.text, ((cell.column, cell.column + 1),)) for cell in row if cell.text.strip())
        figures = tuple(slot for slot in slots if slot.text.strip())
        yield Strip(words, figures, slots, grid.page, pieces, remark.column if remark is not None else None)
        filled = [cell for cell in row if cell.text.strip()]
        if filled and key(filled[-1].text) in REMARKS:
            remarked, below = True, False


def _holds_a_row(cell: GridCell) -> bool:
    """True if a figure stands behind the words of a cell, or several among them."""
    tokens = cell.text.split()
    counts = [len(list(run)) for decimal, run in groupby(tokens[1:], str.isdecimal) if decimal]
    return bool(counts) and (max(counts) > 1 or tokens[-1].isdecimal())


def _unplaced(slots: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(replace(slot, doubt=slot.doubt or "position") for slot in slots)


def _has_lost_columns(grid: Grid) -> bool:
    """True for a piece of a table without its empty columns: the longest labels leave no room for a whole row.

    As many cells as the form has columns are none behind a shorter label: the first of them belong to the labels.
    """
    end = _end_of_labels(grid)
    return end > 1 and grid.column_count - end < FULL_ROW < grid.column_count


def _end_of_labels(grid: Grid) -> int:
    """The column behind the last one in which a row with figures has words: no other row has a value before it."""
    end = 0
    for row in grid.rows():
        words = [index for index, cell in enumerate(row) if _is_words(cell)]
        if words and any(cell.text.strip() for cell in row[words[-1] + 1 :]):
            end = max(end, row[words[-1]].column + 1)
    return end


def _remark_in(row: Sequence[GridCell]) -> GridCell | None:
    """The remark behind the figures of a row: words behind the last figure, or behind empty cells and other words."""
    filled = [cell for cell in row if cell.text.strip()]
    words = [cell for cell in filled if _is_words(cell)]
    if len(words) < 2 or filled[-1] is not words[-1]:
        return None
    return filled[-1] if not _is_words(filled[-2]) or filled[-1].column - filled[-2].column > 2 else None


def _is_words(cell: GridCell) -> bool:
    """True for a cell of words. A sign alone, as a tick or ditto marks, is none: it stands for a figure."""
    return any(char.isalnum() for char in cell.text) and not fills_cell(cell.text)
