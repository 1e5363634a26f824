"""Reviews and edits as JSON text and back, exactly; the shape in which a workspace keeps them.

Numbers stay what they are: an ``int`` is a JSON integer, a ``Decimal`` is its digits as a string. Text that does not
have the shape written here raises :class:`RecordError`, whatever is wrong with it: the file may be damaged or forged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Note
from gkdesk.model.edit import CellEdit, Edit
from gkdesk.model.form import Cell, Decided, FilledForm
from gkdesk.model.place import PagePlace, Place, place_from_json, place_to_json
from gkdesk.model.reading import Number, Reading, State, number_text
from gkdesk.model.review import Extracted, Review

Json = dict[str, object]

_DIGITS = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?")


class RecordError(ValueError):
    """Text that is not a record as written here."""


def review_to_text(review: Review) -> str:
    """All of a review as JSON, decisions in its form included."""
    extracted = review.extracted
    return _dump(
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
            "notes": [{"code": note.code, "arguments": _argument_to_json(note.arguments)} for note in extracted.notes],
            "form": extracted.form.edition,
            "cells": [_cell_to_json(cell) for cell in extracted.form],
            "decided": [
                {"cell": str(cell.ref), **_decided_to_json(cell.as_reviewed)}
                for cell in review.form
                if cell.as_reviewed is not None
            ],
        }
    )


def review_from_text(text: str) -> Review:
    """The inverse of :func:`review_to_text`; raises :class:`RecordError`."""
    data = _load(text)
    form = FilledForm(_text(data, "form"), [_cell_from_json(_json(cell)) for cell in _items(data, "cells")])
    extracted = Extracted(
        form=form,
        edition=_text_or_none(data, "edition"),
        organization=_text_or_none(data, "organization"),
        year=_whole_or_none(data, "year"),
        title=_text(data, "title"),
        sections={name: _as_text(words) for name, words in _json(data.get("sections")).items()},
        notes=tuple(_note_from_json(_json(note)) for note in _items(data, "notes")),
    )
    reviewed = form.copy()
    for item in map(_json, _items(data, "decided")):
        decide(reviewed, _ref(item, "cell"), _decided_from_json(item))
    return Review(
        source_name=_text(data, "source_name"),
        sha256=_text(data, "sha256"),
        kind=_text(data, "kind"),
        extracted=extracted,
        form=reviewed,
        seconds=_float(data, "seconds"),
    )


def decide(form: FilledForm, ref: CellRef, decided: Decided | None) -> None:
    """Decide about a cell as a record says; raises :class:`RecordError` if the form has no such cell."""
    if ref not in form:
        raise RecordError(f"no such cell: {ref}")
    form.decide(ref, decided)


def edit_to_text(edit: Edit) -> str:
    """An edit as JSON."""
    return _dump(
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
        }
    )


def edit_from_text(text: str) -> Edit:
    """The inverse of :func:`edit_to_text`; raises :class:`RecordError`."""
    data = _load(text)
    cells = tuple(
        CellEdit(_ref(item, "cell"), _decided_or_none(item.get("before")), _decided_or_none(item.get("after")))
        for item in map(_json, _items(data, "cells"))
    )
    return Edit(cells, _text(data, "label"))


def _cell_to_json(cell: Cell) -> Json:
    found: Json = {"cell": str(cell.ref), **_reading_to_json(cell.as_read)}
    if cell.place is not None:
        found["place"] = _place_to_json(cell.place)
    return found


def _cell_from_json(data: Json) -> Cell:
    place = data.get("place")
    return Cell(_ref(data, "cell"), _reading_from_json(data), None if place is None else _place_from_json(_json(place)))


def _reading_to_json(reading: Reading) -> Json:
    found: Json = {"state": str(reading.state)}
    if reading.value is not None:
        found["value"] = _number_to_json(reading.value)
    if reading.raw:
        found["raw"] = reading.raw
    if reading.confidence != 1.0:
        found["confidence"] = reading.confidence
    if reading.doubts:
        found["doubts"] = list(reading.doubts)
    return found


def _reading_from_json(data: Json) -> Reading:
    try:
        state = State(_text(data, "state"))
    except ValueError as error:
        raise RecordError("no such state") from error
    value = data.get("value")
    return Reading(
        state,
        None if value is None else _number_from_json(value),
        _as_text(data.get("raw", "")),
        _float(data, "confidence") if "confidence" in data else 1.0,
        tuple(_as_text(doubt) for doubt in _list(data.get("doubts", []))),
    )


def _number_to_json(value: Number) -> int | str:
    return number_text(value) if isinstance(value, Decimal) else value


def _number_from_json(value: object) -> Number:
    if isinstance(value, str):
        if _DIGITS.fullmatch(value) is None:
            raise RecordError("not a number")
        return Decimal(value)
    return _as_whole(value)


def _decided_to_json(decided: Decided) -> Json:
    return {
        "reading": _reading_to_json(decided.reading),
        "who": decided.who,
        "when": decided.when,
        "why": decided.why,
    }


def _decided_from_json(data: Json) -> Decided:
    reading = _reading_from_json(_json(data.get("reading")))
    return Decided(reading, _text(data, "who"), _text(data, "when"), _text(data, "why"))


def _decided_or_none(data: object) -> Decided | None:
    return None if data is None else _decided_from_json(_json(data))


def _place_to_json(place: Place) -> Json | None:
    # The contract rounds boxes for readers of the JSON; what is kept stays exact.
    if isinstance(place, PagePlace):
        return {"page": place.page, "box": [float(edge) for edge in place.box]}
    return place_to_json(place)


def _place_from_json(data: Json) -> Place | None:
    try:
        return place_from_json(data)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise RecordError("not a place") from error


def _note_from_json(data: Json) -> Note:
    arguments = {name: _argument_from_json(value) for name, value in _json(data.get("arguments")).items()}
    return Note(_text(data, "code"), arguments)


def _argument_to_json(value: object) -> object:
    """Arguments of a sentence: plain values stay, cells, decimals and tuples are tagged, anything else is its text."""
    match value:
        case None | bool() | int() | float():
            return value
        case CellRef():
            return {"$cell": str(value)}
        case str():
            return str(value)
        case Decimal():
            return {"$decimal": number_text(value)}
        case tuple():
            return {"$tuple": [_argument_to_json(item) for item in value]}
        case list():
            return [_argument_to_json(item) for item in value]
        case dict():
            return {str(name): _argument_to_json(item) for name, item in value.items()}
        case _:
            return str(value)


def _argument_from_json(value: object) -> object:
    match value:
        case {"$cell": text}:
            return _parse_ref(text)
        case {"$decimal": text}:
            return _number_from_json(_as_text(text))
        case {"$tuple": items}:
            return tuple(_argument_from_json(item) for item in _list(items))
        case list():
            return [_argument_from_json(item) for item in value]
        case dict():
            return {name: _argument_from_json(item) for name, item in value.items()}
        case _:
            return value


def _dump(data: Json) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        # A web page can name half a character (&#xD800;); such text is kept escaped.
        return json.dumps(data, separators=(",", ":"))
    return text


def _load(text: str) -> Json:
    try:
        return _json(json.loads(text, parse_constant=_no_constant))
    except (ValueError, RecursionError) as error:
        raise RecordError("not a record") from error


def _no_constant(name: str) -> object:
    raise RecordError(f"not a number: {name}")


def _json(value: object) -> Json:
    if not isinstance(value, dict):
        raise RecordError("an object was expected")
    return value


def _list(value: object) -> Iterable[object]:
    if not isinstance(value, list):
        raise RecordError("a list was expected")
    return value


def _items(data: Json, key: str) -> Iterable[object]:
    return _list(data.get(key))


def _as_text(value: object) -> str:
    if not isinstance(value, str):
        raise RecordError("a text was expected")
    return value


def _text(data: Json, key: str) -> str:
    return _as_text(data.get(key))


def _text_or_none(data: Json, key: str) -> str | None:
    return None if data.get(key) is None else _text(data, key)


def _as_whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise RecordError("a whole number was expected")
    return value


def _whole_or_none(data: Json, key: str) -> int | None:
    return None if data.get(key) is None else _as_whole(data.get(key))


def _float(data: Json, key: str) -> float:
    value = data.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise RecordError("a number was expected")
    try:
        return float(value)
    except OverflowError as error:
        raise RecordError("a number is too large") from error


def _ref(data: Json, key: str) -> CellRef:
    return _parse_ref(data.get(key))


def _parse_ref(value: object) -> CellRef:
    try:
        return CellRef.parse(_as_text(value))
    except ValueError as error:
        raise RecordError("not a cell") from error
