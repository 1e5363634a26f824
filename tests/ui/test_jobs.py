"""Jobs: results, errors, bugs, progress and cancelling all arrive on the main thread."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QThread

from gkdesk.errors import SourceError, UserError


def test_a_result_arrives_on_the_main_thread(jobs, qtbot, qapp):
    seen: list[object] = []
    jobs.start(lambda progress: QThread.currentThread(), lambda there: seen.append((there, QThread.currentThread())))
    qtbot.waitUntil(lambda: bool(seen))
    there, here = seen[0]
    assert here == qapp.thread()
    assert there != here


def test_an_error_for_the_user_arrives_as_such(jobs, qtbot):
    seen: list[UserError] = []

    def fail(progress):
        raise SourceError("source.empty")

    jobs.start(fail, lambda value: None, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].code == "source.empty"


def test_a_bug_reaches_the_exception_hook_and_ends_the_job(jobs, qtbot, monkeypatch: pytest.MonkeyPatch):
    seen: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: seen.append(kind))

    def fail(progress):
        raise ZeroDivisionError

    jobs.start(fail, lambda value: None, cancelled=lambda: seen.append("ended"))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["ended", ZeroDivisionError]


def test_progress_is_told(jobs, qtbot):
    steps: list[tuple[int, int]] = []

    def work(progress):
        progress.step(1, 4)
        progress.step(2, 4)

    with qtbot.waitSignal(jobs.busy_changed, check_params_cb=lambda is_busy: not is_busy):
        jobs.start(work, lambda value: None, progressed=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 4), (2, 4)]


def test_a_cancelled_job_delivers_nothing(jobs, qtbot):
    started, seen = threading.Event(), []

    def work(progress):
        started.set()
        while True:
            progress.step(0, 1)
            threading.Event().wait(0.005)

    job = jobs.start(work, seen.append, cancelled=lambda: seen.append("cancelled"))
    started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["cancelled"]
