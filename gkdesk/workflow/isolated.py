"""Runs reading in processes of its own: a file on which a library crashes or never ends costs only that process.

A process is started beforehand, kept for the next files, and replaced when it died or had to be ended.
"""

from __future__ import annotations

import importlib
import logging
import multiprocessing
import os
import pickle
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, TypeVar

from gkdesk.errors import SourceError
from gkdesk.workflow.progress import Progress

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds without any progress after which a file is given up. A page with text takes a tenth of one, a scanned page
some, and an old document that LibreOffice has to convert up to a minute, all on a machine that may be busy."""

MOST_WORK = 8.5
"""Seconds of processor time for a file, pages to be recognised apart, after which it is given up: it makes a library
run in circles. A busy machine makes a file slow, but not this number larger."""

WORK_OF_STEPS = {"progress.recognising": 150.0}
"""The same for one step of those that are work indeed: a page recognised by several threads on a slow machine."""

MOST_MEMORY, MOST_FOR_RECOGNITION = 900 << 20, 1000 << 20
"""Bytes that such a process may set aside for itself where the system can limit it: for reading, and once a page has to
be recognised. Then 200 MB of it are no memory, but stacks and stores of threads that are never filled; a page of 60
million pixels takes 930 MB of it, of which 790 are real."""

_PER_CORE = 48 << 20
"""Bytes that libraries for recognition set aside, and hardly fill, for each core there is."""
_ROOM = 256 << 20
"""Bytes that a process which has recognised, and keeps what it needs for that, has for its next file at least."""

_TICK = 0.1
"""Seconds between two looks whether the user has cancelled."""
_GRACE = 1.0
"""Seconds that a process has to end the programs it started before it is killed."""
_LIBRARIES = (
    "lxml.etree",
    "pypdf",
    "pypdfium2",
    "gkdesk.sources.office.docx",
    "gkdesk.sources.web.html",
    "gkdesk.sources.markdown",
    "gkdesk.sources.pdf.reader",
    "gkdesk.extraction.fill",
    "gkdesk.checks.run",
    "gkdesk.checks.diagnose",
)
"""What most files need, loaded while nothing is to be read yet."""

_log = logging.getLogger(__name__)


class Runner(Protocol):
    """Something that runs a task of :mod:`gkdesk.workflow.tasks`."""

    def run(self, task: Callable[..., T], *arguments: Any, progress: Progress) -> T:
        """``task(*arguments, progress)``."""
        ...

    def close(self) -> None:
        """Let go of whatever is kept for the next task."""
        ...


class Here:
    """Runs tasks where it is called."""

    def run(self, task: Callable[..., T], *arguments: Any, progress: Progress) -> T:
        """``task(*arguments, progress)``."""
        return task(*arguments, progress)

    def close(self) -> None:
        """Nothing is kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a task may say nothing: seconds on the clock, and of processor time where that can be asked."""

    patience: float = PATIENCE
    work: float = MOST_WORK


class Isolated:
    """Runs tasks in processes of their own, as many at a time as there are threads that call it.

    ``start`` is how :mod:`multiprocessing` starts them: ``spawn`` beside threads, ``fork`` where there are none: such a
    process has everything loaded that its parent has.
    """

    def __init__(self, limits: Limits | None = None, start: str = "spawn") -> None:
        self._limits = limits or Limits()
        self._start = start
        self._idle: list[_Child] = []
        self._lock = threading.Lock()
        self._is_over = False

    def warm_up(self) -> None:
        """Start a process now, so that the first task need not wait for it."""
        self._give_back(_Child(self._start))

    def run(self, task: Callable[..., T], *arguments: Any, progress: Progress) -> T:
        """``task(*arguments, progress)``; the task, its arguments and its result must be picklable.

        Raises what the task raises, ``Cancelled`` by ``progress``, and ``SourceError``: ``source.crashed`` if the
        process died, ``source.too-slow`` if nothing was heard of it for too long.
        """
        with closing(self.lend()) as process:
            return process.run(task, *arguments, progress=progress)

    def lend(self, limits: Limits | None = None) -> Lent:
        """A process for oneself until it is closed: what a task leaves there, the next one finds."""
        return Lent(self._take(), self._give_back, limits or self._limits)

    def close(self) -> None:
        """End the processes that wait for work, and each that is lent once it is given back."""
        with self._lock:
            self._is_over = True
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _take(self) -> _Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_alive():
                    return child
                child.end()
        return _Child(self._start)

    def _give_back(self, child: _Child) -> None:
        with self._lock:
            if not self._is_over:
                self._idle.append(child)
                return
        child.end()


class Lent:
    """A process of an :class:`Isolated` for one user; it ends when a task in it fails to come back."""

    def __init__(self, child: _Child, give_back: Callable[[_Child], None], limits: Limits) -> None:
        self._child: _Child | None = child
        self._give_back = give_back
        self._limits = limits

    def is_alive(self) -> bool:
        """False once the process has died or had to be ended."""
        return self._child is not None and self._child.is_alive()

    def run(self, task: Callable[..., T], *arguments: Any, progress: Progress) -> T:
        """Like :meth:`Isolated.run`, in this process."""
        if self._child is None:
            raise SourceError("source.crashed")
        try:
            result = self._child.run(task, arguments, progress, self._limits)
        except BaseException:
            self._child.end()
            self._child = None
            raise
        if isinstance(result, _Failure):
            raise result.error
        return result  # type: ignore[no-any-return]

    def close(self) -> None:
        """Give the process back, if it has not ended; may be called twice."""
        if self._child is not None:
            self._give_back(self._child)
            self._child = None


@dataclass(frozen=True, slots=True)
class _Step:
    done: int
    total: int
    what: str


@dataclass(frozen=True, slots=True)
class _Failure:
    """The task raised; the process is as good as before."""

    error: Exception


class _Work:
    """What a process has worked for one task: all ordinary steps together, each of the long ones by itself."""

    def __init__(self, most: float, done: float) -> None:
        self._most = most
        self._ordinary = 0.0
        self._what, self._since = "", done

    def begin(self, what: str, done: float) -> None:
        """The next step begins, ``done`` seconds of processor time after the process did."""
        if self._what not in WORK_OF_STEPS:
            self._ordinary += done - self._since
        self._what, self._since = what, done

    def is_too_much(self, done: float) -> bool:
        """True if the step that runs has to be given up."""
        since = done - self._since
        return since > WORK_OF_STEPS[self._what] if self._what in WORK_OF_STEPS else self._ordinary + since > self._most


class _Child:
    """A process that runs one task after the other."""

    def __init__(self, start: str) -> None:
        context: Any = multiprocessing.get_context(start)
        self._pipe, other = context.Pipe()
        # What is waited for by a forked child has to be closed there, or it would never see its parent go.
        ours = self._pipe if start == "fork" else None
        self._process = context.Process(target=_serve, args=(other, ours), daemon=True, name="gkdesk reader")
        self._process.start()
        # With the other end open here, too, the death of the process would go unnoticed.
        other.close()

    def is_alive(self) -> bool:
        return bool(self._process.is_alive())

    def run(self, task: Callable[..., T], arguments: tuple[Any, ...], progress: Progress, limits: Limits) -> Any:
        try:
            self._pipe.send((task, arguments))
            return self._result(progress, limits)
        except (EOFError, OSError) as error:
            self._process.join(_GRACE)
            _log.error("a reading process died with exit code %s", self._process.exitcode)
            raise SourceError("source.crashed") from error

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._pipe.close()
        self._process.terminate()
        self._process.join(_GRACE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()

    def _result(self, progress: Progress, limits: Limits) -> Any:
        step, heard, work = _Step(0, 0, ""), time.monotonic(), _Work(limits.work, self._work_done())
        while True:
            if self._pipe.poll(_TICK):
                message = self._pipe.recv()
                if not isinstance(message, _Step):
                    return message
                work.begin(message.what, self._work_done())
                step, heard = message, time.monotonic()
            elif time.monotonic() - heard > limits.patience or work.is_too_much(self._work_done()):
                _log.error("a reading process was given up: too much work or too long without a step")
                raise SourceError("source.too-slow")
            progress.step(step.done, step.total, step.what)

    def _work_done(self) -> float:
        """Seconds of processor time the process has used; 0 where the system does not tell."""
        return processor_seconds(self._process.pid) if self._process.pid is not None else 0.0


def processor_seconds(process: int) -> float:
    """Processor time of a running process, in seconds; 0 where the system does not tell (outside Linux)."""
    if sys.platform == "win32":
        return 0.0
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    # The name of the program, in brackets, may hold anything; user and system time are the 12th and 13th field behind.
    user, system = told.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class _Teller:
    """The ``Progress`` a task sees in the process; cancelling ends the process."""

    pipe: Connection

    def step(self, done: int, total: int, what: str = "") -> None:
        if what in WORK_OF_STEPS:
            _limit_memory(MOST_FOR_RECOGNITION + _PER_CORE * (os.cpu_count() or 1))
        self.pipe.send(_Step(done, total, what))


def _serve(pipe: Connection, inherited: Connection | None) -> None:
    """What the process does: run the tasks it is sent until nobody is there to send any."""
    if inherited is not None:
        inherited.close()
    threading.Thread(target=_end_with_parent, name="gkdesk parent", daemon=True).start()
    _prepare(load=inherited is None)
    while True:
        try:
            task, arguments = pipe.recv()
            _limit_memory(max(MOST_MEMORY, _set_aside() + _ROOM))
            pipe.send_bytes(_outcome(task, arguments, _Teller(pipe)))
        except (EOFError, OSError, KeyboardInterrupt):
            return


def _end_with_parent() -> None:
    """A parent that was killed leaves nobody to end a process in which a library runs in circles."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _outcome(task: Callable[..., object], arguments: tuple[object, ...], progress: Progress) -> bytes:
    """The result, or what the task raised, as bytes: what cannot be pickled must not take the process with it."""
    try:
        return pickle.dumps(task(*arguments, progress), pickle.HIGHEST_PROTOCOL)
    except (BrokenPipeError, ConnectionResetError):
        raise
    except MemoryError:
        return pickle.dumps(_Failure(SourceError("source.inflated")))
    except Exception as error:  # noqa: BLE001 - whatever a task raises has to reach the one who asked
        return _pickled_error(error)


