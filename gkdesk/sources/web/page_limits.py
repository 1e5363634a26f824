"""How many marks and attributes a page may have, counted before it is parsed.

A parser compares each attribute of a mark with all others: many of them take minutes.
"""

from __future__ import annotations

import re

MOST_MARKS = 400_000
MOST_ATTRIBUTES = 600_000
"""Marks and attributes of a page beyond which it is refused; a page of a site has some ten thousand."""

MOST_IN_MARK = 1_000
"""The same for the attributes of one mark, which has some ten."""

_MARK = re.compile(r"<([A-Za-z][^\s/>]*+)")
_ATTRIBUTE = re.compile(r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]*+))?+""")
_END_OF_TEXT = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")
}
"""How what holds text only ends: a ``<`` in a script is no mark."""


def has_too_many_marks(text: str) -> bool:
    """True if a page has more than ``MOST_MARKS`` marks or ``MOST_ATTRIBUTES``, or one more than ``MOST_IN_MARK``."""
    if text.count("<") > MOST_MARKS or text.count("=") > MOST_ATTRIBUTES:
        return True
    total = at = 0
    while (mark := _MARK.search(text, at)) is not None:
        at, own = mark.end(), 0
        while (attribute := _ATTRIBUTE.match(text, at)) is not None:
            at, own = attribute.end(), own + 1
            if own > MOST_IN_MARK:
                return True
        total += own
        if total > MOST_ATTRIBUTES:
            return True
        ends = _END_OF_TEXT.get(mark[1].lower())
        if ends is not None:
            end = ends.search(text, at)
            at = end.end() if end is not None else len(text)
    return False
