"""Two years in one report, with equal labels: beside each other, row by row, or in halves. None is taken unsaid."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.extraction.fill import extract
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.extraction.made_up_report import read_text, report_text, rows_of_form

TITLE = "青禾市司法局2024年政府信息公开工作年度报告"
NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
LABELS = [row.label[-1] for row in load_editions()["2021"].table("t3").blocks[0].rows]
OUTCOMES = "结果维持 结果纠正 其他结果 尚未审结 总计"


def figures(year: int, row: int) -> list[int]:
    first, second = row + year - 2020, row % 3
    return [first, second, 0, 0, 0, 0, first + second]


def cells(texts: Sequence[object], more: str = "") -> str:
    return "".join(f"<td{more}>{text}</td>" for text in texts)


def rows(lines: Sequence[str]) -> str:
    return "".join(f"<tr>{line}</tr>" for line in lines)


def page(*parts: str) -> Extracted:
    body = f"<h1>{TITLE}</h1><p>三、收到和处理政府信息公开申请情况</p>{''.join(parts)}"
    return extract(opening.read(f"<html><meta charset=utf-8><title>{TITLE}</title><body>{body}</body></html>".encode()))


def table(years: Sequence[int], first: int = 0, last: int = len(LABELS)) -> str:
    """The rows of 表三 from ``first`` to ``last``, the figures of the years beside each other; a header at the top."""
    head = [
        "<td rowspan=2>申请人情况</td>" + cells([f"{year}年" for year in years], " colspan=7"),
        cells(NAMES * len(years)),
    ]
    body = [
        cells([LABELS[row], *(figure for year in years for figure in figures(year, row))]) for row in range(first, last)
    ]
    return f"<table>{rows([*([] if first else head), *body])}</table>"


def certain(extracted: Extracted) -> list[str]:
    """The cells of 表三 that are certain and not of the report's year."""
    form = [cell for cell in extracted.form if cell.ref.table == "t3"]
    own = [figure for row in range(len(LABELS)) for figure in figures(2024, row)]
    sure = (State.READ, State.BLANK)
    return [
        str(cell.ref) for cell, figure in zip(form, own, strict=True) if cell.state in sure and cell.value != figure
    ]


def test_the_table_of_one_year_is_read() -> None:
    extracted = page(table([2024]))
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}
    assert not certain(extracted)


def test_years_beside_each_other_are_in_doubt() -> None:
    assert not certain(page(table([2023, 2024])))


def test_half_of_a_table_below_the_caption_of_another_year_is_in_doubt() -> None:
    halves = ["<p>2023年</p>", table([2023], 0, 12), "<p>2024年</p>", table([2024], 12)]
    extracted = page(*halves)
    assert not certain(extracted)
    assert [cell.state for cell in extracted.form if cell.ref.row == "total"] == [State.READ] * 7


@pytest.mark.parametrize("with_years", [True, False])
def test_two_rows_of_figures_beside_one_label_are_in_doubt(with_years: bool) -> None:
    lines = [cells(["申请人情况", *(["年度"] if with_years else []), *NAMES])]
    for row, label in enumerate(LABELS):
        for year in (2023, 2024):
            named = cells([label], " rowspan=2") if year == 2023 else ""
            lines.append(named + cells([*([f"{year}年"] if with_years else []), *figures(year, row)]))
    assert not certain(page(f"<table>{rows(lines)}</table>"))


@pytest.mark.parametrize("labels", [("2023年 ", "2024年 "), ("", "")])
def test_two_rows_of_outcomes_in_a_text_are_in_doubt_where_they_differ(labels: tuple[str, str]) -> None:
    head = [
        "四、政府信息公开行政复议、行政诉讼情况",
        "行政复议 行政诉讼 未经复议直接起诉 复议后起诉",
        " ".join([OUTCOMES] * 3),
    ]
    own, other = "1 2 3 4 10 0 0 1 0 1 2 0 0 0 2", "5 2 3 4 14 7 0 1 0 8 2 0 0 9 11"
    one = read_text(report_text([*rows_of_form(), *head, own]))
    two = read_text(report_text([*rows_of_form(), *head, labels[0] + other, labels[1] + own]))
    assert {cell.state for cell in one.form if cell.ref.table == "t4"} == {State.READ}
    states = [cell.state for cell in two.form if cell.ref.table == "t4"]
    differ = [one != another for one, another in zip(own.split(), other.split(), strict=True)]
    assert {state for state, differs in zip(states, differ, strict=True) if differs} == {State.DOUBTFUL}
