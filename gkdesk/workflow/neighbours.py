"""The other reports that a report is checked beside: the year before, and the bodies it may cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from gkdesk.errors import WorkspaceError
from gkdesk.model.context import ALONE, Context, Neighbour
from gkdesk.model.review import Review
from gkdesk.store.workspace import StoredReport, Workspace

_GOVERNMENT = re.compile(r"(.{2,}?[省市县区旗州盟乡镇])(?:人民)?政府")
"""A body whose report may cover those of others, and the place its children's names begin with."""


class Neighbours:
    """Finds the reports beside a report, by name and year, in an open workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def context_of(self, report_id: int) -> Context:
        """What a report is checked beside; raises ``WorkspaceError``. A neighbour that is damaged is left out."""
        reports = self._workspace.reports()
        own = next((report for report in reports if report.id == report_id), None)
        if own is None or own.organization is None or own.year is None:
            return Context()
        others = [report for report in reports if report.id != report_id and report.edition is not None]
        before = [one for one in others if (one.organization, one.year) == (own.organization, own.year - 1)]
        return Context(
            last_year=next(iter(self._loaded(before)), None),
            children=self._loaded(_children(others, own)),
        )

    def _loaded(self, reports: list[StoredReport]) -> tuple[Neighbour, ...]:
        found = []
        for report in reports:
            try:
                review = self._workspace.load(report.id).review
            except WorkspaceError:
                continue
            found.append(Neighbour(report.organization or "", report.year or 0, review.form))
        return tuple(found)


def contexts_among(reviews: Sequence[Review]) -> list[Context]:
    """What each of some reports that were read together is checked beside: the others, in the order given."""
    named = [_Report(one.extracted.organization, one.extracted.year, one) for one in reviews]
    with_form = [one for one in named if one.review.extracted.edition is not None]
    by_name = {(one.organization, one.year): one for one in reversed(with_form)}
    found = []
    for own in named:
        if own.organization is None or own.year is None:
            found.append(ALONE)
            continue
        before = by_name.get((own.organization, own.year - 1))
        found.append(
            Context(
                last_year=None if before is None else before.neighbour(),
                children=tuple(one.neighbour() for one in _children(with_form, own)),
            )
        )
    return found


class _Named(Protocol):
    @property
    def organization(self) -> str | None: ...
    @property
    def year(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class _Report:
    organization: str | None
    year: int | None
    review: Review

    def neighbour(self) -> Neighbour:
        return Neighbour(self.organization or "", self.year or 0, self.review.form)


_Any = TypeVar("_Any", bound=_Named)


def _children(reports: Sequence[_Any], parent: _Named) -> list[_Any]:
    """The bodies of the place whose government's report is the parent, in the same year.

    A body of a district whose government reports itself is in that report already and is not counted twice.
    """
    place = _place_of(parent)
    if place is None:
        return []
    below = [one for one in reports if _is_of(one, place) and one.year == parent.year]
    below = [one for one in below if one.organization != parent.organization]
    lower = {found for one in below if (found := _place_of(one)) is not None and found != place}
    return [one for one in below if not any(_is_of(one, found) and _place_of(one) != found for found in lower)]


def _place_of(report: _Named) -> str | None:
    """``某某市`` of 某某市人民政府; None of a body that is no government."""
    government = _GOVERNMENT.fullmatch(report.organization or "")
    return None if government is None else government.group(1)


def _is_of(report: _Named, place: str) -> bool:
    return (report.organization or "").startswith(place)
