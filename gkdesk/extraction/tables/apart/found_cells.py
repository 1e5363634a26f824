"""What is found in a text that gives figures apart from their labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gkdesk.extraction.figures import Figure
from gkdesk.extraction.result import CellReading, cell_reading
from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import MISSING, NumberKind, State


@dataclass(frozen=True, slots=True)
class Found:
    """The cells of a table, and how many rows of it are proven: all or none; ``once``: no row can be there twice."""

    cells: Sequence[CellReading]
    rows: int = 0
    once: bool = False


def doubtful_cell(ref: CellRef, figure: Figure | None, kind: NumberKind) -> CellReading:
    """The cell with its figure proposed, in doubt where it stands; missing without one."""
    cell = cell_reading(ref, figure, kind, ("position",))
    return cell if cell.reading.state is not State.BLANK else replace(cell, reading=MISSING)
