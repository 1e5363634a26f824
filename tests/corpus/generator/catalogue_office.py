"""The Word files, workbooks and PDFs among the documents."""

from __future__ import annotations

from .documents import Document
from .docx import DocxStyle, write_docx, write_pdf
from .labels import LabelStyle
from .numbers import NumberStyle
from .report import Plan
from .xlsx import XlsxStyle, write_xlsx

TWO_LINES = "{body}|{year}年政府信息公开工作年度报告"
YEAR_FIRST = "{year}年{body}政府信息公开工作年度报告"
PLACE_ONLY = "{year}年{place}政府信息公开工作年度报告"


def _docx(name: str, plan: Plan, style: DocxStyle) -> Document:
    return Document(name, "docx", plan, lambda report: write_docx(report, style))


def _xlsx(name: str, plan: Plan, style: XlsxStyle) -> Document:
    return Document(name, "xlsx", plan, lambda report: write_xlsx(report, style), prose=style.prose)


def _pdf(name: str, plan: Plan, style: DocxStyle) -> Document:
    return Document(name, "pdf", plan, lambda report: write_pdf(report, style))


_DOCX = (
    _docx("official.docx", Plan(501, "青禾市司法局", 2024, "2021", "medium", TWO_LINES), DocxStyle()),
    _docx(
        "half-width-labels.docx",
        Plan(
            502,
            "望舒县农业农村局",
            2023,
            "2021",
            "small",
            labels=LabelStyle(half_brackets=True, dot="、", spaced_headers=True, straight_quotes=True),
            numbers=NumberStyle(zero=("", "0", "/")),
            disagreement=5,
        ),
        DocxStyle(indent_figures=" ", footer=False),
    ),
    _docx(
        "table-cut-in-two.docx",
        Plan(503, "霁川市人民政府", 2022, "2021", "large", PLACE_ONLY, misprints={"t3.closed_other.natural": 30}),
        DocxStyle(split=18, line_breaks=True),
    ),
    _docx(
        "table-cut-heading-repeated.docx",
        Plan(504, "澜川区财政局", 2025, "2021", "small", TWO_LINES, labels=LabelStyle(short_closed=True)),
        DocxStyle(split=15, repeat_head=True, split_runs=True),
    ),
    _docx(
        "older-edition.docx",
        Plan(505, "杉陵市人民政府办公室", 2020, "2019", "medium", numbers=NumberStyle(plus=True), other_headings=True),
        DocxStyle(line_breaks=True),
    ),
    _docx(
        "one-row-closed.docx",
        Plan(506, "汀澜市体育局", 2021, "2021", "small", YEAR_FIRST, single_closed=True, labels=LabelStyle(local=True)),
        DocxStyle(),
    ),
)

_XLSX = (
    _xlsx("one-sheet.xlsx", Plan(601, "青禾市统计局", 2024, "2021", "medium"), XlsxStyle()),
    _xlsx(
        "three-sheets-offset.xlsx",
        Plan(602, "砚北区教育局", 2023, "2021", "small", numbers=NumberStyle(zero=("",))),
        XlsxStyle(sheets=True, top=2, left=1, hidden=True),
    ),
    _xlsx(
        "not-merged-as-text.xlsx",
        Plan(603, "栖岚县公安局", 2022, "2021", "medium", numbers=NumberStyle(grouped=True)),
        XlsxStyle(merged=False, as_text=True, top=1, hidden=True),
    ),
    _xlsx(
        "sums-as-formulas.xlsx",
        Plan(604, "汀澜市人民政府", 2024, "2021", "large", misprints={"t4.direct.total": 10}),
        XlsxStyle(formulas=True),
    ),
    _xlsx(
        "older-edition.xlsx",
        Plan(605, "望舒县水利局", 2019, "2019", "small", TWO_LINES, misprints={"t3.total.business": 1}),
        XlsxStyle(sheets=True, left=2, prose=False),
    ),
)

_PDF = (
    _pdf("official.pdf", Plan(701, "青禾市民政局", 2023, "2021", "medium", TWO_LINES), DocxStyle(line_breaks=True)),
    _pdf(
        "cut-by-pages.pdf",
        Plan(702, "霁川市人民政府", 2024, "2021", "large", TWO_LINES, misprints={"t3.partial.total": -2}),
        DocxStyle(row_height=27, body_size=14),
    ),
    _pdf(
        "blank-zeros.pdf",
        Plan(703, "砚北区人民政府办公室", 2022, "2021", "small", numbers=NumberStyle(zero=("",)), single_closed=True),
        DocxStyle(table_size=9, row_height=15),
    ),
    _pdf(
        "small-print-marks.pdf",
        Plan(
            704,
            "栖岚县教育局",
            2021,
            "2021",
            "small",
            labels=LabelStyle(half_brackets=True, dot="、"),
            numbers=NumberStyle(zero=("/", "—"), zero_disclosed=("0", "/")),
        ),
        DocxStyle(table_size=8, row_height=12, whole_rows=True, line_breaks=True),
    ),
    _pdf(
        "older-edition.pdf",
        Plan(705, "杉陵市公安局", 2020, "2019", "medium", YEAR_FIRST, numbers=NumberStyle(plus=True)),
        DocxStyle(split=14, row_height=24),
    ),
)

DOCUMENTS = (*_DOCX, *_XLSX, *_PDF)
