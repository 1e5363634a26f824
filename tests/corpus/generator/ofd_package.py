"""Writes OFD containers by hand, with the habits of different makers: text objects, paths, pages, resources."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape

from .office import FIXED_TIME

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
        """A stroke; its numbers count from the corner of its boundary."""
        data = f"M {x0 - 1:.3f} {y0 - 1:.3f} L {x1 - 1:.3f} {y1 - 1:.3f}"
        self.path(data, f'Boundary="1 1 {abs(x1 - x0):.3f} {abs(y1 - y0):.3f}" LineWidth="0.2"')

    def path(self, data: str, attributes: str, inside: str = "") -> None:
        """Any path."""
        self.rules.append(
            f"<{{p}}PathObject {attributes}>{inside}<{{p}}AbbreviatedData>{data}</{{p}}AbbreviatedData>"
            "</{p}PathObject>"
        )

    def picture(self, left: float, top: float, width: float, height: float, number: str) -> None:
        """The picture of that number in a rectangle."""
        self.body.append(
            f'<{{p}}ImageObject ResourceID="{number}" Boundary="{left:g} {top:g} {width:g} {height:g}" '
            f'CTM="{width:g} 0 0 {height:g} 0 0"/>'
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


def add_run(
    sheet: Sheet, left: float, baseline: float, text: str, steps: Sequence[float], size: float, habits: Habits
) -> None:
    """A line of text whose characters stand ``steps`` apart (one fewer than characters), all in millimetres."""
    s = habits.scale
    scaled = [step / s for step in steps]
    words = _repeated(scaled) if habits.repeats else [f"{step:.4f}" for step in scaled]
    delta = f' DeltaX="{" ".join(words)}"' if scaled and habits.steps else ""
    codes = f'<{{p}}TextCode X="0" Y="{size / s:.4f}"{delta}>{escape(text)}</{{p}}TextCode>'
    more = f'CTM="{s:g} 0 0 {s:g} 0 0"' if s != 1 else ""
    sheet.object(left, baseline - size, codes, size / s, more)


def add_rule(sheet: Sheet, left: float, top: float, right: float, bottom: float, habits: Habits) -> None:
    """A rule from corner to corner, in millimetres."""
    s = habits.scale
    left, top, right, bottom = (edge / s for edge in (left, top, right, bottom))
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


def _repeated(steps: list[float]) -> list[str]:
    words = []
    for step, same in groupby(f"{step:.2f}" for step in steps):
        count = len(list(same))
        words.append(f"g {count} {step}" if count > 1 else step)
    return words


def make_ofd(
    *sheets: Sheet,
    habits: Habits = Habits(),
    title: str = "",
    resources: str = "",
    media: Mapping[str, bytes] | None = None,
) -> bytes:
    """The file: the list of documents, the document, its resources, its pages; ``media`` are its pictures by number."""
    media = media or {}
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
        f"{resources}{units}{_listed_media(media) if media else ''}</{{p}}Res>"
    )
    written: dict[str, str | bytes] = {name: head + part.replace("{p}", p) for name, part in parts.items()}
    written |= {f"Doc_0/Res/picture_{number}": data for number, data in media.items()}
    return pack({f"{habits.folder}{name}": part for name, part in written.items()})


def _listed_media(numbers: Iterable[str]) -> str:
    listed = "".join(
        f'<{{p}}MultiMedia ID="{number}" Type="Image"><{{p}}MediaFile>picture_{number}</{{p}}MediaFile>'
        "</{p}MultiMedia>"
        for number in numbers
    )
    return f"<{{p}}MultiMedias>{listed}</{{p}}MultiMedias>"


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """The container, always the same for the same parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in parts.items():
            member = zipfile.ZipInfo(name, FIXED_TIME.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            container.writestr(member, part)
    return stream.getvalue()


def _page(body: str, names: str, area: str, template: str) -> str:
    return (
        f"<{{p}}Page {names}>{area}{template}<{{p}}Content>"
        f'<{{p}}Layer Type="Body" ID="2">{body}</{{p}}Layer></{{p}}Content></{{p}}Page>'
    )
