"""Headings of grids whose merged cells were taken apart, so that their words stand in every slot they covered.

Cells side by side with the same name of a column are the one heading they were; the cells of a row below them are one
too, if no two of them hold different figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gkdesk.model.content import GridCell

Head = tuple[GridCell, int]
"""A header cell, and the number of the column that it names."""


def joined_heads(named: Sequence[Head]) -> list[Head]:
    """The header cells from left to right, those side by side that name the same column as one."""
    found: list[Head] = []
    for cell, number in named:
        last = found[-1] if found else None
        if last is not None and last[1] == number and last[0].column + last[0].column_span == cell.column:
            found[-1] = (replace(last[0], column_span=last[0].column_span + cell.column_span), number)
        else:
            found.append((cell, number))
    return found


def with_repeats_joined(row: Sequence[GridCell], heads: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a row, those below one heading as one where all of them that are filled hold the same.

    A row one of whose cells reaches beyond its heading is left as it is.
    """
    joined = list(row)
    for head in heads:
        end = head.column + head.column_span
        below = [cell for cell in joined if head.column <= cell.column < end]
        filled = [cell for cell in below if cell.text.strip() or cell.doubt]
        same = len({(cell.text.strip(), cell.doubt) for cell in filled}) <= 1
        if len(below) < 2 or not same or sum(cell.column_span for cell in below) != head.column_span:
            continue
        one = replace((filled or below)[0], column=head.column, column_span=head.column_span)
        at = joined.index(below[0])
        joined = [cell for cell in joined if cell not in below]
        joined.insert(at, one)
    return joined
