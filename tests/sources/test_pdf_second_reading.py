"""The second reading: it agrees where the file is sound, and a disagreement marks exactly the cells in dispute."""

from __future__ import annotations

import pytest

from gkdesk.model.content import Content, GridCell
from gkdesk.model.place import Box
from gkdesk.sources.layout.marks import Glyph
from gkdesk.sources.pdf import reader
from gkdesk.sources.pdf.second_reading import Piece, PlacedText, SecondReader, compare
from tests.sources.pdf_maker import Sheet, make_pdf

ROWS = (("一、本年新收", "3001", "53"), ("二、上年结转", "34", ""))


def made() -> bytes:
    sheet = Sheet()
    sheet.table(100, 100, (120, 80, 80), 30, ROWS)
    return make_pdf(sheet)


def doubtful(content: Content) -> list[GridCell]:
    return [cell for grid in content.grids() for cell in grid.cells if cell.doubt]


def read_with(monkeypatch: pytest.MonkeyPatch, change: dict[str, str]) -> Content:
    """Read the table while the second reader takes some figures for others."""
    original = SecondReader.pieces

    def misread(self: SecondReader, page: int) -> list[Piece] | None:
        pieces = original(self, page)
        assert pieces is not None
        return [piece._replace(text=change.get(piece.text, piece.text)) for piece in pieces]

    monkeypatch.setattr(SecondReader, "pieces", misread)
    return reader.read(made(), "sha")


def test_a_sound_file_raises_no_doubt() -> None:
    content = reader.read(made(), "sha")
    assert doubtful(content) == []
    assert content.notes == ()


@pytest.mark.parametrize(("misread", "as_"), [("3001", "3007"), ("3001", "301"), ("53", "5"), ("34", "3.4")])
def test_a_disagreement_is_a_doubt_about_that_cell(monkeypatch: pytest.MonkeyPatch, misread: str, as_: str) -> None:
    (cell,) = doubtful(read_with(monkeypatch, {misread: as_}))
    assert (cell.text, cell.doubt) == (misread, "two-readings")


def test_a_figure_only_the_second_reading_sees_is_a_doubt_about_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    original = SecondReader.pieces

    def seeing_more(self: SecondReader, page: int) -> list[Piece] | None:
        pieces = original(self, page)
        return None if pieces is None else [*pieces, Piece("7", 310, 842 - 149, 10, 10, 0)]

    monkeypatch.setattr(SecondReader, "pieces", seeing_more)
    (cell,) = doubtful(reader.read(made(), "sha"))
    assert (cell.row, cell.column, cell.text) == (1, 2, "")


@pytest.mark.parametrize("pieces", [None, []])
def test_without_a_second_reading_there_is_a_note_and_no_doubt(
    monkeypatch: pytest.MonkeyPatch, pieces: list[Piece] | None
) -> None:
    monkeypatch.setattr(SecondReader, "pieces", lambda self, page: pieces)
    content = reader.read(made(), "sha")
    assert doubtful(content) == []
    assert [(note.code, note.arguments) for note in content.notes] == [("second-reading-missing", {"pages": "1"})]


def test_a_file_pypdf_cannot_open_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SecondReader, "open", classmethod(lambda cls, data, password: None))
    content = reader.read(made(), "sha")
    assert [cell.text for grid in content.grids() for cell in grid.cells] == [text for row in ROWS for text in row]
    assert [note.code for note in content.notes] == ["second-reading-missing"]


def test_pypdf_decodes_every_string_at_its_place() -> None:
    reader = SecondReader.open(made(), None)
    assert reader is not None
    pieces = reader.pieces(0) or []
    assert {piece.text for piece in pieces} == {text for row in ROWS for text in row if text}
    (piece,) = [piece for piece in pieces if piece.text == "3001"]
    assert (piece.x, piece.y, piece.size) == pytest.approx((224, 723, 10))


def test_every_way_to_move_the_pen_is_followed() -> None:
    sheet = Sheet()
    sheet.operators.append(
        "q 2 0 0 2 0 0 cm BT /F1 5 Tf 12 TL 50 300 Td (1) Tj 0 -10 TD (2) Tj T* (3) Tj (4) ' 0 0 (5) \" ET Q "
        "BT /F1 10 Tf 0 1 -1 0 300 300 Tm [(6) -200 (7)] TJ ET"
    )
    reader = SecondReader.open(make_pdf(sheet), None)
    assert reader is not None
    places = {piece.text: (piece.x, piece.y, piece.across, piece.up) for piece in reader.pieces(0) or []}
    assert places == {
        "1": (100, 600, 10, 0),
        "2": (100, 580, 10, 0),
        "3": (100, 560, 10, 0),
        "4": (100, 540, 10, 0),
        "5": (100, 520, 10, 0),
        "67": (300, 300, 0, 10),
    }


def glyphs(text: str, y: float = 100) -> list[Glyph]:
    """The digits of ``text`` ten points apart."""
    return [
        Glyph(character, Box(x, y - 8, x + 6, y), Box(x, y - 8, x + 6, y), x, y, 10)
        for x, character in zip(range(0, 10 * len(text), 10), text, strict=True)
        if character != " "
    ]


def test_rows_are_compared_whatever_the_strings_are_cut_into() -> None:
    row = glyphs("12 345")
    for cut in ([("12345", 0)], [("1", 0), ("2345", 10)], [("12", 0), ("345", 30)]):
        outcome = compare(row, [PlacedText(text, x, 100.3) for text, x in cut])
        assert (outcome.rows, outcome.compared, outcome.glyphs) == (1, 1, frozenset())


def test_full_width_digits_are_the_same_digits() -> None:
    assert compare(glyphs("12"), [PlacedText("\uff11\uff12", 0, 100)]).glyphs == frozenset()


def test_a_row_the_second_reading_lacks_is_not_compared() -> None:
    outcome = compare(glyphs("12") + glyphs("34", y=200), [PlacedText("12", 0, 100)])
    assert (outcome.rows, outcome.compared, outcome.glyphs) == (2, 1, frozenset())


def test_only_the_digits_that_differ_are_in_dispute() -> None:
    row = glyphs("12 345 6")
    outcome = compare(row, [PlacedText("12", 0, 100), PlacedText("385", 30, 100), PlacedText("6", 70, 100)])
    assert {glyph.text for glyph in outcome.glyphs} == {"4"}
