"""Tables with rows or columns moved, added, lost or doubled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .grid import Beside, PrintedCell, PrintedTable, TextRow
from .twist import BESIDE, Twist


def twist_table(table: PrintedTable, twists: Sequence[Twist]) -> PrintedTable:
    """The table with these habits."""
    for twist in twists:
        if change := _CHANGES.get((twist.kind, table.id)):
            table = change(table, twist)
        if twist.kind in BESIDE:
            cells = tuple(
                replace(cell, beside=Beside(twist.kind, twist.text)) if str(cell.ref) in twist.at else cell
                for cell in table.cells
            )
            table = replace(table, cells=cells)
    return table


def _sorted(table: PrintedTable, cells: Sequence[PrintedCell]) -> PrintedTable:
    return replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _row_at(table: PrintedTable, row_id: str) -> int:
    return next(cell.row for cell in table.cells if cell.ref is not None and cell.ref.row == row_id)


def _column_at(table: PrintedTable, column_id: str) -> int:
    return next(cell.column for cell in table.cells if cell.ref is not None and cell.ref.column == column_id)


def _first_body_row(table: PrintedTable) -> int:
    return min(cell.row for cell in table.cells if cell.ref is not None)


def _first_value_column(table: PrintedTable) -> int:
    return min(cell.column for cell in table.cells if cell.ref is not None)


def _order_rows(table: PrintedTable, order: Sequence[int]) -> PrintedTable:
    """``order`` holds the old numbers of the rows from top to bottom; no merged cell may be torn by it."""
    place = {old: new for new, old in enumerate(order)}
    cells = [
        replace(cell, row=min(place[row] for row in range(cell.row, cell.row + cell.row_span))) for cell in table.cells
    ]
    return _sorted(table, cells)


def _order_columns(table: PrintedTable, order: Sequence[int]) -> PrintedTable:
    place = {old: new for new, old in enumerate(order)}
    cells = [
        replace(cell, column=min(place[at] for at in range(cell.column, cell.column + cell.column_span)))
        for cell in table.cells
    ]
    return replace(_sorted(table, cells), widths=tuple(table.widths[old] for old in order))


def _exchange(count: int, one: int, other: int) -> list[int]:
    order = list(range(count))
    order[one], order[other] = other, one
    return order


def _swap_rows(table: PrintedTable, twist: Twist) -> PrintedTable:
    one, other = (_row_at(table, row) for row in twist.at)
    return _order_rows(table, _exchange(table.row_count, one, other))


def _swap_groups(table: PrintedTable, twist: Twist) -> PrintedTable:
    blocks = [
        sorted({cell.row for cell in table.cells if cell.ref is not None and cell.ref.row.startswith(prefix)})
        for prefix in twist.at
    ]
    first, second = sorted(blocks)
    order = list(range(table.row_count))
    between = order[first[-1] + 1 : second[0]]
    order[first[0] : second[-1] + 1] = [*second, *between, *first]
    return _order_rows(table, order)


def _swap_columns(table: PrintedTable, twist: Twist) -> PrintedTable:
    one, other = (_column_at(table, column) for column in twist.at)
    return _order_columns(table, _exchange(table.column_count, one, other))


def _put_total_first(table: PrintedTable, _: Twist) -> PrintedTable:
    first, total = _first_value_column(table), _column_at(table, "total")
    order = [at for at in range(table.column_count) if at != total]
    order.insert(first, total)
    return _order_columns(table, order)


def _insert_column(table: PrintedTable, at: int, new: Sequence[PrintedCell]) -> PrintedTable:
    cells = [
        replace(
            cell,
            column=cell.column + (cell.column >= at),
            column_span=cell.column_span + (cell.column < at < cell.column + cell.column_span),
        )
        for cell in table.cells
    ]
    widths = (*table.widths[:at], min(table.widths), *table.widths[at:])
    wider = replace(table, column_count=table.column_count + 1, widths=widths)
    return _sorted(wider, [*cells, *new])


def _column(table: PrintedTable, at: int, head: str, text: Callable[[int], str]) -> list[PrintedCell]:
    first = _first_body_row(table)
    body = [PrintedCell(row, at, 1, 1, text(row), None) for row in range(first, table.row_count)]
    return [PrintedCell(0, at, first, 1, head), *body]


def _add_subtotal(table: PrintedTable, _: Twist) -> PrintedTable:
    """A column 小计 of the legal persons before the 总计."""
    at = _column_at(table, "total")
    sums = {}
    for row in range(_first_body_row(table), table.row_count):
        figures = [cell.text for cell in table.cells if cell.row == row and cell.ref is not None]
        sums[row] = _sum(figures[1:6])
    body = [PrintedCell(row, at, 1, 1, text) for row, text in sums.items()]
    wider = _insert_column(table, at, [PrintedCell(2, at, 1, 1, "小计"), *body])
    group = next(cell for cell in wider.cells if cell.row == 1 and cell.column + cell.column_span == at)
    longer = replace(group, column_span=group.column_span + 1)
    return replace(wider, cells=tuple(longer if cell == group else cell for cell in wider.cells))


def _add_line_numbers(table: PrintedTable, _: Twist) -> PrintedTable:
    at, first = _first_value_column(table), _first_body_row(table)
    return _insert_column(table, at, _column(table, at, "行次", lambda row: str(row - first + 1)))


def _add_serials(table: PrintedTable, _: Twist) -> PrintedTable:
    first = _first_body_row(table)
    return _insert_column(table, 0, _column(table, 0, "序号", lambda row: str(row - first + 1)))


def _add_remarks(table: PrintedTable, twist: Twist) -> PrintedTable:
    at = table.column_count
    return _insert_column(table, at, _column(table, at, "备注", lambda row: twist.text if row % 3 == 0 else ""))


def _add_numbers_of_columns(table: PrintedTable, _: Twist) -> PrintedTable:
    """A row 栏次 with the numbers of the columns above the figures."""
    at, first = _first_body_row(table), _first_value_column(table)
    table = _insert_row(table, at)
    label = [PrintedCell(at, 0, 1, first, "栏次")] if first else []
    numbers = [PrintedCell(at, column, 1, 1, str(column - first + 1)) for column in range(first, table.column_count)]
    return _sorted(table, [*table.cells, *label, *numbers])


def _insert_row(table: PrintedTable, at: int) -> PrintedTable:
    cells = [
        replace(
            cell, row=cell.row + (cell.row >= at), row_span=cell.row_span + (cell.row < at < cell.row + cell.row_span)
        )
        for cell in table.cells
    ]
    return replace(table, row_count=table.row_count + 1, cells=tuple(cells))


def _lose_row(table: PrintedTable, twist: Twist) -> PrintedTable:
    at = _row_at(table, twist.at[0])
    cells = []
    for cell in table.cells:
        covers = cell.row <= at < cell.row + cell.row_span
        if covers and cell.row_span == 1:
            continue
        cells.append(replace(cell, row=cell.row - (cell.row > at), row_span=cell.row_span - covers))
    return _sorted(replace(table, row_count=table.row_count - 1), cells)


def _double_row(table: PrintedTable, twist: Twist, hidden: bool = False) -> PrintedTable:
    """The row once more below itself, with ``twist.text`` instead of its figures if there is any."""
    at = _row_at(table, twist.at[0])
    cells = []
    for cell in table.cells:
        covers = cell.row <= at < cell.row + cell.row_span
        grown = replace(cell, row=cell.row + (cell.row > at), row_span=cell.row_span + (covers and cell.row_span > 1))
        cells.append(grown)
        if covers and cell.row_span == 1:
            other = cell if cell.ref is None or not twist.text else replace(cell, text=twist.text, ref=None)
            cells.append(replace(other, row=at + 1))
    rows = table.hidden_rows | ({at + 1} if hidden else set())
    return _sorted(replace(table, row_count=table.row_count + 1, hidden_rows=rows), cells)


def _hide_column(table: PrintedTable, twist: Twist) -> PrintedTable:
    """Last year's figures in a hidden column before the 总计."""
    at = _column_at(table, "total")
    wider = _insert_column(table, at, _column(table, at, "上年", lambda row: twist.text)[1:])
    return replace(wider, hidden_columns=frozenset({at}))


