"""What converters leave of merged cells in a row of text: its figures written several times, or empty pieces behind."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gkdesk.extraction.figures import Figure, Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.spec import BlockSpec

HEADER_LINES = 12
"""Lines before a row within which the header of its block must stand."""


def without_repeats(figures: tuple[Figure, ...], width: int) -> tuple[Figure, ...] | None:
    """A merged cell that a converter wrote once for every column it covered; the places stay unproven."""
    times, rest = divmod(len(figures), width)
    if times < 2 or rest:
        return None
    groups = [figures[start : start + times] for start in range(0, len(figures), times)]
    if any(len({figure.text for figure in group}) > 1 for group in groups):
        return None
    return tuple(group[0] for group in groups)


def is_repeated_alike(block: BlockSpec, lines: Sequence[Strip], index: int, count: int) -> bool:
    """True if the nearest header above repeats the names of the columns just as the row repeats its figures."""
    width = len(block.columns)
    for line in reversed(lines[max(0, index - HEADER_LINES) : index]):
        names = [key(piece.text) for piece in line.pieces][-count:]
        if any(name in wordings(column) for column in block.columns for name in names):
            groups = [names[start : start + count // width] for start in range(0, count, count // width)]
            return len(names) == count and all(
                len(set(group)) == 1 and group[0] in wordings(column)
                for group, column in zip(groups, block.columns, strict=True)
            )
    return False


def spread_heads(block: BlockSpec, lines: Sequence[Strip], index: int) -> list[int] | None:
    """The pieces in which the nearest header of a loose table names the block's columns, if others lie between them.

    None if it names them one beside the other, or not all of them in the order of the form.
    """
    for line in reversed(lines[max(0, index - HEADER_LINES) : index]):
        if line.slots is None or not line.pieces:
            continue
        places = [
            [int(piece.spans[0][0]) for piece in line.pieces if key(piece.text) in wordings(column)]
            for column in block.columns
        ]
        if any(places):
            first = [at[0] if len(at) == 1 else -1 for at in places]
            ordered = first[0] >= 0 and all(left < right for left, right in pairwise(first))
            return first if ordered and first[-1] - first[0] >= len(first) else None
    return None


def below_spread(line: Strip, heads: Sequence[int]) -> tuple[Figure | None, ...] | None:
    """The figures of a row of a loose table by the heads they stand below, each with the empty pieces behind it.

    A merged cell keeps a piece for every column it covered. None if a figure is in front of them, or two below one; and
    if a row of a page ends before the last of them: there a cell goes over several columns, or over the row above, too.
    """
    if line.slots is None or not line.words:
        return None
    words = line.pieces[: len(line.pieces) - len(line.figures)]
    behind = int(words[-1].spans[0][0]) + 1
    if line.page is not None and behind + len(line.slots) <= heads[-1]:
        return None
    cells: list[Figure | None] = [None] * len(heads)
    for place, slot in enumerate(line.slots, start=behind):
        if not slot.text.strip():
            continue
        below = sum(1 for head in heads if head <= place) - 1
        if below < 0 or cells[below] is not None:
            return None
        cells[below] = slot
    return tuple(cells)


def trimmed_slots(slots: tuple[Figure, ...], width: int) -> tuple[Figure, ...] | None:
    """The cells of a loose row, where lost merges left empty pieces behind them."""
    if not any(slot.text.strip() for slot in slots[width:]):
        padded = slots[:width]
        return padded if len(padded) == width else None
    return None
