"""The rows of a table of one block (表三) in grids with sure columns: labels, and cells by the words of the header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gkdesk.extraction.cells_over_rows import in_own_rows
from gkdesk.extraction.figures import Figure, Unit, is_figure
from gkdesk.extraction.labels import best_coverage, key
from gkdesk.extraction.tables.align import SURE, RowLabel
from gkdesk.extraction.tables.header import LINE_NUMBERS, Header, HeaderColumn, find_header
from gkdesk.model.content import Grid, GridCell
from gkdesk.model.place import SheetPlace
from gkdesk.model.spec import TableSpec

CUT_OFF = "cut-off"
"""The doubt of a figure of which the edge of the page may have cut a part off."""

_FIGURE_BEHIND = re.compile(r"[^\W\d]\s*\d[\d,.，\s]*$|[）)”]\s*\d[\d,.，\s]*$")


def units_of_grids(table: TableSpec, grids: Sequence[Grid], labels: Sequence[RowLabel]) -> Iterator[Unit]:
    """The rows below the headers of the grids with their cells by column.

    Args:
        table: a table of one block.
        grids: the grids of the source with sure columns; one without a header goes on from the one before it.
        labels: the labels of all rows that the table may have.
    """
    header: Header | None = None
    numbered = False
    rows: list[Unit] = []
    previous_grid: Grid | None = None
    for grid in grids:
        first = first_labelled_row(grid, labels)
        last = first if first is not None else grid.row_count
        own = _header_above(grid, table, last)
        if own is not None:
            header, numbered = own, _has_line_numbers(grid, own)
        elif header is not None:
            carried = header.carried_to(grid)
            if carried is None:
                continue
            header = carried
        else:
            continue
        new = list(_units_of_grid(grid, header, numbered))
        if rows and new and own is None and previous_grid is not None:
            new[0] = _unless_left_above(grid, new[0], header)
            _mend_torn_row(rows, new, labels)
        rows.extend(new)
        previous_grid = grid
    yield from rows


def _header_above(grid: Grid, table: TableSpec, last: int) -> Header | None:
    """The header among the rows before ``last``, first of all below the figures of another table above it."""
    columns = table.blocks[0].columns
    figures = (cell.row for cell in grid.cells if cell.row < last and is_figure(cell.text))
    below = max(figures, default=-1) + 1
    nearest = find_header(grid, columns, range(below, last)) if below else None
    return nearest or find_header(grid, columns, range(0, last))


def first_labelled_row(grid: Grid, labels: Sequence[RowLabel]) -> int | None:
    """The first row of a grid with a label of the table; None if there is none."""
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        text = key(cell.text)
        if len(text) > 2 and any(best_coverage(label.wordings, text) >= 0.9 for label in labels):
            return cell.row
    return None


def _has_line_numbers(grid: Grid, header: Header) -> bool:
    """True if the column before those of the form is headed as that of the numbers of the lines."""
    above = (cell for cell in grid.cells if cell.row <= header.last_row)
    return any(cell.column + cell.column_span == header.first_slot and key(cell.text) in LINE_NUMBERS for cell in above)


def _without_line_number(row: list[GridCell], header: Header, width: int) -> list[GridCell]:
    """The cells without the number of the line between label and figures, if none of the row can have been lost."""
    number = next((index for index, cell in enumerate(row) if cell.column == header.first_slot - 1), 0)
    if not number or not is_figure(row[number].text) or row[-1].column + row[-1].column_span != width:
        return row
    label = row[number - 1]
    ends = label.column + label.column_span
    stands = row[number].column_span == 1 and ends == row[number].column and not is_figure(label.text)
    return (
        [*row[: number - 1], replace(label, column_span=label.column_span + 1), *row[number + 1 :]] if stands else row
    )


def _units_of_grid(grid: Grid, header: Header, numbered: bool) -> Iterator[Unit]:
    rows = grid.rows()
    for index in range(header.last_row + 1, grid.row_count):
        row = in_own_rows(grid, rows[index])
        if not row:
            continue
        ends = row[-1].column + row[-1].column_span
        if numbered:
            row = _without_line_number(row, header, grid.column_count)
        label_cells = [cell for cell in row if cell.column < header.first_slot]
        # The number of a line before its figures is no word of the label.
        words = key(" ".join(_once(cell.text for cell in label_cells if not is_figure(cell.text))))
        cells, sure = _cells_of_row(row, header, grid.column_count)
        values = [cell for cell in row if cell not in label_cells]
        figures = tuple(Figure(cell.text, cell.place, cell.doubt) for cell in values)
        blank = all(not figure.text.strip() for figure in figures)
        raw = " ".join(figure.text for figure in figures if figure.text.strip())
        if cells is not None and grid.page is not None and any(_holds_a_figure(cell.text) for cell in label_cells):
            cells = tuple(figure if figure is None or figure.text.strip() else _doubted(figure) for figure in cells)
        # Where a cell is lost, the number of the line may stand in the place of the first figure.
        if cells is not None and (not sure or (numbered and ends != grid.column_count)):
            cells = tuple(figure and _doubted(figure) for figure in cells)
        if cells is not None:
            cells = tuple(_below(column, figure) for column, figure in zip(header.columns, cells, strict=True))
        yield Unit(words, "", figures, cells, cells is not None and not blank, blank, raw)


def _holds_a_figure(label: str) -> bool:
    """True for a label on a page with a figure behind it: a border between them was not seen, and a blank is none."""
    return _FIGURE_BEHIND.search(label) is not None


def _doubted(figure: Figure) -> Figure:
    return replace(figure, doubt=figure.doubt or "position")


def _below(column: HeaderColumn, figure: Figure | None) -> Figure | None:
    """The figure, in doubt below a name that is cut, and where nothing stands below a name that is not there."""
    if figure is None or not (column.cut or (not column.proven and not figure.text.strip())):
        return figure
    return replace(figure, doubt=figure.doubt or (CUT_OFF if column.cut else "column-unproven"))


def _once(texts: Iterable[str]) -> Iterator[str]:
    """The words of labels side by side without those that repeat the cell before: one merged cell, taken apart."""
    last = ""
    for text in texts:
        if key(text) != last or not last:
            yield text
        last = key(text)


def _cells_of_row(row: list[GridCell], header: Header, width: int) -> tuple[tuple[Figure | None, ...] | None, bool]:
    """A row's cells by column, and whether their places under the header and their order say the same.

    The order is that of the header, whatever that of the form is: where every column is known by its own words, and a
    row has as many cells behind its label as there are columns, each exactly under its own word, two signs agree on it.
    A row with more cells has no such order. Its places are enough if no lost cell can have moved them: on a sheet, or
    where the label ends just before the first column and the row goes on to the grid's ``width``.
    """
    by_slot, by_order = _by_slot(row, header), _by_order(row, header)
    if by_slot is None or by_order is None:
        named = by_order is None and all(column.proven for column in header.columns)
        return by_order or by_slot, named or _is_in_order(header)
    if all(column.proven for column in header.columns):
        if len(_behind_words(row)) > len(header.columns) and _is_in_place(row, header, width):
            return by_slot, True
        by_order = _by_header_order(by_order, header)
    return by_order, [f and f.place for f in by_slot] == [f and f.place for f in by_order]


def _by_header_order(figures: tuple[Figure | None, ...], header: Header) -> tuple[Figure | None, ...]:
    """Figures as they stand from left to right, put in the order of the form."""
    standing = sorted(header.columns, key=lambda column: column.left)
    return tuple(figures[standing.index(column)] for column in header.columns)


def _is_in_order(header: Header) -> bool:
    lefts = [column.left for column in header.columns]
    return lefts == sorted(lefts)


def _by_slot(row: list[GridCell], header: Header) -> tuple[Figure | None, ...] | None:
    """The row's cells under the columns of the header; None if a column has no cell or shares one with another."""
    found: list[GridCell] = []
    for column in header.columns:
        cell = next((c for c in row if c.column <= column.left and column.right < c.column + c.column_span), None)
        if cell is None:
            inside = [c for c in row if column.left <= c.column <= column.right]
            if not inside or sum(1 for c in inside if c.text.strip()) > 1:
                return None
            cell = next((c for c in inside if c.text.strip()), inside[0])
        if cell in found:
            return None
        found.append(cell)
    return tuple(Figure(cell.text, cell.place, cell.doubt) for cell in found)


