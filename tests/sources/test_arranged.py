"""Tables of web pages that are none in their marks: boxes laid out as a grid, and lists of named figures."""

from __future__ import annotations

import pytest

from gkdesk.model.content import Grid
from gkdesk.sources import opening

BOX = "<div style='grid-row:{}/span {};grid-column:{}/span {}'>{}</div>"
PLACED = "".join(
    BOX.format(*box)
    for box in (
        (1, 2, 1, 1, "信息内容"),
        (1, 1, 2, 2, "本年件数"),
        (2, 1, 2, 1, "制发"),
        (2, 1, 3, 1, "废止"),
        (3, 1, 1, 1, "规章"),
        (3, 1, 2, 1, ""),
        (3, 1, 3, 1, "7"),
    )
)


def page(body: str, styles: str = "") -> bytes:
    return f"<html><meta charset=utf-8><style>{styles}</style><body><p>年度报告</p>{body}</body></html>".encode()


def grids(body: str, styles: str = "") -> list[list[list[str]]]:
    blocks = opening.read(page(body, styles)).blocks
    return [[[cell.text for cell in row] for row in block.rows()] for block in blocks if isinstance(block, Grid)]


def boxes(texts: str) -> str:
    return "".join(f"<div>{text.strip()}</div>" for text in texts.split(","))


def test_boxes_say_where_they_stand() -> None:
    body = f"<div style='display:grid;grid-template-columns:repeat(3,1fr)'>{PLACED}</div>"
    assert grids(body) == [[["信息内容", "本年件数"], ["制发", "废止"], ["规章", "", "7"]]]


def test_boxes_stand_in_their_turn() -> None:
    body = f"<div class=tb>{boxes('名称,制发,废止,规章,,7')}</div>"
    assert grids(body, ".tb{display:grid;grid-template-columns:2fr 1fr minmax(10px,1fr)}") == [
        [["名称", "制发", "废止"], ["规章", "", "7"]]
    ]


@pytest.mark.parametrize(
    "styles",
    [
        ".tb{grid-template-columns:2fr 1fr 1fr}",
        ".tb{display:grid;grid-template-columns:repeat(auto-fill,60px)}",
        ".tb{display:grid;grid-template-columns:repeat(4,1fr)}",
        ".tb{display:grid;grid-template-columns:repeat(3,1fr);grid-auto-flow:column}",
        ".tb{display:grid;grid-template-columns:repeat(3,1fr)} .tb div:first-child{order:2}",
        ".tb{display:grid;grid-template-columns:repeat(3,1fr)} .tb div:nth-child(2){grid-column:span 4}",
        ".tb{display:grid;grid-template-columns:repeat(3,1fr)} .tb .x{display:none}",
        ".tb{display:grid;grid-template-columns:repeat(3,1fr)} .tb .x{grid-column:2}",
    ],
)
def test_boxes_that_may_stand_elsewhere_are_no_table(styles: str) -> None:
    body = f"<div class=tb>{boxes('名称,制发,废止')}<div class=x>规章</div>{boxes('3,7')}</div>"
    assert grids(body, styles) == []


def test_a_list_names_the_column_of_each_figure() -> None:
    rows = "".join(f"<dt>{row}</dt><dd>自然人：{row[-1]}</dd><dd>总计: </dd>" for row in ("新收1", "结转2"))
    body = f"<dl><dt>办理情况</dt>{rows}</dl>"
    assert grids(body) == [[["", "自然人", "总计"], ["办理情况"], ["新收1", "1", ""], ["结转2", "2", ""]]]


def test_boxes_as_large_as_a_style_can_say_are_no_table() -> None:
    styles = ".tb{display:grid;grid-template-columns:repeat(999,1fr)} .tb div{grid-row:span 999;grid-column:span 999}"
    assert grids(f"<div class=tb>{boxes(',' * 2000)}</div>", styles) == []


def test_a_span_of_nothing_counts_as_one() -> None:
    styles = ".tb{display:grid;grid-template-columns:repeat(2,1fr)} .tb div{grid-row:span 0;grid-column:span 0}"
    assert grids(f"<div class=tb>{boxes('规章,7,总计,7')}</div>", styles) == [[["规章", "7"], ["总计", "7"]]]


@pytest.mark.parametrize("last", ["总计：3", "总数：3", "3", "<b>自然人</b>：3"])
def test_a_list_with_other_names_is_no_table(last: str) -> None:
    rows = f"<dt>新收</dt><dd>自然人：1</dd><dd>总计：1</dd><dt>结转</dt><dd>总计：3</dd><dd>{last}</dd>"
    assert grids(f"<dl>{rows}</dl>") == []
