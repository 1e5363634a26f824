"""OFD documents: the report set on pages by a small typesetter of our own, with the habits of different makers."""

from __future__ import annotations

from dataclasses import dataclass, field

from .grid import PrintedCell, PrintedTable
from .layout import printed_table, versions
from .ofd_package import Habits, Sheet, add_rule, add_run, make_ofd
from .report import Report

_WIDTH, _HEIGHT = 210.0, 297.0
_PADDING = 0.8
_HANGING = "，。、；：）”》"


@dataclass(frozen=True, slots=True)
class OfdStyle:
    """How the pages look; millimetres.

    Attributes:
        habits: how the maker writes the container.
        margin: on all sides.
        body_size, table_size: font sizes.
        row_height: least height of a table row.
        cut_labels: a merged label cut by a page break goes on behind it; else all of it stands on its first page.
        whole_tables: a table that does not fit begins a page.
        page_numbers: ``- 1 -`` at the foot.
    """

    habits: Habits = field(default_factory=Habits)
    margin: float = 25.0
    body_size: float = 5.6
    table_size: float = 3.7
    row_height: float = 7.0
    cut_labels: bool = True
    whole_tables: bool = False
    page_numbers: bool = True


def write_ofd(report: Report, style: OfdStyle) -> bytes:
    """The OFD."""
    setter = _Setter(style)
    prose, headings = report.prose, report.headings
    for line in report.title:
        setter.title(line)
    setter.paragraphs((*prose.lead, headings[0], *prose.overview))
    for heading, table in zip(headings[1:4], ("t2", "t3", "t4"), strict=True):
        setter.paragraphs((heading,))
        for caption, shown in versions(report, table):
            setter.paragraphs((caption,) if caption else ())
            setter.table(printed_table(shown, table))
    setter.paragraphs((headings[4], *prose.problems, headings[5], *prose.other))
    return make_ofd(*setter.finish(), habits=style.habits, title="".join(report.title))


def _advance(character: str, size: float) -> float:
    return size / 2 if character.isascii() else size


def _length(text: str, size: float) -> float:
    return sum(_advance(character, size) for character in text)


def _wrap(text: str, width: float, size: float, hanging: str = "") -> list[str]:
    """Lines no wider than ``width``; numbers are not cut, the characters ``hanging`` may hang over the end."""
    lines = [""]
    for character in text:
        line = lines[-1]
        fits = _length(line + character, size) <= width or character in hanging or not line
        if fits:
            lines[-1] += character
            continue
        head = line.rstrip("0123456789.,") if character.isdigit() else line
        lines[-1:] = [head or line, line[len(head) :] + character if head else character]
    return lines


