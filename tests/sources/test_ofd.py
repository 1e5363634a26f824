"""OFD: characters and rules wherever makers put them, all cells of whole reports, and what cannot be read."""

from __future__ import annotations

import io
import json
import random
import re
import time
import zipfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest

from gkdesk.errors import SourceError
from gkdesk.model.content import Content, Grid, SourceKind
from gkdesk.model.place import PagePlace
from gkdesk.sources import opening
from tests.corpus.generator.ofd_package import Habits, Sheet, make_ofd, pack
from tests.corpus.score import FOLDER, compare
from tests.sources.ofd_maker import from_pdf

ROWS = [["序号", "名称", "数量"], ["1", "规章", "12"], ["2", "行政规范性文件", "345"]]
HABITS = {
    "usual": Habits(),
    "default namespace, one object a character": Habits(prefix="", per_line=False),
    "repeated steps, scaled, rules on templates": Habits(repeats=True, scale=0.3528, template=True),
    "filled rules, nested blocks, folder, absolute paths": Habits(
        fills=True, nested=True, folder="年报/", absolute=True
    ),
    "composite rules, no steps, broken path data": Habits(composite=True, steps=False, spaced_path=True),
}
REPORTS = sorted((FOLDER / "pdf").glob("*.pdf"))


def table_of(content: Content) -> list[list[str]]:
    (grid,) = content.grids()
    return [[cell.text for cell in row] for row in grid.rows()]


def simple(habits: Habits = HABITS["usual"], rows: list[list[str]] = ROWS) -> bytes:
    sheet = Sheet()
    sheet.text(30, 20, "二、主动公开政府信息情况", step=3.5)
    sheet.table(30, 40, 40, 10, rows)
    return make_ofd(sheet, habits=habits, title="某局2024年政府信息公开工作年度报告")


@pytest.mark.parametrize("name", HABITS)
def test_tables_are_read_whatever_the_habits_of_the_maker(name: str) -> None:
    content = opening.read(simple(HABITS[name]))
    assert content.kind is SourceKind.OFD
    assert table_of(content) == ROWS
    assert [line.text for line in content.lines()] == ["二、主动公开政府信息情况"]
    assert content.title == "某局2024年政府信息公开工作年度报告"
    assert content.notes == ()


