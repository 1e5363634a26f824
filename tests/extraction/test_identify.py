"""Body and year from titles as they are written."""

from __future__ import annotations

import pytest

from tests.extraction.made_up_report import read_text


@pytest.mark.parametrize(
    ("text", "organization", "year"),
    [
        ("青禾市医疗保障局2024年政府信息公开工作年度报告", "青禾市医疗保障局", 2024),
        ("青禾市医疗保障局 2024 年政府信息公开\n工作年度报告", "青禾市医疗保障局", 2024),
        ("青禾市人民政府\n2023年政府信息公开工作年度报告", "青禾市人民政府", 2023),
        ("2024年青禾市科委政府信息公开工作\n年度报告", "青禾市科学技术委员会", 2024),
        ("青禾市审计局 政府信息公开年报 青禾市审计局2024年政府信息公开工作年度报告", "青禾市审计局", 2024),
        ("政府信息公开指南 青禾市审计局2024年政府信息公开工作年度报告", "青禾市审计局", 2024),
        ("# 青禾市审计局 **2024** 年政府信息公开工作年度报告", "青禾市审计局", 2024),
        ("石橋鄉人民政府2024年政府信息公開工作年度報告", "石桥乡人民政府", 2024),
        ("2019年青禾市人民政府办公厅政府信息公开工作年度报告", "青禾市人民政府办公厅", 2019),
        ("澜川综合实验区2021年度政府信息公开工作年度报告", "澜川综合实验区管委会", 2021),
        ("青禾市2022年政府信息公开工作年度报告", "青禾市人民政府", 2022),
        ("望舒县审计局关于2020年度政府信息公开工作情况的报告", "望舒县审计局", 2020),
        ("根据《条例》的规定，现公布望舒县教育局2023年政府信息公开工作年度报告。", "望舒县教育局", 2023),
        ("望舒县教育局二〇二三年政府信息公开工作年度报告", "望舒县教育局", 2023),
        ("望舒县教育局 2023 年政\n府信息公开工作年度报告", "望舒县教育局", 2023),
        ("望舒县教育局2023\n年政府信息公开工作年度报告", "望舒县教育局", 2023),
        ("望舒县教育局 政府信息公开年报 望舒县教育局2023年政府信息公开工作年度报告", "望舒县教育局", 2023),
        ("政府信息公开指南 望舒县教育局2023年政府信息公开工作年度报告", "望舒县教育局", 2023),
        ("-----原始邮件-----\n望舒县教育局\n2023年政府信息公开工作年度报告", "望舒县教育局", 2023),
        (
            "• 某局2022年政府信息公开工作年度报告2023-01-16\n望舒县教育局2023年政府信息\n公开工作年度报告",
            "望舒县教育局",
            2023,
        ),
    ],
)
def test_titles(text: str, organization: str, year: int) -> None:
    extracted = read_text(text + "\n\n一、总体情况\n")
    assert (extracted.organization, extracted.year) == (organization, year)


def test_a_name_completed_by_usage_is_said() -> None:
    notes = read_text("2024年青禾市科委政府信息公开工作年度报告\n一、总体情况\n").notes
    assert [note.arguments["printed"] for note in notes if note.code == "organization-guessed"] == ["青禾市科委"]


def test_no_title_is_said() -> None:
    extracted = read_text("一、总体情况\n全年工作平稳。\n")
    assert extracted.organization is None
    assert {"organization-missing", "year-missing"} <= {note.code for note in extracted.notes}
