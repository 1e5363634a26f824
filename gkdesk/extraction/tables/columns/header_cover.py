"""The header of a table in lines of text whose names are torn into pieces: which piece belongs to which column.

Programs that take text out of a page break the name of a narrow column over several lines, put the lower part before
the upper one where cells differ in height, and join what stands close: ``人 业商业企 科研机 社会公益组``. What stays is
that a line is read from left to right. So the pieces are laid on the names of the form: every character of the header
must be used, every name must come out whole, once, and along each line the columns must follow one another as in the
form. That names are whole and in the order of the form in every line proves the order of two neighbours only where one
line has a piece of both (or of the group that one of them closes), which is asked for all of them: with two columns in
another order, the line they share has no place in the form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from operator import and_, or_

from gkdesk.extraction.figures import Span, Strip
from gkdesk.extraction.labels import key
from gkdesk.extraction.tables.header import wordings
from gkdesk.model.spec import BlockSpec, ColumnSpec

MOST_STEPS = 20000
"""Steps of a search; the right way is found soon, because pieces of a name stand above each other."""

CLEAR = 1.0
"""Columns of text, or points, that must lie between two tracks."""

STEP = 2.0
"""Columns of text between the middles of two names on different lines that tell which stands left, at least."""

_UNKNOWN_DISTANCE = 3.0
"""How far a column whose place is not known yet is taken to be, against those whose place is."""

_State = frozenset[tuple[str, int]]
"""Of a name: its wordings, each with the characters that are used, as bits."""


@dataclass(frozen=True, slots=True)
class Name:
    """What the header prints over the columns ``first`` to ``last``: a column's name, or that of a group of them."""

    texts: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a name on a line, and where it stands by each way of counting columns."""

    line: int
    name: int
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """All pieces of a header as fragments of ``names``: the columns first, then the groups that are printed.

    ``sheets`` are those of its lines: every page of a text has its columns in places of its own.
    """

    names: tuple[Name, ...]
    columns: int
    fragments: tuple[Fragment, ...]
    sheets: tuple[int, ...]

    def proves_order(self) -> bool:
        """True if a line shows every two neighbours in the order of the form."""
        return all(self.share_a_line(left) for left in range(self.columns - 1))

    def stands_in_order(self, rulers: Sequence[int]) -> bool:
        """True if every two neighbours stand in the order of the form: on one line, or one right of the other.

        On different lines it must be so by every way of counting columns, and by one of them with room between both.
        """
        return all(self.share_a_line(left) or self._is_left(left, rulers) for left in range(self.columns - 1))

    def rulers_in_line(self, rulers: Sequence[int]) -> list[int]:
        """The ways of counting columns by which the parts of all names on several lines stand above each other.

        That of the program that made the text is among them; all ways if too few names are torn to tell.
        """
        parts: dict[int, dict[int, Fragment]] = {}
        for fragment in self.fragments:
            if fragment.name < self.columns:
                parts.setdefault(fragment.name, {}).setdefault(fragment.line, fragment)
        torn = [list(lines.values()) for lines in parts.values() if len(lines) > 1]
        if 2 * len(torn) < self.columns:
            return list(rulers)
        found = [
            ruler
            for ruler in rulers
            if all(len({part.spans[ruler][0] for part in own if len(part.spans) > ruler}) == 1 for own in torn)
        ]
        return found or list(rulers)

    def share_a_line(self, left: int) -> bool:
        """True if a line shows the column ``left``, or a group that it closes, and the next one."""
        lines: dict[int, set[int]] = {}
        for fragment in self.fragments:
            lines.setdefault(fragment.line, set()).add(fragment.name)
        return any(self._ends(line, left) and self._begins(line, left + 1) for line in lines.values())

    def _is_left(self, column: int, rulers: Sequence[int]) -> bool:
        """True if the lowest part of this column's name stands left of that of the next one."""
        left, right = (self._lowest(number) for number in (column, column + 1))
        if any(len(fragment.spans) <= max(rulers, default=0) for fragment in (*left, *right)):
            return False
        if self.sheets[left[0].line] != self.sheets[right[0].line]:
            return False
        pairs = [(_hull_of(left, ruler), _hull_of(right, ruler)) for ruler in rulers]
        steps = [(after[0] + after[1] - before[0] - before[1]) / 2 for before, after in pairs]
        room = any(before[1] + CLEAR <= after[0] for before, after in pairs)
        return bool(pairs) and room and min(steps) >= STEP

    def _lowest(self, column: int) -> list[Fragment]:
        own = [fragment for fragment in self.fragments if fragment.name == column]
        line = max(fragment.line for fragment in own)
        return [fragment for fragment in own if fragment.line == line]

    def _ends(self, line: set[int], column: int) -> bool:
        return any(self.names[name].last == column for name in line)

    def _begins(self, line: set[int], column: int) -> bool:
        return any(self.names[name].first == column for name in line)

    def tracks(self, ruler: int) -> tuple[Span, ...] | None:
        """Where each column's name stands, from the lines that agree; None if they leave a column out.

        The lowest line, nearest to the figures, counts first: a line in which much stands before the names is moved to
        the right, so one that contradicts is left out.
        """
        found: dict[int, Span] = {}
        for number in sorted({fragment.line for fragment in self.fragments}, reverse=True):
            tried = dict(found)
            for fragment in self.fragments:
                if fragment.line == number and fragment.name < self.columns and len(fragment.spans) > ruler:
                    tried[fragment.name] = _hull(tried.get(fragment.name), fragment.spans[ruler])
            if _are_beside(tried):
                found = tried
        return _parted([found[column] for column in range(self.columns)]) if len(found) == self.columns else None

    def middles(self, ruler: int) -> tuple[float, ...] | None:
        """The middle of the lowest part of each column's name; None as in :meth:`tracks`."""
        found: dict[int, Span] = {}
        for number in sorted({fragment.line for fragment in self.fragments}, reverse=True):
            here: dict[int, Span] = {}
            for fragment in self.fragments:
                if fragment.line == number and fragment.name < self.columns and len(fragment.spans) > ruler:
                    here[fragment.name] = _hull(here.get(fragment.name), fragment.spans[ruler])
            if _are_beside(here | found):
                found = here | found
        standing = [found[column] for column in sorted(found)]
        return tuple((left + right) / 2 for left, right in standing) if len(found) == self.columns else None


