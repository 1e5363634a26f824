"""Characters with places become lines, words and the text of table cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from gkdesk.model.place import Box
from gkdesk.sources.layout.cut_words import figures_behind_words, words_before_figures
from gkdesk.sources.layout.han_forms import is_wide
from gkdesk.sources.layout.marks import SKEWED, Glyph

_NARROW_GAP = 0.22
"""Share of the font size: a gap this wide between letters or digits is a blank."""
_SPACED_GAP = 0.08
"""The same where the source has a blank character there."""
_WIDE_GAP = 0.75
"""The same next to a Chinese character; typesetting puts up to half a size between Chinese and digits."""
_TOUCHING = 0.1
"""The same between characters of one word."""
_OVER, _UNEVEN, _FEWEST_OVER = 0.3, 0.05, 2
"""Of the font size, by which characters of two lines share their width and differ in height; how many pairs must."""
_NUMBER = re.compile(r"[+\-−]?\d[\d,.，．]*")
_TRAILING = ",.，．"
_PIECE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class GlyphLine:
    """A printed line: its text and, for each character of it, the glyph (None for a blank)."""

    text: str
    glyphs: tuple[Glyph | None, ...]

    @property
    def box(self) -> Box:
        """The ink of the line."""
        return ink_of(glyph for glyph in self.glyphs if glyph is not None)

    @property
    def is_overprinted(self) -> bool:
        """True if characters of another line are printed over it: what stands on which of both cannot be told."""
        pairs = pairwise(glyph for glyph in dict.fromkeys(self.glyphs) if glyph is not None)
        return sum(_overlap(before, after) for before, after in pairs) >= _FEWEST_OVER

    def without(self, left_out: Collection[Glyph]) -> GlyphLine:
        """The upright line without some of its characters; itself if nothing would be left."""
        kept = list(dict.fromkeys(glyph for glyph in self.glyphs if glyph is not None and glyph not in left_out))
        return _line(kept) if kept and all(glyph.turn == 0 for glyph in kept) else self

    def pieces(self) -> list[tuple[str, list[Glyph]]]:
        """The runs of characters between blanks, left to right, each with its glyphs.

        Next to a Chinese character a gap too narrow for a blank parts them too, if most characters of the run touch
        each other: the words of narrow columns of a table stand that near.
        """
        runs = [run for found in _PIECE.finditer(self.text) for run in self._parted(found.start(), found.end())]
        return [(self.text[start:end], [g for g in self.glyphs[start:end] if g is not None]) for start, end in runs]

    def _parted(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        gaps = [number for number in range(start + 1, end) if _is_gap(self.glyphs[number - 1], self.glyphs[number])]
        if 3 * len(gaps) <= end - start:
            for gap in gaps:
                yield start, gap
                start = gap
        yield start, end

    def numbers(self) -> list[tuple[str, Box]]:
        """The runs of digits with their sign, separators and point, left to right, each with its ink."""
        found = []
        for match in _NUMBER.finditer(self.text):
            number = match.group().rstrip(_TRAILING)
            start = match.start()
            if number[0] in "+-−" and start > 0 and not self.text[start - 1].isspace():
                # "2021-2024", "(-": a sign belongs to a number only if nothing stands right before it.
                number, start = number[1:], start + 1
            run = self.glyphs[start : start + len(number)]
            found.append((number, ink_of(glyph for glyph in run if glyph is not None)))
        return found


def ink_of(glyphs: Iterable[Glyph]) -> Box:
    """The smallest box around all characters; there must be at least one."""
    lefts, tops, rights, bottoms = zip(*(glyph.box for glyph in glyphs), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def group_lines(glyphs: Sequence[Glyph]) -> list[GlyphLine]:
    """The printed lines, top to bottom; upright characters, else those turned by a quarter in their own order."""
    upright = [glyph for glyph in glyphs if glyph.turn == 0]
    if upright:
        return [_line(row) for row in _rows(upright)]
    turned = [glyph for glyph in glyphs if glyph.turn != SKEWED]
    return [_turned_line(turned)] if turned else []


def cell_text(glyphs: Sequence[Glyph]) -> tuple[str, Box | None]:
    """The text of a table cell, its lines joined, and the box of its ink (None without characters).

    A blank stays only between two characters of which neither is Chinese.
    """
    lines = group_lines(_standing(glyphs))
    text = ""
    boxes = []
    for line in lines:
        text = _joined(text, _without_wide_blanks(line.text))
        boxes.append(line.box)
    return text, reduce(Box.union, boxes) if boxes else None


def _standing(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """In a cell with upright characters the turned ones are figures within vertical text: each stands on its ink."""
    if not any(glyph.turn == 0 for glyph in glyphs):
        return list(glyphs)
    return [
        glyph._replace(turn=0, x=glyph.box.left, y=glyph.box.bottom, room=glyph.box) if glyph.turn in (1, 3) else glyph
        for glyph in glyphs
    ]


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs grouped by baseline; larger or raised ones join the row whose baseline is near enough.

    Those of a row are in the order in which they were given, that of the file.
    """
    rows: list[list[tuple[int, Glyph]]] = []
    baseline = 0.0
    for number, glyph in sorted(enumerate(glyphs), key=lambda numbered: numbered[1].y):
        if rows and glyph.y - baseline <= 0.4 * min(glyph.size, rows[-1][0][1].size):
            rows[-1].append((number, glyph))
        else:
            rows.append([(number, glyph)])
            baseline = glyph.y
    return [[glyph for _, glyph in sorted(row, key=lambda numbered: numbered[0])] for row in rows]