def _break_headings(table: PrintedTable, _: Twist) -> PrintedTable:
    """Narrow headings stand one character a line."""
    first = _first_body_row(table)
    cells = [
        replace(cell, text="\n".join(cell.text))
        if cell.ref is None and cell.row < first and cell.column_span == 1 and len(cell.text) < 8
        else cell
        for cell in table.cells
    ]
    return replace(table, cells=tuple(cells))


_CHANGES: dict[tuple[str, str], Callable[[PrintedTable, Twist], PrintedTable]] = {
    ("rows-swapped", "t3"): _swap_rows,
    ("groups-swapped", "t3"): _swap_groups,
    ("columns-swapped", "t3"): _swap_columns,
    ("total-first", "t3"): _put_total_first,
    ("outcomes-swapped", "t4"): _swap_columns,
    ("subtotal-column", "t3"): _add_subtotal,
    ("line-column", "t3"): _add_line_numbers,
    ("serial-column", "t3"): _add_serials,
    ("remark-column", "t3"): _add_remarks,
    ("number-row", "t3"): _add_numbers_of_columns,
    ("number-row", "t4"): _add_numbers_of_columns,
    ("row-lost", "t3"): _lose_row,
    ("row-doubled", "t3"): _double_row,
    ("row-doubled-other", "t3"): _double_row,
    ("hidden-row", "t3"): lambda table, twist: _double_row(table, twist, hidden=True),
    ("hidden-column", "t3"): _hide_column,
    ("tall-headings", "t3"): _break_headings,
    ("tall-headings", "t4"): _break_headings,
}


