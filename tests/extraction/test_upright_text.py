"""Pages whose text comes one character a line, as PDFium gives those with a label written upright."""

from __future__ import annotations

import pytest

from gkdesk.model.place import TextPlace
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import ZEROS, read_text, report_text, rows_of_form, values

HEAD = "申请人情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"


def upright(rows: list[str], first: int = 2) -> Extracted:
    """A report of which 表三 has its rows from number ``first`` on with one character a line."""
    torn = ["\r\n".join(row.replace(" ", "")) for row in rows[first:]]
    return read_text(report_text([HEAD, *rows[:first], *torn]))


def states(extracted: Extracted, row: str) -> list[State]:
    return [cell.state for cell in extracted.form if str(cell.ref).startswith(f"t3.{row}.")]


def rows_with(figures: str) -> list[str]:
    """The rows of the form, 予以公开 with other figures than zeros."""
    return rows_of_form([ZEROS, ZEROS, figures])


def test_figures_whose_digits_have_a_line_each_are_put_together() -> None:
    extracted = upright(rows_with("41 / / 3 / / 44"))
    assert values(extracted, "t3.granted") == [41, None, None, 3, None, None, 44]
    assert set(states(extracted, "granted")) == {State.READ, State.BLANK}
    assert set(states(extracted, "carried_out")) == {State.READ}
    place = next(cell.place for cell in extracted.form if str(cell.ref) == "t3.granted.total")
    assert isinstance(place, TextPlace)
    assert place.end - place.start == len("4\r\n4")


def test_the_mark_无_is_told_from_the_无_of_a_label() -> None:
    rows = [row.replace(" 0", " 无") for row in rows_of_form()]
    extracted = upright(rows)
    assert set(states(extracted, "denied_inquiry") + states(extracted, "unable_not_held")) == {State.BLANK}


def test_digits_that_close_in_two_ways_are_doubtful() -> None:
    extracted = upright(rows_with("77 1 / / / / 78"))
    assert values(extracted, "t3.granted")[-1] == 78
    assert set(states(extracted, "granted")) == {State.DOUBTFUL}


@pytest.mark.parametrize("figures", ["41 0 0 3 0 0 45", "12 0 0 0 0 0 1"])
def test_digits_that_close_in_no_way_are_doubtful(figures: str) -> None:
    assert set(states(upright(rows_with(figures)), "granted")) == {State.DOUBTFUL}


def test_where_blanks_left_no_trace_digits_are_never_put_together() -> None:
    rows = [row.replace(" 0", "") for row in rows_with("1234 56 7 1 1 1 1300")]
    extracted = upright(rows)
    assert State.READ not in states(extracted, "granted")


def test_names_of_columns_written_upright_stay_lines() -> None:
    header = "\n".join("自然人商业企业科研机构社会公益组织法律服务机构其他总计")
    extracted = read_text(report_text([header, *rows_with("41 0 0 3 0 0 44")]))
    assert values(extracted, "t3.granted") == [41, 0, 0, 3, 0, 0, 44]


def test_a_column_of_marks_among_torn_names_stays_lines() -> None:
    column = "\n".join(["无", "/", "0", "无"] * 40)
    extracted = read_text(report_text([HEAD, *rows_with("41 0 0 3 0 0 44"), "其他结\n果", column]))
    assert values(extracted, "t3.carried_out") == [0] * 7
    assert "\n" not in extracted.title
