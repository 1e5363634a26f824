"""PDFs made to cost much: each must be read or refused in words, and soon."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

import pytest

from tests.fuzz import trial

_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>"
_PICTURE = b"/Type/XObject/Subtype/Image/Width 40000/Height 10000/BitsPerComponent 8/ColorSpace/DeviceGray"
_SHOWN = b"q 595 0 0 842 0 0 cm /I Do Q"
_MEGABYTE = 1 << 20


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def pdf(*objects: bytes) -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", *objects), 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(made))
    return made + head + table + end


def deflated(pieces: Iterable[bytes]) -> bytes:
    packer = zlib.compressobj(1)
    return b"".join([*(packer.compress(piece) for piece in pieces), packer.flush()])


def one_page(content: bytes, *others: bytes) -> bytes:
    return pdf(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", _PAGE, stream(content), *others)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial.recognition, "is_available", lambda: False)


def deep_arrays() -> bytes:
    return one_page(b"[" * 200_000 + b"]" * 200_000 + b" TJ")


def huge_picture() -> bytes:
    packed = deflated(bytes(_MEGABYTE) for _ in range(382))
    return one_page(_SHOWN, stream(packed, _PICTURE + b"/Filter/FlateDecode"))


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("make", [deep_arrays, huge_picture])
def test_a_costly_page_is_read_or_refused_in_words(make: Callable[[], bytes]) -> None:
    outcome = trial.attempt("pdf", make())
    assert not outcome.is_finding, outcome.detail
