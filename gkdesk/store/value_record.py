"""Numbers, places and the arguments of sentences as JSON and back, exactly."""

from __future__ import annotations

import re
from decimal import Decimal

from gkdesk.model.cellref import CellRef
from gkdesk.model.place import PagePlace, Place, place_from_json, place_to_json
from gkdesk.model.reading import Number, number_text
from gkdesk.store.json_shape import Json, RecordError, as_list, as_ref, as_text, as_whole

_DIGITS = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?")


def number_to_json(value: Number) -> int | str:
    """A whole number as it is, a decimal as its digits."""
    return number_text(value) if isinstance(value, Decimal) else value


def number_from_json(value: object) -> Number:
    """The inverse of :func:`number_to_json`; raises :class:`RecordError`."""
    if isinstance(value, str):
        if _DIGITS.fullmatch(value) is None:
            raise RecordError("not a number")
        return Decimal(value)
    return as_whole(value)


def exact_place_to_json(place: Place) -> Json | None:
    """A place with its edges as they were measured; None if it has no JSON."""
    # The contract rounds boxes for readers of the JSON; what is kept stays exact.
    if isinstance(place, PagePlace):
        return {"page": place.page, "box": [float(edge) for edge in place.box]}
    return place_to_json(place)


def place_from_record(data: Json) -> Place | None:
    """The inverse of :func:`exact_place_to_json`; raises :class:`RecordError`."""
    try:
        return place_from_json(data)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise RecordError("not a place") from error


def argument_to_json(value: object) -> object:
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
            return {"$tuple": [argument_to_json(item) for item in value]}
        case list():
            return [argument_to_json(item) for item in value]
        case dict():
            return {str(name): argument_to_json(item) for name, item in value.items()}
        case _:
            return str(value)


def argument_from_json(value: object) -> object:
    """The inverse of :func:`argument_to_json`; raises :class:`RecordError`."""
    match value:
        case {"$cell": text}:
            return as_ref(text)
        case {"$decimal": text}:
            return number_from_json(as_text(text))
        case {"$tuple": items}:
            return tuple(argument_from_json(item) for item in as_list(items))
        case list():
            return [argument_from_json(item) for item in value]
        case dict():
            return {name: argument_from_json(item) for name, item in value.items()}
        case _:
            return value
