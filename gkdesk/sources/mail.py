"""Mails (.eml): what was written in them, and what is attached. Nothing is unpacked to a disk, nothing is fetched.

The parts of a mail are found with Python's own parser under its old policy: the new one takes headers of others apart
with a grammar that needs minutes for a hostile one. What that parser takes long for is counted before it starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, cast

from gkdesk.errors import SourceError
from gkdesk.sources import decoding

if TYPE_CHECKING:
    from email.message import Message

LARGEST = 72 << 20
"""Bytes of a mail: providers take 50 million bytes of attachments, which base64 makes a third longer."""
MOST_PARTS = 1_000

_MOST_LINES = 1_200_000
_MOST_WORK = 3_000_000
"""Lines, and lines times the parts inside which they may have to be looked at."""
_MOST_HOLDERS = 60
_MOST_HEADERS = 20_000
_LONGEST_HEADER, _MOST_OF_HEADERS = 8 << 10, 512 << 10
HEAD_BYTES = 1 << 16
_HEADER_LINE = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_FROM_LINE = re.compile(rb">?From [^\r\n]*\r?\n")
_TRANSPORT = frozenset(
    b"to cc bcc received message-id delivered-to return-path reply-to x-mailer user-agent x-originating-ip".split()
)
"""Headers of what was sent, or is to be; pages that browsers and Word saved in the form of a mail have none."""
_HEADER_LIKE = re.compile(rb"(?:\A|[\r\n])[!-9;-~]{1,76}[ \t]*:")
_HOLDERS = re.compile(rb"boundary|message/", re.IGNORECASE)
_CONTENT_HEADER = re.compile(rb"(?:\A|[\r\n])content-[a-z-]{1,30}[ \t]*:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*", re.I)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "euc-cn"})
_DECLARED = frozenset({"big5", "big5-hkscs", "utf-16", "utf-16le", "utf-16be", "hz-gb-2312"})
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/ofd": ".ofd",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
    "text/html": ".html",
    "text/plain": ".txt",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
}
"""What an attachment without a name is called by."""
_SUBJECT = re.compile(rb"(?:\A|[\r\n])subject[ \t]*:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)", re.IGNORECASE)
_LONGEST_SUBJECT = 2_000
_ENCODED_APART = re.compile(r"\?=\s+=\?")
_TITLE = re.compile(rb"<title[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f]")
_QUOTED = re.compile(r">*")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a mail, or to one that is attached to it: its name, and its number among all parts."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Body:
    """What was written: the number of the mail it belongs to among all parts, its source as UTF-8, what it is."""

    number: int
    source: bytes
    is_page: bool


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail taken apart.

    Attributes:
        attachments: files, but for the pictures of its text.
        pictures: those; only of a mail with nothing else are they the report.
        bodies: its text, if it has one, and the texts of mails attached to it.
        subject: what the mail says it is about, empty if it does not.
    """

    attachments: tuple[Attachment, ...]
    pictures: tuple[Attachment, ...]
    bodies: tuple[Body, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part with a content of its own, its number, that of the mail it belongs to, and whether its end is known."""

    message: Message
    number: int
    owner: int
    is_ended: bool


def is_mail(data: bytes) -> bool:
    """True if ``data`` starts with the headers of a mail that was sent or written."""
    headers = _headers(data[:HEAD_BYTES])
    usual = {b"from", b"subject", b"date", b"mime-version"} & headers.keys()
    if headers.keys() & _TRANSPORT:
        return bool(usual)
    # A page that a browser saved has a sender and a date, too; but its parts are those of one page.
    return len(usual) >= 3 and b"multipart/related" not in headers.get(b"content-type", b"")


def open_mail(data: bytes) -> Mail:
    """What a mail holds; raises ``SourceError``: ``source.too-large``, ``source.inflated``, ``source.broken``."""
    parts = _parts(data)
    files = [part for part in parts if _is_attached(part.message)]
    shown = [part for part in files if _is_of_text(part.message)]
    return Mail(
        tuple(Attachment(_name(part), part.number) for part in files if part not in shown),
        tuple(Attachment(_name(part), part.number) for part in shown),
        tuple(_bodies([part for part in parts if not _is_attached(part.message)])),
        _subject(data),
    )


def load(data: bytes, number: int) -> bytes:
    """The bytes of an attachment or a body of a mail, by its number. Raises like :func:`open_mail`."""
    parts = _parts(data)
    for part in parts:
        if part.number == number and _is_attached(part.message):
            return _payload(part.message)
    for body in _bodies([part for part in parts if not _is_attached(part.message)]):
        if body.number == number:
            return _titled(body, _subject(data)) if not number else body.source
    raise SourceError("source.broken")


def text_of(body: bytes) -> str:
    """The characters of a body without the marks of a page."""
    from html import unescape

    return unescape(_TAG.sub("", body.decode("utf-8", "replace")))


def _subject(data: bytes) -> str:
    """The subject, with its encoded words undone; it may go on over several lines."""
    match = _SUBJECT.search(data[:HEAD_BYTES].partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])
    raw = re.sub(rb"[\r\n]+[ \t]", b" ", match[1][:_LONGEST_SUBJECT]) if match is not None else b""
    words = _ENCODED_APART.sub("?==?", decoding.decode(raw)) if raw else ""
    return _UNSHOWN.sub("", _worded(words)).strip()


def _titled(body: Body, subject: str) -> bytes:
    """The source of a page, with the subject of its mail for a title if it has none of its own."""
    from html import escape

    if not body.is_page or not subject or _TITLE.search(body.source):
        return body.source
    return f"<title>{escape(subject)}</title>".encode("utf-8", "replace") + body.source


def _headers(head: bytes) -> dict[bytes, bytes]:
    """The headers at the start, in small letters and as far as they stand on one line; none if it starts otherwise."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    start = _FROM_LINE.match(head)
    found: dict[bytes, bytes] = {}
    for line in head[start.end() if start else 0 :].splitlines():
        if not line.strip():
            break
        if line[:1] in b" \t" and found:
            continue
        match = _HEADER_LINE.match(line)
        if match is None:
            return {}
        found.setdefault(match[1].lower(), line[match.end() :].lower())
    return found


def _parts(data: bytes) -> list[_Part]:
    from email import message_from_bytes, policy
    from email.errors import CloseBoundaryNotFoundDefect

    _refuse_laborious(data)
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    from_line = _FROM_LINE.match(start)
    try:
        message = message_from_bytes(start[from_line.end() if from_line else 0 :], policy=policy.compat32)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise SourceError("source.broken") from error
    found: list[_Part] = []
    waiting: list[tuple[Message, int]] = [(message, 0)]
    number, is_cut = 0, False
    while waiting:
        part, owner = waiting.pop()
        if number > MOST_PARTS:
            raise SourceError("source.inflated")
        inner = part.get_payload() if part.is_multipart() else None
        is_cut = is_cut or any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in part.defects)
        if isinstance(inner, list):
            owns = part.get_content_maintype() == "message"
            waiting += [(cast("Message", each), number + 1 if owns else owner) for each in reversed(inner)]
        else:
            _mend_names(part)
            # What stands behind the last line of a part belongs to the line between the parts.
            found.append(_Part(part, number, owner, is_ended=number > 0))
        number += 1
    if is_cut and found:
        found[-1] = replace(found[-1], is_ended=False)
    return found


