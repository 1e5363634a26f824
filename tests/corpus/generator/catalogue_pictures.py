"""Scans, photographs and documents whose tables are pictures."""

from __future__ import annotations

from .documents import Document
from .docx import DocxStyle, write_pdf
from .labels import LabelStyle
from .picture import PictureStyle, write_picture
from .report import Plan
from .scan import ScanStyle, scan

TWO_LINES = "{body}|{year}年政府信息公开工作年度报告"
SHORT = LabelStyle(short_closed=True, no_note=True)
# All on one sheet of the paper that offices call folio.
ONE_PAGE = DocxStyle(
    prose=False,
    table_size=7,
    row_height=10,
    line_breaks=True,
    footer=False,
    body_size=10,
    whole_rows=True,
    margins=1,
    height=33,
)


def _scan(name: str, plan: Plan, pages: DocxStyle, style: ScanStyle) -> Document:
    return Document(
        name, "scan", plan, lambda report: scan(write_pdf(report, pages), style, plan.seed), prose=pages.prose
    )


def _picture(name: str, plan: Plan, style: PictureStyle) -> Document:
    return Document(name, "picture", plan, lambda report: write_picture(report, style))


_SCAN = (
    _scan(
        "older-edition-black-and-white.pdf",
        Plan(851, "青禾市交通运输局", 2020, "2019", "medium", TWO_LINES, misprints={"t3.partial.natural": 10}),
        DocxStyle(body_size=12),
        ScanStyle(200, skew=0.6, noise=8, quality=0),
    ),
    _scan(
        "sealed-askew.jpg",
        Plan(852, "霁川市应急管理局", 2023, "2021", "small", labels=SHORT),
        ONE_PAGE,
        ScanStyle(200, 1.2, 2, 0.4, 45, gray=False, seal=True, container="jpeg"),
    ),
    _scan(
        "photograph.jpg",
        Plan(853, "望舒县商务局", 2022, "2021", "small", misprints={"t3.total.total": 2}, labels=SHORT),
        ONE_PAGE,
        ScanStyle(200, 0.8, 2, 0.5, 55, shadow=0.35, paper=235, container="jpeg"),
    ),
    _scan(
        "scanned.ofd",
        Plan(854, "澄江县民政局", 2023, "2021", "small", misprints={"t3.partial.total": 3}, labels=SHORT),
        ONE_PAGE,
        ScanStyle(200, 0.6, 2, 0.3, 55, container="ofd"),
    ),
)

_PICTURE = (
    _picture(
        "tables-in-word.docx",
        Plan(861, "汀澜市财政局", 2024, "2021", "medium", TWO_LINES, misprints={"t4.direct.total": 9}),
        PictureStyle(),
    ),
    _picture(
        "tables-in-sheets.xlsx",
        Plan(863, "云栖区民政局", 2023, "2021", "small"),
        PictureStyle("xlsx", 144),
    ),
    _picture("tables-in-page.html", Plan(862, "砚北区司法局", 2022, "2021", "small"), PictureStyle("html", 144)),
)

DOCUMENTS = (*_SCAN, *_PICTURE)
