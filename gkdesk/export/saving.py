"""Saving a workbook so that the file is either wholly there and proven right, or not there at all.

The bytes go to a new file beside the target, are read again from disk and compared with what was meant, and only then
take the target's name; a program that stops half-way leaves the old file as it was.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gkdesk.errors import ExportError
from gkdesk.export.template import UNREADABLE, Slot, cell_at, load_workbook, sheet_cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet


def save(workbook: Workbook, path: Path, slots: Iterable[Slot]) -> None:
    """Write ``workbook`` to ``path`` and prove it by reading it again; ``slots`` are the cells whose style counts.

    Raises :class:`ExportError` if the place cannot be written or what was written is not what was meant.
    """
    stream = io.BytesIO()
    workbook.save(stream)
    save_bytes(stream.getvalue(), path, lambda data: _difference(workbook, data, slots))


def save_bytes(data: bytes, path: Path, difference: Callable[[bytes], str] = lambda _: "") -> None:
    """Write ``data`` to ``path`` whole or not at all; ``difference`` says where what is on disk is not what was meant.

    Raises :class:`ExportError` like :func:`save`.
    """
    temporary = path.with_name(f".{path.stem[:40]}-{secrets.token_hex(6)}.tmp")
    try:
        _write(temporary, data)
        found = temporary.read_bytes()
        wrong = difference(found) if found == data else "*"
        if wrong:
            raise ExportError("export.verification-failed", path=path.name, where=wrong)
        temporary.replace(path)
        _settle(path.parent)
    except OSError as error:
        raise _place_error(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """Make the new name durable too; where folders cannot be opened (Windows) the system sees to it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _place_error(path: Path, error: OSError) -> ExportError:
    if error.errno == errno.ENOSPC:
        return ExportError("export.disk-full", path=path.name)
    if not path.parent.is_dir():
        return ExportError("export.no-folder", folder=str(path.parent))
    return ExportError("export.not-writable", path=path.name)


def _difference(meant: Workbook, data: bytes, slots: Iterable[Slot]) -> str:
    """Where the saved bytes differ from what was meant, or an empty text."""
    try:
        found = load_workbook(data)
    except UNREADABLE:
        return "*"
    if found.sheetnames != meant.sheetnames:
        return ", ".join(meant.sheetnames)
    for sheet in meant.worksheets:
        wrong = _sheet_difference(sheet, found[sheet.title])
        if wrong:
            return wrong
    return _style_difference(meant, found, slots) or _name_difference(meant, found)


def _sheet_difference(meant: Worksheet, found: Worksheet) -> str:
    if {str(area) for area in meant.merged_cells.ranges} != {str(area) for area in found.merged_cells.ranges}:
        return meant.title
    if meant.data_validations.count != found.data_validations.count:
        return meant.title
    for row in meant.iter_rows():
        for cell in row:
            if cell.value is not None and not _same(cell, sheet_cell(found, cell.row, cell.column)):
                return f"{meant.title} {cell.coordinate}"
    return ""


def _same(meant: Cell | MergedCell, found: Cell) -> bool:
    if meant.data_type == "f" or found.data_type == "f":
        return meant.data_type == found.data_type and str(meant.value) == str(found.value)
    return bool(meant.value == found.value)


def _name_difference(meant: Workbook, found: Workbook) -> str:
    for name, defined in meant.defined_names.items():
        other = found.defined_names.get(name)
        if other is None or other.attr_text != defined.attr_text:
            return str(name)
    return ""


def _style_difference(meant: Workbook, found: Workbook, slots: Iterable[Slot]) -> str:
    same: set[tuple[int, int]] = set()
    for slot in slots:
        left, right = cell_at(meant, slot), cell_at(found, slot)
        pair = (left.style_id, right.style_id)
        if pair not in same and _style(left) != _style(right):
            return f"{slot.sheet} {slot.address}"
        same.add(pair)
    return ""


def _style(cell: Cell) -> str:
    # The style objects of openpyxl cannot be compared across workbooks; their texts say everything.
    parts = (cell.number_format, cell.font, cell.border, cell.fill, cell.alignment, cell.quotePrefix)
    return "\n".join(map(repr, parts))
