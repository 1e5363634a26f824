"""The prose sections of a report, found by their headings."""

from __future__ import annotations

import re

from gkdesk.extraction.labels import key
from gkdesk.model.content import Content, Line
from gkdesk.model.spec import FormSpec

LONGEST_HEADING = 14
"""Spoken characters a heading may have beyond its keyword: numbering and words around it."""

_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]{1,2}[）)]?|0?\d{1,2})[、.．)）\s]*")


def find_sections(content: Content, spec: FormSpec) -> dict[str, str]:
    """The text of each prose section that has a heading, paragraphs separated by line breaks."""
    names = {name: tuple(key(word) for word in words) for name, words in spec.sections.items()}
    stops = tuple(key(word) for table in spec.tables for word in table.keywords)
    found: dict[str, list[str]] = {}
    current: str | None = None
    for block in content.blocks:
        if not isinstance(block, Line):
            continue
        heading = _heading_of(block.text, names, stops)
        if heading is not None:
            name, rest = heading
            current = name or None
            if current is not None and current not in found:
                found[current] = [rest] if rest else []
            continue
        if current is not None:
            found[current].append(block.text.strip())
    return {name: "\n".join(lines).strip() for name, lines in found.items()}


def _heading_of(text: str, names: dict[str, tuple[str, ...]], stops: tuple[str, ...]) -> tuple[str, str] | None:
    """The section a line opens and the words behind its heading; an empty name for the heading of a table."""
    line = text.strip()
    numbered = _NUMBERING.match(line)
    for name, words in names.items():
        for word in words:
            if _is_heading(line, word):
                return name, ""
            if numbered is not None and line[numbered.end() :].startswith(word):
                return name, line[numbered.end() + len(word) :].lstrip("：:。 ")
    if any(_is_heading(line, word) for word in stops):
        return "", ""
    return None


def _is_heading(line: str, word: str) -> bool:
    spoken = key(line)
    return word in spoken and len(spoken) <= len(word) + LONGEST_HEADING and "。" not in line and "，" not in line
