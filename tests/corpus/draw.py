"""Reports and documents with habits drawn at random; the same for the same family, seed and number."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from .generator.chromium import PrintStyle, write_print
from .generator.documents import Document
from .generator.docx import DocxStyle, write_docx, write_pdf
from .generator.extractors import EXTRACTORS, extracted, unknown_cells
from .generator.figures import detail_rows
from .generator.html import HtmlStyle, write_html
from .generator.labels import LabelStyle
from .generator.markdown import MarkdownStyle, write_markdown
from .generator.numbers import NumberStyle
from .generator.ofd import OfdStyle, write_ofd
from .generator.ofd_package import Habits
from .generator.office import convert
from .generator.picture import PictureStyle, write_picture
from .generator.report import Plan, Report, make_report
from .generator.scan import ScanStyle, scan
from .generator.tabbed import TabStyle, cells_of_torn_rows, write_tabbed
from .generator.text import TextStyle, lost_columns, write_text
from .generator.text_layout import write_layout_text
from .generator.xlsx import XlsxStyle, write_xlsx
from .habits import RATE, draw_twist

_PLACES = ("青禾市", "望舒县", "澜川区", "霁川市", "栖岚县", "砚北区", "汀澜市", "杉陵市")
_OFFICES = ("人民政府", "人民政府办公室", "医疗保障局", "发展和改革委员会", "公安局", "民政局", "枕溪镇人民政府")
_TITLES = (
    "{body}{year}年政府信息公开工作年度报告",
    "{body}|{year}年政府信息公开工作年度报告",
    "{year}年{body}政府信息公开工作年度报告",
    "{year} 年{body}政府信息公开工作|年度报告",
    "{body}{year}年度政府信息公开工作年度报告",
)
_MIXTURES = ("rows", "rows", "groups", "tables", "columns", "few", "few", "cells")
"""Ways of mixing marks for nothing: that of chance is no office's, and kept because it is the hardest to read."""
_ZEROS: tuple[tuple[str, ...], ...] = (("0",), ("0",), ("",), ("/",), ("—",), ("0", ""), ("0", "/", "无"))


Write = Callable[[Report], bytes]


