"""The rows of a table as a report may print them, and which of these ways suits the runs of figures best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gkdesk.extraction.figures import Unit
from gkdesk.extraction.labels import coverage, key
from gkdesk.extraction.tables.align import NEAR, SURE, Alignment, RowLabel, align
from gkdesk.model.spec import AlternativeSpec, RowSpec, TableSpec

LONG_LABEL = 8
"""Spoken characters of a label that stands nowhere by chance."""

NUMBERED_LABEL = 6
"""Spoken characters of a label that stands nowhere by chance with the number before it: ``1.逾期不补正``."""


BEGUN_LABEL = 5
"""The first characters of a label, its number among them, by which it is known however it is broken."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The rows a report may print: those of the form, or with an alternative row in the place of others."""

    rows: tuple[RowSpec, ...]
    labels: tuple[RowLabel, ...]


def row_label(row: RowSpec) -> RowLabel:
    """The row as the alignment sees it."""
    return RowLabel(row.id, (key(row.label[-1]), *(key(text) for text in row.synonyms)))


def printed_rows(table: TableSpec) -> Iterator[tuple[RowSpec, ...]]:
    """The rows a report may print: those of the form, or with an alternative row in the place of others."""
    rows = table.blocks[0].rows
    yield rows
    for alternative in table.alternatives:
        yield _with_alternative(rows, alternative)


def variants(table: TableSpec) -> Iterator[Variant]:
    """The rows a report may print, with their labels; first those of the form."""
    for rows in printed_rows(table):
        yield Variant(rows, tuple(row_label(row) for row in rows))


def _with_alternative(rows: tuple[RowSpec, ...], alternative: AlternativeSpec) -> tuple[RowSpec, ...]:
    kept = [row for row in rows if row.id not in alternative.replaces]
    first = next(index for index, row in enumerate(rows) if row.id in alternative.replaces)
    kept.insert(first, alternative.row)
    return tuple(kept)


def best_alignment(table: TableSpec, found: list[Unit]) -> tuple[Alignment, Variant]:
    """The rows of the runs, by the printed rows that suit them best; none that lack a row whose label is printed."""
    known = [alternative for alternative in table.alternatives if _are_printed(table, alternative, found)]
    left_out = {alternative.row.id for alternative in known}
    only = {alternative.row.id for alternative in table.alternatives if _is_printed_alone(table, alternative, found)}
    possible = [
        variant
        for variant in variants(table)
        if not left_out & (ids := {row.id for row in variant.rows}) and only <= ids
    ]
    tried = [(align(found, variant.labels), variant) for variant in possible]
    return max(tried, key=lambda pair: pair[0].score)


def _are_printed(table: TableSpec, alternative: AlternativeSpec, found: list[Unit]) -> bool:
    """True if a long label of the rows that an alternative would replace stands among the words.

    In a narrow column it is broken around its figures, with characters of the label of its group between its own. Rows
    without figures may stand above another one of them: their labels are then among the words before its figures.
    """
    replaced = (row for row in table.blocks[0].rows if row.id in alternative.replaces)
    names = [name for row in replaced for name in row_label(row).wordings if len(name) >= NUMBERED_LABEL]
    return any(_is_printed(name, unit) for unit in found for name in names)


def _is_printed_alone(table: TableSpec, alternative: AlternativeSpec, found: list[Unit]) -> bool:
    """True if the label of an alternative stands before that of the next row and those it replaces do not.

    However the labels of these are broken, the beginning of one stands somewhere.
    """
    rows = table.blocks[0].rows
    last = max(number for number, row in enumerate(rows) if row.id in alternative.replaces)
    both = row_label(alternative.row).wordings[0] + row_label(rows[last + 1]).wordings[0]
    words = "".join(unit.before for unit in found) + (found[-1].after if found else "")
    if both not in words:
        return False
    replaced = (row for row in rows if row.id in alternative.replaces)
    names = (name for row in replaced for name in row_label(row).wordings if len(name) >= NUMBERED_LABEL)
    return not any(name[1:BEGUN_LABEL] in words for name in names)


def _is_printed(name: str, unit: Unit) -> bool:
    """True if a label stands whole before a run of figures, or most of it around them, of a shorter one all of it."""
    if name in unit.before:
        return True
    reach = len(name) + NEAR
    least = SURE if len(name) >= LONG_LABEL else 1.0
    return bool(unit.after) and coverage(name, unit.before[-reach:] + unit.after[:reach]) >= least
