"""Numbers as prose writes them: ``3,119``, ``3.5万``, ``一百零三``, ``两``; and what 余, 多, 约 make of them."""

from __future__ import annotations

import re
from decimal import Decimal

from gkdesk.model.reading import Number

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
MAGNITUDES = {"": 1, "万": 10_000, "亿": 100_000_000}
"""What stands behind a number and multiplies it."""

_ARABIC = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


def parse_number(text: str, magnitude: str = "") -> Number | None:
    """The number written as ``text`` in ordinary or Chinese digits, times ``magnitude``; None if it is not one."""
    if _ARABIC.fullmatch(text):
        value = Decimal(text.replace(",", "")) * MAGNITUDES[magnitude]
        return int(value) if value == value.to_integral_value() else value
    counted = _count(text)
    return None if counted is None else counted * MAGNITUDES[magnitude]


def _count(text: str) -> int | None:
    """``一万二千零三`` is 12003. Digits in a row without 十, 百, 千 are a year or a telephone number: None."""
    total, part = 0, 0
    digit: int | None = None
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _TENS:
            part += (1 if digit is None else digit) * _TENS[character]
            digit = None
        elif character in MAGNITUDES:
            total = (total + part + (digit or 0)) * MAGNITUDES[character]
            part, digit = 0, None
        else:
            return None
    return total + part + (digit or 0) if text else None