def _nothing(_: Report) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a report is written: suffix, writer, which cells cannot be known from the file, and habits of the writer.

    These make the document harder than what its family is about.
    """

    suffix: str
    write: Write
    uncertain: Callable[[Report], tuple[str, ...]] = _nothing
    habits: tuple[str, ...] = ()


def draw_plan(rng: random.Random) -> Plan:
    """A report with habits drawn at random."""
    edition = rng.choice(("2021", "2021", "2019"))
    year = rng.choice((2019, 2020)) if edition == "2019" else rng.randint(2021, 2025)
    size = rng.choice(("none", "tiny", "small", "medium", "large"))
    single = edition == "2021" and rng.random() < 0.2
    plan = Plan(
        seed=rng.randrange(10**6),
        body=rng.choice(_PLACES) + rng.choice(_OFFICES),
        year=year,
        edition=edition,
        size=size,
        title=rng.choice(_TITLES),
        single_closed=single,
        misprints=_misprints(rng, edition, single) if size not in ("none", "tiny") else {},
        numbers=NumberStyle(
            zero=rng.choice(_ZEROS),
            zero_disclosed=rng.choice((("0",), ("0",), ("/",))),
            grouped=rng.random() < 0.2,
            full_width=rng.random() < 0.1,
            plus=rng.random() < 0.3,
        ),
        labels=LabelStyle(
            half_brackets=rng.random() < 0.3,
            dot=rng.choice((".", ".", "、", "．", ". ")),
            straight_quotes=rng.random() < 0.2,
            spaced_headers=rng.random() < 0.2,
            no_note=rng.random() < 0.2,
            short_closed=rng.random() < 0.15,
            local=rng.random() < 0.15,
            traditional=rng.random() < 0.05,
        ),
        other_headings=rng.random() < 0.2,
    )
    # A chance of its own, so that the rest of a report is the same however its zeros are mixed.
    mixed = random.Random(f"mixed-{plan.seed}").choice(_MIXTURES)
    return replace(plan, numbers=replace(plan.numbers, mixed=mixed))


def _misprints(rng: random.Random, edition: str, single: bool) -> dict[str, int]:
    rows = (*detail_rows(edition, single), "new", "carried_out", "total")
    cells = [
        f"t3.{rng.choice(rows)}.{rng.choice(('natural', 'business', 'total'))}",
        "t4.review.total",
        "t4.direct.total",
    ]
    return {cell: rng.choice((1, 2, 9, 10, 27)) for cell in rng.sample(cells, rng.choice((0, 0, 1, 2)))}


def _text(rng: random.Random, report: Report) -> Drawn:
    rows = (*detail_rows(report.plan.edition, report.plan.single_closed), "total", "carried_out")
    style = TextStyle(
        figures=rng.choice(("after", "beside", "middle", "lines")),
        label_width=rng.choice((9, 11, 12, 13, 14, 15, 16, 18, 40)),
        group_width=rng.choice((3, 4, 5, 40)),
        header=rng.choice(("words", "chars")),
        loose=rng.random() < 0.5,
        breaks=tuple(rng.sample(rows, rng.randint(0, 3))),
        page_break=rng.choice(("blank", "formfeed", "number")),
        group_middle=rng.random() < 0.3,
    )
    if rng.random() < 0.25:
        return Drawn("txt", lambda made: write_layout_text(made, style).encode())
    charset = rng.choice(("utf-8", "utf-8", "gb18030", "utf-16"))
    return Drawn("txt", lambda made: write_text(made, style).encode(charset), lost_columns)


def _tabbed(rng: random.Random, report: Report) -> Drawn:
    early = tuple(rng.sample(("closed_other", "total", "rejected_confirm", "carried_out"), rng.randint(0, 2)))
    mode, width = rng.choice(("leading", "dropped", "matrix")), rng.choice((10, 11, 12))
    # A sheet saved with commas keeps all its cells.
    style = TabStyle(mode, width, early, quoted=rng.random() < 0.15, commas=mode == "matrix" and rng.random() < 0.4)
    return Drawn("txt", lambda made: write_tabbed(made, style).encode(), lambda made: cells_of_torn_rows(made, style))


def _markdown(rng: random.Random, report: Report) -> Drawn:
    style = MarkdownStyle(
        rng.choice(("pipe", "repeated", "html", "converted")),
        rng.choice((8, 11, 14, 40)),
        rng.random() < 0.5,
        jumbled=rng.random() < 0.5,
    )
    return Drawn("md", lambda made: write_markdown(made, style).encode())


def _html(rng: random.Random, report: Report) -> Drawn:
    charset, declared = rng.choice(
        (("utf-8", "utf-8"), ("utf-8", ""), ("gbk", "gb2312"), ("gb18030", ""), ("utf-16", ""))
    )
    markup = rng.choice(("clean", "word", "layout"))
    style = HtmlStyle(markup, charset, declared, markup != "word" and rng.random() < 0.3, rng.random() < 0.5)
    return Drawn("html", lambda made: write_html(made, style))


def _docx_style(rng: random.Random) -> DocxStyle:
    return DocxStyle(
        split=rng.choice((0, 0, rng.randint(5, 24))),
        repeat_head=rng.random() < 0.5,
        split_runs=rng.random() < 0.2,
        line_breaks=rng.random() < 0.5,
        body_size=rng.choice((12, 14, 16)),
        table_size=rng.choice((8, 9, 10.5, 12)),
        row_height=rng.choice((12, 16, 20, 24, 28)),
        whole_rows=rng.random() < 0.5,
        footer=rng.random() < 0.7,
        new_page=rng.choice(((), ("t2",), ("t3", "t4"))),
        borders=rng.choice(("all",) * 9 + ("horizontal", "outer", "none")),
        spacer=rng.choice((0, 0, rng.randint(1, 60))),
    )


def _docx(rng: random.Random, report: Report) -> Drawn:
    style = _docx_style(rng)
    return Drawn("docx", lambda made: write_docx(made, style))


def _pdf(rng: random.Random, report: Report) -> Drawn:
    style = _docx_style(rng)
    return Drawn("pdf", lambda made: write_pdf(made, style), habits=() if style.borders == "all" else ("few-rules",))


def _xlsx(rng: random.Random, report: Report) -> Drawn:
    style = XlsxStyle(
        rng.random() < 0.5,
        rng.randint(0, 3),
        rng.randint(0, 2),
        rng.random() < 0.7,
        rng.random() < 0.3,
        hidden=rng.random() < 0.3,
    )
    return Drawn("xlsx", lambda made: write_xlsx(made, style))


def _xls(rng: random.Random, report: Report) -> Drawn:
    workbook = _xlsx(rng, report).write
    return Drawn("xls", lambda made: convert(workbook(made), "xlsx", "xls"))


def _doc(rng: random.Random, report: Report) -> Drawn:
    style = _docx_style(rng)
    return Drawn("doc", lambda made: convert(write_docx(made, style), "docx", "doc"))


def _rtf(rng: random.Random, report: Report) -> Drawn:
    style = _docx_style(rng)
    return Drawn("rtf", lambda made: convert(write_docx(made, style), "docx", "rtf"))


def _chromium(rng: random.Random, report: Report) -> Drawn:
    markup = rng.choice(("clean", "word", "layout"))
    style = PrintStyle(
        HtmlStyle(markup, five_columns=rng.random() < 0.5),
        rng.choice(("ruled", "ruled", "ruled", "grey", "thick", "dotted", "horizontal", "none")),
        rng.choice((8, 9, 10, 12)),
        rng.choice((1, 2, 4, 8)),
        rng.random() < 0.6,
        rng.random() < 0.2,
        rng.random() < 0.3,
    )
    return Drawn("pdf", lambda made: write_print(made, style))


def _ofd(rng: random.Random, report: Report) -> Drawn:
    habits = Habits(
        prefix=rng.choice(("ofd:", "")),
        folder=rng.choice(("", "", "年报/")),
        absolute=rng.random() < 0.5,
        per_line=rng.random() < 0.7,
        steps=rng.random() < 0.8,
        repeats=rng.random() < 0.5,
        scale=rng.choice((1.0, 1.0, 0.3528)),
        template=rng.random() < 0.2,
        fills=rng.random() < 0.3,
        nested=rng.random() < 0.3,
        composite=rng.random() < 0.2,
        spaced_path=rng.random() < 0.3,
    )
    style = OfdStyle(
        habits,
        rng.choice((20, 25, 28)),
        rng.choice((4.2, 4.9, 5.6)),
        rng.choice((2.8, 3.2, 3.7)),
        rng.choice((5, 6, 7, 8.5)),
        rng.random() < 0.7,
        rng.random() < 0.3,
        rng.random() < 0.7,
    )
    return Drawn("ofd", lambda made: write_ofd(made, style))


def _extractor(habit: str, pages: Drawn) -> Drawn:
    """The text of drawn pages as an extractor gives it."""
    return Drawn(
        "txt",
        lambda made: extracted(habit, pages.write(made)).encode(),
        lambda made: unknown_cells(habit, made, pages.write(made)),
    )


def _scan(rng: random.Random, pages: Drawn) -> Drawn:
    """Drawn pages as somebody's machine took them."""
    photograph = rng.random() < 0.3
    style = ScanStyle(
        dpi=rng.choice((150, 200, 200, 300)),
        skew=rng.choice((0.0, 0.5, 1.0, 1.5)),
        noise=rng.choice((0, 3, 6, 10)),
        blur=rng.choice((0.0, 0.3, 0.6)),
        quality=rng.choice((0, 60, 70, 85)),
        gray=rng.random() < 0.4,
        seal=rng.random() < 0.5,
        shadow=rng.uniform(0.2, 0.4) if photograph else 0.0,
        paper=rng.choice((255, 245, 235)),
        container=rng.choice(("pdf", "pdf", "tiff", "ofd")),
    )
    seed = rng.randrange(2**32)
    # Drawn last, so that what is drawn before stays as it was.
    if photograph and rng.random() < 0.6:
        # A photograph has shades, and as many pixels as it needs.
        style = replace(style, aside=rng.uniform(0.02, 0.14), bend=rng.choice((0.0, 0.0, 0.008)), dpi=200, quality=80)
    elif rng.random() < 0.15:
        style = replace(style, two_up=True)
    elif rng.random() < 0.12:
        style = replace(style, streak=True)
    elif style.quality and rng.random() < 0.15:
        style = replace(style, toner=rng.uniform(0.4, 0.7))
    suffix = {"tiff": "tif"}.get(style.container, style.container)
    habits = (*pages.habits, *_scan_habits(style))
    return Drawn(suffix, lambda made: scan(pages.write(made), style, seed), habits=habits)