class _Setter:
    """Sets text and tables on sheets from top to bottom."""

    def __init__(self, style: OfdStyle) -> None:
        self._style = style
        self._sheets = [Sheet(_WIDTH, _HEIGHT)]
        self._y = style.margin

    def title(self, line: str) -> None:
        size = 7.7
        self._line(line, (_WIDTH - _length(line, size)) / 2, size, 1.4)

    def paragraphs(self, texts: tuple[str, ...]) -> None:
        size = self._style.body_size
        for text in texts:
            for line in _wrap(f"　　{text}", _WIDTH - 2 * self._style.margin, size, _HANGING):
                shown = line.lstrip("　")
                self._line(shown, self._style.margin + (len(line) - len(shown)) * size, size, 1.6)

    def table(self, table: PrintedTable) -> None:
        total = _WIDTH - 2 * self._style.margin
        edges = [self._style.margin]
        for width in table.widths:
            edges.append(edges[-1] + total * width / sum(table.widths))
        lines = {cell: self._cell_lines(cell, edges) for cell in table.cells}
        heights = self._heights(table, lines)
        if self._style.whole_tables and self._y + sum(heights) > self._bottom:
            self._new_page()
        first = 0
        while first < table.row_count:
            last = self._rows_that_fit(heights, first)
            self._part(table, first, last, edges, heights, lines)
            first = last
        self._y += 4

    def finish(self) -> list[Sheet]:
        if self._style.page_numbers:
            for number, sheet in enumerate(self._sheets, 1):
                self._run(sheet, f"- {number} -", _WIDTH / 2 - 5, _HEIGHT - 15, 3.5)
        return self._sheets

    @property
    def _bottom(self) -> float:
        return _HEIGHT - self._style.margin

    def _new_page(self) -> None:
        self._sheets.append(Sheet(_WIDTH, _HEIGHT))
        self._y = self._style.margin

    def _line(self, text: str, left: float, size: float, leading: float) -> None:
        if self._y + size * leading > self._bottom:
            self._new_page()
        self._run(self._sheets[-1], text, left, self._y + size, size)
        self._y += size * leading

    def _run(self, sheet: Sheet, text: str, left: float, baseline: float, size: float) -> None:
        habits = self._style.habits
        if habits.per_line:
            add_run(sheet, left, baseline, text, [_advance(char, size) for char in text[:-1]], size, habits)
            return
        for character in text:
            if not character.isspace():
                add_run(sheet, left, baseline, character, (), size, habits)
            left += _advance(character, size)

    def _cell_lines(self, cell: PrintedCell, edges: list[float]) -> list[str]:
        width = edges[cell.column + cell.column_span] - edges[cell.column] - 2 * _PADDING
        lines = cell.text.split("\n") if cell.text else []
        return [piece for line in lines for piece in _wrap(line, width, self._style.table_size)]

    def _heights(self, table: PrintedTable, lines: dict[PrintedCell, list[str]]) -> list[float]:
        heights = [self._style.row_height] * table.row_count
        for cell in sorted(table.cells, key=lambda cell: cell.row_span):
            rows = range(cell.row, cell.row + cell.row_span)
            lacking = len(lines[cell]) * self._step + 2 * _PADDING - sum(heights[row] for row in rows)
            heights[rows[-1]] += max(lacking, 0)
        return heights

    @property
    def _step(self) -> float:
        return self._style.table_size * 1.25

    def _rows_that_fit(self, heights: list[float], first: int) -> int:
        """The row before which the page ends; begins a page if not even one row fits."""
        if self._y + heights[first] > self._bottom:
            self._new_page()
        last, y = first, self._y
        while last < len(heights) and y + heights[last] <= self._bottom:
            y += heights[last]
            last += 1
        return max(last, first + 1)

    def _part(
        self,
        table: PrintedTable,
        first: int,
        last: int,
        edges: list[float],
        heights: list[float],
        lines: dict[PrintedCell, list[str]],
    ) -> None:
        tops = [self._y]
        for height in heights[first:last]:
            tops.append(tops[-1] + height)
        for cell in table.cells:
            top, bottom = max(cell.row, first), min(cell.row + cell.row_span, last)
            if top >= bottom:
                continue
            box = (edges[cell.column], tops[top - first], edges[cell.column + cell.column_span], tops[bottom - first])
            self._border(box)
            self._fill(cell, self._own_lines(cell, first, last, heights, lines[cell]), box)
        self._y = tops[-1]
        if last < table.row_count:
            self._new_page()

    def _own_lines(self, cell: PrintedCell, first: int, last: int, heights: list[float], lines: list[str]) -> list[str]:
        """Those lines of a cell that stand in its part between two page breaks."""
        if cell.row >= first and cell.row + cell.row_span <= last:
            return lines
        if not self._style.cut_labels:
            return lines if cell.row >= first else []
        before = int(sum(heights[cell.row : max(cell.row, first)]) / self._step)
        here = int(sum(heights[max(cell.row, first) : min(cell.row + cell.row_span, last)]) / self._step)
        is_last = cell.row + cell.row_span <= last
        return lines[before:] if is_last else lines[before : before + here]

    def _border(self, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        sheet, habits = self._sheets[-1], self._style.habits
        for corners in ((left, top, right, top), (left, bottom, right, bottom), (left, top, left, bottom)):
            add_rule(sheet, *corners, habits)
        add_rule(sheet, right, top, right, bottom, habits)

    def _fill(self, cell: PrintedCell, lines: list[str], box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        size = self._style.table_size
        y = (top + bottom - len(lines) * self._step) / 2
        to_left = cell.ref is None and cell.text[:1].isdigit()
        for line in lines:
            x = left + _PADDING if to_left else (left + right - _length(line, size)) / 2
            self._run(self._sheets[-1], line, x, y + size, size)
            y += self._step