def _are_beside(tracks: Mapping[int, Span]) -> bool:
    """True if the columns stand in their order and none upon another."""
    standing = [tracks[column] for column in sorted(tracks)]
    return all(a[1] <= b[0] for a, b in pairwise(standing))


def cover_of_columns(columns: Sequence[ColumnSpec], lines: Sequence[Strip]) -> Cover | None:
    """The header of a table of one block; None if its pieces are not the names of the columns, or not in order."""
    groups: dict[str, list[int]] = {}
    for number, column in enumerate(columns):
        for label in column.label[:-1]:
            groups.setdefault(key(label), []).append(number)
    over = [Name((text,), members[0], members[-1]) for text, members in groups.items()]
    return _cover([Name(wordings(column), number, number) for number, column in enumerate(columns)], over, lines)


def cover_of_blocks(blocks: Sequence[BlockSpec], lines: Sequence[Strip]) -> Cover | None:
    """The header of a table whose blocks stand side by side; None as in :func:`cover_of_columns`."""
    names: list[Name] = []
    groups: dict[str, list[int]] = {}
    for block in blocks:
        for column in block.columns:
            for label in block.label:
                groups.setdefault(key(label), []).append(len(names))
            names.append(Name(wordings(column), len(names), len(names)))
    over = [Name((text,), members[0], members[-1]) for text, members in groups.items()]
    return _cover(names, over, lines)


def _cover(columns: Sequence[Name], over: Sequence[Name], lines: Sequence[Strip]) -> Cover | None:
    names = (*columns, *over)
    spoken = [line for number, strip in enumerate(lines) if (line := _Line.of(number, strip, names)).pieces]
    search = _Search(names, len(columns), spoken)
    if not spoken or not _has_their_characters(columns, over, spoken) or not search.run():
        return None
    return Cover(names, len(columns), tuple(search.fragments), tuple(strip.sheet for strip in lines))


def _has_their_characters(columns: Sequence[Name], over: Sequence[Name], lines: Sequence[_Line]) -> bool:
    """False if a character stands there too seldom for the names of all columns, or too often for all names."""
    there = Counter("".join(text for line in lines for text, _ in line.pieces))
    least = sum((reduce(and_, map(Counter, name.texts)) for name in columns), Counter[str]())
    most = sum((reduce(or_, map(Counter, name.texts)) for name in (*columns, *over)), Counter[str]())
    return least <= there <= most


@dataclass(frozen=True, slots=True)
class _Line:
    """The pieces of a line of the header, as keys with their places, from the first that is of the names."""

    number: int
    pieces: tuple[tuple[str, tuple[Span, ...]], ...]

    @classmethod
    def of(cls, number: int, strip: Strip, names: Sequence[Name]) -> _Line:
        pieces = [(key(piece.text), piece.spans) for piece in strip.pieces]
        pieces = [piece for piece in pieces if piece[0]]
        of_names = [_is_of_names(text, names) for text, _ in pieces]
        first = of_names.index(True) if True in of_names else len(pieces)
        return cls(number, tuple(pieces[first:]))


