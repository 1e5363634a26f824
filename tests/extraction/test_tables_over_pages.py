"""A table that goes on where its page lies otherwise: other margins, two pages beside each other, a photograph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from gkdesk.extraction.fill import read_tables
from gkdesk.extraction.labels import is_misread
from gkdesk.extraction.tables.header import find_header
from gkdesk.extraction.tables.page_edges import goes_on
from gkdesk.model.content import Content, Grid, GridCell, Line, SourceKind
from gkdesk.model.place import Box, PagePlace
from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions

COLUMNS = next(table for table in load_editions()["2021"].tables if table.id == "t3").blocks[0].columns
EDGES = (80.0, 280.0, 315.0, 350.0, 385.0, 420.0, 455.0, 490.0, 525.0)
NAMES = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def grid(page: int, *rows: Sequence[str], edges: Sequence[float] = EDGES) -> Grid:
    cells = tuple(
        GridCell(row, column, 1, 1, text, PagePlace(page, Box(edges[column], 0, edges[column + 1], 10)))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    width = len(edges) - 1
    return Grid(page, len(rows), width, cells, page=page, left_edges=tuple(edges[:-1]), right_edges=tuple(edges[1:]))


def moved(by: float, scale: float = 1.0, **off: float) -> list[float]:
    """The edges elsewhere, and some of them ``off`` by so much more."""
    return [80 + (edge - 80) * scale + by + off.get(f"e{index}", 0.0) for index, edge in enumerate(EDGES)]


@pytest.mark.parametrize(
    "edges", [moved(0), moved(24), moved(-30, 1.08), moved(12, 0.96, e2=4.5, e3=-4), moved(5, 0.98, e5=8)]
)
def test_columns_are_carried_to_where_they_stand_alike(edges: list[float]) -> None:
    header = find_header(grid(1, NAMES), COLUMNS, range(1))
    assert header is not None
    carried = header.carried_to(grid(2, tuple("x1234567"), edges=edges))
    assert carried is not None
    assert [column.left for column in carried.columns] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("edges", [moved(0, e1=-60), moved(24, e4=14), [80 + 30 * number for number in range(9)]])
def test_columns_are_not_carried_to_a_table_of_other_columns(edges: list[float]) -> None:
    header = find_header(grid(1, NAMES), COLUMNS, range(1))
    assert header is not None
    assert header.carried_to(grid(2, tuple("x1234567"), edges=edges)) is None


def test_a_table_goes_on_over_other_margins_and_on_the_right_page_of_two() -> None:
    row = tuple("x1234567")
    assert goes_on(grid(1, row), grid(2, row, edges=moved(24)))
    assert goes_on(grid(1, row), grid(1, row, edges=moved(600)))
    assert not goes_on(grid(1, row), grid(1, row))
    assert not goes_on(grid(1, row), grid(2, row, edges=moved(24, e4=14)))
    assert not goes_on(grid(1, row), grid(2, row, edges=moved(24, 1.6)))


def test_rows_in_lines_before_a_page_end_do_not_lose_those_in_a_grid_behind_it() -> None:
    spec = load_editions()["2021"]
    rows = [row for table in spec.tables if table.id == "t3" for row in table.blocks[0].rows]
    figures = ("1", "0", "0", "0", "0", "2", "3")
    place = PagePlace(1, Box(80, 700, 520, 710))
    texts = [" ".join(NAMES[1:]), *(" ".join(("".join(row.label), *figures)) for row in rows[:3])]
    lines = tuple(Line(text, place, page=1) for text in texts)
    below = grid(2, *(("".join(row.label), *figures) for row in rows[3:]))
    content = Content(SourceKind.PICTURE, "", (*lines, below))
    (found,) = (table for table in read_tables(content, spec) if table.table == "t3")
    assert {cell.ref.row for cell in found.cells} == {row.id for row in rows}


def test_one_character_of_a_name_may_be_misread_but_not_two_nor_one_of_a_short_name() -> None:
    assert is_misread(("行政处罚",), "行攻处罚")
    assert not is_misread(("行政处罚",), "行政许可")
    assert not is_misread(("行政处罚",), "行政处罚")
    assert not is_misread(("规章",), "规意")


@pytest.mark.parametrize(("doubt", "states"), [("recognition", {State.DOUBTFUL}), ("", {State.BLANK})])
def test_a_row_without_figures_at_the_head_of_a_page_is_blank_only_with_its_whole_label(
    doubt: str, states: set[State]
) -> None:
    spec = load_editions()["2021"]
    labels = ["".join(row.label) for table in spec.tables if table.id == "t3" for row in table.blocks[0].rows]
    rows = [(label, *("1000001" if number != 9 else [""] * 7)) for number, label in enumerate(labels)]
    first, rest = grid(1, NAMES, *rows[:9]), grid(2, *rows[9:])
    cells = tuple(replace(cell, doubt=doubt) if (cell.row, cell.column) == (0, 0) else cell for cell in rest.cells)
    content = Content(SourceKind.PDF, "sha", (first, replace(rest, cells=cells)))
    (found,) = (table for table in read_tables(content, spec) if table.table == "t3")
    assert {cell.reading.state for cell in found.cells if cell.reading.value is None} == states


@pytest.mark.parametrize(("rest", "state"), [("件", State.READ), ("物", State.MISSING)])
def test_a_name_of_the_second_table_torn_by_the_end_of_a_page(rest: str, state: State) -> None:
    edges = (80.0, 200.0, 300.0, 400.0, 500.0)
    head = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    before = grid(
        1,
        ("第二十条第（一）项", "", "", ""),
        head,
        ("规章", "0", "1", "2"),
        ("行政规范性文", "7", "5", "46"),
        edges=edges,
    )
    decided = [("信息内容", "本年处理决定数量")]
    for name, figure in (("行政许可", "12"), ("行政处罚", "3"), ("行政强制", "4")):
        decided.append((name, figure))
    after = grid(2, (rest, "", "", ""), *((*pair, "", "") for pair in decided), edges=edges)
    readings = read_tables(Content(SourceKind.PDF, "sha", (before, after)), load_editions()["2021"])
    found = {str(cell.ref): cell.reading for reading in readings for cell in reading.cells}
    torn = [found.get(f"t2.normative.{column}") for column in ("made", "repealed", "valid")]
    assert [reading.state if reading is not None else State.MISSING for reading in torn] == [state] * 3


def test_names_of_columns_again_in_the_middle_of_a_page_are_no_figures_of_it() -> None:
    spec = load_editions()["2021"]
    labels = ["".join(row.label) for table in spec.tables if table.id == "t3" for row in table.blocks[0].rows]
    rows = [(label, *("1", "", "", "", "", "", "1")) for label in labels]
    again = (
        ("", "", "", "", "申请人情况", "", "", ""),
        ("", "自然人", "", "", "法人或其他组织", "", "", "总计"),
        NAMES,
    )
    content = Content(SourceKind.PDF, "sha", (grid(1, NAMES, *rows[:9]), grid(2, *rows[9:11], *again, *rows[11:])))
    (found,) = (table for table in read_tables(content, spec) if table.table == "t3")
    assert found.strays == ()
    assert [cell.reading.value for cell in found.cells] == [1, None, None, None, None, None, 1] * len(rows)


@pytest.mark.parametrize(
    ("upper", "lower", "first"),
    [
        (("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"), ("",) * 5, (1, 2, 3, 4, 10)),
        (("结果", "尚未", "其他", "结果", "总计"), ("维持", "审结", "结果", "纠正", ""), (1, 4, 3, 2, 10)),
        (("结果", "尚未", "其他", "结果", "总计"), ("维持", "结果", "结果", "纠正", ""), None),
    ],
)
def test_names_of_the_last_table_torn_where_its_blocks_have_no_columns_yet(
    upper: Sequence[str], lower: Sequence[str], first: Sequence[int] | None
) -> None:
    spec = load_editions()["2021"]
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    edges = [80.0 + 30 * number for number in range(16)]
    wide = [*edges[:6], edges[10], edges[15]]
    above = grid(
        1, ("行政复议", "", "", "", "", "行政诉讼", ""), (*upper, "未经复议直接起诉", "复议后起诉"), edges=wide
    )
    merged = [replace(cell, column_span=5 if cell.row == cell.column == 0 else 1) for cell in above.cells]
    above = replace(above, cells=tuple(cell for cell in merged if cell.row or cell.column in (0, 5, 6)))
    below = grid(2, (*lower, *outcomes, *outcomes), tuple("1234") + ("10",) + ("0",) * 10, edges=edges)
    (reading,) = read_tables(Content(SourceKind.PDF, "sha", (above, below)), spec)
    found = [cell.reading for cell in reading.cells if cell.ref.row == "review"]
    if first is None:
        assert State.READ not in {own.state for own in found}
    else:
        assert [own.value for own in found] == list(first)
        assert {own.state for own in found} == {State.READ}
