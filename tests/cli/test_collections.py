"""Folders, archives and passwords on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.runs import Office
from tests.corpus.score import FOLDER
from tests.sources.zip_maker import lock_zip, make_zip
from tests.workflow.report_text import REPORT


def test_every_report_of_a_folder_and_an_archive_is_read(office: Office) -> None:
    (office.folder / "收到" / "县直").mkdir(parents=True)
    office.write("收到/县直/民政局.txt", REPORT)
    office.write("收到/Thumbs.db", "x")
    archive = make_zip(
        {"水利局.txt": REPORT.encode(), "坏.pdf": b"%PDF-1.4 x", "乡镇/林业局.txt": REPORT.encode()}, "gbk"
    )
    (office.folder / "收到" / "其他.zip").write_bytes(archive)
    run = office.gkdesk("extract", "收到")
    names = [json.loads(line)["source"] for line in run.out.splitlines()]
    assert names == ["其他.zip/乡镇/林业局.txt", "其他.zip/水利局.txt", "县直/民政局.txt"]
    assert run.code == 3
    assert [line.partition(": ")[2].partition(": ")[0] for line in run.err.splitlines()] == [
        str(Path("收到", "其他.zip", "坏.pdf"))
    ]


def test_what_lies_in_an_archive_is_exported_to_a_folder_under_its_own_name(office: Office) -> None:
    (office.folder / "a.zip").write_bytes(make_zip({"x/年报.txt": REPORT.encode(), "y/年报.txt": REPORT.encode()}))
    run = office.gkdesk("export", "a.zip", "-o", "out")
    assert run.out.splitlines() == [str(Path("out", name)) for name in ("年报.xlsx", "年报 (2).xlsx")]
    assert office.gkdesk("export", "a.zip", "-o", "out.xlsx").code == 2


def test_two_years_in_one_folder_are_compared_whichever_is_read_first(office: Office) -> None:
    (office.folder / "民政局").mkdir()
    office.write("民政局/一.txt", REPORT)
    office.write("民政局/二.txt", REPORT.replace("2024", "2023"))
    lines = office.gkdesk("check", "民政局").out.splitlines()
    begin = lines.index("与同时读取的其他报告对照：")
    assert lines[begin + 1] == "  一.txt"
    assert all("（对照 2023 年度报告）" in line for line in lines[begin + 2 :])
    assert "与同时读取的" not in office.gkdesk("check", "民政局/二.txt").out


def test_an_empty_folder_takes_one_line(office: Office) -> None:
    (office.folder / "empty").mkdir()
    run = office.gkdesk("check", "empty")
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith("gkdesk: empty: 里面没有找到年报文件")


def test_the_password_reaches_every_reader(office: Office) -> None:
    msoffcrypto = pytest.importorskip("msoffcrypto")
    for name in ("docx/official.docx", "xlsx/one-sheet.xlsx"):
        stream = io.BytesIO()
        msoffcrypto.OfficeFile(io.BytesIO((FOLDER / name).read_bytes())).encrypt("年报", stream)
        (office.folder / Path(name).name).write_bytes(stream.getvalue())
    (office.folder / "locked.zip").write_bytes(lock_zip("a.txt", REPORT.encode(), "年报".encode()))
    files = ["official.docx", "one-sheet.xlsx", "locked.zip"]
    refused = office.gkdesk("extract", *files)
    assert (refused.code, refused.out, len(refused.err.splitlines())) == (3, "", 3)
    assert all("--password" in line for line in refused.err.splitlines())
    run = office.gkdesk("extract", "--password", "年报", *files)
    kinds = [json.loads(line)["kind"] for line in run.out.splitlines()]
    assert (kinds, run.err) == (["docx", "xlsx", "text"], "")
