"""The operators of a PDF's content stream with their operands: the plain ones, which are nearly all there are.

Whatever is out of the ordinary (pictures within the stream, escaped names, malformed numbers) is refused, and pypdf
reads that stream; it reads all of them, at five times the cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Operand = float | str | bytes | list["Operand"]
"""A number, a name with its slash, a string, or an array; dictionaries and keywords are left out."""

_TOKEN = re.compile(
    rb"""[\x00\t\n\f\r ]+
    | %[^\r\n]*
    | (?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$|[A-Za-z'"]))
    | /(?P<name>[^\x00\t\n\f\r ()<>\[\]{}/%#]*)(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)
    | \((?P<string>[^()\\]*)\)
    | \((?P<escaped>(?:[^()\\]|\\.)*)\)
    | (?P<mark><<|>>|\[|\])
    | <(?P<hexadecimal>[0-9A-Fa-f\x00\t\n\f\r ]*)>
    | (?P<word>[A-Za-z'"][A-Za-z0-9*]*)
    """,
    re.VERBOSE | re.DOTALL,
)
_DRAWING = re.compile(
    rb"[\x00\t\n\f\r ]*"
    rb"(?>(?:[+-]?[0-9.]+[\x00\t\n\f\r ]+){0,6}(?:re|[mlchvynfFBbsSWwJjMiGgKk]|[fBbW]\*|rg|RG)[\x00\t\n\f\r ]+)+"
)
"""Lines, areas and colours: a page with dotted borders has tens of thousands of them, and none tells of text."""
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_DEEPEST = 20
_MOST_OPERANDS = 4096


class OddContent(Exception):
    """Something stands in the stream that only a full reader understands."""


def operations(data: bytes) -> Iterator[tuple[bytes, list[Operand]]]:
    """Operators in order, each with the operands before it, those that only draw left out.

    Raises :class:`OddContent`.
    """
    operands: list[Operand] = []
    open_lists: list[list[Operand]] = []
    current = operands
    position = _behind_drawing(data, 0)
    dictionaries = 0
    while position < len(data):
        match = _TOKEN.match(data, position)
        if match is None:
            raise OddContent
        position = match.end()
        kind = match.lastgroup
        if kind is None:
            continue
        text = match[kind]
        if kind == "mark":
            if text == b"[":
                open_lists.append(current)
                current = []
            elif text == b"]" and open_lists:
                whole, current = current, open_lists.pop()
                current.append(whole)
            elif text in (b"<<", b">>"):
                dictionaries += 1 if text == b"<<" else -1
            else:
                raise OddContent
        elif kind != "word":
            current.append(_operand(kind, text))
        elif text in (b"true", b"false", b"null"):
            continue
        elif open_lists or dictionaries or text == b"BI":
            raise OddContent
        else:
            yield text, operands
            operands = current = []
            position = _behind_drawing(data, position)
        if len(open_lists) > _DEEPEST or len(operands) > _MOST_OPERANDS:
            raise OddContent
    if open_lists or dictionaries:
        raise OddContent


def _behind_drawing(data: bytes, position: int) -> int:
    match = _DRAWING.match(data, position)
    return match.end() if match is not None else position


def _operand(kind: str, text: bytes) -> Operand:
    match kind:
        case "number":
            return float(text)
        case "name":
            return "/" + text.decode("latin-1")
        case "string":
            return text if b"\r" not in text else text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        case "escaped":
            return _ESCAPE.sub(_unescaped, text)
    digits = b"".join(text.split()).replace(b"\x00", b"")
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _unescaped(match: re.Match[bytes]) -> bytes:
    octal, other = match.groups()
    if octal is not None:
        return bytes([int(octal, 8) & 0xFF])
    return _ESCAPED.get(other, other)
