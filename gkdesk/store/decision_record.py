"""Decisions as JSON and back, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gkdesk.model.decision import Decision, DecisionEdit, Outcome
from gkdesk.store.json_shape import Json, RecordError, as_list, as_object, text_at


def decisions_to_json(decisions: Mapping[str, Decision]) -> Json:
    """The decisions by target."""
    return {target: _decision_to_json(decision) for target, decision in decisions.items()}


def decisions_from_json(value: object) -> dict[str, Decision]:
    """The inverse of :func:`decisions_to_json`; raises :class:`RecordError`."""
    return {target: _decision_from_json(as_object(item)) for target, item in as_object(value).items()}


def decision_edits_to_json(edits: Iterable[DecisionEdit]) -> list[Json]:
    """The decisions of an edit, before and after."""
    return [{"target": edit.target, "before": _or_none(edit.before), "after": _or_none(edit.after)} for edit in edits]


def decision_edits_from_json(value: object) -> tuple[DecisionEdit, ...]:
    """The inverse of :func:`decision_edits_to_json`; raises :class:`RecordError`."""
    items = map(as_object, as_list(value))
    return tuple(
        DecisionEdit(text_at(item, "target"), _read_or_none(item.get("before")), _read_or_none(item.get("after")))
        for item in items
    )


def _or_none(decision: Decision | None) -> Json | None:
    return None if decision is None else _decision_to_json(decision)


def _read_or_none(value: object) -> Decision | None:
    return None if value is None else _decision_from_json(as_object(value))


def _decision_to_json(decision: Decision) -> Json:
    return {
        "outcome": str(decision.outcome),
        "who": decision.who,
        "when": decision.when,
        "note": decision.note,
        "figures": decision.figures,
    }


def _decision_from_json(data: Json) -> Decision:
    try:
        outcome = Outcome(text_at(data, "outcome"))
    except ValueError as error:
        raise RecordError("no such outcome") from error
    names = ("who", "when", "note", "figures")
    return Decision(outcome, *(text_at(data, name) for name in names))
