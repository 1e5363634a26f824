"""How the text of a Word document looks, as far as it decides what a reader sees: hidden, struck, unlit, numbered.

Properties come from the run itself, its character style, the style of its paragraph and the document's defaults; table
styles, which have conditions, are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gkdesk.errors import SourceError
from gkdesk.sources.office_zip import OfficeZip, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = frozenset({"0", "false", "off"})
_SMALLEST = 4
"""Half points up to which nobody sees a character."""
USUAL_SIZE = 21
NOTE_SIZE = 0.8
"""Share of the size of a figure's other digits below which a digit is taken for the mark of a note."""
_MOST_CONDENSED = 2
"""Twentieths of a point for each half point of size, a fifth of it: digits then cover a part of one another."""
_CLEAR = 95_000
"""Thousandths of a per cent from which characters are seen through."""
_NARROWEST_FIT = 60
"""Twentieths of a point below which nobody reads what is fitted into them."""
_PAPER = "FFFFFF"
_LIKE = 12
"""Steps of 255 within which two colours are one to the eye."""
_FLAT = frozenset(map(str, range(1, 11)))
"""Per cent of their width to which characters are pressed together so that nobody reads them."""
_SIGN_FONTS = ("Wingdings", "Webdings", "Marlett")
"""Fonts that show a sign for every digit."""
_DEEPEST = 12
"""Styles based on one another that are followed."""
_PLACEHOLDER = re.compile(r"%\d")
_GROUNDS = {"white": "FFFFFF", "black": "000000", "yellow": "FFFF00"}
_THEME = {"background1": "FFFFFF", "light1": "FFFFFF", "text1": "000000", "dark1": "000000"}
_COLOUR = re.compile("[0-9a-f]{6}", re.IGNORECASE)
_HIDING = frozenset({"vanish", "strike", "dstrike"})


class RunLook(NamedTuple):
    """What the properties of a run say; empty or None where they say nothing; ``height`` in half points.

    ``condensed``: by how many twentieths of a point its characters stand closer together than usual.
    """

    colour: str = ""
    ground: str = ""
    size: int | None = None
    hidden: bool | None = None
    raised: bool | None = None
    unfilled: bool = False
    height: int | None = None
    condensed: int = 0

    def over(self, below: RunLook) -> RunLook:
        """These properties, completed by those of a style below them."""
        return RunLook(
            self.colour or below.colour,
            self.ground or below.ground,
            self.size if self.size is not None else below.size,
            self.hidden if self.hidden is not None else below.hidden,
            self.raised if self.raised is not None else below.raised,
            self.unfilled or below.unfilled,
            self.height if self.height is not None else below.height,
            self.condensed or below.condensed,
        )

    def is_unseen_on(self, ground: str) -> bool:
        """True for text nobody sees on the colour ``ground`` (empty: paper), though it takes its place."""
        size = self.size if self.size is not None else USUAL_SIZE
        if self.unfilled or size <= _SMALLEST or self.condensed >= size * _MOST_CONDENSED:
            return True
        has_own = self.ground not in ("", "auto")
        here = self.ground if has_own else ground if ground not in ("", "auto") else _PAPER
        # What has no colour turns white on a dark cell, but not in every program on a ground of its own.
        is_usual = self.colour in ("", "auto")
        return not (is_usual and not has_own) and _are_alike("000000" if is_usual else self.colour, here)


class _Style(NamedTuple):
    look: RunLook
    based_on: str
    numbering: tuple[str, str] | None