@pytest.mark.parametrize(
    ("path", "habits"),
    [
        *((REPORTS[number % len(REPORTS)], name) for number, name in enumerate(HABITS)),
        *((path, "usual") for path in REPORTS),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else value.split(",")[0],
)
def test_every_cell_of_a_report_is_exact(path: Path, habits: str) -> None:
    known = json.loads(path.with_name(path.name + ".truth.json").read_text("utf-8"), parse_float=Decimal)
    outcome = compare("report.ofd", from_pdf(path.read_bytes(), HABITS[habits]), known)
    assert (outcome.details, outcome.exact, outcome.doubtful) == ([], outcome.cells, 0)


def test_places_are_points_from_the_top_left() -> None:
    content = opening.read(simple())
    assert (round(content.pages[0].width, 1), round(content.pages[0].height, 1)) == (595.3, 841.9)
    (grid,) = content.grids()
    (cell,) = (cell for cell in grid.cells if cell.text == "345")
    assert isinstance(cell.place, PagePlace)
    assert cell.place.page == 1
    x, y = cell.place.box.centre
    assert (110 * 72 / 25.4 < x < 120 * 72 / 25.4, 60 * 72 / 25.4 < y < 70 * 72 / 25.4) == (True, True)


def one_object(codes: str, more: str = "") -> str:
    sheet = Sheet()
    sheet.object(30, 50, codes, more=more)
    content = opening.read(make_ofd(sheet))
    return "|".join(line.text for line in content.lines())


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ('<{p}TextCode X="0" Y="4" DeltaX="g 4 1.75">12345</{p}TextCode>', "12345"),
        ('<{p}TextCode X="0" Y="4" DeltaX="1.75 g 2 1.75 1.75">12345</{p}TextCode>', "12345"),
        ('<{p}TextCode X="0" Y="4" DeltaX="1.75">12345</{p}TextCode>', "12345"),
        ('<{p}TextCode X="0" Y="4">11155</{p}TextCode>', "11155"),
        ('<{p}TextCode X="0" Y="4" DeltaX="0 0 0 0">11155</{p}TextCode>', "11155"),
        ('<{p}TextCode X="0" Y="4" deltax="g 4 1.75">12345</{p}TextCode>', "12345"),
        ('<{p}TextCode X="0" Y="4" DeltaX="1.75 12 1.75">1234</{p}TextCode>', "12 34"),
        ('<{p}TextCode X="0" Y="4">12</{p}TextCode><{p}TextCode X="20" Y="4">34</{p}TextCode>', "12 34"),
        ('<{p}TextCode X="0" Y="4">12</{p}TextCode><{p}TextCode>34</{p}TextCode>', "1234"),
        ('<{p}TextCode X="0" Y="4" DeltaY="g 2 4">总计数</{p}TextCode>', "总|计|数"),
        ('<{p}TextCode X="0" Y="4" DeltaX="1.75 1.75 1.75">1 23</{p}TextCode>', "1 23"),
        ('<{p}TextCode X="0" Y="4">\n   12\n  </{p}TextCode>', "12"),
        ('<{p}TextCode X="0" Y="4">⼆〇</{p}TextCode>', "二〇"),
        (
            '<{p}CGTransform CodePosition="0" CodeCount="3" GlyphCount="3"/>'
            '<{p}TextCode X="0" Y="4" DeltaX="1.75 1.75">123</{p}TextCode>',
            "123",
        ),
        (
            '<{p}CGTransform CodePosition="0" CodeCount="2" GlyphCount="1"><{p}Glyphs>5</{p}Glyphs></{p}CGTransform>'
            '<{p}TextCode X="0" Y="4" DeltaX="2 1.75">fi23</{p}TextCode>',
            "fi23",
        ),
        (
            '<{p}CGTransform CodePosition="1" CodeCount="1" GlyphCount="2"><{p}Glyphs>5 6</{p}Glyphs></{p}CGTransform>'
            '<{p}TextCode X="0" Y="4" DeltaX="1.75 0.5 1.25 1.75">1234</{p}TextCode>',
            "1234",
        ),
    ],
)  # fmt: skip
def test_characters_stand_where_their_steps_say(codes: str, text: str) -> None:
    assert one_object(codes) == text


def test_bold_that_is_drawn_twice_counts_once() -> None:
    sheet = Sheet()
    for shift in (0.0, 0.1):
        sheet.text(30 + shift, 50, "128", step=1.75)
    assert [line.text for line in opening.read(make_ofd(sheet)).lines()] == ["128"]


def test_invisible_objects_and_watermarks_are_left_out() -> None:
    sheet = Sheet()
    sheet.text(30, 50, "可见", step=3.5)
    sheet.object(30, 70, '<{p}TextCode X="0" Y="0">不可见</{p}TextCode>', more='Visible="false"')
    sheet.object(30, 90, '<{p}TextCode X="0" Y="0">水印</{p}TextCode>', more='CTM="0.7 -0.7 0.7 0.7 0 0"')
    pale = '<{p}FillColor Value="220 220 220"/><{p}TextCode X="0" Y="0">样张</{p}TextCode>'
    sheet.object(30, 110, pale, size=20)
    assert [line.text for line in opening.read(make_ofd(sheet)).lines()] == ["可见"]


