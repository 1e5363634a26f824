"""The web pages among the documents."""

from __future__ import annotations

from .documents import Document
from .html import HtmlStyle, write_html
from .labels import LabelStyle
from .numbers import NumberStyle
from .report import Plan

_ZEROS_BLANK = NumberStyle(zero=("",))


def _html(name: str, plan: Plan, style: HtmlStyle) -> Document:
    return Document(name, "html", plan, lambda report: write_html(report, style))


DOCUMENTS = (
    _html("clean.html", Plan(401, "青禾市人力资源和社会保障局", 2024, "2021", "medium"), HtmlStyle()),
    _html(
        "word-markup.html",
        Plan(402, "汀澜市农业农村局", 2021, "2021", "small", "{body}|{year}年政府信息公开工作年度报告"),
        HtmlStyle("word"),
    ),
    _html(
        "layout-tables-gb2312.htm",
        Plan(
            403,
            "霁川市人民政府",
            2023,
            "2021",
            "large",
            "{year}年{place}政府信息公开工作年度报告",
            misprints={"t3.new.total": -100},
        ),
        HtmlStyle("layout", "gb18030", "gb2312"),
    ),
    _html(
        "charset-not-declared.htm",
        Plan(
            404, "砚北区应急管理局", 2022, "2021", "small", labels=LabelStyle(spaced_headers=True), numbers=_ZEROS_BLANK
        ),
        HtmlStyle("layout", "gbk", ""),
    ),
    _html(
        "utf-16.html",
        Plan(405, "澜川区退役军人事务局", 2024, "2021", "tiny", numbers=NumberStyle(zero=("/", "0", "—"))),
        HtmlStyle("clean", "utf-16", ""),
    ),
    _html(
        "unclosed-cells.html",
        Plan(406, "杉陵市商务局", 2022, "2021", "medium", labels=LabelStyle(short_closed=True, dot="．")),
        HtmlStyle(unclosed=True),
    ),
    _html(
        "older-edition-blank-totals.html",
        Plan(
            407,
            "霁川市人民政府办公室",
            2019,
            "2019",
            "medium",
            "{year}年{body}政府信息公开工作年度报告",
            numbers=NumberStyle(zero=("",), blank_totals=True, units={"t2.procurement.amount": "元"}),
            other_headings=True,
        ),
        HtmlStyle("clean", five_columns=True),
    ),
    _html(
        "older-edition-errors.html",
        Plan(
            408,
            "望舒县交通运输局",
            2020,
            "2019",
            "small",
            numbers=NumberStyle(plus=True),
            misprints={"t3.unable_not_held.natural": 9, "t4.direct.total": -1},
        ),
        HtmlStyle("word", "utf-8-sig", "utf-8"),
    ),
    _html(
        "traditional-characters.html",
        Plan(409, "栖岚县民政局", 2023, "2021", "small", labels=LabelStyle(traditional=True)),
        HtmlStyle(),
    ),
    _html(
        "one-row-closed.html",
        Plan(410, "汀澜市生态环境局", 2021, "2021", "medium", single_closed=True, numbers=NumberStyle(full_width=True)),
        HtmlStyle("word"),
    ),
)
