"""Web archives (MHTML): the one page inside the mail-like file that Word and browsers save a page as."""

from __future__ import annotations

import re

_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,40}\r?\n")
_HEAD_BYTES = 1 << 13


def is_web_archive(data: bytes) -> bool:
    """True if ``data`` starts with the header of a message of several parts."""
    match = _HEADER.match(data[:_HEAD_BYTES].lstrip())
    if match is None:
        return False
    header = match.group().lower()
    return b"mime-version:" in header and b"multipart/" in header


def page_of(data: bytes) -> bytes:
    """The page of a web archive with its transfer encoding undone; other data as it is."""
    if not is_web_archive(data):
        return data
    from email import message_from_bytes

    for part in message_from_bytes(data.lstrip()).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b""
    return b""
