"""Ways to damage a file: its bytes, its numbers and tags, the parts of a ZIP container, the objects of a PDF."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

Mutation = Callable[[Random, bytes, bytes], bytes]
"""Takes the dice, the file, and another file of the same kind; gives the damaged file."""

LARGEST = 4 << 20
"""Bytes a case may grow to; larger ones only test patience."""

_NUMBERS = (0, 1, 2, 255, 256, 65535, 65536, 999_999, 2**31 - 1, 2**31, 2**32 - 1, 2**63, 10**40)
_WORDS = (
    "",
    "-1",
    "1e309",
    "nan",
    "inf",
    "１２",
    "²",
    "٣",
    "0x10",
    "\x00",
    "A1:XFD1048576",
    "../../etc/passwd",
    "☃" * 9,
)
_TOKENS = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n\n",
    b"<table>",
    b"</td>",
    b"<!--",
    b"]]>",
    b"&#0;",
    b"|",
    b"\t",
)
_TAG = re.compile(rb"<[^<>]{1,400}>")
_VALUE = re.compile(rb"=\s*(?:\"([^\"<>]{0,80})\"|'([^'<>]{0,80})')")
_DIGITS = re.compile(rb"\d{1,12}")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_OBJECT = re.compile(rb"(\d+) 0 obj\b")
_PDF_NAME = re.compile(rb"/[A-Za-z]{2,20}")


def flip(dice: Random, data: bytes, other: bytes) -> bytes:
    """Some bits."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 4, 32))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def insert(dice: Random, data: bytes, other: bytes) -> bytes:
    """Random or well-known bytes, somewhere."""
    place = dice.randrange(len(data) + 1)
    added = dice.choice((dice.choice(_TOKENS), dice.randbytes(dice.randrange(1, 64))))
    return data[:place] + added + data[place:]


def delete(dice: Random, data: bytes, other: bytes) -> bytes:
    """A stretch."""
    start, end = _stretch(dice, data)
    return data[:start] + data[end:]


def duplicate(dice: Random, data: bytes, other: bytes) -> bytes:
    """A stretch, sometimes many times over."""
    start, end = _stretch(dice, data)
    return data[:end] + data[start:end] * dice.choice((1, 1, 2, 50, 2000)) + data[end:]


def truncate(dice: Random, data: bytes, other: bytes) -> bytes:
    """Everything from some place on."""
    return data[: dice.randrange(1, len(data) + 1)]


def splice(dice: Random, data: bytes, other: bytes) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: dice.randrange(1, len(data) + 1)] + other[dice.randrange(len(other) + 1) :]


def binary_number(dice: Random, data: bytes, other: bytes) -> bytes:
    """A number of two or four bytes set to one at the edge."""
    form = dice.choice(("<I", "<H", ">I", ">H"))
    size = struct.calcsize(form)
    if len(data) < size:
        return data
    # Half of them in the head, where the offsets and counts stand.
    place = dice.randrange(min(len(data), dice.choice((512, len(data)))) - size + 1) // size * size
    value = dice.choice(_NUMBERS) & (256**size - 1)
    return data[:place] + struct.pack(form, value) + data[place + size :]


def written_number(dice: Random, data: bytes, other: bytes) -> bytes:
    """A number in digits replaced."""
    return _replaced(dice, data, _DIGITS, lambda _: _word(dice))


def value(dice: Random, data: bytes, other: bytes) -> bytes:
    """An attribute's value replaced."""
    return _replaced(dice, data, _VALUE, lambda _: b'="' + _word(dice) + b'"')


def tag(dice: Random, data: bytes, other: bytes) -> bytes:
    """A tag left out, repeated (deep nesting) or replaced by another one of the file."""
    tags = _TAG.findall(data)
    if not tags:
        return insert(dice, data, other)
    return _replaced(
        dice, data, _TAG, lambda found: dice.choice((b"", found * 2, found * 3000, dice.choice(tags), found + b"<!--"))
    )


PLAIN: Sequence[Mutation] = (flip, insert, delete, duplicate, truncate, splice, written_number)
MARKUP: Sequence[Mutation] = (*PLAIN, value, value, tag, tag)
BINARY: Sequence[Mutation] = (flip, insert, delete, duplicate, truncate, splice, binary_number, binary_number)


