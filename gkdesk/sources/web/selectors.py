"""Selectors and conditions of a style sheet, as far as they are followed; of others, what they may fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
_SIMPLE = re.compile(r"(?:\*|[a-z][a-z0-9]*)?(?:[.#][\w\u0080-\uffff-]+)*", re.IGNORECASE)
_PART = re.compile(r"([.#]?)([\w\u0080-\uffff-]+)")
_GENERATED = re.compile(r"::?(?:before|after|marker)$", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\[\s{0,9}([\w\u0080-\uffff:-]{1,99})\s{0,9}"""
    r"""(?:(?:([~|^$*]?=)\s{0,9}(?:"([^"]{0,199})"|'([^']{0,199})'|([^\]\s"']{0,199})))?\s{0,9}\]|([^\[\]]{0,199}\]))"""
)
"""An attribute in brackets; its last group is what is behind a name and not understood."""
_FUNCTION = re.compile(r":([\w-]{1,40})\(([^()]{0,2000})\)")
_ASIDE = re.compile(r"\x01(\d+)\x02")
_DEEPEST = 6
"""Functions of selectors inside one another that are followed."""
_ANY_OF = frozenset({"is", "where", "matches", "any", "-webkit-any", "-moz-any"})
_PASSING = re.compile(
    r":(?:hover|focus|focus-within|focus-visible|active|target|visited|checked|disabled|host|selection)\b(?!-)", re.I
)
_OTHER_BOX = re.compile(r"::(?!(?:before|after|marker|first-letter|first-line)\b)", re.IGNORECASE)
"""Of an element such selectors mean only what is no text of it: bars to scroll, buttons, what is marked."""
_ROOT = re.compile(r"(?<![\w\u0080-\uffff\x02)-])(?:html)?:root\b", re.IGNORECASE)
_PSEUDO = re.compile(r"::?[\w-]+")
_INSIDE = re.compile(r"\[[^\[\]]{0,200}\]")
_ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([^\n]))", re.IGNORECASE)
_LONGEST = 2_000
_AS_LETTERS = 0xE000
"""From here on stand the signs that are escaped in a name (``.lg\\:hidden``), so that they part nothing."""
_AS_WRITTEN = {_AS_LETTERS + code: code for code in range(128)}


@dataclass(frozen=True, slots=True)
class Simple:
    """Tag, id, classes and attributes (name, comparison, value) that an element must have.

    Of each group ``any_of`` it must fit one, of ``without`` none; ``is_empty``: nothing stands in it.
    """

    tag: str
    identity: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...] = ()
    any_of: tuple[tuple[Simple, ...], ...] = ()
    without: tuple[Simple, ...] = ()
    is_empty: bool = False
    own_weight: tuple[int, int, int] = (0, 0, 0)

    @property
    def marks(self) -> tuple[str, ...]:
        """An element that fits has one of these: ``#id``, ``.class`` or a tag; one empty one if that is not said."""
        if self.identity or self.classes or self.tag:
            return ("#" + self.identity if self.identity else next(("." + name for name in self.classes), self.tag),)
        for group in self.any_of:
            marks = tuple(mark for simple in group for mark in simple.marks)
            if "" not in marks:
                return tuple(dict.fromkeys(marks))
        return ("",)

    def fits(self, element: _Element, classes: frozenset[str]) -> bool:
        """True if the element, of these classes, has them all."""
        if self.tag not in ("", element.tag) or self.identity not in ("", element.get("id")):
            return False
        if not (self.classes <= classes and all(_has(element, *attribute) for attribute in self.attributes)):
            return False
        if self.is_empty and (len(element) or element.text):
            return False
        return all(any(simple.fits(element, classes) for simple in group) for group in self.any_of) and not any(
            simple.fits(element, classes) for simple in self.without
        )