@pytest.mark.parametrize(
    ("attributes", "inside", "count"),
    [
        ('LineWidth="0.2"', "", 1),
        ('Stroke="false" Fill="true"', "", 0),
        ("", '<{p}StrokeColor Value="255 255 255"/>', 0),
        ("", '<{p}StrokeColor Value="0 0 0" Alpha="0"/>', 0),
        ("", '<{p}StrokeColor Value="#00 #00 #00"/>', 1),
        ("", '<{p}StrokeColor Value="0 0 0 255"/>', 1),
        ('DrawParam="55"', "", 0),
    ],
)
def test_only_rules_that_are_seen_make_a_table(attributes: str, inside: str, count: int) -> None:
    sheet = Sheet()
    for number in range(3):
        along, across = 40 + 10 * number, 30 + 40 * number
        for data in (f"M 30 {along} L 110 {along}", f"M {across} 40 L {across} 60"):
            sheet.path(data, f'Boundary="0 0 210 297" {attributes}', inside)
    for row in range(2):
        for column in range(2):
            sheet.text(32 + 40 * column, 46 + 10 * row, f"{row}{column}", step=1.75)
    white = (
        '<{p}DrawParam ID="54"><{p}StrokeColor Value="255 255 255"/></{p}DrawParam>'
        '<{p}DrawParam ID="55" Relative="54" LineWidth="1"/>'
    )
    content = opening.read(make_ofd(sheet, resources=f"<{{p}}DrawParams>{white}</{{p}}DrawParams>"))
    assert len(list(content.grids())) == count


TYPED = '<{p}TextCode X="0" Y="0">{text}</{p}TextCode>'


def cells_with(*objects: tuple[str, str], cover: str = "") -> list[tuple[str, str]]:
    """The cells of a table in which a 3 is drawn beside 28 as (attributes, what stands in the object) say."""
    sheet = Sheet()
    sheet.table(30, 40, 40, 10, (("规章", ""), ("文件", "41")))
    for more, inside in objects:
        sheet.object(74, 46, inside + TYPED.replace("{text}", "3"), more=more)
    if cover:
        sheet.body.append(cover)
    sheet.object(77, 46, TYPED.replace("{text}", "28"))
    (grid,) = opening.read(make_ofd(sheet)).grids()
    return [(cell.text, cell.doubt) for cell in grid.cells if cell.column == 1]


@pytest.mark.parametrize(
    "hiding",
    [
        ('Alpha="0"', ""),
        ('Fill="false"', ""),
        ('HScale="0.001"', ""),
        ('CTM="0.01 0 0 0.01 0 0"', ""),
        ("", '<{p}FillColor Value="255 255 255"/>'),
        ("", '<{p}FillColor Value="0 0 0" Alpha="0"/>'),
    ],
)
def test_a_digit_that_nobody_sees_is_no_part_of_the_figure(hiding: tuple[str, str]) -> None:
    assert cells_with(hiding) == [("28", "hidden-text"), ("41", "")]


def test_a_digit_under_a_white_box_is_no_part_of_the_figure_above_it() -> None:
    box = (
        '<{p}PathObject Boundary="73 42 3.5 6" Fill="true" Stroke="false"><{p}FillColor Value="255 255 255"/>'
        "<{p}AbbreviatedData>M 0 0 L 3.5 0 L 3.5 6 L 0 6 C</{p}AbbreviatedData></{p}PathObject>"
    )
    assert cells_with(("", ""), cover=box) == [("28", "hidden-text"), ("41", "")]


def test_white_digits_on_dark_ground_are_seen() -> None:
    sheet = Sheet()
    sheet.table(30, 40, 40, 10, (("规章", ""), ("文件", "41")))
    sheet.path("M 70 40 L 110 40 L 110 50 L 70 50 C", 'Boundary="0 0 210 297" Fill="true" Stroke="false"')
    white = '<{p}FillColor Value="255 255 255"/>' + TYPED.replace("{text}", "28")
    sheet.object(77, 46, white)
    (grid,) = opening.read(make_ofd(sheet)).grids()
    assert [(cell.text, cell.doubt) for cell in grid.cells if cell.column == 1] == [("28", ""), ("41", "")]


