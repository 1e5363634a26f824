"""Markdown files whose tables are written as those of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARAGRAPHS = re.compile(r"<(?:p|div|h[1-6])[\s>]", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<(/?)table(?=[\s>])[^>]*", re.IGNORECASE)
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*")
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|>\s+)|\*\*|\s+#+\s*$")


def plain_line(line: str) -> str:
    """A line of Markdown without its marks; the cells of a small table without merged cells are words of a line."""
    if _PIPE_ROW.fullmatch(line):
        line = line.replace("|", " ")
    return _MARKS.sub("", line)


def _outside_tables(text: str) -> Iterator[str]:
    depth = place = 0
    for tag in _TABLE_TAG.finditer(text):
        if depth == 0:
            yield text[place : tag.end()]
        depth = max(0, depth + (-1 if tag.group(1) else 1))
        place = tag.end()
    if depth == 0:
        yield text[place:]


def is_markdown(text: str) -> bool:
    """True for a Markdown file whose tables are written as those of a web page: lines outside tables count.

    It has no paragraphs of a page outside its tables, and headings marked with ``#`` or, where converters mark none,
    text before any tag.
    """
    begins = not text.lstrip("\ufeff \t\r\n").startswith("<")
    return not any(_PARAGRAPHS.search(part) for part in _outside_tables(text)) and (
        begins or _HEADING.search(text) is not None
    )
