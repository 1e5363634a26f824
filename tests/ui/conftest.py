"""A desk in a fresh folder with the made-up report on it, and what the window is built from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gkdesk.ui import language, look
from gkdesk.ui.jobs import JobRunner
from gkdesk.ui.main_window import MainWindow
from gkdesk.ui.window_state import WindowState
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.tasks import ReadReport, read_bytes
from tests.workflow.report_text import REPORT


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp):
    language.install(qapp, "zh_CN")
    look.apply(qapp)
    return qapp


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "desk.gkdesk") as found:
        yield found


@pytest.fixture
def read() -> ReadReport:
    return read_bytes("民政局.txt", REPORT.encode())


@pytest.fixture
def empty_bench(desk: Desk) -> Workbench:
    return Workbench(desk)


@pytest.fixture
def bench(empty_bench: Workbench, read: ReadReport, tmp_path: Path) -> Workbench:
    empty_bench.keep(read, tmp_path, show=True)
    return empty_bench


@pytest.fixture
def jobs() -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.stop()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "民政局.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def start(tmp_path: Path, qtbot) -> Iterator[Callable[[], MainWindow]]:
    """Starts the program on the same workspace, as often as asked; the one before is closed as at a program's end."""
    running: list[tuple[JobRunner, Workbench, MainWindow]] = []

    def stop() -> None:
        for jobs, bench, window in running:
            window.close()
            jobs.stop()
            window.shut_down()
            bench.desk.close()
        running.clear()

    def begin() -> MainWindow:
        stop()
        jobs, bench = JobRunner(), Workbench(Desk.open(tmp_path / "desk.gkdesk"))
        window = MainWindow(bench, jobs, WindowState(tmp_path / "window.ini"))
        qtbot.addWidget(window)
        window.resize(1366, 740)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        running.append((jobs, bench, window))
        return window

    yield begin
    stop()


@pytest.fixture
def window(start, report, qtbot) -> MainWindow:
    opened = start()
    with qtbot.waitSignal(opened._workbench.opened):
        opened.take([report])
    qtbot.waitUntil(lambda: opened._link._job is None)
    return opened
