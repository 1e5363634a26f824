"""Whether the walls between the cells of a table drawn of characters are all there.

Where two cells are merged, no wall stands between them; where a wall was lost, none does either, and the figure of one
cell may be taken for that of the other. Joints tell one from the other: ``┴`` has no wall below. Some programs draw one
and the same joint wherever rules could meet. There the rows tell: those of figures are merged as what stands above them
is, from the header down, and never over several rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from gkdesk.sources.drawn_lines import BOX_JOINTS, Canvas, Cell

_WORDS = re.compile(r"[\u3400-\u9fff]{2}")


def meets_joints(canvas: Canvas, rules: Sequence[int], edges: Sequence[int], walls: Sequence[Sequence[bool]]) -> bool:
    """True if walls stand above and below rules where the joints say so: a merged cell is no wall that was lost.

    Between rows without figures nothing depends on it; some programs draw the joints of all columns above the header.
    """
    figures = [False, *(_has_figures(canvas, band) for band in pairwise(rules)), False]
    for number, row in enumerate(rules):
        for at, edge in enumerate(edges):
            char = canvas.at(row, edge)
            above = number > 0 and walls[number - 1][at]
            below = number < len(walls) and walls[number][at]
            name = unicodedata.name(char, "").split() if char in BOX_JOINTS else []
            arms = ("UP" in name or "VERTICAL" in name, "DOWN" in name or "VERTICAL" in name)
            if name and (above, below) != arms:
                return False
            if char == "+" and not above and not below and any(figures[number : number + 2]):
                return False
    return True


def lacks_wall(
    canvas: Canvas, bands: Sequence[tuple[int, int]], edges: Sequence[int], walls: Sequence[Sequence[bool]]
) -> bool:
    """True if a band with figures has no wall, and nothing else, where those beside it have one: it may be lost.

    Joints drawn as ``+`` do not tell; the others have been asked.
    """
    for band in range(1, len(walls) - 1):
        above, below = bands[band]
        if not _has_figures(canvas, bands[band]):
            continue
        for at, edge in enumerate(edges):
            lost = walls[band - 1][at] and not walls[band][at] and walls[band + 1][at]
            joints = {canvas.at(above, edge), canvas.at(below, edge)}
            if lost and "+" in joints and all(canvas.at(row, edge).isspace() for row in range(above + 1, below)):
                return True
    return False


def _has_figures(canvas: Canvas, band: tuple[int, int]) -> bool:
    rows = range(band[0] + 1, band[1])
    return any(canvas.text[place].isdecimal() for row in rows for place in canvas.rows[row].values())


def say_nothing(canvas: Canvas, rules: Sequence[int], edges: Sequence[int]) -> bool:
    """True if the joints of a table are drawn alike wherever rules could meet, whatever stands above and below.

    ``rules`` are the lines with rules, ``edges`` the columns of characters in which rules go down.
    """
    inner = {canvas.at(row, edge) for row in rules[1:-1] for edge in edges[1:-1]}
    return len(inner) == 1 and inner <= BOX_JOINTS


def keeps_its_walls(text: str, cells: Sequence[Cell]) -> bool:
    """True if no wall can be missing between figures, whatever joints say.

    From the first row of figures down, a cell without words is of one row, and as wide as the one above it if it
    covers several columns: a wall lost in one row, between a figure and a blank, shows in the row below or above.
    """
    filled = [cell for cell in cells if not _has_words(text, cell)]
    first = min((cell.top for cell in filled if any(map(str.isdigit, _text(text, cell)))), default=0)
    widths = {(cell.bottom, cell.left, cell.right) for cell in cells}
    return all(
        cell.top == cell.bottom and (cell.left == cell.right or (cell.top - 1, cell.left, cell.right) in widths)
        for cell in filled
        if cell.top >= first
    )


def _has_words(text: str, cell: Cell) -> bool:
    return _WORDS.search(_text(text, cell)) is not None


def _text(text: str, cell: Cell) -> str:
    return "".join(text[slice(*piece)] for piece in cell.pieces)
