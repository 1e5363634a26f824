"""Texts of extractors in which names, rows and figures came in pieces: what is proven all the same, and what is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.extraction.tables.apart.parallel_names import stand_in_parallel
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form, values
from tests.extraction.test_texts_of_extractors import FEE, LABELS, OLD_HEAD, REST, apart, in_turns, laid_out

NAMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
HEADING = "四、政府信息公开行政复议、行政诉讼情况"
ROWS = load_editions()["2021"].table("t3").blocks[0].rows
PLAIN = (
    ("", "自然", "商业", "科研", "社会公", "法律服", "其", "总"),
    ("", "人", "企业", "机构", "益组织", "务机构", "他", "计"),
)


def states(extracted: Extracted, row: str) -> set[State]:
    return {cell.state for cell in extracted.form if str(cell.ref).startswith(row)}


# ------------------------------------------------------------------------------------------------ 表二


def test_figures_that_cannot_all_be_accounted_for_are_proposed_behind_their_names_and_labels() -> None:
    first = ("第二十条第（一）项", "本年制发件数", "本年废止件数", "现行有效件数", "2", "行政规范性文件", "3", "1", "9")
    extracted = apart([*LABELS, *first, *REST, *FEE, "4", "5", "6"])
    assert values(extracted, "t2.normative") == [3, 1, 9]
    assert values(extracted, "t2.penalty") + values(extracted, "t2.coercion") == [65, 4]
    assert State.READ not in states(extracted, "t2")


# ------------------------------------------------------------------------------------------------ 表三


def on_two_lines(first: str, second: str) -> Extracted:
    """A text that keeps its columns, with the row of 本年新收 on two lines."""
    rows = [f"{row.label[-1]:　<26}" + "    ".join(FULL) for row in ROWS[1:]]
    lines = [f"{'一、本年新收政府':　<20}{first}", f"{'信息公开申请数量':　<20}{second}", *rows]
    return read_text(report_text([]).replace(OLD_HEAD, "\n".join([COLUMNS, *lines, ""]), 1))


FULL = ("5", "1", "0", "0", "0", "0", "6")
COLUMNS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"


def test_a_row_on_two_lines_with_a_part_of_its_label_on_each_is_one_row() -> None:
    extracted = on_two_lines("265   16", "           1   2   7   1   292")
    assert values(extracted, "t3.new") == [265, 16, 1, 2, 7, 1, 292]
    assert states(extracted, "t3.new.") == {State.READ}


@pytest.mark.parametrize("second", ["           1   2   7   1   293", "           1   2   7   284"])
def test_a_row_on_two_lines_that_does_not_come_out_or_lacks_a_figure_is_never_certain(second: str) -> None:
    assert State.READ not in states(on_two_lines("265   16", second), "t3.new.")


BLOCKS = """第二十条第（五）项
信息内容 本年处理决定数量
行政许可 5
第二十条第（六）项
信息内容 本年处理决定数量
行政处罚 6
行政强制 0"""


def test_a_row_of_a_block_on_two_lines_is_proposed_in_doubt() -> None:
    whole = report_text(rows_of_form())
    torn = "行政规范性  3\n文件           1    12"
    extracted = read_text(whole.replace("行政规范性文件 3 1 12", f"{torn}\n{BLOCKS}"))
    assert values(extracted, "t2.normative") == [3, 1, 12]
    assert states(extracted, "t2.normative.") == {State.DOUBTFUL}
    lacking = read_text(whole.replace("行政规范性文件 3 1 12", f"行政规范性  3\n文件           12\n{BLOCKS}"))
    assert State.READ not in states(lacking, "t2.normative.")


def test_what_is_doubtful_on_one_of_two_lines_stays_so_in_the_row() -> None:
    extracted = on_two_lines("265   16①", "           1   2   7   1   292")
    assert states(extracted, "t3.new.business") == {State.DOUBTFUL}
    assert states(extracted, "t3.new.natural") == {State.READ}


def one_a_line(labelled: Sequence[int], rows: Sequence[Sequence[int]]) -> Extracted:
    """Figures one a line in the order of the form, some rows behind their labels, the other labels at the end."""
    lines = [COLUMNS]
    for number, (row, figures) in enumerate(zip(ROWS, rows, strict=False)):
        lines += [row.label[-1]] if number in labelled else []
        lines += [str(figure) for figure in figures]
    lines += [row.label[-1] for number, row in enumerate(ROWS) if number not in labelled]
    return read_text(report_text([]).replace(OLD_HEAD, "\n\n".join([*lines, ""]), 1))


LABELLED = (0, 1, 2, 9, 10, 15, 16, 19, 20)


@pytest.mark.parametrize(("lost", "proven"), [(None, True), (5, False)])
def test_a_row_as_far_down_as_its_label_in_the_form_is_proven_though_others_lost_theirs(
    lost: int | None, proven: bool
) -> None:
    made = [[number + 2, 1, 0, 0, 0, 0, number + 3] for number in range(len(ROWS)) if number != lost]
    extracted = one_a_line(LABELLED, made)
    doubts = reading(extracted, f"t3.{ROWS[15].id}.natural").doubts
    assert ("row-unproven" not in doubts) is proven


def test_the_first_character_of_a_label_in_a_narrow_cell_is_no_mark_for_nothing() -> None:
    rows = rows_of_form(["9 1 0 0 0 0 10"] * len(ROWS))
    number = next(n for n, row in enumerate(rows) if row.startswith("4.无正当理由"))
    rows[number : number + 1] = ["4. 无", "正当理", "由大量", "反复申", "请", "9 1 0 0 0 0 10"]
    extracted = read_text(report_text(rows))
    assert states(extracted, f"t3.{ROWS[number].id}.") | states(extracted, f"t3.{ROWS[number - 1].id}.") == {State.READ}


def test_a_figure_over_those_of_two_columns_in_the_rows_around_it_is_both_of_them() -> None:
    rows = [("3490173", "", "6", "13", "43", "22", "3747")]
    rows += [("145", "3", "1", "1", "1", "1", "152"), ("1343", "60", "3", "4", "23", "7", "1440")] * 12
    extracted = laid_out(rows, width=4)
    assert State.READ not in {extracted_state(extracted, "natural"), extracted_state(extracted, "business")}


def extracted_state(extracted: Extracted, column: str) -> State:
    return next(cell.state for cell in extracted.form if str(cell.ref) == f"t3.new.{column}")


@pytest.mark.parametrize(("beside", "certain"), [(0, True), (3, False)])
def test_few_rows_are_certain_right_below_the_names_of_their_columns_only(beside: int, certain: bool) -> None:
    blank = ("",) * 7
    rows = [("9", "2", "", "", "1", "", "12"), blank, ("3", "1", "", "", "", "", "4"), ("3", "", "", "", "", "", "3")]
    rows = [tuple(" " * beside + text if text else "" for text in row) for row in rows]
    extracted = laid_out([*rows, *rows[2:], *[blank] * 19], PLAIN, width=8)
    assert (states(extracted, "t3.new.natural") == {State.READ}) is certain


# ------------------------------------------------------------------------------------------------ 表四


def test_names_broken_behind_their_first_characters_are_in_the_order_of_the_form() -> None:
    heads = "".join(name[0] for name in NAMES) + "".join(name[1:] for name in NAMES)
    assert stand_in_parallel(heads + "".join(NAMES), NAMES * 2)


@pytest.mark.parametrize("sizes", [(4,), (2, 2), (3, 1), (1, 3), (1, 1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 1, 2)])
@pytest.mark.parametrize(("one", "other"), [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)])
def test_outcomes_that_changed_places_stand_in_no_order_of_the_form(sizes: Sequence[int], one: int, other: int) -> None:
    names = list(NAMES[:4])
    names[one], names[other] = names[other], names[one]
    pieces = ["".join(name[sum(sizes[:at]) : sum(sizes[: at + 1])] for name in names * 2) for at in range(len(sizes))]
    assert not stand_in_parallel("".join(pieces), NAMES[:4] * 2)


def test_columns_that_stand_a_little_lower_than_others_are_told_by_their_characters() -> None:
    two = "结果维持 结果纠正 其尚 他未总结结其尚 结审计果果他未总 维纠结审计 果结 持正果结 3 5 0 7 15 1 1 4 3 9"
    last = "复议后起诉 结果维持 结其尚 果他未总 纠结审计 正果结 2 1 0 0 3"
    extracted = in_turns((f"未经复议直接起诉 {two}", last))
    assert values(extracted, "t4.direct") == [1, 1, 4, 3, 9]
    assert states(extracted, "t4") == {State.READ}
    swapped = in_turns((f"未经复议直接起诉 {two.replace('维纠结审计', '纠维结审计', 1)}", last))
    assert State.READ not in states(swapped, "t4")


def test_a_figure_between_marks_is_no_page_number_where_pages_have_none() -> None:
    row = ["—", "—", "1", "— 1 —", "—", "—", "—", "— — —", "—", "— —"]
    text = report_text(rows_of_form())
    heads = " ".join([*NAMES] * 3)
    text = text.replace("\n", "\f\n", 4)
    lines = [HEADING, "行政复议 行政诉讼 未经复议直接起诉 复议后起诉", heads, "\n\n".join(row), "五、"]
    extracted = read_text(text.replace("五、", "\n".join(lines), 1))
    assert values(extracted, "t4.review") == [None, None, 1, None, 1]
    assert states(extracted, "t4") == {State.READ, State.BLANK}


def below_names(*columns: int) -> Extracted:
    """A row of 0 0 1 0 1 below the names of these columns of 表四, of which each stands four characters wide."""
    row = [" "] * 80
    for column, figure in zip(columns, "00101", strict=True):
        row[4 * column] = figure
    over = [" " * 6 + "行政复议" + " " * 22 + "行政诉讼", " " * 24 + "未经复议直接起诉" + " " * 12 + "复议后起诉"]
    heads = ["".join(text.ljust(4) for text in line) for line in (HALVES[0] * 3, HALVES[1] * 3)]
    lines = [HEADING, *over, *heads, "".join(row).rstrip(), "五、"]
    return read_text(report_text(rows_of_form()).replace("五、", "\n".join(lines), 1))


HALVES = (["结果", "结果", "其他", "尚未", "总"], ["维持", "纠正", "结果", "审结", "计"])


def test_a_row_that_fills_one_block_below_its_names_leaves_the_others_blank() -> None:
    extracted = below_names(5, 6, 7, 8, 9)
    assert values(extracted, "t4.direct") == [0, 0, 1, 0, 1]
    assert states(extracted, "t4") == {State.READ, State.BLANK}
    assert State.READ not in states(below_names(6, 7, 8, 9, 10), "t4")
