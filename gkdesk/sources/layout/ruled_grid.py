"""Tables found from ruled lines: columns and rows where rules run, merged cells where they are missing.

Knows nothing of any file format; PDF, OFD and scanned pages all end here. All numbers are page units.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Rule, Rules

_SAME_LINE = 1.2
"""Rules this near to each other are pieces of one rule."""
_GAP = 4.5
"""Gaps in a rule up to here are dashes or bad joints; a border that is really missing is missing for a whole cell."""
_TOUCH = 3.0
"""Rules end this near to the rule they belong to; the two lines of a double rule are this near."""
_SHORTEST = 5.0
_THIN = 7.0
"""A row or column this thin that holds no character is a misaligned border, not a row."""
_RUN_PAST = 6.0
"""How far verticals must run past the outermost horizontal for a rule to be implied at their ends."""
_COVERED = 0.6
"""Share of a slot's side that must be ruled to part it from its neighbour."""
_MOST_RULES = 4000
"""More rules after merging are a drawing, not a table."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell at its top left slot with its spans; ``area`` is the space between its borders."""

    row: int
    column: int
    row_span: int
    column_span: int
    area: Box


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """A table: ``xs`` and ``ys`` are its column and row borders, one more than columns and rows.

    ``by_slot`` gives the cell that covers a row and column.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[RuledCell, ...]
    by_slot: dict[tuple[int, int], RuledCell] = field(repr=False, compare=False)

    @property
    def area(self) -> Box:
        """The space within the outer borders."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> RuledCell | None:
        """The cell around a point, or None outside the table."""
        return self.by_slot.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def find_grids(rules: Rules, points: Sequence[Point]) -> list[RuledGrid]:
    """The tables of a page, top to bottom; ``points`` are the middles of its characters.

    Boxes with a single cell are no tables. Edges of coloured areas count only where rules make no table.
    """
    grids = _grids_of(merge_rules(rules.horizontal), merge_rules(rules.vertical), points)
    if rules.faint_horizontal:
        shaded = _grids_of(merge_rules(rules.faint_horizontal), merge_rules(rules.faint_vertical), points)
        grids += [grid for grid in shaded if len(grid.cells) >= 4 and not any(_overlap(grid, other) for other in grids)]
    grids.sort(key=lambda grid: (grid.ys[0], grid.xs[0]))
    return grids


def build_grid(horizontal: Sequence[Rule], vertical: Sequence[Rule], points: Sequence[Point]) -> RuledGrid | None:
    """The table that rules make which are known to belong together, or None if they enclose nothing."""
    return _Region(list(horizontal), list(vertical)).build(points)


def merge_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of the same rule joined: collinear, overlapping or parted by a dash's gap; stubs left out."""
    merged = [
        _one_rule(pieces) for line in _lines(sorted(rules)) for pieces in _chains(sorted(line, key=lambda r: r.start))
    ]
    return [rule for rule in merged if rule.end - rule.start >= _SHORTEST]


def _lines(rules: list[Rule]) -> list[list[Rule]]:
    """Rules sorted by position, split where the position jumps."""
    lines: list[list[Rule]] = []
    for rule in rules:
        if lines and rule.at - lines[-1][-1].at <= _SAME_LINE and rule.at - lines[-1][0].at <= 2 * _SAME_LINE:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return lines


def _chains(line: list[Rule]) -> list[list[Rule]]:
    """Rules of one line sorted by their start, split where the gap is no joint."""
    chains: list[list[Rule]] = []
    end = 0.0
    for rule in line:
        if chains and rule.start <= end + _GAP:
            chains[-1].append(rule)
            end = max(end, rule.end)
        else:
            chains.append([rule])
            end = rule.end
    return chains


def _one_rule(pieces: list[Rule]) -> Rule:
    """The pieces as one rule; the long ones say where it stands."""
    weight = sum(rule.end - rule.start for rule in pieces)
    at = sum(rule.at * (rule.end - rule.start) for rule in pieces) / weight
    return Rule(at, pieces[0].start, max(rule.end for rule in pieces))


