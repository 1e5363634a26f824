"""Formulas of a workbook that are nothing but sums, counted as Excel and WPS count them when they open the file.

Programs that write workbooks often store formulas without their results, or with a placeholder. What is counted here is
``SUM`` over cells, ranges and numbers, and ``+`` and ``-`` between them, on any sheet of the workbook; anything else
has no result. Nobody needs to be asked about such a sum, since it is what the program at the desk will show; it is
unsure only where it counts what one does not see.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from gkdesk.sources.office_zip import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

Slot = tuple[int, int]
"""Row and column of a cell, from 0."""

LONGEST = 1_000
DEEPEST = 40
MOST_STEPS = 300_000
"""Characters of a formula, formulas counted within one another, and cells looked at for all sums of a workbook."""

_LARGEST = Decimal(10) ** 14
_ROWS, _COLUMNS = 1 << 20, 1 << 14
_FIGURE_LIKE = 8
"""Characters up to which a text with a digit in it may be a number that somebody typed as text."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15}))(?![\w.!:%^])"
    r"|(?P<sum>SUM)\s*\("
    r"|(?:(?P<sheet>'(?:[^'\[\]:]|'')+'|[^\W\d][\w.]*)!)?"
    r"(?P<first>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::(?P<last>\$?[A-Z]{1,3}\$?[0-9]{1,7}))?(?![\w(.!:#])"
    r"|(?P<mark>[-+(),]))",
    re.IGNORECASE,
)
_PARTS = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")


class Formula(NamedTuple):
    """The formula of a cell (None: of a kind that is not counted), and by how much it is moved from where it stood."""

    text: str | None
    down: int = 0
    along: int = 0


class Sum(NamedTuple):
    """What a formula comes to; not ``sure`` where it counts cells that are hidden, in doubt or numbers kept as text."""

    value: Decimal
    sure: bool


@dataclass(slots=True)
class Operands:
    """What the formulas of a sheet may count: its numbers and formulas, and the cells that hold something else.

    ``unsure`` are the numbers and formulas that are not seen as they are, ``like_figures`` the texts that look like
    numbers.
    """

    numbers: dict[Slot, Decimal] = field(default_factory=dict)
    formulas: dict[Slot, Formula] = field(default_factory=dict)
    texts: set[Slot] = field(default_factory=set)
    others: set[Slot] = field(default_factory=set)
    unsure: set[Slot] = field(default_factory=set)
    like_figures: set[Slot] = field(default_factory=set)
    _shared: dict[str, tuple[Slot, str]] = field(default_factory=dict)

    def add(self, slot: Slot, cell: _Element, shown: str, unsure: bool, is_date: bool) -> None:
        """A cell element with what is shown of it; ``unsure`` if that is hidden or not what the cell holds."""
        parts = {local_name(child): child for child in cell}
        kind = cell.get("t", "n")
        raw = (parts["v"].text or "").strip() if "v" in parts else ""
        if "f" in parts:
            self.formulas[slot] = self._formula(slot, parts["f"])
            self.unsure.update([slot] if unsure else [])
        if kind in ("s", "inlineStr", "str"):
            self.texts.add(slot)
            if len(shown) <= _FIGURE_LIKE and any(character.isdigit() for character in shown):
                self.like_figures.add(slot)
        elif kind == "n" and raw and not is_date:
            self._number(slot, raw, unsure)
        elif raw:
            self.others.add(slot)

    def _number(self, slot: Slot, raw: str, doubted: bool) -> None:
        try:
            value = Decimal(raw)
        except InvalidOperation:
            value = _LARGEST
        if not value.is_finite() or abs(value) >= _LARGEST:
            self.others.add(slot)
            return
        self.numbers[slot] = Decimal(f"{float(value):.15g}")
        if doubted and value:
            self.unsure.add(slot)

    def _formula(self, slot: Slot, element: _Element) -> Formula:
        text = (element.text or "").strip()
        kind = element.get("t", "normal")
        if kind == "shared" and text:
            self._shared[element.get("si", "")] = (slot, text)
        elif kind == "shared":
            top, text = self._shared.get(element.get("si", ""), (slot, ""))
            return Formula(text or None, slot[0] - top[0], slot[1] - top[1])
        return Formula(text if text and kind in ("normal", "shared") else None)


