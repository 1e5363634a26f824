"""What is drawn on a page, as far as a reader of tables needs it: characters and straight rules.

Everything is in page units with the origin top left, y growing downwards. A page may be turned in the mind before it
is read (a table printed sideways); places are then turned back, so that they always speak of the page as shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gkdesk.model.place import Box, turn_box, turn_point

SKEWED = -1
"""The turn of a character that stands at an angle: a watermark, never part of a table."""

PALE = 150.0
"""Characters brighter than that, of 255, are pale; large ones are a watermark."""
_WHITE = 245.0
"""Figures brighter than that are printed on dark ground, or seen by nobody; both are told elsewhere."""
_TILE = 64.0


class Glyph(NamedTuple):
    """One character as drawn.

    Attributes:
        text: the character.
        box: its ink.
        room: the room it takes in its line (from its origin to the next one's), at least as wide as the ink.
        x, y: its origin on the baseline.
        size: font size in page units.
        turn: quarter turns clockwise against upright, 0 to 3, or :data:`SKEWED`.
        spaced: True if the source puts a blank before it.
        pale: True for a digit printed in a pale colour, where the reader tells colours.
    """

    text: str
    box: Box
    room: Box
    x: float
    y: float
    size: float
    turn: int = 0
    spaced: bool = False
    pale: bool = False


class Rule(NamedTuple):
    """A straight rule: ``at`` is its y if horizontal, its x if vertical; it runs from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page; ``faint`` are edges of coloured areas, which are borders only where there are no rules."""

    horizontal: tuple[Rule, ...] = ()
    vertical: tuple[Rule, ...] = ()
    faint_horizontal: tuple[Rule, ...] = ()
    faint_vertical: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """A page as drawn."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rules: Rules = Rules()


def is_pale(shade: float) -> bool:
    """True if characters of this brightness, 0 to 255, are printed pale, and not white on dark ground."""
    return PALE < shade < _WHITE


def marks_between(marks: Marks, left: float, right: float) -> Marks:
    """The marks whose middle stands between two places of the width; the size stays that of the whole page."""

    def stands(x: float) -> bool:
        return left <= x < right

    def level(rules: Iterable[Rule]) -> tuple[Rule, ...]:
        return tuple(rule for rule in rules if stands((rule.start + rule.end) / 2))

    def down(rules: Iterable[Rule]) -> tuple[Rule, ...]:
        return tuple(rule for rule in rules if stands(rule.at))

    rules = marks.rules
    return Marks(
        marks.width,
        marks.height,
        tuple(glyph for glyph in marks.glyphs if stands(glyph.box.centre[0])),
        Rules(level(rules.horizontal), down(rules.vertical), level(rules.faint_horizontal), down(rules.faint_vertical)),
    )


class Doubles:
    """Finds out what is drawn again at nearly the same place: printers make bold characters like that."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}

    def is_new(self, text: str, x: float, y: float, size: float) -> bool:
        """True unless the same text was seen within a fifth of ``size``; it is remembered."""
        near = 0.2 * size
        columns = {int((x - near) // _TILE), int((x + near) // _TILE)}
        rows = {int((y - near) // _TILE), int((y + near) // _TILE)}
        keys = [(text, column, row) for column in columns for row in rows]
        for key in keys:
            for other_x, other_y in self._seen.get(key, ()):
                if abs(other_x - x) <= near and abs(other_y - y) <= near:
                    return False
        self._seen.setdefault((text, int(x // _TILE), int(y // _TILE)), []).append((x, y))
        return True


def reading_turn(glyphs: Iterable[Glyph]) -> int:
    """How most characters of the page are turned, 0 to 3."""
    counted = Counter(glyph.turn for glyph in glyphs if glyph.turn != SKEWED)
    if not counted:
        return 0
    turn, count = counted.most_common(1)[0]
    # A page that is only half turned is read upright: its tables most likely are.
    return turn if count > 2 * counted[0] else 0


def turn_marks(marks: Marks, turn: int) -> Marks:
    """The page turned back by ``turn`` quarters, so that characters with that turn stand upright."""
    if turn == 0:
        return marks
    width, height = (marks.height, marks.width) if turn % 2 else (marks.width, marks.height)
    back = (4 - turn) % 4
    size = (marks.width, marks.height)
    return Marks(
        width,
        height,
        tuple(_turn_glyph(glyph, back, turn, size) for glyph in marks.glyphs),
        _turn_rules(marks.rules, back, size),
    )


def _turn_glyph(glyph: Glyph, back: int, turn: int, size: tuple[float, float]) -> Glyph:
    x, y = turn_point(glyph.x, glyph.y, back, *size)
    turned = SKEWED if glyph.turn == SKEWED else (glyph.turn - turn) % 4
    return glyph._replace(
        box=turn_box(glyph.box, back, *size), room=turn_box(glyph.room, back, *size), x=x, y=y, turn=turned
    )


def _turn_rules(rules: Rules, back: int, size: tuple[float, float]) -> Rules:
    horizontal, vertical = _turn_both(rules.horizontal, rules.vertical, back, size)
    faint_horizontal, faint_vertical = _turn_both(rules.faint_horizontal, rules.faint_vertical, back, size)
    return Rules(horizontal, vertical, faint_horizontal, faint_vertical)


def _turn_both(
    horizontal: Sequence[Rule], vertical: Sequence[Rule], back: int, size: tuple[float, float]
) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    boxes = [turn_box(Box(rule.start, rule.at, rule.end, rule.at), back, *size) for rule in horizontal]
    others = [turn_box(Box(rule.at, rule.start, rule.at, rule.end), back, *size) for rule in vertical]
    if back % 2:
        boxes, others = others, boxes
    return (
        tuple(Rule(box.top, box.left, box.right) for box in boxes),
        tuple(Rule(box.left, box.top, box.bottom) for box in others),
    )
