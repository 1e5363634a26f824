"""What was read from a cell: a number, a blank, a doubtful number, or nothing found; and text to reading and back.

Zero, blank and missing are three things: nothing here turns one into another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

Number = int | Decimal

LONGEST_NUMBER = 15
"""More digits than any count or amount in a report can have; longer runs are cells that ran together."""

UNREAD = "\ufffd"
"""What a reader puts where it sees that something stands and cannot tell what."""

_MARKS_FOR_NOTHING = frozenset({"/", "\\", "-", "--", "—", "——", "–", "―", "─", "无", "無", "空", "〇/", "N/A"})
_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_UNIT = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)(?:件|项|个|条|次|宗|份|起|元|万元|亿元|人民币|RMB|￥|¥)+")
_REMARK = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)(?:件|项|个|条)?[(\[].*[)\]]")
_FOOTNOTE = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)(?:[①-⑳⁰¹²³⁴-⁹*※†‡√✓✔]+|注\d*)")
"""A figure with the mark of a footnote behind it, or the tick of somebody who checked it."""

_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b-\u200f\u2060\ufeff]+")
# Full-width forms only: a compatibility normalisation would also turn the footnote mark of 12① into a digit.
_PLAIN_FORMS = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | str.maketrans(
    {"−": "-", "﹣": "-", "〇": "0", "○": "0", "，": ",", "．": ".", "【": "[", "】": "]", "〔": "[", "〕": "]"}
)


class State(StrEnum):
    """How sure a reading is; the words of the contract."""

    READ = "read"
    DOUBTFUL = "doubtful"
    BLANK = "blank"
    MISSING = "missing"


class NumberKind(StrEnum):
    """What numbers a cell can hold."""

    COUNT = "count"
    SIGNED = "signed"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Reading:
    """The content of one cell as read from a source or typed by a person.

    Attributes:
        state: how sure it is.
        value: the number, or None (always None for blank and missing).
        raw: the characters as they stand in the source, a mark for nothing included.
        confidence: 0 to 1.
        doubts: codes of the reasons why it is doubtful (``doubt.…`` in the message catalogue).
    """

    state: State
    value: Number | None = None
    raw: str = ""
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()

    def doubted(self, reason: str) -> Reading:
        """The same reading, no longer certain, for one more reason. A missing cell stays missing."""
        if self.state is State.MISSING or reason in self.doubts:
            return self
        return Reading(State.DOUBTFUL, self.value, self.raw, min(self.confidence, 0.5), (*self.doubts, reason))


MISSING = Reading(State.MISSING, None, "", 0.0)

_SHORT = 40
"""Characters of a text whose reading is remembered: figures are short, and memory stays bounded."""


def number(value: Number) -> Reading:
    """A certain reading of ``value``."""
    return Reading(State.READ, value, number_text(value))


def number_text(value: Number | None) -> str:
    """The number as it is shown and kept: no exponent, no thousands separators; empty for None."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def plain_characters(text: str) -> str:
    """``text`` with full-width forms, odd signs and every kind of blank made ordinary; blanks are removed."""
    return _BLANKS.sub("", text.translate(_PLAIN_FORMS))


def parse_reading(text: str, kind: NumberKind = NumberKind.COUNT) -> Reading:
    """What ``text`` of a cell says.

    A plain number is read; nothing, or a mark for nothing, is blank; a number with a unit, a remark or anything else
    beside it is doubtful; text that holds no single number is doubtful without a value.
    """
    return _parsed_before(text, kind) if len(text) <= _SHORT else _parsed(text, kind)


@lru_cache(maxsize=4096)
def _parsed_before(text: str, kind: NumberKind) -> Reading:
    """As :func:`_parsed`: readers ask again and again for the few short texts of which tables are made."""
    return _parsed(text, kind)


def _parsed(text: str, kind: NumberKind) -> Reading:
    plain = plain_characters(text)
    raw = text.strip()
    if plain == "" or plain in _MARKS_FOR_NOTHING:
        return Reading(State.BLANK, None, raw)
    if _PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain):
        return _plain_number(plain, text, raw, kind)
    beside = _UNIT.fullmatch(plain) or _REMARK.fullmatch(plain) or _FOOTNOTE.fullmatch(plain)
    if beside is not None and _PLAIN.fullmatch(beside.group(1).replace(",", "")):
        reason = "unit" if _UNIT.fullmatch(plain) else "remark"
        return Reading(State.DOUBTFUL, _to_number(beside.group(1)), raw, 0.5, (reason,))
    return Reading(State.DOUBTFUL, None, raw, 0.0, ("not-a-number",))


def _plain_number(plain: str, text: str, raw: str, kind: NumberKind) -> Reading:
    value = _to_number(plain)
    digits = plain.lstrip("+-").replace(",", "")
    reading = Reading(State.READ, value, raw)
    if len(digits.replace(".", "")) > LONGEST_NUMBER:
        return Reading(State.DOUBTFUL, None, raw, 0.0, ("ran-together",))
    if re.search(r"\d\s+[\d.,]", text.translate(_PLAIN_FORMS).strip()):
        reading = reading.doubted("split-digits")
    if len(digits) > 1 and digits.startswith("0") and not digits.startswith("0."):
        reading = reading.doubted("leading-zero")
    # In a cell for counts, 3.000 may be three thousand with a stop for a comma.
    if kind is not NumberKind.AMOUNT and (isinstance(value, Decimal) or plain.endswith(".000")):
        reading = reading.doubted("fraction")
    return reading


def _to_number(digits: str) -> Number:
    value = Decimal(digits.replace(",", ""))
    return int(value) if value == value.to_integral_value() else value
