"""Tasks in processes of their own: results and refusals come back; death, silence, cancelling cost only the process."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator

import pytest

from gkdesk import messages
from gkdesk.errors import SourceError
from gkdesk.workflow import tasks
from gkdesk.workflow.collection import Source
from gkdesk.workflow.isolated import Isolated
from gkdesk.workflow.progress import NO_PROGRESS, Cancelled, Progress
from tests.workflow.report_text import REPORT

LARGE = 40 << 20
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="looks at processes the way POSIX does")


class Steps:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int, str]] = []

    def step(self, done: int, total: int, what: str = "") -> None:
        self.told.append((done, total, what))


class Impatient(Steps):
    """Cancels at the first step of the task."""

    def step(self, done: int, total: int, what: str = "") -> None:
        super().step(done, total, what)
        if done:
            raise Cancelled


def process_of(progress: Progress) -> int:
    return os.getpid()


def die(progress: Progress) -> None:
    os._exit(9)


def hang(progress: Progress) -> None:
    progress.step(os.getpid(), 0)
    threading.Event().wait()


def refuse(progress: Progress) -> None:
    raise SourceError("source.too-large", limit=7)


def fail(progress: Progress) -> None:
    raise Unreadable(1, 2)


def give_many(size: int, progress: Progress) -> bytes:
    return bytes(size)


class Unreadable(Exception):
    """Can be pickled but not be read back, like many exceptions of libraries."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__("odd")


@pytest.fixture
def isolated() -> Iterator[Isolated]:
    runner = Isolated()
    yield runner
    runner.close()


def test_a_report_comes_back_as_if_read_here(isolated, tmp_path):
    path = tmp_path / "民政局.txt"
    path.write_text(REPORT, encoding="utf-8")
    steps = Steps()
    read = isolated.run(tasks.read_report, Source(path, path.name), None, progress=steps)
    here = tasks.read_report(path)
    assert (read.content, read.findings, read.source) == (here.content, here.findings, here.source)
    assert list(read.review.form) == list(here.review.form)
    assert steps.told[-1][:2] == (4, 4)


def test_a_process_is_kept_for_the_next_file(isolated):
    isolated.warm_up()
    first = isolated.run(process_of, progress=NO_PROGRESS)
    with pytest.raises(SourceError) as caught:
        isolated.run(refuse, progress=NO_PROGRESS)
    assert (caught.value.code, caught.value.arguments) == ("source.too-large", {"limit": 7})
    assert isolated.run(process_of, progress=NO_PROGRESS) == first != os.getpid()


def test_a_death_is_told_and_the_next_file_gets_a_new_process(isolated):
    first = isolated.run(process_of, progress=NO_PROGRESS)
    with pytest.raises(SourceError) as caught:
        isolated.run(die, progress=NO_PROGRESS)
    assert caught.value.code == "source.crashed"
    assert messages.error_text(caught.value.code, caught.value.arguments)
    assert isolated.run(process_of, progress=NO_PROGRESS) != first


@on_posix
def test_a_process_that_died_while_idle_is_replaced(isolated):
    process = isolated.run(process_of, progress=NO_PROGRESS)
    os.kill(process, 9)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    assert isolated.run(give_many, 3, progress=NO_PROGRESS) == bytes(3)


def test_a_task_that_says_nothing_for_too_long_is_given_up():
    runner = Isolated(patience=0.0)
    with pytest.raises(SourceError) as caught:
        runner.run(hang, progress=NO_PROGRESS)
    assert caught.value.code == "source.too-slow"
    assert messages.error_text(caught.value.code, caught.value.arguments)


@on_posix
def test_cancelling_ends_the_process(isolated):
    steps = Impatient()
    with pytest.raises(Cancelled):
        isolated.run(hang, progress=steps)
    with pytest.raises(ProcessLookupError):
        os.kill(steps.told[-1][0], 0)


def test_a_large_result_comes_back(isolated):
    assert len(isolated.run(give_many, LARGE, progress=NO_PROGRESS)) == LARGE


def test_a_bug_comes_back_with_its_traceback_and_leaves_the_process(isolated):
    first = isolated.run(process_of, progress=NO_PROGRESS)
    with pytest.raises(RuntimeError, match="in fail"):
        isolated.run(fail, progress=NO_PROGRESS)
    assert isolated.run(process_of, progress=NO_PROGRESS) == first
