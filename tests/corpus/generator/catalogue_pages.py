"""The documents made of pages or by other programs: OFD, prints of web pages, extracted text, old Office files."""

from __future__ import annotations

from .chromium import PrintStyle, write_print
from .documents import Document
from .docx import DocxStyle, write_docx, write_pdf
from .extractors import extracted, unknown_cells
from .html import HtmlStyle
from .labels import LabelStyle
from .numbers import NumberStyle
from .ofd import OfdStyle, write_ofd
from .ofd_package import Habits
from .office import convert
from .report import Plan
from .xlsx import XlsxStyle, write_xlsx

TWO_LINES = "{body}|{year}年政府信息公开工作年度报告"
YEAR_FIRST = "{year}年{body}政府信息公开工作年度报告"


def _ofd(name: str, plan: Plan, style: OfdStyle) -> Document:
    return Document(name, "ofd", plan, lambda report: write_ofd(report, style))


def _chromium(name: str, plan: Plan, style: PrintStyle) -> Document:
    return Document(name, "chromium", plan, lambda report: write_print(report, style))


def _extractor(name: str, habit: str, plan: Plan, style: DocxStyle) -> Document:
    return Document(
        name,
        "extractor",
        plan,
        lambda report: extracted(habit, write_pdf(report, style)).encode(),
        lambda report: unknown_cells(habit, report, write_pdf(report, style)),
    )


def _doc(name: str, plan: Plan, style: DocxStyle) -> Document:
    return Document(name, "doc", plan, lambda report: convert(write_docx(report, style), "docx", "doc"))


def _xls(name: str, plan: Plan, style: XlsxStyle) -> Document:
    return Document(
        name, "xls", plan, lambda report: convert(write_xlsx(report, style), "xlsx", "xls"), prose=style.prose
    )


_OFD = (
    _ofd(
        "usual.ofd",
        Plan(801, "青禾市卫生健康局", 2024, "2021", "medium", TWO_LINES, misprints={"t3.partial.natural": 10}),
        OfdStyle(),
    ),
    _ofd(
        "one-object-a-character.ofd",
        Plan(802, "霁川市人民政府", 2023, "2021", "large", numbers=NumberStyle(zero=("", "0"), grouped=True)),
        OfdStyle(
            Habits(prefix="", per_line=False, fills=True, nested=True, absolute=True), table_size=3.2, cut_labels=False
        ),
    ),
    _ofd(
        "older-edition-scaled.ofd",
        Plan(803, "望舒县审计局", 2020, "2019", "small", YEAR_FIRST, labels=LabelStyle(half_brackets=True, dot="、")),
        OfdStyle(Habits(repeats=True, scale=0.3528, template=True, folder="年报/"), margin=28, row_height=8.5),
    ),
)

_CHROMIUM = (
    _chromium(
        "rows-cut-by-pages.pdf",
        Plan(811, "汀澜市农业农村局", 2024, "2021", "medium", TWO_LINES, misprints={"t4.direct.total": 9}),
        PrintStyle(HtmlStyle("word"), padding=8, table_size=12, keep_rows=False),
    ),
    _chromium(
        "older-edition-grey-borders.pdf",
        Plan(812, "澜川区水利局", 2019, "2019", "small", YEAR_FIRST, numbers=NumberStyle(zero=("",), plus=True)),
        PrintStyle(HtmlStyle("clean", five_columns=True), "grey", 9, 2),
    ),
    _chromium(
        "no-borders-narrow-columns.pdf",
        Plan(813, "杉陵市交通运输局", 2023, "2021", "medium", numbers=NumberStyle(zero=("", "0"))),
        PrintStyle(HtmlStyle("clean"), "none", 9, 1),
    ),
    _chromium(
        "menu-beside-title.pdf",
        Plan(814, "望舒县医疗保障局", 2023, "2021", "small"),
        PrintStyle(HtmlStyle("layout"), "ruled", 12, 4, landscape=True, head_and_foot=True),
    ),
)

_EXTRACTOR = (
    _extractor(
        "pdftotext-layout.txt",
        "pdftotext-layout",
        Plan(821, "青禾市民政局", 2023, "2021", "medium", TWO_LINES),
        DocxStyle(line_breaks=True),
    ),
    _extractor(
        "pdftotext.txt",
        "pdftotext",
        Plan(822, "杉陵市公安局", 2022, "2021", "small", YEAR_FIRST),
        DocxStyle(table_size=9, row_height=15),
    ),
    _extractor(
        "pypdf-blank-zeros.txt",
        "pypdf",
        Plan(823, "砚北区人民政府办公室", 2024, "2021", "small", numbers=NumberStyle(zero=("",))),
        DocxStyle(row_height=27, body_size=14),
    ),
    _extractor(
        "pdfminer.txt",
        "pdfminer",
        Plan(824, "栖岚县教育局", 2021, "2021", "medium", labels=LabelStyle(dot="、"), single_closed=True),
        DocxStyle(),
    ),
)

_DOC = (
    _doc("official.doc", Plan(831, "青禾市司法局", 2024, "2021", "medium", TWO_LINES), DocxStyle()),
    _doc(
        "older-edition-cut-in-two.doc",
        Plan(
            832, "望舒县林业局", 2020, "2019", "small", numbers=NumberStyle(plus=True), misprints={"t4.review.total": 2}
        ),
        DocxStyle(split=12, split_runs=True, line_breaks=True),
    ),
)

_XLS = (
    _xls("one-sheet.xls", Plan(841, "砚北区统计局", 2024, "2021", "medium"), XlsxStyle(top=1)),
    _xls(
        "three-sheets-as-text.xls",
        Plan(842, "澜川区教育局", 2019, "2019", "small", YEAR_FIRST, misprints={"t3.total.business": 1}),
        XlsxStyle(sheets=True, left=1, as_text=True, merged=False),
    ),
)

DOCUMENTS = (*_OFD, *_CHROMIUM, *_EXTRACTOR, *_DOC, *_XLS)
