"""Web archives: a whole report through the whole chain."""

from __future__ import annotations

import json
import quopri
from decimal import Decimal

import pytest

from gkdesk.sources.web import html
from tests.corpus.score import FOLDER, compare


def test_a_saved_page_in_a_web_archive_is_read_like_the_page() -> None:
    name = "layout-tables-gb2312.htm"
    page = (FOLDER / "html" / name).read_bytes()
    archive = (
        b"From: <Saved by Blink>\r\nSubject: =?gb2312?B?xOqxqA==?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--=_Part"\r\n\r\n\r\n----=_Part\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
        b"Content-Location: http://example.invalid/\r\n\r\n"
        + quopri.encodestring(page).replace(b"\n", b"\r\n")
        + b"\r\n----=_Part\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        b"----=_Part--\r\n"
    )
    known = json.loads((FOLDER / "html" / f"{name}.truth.json").read_text("utf-8"), parse_float=Decimal)
    saved, plain = compare("saved.mht", archive, known), compare(name, page, known)
    assert (saved.exact, saved.wrong, saved.doubtful) == (saved.cells, 0, 0)
    assert saved.details == plain.details


def archive_of(*parts: tuple[str, str]) -> bytes:
    """A web archive of pages, each with the lines that name it."""
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--=_Part"\r\n\r\n'
    pages = [f"----=_Part\r\nContent-Type: text/html\r\n{names}\r\n\r\n{page}\r\n" for names, page in parts]
    return (head + "".join(pages) + "----=_Part--\r\n").encode()


def tables(archive: bytes) -> list[str]:
    return [cell.text for grid in html.read(archive, "sha").grids() for cell in grid.cells]


SHEET = "<html><body><table><tr><td>规章</td><td>{figure}</td></tr></table></body></html>"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("cid:frame-1@mhtml.blink", "Content-ID: <frame-1@mhtml.blink>\r\nContent-Location: http://a.invalid/x.html"),
        ("http://a.invalid/x.html?a=1&amp;b=2", "Content-Location: http://a.invalid/x.html?a=1&b=2"),
        ("x.html", "Content-Location: http://a.invalid/b/x.html"),
    ],
)
def test_a_page_saved_with_its_frames_shows_them(source: str, names: str) -> None:
    page = f'<html><body><p>年报</p><iframe width="100%" src="{source}"></iframe></body></html>'
    archive = archive_of(("Content-Location: http://a.invalid/b/", page), (names, SHEET.format(figure=12)))
    assert tables(archive) == ["规章", "12"]
    assert tables(archive_of(("", page), ("Content-Location: http://b.invalid/", SHEET.format(figure=12)))) == []


def test_each_sheet_of_a_workbook_saved_as_a_page_is_read_but_hidden_ones() -> None:
    frames = '<html><frameset rows="*,39"><frame src="sheet001.htm"><frame src="tabstrip.htm"></frameset></html>'
    hidden = SHEET.format(figure=99) + "<!--<x:Visible>SheetHidden</x:Visible>-->"
    archive = archive_of(("", frames), ("", SHEET.format(figure=1)), ("", hidden), ("", SHEET.format(figure=2)))
    assert tables(archive) == ["规章", "1", "规章", "2"]
