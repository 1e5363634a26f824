"""The record inside an exported workbook: everything the visible cells cannot carry, so that reading back is exact.

It is one JSON text on a very hidden sheet, cut into pieces that fit into a cell, in plain ASCII and without low lines,
because spreadsheet programs replace ``_x0041_`` by ``A`` when they load a file. Values are JSON integers, or
decimals as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import InvalidOperation
from typing import TYPE_CHECKING, Any, cast

from gkdesk.errors import SourceError
from gkdesk.export.answer_record import (
    decisions_from_json,
    decisions_to_json,
    number_from_json,
    number_to_json,
    witness_from_json,
    witness_to_json,
)
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import AS_CHARACTERS, RECOGNISED, Note
from gkdesk.model.decision import Decision
from gkdesk.model.form import FilledForm
from gkdesk.model.place import PagePlace
from gkdesk.model.reading import Reading, State
from gkdesk.model.review import Extracted, Review

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.packaging.custom import CustomPropertyList

SHEET = "gkdesk"
PROPERTY = "gkdesk"
"""Custom document property that marks an exported workbook; its value is the version of the record."""

VERSION = 1
_PIECE = 30000


@dataclass(frozen=True, slots=True)
class Record:
    """What was exported: ``extracted`` without the form's figures, and the readings that counted, in order.

    Attributes:
        form_edition: the edition of the form's cells (``extracted.edition`` is None for a report without tables).
        source_name, sha256, kind: the source the figures came from.
        decisions: the answers of the reviewer, by target.
    """

    form_edition: str
    extracted: Extracted
    readings: dict[CellRef, Reading]
    source_name: str
    sha256: str
    kind: str
    decisions: dict[str, Decision] = field(default_factory=dict)


def write_record(workbook: Workbook, review: Review) -> None:
    """Add the hidden sheet and the property that marks the workbook as exported."""
    from openpyxl.packaging.custom import StringProperty

    text = json.dumps(_to_json(review), ensure_ascii=True, separators=(",", ":"), default=str).replace("_", "\\u005f")
    sheet = workbook.create_sheet(SHEET)
    for number, start in enumerate(range(0, len(text), _PIECE), 1):
        cell = sheet.cell(number, 1, text[start : start + _PIECE])
        cell.data_type = "s"
    sheet.sheet_state = "veryHidden"
    properties = custom_properties(workbook)
    if PROPERTY in properties.names:
        del properties[PROPERTY]
    properties.append(StringProperty(name=PROPERTY, value=str(VERSION)))


def custom_properties(workbook: Workbook) -> CustomPropertyList[Any]:
    """The custom document properties of a workbook."""
    return cast("CustomPropertyList[Any]", workbook.custom_doc_props)  # type: ignore[attr-defined]


def read_record(workbook: Workbook) -> Record:
    """The record of an exported workbook; raises :class:`SourceError` if it is gone or damaged."""
    if SHEET not in workbook.sheetnames:
        raise SourceError("export.record-broken")
    pieces = [row[0] for row in workbook[SHEET].iter_rows(max_col=1, values_only=True)]
    try:
        return _from_json(json.loads("".join(str(piece) for piece in pieces if piece is not None)))
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
        raise SourceError("export.record-broken") from error


def _to_json(review: Review) -> dict[str, Any]:
    extracted = review.extracted
    return {
        "version": VERSION,
        "form": review.form.edition,
        "edition": extracted.edition,
        "organization": extracted.organization,
        "year": extracted.year,
        "title": extracted.title,
        "sections": extracted.sections,
        "notes": [{"code": note.code, "arguments": _arguments(note, extracted.form)} for note in extracted.notes],
        "source": {"name": review.source_name, "sha256": review.sha256, "kind": str(review.kind)},
        "cells": {str(cell.ref): _reading_to_json(cell.reading) for cell in review.form},
        "witnesses": [witness_to_json(witness) for witness in extracted.witnesses],
        "decisions": decisions_to_json(review.decisions),
    }


def _arguments(note: Note, form: FilledForm) -> dict[str, object]:
    """The arguments of a note; of pages recognised from pixels also the cells of the other pages, read as characters.

    The places of cells in the source are not in a workbook, and a misread digit is likely in a recognised cell alone.
    """
    if note.code != RECOGNISED or AS_CHARACTERS in note.arguments:
        return note.arguments
    pages = set(re.findall(r"\d+", str(note.arguments.get("pages", ""))))
    read = [str(cell.ref) for cell in form if isinstance(cell.place, PagePlace) and str(cell.place.page) not in pages]
    return {**note.arguments, AS_CHARACTERS: " ".join(read)} if read else note.arguments


def _reading_to_json(reading: Reading) -> list[Any]:
    value = number_to_json(reading.value)
    return [str(reading.state), value, reading.raw, reading.confidence, list(reading.doubts)]


def _from_json(data: dict[str, Any]) -> Record:
    if int(data["version"]) > VERSION:
        raise ValueError("a record of a newer program")
    source = data["source"]
    extracted = Extracted(
        form=FilledForm(str(data["form"]), ()),
        edition=None if data["edition"] is None else str(data["edition"]),
        organization=None if data["organization"] is None else str(data["organization"]),
        year=None if data["year"] is None else int(data["year"]),
        title=str(data["title"]),
        sections={str(name): str(text) for name, text in data["sections"].items()},
        notes=tuple(Note(str(note["code"]), dict(note["arguments"])) for note in data["notes"]),
        # Workbooks of the first versions have neither these nor answers.
        witnesses=tuple(witness_from_json(item) for item in data.get("witnesses", ())),
    )
    readings = dict(_readings(data["cells"]))
    decisions = decisions_from_json(data.get("decisions", {}))
    return Record(str(data["form"]), extracted, readings, source["name"], source["sha256"], source["kind"], decisions)


def _readings(cells: dict[str, list[Any]]) -> Iterator[tuple[CellRef, Reading]]:
    for name, (state, value, raw, confidence, doubts) in cells.items():
        reading = Reading(
            State(state), number_from_json(value), str(raw), float(confidence), tuple(str(doubt) for doubt in doubts)
        )
        yield CellRef.parse(name), reading
