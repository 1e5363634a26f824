"""Web pages: what the style sheet hides, what nobody can see, and cells whose content is not text."""

from __future__ import annotations

from functools import partial

import pytest

from gkdesk.model.content import Content, Grid
from gkdesk.sources.web import html
from tests.work import calls_of


def read(cell: str, head: str = "", around: str = "{}") -> Content:
    table = f"<table><tr><td>规章</td><td>{cell}</td><td>7</td></tr><tr><td>文件</td><td>1</td><td>2</td></tr></table>"
    return html.read(f"<html><head>{head}</head><body>{around.format(table)}</body></html>".encode(), "")


def value(content: Content) -> tuple[str, str]:
    grid = next(block for block in content.blocks if isinstance(block, Grid))
    cell = grid.rows()[0][1]
    return cell.text, cell.doubt


@pytest.mark.parametrize(
    "sheet",
    [
        ".x{display:none}",
        "td span.x { color: red; display: none !important }",
        "#n{visibility:hidden}",
        "table > tr .x, td > .x { display:none }",
        "@media screen { .x{display:none} }",
        "/* a { */ .x{color:red} .y{} span{display:none}",
        ":root .x{display:none}",
        ".lg\\:y\\/2{display:none}",
        "@media screen and (min-width: 48em){.x{display:none}}",
        "@media print, screen {.x{display:none}}",
        "td span:not(.a){display:none}",
        "span[class]:not(.a, b){display:none}",
        ":is(.x, .z){display:none}",
        "td :where(#n, i):not(:is(.a, b)){display:none}",
        ":is(.a, #n){display:none} .x.y{display:inline}",
        "td{color:red; & .x{display:none}}",
        ".x{color:red; @media screen{display:none} & b{color:red}}",
        "table > tr > td > span, div > table .x{display:none}",
        ".b::before{content:'{'} .x{display:none}",
    ],
)
def test_what_a_style_sheet_hides_is_left_out_and_told(sheet: str) -> None:
    content = read("<span class='x y lg:y/2' id=n>7</span>13", f"<style>{sheet}</style>")
    assert value(content) == ("13", "")
    assert [note.code for note in content.notes] == ["hidden-figures"]


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print{.x{display:none}}",
        "@media (max-width: 600px){.x{display:none}}",
        ".x:hover{display:none}",
        ".z .x{display:none}",
        ".x.z{display:none}",
        ".x{display:none} span.x{display:inline}",
        r"[ng\:cloak],[ng-cloak],.ng-hide:not(.a){display:none}",
        "[y|class]{display:none}",
        "@media screen and (max-width: 48em){.x{display:none}}",
        "@media (max-width: 1.2.3px){.y{display:none}}",
        "span:not(.x){display:none}",
        ":is(.y, :hover){display:none}",
        ":where(.x){display:none} span{display:inline}",
        ".x::-webkit-scrollbar, ::-webkit-scrollbar{display:none}",
        ":empty{display:none} span:empty::before{content:'0'}",
        "td{& .y{display:none}} .z{.x{display:none}}",
    ],
)
def test_what_is_shown_on_an_ordinary_screen_is_read(sheet: str) -> None:
    content = read("<span class=x>7</span>", f"<style>{sheet}</style>")
    assert value(content) == ("7", "")
    assert not content.notes


def test_a_style_sheet_for_printing_is_left_alone() -> None:
    assert value(read("<span class=x>7</span>", "<style media=print>.x{display:none}</style>")) == ("7", "")


def test_a_style_sheet_that_ends_too_early_leaves_the_next_one_alone() -> None:
    head = "<style>@media print{.y{color:red}</style><style>.x{display:none}</style>"
    assert value(read("<span class=x>7</span>13", head)) == ("13", "")


def test_the_style_of_the_element_itself_counts_more() -> None:
    head = "<style>.x{display:none}</style>"
    assert value(read("<span class=x style='display:inline'>7</span>", head)) == ("7", "")


@pytest.mark.parametrize(
    "cell",
    [
        "<font color=white>9</font>12",
        "<span style='color:#FFF'>9</span>12",
        "<span style='color:rgb(255, 255, 254)'>9</span>12",
        "<span style='font-size:0'>9</span>12",
        "<span style='font-size:1px'>9</span>12",
        "<span style='opacity:0'>9</span>12",
        "<span style='background:#333'><b style='color:#333333'>9</b></span>12",
    ],
)
def test_text_nobody_can_see_is_doubtful(cell: str) -> None:
    assert value(read(cell)) == ("12", "hidden-text")


