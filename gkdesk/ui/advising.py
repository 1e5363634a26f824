"""Has every report on the desk diagnosed in the background, and gives the workbench what was found."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from gkdesk.ui.jobs import Job, JobRunner
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow.diagnosing import Case, Diagnosis, case_of, diagnose
from gkdesk.workflow.progress import Progress


class Advisor(QObject):
    """Starts a diagnosis whenever other findings stand; one that is overtaken by an edit is dropped."""

    def __init__(self, workbench: Workbench, jobs: JobRunner) -> None:
        super().__init__(workbench)
        self._workbench, self._jobs = workbench, jobs
        self._job: Job[Diagnosis] | None = None
        workbench.checked.connect(self._begin)
        workbench.closed.connect(self._stop)

    def _begin(self) -> None:
        self._stop()
        opened = self._workbench.review
        if opened is None:
            return
        case = case_of(opened.review, opened.spec, opened.findings, opened.context)
        self._job = self._jobs.start(partial(_diagnosed, case), partial(self._finish, case))

    def _finish(self, case: Case, diagnosis: Diagnosis) -> None:
        self._job = None
        self._workbench.take_diagnosis(case, diagnosis)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None


def _diagnosed(case: Case, progress: Progress) -> Diagnosis:
    return diagnose(case)
