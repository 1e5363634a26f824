"""Witnesses of the prose as JSON and back, exactly."""

from __future__ import annotations

from gkdesk.model.cellref import CellRef
from gkdesk.model.witness import Claim, Witness
from gkdesk.store.json_shape import Json, as_list, as_object, as_ref, items_at, text_at
from gkdesk.store.value_record import exact_place_to_json, number_from_json, number_to_json, place_from_record


def witness_to_json(witness: Witness) -> Json:
    """A witness with all it may mean; what is empty is left out."""
    found: Json = {
        "section": witness.section,
        "sentence": witness.sentence,
        "figure": witness.figure,
        "value": number_to_json(witness.value),
        "claims": [_claim_to_json(claim) for claim in witness.claims],
    }
    if witness.approximate:
        found["approximate"] = True
    if witness.scope:
        found["scope"] = witness.scope
    if witness.doubt:
        found["doubt"] = witness.doubt
    if witness.place is not None:
        found["place"] = exact_place_to_json(witness.place)
    return found


def witness_from_json(data: Json) -> Witness:
    """The inverse of :func:`witness_to_json`; raises ``RecordError``."""
    place = data.get("place")
    return Witness(
        section=text_at(data, "section"),
        sentence=text_at(data, "sentence"),
        figure=text_at(data, "figure"),
        value=number_from_json(data.get("value")),
        claims=tuple(_claim_from_json(as_object(item)) for item in items_at(data, "claims")),
        approximate=data.get("approximate") is True,
        scope=text_at(data, "scope") if "scope" in data else "",
        place=None if place is None else place_from_record(as_object(place)),
        doubt=text_at(data, "doubt") if "doubt" in data else "",
    )


def _claim_to_json(claim: Claim) -> Json:
    found: Json = {"name": claim.name, "cells": [str(ref) for ref in claim.cells]}
    if claim.share_of:
        found["share_of"] = [str(ref) for ref in claim.share_of]
    return found


def _claim_from_json(data: Json) -> Claim:
    return Claim(text_at(data, "name"), _refs(data.get("cells")), _refs(data.get("share_of", [])))


def _refs(value: object) -> tuple[CellRef, ...]:
    return tuple(as_ref(item) for item in as_list(value))
