"""Joins source and form: brings the source of the open report to its view, and keeps place and cell together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gkdesk.errors import UserError
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Content
from gkdesk.ui import wording
from gkdesk.ui.focus import Focus
from gkdesk.ui.intake import ASKS_PASSWORD, AskPassword
from gkdesk.ui.jobs import Job, JobRunner
from gkdesk.ui.views.source_view import SourceView
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow import drawing, tasks
from gkdesk.workflow.isolated import Runner
from gkdesk.workflow.open_review import OpenReview
from gkdesk.workflow.progress import Progress

if TYPE_CHECKING:
    from gkdesk.workflow.tasks import Pages


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """A source ready for the eye: as read (None for an exported workbook), and its pages if it has any."""

    content: Content | None
    pages: Pages | None


class SourceLink(QObject):
    """Shows the source of the open report and answers to the focus.

    Signals:
        cell_picked: the user pointed at the place of this cell in the source.
    """

    cell_picked = Signal(object)

    def __init__(
        self, workbench: Workbench, focus: Focus, jobs: JobRunner, view: SourceView, ask_password: AskPassword
    ) -> None:
        super().__init__(workbench)
        self._workbench, self._focus, self._jobs, self._view = workbench, focus, jobs, view
        self._ask_password = ask_password
        self._job: Job[LoadedSource] | None = None
        self._pages: Pages | None = None
        workbench.opened.connect(self._load)
        workbench.closed.connect(self._clear)
        focus.cell_changed.connect(self._show_cell)
        view.cell_clicked.connect(self._pick)

    def close(self) -> None:
        """Let go of the pages; the program is about to end."""
        self._clear()

    def _load(self, review: OpenReview) -> None:
        self._clear()
        self._view.show_message(self.tr("正在打开原文…"))
        password = self._workbench.passwords.get(review.report_id)
        desk, known = self._workbench.desk, self._workbench.content
        source = partial(desk.source, review.report_id)
        kept = partial(desk.content, review.report_id) if known is None else lambda: known
        load = partial(_load_source, self._jobs.reading, source, kept, password)
        self._job = self._jobs.start(load, partial(self._show, review), partial(self._fail, review))

    def _clear(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._view.clear()
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def _show(self, review: OpenReview, loaded: LoadedSource) -> None:
        self._job = None
        if review is not self._workbench.review:
            if loaded.pages is not None:
                loaded.pages.close()
            return
        self._pages = loaded.pages
        if loaded.content is None:
            self._view.show_message(self.tr("这是从本程序导出的工作簿，没有原文可以对照。"))
            return
        self._view.show_content(loaded.content, loaded.pages)
        self._view.set_targets({cell.ref: cell.place for cell in review.review.form if cell.place is not None})
        self._show_cell(self._focus.cell)

    def _fail(self, review: OpenReview, error: UserError) -> None:
        self._job = None
        if review is not self._workbench.review:
            return
        if error.code in ASKS_PASSWORD:
            name = review.review.source_name
            password = self._ask_password(name, error.code == "source.wrong-password")
            if password is not None:
                self._workbench.passwords[review.report_id] = password
                self._load(review)
                return
        self._view.show_message(wording.error_sentence(error))

    def _show_cell(self, ref: CellRef | None) -> None:
        review = self._workbench.review
        if review is None or ref is None:
            self._view.highlight(())
            return
        form = review.review.form
        place = form[ref].place
        if place is None:
            # A cell that was not found has no place, but its row does: there the clerk looks for its figure.
            row = [cell.place for cell in form if (cell.ref.table, cell.ref.row) == (ref.table, ref.row)]
            self._view.surround([beside for beside in row if beside is not None])
            return
        others = [form[other].place for other in self._focus.companions]
        self._view.highlight([place, *(other for other in others if other is not None)])

    def _pick(self, ref: CellRef) -> None:
        self._focus.show_cell(ref)
        self.cell_picked.emit(ref)


def _load_source(
    reading: Runner,
    source: Callable[[], bytes],
    kept: Callable[[], Content | None],
    password: str | None,
    progress: Progress,
) -> LoadedSource:
    data, content = source(), kept()
    if content is None:
        content = reading.run(tasks.read_content, data, password, progress=progress)
    if content is None or not content.pages:
        return LoadedSource(content, None)
    return LoadedSource(content, drawing.open_pages(reading, data, password))