@pytest.mark.parametrize(
    "cell",
    [
        "<span style='background:#00f;color:#fff'>12</span>",
        "<span style='background-image:url(a.png);color:#fff'>12</span>",
        "<span style='font-size:0'><b style='font-size:12px'>12</b></span>",
        "<span style='color:#eee'>12</span>",
    ],
)
def test_text_that_can_be_seen_is_certain(cell: str) -> None:
    assert value(read(cell)) == ("12", "")


def test_white_text_on_a_dark_page_is_certain() -> None:
    around = "<div style='background-color:#123456;color:#fff'>{}</div>"
    assert value(read("12", around=around)) == ("12", "")


@pytest.mark.parametrize(
    "cell",
    [
        "<img src=12.png>",
        "<select><option>0</option><option selected>12</option></select>",
        "<input type=checkbox checked>",
        "<textarea>12</textarea>",
        "<object data=a.svg></object>",
        "<svg><text>12</text></svg>",
        "<ol start=12><li></li></ol>",
        "<script>document.write(12)</script>",
    ],
)
def test_a_cell_whose_content_is_not_text_is_not_blank(cell: str) -> None:
    assert value(read(cell)) == ("", "not-text")


def test_text_written_by_the_style_sheet_is_doubtful() -> None:
    assert value(read("<b class=x></b>", "<style>.x::before{content:'12'}</style>")) == ("", "not-text")


@pytest.mark.parametrize("cell", ["<img src=spacer.gif width=1 height=1>", "<input type=hidden value=9>", "<ul></ul>"])
def test_what_shows_nothing_is_blank(cell: str) -> None:
    assert value(read(cell)) == ("", "")


def test_a_typed_field_shows_its_value() -> None:
    assert value(read("<input type=number value=12>")) == ("12", "")


@pytest.mark.parametrize(
    ("cell", "head"),
    [
        ("12<i style='position:absolute;left:-9999px'>9</i>", ""),
        ("12<i style='display:inline-block;width:0;overflow:hidden'>9</i>", ""),
        ("12<i style='display:inline-block;transform:scale(0)'>9</i>", ""),
        ("<i style='float:right'>2</i>1", ""),
        ("<bdo dir=rtl>21</bdo>", ""),
        ("12<i style='position:relative;top:-4.0pt;mso-text-raise:4.0pt'>1</i>", ""),
        ("12<b>9</b>", "<style>td b:nth-child(1){display:none}</style>"),
        ("12<b>9</b>", "<style>:is(td > b, i){display:none}</style>"),
        ("12<b>9</b>", "<style>:nth-last-child(1){display:none}</style>"),
        ("12<b>9</b>", "<style>td:has(b) > *{visibility:hidden}</style>"),
        ("12<b>9</b>", "<style>td:not(:first-child) b{display:none}</style>"),
        ("12<i></i><b>9</b>", "<style>i + *{display:none}</style>"),
        ("<b>912</b>", "<style>b::first-letter{font-size:0}</style>"),
        ("12<b class=x>9</b>", "<style>.y{&:not(.z, .x .y), .x{display:none}}</style>"),
        ("<b style='letter-spacing:-1em'>912</b>", ""),
        ("<b style='unicode-bidi:bidi-override;direction:rtl'>21</b>", ""),
        ("12<b class=x>9</b>", "<style>@media not print{.x{display:none}}</style>"),
        ("12<b class=x>9</b>", "<style media='not print'>.x{display:none}</style>"),
        ("12<b class=x>9</b>", "<style>@container (min-width:1px){.x{display:none}}</style>"),
        ("12<b class=x>9</b>", "<style>@supports not (display:grid){.x{display:none}} .y{color:red}</style>"),
        ("12<b class=x>9</b>", "<style>:root{--shown:none} .x{display:var(--shown)}</style>"),
        ("12<i style='color:var(--paper)'>9</i>", ""),
        ("12<i style='font-size:calc(0px)'>9</i>", ""),
        ("12<i style='opacity:1e-3'>9</i>", ""),
        ("12<i style='d\\69splay:none'>9</i>", ""),
        ("12<i style='offset-path:none;inset-inline-start:-900px'>9</i>", ""),
        ("12<i style='position:relative;left:-9999px'>9</i>", ""),
        ("12<i style='margin-left:-9999px'>9</i>", ""),
        ("12<i style='font-size:60%;vertical-align:top'>1</i>", ""),
        ("<b style='display:flex;flex-flow:row-reverse'><i>2</i><i>1</i></b>", ""),
        ("<b style='display:grid'><i style='grid-column:2'>2</i><i style='grid-column:1'>1</i></b>", ""),
        ("12<b class=x>9</b>", "<style>.x{animation:away 1s infinite}</style>"),
        ("12<b class=away>9</b>", "<link rel=stylesheet href=site.css>"),
        ("<p style='width:20px;overflow:hidden'>1234567</p>", ""),
    ],
)
def test_figures_that_styles_may_move_or_hide_are_doubted(cell: str, head: str) -> None:
    assert value(read(cell, head))[1] == "styled-text"


