"""The JSON of a workspace, taken apart with care: text that does not have the expected shape raises one error.

What is kept may be damaged or forged, so that nothing is taken on trust.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from gkdesk.model.cellref import CellRef

Json = dict[str, object]


class RecordError(ValueError):
    """Text that is not a record as written here."""


def dump(data: Json) -> str:
    """``data`` as one line of JSON."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        # A web page can name half a character (&#xD800;); such text is kept escaped.
        return json.dumps(data, separators=(",", ":"))
    return text


def load(text: str) -> Json:
    """The object that ``text`` is; raises :class:`RecordError`."""
    try:
        return as_object(json.loads(text, parse_constant=_no_constant))
    except (ValueError, RecursionError) as error:
        raise RecordError("not a record") from error


def _no_constant(name: str) -> object:
    raise RecordError(f"not a number: {name}")


def as_object(value: object) -> Json:
    """``value`` if it is an object."""
    if not isinstance(value, dict):
        raise RecordError("an object was expected")
    return value


def as_list(value: object) -> Iterable[object]:
    """``value`` if it is a list."""
    if not isinstance(value, list):
        raise RecordError("a list was expected")
    return value


def items_at(data: Json, key: str) -> Iterable[object]:
    """The list under ``key``."""
    return as_list(data.get(key))


def as_text(value: object) -> str:
    """``value`` if it is a text."""
    if not isinstance(value, str):
        raise RecordError("a text was expected")
    return value


def text_at(data: Json, key: str) -> str:
    """The text under ``key``."""
    return as_text(data.get(key))


def text_or_none_at(data: Json, key: str) -> str | None:
    """The text under ``key``, or None if nothing stands there."""
    return None if data.get(key) is None else text_at(data, key)


def as_whole(value: object) -> int:
    """``value`` if it is a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise RecordError("a whole number was expected")
    return value


def whole_at(data: Json, key: str) -> int:
    """The whole number under ``key``."""
    return as_whole(data.get(key))


def whole_or_none_at(data: Json, key: str) -> int | None:
    """The whole number under ``key``, or None if nothing stands there."""
    return None if data.get(key) is None else as_whole(data.get(key))


def float_at(data: Json, key: str) -> float:
    """The number under ``key``."""
    value = data.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise RecordError("a number was expected")
    try:
        return float(value)
    except OverflowError as error:
        raise RecordError("a number is too large") from error


def ref_at(data: Json, key: str) -> CellRef:
    """The cell under ``key``."""
    return as_ref(data.get(key))


def as_ref(value: object) -> CellRef:
    """The cell that ``value`` names."""
    try:
        return CellRef.parse(as_text(value))
    except ValueError as error:
        raise RecordError("not a cell") from error
