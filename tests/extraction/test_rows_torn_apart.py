"""Rows of 表三 whose figures stand on several lines of a text, between labels and page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gkdesk.extraction.fill import extract
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.extraction.made_up_report import read_text, report_text, values

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
OLD_HEAD = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
NAMES = OLD_HEAD.strip()
TORN = ("自然", "法人或其他组织", "科研 社会公益 法律服务 其 总计", "人 商业企", "业 机构 组织 机构 他")
BEHIND = "四、政府信息公开行政复议、行政诉讼情况"


def row_of(number: int) -> list[int]:
    parts = [10 + 7 * number % 11, number % 4, number % 3, number % 5, 1, number % 2]
    return [*parts, sum(parts)]


def report(head: Sequence[str], rows: Sequence[str]) -> Extracted:
    text = report_text([]).replace(OLD_HEAD, "")
    return read_text(text.replace("五、", "\n".join([*head, *rows, BEHIND, "五、"]), 1))


def states(extracted: Extracted) -> set[State]:
    return {cell.state for cell in extracted.form if cell.ref.table == "t3"}


def on_three_lines() -> list[str]:
    """Every row on three lines; that of one stands before its label."""
    lines: list[str] = []
    for number, row in enumerate(ROWS):
        figures = [str(value) for value in row_of(number)]
        own = [" ".join(figures[:3]), figures[3], " ".join(figures[4:])]
        lines += [*own, row.label[-1]] if number == 7 else [row.label[-1], *own]
    return lines


def test_pieces_of_names_prove_columns_whose_rows_stand_on_several_lines() -> None:
    extracted = report(TORN, on_three_lines())
    assert values(extracted, f"t3.{ROWS[7].id}") == row_of(7)
    assert states(extracted) == {State.READ}


@pytest.mark.parametrize(
    "head",
    [
        ("自然", "法人或其他组织", "商业 社会公益 法律服务 其 总计", "人 科研机", "构 企业 组织 机构 他"),
        ("自然", "法人或其他组织", "科研 社会公益 法律服务 总计 其", "人 商业企", "业 机构 组织 机构 他"),
        ("自然", "法人或其他组织", "科研 社会公益 法律服务 其 总计", "商业企 人", "业 机构 组织 机构 他"),
    ],
)
def test_pieces_of_names_in_another_order_prove_nothing(head: Sequence[str]) -> None:
    assert State.READ not in states(report(head, on_three_lines()))


def one_a_line(page_end: Sequence[str], lacking: bool = False) -> list[str]:
    """Every figure on a line of its own, and a page that ends behind the fifth row, which may lack its last figure."""
    lines: list[str] = []
    for number, row in enumerate(ROWS):
        figures = [str(value) for value in row_of(number)]
        lines += [row.label[-1], *(figures[:-1] if lacking and number == 4 else figures)]
        lines += page_end if number == 4 else []
    return lines


@pytest.mark.parametrize("end", [["-", "3 -\f"], ["- ", "3 -", "\f"], ["- 3 -\f"]])
def test_a_page_number_broken_behind_its_dash_is_no_mark_for_nothing(end: Sequence[str]) -> None:
    extracted = report([NAMES], one_a_line(end))
    assert values(extracted, f"t3.{ROWS[4].id}") == row_of(4)
    assert states(extracted) == {State.READ}


@pytest.mark.parametrize("end", [["-", "3 -\f"], ["3 -\f"], ["3\f"]])
def test_what_is_left_of_a_page_number_is_never_the_figure_that_lacks(end: Sequence[str]) -> None:
    extracted = report([NAMES], one_a_line(end, lacking=True))
    assert not any(
        cell.state is State.READ and cell.ref.column == "total" and cell.value == 3
        for cell in extracted.form
        if cell.ref.row == ROWS[4].id
    )


def test_a_number_within_its_label_tells_the_row() -> None:
    # In narrow cells `重复`, `2.` and `申请` stand on lines of their own, right below the label of a row of blanks.
    path = Path(__file__).parent / "documents" / "numbers-inside-labels.txt"
    extracted = extract(opening.read(path.read_bytes()))
    assert values(extracted, "t3.rejected_repeat") == [1, 0, 0, 0, 0, 0, 1]
    above = [cell.state for cell in extracted.form if cell.ref.row == "rejected_petition"]
    assert State.READ not in above
