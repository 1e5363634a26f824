"""From files, folders and archives to sources: which, in which order, under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gkdesk import messages
from gkdesk.errors import SourceError, WorkspaceError
from gkdesk.workflow import tasks
from gkdesk.workflow.collection import Source, inside, may_be_report, sources_in
from gkdesk.workflow.desk import Desk
from tests.sources.mail_maker import attached, make_mail, written
from tests.sources.zip_maker import lock_zip, make_zip
from tests.workflow.report_text import PRINTED, REPORT, WRONG


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_of_a_folder_only_possible_reports_are_taken_in_a_stable_order(tmp_path: Path) -> None:
    fill(tmp_path, "b.pdf", "A.ofd", "甲/a.docx", "甲/~$a.docx", "Thumbs.db", ".DS_Store", ".hidden.txt", "desktop.ini")
    fill(tmp_path, "页_files/b.jpg", ".git/a.txt", "__MACOSX/b.pdf", "notes.json", "页.html", "扫描.JPG")
    found = list(sources_in([tmp_path]))
    assert [source.name for source in found] == ["A.ofd", "b.pdf", "扫描.JPG", "甲/a.docx", "页.html"]
    assert [source.path for source in found] == [tmp_path / source.name for source in found]


def test_files_given_by_themselves_are_always_tried(tmp_path: Path) -> None:
    names = ["~$a.docx", "Thumbs.db", "absent.pdf"]
    assert [source.name for source in sources_in([tmp_path / name for name in names])] == names


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a/__MACOSX/._b.pdf", False), ("a/b.PDF", True), ("a/._b.pdf", False), ("a", False), ("", False), ("x.et", True)],
)
def test_junk_is_told_from_reports(name: str, expected: bool) -> None:
    assert may_be_report(name) is expected


def test_reports_in_archives_are_named_by_both(tmp_path: Path) -> None:
    inner = make_zip({"d.txt": REPORT.encode()})
    files = {"乙/c.txt": REPORT.encode(), "Thumbs.db": b"", "__MACOSX/乙/._c.txt": b"", "b.zip": inner}
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "年报.zip").write_bytes(make_zip(files, "gbk"))
    found = list(sources_in([tmp_path]))
    assert [source.name for source in found] == ["甲/年报.zip/b.zip/d.txt", "甲/年报.zip/乙/c.txt"]
    read = tasks.read_report(found[1])
    assert (read.review.source_name, read.source) == ("甲/年报.zip/乙/c.txt", REPORT.encode())
    assert tasks.count_reports(tmp_path / "甲" / "年报.zip") == 2


def test_reports_in_mails_are_what_is_attached_or_what_is_written(tmp_path: Path) -> None:
    report = REPORT.encode()
    letter = written("各位领导：附件是我局政府信息公开工作年度报告，其中行政许可 1286 件，予以公开 5 件。\n")
    files = {
        "一个附件.eml": make_mail(letter, attached(report, "年报.txt")),
        "几个附件.eml": make_mail(
            letter, attached(report, "甲.txt"), attached(report, "乙.md"), attached(b"1", "x.json")
        ),
        "压缩包.eml": make_mail(letter, attached(make_zip({"丙.txt": report}), "年报.zip")),
        "正文.eml": make_mail(written(REPORT), attached(b"1", "logo.json")),
        "都有.eml": make_mail(written(REPORT), attached(report, "年报.txt")),
        "信.eml": make_mail(letter),
        "包.zip": make_zip({"信.eml": make_mail(letter, attached(report, "年报.txt")), "a.txt": report}),
    }
    found: dict[str, list[Source]] = {}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        found[name] = list(sources_in([tmp_path / name]))
    assert {name: [source.name for source in sources] for name, sources in found.items()} == {
        "一个附件.eml": ["一个附件.eml/年报.txt"],
        "几个附件.eml": ["几个附件.eml/甲.txt", "几个附件.eml/乙.md"],
        "压缩包.eml": ["压缩包.eml/年报.zip/丙.txt"],
        "正文.eml": ["正文.eml/正文.txt"],
        "都有.eml": ["都有.eml/正文.txt", "都有.eml/年报.txt"],
        "信.eml": ["信.eml"],
        "包.zip": ["包.zip/a.txt", "包.zip/信.eml/年报.txt"],
    }
    for sources in found.values():
        for source in sources:
            read = tasks.read_report(source)
            assert read.source == report or source.name in ("信.eml", "正文.eml/正文.txt", "都有.eml/正文.txt")
            assert source.name == "信.eml" or read.review.form[WRONG].value == PRINTED


@pytest.mark.parametrize("content", [{}, {"Thumbs.db": b""}, {"notes.json": b"{}"}])
def test_nothing_inside_is_said(tmp_path: Path, content: dict[str, bytes]) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    path = tmp_path / "a.zip"
    path.write_bytes(make_zip(content))
    for place in (empty, path):
        (source,) = sources_in([place])
        with pytest.raises(SourceError, match="nothing-inside"):
            tasks.read_report(source)


def test_a_broken_archive_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(make_zip({"a.txt": b"1" * 999})[:-30])
    (source,) = sources_in([path])
    with pytest.raises(SourceError, match="broken"):
        tasks.read_report(source)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are pipes among the files only on POSIX")
def test_a_pipe_or_device_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "年报.pdf")
    (tmp_path / "空.pdf").symlink_to("/dev/zero")
    for source in sources_in([tmp_path / "空.pdf", tmp_path / "年报.pdf"]):
        with pytest.raises(SourceError) as caught:
            tasks.read_report(source)
        assert caught.value.code == "source.not-a-file"
        assert messages.error_text(caught.value.code, caught.value.arguments)
    with pytest.raises(WorkspaceError) as refused:
        Desk.open(tmp_path / "年报.pdf")
    assert refused.value.code == "workspace.not-a-workspace"


def test_links_out_of_a_chosen_folder_are_not_followed(tmp_path: Path) -> None:
    chosen = tmp_path / "选的"
    fill(tmp_path, "选的/甲.txt", "别处/密.txt", "别处/里/乙.txt")
    (tmp_path / "别处" / "密.zip").write_bytes(make_zip({"密.txt": REPORT.encode()}))
    for name, target in (("内.txt", "甲.txt"), ("外.txt", "../别处/密.txt"), ("外.zip", "../别处/密.zip")):
        (chosen / name).symlink_to(target)
    (chosen / "夹").symlink_to("../别处/里")
    (chosen / "绕.txt").symlink_to("夹/乙.txt")
    found = {source.name: source for source in sources_in([chosen])}
    refused = {"外.txt", "外.zip", "绕.txt"}
    assert set(found) == {"甲.txt", "内.txt", *refused}
    for name in refused:
        with pytest.raises(SourceError, match="link-outside"):
            tasks.read_report(found[name])
    # A link that somebody points at is what was chosen, and so is a folder behind one.
    (tmp_path / "链").symlink_to("选的")
    given = [*sources_in([chosen / "外.zip"]), *sources_in([tmp_path / "链"])]
    assert [source.name for source in given if not source.refused] == ["外.zip/密.txt", "内.txt", "甲.txt"]


def test_archives_too_deep_inside_say_so_once(tmp_path: Path) -> None:
    deep = make_zip({f"{number}.zip": make_zip({"a.txt": b"x"}) for number in range(4)})
    path = tmp_path / "a.zip"
    path.write_bytes(make_zip({"b.zip": deep, "c.zip": deep, "年报.txt": REPORT.encode()}))
    found = list(sources_in([path]))
    assert [source.name for source in found] == ["a.zip/年报.txt", "a.zip"]
    assert tasks.read_report(found[0]).source == REPORT.encode()
    with pytest.raises(SourceError, match="nested-archive"):
        tasks.read_report(found[1])
    path.write_bytes(make_zip({"b.zip": make_zip({"d.zip": make_zip({"a.txt": b"x"})})}))
    (source,) = sources_in([path])
    assert source.name == "a.zip/b.zip/d.zip"
    with pytest.raises(SourceError, match="nested-archive"):
        tasks.read_report(source)


def test_the_password_opens_archives_too(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(lock_zip("a.txt", REPORT.encode(), b"2024"))
    (source,) = inside(Source(path, path.name))
    with pytest.raises(SourceError, match="encrypted"):
        tasks.read_report(source)
    assert len(tasks.read_report(source, "2024").review.form) == 200


def test_an_open_workspace_keeps_its_lock(tmp_path: Path) -> None:
    place = tmp_path / "desk.gkdesk"
    with Desk.open(place) as desk:
        assert list(sources_in([place])) == [Source(place, place.name)]
        desk.add(tasks.read_bytes("a.txt", REPORT.encode()))
    assert tasks.count_reports(place) == 1
