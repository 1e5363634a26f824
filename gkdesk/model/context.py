"""What a report is checked beside: other reports of the workspace, and second readings of single figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gkdesk.model.cellref import CellRef
from gkdesk.model.form import FilledForm
from gkdesk.model.reading import Number


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another report: whose, of which year, and its figures under the edition of its form."""

    organization: str
    year: int
    form: FilledForm


@dataclass(frozen=True, slots=True)
class Context:
    """Everything beside the report itself that a rule or a proposal may draw on.

    Attributes:
        last_year: the report of the same body for the year before.
        children: reports of the same year of bodies that this body's report may cover.
        second: what a second look at the place of a cell in the source gave.
    """

    last_year: Neighbour | None = None
    children: tuple[Neighbour, ...] = ()
    second: Mapping[CellRef, Number] = field(default_factory=dict)


ALONE = Context()
"""A report with nothing beside it."""
