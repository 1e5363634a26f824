"""Makes the template workbooks ``resources/templates/<edition>.xlsx`` from the form data; run it after a form changes.

One sheet per table, not one sheet as printed: 表二 has four columns, 表三 ten and 表四 fifteen, so on a common grid
every width would be a compromise and labels would be cut; and each table gets a page of its own, as clerks print them.

On every sheet: row 1 the title of the report, row 2 body and year, row 3 the heading of the section, the table from
row 4. Every value cell has its id as a defined name of the workbook; a hidden column right of the table has the ids of
the rows.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from gkdesk import messages, paths
from gkdesk.export.sheet_style import BODY_SIZE, LINE_HEIGHT, line_count
from gkdesk.model.reading import NumberKind
from gkdesk.model.spec import ColumnSpec, FormSpec, Printed, RowSpec, Span, TableSpec, load_editions

FIRST_ROW = 4
"""Sheet row of the first printed row of a table."""

MADE = datetime(2025, 1, 1)
"""Fixed, so that making the templates again changes nothing."""

THIN = Side(style="thin", color="000000")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
BANNER = PatternFill("solid", start_color="C6D9F1", end_color="C6D9F1")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
VALUE = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)


def song(size: float, bold: bool = False) -> Font:
    """宋体, the East Asian body face."""
    return Font(name="宋体", size=size, bold=bold, charset=134, family=3)


def hei(size: float) -> Font:
    """黑体, the East Asian face of titles."""
    return Font(name="黑体", size=size, charset=134, family=3)


def make_template(spec: FormSpec) -> Workbook:
    """The blank workbook of one edition."""
    workbook = Workbook()
    # Column widths are counted in digits of the default face, so it has to be the one Chinese offices have.
    workbook._fonts[0] = song(BODY_SIZE)  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = song(BODY_SIZE)  # type: ignore[attr-defined]
    workbook.remove(workbook.worksheets[0])
    for table in spec.tables:
        add_sheet(workbook, spec, table)
    properties = workbook.properties
    properties.creator = messages.text("workbook.program")
    properties.title = f"{messages.text('workbook.report')}（{spec.name}）"
    properties.created = properties.modified = MADE
    return workbook


def add_sheet(workbook: Workbook, spec: FormSpec, table: TableSpec) -> None:
    """One table on a sheet of its own."""
    sheet = workbook.create_sheet(sheet_name(table))
    factor = width_factor(table)
    for index, width in enumerate(table.widths):
        sheet.column_dimensions[get_column_letter(index + 1)].width = width * factor
    draw_grid(sheet, table)
    for printed in table.printed:
        draw_label(sheet, table, printed)
    draw_values(workbook, sheet, table)
    draw_heading(workbook, sheet, table, first=table is spec.tables[0])
    set_heights(sheet, table, factor)
    set_up_page(sheet, table)


def sheet_name(table: TableSpec) -> str:
    """``表三 申请办理``: what people call the table, and what it is about."""
    code = f"workbook.table.{table.id}"
    return f"{table.nickname} {messages.text(code)}" if messages.has(code) else table.nickname


def width_factor(table: TableSpec) -> float:
    """How much narrower than the form data says: headers over many columns read better with two characters a line."""
    return 0.7 if is_only_headers(table) else 1.0


def is_only_headers(table: TableSpec) -> bool:
    """True if the table has no column of labels (表四)."""
    return first_value_column(table) == 0


def first_value_column(table: TableSpec) -> int:
    """The leftmost column that holds values, from 0."""
    return min(column.left for block in table.blocks for column in block.columns)


def draw_grid(sheet: Worksheet, table: TableSpec) -> None:
    """Every cell of the table gets its border before merging: programs draw the edges of all cells of a range."""
    for row in range(table.row_count):
        for column in range(table.column_count):
            cell = sheet.cell(FIRST_ROW + row, column + 1)
            cell.border, cell.font, cell.alignment = BORDER, song(BODY_SIZE), CENTRE


def draw_label(sheet: Worksheet, table: TableSpec, printed: Printed) -> None:
    """One printed text with its merged range; labels of rows stand left, headers of columns in the middle."""
    span = printed.span
    cell = sheet.cell(FIRST_ROW + span.top, span.left + 1, printed.text)
    is_banner = span.left == 0 and span.right == table.column_count - 1
    is_row_label = span.right < first_value_column(table)
    cell.alignment = LEFT if is_banner or is_row_label else CENTRE
    if is_banner:
        for column in range(table.column_count):
            sheet.cell(FIRST_ROW + span.top, column + 1).fill = BANNER
    merge(sheet, span)


def draw_values(workbook: Workbook, sheet: Worksheet, table: TableSpec) -> None:
    """Number formats, defined names, row ids and the friendly check of what is typed."""
    whole = entry_check("whole-number", "-999999999")
    positive = entry_check("count", "0")
    for block_row, columns in value_rows(table):
        address = FIRST_ROW + block_row.at
        for column in columns:
            cell = sheet.cell(address, column.left + 1)
            cell.alignment = VALUE
            cell.number_format = "General" if column.kind is NumberKind.AMOUNT else "0"
            merge(sheet, Span(block_row.at, column.left, block_row.at, column.right))
            add_name(workbook, sheet, f"{table.id}.{block_row.id}.{column.id}", address, column.left + 1)
            if column.kind is NumberKind.COUNT:
                positive.add(cell)
            elif column.kind is NumberKind.SIGNED:
                whole.add(cell)
        ids = sheet.cell(address, table.column_count + 1)
        ids.value = f"{ids.value or ''} {table.id}.{block_row.id}".strip()
    sheet.column_dimensions[get_column_letter(table.column_count + 1)].hidden = True
    for check in (whole, positive):
        if check.sqref:
            sheet.add_data_validation(check)


def value_rows(table: TableSpec) -> Iterator[tuple[RowSpec, tuple[ColumnSpec, ...]]]:
    """Every row of values with its columns, in the order of the form."""
    for block in table.blocks:
        for row in block.rows:
            yield row, block.columns


def entry_check(code: str, least: str) -> DataValidation:
    """A check that warns and lets pass: a mark for nothing such as ``/`` is allowed in the form."""
    check = DataValidation(
        type="whole",
        operator="greaterThanOrEqual",
        formula1=least,
        allow_blank=True,
        errorStyle="warning",
        showErrorMessage=True,
    )
    check.errorTitle = messages.text("workbook.entry.title")
    check.error = messages.text(f"workbook.entry.{code}")
    return check


def draw_heading(workbook: Workbook, sheet: Worksheet, table: TableSpec, first: bool) -> None:
    """Title, body and year, section heading. The first sheet has the plain names, the others add the table's id."""
    last, suffix = table.column_count, "" if first else f".{table.id}"
    sheet.cell(1, 1, messages.text("workbook.report")).font = hei(16)
    sheet.cell(1, 1).alignment = CENTRE
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=last)
    add_name(workbook, sheet, f"report.title{suffix}", 1, 1)
    split = year_column(table)
    for name, column, end in (("organization", 1, split - 1), ("year", split, last)):
        cell = sheet.cell(2, column)
        cell.font = song(BODY_SIZE)
        # The words stand in the number format, so that the cell itself holds nothing but the name or the year.
        cell.number_format = messages.text(f"workbook.format.{name}")
        cell.alignment = Alignment(horizontal="left" if column == 1 else "right", vertical="center", shrink_to_fit=True)
        if end > column:
            sheet.merge_cells(start_row=2, end_row=2, start_column=column, end_column=end)
        add_name(workbook, sheet, f"report.{name}{suffix}", 2, column)
    heading = sheet.cell(3, 1, table.heading)
    heading.font, heading.alignment = hei(13), Alignment(horizontal="left", vertical="center")
    sheet.merge_cells(start_row=3, end_row=3, start_column=1, end_column=last)


