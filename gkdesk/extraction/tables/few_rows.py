"""A table most rows of which are blank: the few filled ones are enough if nothing about them is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gkdesk.extraction.figures import Strip, Unit
from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.align import Alignment, Match
from gkdesk.extraction.tables.columns.likely_row import doubted
from gkdesk.extraction.tables.printed_rows import Variant
from gkdesk.model.reading import parse_reading

FEWEST_WHOLE = 2
"""Rows that are enough; one that adds up to more than nothing is enough by itself."""

TOLD_TWICE = 10
"""A figure so large does not stand in a row twice by chance."""


def sure_rows(
    found: Sequence[Unit], alignment: Alignment, variant: Variant, lines: Sequence[Strip], width: int
) -> Alignment | None:
    """The rows with all their figures, each behind the whole label of its own and of no other; None if too few.

    Those count, too, that have their figures below the names of columns and end in their sum: see
    :func:`in_doubt_if_placed`.

    Rows that are blank leave their labels before the next figures: then the figures must stand on the line of their
    label, or they may be those of a row above, and the row is not proven.
    """
    full = [match for match in alignment.matches if _has_all(found[match.unit], match, width)]
    kept = [match for match in full if _is_behind_its_label(found[match.unit], match, variant, lines)]
    likely = (
        replace(match, proven=match in kept)
        for match in full
        if match in kept or found[match.unit].before.endswith(variant.labels[match.row].wordings)
    )
    enough = len(kept) >= FEWEST_WHOLE or any(_adds_up(found[match.unit]) for match in kept)
    return replace(alignment, matches=tuple(likely)) if enough else None


def in_doubt_if_placed(found: Sequence[Unit], width: int) -> list[Unit]:
    """The runs of so few rows, in doubt where only the names above tell the columns: no full row agrees with them."""
    return [
        replace(unit, cells=doubted(unit.cells)) if unit.cells and len(unit.figures) != width else unit
        for unit in found
    ]


def _has_all(unit: Unit, match: Match, width: int) -> bool:
    if not match.proven or match.likeness < 1.0 or len(unit.cells or ()) != width:
        return False
    return len(unit.figures) == width or _closes(unit)


def _closes(unit: Unit) -> bool:
    values = [parse_reading(cell.text).value or 0 if cell is not None else 0 for cell in unit.cells or ()]
    return sum(values[:-1]) == values[-1] != 0


def _is_behind_its_label(unit: Unit, match: Match, variant: Variant, lines: Sequence[Strip]) -> bool:
    own = variant.labels[match.row].wordings
    on_line = all(a.spans and b.spans and a.spans[0] < b.spans[0] for a, b in pairwise(unit.figures))
    if on_line and len(lines[unit.line].figures) == len(unit.figures) and key(lines[unit.line].words).endswith(own):
        return True
    before = next((unit.before[: -len(name)] for name in own if unit.before.endswith(name)), None)
    return before is not None and not any(name in before for label in variant.labels for name in label.wordings)


def _adds_up(unit: Unit) -> bool:
    """True if the last figure is the sum of the others by more than one that stands there twice."""
    values = [parse_reading(figure.text).value or 0 for figure in unit.figures]
    told = values[-1] >= TOLD_TWICE or sum(value != 0 for value in values[:-1]) > 1
    return sum(values[:-1]) == values[-1] != 0 and told
