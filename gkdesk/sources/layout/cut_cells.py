"""Cells of a page's tables that the edge of the page or of the table cuts off: what they hold may go on unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gkdesk.sources.layout.marks import Glyph
from gkdesk.sources.layout.ruled_grid import RuledCell, RuledGrid

AT_EDGE = 1.0
"""Points from the edge of the page within which a border is not the table's own, but the end of the paper."""

_BEYOND = 1.5
"""Heights of a digit by which one may stand behind the last border of its cell, in a column too narrow for it."""


def cut_cells(grid: RuledGrid, width: float, outside: Iterable[Glyph]) -> Iterator[RuledCell]:
    """The cells that are cut off.

    * A table wider than its page is printed as far as the paper reaches: its last cells may be parts of cells only.
    * A digit outside the table right beside a cell is a part of its figure, or the figure: text is not cut at borders.

    Args:
        grid: a table of the page.
        width: of the page, in points.
        outside: the characters that stand in no table.
    """
    found = {cell for cell in grid.cells if cell.area.right >= width - AT_EDGE or cell.area.left <= AT_EDGE}
    for glyph in outside:
        if glyph.text.isdecimal():
            found |= set(_beside(grid.cells, grid, glyph))
    yield from found


def _beside(cells: Sequence[RuledCell], grid: RuledGrid, glyph: Glyph) -> Iterator[RuledCell]:
    beyond = _BEYOND * (glyph.box.bottom - glyph.box.top)
    _, y = glyph.box.centre
    right = grid.xs[-1] - beyond <= glyph.box.left <= grid.xs[-1] + beyond
    left = grid.xs[0] - beyond <= glyph.box.right <= grid.xs[0] + beyond
    if not (right or left):
        return
    for cell in cells:
        ends = cell.area.right == grid.xs[-1] if right else cell.area.left == grid.xs[0]
        if ends and cell.area.top <= y <= cell.area.bottom:
            yield cell
