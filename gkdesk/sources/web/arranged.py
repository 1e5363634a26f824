"""Tables of a web page that are none in its marks: boxes laid out as a grid, and lists that name each figure's column.

A grid counts where its boxes, in their order, fill all its rows without a gap, as the cells of a table do. A list
counts where each of its terms is followed by the same names with a figure each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gkdesk.sources.flow import CellDraft, Flow

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOVES = frozenset({"grid-area", "order", "grid-auto-flow", "grid-template", "grid", "direction"})
"""What may put boxes elsewhere than in their turn, in ways that are not followed."""
PROPERTIES = frozenset({"grid-template-columns", "grid-row", "grid-column"}) | _MOVES

_FEWEST = 2
"""Rows and columns of a table, and terms of a list."""
_MOST = 3_000
"""Boxes of a grid that are looked at, and slots that they fill: a box may be said to span a million of them."""
_REPEATED = re.compile(r"repeat\(\s*(\d{1,3})\s*,([^()]|\([^()]*\))*\)")
_NESTED = re.compile(r"\([^()]*\)")
_FROM = re.compile(r"(?P<first>\d{1,4})(?:\s*/\s*(?:span\s+(?P<span>\d{1,3})|(?P<last>\d{1,4})))?")
_SPAN = re.compile(r"(?:auto\s*/\s*)?span\s+(\d{1,3})(?:\s*/\s*auto)?")
_NAMED = re.compile(r"\s*(\D{1,20}?)\s*[:：]\s*(.{0,20}?)\s*", re.DOTALL)

Declared = Callable[["_Element"], Mapping[str, str]]
IsShown = Callable[["_Element"], bool]


class Area(NamedTuple):
    """Where a cell stands, from 0, and how many rows and columns it takes."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Arranged(NamedTuple):
    """The cells of such a table in their order, and the names of its columns where they stand in no cell."""

    cells: tuple[tuple[_Element, Area], ...]
    names: tuple[str, ...] = ()


class ArrangedTables:
    """The tables of one page that its marks do not name, while the page is walked."""

    def __init__(self) -> None:
        self._areas: dict[_Element, Area | None] = {}
        self._rows = 0

    def __contains__(self, element: _Element) -> bool:
        """True for a table that is open, and its cells."""
        return element in self._areas

    def is_cell(self, element: _Element) -> bool:
        """True for a cell of the table that is open."""
        return self._areas.get(element) is not None

    def table(self, element: _Element, declared: Declared, is_shown: IsShown) -> bool:
        """True if an element is such a table; its cells are known from here on."""
        is_grid = element.tag != "dl" and declared(element).get("display") in ("grid", "inline-grid")
        found = list_of(element, is_shown) if element.tag == "dl" else None
        found = grid_of(element, declared, is_shown) if is_grid else found
        if found is None:
            return False
        self._areas = {element: None, **dict(found.cells)}
        self._names = found.names
        return True

    def open_table(self, flow: Flow) -> None:
        """The table starts, with the names of its columns."""
        flow.open_table()
        self._rows = int(bool(self._names))
        for name in self._names:
            flow.open_cell()
            flow.text(name)
            flow.close_cell()

    def open_cell(self, flow: Flow, element: _Element) -> CellDraft | None:
        """A cell of the table starts; None for the table itself."""
        area = self._areas[element]
        if area is None:
            return None
        while self._rows <= area.row:
            flow.open_row()
            self._rows += 1
        return flow.open_cell(area.rows, area.columns)

    def close(self, flow: Flow, element: _Element) -> bool:
        """The table or a cell of it ends; True for the table."""
        if self._areas[element] is not None:
            flow.close_cell()
            return False
        self._areas = {}
        flow.close_table()
        return True


