"""Files on their way into the workspace: each is read in the background, kept, and shown if it was asked for alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
from gkdesk.workflow.progress import Progress
from gkdesk.workflow.tasks import ReadReport

ASKS_PASSWORD = frozenset({"source.encrypted", "source.wrong-password"})
"""Errors that a password may cure."""

SUFFIXES = frozenset(
    {".pdf", ".docx", ".doc", ".wps", ".html", ".htm", ".mht", ".mhtml", ".txt", ".md", ".markdown", ".xlsx", ".xls"}
)
"""Files of a folder that are taken in; a file given by itself is always tried."""

AskPassword = Callable[[str, bool], str | None]
"""Asks for the password of a file name (and says if the last one was wrong); None if the user gave up."""


class ArrivalState(Enum):
    """How far a file is."""

    WAITING = auto()
    READING = auto()
    FAILED = auto()


@dataclass(eq=False, slots=True)
class Arrival:
    """A file that is waiting, being read, or could not be read (``sentence`` says why)."""

    path: Path
    is_to_be_shown: bool
    state: ArrivalState = ArrivalState.WAITING
    done: int = 0
    total: int = 0
    sentence: str = ""
    job: Job[ReadReport] | None = None


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
        """Read these files and the files of these folders; the first one is shown when it is ready."""
        known = {arrival.path for arrival in self.arrivals if arrival.state is not ArrivalState.FAILED}
        files = [path for path in files_in(paths) if path not in known]
        for number, path in enumerate(files):
            arrival = Arrival(path, is_to_be_shown=number == 0)
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
            partial(_read_report, arrival.path, password),
            partial(self._keep, arrival, password),
            partial(self._fail, arrival),
            cancelled=partial(self._leave, arrival),
            progressed=partial(self._progress, arrival),
        )

    def _progress(self, arrival: Arrival, done: int, total: int) -> None:
        arrival.state, arrival.done, arrival.total = ArrivalState.READING, done, total
        self.arrivals_changed.emit()

    def _keep(self, arrival: Arrival, password: str | None, read: ReadReport) -> None:
        self._leave(arrival)
        self._workbench.keep(read, arrival.path.parent, arrival.is_to_be_shown, password)

    def _leave(self, arrival: Arrival) -> None:
        self.arrivals.remove(arrival)
        self.arrivals_changed.emit()

    def _fail(self, arrival: Arrival, error: UserError) -> None:
        if error.code in ASKS_PASSWORD:
            password = self._ask_password(arrival.path.name, error.code == "source.wrong-password")
            if password is not None:
                self._read(arrival, password)
                return
        arrival.state, arrival.sentence = ArrivalState.FAILED, wording.error_sentence(error)
        self.arrivals_changed.emit()


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files given, and those of the folders given that may be reports, in order of their names."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = (file for file in sorted(path.rglob("*")) if file.suffix.lower() in SUFFIXES and file.is_file())
        yield from (file for file in inside if not file.name.startswith(("~$", ".")))


def _read_report(path: Path, password: str | None, progress: Progress) -> ReadReport:
    return tasks.read_report(path, password, progress)
