"""Every version of the workspace file there ever was opens, with the same report, edits and undo."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from gkdesk.model.content import Line
from gkdesk.model.place import TextPlace
from gkdesk.store.upgrade import CURRENT_VERSION, STEPS
from gkdesk.store.workspace import Workspace
from tests.store.reviews import FEE, NEW, SOURCE, TOTAL

FOLDER = Path(__file__).parents[1] / "workspaces"


def test_there_is_an_old_file_for_every_version() -> None:
    assert {path.stem for path in FOLDER.glob("*.gkdesk")} == {f"version-{n + 1}" for n in range(len(STEPS))}


@pytest.mark.parametrize("version", range(1, CURRENT_VERSION + 1))
def test_an_old_file_opens(version: int, tmp_path: Path) -> None:
    path = tmp_path / "old.gkdesk"
    shutil.copyfile(FOLDER / f"version-{version}.gkdesk", path)
    with Workspace.open(path) as workspace:
        (report,) = workspace.reports()
        stored = workspace.load(report.id)
        form = stored.review.form
        assert (report.organization, report.year) == ("云泽市青禾区民政局", 2024)
        assert (form[NEW].as_read.value, form[NEW].value) == (9, 10)
        assert form[NEW].as_reviewed is not None
        assert form[NEW].as_reviewed.why == "对照原文"
        assert (form[TOTAL].value, form[FEE].value) == (8, Decimal("128.560"))
        assert (len(stored.journal), len(stored.history.done), len(stored.history.undone)) == (5, 1, 1)
        assert workspace.source(report.id) == SOURCE
        answers = [decision.note for decision in stored.review.decisions.values()]
        content = workspace.content(report.id)
        if version == 1:
            assert (answers, content) == ([], None)
        else:
            assert answers == ["已电话告知"]
            assert content is not None
            assert content.blocks[0] == Line("收到申请 9 件", TextPlace(0, 8))


def test_a_program_of_version_1_would_refuse_what_holds_answers(tmp_path: Path) -> None:
    path = tmp_path / "old.gkdesk"
    shutil.copyfile(FOLDER / "version-1.gkdesk", path)
    Workspace.open(path).close()
    # The version stands in the header: a program that knows version 1 alone says that the file is newer.
    assert int.from_bytes(path.read_bytes()[60:64], "big") == CURRENT_VERSION > 1
