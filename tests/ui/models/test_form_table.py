"""The table model of a form: what it shows, takes and refuses, and for which cells it says so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import State, number
from gkdesk.ui.models.form_table import FormRole, FormTableModel
from gkdesk.ui.models.marks import Weight
from tests.workflow.report_text import PRINTED, RIGHT, WRONG

NEW = CellRef("t3", "new", "natural")
EDIT = Qt.ItemDataRole.EditRole


def model_of(bench, table: str) -> FormTableModel:
    opened = bench.review
    model = FormTableModel(opened.spec.table(table), opened.spec, opened.review.form, bench)
    bench.cells_changed.connect(model.refresh)
    return model


@pytest.fixture
def model(bench) -> FormTableModel:
    return model_of(bench, "t3")


@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
def test_it_keeps_the_rules_of_item_models(bench, table, qtmodeltester):
    qtmodeltester.check(model_of(bench, table))


def test_it_shows_the_printed_form(model):
    assert model.index(0, 3).data() == "申请人情况"
    assert model.index(5, 1).data() == "（一）予以公开"
    assert model.index_of(WRONG).data() == str(PRINTED)
    assert model.index_of(NEW).data(FormRole.REF) == NEW


def test_only_values_can_be_selected_and_edited(model):
    assert not model.flags(model.index(0, 3)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index_of(NEW)) & Qt.ItemFlag.ItemIsEditable


@pytest.mark.parametrize(
    ("typed", "state", "value"),
    [("18", State.READ, 18), ("１８", State.READ, 18), ("1,234", State.READ, 1234), ("", State.BLANK, None),
     ("/", State.BLANK, None), (" 7 ", State.READ, 7), ("-3", State.READ, -3)],
)  # fmt: skip
def test_plain_input_is_taken_for_certain(model, bench, typed, state, value):
    assert model.setData(model.index_of(WRONG), typed, EDIT)
    cell = bench.review.review.form[WRONG]
    assert (cell.state, cell.value) == (state, value)


@pytest.mark.parametrize("typed", ["十八", "18件", "1 8", "018", "1.5", "1234567890123456", "18（含）"])
def test_doubtful_input_is_refused_with_a_sentence(model, bench, typed, qtbot):
    with qtbot.waitSignal(model.refused) as told:
        assert not model.setData(model.index_of(WRONG), typed, EDIT)
    assert "没有改动" in told.args[0]
    assert not bench.review.review.form[WRONG].changed


def test_amounts_may_have_decimals(bench):
    model = model_of(bench, "t2")
    assert model.setData(model.index_of(CellRef("t2", "fee", "amount")), "128.5", EDIT)


def test_typing_what_stands_there_is_no_edit(model, qtbot):
    with qtbot.assertNotEmitted(model.dataChanged):
        assert not model.setData(model.index_of(WRONG), str(PRINTED), EDIT)


def test_only_cells_that_look_different_are_announced(model, qtbot):
    announced = []
    model.dataChanged.connect(lambda first, last: announced.append(first.data(FormRole.REF)))
    model.setData(model.index_of(CellRef("t3", "new", "total")), "50", EDIT)
    assert announced == []
    model.setData(model.index_of(WRONG), str(RIGHT), EDIT)
    assert WRONG in announced
    assert CellRef("t3", "denied_law", "natural") not in announced


def test_the_crossing_of_broken_identities_is_suspected(model):
    assert model.index_of(WRONG).data(FormRole.MARK).weight is Weight.SUSPECT
    assert model.index_of(CellRef("t3", "granted", "natural")).data(FormRole.MARK).weight is Weight.ERROR
    assert model.index_of(NEW).data(FormRole.MARK).weight is Weight.NONE


def test_companions_are_announced_when_they_come_and_go(model):
    announced = []
    model.dataChanged.connect(lambda first, last: announced.append(first.data(FormRole.REF)))
    model.set_companions([NEW])
    model.set_companions([WRONG])
    assert announced[0] == NEW
    assert sorted(announced[1:]) == sorted([NEW, WRONG])
    assert model.index_of(WRONG).data(FormRole.COMPANION)


def test_the_tooltip_says_what_was_read_and_what_was_decided(model, bench):
    bench.edit({WRONG: number(RIGHT)}, why="看原文")
    text = model.index_of(WRONG).data(Qt.ItemDataRole.ToolTipRole)
    assert "表三" in text
    assert f"原读数：{PRINTED}；改为：{RIGHT}" in text
    assert "看原文" in text
    assert str(WRONG) not in text