def _refuse_laborious(data: bytes) -> None:
    """Raises ``SourceError`` for what would keep the parser of mails busy; nobody's mail comes near any of this."""
    if len(data) > LARGEST:
        raise SourceError("source.too-large", limit=LARGEST >> 20)
    lines = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
    if sum(1 for _ in islice(_HEADER_LIKE.finditer(data), _MOST_HEADERS + 1)) > _MOST_HEADERS:
        raise SourceError("source.inflated")
    holders = sum(1 for _ in islice(_HOLDERS.finditer(data), _MOST_HOLDERS + 1))
    if lines > _MOST_LINES or holders > _MOST_HOLDERS or lines * max(1, holders) > _MOST_WORK:
        raise SourceError("source.inflated")
    room = _MOST_OF_HEADERS
    for header in _CONTENT_HEADER.finditer(data):
        length = header.end() - header.start()
        room -= length
        if length > _LONGEST_HEADER or room < 0:
            raise SourceError("source.inflated")


def _mend_names(part: Message) -> None:
    """Headers with bytes that are no ASCII, as some programs write names of files, in the characters meant."""
    for name, value in list(part.raw_items()):
        if name.lower() in ("content-type", "content-disposition") and not value.isascii():
            raw = value.encode("ascii", "surrogateescape")
            part.replace_header(name, raw.decode("utf-8" if decoding.is_utf8(raw) else "gb18030", "replace"))


