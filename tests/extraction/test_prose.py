"""Prose sections: what stands in a section, and what only stands below it."""

from __future__ import annotations

from gkdesk.extraction.fill import extract
from gkdesk.model.review import Extracted
from gkdesk.sources import opening
from tests.extraction.made_up_report import read_text, report_text, rows_of_form


def other(extracted: Extracted) -> str:
    return extracted.sections["other"]


def test_page_numbers_and_the_foot_of_a_site_are_no_prose() -> None:
    foot = ["- 4 -", "第 4 页 共 5 页", "第二段。", "5", "打印 关闭", "版权所有：青禾市司法局 网站标识码：9900000404"]
    text = report_text(rows_of_form()) + "\n" + "\n".join(["没有其他事项。", *foot])
    assert other(read_text(text)) == "没有其他事项。\n第二段。"


def test_prose_that_begins_like_a_foot_stays() -> None:
    text = report_text(rows_of_form()) + "\n上一条意见已经整改。\n打印费用未收取。"
    assert other(read_text(text)) == "上一条意见已经整改。\n打印费用未收取。"


def test_markdown_with_tables_of_a_web_page_keeps_its_lines() -> None:
    table = "<html><body><table><tr><td>规章</td><td>1</td></tr><tr><td>文件</td><td>2</td></tr></table></body></html>"
    lines = ["# 青禾市司法局2024年政府信息公开工作年度报告", "", "## 一、总体情况", "", "平稳。", "", table, ""]
    lines += ["## 五、存在的主要问题及改进情况", "", "**一是**人手不足。", "", "## 六、其他需要报告的事项", "", "无。"]
    extracted = extract(opening.read("\n".join(lines).encode()))
    assert extracted.organization == "青禾市司法局"
    assert extracted.sections == {"overview": "平稳。", "problems": "一是人手不足。", "other": "无。"}


def test_another_report_behind_the_first_adds_nothing_to_its_sections() -> None:
    text = report_text(rows_of_form()) + "\n没有其他事项。\n"
    following = text.replace("青禾市司法局", "白石县林业局\n").replace("没有其他事项。", "另收费九元。")
    assert other(read_text(text + following)) == "没有其他事项。"


def test_the_title_of_the_report_itself_ends_no_section() -> None:
    text = report_text(rows_of_form()) + "\n没有其他事项。\n青禾市司法局2024年政府信息公开工作年度报告\n特此报告。\n"
    assert other(read_text(text)).endswith("特此报告。")


def test_titles_in_a_list_before_the_report_take_no_section_from_it() -> None:
    text = "青禾市司法局2023年政府信息公开工作年度报告\n" + report_text(rows_of_form()) + "\n没有其他事项。\n"
    assert other(read_text(text)) == "没有其他事项。"
