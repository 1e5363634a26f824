"""What is filled in from tables drawn of characters whose rules do not prove their cells."""

from __future__ import annotations

from gkdesk.model.reading import State
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form

RULE = "├────┼───┤"


def test_in_a_drawn_table_without_rules_between_rows_nothing_is_certain_and_no_cell_blank() -> None:
    rows = ["│ " + row.replace(" ", " │ ") + " │" for row in rows_of_form(["5 1 0 0 0 0 6", "3 0 0 0 0 1 4"])]
    extracted = read_text(report_text([RULE, *rows, RULE]))
    assert reading(extracted, "t3.new.total").value == 6
    states = {cell.as_read.state for cell in extracted.form if cell.ref.table == "t3"}
    assert states <= {State.DOUBTFUL, State.MISSING}
