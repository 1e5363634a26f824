"""Web archives (MHTML): the page inside the mail-like file that browsers, Word and Excel save a page as.

A page with frames is saved with the pages that stood in them, each a part of its own: Excel saves every sheet so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from email.message import Message

_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,40}\r?\n")
_HEAD_BYTES = 1 << 13
_MOST_FRAMES = 30
_FRAME = re.compile(
    r"<iframe\b([^<>]{0,2000}?\ssrc\s*=\s*)(\"[^\"<>]{1,1000}\"|'[^'<>]{1,1000}'|[^\s\"'<>]{1,1000})", re.I
)
_FRAMESET = re.compile(r"<frameset[\s>]", re.IGNORECASE)
_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]{0,200}>[^<]{0,2000}</title>", re.IGNORECASE)
_HIDDEN_SHEET = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden", re.IGNORECASE)


def is_web_archive(data: bytes) -> bool:
    """True if ``data`` starts with the header of a message of several parts."""
    match = _HEADER.match(data[:_HEAD_BYTES].lstrip())
    if match is None:
        return False
    header = match.group().lower()
    return b"mime-version:" in header and b"multipart/" in header


def page_of(data: bytes, decode: Callable[[bytes], str]) -> bytes:
    """The page of a web archive with its transfer encoding undone, its frames filled; other data as it is.

    ``decode`` gives the characters of a page; they are asked for only of pages with frames.
    """
    if not is_web_archive(data):
        return data
    from email import message_from_bytes

    parts = [part for part in message_from_bytes(data.lstrip()).walk() if part.get_content_type() == "text/html"]
    if not parts:
        return b""
    page = _payload(parts[0])
    if len(parts) == 1 or b"frame" not in page.lower():
        return page
    text = decode(page)
    others = [decode(_payload(part)) for part in parts[1 : _MOST_FRAMES + 1]]
    if _FRAMESET.search(text):
        title = _TITLE.search(text)
        filled = (title.group() if title else "") + "".join(_sheet(other) for other in others if _TABLE.search(other))
    else:
        places = {place: other for part, other in zip(parts[1:], others, strict=False) for place in _places(part)}
        filled = _filled(text, str(parts[0].get("Content-Location", "")).strip(), places)
    return b"\xef\xbb\xbf" + filled.encode("utf-8", "replace") if filled != text else page


def _filled(text: str, base: str, places: Mapping[str, str]) -> str:
    """The page with the pages of its frames in them, where a frame names one; none is used for two frames."""
    left = dict(places)

    def fill(match: re.Match[str]) -> str:
        source = unescape(match[2].strip("\"'"))
        inside = left.pop(source, None) or left.pop(_joined(base, source), None)
        return match.group() if inside is None else f'<iframe srcdoc="{escape(inside)}"{match[1]}""'

    return _FRAME.sub(fill, text)


def _joined(base: str, source: str) -> str:
    try:
        return urljoin(base, source)
    except ValueError:
        return source


def _sheet(page: str) -> str:
    """A page that a set of frames shows; sheets that Excel hid stay hidden."""
    hidden = " hidden" if _HIDDEN_SHEET.search(page) else ""
    return f'<iframe srcdoc="{escape(page)}"{hidden}></iframe>'


def _places(part: Message) -> list[str]:
    """The addresses by which frames name a part."""
    known = str(part.get("Content-ID", "")).strip().strip("<>")
    return [*(["cid:" + known] if known else []), str(part.get("Content-Location", "")).strip()]


def _payload(part: Message) -> bytes:
    page = part.get_payload(decode=True)
    return page if isinstance(page, bytes) else b""
