"""Template workbooks: the program's own or an office's own; any workbook that names every value cell by its id.

openpyxl keeps cells, styles, merges, names, validations, conditional formats and print set-up of a template; drawings
other than plain pictures it cannot keep.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from gkdesk import messages, paths
from gkdesk.errors import ExportError
from gkdesk.model.cellref import CellRef
from gkdesk.model.spec import FormSpec

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

UNREADABLE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl and its parsers raise on files that are no sound workbooks (XML errors are SyntaxErrors)."""

LARGEST = 256 * 1024 * 1024
"""Bytes a workbook may unpack to."""

_TARGET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a workbook; row and column count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """Such as ``B5``."""
        return f"{column_letters(self.column)}{self.row}"


Slots = Mapping[str, Slot]
"""Where the named cells are, by name in lower case (names in workbooks know no case)."""


def column_letters(column: int) -> str:
    """1 is ``A``, 27 is ``AA``."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def own_template(edition: str) -> Path:
    """The template that comes with the program."""
    return paths.resources() / "templates" / f"{edition}.xlsx"


def open_template(path: Path | None, spec: FormSpec) -> tuple[Workbook, dict[str, Slot]]:
    """The template as a workbook to fill, and its named cells; raises :class:`ExportError` if it cannot serve."""
    if path is None and not own_template(spec.edition).is_file():
        raise ExportError("export.template-missing", edition=spec.edition)
    source = path or own_template(spec.edition)
    try:
        workbook = load_workbook(source.read_bytes())
    except UNREADABLE as error:
        raise ExportError("export.template-broken", name=source.name) from error
    slots = find_slots(workbook)
    _require_all(spec, slots, source.name)
    return workbook, slots


def load_workbook(data: bytes, values: bool = False) -> Workbook:
    """The workbook in ``data``, formulas as such or as the values last saved; raises one of :data:`UNREADABLE`."""
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST:
            raise ValueError("the workbook unpacks to too much")
    with warnings.catch_warnings():
        # openpyxl warns of extensions it drops; that is no news for the person at the desk.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def find_slots(workbook: Workbook) -> dict[str, Slot]:
    """Every name of the workbook or of a sheet that stands for a cell of a sheet; the top left one of a range."""
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    names = [*workbook.defined_names.values()]
    for sheet in workbook.worksheets:
        names += sheet.defined_names.values()
    found: dict[str, Slot] = {}
    for name in names:
        match = _TARGET.fullmatch(str(name.attr_text or "").strip())
        if match is None:
            continue
        quoted, bare, letters, row = match.groups()
        title = quoted.replace("''", "'") if quoted else bare
        if title in sheets and int(row) > 0:
            found[name.name.lower()] = _top_left(sheets[title], int(row), _column(letters))
    return found


def slot_of(slots: Slots, ref: CellRef) -> Slot | None:
    """Where the cell is, or None."""
    return slots.get(str(ref).lower())


def cell_at(workbook: Workbook, slot: Slot) -> Cell:
    """The cell a slot names."""
    return sheet_cell(workbook[slot.sheet], slot.row, slot.column)


def sheet_cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell at ``row`` and ``column``, both from 1; a slot never lies inside a merged range but at its top left."""
    return cast("Cell", sheet.cell(row, column))


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _top_left(sheet: Worksheet, row: int, column: int) -> Slot:
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return Slot(sheet.title, area.min_row, area.min_col)
    return Slot(sheet.title, row, column)


def _require_all(spec: FormSpec, slots: Slots, name: str) -> None:
    missing = [ref for ref in spec.refs() if slot_of(slots, ref) is None]
    if missing:
        raise ExportError(
            "export.template-incomplete", name=name, count=len(missing), cells=_words(spec, missing[:_SHOWN])
        )
    taken: dict[Slot, CellRef] = {}
    for ref in spec.refs():
        slot = slot_of(slots, ref)
        if slot is not None and taken.setdefault(slot, ref) != ref:
            raise ExportError("export.template-ambiguous", name=name, cells=_words(spec, [taken[slot], ref]))


def _words(spec: FormSpec, refs: Iterable[CellRef]) -> str:
    return messages.text("workbook.joint").join(spec.cell_words(ref) for ref in refs)
