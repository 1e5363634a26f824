"""A report whose own tables cannot be read, with those of somebody else behind it: theirs are not certainly its own."""

from __future__ import annotations

import pytest

from gkdesk.extraction.appended_tables import DOUBT
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form

TABLE = "\n".join(
    [
        "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他",
        *rows_of_form(["8 0 0 0 0 0 8"]),
    ]
)


def read_with_appendix(caption: str, own: bool = False) -> Extracted:
    """A report of 青禾市司法局 for 2024 with 表三 behind it under a caption; without its ``own`` one unless asked."""
    lines = report_text(rows_of_form() if own else ["（表见图）"])
    return read_text(f"{lines}\n本年度没有其他需要报告的事项。\n{caption}\n{TABLE}")


@pytest.mark.parametrize(
    "caption",
    [
        "附件：青禾市教育局政府信息公开申请情况表",
        "（附2023年数据）",
        "附：上年度政府信息公开情况",
        "附件2\n青禾市司法局所属单位收到和处理政府信息公开申请情况",
        "附表：各县区政府信息公开情况统计",
    ],
)
def test_the_table_of_somebody_else_is_not_certain(caption: str) -> None:
    extracted = read_with_appendix(caption)
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.DOUBTFUL}
    assert DOUBT in reading(extracted, "t3.new.natural").doubts


@pytest.mark.parametrize(
    "caption",
    [
        "附件：青禾市司法局2024年政府信息公开申请情况表",
        "附件：收到和处理政府信息公开申请情况",
        "附件1",
        "附：市司法局政府信息公开情况",
    ],
)
def test_an_appendix_of_the_report_itself_is_read(caption: str) -> None:
    assert reading(read_with_appendix(caption), "t3.new.natural").state is State.READ


def test_the_reports_own_table_is_not_doubted_for_an_appendix() -> None:
    found = reading(read_with_appendix("附件：青禾市教育局政府信息公开申请情况表", own=True), "t3.new.natural")
    assert DOUBT not in found.doubts


def test_a_list_of_contents_is_not_the_end_of_the_report() -> None:
    contents = "五、存在的主要问题及改进情况\n六、其他需要报告的事项\n附件：各县区政府信息公开情况"
    report = report_text(rows_of_form(["8 0 0 0 0 0 8"]))
    title, _, rest = report.partition("\n")
    assert reading(read_text(f"{title}\n{contents}\n{rest}"), "t3.new.natural").state is State.READ
