"""Ways of a style sheet to hide, move or raise text that are not followed here: figures they touch are doubtful.

Whether such text is seen, and where, only a layout of the page could tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# fmt: off
PROPERTIES = frozenset({
    "position", "top", "bottom", "transform", "clip", "clip-path", "text-indent", "float", "order", "direction",
    "unicode-bidi", "flex-direction", "overflow", "width", "height", "max-width", "max-height", "content-visibility",
    "filter", "mask", "mask-image", "-webkit-mask", "-webkit-mask-image", "-webkit-text-fill-color",
    "mso-text-raise", "vertical-align", "letter-spacing", "zoom", "scale", "translate", "rotate",
    "-webkit-text-security", "overflow-x", "list-style", "list-style-type", "inline-size",
})
# fmt: on
_WITHOUT_EFFECT = frozenset({"", "none", "auto", "0", "initial", "unset", "inherit", "normal", "1"})
# fmt: off
_EFFECTS = (
    "transform", "clip", "clip-path", "order", "filter", "mask", "mask-image", "-webkit-mask", "-webkit-mask-image",
    "scale", "translate", "rotate", "-webkit-text-security",
)
# fmt: on
_GROUNDS = ("background", "background-image")
_SIDES = ("width", "height", "max-width", "max-height", "inline-size")
_LENGTH = re.compile(r"([+-]?[\d.]+)(?:px|pt|em|rem|cm|mm|%)?")
_FARTHEST_INDENT = -50.0
"""Hanging indents of lists are smaller, in points and pixels."""
_NARROWEST, _NARROWEST_EM = -3.0, -0.2
"""Spacing of characters below which digits cover one another: pixels or points, and widths of an em."""
_CLOSED = 2.0
_SMALLEST = 0.3
"""Of a factor: a third of the size is still read."""
_CONDITIONAL = ("display", "visibility", "opacity", "content-visibility")
_RAISED = re.compile(r"(?:^|;|\s)vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_FILLED = ("data-", "v-", "ng-", ":")
_BINDINGS = frozenset(
    {
        "ng-bind",
        "ng-bind-html",
        "v-text",
        "v-html",
        "x-text",
        "x-html",
        "data-bind",
        "th:text",
        "th:utext",
    }
)
_COUNTED = tuple(
    f"data-{name}"
    for name in (
        "to",
        "num",
        "number",
        "count",
        "count-to",
        "countup",
        "counter",
        "target",
        "end",
        "end-val",
        "endval",
        "final",
        "stop",
        "value",
        "val",
    )
)
_NAMED = frozenset({"a", "input", "select", "textarea", "button", "img", "iframe", "form", "object", "param"})
_FIGURE = re.compile(r"\d{1,12}(?:\.\d+)?")
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"[\d.,]+")
_SCALES = {"px": 1.0, "pt": 1.333}
_USUAL_SIZE = 14.0
# fmt: off
_PLAIN_LISTS = frozenset({
    "none", "disc", "circle", "square", "inside", "outside", "initial", "inherit", "unset", "revert", "!important",
})
# fmt: on


class FiguresOfCells:
    """How many digits there are in the table cell that is being read; thousands of elements may ask for it."""

    def __init__(self, is_cell: Callable[[_Element], bool]) -> None:
        self._is_cell = is_cell
        self._cell: _Element | None = None
        self._digits = 0

    def around(self, element: _Element) -> int:
        """Digits of the cell around an element; 0 if there is none."""
        around = element.iterancestors()
        cell = next((each for each in around if each.tag in ("td", "th") or self._is_cell(each)), None)
        if cell is not self._cell:
            self._cell, self._digits = cell, 0 if cell is None else sum(1 for _ in _digits(cell))
        return self._digits


def doubt_of(element: _Element, declared: dict[str, str], is_open: str, is_scripted: bool, size: float = -1.0) -> str:
    """The doubt about a cell for the way in which it or an element in it is shown; empty for none.

    ``size``: that of its characters in pixels, negative if not known.

    ``is_open``: not empty if a rule that is not understood may touch the element; ``is_scripted``: the page runs
    scripts.
    """
    if (is_scripted and waits_for_text(element)) or is_filled_later(element, is_scripted):
        return "not-text"
    is_cell = element.tag in ("td", "th")
    if is_cell and not declared:
        return ""
    # The place and size of a cell are those of its table, whatever is declared.
    moved = may_be_unseen(declared) or turns(declared) if is_cell else is_veiled(declared)
    moved = moved or (not is_cell and (element.tag == "bdo" or element.get("dir") == "rtl"))
    if (is_open or moved) and holds_figures(element):
        return "styled-text"
    if numbers_itself(declared):
        return "not-text"
    return "styled-text" if declared and cuts_figures(element, declared, is_cell, size) else ""


def numbers_itself(declared: dict[str, str]) -> bool:
    """True for an element that bears a number, or other words, of a list before its text."""
    if declared.get("display") == "list-item":
        return True
    words = " ".join(declared.get(name, "") for name in ("list-style", "list-style-type")).split()
    return any(word not in _PLAIN_LISTS and "url(" not in word for word in words)


def cuts_figures(element: _Element, declared: dict[str, str], is_cell: bool, size: float) -> bool:
    """True if a figure in the element is wider than what is declared to be seen of it.

    The width of a cell without more gives way to what stands in it.
    """
    if not declared.get("overflow", declared.get("overflow-x", "")).startswith(("hidden", "clip")):
        return False
    widths = [declared.get(name, "") for name in (("max-width",) if is_cell else ("max-width", "width"))]
    seen = [_length(width) * _SCALES[width[-2:]] for width in widths if width[-2:] in _SCALES and _length(width)]
    if not seen:
        return False
    longest = max((len(run) for text in element.itertext() for run in _RUN.findall(str(text))), default=0)
    return longest * (size if size > 0 else _USUAL_SIZE) / 2 > min(seen)


def is_raised(element: _Element, tag: str) -> bool:
    """True for an element whose text is set above or below the line as that of a note."""
    return tag in ("sup", "sub") or _RAISED.search(element.get("style") or "") is not None


def is_veiled(declared: dict[str, str]) -> bool:
    """True if an element so declared may be cut off, moved, turned round or seen through."""
    hides = any(declared.get(name, "").startswith(("hidden", "clip")) for name in ("overflow", "overflow-x"))
    if hides and any(_is_closed(declared.get(side)) for side in _SIDES):
        return True
    return (
        may_be_unseen(declared)
        or declared.get("position") in ("absolute", "fixed")
        or declared.get("direction") == "rtl"
        or turns(declared)
        or any("reverse" in declared.get(name, "") for name in ("flex-direction", "flex-flow"))
    )


def may_be_unseen(declared: dict[str, str]) -> bool:
    """True if an element so declared may show nothing of its text, even if it is a cell of a table."""
    return (
        any("var(" in declared.get(name, "") for name in _CONDITIONAL)
        or declared.get("content-visibility") == "hidden"
        or declared.get("-webkit-text-fill-color", "").replace(" ", "") in ("transparent", "rgba(0,0,0,0)")
        or any(_length(declared.get(name)) < _FARTHEST_INDENT for name in ("text-indent", "margin-left"))
        or _is_pressed(declared.get("letter-spacing", ""))
        or _is_shrunk(declared.get("zoom", ""))
        or _is_shrunk(declared.get("scale", ""))
        or any(declared.get(name, "") not in _WITHOUT_EFFECT for name in _EFFECTS)
    )


def turns(declared: dict[str, str]) -> bool:
    """True if the characters of an element so declared stand in another order than they are written."""
    return declared.get("unicode-bidi", "").endswith("override")


def shows_picture(element: _Element, declared: dict[str, str]) -> bool:
    """True for an element in a cell that shows a picture instead of text, or has one behind nothing."""
    if "url(" in declared.get("content", ""):
        return True
    if element.tag in ("td", "th") or not any("url(" in declared.get(name, "") for name in _GROUNDS):
        return False
    return not any(str(text).strip() for text in element.itertext())


def is_set_apart(declared: dict[str, str]) -> bool:
    """True if an element so declared stands beside the text around it, or higher or lower by a length."""
    if declared.get("float") in ("left", "right"):
        return True
    if _length(declared.get("mso-text-raise")) or _length(declared.get("vertical-align")):
        return True
    return declared.get("position") == "relative" and any(_length(declared.get(side)) for side in ("top", "bottom"))


def holds_figures(element: _Element) -> bool:
    """True if there is a digit in the element's text."""
    return any(_DIGIT.search(str(text)) for text in element.itertext())


