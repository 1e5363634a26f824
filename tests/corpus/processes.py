"""Calls in worker processes, each with a time limit: a document that hangs or crashes costs itself and nothing else."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TypeVar

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that did not return: ``late`` if it was ended by its time limit, else it died."""

    late: bool


@dataclass(slots=True)
class _Worker:
    process: multiprocessing.process.BaseProcess
    connection: Connection
    task: int
    deadline: float


Task = TypeVar("Task")
Result = TypeVar("Result")


def call_each(
    call: Callable[[Task], Result], tasks: Sequence[Task], workers: int, limit: float
) -> Iterator[tuple[Task, Result | Failure]]:
    """Yield each task with what ``call`` gives for it, as they come; ``limit`` is in seconds a task."""
    waiting = iter(range(len(tasks)))
    idle: list[tuple[multiprocessing.process.BaseProcess, Connection]] = []
    busy: list[_Worker] = []
    try:
        while True:
            while len(busy) < workers and (number := next(waiting, None)) is not None:
                process, connection = idle.pop() if idle else _start(call)
                connection.send(tasks[number])
                busy.append(_Worker(process, connection, number, time.monotonic() + limit))
            if not busy:
                return
            patience = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
            ready = wait([worker.connection for worker in busy], patience)
            for worker in [*busy]:
                if worker.connection in ready:
                    busy.remove(worker)
                    result = _result(worker)
                    if not isinstance(result, Failure):
                        idle.append((worker.process, worker.connection))
                    yield tasks[worker.task], result
                elif time.monotonic() > worker.deadline:
                    busy.remove(worker)
                    _end(worker.process, worker.connection)
                    yield tasks[worker.task], Failure(late=True)
    finally:
        for process, connection in (*idle, *((worker.process, worker.connection) for worker in busy)):
            _end(process, connection)


def _start(call: Callable[..., object]) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, call), daemon=True)
    process.start()
    there.close()
    return process, here


def _serve(connection: Connection, call: Callable[..., object]) -> None:
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        connection.send(call(task))


def _result(worker: _Worker) -> object:
    try:
        return worker.connection.recv()
    except (EOFError, ConnectionResetError):
        _end(worker.process, worker.connection)
        return Failure(late=False)


def _end(process: multiprocessing.process.BaseProcess, connection: Connection) -> None:
    connection.close()
    process.kill()
    process.join()


def forget_peak() -> None:
    """Begin to measure this process's peak of memory anew, where the system can."""
    if _CLEAR.exists():
        _CLEAR.write_text("5", encoding="ascii")


def peak_memory() -> float:
    """The peak of this process's memory in megabytes; 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0.0
    lines = _STATUS.read_text("ascii", "replace").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
