"""Reading 表二 from a text that gives its labels, headings and figures in runs of their own.

Programs that take the text out of a PDF often yield a table column by column: labels, ``本年处理决定数量``, ``96 4``.
Between two runs of figures stand the names of blocks (第二十条第（六）项) and of columns, in the order of the page.
The figures that follow are those of the columns just named, or of those named before that still lack some. Where these
are one column, or columns of one row, and the figures exactly as many and in one run, while no others are lacking any,
each has one place only, and the reading is proven by names and number. Where several rows meet several columns, the
text does not say whether it goes along rows or down columns; all such figures are doubtful, unless they are all the
same. So are those of a name that several blocks have, if it does not follow the name of its own block. Nothing is
certain unless every column of the table is filled and the labels of the rows stand in the order of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.result import CellReading, TableReading, cell_reading
from gkdesk.extraction.tables.header import wordings
from gkdesk.extraction.tables.printed_rows import row_label
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import State
from gkdesk.model.spec import BlockSpec, ColumnSpec, FormSpec, TableSpec

DOUBT = "position"


@dataclass(slots=True)
class _Group:
    """Columns named together, and the figures found for them so far."""

    columns: list[_Column]
    figures: list[Figure] = field(default_factory=list)

    @property
    def lacks(self) -> int:
        """How many figures are not there yet."""
        return sum(len(column.block.rows) for column in self.columns) - len(self.figures)

    def doubt(self) -> None:
        """Another place is possible for its figures."""
        for column in self.columns:
            column.sure = False


@dataclass(slots=True)
class _Column:
    """A column of a block and the figures found for it, above each other; ``sure`` if nothing else can be meant."""

    block: BlockSpec
    spec: ColumnSpec
    figures: list[Figure] = field(default_factory=list)
    named: bool = False
    sure: bool = True

    @property
    def room(self) -> int:
        """How many figures it lacks."""
        return len(self.block.rows) - len(self.figures)


def complete(
    reading: TableReading | None, table: TableSpec, spec: FormSpec, lines: Sequence[Strip]
) -> TableReading | None:
    """``reading`` with the cells it has not read taken from runs of figures that stand apart from their labels.

    The same reading if nothing is known about them, or if they contradict a figure of it that is certain.

    Args:
        reading: what was read row by row, or None.
        lines: the lines of the source.
    """
    known = {cell.ref: cell for cell in reading.cells} if reading is not None else {}
    if all(ref in known and known[ref].reading.state in (State.READ, State.BLANK) for ref in table.refs()):
        return reading
    region = _region(table, spec, lines)
    columns = (_fill(table, region) or _fill_by_block(table, region)) if region is not None else None
    if region is None or columns is None:
        return reading
    sure = all(column.room == 0 for column in columns) and _labels_in_order(table, region)
    found = {cell.ref: cell for cell in _cells(table, columns, sure)}
    if any(_contradicts(known.get(ref), cell) for ref, cell in found.items()):
        return reading
    cells = [_better(known.get(ref), found.get(ref)) for ref in table.refs()]
    rows = sum(len(block.rows) for block in table.blocks)
    proven = sum(1 for cell in cells if cell is not None and cell.reading.state is not State.DOUBTFUL)
    return TableReading(
        table.id,
        tuple(cell for cell in cells if cell is not None),
        rows_expected=rows,
        rows_proven=rows if proven == len(list(table.refs())) else 0,
        columns_proven=all(column.sure for column in columns) and sure,
    )


def _contradicts(known: CellReading | None, found: CellReading) -> bool:
    if known is None or known.reading.state not in (State.READ, State.BLANK):
        return False
    return known.reading.raw != found.reading.raw


def _better(known: CellReading | None, found: CellReading | None) -> CellReading | None:
    """What was read row by row where it is certain or all there is, else what was found."""
    if known is None or found is None:
        return known or found
    if known.reading.state is State.MISSING or (known.reading.state is State.DOUBTFUL and known.reading.value is None):
        return found
    return known


def _region(table: TableSpec, spec: FormSpec, lines: Sequence[Strip]) -> Sequence[Strip] | None:
    """The lines from the table's heading to the next one's, if there is one such part only that has its blocks."""
    following = spec.tables[spec.tables.index(table) + 1 :]
    ends = [key(word) for other in following[:1] for word in other.keywords]
    starts = [number for number, line in enumerate(lines) if _is_heading(line, [key(word) for word in table.keywords])]
    names = [key(block.label[-1]) for block in table.blocks if block.label]
    regions: list[Sequence[Strip]] = []
    for start, stop in pairwise([*starts, len(lines)]):
        end = next((number for number in range(start + 1, stop) if _is_heading(lines[number], ends)), None)
        part = lines[start + 1 : end] if end is not None else ()
        words = "".join(key(line.words) for line in part)
        if part and all(name in words for name in names):
            regions.append(part)
    return regions[0] if len(regions) == 1 else None


def _is_heading(line: Strip, headings: Sequence[str]) -> bool:
    words = key(line.words)
    return any(heading in words and len(words) <= len(heading) + 4 for heading in headings)


def _labels_in_order(table: TableSpec, region: Sequence[Strip]) -> bool:
    """True if every row is named, in the order of the form."""
    words = "".join(key(line.words) for line in region)
    place = 0
    for block in table.blocks:
        for row in block.rows:
            found = [at for wording in row_label(row).wordings if (at := words.find(wording, place)) >= 0]
            if not found:
                return False
            place = min(found) + 1
    return True


def _fill(table: TableSpec, region: Sequence[Strip]) -> list[_Column] | None:
    """The columns with their figures; None if figures stand there that belong to none."""
    columns = [_Column(block, column) for block in table.blocks for column in block.columns]
    groups: list[_Group] = []
    block: BlockSpec | None = None
    for words, figures in _runs(region):
        named: list[_Column] = []
        for name in _names(table, words):
            if isinstance(name, BlockSpec):
                block = name
                continue
            column = _column_named(columns, block, name)
            if column is None:
                return None
            column.named = True
            named.append(column)
        if named:
            groups.append(_Group(named))
        if figures and not _give(groups, figures, bool(named)):
            return None
    for group in groups:
        _share(group)
    return columns


def _fill_by_block(table: TableSpec, region: Sequence[Strip]) -> list[_Column] | None:
    """The columns of those blocks of one row that stand alone between two headings, as doubtful; None if there is none.

    Where the names of one block are torn, those of another are not: behind its heading stand the names of its columns
    and no others, and as many figures.
    """
    columns = [_Column(block, column, sure=False) for block in table.blocks for column in block.columns]
    names = [key(block.label[-1]) for block in table.blocks if block.label]
    heads = [(number, names.index(words)) for number, line in enumerate(region) if (words := key(line.words)) in names]
    if sorted(block for _, block in heads) != list(range(len(table.blocks))):
        return None
    for (start, number), (stop, _) in zip(heads, [*heads[1:], (len(region), 0)], strict=True):
        block, part = table.blocks[number], region[start + 1 : stop]
        own = [column for column in columns if column.block is block]
        figures = [figure for line in part for figure in line.figures]
        met = [name for name in _names(table, "".join(key(line.words) for line in part)) if isinstance(name, str)]
        named = len(met) == len(own) and all(n in wordings(c.spec) for n, c in zip(met, own, strict=True))
        if len(block.rows) == 1 and named and len(figures) == len(own):
            for column, figure in zip(own, figures, strict=True):
                column.figures.append(figure)
    return columns if any(column.figures for column in columns) else None


def _give(groups: list[_Group], figures: Sequence[Figure], named: bool) -> bool:
    """Gives a run of figures to the group named before it, or the only one that lacks some; False if it fits none."""
    waiting = [group for group in groups if group.lacks and group is not groups[-1]]
    if not named:
        takers = [group for group in groups if group.lacks]
        if not takers:
            # The year in the head of a page, say: it belongs to no column.
            return True
        if len(takers) > 1 or takers[0].lacks < len(figures):
            return False
        takers[0].figures += figures
        takers[0].doubt()
        return True
    last = groups[-1]
    if waiting or len(figures) != last.lacks:
        for group in (*waiting, last):
            group.doubt()
    if len(figures) < last.lacks and len(last.columns) > 1:
        # Columns named together, the last of which have their figures here, the others further on.
        for first in range(1, len(last.columns)):
            rest = _Group(last.columns[first:])
            if rest.lacks == len(figures) and last.columns[first].block is not last.columns[0].block:
                last.columns = last.columns[:first]
                rest.figures += figures
                groups.append(rest)
                return True
    if len(figures) > last.lacks:
        more = len(figures) - last.lacks
        if len(waiting) != 1 or waiting[0].lacks != more:
            return False
        waiting[0].figures += figures[last.lacks :]
    last.figures += figures[: last.lacks]
    return True


def _share(group: _Group) -> None:
    """Gives the figures of a group to its columns: along the rows, as most programs go, where there are several."""
    if group.lacks:
        return
    blocks = {id(column.block) for column in group.columns}
    rows = max(len(column.block.rows) for column in group.columns)
    certain = len(group.columns) == 1 or (len(blocks) == 1 and rows == 1)
    certain = certain or len({figure.text for figure in group.figures}) == 1
    left = list(group.figures)
    while left:
        for column in group.columns:
            if column.room:
                column.figures.append(left.pop(0))
                column.sure = column.sure and certain


def _runs(region: Sequence[Strip]) -> Iterator[tuple[str, list[Figure]]]:
    """The words before each run of figures, as a key, and the run; at last the words behind all of them."""
    words, figures = "", list[Figure]()
    for line in region:
        if line.words and figures:
            yield words, figures
            words, figures = "", []
        words += key(line.words)
        figures += line.figures
    yield words, figures


def _names(table: TableSpec, words: str) -> Iterator[BlockSpec | str]:
    """The blocks and the names of columns in the order in which they stand in the words."""
    blocks = {key(block.label[-1]): block for block in table.blocks if block.label}
    names = {name for block in table.blocks for column in block.columns for name in wordings(column)}
    longest = sorted({*blocks, *names}, key=len, reverse=True)
    place = 0
    while place < len(words):
        here = next((name for name in longest if words.startswith(name, place)), None)
        if here is not None:
            yield blocks.get(here, here)
        place += len(here) if here is not None else 1


def _column_named(columns: Sequence[_Column], block: BlockSpec | None, name: str) -> _Column | None:
    """The first column of this name that was not named yet; doubtful, and all of this name, if another may be meant."""
    fitting = [column for column in columns if name in wordings(column.spec) and not column.named]
    if not fitting:
        return None
    same = [column for column in columns if name in wordings(column.spec)]
    if fitting[0].block is not block and len(same) > 1:
        for column in same:
            column.sure = False
    return fitting[0]


def _cells(table: TableSpec, columns: Sequence[_Column], sure: bool) -> Iterator[CellReading]:
    for column in columns:
        if column.room:
            continue
        doubts = () if sure and column.sure else (DOUBT,)
        for row, figure in zip(column.block.rows, column.figures, strict=True):
            cell = cell_reading(CellRef(table.id, row.id, column.spec.id), figure, column.spec.kind, doubts)
            if doubts and cell.reading.state is State.BLANK:
                cell = replace(cell, reading=cell.reading.doubted(DOUBT))
            yield cell
