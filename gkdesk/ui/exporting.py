"""Writes the official workbook of the open report, after asking where to."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gkdesk import paths
from gkdesk.errors import UserError
from gkdesk.model.context import Context
from gkdesk.model.review import AuditLine, Review
from gkdesk.ui.jobs import JobRunner
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow import tasks
from gkdesk.workflow.diagnosing import Case, case_of, diagnose
from gkdesk.workflow.problems import problem_list
from gkdesk.workflow.progress import Progress

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')

AskPath = Callable[[Path], Path | None]
"""Asks where to write, given a suggestion; None if the user gave up."""


class Exporter(QObject):
    """Exports the open report.

    Signals:
        started: the workbook is being written.
        exported: the path of the workbook that was written.
        failed: a ``UserError`` that says why it was not.
    """

    started = Signal()
    exported = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        workbench: Workbench,
        jobs: JobRunner,
        ask_path: AskPath,
        ask_problems_path: AskPath,
        fallback: Callable[[], Path],
    ) -> None:
        super().__init__(workbench)
        self._workbench, self._jobs, self._fallback = workbench, jobs, fallback
        self._ask_path, self._ask_problems_path = ask_path, ask_problems_path

    def export(self) -> None:
        """Ask for a path and write the workbook there in the background."""
        opened = self._workbench.review
        if opened is None:
            return
        name = self._suggestion(opened.review, self.tr("{body}{year}年报"))
        path = self._ask_path(self._folder(opened.report_id) / f"{name}.xlsx")
        if path is None:
            return
        if path.suffix.lower() != ".xlsx":
            path = path.with_name(f"{path.name}.xlsx")
        # The job gets a copy of its own: typing may go on while it writes.
        review = replace(opened.review, form=opened.review.form.copy())
        self.started.emit()
        task = partial(_export, review, path, tuple(opened.audit_lines()), opened.context)
        self._jobs.start(task, self.exported.emit, self._fail)

    def export_problems(self) -> None:
        """Ask for a path and write the list for the reporting body there in the background."""
        opened = self._workbench.review
        if opened is None:
            return
        name = self._suggestion(opened.review, self.tr("{body}{year}年报整改清单"))
        path = self._ask_problems_path(self._folder(opened.report_id) / f"{name}.docx")
        if path is None:
            return
        case = case_of(opened.review, opened.spec, opened.findings, opened.context)
        self.started.emit()
        self._jobs.start(partial(_export_problems, case, path), self.exported.emit, self._fail)

    def _folder(self, report_id: int) -> Path:
        """Beside the report; elsewhere if that cannot be written to, or is the program's own folder of samples."""
        folder = self._workbench.folder_of(report_id)
        if folder is None or not os.access(folder, os.W_OK) or folder.is_relative_to(paths.resources()):
            return self._fallback()
        return folder

    def _fail(self, error: UserError) -> None:
        self.failed.emit(error)

    def _suggestion(self, review: Review, pattern: str) -> str:
        extracted = review.extracted
        if not extracted.organization:
            return Path(review.source_name).stem
        return _FORBIDDEN.sub("_", pattern.format(body=extracted.organization, year=extracted.year or ""))


def _export(review: Review, path: Path, journal: tuple[AuditLine, ...], context: Context, progress: Progress) -> Path:
    return tasks.export_workbook(review, path, journal, context=context)


def _export_problems(case: Case, path: Path, progress: Progress) -> Path:
    listed = problem_list(case.review, case.spec, diagnose(case).findings)
    return tasks.export_problems(listed, path)
