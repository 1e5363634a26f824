"""The tasks: what they give, how they report, and what they refuse."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from gkdesk import messages
from gkdesk.errors import SourceError, WorkspaceError
from gkdesk.workflow import tasks
from gkdesk.workflow.collection import Source
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.isolated import Here
from gkdesk.workflow.progress import NO_PROGRESS, Cancelled
from tests.workflow.report_text import REPORT, WRONG


class Steps:
    """Notes every step, and cancels at one of them."""

    def __init__(self, last: int = 99) -> None:
        self.seen: list[tuple[int, int, str]] = []
        self._last = last

    def step(self, done: int, total: int, what: str = "") -> None:
        self.seen.append((done, total, what))
        if done >= self._last:
            raise Cancelled


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "民政局.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_report_is_read_with_its_source_and_its_findings(source: Path) -> None:
    read = tasks.read_report(source)
    assert (read.review.source_name, read.review.kind, read.source) == ("民政局.txt", "text", source.read_bytes())
    assert read.content is not None
    assert read.review.seconds > 0
    assert any(WRONG in finding.cells for finding in read.findings)


def test_editing_the_form_leaves_what_was_read(source: Path) -> None:
    review = tasks.read_report(source).review
    assert review.form is not review.extracted.form


def test_what_is_read_can_travel_to_another_process(source: Path) -> None:
    read = pickle.loads(pickle.dumps(tasks.read_report(source)))
    assert len(read.review.form) == 200


def test_progress_goes_up_to_the_end_in_words_of_the_catalogue(source: Path) -> None:
    steps = Steps()
    tasks.read_report(source, progress=steps)
    assert [done for done, _, _ in steps.seen] == sorted(done for done, _, _ in steps.seen)
    assert steps.seen[-1][0] == steps.seen[-1][1]
    assert all(messages.has(what) for _, _, what in steps.seen if what)


def test_a_task_stops_where_it_is_cancelled(source: Path) -> None:
    with pytest.raises(Cancelled):
        tasks.read_report(source, progress=Steps(last=2))


def test_a_workspace_gives_all_its_reports_as_reviewed(source: Path, tmp_path: Path) -> None:
    place = tmp_path / "desk.gkdesk"
    with Desk.open(place) as desk:
        desk.add(tasks.read_report(source))
        desk.add(tasks.read_bytes("水利局.txt", REPORT.replace("民政局", "水利局").encode()))
        with pytest.raises(WorkspaceError, match="not-a-report"):
            tasks.read_report(place)
        with pytest.raises(WorkspaceError, match="in-use"):
            Desk.open(place)
    assert tasks.count_reports(place) == 2
    found = list(tasks.read_each(Source(place, place.name), None, NO_PROGRESS, Here()))
    assert [read.review.source_name for read in found] == ["民政局.txt", "水利局.txt"]
    assert found[0].source == source.read_bytes()
    assert len(found[0].findings) > 0


@pytest.mark.parametrize(("content", "code"), [(b"", "source.empty"), (b"\x89PNG\r\n\x1a\n", "source.broken")])
def test_what_cannot_be_read_is_said(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        tasks.read_report(path)
    assert caught.value.code == code


def test_a_kept_source_can_be_shown_again(source: Path, tmp_path: Path) -> None:
    read = tasks.read_report(source)
    assert tasks.read_content(read.source) == read.content
    workbook = tasks.export_workbook(read.review, tmp_path / "out.xlsx")
    assert tasks.read_content(workbook.read_bytes()) is None
