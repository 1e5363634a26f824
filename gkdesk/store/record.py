"""Reviews and edits as JSON text and back, exactly; the shape in which a workspace keeps them.

Numbers stay what they are: an ``int`` is a JSON integer, a ``Decimal`` is its digits as a string. Text that does not
have the shape written here raises :class:`RecordError`, whatever is wrong with it: the file may be damaged or forged.
"""

from __future__ import annotations

from gkdesk.model.cellref import CellRef
from gkdesk.model.edit import CellEdit, Edit
from gkdesk.model.form import Cell, Decided, FilledForm
from gkdesk.model.reading import Reading, State
from gkdesk.model.review import Extracted, Review
from gkdesk.store.content_record import note_from_json, note_to_json
from gkdesk.store.decision_record import (
    decision_edits_from_json,
    decision_edits_to_json,
    decisions_from_json,
    decisions_to_json,
)
from gkdesk.store.json_shape import (
    Json,
    RecordError,
    as_list,
    as_object,
    as_text,
    dump,
    float_at,
    items_at,
    load,
    ref_at,
    text_at,
    text_or_none_at,
    whole_or_none_at,
)
from gkdesk.store.value_record import (
    exact_place_to_json,
    number_from_json,
    number_to_json,
    place_from_record,
)
from gkdesk.store.witness_record import witness_from_json, witness_to_json


def review_to_text(review: Review) -> str:
    """All of a review as JSON, decisions in its form included."""
    extracted = review.extracted
    return dump(
        {
            "source_name": review.source_name,
            "sha256": review.sha256,
            "kind": review.kind,
            "seconds": review.seconds,
            "edition": extracted.edition,
            "organization": extracted.organization,
            "year": extracted.year,
            "title": extracted.title,
            "sections": extracted.sections,
            "notes": [note_to_json(note) for note in extracted.notes],
            "form": extracted.form.edition,
            "cells": [_cell_to_json(cell) for cell in extracted.form],
            "decided": [
                {"cell": str(cell.ref), **_decided_to_json(cell.as_reviewed)}
                for cell in review.form
                if cell.as_reviewed is not None
            ],
            "witnesses": [witness_to_json(witness) for witness in extracted.witnesses],
            "decisions": decisions_to_json(review.decisions),
        }
    )


def review_from_text(text: str) -> Review:
    """The inverse of :func:`review_to_text`; raises :class:`RecordError`."""
    data = load(text)
    form = FilledForm(text_at(data, "form"), [_cell_from_json(as_object(cell)) for cell in items_at(data, "cells")])
    extracted = Extracted(
        form=form,
        edition=text_or_none_at(data, "edition"),
        organization=text_or_none_at(data, "organization"),
        year=whole_or_none_at(data, "year"),
        title=text_at(data, "title"),
        sections={name: as_text(words) for name, words in as_object(data.get("sections")).items()},
        notes=tuple(note_from_json(as_object(note)) for note in items_at(data, "notes")),
        # Files of version 1 have neither these nor decisions.
        witnesses=tuple(witness_from_json(as_object(item)) for item in as_list(data.get("witnesses", []))),
    )
    reviewed = form.copy()
    for item in map(as_object, items_at(data, "decided")):
        decide(reviewed, ref_at(item, "cell"), _decided_from_json(item))
    return Review(
        source_name=text_at(data, "source_name"),
        sha256=text_at(data, "sha256"),
        kind=text_at(data, "kind"),
        extracted=extracted,
        form=reviewed,
        seconds=float_at(data, "seconds"),
        decisions=decisions_from_json(data.get("decisions", {})),
    )


def decide(form: FilledForm, ref: CellRef, decided: Decided | None) -> None:
    """Decide about a cell as a record says; raises :class:`RecordError` if the form has no such cell."""
    if ref not in form:
        raise RecordError(f"no such cell: {ref}")
    form.decide(ref, decided)


def apply_edit(review: Review, edit: Edit) -> None:
    """Change a review as an edit of its journal says; raises :class:`RecordError` if it does not fit."""
    for cell in edit.cells:
        decide(review.form, cell.ref, cell.after)
    for decision in edit.decisions:
        if decision.after is None:
            review.decisions.pop(decision.target, None)
        else:
            review.decisions[decision.target] = decision.after


def edit_to_text(edit: Edit) -> str:
    """An edit as JSON."""
    return dump(
        {
            "label": edit.label,
            "cells": [
                {
                    "cell": str(cell.ref),
                    "before": None if cell.before is None else _decided_to_json(cell.before),
                    "after": None if cell.after is None else _decided_to_json(cell.after),
                }
                for cell in edit.cells
            ],
            "decisions": decision_edits_to_json(edit.decisions),
        }
    )


def edit_from_text(text: str) -> Edit:
    """The inverse of :func:`edit_to_text`; raises :class:`RecordError`."""
    data = load(text)
    cells = tuple(
        CellEdit(ref_at(item, "cell"), _decided_or_none(item.get("before")), _decided_or_none(item.get("after")))
        for item in map(as_object, items_at(data, "cells"))
    )
    return Edit(cells, text_at(data, "label"), decision_edits_from_json(data.get("decisions", [])))


def _cell_to_json(cell: Cell) -> Json:
    found: Json = {"cell": str(cell.ref), **_reading_to_json(cell.as_read)}
    if cell.place is not None:
        found["place"] = exact_place_to_json(cell.place)
    return found


def _cell_from_json(data: Json) -> Cell:
    place = data.get("place")
    return Cell(
        ref_at(data, "cell"), _reading_from_json(data), None if place is None else place_from_record(as_object(place))
    )


def _reading_to_json(reading: Reading) -> Json:
    found: Json = {"state": str(reading.state)}
    if reading.value is not None:
        found["value"] = number_to_json(reading.value)
    if reading.raw:
        found["raw"] = reading.raw
    if reading.confidence != 1.0:
        found["confidence"] = reading.confidence
    if reading.doubts:
        found["doubts"] = list(reading.doubts)
    return found


def _reading_from_json(data: Json) -> Reading:
    try:
        state = State(text_at(data, "state"))
    except ValueError as error:
        raise RecordError("no such state") from error
    value = data.get("value")
    return Reading(
        state,
        None if value is None else number_from_json(value),
        as_text(data.get("raw", "")),
        float_at(data, "confidence") if "confidence" in data else 1.0,
        tuple(as_text(doubt) for doubt in as_list(data.get("doubts", []))),
    )


def _decided_to_json(decided: Decided) -> Json:
    return {
        "reading": _reading_to_json(decided.reading),
        "who": decided.who,
        "when": decided.when,
        "why": decided.why,
    }


def _decided_from_json(data: Json) -> Decided:
    reading = _reading_from_json(as_object(data.get("reading")))
    return Decided(reading, text_at(data, "who"), text_at(data, "when"), text_at(data, "why"))


def _decided_or_none(data: object) -> Decided | None:
    return None if data is None else _decided_from_json(as_object(data))
