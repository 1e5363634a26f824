"""Fonts that a page brings along: figures set in one whose labels are not may show other digits than their characters.

Some sites mix up the digits of such a font so that programs copy wrong figures. Fonts of whole pages and of icons are
common on honest sites, so what counts is that the figures of a table have a font of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

OWN_FONT = "own-font"
"""The reason of doubt."""

_FACE = re.compile(r"@font-face\s*\{([^{}]*)", re.IGNORECASE)
_FAMILY = re.compile(r"""font-family\s*:\s*["']?([^;"'{}]{1,200})""", re.IGNORECASE)
_SIGN_FONTS = frozenset({"wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett"})
"""Fonts of the system that show a sign for every digit."""
_FIGURE = re.compile(r"\d")
_LABEL = re.compile("[\u3400-\u9fff]")


class OwnFonts:
    """Which figures of the table that is being read have a font of their own."""

    def __init__(self, root: _Element) -> None:
        sheets = (style.text or "" for style in root.iter("style"))
        self._names = _SIGN_FONTS.union(*map(_brought_along, sheets))
        self._of_labels: set[str] = set()
        self._of_figures: list[tuple[str, Callable[[str], None]]] = []

    def text(self, text: str, fonts: str, doubt: Callable[[], Callable[[str], None]]) -> None:
        """Text in a cell with the fonts declared for it; ``doubt`` gives what doubts the cell later on."""
        face = self._brought(fonts)
        if face and _FIGURE.search(text):
            self._of_figures.append((face, doubt()))
        if _LABEL.search(text):
            self._of_labels.add(face)

    def end_of_table(self) -> None:
        """Doubts the cells of the outermost table whose figures have a font that its labels have not."""
        for face, doubt in self._of_figures:
            if face not in self._of_labels:
                doubt(OWN_FONT)
        self._of_labels.clear()
        self._of_figures.clear()

    def _brought(self, fonts: str) -> str:
        """The first of the fonts that is not an ordinary one of the system; empty if there is none."""
        if not fonts:
            return ""
        names = (" ".join(name.split()) for name in fonts.replace('"', " ").replace("'", " ").split(","))
        return next((own for name in names for own in self._names if f" {name}".endswith(f" {own}")), "")


def _brought_along(sheet: str) -> set[str]:
    """Names of the fonts that a sheet fetches or holds, in lower case."""
    bodies = (match.group(1) for match in _FACE.finditer(sheet))
    names = (_FAMILY.search(body) for body in bodies if "url(" in body.lower())
    return {" ".join(name.group(1).lower().split()) for name in names if name is not None}