def holds_part_of_figures(element: _Element, figures: FiguresOfCells) -> bool:
    """True if some, but not all of the digits of the table cell around the element stand in it."""
    return 0 < sum(1 for _ in _digits(element)) < figures.around(element)


def waits_for_text(element: _Element) -> bool:
    """True for an element without text that bears a name by which a script can fill it."""
    named = any(name == "id" or name.startswith(_FILLED) for name in map(str, element.attrib))
    return named and not any(str(text).strip() for text in element.itertext())


def is_filled_later(element: _Element, is_scripted: bool) -> bool:
    """True for an element whose text a script replaces: by a binding, by the figure up to which it counts, or because
    it bears the name of a field, which nothing else has a use for, and nothing but zero."""
    if any(name in _BINDINGS for name in map(str, element.attrib)):
        return True
    text = "".join(str(part) for part in element.itertext()).strip()
    if any(_FIGURE.fullmatch(value) and value != text for value in map(element.get, _COUNTED) if value):
        return True
    named = element.get("name") is not None and element.tag not in _NAMED
    return is_scripted and named and text in ("", "0", "-", "--")


def _digits(element: _Element) -> Iterator[str]:
    return (digit for text in element.itertext() for digit in _DIGIT.findall(str(text)))


def _is_shrunk(factor: str) -> bool:
    """True for a factor that leaves next to nothing of what it is applied to."""
    match = _LENGTH.fullmatch(factor.split(" ")[0])
    share = 100.0 if factor.endswith("%") else 1.0
    return match is not None and abs(_length(factor.split(" ")[0])) < _SMALLEST * share


def _is_pressed(spacing: str) -> bool:
    """True for a spacing that lays characters over one another."""
    return _length(spacing) < (_NARROWEST_EM if spacing.endswith("em") else _NARROWEST)


def _is_closed(length: str | None) -> bool:
    match = _LENGTH.fullmatch(length or "")
    return match is not None and abs(_length(length)) < _CLOSED


def _length(text: str | None) -> float:
    match = _LENGTH.fullmatch(text or "")
    try:
        return float(match.group(1)) if match is not None else 0.0
    except ValueError:
        return 0.0
