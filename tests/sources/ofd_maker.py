"""Makes OFDs from the characters and rules of a PDF, with the habits of different makers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Glyph, Marks, Rule
from gkdesk.sources.page_image import ENGINE_LOCK, open_document
from gkdesk.sources.pdf.drawn_digits import DrawnDigits
from gkdesk.sources.pdf.frame import page_frame
from gkdesk.sources.pdf.glyphs import read_marks
from tests.corpus.generator.ofd_package import Habits, Sheet, add_rule, add_run, make_ofd

MILLIMETRES = 25.4 / 72


def from_pdf(data: bytes, habits: Habits) -> bytes:
    """The characters and rules of a PDF as an OFD."""
    sheets = []
    with ENGINE_LOCK:
        document = open_document(data, None)
        try:
            for index in range(len(document)):
                page = document[index]
                sheets.append(_sheet(read_marks(page, page_frame(page), DrawnDigits()), habits))
                page.close()
        finally:
            document.close()
    return make_ofd(*sheets, habits=habits, title="")


def _sheet(marks: Marks, habits: Habits) -> Sheet:
    sheet = Sheet(marks.width * MILLIMETRES, marks.height * MILLIMETRES)
    glyphs = sorted(marks.glyphs, key=lambda glyph: (round(glyph.y, 1), glyph.x))
    for _, line in groupby(glyphs, key=lambda glyph: (round(glyph.y, 1), glyph.size, glyph.turn)):
        for run in _runs(line) if habits.per_line else ([glyph] for glyph in line):
            _add_run(sheet, run, habits)
    rules = marks.rules
    for rule in rules.horizontal:
        _add_rule(sheet, Box(rule.start, rule.at, rule.end, rule.at), habits)
    for rule in rules.vertical:
        _add_rule(sheet, Box(rule.at, rule.start, rule.at, rule.end), habits)
    for box in _areas(rules.faint_horizontal):
        left, top, right, bottom = (edge * MILLIMETRES for edge in box)
        sheet.path(
            f"M {left:.3f} {top:.3f} L {right:.3f} {top:.3f} L {right:.3f} {bottom:.3f} L {left:.3f} {bottom:.3f} C",
            'Boundary="0 0 300 300" Fill="true" Stroke="false"',
            '<{p}FillColor Value="230 230 230"/>',
        )
    return sheet


def _areas(edges: Sequence[Rule]) -> list[Box]:
    return [
        Box(top.start, top.at, top.end, bottom.at)
        for top, bottom in zip(edges[::2], edges[1::2], strict=False)
        if (top.start, top.end) == (bottom.start, bottom.end)
    ]


def _runs(line: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters that follow one another closely, as a word processor draws them in one go."""
    runs: list[list[Glyph]] = []
    for glyph in line:
        if runs and glyph.x - runs[-1][-1].x < 1.3 * glyph.size and not glyph.spaced:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _add_run(sheet: Sheet, run: list[Glyph], habits: Habits) -> None:
    first = run[0]
    text = "".join(glyph.text for glyph in run)
    quarter = {1: "0 1 -1 0", 2: "-1 0 0 -1", 3: "0 -1 1 0"}.get(first.turn)
    size, left = first.size * MILLIMETRES, first.x * MILLIMETRES
    if quarter:
        codes = f'<{{p}}TextCode X="0" Y="0">{escape(text)}</{{p}}TextCode>'
        sheet.object(left, first.y * MILLIMETRES, codes, size, f'CTM="{quarter} 0 0"')
    elif first.turn == -1:
        codes = f'<{{p}}TextCode X="0" Y="{size:.4f}">{escape(text)}</{{p}}TextCode>'
        sheet.object(left, (first.y - first.size) * MILLIMETRES, codes, size, 'CTM="0.7 -0.7 0.7 0.7 0 0"')
    else:
        steps = [(after.x - before.x) * MILLIMETRES for before, after in pairwise(run)]
        add_run(sheet, left, first.y * MILLIMETRES, text, steps, size, habits)


def _add_rule(sheet: Sheet, rule: Box, habits: Habits) -> None:
    left, top, right, bottom = (edge * MILLIMETRES for edge in rule)
    add_rule(sheet, left, top, right, bottom, habits)
