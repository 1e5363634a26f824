"""The documents without a page: plain text, tab-separated tables, Markdown."""

from __future__ import annotations

from .documents import Document
from .labels import LabelStyle
from .markdown import MarkdownStyle, write_markdown
from .numbers import NumberStyle
from .report import Plan, Report
from .tabbed import TabStyle, write_tabbed
from .text import TextStyle, lost_columns, write_text
from .text_layout import write_layout_text

TWO_LINES = "{body}|{year}年政府信息公开工作年度报告"
YEAR_FIRST = "{year}年{body}政府信息公开工作年度报告"
PLACE_ONLY = "{year}年{place}政府信息公开工作年度报告"
YEAR_FIRST_BROKEN = "{year} 年{body}政府信息公开工作|年度报告"
ABOUT = "{body}关于{year}年度政府信息公开工作情况的报告"


def _text(
    name: str, plan: Plan, style: TextStyle, charset: str = "utf-8", newline: str = "\n", blanks_lost: bool = False
) -> Document:
    def write(report: Report) -> bytes:
        return write_text(report, style).replace("\n", newline).encode(charset)

    uncertain = lost_columns if blanks_lost else lambda _: ()
    return Document(name, "text", plan, write, uncertain, style.tables)


def _layout(name: str, plan: Plan, style: TextStyle) -> Document:
    return Document(name, "text", plan, lambda report: write_layout_text(report, style).encode())


def _tabbed(name: str, plan: Plan, style: TabStyle, charset: str = "utf-8") -> Document:
    return Document(name, "tabbed", plan, lambda report: write_tabbed(report, style).encode(charset))


def _markdown(name: str, plan: Plan, style: MarkdownStyle) -> Document:
    def uncertain(_: Report) -> tuple[str, ...]:
        return (f"t3.{style.misplaced}.total",) if style.misplaced else ()

    return Document(name, "markdown", plan, lambda report: write_markdown(report, style).encode(), uncertain)


_TEXT = (
    _text(
        "after-label.txt",
        Plan(101, "望舒县医疗保障局", 2024, "2021", "small", TWO_LINES),
        TextStyle(breaks=("closed_not_amended",)),
    ),
    _text(
        "beside-label.txt",
        Plan(102, "青禾市民政局", 2023, "2021", "medium", TWO_LINES, misprints={"t3.partial.natural": 10}),
        TextStyle("beside", breaks=("partial",), label_width=16, header="chars", page_break="formfeed"),
    ),
    _text(
        "middle-of-label.txt",
        Plan(103, "霁川市发展和改革委员会", 2025, "2021", "medium", labels=LabelStyle(half_brackets=True, dot="、")),
        TextStyle("middle", label_width=12, breaks=("denied_law", "rejected_confirm"), page_break="number"),
    ),
    _text(
        "group-in-the-middle.txt",
        Plan(104, "澜川区人民政府办公室", 2022, "2021", "small", YEAR_FIRST),
        TextStyle("beside", group_middle=True, loose=False, label_width=40),
    ),
    _text(
        "one-figure-a-line.txt",
        Plan(105, "栖岚县卫生健康局", 2024, "2021", "small", YEAR_FIRST_BROKEN, labels=LabelStyle(dot=". ")),
        TextStyle("lines", loose=False, label_width=40, group_width=40, header="chars"),
    ),
    _layout(
        "columns-kept.txt",
        Plan(106, "霁川市人民政府", 2024, "2021", "large", TWO_LINES, numbers=NumberStyle(grouped=True)),
        TextStyle(breaks=("unable_not_ready",), page_break="number", loose=False, label_width=13),
    ),
    _layout(
        "columns-kept-blank-zeros.txt",
        Plan(107, "汀澜市水利局", 2023, "2021", "small", numbers=NumberStyle(zero=("",))),
        TextStyle(breaks=("closed_fee_unpaid",), page_break="formfeed", loose=False, label_width=14),
    ),
    _text(
        "older-edition.txt",
        Plan(
            108, "杉陵市财政局", 2020, "2019", "medium", TWO_LINES, numbers=NumberStyle(plus=True), other_headings=True
        ),
        TextStyle(breaks=("closed",), page_break="number"),
        "gb18030",
        "\r\n",
    ),
    _text(
        "one-row-closed.txt",
        Plan(109, "砚北区城市管理局", 2021, "2021", "medium", single_closed=True, labels=LabelStyle(no_note=True)),
        TextStyle("beside", label_width=40, loose=False),
        "utf-16",
    ),
    _text(
        "blank-zeros-lost.txt",
        Plan(110, "望舒县林业局", 2024, "2021", "tiny", numbers=NumberStyle(zero=("",))),
        TextStyle("beside", label_width=40),
        blanks_lost=True,
    ),
    _text(
        "no-tables.txt",
        Plan(111, "栖岚县枕溪镇人民政府", 2022, "2021", "tiny", TWO_LINES),
        TextStyle(tables=False, spaced_prose=True),
        "gbk",
    ),
)

