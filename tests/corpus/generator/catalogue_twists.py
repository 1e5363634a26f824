"""The documents whose tables are not as the form has them: moved, doubled, lost, struck out, formatted."""

from __future__ import annotations

from .documents import Document
from .docx import DocxStyle, write_docx, write_pdf
from .html import HtmlStyle, write_html
from .markdown import MarkdownStyle, write_markdown
from .numbers import NumberStyle
from .report import Plan
from .tabbed import TabStyle, write_tabbed
from .text import TextStyle, write_text
from .twist import Twist
from .xlsx import XlsxStyle, write_xlsx

TWO_LINES = "{body}|{year}年政府信息公开工作年度报告"


def _plan(
    seed: int,
    body: str,
    *twists: Twist,
    size: str = "medium",
    year: int = 2024,
    misprints: dict[str, int] | None = None,
) -> Plan:
    edition = "2021" if year > 2020 else "2019"
    return Plan(seed, body, year, edition, size, TWO_LINES, misprints=misprints or {}, twists=twists)


def _html(name: str, plan: Plan) -> Document:
    return Document(name, "html", plan, lambda report: write_html(report, HtmlStyle()))


def _docx(name: str, plan: Plan) -> Document:
    return Document(name, "docx", plan, lambda report: write_docx(report, DocxStyle(body_size=12)))


def _xlsx(name: str, plan: Plan, style: XlsxStyle) -> Document:
    return Document(name, "xlsx", plan, lambda report: write_xlsx(report, style), prose=style.prose)


_ROWS = Twist("rows-swapped", ("denied_process", "denied_enforcement"))
_GROUPS = Twist("groups-swapped", ("denied_", "unable_"))
_OUTCOMES = Twist("outcomes-swapped", ("upheld", "corrected"))

DOCUMENTS = (
    Document(
        "figures-run-together.txt",
        "text",
        _plan(901, "青禾市残疾人联合会", Twist("joined", ("granted", "unable_not_held")), size="small"),
        lambda report: write_text(report, TextStyle()).encode(),
    ),
    Document(
        "outcomes-in-another-order.txt",
        "text",
        _plan(902, "霁川市供销合作社", _OUTCOMES, misprints={"t3.total.natural": 10}),
        lambda report: write_text(report, TextStyle("beside")).encode(),
    ),
    Document(
        "columns-in-another-order.txt",
        "tabbed",
        _plan(903, "望舒县气象局", Twist("total-first"), _OUTCOMES, size="small"),
        lambda report: write_tabbed(report, TabStyle("matrix")).encode(),
    ),
    Document(
        "last-year-behind.md",
        "markdown",
        _plan(904, "澜川区档案局", Twist("last-year-after", ("t2", "t3", "t4"))),
        lambda report: write_markdown(report, MarkdownStyle()).encode(),
    ),
    _html("rows-in-another-order.html", _plan(905, "砚北区民族宗教事务局", _ROWS, _GROUPS)),
    _html(
        "notes-and-remarks.html",
        _plan(
            906,
            "汀澜市机关事务管理局",
            Twist("note-mark", ("t3.granted.natural", "t3.new.total"), "①"),
            Twist("remark", ("t3.partial.natural",), "（其中修订11件）"),
            Twist("unit", ("t4.review.upheld",), "件"),
            Twist("superscript", ("t3.unable_not_held.natural",), "2"),
            Twist("struck", ("t3.total.total",), "7"),
            Twist("misprinted-label", ("（四）无法提供",), "（三）无法提供"),
        ),
    ),
    _html(
        "two-reports.html",
        _plan(907, "栖岚县气象局", Twist("two-reports", text="白石县林业局"), size="small", year=2020),
    ),
    _docx(
        "struck-hidden-tracked.docx",
        _plan(
            908,
            "杉陵市外事办公室",
            Twist("struck", ("t3.granted.natural",), "77"),
            Twist("hidden", ("t3.new.natural",), "5"),
            Twist("tracked", ("t3.total.natural", "t4.direct.total"), "19"),
            Twist("white", ("t3.unable_not_held.natural",), "4"),
            Twist("nested", ("t3.partial.natural",)),
            Twist("boxed", ("t3.carried_in.natural",)),
        ),
    ),
    _docx(
        "row-lost-subtotals-added.docx",
        _plan(909, "青禾市地方志编纂室", Twist("row-lost", ("denied_safety",)), Twist("subtotal-column")),
    ),
    _xlsx(
        "number-formats.xlsx",
        _plan(
            910,
            "霁川市红十字会",
            Twist("number-format", ("t3.granted.natural", "t3.new.natural"), '0"件"'),
            Twist("number-format", ("t3.partial.natural",), "#,##0,"),
            Twist("number-format", ("t3.total.natural",), "#,##0"),
            Twist("number-format", ("t3.unable_not_held.natural",), ";;;"),
        ),
        XlsxStyle(top=1),
    ),
    _xlsx(
        "hidden-row-and-column.xlsx",
        _plan(911, "望舒县科学技术协会", Twist("hidden-row", ("granted",), "7"), Twist("hidden-column", text="6")),
        XlsxStyle(left=1),
    ),
    _xlsx(
        "sums-without-results.xlsx",
        _plan(912, "澜川区信访局", Twist("formula-without-value"), misprints={"t4.review.total": 3}),
        XlsxStyle(sheets=True),
    ),
    Document(
        "appeals-heading-cut-by-page.pdf",
        "pdf",
        _plan(707, "望舒县统计局", size="small"),
        lambda report: write_pdf(report, DocxStyle(line_breaks=True, body_size=12, prose=False, spacer=4)),
        prose=False,
    ),
    Document(
        "no-vertical-borders.pdf",
        "pdf",
        Plan(913, "砚北区统计局", 2023, "2021", "medium", TWO_LINES, numbers=NumberStyle(zero=("0", ""))),
        lambda report: write_pdf(report, DocxStyle(borders="horizontal", body_size=12, table_size=9)),
    ),
    Document(
        "no-borders-blank-zeros.pdf",
        "pdf",
        Plan(914, "青禾市林业局", 2024, "2021", "small", TWO_LINES, numbers=NumberStyle(zero=("",))),
        lambda report: write_pdf(report, DocxStyle(borders="none", table_size=9)),
    ),
)
