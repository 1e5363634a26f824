"""Rows whose figures stand one a line right before the end of a page of a text.

Programs that take the text out of a PDF join what stands close together on a page: a figure of the last row with the
page number below it, say, and give the other figures of the row before both. ``0``, ``8``, ``- 2 -`` below
上一年项目数量 and 本年增/减 may be 8 and 0, and no sum tells. In 表三 a bare page number may have come in the place of
the last figure of a row that lacks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gkdesk.extraction.figures import Strip
from gkdesk.extraction.result import CellReading, TableReading
from gkdesk.model.place import Place, TextPlace


def doubt_ends_of_pages(reading: TableReading, lines: Sequence[Strip], total_last: bool = False) -> TableReading:
    """The reading of a table, its rows on several lines in doubt whose last figure ends a page.

    A row that holds one figure only, or several times the same, is the same in every order. Where each row has its
    total in the last place (``total_last``), the sum tells those that are as printed: a page number that came in the
    place of a figure breaks it.
    """
    line_of = {figure.place: number for number, line in enumerate(lines) for figure in line.figures}
    rows: dict[str, list[CellReading]] = {}
    for cell in reading.cells:
        rows.setdefault(cell.ref.row, []).append(cell)
    doubtful = {
        row for row, cells in rows.items() if _ends_page(cells, line_of, lines) and not (total_last and _closes(cells))
    }
    cells = (cell.doubted("position") if cell.ref.row in doubtful else cell for cell in reading.cells)
    return replace(reading, cells=tuple(cells)) if doubtful else reading


def _closes(cells: Sequence[CellReading]) -> bool:
    values = [cell.reading.value or 0 for cell in cells]
    return sum(values[:-1]) == values[-1]


def _ends_page(cells: Sequence[CellReading], line_of: Mapping[Place, int], lines: Sequence[Strip]) -> bool:
    at = [line_of[cell.place] for cell in cells if isinstance(cell.place, TextPlace) and cell.place in line_of]
    if len(set(at)) < 2 or len({cell.reading.raw for cell in cells}) == 1:
        return False
    last = max(at)
    if any(line.words for line in lines[min(at) + 1 : last + 1]):
        # Each behind a name of its own, which tells it.
        return False
    return last + 1 < len(lines) and lines[last].sheet != lines[last + 1].sheet