@dataclass(frozen=True, slots=True)
class Chain:
    """A selector: its parts from the last outwards (True: the parent itself), and how much it counts.

    ``is_open``: it may fit fewer elements than the parts do. ``generated``: it means what is added to the element.
    """

    parts: tuple[tuple[bool, Simple], ...]
    weight: tuple[int, int, int]
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
    """The selectors of a rule; those that mean only elements under the pointer, or no text at all, are left out."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\x01{len(kept) - 1}\x02"

    bare = _INSIDE.sub(keep, _ESCAPED.sub(_as_letter, listed.replace("\x01", " ").replace("\x02", " ")))
    for _ in range(_DEEPEST):
        bare, changed = _FUNCTION.subn(keep, bare)
        if not changed:
            break
    for selector in bare.split(","):
        chain = _chain(selector, kept)
        if chain is not None:
            yield chain


def nested(listed: str, parent: str) -> str:
    """The selectors of a rule that stands inside another one; empty if they are too long to be followed."""
    pieces = [listed] if "(" in listed else listed.split(",")
    whole = ",".join(piece if "&" in piece else "& " + piece for piece in pieces).replace("&", f":is({parent})")
    return whole if len(whole) <= _LONGEST and ("(" not in listed or "," not in listed) else ""


def _as_letter(match: re.Match[str]) -> str:
    """What is escaped, as a letter if it is a sign that would part names."""
    code = int(match.group(1), 16) if match.group(1) else ord(match.group(2))
    if code < 128 and not (chr(code).isalnum() or chr(code) in "-_"):
        return chr(_AS_LETTERS + code)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def _chain(selector: str, kept: list[str]) -> Chain | None:
    """A selector without commas; None if it fits nothing on a page at rest."""
    if _PASSING.search(selector) or _OTHER_BOX.search(selector):
        return None
    words = re.sub(r"([>+~])", r" \1 ", _ROOT.sub("html", selector).replace("&", " ")).split()
    parts: list[tuple[bool, Simple]] = []
    is_parent = is_open = beside = False
    weight = (0, 0, 0)
    generated = bool(words) and _GENERATED.search(words[-1]) is not None
    for word in reversed(words):
        if word == ">":
            is_parent = True
            continue
        if word in "+~":
            is_open = beside = True
            continue
        simple, is_whole = _simple(_GENERATED.sub("", word), kept)
        if simple is None:
            return None
        weight = _sum(weight, simple.own_weight)
        is_open = is_open or not is_whole
        if not beside:
            parts.append((is_parent, simple))
            is_parent = False
        # What stands around a neighbour stands around the element, too.
        beside = False
    return Chain(tuple(parts), weight, generated, is_open) if parts else None


def _simple(word: str, kept: list[str]) -> tuple[Simple | None, bool]:
    """What an element must have to fit a word, as far as this is understood; False if that is not all of it.

    None if nothing fits it.
    """
    attributes: list[tuple[str, str, str]] = []
    any_of: list[tuple[Simple, ...]] = []
    without: list[Simple] = []
    is_whole = True
    weight = (0, 0, 0)
    for aside in _ASIDE.findall(word):
        text = kept[int(aside)]
        if text.startswith("["):
            attribute, is_known = _attribute(text)
            attributes += attribute
            weight = _sum(weight, (0, 1, 0))
        else:
            group, is_known = _alternatives(text, kept)
            name = text[1 : text.index("(")].lower()
            if name == "not":
                without += group
            elif name in _ANY_OF:
                if not group:
                    return None, True
                any_of.append(group)
            else:
                is_known = False
            if name != "where":
                weight = _sum(weight, max((simple.own_weight for simple in group), default=(0, 1, 0)))
        is_whole = is_whole and is_known
    bare = _ASIDE.sub("", word)
    plain = _PSEUDO.sub("", bare)
    pseudos = [name.lower() for name in _PSEUDO.findall(bare)]
    is_whole = is_whole and _SIMPLE.fullmatch(plain) is not None and all(name == ":empty" for name in pseudos)
    tag, identity, classes = _names(plain)
    weight = _sum(weight, (bool(identity), len(classes) + len(pseudos), bool(tag)))
    is_empty = ":empty" in pseudos
    found = (tag, identity, classes, tuple(attributes), tuple(any_of), tuple(without), is_empty, weight)
    return Simple(*found), is_whole


def _names(plain: str) -> tuple[str, str, frozenset[str]]:
    """Tag, id and classes of a word without attributes and functions."""
    tag = identity = ""
    classes: set[str] = set()
    for mark, written in _PART.findall(plain.lstrip("*")):
        name = written.translate(_AS_WRITTEN)
        if mark == ".":
            classes.add(name)
        elif mark == "#":
            identity = name
        else:
            tag = name.lower()
    return tag, identity, frozenset(classes)


def _attribute(text: str) -> tuple[list[tuple[str, str, str]], bool]:
    match = _ATTRIBUTE.fullmatch(text)
    if match is None:
        return [], False
    name = match.group(1).translate(_AS_WRITTEN).lower()
    value = (match.group(3) or match.group(4) or match.group(5) or "").translate(_AS_WRITTEN)
    return [(name, match.group(2) or "", value)], not match.group(6)


def _alternatives(text: str, kept: list[str]) -> tuple[tuple[Simple, ...], bool]:
    """The selectors in the brackets of ``:is(…)``, ``:not(…)``; False if an element may fit them that is not theirs.

    Of what may not be fitted only what is surely meant is among them, of what has to be fitted all that may be.
    """
    is_not = text[1:5].lower() == "not("
    found: list[Simple] = []
    is_whole = True
    for piece in text[text.index("(") + 1 : -1].split(","):
        chain = _chain(piece, kept)
        if chain is None:
            is_whole = is_whole and not is_not
            continue
        is_sure = len(chain.parts) == 1 and not chain.is_open and not chain.generated
        is_whole = is_whole and is_sure
        if is_sure or not is_not:
            simple = chain.parts[0][1]
            found.append(replace(simple, own_weight=chain.weight))
    return tuple(found), is_whole


def _sum(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


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
