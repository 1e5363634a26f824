"""Lines of a text that a program broke at a fixed width, perhaps inside a figure: ``2920`` and a ``0`` below it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_FEWEST_FULL = 4
"""Lines of the greatest width from which on a text counts as broken at a fixed width."""

_MOST_LONGER = 2
"""Lines that may be longer all the same: an address is not broken, and a title stands in the middle."""

_NARROWEST = 20
_BEGUN_FIGURE = re.compile(r"\d[.,]?")
_REST_OF_FIGURE = re.compile(r"(?=[.,]?\d)[\d,]*(?:\.\d+)?(?:\s|$)")
"""What may be the rest of a figure, and not the number of a label (``3.其他``)."""


def cut_figures(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that end in a full line's last digit or begin with the digits that may belong to it."""
    found: set[int] = set()
    ends = [number for number in range(len(lines) - 1) if _goes_on(lines[number], lines[number + 1])]
    if not ends:
        return frozenset()
    # Some programs count the characters, others the columns they take.
    for measure in (_width, _length):
        found |= _cut_at([measure(line) for line in lines], ends)
    return frozenset(found)


def _cut_at(widths: Sequence[int], ends: Sequence[int]) -> set[int]:
    """The lines among ``ends`` that are full, and those below them; none if the text is not broken at a width."""
    found: set[int] = set()
    for widest in sorted(set(widths), reverse=True)[: _MOST_LONGER + 1]:
        # A character of two columns does not fit into the last one.
        full = [widest - 1 <= width <= widest for width in widths]
        if widest >= _NARROWEST and sum(full) >= _FEWEST_FULL:
            for number in ends:
                if full[number]:
                    found |= {number, number + 1}
            break
    return found


def _goes_on(line: str, following: str) -> bool:
    begun = _BEGUN_FIGURE.fullmatch(line[-2:].lstrip()) or _BEGUN_FIGURE.fullmatch(line[-1:])
    return begun is not None and _REST_OF_FIGURE.match(following) is not None


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line.rstrip())


def _length(line: str) -> int:
    return len(line.rstrip())