def _join(intervals: list[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1] + gap:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _grids_of(horizontal: list[Rule], vertical: list[Rule], points: Sequence[Point]) -> list[RuledGrid]:
    if len(horizontal) + len(vertical) > _MOST_RULES:
        return []
    grids = []
    for rows, columns in _regions(horizontal, vertical):
        grid = _Region(rows, columns).build(points)
        if grid is not None and len(grid.cells) > 1:
            grids.append(grid)
    return grids


def _regions(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, directly or through others; verticals that touch none are grouped by their ends."""
    horizontal = sorted(horizontal)
    heights = [rule.at for rule in horizontal]
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    alone = []
    for number, upright in enumerate(vertical, len(horizontal)):
        first = bisect_left(heights, upright.start - _TOUCH)
        last = bisect_right(heights, upright.end + _TOUCH)
        touched = [
            index
            for index in range(first, last)
            if horizontal[index].start - _TOUCH <= upright.at <= horizontal[index].end + _TOUCH
        ]
        for index in touched:
            parent[root(number)] = root(index)
        if not touched:
            alone.append(upright)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate(horizontal):
        found.setdefault(root(index), ([], []))[0].append(rule)
    for index, rule in enumerate(vertical, len(horizontal)):
        found.setdefault(root(index), ([], []))[1].append(rule)
    regions = [region for region in found.values() if region[0] and region[1]]
    return regions + [([], group) for group in _groups_of_uprights(alone)]


def _groups_of_uprights(rules: list[Rule]) -> list[list[Rule]]:
    """Verticals with the same ends: one row of a table whose other borders are on other pages."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: (rule.start, rule.end)):
        for group in groups:
            if abs(group[0].start - rule.start) <= _TOUCH and abs(group[0].end - rule.end) <= _TOUCH:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= 3 and group[0].end - group[0].start > 2 * _RUN_PAST]


class _Region:
    """Builds one grid from rules that touch each other."""

    def __init__(self, horizontal: list[Rule], vertical: list[Rule]) -> None:
        if not horizontal:
            left, right = min(rule.at for rule in vertical), max(rule.at for rule in vertical)
            ends = (median(rule.start for rule in vertical), median(rule.end for rule in vertical))
            horizontal = [Rule(end, left, right) for end in ends]
        # Rules that a page break or an open design left out, first across, then along.
        horizontal = horizontal + _implied(horizontal, vertical, least=2)
        self.horizontal = horizontal
        self.vertical = vertical + _implied(vertical, horizontal, least=2)

    def build(self, points: Sequence[Point]) -> RuledGrid | None:
        """The grid, or None if the rules enclose nothing."""
        rows, columns = _cluster(self.horizontal), _cluster(self.vertical)
        if len(rows) < 2 or len(columns) < 2:
            return None
        left, right, top, bottom = columns[0].at, columns[-1].at, rows[0].at, rows[-1].at
        inside = [(x, y) for x, y in points if left <= x <= right and top <= y <= bottom]
        columns = _without_thin(columns, rows, inside)
        rows = _without_thin(rows, columns, [(y, x) for x, y in inside])
        rows, columns = _without_idle(rows, columns), _without_idle(columns, rows)
        if len(rows) < 2 or len(columns) < 2:
            return None
        xs, ys = tuple(line.at for line in columns), tuple(line.at for line in rows)
        walls = _Walls(rows, columns)
        cells = [cell for cell in _cells(xs, ys, walls) if not _is_outside(cell, xs, ys, walls, inside)]
        by_slot = {
            (row, column): cell
            for cell in cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        return RuledGrid(xs, ys, tuple(cells), by_slot)


@dataclass(slots=True)
class _Line:
    """A column or row border: its position and the stretches that are ruled."""

    at: float
    ruled: list[tuple[float, float]]

    def covers(self, start: float, end: float) -> bool:
        covered = sum(max(0.0, min(end, stop) - max(start, begin)) for begin, stop in self.ruled)
        return covered >= _COVERED * (end - start)

    def with_line(self, other: _Line) -> _Line:
        own = sum(end - start for start, end in self.ruled)
        others = sum(end - start for start, end in other.ruled)
        at = self.at if own >= others else other.at
        return _Line(at, _join(self.ruled + other.ruled, _TOUCH))


def _cluster(rules: list[Rule]) -> list[_Line]:
    """Borders: rules of nearly the same position, which are double rules or cells out of line."""
    lines: list[_Line] = []
    first = 0.0
    for rule in sorted(rules):
        line = _Line(rule.at, [(rule.start, rule.end)])
        if lines and rule.at - first <= _TOUCH:
            lines[-1] = lines[-1].with_line(line)
        else:
            lines.append(line)
            first = rule.at
    return lines


def _without_thin(lines: list[_Line], across: list[_Line], points: Sequence[Point]) -> list[_Line]:
    """Two borders become one where the thin strip between them is nowhere a cell with characters.

    ``points`` have the coordinate that ``lines`` part first.
    """
    kept = [lines[0]]
    for line in lines[1:]:
        before = kept[-1]
        if line.at - before.at < _THIN and not _holds_characters(before, line, across, points):
            kept[-1] = before.with_line(line)
        else:
            kept.append(line)
    return kept


def _holds_characters(first: _Line, second: _Line, across: list[_Line], points: Sequence[Point]) -> bool:
    inside = [other for at, other in points if first.at <= at <= second.at]
    return any(
        first.covers(start.at, end.at) and second.covers(start.at, end.at)
        for start, end in pairwise(across)
        if any(start.at <= other <= end.at for other in inside)
    )


def _without_idle(lines: list[_Line], across: list[_Line]) -> list[_Line]:
    """Leave out inner borders that part no two slots: stray strokes."""
    stretches = [(first.at, second.at) for first, second in pairwise(across)]
    return [
        line
        for index, line in enumerate(lines)
        if index in (0, len(lines) - 1) or any(line.covers(*stretch) for stretch in stretches)
    ]


def _implied(rules: list[Rule], across: list[Rule], least: int) -> list[Rule]:
    """Rules implied at the ends of those ``across``, where most of these run past the outermost of ``rules``.

    Printing a web page leaves out the rule at the top of a table that goes on from the page before; some designs have
    no outer verticals at all.
    """
    found = []
    first, last = min(rules).at, max(rules).at
    reach_first = [rule for rule in across if rule.start <= first + _TOUCH]
    past_first = [rule for rule in reach_first if rule.start < first - _RUN_PAST]
    if len(past_first) >= max(least, (len(reach_first) + 1) // 2):
        found += _end_rule([rule.start for rule in past_first], past_first)
    reach_last = [rule for rule in across if rule.end >= last - _TOUCH]
    past_last = [rule for rule in reach_last if rule.end > last + _RUN_PAST]
    if len(past_last) >= max(least, (len(reach_last) + 1) // 2):
        found += _end_rule([rule.end for rule in past_last], past_last)
    return found


def _end_rule(ends: list[float], rules: list[Rule]) -> list[Rule]:
    middle = median(ends)
    agreeing = [rule.at for end, rule in zip(ends, rules, strict=True) if abs(end - middle) <= _RUN_PAST]
    if len(agreeing) < 2 or 2 * len(agreeing) < len(ends):
        return []
    return [Rule(middle, min(agreeing), max(agreeing))]


class _Walls:
    """Which sides of the slots are ruled."""

    def __init__(self, rows: list[_Line], columns: list[_Line]) -> None:
        spans_down = [(first.at, second.at) for first, second in pairwise(rows)]
        spans_across = [(first.at, second.at) for first, second in pairwise(columns)]
        self._left = [[line.covers(*span) for line in columns] for span in spans_down]
        self._top = [[line.covers(*span) for span in spans_across] for line in rows]

    def left_of(self, row: int, column: int) -> bool:
        return self._left[row][column]

    def above(self, row: int, column: int) -> bool:
        return self._top[row][column]


def _cells(xs: tuple[float, ...], ys: tuple[float, ...], walls: _Walls) -> list[RuledCell]:
    """Slots without a wall between them merged; where that gives no rectangle, the runs of its rows."""
    runs: list[tuple[int, int, int, int]] = []
    growing: dict[tuple[int, int], int] = {}
    for row in range(len(ys) - 1):
        next_growing: dict[tuple[int, int], int] = {}
        for first, last in _row_runs(row, len(xs) - 1, walls):
            above = growing.get((first, last))
            open_above = not any(walls.above(row, column) for column in range(first, last))
            if above is not None and open_above:
                top, left, _, right = runs[above]
                runs[above] = (top, left, row + 1, right)
                next_growing[first, last] = above
            else:
                next_growing[first, last] = len(runs)
                runs.append((row, first, row + 1, last))
        growing = next_growing
    return [
        RuledCell(top, left, bottom - top, right - left, Box(xs[left], ys[top], xs[right], ys[bottom]))
        for top, left, bottom, right in runs
    ]


def _row_runs(row: int, count: int, walls: _Walls) -> list[tuple[int, int]]:
    borders = [0, *(column for column in range(1, count) if walls.left_of(row, column)), count]
    return list(pairwise(borders))


def _is_outside(
    cell: RuledCell, xs: tuple[float, ...], ys: tuple[float, ...], walls: _Walls, points: Sequence[Point]
) -> bool:
    """True for what lies beside a table of ragged outline: open to the outside and without characters."""
    last_row, last_column = len(ys) - 1, len(xs) - 1
    rows = range(cell.row, cell.row + cell.row_span)
    columns = range(cell.column, cell.column + cell.column_span)
    open_side = (
        (cell.column == 0 and not any(walls.left_of(row, 0) for row in rows))
        or (columns.stop == last_column and not any(walls.left_of(row, last_column) for row in rows))
        or (cell.row == 0 and not any(walls.above(0, column) for column in columns))
        or (rows.stop == last_row and not any(walls.above(last_row, column) for column in columns))
    )
    return open_side and not any(cell.area.contains(x, y) for x, y in points)


def _overlap(first: RuledGrid, second: RuledGrid) -> bool:
    one, other = first.area, second.area
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
