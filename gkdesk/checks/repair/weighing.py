"""How likely an explanation is: what it costs, as odds in natural logarithms, to believe that its cells were misread.

Per cell: how rarely a cell in its state is misread, and how far its figure is from the one that would be right. What
the prose, last year's report or a second reading say about the changed cells is added to that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log

from gkdesk.checks.prose import Bearing, judge
from gkdesk.checks.repair import misreading
from gkdesk.checks.repair.evidence import MISPLACED, Testimony, agrees, last_years, weight
from gkdesk.checks.repair.moves import Kind, Move
from gkdesk.checks.repair.search import Change, Prices
from gkdesk.checks.repair.system import Exact, System, coefficients, exact, plain
from gkdesk.checks.subject import Subject
from gkdesk.model.cellref import CellRef
from gkdesk.model.form import Cell
from gkdesk.model.reading import Number, NumberKind, State, number_text
from gkdesk.model.spec import Identity, Span
from gkdesk.model.witness import Witness

DECIDED = 9.0
"""A figure that a reviewer put in or confirmed."""
CHARACTERS, BLANK_CHARACTERS = 6.9, 4.5
"""A sure figure that stands in the file as characters, and a blank there: hardly ever misread."""
BLANK_PICTURE = 2.2
RAREST, MOST_OFTEN = 0.02, 0.5
"""How often a sure figure of a picture is misread at least, and a doubtful one at most."""
TYPED_TOTAL = 0.7
"""So much sooner a total is typed wrongly than another figure."""

SOURCE_CHARACTERS, SOURCE_PICTURE = 2.5, 7.0
"""A figure that the reporting body printed wrongly, beside a misread one from characters and from a picture."""

MOVED = {Kind.EXCHANGED: 1.6}
MOVED_LINE, MOVED_LINE_DOUBTED = 3.0, 1.0
"""What a move costs on top of the surest of its cells: an exchange of two, a line, a line whose place is in doubt."""
FRESH = 1.0

FEW = 10
SAID, SAID_BY_FEW_DIGITS = 5.0, 3.0
ROUGHLY_SAID = 0.8
"""A rounded figure or a share of the prose that comes to agree: it breaks a tie, and outweighs no slip of a digit."""
STILL_AGAINST = 0.5
"""A figure of the prose that comes to agree; one so small that it may agree by chance; one that still does not."""
SECOND_AGAINST, SECOND_OTHER = 4.5, 3.0
"""A second look that gives the figure as it was read, or another one. Of 177 figures that were wrong it gave the right
one, and was sure, for 61, the wrong one for 2, and another for none; of 227 that were right the right one for 220
(``python -m tests.bench.recognition 24``).
"""

TOGETHER, TOGETHER_SHARE = 2.0, 0.5
"""So much less, but by no more than this share, it costs to believe that a cell was misread beside another one that
was: what spoils one figure of a scan, a stain or a line of the table, seldom stops at the edge of its cell.
"""

LEAST = 0.5
"""What any change costs in the search, whatever speaks for it."""
SLACK, SLACK_TESTIMONY = 1.4, 7.0
"""How much dearer than the best one an explanation may be and still be worth looking for, without and with evidence
besides the identities, which is weighed only once an explanation is complete.
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """Weighs the explanations of one report.

    Attributes:
        subject, system: the report and its equations.
        testimony: what speaks for or against figures besides the identities.
        pictured: cells whose figures were recognised in pictures, not read as characters.
        priors: by cell number, what it costs to believe that it was misread.
        kinds: by cell number, what numbers it can hold.
        gains: by cell number, how much less its misreading costs beside another one.
        places: by cell number, its table and where in it the cell is printed.
    """

    subject: Subject
    system: System
    testimony: Testimony
    pictured: frozenset[CellRef]
    priors: tuple[float, ...]
    kinds: tuple[NumberKind, ...]
    gains: tuple[float, ...]
    places: tuple[tuple[str, Span], ...]

    @classmethod
    def of(cls, subject: Subject, system: System, testimony: Testimony, pictured: frozenset[CellRef]) -> Scale:
        """The scale for one report."""
        totals = {ref for identity in system.identities if len(identity.right) == 1 for ref in identity.right}
        priors = tuple(_prior(subject.form[ref], ref in pictured, ref in totals) for ref in system.refs)
        kinds = tuple(subject.spec.column(ref).kind for ref in system.refs)
        gains = tuple(
            min(TOGETHER, TOGETHER_SHARE * prior) if _may_be_stained(subject.form[ref], ref in pictured) else 0.0
            for ref, prior in zip(system.refs, priors, strict=True)
        )
        places = tuple((ref.table, subject.spec.span(ref)) for ref in system.refs)
        return cls(subject, system, testimony, pictured, priors, kinds, gains, places)

    def prices(self) -> Prices:
        """What the search has to know, worked out once for all clusters."""
        suggested: dict[int, dict[Exact, float]] = {}
        for number, ref in enumerate(self.system.refs):
            values = self.testimony.suggested(ref) if number not in self.system.unknown else {}
            if values:
                suggested[number] = {exact(value) - self.system.values[number]: by for value, by in values.items()}

        @cache
        def price(cell: int, change: Exact) -> float:
            support = SAID * suggested[cell].get(change, 0.0) if cell in suggested else 0.0
            return max(self._cell_cost(cell, change) - support, LEAST)

        @cache
        def guesses(cell: int) -> tuple[Exact, ...]:
            value = self.system.values[cell]
            if not isinstance(value, int) or value < 0:
                return ()
            return tuple(meant - value for meant in misreading.meant_by(value))

        known = [prior for cell, prior in enumerate(self.priors) if cell not in self.system.unknown]
        floor = LEAST if suggested else min(known, default=0.0) + misreading.NEAREST
        slack = SLACK_TESTIMONY if suggested else SLACK
        gain = max(self.gains, default=0.0)
        beside = self.neighbours
        return Prices(self.allowed, price, suggested, guesses, self.touch, self.together, beside, gain, floor, slack)

    @property
    def neighbours(self) -> tuple[frozenset[int], ...]:
        """By cell number, the cells that have an edge in common with it."""
        ends: dict[tuple[str, int, int], int] = {}
        for cell, (table, span) in enumerate(self.places):
            ends[table, span.top, span.left] = ends[table, span.top, span.right] = cell
        found: list[set[int]] = [set() for _ in self.places]
        for cell, (table, span) in enumerate(self.places):
            for at in ((span.top, span.right + 1), (span.top + 1, span.left)):
                other = ends.get((table, *at))
                if other is not None:
                    found[cell].add(other)
                    found[other].add(cell)
        return tuple(map(frozenset, found))

    def touch(self, corners: Sequence[int]) -> bool:
        """Whether the corners of a rectangle, row by row, are next to one another in the printed table."""
        first, beside, below, _ = (self.places[cell] for cell in corners)
        return _is_beside(first, beside) and _is_beside(first, below)

    def together(self, cells: Sequence[int]) -> float:
        """How much less it costs to believe that the cells were misread because some stand beside others."""
        waiting, total = list(cells), 0.0
        while waiting:
            reached = [waiting.pop(0)]
            for cell in reached:
                near = [one for one in waiting if _is_beside(self.places[cell], self.places[one])]
                waiting = [one for one in waiting if one not in near]
                reached += near
            gains = [self.gains[cell] for cell in reached]
            # What was spoilt first costs all it costs; that was the one with the most to gain.
            total += sum(gains) - max(gains)
        return total

    @property
    def misplaced(self) -> frozenset[int]:
        """Cells whose row or column is in doubt."""
        form = self.subject.form
        return frozenset(
            number for number, ref in enumerate(self.system.refs) if not MISPLACED.isdisjoint(form[ref].reading.doubts)
        )

    @property
    def links(self) -> tuple[frozenset[int], ...]:
        """Cells that figures of the prose add up and come to something else: to be put right together."""
        numbers = {ref: number for number, ref in enumerate(self.system.refs)}
        witnesses = [one for one in self.testimony.about(numbers) if not agrees(one, self.testimony.value)]
        sums = (claim.cells for witness in witnesses for claim in witness.claims if not claim.share_of)
        found = (frozenset(numbers[ref] for ref in cells if ref in numbers) for cells in sums)
        return tuple(cells for cells in found if len(cells) > 1)

    def allowed(self, cell: int, value: Exact) -> bool:
        """Whether the form admits the figure in the cell."""
        kind = self.kinds[cell]
        if kind is NumberKind.SIGNED:
            return isinstance(value, int)
        return value >= 0 and (kind is NumberKind.AMOUNT or isinstance(value, int))

    def may_be_misread(self, change: Change) -> bool:
        """True if extraction was not sure of one of the cells, or one was recognised in a picture, and no second look
        at that cell gave the same figure.
        """
        refs = [self.system.refs[cell] for cell, _ in change if not self.is_seen_twice(cell)]
        return any(ref in self.pictured or self.subject.form[ref].state is State.DOUBTFUL for ref in refs)

    def is_seen_twice(self, cell: int) -> bool:
        """True if a second look at the cell gave the figure it has."""
        second = self.testimony.context.second.get(self.system.refs[cell])
        return second is not None and exact(second) == self.system.values[cell]

    def cost(self, change: Change, move: Move | None = None) -> float:
        """What it costs to believe the explanation; by ``move``, a part of it, some of its cells changed together."""
        moved = dict(move.changes) if move is not None else {}
        total = self._moved_cost(move) if move is not None else 0.0
        total += sum(self._cell_cost(cell, by) for cell, by in change if cell not in moved)
        total -= self.together([cell for cell, _ in change if cell not in moved])
        return total + self._testimony(change)

    def source_cost(self, change: Change) -> float:
        """What it costs to believe that these figures are wrong in the source itself."""
        refs = [self.system.refs[cell] for cell, _ in change]
        return sum(SOURCE_PICTURE if ref in self.pictured else SOURCE_CHARACTERS for ref in refs)

    def breaks_anew(self, change: Change) -> bool:
        """True if an inequality that holds would no longer hold, or an unknown cell would have to be negative."""
        changed = {self.system.refs[cell]: by for cell, by in change}
        values = self.subject.values
        hidden = self.subject.unknown | self.subject.unfilled
        for inequality in self.subject.spec.inequalities_of(self.subject.form):
            # Of a cell without a figure nobody knows what it adds.
            if changed.keys().isdisjoint(inequality.cells) or not hidden.isdisjoint(inequality.cells):
                continue
            spare: Exact = sum(exact(values[ref]) for ref in inequality.right)
            spare -= sum(exact(values[ref]) for ref in inequality.left)
            gain = sum(changed.get(ref, 0) for ref in inequality.right)
            gain -= sum(changed.get(ref, 0) for ref in inequality.left)
            if spare >= 0 > spare + gain:
                return True
        return any(self._needs_negative(identity, changed) for identity in self.system.identities)

    def _needs_negative(self, identity: Identity, changed: Mapping[CellRef, Exact]) -> bool:
        """True if what is left for the unknown cells of an identity falls below zero."""
        if changed.keys().isdisjoint(identity.cells):
            return False
        hidden = self.subject.unknown | self.subject.unfilled
        signs = {sign for ref, sign in coefficients(identity) if ref in hidden}
        if len(signs) != 1:
            return False
        (sign,) = signs
        left: Exact = 0
        gain: Exact = 0
        for ref, coefficient in coefficients(identity):
            if ref not in hidden:
                left -= sign * coefficient * exact(self.subject.values[ref])
                gain -= sign * coefficient * changed.get(ref, 0)
        return left >= 0 > left + gain

    def _cell_cost(self, cell: int, by: Exact) -> float:
        ref = self.system.refs[cell]
        meant = plain(self.system.values[cell] + by)
        second = self.testimony.context.second.get(ref)
        if second == meant:
            return 0.0
        against = 0.0
        if second is not None:
            against = SECOND_AGAINST if second == plain(self.system.values[cell]) else SECOND_OTHER
        return self.priors[cell] + against + misreading.distance(self.printed(ref), number_text(meant))

    def printed(self, ref: CellRef) -> str:
        """The figure as read, empty if there is none."""
        cell = self.subject.form[ref]
        return number_text(cell.value)

    def _moved_cost(self, move: Move) -> float:
        surest = max(self.priors[cell] for cell, _ in move.changes)
        if move.kind in (Kind.ROWS, Kind.COLUMNS):
            misplaced = self.misplaced
            doubted = all(cell in misplaced for cell, _ in move.changes)
            return MOVED_LINE_DOUBTED if doubted else surest + MOVED_LINE
        return surest + MOVED.get(move.kind, MOVED_LINE) + (FRESH if move.fresh is not None else 0.0)

    def _testimony(self, change: Change) -> float:
        after = {self.system.refs[cell]: plain(self.system.values[cell] + by) for cell, by in change}
        now = self.testimony.value

        def then(ref: CellRef) -> Number | None:
            return after[ref] if ref in after else now(ref)

        total = 0.0
        for witness in self.testimony.about(after):
            said = weight(witness) * (SAID if witness.value >= FEW else SAID_BY_FEW_DIGITS)
            was, will_be = agrees(witness, now), agrees(witness, then)
            total += (was - will_be) * said if was != will_be else STILL_AGAINST * (not will_be)
        for _, agreeing in self.rough_turning(after):
            total -= ROUGHLY_SAID if agreeing else -ROUGHLY_SAID
        for ref, value in after.items():
            before = last_years(self.testimony.context, ref)
            if before is not None:
                total += ((before == now(ref)) - (before == value)) * SAID
        return total

    def rough_turning(self, after: Mapping[CellRef, Number]) -> list[tuple[Witness, bool]]:
        """Rounded figures and shares that would come to agree with changed cells (True), or no longer do (False)."""
        about = self.testimony.roughly_about(after)
        then = replace(self.subject, values={**self.subject.values, **after}) if about else self.subject
        found = []
        for witness in about:
            was, will_be = (judge(one, witness).bearing is Bearing.AGREES for one in (self.subject, then))
            if was != will_be:
                found.append((witness, will_be))
        return found


def _may_be_stained(cell: Cell, pictured: bool) -> bool:
    return not cell.changed and (pictured or cell.state is State.DOUBTFUL)


def _is_beside(one: tuple[str, Span], other: tuple[str, Span]) -> bool:
    """True if the cells have an edge in common."""
    (table, a), (other_table, b) = one, other
    if table != other_table:
        return False
    if a.top == b.top:
        return a.right + 1 == b.left or b.right + 1 == a.left
    return a.left == b.left and abs(a.top - b.top) == 1


def _prior(cell: Cell, pictured: bool, is_total: bool) -> float:
    if cell.changed:
        return DECIDED
    if cell.state is State.DOUBTFUL:
        often = min(MOST_OFTEN, max(RAREST, 1.0 - cell.reading.confidence))
        return log((1.0 - often) / often)
    if cell.state is State.BLANK:
        return BLANK_PICTURE if pictured else BLANK_CHARACTERS
    if not pictured:
        return CHARACTERS - (TYPED_TOTAL if is_total else 0.0)
    often = min(MOST_OFTEN, max(RAREST, 1.0 - cell.reading.confidence))
    return log((1.0 - often) / often)
