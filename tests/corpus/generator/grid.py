"""Tables as printed: cells with spans, and what else stands in a cell without being its figure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gkdesk.model.cellref import CellRef


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a cell beside its figure.

    Attributes:
        kind: ``struck``, ``hidden``, ``white`` or ``tracked`` (deleted, the figure inserted) stand before the figure,
            ``superscript`` behind it; ``nested`` and ``boxed`` have no text: the figure is in a table, a text box.
        text: its digits.
    """

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell at its top left slot; ``ref`` for those that hold a figure. A line break in ``text`` is one in print."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    ref: CellRef | None = None
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table; ``cells`` in reading order; hidden rows and columns are there, but not shown."""

    id: str
    row_count: int
    column_count: int
    cells: tuple[PrintedCell, ...]
    widths: tuple[float, ...]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

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
                        grid[row][column] = cell.text.replace("\n", "")
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
    """A row of figures with its label path, for writers that have no grid; ``joined``: its figures run together."""

    id: str
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    joined: bool = False
