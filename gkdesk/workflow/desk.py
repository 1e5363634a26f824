"""The desk: the open workspace and the reports on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self
from weakref import WeakValueDictionary

from gkdesk import __version__, paths
from gkdesk.errors import WorkspaceError
from gkdesk.model.content import Content
from gkdesk.store.workspace import Standing, StoredReport, Workspace
from gkdesk.workflow.checking import find, spec_of, standing
from gkdesk.workflow.neighbours import Neighbours
from gkdesk.workflow.open_review import OpenReview
from gkdesk.workflow.tasks import ReadReport, takes_long_to_read_again

DEFAULT_NAME = "workspace.gkdesk"


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report in the list of the workspace.

    Attributes:
        errors, warnings: how many findings of that severity stand now.
        changed: how many cells a reviewer decided about.
        damaged: what is kept of the report cannot be read; it cannot be opened.
    """

    id: int
    source_name: str
    organization: str | None
    year: int | None
    kind: str
    edition: str | None
    errors: int
    warnings: int
    changed: int
    damaged: bool = False


class Desk:
    """An open workspace. Everything raises :class:`WorkspaceError`; the file is locked until :meth:`close`."""

    def __init__(self, workspace: Workspace) -> None:
        self.path = workspace.path
        self._workspace = workspace
        self._neighbours = Neighbours(workspace)
        self._reviews: WeakValueDictionary[int, OpenReview] = WeakValueDictionary()

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """Open the workspace at ``path``, made if absent; None: the user's own one."""
        return cls(Workspace.open(path or paths.user_data() / DEFAULT_NAME))

    def close(self) -> None:
        """Release the file; everything is kept already."""
        self._workspace.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def entries(self) -> list[ReportEntry]:
        """The reports of the workspace, in the order in which they were added."""
        stored = self._workspace.reports()
        stale = [report for report in stored if report.standing.counted_by != __version__]
        counted = {report.id: self._count(report.id) for report in stale}
        self._workspace.note_standing([(report_id, found) for report_id, found in counted.items() if found is not None])
        return [_entry(report, counted.get(report.id, report.standing)) for report in stored]

    def add(self, read: ReadReport) -> OpenReview:
        """Keep a report; a source that is here already gives the stored review, with its edits."""
        counts = standing(read.findings, read.review.form, read.review.decisions)
        content = read.content if takes_long_to_read_again(read) else None
        opened = self.open_report(self._workspace.add(read.review, read.source, counts, content))
        opened.note_second(read.context.second, read.context.second)
        return opened

    def open_report(self, report_id: int) -> OpenReview:
        """A report of the workspace; the same object as long as somebody holds it."""
        found = self._reviews.get(report_id)
        if found is None:
            stored = self._workspace.load(report_id)
            found = OpenReview(self._workspace, report_id, stored, self._neighbours.context_of(report_id))
            self._reviews[report_id] = found
        return found

    def source(self, report_id: int) -> bytes:
        """The bytes of a report's source, as they were read."""
        return self._workspace.source(report_id)

    def content(self, report_id: int) -> Content | None:
        """A report's source as it was read, if that was kept because reading it again would take long."""
        return self._workspace.content(report_id)

    def remove(self, report_id: int) -> None:
        """Take a report out of the workspace for good, with its edits."""
        self._workspace.remove(report_id)
        self._reviews.pop(report_id, None)

    def _count(self, report_id: int) -> Standing | None:
        try:
            review = self._workspace.load(report_id).review
            context = self._neighbours.context_of(report_id)
            return standing(find(review, spec_of(review), context=context), review.form, review.decisions)
        except WorkspaceError:
            return None


def _entry(report: StoredReport, counts: Standing | None) -> ReportEntry:
    shown = counts or Standing()
    return ReportEntry(
        report.id,
        report.source_name,
        report.organization,
        report.year,
        report.kind,
        report.edition,
        shown.errors,
        shown.warnings,
        shown.changed,
        damaged=counts is None,
    )
