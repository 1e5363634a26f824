"""Word documents: what a reader of the final text sees, with tables as Word lays them out."""

from __future__ import annotations

import io
import time
import zipfile

import docx as python_docx
import pytest

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, Grid
from gkdesk.model.place import ParagraphPlace, TablePlace
from gkdesk.sources import opening

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def document(body: str, before: str = "", **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        xml = f"{before}<w:document {SPACES}><w:body>{body}</w:body></w:document>"
        container.writestr("word/document.xml", xml)
        for name, part in parts.items():
            container.writestr(name, part)
    return stream.getvalue()


def read(body: str) -> Content:
    return opening.read(document(body))


def lines(content: Content) -> list[str]:
    return [line.text for line in content.lines()]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(text: str) -> str:
    return f"<w:p>{run(text)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def slots(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}


def test_document_of_a_word_processor() -> None:
    made = python_docx.Document()
    made.core_properties.title = "某局2024年政府信息公开工作年度报告"
    made.add_heading("一、总体情况", 1)
    made.add_paragraph("全年公开信息 32 条。")
    grid = made.add_table(3, 4)
    grid.cell(0, 0).merge(grid.cell(0, 3)).text = "第二十条第（一）项"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "规章"
    grid.cell(2, 3).text = "7"
    made.sections[0].header.paragraphs[0].text = "页眉"
    stream = io.BytesIO()
    made.save(stream)
    content = opening.read(stream.getvalue())
    assert content.title == "某局2024年政府信息公开工作年度报告"
    assert lines(content) == ["一、总体情况", "全年公开信息 32 条。"]
    (found,) = content.grids()
    assert (found.row_count, found.column_count, found.aligned) == (3, 4, True)
    assert slots(found)["第二十条第（一）项"] == (0, 0, 1, 4)
    assert slots(found)["规章"] == (1, 0, 2, 1)
    assert slots(found)["7"] == (2, 3, 1, 1)
    assert len(found.cells) == 1 + 1 + 3 + 3
    assert all(item.place == TablePlace(0, item.row, item.column) for item in found.cells)
    (word,) = list(content.lines())[1].words
    assert word.place == ParagraphPlace(1, 7, 9)


def test_title_left_over_from_another_file_is_ignored() -> None:
    core = '<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>通知</dc:title></c:coreProperties>'
    assert opening.read(document(paragraph("甲"), **{"docProps/core.xml": core})).title == ""


def test_rows_that_start_late_and_merged_cells() -> None:
    (grid,) = read(
        table(
            cell("项目", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
            + cell("申请人情况", '<w:gridSpan w:val="2"/>'),
            cell("", '<w:gridSpan w:val="2"/><w:vMerge/>') + cell("自然人") + cell("总计"),
            '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("公开") + cell("9") + cell("8"),
            cell("左", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + cell("1") + cell("2"),
        )
    ).grids()
    placed = slots(grid)
    assert placed["项目"] == (0, 0, 2, 2)
    assert placed["申请人情况"] == (0, 2, 1, 2)
    assert placed["公开"] == (2, 1, 1, 1)
    assert placed["8"] == (2, 3, 1, 1)
    assert placed["左"] == (3, 0, 1, 2)
    assert placed["2"] == (3, 3, 1, 1)


def test_a_merged_cell_that_is_not_marked_as_the_first_goes_on_from_none_of_another_width() -> None:
    goes_on, wide = "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    body = table(
        cell("行政复议", wide),
        cell("维持", goes_on) + cell("纠正", goes_on),
        cell("", goes_on) + cell("", goes_on),
    )
    (grid,) = read(body).grids()
    found = [(cell.row, cell.row_span, cell.text) for cell in grid.cells]
    assert found == [(0, 1, "行政复议"), (1, 2, "维持"), (1, 2, "纠正")]


def test_tracked_changes_show_the_final_text() -> None:
    content = read(
        f"<w:p>{run('申请')}<w:del><w:r><w:delText>33</w:delText></w:r></w:del><w:ins>{run('34')}</w:ins>{run('件')}</w:p>"
        f"<w:p><w:moveFrom>{run('移走')}</w:moveFrom><w:moveTo>{run('移来')}</w:moveTo></w:p>"
        + table(cell("甲") + cell("1"), "<w:trPr><w:del/></w:trPr>" + cell("删") + cell("9"), cell("乙") + cell("2"))
    )
    assert lines(content) == ["申请34件", "移来"]
    assert [item.text for grid in content.grids() for item in grid.cells] == ["甲", "1", "乙", "2"]


def test_fields_links_controls_and_hidden_text() -> None:
    content = read(
        "<w:p>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("页")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("结果5")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:fldSimple w:instr="X">{run("甲")}</w:fldSimple><w:hyperlink>{run("链接")}</w:hyperlink>'
        f"<w:sdt><w:sdtPr><w:alias w:val='a'/></w:sdtPr><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r></w:p>'
        f"<w:sdt><w:sdtContent>{paragraph('段落控件')}</w:sdtContent></w:sdt>"
    )
    assert lines(content) == ["结果5甲链接控件显", "段落控件"]


def test_field_without_result_does_not_swallow_the_document() -> None:
    content = read(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("令")}</w:p>{paragraph("后文")}')
    assert lines(content) == ["后文"]


def test_breaks_tabs_and_hyphens() -> None:
    content = read(
        "<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:noBreakHyphen/><w:t>三</w:t><w:softHyphen/><w:t>四</w:t><w:br/>"
        "<w:t>五</w:t></w:r></w:p>" + table(f"<w:tc>{paragraph('办理')}{paragraph('结果')}</w:tc>" + cell("1"))
    )
    assert lines(content) == ["一 二-三四", "五"]
    assert [item.text for grid in content.grids() for item in grid.cells] == ["办理结果", "1"]


def test_text_boxes_come_once_and_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框中')}</w:txbxContent>"
    content = read(
        f"<w:p>{run('前')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{run('后')}</w:p>"
    )
    assert lines(content) == ["前后", "框中"]


def test_inner_tables_are_grids_of_their_own() -> None:
    inner = table(cell("甲") + cell("1"))
    content = read(
        table(
            *(cell(f"第{number}行") + cell(str(number)) + cell("0") for number in range(3)),
            f"<w:tc>{paragraph('注')}{inner}<w:p/></w:tc>" + cell("2") + cell("3"),
        )
    )
    outer, found = content.grids()
    assert outer.rows()[3][0].text == "注"
    assert [item.text for item in found.cells] == ["甲", "1"]
    assert found.cells[0].place == TablePlace(1, 0, 0)


def test_strict_documents_and_other_main_parts() -> None:
    strict = document(paragraph("严格"))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(strict)) as old, zipfile.ZipFile(stream, "w") as new:
        xml = old.read("word/document.xml").replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        new.writestr("word/document2.xml", xml)
        new.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"'
            ' Target="/word/document2.xml"/></Relationships>',
        )
    assert lines(opening.read(stream.getvalue())) == ["严格"]


def refusal(data: bytes) -> str:
    start = time.monotonic()
    with pytest.raises(SourceError) as caught:
        opening.read(data)
    assert time.monotonic() - start < 60
    return caught.value.code


def test_hostile_documents() -> None:
    entities = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    laughs = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    assert refusal(document(paragraph("&a9;"), laughs)) == "source.broken"
    assert refusal(document(paragraph("&a;"), outside)) == "source.broken"
    assert refusal(document(" " * 100_000_000)) == "source.inflated"
    assert refusal(document("<w:p/>" * 4_000_000)) == "source.inflated"
    assert refusal(document("<w:p>" * 50_000 + "</w:p>" * 50_000)) == "source.broken"
    lying = bytearray(document(" " * 1_000_000))
    directory = lying.rindex(b"PK\x01\x02")
    lying[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert refusal(bytes(lying)) == "source.broken"


def test_locked_container_is_said_to_be_locked() -> None:
    data = bytearray(document(paragraph("密")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert refusal(bytes(data)) == "source.encrypted-office"
