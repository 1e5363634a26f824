"""Web pages with much around their text: scripts, pictures, comments; pages in pages, and text written by scripts."""

from __future__ import annotations

from html import escape

import pytest

from gkdesk import messages
from gkdesk.errors import SourceError
from gkdesk.model.content import Content
from gkdesk.sources import opening
from gkdesk.sources.web import slimming

TABLE = "<table><tr><td>规章<td>1<td>2<tr><td>文件<td>3<td>4</table>"
SCRIPT = "<script>var a = '<table><tr><td>规章<td>9</table>' + 1;" + "if (a<b && c<d) x='<p>';" * 150_000 + "</script>"


def read(source: str, encoding: str = "utf-8") -> Content:
    return opening.read(source.encode(encoding))


def texts(content: Content) -> list[list[str]]:
    return [[cell.text for cell in grid.cells] for grid in content.grids()]


def codes(content: Content) -> list[str]:
    found = [note.code for note in content.notes]
    assert all(messages.has(f"note.{code}") for code in found)
    return found


WHOLE = [["规章", "1", "2", "文件", "3", "4"]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_what_is_not_read_of_a_large_page_does_not_count(encoding: str) -> None:
    script = SCRIPT if encoding != "utf-16" else ""
    page = f"<html><body>{script}<!-- {'<p>x</p>' * 99} -->{TABLE}<SCRIPT >a='<!--'</SCRIPT><p>完</p></body></html>"
    content = read(page, encoding)
    assert texts(content) == WHOLE
    assert [line.text for line in content.lines()] == ["完"]


@pytest.mark.parametrize(
    "around",
    [
        "<!-- <script> -->{}<!-- </script> -->",
        "<script>a='<!--'</script>{}<!-- -->",
        "{}<!-- never closed",
        "{}<script>x",
    ],
)
def test_leaving_out_scripts_and_comments_leaves_tables_as_they_are(around: str) -> None:
    page = f"<html><body>{around.format(TABLE)}"
    assert texts(read(page)) == texts(read(f"<html><script>{'x' * slimming._SMALL}</script><body>" + page)) == WHOLE


def test_a_script_that_writes_into_a_cell_is_seen_in_a_large_page_too() -> None:
    cell = "<table><tr><td>规章<td>1<td><script>document.write(5)</script><tr><td>文件<td>2<td>3</table>"
    (grid,) = read(f"<html><body>{SCRIPT}{cell}").grids()
    assert [cell.text for cell in grid.cells if cell.doubt == "not-text"] == [""]


def test_pictures_are_left_out_of_a_page_that_is_too_large_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (slimming, opening):
        monkeypatch.setattr(module, "LARGEST_PAGE", 3 << 20)
    picture = "<img alt='a' src=\"data:image/png;base64," + "QUJD" * (1 << 20) + '">'
    style = "<p style='background:url(data:image/png;base64," + "QUJD" * 9999 + ")'>前</p>"
    for encoding in ("utf-8", "gb18030"):
        content = read(f"<html><body>{style}{picture}{TABLE}{picture}</body></html>", encoding)
        assert texts(content) == WHOLE
        assert codes(content) == ["pictures-left-out"]
    with pytest.raises(SourceError) as caught:
        read(f"<html><body>{TABLE}{'<p>很长</p>' * 400_000}")
    assert caught.value.code == "source.too-large"


@pytest.mark.parametrize(
    "page",
    [
        "<!--" * 2_000_000,
        "<script>" * 900_000,
        "<p " + " ".join(f"a{number}=1" for number in range(700_000)) + ">",
        "<p " + " ".join(f"a{number}" for number in range(2_000)) + ">",
        "<p " + " ".join(f"a{number}='<>'" for number in range(2_000)) + ">",
    ],
)
def test_pages_of_nothing_but_marks_are_refused(page: str) -> None:
    with pytest.raises(SourceError) as caught:
        read("<html><body>" + page)
    assert caught.value.code == "source.too-large"


def test_a_page_in_the_attribute_of_a_frame_is_shown_and_read() -> None:
    inner = f"<style>.no {{display: none}}</style><p>里</p><p class=no>不见</p>{TABLE}"
    content = read(
        f"<html><style>p {{display: none}}</style><h1>题</h1><iframe srcdoc='{escape(inner)}'></iframe><div>尾</div>"
    )
    assert texts(content) == WHOLE
    assert [line.text for line in content.lines()] == ["题", "里", "尾"]
    twice = f"<iframe srcdoc='{escape(f'<iframe srcdoc={chr(34)}{escape(inner)}{chr(34)}></iframe>')}'>"
    assert texts(read(f"<html><body>{twice}")) == WHOLE


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe hidden {}>",
        "<iframe style='display:none' {}>",
        "<iframe width=0 {}>",
        "<div hidden><iframe {}></iframe></div>",
    ],
)
def test_a_page_in_a_frame_that_nobody_sees_is_not_read(frame: str) -> None:
    content = read("<html><body>" + frame.format(f"srcdoc='{escape(TABLE)}'"))
    assert texts(content) == []


def test_pages_inside_one_another_without_end_are_read_so_far() -> None:
    inner = TABLE
    for _ in range(8):
        inner = f"<p>壳</p><iframe srcdoc='{escape(inner)}'></iframe>"
    content = read(f"<html><body>{inner}")
    assert texts(content) == []
    assert "source-incomplete" in codes(content)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<h1>年报</h1><script>var c = '<table><tr><td>规章<td>9</table>'; box.innerHTML = c</script>",
            ["written-by-script"],
        ),
        (r"<h1>年报</h1><script>c = '\u003ctable>\u003ctr>'</script>", ["written-by-script"]),
        (
            '<h1>年报</h1><script type="application/json">{"t": "' + "年度报告" * 120 + '"}</script>',
            ["written-by-script"],
        ),
        ("<h1>年报</h1><textarea hidden>&lt;table>&lt;tr></textarea>", ["written-by-script"]),
        ("<h1>年报</h1><iframe src='nb.html'></iframe>", ["page-in-page"]),
        ("<h1>年报</h1><script>alert('请输入关键字')</script><iframe></iframe>", []),
        (f"<script>c = '<table>'</script><iframe src='a'></iframe>{TABLE * 5}", []),
    ],
)
def test_what_stands_elsewhere_is_said_of_a_page_without_tables(page: str, expected: list[str]) -> None:
    assert codes(read(f"<html><body>{page}</body></html>")) == expected


def test_a_script_and_a_quoted_text_with_many_words_are_no_attributes() -> None:
    words = " ".join(f"a{number}=1" for number in range(5_000))
    assert texts(read(f"<html><body><script>if (a<b {words}) x='>'</script><p title='{words}'>{TABLE}")) == WHOLE
