"""The other reports of a workspace that a report is checked beside: the year before, and the bodies it may cover."""

from __future__ import annotations

import re

from gkdesk.errors import WorkspaceError
from gkdesk.model.context import Context, Neighbour
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
            children=self._loaded([one for one in others if _is_child(one, own)]),
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


def _is_child(report: StoredReport, parent: StoredReport) -> bool:
    """A body of the place whose government's report is the parent, in the same year."""
    government = _GOVERNMENT.fullmatch(parent.organization or "")
    name = report.organization or ""
    if government is None or report.year != parent.year or name == parent.organization:
        return False
    return name.startswith(government.group(1))
