"""The cells of a workbook's sheets as text, straight from the parts of the file.

Read here and not through a spreadsheet library, because a reader that stops at its bounds needs the cells one by one,
and because a formula and its last result stand side by side in the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gkdesk.errors import SourceError
from gkdesk.sources.flow import fold, raised
from gkdesk.sources.office.cell_styles import CellStyle, colour_in, read_styles
from gkdesk.sources.office.number_formats import ODD, shown_number
from gkdesk.sources.office.plain_sums import Operands, Slot
from gkdesk.sources.office_zip import OfficeZip, local_name, safe_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_CELLS = 20_000
MOST_ROWS = 20_000
MOST_MERGES = 3_000
"""Filled cells, rows (empty ones with a format included) and merged ranges of a sheet that are read."""

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_MERGE = re.compile(rb"""<(?:[A-Za-z]\w*:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([$A-Za-z0-9:]+)["']""")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
HIDDEN = "hidden-content"
"""The doubt about what stands in a hidden row, column or sheet."""

UNSEEN = "hidden-text"
"""The doubt about text in the colour of its ground."""

_WORD = re.compile(r"[^\W\d_]")
_OFF = frozenset({"", "0", "false"})


class Range(NamedTuple):
    """A range of cells, all four counted from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


class SheetCell(NamedTuple):
    """A filled cell: its text, and the code of a doubt or an empty string."""

    text: str
    doubt: str


class Calculation(NamedTuple):
    """When the programs of an office count the formulas of a workbook: by themselves, and anew on opening it."""

    automatic: bool = True
    on_opening: bool = False


@dataclass(slots=True)
class Sheet:
    """The filled cells of a sheet by row and column (from 0), its merged ranges, and what is not shown."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hides_cells: bool = False
    hides_zeros: bool = False
    truncated: bool = False
    operands: Operands = field(default_factory=Operands)
    formats: dict[Slot, str] = field(default_factory=dict)
    """The number formats of the cells with formulas."""
    calculation: Calculation = field(default_factory=Calculation)
    sums_counted: int = 0

    def doubted(self, cell: SheetCell, unseen: bool) -> SheetCell:
        """The cell with a doubt if it stands where nobody sees it, or is a zero of a sheet that shows none."""
        if cell.doubt:
            return cell
        if unseen or self.hidden:
            return SheetCell(cell.text, HIDDEN)
        return SheetCell(cell.text, ODD) if self.hides_zeros and cell.text == "0" else cell

    def clear_hidden_doubles(self) -> None:
        """Empties hidden rows whose words all stand in shown cells too: somebody's older row of the same name.

        Other hidden rows stay, with their doubt: a report may fold away the rows that hold nothing.
        """
        shown = {cell.text for row in self.rows.values() for cell in row.values() if cell.doubt != HIDDEN}
        for row in self.rows.values():
            words = {cell.text for cell in row.values() if _WORD.search(cell.text)}
            if words and words <= shown and all(cell.doubt == HIDDEN for cell in row.values() if cell.text):
                row.update((column, SheetCell("", "")) for column in row)


def read_sheets(container: OfficeZip) -> Iterator[Sheet]:
    """The work sheets in the order of their tabs; raises ``SourceError`` if the workbook is damaged."""
    main = container.main_part("xl/workbook.xml")
    book = container.xml(main)
    relations = container.relations(main)
    parts = {kind: target for kind, target in relations.values() if target in container.names}
    from_1904 = any(
        element.get("date1904", "") not in _OFF for element in book.iter() if local_name(element) == "workbookPr"
    )
    calculation = _calculation(book)
    styles = read_styles(container.xml(parts["styles"])) if "styles" in parts else []
    values = _Values(_strings(container, parts), styles, from_1904)
    for element in book.iter():
        if local_name(element) != "sheet":
            continue
        kind, target = relations.get(_relation_id(element), ("", ""))
        if kind == "worksheet" and target in container.names:
            sheet = Sheet(element.get("name") or "", element.get("state", "visible") != "visible")
            sheet.calculation = calculation
            _read_cells(container.part(target), sheet, values)
            yield sheet


def _calculation(book: _Element) -> Calculation:
    for element in book.iter():
        if local_name(element) == "calcPr":
            exact = element.get("fullPrecision", "1") not in _OFF
            automatic = element.get("calcMode", "auto") != "manual" and element.get("iterate", "") in _OFF
            return Calculation(exact and automatic, element.get("fullCalcOnLoad", "") not in _OFF)
    return Calculation()


def address(row: int, column: int) -> str:
    """The address of a cell, as ``B5`` for row 4 and column 1."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


@dataclass(frozen=True, slots=True)
class _Values:
    """What it takes to turn the content of a cell element into text."""

    strings: list[_RichText]
    styles: list[CellStyle]
    from_1904: bool

    def cell(self, element: _Element, style: CellStyle) -> SheetCell:
        cell = self._shown(element, style)
        return SheetCell(cell.text, UNSEEN) if style.unseen and cell.text and not cell.doubt else cell

    def _shown(self, element: _Element, style: CellStyle) -> SheetCell:
        parts = {local_name(child): child for child in element}
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return _rich_text(parts["is"]).on(style.ground) if "is" in parts else SheetCell("", "")
        raw = (parts["v"].text or "").strip() if "v" in parts else ""
        if not raw:
            unknown = "f" in parts and kind != "str"
            return SheetCell("", "formula-without-value" if unknown else "")
        if kind == "s":
            index = int(raw) if raw.isdecimal() else -1
            return self.strings[index].on(style.ground) if 0 <= index < len(self.strings) else SheetCell("", "")
        if kind == "b":
            return SheetCell("FALSE" if raw in _OFF else "TRUE", "")
        if kind in ("str", "e", "d"):
            return SheetCell(shown_text(raw), "")
        date = date_text(raw, self.from_1904) if style.is_date else ""
        return SheetCell(date, "") if date else SheetCell(*shown_number(number_text(raw), style.code))

    def style(self, number: str) -> CellStyle:
        return self.styles[int(number)] if number.isdecimal() and int(number) < len(self.styles) else CellStyle()


def _read_cells(data: bytes, sheet: Sheet, values: _Values) -> None:
    from lxml import etree

    # Merged ranges stand behind the rows, which are not always read to their end.
    found = islice(_MERGE.finditer(safe_xml(data)), MOST_MERGES)
    sheet.merges.extend(merge for match in found for merge in _ranges(match.group(1).decode()))
    hidden_columns: list[tuple[int, int]] = []
    number, rows, room = -1, 0, MOST_CELLS
    try:
        for _, element in etree.iterparse(io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True):
            name = local_name(element)
            if name == "sheetView":
                sheet.hides_zeros |= element.get("showZeros", "1") in _OFF
            elif name == "col" and _is_hidden(element, "width"):
                hidden_columns.append((_whole(element.get("min")) - 1, _whole(element.get("max")) - 1))
            elif name == "row":
                number = _row_number(element, number)
                rows += 1
                room -= _read_row(element, number, sheet, values, hidden_columns)
                _forget(element)
                if room < 0 or rows > MOST_ROWS:
                    sheet.truncated = room < 0 or _values_in(data) > MOST_CELLS - room
                    break
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError("source.broken") from error


def _read_row(
    element: _Element, number: int, sheet: Sheet, values: _Values, hidden_columns: list[tuple[int, int]]
) -> int:
    """Adds the filled cells of a row to the sheet; returns how many."""
    found: dict[int, SheetCell] = {}
    row_hidden = _is_hidden(element, "ht")
    column = -1
    for child in element:
        if local_name(child) != "c":
            continue
        match = _ADDRESS.fullmatch(child.get("r") or "")
        column = _column_number(match.group(1)) if match else column + 1
        style = values.style(child.get("s", "0"))
        cell = values.cell(child, style)
        unseen = row_hidden or any(first <= column <= last for first, last in hidden_columns)
        _keep_operand(sheet, (number, column), child, cell, style, unseen)
        if not cell.text and not cell.doubt:
            continue
        sheet.hides_cells |= unseen
        found[column] = sheet.doubted(cell, unseen)
    if found:
        sheet.rows[number] = found
    return len(found)


def _keep_operand(sheet: Sheet, slot: Slot, element: _Element, cell: SheetCell, style: CellStyle, unseen: bool) -> None:
    """Keeps what formulas may count of a cell."""
    if len(element) == 0:
        return
    hidden = unseen or sheet.hidden or style.unseen
    sheet.operands.add(slot, element, cell.text, hidden or cell.doubt in (ODD, UNSEEN), style.is_date)
    if slot in sheet.operands.formulas:
        sheet.formats[slot] = style.code


def _is_hidden(element: _Element, size: str) -> bool:
    """True for a row or column that is hidden or has no height or width."""
    return element.get("hidden", "") not in _OFF or element.get(size) in ("0", "0.0")


def _values_in(data: bytes) -> int:
    return data.count(b"<v>") + data.count(b"<is>")


def _row_number(element: _Element, before: int) -> int:
    given = element.get("r") or ""
    return int(given) - 1 if given.isdecimal() and 0 < len(given) < 8 and int(given) > 0 else before + 1


def _forget(row: _Element) -> None:
    """Frees what was read: a sheet may have a million formatted, empty rows."""
    row.clear()
    parent = row.getparent()
    if parent is not None:
        while row.getprevious() is not None:
            del parent[0]


def _strings(container: OfficeZip, parts: dict[str, str]) -> list[_RichText]:
    if "sharedStrings" not in parts:
        return []
    root = container.xml(parts["sharedStrings"])
    return [_rich_text(item) for item in root if local_name(item) == "si"]


class _RichText(NamedTuple):
    """The text of a string item: its runs, each with its own colour if it has one."""

    runs: tuple[tuple[str, str], ...]

    def on(self, ground: str) -> SheetCell:
        """The text as shown on a ground: what has its colour is left out if more stands there; doubted in any case."""
        seen = [text for text, colour in self.runs if not colour or colour != ground or not text.strip()]
        text = shown_text("".join(seen)) or shown_text("".join(text for text, _ in self.runs))
        return SheetCell(text, UNSEEN if len(seen) < len(self.runs) else "")


def _rich_text(item: _Element) -> _RichText:
    """All runs of a string item, but not the phonetic guide."""
    runs: list[tuple[str, str]] = []
    for child in item:
        if local_name(child) == "t":
            runs.append((child.text or "", ""))
        elif local_name(child) == "r":
            properties = (part for part in child if local_name(part) == "rPr")
            runs.append((_run_text(child), next((colour_in(part, "color") for part in properties), "")))
    return _RichText(tuple(runs))


def _run_text(run: _Element) -> str:
    """What a run of rich text adds: nothing if it is struck out; raised figures are no digits of the number."""
    text = "".join(child.text or "" for child in run if local_name(child) == "t")
    for properties in (child for child in run if local_name(child) == "rPr"):
        for child in properties:
            if local_name(child) == "strike" and child.get("val", "1") not in _OFF:
                return ""
            if local_name(child) == "vertAlign" and child.get("val") in ("superscript", "subscript"):
                text = raised(text)
    return text


def shown_text(text: str) -> str:
    """A text of a workbook as it is shown, escapes resolved and lines folded."""
    text = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
    return fold(iter([text.replace("\r\n", "\n").replace("\n", "\u2028")]))


def date_text(raw: str, from_1904: bool) -> str:
    """The date and time a number stands for; empty if it stands for none."""
    try:
        days = float(raw)
    except ValueError:
        return ""
    if not 0 <= days < 2_958_466:
        return ""
    # Excel believes that 1900 had a 29 February.
    start_1900 = datetime(1899, 12, 30) if days >= 60 else datetime(1899, 12, 31)
    start = datetime(1904, 1, 1) if from_1904 else start_1900
    moment = start + timedelta(seconds=round(days * 86_400))
    time = moment.strftime("%H:%M:%S").removesuffix(":00")
    if days < 1:
        return time
    date = f"{moment:%Y-%m-%d}"
    return date if time == "00:00" else f"{date} {time}"


def number_text(raw: str) -> str:
    """The number without exponent and with the 15 digits Excel shows: files keep 17 of a binary fraction."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if not -1e30 < value < 1e30:
        return raw
    text = format(Decimal(f"{value:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _ranges(text: str) -> list[Range]:
    first, _, last = text.partition(":")
    start, end = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)
    if start is None or end is None:
        return []
    rows = sorted((int(start.group(2)) - 1, int(end.group(2)) - 1))
    columns = sorted((_column_number(start.group(1)), _column_number(end.group(1))))
    return [Range(rows[0], columns[0], rows[1], columns[1])]


def _column_number(letters: str) -> int:
    value = 0
    for letter in letters.upper():
        value = value * 26 + ord(letter) - ord("A") + 1
    return value - 1


def _relation_id(element: _Element) -> str:
    return next((str(value) for key, value in element.items() if str(key).endswith("}id")), "")


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 8 else 0
