"""Exported workbooks read back: exactly what was exported, except where a clerk has changed a visible cell since."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from gkdesk.errors import SourceError
from gkdesk.export.record import PROPERTY, Record, read_record
from gkdesk.export.template import UNREADABLE, Slot, Slots, cell_at, find_slots, load_workbook, slot_of
from gkdesk.export.value_cells import heading_part, heading_shown, shown
from gkdesk.model.cellref import CellRef
from gkdesk.model.decision import Decision
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.place import SheetPlace
from gkdesk.model.reading import (
    LONGEST_NUMBER,
    MISSING,
    Number,
    NumberKind,
    Reading,
    State,
    number_text,
    parse_reading,
)
from gkdesk.model.review import Extracted
from gkdesk.model.spec import FormSpec

if TYPE_CHECKING:
    from openpyxl import Workbook

_MARK = re.compile(rb"name\s*=\s*[\"']" + PROPERTY.encode() + rb"[\"']")
_LARGEST_PROPERTIES = 1 << 20
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Exported:
    """What an exported workbook holds: the report, and the answers of the reviewer by target."""

    extracted: Extracted
    decisions: dict[str, Decision]


def is_exported(data: bytes) -> bool:
    """True if ``data`` is a workbook that this program exported; cheap, and never raises."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("docProps/custom.xml") as stream:
            return _MARK.search(stream.read(_LARGEST_PROPERTIES)) is not None
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        return False


def read_back(data: bytes, editions: Mapping[str, FormSpec]) -> Extracted:
    """The report in an exported workbook; see :func:`read_exported`."""
    return read_exported(data, editions).extracted


def read_exported(data: bytes, editions: Mapping[str, FormSpec]) -> Exported:
    """The form in an exported workbook, every cell placed at its visible cell, and the answers.

    Figures of the prose keep their places in the source that was exported. A visible cell that shows what was exported
    stands for exactly the exported reading; any other content is read anew.
    Raises :class:`SourceError` if the workbook or its record is damaged, or its edition unknown.
    """
    try:
        workbook = load_workbook(data)
    except UNREADABLE as error:
        raise SourceError("export.record-broken") from error
    record = read_record(workbook)
    if record.form_edition not in editions:
        raise SourceError("export.unknown-edition", edition=record.form_edition)
    spec = editions[record.form_edition]
    slots = find_slots(workbook)
    visible = _Visible(workbook, data)
    return Exported(_joined(record, _form(record, spec, slots, visible), slots, visible), record.decisions)


class _Visible:
    """What the cells of the workbook show: text, number, or nothing; of a formula, the value it had when saved."""

    def __init__(self, workbook: Workbook, data: bytes) -> None:
        self._formulas = workbook
        self._data = data
        self._values: Workbook | None = None

    def is_formula(self, slot: Slot) -> bool:
        """True if the cell holds a formula."""
        return cell_at(self._formulas, slot).data_type == "f"

    def content(self, slot: Slot) -> Number | str | None:
        """What the cell shows."""
        workbook = self._formulas
        if self.is_formula(slot):
            self._values = self._values or load_workbook(self._data, values=True)
            workbook = self._values
        value = cell_at(workbook, slot).value
        if isinstance(value, float):
            # Spreadsheet programs count with 15 digits; what the machine adds beyond is noise.
            return _plain(Decimal(format(value, f".{LONGEST_NUMBER}g")))
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        return str(value).strip() or None

    def formula(self, slot: Slot) -> str:
        """The formula as text."""
        value = cell_at(self._formulas, slot).value
        return str(getattr(value, "text", value) or "")


def _plain(value: Decimal) -> Number:
    return int(value) if value.is_finite() and value == value.to_integral_value() else value


def _form(record: Record, spec: FormSpec, slots: Slots, visible: _Visible) -> FilledForm:
    try:
        cells = [_cell(ref, reading, spec, slots, visible) for ref, reading in record.readings.items()]
    except KeyError as error:
        raise SourceError("export.record-broken") from error
    if not set(spec.refs()) <= set(record.readings):
        raise SourceError("export.record-broken")
    return FilledForm(record.form_edition, cells)


def _cell(ref: CellRef, exported: Reading, spec: FormSpec, slots: Slots, visible: _Visible) -> Cell:
    kind, slot = spec.column(ref).kind, slot_of(slots, ref)
    if slot is None:
        return Cell(ref, exported if exported.state is State.MISSING else MISSING)
    content = visible.content(slot)
    if visible.is_formula(slot):
        reading = _reading(content, kind) if content is not None else _without_value(slot, visible)
    elif _shows(content, shown(exported)):
        reading = exported
    else:
        reading = _reading(content, kind)
    place = SheetPlace(slot.sheet, slot.address) if reading.state is not State.MISSING else None
    return Cell(ref, reading, place)


def _without_value(slot: Slot, visible: _Visible) -> Reading:
    return Reading(State.DOUBTFUL, None, visible.formula(slot), 0.0, ("formula",))


def _reading(content: Number | str | None, kind: NumberKind) -> Reading:
    if content is None:
        return parse_reading("", kind)
    return parse_reading(content if isinstance(content, str) else number_text(content), kind)


def _shows(content: Number | str | None, meant: Number | str | None) -> bool:
    """True if ``content`` is what an export of ``meant`` shows, whichever program saved the workbook last."""
    if content is None or meant is None:
        return content is meant
    if isinstance(meant, str):
        return isinstance(content, str) and content.split() == meant.split()
    # A number too long for a workbook is shown as text.
    return content == (number_text(meant) if isinstance(content, str) else meant)


def _joined(record: Record, form: FilledForm, slots: Slots, visible: _Visible) -> Extracted:
    kept = record.extracted
    organization, year, title = kept.organization, kept.year, kept.title
    for name, slot in slots.items():
        part = heading_part(name)
        if part is None:
            continue
        content = visible.content(slot)
        if _shows(content, heading_shown(kept, part)):
            continue
        words = "" if content is None else str(content)
        if part == "title":
            title = words
        elif part == "organization":
            organization = words or None
        else:
            year = _year(words)
    return Extracted(form, kept.edition, organization, year, title, kept.sections, kept.notes, kept.witnesses)


def _year(words: str) -> int | None:
    match = _YEAR.search(words)
    return int(match.group()) if match else None
