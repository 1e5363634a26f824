"""What the style sheets inside a web page and its style attributes say about being seen: hidden, unlit, tiny text.

Only what can be decided without laying out the page: simple selectors (tag, class, id, attributes, ``:is``, ``:not``,
their combinations, ancestors and parents), and the widths of a usual screen. What other selectors or conditions may
touch is only said to be open. Rules for printing are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gkdesk.sources.web import arranged, selectors, set_apart, veils
from gkdesk.sources.web.colours import FAINTEST, are_alike, colour_of, ground_of, is_clear
from gkdesk.sources.web.selectors import Simple

if TYPE_CHECKING:
    from lxml.etree import _Element

OPEN = "?"
"""Among what is declared about an element: more may be, which cannot be told (``ADDS``: text may be added)."""
ADDS = "content"

MOST_RULES = 5_000
"""Rules about being seen that a page may have; the largest sites have some hundred."""

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_TOKEN = re.compile(r"""[{}]|"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'""")
# fmt: off
_SEEN = frozenset({
    "display", "visibility", "color", "background", "background-color", "background-image", "font", "font-size",
    "opacity", "font-family", "text-decoration", "text-decoration-line", "mso-hide", "content",
}) | veils.PROPERTIES | set_apart.PROPERTIES | arranged.PROPERTIES
# fmt: on
_DEEPEST = 20
"""Rules and conditions inside one another that are followed."""
_SIZE = re.compile(r"([\d.]+)(px|pt|em|rem|%)?")
_WHOLE_SIZES = {"px": 1.0, "pt": 1.333, "": 1.0}
_FONT_SIZE = re.compile(r"(?<![\w#-])([\d.]+(?:px|pt|em|rem|%)|0)(?:\s*/\s*[\w.%]+)?\s+\S")
_SMALLEST = 1.0
"""Pixels up to which nobody sees a character."""


class Look(NamedTuple):
    """How an element's text is seen, inherited from the elements around it.

    ``colour`` and ``ground`` are six hexadecimal digits, empty if not known; ``size`` in pixels, negative if not known;
    ``fonts`` as they are declared.
    """

    colour: str = "000000"
    ground: str = "ffffff"
    size: float = -1.0
    faint: bool = False
    unshown: bool = False
    fonts: str = ""

    @property
    def is_unseen(self) -> bool:
        """True for text nobody sees though it takes its place: colour on the same colour, tiny, transparent."""
        return self.faint or self.unshown or 0 <= self.size <= _SMALLEST or are_alike(self.colour, self.ground)


_USUAL = Look()


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
        self._by_mark: dict[str, list[_Rule]] = {}
        known: set[tuple[Simple, tuple[tuple[bool, Simple], ...], bool]] = set()
        for rule in islice(_rules_in(root), MOST_RULES):
            last = rule.last
            if rule.is_open:
                # One that may hide an element says all that others which may fit the same elements say.
                if (last, rule.around, rule.generated) in known:
                    continue
                known.add((last, rule.around, rule.generated))
            for mark in last.marks:
                self._by_mark.setdefault(mark, []).append(rule)

    def declared(self, element: _Element) -> dict[str, str]:
        """What the page says about the element's being seen, by property; ``content`` is text it adds by itself.

        ``OPEN`` is among them if a rule that may fit the element would hide or move it or add text.
        """
        rules = list(self._fitting(element))
        found = [
            (important, rule.weight, number, name if not rule.generated else "content", value)
            for number, rule in enumerate(rules)
            for name, value, important in rule.declarations
            if (rule.generated == (name == "content") or (name == "content" and "url(" in value)) and not rule.is_open
        ]
        if any(rule.is_open for rule in rules):
            adds = all(rule.generated for rule in rules if rule.is_open)
            found.append((False, (0, 0, 0), 0, OPEN, ADDS if adds else "1"))
        own = element.get("style")
        if own:
            found += [(hard, (9, 0, 0), len(found), name, value) for name, value, hard in _own_declarations(own)]
        if not found:
            return {}
        found.sort(key=lambda entry: entry[:3])
        return {name: value for _, _, _, name, value in found}

    def _fitting(self, element: _Element) -> Iterator[_Rule]:
        candidates = [*self._by_mark.get(str(element.tag), ()), *self._by_mark.get("", ())]
        classes = _classes(element)
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
    old_colour, old_ground = element.get("color" if element.tag == "font" else "text"), element.get("bgcolor")
    old_fonts = element.get("face")
    if not (declared or old_colour or old_ground or old_fonts or element.get("background")):
        return around
    if old_fonts:
        around = around._replace(fonts=old_fonts.lower())
    if old_colour:
        around = around._replace(colour=colour_of(old_colour, "") or around.colour)
    if old_ground or element.get("background"):
        around = around._replace(ground=colour_of(old_ground or "", ""))
    return look_of_declared(declared, around)


