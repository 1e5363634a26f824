"""Two pages beside each other in one picture: an opened book, or two sheets on the glass of a copier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Rule

_BROADEST, _NARROWEST = 1.75, 1.2
"""Width in relation to height: two upright pages have some 1.4."""
_MIDDLE = 0.07
_GUTTER = 0.02
"""Shares of the width: how far from its middle the gap between two pages may be, and how broad it is at least."""
_SENTENCE = re.compile("[\u3400-\u9fff](?:.*?[\u3400-\u9fff]){9}")
_SENTENCES, _RULES = 3, 5


def find_gutter(
    size: tuple[int, int], texts: Iterable[tuple[str, Box]], rules: Sequence[Rule], known: float | None = None
) -> float | None:
    """Where the gap between two pages is from the left; None for a single page.

    ``texts`` are what was found on the picture, ``rules`` its level rules, in the units of ``size``, its width and
    height. Nothing reaches over the gap, and on both sides there is what makes a page: sentences, or rules of a table;
    or there is nothing at all on the right. A sheet of a document whose sheets before, of the same size, had their gap
    at a ``known`` share of the width has it there, too, if nothing stands in it: its second page may be nearly empty.
    The figures of a table without rules, which may stand apart from its labels, are neither.
    """
    width, height = size
    if not _NARROWEST <= width / max(height, 1) <= _BROADEST:
        return None
    texts = list(texts)
    taken = sorted([(box.left, box.right) for _, box in texts] + [(rule.start, rule.end) for rule in rules])
    middle, reach = width / 2, _MIDDLE * width
    free_from, found = 0.0, []
    for left, right in [*taken, (float(width), float(width))]:
        if left - free_from >= _GUTTER * width and free_from <= middle + reach and left >= middle - reach:
            found.append((free_from, left))
        free_from = max(free_from, right)
    if not found:
        return None
    if known is not None and texts and any(left < known * width < right for left, right in found):
        return known * width
    left, right = max(found, key=lambda gap: gap[1] - gap[0])
    at = (max(left, middle - reach) + min(right, middle + reach)) / 2
    sides = [[box for box in texts if (box[1].right <= at) is first] for first in (True, False)]
    ruled = [sum((rule.end <= at) is first for rule in rules) for first in (True, False)]
    pages = [
        sum(_SENTENCE.search(text) is not None for text, _ in side) >= _SENTENCES or count >= _RULES
        for side, count in zip(sides, ruled, strict=True)
    ]
    if pages[0] and not sides[1] and not ruled[1]:
        # The last of an odd number of pages, with nothing beside it.
        return at
    return at if all(pages) else None
