"""Figures that are suspicious by themselves, beside others, or for the body that reports them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gkdesk.model.finding import Severity
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import number
from gkdesk.model.spec import load_editions

from .reports import BLANK, MISSING, Change, Report, changed, checked, doubtful, report


def older(changes: dict[str, Change]) -> Report:
    """A report of the 2019 edition in which every other figure is zero."""
    zeros = FilledForm("2019", [Cell(ref, number(0)) for ref in load_editions()["2019"].refs()])
    return checked(changed(zeros, changes), year=2019)


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"t2.normative.made": 92, "t2.normative.repealed": 26, "t2.normative.valid": 66}, []),
        (
            {"t2.normative.made": 93},
            [
                "表二 行政规范性文件：本年制发件数 93 大于现行有效件数加本年废止件数之和 92，请核对"
                "（现行有效件数 66 + 本年废止件数 26 = 92）"
            ],
        ),
        (
            {"t2.normative.made": 93, "t2.normative.valid": MISSING},
            ["表二 行政规范性文件：没有找到现行有效件数，请对照原文填写"],
        ),
    ],
)
def test_documents_in_force_before_the_year_cannot_be_fewer_than_none(
    changes: dict[str, Change], sentences: list[str]
) -> None:
    assert report(changes).warnings == sentences


def test_more_carried_out_than_came_in_is_a_warning_beside_the_error() -> None:
    found = report({"t3.carried_out.business": 54})
    assert "表三 “商业企业”列：结转下年度继续办理 54 大于第一项加第二项之和 53，请核对" in found.warnings[0]
    assert found.of(Severity.WARNING)[0].rule == "t3.carried-out"


def test_the_older_edition_has_relations_of_its_own() -> None:
    found = older({"t2.rules.disclosed": 3, "t2.rules.disclosed_total": 2, "t2.permit.items_change": -1})
    assert found.errors == []
    assert found.warnings == [
        "表二 规章：本年新公开数量 3 大于对外公开总数量 2，请核对",
        "表二 行政许可：上一年项目数量加本年增/减之和为 -1，不应小于 0，请核对"
        "（上一年项目数量 0 + 本年增/减 (-1) = -1）",
    ]


def test_a_decrease_may_be_negative() -> None:
    assert older({"t2.permit.items_before": 5, "t2.permit.items_change": -5}).findings == ()


def test_a_negative_count_is_a_warning() -> None:
    assert report({"t2.permit.decisions": -3}).warnings == [
        "表二 行政许可·本年处理决定数量：-3 是负数，这里不应小于 0，请核对"
    ]
    assert report({"t2.fee.amount": Decimal("-0.5")}).warnings == [
        "表二 行政事业性收费·本年收费金额：-0.5 是负数，这里不应小于 0，请核对"
    ]


def test_a_count_with_a_fraction_is_a_warning() -> None:
    typed = report({"t2.permit.decisions": Decimal("3.5")})
    assert typed.warnings == ["表二 行政许可·本年处理决定数量：3.5 不是整数，这里应填整数，请核对"]
    assert report({"t2.fee.amount": Decimal("3.5")}).findings == ()


def test_a_fraction_doubted_in_reading_is_told_once() -> None:
    read = report({"t2.permit.decisions": doubtful(Decimal("3.5"), "3.5", "fraction")})
    assert [finding.rule for finding in read.findings] == ["reading.doubtful"]


@pytest.mark.parametrize(
    "organization",
    [
        "某某县大河镇人民政府",
        "某某市东街街道办事处",
        "某某县人民政府",
        "某某市城东区人民政府",
        "某某市医疗保障局",
        "某某市发展和改革委员会",
    ],
)
def test_bodies_that_make_no_rules_are_asked_about_them(organization: str) -> None:
    assert report(organization=organization).infos == [
        f"表二 规章：{organization}填了本年制发件数 1、现行有效件数 11；"
        "规章只能由国务院部门、省级政府和设区的市（自治州）政府制定，请核对"
    ]


@pytest.mark.parametrize(
    "organization",
    [
        None,
        "某某市人民政府",
        "某某省人民政府",
        "某某壮族自治区人民政府",
        "国家医疗保障局",
        "中国证券监督管理委员会",
        "某某市人民政府办公厅",
    ],
)
def test_bodies_that_may_make_rules_are_not_asked(organization: str | None) -> None:
    assert report(organization=organization).findings == ()


def test_a_body_that_reports_no_rules_is_not_asked() -> None:
    empty: dict[str, Change] = {"t2.rules.made": 0, "t2.rules.valid": BLANK}
    assert report(empty, organization="某某县人民政府").infos == ["表二有 1 处空白"]
