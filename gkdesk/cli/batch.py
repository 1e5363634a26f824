"""Goes through the files of a command: each is read and handed on; what fails is said, the others are still done."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk import messages
from gkdesk.cli.arguments import WrongUsage
from gkdesk.cli.terminal import Terminal
from gkdesk.errors import ExportError, UserError
from gkdesk.model.finding import Severity
from gkdesk.workflow import tasks
from gkdesk.workflow.collection import Source
from gkdesk.workflow.isolated import Isolated
from gkdesk.workflow.progress import Progress
from gkdesk.workflow.tasks import ReadReport

if TYPE_CHECKING:
    from gkdesk.workflow.desk import Desk

FINE, BROKEN_IDENTITY, UNREADABLE = 0, 1, 3

_NEEDS_PASSWORD = frozenset({"source.encrypted", "source.wrong-password"})

_log = logging.getLogger(__name__)


class Batch:
    """The files of one run of a command.

    Attributes:
        exit_code: of the contract, for what has been done so far.
    """

    def __init__(self, terminal: Terminal, log: Path | None, password: str | None = None) -> None:
        self._terminal = terminal
        self._log = log
        self._password = password
        self._is_unreadable = False
        self._has_errors = False

    @property
    def exit_code(self) -> int:
        """What the program ends with if nothing else happens."""
        if self._is_unreadable:
            return UNREADABLE
        return BROKEN_IDENTITY if self._has_errors else FINE

    def run(self, sources: Sequence[Source], action: Callable[[ReadReport], None], desk: Desk | None = None) -> None:
        """Read every source and hand each of its reports to ``action``, kept in ``desk`` first if there is one."""
        with closing(Isolated(start="fork" if sys.platform == "linux" else "spawn")) as reading:
            for number, source in enumerate(sources, start=1):
                progress = self._terminal.progress(number, len(sources), _shown(source))
                self._read(source, reading, progress, action, desk)

    def _read(
        self,
        source: Source,
        reading: Isolated,
        progress: Progress,
        action: Callable[[ReadReport], None],
        desk: Desk | None,
    ) -> None:
        path = _shown(source)
        try:
            with closing(tasks.read_each(source, self._password, progress, reading)) as reports:
                for read in reports:
                    self._hand_on(read, action, desk)
        except ExportError as error:
            self._complain(error.arguments.get("path", path), error)
        except UserError as error:
            self._complain(path, error)
        except (BrokenPipeError, WrongUsage):
            raise
        except Exception as error:  # noqa: BLE001 - one file that shows a bug must not take the others with it
            self.report_crash(path, error)

    def complain_about(self, path: Path, error: UserError) -> None:
        """Say what is wrong with a file; the run counts as one that could not read everything."""
        self._complain(path, error)

    def report_crash(self, path: Path, error: Exception) -> None:
        """Say that the program failed on a file; the traceback goes to the log."""
        _log.error("failed on a source of kind %s", path.suffix, exc_info=error)
        self._say(path, messages.text("cli.crashed", log=self._log or ""))

    def _hand_on(self, read: ReadReport, action: Callable[[ReadReport], None], desk: Desk | None) -> None:
        if desk is not None:
            kept = desk.add(read)
            findings = tasks.explained(kept.review, kept.context)
            read = replace(read, review=kept.review, findings=findings, context=kept.context)
        self._has_errors |= any(finding.severity is Severity.ERROR for finding in read.findings)
        action(read)

    def _complain(self, subject: object, error: UserError) -> None:
        sentence = messages.error_text(error.code, error.arguments)
        if error.code in _NEEDS_PASSWORD:
            sentence = messages.text("cli.password-hint", sentence=sentence)
        self._say(subject, sentence)

    def _say(self, subject: object, sentence: str) -> None:
        self._is_unreadable = True
        self._terminal.complain(messages.text("cli.error", file=tasks.shown_name(str(subject)), sentence=sentence))


def _shown(source: Source) -> Path:
    """A source as typed: the file, and the way to what lies inside."""
    if not source.inside:
        return source.path
    return source.path / source.name.partition(f"{source.path.name}/")[2]
