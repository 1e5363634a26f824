"""Markdown: clean pipe tables, and what converters make of PDF and Word files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .grid import PrintedTable, TextRow
from .layout import following_report, printed_table, text_rows, versions
from .report import Report
from .text import TextStyle, document_text, wrap
from .twist import COLUMNS_MOVED


@dataclass(frozen=True, slots=True)
class MarkdownStyle:
    """How the file was made.

    Attributes:
        tables: ``pipe`` (one table a form table), ``repeated`` (the text of merged cells in every slot), ``html``
            (HTML tables inside), ``converted`` (torn labels, bare rows of figures).
        label_width: in ``converted``, longer labels are torn out of the table.
        headings: headings are marked with ``#``.
        misplaced: in ``converted``, the id of a row whose last figure is moved in front of the row
            （六）3.其他, so that the cell is blank and a stray figure stands alone.
        jumbled: in ``converted``, torn labels stand before, behind, or one row too early.
    """

    tables: str = "pipe"
    label_width: int = 11
    headings: bool = True
    misplaced: str = ""
    jumbled: bool = False


def write_markdown(report: Report, style: MarkdownStyle) -> str:
    """The whole report."""
    made = _one(report, style)
    other = following_report(report)
    return made if other is None else f"{made}\n{_one(other, style)}"


def _one(report: Report, style: MarkdownStyle) -> str:
    text = TextStyle(prose_width=30 if style.tables == "converted" else 10_000)
    made = document_text(report, text, lambda table: _tables(report, table, style))
    if style.headings:
        for heading in report.headings:
            made = made.replace(f"\n{heading}\n", f"\n## {heading}\n")
        made = f"# {made}"
    return made


def _tables(report: Report, table_id: str, style: MarkdownStyle) -> list[str]:
    shown = versions(report, table_id)
    return [line for caption, of in shown for line in (caption, _table(of, table_id, style)) if line]


def _table(report: Report, table_id: str, style: MarkdownStyle) -> str:
    if style.tables == "converted":
        return {"t2": _torn_disclosed, "t3": _torn_requests, "t4": _torn_appeals}[table_id](report, style)
    table = printed_table(report, table_id)
    if style.tables == "html":
        return _html(table)
    return pipe_table(table.slots(repeat=style.tables == "repeated"))


def pipe_table(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first row is the head."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)


def _html(table: PrintedTable) -> str:
    rows = []
    for cells in table.rows():
        fields = []
        for cell in cells:
            spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
            spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            fields.append(f"<td{spans}>{cell.text}</td>")
        rows.append(f"<tr>{''.join(fields)}</tr>")
    return f"<html><body><table>{''.join(rows)}</table></body></html>"


def _torn_disclosed(report: Report, style: MarkdownStyle) -> str:
    """The first block stays a table; of the others only the words are left."""
    blocks = text_rows(report, "t2")
    lines = [path[0] for path, _, _ in blocks[:2]]
    for path, heads, rows in blocks[1:]:
        lines += [] if path == blocks[1][0] else [path[0]]
        lines.append("信息内容" + "".join(heads))
        lines += [" ".join((row.labels[-1], *row.texts)) for row in rows]
    _, heads, rows = blocks[0]
    first = pipe_table([("信息内容", *heads), *((row.labels[-1], *row.texts) for row in rows)])
    return "\n".join([*lines, first])


def _torn_requests(report: Report, style: MarkdownStyle) -> str:
    [(_, heads, rows)] = text_rows(report, "t3")
    usual = not any(twist.kind in COLUMNS_MOVED for twist in report.plan.twists)
    lines = [
        "申请人情况",
        "（本列数据的勾稽关系为：第一项加第二项法人或其他组织",
        "之和，等于第三项加第四项之和）",
        *_torn_heads(heads, usual, [_with_blank(row) for row in rows[:2]]),
        "三、本年度办理结果",
    ]
    pieces: list[tuple[list[str], str]] = []
    for row in rows[2:]:
        label, figures = _torn_row(row, rows, style)
        if style.jumbled and label and len(pieces) % 3 == 0 and pieces and not pieces[-1][0]:
            pieces[-1] = (label, pieces[-1][1])
            label = []
        pieces.append((label, figures))
    for number, (label, figures) in enumerate(pieces):
        behind = style.jumbled and number % 3 == 1
        lines += ["", figures, *label] if behind else [*label, "", figures]
    return "\n".join(lines)


def _torn_heads(heads: tuple[str, ...], usual: bool, rows: list[tuple[str, ...]]) -> list[str]:
    if not usual:
        # In another order the words are torn out whole.
        return [" ".join(head.replace(" ", "") for head in heads), pipe_table([("",) * len(rows[0]), *rows])]
    broken = ("业", "构", "益组织", "务机构", *("",) * (len(rows[0]) - 4))
    return ["自然人总计", "商业企科研机社会公法律服", "其他", pipe_table([broken, *rows])]


def _with_blank(row: TextRow) -> tuple[str, ...]:
    return (row.labels[-1], *row.texts, "")


def _torn_row(row: TextRow, rows: list[TextRow], style: MarkdownStyle) -> tuple[list[str], str]:
    """The lines torn out of the table, and the table of one row that is left."""
    lines: list[str] = []
    previous = rows[rows.index(row) - 1]
    if len(row.labels) == 3 and previous.labels[:2] != row.labels[:2]:
        lines += wrap(row.labels[1], 4)
    texts = (*row.texts[:-1], "") if row.id == style.misplaced else row.texts
    if row.id == "closed_other" and style.misplaced:
        lines.append(next(other.texts[-1] for other in rows if other.id == style.misplaced))
    label = row.labels[-1]
    if len(label) > style.label_width:
        return [*lines, *wrap(label, style.label_width)], pipe_table([texts])
    return lines, pipe_table([(label, *texts)])


def _torn_appeals(report: Report, style: MarkdownStyle) -> str:
    blocks = text_rows(report, "t4")
    lines = ["行政复议行政诉讼", "未经复议直接起诉复议后起诉", "结果结果其他尚未", "总计", "总计总计"]
    lines.append("维持纠正结果审结维持纠正结果审结")
    heads = [head.replace(" ", "") for _, names, _ in blocks for head in names]
    if heads[:5] != heads[5:10]:
        lines = ["行政复议行政诉讼", "未经复议直接起诉复议后起诉", " ".join(heads)]
    return "\n".join([*lines, "", pipe_table([tuple(text for _, _, [row] in blocks for text in row.texts)])])
