"""Rows of a text that hold nothing but zeros and blanks, placed by the names of the columns.

No sum tells where the total of such rows stands, and no other row which columns are empty. Programs that keep a layout
draw together what is empty, so that nearness to a name is not enough. But if many rows fill the same columns, one of
them the last, each figure below the very middle of a name, nothing was drawn: a column that stood below the name of the
one beside it would have moved by just the way between both, and the total behind it not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gkdesk.extraction.figures import Figure, Unit
from gkdesk.extraction.tables.columns.text_pages import Middles, middles_of
from gkdesk.model.reading import parse_reading

FEWEST_ROWS = 6
FEWEST_COLUMNS = 4
"""Rows that stand alike, and columns that they fill, at least."""

EXACT = 0.5
"""Columns of text by which a figure may stand beside the middle of its name: half a character."""

BEHIND = 3.0
"""Columns of text by which the last figure may stand right of its name: there is no other column."""

APART = 3.0
"""Columns of text between the middles of two names, at least."""

Cells = tuple[Figure | None, ...]


def rows_of_zeros(found: Sequence[Unit], page: Sequence[int], names: Middles, ruler: int) -> dict[int, Cells]:
    """The cells of the rows of a page that stands below the names, by number; none if any row stands otherwise."""
    if len(page) < FEWEST_ROWS or any(b - a < APART for a, b in pairwise(names)):
        return {}
    if any(parse_reading(figure.text).value for number in page for figure in found[number].figures):
        return {}
    columns = [[_column(middle, names) for middle in middles_of(found[number].figures, ruler)] for number in page]
    own = columns[0]
    if any(row != own for row in columns) or len(own) < FEWEST_COLUMNS or own[-1] != len(names) - 1 or None in own:
        return {}
    at = {column: figure for figure, column in enumerate(own)}
    return {
        number: tuple(found[number].figures[at[column]] if column in at else None for column in range(len(names)))
        for number in page
    }


def _column(middle: float, names: Middles) -> int | None:
    for column, name in enumerate(names):
        if -EXACT <= middle - name <= (BEHIND if column == len(names) - 1 else EXACT):
            return column
    return None
