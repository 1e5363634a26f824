"""Exported workbooks read back: exactly as exported, unless a clerk changed what is visible."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gkdesk.errors import SourceError
from gkdesk.export.read_back import is_exported, read_back, read_exported
from gkdesk.export.workbook import write
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Note
from gkdesk.model.decision import Decision, Outcome
from gkdesk.model.form import Cell, Decided, FilledForm
from gkdesk.model.place import Box, PagePlace, SheetPlace, TextPlace
from gkdesk.model.reading import MISSING, Reading, State, number, parse_reading
from gkdesk.model.review import Extracted, Review
from gkdesk.model.spec import load_editions
from gkdesk.model.witness import Claim, Witness
from tests.export.reports import (
    BLANK,
    BODY,
    SPEC_2021,
    TITLE,
    YEAR,
    closing_review,
    opened,
    ref,
    review_of,
    saved,
    visible,
)

Export = Callable[..., bytes]
EDITIONS = load_editions()


def readings_of(review: Review) -> dict[CellRef, Reading]:
    return {cell.ref: cell.reading for cell in review.form}


def back(data: bytes) -> dict[CellRef, Reading]:
    return {cell.ref: cell.as_read for cell in read_back(data, EDITIONS).form}


def edited(data: bytes, changes: dict[str, object]) -> bytes:
    workbook = opened(data)
    for name, value in changes.items():
        visible(workbook, name).value = value
    return saved(workbook)


def test_what_counts_now_becomes_what_was_read(exported: Export) -> None:
    review = closing_review()
    review.form.decide(ref("t3.new.natural"), Decided(number(1), "王敏", "2025-01-15T01:12:00+00:00"))
    data = exported(review)
    assert back(data) == readings_of(review)
    assert is_exported(data)


def test_the_report_itself_comes_back(exported: Export) -> None:
    review = closing_review()
    notes = (Note("title-guessed", {"line": 3}),)
    kept = review.extracted
    review.extracted = Extracted(kept.form, None, BODY, YEAR, "", {"overview": "很长。\n" * 9000}, notes)
    found = read_back(exported(review), EDITIONS)
    assert (found.edition, found.organization, found.year, found.title) == (None, BODY, YEAR, "")
    assert found.sections == review.extracted.sections
    assert found.notes == notes
    assert found.form.edition == "2021"


def test_cells_are_placed_at_their_visible_cells(exported: Export) -> None:
    form = read_back(exported(closing_review()), EDITIONS).form
    assert form[ref("t3.new.natural")].place == SheetPlace("表三 申请办理", "D7")
    assert form[ref("t4.after_review.total")].place == SheetPlace("表四 复议诉讼", "O7")


texts = st.one_of(
    st.sampled_from(
        ["", "/", "—", "无", "=1+1", "12件", "_x0041_", "x005F_", "a\r\nb", "\ud800", "3 4", "'5", "#REF!"]
    ),
    st.text(max_size=30),
)
numbers = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-(10**8), 10**8, allow_nan=False, places=6),
    st.integers(10**15, 10**25),
)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    state = draw(st.sampled_from(State))
    raw = draw(texts)
    doubts = tuple(draw(st.lists(st.sampled_from(["unit", "position", "unheard-of"]), max_size=2, unique=True)))
    match state:
        case State.MISSING:
            return MISSING
        case State.BLANK:
            return Reading(state, None, raw)
        case State.READ:
            return Reading(state, draw(numbers), raw)
        case State.DOUBTFUL:
            return Reading(state, draw(st.none() | numbers), raw, draw(st.floats(0, 1)), doubts)


@settings(max_examples=25, deadline=None)
@given(st.lists(readings(), min_size=1, max_size=12), texts, texts)
def test_any_form_comes_back_exactly(found: list[Reading], organization: str, title: str) -> None:
    cells = dict(zip(SPEC_2021.refs()[::17], found, strict=False))
    review = review_of(cells, organization=organization or None, title=title)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        write(review, SPEC_2021, path)
        result = read_back(path.read_bytes(), EDITIONS)
    assert {cell.ref: cell.as_read for cell in result.form} == readings_of(review)
    assert (result.organization, result.title) == (organization or None, title)


def test_a_visible_change_wins(exported: Export) -> None:
    review = closing_review()
    data = edited(
        exported(review),
        {
            "t3.new.natural": 77,
            "t3.new.business": "12件",
            "t3.new.research": None,
            "t3.new.welfare": "/",
            "t2.fee.amount": 1.25,
            "t3.new.legal": 2.5,
        },
    )
    found = back(data)
    assert found[ref("t3.new.natural")] == number(77)
    assert found[ref("t3.new.business")] == parse_reading("12件")
    assert found[ref("t3.new.research")] == BLANK
    assert found[ref("t3.new.welfare")] == Reading(State.BLANK, None, "/")
    assert found[ref("t2.fee.amount")] == number(Decimal("1.25"))
    assert found[ref("t3.new.legal")].doubts == ("fraction",)
    untouched = set(found) - {ref("t2.fee.amount")} - {cell for cell in found if cell.row == "new"}
    assert {cell: found[cell] for cell in untouched} == {cell: readings_of(review)[cell] for cell in untouched}


def test_a_figure_typed_into_a_missing_cell_is_read(exported: Export) -> None:
    data = exported(review_of({}))
    assert back(data)[ref("t3.new.natural")] == MISSING
    assert back(edited(data, {"t3.new.natural": 0}))[ref("t3.new.natural")] == number(0)


def test_heading_typed_anew_wins(exported: Export) -> None:
    data = edited(
        exported(closing_review()),
        {"report.organization.t3": "青岭县财政局", "report.year": "2023年", "report.title": "新的标题"},
    )
    found = read_back(data, EDITIONS)
    assert (found.organization, found.year, found.title) == ("青岭县财政局", 2023, "新的标题")


def test_a_formula_without_its_result_is_doubtful(exported: Export) -> None:
    data = edited(exported(closing_review()), {"t3.new.total": "=SUM(D7:I7)"})
    reading = back(data)[ref("t3.new.total")]
    assert (reading.state, reading.value, reading.raw, reading.doubts) == (
        State.DOUBTFUL,
        None,
        "=SUM(D7:I7)",
        ("formula",),
    )


def test_a_formula_counts_with_its_result(exported: Export, recalculated: Callable[[bytes], bytes]) -> None:
    data = recalculated(edited(exported(closing_review()), {"t3.new.total": "=6*7"}))
    assert back(data)[ref("t3.new.total")] == number(42)


def test_saving_in_another_program_changes_nothing(exported: Export, recalculated: Callable[[bytes], bytes]) -> None:
    review = closing_review()
    parts = {
        ref("t3.new.natural"): Reading(State.DOUBTFUL, None, "=三 十", 0.0, ("not-a-number",)),
        ref("t3.new.business"): Reading(State.BLANK, None, "—"),
        ref("t2.fee.amount"): number(Decimal("59237.2449")),
        ref("t3.new.other"): MISSING,
    }
    review = review_of(readings_of(review) | parts)
    data = recalculated(exported(review))
    assert is_exported(data)
    assert back(data) == readings_of(review)
    assert read_back(data, EDITIONS).title == TITLE


def test_a_row_a_clerk_deleted_is_missing(exported: Export) -> None:
    workbook = opened(exported(closing_review()))
    for column in SPEC_2021.table("t3").blocks[0].columns:
        workbook.defined_names[f"t3.partial.{column.id}"].attr_text = "#REF!"
    found = back(saved(workbook))
    assert found[ref("t3.partial.natural")] == MISSING
    assert found[ref("t3.granted.natural")].state is State.READ


def test_only_exported_workbooks_are_taken_for_such() -> None:
    assert not is_exported(b"")
    assert not is_exported(b"PK\x03\x04 no archive")
    assert not is_exported(saved(openpyxl.Workbook()))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("docProps/custom.xml", '<property name="other"/>')
    assert not is_exported(stream.getvalue())


def test_a_workbook_of_an_earlier_version_without_answers_and_witnesses_is_read(exported: Export) -> None:
    workbook = opened(exported(closing_review()))
    record = workbook["gkdesk"]["A1"]
    data = json.loads(record.value)
    del data["decisions"], data["witnesses"]
    record.value = json.dumps(data)
    found = read_exported(saved(workbook), EDITIONS)
    assert (found.decisions, found.extracted.witnesses) == ({}, ())
    assert found.extracted.form[ref("t3.new.natural")].value == closing_review().form[ref("t3.new.natural")].value


def test_answers_and_figures_of_the_prose_come_back_exactly(exported: Export) -> None:
    review = closing_review()
    claims = (
        Claim("row", (ref("t3.new.total"),)),
        Claim("new-by-natural", (ref("t3.new.natural"),), (ref("t3.new.total"),)),
    )
    places = (PagePlace(4, Box(1.23456789, 2.0, 3.1, 4.0)), TextPlace(3, 7), SheetPlace("表", "B5"), None)
    review.extracted = replace(
        review.extracted,
        witnesses=tuple(
            Witness(
                "overview",
                "收到_x0041_申请 48.5%。",
                "48.5%",
                Decimal("48.5"),
                claims,
                True,
                "全市",
                place,
                "recognition",
            )
            for place in places
        ),
    )
    review.decisions = {
        "cell t3.new.total": Decision(Outcome.AS_PRINTED, "王敏", "2025-01-15T01:12:00Z", "_x0041_\n=1", "read:5")
    }
    found = read_exported(exported(review), EDITIONS)
    assert found.decisions == review.decisions
    assert found.extracted.witnesses == review.extracted.witnesses


@pytest.mark.parametrize("damage", ["gone", "cut", "other", "cells", "answers", "witnesses"])
def test_a_damaged_record_is_refused(exported: Export, damage: str) -> None:
    workbook = opened(exported(closing_review()))
    record = workbook["gkdesk"]
    if damage == "gone":
        workbook.remove(record)
    else:
        text = record["A1"].value
        record["A1"].value = {
            "cut": text[:500],
            "other": "[1, 2]",
            "cells": text.replace('"t3.new.natural"', '"t3.new.unnatural"'),
            "answers": text.replace('"decisions":{}', '"decisions":{"cell t3.new.total":["perhaps","","","",""]}'),
            "witnesses": text.replace('"witnesses":[]', '"witnesses":[{"value":1}]'),
        }[damage]
    with pytest.raises(SourceError) as caught:
        read_back(saved(workbook), EDITIONS)
    assert caught.value.code == "export.record-broken"


def test_no_workbook_at_all_is_refused() -> None:
    with pytest.raises(SourceError):
        read_back(b"PK\x03\x04 no archive", EDITIONS)


def test_an_unknown_edition_is_named(exported: Export) -> None:
    with pytest.raises(SourceError) as caught:
        read_back(exported(closing_review()), {"2019": EDITIONS["2019"]})
    assert (caught.value.code, caught.value.arguments) == ("export.unknown-edition", {"edition": "2021"})


def test_cells_of_pages_with_characters_are_named_where_others_were_recognised(exported: Export) -> None:
    review = closing_review()
    cells = [Cell(cell.ref, cell.as_read, _on_page(2 if cell.ref.table == "t3" else 3)) for cell in review.form]
    noted = Note("recognised", {"pages": "3、4"})
    extracted = replace(review.extracted, form=FilledForm("2021", cells), notes=(noted,))
    data = exported(replace(review, extracted=extracted, form=extracted.form.copy()))
    first = read_back(data, EDITIONS)
    (note,) = first.notes
    assert str(note.arguments["as_characters"]).split() == [str(one) for one in SPEC_2021.refs() if one.table == "t3"]
    # From the workbook of a workbook the places are gone, the names are not.
    second = exported(replace(review, extracted=first, form=first.form.copy()))
    assert read_back(second, EDITIONS).notes == (note,)


def test_of_a_source_recognised_as_a_whole_no_cell_is_named(exported: Export) -> None:
    review = closing_review()
    noted = Note("recognised", {"pages": "4"})
    data = exported(replace(review, extracted=replace(review.extracted, notes=(noted,))))
    assert read_back(data, EDITIONS).notes == (noted,)


def _on_page(page: int) -> PagePlace:
    return PagePlace(page, Box(0, 0, 1, 1))
