"""Tables of a text whose cells are parted by two tabs each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gkdesk.sources.stretch import Stretch

FEWEST_NAMES = 3
"""Names of columns beside each other that show how many tabs part two of them."""

_NAME = re.compile(r"[\u3400-\u9fff]{2}")


def without_doubling(text: str, rows: Sequence[Sequence[Stretch]]) -> Sequence[Sequence[Stretch]]:
    """The rows, as pieces between tabs; without every second piece if these are empty in all rows.

    That they are parts of what separates, and no empty cells, is said by the names of columns: so many of them beside
    each other have one such piece between each two. All rows are equally long: none has lost a cell.
    """
    if len({len(row) for row in rows}) > 1:
        return rows
    filled = [[bool(text[slice(*piece)].strip()) for piece in row] for row in rows]
    doubled = not any(any(row[1::2]) for row in filled) and any(_is_header(text, row[::2]) for row in rows)
    return [row[::2] for row in rows] if doubled else rows


def _is_header(text: str, pieces: Sequence[Stretch]) -> bool:
    named = "".join("x" if _NAME.search(text, *piece) else " " for piece in pieces)
    return "x" * FEWEST_NAMES in named
