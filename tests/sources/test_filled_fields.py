"""Tables filled in as forms: a figure in a field or a note stands on the page like one that is printed."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from gkdesk.sources.pdf import reader

from .pdf_maker import Sheet, make_pdf

ROWS = (("规章", "1", "22"), ("文件", "3", ""))
CELL = (222, 684, 278, 700)
"""Inside the empty cell, counted from below."""


def with_annotation(
    subtype: str, key: str, drawn: bool, flags: int = 4, password: str = "", above: bool = False
) -> bytes:
    """The table with an annotation over its empty cell that says 47, ``above``: as the field above it says."""
    sheet = Sheet()
    sheet.table(60, 120, (100, 60, 60), 20, ROWS)
    writer = PdfWriter(PdfReader(io.BytesIO(make_pdf(sheet))))
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(subtype),
            NameObject("/Rect"): ArrayObject(FloatObject(edge) for edge in CELL),
            NameObject("/F"): NumberObject(flags),
            NameObject(key): TextStringObject("47"),
            NameObject("/DA"): TextStringObject("/Helv 9 Tf 0 g"),
        }
    )
    if subtype == "/Widget":
        field = {NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject("a")}
        if above:
            field[NameObject("/V")] = note.pop("/V")
            holder = DictionaryObject({**field, NameObject("/Kids"): ArrayObject()})
            note[NameObject("/Parent")] = writer._add_object(holder)
        else:
            note.update(field)
    if drawn:
        look = StreamObject()
        look.set_data(b"BT /Helv 9 Tf 20 4 Td (47) Tj ET")
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        fonts = DictionaryObject({NameObject(name): NameObject(value) for name, value in font.items()})
        look |= {
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 56, 16))),
            NameObject("/Resources"): DictionaryObject(
                {NameObject("/Font"): DictionaryObject({NameObject("/Helv"): fonts})}
            ),
        }
        note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    shown = writer._add_object(note)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([shown])
    if above:
        holder[NameObject("/Kids")].append(shown)
        fields = DictionaryObject({NameObject("/Fields"): ArrayObject([note["/Parent"].indirect_reference])})
        writer.root_object[NameObject("/AcroForm")] = fields
    if password:
        writer.encrypt(password)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def last_cell(data: bytes, password: str | None = None) -> tuple[str, str]:
    (grid,) = reader.read(data, "sha", password).grids()
    return grid.cells[-1].text, grid.cells[-1].doubt


@pytest.mark.parametrize("drawn", [True, False])
@pytest.mark.parametrize(("subtype", "key"), [("/Widget", "/V"), ("/FreeText", "/Contents")])
def test_a_figure_in_a_field_or_note_is_in_its_cell(subtype: str, key: str, drawn: bool) -> None:
    assert last_cell(with_annotation(subtype, key, drawn)) == ("47", "")


@pytest.mark.parametrize("drawn", [True, False])
def test_a_field_has_the_value_of_the_field_above_it(drawn: bool) -> None:
    assert last_cell(with_annotation("/Widget", "/V", drawn, above=True)) == ("47", "")


def test_a_field_of_an_encrypted_form_is_read() -> None:
    assert last_cell(with_annotation("/Widget", "/V", True, password="a"), "a") == ("47", "")


def test_a_hidden_field_is_not_on_the_page() -> None:
    assert last_cell(with_annotation("/Widget", "/V", True, flags=2)) == ("", "")
