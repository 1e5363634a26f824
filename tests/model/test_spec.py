"""The editions of the form are complete and agree with the contract of the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gkdesk.model.cellref import CellRef
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import number
from gkdesk.model.spec import FormSpec, load_editions

EDITIONS = ["2021", "2019"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_cells_are_those_of_the_contract(edition: str, samples: Path) -> None:
    with (samples.parent / "contract" / f"cells-{edition}.csv").open(encoding="utf-8") as stream:
        contract = [
            (row["cell"], row["column"].removeprefix("法人或其他组织/"), row["unit"]) for row in csv.DictReader(stream)
        ]
    spec = load_editions()[edition]
    assert [(str(ref), spec.column_words(ref), spec.column(ref).unit) for ref in spec.refs()] == contract


@pytest.mark.parametrize(("edition", "cells", "identities"), [("2021", 200, 42), ("2019", 198, 40)])
def test_number_of_cells_and_identities(edition: str, cells: int, identities: int) -> None:
    spec = load_editions()[edition]
    form = spec.empty_form()
    assert (len(form), len(spec.identities_of(form))) == (cells, identities)


@pytest.mark.parametrize("edition", EDITIONS)
def test_printed_layout_has_no_hole_and_no_overlap(edition: str) -> None:
    for table in load_editions()[edition].tables:
        taken = [printed.span for printed in table.printed]
        taken += [load_editions()[edition].span(ref) for ref in table.refs()]
        slots = [
            (row, column)
            for span in taken
            for row in range(span.top, span.bottom + 1)
            for column in range(span.left, span.right + 1)
        ]
        assert sorted(slots) == [
            (row, column) for row in range(table.row_count) for column in range(table.column_count)
        ]


def test_one_printed_row_of_closed_requests_takes_the_place_of_three() -> None:
    spec = load_editions()["2021"]
    closed = [
        Cell(CellRef("t3", "closed", column.id), as_read=number(1)) for column in spec.table("t3").blocks[0].columns
    ]
    form = FilledForm("2021", [*spec.empty_form(), *closed])
    identities = spec.identities_of(form)
    used = {ref.row for identity in identities for ref in identity.cells}
    assert len(identities) == 40
    assert "closed" in used
    assert not used & {"closed_not_amended", "closed_fee_unpaid", "closed_other"}


def test_cells_are_named_in_the_words_of_the_form() -> None:
    spec: FormSpec = load_editions()["2021"]
    assert (
        spec.cell_words(CellRef.parse("t3.denied_law.business"))
        == "表三 （三）不予公开 2.其他法律行政法规禁止公开·商业企业"
    )
    assert spec.cell_words(CellRef.parse("t4.after_review.total")) == "表四 复议后起诉·总计"
