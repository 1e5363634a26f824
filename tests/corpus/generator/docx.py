"""Word files in the layout of the official form, and with the habits of those who fill it in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gkdesk.sources.page_image import ENGINE_LOCK, open_document

from .docx_figure import around, figure_runs
from .grid import PrintedCell, PrintedTable
from .layout import following_report, printed_table, versions
from .office import FIXED_TIME, convert, with_fixed_dates
from .report import Report

MOST_OVER = 15
"""Characters over others on a page: marks such as quotes may stand close together."""

ROW = 20
"""Points."""


@dataclass(frozen=True, slots=True)
class DocxStyle:
    """How the file looks.

    Attributes:
        split: row of 表三 at which the table is cut in two, 0 for one table.
        repeat_head: the second part of a cut table begins with the column headings again.
        split_runs: every character of a figure in a run of its own, as after tracked corrections.
        line_breaks: narrow headings are broken by hand (``结果`` / ``维持``).
        body_size, table_size: font sizes in points.
        row_height: least height of a table row in points.
        fonts: title, heading, body and table font.
        whole_rows: no row is cut by a page break.
        footer: page numbers ``- 1 -``.
        indent_figures: blanks before figures.
        new_page: ids of tables whose heading begins a page.
        prose: False leaves out everything but title, headings and tables.
        borders: ``all``, ``horizontal``, ``outer`` or ``none``.
        spacer: blank lines before 表四, so that a page break falls into it.
        only: ids of tables; nothing else is printed, not even the title, and the paper is long enough.
        margins: above and below in centimetres, if not the official ones; ``height`` of the paper.
    """

    split: int = 0
    repeat_head: bool = False
    split_runs: bool = False
    line_breaks: bool = False
    body_size: float = 16
    table_size: float = 10.5
    row_height: float = 20
    fonts: tuple[str, str, str, str] = (
        "Noto Serif CJK SC",
        "Noto Sans CJK SC",
        "Noto Serif CJK SC",
        "Noto Serif CJK SC",
    )
    whole_rows: bool = False
    footer: bool = True
    indent_figures: str = ""
    new_page: tuple[str, ...] = ()
    prose: bool = True
    borders: str = "all"
    spacer: int = 0
    only: tuple[str, ...] = ()
    margins: float | None = None
    height: float = 29.7


_BROKEN = (
    "结果维持",
    "结果纠正",
    "其他结果",
    "尚未审结",
    "自然人",
    "总计",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
)
_HEAD_ROWS = 3
_EDGES = {
    "all": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "horizontal": ("top", "bottom", "insideH"),
    "outer": ("top", "left", "bottom", "right"),
    "none": (),
}
_TEXT_WIDTH = 8844
"""Width between the margins in twentieths of a point."""


def write_docx(report: Report, style: DocxStyle) -> bytes:
    """The Word file."""
    import docx

    document = docx.Document()
    paragraphs_with(document, report, style, {})
    if (other := following_report(report)) is not None:
        document.add_page_break()
        paragraphs_with(document, other, replace(style, footer=False), {})
    made = io.BytesIO()
    document.save(made)
    return with_fixed_dates(made.getvalue())


def paragraphs_with(
    document: Any, report: Report, style: DocxStyle, instead: Mapping[str, Callable[[Any, str], None]]
) -> None:
    """Set the whole report; ``instead`` puts something else where some tables belong."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _set_page(document, report, style)
    for table in style.only:
        _tables(document, report, table, style)
    if style.only:
        return
    for line in report.title:
        _paragraph(document, line, style.fonts[0], 22, WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    _paragraph(document, "", style.fonts[2], style.body_size, WD_ALIGN_PARAGRAPH.LEFT)
    prose, headings = report.prose, report.headings
    if style.prose:
        _section(document, "", prose.lead, style)
        _section(document, headings[0], prose.overview, style)
    for heading, table in zip(headings[1:4], ("t2", "t3", "t4"), strict=True):
        for _ in range(style.spacer if table == "t4" else 0):
            _paragraph(document, "", style.fonts[2], 8, WD_ALIGN_PARAGRAPH.LEFT)
        _section(document, heading, (), style, new_page=table in style.new_page)
        instead.get(table, lambda document, table: _tables(document, report, table, style))(document, table)
    if style.prose:
        _section(document, headings[4], prose.problems, style)
        _section(document, headings[5], prose.other, style)


def write_pdf(report: Report, style: DocxStyle) -> bytes:
    """The Word file as LibreOffice prints it, with all of its tables.

    It drops the rest of a table whose rows find no page to stand on whole; these may then break inside. It prints 表四
    over a long 表三 now and then, which nobody would send; it may then begin a page.
    """
    word = write_docx(report, style)
    made = convert(word, "docx", "pdf")
    if style.whole_rows and not _has_all_outcomes(made, word):
        style = replace(style, whole_rows=False)
        made = convert(write_docx(report, style), "docx", "pdf")
    if not _stands_apart(made):
        return convert(write_docx(report, replace(style, new_page=(*style.new_page, "t4"))), "docx", "pdf")
    return made


def _has_all_outcomes(pdf: bytes, word: bytes) -> bool:
    """True if 结果维持, which 表四 has three times, is printed as often as it is written."""
    with zipfile.ZipFile(io.BytesIO(word)) as container:
        written = container.read("word/document.xml").decode()
    with ENGINE_LOCK:
        document = open_document(pdf, None)
        try:
            printed = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
        finally:
            document.close()
    return sum(map(printed.count, "维維")) >= sum(map(written.count, "维維"))


def _stands_apart(pdf: bytes) -> bool:
    """True if no page has characters printed over others."""
    with ENGINE_LOCK:
        document = open_document(pdf, None)
        try:
            return all(_over_others(document[number].get_textpage()) < MOST_OVER for number in range(len(document)))
        finally:
            document.close()


def _over_others(page: Any) -> int:
    """How many characters of a page have their middle within the box of another."""
    boxes = [page.get_charbox(number) for number in range(page.count_chars())]
    rows: dict[int, list[tuple[float, ...]]] = {}
    for box in boxes:
        for row in range(int(box[1] // ROW), int(box[3] // ROW) + 1):
            rows.setdefault(row, []).append(box)
    middles = [((left + right) / 2, (low + high) / 2, (left, low, right, high)) for left, low, right, high in boxes]
    return sum(
        any(o[0] < x < o[2] and o[1] < y < o[3] and o != own for o in rows.get(int(y // ROW), ()))
        for x, y, own in middles
        if own[2] > own[0]
    )


def _set_page(document: Any, report: Report, style: DocxStyle) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(55 if style.only else style.height)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(3.2), Cm(2.8)
    if style.margins is not None:
        section.top_margin = section.bottom_margin = section.footer_distance = Cm(style.margins)
    core = document.core_properties
    core.title, core.author, core.comments = "".join(report.title), report.plan.body, ""
    core.created = core.modified = FIXED_TIME
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = 0
    normal.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))
    if style.footer:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = 1
        for text in ("- ", None, " -"):
            if text is None:
                paragraph._p.append(
                    parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
                )
            else:
                paragraph.add_run(text)


def _paragraph(document: Any, text: str, font: str, size: float, alignment: int, bold: bool = False) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    paragraph.paragraph_format.line_spacing = 1.35 if size < 20 else 1.2
    _run(paragraph, text, font, size, bold)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: float, bold: bool) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold = font, Pt(size), bold
    run._r.rPr.rFonts.set(qn("w:eastAsia"), font)


def _section(
    document: Any, heading: str, paragraphs: tuple[str, ...], style: DocxStyle, new_page: bool = False
) -> None:
    from docx.shared import Pt

    for text, font in [(heading, style.fonts[1]), *((text, style.fonts[2]) for text in paragraphs)]:
        if not text:
            continue
        start, stop, rest = text.partition("。") if text.startswith("（") else ("", "", text)
        paragraph = document.add_paragraph()
        paragraph.alignment = 3
        paragraph.paragraph_format.line_spacing = 1.35
        paragraph.paragraph_format.first_line_indent = Pt(2 * style.body_size)
        paragraph.paragraph_format.keep_with_next = text == heading
        paragraph.paragraph_format.page_break_before = new_page and text == heading
        if start:
            _run(paragraph, start + stop, style.fonts[2], style.body_size, True)
        _run(paragraph, rest, font, style.body_size, False)


def _tables(document: Any, report: Report, table_id: str, style: DocxStyle) -> None:
    for caption, shown in versions(report, table_id):
        if caption:
            _paragraph(document, caption, style.fonts[2], style.table_size, 0)
        _table(document, shown, table_id, style)


def _table(document: Any, report: Report, table_id: str, style: DocxStyle) -> None:
    table = printed_table(report, table_id)
    parts = [table]
    if table_id == "t3" and style.split:
        parts = [table.part(0, style.split), table.part(style.split, table.row_count)]
    body = document.element.body
    for number, part in enumerate(parts):
        if number and style.repeat_head:
            part = _stacked(table.part(0, _HEAD_ROWS), part)
        body.insert(len(body) - 1, _table_element(part, style))
        _paragraph(document, "", style.fonts[2], 8, 0)


def _stacked(head: PrintedTable, rest: PrintedTable) -> PrintedTable:
    below = tuple(replace(cell, row=cell.row + head.row_count) for cell in rest.cells)
    return PrintedTable(head.id, head.row_count + rest.row_count, head.column_count, head.cells + below, head.widths)


def _table_element(table: PrintedTable, style: DocxStyle) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    total = sum(table.widths)
    widths = [round(_TEXT_WIDTH * width / total) for width in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES[style.borders]
    )
    margins = '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    )
    whole = "<w:cantSplit/>" if style.whole_rows else ""
    height = f'<w:trPr>{whole}<w:trHeight w:val="{round(style.row_height * 20)}" w:hRule="atLeast"/></w:trPr>'
    rows = "".join(f"<w:tr>{height}{_row_cells(table, row, widths, style)}</w:tr>" for row in range(table.row_count))
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row_cells(table: PrintedTable, row: int, widths: list[int], style: DocxStyle) -> str:
    here = [cell for cell in table.cells if cell.row <= row < cell.row + cell.row_span]
    return "".join(_cell_element(cell, row, widths, style) for cell in sorted(here, key=lambda cell: cell.column))


def _cell_element(cell: PrintedCell, row: int, widths: list[int], style: DocxStyle) -> str:
    width = sum(widths[cell.column : cell.column + cell.column_span])
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.column_span > 1:
        properties += f'<w:gridSpan w:val="{cell.column_span}"/>'
    if cell.row_span > 1:
        properties += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    properties += '<w:vAlign w:val="center"/>'
    lines = _lines(cell, style) if row == cell.row else [""]
    left = cell.ref is None and (cell.text[:1].isdigit() or cell.text[:3] in ("（一）", "（二）", "(一)", "(二)"))
    runs = "<w:r><w:br/></w:r>".join(_runs(line, cell, style) for line in lines)
    alignment = "left" if left else "center"
    paragraph = f'<w:p><w:pPr><w:jc w:val="{alignment}"/></w:pPr>{{}}</w:p>'
    inner = around(cell.beside, runs, paragraph) if cell.beside else paragraph.format(runs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def _lines(cell: PrintedCell, style: DocxStyle) -> list[str]:
    if style.line_breaks and cell.text in _BROKEN:
        return [cell.text[start : start + 2] for start in range(0, len(cell.text), 2)]
    return cell.text.split("\n")


def _runs(text: str, cell: PrintedCell, style: DocxStyle) -> str:
    from xml.sax.saxutils import escape

    font = f'<w:rFonts w:ascii="{style.fonts[3]}" w:hAnsi="{style.fonts[3]}" w:eastAsia="{style.fonts[3]}"/>'
    size = f'<w:sz w:val="{round(style.table_size * 2)}"/>'
    shown = style.indent_figures + text if cell.ref is not None and text else text
    pieces = list(shown) if style.split_runs and cell.ref is not None else [shown]
    return figure_runs([escape(piece) for piece in pieces if piece], font + size, cell.beside)
