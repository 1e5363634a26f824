"""Plain text as PDF extractors give it: the table is gone, only the order of its words is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gkdesk.model.cellref import CellRef

from .grid import TextRow
from .labels import vary
from .layout import following_report, text_rows, versions
from .report import Report


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one extractor writes.

    Attributes:
        figures: where a row's figures stand: on the line ``after`` its label, ``beside`` the last line of the label,
            ``middle`` (behind the first line of a label of several lines), ``lines`` (one figure a line).
        label_width, group_width, prose_width: characters a line in the columns of the form and in the prose.
        header: column headings as ``words`` (broken over lines) or ``chars`` (one character a line).
        loose: a blank line between the lines.
        breaks: ids of rows of 表三 with a page break inside their label (or before, if it has one line).
        page_break: what stands at a page break: ``blank`` lines, a ``formfeed``, or the page ``number``.
        group_middle: group labels stand among their rows, where their middle is, not before them.
        spaced_prose: blanks between the characters of the prose, as from justified lines.
        tables: False leaves the tables out, as where they are pictures.
    """

    figures: str = "after"
    label_width: int = 15
    group_width: int = 4
    prose_width: int = 28
    header: str = "words"
    loose: bool = True
    breaks: tuple[str, ...] = ()
    page_break: str = "blank"
    group_middle: bool = False
    spaced_prose: bool = False
    tables: bool = True


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of ``width`` characters; numbers are not cut, punctuation may hang at the end of a line."""
    lines: list[str] = []
    start = 0
    while start < len(text):
        end = start + width
        if end < len(text) and text[end].isdigit() and text[end - 1].isdigit():
            end -= len(text[start:end]) - len(text[start:end].rstrip("0123456789"))
        while end < len(text) and text[end] in "，。、；：）”》":
            end += 1
        lines.append(text[start:end])
        start = end
    return lines or [""]


def write_text(report: Report, style: TextStyle) -> str:
    """The whole report."""
    return text_with(report, style, TABLE_LINES if style.tables else {})


def text_with(report: Report, style: TextStyle, lines_of: Mapping[str, TableLines]) -> str:
    """The report, and what follows it in the file; ``lines_of`` gives the lines of a table."""

    def lines(of: Report, table: str) -> list[str]:
        made: list[str] = []
        for caption, shown in versions(of, table) if table in lines_of else ():
            made += [caption] if caption else []
            made += lines_of[table](shown, style)
        return made

    reports = [one for one in (report, following_report(report)) if one is not None]
    return "\n".join(document_text(one, style, lambda table, one=one: lines(one, table)) for one in reports)


def document_text(report: Report, style: TextStyle, table_lines: Callable[[str], Sequence[str]]) -> str:
    """Title, prose and tables in order; ``table_lines`` gives the lines of a table by its id."""
    prose, headings = report.prose, report.headings
    lines = [*report.title, *_prose(prose.lead, style)]
    lines += [headings[0], *_prose(prose.overview, style)]
    for heading, table in zip(headings[1:4], ("t2", "t3", "t4"), strict=True):
        lines += [heading, *table_lines(table)]
    lines += [headings[4], *_prose(prose.problems, style), headings[5], *_prose(prose.other, style)]
    separator = "\n\n" if style.loose else "\n"
    return separator.join(lines).replace("\n\n\f", "\n\f") + "\n"


def _prose(paragraphs: tuple[str, ...], style: TextStyle) -> list[str]:
    lines = [line for paragraph in paragraphs for line in wrap(f"　　{paragraph}", style.prose_width)]
    lines = [line.strip("　") for line in lines]
    return [" ".join(line) for line in lines] if style.spaced_prose else lines


def _figures(row: TextRow, labels: list[str], style: TextStyle) -> list[str]:
    """The lines of a row: ``labels`` are the lines of its own label."""
    texts = [text for text in row.texts if text]
    if row.joined:
        texts = ["".join(texts)]
    values = " ".join(texts)
    if style.figures == "lines":
        return [*labels, *texts]
    if style.figures == "middle" and len(labels) > 1:
        return [f"{labels[0]} {values}", *labels[1:]]
    if style.figures == "beside" or (style.figures == "middle" and len(labels) == 1):
        return [*labels[:-1], f"{labels[-1]} {values}"] if len(labels) == 1 else [*labels, values]
    if len(labels) == 1 and style.loose:
        return [f"{labels[0]}\n{values}"]
    return [*labels, values]


def disclosed_lines(report: Report, style: TextStyle) -> list[str]:
    """表二."""
    lines: list[str] = []
    for path, heads, rows in text_rows(report, "t2"):
        lines.append(path[0])
        head = vary("信息内容", report.plan.labels)
        lines += [head, *heads] if style.figures == "lines" else [" ".join((head, *heads))]
        for row in rows:
            lines += _figures(row, [row.labels[-1]], style)
    return lines


def header_lines(words: tuple[str, ...], style: TextStyle) -> list[str]:
    """Narrow column headings as they come out."""
    if style.header == "chars":
        return [character for word in words for character in word.replace(" ", "")]
    return [piece for word in words for piece in wrap(word.replace(" ", ""), 2)]


def request_lines(report: Report, style: TextStyle) -> list[str]:
    """表三."""
    labels = report.plan.labels
    [(_, heads, rows)] = text_rows(report, "t3")
    note = vary("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", labels)
    # 自然人 stands before the group of the legal persons, and so does what was put before it.
    before = 2 if any(twist.kind == "total-first" for twist in report.plan.twists) else 1
    lines = [*wrap(note, 21), vary("申请人情况", labels), *header_lines(heads[:before], style)]
    inner, outer = (heads[1:6], heads[6:]) if len(heads) == 7 and before == 1 else (heads[before:], ())
    lines += [vary("法人或其他组织", labels), *header_lines(outer, style), *header_lines(inner, style)]
    lines += _request_rows(rows, style)
    return lines


def _request_rows(rows: list[TextRow], style: TextStyle) -> list[str]:
    lines: list[str] = []
    torn: list[str] = []
    for index, row in enumerate(rows):
        before = rows[index - 1].labels if index else ()
        for depth, group in enumerate(row.labels[:-1]):
            if before[depth : depth + 1] == (group,):
                continue
            pieces = wrap(group, style.group_width)
            if style.group_middle and depth == 1:
                torn = pieces
            elif depth == 0 and style.breaks and len(pieces) > 2:
                lines += pieces[: len(pieces) // 2]
                torn = pieces[len(pieces) // 2 :]
            else:
                lines += pieces
        own = _figures(row, wrap(row.labels[-1], style.label_width if row.labels[1:] else 40), style)
        if row.id in style.breaks:
            own, torn = _broken(own, torn, style), []
        lines += own
        last_of_group = index + 1 == len(rows) or rows[index + 1].labels[:-1] != row.labels[:-1]
        if torn and style.group_middle and (last_of_group or len(row.labels) == 3):
            lines += torn
            torn = []
    return lines


def _broken(own: list[str], torn: list[str], style: TextStyle) -> list[str]:
    """A row cut by a page break; what is left of open group labels comes first on the new page."""
    cut = max(1, len(own) - 1) if style.figures == "after" else 1
    head, tail = (own[:cut], own[cut:]) if len(own) > 1 else ([], own)
    if style.figures == "after" and len(own) > 2:
        # The figures stand in the middle of the label: they come before the page break, the label's end after it.
        head, tail = [*own[: cut - 1], own[-1]], own[cut - 1 : -1]
    rest = [*torn, *tail]
    if style.page_break == "formfeed":
        rest[0] = f"\f{rest[0]}"
        return [*head, *rest]
    return [*head, "- 4 -" if style.page_break == "number" else "\n", *rest]


def appeal_lines(report: Report, style: TextStyle) -> list[str]:
    """表四."""
    labels = report.plan.labels
    blocks = text_rows(report, "t4")
    lines = [" ".join(vary(word, labels) for word in ("行政复议", "行政诉讼"))]
    heads = [header_lines(block_heads, style) for _, block_heads, _ in blocks]
    between = " ".join(vary(word, labels) for word in ("未经复议直接起诉", "复议后起诉"))
    lines += [*heads[0], between, *heads[1], *heads[2]]
    texts = [text for _, _, [row] in blocks for text in row.texts if text]
    return [*lines, *texts] if style.figures == "lines" else [*lines, " ".join(texts)]


def lost_columns(report: Report) -> tuple[str, ...]:
    """Cells whose column nobody can know: some figures of their row are blank and leave no trace in running text.

    A sum that is printed beside them stands there in any case: alone, it may as well be the figure of any column.
    """
    summed = any(twist.kind == "subtotal-column" for twist in report.plan.twists)
    lost: list[str] = []
    for table in ("t2", "t3", "t4"):
        by_row: dict[str, list[CellRef]] = {}
        for ref in report.texts:
            if ref.table == table:
                by_row.setdefault("" if table == "t4" else ref.row, []).append(ref)
        for refs in by_row.values():
            blank = sum(not report.texts[ref] for ref in refs)
            if 0 < blank < len(refs) or (blank and summed and table == "t3"):
                lost += map(str, refs)
    return tuple(lost)


TableLines = Callable[[Report, TextStyle], list[str]]
TABLE_LINES: dict[str, TableLines] = {"t2": disclosed_lines, "t3": request_lines, "t4": appeal_lines}