class _Unknown(Exception):
    """A formula that is not counted."""


class Sums:
    """The sums of a workbook.

    Args:
        sheets: the operands by the name of their sheet, as it stands in the workbook; None for a sheet that was not
            read to its end, or whose name is not its own.
    """

    def __init__(self, sheets: Iterable[tuple[str, Operands | None]]) -> None:
        self._sheets: dict[str, Operands | None] = {}
        for name, operands in sheets:
            key = name.casefold()
            self._sheets[key] = None if key in self._sheets else operands
        self._found: dict[tuple[str, Slot], Sum | None] = {}
        self._steps = MOST_STEPS
        self._depth = 0

    def of(self, sheet: str, slot: Slot) -> Sum | None:
        """What the formula at a slot comes to; None where it is more than a sum, or counts something unknown."""
        key = (sheet.casefold(), slot)
        if key not in self._found:
            # A formula that counts itself finds nothing here yet.
            self._found[key] = None
            with suppress(_Unknown):
                self._found[key] = self._count(*key)
        return self._found[key]

    def _count(self, sheet: str, slot: Slot) -> Sum:
        operands = self._sheets.get(sheet)
        formula = operands.formulas.get(slot) if operands is not None else None
        if formula is None or formula.text is None or len(formula.text) > LONGEST or self._depth >= DEEPEST:
            raise _Unknown
        tokens = list(_tokens(formula.text))
        self._step(len(tokens))
        self._depth += 1
        try:
            reader = _Reader(self, sheet, formula, tokens)
            found = reader.terms()
            if not reader.at_end:
                raise _Unknown
        finally:
            self._depth -= 1
        if abs(found.value) >= _LARGEST:
            raise _Unknown
        return found

    def cell(self, sheet: str, slot: Slot, counts_text: bool) -> Sum:
        """A cell that a formula names: 0 if it is empty. With ``counts_text`` text has no value, else it is passed."""
        self._step(1)
        operands = self._operands(sheet)
        if slot in operands.others or (counts_text and slot in operands.texts):
            raise _Unknown
        if slot in operands.formulas and slot not in operands.texts:
            found = self.of(sheet, slot)
            if found is None:
                raise _Unknown
            return Sum(found.value, found.sure and slot not in operands.unsure)
        if slot in operands.formulas:
            raise _Unknown
        sure = slot not in operands.unsure and slot not in operands.like_figures
        return Sum(operands.numbers.get(slot, Decimal()), sure)

    def area(self, sheet: str, first: Slot, last: Slot) -> Sum:
        """The sum of a range, as ``SUM`` counts it: numbers only."""
        operands = self._operands(sheet)
        total, sure = Decimal(), True
        for slot in self._filled(operands, first, last):
            found = self.cell(sheet, slot, counts_text=False)
            total, sure = total + found.value, sure and found.sure
        return Sum(total, sure)

    def _filled(self, operands: Operands, first: Slot, last: Slot) -> Iterator[Slot]:
        """The filled cells of a range: by its rows and columns or, if it is a large one, among all of the sheet."""
        groups: tuple[Collection[Slot], ...] = (operands.numbers, operands.formulas, operands.texts, operands.others)
        within = (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
        every = sum(len(group) for group in groups)
        self._step(min(within, every))
        if within <= every:
            slots = product(range(first[0], last[0] + 1), range(first[1], last[1] + 1))
            return (slot for slot in slots if any(slot in group for group in groups))
        found = {slot for group in groups for slot in group}
        return (slot for slot in found if first[0] <= slot[0] <= last[0] and first[1] <= slot[1] <= last[1])

    def _operands(self, sheet: str) -> Operands:
        operands = self._sheets.get(sheet)
        if operands is None:
            raise _Unknown
        return operands

    def _step(self, count: int) -> None:
        self._steps -= count
        if self._steps < 0:
            raise _Unknown


class _Reader:
    """Reads the tokens of a formula from left to right, and counts."""

    def __init__(self, sums: Sums, sheet: str, formula: Formula, tokens: list[re.Match[str]]) -> None:
        self._sums, self._sheet, self._formula = sums, sheet, formula
        self._tokens, self._place, self._nested = tokens, 0, 0

    @property
    def at_end(self) -> bool:
        """True once nothing is left."""
        return self._place >= len(self._tokens)

    def terms(self) -> Sum:
        """Operands with plus and minus between them, up to what is neither."""
        value, sure = Decimal(), True
        sign: int | None = self._sign(1)
        while sign is not None:
            found = self._term()
            value, sure = value + sign * found.value, sure and found.sure
            sign = self._sign(None)
        return Sum(value, sure)

    def _sign(self, without: int | None) -> int | None:
        """Plus or minus, of which Excel takes several for one another; ``without`` if there is none."""
        sign = without
        while (mark := self._mark()) in ("+", "-"):
            sign = (sign or 1) * (-1 if mark == "-" else 1)
            self._place += 1
        return sign

    def _term(self) -> Sum:
        token = self._next()
        if token["number"]:
            return Sum(Decimal(token["number"]), True)
        if token["first"]:
            if token["last"]:
                raise _Unknown
            sheet, first, _ = self._reference(token)
            return self._sums.cell(sheet, first, counts_text=True)
        if not token["sum"] and token["mark"] != "(":
            raise _Unknown
        self._nested += 1
        if self._nested > DEEPEST:
            raise _Unknown
        found = self._arguments() if token["sum"] else self.terms()
        if self._next()["mark"] != ")":
            raise _Unknown
        self._nested -= 1
        return found

    def _arguments(self) -> Sum:
        value, sure = Decimal(), True
        while True:
            found = self._argument()
            value, sure = value + found.value, sure and found.sure
            if self._mark() != ",":
                return Sum(value, sure)
            self._place += 1

    def _argument(self) -> Sum:
        """A range or cell by itself, of which texts are passed over, or terms."""
        token = None if self.at_end else self._tokens[self._place]
        behind = self._tokens[self._place + 1]["mark"] if self._place + 1 < len(self._tokens) else None
        if token is None or not token["first"] or behind not in (",", ")"):
            return self.terms()
        self._place += 1
        sheet, first, last = self._reference(token)
        return self._sums.area(sheet, first, last)

    def _reference(self, token: re.Match[str]) -> tuple[str, Slot, Slot]:
        named = token["sheet"]
        if named and named.startswith("'"):
            named = named[1:-1].replace("''", "'")
        first = self._moved(token["first"])
        last = self._moved(token["last"] or token["first"])
        rows, columns = sorted((first[0], last[0])), sorted((first[1], last[1]))
        return (named or self._sheet).casefold(), (rows[0], columns[0]), (rows[1], columns[1])

    def _moved(self, address: str) -> Slot:
        match = _PARTS.fullmatch(address)
        if match is None:
            raise _Unknown
        column = 0
        for letter in match[2].upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        row = int(match[4]) - 1 + (0 if match[3] else self._formula.down)
        column = column - 1 + (0 if match[1] else self._formula.along)
        if not (0 <= row < _ROWS and 0 <= column < _COLUMNS):
            raise _Unknown
        return row, column

    def _mark(self) -> str | None:
        return None if self.at_end else self._tokens[self._place]["mark"]

    def _next(self) -> re.Match[str]:
        if self.at_end:
            raise _Unknown
        self._place += 1
        return self._tokens[self._place - 1]


def _tokens(text: str) -> Iterator[re.Match[str]]:
    text = text.strip().removeprefix("=")
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _Unknown
        yield match
        place = match.end()
