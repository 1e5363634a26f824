"""Proposals and answers in the window: shown, accepted by key, kept, passed over, taken back."""

from __future__ import annotations

from dataclasses import replace

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gkdesk.model.decision import Outcome
from gkdesk.model.finding import Evidence, Proposal, Severity
from gkdesk.model.reading import number
from gkdesk.ui.models.advice import AdviceKind, advice
from gkdesk.ui.models.reports import detail_of
from gkdesk.ui.unproven import rows_of
from tests.workflow.report_text import PRINTED, RIGHT, WRONG


def explained(window) -> bool:
    return any(finding.proposals for finding in window._workbench.findings) and bool(window._workbench.proofs)


@pytest.fixture
def desk_window(window, qtbot):
    """The window with the report diagnosed and its first broken sum chosen."""
    qtbot.waitUntil(lambda: explained(window))
    window._actions["next"].trigger()
    assert window._focus.finding.severity is Severity.ERROR
    return window


def value(window) -> object:
    return window._workbench.review.review.form[WRONG].value


def errors(window) -> int:
    return sum(finding.severity is Severity.ERROR for finding in window._workbench.findings)


def lines(window):
    return advice(window._focus.finding, window._workbench.review.spec)


def test_the_wrong_cell_is_proposed_and_looked_at_first(desk_window):
    repairs = [line for line in lines(desk_window) if line.kind is AdviceKind.REPAIR]
    assert repairs[0].proposal.changes == ((WRONG, RIGHT),)
    assert desk_window._focus.cell == WRONG


def test_text_is_not_misread_so_the_first_advice_is_to_leave_it(desk_window):
    assert lines(desk_window)[0].kind is AdviceKind.AS_PRINTED


def test_a_proposal_is_accepted_by_one_key_and_undone_by_another(desk_window):
    assert value(desk_window) == PRINTED
    desk_window._actions["accept"].trigger()
    assert (value(desk_window), errors(desk_window)) == (RIGHT, 0)
    assert "采纳建议" in desk_window._actions["undo"].text()
    desk_window._actions["undo"].trigger()
    assert (value(desk_window), errors(desk_window)) == (PRINTED, 2)


def test_accepting_from_elsewhere_first_shows_what_would_be_changed(desk_window):
    others = [ref for ref in desk_window._focus.finding.cells if ref != WRONG]
    desk_window._focus.show_cell(others[0])
    desk_window._actions["accept"].trigger()
    assert (value(desk_window), desk_window._focus.cell) == (PRINTED, WRONG)
    desk_window._actions["accept"].trigger()
    assert value(desk_window) == RIGHT


def test_a_confirmed_cell_bears_a_sign_until_that_is_undone(desk_window):
    view = desk_window._form.table_view()
    index = view.table.index_of(WRONG)
    assert not view.table.face(index).is_confirmed
    desk_window._actions["confirm"].trigger()
    assert view.table.face(index).is_confirmed
    desk_window._actions["undo"].trigger()
    assert not view.table.face(index).is_confirmed


def test_nothing_is_accepted_by_looking(desk_window):
    view = desk_window._advice._list
    view.setFocus()
    for _ in lines(desk_window):
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert value(desk_window) == PRINTED


def test_what_is_left_as_printed_goes_last_and_is_passed_over(desk_window, monkeypatch):
    monkeypatch.setattr(desk_window._answering, "_ask_note", lambda sentence: "已电话告知")
    answered = desk_window._focus.finding
    desk_window._actions["as_printed"].trigger()
    decision = desk_window._workbench.decision(answered)
    assert (decision.outcome, decision.note) == (Outcome.AS_PRINTED, "已电话告知")
    shown = desk_window._findings._model.findings
    assert answered.fingerprint in [finding.fingerprint for finding in shown[-2:]]
    walked = {desk_window._findings.walk(1).fingerprint for _ in range(5)}
    assert answered.fingerprint not in walked
    assert "原文如此" in desk_window._advice._answer.text() or desk_window._focus.finding != answered


def test_one_answer_is_given_to_all_sums_that_the_same_figure_breaks(desk_window, monkeypatch):
    asked = []
    monkeypatch.setattr(desk_window._answering, "_ask_note", lambda sentence: asked.append(sentence) or "已电话告知")
    broken = [each for each in desk_window._workbench.findings if each.severity is Severity.ERROR]
    desk_window._actions["as_printed"].trigger()
    assert [desk_window._workbench.decision(each).note for each in broken] == ["已电话告知"] * 2
    assert asked[0].count("≠") == 2
    # The report is not said to be without problems: they are answered, not gone.
    (entry,) = desk_window._workbench.entries()
    assert detail_of(entry) == "没有待处理的问题"
    desk_window._actions["undo"].trigger()
    assert [desk_window._workbench.decision(each) for each in broken] == [None, None]
    assert desk_window._focus.finding.fingerprint in [each.fingerprint for each in broken]


def test_after_an_answer_the_walk_goes_on_to_the_next_worst(desk_window):
    first, second = (each for each in desk_window._workbench.findings if each.severity is Severity.ERROR)
    assert desk_window._focus.finding == first
    desk_window._actions["checked"].trigger()
    desk_window._actions["next"].trigger()
    assert desk_window._focus.finding.fingerprint == second.fingerprint


def test_an_answered_problem_is_no_longer_counted_at_its_table(desk_window):
    tabs = desk_window._form._tabs
    number = desk_window._form._tabs.currentIndex()
    assert tabs.tabText(number).endswith("2")
    desk_window._actions["checked"].trigger()
    assert tabs.tabText(number).endswith("1")


