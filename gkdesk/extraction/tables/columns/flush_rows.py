"""Rows of a text typed in columns: each figure begins just where the name of its column does.

Names in the middle of their columns, as on pages, leave figures beside their beginnings; who types columns, or aligns
them left, puts both on one place. Then no middle has to be found, and no sum to prove it: names differ in length, so
that all figures of all rows begin where names do only if these are theirs. The first and the last column must be among
them: a header moved by a whole column would leave one of them without figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.extraction.figures import Figure, Strip, Unit
from gkdesk.extraction.tables.columns.text_header import header_tracks
from gkdesk.model.spec import ColumnSpec

FEWEST_COLUMNS = 3
"""Columns below whose beginnings figures stand, so that it is no chance."""

FEWEST_ROWS = 3
"""Rows of which the same is asked."""


def place_flush(
    columns: Sequence[ColumnSpec], header: Sequence[Strip], found: Sequence[Unit], numbers: Sequence[int], rulers: int
) -> dict[int, tuple[Figure | None, ...]]:
    """The cells of the runs with these ``numbers``; empty unless the figures of all of them begin where names do.

    Args:
        columns: the columns of the table.
        header: the lines with their names.
        found: the runs of figures of the table; those of ``numbers`` stand on one line each, below the header.
        rulers: by how many ways of counting columns the places are known; none of them may say otherwise.
    """
    ways = [_place(columns, header, [found[number] for number in numbers], ruler) for ruler in range(rulers)]
    told = [way for way in ways if way]
    if not told or any(way != told[0] for way in told):
        return {}
    return dict(zip(numbers, told[0], strict=True))


def _place(
    columns: Sequence[ColumnSpec], header: Sequence[Strip], rows: Sequence[Unit], ruler: int
) -> list[tuple[Figure | None, ...]]:
    names = header_tracks(columns, header, ruler)
    if names is None or len(rows) < FEWEST_ROWS:
        return []
    begins = {left: number for number, (left, _) in enumerate(names)}
    placed = [[begins.get(figure.spans[ruler][0], -1) for figure in row.figures] for row in rows]
    used = {column for row in placed for column in row}
    if -1 in used or len(used) < FEWEST_COLUMNS or not {0, len(columns) - 1} <= used:
        return []
    cells = [dict(zip(row, unit.figures, strict=True)) for row, unit in zip(placed, rows, strict=True)]
    return [tuple(row.get(column) for column in range(len(columns))) for row in cells]
