"""The list of the workspace and what adding, opening and removing do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gkdesk.errors import WorkspaceError
from gkdesk.model.content import Note, SourceKind
from gkdesk.model.reading import number
from gkdesk.workflow import desk as desk_module
from gkdesk.workflow.desk import Desk
from gkdesk.workflow.tasks import read_bytes, takes_long_to_read_again
from tests.workflow.report_text import REPORT, RIGHT, WRONG

OTHER = REPORT.replace("民政局", "水利局")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.gkdesk"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with Desk.open(path) as found:
        yield found


def test_entries_follow_every_edit(desk: Desk) -> None:
    report = desk.add(read_bytes("民政局.txt", REPORT.encode()))
    desk.add(read_bytes("水利局.txt", OTHER.encode()))
    edit = report.edit({WRONG: number(RIGHT)})
    assert edit is not None
    report.apply(edit)
    first, second = desk.entries()
    assert (first.source_name, first.errors, first.changed) == ("民政局.txt", 0, 1)
    assert (second.source_name, second.errors, second.changed) == ("水利局.txt", 2, 0)


def test_a_source_that_is_here_already_brings_its_edits(desk: Desk) -> None:
    report = desk.add(read_bytes("民政局.txt", REPORT.encode()))
    edit = report.edit({WRONG: number(RIGHT)})
    assert edit is not None
    report.apply(edit)
    again = desk.add(read_bytes("副本.txt", REPORT.encode()))
    assert again.review.form[WRONG].value == RIGHT
    assert again is report
    assert len(desk.entries()) == 1


def test_counts_of_other_rules_are_counted_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.add(read_bytes("民政局.txt", REPORT.encode()))
    monkeypatch.setattr(desk_module, "__version__", "0.0.0-older")
    (entry,) = desk.entries()
    assert entry.errors == 2


def test_a_damaged_report_does_not_hide_the_others(path: Path) -> None:
    with Desk.open(path) as desk:
        desk.add(read_bytes("民政局.txt", REPORT.encode()))
        desk.add(read_bytes("水利局.txt", OTHER.encode()))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE report SET counted_by = ''")
    connection.execute("UPDATE report SET review = '{}' WHERE id = 1")
    connection.commit()
    connection.close()
    with Desk.open(path) as desk:
        assert [(entry.damaged, entry.errors) for entry in desk.entries()] == [(True, 0), (False, 2)]
        with pytest.raises(WorkspaceError):
            desk.open_report(1)


def test_a_form_with_cells_of_no_edition_is_damaged(path: Path) -> None:
    with Desk.open(path) as desk:
        desk.add(read_bytes("民政局.txt", REPORT.encode()))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE report SET review = replace(review, '\"t3.new.natural\"', '\"t3.new.nobody\"')")
    connection.commit()
    connection.close()
    with Desk.open(path) as desk, pytest.raises(WorkspaceError, match="damaged"):
        desk.open_report(1)


def test_a_form_of_an_unknown_edition_needs_a_newer_program(path: Path) -> None:
    with Desk.open(path) as desk:
        desk.add(read_bytes("民政局.txt", REPORT.encode()))
    connection = sqlite3.connect(path)
    connection.execute('UPDATE report SET review = replace(review, \'"form":"2021"\', \'"form":"2044"\')')
    connection.commit()
    connection.close()
    with Desk.open(path) as desk, pytest.raises(WorkspaceError, match="newer"):
        desk.open_report(1)


def test_a_removed_report_is_gone(desk: Desk) -> None:
    report = desk.add(read_bytes("民政局.txt", REPORT.encode()))
    desk.remove(report.report_id)
    assert desk.entries() == []
    edit = report.edit({WRONG: number(RIGHT)})
    assert edit is not None
    with pytest.raises(WorkspaceError, match="no-report"):
        report.apply(edit)


def test_the_default_workspace_lies_in_the_user_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkdesk.paths.user_data", lambda: tmp_path)
    with Desk.open() as desk:
        assert desk.path.parent == tmp_path
        assert desk.path.suffix == ".gkdesk"


def test_content_is_kept_only_where_reading_again_takes_long(desk: Desk) -> None:
    read = read_bytes("民政局.txt", REPORT.encode())
    assert desk.content(desk.add(read).report_id) is None


def test_what_a_password_protects_is_not_kept_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_bytes("民政局.txt", REPORT.encode())
    assert read.content is not None
    recognised = replace(read, content=replace(read.content, notes=(Note("picture-tables", {"count": 1}),)))
    for kind, is_kept in ((SourceKind.DOCX, True), (SourceKind.LOCKED, False), (SourceKind.DOC, False)):
        monkeypatch.setattr("gkdesk.sources.opening.recognise", lambda data, found=kind: found)
        assert takes_long_to_read_again(recognised) is is_kept