def grid_of(element: _Element, declared: Declared, is_shown: IsShown) -> Arranged | None:
    """The table that the boxes of an element laid out as a grid are; None if they are no table."""
    boxes = [box for box in element if isinstance(box.tag, str)]
    width = _width(declared(element).get("grid-template-columns", ""))
    if not _FEWEST <= len(boxes) <= _MOST or any((text or "").strip() for text in _between(element)):
        return None
    filled: dict[tuple[int, int], bool] = {}
    cells: list[tuple[_Element, Area]] = []
    areas = [area for box in boxes if is_shown(box) and (area := _told(declared(box))) is not None]
    if len(areas) < len(boxes) or not is_shown(element) or _MOVES & declared(element).keys():
        return None
    width = max([width, *(area.column + area.columns for area in areas)])
    row = 0
    for box, area in zip(boxes, areas, strict=True):
        here = _next_free(filled, width, row)
        if (area.row >= 0) != (area.column >= 0) or (area.row >= 0 and (area.row, area.column) != here):
            return None
        row = here[0]
        placed = Area(*here, area.rows, area.columns)
        if len(filled) + placed.rows * placed.columns > _MOST:
            return None
        slots = [(y, x) for y in range(row, row + placed.rows) for x in range(here[1], here[1] + placed.columns)]
        if here[1] + placed.columns > width or any(slot in filled for slot in slots):
            return None
        filled.update(dict.fromkeys(slots, True))
        cells.append((box, placed))
    height = max(y for y, _ in filled) + 1
    whole = len(filled) == height * width and min(height, width) >= _FEWEST
    return Arranged(tuple(cells)) if whole else None


def list_of(element: _Element, is_shown: IsShown) -> Arranged | None:
    """The table that a list of terms is, if every term is followed by the same named figures; None if it is none.

    The names are taken out of the list: they are those of the columns.
    """
    items = [item for item in element if isinstance(item.tag, str)]
    if not items or items[0].tag != "dt" or any(item.tag not in ("dt", "dd") or not is_shown(item) for item in items):
        return None
    rows: list[list[_Element]] = []
    for item in items:
        if item.tag == "dt":
            rows.append([])
        rows[-1].append(item)
    found = [[_named(item) for item in row[1:]] for row in rows]
    names = [tuple(name for name, _ in row) for row in found if row]
    if len(names) < _FEWEST or len(set(names)) > 1 or len(set(names[0])) < max(len(names[0]), _FEWEST):
        return None
    if "" in names[0]:
        return None
    cells: list[tuple[_Element, Area]] = []
    for number, (row, named) in enumerate(zip(rows, found, strict=True), start=1):
        cells.append((row[0], Area(number, 0, 1, 1 if named else len(names[0]) + 1)))
        for column, (item, (_, figure)) in enumerate(zip(row[1:], named, strict=True), start=1):
            item.text = figure
            cells.append((item, Area(number, column)))
    return Arranged(tuple(cells), ("", *names[0]))


def _named(item: _Element) -> tuple[str, str]:
    """The name and the figure of an item; empty ones if it is anything else."""
    match = _NAMED.fullmatch(item.text or "") if len(item) == 0 else None
    return (match[1], match[2]) if match is not None else ("", "")


def _between(element: _Element) -> list[str | None]:
    return [element.text, *(child.tail for child in element)]


def _width(columns: str) -> int:
    """How many columns a template names; 0 if it cannot be told."""
    spread = _REPEATED.sub(lambda match: " 1fr" * int(match[1]), columns)
    if "(" in _NESTED.sub("", spread) or "repeat" in spread or "[" in spread or spread == "none":
        return 0
    return len(_NESTED.sub("", spread).split())


def _told(declared: Mapping[str, str]) -> Area | None:
    """Where a box is said to stand (-1: in its turn), and its spans; None if it cannot be told."""
    if declared.get("display") in ("none", "contents") or _MOVES & declared.keys():
        return None
    row, column = _line(declared.get("grid-row", "")), _line(declared.get("grid-column", ""))
    if row is None or column is None:
        return None
    return Area(row[0], column[0], row[1], column[1])


def _line(value: str) -> tuple[int, int] | None:
    if value in ("", "auto", "auto / auto"):
        return -1, 1
    spanned = _SPAN.fullmatch(value)
    if spanned is not None:
        return -1, max(1, int(spanned[1]))
    match = _FROM.fullmatch(value)
    if match is None:
        return None
    first = int(match["first"])
    size = int(match["span"] or 0) or (int(match["last"]) - first if match["last"] else 1)
    return (first - 1, size) if first >= 1 and size >= 1 else None


def _next_free(filled: Mapping[tuple[int, int], bool], width: int, row: int) -> tuple[int, int]:
    """The first slot from a row on that nothing takes."""
    column = 0
    while width and (row, column) in filled:
        column += 1
        if column == width:
            row, column = row + 1, 0
    return row, column