@pytest.mark.parametrize(
    ("cell", "head"),
    [
        ("<span style='position:relative;top:-1.0pt;mso-text-raise:1.0pt'>12</span>", ""),
        ("<div style='float:left;width:100%'>12</div>", ""),
        ("<p style='text-indent:-21.0pt;overflow:hidden;width:60px'>12</p>", ""),
        ("12", "<style>td:hover b,td:not(.a){color:red} i:first-child{display:none}</style>"),
        ("<i class=x>1</i>2", "<style>.y:not(.x){display:none} [data-x]{display:none}</style>"),
        (
            "<i class=font5 style='color:windowtext;mso-font-kerning:0pt;margin:0'>1</i>2",
            "<link rel=stylesheet href=a>",
        ),
        ("<p style='width:20px;overflow:hidden'>12</p>", ""),
        ("<ul style='list-style-type:none'><li>12</li></ul>", ""),
    ],
)
def test_styles_that_leave_a_figure_as_it_is_make_no_doubt(cell: str, head: str) -> None:
    assert value(read(cell, head)) == ("12", "")


@pytest.mark.parametrize(
    "sheet",
    [
        "[data-x='1']{display:none}",
        "b[data-x]{color:transparent}",
        "@media screen and (min-width: 768px){.x{display:none}}",
        "b{color:rgba(0,0,0,0)}",
        "@layer site{.x{display:none}} .y{color:red}",
    ],
)
def test_attributes_and_widths_of_a_screen_are_followed(sheet: str) -> None:
    assert value(read("12<b class=x data-x=1>9</b>", f"<style>{sheet}</style>"))[0] == "12"


def test_an_empty_cell_that_a_script_can_fill_is_not_blank() -> None:
    script = "<script>document.getElementById('n').innerText = figures[0]</script>"
    assert value(read("<span id=n></span>", script))[1] == "not-text"
    assert value(read("<span id=n></span>"))[1] == ""
    assert value(read("<i data-v='12'></i>", "<style>i[data-v]::before{content:attr(data-v)}</style>"))[1] == "not-text"


@pytest.mark.parametrize(
    "cell",
    [
        "<p style='display:list-item;list-style:decimal inside'>2</p>",
        "<ul style='list-style-type:decimal'><li>2</li></ul>",
        "<b><template shadowrootmode=open>12</template>2</b>",
    ],
)
def test_digits_that_only_a_browser_writes_are_no_text(cell: str) -> None:
    assert value(read(cell))[1] == "not-text"


def test_parts_of_a_figure_in_a_cell_from_right_to_left_are_doubted() -> None:
    table = "<table><tr><td>规章</td><td dir=rtl><bdi>1</bdi><bdi>2</bdi></td></tr></table>"
    assert value(html.read(table.encode(), ""))[1] == "styled-text"


@pytest.mark.parametrize(
    "colour",
    [
        "#0000",
        "#00000000",
        "rgba(0,0,0,.01)",
        "rgb(0 0 0 / 1%)",
        "snow",
        "rgb(100%, 100%, 100%)",
        "hsl(0, 0%, 100%)",
        "hsl(210deg 5% 99.5%)",
        "hsla(0, 100%, 50%, 0)",
    ],
)
def test_colours_of_the_paper_or_of_nothing_hide_a_digit(colour: str) -> None:
    assert value(read(f"12<i style='color:{colour}'>9</i>")) == ("12", "hidden-text")


@pytest.mark.parametrize("colour", ["hsl(0 0% 20%)", "hsl(120,100%,25%)", "rgb(20%,20%,20%)"])
def test_dark_colours_of_any_notation_are_seen(colour: str) -> None:
    table = f"<table><tr><td>规章</td><td style='color:{colour}'>12</td></tr></table>"
    assert value(html.read(table.encode(), "")) == ("12", "")


def test_white_on_a_dark_ground_of_any_notation_is_seen() -> None:
    table = "<table><tr><td>规章</td><td style='color:#fff;background:hsl(210, 60%, 30%)'>12</td></tr></table>"
    assert value(html.read(table.encode(), "")) == ("12", "")


