"""Many made documents that are not kept, to find what the kept ones do not show.

``python -m tests.corpus.sweep [--count N] [--seed S] [--keep FOLDER] [FAMILY…]`` makes N documents a family with habits
drawn at random, scores them, and writes those that are not read exactly to FOLDER.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from .generator.build import truth_path
from .generator.documents import Document
from .generator.docx import DocxStyle, write_docx, write_pdf
from .generator.figures import detail_rows
from .generator.html import HtmlStyle, write_html
from .generator.labels import LabelStyle
from .generator.markdown import MarkdownStyle, write_markdown
from .generator.numbers import NumberStyle
from .generator.report import Plan, Report, make_report, truth
from .generator.tabbed import TabStyle, write_tabbed
from .generator.text import TextStyle, lost_columns, write_text
from .generator.text_layout import write_layout_text
from .generator.xlsx import XlsxStyle, write_xlsx
from .score import Outcome, compare, table

_PLACES = ("青禾市", "望舒县", "澜川区", "霁川市", "栖岚县", "砚北区", "汀澜市", "杉陵市")
_OFFICES = ("人民政府", "人民政府办公室", "医疗保障局", "发展和改革委员会", "公安局", "民政局", "枕溪镇人民政府")
_TITLES = (
    "{body}{year}年政府信息公开工作年度报告",
    "{body}|{year}年政府信息公开工作年度报告",
    "{year}年{body}政府信息公开工作年度报告",
    "{year} 年{body}政府信息公开工作|年度报告",
    "{body}{year}年度政府信息公开工作年度报告",
)
_ZEROS: tuple[tuple[str, ...], ...] = (("0",), ("0",), ("",), ("/",), ("—",), ("0", ""), ("0", "/", "无"))


def draw_plan(rng: random.Random) -> Plan:
    """A report with habits drawn at random."""
    edition = rng.choice(("2021", "2021", "2019"))
    year = rng.choice((2019, 2020)) if edition == "2019" else rng.randint(2021, 2025)
    size = rng.choice(("none", "tiny", "small", "medium", "large"))
    single = edition == "2021" and rng.random() < 0.2
    return Plan(
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


def _misprints(rng: random.Random, edition: str, single: bool) -> dict[str, int]:
    rows = (*detail_rows(edition, single), "new", "carried_out", "total")
    cells = [
        f"t3.{rng.choice(rows)}.{rng.choice(('natural', 'business', 'total'))}",
        "t4.review.total",
        "t4.direct.total",
    ]
    return {cell: rng.choice((1, 2, 9, 10, 27)) for cell in rng.sample(cells, rng.choice((0, 0, 1, 2)))}


def _text(rng: random.Random, report: Report) -> Document:
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
        return _document("text", report, lambda made: write_layout_text(made, style).encode())
    charset = rng.choice(("utf-8", "utf-8", "gb18030", "utf-16"))
    return _document("text", report, lambda made: write_text(made, style).encode(charset), lost_columns)


def _tabbed(rng: random.Random, report: Report) -> Document:
    early = tuple(rng.sample(("closed_other", "total", "rejected_confirm", "carried_out"), rng.randint(0, 2)))
    style = TabStyle(rng.choice(("leading", "dropped", "matrix")), rng.choice((10, 11, 12)), early)
    return _document("tabbed", report, lambda made: write_tabbed(made, style).encode())


def _markdown(rng: random.Random, report: Report) -> Document:
    style = MarkdownStyle(
        rng.choice(("pipe", "repeated", "html", "converted")),
        rng.choice((8, 11, 14, 40)),
        rng.random() < 0.5,
        jumbled=rng.random() < 0.5,
    )
    return _document("markdown", report, lambda made: write_markdown(made, style).encode())


def _html(rng: random.Random, report: Report) -> Document:
    charset, declared = rng.choice(
        (("utf-8", "utf-8"), ("utf-8", ""), ("gbk", "gb2312"), ("gb18030", ""), ("utf-16", ""))
    )
    markup = rng.choice(("clean", "word", "layout"))
    style = HtmlStyle(markup, charset, declared, markup != "word" and rng.random() < 0.3, rng.random() < 0.5)
    return _document("html", report, lambda made: write_html(made, style))


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
    )


def _docx(rng: random.Random, report: Report) -> Document:
    style = _docx_style(rng)
    return _document("docx", report, lambda made: write_docx(made, style))


def _pdf(rng: random.Random, report: Report) -> Document:
    style = _docx_style(rng)
    return _document("pdf", report, lambda made: write_pdf(made, style))


def _xlsx(rng: random.Random, report: Report) -> Document:
    style = XlsxStyle(
        rng.random() < 0.5,
        rng.randint(0, 3),
        rng.randint(0, 2),
        rng.random() < 0.7,
        rng.random() < 0.3,
        hidden=rng.random() < 0.3,
    )
    return _document("xlsx", report, lambda made: write_xlsx(made, style))


def _nothing(_: Report) -> tuple[str, ...]:
    return ()


def _document(
    family: str,
    report: Report,
    write: Callable[[Report], bytes],
    uncertain: Callable[[Report], tuple[str, ...]] = _nothing,
) -> Document:
    return Document(f"{report.plan.seed:06d}.{_SUFFIXES[family]}", family, report.plan, write, uncertain)


_SUFFIXES = {
    "text": "txt",
    "tabbed": "txt",
    "markdown": "md",
    "html": "html",
    "docx": "docx",
    "xlsx": "xlsx",
    "pdf": "pdf",
}
_FAMILIES = {
    "text": _text,
    "tabbed": _tabbed,
    "markdown": _markdown,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
}


def sweep(family: str, count: int, seed: int, folder: Path | None) -> Outcome:
    """Score ``count`` documents of a family; those not exact are printed, and written to ``folder``."""
    total = Outcome()
    for number in range(count):
        rng = random.Random(f"{family}-{seed}-{number}")
        report = make_report(draw_plan(rng))
        document = _FAMILIES[family](rng, report)
        known = json.loads(json.dumps(truth(report, document.uncertain(report))), parse_float=Decimal)
        data = document.write(report)
        outcome = compare(document.name, data, known)
        total.add(outcome)
        if not outcome.details:
            continue
        print(f"{family}/{document.name}: {len(outcome.details)} not right", *outcome.details[:2], sep="\n    ")
        if folder is not None:
            path = folder / family / document.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            text = json.dumps(truth(report, document.uncertain(report)), ensure_ascii=False, indent=1)
            truth_path(path).write_text(text + "\n", encoding="utf-8")
    return total


def main() -> None:
    """Sweep the families named, or all but PDF, which is slow to make."""
    parser = argparse.ArgumentParser(description="Score many made documents.")
    parser.add_argument("families", nargs="*", choices=[*_FAMILIES, []], default=[])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    families = arguments.families or [name for name in _FAMILIES if name != "pdf"]
    print(table({name: sweep(name, arguments.count, arguments.seed, arguments.keep) for name in families}))


if __name__ == "__main__":
    main()
