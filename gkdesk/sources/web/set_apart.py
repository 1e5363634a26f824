"""Elements that hold some, but not all of the digits of a table cell: what sets them apart from the others.

Of such a figure the page may show other digits than it holds, or in another order. A part of a figure has no reason to
be styled otherwise than its rest, so anything beyond what editors write by habit is enough for doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gkdesk.sources.web import veils

if TYPE_CHECKING:
    from lxml.etree import _Element

    from gkdesk.sources.web.page_styles import Look

# fmt: off
PROPERTIES = frozenset({
    "left", "right", "inset", "flex-flow", "grid-column", "grid-row", "grid-area", "mix-blend-mode", "animation",
    "animation-name", "offset-path", "offset", "contain", "margin-left", "font-variant-position",
})
"""What a style sheet may say of an element beside what hides it."""
_MOVING = PROPERTIES - {"left", "right", "inset", "margin-left"}
_BY_HABIT = re.compile(
    r"(?:mso-|font|border|padding|margin|text-|line-|white-space|word-|layout-|tab-|colou?r|background|page|"
    r"punctuation|overflow|width|height|min-|max-|vertical-align|letter-spacing|display|box-|outline|orphans|widows|"
    r"cursor|caret|direction|unicode-bidi|position|top|bottom|left|right|float|clear|user-select|-webkit-text|"
    r"-webkit-font|-webkit-tap|-webkit-user|-webkit-box|-moz-|-ms-|-o-|language|quotes|transition|hyphens|visibility|"
    r"opacity|z-index|align|justify|flex|gap|list-style|object|break|print|speak|ruby|image|size|behavior|panose)"
)
# fmt: on
_CLASS_BY_HABIT = re.compile(r"(?:Mso|Spell|Gram|font|xl|TRS|ke-|ql-|apple|cjk|western|[a-z]{1,2}\d+$)", re.IGNORECASE)
"""Classes that office programs and editors give to pieces of text."""
_WITHOUT_EFFECT = frozenset({"none", "normal", "auto", "initial", "inherit", "unset", "static", "0"})
_LIFTED = frozenset({"super", "sub", "top", "text-top", "text-bottom"})
_NOTE_SIZE = 0.8
"""Share of the size around it below which a digit is taken for the mark of a note."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def has_sheets_elsewhere(root: _Element) -> bool:
    """True if the page takes style sheets from other files, which are not there."""
    linked = any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))
    return linked or any("@import" in (style.text or "") for style in root.iter("style"))


def is_apart(element: _Element, declared: dict[str, str], look: Look, around: Look, sheets_elsewhere: bool) -> bool:
    """True if an element, by what is ``declared`` about it, may show its text elsewhere, otherwise or not at all.

    With ``sheets_elsewhere`` its class may mean anything.
    """
    if sheets_elsewhere and not declared and _is_unknown_class(element.get("class") or ""):
        return True
    if declared and (veils.is_set_apart(declared) or _is_moved(declared) or _is_unknown(declared, look)):
        return True
    if 0 < look.size < _NOTE_SIZE * around.size:
        return True
    return _is_unusual(element.get("style") or "") or _runs_backwards(element)


def _is_moved(declared: dict[str, str]) -> bool:
    if any(declared.get(name, "none") not in _WITHOUT_EFFECT for name in _MOVING):
        return True
    if declared.get("vertical-align") in _LIFTED or declared.get("margin-left", "").startswith("-"):
        return True
    sides = (declared.get(side, "0") for side in ("left", "right", "inset"))
    return declared.get("position") == "relative" and any(side not in _WITHOUT_EFFECT for side in sides)


def _is_unknown(declared: dict[str, str], look: Look) -> bool:
    """True for a colour, size or opacity that only a browser works out."""
    if "(" in declared.get("color", "") and not look.colour:
        return True
    size, opacity = declared.get("font-size", ""), declared.get("opacity", "1").rstrip("%")
    return "(" in size or not opacity.replace(".", "", 1).isdecimal()


def _is_unknown_class(names: str) -> bool:
    return any(not _CLASS_BY_HABIT.match(name) for name in names.split())


def _is_unusual(style: str) -> bool:
    """True if a style attribute has a property that no editor writes, or one spelt so that it is hard to find."""
    if "\\" in style:
        return True
    names = (piece.partition(":")[0].strip().lower() for piece in _COMMENT.sub(" ", style).split(";"))
    return any(name and not name.startswith("--") and not _BY_HABIT.match(name) for name in names)


def _runs_backwards(element: _Element) -> bool:
    """True in a cell or row from right to left, where parts of a figure change places."""
    for around in element.iterancestors():
        if around.get("dir"):
            return (around.get("dir") or "").lower() == "rtl"
        if around.tag == "table":
            break
    return False
