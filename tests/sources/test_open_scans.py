"""Tables of scans with rules between their rows only: the edges of pages cut through groups, and leave single rows."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from gkdesk.sources.layout.marks import Rule
from gkdesk.sources.layout.open_columns import OpenTable, rows_going_on, table_of_rows

COLUMNS = ((300.0, 20.0), (360.0, 20.0), (420.0, 20.0), (480.0, 20.0))
Row = list[tuple[float, float]]


def rules(count: int) -> list[Rule]:
    return [Rule(100.0 + 25 * number, 80.0, 520.0) for number in range(count)]


def figures() -> Row:
    return [(left, left + width) for left, width in COLUMNS]


def borders(table: OpenTable | None) -> int:
    return 0 if table is None else len(table.columns.borders)


def test_a_group_that_begins_in_the_last_row_of_a_page_keeps_no_table_from_having_columns() -> None:
    rows = [[(110.0, 250.0), *figures()] for _ in range(4)]
    rows.append([(84.0, 100.0), (112.0, 180.0), *figures()])
    assert borders(table_of_rows(rules(6), rows)) == 5


def test_something_drawn_once_between_figures_is_no_column() -> None:
    rows = [[(110.0, 250.0), *figures()] for _ in range(4)]
    rows.append([(110.0, 250.0), (300.0, 320.0), (335.0, 345.0), *figures()[1:]])
    assert table_of_rows(rules(6), rows) is None


def test_few_rows_go_on_only_below_the_columns_of_the_page_before() -> None:
    before = table_of_rows(rules(6), [[(110.0, 250.0), *figures()] for _ in range(5)])
    assert before is not None
    one = [[(120.0, 200.0), *figures()[:1], *figures()[2:]]]
    found = rows_going_on(rules(2), one, before.columns)
    assert found is not None
    assert found.columns.borders == before.columns.borders
    moved = [[(120.0, 200.0), *((left + 30, right + 30) for left, right in figures()[:3])]]
    assert rows_going_on(rules(2), moved, before.columns) is None
