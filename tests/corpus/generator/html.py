"""Web pages: clean ones, Word mark-up pasted into an editor, old layout tables, odd encodings, unclosed cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from .grid import PrintedCell, PrintedTable
from .layout import following_report, printed_table, versions
from .report import Report


@dataclass(frozen=True, slots=True)
class HtmlStyle:
    """How the page was made.

    Attributes:
        markup: ``clean``, ``word`` (nested spans with mso styles, ``&nbsp;``) or ``layout`` (tables around everything).
        charset: Python's name of the encoding; with ``utf-16`` and ``utf-8-sig`` the file has a byte order mark.
        declared: the name in the page's declaration, or empty for none.
        unclosed: ``td``, ``tr`` and ``p`` have no end tags.
        five_columns: 表二 of the 2019 edition in five grid columns with changing spans.
    """

    markup: str = "clean"
    charset: str = "utf-8"
    declared: str = "utf-8"
    unclosed: bool = False
    five_columns: bool = False


_WORD_CELL = (
    "width:{width}pt;padding:0.0000pt 5.4000pt 0.0000pt 5.4000pt ;border:1.0000pt solid windowtext;"
    "mso-border-alt:0.5000pt solid windowtext;"
)
_WORD_SPAN = "mso-spacerun:'yes';font-family:仿宋_GB2312;mso-hansi-font-family:Calibri;font-size:12.0000pt;"


def write_html(report: Report, style: HtmlStyle) -> bytes:
    """The page, encoded."""
    body = "".join(_body(report, style))
    if (other := following_report(report)) is not None:
        body += "".join((f"<h1>{'<br>'.join(other.title)}</h1>\n", *_body(other, style)))
    page = _page(report, style, body)
    return page.encode(style.charset, "xmlcharrefreplace")


def _page(report: Report, style: HtmlStyle, body: str) -> str:
    title = "".join(report.title)
    declared = ""
    if style.declared:
        declared = f'<meta http-equiv="Content-Type" content="text/html; charset={style.declared}" />\n'
    head = f"<head>\n{declared}<title>{title}-{report.plan.body}</title>\n</head>"
    trail = '<div class="place">当前位置：<a href="../../">首页</a> &gt; <a href="../">政府信息公开年报</a></div>'
    line = (
        f'<div class="info">发布时间：{report.plan.year + 1}-01-2{report.plan.seed % 8} 来源：{report.plan.body}</div>'
    )
    if style.markup != "layout":
        shown = f"<h1>{'<br>'.join(report.title)}</h1>"
        return (
            f"<!DOCTYPE html>\n<html>\n{head}\n<body>\n{trail}\n{shown}\n{line}\n<div>{body}</div>\n</body>\n</html>\n"
        )
    menu = "".join(
        f"<tr><td><a href='#'>{word}</a></td></tr>" for word in ("机构概况", "公开指南", "公开年报", "2023", "2022")
    )
    return (
        f"<html>{head}<body><table width=1000 align=center><tr><td colspan=2>{trail}</td></tr><tr>"
        f"<td width=180 valign=top><table>{menu}</table></td><td><table width='100%'><tr><td align=center>"
        f"<b>{'<br>'.join(report.title)}</b></td></tr><tr><td>{line}</td></tr><tr><td>{body}</td></tr></table></td>"
        f"</tr><tr><td colspan=2>版权所有：{report.plan.body} 网站标识码：9900000{report.plan.seed:03d}</td></tr>"
        "</table></body></html>\n"
    )


def _body(report: Report, style: HtmlStyle) -> list[str]:
    prose, headings = report.prose, report.headings
    made = [_paragraph(text, style) for text in (*prose.lead, headings[0], *prose.overview)]
    for heading, table in zip(headings[1:4], ("t2", "t3", "t4"), strict=True):
        made.append(_paragraph(heading, style))
        for caption, shown in versions(report, table):
            made += [_paragraph(caption, style)] if caption else []
            made.append(_table(shown, table, style))
    made += [_paragraph(text, style) for text in (headings[4], *prose.problems, headings[5], *prose.other)]
    return made


def _paragraph(text: str, style: HtmlStyle) -> str:
    if style.markup == "word":
        inner = "".join(f'<span style="{_WORD_SPAN}">{escape(piece)}</span>' for piece in _pieces(text))
        return f'<p class="MsoNormal" style="text-indent:24.0000pt;">{inner}<o:p></o:p></p>\n'
    return f"<p>　　{escape(text)}{'' if style.unclosed else '</p>'}\n"


def _pieces(text: str) -> list[str]:
    """Runs of digits and runs of others, as Word changes the font between them."""
    pieces: list[str] = []
    for character in text:
        if pieces and pieces[-1][-1].isascii() == character.isascii():
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _table(report: Report, table_id: str, style: HtmlStyle) -> str:
    table = printed_table(report, table_id)
    if style.five_columns and table_id == "t2" and report.plan.edition == "2019":
        table = five_columns(table)
    cell_of = {"clean": _clean_cell, "word": _word_cell, "layout": _old_cell}[style.markup]
    close = "" if style.unclosed else "</tr>"
    rows = [
        f"<tr{' style=display:none' if number in table.hidden_rows else ''}>"
        f"{''.join(_cell(cell, cell_of, style) for cell in cells)}{close}\n"
        for number, cells in enumerate(table.rows())
    ]
    kind = {"clean": "<table>", "word": '<table class="MsoNormalTable" border="1" cellspacing="0">'}
    return f"{kind.get(style.markup, '<table border=1 cellpadding=0>')}<tbody>\n{''.join(rows)}</tbody></table>\n"


def _cell(cell: PrintedCell, cell_of: Callable[[PrintedCell], str], style: HtmlStyle) -> str:
    made = cell_of(cell)
    return made.removesuffix("</td>") if style.unclosed else made


def _spans(cell: PrintedCell) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    return rows + (f' colspan="{cell.column_span}"' if cell.column_span > 1 else "")


_BESIDE = {
    "struck": "<s>{other}</s>{figure}",
    "hidden": '<span style="display:none">{other}</span>{figure}',
    "white": '<font color="#FFFFFF">{other}</font>{figure}',
    "tracked": "<del>{other}</del><ins>{figure}</ins>",
    "superscript": "{figure}<sup>{other}</sup>",
    "nested": "<table><tr><td>{figure}</td></tr></table>",
}


def _inner(cell: PrintedCell) -> str:
    text = escape(cell.text).replace("\n", "<br>")
    return _BESIDE[cell.beside.kind].format(figure=text, other=cell.beside.text) if cell.beside else text


def _clean_cell(cell: PrintedCell) -> str:
    return f"<td{_spans(cell)}>{_inner(cell)}</td>"


def _old_cell(cell: PrintedCell) -> str:
    text = _inner(cell) if cell.beside else _inner(cell).replace(" ", "<br>") or "&nbsp;"
    return f"<td{_spans(cell)} align=center><font size=2>{text}</font></td>"


def _word_cell(cell: PrintedCell) -> str:
    pieces = "".join(f'<span style="{_WORD_SPAN}">{escape(piece)}</span>' for piece in _pieces(cell.text))
    if cell.beside or "\n" in cell.text:
        pieces = f'<span style="{_WORD_SPAN}">{_inner(cell)}</span>'
    if cell.ref is None or not cell.text:
        pieces += "&nbsp;"
    style = _WORD_CELL.format(width=46.05 * cell.column_span)
    paragraph = f'<p class="MsoNormal" align="center">{pieces}<span><o:p></o:p></span></p>'
    return f'<td{_spans(cell)} valign="center" style="{style}">{paragraph}</td>'


def five_columns(table: PrintedTable) -> PrintedTable:
    """表二 of the 2019 edition, its six value columns squeezed into four whose spans change from row to row."""
    three_way = {2: ((1, 1), (2, 2), (4, 1)), 4: ((1, 2), (3, 1), (4, 1))}
    cells = []
    for row, own in enumerate(table.rows()):
        places = {1: ((0, 5),), 3: ((0, 1), (1, 2), (3, 2))}.get(len(own))
        if places is None:
            # Rows of figures of the lower blocks are cut in another place than their headings.
            places = ((0, 1), *three_way[4 if own[1].ref is not None and row > 5 else 2])
        cells += [
            replace(cell, column=column, column_span=span) for cell, (column, span) in zip(own, places, strict=True)
        ]
    return PrintedTable(table.id, table.row_count, 5, tuple(cells), table.widths[:5])
