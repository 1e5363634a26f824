"""Documents of Word and Excel saved as one XML file, files embedded in a Word document, mails of Outlook."""

from __future__ import annotations

import base64
import io
import zipfile
from html import escape
from pathlib import Path

import pytest

from gkdesk import messages
from gkdesk.errors import SourceError
from gkdesk.model.content import Content, SourceKind
from gkdesk.sources import opening
from gkdesk.sources.office import suite
from tests.corpus.score import FOLDER
from tests.sources.test_docx import cell, document, paragraph, table

ROWS = [["规章", "制发"], ["行政许可", "23"]]
PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
SHEET_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
PAGE = "<html><body><p>页</p><table><tr><td rowspan=2>甲<td>1<tr><td>2</table></body></html>"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def grid(content: Content) -> list[list[str]]:
    (found,) = content.grids()
    return [[cell.text for cell in row] for row in found.rows()]


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        opening.read(data)
    assert messages.error_text(caught.value.code, caught.value.arguments)
    return caught.value.code


def package(data: bytes) -> bytes:
    """A DOCX as Word saves it in one XML file."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for name in container.namelist():
            part = container.read(name)
            if name.endswith((".xml", ".rels")):
                xml = part.decode("utf-8").split("?>", 1)[-1]
                held = f"<pkg:xmlData>{xml}</pkg:xmlData>"
            else:
                held = f"<pkg:binaryData>{base64.encodebytes(part).decode()}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{escape(name)}">{held}</pkg:part>')
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    return f'{head}<pkg:package xmlns:pkg="{PACKAGE}">{"".join(parts)}</pkg:package>'.encode()


def embedding(data: bytes, name: str = "chunk.html", target: str = "", body: str = "") -> bytes:
    """A Word document in which a file stands between two paragraphs."""
    chunk = f'<w:altChunk xmlns:r="{RELATION}" r:id="rId7"/>'
    main = document(body.replace("CHUNK", chunk) or f"{paragraph('前')}{chunk}{paragraph('后')}")
    mode = 'TargetMode="External"' if target else ""
    relation = f'<Relationship Id="rId7" Type="{RELATION}/aFChunk" Target="{target or "/word/" + name}" {mode}/>'
    stream = io.BytesIO(main)
    with zipfile.ZipFile(stream, "a") as container:
        container.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}'
            "</Relationships>",
        )
        container.writestr(f"word/{name}", data)
    return stream.getvalue()


@pytest.mark.parametrize("path", sorted((FOLDER / "docx").glob("*.docx")), ids=lambda path: path.name)
def test_a_package_of_one_file_is_read_like_the_document(path: Path) -> None:
    plain = opening.read(path.read_bytes())
    packed = opening.read(package(path.read_bytes()))
    assert (packed.kind, packed.blocks, packed.title) == (SourceKind.DOCX, plain.blocks, plain.title)


def test_a_package_cannot_name_what_is_outside_of_it() -> None:
    data = package(document(paragraph("甲")))
    entity = data.replace(b"<pkg:package", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><pkg:package', 1)
    assert refusal(entity) == "source.broken"
    assert refusal(data[:-30]) == "source.broken"
    assert refusal(data.replace(b"/word/document.xml", b"/xl/none.xml")) == "source.broken"
    assert refusal(data.replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 5000 + b"</w:p>" * 5000)) == "source.broken"


def old_word(rows: list[list[str]]) -> bytes:
    width = '<w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>'
    cells = ["".join(f"<w:tc>{width}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in row) for row in rows]
    body = "<w:tblPr/><w:tblGrid>" + '<w:gridCol w:w="2000"/>' * len(rows[0]) + "</w:tblGrid>"
    body += "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        f'<w:wordDocument xmlns:w="{WORD_2003}"><w:body><w:tbl>{body}</w:tbl></w:body></w:wordDocument>'
    ).encode()


def old_sheet(rows: list[list[str]]) -> bytes:
    body = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in row) + "</Row>"
        for row in rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{SHEET_2003}" xmlns:ss="{SHEET_2003}"><Worksheet ss:Name="表"><Table>{body}</Table>'
        "</Worksheet></Workbook>"
    ).encode()


@pytest.mark.parametrize(("make", "kind"), [(old_word, SourceKind.DOC), (old_sheet, SourceKind.XLS)])
def test_the_xml_of_office_2003_is_read_through_an_installed_program(make, kind, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    if suite.find() is not None:
        content = opening.read(make(ROWS))
        assert (content.kind, grid(content)) == (kind, ROWS)
    # The program would leave out cells of such a table.
    assert refusal(old_word(ROWS).replace(b"<w:gridCol", b"<w:other", 1)) == "source.legacy-office"
    monkeypatch.setattr(suite, "find", lambda: None)
    assert refusal(make(ROWS)) == "source.legacy-office"
    monkeypatch.setattr(suite, "converted", lambda data, suffix, to: pytest.fail("handed over"))
    assert refusal(make(ROWS)[:-20]) == "source.broken"


def test_what_is_embedded_in_a_document_stands_where_it_is_shown() -> None:
    for data in (PAGE.encode("utf-8"), b"\xef\xbb\xbf" + PAGE.encode("utf-8"), PAGE.encode("gb18030")):
        content = opening.read(embedding(data))
        assert [line.text for line in content.lines()] == ["前", "页", "后"]
        assert grid(content) == [["甲", "1"], ["2"]]
        assert not content.notes
    inner = document(
        paragraph("页")
        + table(cell("甲", '<w:vMerge w:val="restart"/>') + cell("1"), cell("", "<w:vMerge/>") + cell("2"))
    )
    content = opening.read(embedding(inner, "chunk.docx"))
    assert ([line.text for line in content.lines()], grid(content)) == (["前", "页", "后"], [["甲", "1"], ["2"]])
    text = opening.read(embedding("行政许可 1\n行政处罚 2\n".encode(), "chunk.txt"))
    assert [line.text for line in text.lines()] == ["前", "行政许可 1", "行政处罚 2", "后"]
    assert (
        opening.read(package(embedding(PAGE.encode("utf-8")))).blocks == opening.read(embedding(PAGE.encode())).blocks
    )


@pytest.mark.parametrize(
    "data",
    [
        embedding(b"{\\rtf1 12}", "chunk.rtf"),
        embedding(b"", target="file:///etc/passwd"),
        embedding(b"", target="http://example.invalid/"),
        embedding(embedding(PAGE.encode()), "chunk.docx"),
        embedding(b"PK\x03\x04 broken", "chunk.docx"),
        embedding(PAGE.encode(), body="CHUNK" * 50),
    ],
)
def test_what_is_not_read_of_it_is_said(data: bytes) -> None:
    assert [note.code for note in opening.read(data).notes] == ["embedded-left-out"]


def test_a_cell_with_an_unread_file_is_not_blank() -> None:
    inside = table(cell("甲") + f"<w:tc>CHUNK{paragraph('')}</w:tc>", cell("乙") + cell("1"))
    (found,) = opening.read(embedding(b"{\\rtf1 12}", "chunk.rtf", body=inside)).grids()
    assert [(cell.text, cell.doubt) for cell in found.cells if cell.row == 0] == [("甲", ""), ("", "not-text")]


def test_a_mail_of_outlook_is_told_by_its_own_sentence() -> None:
    data = bytearray(next((Path(__file__).parent / "documents").glob("*.doc")).read_bytes())
    name = "__properties_version1.0".encode("utf-16-le")
    place = data.index("WordDocument".encode("utf-16-le"))
    data[place : place + 66] = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little")
    assert refusal(bytes(data)) == "source.outlook-mail"
