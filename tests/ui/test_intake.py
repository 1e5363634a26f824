"""Files on their way in: kept, shown, refused with a sentence, asked for a password, cancelled."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from gkdesk.ui.intake import ArrivalState, Intake
from gkdesk.ui.jobs import JobRunner
from gkdesk.workflow.isolated import Isolated
from tests.workflow.report_text import REPORT


class Answers:
    """Gives one password after the other, then gives up."""

    def __init__(self, *passwords: str) -> None:
        self.passwords = list(passwords)
        self.asked: list[bool] = []

    def __call__(self, name: str, was_wrong: bool) -> str | None:
        self.asked.append(was_wrong)
        return self.passwords.pop(0) if self.passwords else None


@pytest.fixture
def intake(empty_bench, jobs) -> Intake:
    return Intake(empty_bench, jobs, Answers())


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "民政局.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_file_is_kept_and_shown(intake, empty_bench, report, qtbot):
    with qtbot.waitSignal(empty_bench.opened):
        intake.take([report])
    assert intake.arrivals == []
    assert len(empty_bench.entries()) == 1
    assert empty_bench.content is not None
    assert empty_bench.folder_of(empty_bench.review.report_id) == report.parent


def test_of_several_files_all_are_kept_and_the_first_is_shown(intake, empty_bench, report, qtbot):
    other = report.with_name("水务局.txt")
    other.write_text(REPORT.replace("民政局", "水务局"), encoding="utf-8")
    intake.take([report, other])
    qtbot.waitUntil(lambda: len(empty_bench.entries()) == 2)
    assert empty_bench.review.review.source_name == report.name


def test_an_unreadable_file_says_why_and_can_be_tried_again(intake, empty_bench, tmp_path, qtbot):
    path = tmp_path / "空.txt"
    path.write_bytes(b"")
    intake.take([path])
    qtbot.waitUntil(lambda: intake.arrivals[0].state is ArrivalState.FAILED)
    assert "空" in intake.arrivals[0].sentence
    path.write_text(REPORT, encoding="utf-8")
    with qtbot.waitSignal(empty_bench.opened):
        intake.retry(intake.arrivals[0])
    assert intake.arrivals == []


def test_a_failed_file_can_be_taken_off_the_list(intake, tmp_path, qtbot):
    intake.take([tmp_path / "没有.txt"])
    qtbot.waitUntil(lambda: intake.arrivals[0].state is ArrivalState.FAILED)
    intake.cancel(intake.arrivals[0])
    assert intake.arrivals == []


def test_cancelling_leaves_nothing(intake, empty_bench, report, qtbot):
    intake.take([report])
    intake.cancel_all()
    qtbot.waitUntil(lambda: not intake.arrivals)
    assert empty_bench.entries() == []


def encrypted(path: Path, password: str) -> Path:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt(password)
    writer.write(path)
    return path


def test_a_password_is_asked_for_until_it_is_right(empty_bench, jobs, tmp_path, qtbot):
    answers = Answers("wrong", "right")
    intake = Intake(empty_bench, jobs, answers)
    with qtbot.waitSignal(empty_bench.opened):
        intake.take([encrypted(tmp_path / "密.pdf", "right")])
    assert answers.asked == [False, True]
    assert list(empty_bench.passwords.values()) == ["right"]


def test_giving_up_on_the_password_leaves_a_sentence(empty_bench, jobs, tmp_path, qtbot):
    intake = Intake(empty_bench, jobs, Answers())
    intake.take([encrypted(tmp_path / "密.pdf", "right")])
    qtbot.waitUntil(lambda: intake.arrivals[0].state is ArrivalState.FAILED)
    assert "密码" in intake.arrivals[0].sentence


def test_every_report_of_an_archive_is_kept_and_the_first_is_shown(intake, empty_bench, tmp_path, qtbot):
    path = tmp_path / "年报.zip"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("b.txt", REPORT)
        container.writestr("a.txt", REPORT.replace("民政局", "水务局"))
        container.writestr("坏.pdf", b"%PDF-1.4 nothing")
    intake.take([path])
    qtbot.waitUntil(lambda: len(empty_bench.entries()) == 2 and len(intake.arrivals) == 1)
    assert sorted(entry.source_name for entry in empty_bench.entries()) == ["年报.zip/a.txt", "年报.zip/b.txt"]
    assert empty_bench.review.review.source_name == "年报.zip/a.txt"
    qtbot.waitUntil(lambda: intake.arrivals[0].state is ArrivalState.FAILED)
    assert intake.arrivals[0].source.name == "年报.zip/坏.pdf"
    assert empty_bench.folder_of(empty_bench.review.report_id) == tmp_path


def test_a_folder_without_reports_says_so(intake, tmp_path, qtbot):
    intake.take([tmp_path])
    qtbot.waitUntil(lambda: bool(intake.arrivals) and intake.arrivals[0].state is ArrivalState.FAILED)
    assert "没有找到" in intake.arrivals[0].sentence


class Deadly(Isolated):
    """Reads in a process of its own, which dies of every PDF."""

    def run(self, task, source, password, progress):
        deadly = source.path.suffix == ".pdf"
        return super().run(die if deadly else task, source, password, progress=progress)


def die(source, password, progress):
    os._exit(9)


def test_a_file_that_kills_its_reader_leaves_a_sentence_and_the_others_are_read(empty_bench, report, tmp_path, qtbot):
    deadly = tmp_path / "坏.pdf"
    deadly.write_bytes(b"%PDF-1.4")
    jobs = JobRunner(threads=1, reading=Deadly())
    intake = Intake(empty_bench, jobs, Answers())
    with qtbot.waitSignal(empty_bench.entries_changed, timeout=30_000):
        intake.take([deadly, report])
    assert [arrival.source.path for arrival in intake.arrivals] == [deadly]
    assert "其他报告不受影响" in intake.arrivals[0].sentence
    jobs.stop()
