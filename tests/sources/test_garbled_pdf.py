"""PDFs whose fonts say the wrong characters, or none: noticed, and taken for pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from gkdesk.sources import opening
from gkdesk.sources.pictures import recognition

SOUND = sorted((Path(__file__).parents[1] / "corpus" / "documents" / "pdf").glob("*.pdf"))[0]
_TARGET = re.compile(rb"(?<=> <)([0-9A-Fa-f]{4})(?=>)")
_MAP = NameObject("/ToUnicode")


def with_characters(change: Callable[[int], int] | None) -> bytes:
    """The sound report with all characters changed, or without any word about them."""
    writer = pypdf.PdfWriter(clone_from=SOUND)
    for number in range(len(writer._objects)):
        font = writer.get_object(number + 1)
        if not isinstance(font, DictionaryObject) or _MAP not in font:
            continue
        if change is None:
            del font[_MAP]
            continue
        characters = font[_MAP].get_object()
        assert isinstance(characters, StreamObject)
        characters.set_data(_TARGET.sub(lambda match: b"%04X" % change(int(match[1], 16)), characters.get_data()))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def codes(data: bytes) -> set[str]:
    return {note.code for note in opening.read(data, recognise_pages=False).notes}


@pytest.mark.parametrize(
    "change",
    [None, lambda code: 0xE000 + code % 0x1000, lambda code: min(code + 7, 0x9FFF)],
    ids=["none", "own", "off"],
)
def test_garbled_text_is_noticed(change: Callable[[int], int] | None) -> None:
    assert "garbled-text" in codes(with_characters(change))


def test_sound_text_is_not_garbled() -> None:
    assert "garbled-text" not in codes(SOUND.read_bytes())


def test_without_the_extra_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_available", lambda: False)
    found = {note.code for note in opening.read(with_characters(None)).notes}
    assert {"garbled-text", "recognition-missing"} <= found
