"""How wide the columns and how high the rows of a printed table are on the screen. Numbers only, no widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import ceil

from gkdesk.ui.models.form_layout import Slot, SlotKind, TableLayout

TextHeight = Callable[[Slot, int], int]
"""Height of a slot's text wrapped to a width, padding included; pixels."""


Advance = Callable[[str], float]
"""Width of a text in one line, pixels."""

_BREAKS_AFTER = "）"


def fitted_text(text: str, room: float, advance: Advance) -> str:
    """``text`` with line breaks where the eye expects them, if it does not fit into ``room`` in one line.

    Without blanks to break at, a header would otherwise leave one character alone on its last line.
    """
    if advance(text) <= room:
        return text
    head, mark, tail = text.partition(_BREAKS_AFTER)
    if mark and head.startswith("（") and tail and max(advance(head + mark), advance(tail)) <= room:
        return f"{head}{mark}\n{tail}"
    lines = ceil(advance(text) / room)
    length = ceil(len(text) / lines)
    if length % 2 and advance(text[: length + 1]) <= room:
        length += 1
    return "\n".join(text[start : start + length] for start in range(0, len(text), length))


def column_widths(widths: Sequence[float], available: int) -> list[int]:
    """``available`` pixels shared out by the printed widths; they add up to it exactly."""
    total = sum(widths)
    edges = [round(available * sum(widths[:number]) / total) for number in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(edges)]


def row_heights(layout: TableLayout, columns: Sequence[int], least: int, text_height: TextHeight) -> list[int]:
    """Heights that hold every text: single rows first, then what a merged range needs beyond goes to its last row."""
    heights = [0 if row in layout.hidden_rows else least for row in range(layout.row_count)]
    texts = [slot for slot in layout.slots if slot.kind is not SlotKind.VALUE]
    for slot in sorted(texts, key=lambda slot: slot.span.bottom - slot.span.top):
        span = slot.span
        needed = text_height(slot, sum(columns[span.left : span.right + 1]))
        lacking = needed - sum(heights[span.top : span.bottom + 1])
        if lacking > 0:
            last = max(row for row in range(span.top, span.bottom + 1) if row not in layout.hidden_rows)
            heights[last] += lacking
    return heights
