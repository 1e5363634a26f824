"""Texts and pages that break off: the last figure may have lost digits, and what is missing of its row is not blank."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from random import Random

import pytest

from gkdesk.model.content import Content, Grid
from gkdesk.sources import opening
from tests.corpus.score import FOLDER, compare, documents

TABLE = "<html><body><table><tr><td>a</td><td>b</td><td>c</td></tr><tr><td>许可</td><td>12</td><td>3</td></tr></table>"
PIPES = "| a | b | c |\n|---|---|---|\n| 许可 | 12 | 3 |\n"
TABS = "a\tb\tc\n许可\t12\t3\n"
PROSE = "一、总体情况\n收到申请 125 件\n"


def last(content: Content) -> list[tuple[str, str]]:
    """The cells of the last row, or the last line, each with its doubt."""
    block = content.blocks[-1]
    if not isinstance(block, Grid):
        return [(block.text, block.doubt)]
    return [(cell.text, cell.doubt) for cell in [*block.rows()][-1]]


UNKNOWN = ("\ufffd", "file-end")


@pytest.mark.parametrize(
    ("source", "until", "expected"),
    [
        (TABLE, "<td>12", [("许可", ""), ("12", "file-end"), UNKNOWN]),
        (TABLE, "<td>12</td>", [("许可", ""), ("12", "file-end"), UNKNOWN]),
        (TABLE, "12</td><td>", [("许可", ""), ("12", ""), ("", "file-end")]),
        (TABLE, "<td>3</td>", [("许可", ""), ("12", ""), ("3", "file-end")]),
        (TABLE, "<td>3</td></tr>", [("许可", ""), ("12", ""), ("3", "")]),
        (TABLE.replace("</td>", "").replace("</tr>", ""), "</table>", [("许可", ""), ("12", ""), ("3", "")]),
        (PIPES, "| 12", [("许可", ""), ("12", "file-end"), UNKNOWN]),
        (PIPES, "| 12 |", [("许可", ""), ("12", "file-end"), UNKNOWN]),
        (PIPES, "| 3 |", [("许可", ""), ("12", ""), ("3", "")]),
        (PIPES, "| 3 |\n", [("许可", ""), ("12", ""), ("3", "")]),
        (TABS, "\t12", [("许可", ""), ("12", "file-end"), UNKNOWN]),
        (TABS, "\t3\n", [("许可", ""), ("12", ""), ("3", "")]),
        (PROSE, "125", [("收到申请 125", "file-end")]),
        (PROSE, "125 件", [("收到申请 125 件", "")]),
    ],
)
def test_what_breaks_off_is_in_doubt(source: str, until: str, expected: list[tuple[str, str]]) -> None:
    cut = source[: source.rindex(until) + len(until)]
    assert last(opening.read(cut.encode())) == expected


@pytest.mark.parametrize("path", documents(["html", "markdown", "tabbed", "text"]), ids=lambda path: path.name)
def test_wherever_a_report_breaks_off_no_figure_is_wrong_in_silence(path) -> None:  # type: ignore[no-untyped-def]
    data = path.read_bytes()
    known = json.loads((FOLDER / path.parent.name / f"{path.name}.truth.json").read_text("utf-8"), parse_float=Decimal)
    inside = [found.start() + 1 for found in re.finditer(rb"\d(?=\d)", data)]
    behind = [found.end() for found in re.finditer(rb"<t[dh][^>]*>|[\t|]", data)]
    random = Random(path.name)
    for place in (*random.sample(inside, 2), *(random.sample(behind, 2) if behind else ())):
        assert compare(path.name, data[:place], known).silent == 0, data[max(0, place - 40) : place]
