"""Selectors and conditions of a style sheet, as far as they are followed; of others, what they may fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_SCREEN_WIDTH = 1280
"""Pixels of the screen a page is thought to be shown on."""
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)", re.IGNORECASE)
_WIDTH = re.compile(r"(?:(?:only\s+)?(?:all|screen)\s+and\s+)?\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)px\s*\)")
_SIMPLE = re.compile(
    r"(?:\*|[a-z][a-z0-9]*)?(?:[.#][\w\u0080-\uffff-]+|\[[^\[\]]{0,200}\])*(?:::?(?:before|after))?", re.IGNORECASE
)
_PART = re.compile(r"([.#]?)([\w\u0080-\uffff-]+)")
_GENERATED = re.compile(r"::?(?:before|after)$", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\[\s{0,9}([\w:-]{1,99})\s{0,9}(?:([~|^$*]?=)\s{0,9}(?:"([^"]{0,199})"|'([^']{0,199})'|([^\]\s]{0,199})))?[^\[\]]{0,99}\]"""
)
_FUNCTION = re.compile(r":[\w-]{1,40}\([^()]{0,200}(?:\([^()]{0,200}\)[^()]{0,200}){0,5}\)")
_PASSING = re.compile(
    r":(?:hover|focus|active|target|visited|checked|disabled|root|host|selection)\b|::selection", re.I
)
_PSEUDO = re.compile(r"::?[\w-]+")
_INSIDE = re.compile(r"\[[^\[\]]{0,200}\]")


@dataclass(frozen=True, slots=True)
class Simple:
    """Tag, id, classes and attributes (name, comparison, value) that an element must have."""

    tag: str
    identity: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...] = ()

    @property
    def fits_all(self) -> bool:
        """True if every element has them."""
        return not (self.tag or self.identity or self.classes or self.attributes)

    def fits(self, element: _Element, classes: frozenset[str]) -> bool:
        """True if the element, of these classes, has them all."""
        if self.tag not in ("", element.tag) or self.identity not in ("", element.get("id")):
            return False
        return self.classes <= classes and all(_has(element, *attribute) for attribute in self.attributes)


@dataclass(frozen=True, slots=True)
class Chain:
    """A selector: its parts from the last outwards (True: the parent itself).

    ``is_open``: it may fit fewer elements than the parts do. ``generated``: it means what is added to the element.
    """

    parts: tuple[tuple[bool, Simple], ...]
    generated: bool
    is_open: bool


def applies(rule: str) -> bool | None:
    """Whether what stands under an at-rule counts on a usual screen; None if that cannot be told."""
    words = rule.lower()
    if words.startswith(("@layer", "@supports")):
        return None if "not" in words else True
    if not words.startswith("@media"):
        return False
    query = words.removeprefix("@media").strip()
    if _SCREEN.fullmatch(words.strip()):
        return True
    if "print" in query:
        return None if "," in query else False
    conditions = query.split(" and (")
    widths = [
        _WIDTH.fullmatch(part if part.startswith(("(", "only", "all", "screen")) else "(" + part)
        for part in conditions
        if part.strip() not in ("screen", "all", "only screen")
    ]
    if "," in query or not widths or not all(widths):
        return None
    return all(
        (float(match.group(2)) <= _SCREEN_WIDTH) == (match.group(1) == "min") for match in widths if match is not None
    )


def chains(listed: str) -> Iterator[Chain]:
    """The selectors of a rule; those that mean only elements under the pointer, or may fit every one, are left out."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"[\0{len(kept) - 1}]"

    bare = _FUNCTION.sub(":f", listed)
    bare = _INSIDE.sub(keep, bare)
    for selector in bare.split(","):
        if not _PASSING.search(selector):
            chain = _chain(selector, kept)
            if chain is not None:
                yield chain


def _chain(selector: str, kept: list[str]) -> Chain | None:
    words = re.sub(r"\s*([>+~])\s*", r" \1 ", selector.replace("&", " ").strip()).split()
    parts: list[tuple[bool, Simple]] = []
    is_parent = is_open = False
    generated = bool(words) and _GENERATED.search(words[-1]) is not None
    for word in reversed(words):
        if word == ">":
            is_parent = True
            continue
        if word in "+~":
            is_open = True
            break
        plain = re.sub(r"\[\0(\d+)\]", lambda match: kept[int(match.group(1))], word)
        if not _SIMPLE.fullmatch(plain):
            is_open = True
            plain = _PSEUDO.sub("", plain) if not plain.startswith("[") else plain
        parts.append((is_parent, _simple(plain)))
        is_parent = False
    if not parts or (is_open and (parts[0][1].fits_all)):
        return None
    return Chain(tuple(parts), generated, is_open)


def _simple(word: str) -> Simple:
    attributes = tuple(
        (match.group(1).lower(), match.group(2) or "", match.group(3) or match.group(4) or match.group(5) or "")
        for match in _ATTRIBUTE.finditer(word)
    )
    word = _INSIDE.sub("", _GENERATED.sub("", word))
    tag = identity = ""
    classes: set[str] = set()
    for mark, name in _PART.findall(word.lstrip("*")):
        if mark == ".":
            classes.add(name)
        elif mark == "#":
            identity = name
        else:
            tag = name.lower()
    return Simple(tag, identity, frozenset(classes), attributes)


def _has(element: _Element, name: str, comparison: str, value: str) -> bool:
    given = element.get(name)
    if given is None or not comparison:
        return given is not None
    if comparison == "=":
        return given == value
    if not value:
        return False
    if comparison == "^=":
        return given.startswith(value)
    if comparison == "$=":
        return given.endswith(value)
    if comparison == "~=":
        return value in given.split()
    return value in given if comparison == "*=" else given == value or given.startswith(value + "-")
