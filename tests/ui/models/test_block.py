"""Blocks of figures: copied as spreadsheets do, pasted over value cells only, refused as a whole if anything is odd."""

from __future__ import annotations

import pytest

from gkdesk.model.cellref import CellRef
from gkdesk.model.reading import State
from gkdesk.ui.models.block import copied, pasted
from gkdesk.ui.models.form_layout import TableLayout
from gkdesk.ui.models.typed import RefusedError


def ref(row: str, column: str) -> CellRef:
    return CellRef("t3", row, column)


@pytest.fixture
def layout(bench) -> TableLayout:
    spec = bench.review.spec
    return TableLayout(spec.table("t3"), spec, bench.review.review.form)


def test_a_block_is_copied_row_by_row(layout, bench):
    refs = [ref("carried_in", "natural"), ref("new", "business"), ref("new", "natural"), ref("carried_in", "business")]
    assert copied(layout, bench.review.review.form, refs) == "41\t6\n3\t0"


def test_a_block_is_pasted_from_the_first_selected_cell(layout, bench):
    readings = pasted(layout, bench.review.spec, [ref("carried_in", "legal")], "1\t\r\n3\t4\r\n")
    assert {key: reading.value for key, reading in readings.items()} == {
        ref("carried_in", "legal"): 1,
        ref("carried_in", "other"): None,
        ref("granted", "legal"): 3,
        ref("granted", "other"): 4,
    }
    assert readings[ref("carried_in", "other")].state is State.BLANK


def test_one_figure_fills_the_selection(layout, bench):
    readings = pasted(layout, bench.review.spec, [ref("new", "natural"), ref("new", "legal")], "0")
    assert [reading.value for reading in readings.values()] == [0, 0]


@pytest.mark.parametrize("text", ["1\t2\t3", "1\t2件", "", "甲"])
def test_what_does_not_fit_is_refused_as_a_whole(layout, bench, text):
    with pytest.raises(RefusedError):
        pasted(layout, bench.review.spec, [ref("new", "other")], text)


def test_a_copied_block_comes_back_the_same(layout, bench):
    form = bench.review.review.form
    refs = [cell for cell in layout.refs() if cell.column in ("natural", "business")]
    readings = pasted(layout, bench.review.spec, [refs[0]], copied(layout, form, refs))
    assert all(readings[cell].value == form[cell].value for cell in refs)
