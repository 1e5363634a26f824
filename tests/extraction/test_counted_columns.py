"""Text whose lines begin with their number, or whose total stands first: told by the figures, row after row."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.extraction.strips import strips
from gkdesk.extraction.tables.tall_table import read_from_strips
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.extraction.made_up_report import ZEROS, read_text, reading, report_text, rows_of_form, values

HEAD = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他"
FULL = "30 1 0 0 2 0 33"


def numbered(rows: Sequence[str], head: str = "行次", between: str = " ") -> Extracted:
    """The report with a number before the figures of every row; ``rows`` are the lines of the form."""
    lines = []
    for number, row in enumerate(rows, 1):
        label, *figures = row.split(" ")
        lines.append(between.join([label, str(number), *figures]))
    return read_text(report_text(lines).replace(HEAD, f"{HEAD.split(' ', 1)[0]} {head} {HEAD.split(' ', 1)[1]}"))


@pytest.mark.parametrize("figures", [FULL, ZEROS, "/ / / / / / /"])
@pytest.mark.parametrize("between", [" ", "\n"])
def test_numbers_of_the_lines_are_left_out(figures: str, between: str) -> None:
    extracted = numbered(rows_of_form([figures] * len(rows_of_form())), between=between)
    plain = read_text(report_text(rows_of_form([figures] * len(rows_of_form()))))
    found = [(cell.ref, cell.value, cell.state) for cell in extracted.form if cell.ref.table == "t3"]
    assert found == [(cell.ref, cell.value, cell.state) for cell in plain.form if cell.ref.table == "t3"]
    assert reading(extracted, "t3.granted.natural").state is not State.DOUBTFUL


def test_a_row_that_lost_a_blank_is_not_filled_up_with_its_number() -> None:
    rows = rows_of_form([FULL] * len(rows_of_form()))
    rows[4] = rows[4].replace(FULL, "1 0 0 2 0 3")
    extracted = numbered(rows)
    assert reading(extracted, "t3.denied_secret.natural").state is State.DOUBTFUL
    assert reading(extracted, "t3.denied_law.natural").state is State.READ


def test_first_figures_that_do_not_count_are_figures() -> None:
    rows = [f"{row.partition(' ')[0]} {number * 2} 0 0 0 0 0 {number * 2}" for number, row in enumerate(rows_of_form())]
    extracted = read_text(report_text(rows).replace("申请人情况 ", "申请人情况 行次 "))
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} <= {State.DOUBTFUL, State.MISSING}


def test_numbers_without_their_heading_leave_the_rows_in_doubt() -> None:
    extracted = numbered(rows_of_form([FULL] * len(rows_of_form())), head="备注栏")
    assert State.READ not in {cell.state for cell in extracted.form if cell.ref.table == "t3"}


def test_a_total_that_closes_the_rows_in_a_place_that_no_word_names_is_taken_for_the_total_in_doubt() -> None:
    moved = "自然人 法人或其他组织 商业企业 科研机构 社会公益组织 法律服务机构 其他"
    text = report_text(rows_of_form(["6 3 1 0 0 2 0", "4 4 0 0 0 0 0", *["2 1 1 0 0 0 0"] * 10]))
    extracted = read_text(text.replace(HEAD, f"申请人情况 {moved}"))
    assert values(extracted, "t3.new") == [3, 1, 0, 0, 2, 0, 6]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.DOUBTFUL}


def test_a_label_that_begins_again_around_its_figures_is_in_doubt() -> None:
    rows = rows_of_form([FULL] * len(rows_of_form()))
    label = rows[8].partition(" ")[0]
    rows[8] = f"{label}\n{label[:-1]} 7 7 7 7 7 7 42\n{label[-1]}"
    assert reading(read_text(report_text(rows)), "t3.denied_internal.natural").state is State.DOUBTFUL
    rows[8] = f"{label[:-1]} 7 7 7 7 7 7 42\n{label[-1]}"
    assert reading(read_text(report_text(rows)), "t3.denied_internal.natural").state is State.READ


def test_figures_below_no_label_of_the_form_are_no_table() -> None:
    table = load_editions()["2021"].table("t3")
    assert read_from_strips(table, strips(opening.read("甲乙丙丁 1 2 3\n戊己庚辛 4 5 6\n".encode()))) is None
