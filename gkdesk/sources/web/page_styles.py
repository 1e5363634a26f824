"""What the style sheets inside a web page and its style attributes say about being seen: hidden, unlit, tiny text.

Only what can be decided without laying out the page: simple selectors (tag, class, id, attributes, their combinations,
ancestors and parents), and the widths of a usual screen. What other selectors or conditions may touch is only said to
be open. Rules for printing are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gkdesk.sources.web import selectors, veils
from gkdesk.sources.web.selectors import Simple

if TYPE_CHECKING:
    from lxml.etree import _Element

OPEN = "?"
"""Among what is declared about an element: more may be, which cannot be told."""

MOST_RULES = 5_000
"""Rules about being seen that a page may have; the largest sites have some hundred."""

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_TOKEN = re.compile(r"[{}]")
# fmt: off
_SEEN = frozenset({
    "display", "visibility", "color", "background", "background-color", "background-image", "font", "font-size",
    "opacity", "text-decoration", "text-decoration-line", "mso-hide", "content",
}) | veils.PROPERTIES
# fmt: on
_SIZE = re.compile(r"([\d.]+)(px|pt|em|rem|%)?")
_WHOLE_SIZES = {"px": 1.0, "pt": 1.333, "": 1.0}
_FONT_SIZE = re.compile(r"(?<![\w#-])([\d.]+(?:px|pt|em|rem|%))(?:\s*/\s*[\w.%]+)?\s+\S")
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})(?![0-9a-f])")
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*[, ]\s*(\d+)\s*[, ]\s*(\d+)\s*(?:[,/]\s*([\d.]+%?)\s*)?\)")
_NAMES = {
    "white": "ffffff", "black": "000000", "red": "ff0000", "blue": "0000ff", "green": "008000", "gray": "808080",
    "grey": "808080", "silver": "c0c0c0", "yellow": "ffff00", "navy": "000080", "whitesmoke": "f5f5f5",
}  # fmt: skip
_NOTHING = ("0", "0.0", ".0")
_SMALLEST = 1.0
"""Pixels up to which nobody sees a character."""
_LIKE = 12
"""Steps of 255 within which two colours are one to the eye."""


class Look(NamedTuple):
    """How an element's text is seen, inherited from the elements around it.

    ``colour`` and ``ground`` are six hexadecimal digits, empty if not known; ``size`` in pixels, negative if not known.
    """

    colour: str = "000000"
    ground: str = "ffffff"
    size: float = -1.0
    faint: bool = False

    @property
    def is_unseen(self) -> bool:
        """True for text nobody sees though it takes its place: colour on the same colour, tiny, transparent."""
        return self.faint or 0 <= self.size <= _SMALLEST or _are_alike(self.colour, self.ground)


@dataclass(frozen=True, slots=True)
class _Rule:
    """The last simple selector with those of ancestors before it (nearest first; True: the parent itself).

    ``is_open``: it may fit fewer elements than these selectors do.
    """

    last: Simple
    around: tuple[tuple[bool, Simple], ...]
    weight: tuple[int, int, int]
    declarations: tuple[tuple[str, str, bool], ...]
    generated: bool
    is_open: bool


class PageStyles:
    """The style sheets of a page."""

    def __init__(self, root: _Element) -> None:
        self._by_tag: dict[str, list[_Rule]] = {}
        self._by_mark: dict[str, list[_Rule]] = {}
        known: set[tuple[Simple, tuple[tuple[bool, Simple], ...]]] = set()
        for rule in islice(_rules_in(root), MOST_RULES):
            last = rule.last
            if rule.is_open:
                # One that may hide an element says all that others which may fit the same elements say.
                if (last, rule.around) in known:
                    continue
                known.add((last, rule.around))
            mark = "#" + last.identity if last.identity else next(("." + name for name in last.classes), "")
            group = self._by_mark if mark else self._by_tag
            group.setdefault(mark or last.tag, []).append(rule)

    def declared(self, element: _Element) -> dict[str, str]:
        """What the page says about the element's being seen, by property; ``content`` is text it adds by itself.

        ``OPEN`` is among them if a rule that may fit the element would hide or move it or add text.
        """
        rules = list(self._fitting(element))
        found = [
            (important, rule.weight, number, name if not rule.generated else "content", value)
            for number, rule in enumerate(rules)
            for name, value, important in rule.declarations
            if rule.generated == (name == "content") and not rule.is_open
        ]
        if any(rule.is_open for rule in rules):
            found.append((False, (0, 0, 0), 0, OPEN, "1"))
        own = element.get("style")
        if own:
            found += [(hard, (9, 0, 0), len(found), name, value) for name, value, hard in _own_declarations(own)]
        if not found:
            return {}
        found.sort(key=lambda entry: entry[:3])
        return {name: value for _, _, _, name, value in found}

    def _fitting(self, element: _Element) -> Iterator[_Rule]:
        tag = str(element.tag)
        candidates = [*self._by_tag.get(tag, ()), *self._by_tag.get("", ())]
        classes = _classes(element)
        if self._by_mark:
            for name in classes:
                candidates += self._by_mark.get("." + name, ())
            identity = element.get("id")
            if identity:
                candidates += self._by_mark.get("#" + identity, ())
        for rule in candidates:
            if rule.last.fits(element, classes) and (not rule.around or _fits_around(rule.around, element)):
                yield rule


def is_hidden(declared: dict[str, str]) -> bool:
    """True if an element so declared is not shown at all, or struck out."""
    return (
        declared.get("display") == "none"
        or declared.get("visibility") in ("hidden", "collapse")
        or declared.get("mso-hide") == "all"
        or "line-through" in declared.get("text-decoration", "")
        or "line-through" in declared.get("text-decoration-line", "")
    )


def adds_text(declared: dict[str, str]) -> bool:
    """True if the style sheet writes something before or behind the element by itself."""
    return declared.get("content", "none") not in ("none", "normal", "''", '""')


def look_of(element: _Element, declared: dict[str, str], around: Look) -> Look:
    """The look of an element inside one of the look ``around``."""
    colour, ground = around.colour, around.ground
    old_colour, old_ground = element.get("color" if element.tag == "font" else "text"), element.get("bgcolor")
    if not (declared or old_colour or old_ground or element.get("background")):
        return around
    if old_colour:
        colour = _colour(old_colour, "") or colour
    if old_ground or element.get("background"):
        ground = _colour(old_ground or "", "")
    if "color" in declared:
        colour = _colour(declared["color"], colour)
    for name in ("background", "background-color", "background-image"):
        if name in declared:
            ground = _ground(declared[name], ground)
    size = _font_size(declared, around.size)
    opacity = declared.get("opacity", "1").rstrip("%")
    faint = around.faint or (opacity.replace(".", "", 1).isdecimal() and float(opacity) < 0.05)
    faint = faint or any(_is_clear(declared.get(name, "")) for name in ("color", "-webkit-text-fill-color"))
    return Look(colour, ground, size, faint)


def _font_size(declared: dict[str, str], around: float) -> float:
    given = declared.get("font-size")
    if given is None:
        match = _FONT_SIZE.search(declared.get("font", ""))
        given = match.group(1) if match else None
    match = _SIZE.fullmatch(given) if given else None
    if match is None:
        return -1.0 if given else around
    try:
        number = float(match.group(1))
    except ValueError:
        return -1.0
    unit = match.group(2) or ""
    if unit in _WHOLE_SIZES:
        return number * _WHOLE_SIZES[unit]
    base = around if around >= 0 and unit != "rem" else 16.0
    return base * (number / 100 if unit == "%" else number)


def _colour(text: str, otherwise: str) -> str:
    """Six hexadecimal digits; ``otherwise`` for what does not say a colour of its own, empty if not known."""
    text = text.strip().lower()
    if text in ("inherit", "currentcolor", "unset", ""):
        return otherwise
    if match := _HEX.match(text):
        digits = match.group(1)
        return "".join(2 * digit for digit in digits[:3]) if len(digits) < 6 else digits[:6]
    if match := _RGB.match(text):
        return "".join(f"{min(255, int(match.group(part))):02x}" for part in (1, 2, 3))
    if re.fullmatch(r"[0-9a-f]{6}", text):
        return text
    return _NAMES.get(text, "")


def _is_clear(colour: str) -> bool:
    """True for a colour one sees through."""
    match = _RGB.match(colour)
    return colour == "transparent" or (match is not None and (match.group(4) or "1").rstrip("%") in _NOTHING)


def _ground(text: str, around: str) -> str:
    if "url(" in text or "gradient" in text:
        return ""
    if text in ("none", "transparent", "initial", "inherit", "unset", "0", "0 0") or "transparent" in text:
        return around
    if match := _RGB.search(text):
        return around if (match.group(4) or "1").rstrip("%") in _NOTHING else _colour(match.group(), around)
    if match := _HEX.search(text):
        return _colour(match.group(), around)
    return next((_NAMES[word] for word in text.split() if word in _NAMES), "")


def _are_alike(first: str, second: str) -> bool:
    if not first or not second:
        return False
    pairs = zip(bytes.fromhex(first), bytes.fromhex(second), strict=True)
    return all(abs(one - other) <= _LIKE for one, other in pairs)


# ------------------------------------------------------------------------------------------------ style sheets


def _rules_in(root: _Element) -> Iterator[_Rule]:
    """The rules of all style sheets; what one of them leaves open at its end does not reach into the next."""
    for style in root.iter("style"):
        applies = selectors.applies(f"@media {style.get('media') or ''}")
        if applies is not False:
            yield from _rules(style.text or "", applies is None)


def _rules(sheet: str, is_open: bool) -> Iterator[_Rule]:
    sheet = _COMMENT.sub(" ", sheet)
    start = skipped = opened = 0
    selector = ""
    for match in _TOKEN.finditer(sheet):
        before = (
            sheet[start : match.start()].rpartition(";")[2] if match.group() == "{" else sheet[start : match.start()]
        )
        start = match.end()
        if match.group() == "{":
            selector = before.strip()
            applies = selectors.applies(selector) if selector.startswith("@") else True
            if skipped or applies is False:
                skipped += 1
            elif opened or applies is None:
                # Everything up to the end of a condition that cannot be told is open.
                opened += 1
        elif skipped:
            skipped -= 1
        else:
            yield from _rules_of(selector, before, is_open or bool(opened))
            opened -= bool(opened)
            selector = ""


def _rules_of(listed: str, body: str, is_open: bool) -> Iterator[_Rule]:
    declarations = tuple(_declarations(body))
    if not declarations:
        return
    for chain in selectors.chains(listed):
        open_here = is_open or chain.is_open
        if open_here and not _may_hide({name: value for name, value, _ in declarations}, chain.generated):
            continue
        parts = [part for _, part in chain.parts]
        weight = (
            sum(bool(part.identity) for part in parts),
            sum(len(part.classes) + len(part.attributes) for part in parts),
            sum(bool(part.tag) for part in parts),
        )
        yield _Rule(parts[0], tuple(chain.parts[1:]), weight, declarations, chain.generated, open_here)


def _may_hide(declared: dict[str, str], generated: bool) -> bool:
    if generated:
        return adds_text(declared)
    return is_hidden(declared) or veils.is_veiled(declared) or _is_clear(declared.get("color", ""))


def _declarations(body: str) -> Iterator[tuple[str, str, bool]]:
    for piece in body.split(";"):
        name, _, value = piece.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if name in _SEEN and value:
            yield name, value.replace("!important", "").strip(), "!important" in value


# Office programs write the same few hundred styles onto thousands of elements.
@lru_cache(maxsize=1024)
def _own_declarations(style: str) -> tuple[tuple[str, str, bool], ...]:
    return tuple(_declarations(style))


def _classes(element: _Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _fits_around(around: tuple[tuple[bool, Simple], ...], element: _Element) -> bool:
    """True if every simple selector is found going outwards; the nearest fitting ancestor is taken each time."""
    here = element.getparent()
    for is_parent, simple in around:
        while here is not None and not simple.fits(here, _classes(here)):
            if is_parent:
                return False
            here = here.getparent()
        if here is None:
            return False
        here = here.getparent()
    return True
