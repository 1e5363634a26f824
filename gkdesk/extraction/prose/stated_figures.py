"""Figures in running text: each becomes one character, so that a phrase is a pattern of words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gkdesk.extraction.prose.chinese_numerals import MAGNITUDES, parse_number
from gkdesk.model.reading import Number

COUNT, SHARE, MONEY, BARE = "\ue000", "\ue001", "\ue002", "\ue003"
"""What a figure becomes: a count of things, a share in per cent, money, a number without a unit before a stop."""

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_CHINESE = "[〇零一二两三四五六七八九十百千万亿]+"
_FIGURE = re.compile(
    rf"(?P<before>大约|将近|超过|约|近|逾|超)?"
    rf"(?:百分之(?P<per_cent>{_ARABIC})"
    rf"|(?<![\da-zA-Z./〔\[第\- ~～—至])(?P<arabic>{_ARABIC})(?P<over>余|多)?(?P<magnitude>万|亿)?(?P<odd>余|多)?"
    rf"(?:个百分点|(?P<share>%)|(?P<money>元)|(?P<unit>件次|[件条项宗个份起例])(?P<left>左右|以上)?|(?=[,;、。)]|$))"
    rf"|(?<![第〇零一二两三四五六七八九十百千万亿每逐同])(?P<chinese>{_CHINESE})(?P<more>余|多)?"
    rf"(?P<chinese_unit>[件宗起份例条])(?![一事])(?P<about>左右|以上)?)"
)


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure of the prose: where it stands (from the sentence's start), its value, and how exactly it is meant.

    The words that round it (``近200``, ``180余``) belong to it.

    ``value`` is in 万元 for money and in per cent for shares; ``decimals`` are those printed.
    """

    start: int
    end: int
    value: Number
    approximate: bool
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence in which every figure is one character, and the figures by where that character stands."""

    text: str
    figures: dict[int, StatedFigure]
    starts: tuple[int, ...]

    def source(self, position: int) -> int:
        """Where a character of ``text`` stands in the sentence as it was."""
        return self.starts[position]


def mark(sentence: str) -> MarkedSentence:
    """``受理3119件，占48.5%`` as two marked figures. Years, dates, article numbers and the like stay as they are."""
    parts: list[str] = []
    starts: list[int] = []
    figures: dict[int, StatedFigure] = {}
    position = 0
    for match in _FIGURE.finditer(sentence):
        found = _figure(match)
        if found is None:
            continue
        parts.append(sentence[position : match.start()])
        starts.extend(range(position, match.start()))
        figures[len(starts)] = found[1]
        parts.append(found[0])
        starts.append(match.start())
        position = match.end()
    parts.append(sentence[position:])
    starts.extend(range(position, len(sentence) + 1))
    return MarkedSentence("".join(parts), figures, tuple(starts))


def _figure(match: re.Match[str]) -> tuple[str, StatedFigure] | None:
    found = match.groupdict()
    if match.group().endswith("个百分点"):
        return None
    digits = found["arabic"] or found["per_cent"] or found["chinese"] or ""
    magnitude = found["magnitude"] or ""
    value = parse_number(digits, magnitude)
    if value is None:
        return None
    if found["money"]:
        # 收费 is reported in 万元.
        value = Decimal(value) / MAGNITUDES["万"]
    vague = ("before", "over", "odd", "more", "left", "about")
    decimals = len(digits.partition(".")[2])
    start = match.start(next(name for name in ("before", "arabic", "per_cent", "chinese") if found[name]))
    last = "share" if found["share"] else next((name for name in ("odd", "magnitude", "over") if found[name]), "")
    end = match.end(last or next(name for name in ("more", "arabic", "per_cent", "chinese") if found[name]))
    # 3.5万件 is rounded to thousands; in 96171.6万元 the 万 is the unit of the form.
    is_vague = any(found[name] for name in vague) or (magnitude == "亿" if found["money"] else magnitude != "")
    figure = StatedFigure(start, end, value, is_vague, decimals)
    if found["share"] or found["per_cent"]:
        return SHARE, figure
    if found["money"]:
        return MONEY, figure
    return (COUNT if found["unit"] or found["chinese"] else BARE), figure
