"""Old Office documents: whole reports out of .doc, .xls and .rtf, passwords, and what happens without the means."""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import struct
import sys
import time
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest

from gkdesk import messages
from gkdesk.errors import SourceError
from gkdesk.model.content import SourceKind
from gkdesk.model.place import SheetPlace
from gkdesk.sources import opening
from gkdesk.sources.office import ole_container, suite
from tests.corpus.score import FOLDER, compare

DOCUMENTS = Path(__file__).parent / "documents"
DOC = (DOCUMENTS / "official.doc").read_bytes()
XLS = (DOCUMENTS / "one-sheet.xls").read_bytes()
DOCX = (FOLDER / "docx" / "official.docx").read_bytes()
XLSX = (FOLDER / "xlsx" / "one-sheet.xlsx").read_bytes()


@pytest.fixture
def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "find", lambda: None)


def refusal(data: bytes, password: str | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        opening.read(data, password)
    assert messages.error_text(caught.value.code, caught.value.arguments)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "family", "kind"),
    [
        ("official.doc", "docx", "doc"),
        ("one-sheet.xls", "xlsx", "xls"),
        ("three-sheets-offset.xls", "xlsx", "xls"),
    ],
)
def test_every_cell_of_a_report_is_exact(name: str, family: str, kind: str, no_program: None) -> None:
    data = (DOCUMENTS / name).read_bytes()
    truth = FOLDER / family / f"{Path(name).stem}.{family}.truth.json"
    outcome = compare(name, data, json.loads(truth.read_text("utf-8"), parse_float=Decimal))
    assert (outcome.details, outcome.exact, outcome.doubtful) == ([], outcome.cells, 0)
    content = opening.read(data)
    assert (str(content.kind), content.sha256) == (kind, hashlib.sha256(data).hexdigest())


def test_cells_of_an_old_workbook_have_their_addresses() -> None:
    new, old = (next(opening.read(data).grids()) for data in (XLSX, XLS))
    assert [(cell.text, cell.place) for cell in old.cells] == [(cell.text, cell.place) for cell in new.cells]
    assert all(isinstance(cell.place, SheetPlace) for cell in old.cells)


def test_kinds_are_told_by_the_streams_at_the_top() -> None:
    assert ole_container.kind_of(DOC) is SourceKind.DOC
    assert ole_container.kind_of(XLS) is SourceKind.XLS
    assert (
        ole_container.kind_of(DOC.replace("WordDocument".encode("utf-16-le"), "WordDocumenx".encode("utf-16-le")))
        is None
    )
    for end in range(0, len(XLS), 301):
        ole_container.kind_of(XLS[:end])


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.9, 0.995])
@pytest.mark.parametrize("data", [DOC, XLS], ids=["doc", "xls"])
def test_an_old_document_whose_end_is_missing_is_called_broken(data: bytes, share: float, no_program: None) -> None:
    """To advise saving it in another format would send the clerk on an errand in vain."""
    assert not ole_container.is_cut(data)
    assert refusal(data[: int(len(data) * share)]) == "source.broken"


def test_a_rich_text_that_promises_more_than_it_has_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice waits for the rest until its minute is over."""
    monkeypatch.setattr(suite, "as_docx", lambda data, suffix: pytest.fail("it was started"))
    assert refusal(rb"{\rtf1 {\pict\bin2147483647 " + bytes(1000) + b"}") == "source.broken"


def rich_text(rows: list[list[str]]) -> bytes:
    lines = [r"{\rtf1\ansi\ansicpg936 "]
    for row in rows:
        lines.append(r"\trowd" + "".join(rf"\cellx{2000 * number}" for number in range(1, len(row) + 1)))
        lines += [r"\pard\intbl " + "".join(rf"\u{ord(c)}?" for c in text) + r"\cell" for text in row]
        lines.append(r"\row")
    return "\n".join([*lines, r"\pard end\par}"]).encode()


def test_rich_text_is_read_through_an_installed_program() -> None:
    if suite.find() is None:
        pytest.skip("LibreOffice is not installed")
    content = opening.read(rich_text([["规章", "制发"], ["1", "23"]]))
    assert content.kind is SourceKind.RTF
    (grid,) = content.grids()
    assert [[cell.text for cell in row] for row in grid.rows()] == [["规章", "制发"], ["1", "23"]]


def test_without_a_program_the_sentence_says_what_to_do(no_program: None) -> None:
    assert refusal(rich_text([["1", "2"]])) == "source.legacy-office"


def test_a_document_the_library_cannot_read_goes_to_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def convert(data: bytes, suffix: str) -> bytes:
        asked.append(suffix)
        return DOCX

    monkeypatch.setattr(suite, "as_docx", convert)
    damaged = bytearray(DOC)
    at = DOC.index(b"\xec\xa5")
    damaged[at : at + 2] = b"\0\0"
    content = opening.read(bytes(damaged))
    assert (asked, content.kind) == ([".doc"], SourceKind.DOC)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the program")
def test_a_program_that_hangs_is_ended_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nsleep 600 &\nwait\n")
    script.chmod(0o755)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(suite, "find", lambda: str(script))
    monkeypatch.setattr(suite, "TIME_LIMIT", 0.3)
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    start = time.monotonic()
    assert refusal(rich_text([["1", "2"]])) == "source.legacy-office"
    assert time.monotonic() - start < 60
    assert list(scratch.iterdir()) == []


def test_the_program_is_found_by_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/libreoffice" if name == "libreoffice" else None)
    assert suite.find() == "/usr/bin/libreoffice"


def locked(data: bytes, password: str) -> bytes:
    msoffcrypto = pytest.importorskip("msoffcrypto")
    stream = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()


@pytest.mark.parametrize(("plain", "kind"), [(DOCX, SourceKind.DOCX), (XLSX, SourceKind.XLSX)], ids=["docx", "xlsx"])
def test_a_document_behind_a_password_is_read_with_it(plain: bytes, kind: SourceKind) -> None:
    data = locked(plain, "年报2024")
    assert refusal(data) == "source.encrypted"
    assert refusal(data, "wrong") == "source.wrong-password"
    content = opening.read(data, "年报2024")
    assert content.kind is kind
    assert content.blocks == opening.read(plain).blocks
    assert content.sha256 == hashlib.sha256(data).hexdigest()


def test_what_excel_protects_for_everybody_needs_no_password() -> None:
    assert opening.read(locked(XLSX, "VelvetSweatshop")).blocks == opening.read(XLSX).blocks


def test_a_password_that_takes_hours_to_try_is_not_tried() -> None:
    data = locked(DOCX, "x")
    assert refusal(data.replace(b'spinCount="100000"', b'spinCount="999999999"'), "x") == "source.broken"


def test_without_the_library_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    data = locked(DOCX, "x")
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    assert refusal(data, "x") == "source.encrypted-office"


def test_damaged_documents_never_raise_anything_else(no_program: None) -> None:
    chance = random.Random(11)
    for data in [XLS] * 60 + [DOC] * 8:
        damaged = bytearray(data)
        for _ in range(20):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        struct.pack_into("<I", damaged, chance.randrange(len(damaged) - 4), 0x7FFFFFFF)
        with suppress(SourceError):
            opening.read(bytes(damaged))
    for data in (XLS, DOC):
        for end in range(0, len(data), len(data) // 6):
            with suppress(SourceError):
                opening.read(data[:end])
