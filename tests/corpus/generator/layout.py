"""The tables of a report as printed: cells with spans, labels already in the report's own wording."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gkdesk.model.cellref import CellRef
from gkdesk.model.spec import TableSpec

from .figures import spec_of
from .labels import vary
from .report import Report


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell at its top left slot; ``ref`` for those that hold a figure."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table; ``cells`` in reading order."""

    id: str
    row_count: int
    column_count: int
    cells: tuple[PrintedCell, ...]
    widths: tuple[float, ...]

    def rows(self) -> list[list[PrintedCell]]:
        """The cells by the row they start in."""
        return [[cell for cell in self.cells if cell.row == row] for row in range(self.row_count)]

    def slots(self, repeat: bool = False) -> list[list[str]]:
        """Every slot's text; covered slots are empty, or repeat the text of the merged cell."""
        grid = [[""] * self.column_count for _ in range(self.row_count)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    if repeat or (row, column) == (cell.row, cell.column):
                        grid[row][column] = cell.text
        return grid

    def part(self, first: int, last: int) -> PrintedTable:
        """Rows ``first`` to before ``last`` as a table of their own; merged cells are cut, their text stays above."""
        cells = []
        for cell in self.cells:
            top, bottom = max(cell.row, first), min(cell.row + cell.row_span, last)
            if top < bottom:
                text = cell.text if cell.row >= first else ""
                cells.append(replace(cell, row=top - first, row_span=bottom - top, text=text))
        return PrintedTable(self.id, last - first, self.column_count, tuple(cells), self.widths)


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of figures with its label path, for writers that have no grid."""

    id: str
    labels: tuple[str, ...]
    texts: tuple[str, ...]


def table_spec(report: Report, table_id: str) -> TableSpec:
    """The table's specification; 表三 with one row （六） is that of the 2019 edition."""
    if table_id == "t3" and report.single_closed:
        return spec_of("2019").table("t3")
    return report.spec.table(table_id)


def printed_table(report: Report, table_id: str) -> PrintedTable:
    """A table of the report in the official layout."""
    spec, style = table_spec(report, table_id), report.plan.labels
    cells = [
        PrintedCell(
            printed.span.top,
            printed.span.left,
            printed.span.bottom - printed.span.top + 1,
            printed.span.right - printed.span.left + 1,
            vary(printed.text, style),
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
    return PrintedTable(spec.id, spec.row_count, spec.column_count, tuple(cells), spec.widths)


def text_rows(report: Report, table_id: str) -> list[tuple[tuple[str, ...], tuple[str, ...], list[TextRow]]]:
    """Per block: its label path, its column labels, its rows."""
    spec, style = table_spec(report, table_id), report.plan.labels
    blocks = []
    for block in spec.blocks:
        rows = [
            TextRow(
                row.id,
                tuple(vary(label, style) for label in row.label),
                tuple(report.texts[CellRef(spec.id, row.id, column.id)] for column in block.columns),
            )
            for row in block.rows
        ]
        heads = tuple(vary(_heading(spec, column.label[-1]), style) for column in block.columns)
        blocks.append((tuple(vary(label, style) for label in block.label), heads, rows))
    return blocks


def _heading(spec: TableSpec, label: str) -> str:
    # The specification keeps 本年收费金额 without the unit that is printed behind it.
    for printed in spec.printed:
        if printed.text.startswith(label + "（单位"):
            return printed.text
    return label
