"""How figures are printed: separators, full-width digits, signs, units, and what stands for nothing."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Number, number_text

_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
MARKS_FOR_NOTHING = ("", "/", "—", "-", "无")

MIXTURES = ("rows", "groups", "tables", "columns", "few", "cells")
"""Ways of mixing several marks for a zero, as people fill in a form.

``rows``: another mark where nothing is in the whole row (the outer rows of 表三 apart); ``groups``, ``tables``,
``columns``: groups of rows, tables or columns filled in by several people, each in their own way; ``few``: one zero in
fifteen is another; ``cells``: each by chance, which nobody does, and which is the hardest to read.
"""

_FEW = 15


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """Habits of one report.

    Attributes:
        zero: what is printed for a zero in 表三 and 表四; several: which of them where is told by ``mixed``.
        zero_disclosed: the same for 表二.
        mixed: how several marks are mixed, see :data:`MIXTURES`.
        grouped: thousands separators.
        full_width: full-width digits in 表二.
        plus: a leading "+" on increases.
        units: text printed behind the figure, by cell id.
        blank_totals: the 总计 column of the detail rows of 表三 is left blank.
        last_only: the detail rows of 表三 have a figure in the 总计 column only.
    """

    zero: tuple[str, ...] = ("0",)
    zero_disclosed: tuple[str, ...] = ("0",)
    mixed: str = "cells"
    grouped: bool = False
    full_width: bool = False
    plus: bool = False
    units: dict[str, str] = field(default_factory=dict)
    blank_totals: bool = False
    last_only: bool = False


_OUTER_ROWS = ("new", "carried_in", "total", "carried_out")


def print_figures(figures: dict[CellRef, Number], style: NumberStyle, seed: int) -> dict[CellRef, str]:
    """The text of every cell."""
    rng = random.Random(seed)
    zeros = _Zeros(figures, style, rng)
    return {ref: _text(ref, value, style, zeros) for ref, value in figures.items()}


def read_truth(figures: dict[CellRef, Number], texts: dict[CellRef, str]) -> dict[CellRef, Number | None]:
    """What is printed, as figures: None where nothing or a mark for nothing stands."""
    return {ref: None if texts[ref] in MARKS_FOR_NOTHING else value for ref, value in figures.items()}


class _Zeros:
    """What stands for the zero of each cell."""

    def __init__(self, figures: dict[CellRef, Number], style: NumberStyle, rng: random.Random) -> None:
        self._style = style
        self._rng = rng
        self._filled = {(ref.table, ref.row) for ref, value in figures.items() if value}
        self._chosen: dict[tuple[str, ...], str] = {}

    def at(self, ref: CellRef) -> str:
        marks = self._style.zero_disclosed if ref.table == "t2" else self._style.zero
        if self._style.mixed == "rows":
            filled = (ref.table, ref.row) in self._filled or (ref.table == "t3" and ref.row in _OUTER_ROWS)
            return marks[0 if filled else -1]
        if self._style.mixed == "few":
            return marks[-1 if self._rng.randrange(_FEW) == 0 else 0]
        part = _part(ref, self._style.mixed)
        if not part:
            return self._rng.choice(marks)
        if part not in self._chosen:
            self._chosen[part] = self._rng.choice(marks)
        return self._chosen[part]


def _part(ref: CellRef, mixed: str) -> tuple[str, ...]:
    """The part of the form, to which a cell belongs, whose zeros are all written alike."""
    parts = {
        "groups": (ref.table, ref.row.partition("_")[0]),
        "tables": (ref.table,),
        "columns": (ref.table, ref.column),
    }
    return parts.get(mixed, ())


def _text(ref: CellRef, value: Number, style: NumberStyle, zeros: _Zeros) -> str:
    detail = ref.table == "t3" and ref.row not in _OUTER_ROWS
    if style.blank_totals and detail and ref.column == "total":
        return ""
    if style.last_only and ref.table == "t3" and ref.row not in ("new", "carried_in") and ref.column != "total":
        return ""
    text = zeros.at(ref) if value == 0 else f"{value:,}" if style.grouped else number_text(value)
    if style.plus and ref.column == "items_change" and value > 0:
        text = f"+{text}"
    if style.full_width and ref.table == "t2":
        text = text.translate(_FULL_WIDTH)
    return text + style.units.get(str(ref), "")
