"""Sources are recognised by what is in them, and every failure has words."""

from __future__ import annotations

import io
import random
import sqlite3
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from gkdesk import messages
from gkdesk.errors import SourceError
from gkdesk.model.content import SourceKind
from gkdesk.sources import opening

PROSE = "某市医疗保障局2024年政府信息公开工作年度报告\n一、总体情况\n本年度公开信息 32 条。\n"


def zip_of(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in parts.items():
            container.writestr(name, part)
    return stream.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        opening.read(data)
    for language in (messages.CHINESE, messages.ENGLISH):
        assert messages.error_text(caught.value.code, caught.value.arguments, language)
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PROSE.encode(), SourceKind.TEXT),
        (PROSE.encode("gb18030"), SourceKind.TEXT),
        (PROSE.encode("utf-16"), SourceKind.TEXT),
        (PROSE.encode("utf-16-be"), SourceKind.TEXT),
        ("规章\t0\t0\t3\n".encode("gbk"), SourceKind.TEXT),
        ("# 报告\n\n## 一、总体情况\n无\n".encode(), SourceKind.MARKDOWN),
        ("| 规章 | 0 |\n|---|---|\n| 规范性文件 | 3 |\n".encode(), SourceKind.MARKDOWN),
        (b"<!doctype html><p>1", SourceKind.HTML),
        ("\n <p>年报</p><table><tr><td>1</table>".encode("gbk"), SourceKind.HTML),
        ("<html><body>年报".encode("utf-16"), SourceKind.HTML),
        ("年报：<p>一</p><p>二</p><div>三</div>".encode(), SourceKind.HTML),
        (b'<?xml version="1.0" encoding="gb2312"?>\n<html xmlns="x"><body/></html>', SourceKind.HTML),
        (b"%PDF-1.4\n1 0 obj", SourceKind.PDF),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), SourceKind.PICTURE),
        (b"\xff\xd8\xff\xe0" + bytes(50), SourceKind.PICTURE),
        (b"RIFF\0\0\0\0WEBPVP8 ", SourceKind.PICTURE),
        (b"BM\x36\x10\x0e\0\0\0\0\0\x36\0", SourceKind.PICTURE),
        (b"II*\0" + bytes(50), SourceKind.PICTURE),
        (b"junk of a mail gateway\r\n%PDF-1.4\n1 0 obj", SourceKind.PDF),
        (zip_of({"[Content_Types].xml": "", "word/document.xml": "<a/>"}), SourceKind.DOCX),
        (zip_of({"xl/workbook.xml": "<a/>"}), SourceKind.XLSX),
        (zip_of({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}), SourceKind.OFD),
        (zip_of({"年报/OFD.xml": "<a/>", "年报/Doc_0/Document.xml": "<a/>"}), SourceKind.OFD),
        (b"\r\n{\\rtf1\\ansi x}", SourceKind.RTF),
        (
            zip_of({"xl/workbook.xml": "<a/>", "docProps/custom.xml": '<property fmtid="{0}" pid="2" name="gkdesk"/>'}),
            SourceKind.WORKBOOK,
        ),
        (
            zip_of({"xl/workbook.xml": "<a/>", "docProps/custom.xml": '<property name="other">gkdesk</property>'}),
            SourceKind.XLSX,
        ),
    ],
)
def test_kind_follows_from_content(data: bytes, kind: SourceKind) -> None:
    assert opening.recognise(data) is kind


def test_markdown_with_inline_html_stays_markdown() -> None:
    data = "<br>\n| 规章 | 0<br>件 |\n|---|---|\n<p>注</p>\n".encode()
    assert opening.recognise(data) is SourceKind.MARKDOWN


def test_markdown_whose_tables_are_those_of_a_page_is_read_as_a_page() -> None:
    rows = "".join(
        f"<tr>\n<td><p>{name}</p></td><td>{figure}</td>\n</tr>\n"
        for name, figure in (("规章", 0), ("许可", 3), ("强制", 1))
    )
    small = "| 行政处罚 | 82 |\n|---|---|\n"
    data = f"# 报告\n\n## 一、总体情况\n无\n\n<table>\n{rows}</table>\n\n{small}\n## 五、问题\n".encode()
    content = opening.read(data)
    assert [[cell.text for cell in row] for grid in content.grids() for row in grid.rows()] == [
        ["规章", "0"],
        ["许可", "3"],
        ["强制", "1"],
    ]
    assert [line.text for line in content.lines()][:3] == ["报告", "一、总体情况", "无"]
    assert "行政处罚 82" in [" ".join(line.text.split()) for line in content.lines()]


