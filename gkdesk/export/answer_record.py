"""The answers of a reviewer and the figures of the prose in the record of an exported workbook, and back, exactly.

What does not have the shape written here raises ``ValueError``, ``KeyError`` or ``TypeError``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gkdesk.model.cellref import CellRef
from gkdesk.model.decision import Decision, Outcome
from gkdesk.model.place import PagePlace, Place, place_from_json, place_to_json
from gkdesk.model.reading import Number
from gkdesk.model.witness import Claim, Witness


def number_to_json(value: Number | None) -> int | str | None:
    """A whole number as it is, a decimal as its digits."""
    return str(value) if isinstance(value, Decimal) else value


def number_from_json(value: object) -> Number | None:
    """The inverse of :func:`number_to_json`."""
    return value if value is None or isinstance(value, int) else Decimal(str(value))


def decisions_to_json(decisions: Mapping[str, Decision]) -> dict[str, list[str]]:
    """The answers by target."""
    return {target: [str(one.outcome), one.who, one.when, one.note, one.figures] for target, one in decisions.items()}


def decisions_from_json(data: Mapping[str, Any]) -> dict[str, Decision]:
    """The inverse of :func:`decisions_to_json`."""
    found = {}
    for target, (outcome, who, when, note, figures) in data.items():
        found[str(target)] = Decision(Outcome(outcome), str(who), str(when), str(note), str(figures))
    return found


def witness_to_json(witness: Witness) -> dict[str, Any]:
    """A figure of the prose with all it may mean."""
    return {
        "section": witness.section,
        "sentence": witness.sentence,
        "figure": witness.figure,
        "value": number_to_json(witness.value),
        "claims": [[one.name, list(map(str, one.cells)), list(map(str, one.share_of))] for one in witness.claims],
        "approximate": witness.approximate,
        "scope": witness.scope,
        "place": _exact_place_to_json(witness.place),
        "doubt": witness.doubt,
    }


def witness_from_json(data: Mapping[str, Any]) -> Witness:
    """The inverse of :func:`witness_to_json`."""
    value = number_from_json(data["value"])
    if value is None:
        raise ValueError("a figure of the prose without its value")
    return Witness(
        section=str(data["section"]),
        sentence=str(data["sentence"]),
        figure=str(data["figure"]),
        value=value,
        claims=tuple(Claim(str(name), _refs(cells), _refs(share_of)) for name, cells, share_of in data["claims"]),
        approximate=data["approximate"] is True,
        scope=str(data["scope"]),
        place=place_from_json(data["place"]),
        doubt=str(data["doubt"]),
    )


def _exact_place_to_json(place: Place | None) -> dict[str, object] | None:
    # The contract rounds the boxes of pages; what is read back has to be what was exported.
    if isinstance(place, PagePlace):
        return {"page": place.page, "box": [float(edge) for edge in place.box]}
    return place_to_json(place)


def _refs(names: list[str]) -> tuple[CellRef, ...]:
    return tuple(CellRef.parse(name) for name in names)