class WordStyles:
    """The styles and lists of a document; each part is read when it is first asked for."""

    def __init__(self, container: OfficeZip, main: str) -> None:
        self._container = container
        self._parts = dict(container.relations(main).values())
        self._styles: dict[str, _Style] | None = None
        self._levels: dict[tuple[str, str], bool] | None = None
        self._looks: dict[tuple[str, str], RunLook] = {}

    def look_of_run(self, run: _Element, paragraph_style: str) -> RunLook:
        """All that counts for a run in a paragraph of a style (empty: the usual one)."""
        properties = child_of(run, "rPr")
        own = _look(properties) if properties is not None else RunLook()
        key = (value_in(properties, "rStyle"), paragraph_style)
        if key not in self._looks:
            self._looks[key] = self._chain(key[0]).over(self._chain(key[1] or _USUAL)).over(self._chain(_DEFAULTS))
        return own.over(self._looks[key])

    def shows_number(self, properties: _Element | None) -> bool:
        """True if a paragraph with these properties begins with an automatic number."""
        given = child_of(properties, "numPr")
        numbering = _numbering(given) if given is not None else None
        if numbering is None:
            numbering = self._numbering_of_style(value_in(properties, "pStyle"))
        if numbering is None or numbering[0] in ("", "0"):
            return False
        if self._levels is None:
            self._levels = self._read_levels()
        return self._levels.get(numbering, True)

    def _chain(self, name: str) -> RunLook:
        look = RunLook()
        for _ in range(_DEEPEST):
            style = self._known().get(name)
            if style is None:
                break
            look, name = look.over(style.look), style.based_on
        return look

    def _numbering_of_style(self, name: str) -> tuple[str, str] | None:
        for _ in range(_DEEPEST):
            style = self._known().get(name) if name else None
            if style is None or style.numbering is not None:
                return style.numbering if style is not None else None
            name = style.based_on
        return None

    def _known(self) -> dict[str, _Style]:
        if self._styles is None:
            self._styles = self._read_styles()
        return self._styles

    def _read_styles(self) -> dict[str, _Style]:
        found: dict[str, _Style] = {}
        for element in self._part("styles"):
            if local_name(element) == "docDefaults":
                properties = child_of(child_of(element, "rPrDefault"), "rPr")
                found[_DEFAULTS] = _Style(_look(properties) if properties is not None else RunLook(), "", None)
            elif local_name(element) == "style" and attribute(element, "type") in ("paragraph", "character"):
                properties = child_of(element, "rPr")
                given = child_of(child_of(element, "pPr"), "numPr")
                style = _Style(
                    _look(properties) if properties is not None else RunLook(),
                    value_in(element, "basedOn"),
                    _numbering(given) if given is not None else None,
                )
                found[attribute(element, "styleId")] = style
                if attribute(element, "type") == "paragraph" and attribute(element, "default") not in ("", *_OFF):
                    found[_USUAL] = style
        return found

    def _read_levels(self) -> dict[tuple[str, str], bool]:
        """Of each list and level, whether its paragraphs begin with something a reader may take for a figure."""
        kinds: dict[str, dict[str, bool]] = {}
        found: dict[tuple[str, str], bool] = {}
        for element in self._part("numbering"):
            if local_name(element) == "abstractNum":
                levels = (level for level in element if local_name(level) == "lvl")
                kinds[attribute(element, "abstractNumId")] = {
                    attribute(level, "ilvl"): _is_counted(level) for level in levels
                }
            elif local_name(element) == "num" and child_of(element, "lvlOverride") is None:
                for level, counted in kinds.get(value_in(element, "abstractNumId"), {}).items():
                    found[attribute(element, "numId"), level] = counted
        return found

    def _part(self, kind: str) -> list[_Element]:
        """The elements of a part; none if the document does without it or it is damaged."""
        name = self._parts.get(kind, "")
        if name not in self._container.names:
            return []
        try:
            return list(self._container.xml(name))
        except SourceError:
            return []


_USUAL, _DEFAULTS = "\0usual", "\0defaults"
"""Under which the usual style of paragraphs and the document's defaults are kept: no name of a style."""


def child_of(element: _Element | None, name: str) -> _Element | None:
    """The first child of that local name; None for none, and of None."""
    if element is None:
        return None
    return next((child for child in element if local_name(child) == name), None)


