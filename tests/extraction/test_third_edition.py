"""An edition nobody has seen is read, checked and named from its file alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from gkdesk.checks.run import check
from gkdesk.extraction.fill import extract
from gkdesk.model.review import Extracted
from gkdesk.model.spec import FormSpec, load_editions, load_spec
from gkdesk.sources import opening

TEXT = """澜川区司法局2031年政府信息公开工作年度报告
二、主动公开政府信息情况
主动公开数量
公开渠道 新发布条数 已下架条数
政府网站渠道 120 4
政务新媒体渠道 300 9
数据开放情况
公开渠道 开放数据集金额
数据开放平台 12.5
三、收到和处理政府信息公开申请情况
办理阶段 线上申请 线下申请 合计
一、新收到的申请件 7 2 9
二、去年留下的申请件 1 0 1
三、已经答复的申请件 6 2 8
四、已经撤回的申请件 1 0 1
五、留到明年的申请件 1 0 2
四、政府信息公开争议情况
行政调解争议 行政裁决争议
已经了结 争议总数 已经了结 争议总数
1 2 3 4
"""


@pytest.fixture
def editions() -> dict[str, FormSpec]:
    made_up = load_spec(Path(__file__).parents[1] / "forms" / "2031.toml")
    return {made_up.edition: made_up, **load_editions()}


@pytest.fixture
def extracted(editions: dict[str, FormSpec]) -> Extracted:
    return extract(opening.read(TEXT.encode()), editions)


def test_every_cell_is_read(extracted: Extracted) -> None:
    assert extracted.edition == "2031"
    assert [str(cell.reading.raw) for cell in extracted.form] == (
        "120 4 300 9 12.5 7 2 9 1 0 1 6 2 8 1 0 1 1 0 2 1 2 3 4".split()
    )


def test_its_sums_are_checked_in_its_own_words(extracted: Extracted, editions: dict[str, FormSpec]) -> None:
    errors = [f for f in check(extracted, extracted.form, editions["2031"]) if f.severity == "error"]
    assert {(f.rule, f.expected, f.actual) for f in errors} == {("t3.balance", 10, 11), ("t3.row-total", 1, 2)}


def test_real_editions_are_still_told_apart(editions: dict[str, FormSpec]) -> None:
    text = "规章 信息内容 本年新制作数量 本年新公开数量 对外公开总数量\n政府集中采购 1 2\n"
    assert extract(opening.read(text.encode()), editions).form.edition == "2019"
