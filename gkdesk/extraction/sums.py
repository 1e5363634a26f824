"""Whether a row of figures adds up as the form says: its last one is the sum of those before."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.model.reading import parse_reading

FULL = {7: 7, 15: 5}
"""Figures of a full row of the tables with totals, and of the part of it that one total closes."""


def closes(figures: Sequence[str]) -> bool:
    """True if each total of a full row is the sum of the figures before it, blanks counted as nothing."""
    values = [parse_reading(figure).value or 0 for figure in figures]
    width = FULL.get(len(values), len(values))
    blocks = [values[start : start + width] for start in range(0, len(values), width)]
    return all(sum(block[:-1]) == block[-1] for block in blocks)