def test_workspace_is_told_from_other_databases(tmp_path: Path) -> None:
    for name, application, expected in (("ours", 0x676B6473, True), ("theirs", 1, False)):
        path = tmp_path / name
        connection = sqlite3.connect(path)
        connection.execute(f"pragma application_id = {application}")
        connection.execute("create table t (a)")
        connection.commit()
        connection.close()
        if expected:
            assert opening.recognise(path.read_bytes()) is SourceKind.WORKSPACE
        else:
            assert refusal(path.read_bytes()) == "source.unrecognised"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "source.empty"),
        (b" \r\n\t", "source.empty"),
        ("\u3000\n".encode(), "source.empty"),
        (" \n".encode("utf-16"), "source.empty"),
        (b"\xff" * 5000, "source.unrecognised"),
        (b"????,?????(?)??,??????,,\r\n" * 9, "source.characters-lost"),
        ("锟斤拷锟斤拷锟较锟斤拷,锟斤拷锟斤拷锟斤拷,12\r\n".encode() * 20, "source.characters-lost"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "source.legacy-office"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "source.legacy-office"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "source.picture"),
        (b"Rar!\x1a\x07\x01\0", "source.archive"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "source.archive"),
        (zip_of({"report.docx": b"x"}), "source.nested-archive"),
        (zip_of({"OFD.xml": "<a/>"}), "source.broken"),
        (zip_of({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "source.unrecognised"),
        (bytes(range(256)) * 20, "source.unrecognised"),
        (random.Random(3).randbytes(20_000), "source.unrecognised"),
        (b'<?xml version="1.0"?><feed><a>1</a></feed>', "source.unrecognised"),
        (b"PK\x03\x04" + bytes(100), "source.broken"),
        (zip_of({"word/document.xml": "<a><b></a>"}), "source.broken"),
        (zip_of({"xl/workbook.xml": "not xml"}), "source.broken"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize(
    "text",
    ["是否公开？" + "?" * 99, "what? " * 99, "锟斤拷是乱码的名字。" + "年度报告" * 40, "?" * 40, "1?2?3?年" * 40],
)
def test_question_marks_of_a_text_are_no_lost_characters(text: str) -> None:
    assert opening.recognise(text.encode()) is SourceKind.TEXT


def test_truncated_documents_are_broken_not_bugs() -> None:
    whole = zip_of({"word/document.xml": "<a>" + "x" * 5000 + "</a>"})
    for end in range(4, len(whole) - 1, 7):
        assert refusal(whole[:end]) == "source.broken"


def test_damaged_bytes_never_raise_anything_else() -> None:
    chance = random.Random(7)
    whole = zip_of({"word/document.xml": "<a>" + "文" * 500 + "</a>", "docProps/core.xml": "<a/>"})
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(4):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(SourceError):
            opening.read(bytes(data))


def test_workbook_of_our_own_is_not_a_source() -> None:
    ours = zip_of({"xl/workbook.xml": "<a/>", "docProps/custom.xml": "<property name='gkdesk'/>"})
    assert refusal(ours) == "source.unrecognised"


def test_load_explains_what_is_wrong(tmp_path: Path) -> None:
    def code(path: Path) -> str:
        with pytest.raises(SourceError) as caught:
            opening.load(path)
        assert messages.error_text(caught.value.code, caught.value.arguments)
        return caught.value.code

    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    large = tmp_path / "large.pdf"
    with large.open("wb") as stream:
        stream.truncate(opening.LARGEST_FILE + 1)
    assert code(tmp_path / "none.pdf") == "source.not-found"
    assert code(tmp_path) == "source.folder"
    assert code(empty) == "source.empty"
    assert code(large) == "source.too-large"
    assert code(Path("a\0b")) == "source.not-readable"
    empty.write_bytes(b"x")
    assert opening.load(empty) == b"x"


def test_text_and_pages_are_bounded() -> None:
    start = time.monotonic()
    assert refusal(b"1 " * (opening.LARGEST_TEXT // 2 + 1)) == "source.too-large"
    assert refusal(b"<html>" + b"x" * opening.LARGEST_PAGE) == "source.too-large"
    assert refusal(b"<html>" + b"<p>" * 1_000_000) == "source.too-large"
    assert time.monotonic() - start < 60
