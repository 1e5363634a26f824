"""Colours as style sheets write them, as far as it takes to tell whether a character is seen on its ground.

A colour is six hexadecimal digits here, empty if it cannot be told.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable

FAINTEST = 0.05
"""Share of a colour, or of an element, below which nobody sees it."""
_LIKE = 12
"""Steps of 255 within which two colours are one to the eye."""
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})(?![0-9a-f])")
_PART = r"\s*(\d{1,9}(?:\.\d{1,9})?)"
_SHARE_LEFT = r"\s*(?:[,/]\s*([\d.]+%?)\s*)?\)"
_RGB = re.compile(rf"rgba?\({_PART}(%?)\s*[, ]{_PART}%?\s*[, ]{_PART}%?{_SHARE_LEFT}")
_HSL = re.compile(rf"hsla?\({_PART}(?:deg)?\s*[, ]{_PART}%?\s*[, ]{_PART}%?{_SHARE_LEFT}")
_SHARE = re.compile(r"[a-z]{3,5}\((?:[^(),/]+,){3}\s*(\d*\.?\d+)(%?)\s*\)|[a-z]{3,5}\([^(),/]+/\s*(\d*\.?\d+)(%?)\s*\)")
"""How much of a colour is left where one sees through it: the last of four numbers, or what is behind a stroke."""
_NOTHING = ("0", "0.0", ".0")
_NAMES = {
    "white": "ffffff", "black": "000000", "red": "ff0000", "blue": "0000ff", "green": "008000", "gray": "808080",
    "grey": "808080", "silver": "c0c0c0", "yellow": "ffff00", "navy": "000080", "whitesmoke": "f5f5f5",
    "snow": "fffafa", "ghostwhite": "f8f8ff", "mintcream": "f5fffa", "window": "ffffff", "canvas": "ffffff",
}  # fmt: skip


def colour_of(text: str, otherwise: str) -> str:
    """The colour that a value says; ``otherwise`` for one that does not say a colour of its own."""
    text = text.strip().lower()
    if text in ("inherit", "currentcolor", "unset", ""):
        return otherwise
    if match := _HEX.match(text):
        digits = match.group(1)
        return "".join(2 * digit for digit in digits[:3]) if len(digits) < 6 else digits[:6]
    if match := _RGB.match(text):
        whole = 100 if match.group(2) else 255
        return _digits(float(match.group(part)) / whole for part in (1, 3, 4))
    if match := _HSL.match(text):
        hue, saturation, lightness = (float(part) for part in match.groups()[:3])
        return _digits(colorsys.hls_to_rgb(hue % 360 / 360, min(1, lightness / 100), min(1, saturation / 100)))
    if re.fullmatch(r"[0-9a-f]{6}", text):
        return text
    return _NAMES.get(text, "")


def ground_of(text: str, around: str) -> str:
    """The colour behind an element whose background is declared so; that ``around`` it if it has none of its own."""
    if "url(" in text or "gradient" in text:
        return ""
    if text in ("none", "transparent", "initial", "inherit", "unset", "0", "0 0") or "transparent" in text:
        return around
    if match := _RGB.search(text) or _HSL.search(text):
        share = match.groups()[-1] or "1"
        return around if share.rstrip("%") in _NOTHING else colour_of(match.group(), around)
    if match := _HEX.search(text):
        return colour_of(match.group(), around)
    return next((_NAMES[word] for word in text.split() if word in _NAMES), "")


def is_clear(colour: str) -> bool:
    """True for a colour one sees through."""
    if match := _HEX.match(colour):
        digits = match.group(1)
        share = int(digits[-1] * 2 if len(digits) == 4 else digits[-2:], 16) / 255 if len(digits) in (4, 8) else 1.0
        return share < FAINTEST
    if match := _SHARE.match(colour):
        number, percent = match.group(1) or match.group(3), match.group(2) or match.group(4)
        return float(number) / (100 if percent else 1) < FAINTEST
    return colour == "transparent"


def are_alike(first: str, second: str) -> bool:
    """True for two colours that are one to the eye; False if one is not known."""
    if not first or not second:
        return False
    pairs = zip(bytes.fromhex(first), bytes.fromhex(second), strict=True)
    return all(abs(one - other) <= _LIKE for one, other in pairs)


def _digits(parts: Iterable[float]) -> str:
    """Six digits for red, green and blue as shares of the most there is."""
    return "".join(f"{round(255 * min(1.0, part)):02x}" for part in parts)
