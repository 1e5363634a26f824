"""Errors put into consistent forms as readers and typists make them, and whether the diagnosis finds them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gkdesk.checks.diagnose import diagnose
from gkdesk.checks.repair.misreading import COUNTED
from gkdesk.checks.run import check
from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Finding, Proposal
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import Number, Reading, State, number
from gkdesk.model.review import Extracted
from gkdesk.model.spec import FormSpec, load_editions
from gkdesk.model.witness import Claim, Witness

Figures = Mapping[CellRef, Number]

MOST_TAKEN = max(
    sum(count for pair, count in COUNTED.items() if pair[0] == digit) for digit in {pair[0] for pair in COUNTED}
)
"""How often the digit that is misread most was misread."""

OUTCOMES = ("upheld", "corrected", "other", "pending", "total")


@dataclass(frozen=True)
class Outcome:
    """Whether the truth was proposed: first everywhere, somewhere in every list, as the only thing there."""

    first: bool
    among: bool
    unique: bool


def form_of(figures: Figures, edition: str) -> FilledForm:
    """A form read without doubt."""
    spec = load_editions()[edition]
    refs = [*spec.refs(), *(ref for ref in figures if ref.row == "closed" and edition == "2021")]
    return FilledForm(edition, [Cell(ref, number(figures[ref]) if ref in figures else _missing()) for ref in refs])


def _missing() -> Reading:
    return Reading(State.MISSING, confidence=0.0)


def misread(rng: random.Random, value: Number) -> Reading:
    """A count misread: a digit changed, lost, added, two exchanged, or the whole figure lost. Never the same count."""
    digits = str(value)
    while True:
        kind = rng.choice(("change", "lose", "add", "exchange", "vanish"))
        place = rng.randrange(len(digits))
        if kind == "vanish":
            if value:
                return Reading(State.BLANK)
            continue
        wrong = _slip(rng, kind, digits, place)
        if wrong and int(wrong) != value:
            return number(int(wrong))


def misrecognised(rng: random.Random, value: Number) -> Reading:
    """A count misread as recognition of scans does: slips and pairs of digits as often as they were counted."""
    digits = str(value)
    while True:
        (kind,) = rng.choices(("change", "double", "lose", "vanish"), (57, 11, 10, 7))
        place = rng.randrange(len(digits))
        wrong = digits[:place] + digits[place + 1 :]
        if kind == "vanish" and value:
            return Reading(State.BLANK)
        if kind == "double":
            wrong = digits[: place + 1] + digits[place:]
        if kind == "change":
            taken = {pair[1]: count for pair, count in COUNTED.items() if pair[0] == digits[place]}
            if not taken or rng.random() >= sum(taken.values()) / MOST_TAKEN:
                continue
            (digit,) = rng.choices(list(taken), list(taken.values()))
            wrong = digits[:place] + digit + digits[place + 1 :]
        if wrong and int(wrong) != value:
            return number(int(wrong))


def _slip(rng: random.Random, kind: str, digits: str, place: int) -> str:
    digit = rng.choice("0123456789")
    if kind == "change":
        return digits[:place] + digit + digits[place + 1 :]
    if kind == "lose":
        return digits[:place] + digits[place + 1 :]
    if kind == "add":
        return digits[:place] + digit + digits[place:]
    return digits[:place] + digits[place + 1 : place + 2] + digits[place] + digits[place + 2 :]


def uniform(rng: random.Random, rows: Sequence[Sequence[CellRef]], count: int) -> list[CellRef]:
    """Cells anywhere."""
    return rng.sample([ref for row in rows for ref in row], count)


def same_row(rng: random.Random, rows: Sequence[Sequence[CellRef]], count: int) -> list[CellRef]:
    """Cells of one row: a line that touches the figures."""
    return rng.sample(list(rng.choice(rows)), count)


def same_column(rng: random.Random, rows: Sequence[Sequence[CellRef]], count: int) -> list[CellRef]:
    """Cells of one column: a smudge down the page."""
    return rng.sample(list(rng.choice(list(zip(*rows, strict=True)))), count)


def adjacent(rng: random.Random, rows: Sequence[Sequence[CellRef]], count: int) -> list[CellRef]:
    """Cells that touch: a stain."""
    row, column = rng.randrange(len(rows)), rng.randrange(len(rows[0]))
    found = {(row, column)}
    while len(found) < count:
        row, column = rng.choice(sorted(found))
        down, right = rng.choice(((0, 1), (0, -1), (1, 0), (-1, 0)))
        if 0 <= row + down < len(rows) and 0 <= column + right < len(rows[0]):
            found.add((row + down, column + right))
    return [rows[row][column] for row, column in sorted(found)]


KINDS: dict[str, Callable[[random.Random, Sequence[Sequence[CellRef]], int], list[CellRef]]] = {
    "uniform": uniform,
    "same row": same_row,
    "same column": same_column,
    "adjacent": adjacent,
}


def rows_of(form: FilledForm, spec: FormSpec, table: str) -> list[list[CellRef]]:
    """The cells of a table that a report fills, row by row."""
    rows: dict[str, list[CellRef]] = {}
    for ref in spec.refs_of(form):
        if ref.table == table:
            rows.setdefault(ref.row, []).append(ref)
    return list(rows.values())


def with_errors(form: FilledForm, errors: Mapping[CellRef, Reading]) -> FilledForm:
    """The form read wrongly in some cells."""
    return FilledForm(form.edition, [Cell(c.ref, errors.get(c.ref, c.reading)) for c in form])


@dataclass(frozen=True)
class Examined:
    """A report after all rules, ready to be diagnosed."""

    form: FilledForm
    extracted: Extracted
    spec: FormSpec
    findings: tuple[Finding, ...]

    def diagnosed(self, kind: str = "picture") -> tuple[Finding, ...]:
        """The findings with proposals."""
        return diagnose(self.findings, self.extracted, self.form, self.spec, kind)


def examined(form: FilledForm, witnesses: Sequence[Witness] = ()) -> Examined:
    """A form with what the prose says about it."""
    spec = load_editions()[form.edition]
    extracted = Extracted(form, form.edition, None, None, "", witnesses=tuple(witnesses))
    return Examined(form, extracted, spec, check(extracted, form, spec))


def outcome(findings: Sequence[Finding], truth: Figures, wrong: set[CellRef]) -> Outcome:
    """How the proposals compare with the ``wrong`` cells put right."""
    lists = [repairs for proposals in _lists(findings) if (repairs := [one for one in proposals if one.changes])]
    firsts: dict[CellRef, Number] = {}
    anywhere: set[CellRef] = set()
    for repairs in lists:
        firsts |= dict(repairs[0].changes)
        right = [one for one in repairs if all(ref in wrong and truth[ref] == value for ref, value in one.changes)]
        anywhere |= {ref for ref, _ in max(right, key=lambda one: len(one.changes)).changes} if right else set()
    first = firsts == {ref: truth[ref] for ref in wrong}
    return Outcome(first, anywhere == wrong, first and all(len(repairs) == 1 for repairs in lists))


def _lists(findings: Sequence[Finding]) -> list[tuple[Proposal, ...]]:
    """The different lists of proposals; those that follow from the others (cells without a figure) by themselves."""
    found: dict[tuple[tuple[tuple[CellRef, Number], ...], ...], tuple[Proposal, ...]] = {}
    for finding in findings:
        for deduced in (False, True):
            part = tuple(one for one in finding.proposals if (one.reason == "deduced") == deduced)
            found.setdefault(tuple(one.changes for one in part), part)
    return list(found.values())


def prose_about_suits(figures: Figures) -> tuple[Witness, ...]:
    """What the running text usually repeats of 表四: reviews one by one, the two kinds of suits added up."""
    found = []
    for outcome_id in OUTCOMES:
        review = CellRef("t4", "review", outcome_id)
        suits = (CellRef("t4", "direct", outcome_id), CellRef("t4", "after_review", outcome_id))
        for cells in ((review,), suits):
            value = sum(figures[ref] for ref in cells)
            found.append(Witness("overview", "", str(value), value, (Claim("cell", cells),)))
    return tuple(found)
