"""Plain text that keeps the columns with blanks, as layout-preserving PDF extractors give it."""

from __future__ import annotations

import unicodedata

from .grid import TextRow
from .labels import vary
from .layout import text_rows
from .report import Report
from .text import TextStyle, text_with, wrap

_VALUE_STEP = 9


def write_layout_text(report: Report, style: TextStyle) -> str:
    """The whole report; of ``style`` the widths, ``breaks`` and ``page_break`` count."""
    return text_with(report, style, {"t2": _disclosed, "t3": _requests, "t4": _appeals})


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _line(pieces: list[tuple[int, str]]) -> str:
    """Texts at their columns (in half-width units)."""
    line = ""
    for column, text in pieces:
        if text:
            line += " " * max(column - _width(line), 1 if line else 0) + text
    return line


def _disclosed(report: Report, style: TextStyle) -> list[str]:
    lines = []
    for path, heads, rows in text_rows(report, "t2"):
        lines += [path[0], ""]
        step = 16 if len(heads) > 1 else 34
        for label, texts in [(vary("信息内容", report.plan.labels), heads), *((r.labels[-1], r.texts) for r in rows)]:
            lines += [_line([(0, label), *((22 + step * index, text) for index, text in enumerate(texts))]), ""]
    return lines


def _requests(report: Report, style: TextStyle) -> list[str]:
    labels = report.plan.labels
    [(_, heads, rows)] = text_rows(report, "t3")
    left = 16 + 2 * style.label_width + 2
    note = wrap(vary("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", labels), 18)
    columns = [left + _VALUE_STEP * index for index in range(len(heads))]
    last = len(heads) - 1
    pieces = [wrap(head.replace(" ", ""), 4) for head in heads]
    lines = [
        _line([(columns[3], vary("申请人情况", labels))]),
        _line([(0, note[0]), (columns[2], vary("法人或其他组织", labels))]),
        _line([(0, note[1]), (columns[0], heads[0].replace(" ", "")), (columns[last], heads[last].replace(" ", ""))]),
        _line([(columns[index], pieces[index][0]) for index in range(1, last)]),
        _line([(columns[index], pieces[index][1]) for index in range(1, last) if len(pieces[index]) > 1]),
        "",
    ]
    return [*lines, *_request_lines(rows, columns, style)]


def _request_lines(rows: list[TextRow], columns: list[int], style: TextStyle) -> list[str]:
    """One physical line per label line, the figures on the middle one, group labels centred in their rows."""
    own: list[tuple[TextRow, int, int, str]] = []
    for row in rows:
        leaf = wrap(row.labels[-1], style.label_width if len(row.labels) == 3 else style.label_width + 4)
        own += [(row, index, len(leaf), piece) for index, piece in enumerate(leaf)]
    outer = _centred(own, 0, 2)
    inner = _centred(own, 1, style.group_width)
    lines = []
    for number, (row, index, count, piece) in enumerate(own):
        start = {1: 0, 2: 8, 3: 16}[len(row.labels)]
        texts = row.texts if index == count // 2 else ()
        figures = [(column, text) for column, text in zip(columns, texts, strict=False)]
        if row.joined:
            figures = [(columns[0], "".join(texts))]
        if row.id in style.breaks and index == (count + 1) // 2:
            lines += ["", " " * 44 + "-4-"] if style.page_break == "number" else []
            piece = f"\f{piece}" if style.page_break == "formfeed" else piece
        lines.append(_line([(0, outer.get(number, "")), (8, inner.get(number, "")), (start, piece), *figures]))
    return lines


def _centred(own: list[tuple[TextRow, int, int, str]], depth: int, width: int) -> dict[int, str]:
    """Line number to the piece of the group label at ``depth`` that stands there."""
    found: dict[int, str] = {}
    groups: dict[str, list[int]] = {}
    for number, (row, _, _, _) in enumerate(own):
        if len(row.labels) > depth + 1:
            groups.setdefault(row.labels[depth], []).append(number)
    for label, numbers in groups.items():
        pieces = wrap(label, width)
        first = numbers[0] + max(0, (len(numbers) - len(pieces)) // 2)
        found |= {first + index: piece for index, piece in enumerate(pieces)}
    return found


def _appeals(report: Report, style: TextStyle) -> list[str]:
    labels, blocks = report.plan.labels, text_rows(report, "t4")
    heads = [head.replace(" ", "") for _, block_heads, _ in blocks for head in block_heads]
    texts = [text for _, _, [row] in blocks for text in row.texts]
    columns = [6 * index for index in range(15)]
    return [
        _line([(10, vary("行政复议", labels)), (56, vary("行政诉讼", labels))]),
        _line([(34, vary("未经复议直接起诉", labels)), (66, vary("复议后起诉", labels))]),
        _line([(column, head[:2]) for column, head in zip(columns, heads, strict=True)]),
        _line([(column, head[2:]) for column, head in zip(columns, heads, strict=True)]),
        _line(list(zip(columns, texts, strict=True))),
    ]