def _scan_habits(style: ScanStyle) -> tuple[str, ...]:
    """What makes a scan more than skewed, noisy, packed, sealed in red and shaded."""
    has = {
        "from-aside": style.aside,
        "bent": style.bend,
        "two-up": style.two_up,
        "streak": style.streak,
        "faint": style.toner < 1,
        "black-seal": style.seal and (style.gray or not style.quality),
    }
    return tuple(name for name, held in has.items() if held)


def _picture(rng: random.Random) -> Drawn:
    style = PictureStyle(
        rng.choice(("docx", "html", "xlsx", "pdf")),
        rng.choice((120, 144, 150, 200)),
        rng.choice((0, 75, 85)),
        table=DocxStyle(
            line_breaks=rng.random() < 0.5,
            table_size=rng.choice((9, 10.5)),
            row_height=rng.choice((16, 20)),
            footer=False,
        ),
    )
    return Drawn(style.holder, lambda made: write_picture(made, style))


FAMILIES = {
    "text": _text,
    "tabbed": _tabbed,
    "markdown": _markdown,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "ofd": _ofd,
    "pdf": _pdf,
    "chromium": _chromium,
    "doc": _doc,
    "rtf": _rtf,
    "xls": _xls,
}
MADE_OF_PAGES = ("extractor", "scan", "picture")
"""Families whose documents are made of those of others, or of their look."""


