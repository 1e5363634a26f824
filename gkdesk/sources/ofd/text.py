"""The characters of an OFD text object and where each starts, in the object's own space (millimetres, y down).

The characters are those of the text code: a glyph mapping (``CGTransform``) only says how they are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gkdesk.sources.layout.han_forms import from_code, is_wide
from gkdesk.sources.ofd.package import attribute, numbers
from gkdesk.sources.office_zip import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NARROW = 0.5
"""Share of the font size: the width of a Latin letter or digit where the file does not say."""
_LONGEST = 20_000


class Character(NamedTuple):
    """What is drawn at one place: mostly one character, several where one glyph stands for them.

    Attributes:
        x, y: its origin on the baseline.
        advance: to the origin of the next one of the run along the line; None where the file does not say.
        spaced: True if a blank stands before it in the text.
    """

    text: str
    x: float
    y: float
    advance: float | None
    spaced: bool


def lay_out(text_object: _Element, width: float) -> Iterator[Character]:
    """The characters of a text object; ``width`` is that of a full character."""
    joined: dict[int, tuple[int, int]] = {}
    x = y = 0.0
    for element in text_object:
        match local_name(element):
            case "CGTransform":
                _note_transform(element, joined)
            case "TextCode":
                x = _first(attribute(element, "X"), x)
                y = _first(attribute(element, "Y"), y)
                pieces = _pieces(_text(element), joined)
                across = expand(attribute(element, "DeltaX"), len(pieces))
                down = expand(attribute(element, "DeltaY"), len(pieces))
                for character, x_after, y_after in _place(pieces, x, y, across, down, width):
                    yield character
                    x, y = x_after, y_after
                joined = {}


def expand(text: str, most: int) -> list[float]:
    """The steps of a ``DeltaX``: ``"g n v"`` stands for ``n`` times ``v``; no more than ``most`` of them."""
    words = text.replace(",", " ").split()
    steps: list[float] = []
    index = 0
    while index < len(words) and len(steps) < most:
        if words[index] == "g":
            repeated = numbers(" ".join(words[index + 1 : index + 3]))
            if len(repeated) < 2:
                break
            steps += [repeated[1]] * min(max(0, int(repeated[0])), most - len(steps))
            index += 3
            continue
        step = numbers(words[index])
        if not step:
            break
        steps += step
        index += 1
    return steps


def _text(element: _Element) -> str:
    """The text of a text code; line ends and what indents the next line are those of the XML, not of the text."""
    text = (element.text or "")[:_LONGEST]
    return text.strip() if "\n" in text else text


def _note_transform(element: _Element, joined: dict[int, tuple[int, int]]) -> None:
    start, codes, glyphs = (
        int(_first(attribute(element, name), otherwise))
        for name, otherwise in (("CodePosition", 0), ("CodeCount", 1), ("GlyphCount", 1))
    )
    if codes != glyphs and 0 < codes <= _LONGEST and 0 < glyphs <= _LONGEST:
        joined[start] = (codes, glyphs)


def _pieces(text: str, joined: dict[int, tuple[int, int]]) -> list[str]:
    """The text by glyphs: one character each, but for those that share a glyph or have several (then empty ones)."""
    if not joined:
        return list(text)
    pieces: list[str] = []
    index = 0
    while index < len(text):
        codes, glyphs = joined.get(index, (1, 1))
        group = text[index : index + codes]
        shared = max(1, codes - glyphs + 1)
        pieces.append(group[:shared])
        pieces += list(group[shared:]) or [""] * (glyphs - 1)
        index += codes
    return pieces


def _place(
    pieces: list[str], x: float, y: float, across: list[float], down: list[float], width: float
) -> Iterator[tuple[Character, float, float]]:
    """Each visible piece as a character, and where the next one starts."""
    spaced = False
    is_upright = bool(down) and not across
    for index, piece in enumerate(pieces):
        text = "".join(from_code(ord(letter)) for letter in piece)
        step_x = across[index] if index < len(across) else None
        step_y = down[index] if index < len(down) else 0.0
        known = step_x
        # Where the file gives no step, or none at all, the width of the character is one: figures must not pile up.
        if not step_x and not step_y:
            full = width * (1.0 if is_wide(text or piece) else _NARROW)
            step_x, step_y = (0.0, full) if is_upright else (full, 0.0)
            known = None
        after = x + (step_x or 0.0), y + step_y
        if text.strip():
            yield Character(text.strip(), x, y, known, spaced), *after
            spaced = False
        elif piece:
            spaced = True
        x, y = after


def _first(text: str, otherwise: float) -> float:
    found = numbers(text)
    return found[0] if found else otherwise
