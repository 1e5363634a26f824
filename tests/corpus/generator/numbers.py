"""How figures are printed: separators, full-width digits, signs, units, and what stands for nothing."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Number, number_text

_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
MARKS_FOR_NOTHING = ("", "/", "—", "-", "无")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """Habits of one report.

    Attributes:
        zero: what is printed for a zero in 表三 and 表四; several: one is chosen for each zero.
        zero_disclosed: the same for 表二.
        grouped: thousands separators.
        full_width: full-width digits in 表二.
        plus: a leading "+" on increases.
        units: text printed behind the figure, by cell id.
        blank_totals: the 总计 column of the detail rows of 表三 is left blank.
        last_only: the detail rows of 表三 have a figure in the 总计 column only.
    """

    zero: tuple[str, ...] = ("0",)
    zero_disclosed: tuple[str, ...] = ("0",)
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
    return {ref: _text(ref, value, style, rng) for ref, value in figures.items()}


def read_truth(figures: dict[CellRef, Number], texts: dict[CellRef, str]) -> dict[CellRef, Number | None]:
    """What is printed, as figures: None where nothing or a mark for nothing stands."""
    return {ref: None if texts[ref] in MARKS_FOR_NOTHING else value for ref, value in figures.items()}


def _text(ref: CellRef, value: Number, style: NumberStyle, rng: random.Random) -> str:
    detail = ref.table == "t3" and ref.row not in _OUTER_ROWS
    if style.blank_totals and detail and ref.column == "total":
        return ""
    if style.last_only and ref.table == "t3" and ref.row not in ("new", "carried_in") and ref.column != "total":
        return ""
    if value == 0:
        text = rng.choice(style.zero_disclosed if ref.table == "t2" else style.zero)
    else:
        text = f"{value:,}" if style.grouped else number_text(value)
    if style.plus and ref.column == "items_change" and value > 0:
        text = f"+{text}"
    if style.full_width and ref.table == "t2":
        text = text.translate(_FULL_WIDTH)
    return text + style.units.get(str(ref), "")