def draw(family: str, seed: int, number: int, habit: str = "") -> tuple[Document, Report]:
    """A document of a family, and the report it holds; ``habit`` is a kind of twist to have, else chance decides."""
    if family == "extractor":
        # Every extractor has the same pages before it, two of three printed by LibreOffice, one by Chromium.
        habits = tuple(EXTRACTORS)
        number, habit = divmod(number, len(habits))
        source = "chromium" if number % 3 == 2 else "pdf"
        report, pages = _draw(source, seed, number, habit, "extractor")
        return _document(family, f"-{habits[habit]}", report, _extractor(habits[habit], pages))
    if family in MADE_OF_PAGES:
        rng = random.Random(f"{family}-{seed}-{number}")
        report, pages = _draw("pdf", seed, number, habit or "none")
        return _document(family, "", report, _scan(rng, pages) if family == "scan" else _picture(rng))
    return _document(family, "", *_draw(family, seed, number, habit))


def _draw(family: str, seed: int, number: int, habit: str = "", twists_of: str = "") -> tuple[Report, Drawn]:
    """The report and its pages; with ``twists_of``, with the habits of that family made of them.

    A text shows no digits to be struck, white or hidden: they are part of its figures for everybody who reads it.
    """
    rng = random.Random(f"{family}-{seed}-{number}")
    report = make_report(draw_plan(rng))
    drawn = FAMILIES[family](rng, report)
    # A chance of its own, so that the rest of a document is the same with and without a twist.
    chance = random.Random(f"habit-{family}-{seed}-{number}")
    if habit or chance.random() < RATE:
        twist = draw_twist(chance, twists_of or family, report, habit)
        report = make_report(replace(report.plan, twists=(twist,))) if twist else report
    return report, drawn


def _document(family: str, mark: str, report: Report, drawn: Drawn) -> tuple[Document, Report]:
    name = f"{report.plan.seed:06d}{mark}.{drawn.suffix}"
    habits = drawn.habits if family == "scan" else ()
    return Document(name, family, report.plan, drawn.write, drawn.uncertain, habits=habits), report
