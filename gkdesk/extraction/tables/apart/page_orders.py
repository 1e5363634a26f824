"""The ways in which a program may go through the figures of a table on one page, and which of them the totals favour.

A column is gone through from above to below. Columns side by side may be gone through together, block of rows after
block of rows; with blocks of one row each this is a table read row by row. The total is sometimes gone through before
other columns. Which columns and which blocks is found by a search for the cheapest way (Dijkstra
1959) from the first row to the last, where a row whose total is wrong is dear and a block is cheap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from gkdesk.model.reading import Number

Row = tuple[int, ...]
"""Per column, which of the figures stands there."""

BROKEN_PRICE = 4
"""What a row whose total is wrong costs, in blocks."""

MOST_BROKEN = 4
"""Rows of a page whose total may be wrong in print."""

MOST_STEPS = 20000
"""Steps of a search; the right way is cheap, so a longer search has missed it."""

MOST_TOGETHER = 2
"""Groups of columns on a page that are gone through together."""


@dataclass(frozen=True, slots=True)
class PageOrder:
    """A way of going through a page: the figures of each row, how many totals it breaks, and its price.

    ``total_last`` says if the columns may stand in their own order; if not, those of the applicants may be any.
    """

    rows: tuple[Row, ...]
    broken: int
    price: int
    total_last: bool = True


@dataclass(frozen=True, slots=True)
class _Plan:
    """The columns in the order of the text, and the groups of them that are gone through together: first and size."""

    columns: Row
    groups: tuple[tuple[int, int], ...]


class _Rows(NamedTuple):
    """The rows found so far, the last one first: thousands of searched ways share those they begin with."""

    last: Row
    before: _Rows | None


class _State(NamedTuple):
    """How far a way has come; ``blocks`` are, per group, the first row of its last block and the row behind it.

    ``offsets``: what is to be added to a row's number for its figure in each column, while the blocks last.
    """

    plan: _Plan
    blocks: tuple[tuple[int, int], ...]
    price: int
    broken: int = 0
    done: int = 0
    rows: _Rows | None = None
    offsets: Row | None = None


def page_orders(values: Sequence[Number], width: int) -> Iterator[PageOrder]:
    """The ways of going through the figures of a page, the cheapest first, as far as the search gets.

    Ways dearer than the first one and a wrong total are left out.

    Args:
        values: the figures in the order of the text, a multiple of ``width``.
        width: how many columns the table has; the last one holds the total of the others.
    """
    height = len(values) // width
    ticket = count()
    heap: list[tuple[int, int, int, _State]] = []
    for plan in _plans(width):
        state = _State(plan, ((0, 0),) * len(plan.groups), len(plan.groups) + _is_moved(plan))
        heappush(heap, (state.price, 0, next(ticket), state))
    seen: set[tuple[object, ...]] = set()
    dearest: int | None = None
    for _ in range(MOST_STEPS):
        if not heap:
            return
        state = heappop(heap)[3]
        if dearest is not None and state.price > dearest:
            return
        place = (state.plan, state.blocks, state.done)
        if place in seen:
            continue
        seen.add(place)
        if state.done == height:
            dearest = state.price + BROKEN_PRICE if dearest is None else dearest
            yield PageOrder(_in_order(state.rows), state.broken, state.price, not _is_moved(state.plan))
            continue
        for following in _steps(state, values, height):
            heappush(heap, (following.price, -following.done, next(ticket), following))


def rows_of_columns(count_of_figures: int, width: int) -> tuple[Row, ...]:
    """A page read column after column."""
    height = count_of_figures // width
    return tuple(tuple(column * height + row for column in range(width)) for row in range(height))


def rows_of_lines(count_of_figures: int, width: int) -> tuple[Row, ...]:
    """A page read row after row."""
    return tuple(tuple(range(first, first + width)) for first in range(0, count_of_figures, width))


def _plans(width: int) -> Iterator[_Plan]:
    straight = tuple(range(width))
    for groups in _groups(0, width):
        if len(groups) <= MOST_TOGETHER:
            yield _Plan(straight, groups)
    for place in range(width - 2):
        yield _Plan((*straight[:place], width - 1, *straight[place:-1]), ())
    swapped = (*straight[:-2], width - 1, width - 2)
    for groups in _groups(0, width - 2):
        if len(groups) < MOST_TOGETHER:
            yield _Plan(swapped, groups)


def _is_moved(plan: _Plan) -> bool:
    return plan.columns[-1] != len(plan.columns) - 1


def _groups(first: int, width: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """All ways of joining neighbours among the columns from ``first`` on; columns alone are left out."""
    if first >= width:
        yield ()
        return
    for size in range(1, width - first + 1):
        for rest in _groups(first + size, width):
            yield rest if size == 1 else ((first, size), *rest)


def _in_order(rows: _Rows | None) -> tuple[Row, ...]:
    found: list[Row] = []
    while rows is not None:
        found.append(rows.last)
        rows = rows.before
    return tuple(reversed(found))


def _steps(state: _State, values: Sequence[Number], height: int) -> Iterator[_State]:
    """A new block for a group that has none for the next row; else that row."""
    row = state.done
    for number, (first, last) in enumerate(state.blocks):
        if last == row:
            for size in range(1, height - row + 1):
                price = 0 if size == 1 and last - first == 1 else 1
                blocks = (*state.blocks[:number], (row, row + size), *state.blocks[number + 1 :])
                yield _State(state.plan, blocks, state.price + price, state.broken, row, state.rows)
            return
    offsets = state.offsets or _offsets(state, height)
    found = tuple([offset + row for offset in offsets])
    *parts, total = [values[at] for at in found]
    broken = sum(parts) != total
    if state.broken + broken > MOST_BROKEN:
        return
    price = state.price + BROKEN_PRICE * broken
    yield _State(state.plan, state.blocks, price, state.broken + broken, row + 1, _Rows(found, state.rows), offsets)


def _offsets(state: _State, height: int) -> Row:
    columns = state.plan.columns
    offsets = [0] * len(columns)
    for place, column in enumerate(columns):
        offsets[column] = place * height
    for (group, size), (first, last) in zip(state.plan.groups, state.blocks, strict=True):
        for inside in range(size):
            start = group * height + first * size
            offsets[columns[group + inside]] = start + inside * (last - first) - first
    return tuple(offsets)