def test_an_answer_is_taken_back(desk_window):
    finding = desk_window._focus.finding
    desk_window._actions["checked"].trigger()
    assert desk_window._workbench.decision(finding) is not None
    desk_window._focus.show_finding(finding)
    desk_window._actions["unanswer"].trigger()
    assert desk_window._workbench.decision(finding) is None


def test_giving_no_note_up_answers_nothing(desk_window, monkeypatch):
    monkeypatch.setattr(desk_window._answering, "_ask_note", lambda sentence: None)
    finding = desk_window._focus.finding
    desk_window._actions["as_printed"].trigger()
    assert desk_window._workbench.decision(finding) is None


def test_a_passage_of_the_text_is_shown_in_the_source(desk_window, monkeypatch):
    place = desk_window._workbench.review.review.form[WRONG].place
    finding = replace(desk_window._focus.finding, evidence=(Evidence("收到政府信息公开申请50件", "50", place),))
    lit = []
    monkeypatch.setattr(desk_window._source, "highlight", lambda places, scroll=True: lit.append(tuple(places)))
    spec = desk_window._workbench.review.spec
    desk_window._advice.show_finding(finding, spec, None)
    row = next(row for row, line in enumerate(advice(finding, spec)) if line.kind is AdviceKind.EVIDENCE)
    desk_window._advice._list.clicked.emit(desk_window._advice._model.index(row))
    assert lit[-1] == (place,)


def test_a_cell_that_was_looked_at_is_no_longer_among_the_unproven(desk_window):
    unproven = desk_window._workbench.unproven()
    assert 0 < len(unproven) < 200
    desk_window._actions["next_unproven"].trigger()
    looked_at = desk_window._form.table_view().selected_cells()
    assert desk_window._focus.cell in looked_at
    assert set(looked_at) <= set(unproven)
    desk_window._actions["confirm"].trigger()
    assert desk_window._workbench.unproven() == tuple(ref for ref in unproven if ref not in looked_at)


def test_the_unproven_cells_of_a_row_are_looked_at_together(desk_window):
    rows = rows_of(desk_window._workbench.unproven())
    desk_window._focus.show_cell(rows[0][0])
    for row in rows[1:4]:
        desk_window._actions["next_unproven"].trigger()
        assert desk_window._form.table_view().selected_cells() == row
        assert {desk_window._focus.cell, *desk_window._focus.companions} == set(row)
    desk_window._actions["previous_unproven"].trigger()
    assert desk_window._form.table_view().selected_cells() == rows[2]
    desk_window._focus.show_cell(rows[0][0])
    assert not set(rows[2]) & set(desk_window._focus.companions)


def test_the_list_for_the_reporting_body_is_written(desk_window, tmp_path, qtbot, monkeypatch):
    path = tmp_path / "整改清单.docx"
    monkeypatch.setattr(desk_window._exporter, "_ask_problems_path", lambda suggestion: path)
    with qtbot.waitSignal(desk_window._exporter.exported):
        desk_window._actions["export_problems"].trigger()
    (table,) = docx.Document(str(path)).tables
    assert any(str(RIGHT) in cell.text for row in table.rows for cell in row.cells)


def test_an_answer_about_other_figures_is_told_as_an_old_one(desk_window):
    finding = desk_window._focus.finding
    desk_window._actions["checked"].trigger()
    desk_window._workbench.edit({WRONG: number(PRINTED + 1)})
    desk_window._focus.show_finding(
        next(each for each in desk_window._workbench.findings if each.fingerprint == finding.fingerprint)
    )
    assert desk_window._workbench.decision(finding) is None
    assert "已核对" in desk_window._advice._answer.text()
    assert "别的数字" in desk_window._advice._answer.text()


def test_one_line_says_to_leave_the_source_as_it_is_and_the_whole_remark_is_in_its_tip(desk_window):
    (line,) = [line for line in lines(desk_window) if line.kind is AdviceKind.AS_PRINTED]
    assert str(PRINTED) not in line.text
    assert f"{PRINTED} 应为 {RIGHT}" in line.whole


def test_figures_deduced_for_many_cells_name_their_column_once(desk_window):
    spec = desk_window._workbench.review.spec
    refs = [ref for ref in spec.refs() if ref.table == WRONG.table and ref.column == WRONG.column][:14]
    found = Proposal(tuple((ref, 7) for ref in refs), 0.5, "deduced", {"changes": "…", "parts": ""})
    (line, *_) = advice(replace(desk_window._focus.finding, proposals=(found,), evidence=()), spec)
    assert line.text.startswith("由勾稽关系推得 14 格。表三 “总计”列：")
    assert line.text.count("总计") <= 2
    assert line.text.endswith("……还有 2 格")


def test_a_row_that_moved_is_named_once(desk_window):
    spec = desk_window._workbench.review.spec
    refs = [ref for ref in spec.refs() if (ref.table, ref.row) == (WRONG.table, WRONG.row)][:2]
    changes = "；".join(f"{spec.cell_words(ref)} 1 → 9" for ref in refs)
    words = {"table": "表三", "row": spec.row_words(refs[0]), "column": "自然人", "changes": changes, "parts": ""}
    moved = Proposal(tuple((ref, 9) for ref in refs), 0.5, "row-left", words)
    (line, *_) = advice(replace(desk_window._focus.finding, proposals=(moved,), evidence=()), spec)
    assert line.text.count(spec.row_words(refs[0])) == 1
    assert line.text.endswith("改正后：自然人 1 → 9；商业企业 1 → 9")
    assert changes in line.whole
