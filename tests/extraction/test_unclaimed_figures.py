"""Texts of converters in which figures are left over: rows beside them may have another row's, or other columns'."""

from __future__ import annotations

from collections.abc import Sequence

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from tests.extraction.made_up_report import ZEROS, read_text, report_text, rows_of_form

ROWS = [row.id for row in load_editions()["2021"].table("t3").blocks[0].rows]


def states(extracted: Extracted, row: str) -> set[State]:
    return {cell.state for cell in extracted.form if str(cell.ref).startswith(f"t3.{row}.")}


def with_lines(row: str, lines: Sequence[str]) -> list[str]:
    """The rows of 表三, ``row`` and the next one replaced by ``lines``, with their labels for ``{0}`` and ``{1}``."""
    rows = rows_of_form(["3 1 0 0 0 0 4"])
    at = ROWS.index(row)
    labels = [line.removesuffix(ZEROS).strip() for line in rows[at : at + 2]]
    return [*rows[:at], *(line.format(*labels) for line in lines), *rows[at + 2 :]]


def test_figures_before_a_label_without_any_may_be_its_own_where_others_are_left_over() -> None:
    told = ["{0}", "16 3 1 1 0 1 22", "{1}"]
    assert states(read_text(report_text(with_lines("closed_not_amended", told))), "closed_not_amended") == {State.READ}
    left = ["1 0 0 1", *told]
    found = states(read_text(report_text(with_lines("closed_not_amended", left))), "closed_not_amended")
    assert not found & {State.READ, State.BLANK}


def test_a_row_with_blanks_is_in_doubt_where_cells_hold_the_figures_of_two_columns() -> None:
    labels = [line.removesuffix(ZEROS).strip() for line in rows_of_form()]
    at = ROWS.index("closed_fee_unpaid")
    head = ["|  | 自然 | 商业企 科研 | 社会公益 | 法律服务 | 其 | 总计 |", "|---|---|---|---|---|---|---|"]
    rows = [f"| {label} | 3 | 1 2 | 0 | 0 | 0 | 6 |" for label in labels]
    rows[at] = (
        f"| {labels[at][:20]} |  |  |  |  |  |  |\n|  | 5 | 1 |  | 2 | / | 8 |\n| {labels[at][20:]} |  |  |  |  |  |  |"
    )
    assert State.READ not in states(read_text(report_text([*head, *rows])), "closed_fee_unpaid")
