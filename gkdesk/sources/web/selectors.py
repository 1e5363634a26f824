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
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*(\d+(?:\.\d+)?|\.\d+)(px|r?em)\s*\)")
_EM = 16
"""Pixels of a usual font size, in which conditions count, too."""
_OPEN_RULES = ("@container", "@scope", "@starting-style", "@document", "@-moz-document")
"""At-rules whose styles count somewhere on the page, or at some time."""
_SIMPLE = re.compile(r"(?:\*|[a-z][a-z0-9]*)?(?:[.#][\w\u0080-\uffff-]+|\[[^\[\]]{0,200}\])*", re.IGNORECASE)
_PART = re.compile(r"([.#]?)([\w\u0080-\uffff-]+)")
_GENERATED = re.compile(r"::?(?:before|after)$", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\[\s{0,9}([\w\u0080-\uffff:-]{1,99})\s{0,9}"""
    r"""(?:(?:([~|^$*]?=)\s{0,9}(?:"([^"]{0,199})"|'([^']{0,199})'|([^\]\s"']{0,199})))?\s{0,9}\]|([^\[\]]{0,199}\]))"""
)
"""An attribute in brackets; its last group is what is behind a name and not understood."""
_FUNCTION = re.compile(r":[\w-]{1,40}\([^()]{0,200}(?:\([^()]{0,200}\)[^()]{0,200}){0,5}\)")
_PASSING = re.compile(r":(?:hover|focus|active|target|visited|checked|disabled|host|selection)\b|::selection", re.I)
_ROOT = re.compile(r"(?<![\w\u0080-\uffff\])-])(?:html)?:root\b", re.IGNORECASE)
_PSEUDO = re.compile(r"::?[\w-]+")
_INSIDE = re.compile(r"\[[^\[\]]{0,200}\]")
_ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([^\n]))", re.IGNORECASE)
_AS_LETTERS = 0xE000
"""From here on stand the signs that are escaped in a name (``.lg\\:hidden``), so that they part nothing."""
_AS_WRITTEN = {_AS_LETTERS + code: code for code in range(128)}


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
    words = rule.strip().lower()
    if words.startswith(("@layer", "@supports")):
        return None if "not" in words else True
    if words.startswith(_OPEN_RULES):
        return None
    if not words.startswith("@media"):
        return False
    answers = [_is_met(query.strip()) for query in words.removeprefix("@media").split(",")]
    return True if True in answers else None if None in answers else False


def _is_met(query: str) -> bool | None:
    """Whether a usual screen is meant by a kind of device with conditions, ``screen and (min-width: 600px)``."""
    if query.startswith("not"):
        return None
    answers = [_is_part_met(part) for part in re.split(r"\s+and\s+", query.removeprefix("only").strip())]
    return False if False in answers else None if None in answers else True


def _is_part_met(part: str) -> bool | None:
    if part in ("", "all", "screen"):
        return True
    if part in ("print", "speech"):
        return False
    match = _WIDTH.fullmatch(part)
    if match is None:
        return None
    width = float(match.group(2)) * (1 if match.group(3) == "px" else _EM)
    return width <= _SCREEN_WIDTH if match.group(1) == "min" else width >= _SCREEN_WIDTH


def chains(listed: str) -> Iterator[Chain]:
    """The selectors of a rule; those that mean only elements under the pointer, or may fit every one, are left out."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"[\0{len(kept) - 1}]"

    bare = _INSIDE.sub(keep, _FUNCTION.sub(":f", _ESCAPED.sub(_as_letter, listed)))
    for selector in _ROOT.sub("html", bare).split(","):
        if not _PASSING.search(selector):
            chain = _chain(selector, kept)
            if chain is not None:
                yield chain


def _as_letter(match: re.Match[str]) -> str:
    """What is escaped, as a letter if it is a sign that would part names."""
    code = int(match.group(1), 16) if match.group(1) else ord(match.group(2))
    if code < 128 and not (chr(code).isalnum() or chr(code) in "-_"):
        return chr(_AS_LETTERS + code)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def _chain(selector: str, kept: list[str]) -> Chain | None:
    words = re.sub(r"([>+~])", r" \1 ", selector.replace("&", " ")).split()
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
        # Before what stands in brackets is put back: there a colon begins nothing.
        bare = _PSEUDO.sub("", word)
        plain = re.sub(r"\[\0(\d+)\]", lambda match: kept[int(match.group(1))], bare)
        simple, is_whole = _simple(plain)
        is_open = is_open or bare != _GENERATED.sub("", word) or not is_whole
        parts.append((is_parent, simple))
        is_parent = False
    if not parts or (is_open and (parts[0][1].fits_all)):
        return None
    return Chain(tuple(parts), generated, is_open)


def _simple(word: str) -> tuple[Simple, bool]:
    """What an element must have to fit a word, as far as this is understood; False if that is not all of it."""
    found = list(_ATTRIBUTE.finditer(word))
    is_whole = _SIMPLE.fullmatch(word) is not None and len(found) == word.count("[")
    is_whole = is_whole and not any(match.group(6) for match in found)
    attributes = tuple(
        (
            match.group(1).translate(_AS_WRITTEN).lower(),
            match.group(2) or "",
            (match.group(3) or match.group(4) or match.group(5) or "").translate(_AS_WRITTEN),
        )
        for match in found
    )
    tag = identity = ""
    classes: set[str] = set()
    for mark, written in _PART.findall(_INSIDE.sub("", word).lstrip("*")):
        name = written.translate(_AS_WRITTEN)
        if mark == ".":
            classes.add(name)
        elif mark == "#":
            identity = name
        else:
            tag = name.lower()
    return Simple(tag, identity, frozenset(classes), attributes), is_whole


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
