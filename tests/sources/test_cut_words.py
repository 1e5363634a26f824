"""Sheets printed as they are: words that have no room in their cell run on, in the file, under the figures beside them.

The figures come before all words in the file, as such a sheet writes them.
"""

from __future__ import annotations

import pytest

from gkdesk.extraction.fill import extract
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Line
from gkdesk.model.reading import State
from gkdesk.sources import opening
from tests.sources.pdf_maker import Sheet, make_pdf


def lines_of(sheet: Sheet) -> list[str]:
    return [block.text for block in opening.read(make_pdf(sheet)).blocks if isinstance(block, Line)]


def row(sheet: Sheet, y: float, label: str, figures: str, lower: float = 0.0) -> None:
    for number, figure in enumerate(figures.split()):
        sheet.text(150 + 60 * number, y + lower, figure)
    sheet.text(40, y, label)


@pytest.mark.parametrize("lower", [0.0, 0.6])
def test_words_under_figures_stand_before_them(lower: float) -> None:
    sheet = Sheet()
    row(sheet, 100, "其他法律行政法规禁止公开的申请", "8 0 12", lower)
    assert lines_of(sheet) == ["其他法律行政法规禁止公开的申请 8 0 12"]


@pytest.mark.parametrize("label", ["保护第三方的合法权益等", "危及三安全和一稳定的”"])
def test_a_figure_right_behind_words_is_none_of_theirs(label: str) -> None:
    sheet = Sheet()
    row(sheet, 100, label, "8 0 12", 0.6)
    assert lines_of(sheet) == [f"{label} 8 0 12"]


def test_a_number_of_a_sentence_stays_where_it_stands() -> None:
    sheet = Sheet()
    sheet.text(91, 100, "12")
    sheet.text(40, 100, "全年共受理")
    sheet.text(103, 100, "件申请，均已办结。")
    assert lines_of(sheet) == ["全年共受理12件申请，均已办结。"]


SHEET = """二、主动公开政府信息情况
第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 1 0 3
行政规范性文 4 2 19
第二十条第（五）项
信息内容 本年处理决定数量
行政许可 14
第二十条第（六）项
信息内容 本年处理决定数量
行政处罚 7
行政强制 0
第二十条第（八）项
信息内容 本年收费金额（单位：万元）
行政事业性收 17.29
"""


def test_a_name_cut_off_beside_its_figures_is_that_of_its_row() -> None:
    form = extract(opening.read(SHEET.encode())).form
    for name, value in (("t2.normative.repealed", "2"), ("t2.fee.amount", "17.29")):
        cell = form[CellRef.parse(name)]
        assert (cell.state, str(cell.value)) == (State.READ, value)


def test_a_name_that_goes_on_below_beside_other_figures_is_none_that_is_cut_off() -> None:
    form = extract(opening.read(SHEET.replace("文 4 2 19", "文 4 2 19\n件 5 2 20").encode())).form
    assert form[CellRef.parse("t2.normative.repealed")].state is not State.READ