def _by_order(row: list[GridCell], header: Header) -> tuple[Figure | None, ...] | None:
    """The cells behind the row's words, where they are as many as the columns; more may follow if they are empty."""
    behind = _behind_words(row)
    while len(behind) > len(header.columns) and not behind[-1].text.strip():
        behind = behind[:-1]
    if len(behind) != len(header.columns):
        return None
    return tuple(Figure(cell.text, cell.place, cell.doubt) for cell in behind)


def _is_in_place(row: list[GridCell], header: Header, width: int) -> bool:
    if isinstance(row[0].place, SheetPlace):
        return True
    label = row[len(row) - len(_behind_words(row)) - 1] if len(_behind_words(row)) < len(row) else None
    ends = row[-1].column + row[-1].column_span
    return label is not None and label.column + label.column_span == header.first_slot and ends == width


def _behind_words(row: list[GridCell]) -> list[GridCell]:
    last = max((i for i, cell in enumerate(row) if cell.text.strip() and not is_figure(cell.text)), default=-1)
    return row[last + 1 :]


def _unless_left_above(grid: Grid, first: Unit, header: Header) -> Unit:
    """The first row of a page, its blanks in doubt if its label is: with the rest of that, figures may be missing."""
    labels = [cell for cell in grid.cells if cell.row == header.last_row + 1 and cell.column < header.first_slot]
    if grid.page is None or not first.blank or first.cells is None or not any(cell.doubt for cell in labels):
        return first
    return replace(first, cells=tuple(figure and _doubted(figure) for figure in first.cells))


def _mend_torn_row(above: list[Unit], below: list[Unit], labels: Sequence[RowLabel]) -> None:
    """Joins the last row of a page and the first of the next where a page break cut one row in two."""
    upper, lower = above[-1], below[0]
    joined = upper.before + lower.before
    alone = max(max(best_coverage(label.wordings, part) for label in labels) for part in (upper.before, lower.before))
    if max(best_coverage(label.wordings, joined) for label in labels) < max(alone + 0.1, SURE):
        return
    if upper.cells is None or lower.cells is None or not (upper.blank or lower.blank):
        return
    filled = upper if lower.blank else lower
    above[-1] = replace(filled, before=joined)
    del below[0]
