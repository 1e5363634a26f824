"""Tasks in processes of their own: results and refusals come back; death, silence, cancelling cost only the process."""

from __future__ import annotations

import io
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gkdesk import messages
from gkdesk.errors import SourceError
from gkdesk.workflow import tasks
from gkdesk.workflow.collection import Source
from gkdesk.workflow.isolated import Isolated, Limits
from gkdesk.workflow.progress import NO_PROGRESS, Cancelled, Progress
from tests.workflow.report_text import REPORT

LARGE = 40 << 20
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="forks, and asks a process what it works, only there")
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


def take_much(progress: Progress) -> None:
    bytes(2 << 30)


def most_memory(progress: Progress) -> int:
    import resource

    return resource.getrlimit(resource.RLIMIT_DATA)[0]


def recognise_nothing(progress: Progress) -> int:
    progress.step(0, 1, "progress.recognising")
    return most_memory(progress)


def work_in_two_steps(seconds: float, progress: Progress) -> None:
    for step in range(2):
        progress.step(step, 2, "progress.reading")
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass


def process_of(progress: Progress) -> int:
    return os.getpid()


def die(progress: Progress) -> None:
    os._exit(9)


def hang(progress: Progress) -> None:
    progress.step(os.getpid(), 0)
    threading.Event().wait()


def write_to_both_streams(progress: Progress) -> None:
    for stream in (1, 2):
        os.write(stream, b"a library speaks")


def run_in_circles(progress: Progress) -> None:
    while True:
        pass


def tell_and_run_in_circles(progress: Progress) -> None:
    progress.step(os.getpid(), 0)
    run_in_circles(progress)


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
    runner = Isolated(Limits(patience=0.0))
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


def scan_of_three_pages() -> bytes:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("faster_paddle")
    image = pytest.importorskip("PIL.Image")
    page = image.new("L", (300, 400), 255)
    stream = io.BytesIO()
    page.save(stream, "TIFF", save_all=True, append_images=[page, page])
    return stream.getvalue()


def test_the_pages_of_a_scan_are_told_one_by_one(isolated):
    steps = Steps()
    isolated.run(tasks.read_bytes, "年报.tif", scan_of_three_pages(), None, progress=steps)
    told = [step for step in steps.told if step[2] == "progress.recognising"]
    assert sorted(set(told)) == [(page, 3, "progress.recognising") for page in range(3)]


def test_cancelling_in_a_scan_ends_the_reading(isolated):
    class AtSecondPage(Steps):
        def step(self, done: int, total: int, what: str = "") -> None:
            super().step(done, total, what)
            if what == "progress.recognising" and done == 1:
                raise Cancelled

    steps = AtSecondPage()
    first = isolated.run(process_of, progress=NO_PROGRESS)
    with pytest.raises(Cancelled):
        isolated.run(tasks.read_bytes, "年报.tif", scan_of_three_pages(), None, progress=steps)
    assert steps.told[-1] == (1, 3, "progress.recognising")
    assert isolated.run(process_of, progress=NO_PROGRESS) != first


def test_a_large_result_comes_back(isolated):
    assert len(isolated.run(give_many, LARGE, progress=NO_PROGRESS)) == LARGE


def test_a_bug_comes_back_with_its_traceback_and_leaves_the_process(isolated):
    first = isolated.run(process_of, progress=NO_PROGRESS)
    with pytest.raises(RuntimeError, match="in fail"):
        isolated.run(fail, progress=NO_PROGRESS)
    assert isolated.run(process_of, progress=NO_PROGRESS) == first


@on_linux
def test_a_task_that_works_without_end_is_given_up_however_patient_one_is():
    runner = Isolated(Limits(work=0.5), start="fork")
    with pytest.raises(SourceError) as caught:
        runner.run(run_in_circles, progress=NO_PROGRESS)
    assert caught.value.code == "source.too-slow"
    runner.close()


@on_linux
def test_a_forked_process_serves_until_its_parent_lets_go():
    runner = Isolated(start="fork")
    process = runner.run(process_of, progress=NO_PROGRESS)
    assert process == runner.run(process_of, progress=NO_PROGRESS) != os.getpid()
    runner.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize("start", ["spawn", pytest.param("fork", marks=on_linux)])
def test_what_libraries_say_in_a_process_is_not_heard(start: str, capfd: pytest.CaptureFixture[str]) -> None:
    runner = Isolated(start=start)
    runner.run(write_to_both_streams, progress=NO_PROGRESS)
    runner.close()
    assert capfd.readouterr() == ("", "")


@on_linux
def test_a_process_that_runs_in_circles_ends_with_its_parent() -> None:
    """Whoever reads may be killed itself, by a user or by a system that runs out of memory."""
    script = (
        "from gkdesk.workflow.isolated import Isolated; from tests.workflow import test_isolated as tests\n"
        "class Told:\n"
        "    def step(self, done, total, what=''):\n"
        "        done and print(done, flush=True)\n"
        "Isolated(start='fork').run(tests.tell_and_run_in_circles, progress=Told())"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    with parent:
        assert parent.stdout is not None
        process = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    assert select.select([process], [], [], 60)[0]
    os.close(process)


@on_linux
def test_a_file_that_wants_too_much_memory_is_refused_in_words():
    runner = Isolated(start="fork")
    process = runner.run(process_of, progress=NO_PROGRESS)
    with pytest.raises(SourceError) as caught:
        runner.run(take_much, progress=NO_PROGRESS)
    assert caught.value.code == "source.inflated"
    assert runner.run(process_of, progress=NO_PROGRESS) == process
    runner.close()


@on_linux
def test_recognition_raises_the_limit_of_memory_for_its_own_file_only():
    runner = Isolated()
    usual = runner.run(most_memory, progress=NO_PROGRESS)
    assert usual < 1 << 30
    assert runner.run(recognise_nothing, progress=NO_PROGRESS) > usual
    assert runner.run(most_memory, progress=NO_PROGRESS) == usual
    runner.close()


@on_linux
def test_work_is_counted_over_all_ordinary_steps():
    runner = Isolated(Limits(work=0.6), start="fork")
    with pytest.raises(SourceError) as caught:
        runner.run(work_in_two_steps, 0.5, progress=NO_PROGRESS)
    assert caught.value.code == "source.too-slow"
    runner.close()
