"""Rows of 表二 on a page whose empty cells were left out: which of its figures is which is not known."""

from __future__ import annotations

import pytest

from gkdesk.extraction.fill import extract
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.sources import opening
from tests.extraction.made_up_report import reading


def read_row(*figures: str) -> Extracted:
    """表二 with these cells behind 行政规范性文件."""
    cells = "".join(f"<td>{figure}</td>" for figure in figures)
    page = f"""<h1>青禾市司法局2024年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p><table>
    <tr><td colspan=4>第二十条第（一）项</td></tr>
    <tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
    <tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr><tr><td>行政规范性文件</td>{cells}</tr>
    <tr><td colspan=4>第二十条第（五）项</td></tr><tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr>
    <tr><td>行政许可</td><td colspan=3>12</td></tr>
    <tr><td colspan=4>第二十条第（六）项</td></tr><tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr>
    <tr><td>行政处罚</td><td colspan=3>3</td></tr><tr><td>行政强制</td><td colspan=3>0</td></tr></table>"""
    return extract(opening.read(page.encode()))


@pytest.mark.parametrize("figures", [("3", "51"), ("51",)])
def test_a_row_with_fewer_cells_than_its_header_is_in_doubt(figures: tuple[str, ...]) -> None:
    extracted = read_row(*figures)
    found = [reading(extracted, f"t2.normative.{column}") for column in ("made", "repealed", "valid")]
    assert all(each.state in (State.DOUBTFUL, State.MISSING) for each in found)


def test_a_row_with_an_empty_cell_is_read() -> None:
    extracted = read_row("", "3", "51")
    assert [reading(extracted, f"t2.normative.{column}").value for column in ("made", "repealed", "valid")] == [
        None,
        3,
        51,
    ]
    assert reading(extracted, "t2.normative.repealed").state is State.READ
