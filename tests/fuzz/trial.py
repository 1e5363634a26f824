"""One damaged file read: what came of it. Used in the process by the test, and in a child by the long run."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import time
import traceback
import warnings
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path

from gkdesk.errors import UserError
from gkdesk.sources.office import suite
from gkdesk.sources.pictures import recognition
from tests.fuzz.readers import READERS, case, start_from

_STATUS = Path("/proc/self/status")
_RESET = Path("/proc/self/clear_refs")


class Fate(StrEnum):
    """What came of a file; all but the first two are findings."""

    READ = "read"
    REFUSED = "refused"
    FAILED = "exception"
    TIME = "time"
    MEMORY = "memory"
    CRASHED = "crash"


@dataclass(frozen=True)
class Outcome:
    """What came of a file; ``detail`` names the exception and where it was raised, or the code of the refusal."""

    fate: Fate
    detail: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0

    @property
    def is_finding(self) -> bool:
        return self.fate not in (Fate.READ, Fate.REFUSED)


def attempt(reader: str, data: bytes) -> Outcome:
    """Read the file with the reader."""
    started = time.process_time()
    fate, detail = Fate.READ, ""
    try:
        READERS[reader].read(data)
    except UserError as error:
        fate, detail = Fate.REFUSED, error.code
    except Exception as error:  # noqa: BLE001 - that is what the run looks for
        fate, detail = Fate.FAILED, _where(error)
    return Outcome(fate, detail, time.process_time() - started)


def leave_programs_out() -> None:
    """No LibreOffice and no text recognition: both take seconds a file, and are other people's programs."""
    suite.find = lambda: None
    recognition.is_available = lambda: False


def serve(pipe: Connection, seed: int, others: Path | None = None) -> None:
    """The child: reads the files of the numbers it is sent until there are no more."""
    leave_programs_out()
    if others is not None:
        start_from(others)
    logging.disable()
    warnings.simplefilter("ignore")
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as the child lives
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            reader, number = pipe.recv()
            data = case(reader, seed, number)
            # Told apart from making the file, which may take its time.
            pipe.send(None)
            _forget_peak()
            outcome = attempt(reader, data)
            pipe.send(Outcome(outcome.fate, outcome.detail, outcome.seconds, _peak()))


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = next((frame for frame in reversed(frames) if "gkdesk" in Path(frame.filename).parts), frames[-1])
    last = frames[-1]
    return f"{type(error).__name__} in {own.name} ({Path(own.filename).name}:{own.lineno}), from {last.name}: {error}"[
        :300
    ]


def _forget_peak() -> None:
    with contextlib.suppress(OSError):
        _RESET.write_text("5")


def _peak() -> float:
    """The most memory held since it was last forgotten, in megabytes; 0 where the system does not say."""
    try:
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0.0
    return int(line.split()[1]) / 1024