def part(dice: Random, data: bytes, other: bytes) -> bytes:
    """Of a ZIP container: a part damaged, left out, or exchanged for another one, and packed again."""
    parts = _unpacked(data)
    names = [name for name in parts if parts[name]]
    if not names:
        return flip(dice, data, other)
    # Large parts are the documents themselves; the small ones say what belongs to what.
    name = dice.choice((dice.choice(names), max(names, key=lambda name: len(parts[name]))))
    what = dice.randrange(12)
    if what == 0:
        del parts[name]
    elif what == 1:
        parts[name] = parts[dice.choice(names)]
    elif what == 2:
        parts.update(_unpacked(other))
    else:
        kinds = MARKUP if b"<" in parts[name][:200] else BINARY
        parts[name] = dice.choice(kinds)(dice, parts[name], parts[dice.choice(names)])
    return _packed(parts)


def lie(dice: Random, data: bytes, other: bytes) -> bytes:
    """Of a ZIP container: a header field - flags, method, sizes, lengths, offset - that is not true."""
    signature, fields = dice.choice(
        ((b"PK\x03\x04", range(6, 30, 2)), (b"PK\x01\x02", range(8, 46, 2)), (b"PK\x05\x06", range(4, 22, 2)))
    )
    places = [match.start() for match in re.finditer(re.escape(signature), data)]
    if not places:
        return flip(dice, data, other)
    place = dice.choice(places) + dice.choice(fields)
    return data[:place] + struct.pack("<H", dice.choice(_NUMBERS) & 0xFFFF) + data[place + 2 :]


def reference(dice: Random, data: bytes, other: bytes) -> bytes:
    """Of a PDF: a reference that points elsewhere, so that objects contain themselves or are of another kind."""
    numbers = _OBJECT.findall(data) or [b"1"]
    return _replaced(dice, data, _REFERENCE, lambda _: dice.choice((*numbers, b"0", b"99999999")) + b" 0 R")


def object_number(dice: Random, data: bytes, other: bytes) -> bytes:
    """Of a PDF: an object under the number of another one."""
    numbers = _OBJECT.findall(data) or [b"1"]
    return _replaced(dice, data, _OBJECT, lambda _: dice.choice((*numbers, b"0", b"4294967296")) + b" 0 obj")


def pdf_name(dice: Random, data: bytes, other: bytes) -> bytes:
    """Of a PDF: a name in place of another one."""
    names = _PDF_NAME.findall(data) or [b"/Type"]
    return _replaced(dice, data, _PDF_NAME, lambda _: dice.choice(names))


def stream(dice: Random, data: bytes, other: bytes) -> bytes:
    """Of a PDF: a packed stream damaged inside."""
    return _replaced(dice, data, _STREAM, lambda found: _restreamed(dice, found))


ZIP: Sequence[Mutation] = (*(part,) * 8, lie, lie, flip, truncate, splice, delete)
PDF: Sequence[Mutation] = (*(stream,) * 3, reference, reference, object_number, pdf_name, *PLAIN)


def mutated(dice: Random, seeds: Sequence[bytes], mutations: Sequence[Mutation]) -> bytes:
    """One of the seeds, damaged in one to four ways."""
    data = dice.choice(seeds)
    for _ in range(dice.choice((1, 1, 2, 4))):
        changed = dice.choice(mutations)(dice, data, dice.choice(seeds))
        if changed and len(changed) <= LARGEST:
            data = changed
    return data


def rewritten(data: bytes, pattern: re.Pattern[bytes], replacement: bytes) -> bytes:
    """A ZIP container with something replaced in all of its parts."""
    return _packed({name: pattern.sub(replacement, part) for name, part in _unpacked(data).items()})


def _stretch(dice: Random, data: bytes) -> tuple[int, int]:
    start = dice.randrange(len(data))
    return start, min(len(data), start + dice.choice((1, 8, 64, 512, len(data))))


def _word(dice: Random) -> bytes:
    return dice.choice((str(dice.choice(_NUMBERS)), dice.choice(_WORDS))).encode()


def _replaced(dice: Random, data: bytes, pattern: re.Pattern[bytes], replace: Callable[[bytes], bytes]) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    match = dice.choice(found)
    return data[: match.start()] + replace(match.group()) + data[match.end() :]


def _restreamed(dice: Random, found: bytes) -> bytes:
    inside = found[len("stream") : -len("endstream")].strip(b"\r\n")
    try:
        plain = zlib.decompressobj().decompress(inside, LARGEST)
    except zlib.error:
        plain = b""
    if not plain:
        return b"stream\n" + dice.choice(BINARY)(dice, inside or b"\0", inside) + b"\nendstream"
    return b"stream\n" + zlib.compress(dice.choice(PLAIN)(dice, plain, plain)) + b"\nendstream"


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            return {
                entry.filename: container.read(entry) for entry in container.infolist() if entry.file_size < LARGEST
            }
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError, struct.error):
        return {}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as container:
        for name, data in parts.items():
            # A date of its own would make every run another one.
            container.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
