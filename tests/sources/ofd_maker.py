"""Makes OFDs by hand, with the habits of different makers, and from the characters and rules of a PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

from gkdesk.model.place import Box
from gkdesk.sources.marks import Glyph, Marks, Rule
from gkdesk.sources.page_image import ENGINE_LOCK, open_document
from gkdesk.sources.pdf_frame import page_frame
from gkdesk.sources.pdf_glyphs import read_marks

MILLIMETRES = 25.4 / 72
NAMESPACE = "http://www.ofdspec.org/2016"


@dataclass(frozen=True)
class Habits:
    """How a maker writes an OFD.

    Attributes:
        prefix: the namespace prefix, with its colon, or empty for a default namespace.
        folder: a folder around everything in the container.
        absolute: paths from the top of the container instead of beside the file they stand in.
        per_line: one text object a line instead of one a character; ``repeats`` writes equal steps as ``g n v``,
            ``steps`` writes them at all.
        scale: of a transformation under which text and paths are written.
        template: rules stand on template pages.
        fills: rules are thin filled rectangles instead of strokes.
        nested: objects stand in blocks inside blocks.
        composite: the rules are a composite drawing.
        spaced_path: path data with line breaks.
    """

    prefix: str = "ofd:"
    folder: str = ""
    absolute: bool = False
    per_line: bool = True
    steps: bool = True
    repeats: bool = False
    scale: float = 1.0
    template: bool = False
    fills: bool = False
    nested: bool = False
    composite: bool = False
    spaced_path: bool = False


@dataclass
class Sheet:
    """A page in millimetres; ``body`` and ``rules`` are the XML of its objects, with ``{p}`` for the prefix."""

    width: float = 210.0
    height: float = 297.0
    body: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 3.5, step: float | None = None) -> None:
        """Text with its baseline at ``y``, the characters ``step`` apart (None: nothing is said about that)."""
        delta = "" if step is None else f'DeltaX="{" ".join([f"{step:g}"] * (len(text) - 1))}"'
        self.object(x, y, f'<{{p}}TextCode X="0" Y="0" {delta}>{escape(text)}</{{p}}TextCode>', size)

    def object(self, x: float, y: float, codes: str, size: float = 3.5, more: str = "") -> None:
        """A text object whose space begins at ``x``, ``y``."""
        self.body.append(
            f'<{{p}}TextObject Boundary="{x:g} {y:g} 50 10" Font="1" Size="{size:g}" {more}>{codes}</{{p}}TextObject>'
        )

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        data = f"M {x0 - 1:.3f} {y0 - 1:.3f} L {x1 - 1:.3f} {y1 - 1:.3f}"
        self.path(data, f'Boundary="1 1 {abs(x1 - x0):.3f} {abs(y1 - y0):.3f}" LineWidth="0.2"')

    def path(self, data: str, attributes: str, inside: str = "") -> None:
        self.rules.append(
            f"<{{p}}PathObject {attributes}>{inside}<{{p}}AbbreviatedData>{data}</{{p}}AbbreviatedData>"
            "</{p}PathObject>"
        )

    def table(self, left: float, top: float, width: float, height: float, rows: Sequence[Sequence[str]]) -> None:
        """A fully ruled table with one line of text in each cell."""
        right, bottom = left + width * len(rows[0]), top + height * len(rows)
        for number in range(len(rows) + 1):
            self.line(left, top + number * height, right, top + number * height)
        for number in range(len(rows[0]) + 1):
            self.line(left + number * width, top, left + number * width, bottom)
        for down, row in enumerate(rows):
            for across, text in enumerate(row):
                if text:
                    self.text(left + across * width + 1, top + down * height + height / 2 + 1, text)


def make_ofd(*sheets: Sheet, habits: Habits = Habits(), title: str = "", resources: str = "") -> bytes:
    """The file: the list of documents, the document, its resources, its pages."""
    p = habits.prefix
    names = f'xmlns{":" + p[:-1] if p else ""}="{NAMESPACE}"'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    above = "/Doc_0/" if habits.absolute else ""
    parts = {
        "OFD.xml": f'<{p}OFD {names} DocType="OFD" Version="1.0"><{p}DocBody><{p}DocInfo><{p}Title>{escape(title)}'
        f"</{p}Title></{p}DocInfo><{p}DocRoot>{'/' if habits.absolute else ''}Doc_0/Document.xml</{p}DocRoot>"
        f"</{p}DocBody></{p}OFD>"
    }
    first = sheets[0]
    templates = "".join(
        f'<{p}TemplatePage ID="{900 + number}" BaseLoc="{above}Tpls/Tpl_{number}/Content.xml"/>'
        for number in range(len(sheets) if habits.template else 0)
    )
    pages = "".join(
        f'<{p}Page ID="{number + 10}" BaseLoc="{above}Pages/Page_{number}/Content.xml"/>'
        for number in range(len(sheets))
    )
    parts["Doc_0/Document.xml"] = (
        f"<{p}Document {names}><{p}CommonData><{p}MaxUnitID>9999</{p}MaxUnitID><{p}PageArea><{p}PhysicalBox>"
        f"0 0 {first.width:g} {first.height:g}</{p}PhysicalBox></{p}PageArea>{templates}"
        f"<{p}PublicRes>{above}PublicRes.xml</{p}PublicRes></{p}CommonData><{p}Pages>{pages}</{p}Pages></{p}Document>"
    )
    drawings = []
    for number, sheet in enumerate(sheets):
        rules = "".join(sheet.rules)
        if habits.composite:
            unit = f'ID="{700 + number}" Width="{sheet.width:g}" Height="{sheet.height:g}"'
            drawings.append(
                f"<{{p}}CompositeGraphicUnit {unit}><{{p}}Content>{rules}</{{p}}Content></{{p}}CompositeGraphicUnit>"
            )
            rules = (
                f'<{{p}}CompositeObject ResourceID="{700 + number}" Boundary="0 0 {sheet.width:g} {sheet.height:g}"/>'
            )
        body = "".join(sheet.body)
        if habits.template:
            parts[f"Doc_0/Tpls/Tpl_{number}/Content.xml"] = _page(rules, names, "", "")
        else:
            body = rules + body
        if habits.nested:
            body = f"<{{p}}PageBlock><{{p}}PageBlock>{body}</{{p}}PageBlock></{{p}}PageBlock>"
        area = f"<{{p}}Area><{{p}}PhysicalBox>0 0 {sheet.width:g} {sheet.height:g}</{{p}}PhysicalBox></{{p}}Area>"
        template = f'<{{p}}Template TemplateID="{900 + number}" ZOrder="Background"/>' if habits.template else ""
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(body, names, area, template)
    units = f"<{{p}}CompositeGraphicUnits>{''.join(drawings)}</{{p}}CompositeGraphicUnits>"
    parts["Doc_0/PublicRes.xml"] = (
        f'<{{p}}Res {names} BaseLoc="Res"><{{p}}Fonts><{{p}}Font ID="1" FontName="宋体"/></{{p}}Fonts>'
        f"{resources}{units}</{{p}}Res>"
    )
    return pack({f"{habits.folder}{name}": head + part.replace("{p}", p) for name, part in parts.items()})


def pack(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in parts.items():
            container.writestr(name, part)
    return stream.getvalue()


def from_pdf(data: bytes, habits: Habits) -> bytes:
    """The characters and rules of a PDF as an OFD."""
    sheets = []
    with ENGINE_LOCK:
        document = open_document(data, None)
        try:
            for index in range(len(document)):
                page = document[index]
                sheets.append(_sheet(read_marks(page, page_frame(page)), habits))
                page.close()
        finally:
            document.close()
    return make_ofd(*sheets, habits=habits, title="")


def _page(body: str, names: str, area: str, template: str) -> str:
    return (
        f"<{{p}}Page {names}>{area}{template}<{{p}}Content>"
        f'<{{p}}Layer Type="Body" ID="2">{body}</{{p}}Layer></{{p}}Content></{{p}}Page>'
    )


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
    factor = MILLIMETRES / habits.scale
    first = run[0]
    steps = [(after.x - before.x) * factor for before, after in pairwise(run)]
    words = _repeated(steps) if habits.repeats else [f"{step:.4f}" for step in steps]
    delta = f' DeltaX="{" ".join(words)}"' if steps and habits.steps else ""
    rise = first.size * factor
    text = escape("".join(glyph.text for glyph in run))
    codes = f'<{{p}}TextCode X="0" Y="{rise:.4f}"{delta}>{text}</{{p}}TextCode>'
    quarter = {1: "0 1 -1 0", 2: "-1 0 0 -1", 3: "0 -1 1 0"}.get(first.turn)
    s = habits.scale
    more = f'CTM="{s:g} 0 0 {s:g} 0 0"' if s != 1 else ""
    top = first.y - first.size
    left = first.x
    if quarter:
        codes = f'<{{p}}TextCode X="0" Y="0">{text}</{{p}}TextCode>'
        more, left, top = f'CTM="{quarter} 0 0"', first.x, first.y
    elif first.turn == -1:
        more = 'CTM="0.7 -0.7 0.7 0.7 0 0"'
    sheet.object(left * MILLIMETRES, top * MILLIMETRES, codes, first.size * (MILLIMETRES if quarter else factor), more)


def _repeated(steps: list[float]) -> list[str]:
    words = []
    for step, same in groupby(f"{step:.2f}" for step in steps):
        count = len(list(same))
        words.append(f"g {count} {step}" if count > 1 else step)
    return words


def _add_rule(sheet: Sheet, rule: Box, habits: Habits) -> None:
    left, top, right, bottom = (edge * MILLIMETRES / habits.scale for edge in rule)
    s = habits.scale
    more = f' CTM="{s:g} 0 0 {s:g} 0 0"' if s != 1 else ""
    joint = "\n" if habits.spaced_path else " "
    if not habits.fills:
        sheet.path(
            f"M {left:.3f} {top:.3f}{joint}L {right:.3f} {bottom:.3f}",
            f'Boundary="0 0 {sheet.width:g} {sheet.height:g}" LineWidth="0.25"{more}',
        )
        return
    half = 0.1 / s
    edges = (left - half, top - half, right + half, bottom + half)
    x0, y0, x1, y1 = (f"{edge:.3f}" for edge in edges)
    sheet.path(
        f"M {x0} {y0}{joint}L {x1} {y0}{joint}L {x1} {y1}{joint}L {x0} {y1}{joint}C",
        f'Boundary="0 0 {sheet.width:g} {sheet.height:g}" Fill="true" Stroke="false"{more}',
        '<{p}FillColor Value="0 0 0"/>',
    )
