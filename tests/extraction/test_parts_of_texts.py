"""What programs that take the text out of a PDF leave among the rows of 表二 and 表三: numbers, rests of rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.extraction.figures import Figure, Strip, Unit
from gkdesk.extraction.tables.columns.joined_figures import cut_by_sum
from gkdesk.extraction.tables.columns.text_pages import behind_untold_pages
from gkdesk.model.place import TextPlace
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from tests.extraction.made_up_report import ZEROS, read_text, reading, report_text, rows_of_form, values

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
HEADING = "三、收到和处理政府信息公开申请情况"
HEAD = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他"
NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
SHORT = {
    "closed_not_amended": "1.逾期不补正",
    "closed_fee_unpaid": "2.逾期不缴费",
    "closed_other": "3.其他 1 0 0 0 0 0 1",
}


def states(extracted: Extracted, row: str) -> set[State]:
    return {cell.state for cell in extracted.form if str(cell.ref).startswith(row + ".")}


def full(*permit: str) -> str:
    """A report with the rows of the next two blocks of 表二, the given lines as that of 行政许可."""
    lines = ["第二十条第（五）项", "信息内容 本年处理决定数量", *permit]
    lines += ["第二十条第（六）项", "信息内容 本年处理决定数量", "行政处罚 94", "行政强制 2"]
    return report_text(rows_of_form()).replace(HEADING, "\n".join([*lines, HEADING]))


def apart(lines: Sequence[str]) -> Extracted:
    """A report whose 表三 is given by these lines, behind its heading."""
    return read_text(report_text([]).replace(HEAD, "\n".join(lines)))


def with_rows(changed: dict[str, str]) -> list[str]:
    """The rows of the form with zeros, some as given."""
    return [changed.get(row.id, line) for row, line in zip(ROWS, rows_of_form(), strict=True)]


def test_short_labels_without_figures_are_rows_of_their_own() -> None:
    extracted = read_text(report_text(with_rows(SHORT)))
    assert values(extracted, "t3.closed_other") == [1, 0, 0, 0, 0, 0, 1]
    assert states(extracted, "t3.closed_fee_unpaid") <= {State.BLANK, State.MISSING}


def test_the_form_with_one_row_for_other_results_has_no_figures_in_the_three() -> None:
    rows = with_rows(
        {"closed_not_amended": "（六）其他处理 5 0 0 0 0 0 5", "closed_fee_unpaid": "", "closed_other": ""}
    )
    extracted = read_text(report_text([row for row in rows if row]))
    assert values(extracted, "t3.closed") == [5, 0, 0, 0, 0, 0, 5]
    assert not any(values(extracted, f"t3.{row}") != [None] * 7 for row in SHORT)


def test_figures_of_table_two_behind_the_next_heading_are_not_those_of_a_table_of_zeros() -> None:
    labels, figures = [row.label[-1] for row in ROWS], ["0"] * 7 * len(ROWS)
    lines = ["本年收费金额（单位：万元）", "8", "9", "申请人情况", *NAMES, *labels, *figures]
    extracted = apart(lines)
    assert values(extracted, "t3.new") == [0] * 7
    assert states(extracted, "t3.new") == {State.READ}


def test_a_line_of_zeros_too_many_leaves_the_table_open() -> None:
    labels, figures = [row.label[-1] for row in ROWS], ["0"] * (7 * len(ROWS) + 1)
    lines = ["申请人情况", *NAMES, *labels, *figures]
    extracted = apart(lines)
    assert State.READ not in states(extracted, "t3.new")


NUMBERLESS = {"denied_secret": ("、属", "于国家", "秘密"), "denied_safety": ("、危", "及“三安", "全一稳定”")}


@pytest.mark.parametrize(("loose", "sure"), [(("1", "3"), True), (("1", "2"), False), (("1", "3", "3"), False)])
def test_numbers_that_labels_lack_are_no_figures(loose: Sequence[str], sure: bool) -> None:
    labels = [line for row in ROWS for line in NUMBERLESS.get(row.id, (row.label[-1],))]
    lines = ["申请人情况", *NAMES, *labels, *["—"] * 7 * len(ROWS), *loose]
    extracted = apart(lines)
    assert (states(extracted, "t3.total") == {State.BLANK}) is sure


def test_the_year_of_a_running_title_is_no_figure_of_the_row_that_the_page_ends_in() -> None:
    text = report_text(rows_of_form()).replace(
        HEADING,
        f"第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n2022\n年青禾市司法局政府信息公开工作年度报告\n272\n{HEADING}",
    )
    assert reading(read_text(text), "t2.permit.decisions").value in (272, None)


def test_a_radical_that_begins_a_label_is_no_mark_for_nothing() -> None:
    lines = ["4. ⽆ 14 2 0 0 0 0 16", "正当理由大量反复申请"]
    extracted = read_text(report_text(with_rows({"rejected_excessive": "\n".join(lines)})))
    assert values(extracted, "t3.rejected_excessive") == [14, 2, 0, 0, 0, 0, 16]


def test_the_rest_of_a_row_on_the_line_of_the_next_label_is_proposed() -> None:
    label = "3.要求提供公开出版物"
    room = " " * (60 - len(label))
    lines = [f"{label}{room}3   0   0   0", f"（五）不予 4.无正当理由大量反复申{' ' * 59}0   0   3", f"处理 请 {ZEROS}"]
    rows = with_rows({"rejected_publication": "\n".join(lines), "rejected_excessive": ""})
    extracted = read_text(report_text([row for row in rows if row]))
    assert values(extracted, "t3.rejected_publication") == [3, 0, 0, 0, 0, 0, 3]
    assert states(extracted, "t3.rejected_publication") == {State.DOUBTFUL}


def test_a_name_that_a_converter_wrote_otherwise_is_known_when_it_is_broken() -> None:
    text = full("行政许可 272").replace("行政规范性文件 3 1 12", "行政規範性\n檔案 3 1 12")
    assert values(read_text(text), "t2.normative") == [3, 1, 12]


def unit(line: str) -> Unit:
    """The figures of a line, where they stand in it."""
    found, at = list[Figure](), 0
    for text in line.split():
        at = line.index(text, at)
        found.append(Figure(text, TextPlace(at, at + len(text)), "", ((at, at + len(text)),)))
        at += len(text)
    return Unit("", "", tuple(found), None, whole=False)


def test_the_sum_tells_where_the_figures_beside_two_that_ran_together_stand() -> None:
    cells = cut_by_sum(unit("3371147   4   10   49   24   3605"), 7)
    assert cells is not None
    assert [cell.text for cell in cells if cell and cell.doubt == "position"] == ["4", "10", "49", "24", "3605"]


@pytest.mark.parametrize(
    "line", ["3371   147   4   10   49   3581", "3371147   4   10   49   24   3606", "11   0 0 0 0   2"]
)
def test_a_row_with_a_blank_or_another_sum_is_not_cut(line: str) -> None:
    assert cut_by_sum(unit(line), 7) is None


def narrow(names: str, rows: Sequence[str]) -> Extracted:
    """A report in columns whose names stand on a line of their own, closer than the figures below them."""
    lines = [row.label[-1].ljust(40) + figures for row, figures in zip(ROWS, rows, strict=True)]
    return read_text(report_text(lines).replace(HEAD, "申请人情况\n" + names))


def test_figures_wider_apart_than_their_names_are_placed_by_themselves() -> None:
    names = " ".join(["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"])
    blanks = [
        "0       0       0       0       0       0       0",
        "0               0               0               0",
        "        0       0       0               0       0",
    ]
    extracted = narrow(names, [blanks[number % 3] for number in range(1, len(ROWS) + 1)])
    assert values(extracted, "t3.new") == [0, None, 0, None, 0, None, 0]
    assert states(extracted, "t3.new") == {State.READ, State.BLANK}


def test_a_column_in_two_places_beside_one_without_figures_is_not_placed() -> None:
    names = " ".join(["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"])
    # 科研机构 has no figure anywhere, and 其他 stands two characters further right in some lines.
    blanks = [
        "0       0               0               0       0",
        "0                       0       0         0     0",
        "        0               0       0       0",
    ]
    extracted = narrow(names, [blanks[number % 3] for number in range(1, len(ROWS) + 1)])
    assert State.READ not in states(extracted, "t3.new")


def test_rows_whose_totals_stand_elsewhere_than_before_are_those_of_another_page() -> None:
    first, second = unit("5     1          6"), unit("5     1               6")
    lines = [Strip("", first.figures)]
    assert behind_untold_pages([first] * 3 + [second] * 3, lines, 7) == {3, 4, 5}
    assert behind_untold_pages([first] * 3 + [second] + [first] * 3, lines, 7) == set()
    full = unit("1  1  1  1  1  1      6")
    assert behind_untold_pages([first] * 3 + [second, second, full], lines, 7) == set()
