"""The tables of a report as printed: labels in the report's own wording, with the report's twists."""

from __future__ import annotations

from gkdesk.model.cellref import CellRef
from gkdesk.model.spec import TableSpec

from .figures import spec_of
from .grid import PrintedCell, PrintedTable, TextRow
from .labels import vary
from .report import Report, another_report
from .twist import SECOND_TABLES
from .twisted_table import twist_rows, twist_table


def table_spec(report: Report, table_id: str) -> TableSpec:
    """The table's specification; 表三 with one row （六） is that of the 2019 edition."""
    if table_id == "t3" and report.single_closed:
        return spec_of("2019").table("t3")
    return report.spec.table(table_id)


def printed_table(report: Report, table_id: str) -> PrintedTable:
    """A table of the report in the official layout."""
    spec = table_spec(report, table_id)
    cells = [
        PrintedCell(
            printed.span.top,
            printed.span.left,
            printed.span.bottom - printed.span.top + 1,
            printed.span.right - printed.span.left + 1,
            _word(printed.text, report),
        )
        for printed in spec.printed
    ]
    for block in spec.blocks:
        for row in block.rows:
            for column in block.columns:
                ref = CellRef(spec.id, row.id, column.id)
                span = column.right - column.left + 1
                cells.append(PrintedCell(row.at, column.left, 1, span, report.texts[ref], ref))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    table = PrintedTable(spec.id, spec.row_count, spec.column_count, tuple(cells), spec.widths)
    return twist_table(table, report.plan.twists)


def text_rows(report: Report, table_id: str) -> list[tuple[tuple[str, ...], tuple[str, ...], list[TextRow]]]:
    """Per block: its label path, its column labels, its rows."""
    spec, blocks = table_spec(report, table_id), []
    for block in spec.blocks:
        rows = [
            TextRow(
                row.id,
                tuple(_word(label, report) for label in row.label),
                tuple(report.texts[CellRef(spec.id, row.id, column.id)] for column in block.columns),
            )
            for row in block.rows
        ]
        heads = tuple(_word(_heading(spec, column.label[-1]), report) for column in block.columns)
        columns = tuple(column.id for column in block.columns)
        heads, rows = twist_rows(heads, rows, columns, report.plan.twists)
        blocks.append((tuple(_word(label, report) for label in block.label), heads, rows))
    return blocks


def versions(report: Report, table_id: str) -> tuple[tuple[str, Report], ...]:
    """What stands where a table belongs, from top to bottom: a caption and the report it is taken from.

    Most reports have one table there, without a caption.
    """
    twist = next((twist for twist in report.plan.twists if twist.kind in SECOND_TABLES), None)
    if twist is None or table_id not in twist.at:
        return (("", report),)
    other, year = another_report(report), report.plan.year
    if twist.kind == "last-year-before":
        return ((f"{year - 1}年数据（供对比）", other), (f"{year}年数据", report))
    if twist.kind == "last-year-after":
        return (("", report), (f"附：{year - 1}年数据（供对比）", other))
    if twist.kind == "department-after":
        return (("", report), ("其中：下属事业单位数据", other))
    return (("", report), ("", other))


def following_report(report: Report) -> Report | None:
    """The report of another body behind this one in the same file, if there is one."""
    twist = next((twist for twist in report.plan.twists if twist.kind == "two-reports"), None)
    return another_report(report, twist.text) if twist else None


def _word(text: str, report: Report) -> str:
    for twist in report.plan.twists:
        if twist.kind == "misprinted-label" and text in twist.at:
            text = twist.text
    return vary(text, report.plan.labels)


def _heading(spec: TableSpec, label: str) -> str:
    # The specification keeps 本年收费金额 without the unit that is printed behind it.
    for printed in spec.printed:
        if printed.text.startswith(label + "（单位"):
            return printed.text
    return label