def look_of_declared(declared: dict[str, str], around: Look = _USUAL) -> Look:
    """The look that declarations give what stands inside one of the look ``around``."""
    colour, ground = around.colour, around.ground
    if "color" in declared:
        colour = colour_of(declared["color"], colour)
    for name in ("background", "background-color", "background-image"):
        if name in declared:
            ground = ground_of(declared[name], ground)
    size = _font_size(declared, around.size)
    opacity = declared.get("opacity", "1").rstrip("%")
    faint = around.faint or (opacity.replace(".", "", 1).isdecimal() and float(opacity) < FAINTEST)
    faint = faint or any(is_clear(declared.get(name, "")) for name in ("color", "-webkit-text-fill-color"))
    shown = declared.get("visibility", "")
    unshown = around.unshown if shown in ("", "inherit", "unset") else shown in ("hidden", "collapse")
    fonts = declared.get("font-family", declared.get("font", "inherit"))
    return Look(colour, ground, size, faint, unshown, around.fonts if fonts in ("inherit", "unset") else fonts)


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


# ------------------------------------------------------------------------------------------------ style sheets


def _rules_in(root: _Element) -> Iterator[_Rule]:
    """The rules of all style sheets; what one of them leaves open at its end does not reach into the next."""
    for style in root.iter("style"):
        applies = selectors.applies(f"@media {style.get('media') or ''}")
        if applies is not False:
            yield from _rules(style.text or "", applies is None)


@dataclass(frozen=True, slots=True)
class _Around:
    """What is open in a sheet: the selectors of a rule (empty: none), whether it counts at all, and for certain."""

    listed: str = ""
    counts: bool = True
    is_open: bool = False

    def inside(self, words: str) -> _Around:
        """What a rule or condition in it opens."""
        if words.startswith("@"):
            applies = selectors.applies(words)
            return _Around(self.listed, self.counts and applies is not False, self.is_open or applies is None)
        if not self.listed:
            return _Around(words, self.counts, self.is_open)
        nested = selectors.nested(words, self.listed)
        return _Around(nested or words, self.counts, self.is_open or not nested)


def _rules(sheet: str, is_open: bool) -> Iterator[_Rule]:
    sheet = _COMMENT.sub(" ", sheet)
    start = 0
    around = [_Around(is_open=is_open)]
    for match in _TOKEN.finditer(sheet):
        if match.group() not in "{}":
            continue
        before = sheet[start : match.start()]
        start = match.end()
        words = ""
        if match.group() == "{":
            before, _, words = before.rpartition(";")
        here = around[-1]
        if here.listed and here.counts:
            yield from _rules_of(here.listed, before, here.is_open)
        if match.group() == "{" and len(around) < _DEEPEST:
            around.append(here.inside(words.strip()))
        elif match.group() == "{":
            around.append(_Around(counts=False))
        elif len(around) > 1:
            around.pop()


def _rules_of(listed: str, body: str, is_open: bool) -> Iterator[_Rule]:
    declarations = tuple(_declarations(body))
    if not declarations:
        return
    for chain in selectors.chains(listed):
        open_here = is_open or chain.is_open
        if open_here and not _may_hide({name: value for name, value, _ in declarations}, chain.generated):
            continue
        last = chain.parts[0][1]
        yield _Rule(last, tuple(chain.parts[1:]), chain.weight, declarations, chain.generated, open_here)


def _may_hide(declared: dict[str, str], generated: bool) -> bool:
    if generated:
        return adds_text(declared)
    if arranged.PROPERTIES & declared.keys():
        return True
    look = look_of_declared(declared)
    return is_hidden(declared) or veils.is_veiled(declared) or look.faint or 0 <= look.size <= _SMALLEST


def _declarations(body: str) -> Iterator[tuple[str, str, bool]]:
    for piece in _COMMENT.sub(" ", body).split(";") if "/*" in body else body.split(";"):
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
    """True if every simple selector is found going outwards, the nearest fitting ancestor first."""
    here, number = element.getparent(), 0
    again: tuple[_Element | None, int] | None = None
    while number < len(around):
        if here is None:
            return False
        is_parent, simple = around[number]
        if simple.fits(here, _classes(here)):
            if not is_parent:
                again = (here.getparent(), number)
            here, number = here.getparent(), number + 1
        elif not is_parent:
            here = here.getparent()
        elif again is None:
            return False
        else:
            # One farther out may have the parent that the nearest has not.
            here, number = again
    return True
