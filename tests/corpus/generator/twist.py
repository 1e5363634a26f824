"""Habits that change what a table looks like or holds, whatever the file format: what they are and what they hide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import Number


@dataclass(frozen=True, slots=True)
class Twist:
    """One habit of one report.

    Attributes:
        kind: a key of ``KINDS``.
        at: ids of the rows, columns or cells it is about, or the label.
        text: what it adds or puts instead.
    """

    kind: str
    at: tuple[str, ...] = ()
    text: str = ""


GRIDS = ("html", "docx", "pdf", "chromium", "doc", "rtf", "xlsx", "xls", "ofd", "markdown", "tabbed", "extractor")
TABLES = (*GRIDS, "text")
_WEB = ("html", "chromium")
_WORD = ("docx", "pdf", "doc", "rtf")
_BOOK = ("xlsx",)

KINDS: dict[str, tuple[str, ...]] = {
    "rows-swapped": TABLES,
    "groups-swapped": TABLES,
    "columns-swapped": TABLES,
    "total-first": TABLES,
    "outcomes-swapped": TABLES,
    "subtotal-column": TABLES,
    "line-column": TABLES,
    "serial-column": GRIDS,
    "remark-column": GRIDS,
    "number-row": GRIDS,
    "row-lost": TABLES,
    "row-doubled": TABLES,
    "row-doubled-other": TABLES,
    "last-year-after": TABLES,
    "last-year-before": TABLES,
    "department-after": TABLES,
    "second-unnamed": TABLES,
    "two-reports": (*_WEB, *_WORD, "text", "tabbed", "markdown", "extractor"),
    "tall-headings": (*_WEB, *_WORD, "xlsx", "xls", "ofd", "extractor"),
    "misprinted-label": TABLES,
    "stale-prose": TABLES,
    "note-mark": TABLES,
    "remark": TABLES,
    "unit": TABLES,
    "superscript": (*_WEB, *_WORD, *_BOOK),
    "struck": (*_WEB, *_WORD, *_BOOK),
    "white": (*_WEB, *_WORD, *_BOOK),
    "hidden": (*_WEB, *_WORD),
    "tracked": (*_WEB, *_WORD),
    "nested": (*_WEB, *_WORD),
    "boxed": _WORD,
    "joined": ("text",),
    "number-format": _BOOK,
    "hidden-row": (*_WEB, *_BOOK),
    "hidden-column": _BOOK,
    "hidden-sheet-first": (*_BOOK, "xls"),
    "formula-without-value": _BOOK,
}
"""Every habit with the families whose writers have it."""

BESIDE = ("superscript", "struck", "white", "hidden", "tracked", "nested", "boxed")
"""Habits of single cells: something stands beside the figure that is not part of it."""
COLUMNS_MOVED = ("columns-swapped", "total-first", "subtotal-column", "line-column")
SECOND_TABLES = ("last-year-after", "last-year-before", "department-after", "second-unnamed")
TELLING_FORMATS = ("#,##0", '0"件"', "0.00")
"""Number formats that show the stored figure; others round, scale or hide it."""


def add_marks(texts: Mapping[CellRef, str], twists: Iterable[Twist]) -> dict[CellRef, str]:
    """The texts of the cells with what some habits write behind the figures."""
    marked = dict(texts)
    for twist in twists:
        if twist.kind in ("note-mark", "remark", "unit"):
            for name in twist.at:
                marked[CellRef.parse(name)] += twist.text
    return marked


def uncertain(twists: Iterable[Twist], values: Mapping[CellRef, Number | None]) -> tuple[str, ...]:
    """Cells that must not come out as read: their figure is not there, cannot be told, or must be looked at."""
    found: list[str] = []
    for twist in twists:
        if twist.kind in ("note-mark", "remark", "unit", "superscript"):
            found += twist.at
        if twist.kind in ("row-lost", "row-doubled-other", "joined"):
            found += [str(ref) for ref in values if ref.table == "t3" and ref.row in twist.at]
        if twist.kind == "number-format" and twist.text not in TELLING_FORMATS:
            found += twist.at
    return tuple(found)


def adds_up(ref: CellRef, values: Mapping[CellRef, Number | None]) -> bool:
    """True for a cell of a 总计 column of 表三 or 表四 that is the sum of its row."""
    if ref.column != "total" or ref.table == "t2":
        return False
    parts = [value for other, value in values.items() if other[:2] == ref[:2] and other != ref]
    return sum(value or 0 for value in parts) == values[ref]
