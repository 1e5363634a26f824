"""The models of the two lists: findings with their filter, reports with the files on their way."""

from __future__ import annotations

from pathlib import Path

from gkdesk.model.finding import Severity
from gkdesk.ui.intake import Arrival, ArrivalState
from gkdesk.ui.models.findings import FindingRole, FindingsModel, SeverityFilter
from gkdesk.ui.models.reports import ReportRole, ReportsModel
from gkdesk.workflow.collection import Source
from gkdesk.workflow.desk import ReportEntry


def entry(number: int, errors: int = 0, warnings: int = 0, changed: int = 0) -> ReportEntry:
    return ReportEntry(number, "报告.txt", "青禾区民政局", 2024, "text", "2021", errors, warnings, changed)


def test_findings_keep_the_rules_of_item_models(bench, qtmodeltester):
    model = FindingsModel()
    model.show(bench.findings)
    qtmodeltester.check(model)


def test_a_finding_is_a_sentence_without_codes(bench):
    model = FindingsModel()
    model.show(bench.findings)
    sentences = [model.index(row).data() for row in range(model.rowCount())]
    assert any("各列之和 18 ≠ 总计 13，相差 5" in sentence for sentence in sentences)
    assert not any("t3" in sentence for sentence in sentences)


def test_severities_can_be_left_out(bench):
    model, chosen = FindingsModel(), SeverityFilter()
    chosen.setSourceModel(model)
    model.show(bench.findings)
    chosen.leave_out(frozenset({Severity.ERROR}))
    shown = [chosen.index(row, 0).data(FindingRole.FINDING) for row in range(chosen.rowCount())]
    assert shown == [finding for finding in bench.findings if finding.severity is not Severity.ERROR]
    chosen.leave_out(frozenset())
    assert chosen.rowCount() == len(bench.findings)


def test_reports_keep_the_rules_of_item_models(qtmodeltester):
    model = ReportsModel()
    model.show([Arrival(Source(Path("新.pdf"), "新.pdf"), True)], [entry(1), entry(2, errors=1)])
    qtmodeltester.check(model)


def test_a_report_says_how_it_stands():
    model = ReportsModel()
    model.show([], [entry(1), entry(2, errors=2, warnings=1, changed=3)])
    assert model.index(0).data() == "青禾区民政局 2024"
    assert model.index(1).data(ReportRole.DETAIL) == "错误 2 · 警告 1 · 已改 3 处"
    assert model.index_of(2).row() == 1


def test_a_file_says_how_far_it_is_and_why_it_failed():
    arrival = Arrival(Source(Path("新.pdf"), "新.pdf"), True)
    model = ReportsModel()
    model.show([arrival], [])
    assert model.index(0).data(ReportRole.DETAIL) == "等待读取"
    arrival.state, arrival.done, arrival.total = ArrivalState.READING, 1, 4
    assert model.index(0).data(ReportRole.DETAIL) == "正在读取… 25%"
    arrival.state, arrival.sentence = ArrivalState.FAILED, "文件是空的"
    assert model.index(0).data(ReportRole.DETAIL) == "文件是空的"


def test_a_change_of_one_report_is_no_new_list(qtbot):
    model = ReportsModel()
    model.show([], [entry(1), entry(2)])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as told:
        model.show([], [entry(1), entry(2, errors=1)])
    assert told.args[0].row() == 1
