"""Has every report on the desk diagnosed in the background, and gives the workbench what was found.

Of a scan the cells under suspicion are recognised once more, in a process of its own; then it is diagnosed again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from gkdesk.errors import UserError
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Number
from gkdesk.ui.jobs import Job, JobRunner
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow.diagnosing import Case, Diagnosis, case_of, diagnose
from gkdesk.workflow.isolated import Runner
from gkdesk.workflow.open_review import OpenReview
from gkdesk.workflow.progress import Progress
from gkdesk.workflow.second_reading import Suspect, look_again

Suspects = tuple[Suspect, ...]


class Advisor(QObject):
    """Starts a diagnosis whenever other findings stand; one that is overtaken by an edit is dropped."""

    def __init__(self, workbench: Workbench, jobs: JobRunner) -> None:
        super().__init__(workbench)
        self._workbench, self._jobs = workbench, jobs
        self._job: Job[Diagnosis] | None = None
        self._look: Job[dict[CellRef, Number]] | None = None
        self._looked_at: OpenReview | None = None
        workbench.checked.connect(self._begin)
        workbench.closed.connect(self._stop)

    def _begin(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        opened = self._workbench.review
        if opened is not self._looked_at:
            self._stop_looking()
        if opened is None:
            return
        case = case_of(opened.review, opened.spec, opened.findings, opened.context)
        self._job = self._jobs.start(partial(_diagnosed, case), partial(self._finish, case))

    def _finish(self, case: Case, diagnosis: Diagnosis) -> None:
        self._job = None
        self._workbench.take_diagnosis(case, diagnosis)
        opened = self._workbench.review
        if opened is None or self._look is not None or opened.findings is not diagnosis.findings:
            return
        suspects = opened.suspects()
        if suspects:
            source = partial(self._workbench.desk.source, opened.report_id)
            password = self._workbench.passwords.get(opened.report_id)
            look = partial(_look_again, self._jobs.reading, source, suspects, password)
            self._looked_at = opened
            self._look = self._jobs.start(
                look, partial(self._weigh, opened, suspects), partial(self._give_up, suspects)
            )

    def _weigh(self, opened: OpenReview, suspects: Suspects, found: dict[CellRef, Number]) -> None:
        self._stop_looking()
        if opened.note_second((suspect.ref for suspect in suspects), found) and opened is self._workbench.review:
            self._begin()

    def _give_up(self, suspects: Suspects, error: UserError) -> None:
        """A source that cannot be looked at again says nothing; that it cannot be read, others tell."""
        if self._looked_at is not None:
            self._looked_at.note_second((suspect.ref for suspect in suspects), {})
        self._stop_looking()

    def _stop_looking(self) -> None:
        if self._look is not None:
            self._look.cancel()
        self._look = self._looked_at = None

    def _stop(self) -> None:
        self._stop_looking()
        if self._job is not None:
            self._job.cancel()
            self._job = None


def _diagnosed(case: Case, progress: Progress) -> Diagnosis:
    return diagnose(case)


def _look_again(
    reading: Runner, source: Callable[[], bytes], suspects: Suspects, password: str | None, progress: Progress
) -> dict[CellRef, Number]:
    return reading.run(look_again, source(), suspects, password, progress=progress)
