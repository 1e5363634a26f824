"""Large web pages without what is not read of them, before anything costly is done with them.

Pages saved with everything in them carry scripts and pictures of many megabytes around some kilobytes of text.
"""

from __future__ import annotations

import re

LARGEST_PAGE = 40 << 20
"""Bytes of a page that are parsed, pictures included."""

_SMALL = 2 << 20
"""Bytes up to which a page is taken as it is."""

_LONG_ADDRESS = 1 << 12
_UNREAD = re.compile(rb"<(?:!--|(script)(?=[\s/>]))", re.IGNORECASE)
_SCRIPT_END = re.compile(rb"</script(?=[\s/>])", re.IGNORECASE)
_WRITES = re.compile(rb"\.write(?:ln)?\s*\(|innerHTML|innerText|textContent")
# No byte of a Chinese character, in GBK or UTF-8, is one of the marks in front of such an address or behind it.
_ADDRESS = re.compile(rb"""(?<=["'(=])\s*data:[\w.+-]{1,40}/""")
_ADDRESS_END = re.compile(rb"""["'()<>]""")


def slimmed(data: bytes) -> tuple[bytes, bool]:
    """A page without comments and the text of scripts if it is large; then whether pictures were left out, too.

    Pictures inside the page (``data:`` addresses) are kept unless it would be larger than :data:`LARGEST_PAGE` with
    them. Pages in UTF-16 and UTF-32 are left as they are. Takes time in proportion to the size.
    """
    if len(data) <= _SMALL or data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:_SMALL]:
        return data, False
    data = _without_scripts(data)
    if len(data) <= LARGEST_PAGE:
        return data, False
    slim = _without_pictures(data)
    return slim, len(slim) < len(data)


def _without_scripts(data: bytes) -> bytes:
    parts: list[bytes] = []
    place = 0
    while (found := _UNREAD.search(data, place)) is not None:
        if found[1] is None:
            end = data.find(b"-->", found.end() - 2)
            kept = b""
            after = end + 3
        else:
            start = data.find(b">", found.end()) + 1
            close = _SCRIPT_END.search(data, start) if start else None
            end = close.start() if close is not None else -1
            # Whether a script writes text is asked for where it stands in a cell.
            kept = data[found.start() : start] + (b".write()" if end > 0 and _WRITES.search(data, start, end) else b"")
            after = end
        if end < 0:
            break
        parts += (data[place : found.start()], kept)
        place = after
    parts.append(data[place:])
    return b"".join(parts)


def _without_pictures(data: bytes) -> bytes:
    parts: list[bytes] = []
    place = 0
    for found in _ADDRESS.finditer(data):
        if found.start() < place:
            continue
        close = _ADDRESS_END.search(data, found.end())
        end = close.start() if close is not None else len(data)
        if end - found.end() >= _LONG_ADDRESS:
            parts += (data[place : found.start()], b"data:,")
            place = end
    parts.append(data[place:])
    return b"".join(parts)
