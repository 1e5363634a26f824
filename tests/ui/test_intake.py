"""Files on their way in: kept, shown, refused with a sentence, asked for a password, cancelled."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdesk.ui.intake import ArrivalState, Intake, files_in
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


def test_of_a_folder_only_possible_reports_are_taken(tmp_path):
    (tmp_path / "甲").mkdir()
    for name in ("b.pdf", "甲/a.docx", "~$b.docx", "Thumbs.db", ".hidden.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in files_in([tmp_path])] == ["b.pdf", "a.docx"]
