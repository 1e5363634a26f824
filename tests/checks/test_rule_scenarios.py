"""Situations a clerk could read, in ``scenarios/*.toml``: the figures and the text, the verdict, the exact sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gkdesk.checks.run import check
from gkdesk.extraction.prose.sections import find_sections
from gkdesk.extraction.prose.witnesses import find_witnesses
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Note
from gkdesk.model.context import ALONE, Context, Neighbour
from gkdesk.model.finding import Finding, Severity
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import Number, number
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.model.wording import finding_words, severity_words
from gkdesk.sources import text

from .reports import BLANK, MISSING, Change, changed, checked, doubtful, huaian

TABLES = ("identities", "relations", "readings", "origin")
"""What the program says of a report by itself; the other tables put something beside it."""

NOTHING = "无"
BODY = "淮安市人民政府"
SPEC = load_editions()["2021"]


def scenarios(name: str) -> list[Any]:
    with (Path(__file__).parent / "scenarios" / f"{name}.toml").open("rb") as stream:
        listed = tomllib.load(stream)["scenarios"]
    return [pytest.param(scenario, id=scenario["situation"]) for scenario in listed]


@cache
def cells(edition: str = "2021") -> dict[str, CellRef]:
    """Every cell by its words in the form."""
    spec = load_editions()[edition]
    return {spec.cell_words(ref): ref for ref in spec.refs()}


def figures(given: Mapping[str, Number | float], edition: str = "2021") -> dict[str, Change]:
    exact = {words: Decimal(str(value)) if isinstance(value, float) else value for words, value in given.items()}
    return {str(cells(edition)[words]): value for words, value in exact.items()}


def form_of(scenario: Mapping[str, Any], edition: str = "2021") -> FilledForm:
    """The published figures, or zeros in the older edition, changed as the scenario says."""
    names, spec = cells(edition), load_editions()[edition]
    form = huaian() if edition == SPEC.edition else FilledForm(edition, [Cell(ref, number(0)) for ref in spec.refs()])
    reason = scenario.get("reason", "unit")
    changes = figures(scenario.get("figures", {}), edition)
    unit = "件" if reason == "unit" else ""
    for words, value in scenario.get("doubtful", {}).items():
        changes[str(names[words])] = doubtful(value, f"{value}{unit}", reason)
    changes |= {str(names[words]): MISSING for words in scenario.get("missing", ())}
    changes |= {str(names[words]): BLANK for words in scenario.get("blank", ())}
    changes |= {table.id: MISSING for table in spec.tables if table.nickname in scenario.get("missing_tables", ())}
    return changed(form, changes)


def findings_of(scenario: Mapping[str, Any], rules: str, context: Context = ALONE) -> list[Finding]:
    form = form_of(scenario)
    written = "一、总体情况\n{}\n六、其他需要报告的事项\n{}".format(
        scenario.get("prose", ""), scenario.get("other", "全年收取信息处理费0元。")
    )
    content = text.read(written.encode(), "")
    extracted = Extracted(
        form,
        "2021",
        BODY,
        2024,
        "",
        sections=find_sections(content, SPEC),
        witnesses=find_witnesses(content, SPEC, form, 2024, BODY),
    )
    return [one for one in check(extracted, form, SPEC, context) if one.rule.startswith(rules)]


def judge(found: Sequence[Finding], scenario: Mapping[str, Any]) -> None:
    if scenario["verdict"] == NOTHING:
        assert [finding_words(finding) for finding in found] == []
        return
    told = {finding_words(finding): severity_words(finding.severity) for finding in found}
    assert told.get(scenario["sentence"], list(told)) == scenario["verdict"]
    assert len(told) == scenario.get("findings", 1)


def told_about(scenario: Mapping[str, Any]) -> list[str]:
    """Everything the program says about a report, as the command line prints it."""
    form = form_of(scenario, scenario.get("edition", "2021"))
    notes = [
        Note(note["code"], {name: value for name, value in note.items() if name != "code"})
        for note in scenario.get("notes", ())
    ]
    found = checked(form, scenario.get("organization", BODY), scenario.get("year", 2024) or None, notes).findings
    return [f"[{severity_words(finding.severity)}] {finding_words(finding)}" for finding in found]


@pytest.mark.parametrize("scenario", [case for name in TABLES for case in scenarios(name)])
def test_the_report_by_itself(scenario: dict[str, Any]) -> None:
    assert told_about(scenario) == scenario["told"]


@pytest.mark.parametrize("scenario", scenarios("prose"))
def test_prose_against_tables(scenario: dict[str, Any]) -> None:
    found = findings_of(scenario, "prose")
    judge(found, scenario)
    for finding in found:
        assert (finding.expected is None) == (finding.actual is None)
    for finding in found:
        for passage in finding.evidence:
            assert passage.figure in passage.sentence
            assert passage.place is not None


def test_a_figure_recognised_from_a_picture_accuses_nobody() -> None:
    content = text.read("一、总体情况\n全年收到政府信息公开申请3118件。".encode(), "")
    blocks = tuple(replace(line, doubt="recognition") for line in content.lines())
    witnesses = find_witnesses(replace(content, blocks=blocks), SPEC)
    found = check(Extracted(huaian(), "2021", BODY, 2024, "", witnesses=witnesses), huaian(), SPEC)
    assert [(finding.severity, finding.code) for finding in found] == [(Severity.INFO, "prose.differs-recognised")]


@pytest.mark.parametrize("scenario", scenarios("last_year"))
def test_this_year_against_last_year(scenario: dict[str, Any]) -> None:
    edition = scenario.get("last_edition", "2021")
    form = FilledForm(edition, [Cell(ref, number(0)) for ref in load_editions()[edition].refs()])
    before: dict[str, Change] = {"t3.carried_out.natural": 34, "t3.carried_out.total": 34}
    if edition == SPEC.edition:
        before |= {"t2.rules.valid": 10, "t2.normative.valid": 84}
    before |= figures(scenario.get("last_year", {}))
    before |= {str(cells()[words]): MISSING for words in scenario.get("last_year_missing", ())}
    neighbour = Neighbour(
        scenario.get("last_organization", BODY), scenario.get("last_report_year", 2023), changed(form, before)
    )
    judge(findings_of(scenario, "last-year", Context(last_year=neighbour)), scenario)


@pytest.mark.parametrize("scenario", scenarios("family"))
def test_a_report_against_those_of_subordinate_bodies(scenario: dict[str, Any]) -> None:
    small = [CellRef("t3", row, column) for row in ("new", "granted", "total") for column in ("natural", "total")]
    ones: dict[CellRef, Number] = dict.fromkeys(small, 1)
    zeros: dict[CellRef, Number] = dict.fromkeys(SPEC.refs(), 0)
    rest = {cell.ref: (cell.value or 0) - 2 * ones.get(cell.ref, 0) for cell in huaian()}
    children = []
    for name, values in (("甲县", zeros | ones), ("乙县", zeros | ones), ("丙县", rest)):
        if name in scenario.get("without", ()):
            continue
        form = FilledForm("2021", [Cell(ref, number(value)) for ref, value in values.items()])
        changes = figures(scenario.get("children", {}).get(name, {}))
        changes |= {str(cells()[words]): MISSING for words in scenario.get("children_missing", {}).get(name, ())}
        if name in scenario.get("other_edition", ()):
            form = load_editions()["2019"].empty_form()
        children.append(Neighbour(name, 2024, changed(form, changes)))
    judge(findings_of(scenario, "family", Context(children=tuple(children))), scenario)


def test_the_older_edition_goes_on_by_its_own_columns() -> None:
    older = load_editions()["2019"]
    zeros = FilledForm("2019", [Cell(ref, number(0)) for ref in older.refs()])
    now = changed(zeros, {"t2.permit.items_before": 6, "t2.rules.disclosed_total": 5, "t2.rules.disclosed": 2})
    before = changed(zeros, {"t2.permit.items_before": 4, "t2.permit.items_change": 1, "t2.rules.disclosed_total": 3})
    context = Context(last_year=Neighbour(BODY, 2019, before))
    found = check(Extracted(now, "2019", BODY, 2020, ""), now, older, context)
    assert [finding_words(finding) for finding in found] == [
        "表二 行政许可：上一年项目数量 6 ≠ 上一年报告的项目数量加增减之和 5（对照 2019 年度报告），请核对"
    ]


def test_one_count_against_one_figure_has_both_sides() -> None:
    (found,) = findings_of({"prose": "全年共受理政府信息公开申请3118件。"}, "prose")
    assert (found.expected, found.actual) == (3118, 3119)
    (found,) = findings_of({"prose": "全年共受理政府信息公开申请3118件，上年结转30件。"}, "prose")
    assert (found.expected, found.actual) == (None, None)
