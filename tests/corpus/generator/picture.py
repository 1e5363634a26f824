"""Documents whose tables are pictures: in a Word file, a sheet, a web page as a data address, on a page of a PDF."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from .docx import DocxStyle, paragraphs_with, write_docx
from .office import FIXED_TIME, convert, with_fixed_dates
from .report import Report
from .scan import draw_pages

_TABLES = ("t2", "t3", "t4")
_WIDTH_OF_TEXT = 15.6
"""Centimetres between the margins."""


@dataclass(frozen=True, slots=True)
class PictureStyle:
    """How the tables became pictures.

    Attributes:
        holder: ``docx``, ``html``, ``xlsx`` or ``pdf``.
        dpi: at which the tables were taken; a screenshot has 96 to 144.
        quality: of JPEG; 0 for PNG.
        tables: which are pictures; the others are tables as ever.
        table: how they were set before.
    """

    holder: str = "docx"
    dpi: int = 150
    quality: int = 0
    tables: tuple[str, ...] = _TABLES
    table: DocxStyle = field(default_factory=DocxStyle)


def write_picture(report: Report, style: PictureStyle) -> bytes:
    """The document."""
    if style.holder == "html":
        return _page(report, style)
    if style.holder == "xlsx":
        return _sheet(report, style)
    import docx
    from docx.shared import Cm

    pictures = {table: _taken(report, table, style) for table in style.tables}

    def put(document: Any, table: str) -> None:
        paragraph = document.add_paragraph()
        paragraph.add_run().add_picture(io.BytesIO(pictures[table]), width=Cm(_WIDTH_OF_TEXT))

    document = docx.Document()
    paragraphs_with(document, report, style.table, dict.fromkeys(style.tables, put))
    made = io.BytesIO()
    document.save(made)
    data = with_fixed_dates(made.getvalue())
    return convert(data, "docx", "pdf") if style.holder == "pdf" else data


def _page(report: Report, style: PictureStyle) -> bytes:
    kind = "jpeg" if style.quality else "png"
    prose, headings = report.prose, report.headings
    lines = [f"<h1>{escape(''.join(report.title))}</h1>"]
    lines += [f"<p>{escape(text)}</p>" for text in (*prose.lead, headings[0], *prose.overview)]
    for heading, table in zip(headings[1:4], _TABLES, strict=True):
        data = base64.b64encode(_taken(report, table, style)).decode()
        lines += [f"<p>{escape(heading)}</p>", f'<p><img src="data:image/{kind};base64,{data}"/></p>']
    lines += [f"<p>{escape(text)}</p>" for text in (headings[4], *prose.problems, headings[5], *prose.other)]
    body = "\n".join(lines)
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>\n'.encode()


def _sheet(report: Report, style: PictureStyle) -> bytes:
    """Prose typed into cells, each table as a screenshot on a sheet of its own."""
    from openpyxl import Workbook
    from openpyxl.drawing.image import Image

    prose, headings = report.prose, report.headings
    book = Workbook()
    first = book.worksheets[0]
    first.title = "年报"
    for text in ("".join(report.title), *prose.lead, headings[0], *prose.overview):
        first.append([text])
    for heading, table in zip(headings[1:4], style.tables, strict=True):
        sheet = book.create_sheet(table)
        sheet.append([heading])
        sheet.add_image(Image(io.BytesIO(_taken(report, table, style))), "A2")
    last = book.create_sheet("其他")
    for text in (headings[4], *prose.problems, headings[5], *prose.other):
        last.append([text])
    book.properties.created = book.properties.modified = FIXED_TIME
    made = io.BytesIO()
    book.save(made)
    return with_fixed_dates(made.getvalue())


def _taken(report: Report, table: str, style: PictureStyle) -> bytes:
    """A picture of one table, cut out of the page it is printed on."""
    from PIL import Image, ImageOps

    alone = write_docx(report, replace(style.table, only=(table,), footer=False))
    (page, *_) = draw_pages(convert(alone, "docx", "pdf"), style.dpi)
    box = ImageOps.invert(page.convert("L")).getbbox() or (0, 0, *page.size)
    edge = style.dpi // 12
    cut = page.crop((max(box[0] - edge, 0), max(box[1] - edge, 0), box[2] + edge, box[3] + edge))
    made = io.BytesIO()
    if style.quality:
        cut.save(made, "JPEG", quality=style.quality)
    else:
        cut.quantize(16, Image.Quantize.MEDIANCUT).save(made, "PNG")
    return made.getvalue()