def attribute(element: _Element, name: str) -> str:
    """An attribute by its local name, for both namespaces of Word; empty if there is none."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


def value_in(element: _Element | None, name: str) -> str:
    """What a child of that local name says; empty if there is none."""
    child = child_of(element, name)
    return attribute(child, "val") if child is not None else ""


def shading_of(properties: _Element | None) -> str:
    """The colour of the ground that properties of a cell or paragraph give; empty if they give none."""
    shading = child_of(properties, "shd")
    return _ground(shading) if shading is not None else ""


def _look(properties: _Element) -> RunLook:
    colour = filled = ground = ""
    size: int | None = None
    hidden: bool | None = None
    raised: bool | None = None
    unfilled = False
    height: int | None = None
    condensed = 0
    for child in properties:
        name = local_name(child)
        if name == "color":
            colour = _colour(child)
        elif name == "sz" and attribute(child, "val").isdecimal():
            size = int(attribute(child, "val")[:6])
        elif name in _HIDING:
            hidden = bool(hidden) or attribute(child, "val") not in _OFF
        elif name == "vertAlign":
            raised = attribute(child, "val") in ("superscript", "subscript")
        elif name == "shd":
            ground = ground or _ground(child)
        elif name == "highlight":
            ground = _GROUNDS.get(attribute(child, "val"), "other")
        elif name == "textFill":
            filling = child_of(child, "solidFill")
            unfilled = child_of(child, "noFill") is not None or _is_seen_through(filling)
            filled = _filling(filling)
        elif name == "position":
            height = _signed(attribute(child, "val"))
        elif name == "spacing":
            condensed = -_signed(attribute(child, "val"))
        elif name == "fitText":
            unfilled = unfilled or (0 < _signed(attribute(child, "val")) < _NARROWEST_FIT)
        elif (name == "w" and attribute(child, "val") in _FLAT) or (
            name == "rFonts" and attribute(child, "ascii").startswith(_SIGN_FONTS)
        ):
            unfilled = True
    return RunLook(filled or colour, ground, size, hidden, raised, unfilled, height, condensed)


def _colour(element: _Element) -> str:
    """A colour as it is shown: that of the theme, unless that is made lighter or darker, which the value says."""
    varied = attribute(element, "themeTint") or attribute(element, "themeShade")
    themed = "" if varied else _THEME.get(attribute(element, "themeColor"), "")
    return themed or attribute(element, "val")


def _ground(shading: _Element) -> str:
    """The colour of a ground; of a pattern without gaps it is that of the pattern."""
    return attribute(shading, "color" if attribute(shading, "val") == "solid" else "fill")


def _filling(solid: _Element | None) -> str:
    """The colour with which characters are filled; empty if they are not, or it is not known."""
    themed = {"bg1": "FFFFFF", "tx1": "000000"}.get(value_in(solid, "schemeClr"), "")
    varied = child_of(solid, "schemeClr")
    return value_in(solid, "srgbClr") or (themed if varied is None or not len(varied) else "")


def _is_seen_through(solid: _Element | None) -> bool:
    """True for a filling of which nothing is left; hundreds of thousands are all of it."""
    colours = [] if solid is None else list(solid)
    return any(_signed(value_in(colour, "alpha")) >= _CLEAR for colour in colours)


def _are_alike(first: str, second: str) -> bool:
    if not (_COLOUR.fullmatch(first) and _COLOUR.fullmatch(second)):
        return False
    pairs = zip(bytes.fromhex(first), bytes.fromhex(second), strict=True)
    return all(abs(one - other) <= _LIKE for one, other in pairs)


def _signed(text: str) -> int:
    return int(text[:6]) if text.removeprefix("-").isdecimal() else 0


def _numbering(given: _Element) -> tuple[str, str]:
    return value_in(given, "numId"), value_in(given, "ilvl") or "0"


def _is_counted(level: _Element) -> bool:
    text = value_in(level, "lvlText")
    if value_in(level, "numFmt") in ("none", "bullet"):
        return any(char.isalnum() for char in _PLACEHOLDER.sub("", text) if ord(char) < 0xE000)
    return bool(text)
