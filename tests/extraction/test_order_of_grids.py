"""Grids whose rows or columns stand in another order: read where the words prove it, doubted where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gkdesk.extraction.fill import extract
from gkdesk.model.content import Content, Grid
from gkdesk.model.place import Box, PagePlace
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.extraction.made_up_report import reading, values

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def read(*tables: Sequence[Sequence[str]]) -> Extracted:
    page = "".join(
        "<table>" + "".join("<tr>" + "".join(row) + "</tr>" for row in table) + "</table>" for table in tables
    )
    return extract(opening.read(f"<html><body><p>年报</p>{page}</body></html>".encode()))


def cells(*texts: object) -> list[str]:
    return [f"<td>{text}</td>" for text in texts]


def table_three(order: Sequence[int], columns: Sequence[str] = COLUMNS) -> list[list[str]]:
    """表三 with the columns in an order; the figures of each row are 1 to 7 in the order of the form."""
    rows = load_editions()["2021"].table("t3").blocks[0].rows
    head = cells("办理情况", *(columns[number] for number in order))
    return [head, *(cells(row.label[-1], *((number + 1) for number in order)) for row in rows)]


def states(extracted: Extracted, table: str) -> set[State]:
    return {cell.state for cell in extracted.form if cell.ref.table == table and cell.state is not State.MISSING}


def test_columns_named_in_another_order_are_read_under_their_names() -> None:
    extracted = read(table_three([6, 0, 2, 1, 3, 4, 5]))
    assert values(extracted, "t3.new") == [1, 2, 3, 4, 5, 6, 7]
    assert states(extracted, "t3") == {State.READ}


def test_another_order_with_a_column_of_unknown_name_is_not_certain() -> None:
    unknown = [*COLUMNS[:2], "某类机构", *COLUMNS[3:]]
    extracted = read(table_three([6, 0, 2, 1, 3, 4, 5], unknown))
    assert State.READ not in states(extracted, "t3")


def test_rows_in_another_order_are_read_by_their_labels() -> None:
    rows = table_three(range(7))
    rows[7] = cells("3.危及“三安全一稳定”", 9, 9, 9, 9, 9, 9, 9)
    rows[5], rows[7] = rows[7], rows[5]
    rows[12:16] = rows[15:11:-1]
    extracted = read(rows)
    assert values(extracted, "t3.denied_safety") == [9] * 7
    assert states(extracted, "t3") == {State.READ}


def test_a_column_more_leaves_blanks_under_their_names() -> None:
    rows = load_editions()["2021"].table("t3").blocks[0].rows
    head = cells("办理情况", "", *COLUMNS[:6], "小计", COLUMNS[6])
    natural_alone = [[f"<td colspan=2>{row.label[-1]}</td>", *cells(5, *[""] * 5, 0, "")] for row in rows]
    extracted = read([head, *natural_alone])
    assert values(extracted, "t3.new") == [5, None, None, None, None, None, None]
    assert reading(extracted, "t3.new.natural").state is State.READ
    assert reading(extracted, "t3.new.total").state is State.BLANK


def test_rows_that_lost_a_cell_and_were_filled_up_are_not_certain() -> None:
    head, *rows = table_three(range(7))
    shifted = [[*cells(""), *head], *([*row, *cells("")] for row in rows)]
    assert State.READ not in states(read(shifted), "t3")


def test_a_row_that_stands_twice_with_other_figures_is_doubtful() -> None:
    rows = table_three(range(7))
    rows.insert(6, cells("1.属于国家秘密", 9, 9, 9, 9, 9, 9, 9))
    extracted = read(rows)
    assert reading(extracted, "t3.denied_secret.natural").doubts == ("row-twice",)
    assert reading(extracted, "t3.granted.natural").state is State.READ


def test_numbers_of_columns_alone_on_the_next_page_are_no_figures() -> None:
    over, named, figures = table_four(["行政复议", "未经复议直接起诉", "复议后起诉"], OUTCOMES)
    extracted = read(table_three(range(7)), [over, named], [cells(*range(1, 16)), figures])
    assert values(extracted, "t4.review") == [21, 22, 23, 24, 25]


def table_four(blocks: Sequence[str], outcomes: Sequence[str]) -> list[list[str]]:
    over = [f"<td colspan=5>{name}</td>" for name in blocks]
    return [over, cells(*outcomes, *outcomes, *outcomes), cells(*range(21, 36))]


def test_blocks_and_outcomes_in_another_order_are_read_under_their_names() -> None:
    swapped = [OUTCOMES[number] for number in (4, 1, 0, 2, 3)]
    extracted = read(table_three(range(7)), table_four(["未经复议直接起诉", "复议后起诉", "行政复议"], swapped))
    assert values(extracted, "t4.direct") == [23, 22, 24, 25, 21]
    assert values(extracted, "t4.review") == [33, 32, 34, 35, 31]
    assert states(extracted, "t4") == {State.READ}


def test_an_outcome_named_twice_proves_nothing() -> None:
    doubled = [OUTCOMES[number] for number in (1, 1, 0, 2, 3)]
    extracted = read(table_three(range(7)), table_four(["行政复议", "未经复议直接起诉", "复议后起诉"], doubled))
    assert State.READ not in states(extracted, "t4")


def test_two_tables_in_one_grid_with_other_figures_are_never_certain() -> None:
    first = table_four(["行政复议", "未经复议直接起诉", "复议后起诉"], OUTCOMES)
    second = [*first[:2], cells(*range(41, 56))]
    assert State.READ not in states(read(table_three(range(7)), [*first, *second]), "t4")


def matrix(outcomes: Sequence[str]) -> list[list[str]]:
    names = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    return [
        cells("项目", *outcomes),
        *(cells(name, *range(10 * row, 10 * row + 5)) for row, name in enumerate(names, 1)),
    ]


def test_table_four_with_its_blocks_as_rows() -> None:
    extracted = read(table_three(range(7)), matrix(OUTCOMES))
    assert values(extracted, "t4.review") == [10, 11, 12, 13, 14]
    assert values(extracted, "t4.after_review") == [30, 31, 32, 33, 34]
    assert states(extracted, "t4") == {State.READ}


def test_a_matrix_with_a_column_of_unknown_name_is_not_read() -> None:
    assert State.READ not in states(read(table_three(range(7)), matrix(["维持否", *OUTCOMES[1:]])), "t4")


def turned(behind: Sequence[object]) -> list[list[str]]:
    rows = []
    for number, name in enumerate(["行政复议", "未经复议直接起诉", "复议后起诉"]):
        for at, outcome in enumerate(OUTCOMES):
            over = [f"<td rowspan=5>{name}</td>"] if at == 0 else []
            rows.append([*over, *cells(outcome, 5 * number + at + 20, *behind)])
    return rows


def test_table_four_with_one_outcome_a_row() -> None:
    extracted = read(table_three(range(7)), turned([]))
    assert values(extracted, "t4.direct") == [25, 26, 27, 28, 29]
    assert states(extracted, "t4") == {State.READ}


def test_two_figures_behind_an_outcome_prove_nothing() -> None:
    assert State.READ not in states(read(table_three(range(7)), turned([7])), "t4")


def torn(first: list[list[str]], *rest: list[list[str]]) -> Extracted:
    """表三 in two tables, as a page break in Word leaves it."""
    return read(first, *rest)


def with_labels(columns: int, rows: list[list[str]]) -> list[list[str]]:
    """The rows with labels over so many columns."""
    return [[row[0].replace("<td>", f"<td colspan={columns}>"), *row[1:]] for row in rows]


def test_the_rest_of_a_table_may_have_fewer_columns_for_its_labels() -> None:
    rows = table_three(range(7))
    extracted = torn(with_labels(3, rows[:24]), with_labels(2, rows[24:]))
    assert values(extracted, "t3.total") == [1, 2, 3, 4, 5, 6, 7]
    assert states(extracted, "t3") == {State.READ}


def test_the_rest_of_a_table_with_a_column_of_remarks() -> None:
    rows = [[*row, "<td>备注</td>" if number == 0 else "<td></td>"] for number, row in enumerate(table_three(range(7)))]
    extracted = torn(with_labels(3, rows[:24]), with_labels(3, rows[24:]))
    assert values(extracted, "t3.total") == [1, 2, 3, 4, 5, 6, 7]


def test_rows_of_another_width_are_not_the_rest_of_a_table() -> None:
    rows = table_three(range(7))
    short = [row[:-1] for row in rows[24:]]
    wide = [[row[0], "<td colspan=2>1</td>", *row[2:]] for row in rows[24:]]
    for rest in (with_labels(2, short), wide, with_labels(2, [*rows[24:-1], rows[-1][1:]])):
        assert reading(torn(with_labels(3, rows[:24]), rest), "t3.total.natural").state is not State.READ


def test_a_row_printed_twice_is_in_doubt_only_if_both_differ() -> None:
    rows = table_three(range(7))
    same = read([*rows[:9], rows[8], *rows[9:]])
    assert states(same, "t3") == {State.READ}
    other = read([*rows[:9], [rows[8][0], *cells(*[9] * 7)], *rows[9:]])
    doubtful = {cell.ref.row for cell in other.form if cell.state is State.DOUBTFUL}
    assert doubtful == {"denied_third_party"}


def test_a_second_table_whose_upper_header_is_torn_off_puts_the_first_in_doubt() -> None:
    three, first = table_three(range(7)), table_four(["行政复议", "未经复议直接起诉", "复议后起诉"], OUTCOMES)
    names = cells(*[""] * 5, *OUTCOMES * 2)
    assert states(read(three, first), "t4") == {State.READ}
    assert states(read(three, first, [names, first[2]]), "t4") == {State.READ}
    assert states(read(three, first, [names, cells(*[4, 2, 0, 1, 7] * 3)]), "t4") == {State.DOUBTFUL}


def on_a_page(content: Content) -> Content:
    """The grids of a page without pages as if they stood on one, a row every ten points."""

    def placed(grid: Grid) -> Grid:
        cells = tuple(
            replace(cell, place=PagePlace(1, Box(x, y, x + 9, y + 6)))
            for cell in grid.cells
            for x, y in [(40 * cell.column, 10 * cell.row)]
        )
        return replace(grid, cells=cells, page=1)

    return replace(content, blocks=tuple(placed(b) if isinstance(b, Grid) else b for b in content.blocks))


def test_an_empty_row_beside_a_row_is_no_part_of_its_figures() -> None:
    rows = table_three(range(7))
    rows = [*rows[:-1], cells(*[""] * 8), rows[-1]]
    page = "".join("<tr>" + "".join(row) + "</tr>" for row in rows)
    content = opening.read(f"<html><body><p>年报</p><table>{page}</table></body></html>".encode())
    assert states(extract(on_a_page(content)), "t3") == {State.READ}


def test_groups_in_another_order_with_one_row_for_other_outcomes() -> None:
    head, *rows = table_three(range(7))
    labels = [row[0] for row in rows]
    first = next(number for number, label in enumerate(labels) if "逾期不补正" in label)
    single = cells("（六）其他处理", 9, 9, 9, 9, 9, 9, 9)
    moved = [*rows[:2], single, *rows[2:first], *rows[first + 3 :]]
    extracted = read([head, *moved])
    assert values(extracted, "t3.closed") == [9] * 7
    assert states(extracted, "t3") == {State.READ}


def test_the_label_of_a_group_before_that_of_a_row_names_no_row() -> None:
    head, *rows = table_three(range(7))
    labels = [row[0] for row in rows]
    first = next(number for number, label in enumerate(labels) if "逾期不补正" in label)
    group = "<td>（六）其他处理</td><td>{}</td>"
    closed = [
        [group.format(name), *cells(*[number] * 7)]
        for number, name in enumerate(("1.逾期未补", "2.逾期未缴", "3.别的"), 3)
    ]
    wide = [[row[0].replace("<td>", "<td colspan=2>"), *row[1:]] for row in (head, *rows)]
    extracted = read([wide[0], *closed, *wide[1 : first + 1], *wide[first + 4 :]])
    assert State.READ not in {cell.state for cell in extracted.form if cell.ref.row.startswith("closed")}


def turned_round(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[row[column] for row in rows] for column in range(len(rows[0]))]


def test_table_three_with_its_rows_from_left_to_right() -> None:
    extracted = read(turned_round(table_three([6, 0, 1, 2, 3, 4, 5])))
    assert values(extracted, "t3.new") == values(extracted, "t3.carried_out") == [1, 2, 3, 4, 5, 6, 7]
    assert states(extracted, "t3") == {State.READ}


def test_a_turned_table_with_a_row_of_unknown_name_or_of_the_same_name_is_not_certain() -> None:
    rows = table_three(range(7))
    named = [*rows[:5], cells("1.属于某种秘密情形", *[9] * 7), *rows[6:]]
    assert State.READ not in states(read(turned_round(named)), "t3")
    doubled = [*rows[:5], cells("（二）部分公开", *[9] * 7), *rows[5:]]
    cell = reading(read(turned_round(doubled)), "t3.partial.natural")
    assert cell.state is not State.READ


def test_outcomes_in_another_order_are_told_by_the_names_above_where_no_cell_is_merged() -> None:
    changed = ("结果维持", "尚未审结", "其他结果", "结果纠正", "总计")
    none = ("",) * 4
    upper = [
        cells("行政复议", *none, "行政诉讼", *none, "", *none),
        cells(*changed, "未经复议直接起诉", *none, "复议后起诉", *none),
        cells("", *none, *OUTCOMES, *OUTCOMES),
    ]
    figures = cells(1, 2, 3, 4, 10, 0, 0, 0, 0, 0, 0, 5, 0, 0, 5)
    extracted = read(table_three(range(7)), [*upper, figures])
    assert values(extracted, "t4.review") == [1, 4, 3, 2, 10]
    assert states(extracted, "t4") == {State.READ}
    # A word among the cells that are empty: a block may end there.
    upper[1][7] = "<td>小计</td>"
    assert State.READ not in states(read(table_three(range(7)), [*upper, figures]), "t4")
