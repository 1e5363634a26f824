"""The lines of a table drawn of characters, by columns of characters, and what these draw."""

from __future__ import annotations

from dataclasses import dataclass, field

from gkdesk.sources.stretch import Stretch

UPRIGHT = frozenset("|│┃║┆┇┊┋╎╏╽╿")
ACROSS = frozenset("-=─━═┄┅┈┉╌╍╼╾")
JOINTS = frozenset("+:") | {chr(code) for code in range(0x2500, 0x2580)} - UPRIGHT - ACROSS
BOX_JOINTS = JOINTS - frozenset("+:")
STANDING = UPRIGHT | JOINTS - frozenset(":")
DRAWN = UPRIGHT | ACROSS | JOINTS


@dataclass(frozen=True, slots=True)
class Canvas:
    """The lines of a table by columns of characters: for every line, where in the text the character of a column is."""

    text: str
    rows: tuple[dict[int, int], ...]
    ends: tuple[int, ...]
    wide: str

    def at(self, row: int, column: int) -> str:
        """The character of a line in a column; a blank behind the line's end, or in the second half of a character."""
        place = self.rows[row].get(column)
        return self.text[place] if place is not None else " "

    def stretch(self, row: int, left: int, right: int) -> Stretch:
        """The characters of a line between two columns, those left out, without blanks at both ends."""
        places = [place for column, place in self.rows[row].items() if left < column < right]
        if not places:
            return Stretch(self.ends[row], self.ends[row])
        start, end = places[0], places[-1] + 1
        part = self.text[start:end]
        start = end - len(part.lstrip())
        return Stretch(start, max(start, start + len(part.strip())))


@dataclass(slots=True)
class Cell:
    """A cell as drawn: bands of lines and columns from and to (inclusive), and its lines."""

    top: int
    bottom: int
    left: int
    right: int
    pieces: list[Stretch] = field(default_factory=list)


def is_rule(part: str) -> bool:
    """True for a line that is a rule all the way."""
    return len(part) > 2 and part[0] in JOINTS and {*part} <= DRAWN and not ACROSS.isdisjoint(part)
