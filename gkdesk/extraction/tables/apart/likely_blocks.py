"""Figures of 表二 that nothing proves, where they most likely belong: each is a proposal, none is certain.

In a text that gives names and figures apart, :mod:`apart_blocks` accounts for every figure of the table, or for none:
one that a page end has torn from the others of its column leaves all of them without a place. Most stand behind their
name all the same. A run of figures is proposed for

* the row whose label stands right before it, if they are as many as the row has cells;
* the column named right before it, if they are not more than its rows: those that the page had room for, the first;
* several columns of a block named right before it, row after row, if they are whole rows.

Whoever reviews the report sees the figure in its place, and that it is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.result import CellReading, cell_reading
from gkdesk.extraction.tables.apart.region import runs_of_figures
from gkdesk.extraction.tables.header import wordings
from gkdesk.extraction.tables.printed_rows import row_label
from gkdesk.model.cellref import CellRef
from gkdesk.model.spec import BlockSpec, ColumnSpec, RowSpec, TableSpec

DOUBT = "position"


@dataclass(slots=True)
class _Column:
    """A column of a block, and the figures proposed for its rows."""

    block: BlockSpec
    spec: ColumnSpec
    figures: dict[str, Figure] = field(default_factory=dict)
    named: bool = False

    @property
    def free(self) -> list[RowSpec]:
        """The rows without a figure, in their order."""
        return [row for row in self.block.rows if row.id not in self.figures]


_Name = BlockSpec | RowSpec | str


def likely_cells(table: TableSpec, region: Sequence[Strip], behind: Sequence[Strip]) -> list[CellReading]:
    """The cells of the table for which figures are proposed, all in doubt.

    Args:
        region: the lines from the heading of the table to that of the next one.
        behind: those of the next table, where single columns may have come to stand.
    """
    columns = [_Column(block, column) for block in table.blocks for column in block.columns]
    names = _names_of(table)
    block: BlockSpec | None = None
    for words, figures in runs_of_figures(region):
        found = list(_named(names, words))
        pending: list[_Column] = []
        for name in found:
            if isinstance(name, BlockSpec):
                block = name
            elif isinstance(name, str):
                pending += _next_named(columns, block, name, len(figures))
        last = found[-1] if found else None
        row = last if isinstance(last, RowSpec) and words.endswith(row_label(last).wordings) else None
        if figures and not (row is not None and _give_row(columns, row, figures)):
            _give_columns(pending, figures)
    _from_behind(columns, behind)
    cells = [
        cell_reading(CellRef(table.id, row, column.spec.id), figure, column.spec.kind, (DOUBT,))
        for column in columns
        for row, figure in column.figures.items()
    ]
    # Nor is a mark for nothing certain.
    return [cell.doubted(DOUBT) for cell in cells]


def _names_of(table: TableSpec) -> dict[str, _Name]:
    """What a piece of the words means, the longest first: the heading of a block, a label, the name of a column."""
    found: dict[str, _Name] = {}
    for block in table.blocks:
        found.update((wording, row) for row in block.rows for wording in row_label(row).wordings)
        found.update((name, name) for column in block.columns for name in wordings(column))
    found.update((key(block.label[-1]), block) for block in table.blocks if block.label)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _named(names: Mapping[str, _Name], words: str) -> Iterator[_Name]:
    place = 0
    while place < len(words):
        here = next((name for name in names if words.startswith(name, place)), None)
        if here is not None:
            yield names[here]
        place += len(here) if here is not None else 1


def _next_named(columns: Sequence[_Column], block: BlockSpec | None, name: str, count: int) -> list[_Column]:
    """The column meant by a name: that of the block just named, else the first not named yet that the figures fill."""
    same = [column for column in columns if name in wordings(column.spec) and not column.named]
    own = [column for column in same if column.block is block]
    filled = [column for column in same if len(column.block.rows) == count]
    found = (own or filled or same)[:1]
    for column in found:
        column.named = True
    return found


def _give_row(columns: Sequence[_Column], row: RowSpec, figures: Sequence[Figure]) -> bool:
    """Gives a row its figures, if it has none and there are as many as cells."""
    own = [column for column in columns if any(other is row for other in column.block.rows)]
    if len(own) < 2 or len(own) != len(figures) or any(row.id in column.figures for column in own):
        return False
    for column, figure in zip(own, figures, strict=True):
        column.figures[row.id] = figure
    return True


def _give_columns(pending: Sequence[_Column], figures: Sequence[Figure]) -> None:
    """Gives the columns named right before the figures these: a column its own, several whole rows."""
    blocks = {id(column.block) for column in pending}
    if len(blocks) != 1 or any(column.figures for column in pending):
        return
    rows = pending[0].block.rows
    if len(pending) > 1 and (len(figures) % len(pending) or len(figures) > len(rows) * len(pending)):
        return
    for number, figure in enumerate(figures[: len(rows) * len(pending)]):
        pending[number % len(pending)].figures[rows[number // len(pending)].id] = figure


def _from_behind(columns: Sequence[_Column], behind: Sequence[Strip]) -> None:
    """Columns that stand among the parts of the next table: a line that is their name, and their figures below it."""
    for number, line in enumerate(behind):
        words = key(line.words)
        lacking = [c for c in columns if words in wordings(c.spec) and not c.figures] if words else []
        if not lacking or line.figures:
            continue
        stop = next((n for n in range(number + 1, len(behind)) if behind[n].words), len(behind))
        figures = [figure for below in behind[number + 1 : stop] for figure in below.figures]
        fitting = [column for column in lacking if len(column.block.rows) == len(figures)]
        if len(fitting) == 1:
            _give_columns(fitting, figures)
