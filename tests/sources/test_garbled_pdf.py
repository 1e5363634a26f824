"""PDFs whose fonts say the wrong characters, or none: noticed, and taken for pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject

from gkdesk.sources import opening
from gkdesk.sources.pdf import reader
from gkdesk.sources.pictures import recognition
from tests.sources.pdf_maker import Sheet, make_pdf

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


def exchanged(one: str, other: str) -> Callable[[int], int]:
    """What says of two characters that each is the other."""
    return lambda code: ord({one: other, other: one}.get(chr(code), chr(code)))


def shifted(code: int) -> int:
    return 0x30 + (code - 0x2D) % 10 if chr(code).isdecimal() else code


@pytest.mark.parametrize(
    ("change", "changed"), [(shifted, "0123456789"), (exchanged("6", "9"), "69"), (exchanged("1", "7"), "17")]
)
def test_digits_that_a_font_draws_otherwise_than_it_says_are_not_read(
    change: Callable[[int], int], changed: str
) -> None:
    content = opening.read(with_characters(change), recognise_pages=False)
    assert "garbled-text" in {note.code for note in content.notes}
    assert not any(set(changed) & set(cell.text) for grid in content.grids() for cell in grid.cells)


def test_sound_text_is_not_garbled() -> None:
    assert "garbled-text" not in codes(SOUND.read_bytes())


def in_a_font_of_drawings(data: bytes) -> bytes:
    """The page with a font F9 whose characters 1 to 31 are black boxes without a name that says what they are."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    drawing = StreamObject()
    drawing.set_data(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    named = [NameObject(f"/x{code}") for code in range(1, 32)]
    font = DictionaryObject()
    for key, value in (
        ("/Type", NameObject("/Font")),
        ("/Subtype", NameObject("/Type3")),
        ("/FontBBox", ArrayObject(map(FloatObject, (0, 0, 500, 700)))),
        ("/FontMatrix", ArrayObject(map(FloatObject, (0.001, 0, 0, 0.001, 0, 0)))),
        ("/CharProcs", DictionaryObject(dict.fromkeys(named, writer._add_object(drawing)))),
        ("/Encoding", DictionaryObject({NameObject("/Differences"): ArrayObject([NumberObject(1), *named])})),
        ("/FirstChar", NumberObject(1)),
        ("/LastChar", NumberObject(31)),
        ("/Widths", ArrayObject(NumberObject(600) for _ in named)),
    ):
        font[NameObject(key)] = value
    fonts = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    fonts[NameObject("/F9")] = writer._add_object(font)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("shown", ["01", "02", "0203", "0a", "1f"])
def test_figures_of_a_font_without_a_word_about_them_are_no_blanks(shown: str) -> None:
    sheet = Sheet()
    sheet.table(60, 100, (100, 60), 20, (("规章", ""), ("文件", "3")))
    sheet.operators.append(f"BT /F9 10 Tf 180 {sheet.height - 114:g} Td <{shown}> Tj ET")
    (grid,) = reader.read(in_a_font_of_drawings(make_pdf(sheet)), "sha").grids()
    assert [cell.text for cell in grid.cells] == ["规章", "\ufffd" * (len(shown) // 2), "文件", "3"]


def test_without_the_extra_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_available", lambda: False)
    found = {note.code for note in opening.read(with_characters(None)).notes}
    assert {"garbled-text", "recognition-missing"} <= found
