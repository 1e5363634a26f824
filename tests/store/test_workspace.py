"""The workspace file: what is kept, who may open it, and what happens to files that are damaged or not ours."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gkdesk import messages
from gkdesk.errors import WorkspaceError
from gkdesk.model.content import Content, Line, SourceKind
from gkdesk.model.place import TextPlace
from gkdesk.store import workspace as workspace_module
from gkdesk.store.journal import EDIT, UNDO
from gkdesk.store.upgrade import APPLICATION_ID, CURRENT_VERSION
from gkdesk.store.workspace import Standing, Workspace
from gkdesk.store.workspace_file import is_workspace
from tests.store.reviews import NEW, SOURCE, TOTAL, entry, made_review, typed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "年报 2024.gkdesk"


@pytest.fixture
def workspace(path: Path) -> Iterator[Workspace]:
    with Workspace.open(path) as found:
        yield found


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(WorkspaceError) as caught:
        action()
    assert messages.error_text(caught.value.code, caught.value.arguments)
    return caught.value.code


def change_by_hand(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_report_comes_back_with_its_source_and_its_edits(path: Path, workspace: Workspace) -> None:
    report_id = workspace.add(made_review(), SOURCE)
    first, second = typed(NEW, 10), typed(TOTAL, 10)
    for item in (entry(EDIT, first), entry(EDIT, second), entry(UNDO, second.inverse())):
        workspace.append(report_id, item)
    workspace.close()
    with Workspace.open(path) as reopened:
        stored = reopened.load(report_id)
        assert stored.review.form[NEW].value == 10
        assert stored.review.form[NEW].as_read.value == 9
        assert not stored.review.form[TOTAL].changed
        assert (stored.history.done, stored.history.undone) == ([first], [second])
        assert [item.kind for item in stored.journal] == ["edit", "edit", "undo"]
        assert reopened.source(report_id) == SOURCE


def test_the_same_source_is_kept_once(workspace: Workspace) -> None:
    report_id = workspace.add(made_review(), SOURCE)
    workspace.append(report_id, entry(EDIT, typed(NEW, 10)))
    again = made_review()
    again.source_name = "副本.txt"
    assert workspace.add(again, SOURCE) == report_id
    assert [report.source_name for report in workspace.reports()] == ["年报.txt"]
    assert workspace.load(report_id).review.form[NEW].value == 10


def test_the_list_says_whose_report_it_is_and_how_it_stands(workspace: Workspace) -> None:
    report_id = workspace.add(made_review(), SOURCE, Standing(2, 1, 0, "1"))
    workspace.append(report_id, entry(EDIT, typed(NEW, 10)), Standing(1, 1, 1, "1"))
    (report,) = workspace.reports()
    assert (report.organization, report.year, report.edition, report.kind) == (
        "云泽市青禾区民政局",
        2024,
        "2021",
        "text",
    )
    assert report.standing == Standing(1, 1, 1, "1")


def test_a_removed_report_is_gone_with_its_source_and_journal(path: Path, workspace: Workspace) -> None:
    report_id = workspace.add(made_review(), SOURCE)
    workspace.append(report_id, entry(EDIT, typed(NEW, 10)))
    workspace.remove(report_id)
    assert workspace.reports() == []
    assert code_of(lambda: workspace.load(report_id)) == "workspace.no-report"
    assert code_of(lambda: workspace.append(report_id, entry(EDIT, typed(NEW, 1)))) == "workspace.no-report"
    workspace.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute(
            "SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM journal)"
        ).fetchall() == [(0, 0)]
    connection.close()


def test_names_with_half_characters_are_kept(workspace: Workspace) -> None:
    review = made_review()
    review.source_name = "bad\udcff.txt"
    report_id = workspace.add(review, SOURCE)
    assert workspace.load(report_id).review.source_name == "bad\udcff.txt"
    assert workspace.reports()[0].source_name == "bad?.txt"


def test_a_second_opening_is_refused_and_leaves_the_first_alone(path: Path, workspace: Workspace) -> None:
    assert code_of(lambda: Workspace.open(path)) == "workspace.in-use"
    assert is_workspace(path)
    script = (
        "import sys; from pathlib import Path; from gkdesk.store.workspace import Workspace;"
        "Workspace.open(Path(sys.argv[1]))"
    )
    other = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=False)
    assert "workspace.in-use" in other.stderr
    workspace.add(made_review(), SOURCE)


def test_closing_frees_the_file_and_leaves_one_file(path: Path, workspace: Workspace) -> None:
    workspace.add(made_review(), SOURCE)
    workspace.close()
    workspace.close()
    Workspace.open(path).close()
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_the_main_file_alone_holds_every_edit(path: Path, workspace: Workspace) -> None:
    report_id = workspace.add(made_review(), SOURCE)
    workspace.append(report_id, entry(EDIT, typed(NEW, 10)))
    copy = path.with_name("copy.gkdesk")
    script = "import shutil, sys; shutil.copyfile(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", script, path, copy], check=True)
    with Workspace.open(copy) as found:
        assert found.load(report_id).review.form[NEW].value == 10


def test_the_header_says_what_the_file_is(path: Path, workspace: Workspace) -> None:
    workspace.close()
    header = path.read_bytes()[:72]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == CURRENT_VERSION
    assert is_workspace(path)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 something", b"x", b"SQLite format 3\0 and then nothing of the kind" * 30]
)
def test_other_files_are_refused_and_left_as_they_are(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert code_of(lambda: Workspace.open(path)) == "workspace.not-a-workspace"
    assert path.read_bytes() == content
    assert not is_workspace(path)


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    change_by_hand(path, "CREATE TABLE places (url TEXT)")
    before = path.read_bytes()
    assert code_of(lambda: Workspace.open(path)) == "workspace.not-a-workspace"
    assert path.read_bytes() == before


def test_a_file_of_a_newer_program_is_refused(path: Path, workspace: Workspace) -> None:
    workspace.close()
    change_by_hand(path, f"PRAGMA user_version = {CURRENT_VERSION + 1}")
    assert code_of(lambda: Workspace.open(path)) == "workspace.newer"


def test_an_empty_file_becomes_a_workspace(path: Path) -> None:
    path.touch()
    with Workspace.open(path) as workspace:
        assert workspace.reports() == []


@pytest.mark.parametrize("name", ["absent/x.gkdesk", "."])
def test_places_that_cannot_hold_a_workspace(tmp_path: Path, name: str) -> None:
    assert code_of(lambda: Workspace.open(tmp_path / name)) in ("workspace.not-writable", "workspace.not-a-workspace")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM journal; END",
        "CREATE VIEW v AS SELECT * FROM report",
        "DROP TABLE journal",
    ],
)
def test_a_schema_that_is_not_ours_is_refused(path: Path, workspace: Workspace, statement: str) -> None:
    workspace.close()
    change_by_hand(path, statement)
    assert code_of(lambda: Workspace.open(path)) == "workspace.damaged"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE report SET review = '{}'",
        "UPDATE report SET review = x'00ff'",
        "UPDATE journal SET kind = 'redo'",
        "UPDATE journal SET kind = 'other'",
        "UPDATE journal SET edit = '{\"cells\": [{}]}'",
        "UPDATE journal SET edit = replace(edit, 't3.new.natural', 't3.nothing.natural')",
    ],
)
def test_a_damaged_row_is_said_to_be_damaged(path: Path, workspace: Workspace, statement: str) -> None:
    report_id = workspace.add(made_review(), SOURCE)
    workspace.append(report_id, entry(EDIT, typed(NEW, 10)))
    workspace.close()
    change_by_hand(path, statement)
    with Workspace.open(path) as found:
        assert code_of(lambda: found.load(report_id)) == "workspace.damaged"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE source SET packed = x'00'", "UPDATE source SET size = 3", "UPDATE source SET packed = 'text', size = 'x'"],
)
def test_a_source_that_is_not_what_was_read_is_damaged(path: Path, workspace: Workspace, statement: str) -> None:
    report_id = workspace.add(made_review(), SOURCE)
    workspace.close()
    change_by_hand(path, statement)
    with Workspace.open(path) as found:
        assert code_of(lambda: found.source(report_id)) == "workspace.damaged"


def test_damaged_bytes_never_raise_anything_else(path: Path, workspace: Workspace) -> None:
    report_id = workspace.add(made_review(), SOURCE)
    workspace.append(report_id, entry(EDIT, typed(NEW, 10)))
    workspace.close()
    whole = path.read_bytes()
    chance = random.Random(7)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 20, 400))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(damaged)) :]
        path.write_bytes(damaged)
        try:
            with Workspace.open(path) as found:
                found.reports()
                found.load(report_id)
                found.source(report_id)
        except WorkspaceError:
            continue


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_is_said_and_changes_nothing(workspace: Workspace) -> None:
    import resource

    report_id = workspace.add(made_review(), SOURCE)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        code = code_of(lambda: workspace.append(report_id, entry(EDIT, typed(NEW, 10))))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code == "workspace.write-failed"
    assert workspace.load(report_id).journal == ()
    workspace.append(report_id, entry(EDIT, typed(NEW, 11)))
    assert workspace.load(report_id).review.form[NEW].value == 11


def test_every_meaning_of_an_error_has_a_sentence() -> None:
    for code in workspace_module._MEANINGS.values():
        assert messages.error_text(code, {"name": "年报"})
        assert messages.error_text(code, {"name": "年报"}, messages.ENGLISH)


def test_content_is_kept_with_its_report_and_goes_with_it(path: Path, workspace: Workspace) -> None:
    review = made_review()
    content = Content(SourceKind.HTML, review.sha256, (Line("收到申请 9 件", TextPlace(0, 8)),), text="收到申请 9 件")
    report_id = workspace.add(review, SOURCE, content=content)
    workspace.close()
    with Workspace.open(path) as reopened:
        assert reopened.content(report_id) == content
        reopened.remove(report_id)
        assert code_of(lambda: reopened.content(report_id)) == "workspace.no-report"
        assert reopened.content(reopened.add(review, SOURCE)) is None


def test_content_of_another_source_is_damage(workspace: Workspace) -> None:
    report_id = workspace.add(made_review(), SOURCE, content=Content(SourceKind.HTML, "0" * 64, ()))
    assert code_of(lambda: workspace.content(report_id)) == "workspace.damaged"
