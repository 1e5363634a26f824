"""A place in the workbook for rows that some reports print instead of several others (（六）其他处理 as one row).

The official layout stays untouched: such a row is added directly below its table and printed with it, because without
it the printed columns would not add up. A template that names the cells itself is used as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gkdesk import messages
from gkdesk.export.sheet_style import copy_style
from gkdesk.export.template import Slot, Slots, cell_at, column_letters, sheet_cell, slot_of
from gkdesk.model.cellref import CellRef
from gkdesk.model.form import FilledForm
from gkdesk.model.reading import State
from gkdesk.model.spec import AlternativeSpec, BlockSpec, FormSpec, TableSpec

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def add_alternative_rows(workbook: Workbook, slots: dict[str, Slot], spec: FormSpec, form: FilledForm) -> None:
    """Give every alternative row that ``form`` fills a place in the workbook, and add its cells to ``slots``."""
    for table in spec.tables:
        for alternative in table.alternatives:
            block = spec.block(CellRef(table.id, alternative.row.id, ""))
            refs = [CellRef(table.id, alternative.row.id, column.id) for column in block.columns]
            filled = any(ref in form and form[ref].state is not State.MISSING for ref in refs)
            if filled and any(slot_of(slots, ref) is None for ref in refs):
                _add_row(workbook, slots, table, block, alternative)


def _add_row(
    workbook: Workbook, slots: dict[str, Slot], table: TableSpec, block: BlockSpec, alternative: AlternativeSpec
) -> None:
    model = [slot_of(slots, CellRef(table.id, block.rows[-1].id, column.id)) for column in block.columns]
    above = [slot for slot in model if slot is not None]
    sheet = workbook[above[0].sheet]
    row = _free_row(sheet, max(slot.row for slot in _slots_of(slots, table)) + 1)
    for column, slot in zip(block.columns, above, strict=True):
        _add_value(workbook, sheet, slot, row)
        name = f"{table.id}.{alternative.row.id}.{column.id}"
        _add_name(workbook, name, Slot(sheet.title, row, slot.column))
        slots[name.lower()] = Slot(sheet.title, row, slot.column)
    _add_label(sheet, row, above[0], alternative)
    _extend_print_area(sheet, row)


def _slots_of(slots: Slots, table: TableSpec) -> list[Slot]:
    found = [slot_of(slots, ref) for ref in table.refs()]
    return [slot for slot in found if slot is not None]


def _free_row(sheet: Worksheet, row: int) -> int:
    """The first row from ``row`` on that holds nothing and that no merged range crosses."""
    while any(cell.value is not None for cell in sheet[row]) or any(
        area.min_row <= row <= area.max_row for area in sheet.merged_cells.ranges
    ):
        row += 1
    return row


def _add_value(workbook: Workbook, sheet: Worksheet, model: Slot, row: int) -> None:
    copy_style(cell_at(workbook, model), sheet_cell(sheet, row, model.column))


def _add_label(sheet: Worksheet, row: int, model: Slot, alternative: AlternativeSpec) -> None:
    last = model.column - 1
    if last >= 1:
        for column in range(1, last + 1):
            copy_style(sheet_cell(sheet, model.row, column), sheet_cell(sheet, row, column))
        sheet.cell(row, 1).value = messages.text("workbook.alternative", label=alternative.row.label[-1])
        if last > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
    sheet.row_dimensions[row].height = sheet.row_dimensions[model.row].height
    _add_row_id(sheet, row, model.row, alternative)


def _add_row_id(sheet: Worksheet, row: int, model_row: int, alternative: AlternativeSpec) -> None:
    """Write the row's id where the row above has its own."""
    for column in range(1, sheet.max_column + 1):
        table, _, rest = str(sheet.cell(model_row, column).value or "").partition(".")
        if table.isalnum() and rest.isidentifier() and rest.isascii():
            sheet.cell(row, column).value = f"{table}.{alternative.row.id}"


def _add_name(workbook: Workbook, name: str, slot: Slot) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    sheet = slot.sheet.replace("'", "''")
    target = f"'{sheet}'!${column_letters(slot.column)}${slot.row}"
    workbook.defined_names[name] = DefinedName(name, attr_text=target)


def _extend_print_area(sheet: Worksheet, row: int) -> None:
    from openpyxl.utils import range_boundaries

    area = str(sheet.print_area or "").rpartition("!")[2]
    if not area or "," in area:
        return
    left, top, right, bottom = range_boundaries(area)
    if left and top and right and bottom == row - 1:
        sheet.print_area = f"{column_letters(left)}{top}:{column_letters(right)}{row}"