def test_a_colour_of_endless_numbers_is_no_reason_to_refuse_the_page() -> None:
    table = f"<table><tr><td>规章</td><td style='color:rgb({'9' * 5000},0,0)'>12</td></tr></table>"
    assert value(html.read(table.encode(), ""))[0] == "12"


@pytest.mark.parametrize("style", ["clip-path:inset(100%)", "text-indent:-9999px", "content-visibility:hidden"])
def test_a_cell_that_may_show_nothing_of_its_figure_is_doubted(style: str) -> None:
    table = f"<table><tr><td>规章</td><td style='{style}'>12</td></tr></table>"
    assert value(html.read(table.encode(), "")) == ("12", "styled-text")


def test_the_colour_that_fills_characters_holds_in_what_an_element_contains() -> None:
    around = "<div style='-webkit-text-fill-color:transparent'>{}</div>"
    assert value(read("12", around=around))[1] == "hidden-text"


def test_what_is_visible_in_what_is_not_is_doubted() -> None:
    cell = "<span style='visibility:hidden'>9<b style='visibility:visible'>12</b></span>"
    assert value(read(cell)) == ("12", "hidden-text")


@pytest.mark.parametrize(
    ("cell", "head"),
    [
        ("<i></i>", "<style>td:not(:nth-child(9)) i::before{content:'12'}</style>"),
        ("", "<style>td:empty::after{content:'12'}</style>"),
        ("<div style='background:url(12.png)'>&nbsp;</div>", ""),
        ("<input placeholder=12>", ""),
    ],
)
def test_what_styles_show_in_an_empty_cell_is_not_blank(cell: str, head: str) -> None:
    assert value(read(cell, head))[1] == "not-text"


FACE = (
    "<style>@font-face{font-family:'Own Font';src:url(data:font/woff;base64,AA)} .f{font:12px 'own font',serif}</style>"
)


@pytest.mark.parametrize(
    "cell", ["<b class=f>12</b>", "<font face='Own Font'>12</font>", "1<b style='font-family:Wingdings'>2</b>"]
)
def test_figures_in_a_font_that_the_labels_beside_them_have_not_are_doubted(cell: str) -> None:
    assert value(read(cell, FACE)) == ("12", "own-font")


def test_a_font_that_labels_have_too_makes_no_doubt() -> None:
    for around in ("<div class=f>{}</div>", "<div style='font-family:x,\"Own Font\"'>{}</div>", "<p class=f>1</p>{}"):
        assert value(read("<b>12</b><i class=f></i>", FACE, around)) == ("12", "")
    local = FACE.replace("url(data:font/woff;base64,AA)", "local(SimSun)")
    assert value(read("<b class=f>12</b>", local)) == ("12", "")


def test_the_work_for_moved_pieces_of_a_cell_grows_with_their_number_only() -> None:
    def page(pieces: int) -> bytes:
        cell = "<i style='float:left'></i>" * pieces + "<i style='float:left'>1</i>" * pieces
        return f"<table><tr><td>规章</td><td>{cell}</td></tr></table>".encode()

    few, many = (calls_of(partial(html.read, page(pieces), "")) for pieces in (100, 400))
    assert many < 5 * few


@pytest.mark.parametrize(
    "cell",
    [
        "<i data-to='128'>0</i>",
        "<i class=count data-num=128>0</i>",
        "<i ng-bind='d.x'>--</i>",
        "<i v-text='d.x'>0</i>",
        "<i name=t3_new>0</i>",
    ],
)
def test_what_a_script_replaces_is_no_figure(cell: str) -> None:
    assert value(read(cell, "<script src=fill.js></script>"))[1] == "not-text"


@pytest.mark.parametrize("cell", ["<i data-to='128'>128</i>", "<i data-row=3>7</i>", "<a name=OLE_LINK1>0</a>"])
def test_what_a_script_leaves_as_it_is_is_read(cell: str) -> None:
    assert value(read(cell, "<script src=fill.js></script>"))[1] == ""


def test_a_figure_between_two_cells_is_told_at_both() -> None:
    page = "<table><tr><td>规章</td>8<td></td><td>7</td></tr></table>"
    (grid,) = html.read(page.encode(), "").grids()
    assert [cell.doubt for cell in grid.cells] == ["stray-figure", "stray-figure", ""]


@pytest.mark.parametrize("style", ["scale:0", "zoom:.01", "zoom:5%"])
def test_a_digit_shrunk_to_nothing_is_in_doubt(style: str) -> None:
    assert value(read(f"<b style='{style}'>3</b>12"))[1] == "styled-text"


def test_what_pops_up_is_not_in_its_cell() -> None:
    assert value(read("12<b popover>3</b>")) == ("12", "")
