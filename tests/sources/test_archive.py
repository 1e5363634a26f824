"""Archives: what is in them, by names as their makers meant them, within bounds, and nothing ever outside."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from gkdesk.errors import SourceError
from gkdesk.sources import archive
from tests.sources.zip_maker import lock_zip, make_zip


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "年报.zip"
    path.write_bytes(data)
    return path


def code(path: Path, where: tuple[int, ...], password: str | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        archive.load(path, where, password)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["", "gbk", "utf-8"])
def test_names_are_decoded_as_their_makers_meant_them(tmp_path: Path, encoding: str) -> None:
    path = saved(tmp_path, make_zip({"县直/民政局.txt": b"2", "a.txt": b"1"}, encoding))
    found = archive.members(path)
    assert [member.name for member in found] == ["a.txt", "县直/民政局.txt"]
    assert [archive.load(path, member.where) for member in found] == [b"1", b"2"]


def test_archives_inside_are_looked_into_once(tmp_path: Path) -> None:
    innermost = make_zip({"c.txt": b"3"})
    inner = make_zip({"b.txt": b"2", "c.zip": innermost})
    path = saved(tmp_path, make_zip({"a.txt": b"1", "inner.zip": inner, "broken.zip": b"PK\x03\x04 nothing"}))
    found = {member.name: member.where for member in archive.members(path)}
    assert list(found) == ["a.txt", "broken.zip", "inner.zip/b.txt", "inner.zip/c.zip"]
    assert archive.load(path, found["inner.zip/b.txt"]) == b"2"
    assert archive.load(path, found["inner.zip/c.zip"]) == innermost


def test_office_documents_are_no_archives(tmp_path: Path) -> None:
    for parts in ({"word/document.xml": b""}, {"[Content_Types].xml": b""}, {"OFD.xml": b""}, {"a/OFD.xml": b""}):
        assert not archive.is_archive(saved(tmp_path, make_zip(parts)))
    assert archive.is_archive(saved(tmp_path, make_zip({"report.docx": b""})))
    for data in (b"", b"PK\x03\x04", b"text"):
        assert not archive.is_archive(saved(tmp_path, data))
    assert not archive.is_archive(tmp_path)


def test_names_that_lead_out_stay_inside(tmp_path: Path) -> None:
    path = saved(tmp_path, make_zip({"../../etc/a.txt": b"1", "/b.txt": b"2", "C:\\x\\c\x07.txt": b"3"}))
    assert [member.name for member in archive.members(path)] == ["b.txt", "C:/x/c.txt", "etc/a.txt"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_password_opens_what_is_behind_it(tmp_path: Path) -> None:
    path = saved(tmp_path, lock_zip("a.txt", b"report", "密码".encode("gb18030")))
    assert code(path, (0,)) == "source.encrypted"
    assert code(path, (0,), "wrong") == "source.wrong-password"
    assert archive.load(path, (0,), "密码") == b"report"


def test_bombs_and_damaged_files_are_refused(tmp_path: Path) -> None:
    start = time.monotonic()
    path = saved(tmp_path, make_zip({"a.txt": bytes(150 << 20), "b.txt": b"", "c.txt": b"fine"}))
    assert code(path, (0,)) == "source.inflated"
    assert code(path, (1,)) == "source.empty"
    assert code(path, (7,)) == "source.broken"
    assert archive.load(path, (2,)) == b"fine"
    data = bytearray(make_zip({"a.txt": b"report " * 50}))
    data[45] ^= 0xFF
    assert code(saved(tmp_path, bytes(data)), (0,)) == "source.broken"
    assert time.monotonic() - start < 60


def test_ways_of_packing_that_are_unknown_are_said(tmp_path: Path) -> None:
    data = bytearray(make_zip({"a.txt": b"report"}))
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + at] = 99
    assert code(saved(tmp_path, bytes(data)), (0,)) == "source.archive"


def test_many_entries_and_huge_promises_are_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        for number in range(50_001):
            container.writestr(f"{number}", b"")
    with pytest.raises(SourceError, match="inflated"):
        archive.members(saved(tmp_path, stream.getvalue()))
