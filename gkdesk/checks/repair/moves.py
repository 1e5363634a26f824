"""Figures that were read rightly but stand in the wrong cells: exchanged with a neighbour, a row moved by a column,
a column moved by a row, two rows or two columns exchanged.

Operations on a record as a whole (Scholtus 2016): each counts about as much as one wrong figure, however many cells it
changes, because one cause moved them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise

from gkdesk.checks.repair.search import Residuals, after
from gkdesk.checks.repair.system import Exact, System, ratio
from gkdesk.model.cellref import CellRef
from gkdesk.model.spec import FormSpec

FEWEST_SHIFTED = 3
"""Cells that a shift changes at least; of two cells one cannot tell it from an exchange."""


class Kind(StrEnum):
    """What happened; names sentences of the catalogue."""

    EXCHANGED = "exchanged"
    ROW_LEFT = "row-left"
    ROW_RIGHT = "row-right"
    COLUMN_UP = "column-up"
    COLUMN_DOWN = "column-down"
    ROWS = "rows-exchanged"
    COLUMNS = "columns-exchanged"


@dataclass(frozen=True, slots=True)
class Move:
    """Cells that take the figures of others: what is added to each, and the cells (by number) it is told by.

    ``fresh`` is the cell whose figure was lost on the way and follows from an identity, or None.
    """

    kind: Kind
    changes: tuple[tuple[int, Exact], ...]
    about: tuple[int, ...]
    fresh: int | None = None


Line = tuple[int, ...]
"""Cells of one row or column of the form by number, in printed order."""

Members = dict[int, frozenset[int]]
"""Cells of the broken equations."""


def find_moves(system: System, spec: FormSpec, residuals: Residuals, misplaced: frozenset[int]) -> Iterator[Move]:
    """Moves that leave fewer broken equations; ``misplaced`` are cells whose row or column is in doubt."""
    cells = {cell for place in residuals for cell, _ in system.equations[place].terms}
    tables = {system.refs[cell].table for cell in cells}
    rows, columns = _lines(system, spec, tables)
    broken = {line for place in residuals if (line := system.equations[place].line) is not None}
    for move in _all_moves(system, rows, columns, residuals, misplaced, cells):
        rest = after(system, residuals, move.changes)
        if len(rest) < len(residuals) and _is_gain(len(broken), system, rest):
            yield move


def _is_gain(broken: int, system: System, rest: Residuals) -> bool:
    """A move has to explain two broken rows or columns more than one wrong figure would."""
    return not rest or len({system.equations[place].line for place in rest} - {None}) <= broken - 2


def _lines(system: System, spec: FormSpec, tables: set[str]) -> tuple[list[Line], list[Line]]:
    numbers = {ref: number for number, ref in enumerate(system.refs) if number not in system.unknown}
    rows: list[Line] = []
    columns: list[Line] = []
    for table in spec.tables:
        if table.id not in tables:
            continue
        used = {ref.row for ref in system.refs if ref.table == table.id}
        for block in table.blocks:
            names = [row.id for row in (*block.rows, *(a.row for a in table.alternatives)) if row.id in used]
            names.sort(key=lambda name: spec.row(CellRef(table.id, name, block.columns[0].id)).at)
            wide = [[numbers.get(CellRef(table.id, row, column.id)) for column in block.columns] for row in names]
            rows += [tuple(cell for cell in row if cell is not None) for row in wide]
            columns += [tuple(cell for cell in column if cell is not None) for column in zip(*wide, strict=True)]
    return rows, columns


def _all_moves(
    system: System,
    rows: Sequence[Line],
    columns: Sequence[Line],
    residuals: Residuals,
    misplaced: frozenset[int],
    cells: set[int],
) -> Iterator[Move]:
    for line in (*rows, *columns):
        for one, other in pairwise(line):
            if one in cells or other in cells:
                yield from _exchanged(system, Kind.EXCHANGED, ((one, other),), (one, other))
    members = {place: frozenset(cell for cell, _ in system.equations[place].terms) for place in residuals}
    for line in rows:
        yield from _shifts(system, line, residuals, members, Kind.ROW_LEFT, Kind.ROW_RIGHT)
    for line in columns:
        yield from _shifts(system, line, residuals, members, Kind.COLUMN_UP, Kind.COLUMN_DOWN)
    for lines, kind in ((rows, Kind.ROWS), (columns, Kind.COLUMNS)):
        for (place, whole), (beside, other_whole) in combinations(enumerate(lines), 2):
            doubted = not misplaced.isdisjoint(whole) and not misplaced.isdisjoint(other_whole)
            if len(whole) == len(other_whole) > 1 and (doubted or beside == place + 1):
                pairs = tuple(zip(whole, other_whole, strict=True))
                yield from _exchanged(system, kind, pairs, (whole[0], other_whole[0]))


def _exchanged(system: System, kind: Kind, pairs: Sequence[tuple[int, int]], about: tuple[int, ...]) -> Iterator[Move]:
    changes = []
    for one, other in pairs:
        difference = system.values[other] - system.values[one]
        if difference:
            changes += [(one, difference), (other, -difference)]
    if changes:
        yield Move(kind, tuple(sorted(changes)), about)


def _shifts(
    system: System, line: Line, residuals: Residuals, members: Members, back: Kind, forth: Kind
) -> Iterator[Move]:
    """Shifts of the part of a row or column in which its crossing lines are broken, by one cell either way."""
    crossing = {place for place, cells in members.items() if len(cells.intersection(line)) == 1}
    across = [
        place for place, cell in enumerate(line) if any(equation in crossing for equation, _ in system.touching[cell])
    ]
    if len(across) < FEWEST_SHIFTED - 1:
        return
    for first in range(max(0, across[0] - 1), across[0] + 1):
        for last in range(across[-1], min(len(line), across[-1] + 2)):
            part = line[first : last + 1]
            # Read a cell too far to the left or up: each true figure stands one further on, the first one was lost.
            yield from _shift(system, residuals, back, part)
            yield from _shift(system, residuals, forth, part[::-1])


def _shift(system: System, residuals: Residuals, kind: Kind, part: Line) -> Iterator[Move]:
    values = system.values
    if values[part[-1]] != 0:
        return
    changes = [(cell, values[before] - values[cell]) for before, cell in pairwise(part)]
    rest = after(system, residuals, changes)
    fresh = part[0]
    beside = {place for place, _ in system.touching[part[1]]}
    along = [touched for touched in system.touching[fresh] if touched[0] in beside] or system.touching[fresh]
    for place, coefficient in along[:1]:
        change = ratio(-rest.get(place, 0), coefficient)
        moved = tuple(sorted((cell, by) for cell, by in [*changes, (fresh, change)] if by))
        if len(moved) >= FEWEST_SHIFTED:
            yield Move(kind, moved, (part[0], part[-1]), fresh)
