"""Files on their way into the workspace: each is read in the background, kept, and shown if it was asked for alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gkdesk.errors import UserError
from gkdesk.ui import wording
from gkdesk.ui.jobs import Job, JobRunner
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow import tasks
from gkdesk.workflow.collection import Source, files_in, inside
from gkdesk.workflow.isolated import Runner
from gkdesk.workflow.progress import Progress
from gkdesk.workflow.tasks import ReadReport

ASKS_PASSWORD = frozenset({"source.encrypted", "source.wrong-password"})
"""Errors that a password may cure."""

AskPassword = Callable[[str, bool], str | None]
"""Asks for the password of a file name (and says if the last one was wrong); None if the user gave up."""


class ArrivalState(Enum):
    """How far a file is."""

    WAITING = auto()
    READING = auto()
    FAILED = auto()


@dataclass(eq=False, slots=True)
class Arrival:
    """A source that is waiting, being read, or could not be read (``sentence`` says why)."""

    source: Source
    is_to_be_shown: bool
    state: ArrivalState = ArrivalState.WAITING
    done: int = 0
    total: int = 0
    sentence: str = ""
    job: Job[ReadReport | list[Source]] | None = None


class Intake(QObject):
    """Takes files and folders in.

    Attributes:
        arrivals: files not yet in the workspace, in the order given.

    Signals:
        arrivals_changed: any of them came, went or got further.
    """

    arrivals_changed = Signal()

    def __init__(self, workbench: Workbench, jobs: JobRunner, ask_password: AskPassword) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._jobs = jobs
        self._ask_password = ask_password
        self.arrivals: list[Arrival] = []

    def take(self, paths: Iterable[Path]) -> None:
        """Read these files and the files of these folders and archives; the first one is shown when it is ready."""
        self._take(list(files_in(paths)), show_first=True)

    def _take(self, sources: list[Source], show_first: bool) -> None:
        known = {arrival.source for arrival in self.arrivals if arrival.state is not ArrivalState.FAILED}
        for number, source in enumerate(source for source in sources if source not in known):
            arrival = Arrival(source, is_to_be_shown=show_first and number == 0)
            self.arrivals.append(arrival)
            self._read(arrival, None)
        self.arrivals_changed.emit()

    def retry(self, arrival: Arrival) -> None:
        """Try a file again that could not be read."""
        arrival.state, arrival.sentence, arrival.done = ArrivalState.WAITING, "", 0
        self._read(arrival, None)
        self.arrivals_changed.emit()

    def cancel(self, arrival: Arrival) -> None:
        """Give up a file: stop reading it, or take a failed one off the list."""
        if arrival.state is ArrivalState.FAILED:
            self._leave(arrival)
        elif arrival.job is not None:
            arrival.job.cancel()

    def cancel_all(self) -> None:
        """Stop reading everything that is not yet in the workspace."""
        for arrival in list(self.arrivals):
            if arrival.state is not ArrivalState.FAILED:
                self.cancel(arrival)

    def _read(self, arrival: Arrival, password: str | None) -> None:
        arrival.job = self._jobs.start(
            partial(_read_report, self._jobs.reading, arrival.source, password),
            partial(self._keep, arrival, password),
            partial(self._fail, arrival),
            cancelled=partial(self._leave, arrival),
            progressed=partial(self._progress, arrival),
        )

    def _progress(self, arrival: Arrival, done: int, total: int) -> None:
        arrival.state, arrival.done, arrival.total = ArrivalState.READING, done, total
        self.arrivals_changed.emit()

    def _keep(self, arrival: Arrival, password: str | None, read: ReadReport | list[Source]) -> None:
        self._leave(arrival)
        if isinstance(read, ReadReport):
            self._workbench.keep(read, arrival.source.path.parent, arrival.is_to_be_shown, password)
        else:
            self._take(read, show_first=arrival.is_to_be_shown)

    def _leave(self, arrival: Arrival) -> None:
        self.arrivals.remove(arrival)
        self.arrivals_changed.emit()

    def _fail(self, arrival: Arrival, error: UserError) -> None:
        if error.code in ASKS_PASSWORD:
            password = self._ask_password(arrival.source.name, error.code == "source.wrong-password")
            if password is not None:
                self._read(arrival, password)
                return
        arrival.state, arrival.sentence = ArrivalState.FAILED, wording.error_sentence(error)
        self.arrivals_changed.emit()


def _read_report(
    reading: Runner, source: Source, password: str | None, progress: Progress
) -> ReadReport | list[Source]:
    """The report, or the sources in an archive, which then are read one by one."""
    found = inside(source)
    if found != [source]:
        return found
    return reading.run(tasks.read_report, source, password, progress=progress)
