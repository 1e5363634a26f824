"""The cells of a workbook's sheets as text.

openpyxl reads them, but from a copy with nothing in it except the strings, the number formats and the filled cells,
moved together: openpyxl knows no bounds, fills the room between two cells in opposite corners of a sheet with empty
ones, and gives up on a whole workbook for an odd font, chart or print area.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gkdesk.errors import SourceError
from gkdesk.sources.flow import fold
from gkdesk.sources.office_zip import OfficeZip, local_name, safe_xml

if TYPE_CHECKING:
    from lxml.etree import _Element
    from openpyxl import Workbook

MOST_CELLS = 50_000
MOST_MERGES = 3_000
"""Filled cells of a workbook and merged ranges of a sheet that are read; a report has a few hundred."""

_MOST_STRING_TAGS = 500_000
_MOST_STYLES = 65_500
_OFF = frozenset({"", "0", "false"})
_COLUMN = re.compile("[A-Za-z]{1,3}")
_NOT_TEXT = ("{*}rPr", "{*}rPh", "{*}phoneticPr")
_CHINESE_DATES = frozenset(map(str, (*range(27, 37), *range(50, 59))))
"""Number formats that Excel has built in for Chinese, and openpyxl does not know as dates."""
_DATE = "14"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/></Types>'
)
# Without the size, openpyxl would look for it in all rows.
_SHEET = (f'<worksheet xmlns="{_MAIN}"><dimension ref="A1"/><sheetData>'.encode(), b"</sheetData></worksheet>")

_UNREADABLE = (ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError)
"""What openpyxl and the XML parsers raise on damaged parts."""


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


@dataclass(slots=True)
class Sheet:
    """The filled cells of a sheet by row and column (from 0), its merged ranges, and what is not shown."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hides_cells: bool = False
    truncated: bool = False


def read_sheets(container: OfficeZip, most: int) -> list[Sheet]:
    """The first work sheets in the order of their tabs, ``most`` of them; raises ``SourceError`` for a damaged one."""
    main = container.main_part("xl/workbook.xml")
    relations = container.relations(main)
    parts = {kind: target for kind, target in relations.values() if target in container.names}
    book = container.xml(main)
    from_1904 = any(element.get("date1904", "") not in _OFF for element in book.iter("{*}workbookPr"))
    try:
        scans: list[_Scan] = []
        room = MOST_CELLS
        for sheet, target in islice(_tabs(book, relations, container.names), most):
            scans.append(_Scan(sheet, room))
            scans[-1].run(_plain(safe_xml(container.part(target))))
            room = scans[-1].room
        strings, styles = _strings(container, parts), _styles(container, parts)
        copy = _load(_package(scans, strings, styles, from_1904))
        for scan, cells in zip(scans, copy.worksheets, strict=True):
            cells.reset_dimensions()  # type: ignore[attr-defined]
            scan.fill(cells.iter_rows())
    except _UNREADABLE as error:
        raise SourceError("source.broken") from error
    return [scan.sheet for scan in scans]