def twist_rows(
    heads: tuple[str, ...], rows: list[TextRow], columns: tuple[str, ...], twists: Sequence[Twist]
) -> tuple[tuple[str, ...], list[TextRow]]:
    """The same for writers without a grid; ``columns`` are the ids of the columns of this block."""
    for twist in twists:
        heads, rows = _twist_rows(heads, rows, columns, twist)
    return heads, rows


def _twist_rows(
    heads: tuple[str, ...], rows: list[TextRow], columns: tuple[str, ...], twist: Twist
) -> tuple[tuple[str, ...], list[TextRow]]:
    names = [row.id for row in rows]
    of_block = {"columns-swapped": "natural" in columns, "outcomes-swapped": names == ["review"]}
    if of_block.get(twist.kind):
        order = _exchange(len(columns), *(columns.index(name) for name in twist.at))
        return _columns_in(order, heads, rows)
    if "natural" not in columns:
        return heads, rows
    if twist.kind == "total-first":
        return _columns_in([6, 0, 1, 2, 3, 4, 5], heads, rows)
    if twist.kind == "subtotal-column":
        added = [replace(row, texts=(*row.texts[:6], _sum(row.texts[1:6]), *row.texts[6:])) for row in rows]
        return (*heads[:6], "小计", *heads[6:]), added
    if twist.kind == "line-column":
        numbered = [replace(row, texts=(str(number), *row.texts)) for number, row in enumerate(rows, 1)]
        return ("行次", *heads), numbered
    if twist.kind == "rows-swapped":
        return heads, [rows[at] for at in _exchange(len(rows), *(names.index(name) for name in twist.at))]
    if twist.kind == "groups-swapped":
        blocks = [[row for row in rows if row.id.startswith(prefix)] for prefix in twist.at]
        return heads, _blocks_swapped(rows, *sorted(blocks, key=lambda block: rows.index(block[0])))
    if twist.kind == "joined":
        return heads, [replace(row, joined=row.joined or row.id in twist.at) for row in rows]
    return heads, _added_or_lost(rows, twist)


def _blocks_swapped(rows: list[TextRow], first: list[TextRow], second: list[TextRow]) -> list[TextRow]:
    start, end = rows.index(first[0]), rows.index(second[-1]) + 1
    between = rows[start + len(first) : rows.index(second[0])]
    return [*rows[:start], *second, *between, *first, *rows[end:]]


def _added_or_lost(rows: list[TextRow], twist: Twist) -> list[TextRow]:
    if twist.kind == "row-lost":
        return [row for row in rows if row.id not in twist.at]
    if twist.kind not in ("row-doubled", "row-doubled-other"):
        return rows
    at = next(index for index, row in enumerate(rows) if row.id in twist.at)
    again = rows[at] if not twist.text else replace(rows[at], texts=(twist.text,) * len(rows[at].texts))
    return [*rows[: at + 1], again, *rows[at + 1 :]]


def _columns_in(
    order: Sequence[int], heads: tuple[str, ...], rows: list[TextRow]
) -> tuple[tuple[str, ...], list[TextRow]]:
    moved = [replace(row, texts=tuple(row.texts[at] for at in order)) for row in rows]
    return tuple(heads[at] for at in order), moved


def _sum(texts: Sequence[str]) -> str:
    return str(sum(int(text.replace(",", "")) for text in texts if text.replace(",", "").isdecimal()))
