"""Mails: what is a mail, what is written in it and what is attached, in every coding offices send."""

from __future__ import annotations

from contextlib import suppress
from email.mime.message import MIMEMessage

import pytest

from gkdesk import messages
from gkdesk.errors import SourceError
from gkdesk.model.content import SourceKind
from gkdesk.sources import mail, opening
from gkdesk.sources.web.web_archive import is_web_archive
from tests.sources.mail_maker import HEADERS, attached, make_mail, several, written

TEXT = "一、总体情况\n全年公开信息 32 条。\n行政许可\t1286\n行政处罚\t347\n"
PAGE = (
    "<html><head><meta charset=gb2312></head><body><p>总体情况</p>"
    "<table><tr><td>规章<td>7<tr><td>许可<td>12</table></body></html>"
)


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("coding", ["gb2312", "gb18030", "utf-8", "big5"])
def test_a_text_is_read_in_every_coding(coding: str, transfer: str) -> None:
    text = TEXT if coding != "big5" else "一、總體情況\n行政許可\t1286\n行政處罰\t347\n"
    content = opening.read(make_mail(written(text, coding=coding, transfer=transfer)))
    assert content.kind is SourceKind.TEXT
    assert content.text.splitlines() == text.splitlines()
    assert [[cell.text for cell in row] for row in next(content.grids()).rows()][1][1] == "347"


@pytest.mark.parametrize("declared", ["utf-8", "us-ascii", "gb2312", "x-unknown", "punycode", "base64"])
def test_a_wrong_charset_is_seen_through(declared: str) -> None:
    data = make_mail(written(TEXT * 3, coding="gb18030", transfer="8bit")).replace(
        b'"gb18030"', f'"{declared}"'.encode()
    )
    assert "全年公开信息 32 条" in opening.read(data).text


def test_the_page_of_a_mail_is_read_before_its_text() -> None:
    both = several(written("见网页"), written(PAGE, "html", "gb2312", "quoted-printable"), kind="alternative")
    content = opening.read(make_mail(both, attached(b"%PDF-", "说明.pdf")))
    assert content.kind is SourceKind.HTML
    assert [cell.text for cell in next(content.grids()).cells] == ["规章", "7", "许可", "12"]
    (note,) = content.notes
    assert (note.code, note.arguments) == ("mail-attachments", {"names": "说明.pdf", "count": 1})
    assert messages.has(f"note.{note.code}")


def test_the_subject_is_the_title_of_a_page_without_one() -> None:
    data = make_mail(written(PAGE, "html", "gb2312", "quoted-printable"))
    assert opening.read(data).title == "年报"
    (body,) = mail.open_mail(data).bodies
    assert opening.read(mail.load(data, body.number)).title == "年报"


def test_lines_that_were_broken_for_sending_are_whole_again() -> None:
    part = written("行政许可 \n1286\n> 行政处罚 \n> 347\n-- \n办公室\n", coding="utf-8")
    part.set_param("format", "flowed")
    assert opening.read(make_mail(part)).text.splitlines() == ["行政许可 1286", "行政处罚 347", "-- ", "办公室"]


@pytest.mark.parametrize("coding", ["", "gb2312", "utf-8"])
def test_names_of_files_are_decoded(coding: str) -> None:
    opened = mail.open_mail(make_mail(written("见附件"), attached(b"1", "县民政局年报.docx", coding=coding)))
    assert [file.name for file in opened.attachments] == ["县民政局年报.docx"]


def test_names_in_bare_bytes_are_decoded_and_lead_nowhere() -> None:
    data = make_mail(written("见附件"), attached(b"1", "NAME"))
    plain = data.replace(b"filename*=utf-8''NAME", 'filename="../年报.docx"'.encode("gb18030"))
    (file,) = mail.open_mail(plain).attachments
    assert file.name == "年报.docx"
    assert mail.load(plain, file.number) == b"1"


def test_a_mail_in_a_mail_gives_what_is_attached_to_it() -> None:
    inner = several(written(TEXT), attached(b"1", "年报.docx"), kind="mixed")
    opened = mail.open_mail(make_mail(written("转发"), MIMEMessage(inner)))
    assert [file.name for file in opened.attachments] == ["年报.docx"]
    assert [mail.text_of(body.source).strip()[:4] for body in opened.bodies] == ["转发", "一、总体"]


def test_a_saved_page_is_no_mail_and_a_mail_no_page() -> None:
    saved = (
        b"From: <Saved by Blink>\r\nSubject: x\r\nDate: x\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/related; boundary=b\r\n\r\n"
    )
    assert is_web_archive(saved)
    assert not mail.is_mail(saved)
    assert opening.recognise(make_mail(written(TEXT), attached(b"1", "a.docx"))) is SourceKind.MAIL
    assert not mail.is_mail("标题: 年报\n发件人: 办公室\n\n".encode())
    assert not mail.is_mail(b"To: the reader\n1. Granted\n")


def code(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        opening.read(data)
    assert messages.error_text(caught.value.code, caught.value.arguments)
    return caught.value.code


def test_a_mail_without_anything_says_so() -> None:
    assert code(make_mail(written(" \n"))) == "source.mail-empty"
    assert (
        code("".join(f"{name}: {value}\n" for name, value in HEADERS.items()).encode() + b"\n") == "source.mail-empty"
    )


def test_a_damaged_text_is_not_read() -> None:
    data = make_mail(written(TEXT))
    place = data.rindex(b"\n\n") + 10
    assert code(data[:place] + b"!" + data[place + 1 :]) == "source.broken"


def test_where_a_mail_breaks_off_the_last_figure_is_in_doubt() -> None:
    whole = make_mail(written("行政许可\t12\n行政处罚\t347", transfer="8bit"), written("x"), kind="mixed")
    cut = whole[: whole.index(b"\t347") + 3]
    assert next(opening.read(cut).grids()).cells[-1].doubt == "file-end"
    assert next(opening.read(whole).grids()).cells[-1].doubt == ""


def _nested(levels: int) -> bytes:
    head = "".join(f"{name}: {value}\n" for name, value in HEADERS.items())
    levels_of = (f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(levels))
    return (head + "".join(levels_of) + "Content-Type: text/plain\n\n1\n").encode()


@pytest.mark.parametrize(
    "data",
    [
        _nested(50) + b"x\n" * 100_000,
        _nested(20_000),
        make_mail(written(TEXT)) + b"\n" * 3_000_000,
        make_mail(written(TEXT), attached(b"1", "NAME")).replace(b"NAME", b";" * 4_000_000),
        make_mail(written(TEXT), *[written("1") for _ in range(3_000)]),
        _nested(1).replace(b"text/plain", b"message/rfc822") + b"Content-Type: message/rfc822\n\n" * 20_000,
        b"To: x\nFrom: y\n" + b"X: " + b"y" * 5_000_000,
        b"To: x\nFrom: y\n" + b"X: y\n" * 500_000,
    ],
)
def test_hostile_mails_are_refused_or_read_but_never_a_burden(data: bytes) -> None:
    with suppress(SourceError):
        opening.read(data)
