"""Edition against year, and the notes of extraction."""

from __future__ import annotations

import pytest

from gkdesk.model.content import Note
from gkdesk.model.finding import Severity

from .reports import report


def test_an_edition_not_in_force_in_that_year_is_told() -> None:
    assert report(year=2020).warnings == [
        "格式版本与年度不符：2020 年度的报告用了2021年修订格式（国办公开办函〔2021〕30号），请核对年度和格式"
    ]


@pytest.mark.parametrize("year", [2021, 2025, None])
def test_an_edition_in_force_or_an_unknown_year_is_not(year: int | None) -> None:
    assert report(year=year).findings == ()


NOTES = [
    (
        Note("organization-guessed", {"printed": "某某科委", "organization": "某某科学技术委员会"}),
        Severity.INFO,
        "标题里只写了“某某科委”，单位名称按惯例写作“某某科学技术委员会”，请核对",
    ),
    (Note("organization-missing"), Severity.WARNING, "没有找到单位名称，请对照原文核对"),
    (Note("year-missing"), Severity.WARNING, "没有找到报告的年度，请对照原文核对"),
    (
        Note("alignment-unproven", {"table": "t3"}),
        Severity.WARNING,
        "表三：数字与行、列的对应关系没有得到证实，即使合计相符也请对照原文核对",
    ),
    (
        Note("stray-figure", {"text": "16", "table": "表四"}),
        Severity.WARNING,
        "表四：附近的数字“16”不知属于哪一格，空白处可能漏读，请对照原文核对",
    ),
    (
        Note("hidden-sheet", {"sheet": "汇总"}),
        Severity.WARNING,
        "工作表“汇总”是隐藏的，其中的内容也读取了，请确认是否属于报告",
    ),
    (Note("never-heard-of"), Severity.WARNING, "读取原文时有一处没有把握，请对照原文核对"),
]


@pytest.mark.parametrize(("note", "severity", "sentence"), NOTES, ids=[row[0].code for row in NOTES])
def test_notes_become_findings(note: Note, severity: Severity, sentence: str) -> None:
    assert report(notes=[note]).sentences(severity) == [sentence]


def test_a_table_not_found_is_told_by_its_cells_alone() -> None:
    assert report(notes=[Note("table-missing", {"table": "表三"})]).findings == ()
