"""Slow work off the main thread: tasks run in a pool, and result, progress or failure come back on the main thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from gkdesk.errors import UserError
from gkdesk.workflow.isolated import Here, Runner
from gkdesk.workflow.progress import Cancelled, Progress

T = TypeVar("T")

STOP_WAIT = 5000
"""Milliseconds that closing the program waits for running tasks to notice that they were cancelled."""


@dataclass(eq=False, slots=True)
class Job(Generic[T]):
    """A task on its way. Exactly one of the three callbacks is called at the end, on the main thread."""

    task: Callable[[Progress], T]
    done: Callable[[T], None]
    failed: Callable[[UserError], None]
    cancelled: Callable[[], None]
    progressed: Callable[[int, int], None]
    number: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the task to stop at its next step."""
        self.stop.set()


@dataclass(frozen=True, slots=True)
class _Step:
    number: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    number: int
    value: object = None
    error: BaseException | None = None


class JobRunner(QObject):
    """Runs jobs; long-lived, because it owns the signals on which their results travel.

    Attributes:
        reading: where tasks that read files of others are to run.

    Signals:
        busy_changed: whether any job is on its way.
    """

    busy_changed = Signal(bool)
    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None, threads: int = 2, reading: Runner | None = None) -> None:
        super().__init__(parent)
        self.reading = reading or Here()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._jobs: dict[int, Job[object]] = {}
        self._numbers = count(1)
        self._reported.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        task: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None] = lambda error: None,
        *,
        cancelled: Callable[[], None] = lambda: None,
        progressed: Callable[[int, int], None] = lambda done, total: None,
    ) -> Job[T]:
        """Run ``task`` in the pool. It must not touch anything that belongs to the main thread."""
        job = Job(task, done, failed, cancelled, progressed, next(self._numbers))
        self._jobs[job.number] = job  # type: ignore[assignment]
        self._pool.start(lambda: self._run(job))
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        return job

    def stop(self) -> None:
        """Cancel everything and wait a little; nothing is delivered any more."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()
        self._pool.clear()
        self._pool.waitForDone(STOP_WAIT)
        self.reading.close()

    def _run(self, job: Job[T]) -> None:
        try:
            if job.stop.is_set():
                raise Cancelled
            outcome = _Outcome(job.number, job.task(_Reporter(self, job)))
        except Exception as error:  # noqa: BLE001 - whatever a task raises has to reach the main thread
            outcome = _Outcome(job.number, None, error)
        self._reported.emit(outcome)

    @Slot(object)
    def _deliver(self, report: _Step | _Outcome) -> None:
        job = self._jobs.get(report.number)
        if job is None:
            return
        if isinstance(report, _Step):
            job.progressed(report.done, report.total)
            return
        del self._jobs[report.number]
        _finish(job, report)
        if not self._jobs:
            self.busy_changed.emit(False)


class _Reporter:
    """The ``Progress`` a task sees: passes steps on, and raises ``Cancelled`` once the job was cancelled."""

    def __init__(self, runner: JobRunner, job: Job[T]) -> None:
        self._runner = runner
        self._number = job.number
        self._stop = job.stop

    def step(self, done: int, total: int, what: str = "") -> None:
        if self._stop.is_set():
            raise Cancelled
        self._runner._reported.emit(_Step(self._number, done, total))


def _finish(job: Job[object], outcome: _Outcome) -> None:
    error = outcome.error
    if job.stop.is_set():
        # What became of a cancelled task is of no interest, a failure on the way out included.
        job.cancelled()
    elif error is None:
        job.done(outcome.value)
    elif isinstance(error, UserError):
        job.failed(error)
    else:
        # A bug: the job ends as if cancelled, and the one place that shows bugs gets it with its traceback.
        job.cancelled()
        sys.excepthook(type(error), error, error.__traceback__)