_TABBED = (
    _tabbed(
        "leading-tabs.tsv",
        Plan(201, "青禾市医疗保障局", 2024, "2021", "small", labels=LabelStyle(half_brackets=True, dot=". ")),
        TabStyle(early=("closed_other", "total")),
    ),
    _tabbed(
        "last-column-only.txt",
        Plan(
            202,
            "望舒县教育局",
            2023,
            "2021",
            "tiny",
            "{body}{year}年度政府信息公开工作年度报告",
            labels=LabelStyle(local=True, dot=". "),
            numbers=NumberStyle(last_only=True),
        ),
        TabStyle(early=("rejected_confirm",), width=12),
    ),
    _tabbed(
        "no-leading-tabs.txt",
        Plan(203, "澜川区市场监督管理局", 2022, "2021", "medium", misprints={"t3.total.natural": -1}),
        TabStyle("dropped"),
    ),
    _tabbed(
        "from-spreadsheet.txt",
        Plan(204, "汀澜市公安局", 2025, "2021", "medium", numbers=NumberStyle(zero=("/",), zero_disclosed=("/",))),
        TabStyle("matrix"),
        "utf-16",
    ),
    _tabbed(
        "older-edition.txt",
        Plan(205, "霁川市交通运输局", 2019, "2019", "medium", YEAR_FIRST, numbers=NumberStyle(plus=True, zero=("",))),
        TabStyle("matrix"),
        "gb18030",
    ),
    _tabbed(
        "early-row-blank-zeros.txt",
        Plan(207, "栖岚县财政局", 2024, "2021", "medium", TWO_LINES, numbers=NumberStyle(zero=("", "0"))),
        TabStyle(early=("rejected_confirm", "closed_other"), width=11),
    ),
    _tabbed(
        "one-row-closed.txt",
        Plan(
            206,
            "杉陵市人民政府",
            2023,
            "2021",
            "large",
            PLACE_ONLY,
            single_closed=True,
            misprints={"t4.review.total": 1},
        ),
        TabStyle(),
    ),
)

_MARKDOWN = (
    _markdown(
        "pipe.md",
        Plan(301, "青禾市自然资源和规划局", 2024, "2021", "medium", labels=LabelStyle(straight_quotes=True)),
        MarkdownStyle(),
    ),
    _markdown(
        "merged-text-repeated.md",
        Plan(302, "砚北区住房和城乡建设局", 2023, "2021", "small", TWO_LINES, misprints={"t3.granted.total": 2}),
        MarkdownStyle("repeated"),
    ),
    _markdown(
        "html-inside.md",
        Plan(303, "栖岚县人民政府", 2022, "2021", "large", numbers=NumberStyle(zero=("—", "0"))),
        MarkdownStyle("html"),
    ),
    _markdown(
        "converted.md",
        Plan(304, "汀澜市科学技术局", 2024, "2021", "medium", YEAR_FIRST_BROKEN),
        MarkdownStyle("converted", headings=False),
    ),
    _markdown(
        "converted-jumbled.md",
        Plan(305, "霁川市文化和旅游局", 2024, "2021", "small", YEAR_FIRST_BROKEN),
        MarkdownStyle("converted", headings=False, jumbled=True, misplaced="carried_out"),
    ),
    _markdown(
        "older-edition-text-repeated.md",
        Plan(307, "砚北区审计局", 2019, "2019", "medium", YEAR_FIRST),
        MarkdownStyle("repeated"),
    ),
    _markdown(
        "converted-blank-zeros.md",
        Plan(308, "青禾市医疗保障局", 2023, "2021", "small", numbers=NumberStyle(zero=("",))),
        MarkdownStyle("converted", label_width=8, jumbled=True),
    ),
    _markdown(
        "older-edition.md",
        Plan(306, "望舒县审计局", 2020, "2019", "small", ABOUT, misprints={"t3.carried_out.natural": 2}),
        MarkdownStyle(),
    ),
)

DOCUMENTS = (*_TEXT, *_TABBED, *_MARKDOWN)
