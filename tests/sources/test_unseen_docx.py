"""Word documents: hidden and unseen text, and cells whose content is not text."""

from __future__ import annotations

import io
import zipfile

import pytest

from gkdesk.model.content import Content, Grid
from gkdesk.sources import opening

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
SPACES = (
    f'xmlns:w="{WORD}" xmlns:m="{OFFICE}/math" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="White"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="White2"><w:basedOn w:val="White"/></w:style>
<w:style w:type="paragraph" w:styleId="Counted"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""
LISTS = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
"""


def read(paragraph: str, properties: str = "") -> Content:
    cells = ["<w:p><w:r><w:t>规章</w:t></w:r></w:p>", paragraph, "<w:p><w:r><w:t>7</w:t></w:r></w:p>"]
    row = "".join(f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell}</w:tc>" for cell in cells)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        body = f"<w:tbl><w:tr>{row}</w:tr><w:tr>{row}</w:tr></w:tbl>"
        container.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        container.writestr("word/styles.xml", f"<w:styles {SPACES}>{STYLES}</w:styles>")
        container.writestr("word/numbering.xml", f"<w:numbering {SPACES}>{LISTS}</w:numbering>")
        relations = "".join(
            f'<Relationship Id="{name}" Type="{OFFICE}/relationships/{name}" Target="{name}.xml"/>'
            for name in ("styles", "numbering")
        )
        container.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
    return opening.read(stream.getvalue())


GONE, SHOWN = '<w:rStyle w:val="Gone"/>', '<w:vanish w:val="0"/>'
WHITE, DARK = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="1F4E79"/>'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def value(content: Content) -> tuple[str, str]:
    grid = next(block for block in content.blocks if isinstance(block, Grid))
    cell = grid.rows()[0][1]
    return cell.text, cell.doubt


def test_text_hidden_by_its_style_is_left_out_and_told() -> None:
    content = read(f"<w:p>{run('7', GONE)}{run('13')}</w:p>")
    assert value(content) == ("13", "")
    assert [note.code for note in content.notes] == ["hidden-figures"]


def test_text_shown_against_its_style_is_read() -> None:
    content = read(f"<w:p>{run('7', GONE + SHOWN)}</w:p>")
    assert value(content) == ("7", "")


@pytest.mark.parametrize(
    "properties",
    [
        '<w:color w:val="FFFFFF"/>',
        '<w:rStyle w:val="White2"/>',
        '<w:sz w:val="2"/>',
        '<w:color w:val="00B050"/><w:shd w:val="clear" w:fill="00B050"/>',
        "<w14:textFill><w14:noFill/></w14:textFill>",
        '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>',
        '<w14:textFill><w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill></w14:textFill>',
        '<w14:textFill><w14:solidFill><w14:srgbClr><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill>'
        "</w14:textFill>",
        '<w:color w:val="auto" w:themeColor="background1"/>',
        '<w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>',
        '<w:color w:val="FEFEFE"/>',
        '<w:color w:themeColor="background1"/>',
        '<w:shd w:val="clear" w:fill="000000"/>',
        '<w:color w:val="auto"/><w:highlight w:val="black"/>',
        '<w:spacing w:val="-100"/>',
        '<w:fitText w:val="1"/>',
    ],
)
def test_text_nobody_can_see_is_doubtful(properties: str) -> None:
    assert value(read(f"<w:p>{run('9', properties)}{run('12')}</w:p>")) == ("12", "hidden-text")


@pytest.mark.parametrize(
    "properties",
    [
        '<w:color w:val="595959" w:themeColor="text1" w:themeTint="A6"/>',
        '<w:sz w:val="18"/>',
        '<w:spacing w:val="-20"/>',
        '<w:highlight w:val="yellow"/>',
        '<w:shd w:fill="auto"/>',
    ],
)
def test_text_somewhat_condensed_or_marked_is_certain(properties: str) -> None:
    assert value(read(f"<w:p>{run('12', properties)}</w:p>")) == ("12", "")
    assert value(read(f"<w:p>{run('12')}</w:p>", '<w:shd w:val="clear" w:fill="000000"/>')) == ("12", "")


def test_digits_shown_from_right_to_left_are_doubted() -> None:
    assert value(read(f"<w:p><w:bdo w:val='rtl'>{run('21')}</w:bdo></w:p>")) == ("21", "turned-text")
    assert value(read(f"<w:p><w:bdo w:val='ltr'>{run('12')}</w:bdo></w:p>")) == ("12", "")


def test_the_number_of_the_page_is_no_figure_of_its_cell() -> None:
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>".format
    for instruction, doubt in ((" NUMPAGES \\* Arabic ", "not-text"), ("=SUM(LEFT)", "")):
        pieces = (
            run("").replace("<w:t></w:t>", f"<w:instrText>{piece}</w:instrText>")
            for piece in (instruction[:4], instruction[4:])
        )
        paragraph = f"<w:p>{field('begin')}{''.join(pieces)}{field('separate')}{run('9')}{field('end')}</w:p>"
        assert value(read(paragraph)) == ("9", doubt)
        assert value(read(f'<w:p><w:fldSimple w:instr="{instruction}">{run("9")}</w:fldSimple></w:p>')) == ("9", doubt)


def test_white_text_on_a_dark_cell_is_certain() -> None:
    content = read(f"<w:p>{run('12', WHITE)}</w:p>", DARK)
    assert value(content) == ("12", "")


@pytest.mark.parametrize(
    "paragraph",
    [
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>',
        '<w:p><w:pPr><w:pStyle w:val="Counted"/></w:pPr></w:p>',
        "<w:p><w:r><w:drawing/></w:r></w:p>",
        "<w:p><w:r><w:pict/></w:r></w:p>",
        "<w:p><w:r><w:object/></w:r></w:p>",
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="2"/></w:ddList></w:ffData>'
        '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        '<w:p><w:fldSimple w:instr="=SUM(ABOVE)"/></w:p>',
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> EQ \\x(5) </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    ],
)
def test_a_cell_whose_content_is_not_text_is_not_blank(paragraph: str) -> None:
    assert value(read(paragraph)) == ("", "not-text")


def test_the_character_that_stands_for_a_lost_drawing_is_not_part_of_the_figure() -> None:
    assert value(read(f"<w:p>{run(chr(0xFFFC))}{run(' 51')}</w:p>")) == ("51", "not-text")


@pytest.mark.parametrize("number", ["0", "2"])
def test_no_number_and_a_bullet_leave_the_cell_certain(number: str) -> None:
    properties = f'<w:pPr><w:pStyle w:val="Counted"/><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    assert value(read(f"<w:p>{properties}{run('12')}</w:p>")) == ("12", "")


def test_a_figure_typed_as_a_formula_is_read_and_a_power_is_doubtful() -> None:
    plain = "<m:r><m:t>12</m:t></m:r>"
    assert value(read(f"<w:p><m:oMath>{plain}</m:oMath></w:p>")) == ("12", "")
    power = f"<m:sSup><m:e>{plain}</m:e><m:sup>{plain}</m:sup></m:sSup>"
    assert value(read(f"<w:p><m:oMath>{power}</m:oMath></w:p>")) == ("1212", "not-text")


@pytest.mark.parametrize(
    ("note", "doubt"),
    [
        (run("1", '<w:position w:val="10"/>'), "set-apart"),
        (run("1", '<w:sz w:val="12"/>'), "set-apart"),
        (run("1", '<w:rFonts w:ascii="Wingdings"/>'), "hidden-text"),
        (run("1", '<w:w w:val="1"/>'), "hidden-text"),
    ],
)
def test_a_figure_that_stands_or_looks_unlike_the_one_before_it_is_doubted(note: str, doubt: str) -> None:
    assert value(read(f"<w:p>{run('12')}{note}</w:p>"))[1] == doubt


def test_a_cell_that_is_raised_as_a_whole_is_read() -> None:
    raised = '<w:position w:val="10"/>'
    assert value(read(f"<w:p>{run('1', raised)}{run('2', raised)}</w:p>")) == ("12", "")
