"""Reports that came through other programs: labels before several rows, tables spread over columns, cut-off names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.extraction.fill import extract
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.extraction.made_up_report import ZEROS, read_text, reading, report_text, rows_of_form, values

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
BLANK = ("",) * 7


def states(extracted: Extracted, row: str) -> set[State]:
    return {cell.state for cell in extracted.form if str(cell.ref).startswith(row + ".")}


def web_page(header: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> Extracted:
    """A page with 表三 as a table of single cells."""
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in (*header, *rows))
    return extract(opening.read(f"<html><body><table>{cells}</table></body></html>".encode()))


def test_two_labels_before_two_rows_of_figures_leave_both_in_doubt() -> None:
    rows = rows_of_form()
    at = [number for number, row in enumerate(ROWS) if row.id in ("unable_not_ready", "unable_unclear")]
    # The label of their group stands beside both, and its end among the words of the first.
    labels = " ".join(ROWS[number].label[-1] for number in at).replace("另行", "另 法提供 行")
    rows[at[1] + 1] = rows[at[1] + 1].removesuffix(" 0")
    rows[at[0] : at[1] + 1] = [labels, "6 0 0 0 0 0 6", ZEROS]
    extracted = read_text(report_text(rows))
    assert State.READ not in states(extracted, "t3.unable_unclear")
    assert State.READ not in states(extracted, "t3.unable_not_ready")


def test_figures_before_any_name_of_a_block_are_no_reason_to_fail() -> None:
    text = report_text(rows_of_form()).replace("第二十条第（一）项\n", "0\n0\n本年\n0\n第二十条第（一）项\n")
    text = text.replace("规章 0 0 0\n", "规章 0\n").replace(
        "行政规范性文件 3 1 12\n",
        "行政规范性文件\n第二十条第（五）项\n行政许可\n第二十条第（六）项\n行政处罚\n行政强制\n第二十条第（八）项\n行政事业性收费\n",
    )
    assert states(read_text(text), "t3.new") == {State.READ}


def test_a_column_of_labels_is_no_column_of_figures_where_it_is_empty() -> None:
    # Of a table without rules upright, whose column 科研机构 holds nothing and was not found.
    header = [("", "", "".join(NAMES), "", "", "", "", "")]
    rows = [
        (row.label[-1], "", "21", "3", "", "", "1", "25")
        if len(row.label) < 2
        else ("", row.label[-1], "4", "", "", "", "", "4")
        for row in ROWS
    ]
    extracted = web_page(header, rows)
    assert reading(extracted, "t3.new.business").state is not State.READ
    assert reading(extracted, "t3.new.natural").state is not State.BLANK


@pytest.mark.parametrize(("name", "figure"), [("", ""), ("总", "2"), ("总", "")])
def test_below_a_name_that_the_edge_of_the_page_cut_off_nothing_is_certain(name: str, figure: str) -> None:
    rows = [(row.label[-1], "21", "3", "0", "0", "0", "1", figure) for row in ROWS]
    extracted = web_page([("", *NAMES[:-1], name)], rows)
    assert states(extracted, "t3.new") == {State.READ, State.DOUBTFUL}
    assert reading(extracted, "t3.new.total").state is State.DOUBTFUL


def lay(rows: Sequence[tuple[str, Sequence[tuple[int, str]]]]) -> str:
    """Lines of text with figures that begin at given places."""
    lines = []
    for label, figures in rows:
        line = label
        for place, text in figures:
            line = line.ljust(place) + text
        lines.append(line)
    return "\n".join(lines)


def test_columns_whose_places_touch_are_one() -> None:
    # The figures of two columns that are blank in every row; those of two others stand one place further right below.
    names = [(61, "商业企业"), (68, "科研机构"), (74, "社会公益组织"), (84, "法律服务机构"), (94, "其他")]
    head = ("", [(56, "自然人"), (74, "法人或其他组织"), (99, "总计")]), ("", names)
    full = ((57, "821"), (63, "35"), (88, "2"), (95, "1"), (99, "859"))
    moved = tuple((place + 1, text) for place, text in full)
    some = ((57, "258"), (63, "12"), (88, "1"), (95, "1"))
    rows = []
    for number, row in enumerate(ROWS):
        figures = {0: full, 1: ((58, "18"), (99, "18")), 2: some, len(ROWS) - 2: moved, len(ROWS) - 1: moved}.get(
            number, ((58, "3"),)
        )
        rows.append((row.label[-1], figures))
    body = lay([*head, *rows])
    text = report_text([]).replace("五、", body + "\n五、", 1)
    found = values(read_text(text), "t3." + ROWS[2].id)
    assert [bool(value) for value in found] in ([True, True, False, False, True, True, False], [False] * 7)


def test_a_sheet_with_other_columns_between_proves_no_row_by_its_length() -> None:
    # Saved from a page: every column takes one to three fields, and those of the last row end by chance at the 15th.
    def spread(label: str, figures: Sequence[str]) -> str:
        return ",".join([label, *(field for text in figures for field in (text, "", ""))])

    lines = [spread("", NAMES), *(spread(row.label[-1], ("1", "", "", "", "", "", "1")) for row in ROWS)]
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    gaps = [0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1]
    head = [field for name, gap in zip(names * 3, gaps, strict=True) for field in (name, *[""] * gap)]
    figures = ["5", " ", "", " ", "2", "", "7", "", "8", " ", "", " ", "", "1", "9", "", " ", "", " ", " ", "", " "]
    groups = ["行政复议", *[""] * 7, "行政诉讼", *[""] * 13]
    last = [",".join(fields) for fields in (groups, head, figures)]
    text = report_text([*lines, "四、政府信息公开行政复议、行政诉讼情况" + 21 * ",", *last])
    extracted = read_text(text)
    assert reading(extracted, "t4.direct.corrected").state is not State.READ
    assert reading(extracted, "t4.review.total").state is not State.READ


def test_pieces_to_the_total_are_not_counted_where_columns_take_several() -> None:
    # The first column takes two pieces; by its length the row of one figure and its total would begin with it.
    def row(label: str, first: str, second: str, total: str) -> str:
        return "\t".join([label, first, "", second, "", "", "", "", "", total])

    lines = [row(one.label[-1], "2", "1", "3") for one in ROWS]
    lines[3] = row(ROWS[3].label[-1], "", "8", "8")
    extracted = read_text(report_text(lines))
    assert State.READ not in states(extracted, "t3." + ROWS[3].id)


def test_names_on_several_lines_prove_no_other_order_in_which_no_total_comes_out() -> None:
    block = "结果维持 总计 {} 结果纠正 其他结果 尚未审结"
    header = ["行政复议 行政诉讼", block.format("未经复议直接起诉 复议后起诉"), block.format(""), block.format("")]
    heading = "四、政府信息公开行政复议、行政诉讼情况"
    figures = "14 14 0 2 30 0 1 0 0 1 14 2 14 0 30"
    extracted = read_text(report_text([*rows_of_form(), heading, *header, figures]))
    assert values(extracted, "t4.review") == [14, 14, 0, 2, 30]


def test_rows_with_pipes_in_paragraphs_are_rows() -> None:
    rows = ["|" + "|".join(row.rsplit(" ", 7)) + "|" for row in rows_of_form(["5 1 0 0 0 0 6"])]
    lines = report_text(["| 项目 | 自然人 |", "|---|---|", *rows]).splitlines()
    page = "".join(f"<p>{line}</p>" for line in lines)
    extracted = extract(opening.read(f"<html><body>{page}</body></html>".encode()))
    assert values(extracted, "t3.new") == [5, 1, 0, 0, 0, 0, 6]
    assert reading(extracted, "t3.new.natural").raw == "5"