def year_column(table: TableSpec) -> int:
    """The column (from 1) where the year begins: the last that leaves it about a fifth of the table."""
    wanted, found = sum(table.widths) * 0.2, 0.0
    for index in range(table.column_count - 1, 0, -1):
        found += table.widths[index]
        if found >= wanted:
            return index + 1
    return table.column_count


def set_heights(sheet: Worksheet, table: TableSpec, factor: float) -> None:
    """Rows high enough for every label, wrapped as narrow as any program may wrap it."""
    sheet.row_dimensions[1].height = 36
    sheet.row_dimensions[2].height = 22
    sheet.row_dimensions[3].height = 28
    heights = [27.0 if table.row_count < 20 else 25.0] * table.row_count
    for printed in sorted(table.printed, key=lambda item: item.span.bottom - item.span.top):
        span = printed.span
        width = sum(table.widths[span.left : span.right + 1]) * factor
        needed = line_count(printed.text, width) * LINE_HEIGHT + 8
        lacking = needed - sum(heights[span.top : span.bottom + 1])
        if lacking > 0:
            for row in range(span.top, span.bottom + 1):
                heights[row] += lacking / (span.bottom - span.top + 1)
    for row, height in enumerate(heights):
        sheet.row_dimensions[FIRST_ROW + row].height = math.ceil(height)


def set_up_page(sheet: Worksheet, table: TableSpec) -> None:
    """A4, one page, headers repeated should the office make it longer; panes frozen where the table is long."""
    last_row = FIRST_ROW + table.row_count - 1
    sheet.print_area = f"A1:{get_column_letter(table.column_count)}{last_row}"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if table.landscape else "portrait"
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.75, 0.75, 0.35, 0.35
    footer = sheet.oddFooter
    if footer is not None:
        footer.center.text = messages.text("workbook.footer")
    sheet.sheet_view.showGridLines = False
    top = FIRST_ROW + min(row.at for row, _ in value_rows(table))
    if top > FIRST_ROW + 2 and table.row_count > 20:
        sheet.print_title_rows = f"{FIRST_ROW}:{top - 1}"
        sheet.freeze_panes = f"{get_column_letter(first_value_column(table) + 1)}{top}"


def merge(sheet: Worksheet, span: Span) -> None:
    """Merge a printed range; a single cell stays as it is."""
    if (span.top, span.left) == (span.bottom, span.right):
        return
    sheet.merge_cells(
        start_row=FIRST_ROW + span.top,
        end_row=FIRST_ROW + span.bottom,
        start_column=span.left + 1,
        end_column=span.right + 1,
    )


def add_name(workbook: Workbook, sheet: Worksheet, name: str, row: int, column: int) -> None:
    """A defined name of the whole workbook for one cell."""
    target = f"'{sheet.title}'!${get_column_letter(column)}${row}"
    workbook.defined_names[name] = DefinedName(name, attr_text=target)


def main() -> None:
    """Write the templates of all editions."""
    folder = paths.resources() / "templates"
    for edition, spec in load_editions().items():
        target = folder / f"{edition}.xlsx"
        make_template(spec).save(target)
        print(target.name)


if __name__ == "__main__":
    main()