def _pickled_error(error: Exception) -> bytes:
    trace = "".join(traceback.format_exception(error))
    # Tracebacks do not travel; the place where a bug shows is worth more than where it was handed on.
    error.add_note(trace)
    try:
        dumped = pickle.dumps(_Failure(error))
        # Our own bytes: many exceptions can be written and not be read.
        pickle.loads(dumped)
    except Exception:  # noqa: BLE001 - an exception of a library may do anything when it is pickled
        return pickle.dumps(_Failure(RuntimeError(trace)))
    return dumped


def _prepare(load: bool) -> None:
    # Libraries warn on standard error, past Python, too, and quote the documents they read.
    _silence(1, 2)
    logging.getLogger().addHandler(logging.NullHandler())
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if sys.platform != "win32":
        import signal

        # As an exception it lets the programs that the process started be ended first.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        # Ctrl+C in a terminal is for the window, which then ends this.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _LIBRARIES if load else ():
        importlib.import_module(name)


def _silence(*streams: int) -> None:
    """Lead standard streams, by their numbers, into nothing; a program without a console has none."""
    with suppress(OSError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        for stream in streams:
            os.dup2(nothing, stream)


def _set_aside() -> int:
    """Bytes the process has set aside for itself; 0 where the system does not tell (outside Linux)."""
    if sys.platform == "win32":
        return 0
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(pages[5]) * os.sysconf("SC_PAGE_SIZE")


def _limit_memory(most: int) -> None:
    """Beyond the limit an allocation fails: the file is refused as inflated, or the process dies.

    What counts is what a process may write to, which real memory cannot exceed by more than the code it runs. A limit
    on addresses would count what is only reserved, several times what is used.
    """
    if sys.platform.startswith("linux"):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
