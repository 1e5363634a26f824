"""Reading 表二 from a text that gives its labels, headings and figures in runs of their own.

Programs that take the text out of a PDF often yield a table column by column: labels, ``本年处理决定数量``, ``96 4``.
Between two runs of figures stand the names of blocks (第二十条第（六）项) and of columns, in the order of the page.
The figures that follow are those of the columns just named, or of those named before that still lack some. Where these
are one column, or columns of one row, and the figures exactly as many and in one run, while no others are lacking any,
each has one place only, and the reading is proven by names and number. Where several rows meet several columns, the
text does not say whether it goes along rows or down columns; all such figures are doubtful, unless they are all the
same, or the label of every row but the first stands, and nothing else does, between its figures and those of the row
above. A name that several blocks have tells its column if it follows the name of its own block, or if no other column
of that name that is not told has as many rows: 本年处理决定数量 over one figure is that of 行政许可, over two that of
行政处罚 and 行政强制. Nothing is certain unless every column of the table is filled and the labels of the rows stand in
the order of the form.

The heading of the next table may stand before the last blocks of this one, whose names then follow it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.result import CellReading, TableReading, cell_reading
from gkdesk.extraction.tables.apart.likely_blocks import likely_cells
from gkdesk.extraction.tables.apart.region import runs_of_figures
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
    rows_told: int = 0
    """How many of its rows have been parted from those below by a label; 0 if it got all its figures at once."""

    @property
    def lacks(self) -> int:
        """How many figures are not there yet."""
        return sum(len(column.block.rows) for column in self.columns) - len(self.figures)

    def doubt(self) -> None:
        """Another place is possible for its figures."""
        for column in self.columns:
            column.sure = False

    def doubt_torn(self, figures: Sequence[Figure]) -> None:
        """Doubts its columns if rows of the figures are torn: one may have stood higher than those beside it."""
        if len(self.columns) > 1 and any(length not in (1, len(self.columns)) for length in _lengths_of_lines(figures)):
            self.doubt()


@dataclass(slots=True)
class _Column:
    """A column of a block and the figures found for it, above each other; ``sure`` if nothing else can be meant."""

    block: BlockSpec
    spec: ColumnSpec
    figures: list[Figure] = field(default_factory=list)
    named: bool = False
    by_order: bool = False
    """Several columns have this name, and only their order in the text says that this one is meant."""
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
    region, behind = _region(table, spec, lines) or ((), ())
    if not region:
        return reading
    columns = _fill(table, region) or _fill_by_block(table, region) or []
    sure = bool(columns) and all(column.room == 0 for column in columns) and _labels_in_order(table, region)
    found = {cell.ref: cell for cell in _cells(table, columns, sure)}
    if any(_contradicts(known.get(ref), cell) for ref, cell in found.items()):
        return reading
    likely = {cell.ref: cell for cell in likely_cells(table, region, behind)}
    if not found and not likely:
        return reading
    cells = [_better(_better(known.get(ref), found.get(ref)), likely.get(ref)) for ref in table.refs()]
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


def _region(table: TableSpec, spec: FormSpec, lines: Sequence[Strip]) -> tuple[Sequence[Strip], Sequence[Strip]] | None:
    """The lines from the table's heading to the next one's, if there is one such part only that has its blocks.

    And those behind the next heading, which may hold more of the table.
    """
    following = spec.tables[spec.tables.index(table) + 1 :]
    ends = [key(word) for other in following[:1] for word in other.keywords]
    starts = [number for number, line in enumerate(lines) if _is_heading(line, [key(word) for word in table.keywords])]
    names = [key(block.label[-1]) for block in table.blocks if block.label]
    own = [*names, *(name for block in table.blocks for column in block.columns for name in wordings(column))]
    own += [name for block in table.blocks for row in block.rows for name in row_label(row).wordings]
    regions: list[tuple[Sequence[Strip], Sequence[Strip]]] = []
    for start, stop in pairwise([*starts, len(lines)]):
        end = next((number for number in range(start + 1, stop) if _is_heading(lines[number], ends)), None)
        part = [*lines[start + 1 : end], *_torn_off(lines[end + 1 : stop], own)] if end is not None else ()
        words = "".join(key(line.words) for line in part)
        if part and all(name in words for name in names):
            regions.append((part, lines[(end or start) + 1 : stop]))
    return regions[0] if len(regions) == 1 else None


def _torn_off(behind: Sequence[Strip], own: Sequence[str]) -> Sequence[Strip]:
    """The lines behind the heading of the next table that still name parts of this one, with the figures there."""
    last = 0
    # Labels of the next table may stand before them, without figures.
    behind = behind[next((n for n, line in enumerate(behind) if line.figures or _is_of(line, own)), 0) :]
    for number, line in enumerate(behind):
        if line.words and not _is_of(line, own):
            return behind[:number] if last else ()
        last = number if line.words else last
    return ()


def _is_of(line: Strip, names: Sequence[str]) -> bool:
    words = key(line.words)
    return any(name in words for name in names)


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
    met: set[str] = set()
    for words, figures in runs_of_figures(region):
        named: list[_Column] = []
        for name in _names(table, words):
            if isinstance(name, BlockSpec):
                block, met = name, set()
                continue
            column = _column_named(columns, block, name, name in met)
            if column is None:
                return None
            column.named = True
            named.append(column)
            met.add(name)
        if named:
            groups.append(_Group(named))
        if figures and not _give(groups, figures, "" if named else words):
            return None
    for group in groups:
        _share(group)
    for column in columns:
        column.sure = column.sure and not (column.by_order and any(_may_be(column, other) for other in columns))
    return columns


def _may_be(column: _Column, other: _Column) -> bool:
    """True if the other has the same name and as many rows, and its name is not told by its block either."""
    same = other is not column and set(wordings(column.spec)) & set(wordings(other.spec))
    return bool(same) and other.by_order and len(other.block.rows) == len(column.block.rows)


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


def _give(groups: list[_Group], figures: Sequence[Figure], words: str) -> bool:
    """Gives a run of figures to the group named before it, or the only one that lacks some; False if it fits none.

    ``words`` are those before it if they name no column, else empty.
    """
    waiting = [group for group in groups if group.lacks and group is not groups[-1]]
    if words:
        takers = [group for group in groups if group.lacks]
        if not takers:
            # The year in the head of a page, say: it belongs to no column.
            return True
        if len(takers) > 1 or takers[0].lacks < len(figures):
            return False
        if not _is_next_row(takers[0], figures, words):
            takers[0].doubt()
        takers[0].doubt_torn(figures)
        takers[0].figures += figures
        takers[0].rows_told += 1
        return True
    if not groups:
        return False
    last = groups[-1]
    last.doubt_torn(figures)
    for group in (*waiting, last) if waiting or not _is_first_row(last, figures) else ():
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
        if len(waiting) == 1 and waiting[0].lacks == len(figures):
            # The name of a column of the next block stands before the rest of this one; its own figure is further on.
            waiting[0].figures += figures
            return True
        if len(waiting) != 1 or waiting[0].lacks != more:
            return False
        waiting[0].figures += figures[last.lacks :]
    last.figures += figures[: last.lacks]
    return True


def _lengths_of_lines(figures: Sequence[Figure]) -> set[int]:
    """How many figures stand beside each other, each time; none where their places are not known."""
    lengths: list[int] = []
    for before, figure in pairwise([None, *figures]):
        if figure is None or not figure.spans:
            return set()
        beside = before is not None and before.spans[0] < figure.spans[0]
        lengths = [*lengths[:-1], lengths[-1] + 1] if beside else [*lengths, 1]
    return set(lengths)


def _is_first_row(group: _Group, figures: Sequence[Figure]) -> bool:
    """True if these are all figures of the group, or those of its first row where more may follow."""
    if len(figures) == group.lacks:
        return True
    group.rows_told = 1
    return len({id(column.block) for column in group.columns}) == 1 and len(figures) == len(group.columns)


def _is_next_row(group: _Group, figures: Sequence[Figure], words: str) -> bool:
    """True if before these figures stands the label of the next row of the group, and nothing else."""
    rows = group.columns[0].block.rows
    if not group.rows_told or group.rows_told >= len(rows) or len(figures) != len(group.columns):
        return False
    return words in row_label(rows[group.rows_told]).wordings


def _share(group: _Group) -> None:
    """Gives the figures of a group to its columns: along the rows, as most programs go, where there are several."""
    if group.lacks:
        return
    blocks = {id(column.block) for column in group.columns}
    rows = max(len(column.block.rows) for column in group.columns)
    certain = len(group.columns) == 1 or (len(blocks) == 1 and rows == 1)
    certain = certain or len({figure.text for figure in group.figures}) == 1 or group.rows_told == rows
    left = list(group.figures)
    while left:
        for column in group.columns:
            if column.room:
                column.figures.append(left.pop(0))
                column.sure = column.sure and certain


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


def _column_named(columns: Sequence[_Column], block: BlockSpec | None, name: str, again: bool) -> _Column | None:
    """The first column of this name that was not named yet; ``again`` if one was since the name of ``block``."""
    same = [column for column in columns if name in wordings(column.spec)]
    found = next((column for column in same if not column.named), None)
    if found is not None:
        found.by_order = len(same) > 1 and (found.block is not block or again)
    return found


def _cells(table: TableSpec, columns: Sequence[_Column], sure: bool) -> Iterator[CellReading]:
    for column in columns:
        if column.room:
            continue
        doubts = () if sure and column.sure else (DOUBT,)
        for row, figure in zip(column.block.rows, column.figures, strict=True):
            cell = cell_reading(CellRef(table.id, row.id, column.spec.id), figure, column.spec.kind, doubts)
            if doubts and cell.reading.state is State.BLANK:
                cell = cell.doubted(DOUBT)
            yield cell
