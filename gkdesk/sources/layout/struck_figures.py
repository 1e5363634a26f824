"""Figures of a page that are crossed out: a deletion kept in a document still prints, with a rule through it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from gkdesk.sources.layout.marks import Glyph, Rule

_HIGHEST = 0.25
_LOWEST = 0.85
"""Shares of a digit's height between which a rule crosses it out; underlines are below its foot."""

_BEYOND = 0.75
"""Of the size of the characters: how far a rule may go on beyond what it crosses out; borders go further."""


def struck(glyphs: Iterable[Glyph], horizontal: Sequence[Rule]) -> frozenset[Glyph]:
    """The digits of upright text that a rule crosses, which begins and ends at the characters it crosses."""
    rules = sorted(horizontal, key=lambda rule: rule.at)
    heights = [rule.at for rule in rules]
    crossed: dict[Rule, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.text.isspace():
            continue
        height = glyph.box.bottom - glyph.box.top
        first = bisect_left(heights, glyph.box.top + _HIGHEST * height)
        last = bisect_right(heights, glyph.box.top + _LOWEST * height)
        middle = (glyph.box.left + glyph.box.right) / 2
        for rule in rules[first:last]:
            if rule.start <= middle <= rule.end:
                crossed.setdefault(rule, []).append(glyph)
    return frozenset(
        glyph for rule, found in crossed.items() if _ends_at(rule, found) for glyph in found if glyph.text.isdecimal()
    )


def _ends_at(rule: Rule, found: Sequence[Glyph]) -> bool:
    beyond = _BEYOND * max(glyph.size for glyph in found)
    left, right = min(glyph.box.left for glyph in found), max(glyph.box.right for glyph in found)
    return rule.start >= left - beyond and rule.end <= right + beyond
