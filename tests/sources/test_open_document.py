"""OpenDocument texts and sheets: read through an installed LibreOffice, else one sentence; never handed over locked."""

from __future__ import annotations

import io
import zipfile

import pytest

from gkdesk import messages
from gkdesk.errors import SourceError
from gkdesk.model.content import SourceKind
from gkdesk.sources import opening
from gkdesk.sources.office import suite
from tests.sources.zip_maker import make_zip

ROWS = [["规章", "制发"], ["行政许可", "23"]]
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
_TYPE = "application/vnd.oasis.opendocument."
_MANIFEST = 'xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'


def document(kind: str, more: str = "") -> bytes:
    """A file of OpenDocument with one table; ``kind`` is ``text`` or ``spreadsheet``."""
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
        + "</table:table-row>"
        for row in ROWS
    )
    table = f'<table:table table:name="t"><table:table-column table:number-columns-repeated="2"/>{rows}</table:table>'
    body = f"<office:body><office:{kind}>{table}</office:{kind}></office:body>"
    content = f'<office:document-content {_SPACES} office:version="1.2">{body}</office:document-content>'
    entries = "".join(
        f'<file-entry full-path="{path}" media-type="{media}">{more}</file-entry>'
        for path, media in (("/", _TYPE + kind), ("content.xml", "text/xml"))
    )
    manifest = f"<manifest {_MANIFEST}>{entries}</manifest>"
    files = {"mimetype": _TYPE + kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return make_zip({name: text.encode() for name, text in files.items()})


def flat(kind: str) -> bytes:
    """The same as one XML file."""
    with zipfile.ZipFile(io.BytesIO(document(kind))) as container:
        content = container.read("content.xml").decode()
    root = f'office:document office:mimetype="{_TYPE}{kind}"'
    content = content.replace("<office:document-content", f"<{root}").replace(
        "/office:document-content", "/office:document"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n\n{content}'.encode()


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        opening.read(data)
    assert messages.error_text(caught.value.code, caught.value.arguments)
    return caught.value.code


@pytest.mark.parametrize(("kind", "expected"), [("text", SourceKind.ODT), ("spreadsheet", SourceKind.ODS)])
def test_tables_are_read_through_an_installed_program(kind: str, expected: SourceKind) -> None:
    if suite.find() is None:
        pytest.skip("LibreOffice is not installed")
    for data in (document(kind), flat(kind)):
        content = opening.read(data)
        assert content.kind is expected
        (grid,) = content.grids()
        assert [[cell.text for cell in row] for row in grid.rows()] == ROWS


@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_without_a_program_the_sentence_says_what_to_do(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "find", lambda: None)
    assert refusal(document(kind)) == refusal(flat(kind)) == "source.open-document"


def test_locked_ones_and_other_kinds_are_not_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(suite, "converted", lambda data, suffix, to: asked.append(suffix))
    assert refusal(document("text", more="<encryption-data/>")) == "source.encrypted-office"
    assert refusal(document("presentation")) == refusal(flat("presentation")) == "source.unrecognised"
    assert refusal(flat("text").replace(b"?>", b"?><!DOCTYPE a>", 1)) == "source.broken"
    bomb = make_zip({"mimetype": (_TYPE + "text").encode(), "content.xml": b" " * (8 << 20)})
    assert refusal(bomb) == "source.inflated"
    assert not asked
