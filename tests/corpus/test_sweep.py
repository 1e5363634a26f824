"""The large run: documents are drawn from their seed alone, and one that hangs or crashes costs only itself."""

from __future__ import annotations

import os
import time
from argparse import Namespace
from pathlib import Path

import pytest

from . import sweep
from .draw import FAMILIES, MADE_OF_PAGES, draw
from .processes import Failure, call_each
from .score import Outcome, table


@pytest.mark.parametrize("family", [*FAMILIES, *MADE_OF_PAGES])
def test_a_drawn_document_depends_on_its_seed_and_number_alone(family: str) -> None:
    (first, report), (again, same) = draw(family, 7, 3), draw(family, 7, 3)
    assert (first.name, first.plan, report.texts) == (again.name, again.plan, same.texts)
    assert draw(family, 8, 3)[0].plan != first.plan


def behave(task: str) -> str:
    if task == "hang":
        time.sleep(600)
    if task == "crash":
        os._exit(3)
    return task.upper()


def test_a_call_that_hangs_or_crashes_costs_only_itself() -> None:
    results = dict(call_each(behave, ["hang", "one", "crash", "two"], workers=2, limit=30.0))
    assert results == {"hang": Failure(late=True), "crash": Failure(late=False), "one": "ONE", "two": "TWO"}


def test_documents_are_made_read_and_kept_if_not_exact(tmp_path: Path) -> None:
    arguments = Namespace(
        count=2, seed=1, habit=["row-lost"], results=tmp_path / "scores", keep=tmp_path / "kept", workers=1, limit=60.0
    )
    scores = sweep.sweep("docx", arguments, tmp_path)
    total = sweep.sums_by(scores, lambda score: score.habits)["row-lost"]
    assert (total.documents, total.whole, total.wrong, total.refused) == (2, 2, 0, 0)
    assert sweep.load_scores(arguments.results, 1) == scores
    # Nothing is left to make: what was scored is not made again.
    assert sweep.sweep("docx", arguments, tmp_path / "nowhere") == scores
    assert not (tmp_path / "nowhere").exists()


def test_a_family_that_needs_what_is_not_installed_is_left_out_with_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert sweep.possible(["text", "chromium"]) == ["text"]
    assert "chromium: left out" in capsys.readouterr().out


def test_a_share_that_is_not_all_is_not_shown_as_all() -> None:
    assert " 99.999 " in table({"text": Outcome(documents=1, cells=1_000_000, exact=999_999)})
