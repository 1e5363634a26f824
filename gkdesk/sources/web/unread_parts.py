"""What a browser shows of a page that does not stand in it as text: tables written by scripts, pages within it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gkdesk.model.content import Note

if TYPE_CHECKING:
    from lxml.etree import _Element

FEW_CELLS = 30
"""A page with fewer table cells has no table of the form as text."""

_TABLE = re.compile(r"(?:<|&lt;|\\x3c|\\u003c)table\b", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-f]{3}", re.IGNORECASE)
_MUCH_TEXT = 400
"""Chinese characters in a script that are more than its messages: the text of a page."""
_HOLDERS = ("script", "textarea", "template", "noscript")


def notes_of_unread(root: _Element, cells: int) -> Iterator[Note]:
    """What to do about a page with ``cells`` table cells, where its tables may stand elsewhere."""
    if cells >= FEW_CELLS:
        return
    if any(_holds_text(element) for element in root.iter(*_HOLDERS)):
        yield Note("written-by-script")
    elif any(element.get("src") or element.get("srcdoc") for element in root.iter("iframe", "frame")):
        yield Note("page-in-page")


def _holds_text(element: _Element) -> bool:
    text = "".join(str(part) for part in element.itertext())
    inner = element.find(".//table") is not None
    return inner or _TABLE.search(text) is not None or sum(1 for _ in _HAN.finditer(text)) >= _MUCH_TEXT
