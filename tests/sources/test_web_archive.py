"""Web archives: a whole report through the whole chain."""

from __future__ import annotations

import json
import quopri
from decimal import Decimal

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
