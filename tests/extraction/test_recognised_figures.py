"""Figures recognised on pictures: what a sum of the form proves is certain, what none would betray is not."""

from __future__ import annotations

import pytest

from gkdesk.extraction.recognised_figures import weighed_by_sums
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Note
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import UNREAD, parse_reading
from gkdesk.model.spec import load_editions

SPEC = load_editions()["2021"]
COLUMNS = ("natural", "business", "research", "welfare", "legal", "other", "total")
RECOGNISED = [Note("recognised", {"pages": "1"})]


def weighed(printed: dict[str, str], notes: list[Note]) -> dict[str, str]:
    """Rows of 表三 as weighed, from rows as recognised in an otherwise blank form; ``?`` behind what is in doubt."""
    cells = {ref: Cell(ref, parse_reading("")) for ref in SPEC.refs()}
    for row, figures in printed.items():
        for column, text in zip(COLUMNS, figures.split(), strict=True):
            reading = parse_reading("" if text == "." else text.rstrip("?"))
            ref = CellRef("t3", row, column)
            cells[ref] = Cell(ref, reading.doubted("recognition") if text.endswith("?") else reading)
    form = weighed_by_sums(FilledForm(SPEC.edition, cells.values()), SPEC, notes)
    return {row: " ".join(_said(form[CellRef("t3", row, column)]) for column in COLUMNS) for row in printed}


def _said(cell: Cell) -> str:
    return (cell.reading.raw or ".") + ("?" if cell.reading.doubts else "")


@pytest.mark.parametrize(
    ("read", "said"),
    [
        # Under a streak: the row proves its total, but no zero, and not two figures at once.
        ("12 3 . . . . 15?", "12 3 . . . . 15"),
        ("12 3 0? . . . 15", "12 3 0? . . . 15"),
        ("12? 3? . . . . 15", "12? 3? . . . . 15"),
        # A digit was lost, or a mark was taken for a figure.
        ("13 . . . 1 . 1?", "13 . . . 1 . 1?"),
        ("13 . . . 1? . 13", "13 . . . 1? . 13"),
    ],
)
def test_a_row_proves_the_one_figure_of_it_that_is_in_doubt(read: str, said: str) -> None:
    assert weighed({"new": read, "granted": read, "total": read}, RECOGNISED)["new"] == said


@pytest.mark.parametrize(
    ("read", "said"),
    [
        # The number of a page in a row with something unreadable; no other row says anything of its column.
        (f". 12 . . . {UNREAD}? .", f". 12? . . . {UNREAD}? ."),
        (f"20 {UNREAD}? . . . . 20", f"20 {UNREAD}? . . . . 20"),
        # Where the row can be added up, its sum tells.
        (". 12 . . . . .", ". 12 . . . . ."),
    ],
)
def test_a_figure_in_a_row_that_cannot_be_added_up_is_in_doubt(read: str, said: str) -> None:
    assert weighed({"denied_law": read}, RECOGNISED) == {"denied_law": said}


def test_a_figure_in_a_row_that_cannot_be_added_up_may_be_proven_by_its_column() -> None:
    rows = {"new": f"7 {UNREAD}? . . . . 9", "carried_in": "2 . . . . . 2", "total": "9 . . . . . 9"}
    assert weighed(rows, RECOGNISED)["new"] == f"7 {UNREAD}? . . . . 9?"


def test_sums_that_close_one_after_the_other_prove_what_none_does_alone() -> None:
    rows = {"new": "8? 1? . . . . 9", "carried_in": "2 . . . . . 2", "total": "10 1 . . . . 11"}
    assert weighed(rows, RECOGNISED)["new"] == "8 1 . . . . 9"


def test_a_lone_zero_among_blanks_may_be_a_ring() -> None:
    assert weighed({"new": "3 0 . . . . 3"}, RECOGNISED) == {"new": "3 0? . . . . 3"}
    assert weighed({"new": "3 0 0 0 0 0 3"}, RECOGNISED) == {"new": "3 0 0 0 0 0 3"}


def test_characters_of_a_file_are_left_alone() -> None:
    assert weighed({"new": "3 0 . . . . 3?"}, []) == {"new": "3 0 . . . . 3?"}