def address(row: int, column: int) -> str:
    """The address of a cell, as ``B5`` for row 4 and column 1."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column + 1)}{row + 1}"


class _Scan:
    """Goes through a sheet's part, notes where its filled cells stand and what is merged or hidden, and copies them.

    The copied rows and cells follow one another without gaps and without addresses.
    """

    def __init__(self, sheet: Sheet, room: int) -> None:
        self.sheet = sheet
        self.room = room
        self._places: list[tuple[int, list[int]]] = []
        self._copies: list[bytes] = []
        self._row, self._column = -1, -1
        self._columns: list[int] = []
        self._cells: list[_Element] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []

    def run(self, data: bytes) -> None:
        """Raises one of ``_UNREADABLE`` if the part is damaged."""
        from lxml import etree

        visits = {"c": self._cell, "row": self._end_row, "col": self._column_format, "mergeCell": self._merge}
        tags = [f"{{{_MAIN}}}{name}" for name in visits]
        for _, element in etree.iterparse(io.BytesIO(data), tag=tags, resolve_entities=False, no_network=True):
            visits[local_name(element)](element)

    def copy(self) -> bytes:
        """The part for openpyxl."""
        return b"".join((_SHEET[0], *self._copies, _SHEET[1]))

    def fill(self, rows: Iterable[Sequence[object]]) -> None:
        """Gives the sheet what openpyxl read from the copy."""
        for (number, columns), cells in zip(self._places, rows, strict=True):
            found = {column: _cell(cell) for column, cell in zip(columns, cells, strict=True)}
            row = {column: cell for column, cell in found.items() if cell.text or cell.doubt}
            if row:
                self.sheet.rows[number] = row
        filled = {column for row in self.sheet.rows.values() for column in row}
        self.sheet.hides_cells = not self._hidden_rows.isdisjoint(self.sheet.rows) or any(
            first <= column <= last for column in filled for first, last in self._hidden_columns
        )

    def _cell(self, cell: _Element) -> None:
        from openpyxl.utils import column_index_from_string

        letters = _COLUMN.match(cell.get("r", "").lstrip("$"))
        self._column = column_index_from_string(letters[0]) - 1 if letters else self._column + 1
        has_content = (cell.findtext("{*}v") or "").strip() or cell.find("{*}is") is not None
        if not has_content and cell.find("{*}f") is None:
            cell.clear()
        elif self.room > 0:
            self.room -= 1
            self._columns.append(self._column)
            self._cells.append(cell)
            cell.attrib.pop("r", None)
        else:
            self.sheet.truncated = True
            cell.clear()

    def _end_row(self, row: _Element) -> None:
        from lxml import etree

        given = row.get("r", "")
        self._row = int(given) - 1 if given.isdecimal() else self._row + 1
        if row.get("hidden", "") not in _OFF:
            self._hidden_rows.add(self._row)
        if self._cells:
            row[:] = self._cells
            row.attrib.clear()
            etree.strip_elements(row, *_NOT_TEXT, with_tail=False)
            self._copies.append(etree.tostring(row, encoding="UTF-8", xml_declaration=False, with_tail=False))
            self._places.append((self._row, self._columns))
        row.clear()
        self._column, self._columns, self._cells = -1, [], []

    def _column_format(self, element: _Element) -> None:
        if element.get("hidden", "") not in _OFF:
            self._hidden_columns.append((int(element.get("min", "0")) - 1, int(element.get("max", "0")) - 1))

    def _merge(self, element: _Element) -> None:
        from openpyxl.utils import range_boundaries

        if len(self.sheet.merges) < MOST_MERGES:
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            if left and top and right and bottom:
                self.sheet.merges.append(Range(top - 1, left - 1, bottom - 1, right - 1))


def _tabs(book: _Element, relations: dict[str, tuple[str, str]], names: frozenset[str]) -> Iterator[tuple[Sheet, str]]:
    for element in book.iter("{*}sheet"):
        identity = next((str(value) for key, value in element.items() if str(key).endswith("}id")), "")
        kind, target = relations.get(identity, ("", ""))
        if kind == "worksheet" and target in names:
            yield Sheet(element.get("name", ""), element.get("state", "visible") != "visible"), target


def _strings(container: OfficeZip, parts: dict[str, str]) -> bytes:
    """The shared strings without their fonts and phonetic guides."""
    from lxml import etree

    if "sharedStrings" not in parts:
        return f'<sst xmlns="{_MAIN}"/>'.encode()
    root = container.xml(parts["sharedStrings"], _MOST_STRING_TAGS)
    etree.strip_elements(root, *_NOT_TEXT, with_tail=False)
    return _plain(etree.tostring(root, encoding="UTF-8"))


def _styles(container: OfficeZip, parts: dict[str, str]) -> bytes | None:
    """The number formats and which cell style has which; nothing else of the styles matters here."""
    from lxml import etree

    if "styles" not in parts:
        return None
    root = container.xml(parts["styles"])
    for group in list(root):
        if local_name(group) not in ("numFmts", "cellXfs"):
            root.remove(group)
    defined = {element.get("numFmtId") for element in root.iter("{*}numFmt")}
    styles = root.findall("{*}cellXfs/{*}xf")
    for number, style in enumerate(styles):
        code = style.get("numFmtId", "0")
        style.clear()
        style.set("numFmtId", _DATE if code in _CHINESE_DATES - defined else code)
        if number >= _MOST_STYLES and (group := style.getparent()) is not None:
            group.remove(style)
    return _plain(etree.tostring(root, encoding="UTF-8"))


def _plain(data: bytes) -> bytes:
    """The part with the names of the usual kind of workbook, if it comes from a strict one."""
    return data.replace(_STRICT_MAIN, _MAIN.encode())


def _package(scans: Sequence[_Scan], strings: bytes, styles: bytes | None, from_1904: bool) -> io.BytesIO:
    """A workbook with the copies of the sheets, named by their numbers."""
    numbers = range(len(scans))
    tabs = "".join(f'<sheet name="{number}" sheetId="{number + 1}" r:id="s{number}"/>' for number in numbers)
    links = "".join(
        f'<Relationship Id="s{number}" Type="{_OFFICE}/worksheet" Target="sheet{number}.xml"/>' for number in numbers
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(from_1904)}"/>'
            f"<sheets>{tabs}</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        )
        archive.writestr("xl/sharedStrings.xml", strings)
        if styles is not None:
            archive.writestr("xl/styles.xml", styles)
        for number, scan in enumerate(scans):
            archive.writestr(f"xl/sheet{number}.xml", scan.copy())
    return stream


def _load(package: io.BytesIO) -> Workbook:
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns that there are no fonts; the copy has none on purpose.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(package, read_only=True, data_only=True, keep_links=False)


def _cell(cell: object) -> SheetCell:
    value = getattr(cell, "value", None)
    if value is None:
        # Only formulas are copied without a value; that of a text formula may well be empty.
        return SheetCell("", "" if getattr(cell, "data_type", "") == "str" else "formula-without-value")
    return SheetCell(value_text(value), "")


def value_text(value: object) -> str:
    """The value as Excel shows it without a format: dates as 2024-01-31, numbers with 15 digits and no exponent."""
    from openpyxl.utils.escape import unescape

    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d} {value_text(value.time())}".removesuffix(" 00:00")
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}".removesuffix(":00")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}".removesuffix(":00")
    text = unescape(str(value)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return fold(iter([text.replace("\r\n", "\n").replace("\n", "\u2028")]))


def _number_text(value: float) -> str:
    if not -1e30 < value < 1e30:
        return str(value)
    text = format(Decimal(f"{value:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
