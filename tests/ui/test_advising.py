"""The window looks at the suspects of a scan again, beside the editing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

from gkdesk.model.wording import proposal_words
from gkdesk.ui.advising import Advisor
from gkdesk.ui.jobs import JobRunner
from gkdesk.ui.workbench import Workbench
from gkdesk.workflow.tasks import ReadReport
from tests.workflow.test_second_reading import PAGE, case

RIGHT = "表四 行政复议·总计：69 应为 59？（有一位数字不同）（再次识别也是这个数字）"


def sentences(bench: Workbench) -> list[str]:
    return [proposal_words(proposal) for finding in bench.findings for proposal in finding.proposals]


def keep(bench: Workbench, folder: Path, data: bytes = PAGE) -> None:
    review = case(("12", "34", "8", "5", "69")).review
    review.sha256 = hashlib.sha256(data).hexdigest()
    bench.keep(ReadReport(review, data, None, ()), folder, show=True)


def test_what_a_second_look_says_comes_to_the_proposals(
    empty_bench: Workbench, jobs: JobRunner, tmp_path: Path, qtbot
) -> None:
    Advisor(empty_bench, jobs)
    keep(empty_bench, tmp_path)
    qtbot.waitUntil(lambda: RIGHT in sentences(empty_bench), timeout=60_000)
    assert empty_bench.review is not None
    assert empty_bench.review.suspects() == ()


def test_a_source_that_cannot_be_looked_at_changes_nothing(
    empty_bench: Workbench, jobs: JobRunner, tmp_path: Path, qtbot
) -> None:
    advisor = Advisor(empty_bench, jobs)
    keep(empty_bench, tmp_path, b"no picture")
    opened = empty_bench.review
    assert opened is not None
    qtbot.waitUntil(lambda: bool(sentences(empty_bench)) and opened.suspects() == (), timeout=60_000)
    assert advisor._look is None
    assert not any("再次识别" in sentence for sentence in sentences(empty_bench))


def test_closing_the_report_gives_the_look_up(empty_bench: Workbench, jobs: JobRunner, tmp_path: Path, qtbot) -> None:
    advisor = Advisor(empty_bench, jobs)
    keep(empty_bench, tmp_path)
    qtbot.waitUntil(lambda: advisor._look is not None, timeout=60_000)
    look = advisor._look
    empty_bench.close_report()
    assert look is not None
    assert look.stop.is_set()
    assert advisor._look is None