def _is_attached(part: Message) -> bool:
    if part.get_content_disposition() == "attachment" or _named(part):
        return True
    return part.get_content_maintype() not in ("text", "message", "multipart")


def _is_of_text(part: Message) -> bool:
    """True for a picture that stands in the text."""
    is_shown = part.get("content-id") is not None or part.get_content_disposition() == "inline"
    return part.get_content_maintype() == "image" and is_shown and part.get_content_disposition() != "attachment"


def _named(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _name(part: _Part) -> str:
    """The name of a file as its sender meant it, without steps that lead anywhere."""
    name = _UNSHOWN.sub("", _worded(_named(part.message))).replace("\\", "/")
    name = "/".join(step.strip() for step in name.split("/") if step.strip() not in ("", ".", ".."))
    return name or f"{part.number}{_SUFFIXES.get(part.message.get_content_type(), '')}"


def _worded(name: str) -> str:
    """A name with its encoded words (``=?gbk?B?…?=``) undone."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    if "=?" not in name:
        return name
    try:
        pieces = decode_header(name)
    except (HeaderParseError, ValueError):
        return name
    words = []
    for piece, charset in pieces:
        words.append(piece if isinstance(piece, str) else _characters(piece, charset or ""))
    return "".join(words)


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise SourceError("source.broken") from error
    return data if isinstance(data, bytes) else b""


def _bodies(parts: list[_Part]) -> Iterator[Body]:
    """For each mail among the parts what is written in it: as a page if there is one, else as text."""
    owners = dict.fromkeys(part.owner for part in parts)
    for owner in owners:
        own = [part for part in parts if part.owner == owner]
        for kind in ("text/html", "text/plain"):
            pieces = [_written(part) for part in own if part.message.get_content_type() == kind]
            source = "".join(pieces).encode("utf-8", "replace")
            if text_of(source).strip():
                yield Body(owner, source, is_page=kind == "text/html")
                break


def _written(part: _Part) -> str:
    message = part.message
    text = _characters(_payload(message), str(message.get_content_charset() or ""))
    _refuse_damaged(message)
    if message.get_content_type() == "text/plain" and _setting(message, "format") == "flowed":
        end = text[len(text.rstrip("\r\n")) :]
        text = "\n".join(_unflowed(text.splitlines(), _setting(message, "delsp") == "yes")) + end
    return f"{text}\n" if part.is_ended else text


def _setting(part: Message, name: str) -> str:
    return str(part.get_param(name) or "").lower()


def _refuse_damaged(part: Message) -> None:
    """What was damaged on its way may have become another figure."""
    from email.errors import InvalidBase64CharactersDefect, InvalidBase64LengthDefect

    if any(isinstance(defect, InvalidBase64CharactersDefect | InvalidBase64LengthDefect) for defect in part.defects):
        raise SourceError("source.broken")


def _characters(data: bytes, charset: str) -> str:
    """Bytes of a mail as characters: UTF-8 if they are that, else as declared, else by guessing."""
    charset = charset.lower()
    known = "gb18030" if charset in _CHINESE else charset if charset in _DECLARED else ""
    if known and not decoding.is_utf8(data) and decoding.byte_order_mark(data) is None:
        try:
            return data.decode(known)
        except (UnicodeDecodeError, LookupError):
            pass
    return decoding.decode(data)


def _unflowed(lines: list[str], without_blank: bool) -> Iterator[str]:
    """The lines as they were written: those of ``format=flowed`` (RFC 3676) go on where one ends with a blank."""
    whole, depth = "", -1
    for line in lines:
        quotes = _QUOTED.match(line)
        level = quotes.end() if quotes else 0
        rest = line[level:].removeprefix(" ")
        if depth not in (-1, level):
            yield whole
            whole = ""
        whole += rest
        depth = level
        if rest.endswith(" ") and rest != "-- ":
            whole = whole[:-1] if without_blank else whole
        else:
            yield whole
            whole, depth = "", -1
    if depth != -1:
        yield whole