def with_note(kind: str) -> bytes:
    """A table with a note over its 41 that says 52 on white."""
    sheet = Sheet()
    sheet.table(30, 40, 40, 10, (("规章", "28"), ("文件", "41")))
    data = make_ofd(sheet)
    note = (
        f'<ofd:PageAnnot xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Annot ID="7" Type="{kind}">'
        '<ofd:Appearance Boundary="70.5 51 39 8"><ofd:PathObject Boundary="0 0 39 8" Fill="true" Stroke="false">'
        '<ofd:FillColor Value="255 255 255"/><ofd:AbbreviatedData>M 0 0 L 39 0 L 39 8 L 0 8 C</ofd:AbbreviatedData>'
        '</ofd:PathObject><ofd:TextObject Boundary="10 1 20 6" Font="1" Size="3.5"><ofd:TextCode X="0" Y="4">52'
        "</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        document = next(name for name in names if name.endswith("Document.xml"))
        for name in names:
            text = old.read(name)
            if name == document:
                page = re.search(rb'<[\w:]*Page ID="(\d+)"', text)
                assert page is not None
                listed = b"<ofd:Annotations>Annotations.xml</ofd:Annotations></ofd:Document>"
                text = text.replace(b"</ofd:Document>", listed)
                folder = name.removesuffix("Document.xml")
                pages = f'<ofd:Page PageID="{page.group(1).decode()}"><ofd:FileLoc>Note.xml</ofd:FileLoc></ofd:Page>'
                head = '<ofd:Annotations xmlns:ofd="http://www.ofdspec.org/2016">'
                new.writestr(f"{folder}Annotations.xml", f"{head}{pages}</ofd:Annotations>")
                new.writestr(f"{folder}Note.xml", note)
            new.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "found"),
    [("Watermark", ("52", "hidden-text")), ("Path", ("52", "hidden-text")), ("Highlight", ("41", ""))],
)
def test_a_figure_typed_over_another_one_is_read_with_doubt(kind: str, found: tuple[str, str]) -> None:
    (grid,) = opening.read(with_note(kind)).grids()
    assert [(cell.text, cell.doubt) for cell in grid.cells if cell.column == 1] == [("28", ""), found]


def test_a_seal_is_no_picture_to_be_read() -> None:
    seal = Sheet()
    seal.text(30, 200, "一、总体情况", step=3.5)
    seal.picture(20, 20, 30, 30, "3")
    assert opening.read(make_ofd(seal)).notes == ()


def test_pages_without_their_parts_are_noted() -> None:
    first, second = Sheet(), Sheet()
    first.text(30, 50, "甲", step=3.5)
    second.text(30, 50, "乙", step=3.5)
    data = make_ofd(first, second)
    broken = data.replace(b"Page_1/Content.xml", b"Page_9/Content.xml")
    content = opening.read(broken)
    assert [line.text for line in content.lines()] == ["甲"]
    assert len(content.pages) == 2
    assert [(note.code, note.arguments) for note in content.notes] == [("page-broken", {"pages": "2"})]


def nested(depth: int) -> str:
    return "<PageBlock>" * depth + "</PageBlock>" * depth


def composite(identity: str, content: str) -> str:
    return f'<CompositeGraphicUnit ID="{identity}"><Content>{content}</Content></CompositeGraphicUnit>'


def document(page: str, resources: str = "") -> dict[str, str]:
    name = 'xmlns="http://www.ofdspec.org/2016"'
    return {
        "OFD.xml": f"<OFD {name}><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>",
        "Doc_0/Document.xml": f"<Document {name}><CommonData><PublicRes>R.xml</PublicRes></CommonData>"
        '<Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>',
        "Doc_0/R.xml": f"<Res {name}>{resources}</Res>",
        "Doc_0/P.xml": f"<Page {name}><Content><Layer>{page}</Layer></Content></Page>",
    }


def text_object(attributes: str, code: str) -> str:
    return f"<TextObject {attributes}><TextCode {code}</TextCode></TextObject>"


def path_object(data: str) -> str:
    return f"<PathObject><AbbreviatedData>{data}</AbbreviatedData></PathObject>"