def _is_of_names(text: str, names: Sequence[Name]) -> bool:
    """True if every character is one of a name; whether they make names is for the search."""
    return all(any(char in name for own in names for name in own.texts) for char in text)


@dataclass(slots=True)
class _Search:
    """Depth first, line by line and piece by piece; ``fragments`` are those of the cover when ``run`` is True."""

    names: Sequence[Name]
    columns: int
    lines: Sequence[_Line]
    fragments: list[Fragment] = field(default_factory=list)
    steps: int = 0
    failed: set[tuple[object, ...]] = field(default_factory=set)

    def run(self) -> bool:
        states = [frozenset((text, 0) for text in name.texts) for name in self.names]
        return self._go(0, 0, 0, 0, states)

    def _go(self, line: int, piece: int, offset: int, column: int, states: list[_State]) -> bool:
        """True if all from this place on can be laid; no column before ``column`` may follow on this line."""
        if line == len(self.lines):
            return self._are_whole(states)
        pieces = self.lines[line].pieces
        if piece == len(pieces):
            return self._go(line + 1, 0, 0, 0, states)
        if offset == len(pieces[piece][0]):
            return self._go(line, piece + 1, 0, column, states)
        place = (line, piece, offset, column, tuple(states))
        if place in self.failed or self.steps >= MOST_STEPS:
            return False
        for name, text, state in self._choices(line, piece, offset, column, states):
            self.steps += 1
            following = [*states[:name], state, *states[name + 1 :]]
            self.fragments.append(Fragment(self.lines[line].number, name, text, self._spans(line, piece, offset, text)))
            if self._go(line, piece, offset + len(text), max(column, self.names[name].first), following):
                return True
            self.fragments.pop()
        self.failed.add(place)
        return False

    def _are_whole(self, states: Sequence[_State]) -> bool:
        """Every column is named whole; a group is not named at all, or whole."""
        for number, state in enumerate(states):
            whole = any(used == (1 << len(text)) - 1 for text, used in state)
            if not whole and (number < self.columns or all(used for _, used in state)):
                return False
        return True

    def _choices(
        self, line: int, piece: int, offset: int, column: int, states: Sequence[_State]
    ) -> Iterator[tuple[int, str, _State]]:
        text = self.lines[line].pieces[piece][0]
        spans = self._spans(line, piece, offset, text[offset:])
        names = [
            number
            for number, name in enumerate(self.names)
            if name.last >= column and any(text[offset] in wording for wording in name.texts)
        ]
        names.sort(key=lambda number: self._distance(number, spans))
        for length in range(len(text) - offset, 0, -1):
            part = text[offset : offset + length]
            for number in names:
                state = _used(states[number], part)
                if state:
                    yield number, part, state

    def _distance(self, name: int, spans: tuple[Span, ...]) -> float:
        """How far the place is from the parts of the name that are laid."""
        known = [fragment.spans[0][0] for fragment in self.fragments if fragment.name == name and fragment.spans]
        if not known or not spans:
            return _UNKNOWN_DISTANCE
        return min(abs(spans[0][0] - left) for left in known)

    def _spans(self, line: int, piece: int, offset: int, text: str) -> tuple[Span, ...]:
        whole, spans = self.lines[line].pieces[piece]
        return tuple(
            (
                left + (right - left) * offset / len(whole),
                left + (right - left) * min(offset + len(text), len(whole)) / len(whole),
            )
            for left, right in spans
        )


def _used(state: _State, part: str) -> _State:
    """The state with ``part`` used once; empty if no wording has it left."""
    found: set[tuple[str, int]] = set()
    for text, used in state:
        start = text.find(part)
        while start >= 0:
            bits = ((1 << len(part)) - 1) << start
            if not used & bits:
                found.add((text, used | bits))
            start = text.find(part, start + 1)
    return frozenset(found)


def _hull_of(fragments: Sequence[Fragment], ruler: int) -> Span:
    spans = [fragment.spans[ruler] for fragment in fragments]
    return min(left for left, _ in spans), max(right for _, right in spans)


def _hull(one: Span | None, other: Span) -> Span:
    return other if one is None else (min(one[0], other[0]), max(one[1], other[1]))


def _parted(tracks: Sequence[Span]) -> tuple[Span, ...]:
    """The tracks, made narrower where two of them touch."""
    parted = list(tracks)
    for number, (left, right) in enumerate(pairwise(tracks)):
        lacking = CLEAR - (right[0] - left[1])
        if lacking > 0:
            parted[number] = parted[number][0], parted[number][1] - lacking / 2
            parted[number + 1] = parted[number + 1][0] + lacking / 2, parted[number + 1][1]
    return tuple(parted)
