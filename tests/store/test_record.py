"""What is kept comes back exactly; what was not written here is refused with one kind of error."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Note
from gkdesk.model.decision import Decision, DecisionEdit, Outcome
from gkdesk.model.edit import CellEdit, Edit
from gkdesk.model.form import Cell, Decided, FilledForm
from gkdesk.model.place import Box, PagePlace, ParagraphPlace, SheetPlace, TablePlace, TextPlace
from gkdesk.model.reading import Reading, State
from gkdesk.model.review import Extracted, Review
from gkdesk.model.witness import Claim, Witness
from gkdesk.store.json_shape import RecordError
from gkdesk.store.record import edit_from_text, edit_to_text, review_from_text, review_to_text
from tests.store.reviews import FEE, NEW, made_review, typed

floats = st.floats(0, 2000, allow_nan=False)
wholes = st.integers(-(10**15), 10**15)
decimals = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4)
texts = st.text(max_size=12)
refs = st.builds(CellRef, *[st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)] * 3)
small = st.integers(0, 9999)
places = st.one_of(
    st.none(),
    st.builds(PagePlace, small, st.builds(Box, floats, floats, floats, floats)),
    st.builds(TextPlace, small, small),
    st.builds(TablePlace, small, small, small),
    st.builds(ParagraphPlace, small, small, small),
    st.builds(SheetPlace, texts, texts),
)
readings = st.builds(
    Reading,
    st.sampled_from(State),
    st.one_of(st.none(), wholes, decimals),
    texts,
    st.floats(0, 1),
    st.lists(texts, max_size=2).map(tuple),
)
decided = st.one_of(st.none(), st.builds(Decided, readings, texts, texts, texts))
cells = st.builds(Cell, refs, readings, places, decided)
answers = st.builds(Decision, st.sampled_from(Outcome), texts, texts, texts, texts)
answered = st.builds(DecisionEdit, texts, st.none() | answers, st.none() | answers)
several_refs = st.lists(refs, max_size=3).map(tuple)
claims = st.builds(Claim, texts, several_refs, several_refs)
witnesses = st.builds(
    Witness,
    texts,
    texts,
    texts,
    wholes | decimals,
    st.lists(claims, max_size=2).map(tuple),
    st.booleans(),
    texts,
    places,
)
arguments = st.dictionaries(
    st.from_regex(r"[a-z]{1,6}", fullmatch=True), st.one_of(texts, wholes, decimals, refs, st.tuples(texts, wholes))
)
notes = st.lists(st.builds(Note, texts, arguments), max_size=2).map(tuple)
edits = st.builds(
    Edit,
    st.lists(st.builds(CellEdit, refs, decided, decided), max_size=4).map(tuple),
    texts,
    st.lists(answered, max_size=2).map(tuple),
)


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    form = FilledForm("2021", draw(st.lists(cells, max_size=6)))
    as_read = FilledForm("2021", (Cell(cell.ref, cell.as_read, cell.place) for cell in form))
    extracted = Extracted(
        as_read,
        draw(st.none() | texts),
        draw(st.none() | texts),
        draw(st.none() | small),
        draw(texts),
        draw(st.dictionaries(texts, texts, max_size=2)),
        draw(notes),
        draw(st.lists(witnesses, max_size=2).map(tuple)),
    )
    given_answers = draw(st.dictionaries(texts, answers, max_size=2))
    return Review(draw(texts), draw(texts), draw(texts), extracted, form, draw(floats), given_answers)


def parts(review: Review) -> tuple[object, ...]:
    extracted = review.extracted
    return (
        review.source_name, review.sha256, review.kind, review.seconds, extracted.edition, extracted.organization,
        extracted.year, extracted.title, extracted.sections, extracted.notes, extracted.witnesses, review.decisions,
        extracted.form.edition, list(extracted.form), review.form.edition, list(review.form),
    )  # fmt: skip


@given(reviews())
def test_a_review_comes_back_as_it_was(review: Review) -> None:
    assert parts(review_from_text(review_to_text(review))) == parts(review)


@given(edits)
def test_an_edit_comes_back_as_it_was(edit: Edit) -> None:
    assert edit_from_text(edit_to_text(edit)) == edit


def test_numbers_keep_their_kind_and_digits() -> None:
    form = review_from_text(review_to_text(made_review())).form
    assert type(form[NEW].value) is int
    assert str(form[FEE].value) == "128.560"
    assert isinstance(form[FEE].value, Decimal)


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", "{", "3", '"x"', "[" * 100_000, '{"a": NaN}', '{"form": 3}',
        '{"label": "type", "cells": [{"cell": "t3.new"}]}',
        '{"label": "type", "cells": [{"cell": "t3.new.natural", "after": {"reading": {"state": "sure"}}}]}',
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        review_from_text(text)
    with pytest.raises(RecordError):
        edit_from_text(text)


json_values = st.recursive(
    st.none() | st.booleans() | wholes | st.floats(allow_nan=False) | texts | st.just("1e999999"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


@given(st.data())
def test_a_record_with_one_value_replaced_is_read_or_refused(data: st.DataObject) -> None:
    record = json.loads(edit_to_text(typed(NEW, 8)) if data.draw(st.booleans()) else review_to_text(made_review()))
    node, trail = record, []
    while isinstance(node, dict | list) and node:
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(min(len(node), 9))))
        trail.append((node, key))
        node = node[key]
    target, key = data.draw(st.sampled_from(trail))
    target[key] = data.draw(json_values)
    for read in (review_from_text, edit_from_text):
        try:
            read(json.dumps(record))
        except RecordError:
            continue
