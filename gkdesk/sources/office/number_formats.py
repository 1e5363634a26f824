"""What a spreadsheet shows of a number under its number format, where that is not the number it keeps.

Only enough of the format language to tell when the two differ: sections, decimals, thousands, literal words; where
that is not enough the number is doubtful.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

NOTHING = ("-", "–", "—", "－", "/", "／", "无")
"""Marks for nothing that a format may show for zero."""

ODD = "number-format"
"""The doubt about a number that is shown as another one."""

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    37: "#,##0_);(#,##0)", 38: "#,##0_);(#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);(#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', 42: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', 44: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The formats that a workbook names by number only; others of them are General or dates."""

_PIECE = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|([0#?]+(?:[!\\]\.|"\.")[0#?]+,*|[0#?][0#?,.]*(?:E[+-]0+)?%?)'
    r"|(general|standard|@)|(.)",
    re.I,
)
_DRAWN_STOP = re.compile(r'[!\\]\.|"\."')
"""A stop that is only drawn between two digits: offices write 0!.0, to show yuan as 万元 (123000 as 12.3)."""

_SECTION = re.compile(r'(?:"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[^;])*')


class _Section(NamedTuple):
    """A section of a format: words around one number, and how the number is written (empty: not at all)."""

    before: str
    pattern: str
    behind: str
    odd: bool


def shown_number(text: str, code: str) -> tuple[str, str]:
    """What a cell with the number ``text`` shows under a format code, and the code of a doubt or an empty string.

    The text comes back as it is where both are the same number, with the words of the format where it has any.
    """
    if not code or code.lower() in ("general", "standard", "@"):
        return text, ""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text, ""
    section = _choose(_sections(code), number)
    if section is None or section.odd:
        return text, ODD
    if number == 0 and _mark_of(section):
        return _mark_of(section), ""
    if not section.pattern:
        return text, ODD
    if section.pattern.lower() not in ("general", "standard", "@"):
        shown = _rounded(number, section.pattern)
        if shown is None:
            return text, ODD
        if shown != number:
            return format(shown, "f"), ODD
    words = section.before + section.behind
    if any(char.isdigit() for char in words):
        return text, ODD
    if any(char.isalpha() for char in words):
        return section.before.strip() + text + section.behind.strip(), ""
    return text, ""


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[str] = []
    start = 0
    while start <= len(code) and len(parts) < 4:
        match = _SECTION.match(code, start)
        end = match.end() if match is not None else len(code)
        parts.append(code[start:end])
        start = end + 1
    return tuple(_section(part) for part in parts)


def _section(part: str) -> _Section:
    before = behind = pattern = ""
    odd = False
    for match in _PIECE.finditer(part):
        quoted, escaped, bracket, digits, general, other = match.groups()
        if bracket is not None:
            # A condition, or text in the colour of paper; all others only say colour, language or way of writing.
            odd |= bracket[:1] in "<>=" or bracket.lower() in ("white", "白色", "color2", "颜色2")
            before += bracket[1:].partition("-")[0] if bracket.startswith("$") else ""
        elif digits or general:
            odd |= bool(pattern)
            pattern = digits or general
        else:
            word = quoted or escaped or other or ""
            odd |= word == "%" or (word == "/" and not quoted)
            before, behind = (before, behind + word) if pattern else (before + word, behind)
    return _Section(before, pattern, behind, odd)


def _mark_of(section: _Section) -> str:
    """The mark for nothing that a section for zero shows and nothing else, or an empty string.

    Bookkeeping formats show zeros so. What is kept and what is shown then say the same: there is nothing.
    """
    mark = (section.before + section.behind).strip()
    return mark if mark in NOTHING and not set(section.pattern) - set("#?,") else ""


def _choose(sections: tuple[_Section, ...], number: Decimal) -> _Section | None:
    if number < 0 and len(sections) > 1:
        section = sections[1]
        return section if set("-(−") & set(section.before) else None
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


def _rounded(number: Decimal, pattern: str) -> Decimal | None:
    """The number as written by a pattern such as ``#,##0.00``; None if it shows nothing or in a way of its own."""
    if "%" in pattern or "e" in pattern.lower():
        return None
    if _DRAWN_STOP.search(pattern):
        return _with_drawn_stop(number, pattern)
    whole, _, decimals = pattern.partition(".")
    places = sum(char in "0#?" for char in decimals)
    scaled = len(pattern) - len(pattern.rstrip(",")) + (len(whole) - len(whole.rstrip(",")) if decimals else 0)
    shown = (number / Decimal(1000**scaled)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if shown == 0 and "0" not in pattern:
        return None
    return shown


def _with_drawn_stop(number: Decimal, pattern: str) -> Decimal:
    """The number under a pattern such as ``0!.0,``: its last digits stand behind a stop that divides nothing."""
    behind = _DRAWN_STOP.split(pattern)[1]
    places = len(behind.rstrip(","))
    thousands = len(behind) - places
    return (number / Decimal(1000**thousands)).quantize(Decimal(1), ROUND_HALF_UP).scaleb(-places)
