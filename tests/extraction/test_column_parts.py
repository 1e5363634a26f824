"""Tables whose columns stand in several tables or on several pages: put together where their rows are the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import pytest

from gkdesk.extraction.fill import read_tables
from gkdesk.model.reading import Number, State
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.sources.pdf_maker import Sheet, make_pdf

SPEC = load_editions()["2021"]
ROWS, COLUMNS = SPEC.table("t3").blocks[0].rows, SPEC.table("t3").blocks[0].columns
LABELS = [row.label[-1] for row in ROWS]
NAMES = [column.label[-1] for column in COLUMNS]
FIGURES = [[str(100 * row + column) for column in range(7)] for row in range(len(ROWS))]
HEIGHT = 20.0


def read(data: bytes) -> dict[str, Number | None]:
    """The cells of 表三 that are read for certain, by row and column."""
    readings = read_tables(opening.read(data), SPEC)
    found = (cell for reading in readings if reading.table == "t3" for cell in reading.cells)
    return {
        f"{cell.ref.row}.{cell.ref.column}": cell.reading.value for cell in found if cell.reading.state is State.READ
    }


WHOLE = {f"{row.id}.{column.id}": int(FIGURES[y][x]) for y, row in enumerate(ROWS) for x, column in enumerate(COLUMNS)}


def part(first: int, last: int, labels: Sequence[str] | None = None, rows: range | None = None) -> list[list[str]]:
    """Rows of a table with columns of the form, below their names; with labels before them or not."""
    body = [FIGURES[number][first:last] for number in rows or range(len(ROWS))]
    if labels is None:
        return [NAMES[first:last], *body]
    return [["项目", *NAMES[first:last]], *([label, *row] for label, row in zip(labels, body, strict=True))]


def table(rows: Iterable[Sequence[str]]) -> str:
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
        + "</table>"
    )


def test_halves_with_the_same_labels_are_one_table() -> None:
    page = table(part(0, 4, LABELS)) + "<p>（续）</p>" + table(part(4, 7, LABELS))
    assert read(page.encode()) == WHOLE


@pytest.mark.parametrize(
    "halves",
    [
        (part(0, 4, LABELS), part(4, 7, [*LABELS[1:], LABELS[0]])),
        (part(0, 4, LABELS), part(4, 6, LABELS)),
        (part(0, 4, LABELS), part(3, 7, LABELS)),
        (part(0, 4, LABELS), part(4, 7, LABELS), part(4, 7, LABELS)),
        (part(0, 4, LABELS), part(4, 7)),
        (part(0, 4, LABELS), [[*row, "9"] for row in part(4, 7, LABELS)]),
    ],
)
def test_halves_that_are_not_surely_of_the_same_rows_are_left_apart(halves: Sequence[list[list[str]]]) -> None:
    assert read("".join(map(table, halves)).encode()) == {}


def test_labels_that_stay_in_view_beside_their_figures_are_one_table() -> None:
    beside = "<table><tr><td>{}</td><td>{}</td></tr></table>"
    labels = [["项目"], *([label] for label in LABELS)]
    assert read(beside.format(table(labels), table(part(0, 7))).encode()) == WHOLE
    short = part(0, 7)[:-1]
    assert read(beside.format(table(labels), table(short)).encode()) == {}
    assert read(beside.format(table(labels), table([*short, ["", *FIGURES[0][1:]]])).encode()) != WHOLE


def test_half_of_the_rows_beside_the_others_are_one_table() -> None:
    left, right = part(0, 7, LABELS[:13], range(13)), part(0, 7, LABELS[13:], range(13, len(ROWS)))
    empty = [[""] * 8] * (len(left) - len(right))
    beside = [[*one, *other] for one, other in zip(left, [*right, *empty], strict=True)]
    assert read(table(beside).encode()) == WHOLE
    # The same rows twice are two tables, and which of them counts is not known.
    other = [
        ["项目", *NAMES],
        *([label, *(figure + "1" for figure in row)] for label, row in zip(LABELS, FIGURES, strict=True)),
    ]
    twice = [[*one, *another] for one, another in zip(part(0, 7, LABELS), other, strict=True)]
    assert read(table(twice).encode()).items() <= WHOLE.items()


def pages(*parts: list[list[str]], tops: Sequence[float] = ()) -> bytes:
    """A PDF with each part on a page of its own."""
    sheets: list[Sheet] = []
    for number, rows in enumerate(parts):
        sheet = Sheet(width=1200, height=842)
        widths = [90.0] * len(rows[0]) if rows[0][0] != "项目" else [700.0, *[90.0] * (len(rows[0]) - 1)]
        sheet.table(40, tops[number] if tops else 60, widths, HEIGHT, rows)
        sheets.append(sheet)
    return make_pdf(*sheets)


def test_pages_that_end_between_columns_are_one_table() -> None:
    assert read(pages(part(0, 3, LABELS), part(3, 7))) == WHOLE
    assert read(pages(part(0, 3, LABELS), part(3, 6), part(6, 7))) == WHOLE


def test_pages_that_end_between_rows_and_columns_are_one_table() -> None:
    upper, lower = range(14), range(14, len(ROWS))
    left = part(0, 3, LABELS[:14], upper), part(0, 3, LABELS[14:], lower)
    right = part(3, 7, rows=upper), part(3, 7, rows=lower)
    assert read(pages(*left, *right)) == WHOLE
    assert read(pages(left[0], right[0], left[1], right[1])) == WHOLE


def test_pages_whose_rows_are_not_equally_high_are_left_apart() -> None:
    assert read(pages(part(0, 3, LABELS), part(3, 7), tops=(60, 70))) == {}
    assert read(pages(part(0, 3, LABELS), part(3, 7)[:-1])) == {}


def test_pages_with_the_same_rows_that_may_have_come_in_another_order_are_left_apart() -> None:
    upper, lower = range(12), range(12, 24)
    left = part(0, 3, LABELS[:12], upper), part(0, 3, LABELS[12:24], lower)
    assert read(pages(*left, part(3, 7, rows=lower), part(3, 7, rows=upper))) == {}
