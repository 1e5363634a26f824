"""The printed grid of every edition: each value has its slot, nothing overlaps, alternatives take others' place."""

from __future__ import annotations

import pytest

from gkdesk.model.cellref import CellRef
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import number
from gkdesk.model.spec import FormSpec, load_editions
from gkdesk.ui.models.form_layout import SlotKind, TableLayout

EDITIONS = list(load_editions().values())


def layouts(spec: FormSpec) -> list[TableLayout]:
    return [TableLayout(table, spec, spec.empty_form()) for table in spec.tables]


@pytest.mark.parametrize("spec", EDITIONS, ids=lambda spec: spec.edition)
def test_every_value_cell_is_shown_once(spec):
    shown = [ref for layout in layouts(spec) for ref in layout.refs()]
    assert sorted(shown) == sorted(spec.refs())


@pytest.mark.parametrize("spec", EDITIONS, ids=lambda spec: spec.edition)
def test_no_two_slots_overlap(spec):
    for layout in layouts(spec):
        taken = [
            (row, column)
            for slot in layout.slots
            for row in range(slot.span.top, slot.span.bottom + 1)
            for column in range(slot.span.left, slot.span.right + 1)
        ]
        assert len(taken) == len(set(taken))


def test_only_tables_with_all_headers_on_top_keep_them_in_sight():
    assert [layout.has_one_header for layout in layouts(EDITIONS[0])] == [False, True, True]


def single_row_form(spec: FormSpec) -> FilledForm:
    columns = ("natural", "business", "research", "welfare", "legal", "other", "total")
    extra = [Cell(CellRef("t3", "closed", column), number(0)) for column in columns]
    return FilledForm(spec.edition, [*spec.empty_form(), *extra])


def test_a_single_row_takes_the_place_of_three():
    spec = load_editions()["2021"]
    layout = TableLayout(spec.table("t3"), spec, single_row_form(spec))
    assert CellRef("t3", "closed", "total") in layout.refs()
    assert CellRef("t3", "closed_other", "total") not in layout.refs()
    assert layout.hidden_rows == {24, 25}
    label = layout.slot(23, 2)
    assert (label.text, label.kind) == ("（六）其他处理", SlotKind.LABEL)
