"""表三 on pages without any rules, figures broken over two lines of narrow columns: never certain and wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from gkdesk.extraction.fill import extract
from gkdesk.extraction.tables.broken_figures import strips_of
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from gkdesk.sources.pdf import reader
from tests.extraction.made_up_report import values
from tests.sources.pdf_maker import Sheet, make_pdf

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
HEAD = (
    ("自然人",),
    ("商业", "企业"),
    ("科研", "机构"),
    ("社会公", "益组织"),
    ("法律服", "务机构"),
    ("其他",),
    ("总计",),
)
USUAL = ("5", "1", "0", "0", "0", "0", "6")
LEFT, ROOM, LINE = 330.0, 36.0, 10.0
MIDDLE, TOP, BOTTOM = 0.5, 0.0, 1.0

Printed = Sequence[str | tuple[str, str]]


def page(rows: Mapping[int, Printed], stands: float, label: Mapping[int, Sequence[str]] | None = None) -> Extracted:
    """A report with 表三; a pair is a figure broken over two lines, of which the other figures stand between the two
    (``MIDDLE``), on the upper (``TOP``) or on the lower one (``BOTTOM``); so do labels unless they have lines."""
    sheet = Sheet()
    sheet.text(40, 60, "某某市水利局2023年政府信息公开工作年度报告")
    sheet.text(40, 90, "三、收到和处理政府信息公开申请情况")
    for column, parts in enumerate(HEAD):
        for line, text in enumerate(parts):
            sheet.text(LEFT + ROOM * column, 110 + LINE * line, text, 8)
    top = 140.0
    for number, row in enumerate(ROWS):
        figures = rows.get(number, USUAL)
        is_broken = any(isinstance(figure, tuple) for figure in figures)
        at = top + stands * LINE if is_broken else top
        parts = (label or {}).get(number, (row.label[-1],))
        for line, text in enumerate(parts):
            sheet.text(40, (top if len(parts) > 1 else at) + LINE * line, text, 7)
        for column, figure in enumerate(figures):
            left = LEFT + ROOM * column + 8
            if isinstance(figure, tuple):
                sheet.text(left, top, figure[0], 8)
                sheet.text(left, top + LINE, figure[1], 8)
            elif figure:
                sheet.text(left, at, figure, 8)
        top += 14 + (LINE if is_broken else 0)
    sheet.text(40, 800, "四、政府信息公开行政复议、行政诉讼情况")
    return extract(reader.read(make_pdf(sheet), "sha"))


def certain(extracted: Extracted, number: int) -> list[str]:
    row = ROWS[number].id
    return [
        str(cell.ref)
        for cell in extracted.form
        if cell.ref.table == "t3" and cell.ref.row == row and cell.state in (State.READ, State.BLANK)
    ]


SOME: Printed = (("467", "4"), "4480", "3863", "4558", "4648", ("40", "82"), ("263", "05"))
ONE: Printed = ("298", "321", "390", "213", "348", "3", ("157", "3"))
BLANKS: Printed = (("467", "4"), "", "", "", "", ("40", "82"), ("87", "56"))
ALL: Printed = (("46", "1"), ("44", "2"), ("38", "3"), ("45", "4"), ("46", "5"), ("40", "6"), ("26", "21"))


@pytest.mark.parametrize("stands", [MIDDLE, TOP, BOTTOM])
@pytest.mark.parametrize("broken", [SOME, ONE, BLANKS, ALL])
@pytest.mark.parametrize("number", [0, 6, len(ROWS) - 1])
def test_a_row_with_a_broken_figure_is_not_certain(stands: float, broken: Printed, number: int) -> None:
    extracted = page({number: broken}, stands)
    assert certain(extracted, number) == []


@pytest.mark.parametrize("stands", [MIDDLE, TOP])
@pytest.mark.parametrize("broken", [SOME, ONE, BLANKS, ALL])
def test_nor_is_one_whose_label_has_two_lines_as_well(stands: float, broken: Printed) -> None:
    number = next(n for n, row in enumerate(ROWS) if row.id == "rejected_confirm")
    text = ROWS[number].label[-1]
    extracted = page({number: broken}, stands, {number: (text[:-2], text[-2:])})
    assert certain(extracted, number) == []


@pytest.mark.parametrize("stands", [MIDDLE, TOP, BOTTOM])
def test_rows_of_which_many_are_broken_are_not_certain(stands: float) -> None:
    rows = {number: (SOME, ONE, BLANKS, ALL)[number % 4] for number in range(0, len(ROWS), 2)}
    extracted = page(rows, stands)
    assert [certain(extracted, number) for number in rows] == [[] for _ in rows]


def test_a_figure_broken_within_its_thousands_is_whole_again_where_its_row_stands_halfway() -> None:
    broken: Printed = (("3,17", "5"), "132", "6", "22", "44", "13", ("3,39", "2"))
    extracted = page({0: broken}, MIDDLE)
    assert values(extracted, "t3.new") == [3175, 132, 6, 22, 44, 13, 3392]
    assert len(certain(extracted, 0)) == len(HEAD)


@pytest.mark.parametrize("stands", [TOP, BOTTOM])
def test_nothing_tells_where_a_figure_goes_on_that_begins_or_ends_with_its_row(stands: float) -> None:
    assert certain(page({0: (("3,17", "5"), "132", "6", "22", "44", "13", "3392")}, stands), 0) == []


def test_parts_of_a_figure_without_groups_are_put_together_in_doubt() -> None:
    extracted = page({0: ONE}, MIDDLE)
    assert values(extracted, "t3.new")[-1] == 1573


def test_the_rows_of_a_table_without_broken_figures_are_certain() -> None:
    number = next(n for n, row in enumerate(ROWS) if row.id == "rejected_confirm")
    extracted = page({number: ("4674", "4480", "3863", "4558", "4648", "4082", "26305")}, MIDDLE)
    states = {cell.state for cell in extracted.form if cell.ref.table == "t3"}
    assert states == {State.READ}


def test_half_figures_on_a_line_of_a_text_make_those_beside_them_doubtful() -> None:
    row = "    ".join("102031000100000")
    for lines in ((row, " " * 24 + "2"), (" " * 24 + "1", row)):
        strips = strips_of(opening.read("\n".join(("四、情况", *lines, "五、问题")).encode()))
        assert all(figure.doubt == "position" for strip in strips for figure in strip.figures)
    whole = strips_of(opening.read("\n".join(("四、情况", row, "五、问题")).encode()))
    assert not any(figure.doubt for strip in whole for figure in strip.figures)


def test_lines_behind_two_labels_are_two_rows_also_where_no_figure_stands_below_another() -> None:
    first = next(n for n, row in enumerate(ROWS) if row.id == "denied_third_party")
    extracted = page({first: ("0", "0", "0", "", "", "", ""), first + 1: ("", "", "", "", "0", "0", "")}, MIDDLE)
    assert len(certain(extracted, first)) == len(certain(extracted, first + 1)) == len(HEAD)


def test_the_number_of_a_label_above_its_figures_is_no_part_of_a_figure() -> None:
    items = [n for n, row in enumerate(ROWS) if row.label[-1][:1].isdigit()]
    sheet = Sheet()
    sheet.text(40, 60, "某某市水利局2023年政府信息公开工作年度报告")
    sheet.text(40, 90, "三、收到和处理政府信息公开申请情况")
    for column, parts in enumerate(HEAD):
        for line, text in enumerate(parts):
            sheet.text(LEFT + ROOM * column, 110 + LINE * line, text, 8)
    for number, row in enumerate(ROWS):
        top = 142.0 + 22 * number
        label = row.label[-1]
        for line, text in enumerate((label[:2], label[2:]) if number in items else ("", label)):
            sheet.text(120, top + (10 * line - 5 if number in items else 0), text, 7)
        for column, figure in enumerate(USUAL):
            sheet.text(LEFT + ROOM * column + 8, top, figure, 8)
    sheet.text(40, 800, "四、政府信息公开行政复议、行政诉讼情况")
    extracted = extract(reader.read(make_pdf(sheet), "sha"))
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}
