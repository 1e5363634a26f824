"""表三 and 表四 in texts that give figures apart from their labels, in an order that only the totals tell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from tests.extraction.made_up_report import read_text, report_text, values

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")

Table = list[list[int]]


def table() -> Table:
    """A table whose totals come out: 新收, 结转, 21 results, 总计, 结转下年度."""
    results = [[7 * row % 11, row % 3, row % 2, 0, row % 5, 0] for row in range(len(ROWS) - 4)]
    total = [sum(column) for column in zip(*results, strict=True)]
    carried_in, carried_out = [3, 0, 1, 0, 0, 0], [5, 1, 1, 0, 0, 0]
    new = [a + b - c for a, b, c in zip(total, carried_out, carried_in, strict=True)]
    return [[*row, sum(row)] for row in (new, carried_in, *results, total, carried_out)]


def columns(rows: Table) -> list[str]:
    """The figures of rows, column after column."""
    return [str(row[column]) for column in range(len(rows[0])) for row in rows]


def report(
    pages: Sequence[Sequence[str]], names: Sequence[str] = NAMES, labels: Sequence[str] = (), heading: str = ""
) -> Extracted:
    """A report with labels first and then the figures of each page, every one on a line of its own."""
    own = labels or [row.label[-1] for row in ROWS]
    lines = [*names, *own, "\f".join("\n\n".join(page) + "\n" for page in pages)]
    lines += ["四、政府信息公开行政复议、行政诉讼情况", "行政复议", "行政诉讼", heading]
    head = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    return read_text(report_text([]).replace(head, "").replace("五、", "\n".join([*lines, "五、"]), 1))


def cells(extracted: Extracted) -> list[list[int | None]]:
    return [[None if value is None else int(value) for value in values(extracted, f"t3.{row.id}")] for row in ROWS]


def states(extracted: Extracted, table_id: str = "t3") -> set[State]:
    return {cell.state for cell in extracted.form if cell.ref.table == table_id}


def test_whole_columns_of_each_page_are_found_and_never_certain() -> None:
    made = table()
    extracted = report([columns(made[:18]), columns(made[18:])])
    assert cells(extracted) == made
    assert states(extracted) == {State.DOUBTFUL}


def test_two_columns_in_blocks_of_rows_beside_whole_columns() -> None:
    made = table()
    together = [row[:2] for row in made]
    figures = [*columns(together[:1]), *columns(together[1:14]), *columns(together[14:])]
    assert cells(report([[*figures, *columns([row[2:] for row in made])]])) == made


def test_a_misprint_does_not_hide_the_order() -> None:
    made = table()
    made[4][6] += 9
    assert cells(report([columns(made)])) == made


def test_a_missing_figure_leaves_everything_open() -> None:
    assert states(report([columns(table())[:-1]])) <= {State.MISSING, State.DOUBTFUL}
    assert not any(value for row in cells(report([columns(table())[:-1]])) for value in row)


def test_columns_named_in_another_order_leave_the_applicants_open() -> None:
    made = [[row[1], row[0], *row[2:]] for row in table()]
    found = cells(report([columns(made)], (NAMES[1], NAMES[0], *NAMES[2:])))
    assert [row[6] for row in found] == [row[6] for row in made]
    assert not any(value for row in found for value in row[:6])


def test_a_broken_name_that_comes_before_the_others_leaves_the_order_of_the_form_in_doubt() -> None:
    made = table()
    names = ("自然人", "法律服务", "商业企业", "科研机构", "社会公益组织", "机构", "其他", "总计")
    extracted = report([columns(made)], names)
    assert cells(extracted) == made
    assert states(extracted) == {State.DOUBTFUL}


def test_labels_in_another_order_leave_everything_open() -> None:
    labels = [row.label[-1] for row in ROWS]
    labels[5], labels[7] = labels[7], labels[5]
    assert not any(value for row in cells(report([columns(table())], labels=labels)) for value in row)


def test_figures_without_a_sum_leave_everything_open() -> None:
    figures = [str(37 * number % 101) for number in range(7 * len(ROWS))]
    assert not any(value for row in cells(report([figures])) for value in row)


@pytest.mark.parametrize(("strays", "found"), [(["/"], 0), (["/", "/"], None), ([], None)])
def test_a_mark_unlike_all_other_figures_strayed_from_elsewhere(strays: Sequence[str], found: int | None) -> None:
    zeros = ["0"] * (7 * len(ROWS) - (not strays))
    extracted = report([[*zeros[:9], *strays, *zeros[9:]]])
    assert cells(extracted) == [[found] * 7] * len(ROWS)
    assert State.READ not in states(extracted)


def test_a_second_table_leaves_everything_open() -> None:
    figures = columns(table())
    extracted = report([[*figures, *figures]])
    assert State.READ not in states(extracted)
    assert not any(value for row in cells(extracted) for value in row)


@pytest.mark.parametrize(
    ("figures", "heads", "found"),
    [
        ("1 2 0 1 4 3 0 0 0 3 0 0 1 0 1", "维持 纠正", True),
        ("1 2 0 1 4 3 0 0 0 3 0 0 1 0 1", "纠正 维持", False),
        ("1 3 0 2 0 0 0 0 1 1 0 1 4 3 1", "维持 纠正", False),
    ],
)
def test_figures_of_table_four_need_totals_and_heads_in_order(figures: str, heads: str, found: bool) -> None:
    lines = ["未经复议直接起诉", "复议后起诉", "结果 结果 其他 尚未 总计", heads + " 结果 审结", *figures.split(" ")]
    lines.insert(-8, "（件）")
    extracted = report([columns(table())], heading="\n\n".join(lines))
    assert (values(extracted, "t4.review") == [1, 2, 0, 1, 4]) is found
    assert State.READ not in states(extracted, "t4")
