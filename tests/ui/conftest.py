"""A desk in a fresh folder with the made-up report on it, and what the window is built from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gkdesk.ui import language, look
from gkdesk.ui.jobs import JobRunner
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
