"""A figure that somebody struck out or covered with an annotation is in doubt, one that is highlighted is not."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, PdfObject

from gkdesk.sources.pdf import reader

from .pdf_maker import Sheet, make_pdf

ROWS = (("规章", "963"), ("文件", "41"))
OVER = (160.0, 725.0, 190.0, 737.0)
"""Over the 963, counted from below."""


def numbers(*values: float) -> ArrayObject:
    return ArrayObject(FloatObject(value) for value in values)


def figures(subtype: str, rotate: int = 0, **more: PdfObject) -> list[tuple[str, str]]:
    """The figures of the table and their doubts, with an annotation over the first one."""
    sheet = Sheet(rotate=rotate)
    sheet.table(60, 100, (100, 60), 20, ROWS)
    writer = PdfWriter(PdfReader(io.BytesIO(make_pdf(sheet))))
    note = {"Type": NameObject("/Annot"), "Subtype": NameObject(subtype), "Rect": numbers(*OVER), **more}
    keyed = DictionaryObject({NameObject("/" + key): value for key, value in note.items()})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(keyed)])
    file = io.BytesIO()
    writer.write(file)
    grids = reader.read(file.getvalue(), "sha").grids()
    return [(cell.text, cell.doubt) for grid in grids for cell in grid.cells if cell.column == 1]


LEFT, BOTTOM, RIGHT, TOP = OVER
QUAD = numbers(LEFT, TOP, RIGHT, TOP, LEFT, BOTTOM, RIGHT, BOTTOM)


@pytest.mark.parametrize("rotate", [0, 90])
@pytest.mark.parametrize(
    ("subtype", "more"),
    [
        ("/StrikeOut", {"QuadPoints": QUAD}),
        ("/Ink", {"InkList": ArrayObject([numbers(LEFT, BOTTOM, RIGHT, TOP)])}),
        ("/Line", {"L": numbers(LEFT, 731, RIGHT, 732)}),
    ],
)
def test_a_figure_that_a_reviewer_crossed_out_is_in_doubt(
    subtype: str, more: dict[str, PdfObject], rotate: int
) -> None:
    assert figures(subtype, rotate, **more) == [("963", "struck-out"), ("41", "")]


@pytest.mark.parametrize(("subtype", "more"), [("/Square", {"IC": numbers(1, 1, 1)}), ("/Redact", {}), ("/Stamp", {})])
def test_a_figure_that_is_covered_is_not_read(subtype: str, more: dict[str, PdfObject]) -> None:
    assert figures(subtype, **more) == [("", "hidden-text"), ("41", "")]


@pytest.mark.parametrize("subtype", ["/Highlight", "/Underline", "/Square", "/Link"])
def test_what_only_points_at_a_figure_changes_nothing(subtype: str) -> None:
    assert figures(subtype, QuadPoints=QUAD) == [("963", ""), ("41", "")]


def test_a_seal_over_a_figure_leaves_it_legible() -> None:
    assert figures("/Stamp", Rect=numbers(100, 650, 220, 770)) == [("963", ""), ("41", "")]
