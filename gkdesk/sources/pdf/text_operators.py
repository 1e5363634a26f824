"""Where a PDF's content stream shows text, followed operator by operator on the streams that pypdf finds.

Independent of PDFium on purpose: this is one half of the second reading. Positions are in PDF user space.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gkdesk.sources.pdf.content_tokens import OddContent, operations

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import ContentStream, DictionaryObject

_DEEPEST = 12
_MOST_FORMS = 2000
_LONGEST = 300_000
"""Bytes of a content stream: pypdf needs a second for so many, and a page of a report has a tenth of them."""

_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class UnfitContent(Exception):
    """The content stream is damaged or too large to be followed."""


@dataclass(frozen=True, slots=True)
class ShownText:
    """A string as the page shows it, not yet decoded; ``scope`` numbers the resources its font is named in."""

    scope: int
    font: str
    codes: bytes
    matrix: _Matrix


@dataclass(frozen=True, slots=True)
class _State:
    """What ``q`` keeps and ``Q`` restores, as far as text needs it."""

    matrix: _Matrix = _UNIT
    font: str = ""
    size: float = 0.0
    leading: float = 0.0
    rise: float = 0.0


class TextOperators:
    """Walks a page and the forms it uses. After :meth:`walk`, ``scopes`` holds the resources by number."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self._forms = 0
        self.scopes: list[DictionaryObject] = []

    def walk(self, page: DictionaryObject) -> Iterator[ShownText]:
        """All strings shown on ``page``; raises what pypdf raises for damaged content, and :class:`UnfitContent`."""
        resources = page.get("/Resources")
        contents = page.get("/Contents")
        if resources is None or contents is None:
            return
        yield from self._content(contents.get_object(), resources.get_object(), _UNIT, 0)

    def _content(self, stream: Any, resources: DictionaryObject, outer: _Matrix, depth: int) -> Iterator[ShownText]:
        from pypdf.generic import ContentStream

        scope = len(self.scopes)
        self.scopes.append(resources)
        pen = _Pen(scope, outer)
        content = ContentStream(stream, self._reader, "bytes")
        if len(content.get_data()) > _LONGEST:
            raise UnfitContent
        for operator, operands in _operations(content):
            if operator == b"Do":
                yield from self._form(operands, resources, pen.state.matrix, depth)
            else:
                shown = pen.follow(operator, operands)
                if shown is not None:
                    yield shown

    def _form(
        self, operands: list[Any], resources: DictionaryObject, outer: _Matrix, depth: int
    ) -> Iterator[ShownText]:
        objects = resources.get("/XObject")
        form = objects.get_object().get(operands[0]) if objects is not None and operands else None
        form = form.get_object() if form is not None else None
        if form is None or form.get("/Subtype") != "/Form" or depth >= _DEEPEST:
            return
        self._forms += 1
        if self._forms > _MOST_FORMS:
            raise UnfitContent
        own = _matrix(form.get("/Matrix", ())) or _UNIT
        inner = form.get("/Resources")
        yield from self._content(
            form, inner.get_object() if inner is not None else resources, times(own, outer), depth + 1
        )


def _operations(content: ContentStream) -> list[tuple[bytes, list[Any]]]:
    """All operators with their operands; those of an unusual stream as pypdf reads them."""
    try:
        return list(operations(content.get_data()))
    except OddContent:
        return [(operator, operands) for operands, operator in content.operations]


class _Pen:
    """Text and graphics state of one content stream."""

    def __init__(self, scope: int, outer: _Matrix) -> None:
        self._scope = scope
        self._kept: list[_State] = []
        self._line = self._text = _UNIT
        self.state = _State(outer)

    def follow(self, operator: bytes, operands: list[Any]) -> ShownText | None:
        """Carry out one operator; gives the string if it shows one."""
        numbers = [float(operand) for operand in operands if isinstance(operand, (int, float))]
        match operator:
            case b"q":
                self._kept.append(self.state)
            case b"Q":
                self.state = self._kept.pop() if self._kept else self.state
            case b"cm":
                self.state = replace(self.state, matrix=times(_matrix(numbers) or _UNIT, self.state.matrix))
            case b"BT":
                self._line = self._text = _UNIT
            case b"Tf" if operands and numbers:
                self.state = replace(self.state, font=str(operands[0]), size=numbers[0])
            case b"TL" if numbers:
                self.state = replace(self.state, leading=numbers[0])
            case b"Ts" if numbers:
                self.state = replace(self.state, rise=numbers[0])
            case b"Tm":
                self._line = self._text = _matrix(numbers) or _UNIT
            case b"Td" if len(numbers) >= 2:
                self._move(numbers[0], numbers[1])
            case b"TD" if len(numbers) >= 2:
                self.state = replace(self.state, leading=-numbers[1])
                self._move(numbers[0], numbers[1])
            case b"T*":
                self._move(0.0, -self.state.leading)
            case b"'" | b'"':
                self._move(0.0, -self.state.leading)
                return self._show(operands[-1:])
            case b"Tj" | b"TJ":
                return self._show(operands)
        return None

    def _move(self, x: float, y: float) -> None:
        self._line = self._text = times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _show(self, operands: list[Any]) -> ShownText | None:
        parts = operands[0] if operands and isinstance(operands[0], list) else operands
        codes = b"".join(_codes(part) for part in parts)
        if not codes:
            return None
        size, rise = self.state.size, self.state.rise
        matrix = times((size, 0.0, 0.0, size, 0.0, rise), times(self._text, self.state.matrix))
        return ShownText(self._scope, self.state.font, codes, matrix)


def times(first: _Matrix, then: _Matrix) -> _Matrix:
    """The matrix that applies ``first`` and then ``then``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _matrix(values: Any) -> _Matrix | None:
    numbers = [float(value) for value in values]
    if len(numbers) != 6:
        return None
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])


def _codes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return bytes(part)
    if isinstance(part, str):
        original: Mapping[str, bytes] | bytes | None = getattr(part, "original_bytes", None)
        return original if isinstance(original, bytes) else b""
    return b""
