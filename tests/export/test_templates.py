"""The template workbooks are the printed form: same labels, same merged ranges, every value cell named."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gkdesk.export.template import find_slots, own_template
from gkdesk.model.reading import NumberKind
from gkdesk.model.spec import FormSpec, Span, TableSpec, load_editions

TOP = 4
SPECS = [pytest.param(spec, id=edition) for edition, spec in load_editions().items()]


def sheet_of(spec: FormSpec, table: TableSpec) -> Worksheet:
    workbook = openpyxl.load_workbook(own_template(spec.edition))
    return next(sheet for sheet in workbook.worksheets if sheet.title.startswith(table.nickname))


def address(span: Span) -> str:
    first = f"{get_column_letter(span.left + 1)}{span.top + TOP}"
    last = f"{get_column_letter(span.right + 1)}{span.bottom + TOP}"
    return f"{first}:{last}"


@pytest.mark.parametrize("spec", SPECS)
def test_labels_stand_where_they_are_printed(spec: FormSpec) -> None:
    for table in spec.tables:
        sheet = sheet_of(spec, table)
        for printed in table.printed:
            assert sheet.cell(printed.span.top + TOP, printed.span.left + 1).value == printed.text
        assert sheet["A3"].value == table.heading


@pytest.mark.parametrize("spec", SPECS)
def test_merged_ranges_are_those_of_the_form(spec: FormSpec) -> None:
    for table in spec.tables:
        sheet = sheet_of(spec, table)
        found = {str(area) for area in sheet.merged_cells.ranges if area.min_row >= TOP}
        spans = [printed.span for printed in table.printed] + [spec.span(ref) for ref in table.refs()]
        assert found == {address(span) for span in spans if (span.top, span.left) != (span.bottom, span.right)}


@pytest.mark.parametrize("spec", SPECS)
def test_every_value_cell_is_named_in_its_printed_place(spec: FormSpec) -> None:
    workbook = openpyxl.load_workbook(own_template(spec.edition))
    slots = find_slots(workbook)
    for ref in spec.refs():
        slot, span = slots[str(ref)], spec.span(ref)
        assert slot.sheet.startswith(spec.table(ref.table).nickname)
        assert (slot.row, slot.column) == (span.top + TOP, span.left + 1)
        assert str(ref) in workbook.defined_names
    assert {"report.title", "report.organization", "report.year"} <= set(slots)


@pytest.mark.parametrize("spec", SPECS)
def test_every_printed_range_has_a_border_all_round(spec: FormSpec) -> None:
    for table in spec.tables:
        sheet = sheet_of(spec, table)
        for span in [*(printed.span for printed in table.printed), *(spec.span(ref) for ref in table.refs())]:
            for row in range(span.top, span.bottom + 1):
                for column in range(span.left, span.right + 1):
                    border = sheet.cell(row + TOP, column + 1).border
                    sides = {
                        "top": row == span.top,
                        "bottom": row == span.bottom,
                        "left": column == span.left,
                        "right": column == span.right,
                    }
                    drawn = {side for side, is_edge in sides.items() if is_edge}
                    assert {side for side in drawn if getattr(border, side).style == "thin"} == drawn


@pytest.mark.parametrize("spec", SPECS)
def test_row_ids_stand_in_a_hidden_column_outside_the_printed_range(spec: FormSpec) -> None:
    for table in spec.tables:
        sheet = sheet_of(spec, table)
        letter = get_column_letter(table.column_count + 1)
        assert sheet.column_dimensions[letter].hidden
        ids = " ".join(str(cell.value) for cell in sheet[letter] if cell.value)
        assert ids.split() == [f"{table.id}.{row.id}" for block in table.blocks for row in block.rows]
        assert sheet.print_area.endswith(f"${get_column_letter(table.column_count)}${TOP + table.row_count - 1}")


@pytest.mark.parametrize("spec", SPECS)
def test_each_table_prints_on_one_a4_page(spec: FormSpec) -> None:
    for table in spec.tables:
        sheet = sheet_of(spec, table)
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
        assert "&P" in sheet.oddFooter.center.text


@pytest.mark.parametrize("spec", SPECS)
def test_number_formats_show_every_digit(spec: FormSpec) -> None:
    workbook = openpyxl.load_workbook(own_template(spec.edition))
    slots = find_slots(workbook)
    for ref in spec.refs():
        slot = slots[str(ref)]
        wanted = "General" if spec.column(ref).kind is NumberKind.AMOUNT else "0"
        assert workbook[slot.sheet].cell(slot.row, slot.column).number_format == wanted


@pytest.mark.parametrize("spec", SPECS)
def test_the_committed_template_is_what_the_script_makes(spec: FormSpec) -> None:
    made = script().make_template(spec)
    kept = openpyxl.load_workbook(own_template(spec.edition))
    assert made.sheetnames == kept.sheetnames
    assert {n: d.attr_text for n, d in made.defined_names.items()} == {
        n: d.attr_text for n, d in kept.defined_names.items()
    }
    for sheet in made.worksheets:
        other = kept[sheet.title]
        assert {str(area) for area in sheet.merged_cells.ranges} == {str(area) for area in other.merged_cells.ranges}
        assert [[cell.value for cell in row] for row in sheet] == [[cell.value for cell in row] for row in other]
        heights = {row: dimension.height for row, dimension in sheet.row_dimensions.items() if dimension.height}
        assert heights == {row: other.row_dimensions[row].height for row in heights}


def script() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "packaging" / "make_templates.py"
    spec = importlib.util.spec_from_file_location("make_templates", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
