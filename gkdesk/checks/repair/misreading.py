"""How easily one figure is taken for another: a weighted edit distance, in natural logarithms of odds.

Optimal string alignment (restricted Damerau and Levenshtein) over the digits. Digits that look alike are cheaper to
confuse; a digit lost in front, a digit doubled and two digits exchanged are what readers and typists do most.

Which digits look alike was counted: ``python -m tests.bench.recognition 24`` spoils made pages (five typefaces, 100 to
200 dots an inch, blurred, noisy, packed hard) and has them recognised. Of 5,152 figures 107 came out as another one: 57
with one digit changed, 11 with one doubled, 10 with one lost, 7 lost altogether, 2 with one too many, 19 quite other.
That engine exchanges no digits; typists do, and in a scan of a report both happen.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from math import log

CHANGE = 2.2
"""A digit changed for one that does not look like it, and the most that any change of a digit costs."""
NEAREST = 0.5
"""The least that one costs."""
INSERTION = 1.6
DOUBLED = 1.0
FRONT = 1.1
EXCHANGED = 1.2
LOST = 1.5
"""A figure that is there and was read as nothing or zero."""
GHOST = 2.4
"""Nothing or zero, read as a figure."""
ANOTHER = 6.0
"""Another figure altogether; no distance is more."""

DIGITS = "0123456789"
COUNTED = {
    ("7", "1"): 20, ("5", "3"): 9, ("3", "1"): 6, ("8", "5"): 4, ("2", "7"): 4, ("0", "9"): 2, ("1", "2"): 2,
    ("1", "3"): 1, ("9", "3"): 1, ("8", "6"): 1, ("7", "3"): 1, ("1", "8"): 1, ("7", "2"): 1, ("6", "0"): 1,
    ("1", "4"): 1, ("4", "0"): 1, ("6", "5"): 1, ("7", "4"): 1,
}  # fmt: skip
"""How often a digit (the first) was taken for another one where nothing else was wrong."""

_ALIKE = ("17", "38", "56", "06", "08", "68", "49", "27", "35", "58", "89", "14", "39")
"""Pairs that are known to be confused, by other engines and by people, too: as if each had been seen twice."""
_SEEN_ALIKE, _SEEN_OTHERS = 2.0, 0.5
_USUAL = 1.9
"""So much less, as that one digit is wrong is the most usual slip of all, and in one of few places."""


def _changes() -> dict[str, float]:
    """What it costs that the first digit of a pair was read for the second, or the other way round."""
    seen: dict[str, float] = {}
    for one, other in combinations(DIGITS, 2):
        pseudo = _SEEN_ALIKE if one + other in _ALIKE else _SEEN_OTHERS
        seen[one + other] = pseudo + COUNTED.get((one, other), 0) + COUNTED.get((other, one), 0)
    total = sum(seen.values())
    costs = {pair: min(max(-log(count / total) - _USUAL, NEAREST), CHANGE) for pair, count in seen.items()}
    return costs | {pair[::-1]: cost for pair, cost in costs.items()}


_CHANGES = _changes()


class Slip(StrEnum):
    """What kind of slip lies between a figure and what was read; names sentences of the catalogue."""

    LOST = "figure-lost"
    GHOST = "figure-extra"
    MISREAD = "digit-misread"
    MISSING = "digit-lost"
    DOUBLED = "digit-doubled"
    EXTRA = "digit-extra"
    EXCHANGED = "digits-exchanged"
    ANOTHER = "another-figure"


@lru_cache(maxsize=4096)
def distance(printed: str, meant: str) -> float:
    """How far the figure that was read is from the one that is meant; 0 if they are the same."""
    if printed == meant:
        return 0.0
    best = min(_aligned(printed, meant), ANOTHER)
    if _is_nothing(printed):
        return min(best, LOST)
    return min(best, GHOST) if _is_nothing(meant) else best


def slip(printed: str, meant: str) -> Slip:
    """The kind of slip that best says how the one became the other."""
    if _is_nothing(printed):
        return Slip.LOST
    if _is_nothing(meant):
        return Slip.GHOST
    if len(printed) == len(meant):
        differing = [place for place in range(len(meant)) if printed[place] != meant[place]]
        if len(differing) == 1:
            return Slip.MISREAD
        if len(differing) == 2 and differing[1] == differing[0] + 1 and _exchanged(printed, meant, differing[0]):
            return Slip.EXCHANGED
    if len(printed) + 1 == len(meant) and _without_one(meant, printed) is not None:
        return Slip.MISSING
    if len(printed) == len(meant) + 1:
        place = _without_one(printed, meant)
        if place is not None:
            return Slip.DOUBLED if _is_doubled(printed, place) else Slip.EXTRA
    return Slip.ANOTHER


def meant_by(printed: int) -> list[int]:
    """Figures that are easily taken for this one: one slip away, and nothing."""
    text = str(printed)
    found = [0] if printed else []
    found += [int(text[:place] + text[place + 1 :]) for place in range(len(text)) if len(text) > 1]
    for place, digit in enumerate(text):
        found += [int(text[:place] + other + text[place + 1 :]) for other in DIGITS if other != digit]
    exchanged = [text[:place] + text[place + 1] + text[place] + text[place + 2 :] for place in range(len(text) - 1)]
    found += map(int, exchanged)
    return [value for value in dict.fromkeys(found) if value != printed]


def _is_nothing(text: str) -> bool:
    return text in ("", "0")


def _exchanged(printed: str, meant: str, place: int) -> bool:
    return printed[place] == meant[place + 1] and printed[place + 1] == meant[place]


def _without_one(longer: str, shorter: str) -> int | None:
    """The last place whose character is the one the shorter text lacks."""
    places = [place for place in range(len(longer)) if longer[:place] + longer[place + 1 :] == shorter]
    return places[-1] if places else None


def _is_doubled(text: str, place: int) -> bool:
    return text[place] in (text[place - 1 : place], text[place + 1 : place + 2])


def _aligned(printed: str, meant: str) -> float:
    rows = [[0.0] * (len(meant) + 1) for _ in range(len(printed) + 1)]
    for i in range(1, len(printed) + 1):
        rows[i][0] = rows[i - 1][0] + _inserted(printed, i - 1)
    for j in range(1, len(meant) + 1):
        rows[0][j] = rows[0][j - 1] + _inserted(meant, j - 1)
    for i in range(1, len(printed) + 1):
        for j in range(1, len(meant) + 1):
            best = min(
                rows[i - 1][j] + _inserted(printed, i - 1),
                rows[i][j - 1] + _inserted(meant, j - 1),
                rows[i - 1][j - 1] + _changed(printed[i - 1], meant[j - 1]),
            )
            if i > 1 and j > 1 and printed[i - 1] == meant[j - 2] and printed[i - 2] == meant[j - 1]:
                best = min(best, rows[i - 2][j - 2] + EXCHANGED)
            rows[i][j] = best
    return rows[-1][-1]


def _changed(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _CHANGES.get(one + other, CHANGE)


def _inserted(text: str, place: int) -> float:
    """What a character costs that only one of the two figures has: less in front, and beside one like it."""
    if place == 0:
        return FRONT
    return DOUBLED if text[place] == text[place - 1] else INSERTION
