"""Figures that the line reader read twice alike without being sure, and whose digits stand elsewhere on their page.

Zeros in some typefaces are half a letter O to it, and the page reader takes a 1 for an l. What a digit is, the certain
ones of its page tell, too: it is drawn like those of its name and unlike all others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gkdesk.model.reading import plain_characters
from gkdesk.sources.pictures.characters.drawn_alike import Digit, compared

_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_FEWEST = 3
"""Certain digits of its name that a digit must be like; the second-best of them counts."""
_LESS, _CLEARLY = 0.1, 0.1
"""By how much less like these it may be than is usual on the page, and how much more than like any other digit."""

Real = npt.NDArray[np.float32]


def as_digits(text: str) -> str:
    """A text without blanks, letters that look like digits as these."""
    return plain_characters(text).translate(_LETTERS)


def told_figures(asked: Sequence[Digit], certain: Sequence[Digit]) -> set[int]:
    """Those figures of the ``asked`` digits of which each is drawn like the ``certain`` ones of its name."""
    known = [(digit.name, digit.shape) for digit in certain if digit.shape is not None]
    drawn = [(digit.figure, digit.name, digit.shape) for digit in asked if digit.shape is not None]
    if len(known) < _FEWEST or not drawn:
        return set()
    names = np.array([name for name, _ in known])
    alike = compared(np.stack([shape for _, shape in known] + [shape for _, _, shape in drawn]))
    usual = _usual(alike[: len(known), : len(known)], names)
    untold = {digit.figure for digit in asked if digit.shape is None}
    for (figure, name, _), row in zip(drawn, alike[len(known) :, : len(known)], strict=True):
        own, others = np.sort(row[names == name]), row[names != name]
        told = len(own) >= _FEWEST and own[-2] >= usual - _LESS and own[-2] >= others.max(initial=0.0) + _CLEARLY
        if not told:
            untold.add(figure)
    return {figure for figure, _, _ in drawn} - untold


def _usual(alike: Real, names: npt.NDArray[np.str_]) -> float:
    """How like digits mostly are to the second-best of their name."""
    found = []
    for number, name in enumerate(names):
        own = np.sort(np.delete(alike[number], number)[np.delete(names, number) == name])
        found += [own[-2]] if len(own) >= _FEWEST else []
    return float(np.median(found)) if found else 1.0