def _line(row: list[Glyph]) -> GlyphLine:
    written = row
    row = words_before_figures(written, sorted(written, key=lambda glyph: (glyph.x, glyph.box.left)))
    apart = figures_behind_words(written, row)
    text = row[0].text
    glyphs: list[Glyph | None] = [row[0]] * len(row[0].text)
    for before, glyph in pairwise(row):
        if id(glyph) in apart or _is_blank_between(before, glyph):
            text += " "
            glyphs.append(None)
        text += glyph.text
        glyphs += [glyph] * len(glyph.text)
    return GlyphLine(text, tuple(glyphs))


def _overlap(before: Glyph, after: Glyph) -> bool:
    """True if two characters that stand at other heights are printed over each other."""
    size = min(before.size, after.size)
    shared = min(before.box.right, after.box.right) - max(before.box.left, after.box.left)
    return shared > _OVER * size and abs(before.y - after.y) > _UNEVEN * size


def _is_gap(before: Glyph | None, after: Glyph | None) -> bool:
    if before is None or after is None or before is after or not (is_wide(before.text) or is_wide(after.text)):
        return False
    return after.room.left - before.room.right > _TOUCHING * max(before.size, after.size)


def _is_blank_between(before: Glyph, after: Glyph) -> bool:
    gap = after.room.left - before.room.right
    size = max(before.size, after.size)
    if after.x < before.x:
        # A figure printed over the words before it.
        return True
    if is_wide(before.text) or is_wide(after.text):
        return gap > _WIDE_GAP * size
    return gap > (_SPACED_GAP if after.spaced else _NARROW_GAP) * size


def _turned_line(glyphs: list[Glyph]) -> GlyphLine:
    """Text running down (or up) the page, as in the label beside a table: columns first, then along each."""
    down = sum(1 if glyph.turn == 1 else -1 for glyph in glyphs if glyph.turn in (1, 3))
    ordered = sorted(glyphs, key=lambda glyph: (-glyph.x, glyph.y) if down >= 0 else (glyph.x, -glyph.y))
    columns: list[list[Glyph]] = []
    for glyph in ordered:
        if columns and abs(glyph.x - columns[-1][0].x) <= 0.4 * glyph.size:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    sign = 1 if down >= 0 else -1
    flat = [glyph for column in columns for glyph in sorted(column, key=lambda glyph: sign * glyph.y)]
    return GlyphLine(
        "".join(glyph.text for glyph in flat), tuple(glyph for glyph in flat for _ in range(len(glyph.text)))
    )


def _without_wide_blanks(text: str) -> str:
    parts = text.split()
    return reduce(_joined, parts, "")


def _joined(left: str, right: str) -> str:
    if not left or not right:
        return left + right
    return left + ("" if is_wide(left[-1]) or is_wide(right[0]) else " ") + right
