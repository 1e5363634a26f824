"""Tab-separated tables as copied from a web page or Word file: merged cells are lost in one of several ways."""

from __future__ import annotations

from dataclasses import dataclass

from .grid import PrintedCell, PrintedTable
from .layout import following_report, printed_table, versions
from .report import Report
from .text import TextStyle, document_text


@dataclass(frozen=True, slots=True)
class TabStyle:
    """How the merged cells were lost.

    Attributes:
        mode: ``matrix`` (every slot is there, as from a spreadsheet), ``leading`` (a covered slot to the left stays as
            a tab, a merged cell to the right counts once), ``dropped`` (only real cells, no leading tabs).
        width: every row is padded with trailing tabs to this many fields.
        early: ids of rows of 表三 that start in the first column though their group columns are covered.
        quoted: a mail quotes the whole text, every line behind ``>``.
        commas: the cells are parted by commas, as spreadsheet programs save a sheet (CSV).
    """

    mode: str = "leading"
    width: int = 10
    early: tuple[str, ...] = ()
    quoted: bool = False
    commas: bool = False


def write_tabbed(report: Report, style: TabStyle) -> str:
    """The whole report; prose in whole paragraphs."""
    made = _one(report, style)
    other = following_report(report)
    whole = made if other is None else f"{made}\n{_one(other, style)}"
    return "\n".join(f"> {line}" for line in whole.split("\n")) if style.quoted else whole


def _one(report: Report, style: TabStyle) -> str:
    text = TextStyle(prose_width=10_000)
    return document_text(report, text, lambda table: _tables(report, table, style))


TORN = ("closed_other", "total", "rejected_confirm", "carried_out")
"""Ids of the rows of 表三 that may start in the first column: what tears a table does so before them."""


def cells_of_torn_rows(report: Report, style: TabStyle) -> tuple[str, ...]:
    """Cells of torn rows that nobody can know: the same line may be that of other figures.

    A row that starts early may have one more empty field behind its label, or not. Where a line leaves room for both
    and its total does not tell, either may be meant. Which rows are torn is seen only where the others keep their
    covered slots to the left. A number of the line before the figures tells where they begin.
    """
    table = printed_table(report, "t3")
    if style.mode == "matrix" or any(twist.kind == "line-column" for twist in report.plan.twists):
        return ()
    first = min(cell.column for cell in table.cells if cell.ref is not None)
    unknown: list[str] = []
    for cells in table.rows():
        values = [cell for cell in cells if cell.column >= first]
        row = next((cell.ref.row for cell in values if cell.ref is not None), "")
        early = row in style.early
        seen = style.mode == "leading" and row != "carried_out" and not early
        if row not in TORN or seen or _is_sum(report, row):
            continue
        texts = [cell.text for cell in values]
        moved = ["", *texts[:-1]] if early else [*texts[1:], ""]
        if (texts[-1] if early else texts[0]) == "":
            pairs = zip(values, moved, strict=True)
            unknown += [str(cell.ref) for cell, text in pairs if cell.ref is not None and cell.text != text]
    return tuple(unknown)


def _is_sum(report: Report, row: str) -> bool:
    """True if the total of the row is the sum of its figures, and more than nothing."""
    values = {ref.column: value or 0 for ref, value in report.values.items() if ref.table == "t3" and ref.row == row}
    total = values.pop("total")
    return total == sum(values.values()) != 0


def _tables(report: Report, table_id: str, style: TabStyle) -> list[str]:
    shown = versions(report, table_id)
    return [line for caption, of in shown for line in (caption, tabbed_table(of, table_id, style)) if line]


def tabbed_table(report: Report, table_id: str, style: TabStyle) -> str:
    """One table, rows by line."""
    table = printed_table(report, table_id)
    width = max(table.column_count, style.width if table_id == "t3" else 0)
    rows = [_padded(fields, width) for fields in _rows(table, style)]
    if style.commas:
        return "\n".join(",".join(map(_comma_field, fields)) for fields in rows)
    return "\n".join(map("\t".join, rows))


def _comma_field(text: str) -> str:
    text = text.replace("\n", "")
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text


def _padded(fields: list[str], width: int) -> list[str]:
    return fields + [""] * (width - len(fields))


def _rows(table: PrintedTable, style: TabStyle) -> list[list[str]]:
    if style.mode == "matrix":
        return table.slots()
    rows = []
    for row, cells in enumerate(table.rows()):
        row_id = next((cell.ref.row for cell in cells if cell.ref is not None), "")
        if table.id == "t4" and row == table.row_count - 1:
            row_id = ""
        leading = 0 if style.mode == "dropped" or row_id in style.early else _covered_left(table, row)
        fields = [""] * leading + _fields(cells, row, table)
        if row_id in style.early:
            fields.insert(1, "")
        rows.append(fields)
    return rows


def _covered_left(table: PrintedTable, row: int) -> int:
    """Slots left of the first own cell of the row that a merged cell from above covers."""
    own = [cell.column for cell in table.cells if cell.row == row]
    covering = [cell for cell in table.cells if cell.row < row < cell.row + cell.row_span]
    return sum(cell.column_span for cell in covering if cell.column < min(own, default=99) and table.id != "t4") or (
        5 if table.id == "t4" and row == 2 else 0
    )


def _fields(cells: list[PrintedCell], row: int, table: PrintedTable) -> list[str]:
    fields: list[str] = []
    for cell in cells:
        fields.append(cell.text)
        # A heading over several columns keeps them; a label over the label columns counts once more at most.
        extra = cell.column_span - 1 if table.id != "t3" or cell.column >= 3 else min(1, cell.column_span - 1)
        fields += [""] * (extra if cell.ref is None else 0)
    return fields