@pytest.mark.parametrize(
    "parts",
    [
        document(text_object('Boundary="0 50 9 9" Size="3"', 'X="9" Y="9" DeltaX="g 999999999 1">1')),
        document(text_object('Boundary="x" Size="1e400"', 'X="nan" Y="inf">1')),
        document(text_object('Boundary="1 1" CTM="1e9 0 0" Size="3"', 'X="9" Y="9" DeltaX="g">12')),
        document(path_object("M 1 L 2 Z 9e999 Q 1 2 3")),
        document(path_object("M 0 0 L 9 9 " * 100_000)),
        document(nested(200)),
        document('<CompositeObject ResourceID="7"/>', composite("7", '<CompositeObject ResourceID="7"/>' * 50)),
        document(
            '<CompositeObject ResourceID="7"/>' * 20,
            composite("7", text_object('Size="3"', 'X="50" Y="50" DeltaX="g 20000 0.001">' + "1" * 20_000)),
        ),
        document(
            '<PathObject DrawParam="1"><AbbreviatedData>M 0 0 L 9 9</AbbreviatedData></PathObject>',
            '<DrawParam ID="1" Relative="2"/><DrawParam ID="2" Relative="1"/>',
        ),
        document("<TextObject/><PathObject/><ImageObject/><CompositeObject/>"),
    ],
)
def test_odd_files_are_read_within_bounds(parts: dict[str, str]) -> None:
    start = time.monotonic()
    assert opening.read(pack(parts)).kind is SourceKind.OFD
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"OFD.xml": "<OFD/>"}, "source.broken"),
        ({"OFD.xml": "<OFD"}, "source.broken"),
        ({"OFD.xml": "<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"}, "source.broken"),
        ({"Doc_0/P.xml": "nothing"}, "source.broken"),
        ({"Doc_0/P.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Page>&b;</Page>'}, "source.broken"),
        ({"Doc_0/Document.xml": "<Document/>"}, "source.broken"),
        ({"Encryptions.xml": "<Encryptions/>"}, "source.encrypted-ofd"),
        ({"Doc_0/P.xml": "<Page>" + " " * (40 << 20) + "</Page>"}, "source.inflated"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(change: dict[str, str], code: str) -> None:
    with pytest.raises(SourceError) as caught:
        opening.read(pack(document("") | change))
    assert caught.value.code == code


def test_a_page_listed_many_hundred_times_is_refused() -> None:
    page = '<TextObject Boundary="0 0 9 9" Size="3"><TextCode X="1" Y="2">1</TextCode></TextObject>' * 2_000
    parts = document(page)
    listed = '<Page ID="1" BaseLoc="P.xml"/>'
    assert listed in parts["Doc_0/Document.xml"]
    with pytest.raises(SourceError) as caught:
        opening.read(pack(parts | {"Doc_0/Document.xml": parts["Doc_0/Document.xml"].replace(listed, listed * 450)}))
    assert caught.value.code == "source.inflated"


def test_damaged_parts_never_raise_anything_else() -> None:
    chance = random.Random(5)
    text = text_object('Boundary="1 2 3 4" CTM="1 0 0 1 0 0" Size="3"', 'X="1" Y="2" DeltaX="g 2 3">123')
    whole = document(text + path_object("M 0 0 L 1 1 B 1 2 3 4 5 6 C"))
    for _ in range(300):
        parts = dict(whole)
        name = chance.choice(list(parts))
        letters = list(parts[name])
        for _ in range(3):
            letters[chance.randrange(len(letters))] = chance.choice('0 9-.<>"g/MLCe')
        parts[name] = "".join(letters)
        with suppress(SourceError):
            opening.read(pack(parts))


def test_tables_of_all_pages_are_numbered_through() -> None:
    first, second = Sheet(), Sheet()
    first.table(30, 40, 40, 10, ROWS)
    second.table(30, 40, 40, 10, ROWS)
    content = opening.read(make_ofd(first, second))
    assert [(block.index, block.page) for block in content.blocks if isinstance(block, Grid)] == [(0, 1), (1, 2)]
