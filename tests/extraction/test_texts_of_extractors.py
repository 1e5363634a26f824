"""Tables in the text that programs take out of a PDF: torn headers, narrow columns, headings and figures in turns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form, values

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
OLD_HEAD = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
TORN = (
    ("", "自然", "", "", "", "法人或其他组织", "", ""),
    ("", "人", "业", "构", "社会公益", "", "", ""),
    ("", "", "商业企", "科研机", "", "法律服务", "其", "总"),
    ("", "", "", "", "组织", "机构", "他", "计"),
)
FULL = ("5", "1", "0", "0", "0", "0", "6")


def laid_out(
    rows: Sequence[Sequence[str]], head: Sequence[Sequence[str]] = TORN, width: int = 4, first: int = 40
) -> Extracted:
    """A report whose figures stand in columns ``width`` characters apart, the names of the columns above them."""
    lines = ["".join(text.ljust(width) for text in line[1:]) for line in head]
    lines = [" " * first + line for line in lines]
    for number, row in enumerate(ROWS):
        texts = rows[number] if number < len(rows) else FULL
        lines.append(row.label[-1].ljust(first) + "".join(text.ljust(width) for text in texts))
    text = report_text([]).replace(OLD_HEAD, "")
    return read_text(text.replace("五、", "\n".join([*lines, "五、"]), 1))


def states(extracted: Extracted, row: str) -> set[State]:
    return {cell.state for cell in extracted.form if str(cell.ref).startswith(row + ".")}


def test_names_torn_over_lines_whose_order_is_upset_prove_the_columns() -> None:
    extracted = laid_out([], width=6)
    assert states(extracted, "t3.new") == {State.READ}
    assert values(extracted, "t3.new") == [5, 1, 0, 0, 0, 0, 6]


def exchanged(one: int, other: int) -> list[list[str]]:
    """The torn header with two of its columns in each other's place."""
    head = [list(line) for line in TORN]
    for line in head:
        line[one], line[other] = line[other], line[one]
    return head


@pytest.mark.parametrize(("one", "other", "printed"), [(2, 3, [5, 0, 1, 0, 2, 0, 8]), (4, 5, [5, 1, 0, 2, 0, 0, 8])])
def test_torn_names_in_another_order_tell_whose_figures_stand_below(one: int, other: int, printed: list[int]) -> None:
    extracted = laid_out([("5", "1", "0", "0", "2", "0", "8")] * 25, exchanged(one, other), width=6)
    assert values(extracted, "t3.new") == printed
    assert states(extracted, "t3.new") == {State.READ}


def test_torn_names_of_the_first_and_the_last_column_in_each_others_place_prove_nothing() -> None:
    extracted = laid_out([], exchanged(1, 7), width=6)
    assert states(extracted, "t3.new") <= {State.DOUBTFUL, State.MISSING}


def test_a_torn_name_that_is_not_whole_proves_nothing() -> None:
    head = [[text.replace("总", "").replace("计", "") for text in line] for line in TORN]
    assert State.READ not in states(laid_out([], head, width=6), "t3.new")


def test_blanks_between_columns_too_narrow_for_room_between_them() -> None:
    rows = [("52", "", "", "", "1", "", "53"), ("", "", "", "", "", "", ""), ("16", "", "", "", "1", "", "17")]
    rows += [("9", "", "", "2", "", "", "11")] * 22
    extracted = laid_out(rows, width=3)
    assert values(extracted, "t3.new") == [52, None, None, None, 1, None, 53]
    assert reading(extracted, "t3.partial.welfare").value == 2


def test_figures_that_ran_together_over_two_columns_are_never_certain() -> None:
    rows = [("4102221", "", "", "0", "0", "0", "4323"), *[("3", "1", "", "", "", "", "4")] * 10]
    extracted = laid_out(rows, width=4)
    assert State.READ not in states(extracted, "t3.new")


def apart(table_two: Sequence[str]) -> Extracted:
    """A report whose 表二 is given in runs of lines."""
    text = report_text([ROWS[0].label[-1] + " 0 0 0 0 0 0 0"])
    start, stop = text.index("第二十条"), text.index("三、收到和处理")
    return read_text(text[:start] + "\n".join(table_two) + "\n" + text[stop:])


LABELS = (
    "信息内容",
    "规章",
    "行政规范性文件",
    "信息内容",
    "行政许可",
    "信息内容",
    "行政处罚",
    "行政强制",
    "信息内容",
    "行政事业性收费",
)
REST = ("第二十条第（五）项", "本年处理决定数量", "44", "第二十条第（六）项", "本年处理决定数量", "65", "4")
FEE = ("第二十条第（八）项", "本年收费金额（单位：万元）", "7.5")
FIRST = ("第二十条第（一）项", "本年制发件数", "2", "3", "本年废止件数", "0", "1", "现行有效件数", "8", "9")


def test_columns_that_follow_their_names_are_certain() -> None:
    extracted = apart([*LABELS, *FIRST, *REST, *FEE])
    assert values(extracted, "t2.penalty") + values(extracted, "t2.coercion") == [65, 4]
    assert values(extracted, "t2.normative") == [3, 1, 9]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t2"} == {State.READ}


def test_several_columns_of_several_rows_are_doubtful() -> None:
    first = ("第二十条第（一）项", "本年制发件数", "本年废止件数", "现行有效件数", "2", "0", "8", "3", "1", "9")
    extracted = apart([*LABELS, *first, *REST, *FEE])
    assert states(extracted, "t2.rules") == {State.DOUBTFUL}
    assert states(extracted, "t2.permit") == {State.READ}


def test_labels_in_another_order_make_all_doubtful() -> None:
    labels = [*LABELS[:6], "行政强制", "行政处罚", *LABELS[8:]]
    assert State.READ not in states(apart([*labels, *FIRST, *REST, *FEE]), "t2.penalty")


def test_a_column_that_lacks_a_figure_makes_all_doubtful() -> None:
    extracted = apart([*LABELS, *FIRST, *REST[:-1], *FEE])
    assert State.READ not in {cell.state for cell in extracted.form if cell.ref.table == "t2"}


TWICE = ("第二十条第（五）项", "第二十条第（六）项", "本年处理决定数量")


def test_a_name_of_two_blocks_far_from_its_own_is_told_by_the_number_of_its_rows() -> None:
    extracted = apart([*LABELS, *FIRST, *TWICE, "44", "本年处理决定数量", "65", "4", *FEE])
    assert values(extracted, "t2.permit") + values(extracted, "t2.penalty") + values(extracted, "t2.coercion") == [
        44,
        65,
        4,
    ]
    assert states(extracted, "t2.permit") | states(extracted, "t2.penalty") == {State.READ}


@pytest.mark.parametrize(
    "figures",
    [
        ("44", "65", "本年处理决定数量", "4"),
        ("本年处理决定数量", "44", "65", "4"),
        ("44", "本年处理决定数量", "65"),
        ("44", "本年处理决定数量", "65", "4", "7"),
    ],
)
def test_a_name_of_two_blocks_with_another_number_of_figures_proves_nothing(figures: Sequence[str]) -> None:
    extracted = apart([*LABELS, *FIRST, *TWICE, *figures, *FEE])
    assert State.READ not in states(extracted, "t2.permit") | states(extracted, "t2.penalty")


def test_blocks_of_as_many_rows_are_not_told_by_their_number() -> None:
    labels = [
        "规章",
        "规范性文件",
        "行政许可",
        "其他对外管理服务事项",
        "行政处罚",
        "行政强制",
        "行政事业性收费",
        "政府集中采购",
    ]
    first = ["第二十条第（一）项", "本年新制作数量", "1", "2", "本年新公开数量", "3", "4", "对外公开总数量", "5", "6"]
    both = ["上一年项目数量", "7", "8", "上一年项目数量", "9", "10", "本年增/减", "1", "2", "本年增/减", "3", "4"]
    both += ["处理决定数量", "5", "6", "处理决定数量", "7", "8"]
    fee = [
        "第二十条第（八）项",
        "上一年项目数量",
        "9",
        "第二十条第（九）项",
        "采购项目数量",
        "1",
        "本年增/减",
        "-2",
        "采购总金额",
        "3.5",
    ]
    extracted = apart([*labels, *first, "第二十条第（五）项", "第二十条第（六）项", *both, *fee])
    assert states(extracted, "t2.permit") | states(extracted, "t2.coercion") == {State.DOUBTFUL}
    assert values(extracted, "t2.fee") == [9, -2]
    assert states(extracted, "t2.fee") == {State.READ}


def test_rows_parted_by_their_labels_are_certain() -> None:
    names = ("第二十条第（一）项", "信息内容", "规章", "本年制发件数", "本年废止件数", "现行有效件数")
    first = (*names, "2", "0", "8", "行政规范性文件", "3", "1", "9")
    extracted = apart([*first, *LABELS[3:], *REST, *FEE])
    assert values(extracted, "t2.rules") + values(extracted, "t2.normative") == [2, 0, 8, 3, 1, 9]
    assert states(extracted, "t2.rules") | states(extracted, "t2.normative") == {State.READ}


@pytest.mark.parametrize("parts", [(2, 4), (4, 2)])
def test_rows_parted_elsewhere_by_a_label_are_doubtful(parts: tuple[int, int]) -> None:
    figures = ["2", "0", "8", "3", "1", "9"]
    names = ("第二十条第（一）项", "信息内容", "规章", "本年制发件数", "本年废止件数", "现行有效件数")
    first = (*names, *figures[: parts[0]], "行政规范性文件", *figures[parts[0] :])
    extracted = apart([*first, *LABELS[3:], *REST, *FEE])
    assert State.READ not in states(extracted, "t2.rules") | states(extracted, "t2.normative")


def test_blocks_behind_the_heading_of_the_next_table_belong_to_this_one() -> None:
    extracted = apart([*LABELS, *FIRST, "三、收到和处理政府信息公开申请情况", *REST, *FEE])
    assert values(extracted, "t2.permit") + values(extracted, "t2.fee") == [44, Decimal("7.5")]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t2"} == {State.READ}


def test_blocks_behind_the_labels_of_the_next_table_belong_to_this_one() -> None:
    behind = ["三、收到和处理政府信息公开申请情况", ROWS[0].label[-1], ROWS[1].label[-1]]
    extracted = apart([*LABELS, *FIRST, *REST, *behind, *FEE, "申请人情况"])
    assert values(extracted, "t2.permit") + values(extracted, "t2.fee") == [44, Decimal("7.5")]


def test_the_rest_of_a_block_behind_the_name_of_the_next_one_is_in_doubt() -> None:
    labels = ["行政许可", "其他对外管理服务事项", "行政处罚", "行政强制"]
    first = ["规章", "规范性文件", *labels, "第二十条第（一）项", "本年新制作数量", "1", "2"]
    first += ["本年新公开数量", "3", "4", "对外公开总数量", "5", "6"]
    outcomes = ["上一年项目数量", "7", "8", "本年增/减", "1", "2", "处理决定数量", "5", "6"]
    last = ["上一年项目数量", "本年增/减", "处理决定数量", "9", "10", "第二十条第（八）项", "上一年项目数量"]
    last += ["3", "4", "57", "58", "本年增/减", "-1", "采购总金额", "9.5", "行政事业性收费", "6"]
    last += ["第二十条第（九）项", "采购项目数量", "政府集中采购", "1"]
    extracted = apart([*first, "第二十条第（五）项", *outcomes, "第二十条第（六）项", *last])
    assert values(extracted, "t2.fee") + values(extracted, "t2.procurement") == [6, -1, 1, Decimal("9.5")]
    assert State.READ not in states(extracted, "t2.penalty") | states(extracted, "t2.fee")


TORN_NAMES = (("本年制", "", "现行"), ("发件数", "", "有效件"), ("", "本年废止件数", ""), ("", "", "数"))


def torn_block(heads: Sequence[Sequence[str]], figures: Sequence[str] = ("2", "0", "18")) -> Extracted:
    """A report whose first block of 表二 keeps its columns below names that are broken over lines."""
    lines = ["第二十条第（一）项".rjust(40), "信息内容"]
    lines += ["".join([" " * 16, *(name.ljust(16) for name in line)]) for line in heads]
    lines += ["规章".ljust(16) + "".join(figure.ljust(16) for figure in figures)]
    lines += ["行政规范性文件".ljust(16) + "".join(figure.ljust(16) for figure in ("13", "1", "9"))]
    lines += ["第二十条第（五）项", "信息内容 本年处理决定数量", "行政许可 44"]
    lines += ["第二十条第（六）项", "信息内容 本年处理决定数量", "行政处罚 65", "行政强制 4"]
    return apart([*lines, "第二十条第（八）项", "信息内容 本年收费金额（单位：万元）", "行政事业性收费 7.5"])


def test_torn_names_above_the_rows_of_a_block_prove_its_columns() -> None:
    extracted = torn_block(TORN_NAMES)
    assert values(extracted, "t2.rules") + values(extracted, "t2.normative") == [2, 0, 18, 13, 1, 9]
    assert states(extracted, "t2.rules") | states(extracted, "t2.normative") == {State.READ}


def test_torn_names_of_a_block_in_another_order_prove_nothing() -> None:
    extracted = torn_block([[line[2], *line[1:2], line[0]] for line in TORN_NAMES])
    assert State.READ not in states(extracted, "t2.rules") | states(extracted, "t2.normative")


def in_turns(turns: Sequence[str]) -> Extracted:
    """A report whose 表四 is given in turns of headings and figures, one on a line."""
    lines = ["四、政府信息公开行政复议、行政诉讼情况", "行政复议", "行政诉讼", *" ".join(turns).split()]
    return read_text(report_text([]).replace("五、", "\n\n".join([*lines, "五、"]), 1))


HALVES = "结果 结果 其他 尚未 维持 纠正 结果 审结"


AFTER = ("复议后起诉 总计 2", f"{HALVES} 0 0 4 0", "总计 4")


def test_turns_of_headings_and_figures_prove_the_row() -> None:
    extracted = in_turns((f"{HALVES} 1 0 3 0", f"未经复议直接起诉 总计 {HALVES} 4 1 0 1 0", *AFTER))
    assert values(extracted, "t4.review") == [1, 0, 3, 0, 4]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t4"} == {State.READ}


def test_a_total_may_stand_behind_the_outcomes_of_its_turn() -> None:
    extracted = in_turns((f"{HALVES} 1 0 3 0", f"未经复议直接起诉 总计 {HALVES} 1 0 1 0 4", *AFTER))
    assert values(extracted, "t4.review") == [1, 0, 3, 0, 4]
    assert values(extracted, "t4.direct") == [1, 0, 1, 0, 2]


@pytest.mark.parametrize(("last", "certain"), [("2 1 0 1 0 2", True), ("0 / 0 / 0 0", False)])
def test_a_total_in_the_turn_of_another_block_may_stand_at_either_end(last: str, certain: bool) -> None:
    # Where the sums do not tell, 0 may be the total of either block.
    both = "总计 结果 结果 其他 尚未 总计 维持 纠正 结果 审结"
    extracted = in_turns(
        (f"{HALVES} 总计 1 0 1 0 2", f"未经复议直接起诉 {HALVES} 1 0 1 0", f"复议后起诉 {both} {last}")
    )
    assert (State.READ in states(extracted, "t4.after_review")) is certain


def test_a_total_that_shares_its_turn_and_is_misprinted_is_doubtful() -> None:
    extracted = in_turns((f"{HALVES} 1 0 3 0", f"未经复议直接起诉 总计 {HALVES} 7 1 0 1 0", *AFTER))
    assert values(extracted, "t4.review") == [1, 0, 3, 0, 7]
    assert State.READ not in states(extracted, "t4.review") | states(extracted, "t4.direct")


def test_outcomes_that_changed_places_are_never_certain_though_all_sums_come_out() -> None:
    other = "结果 结果 其他 尚未 纠正 维持 结果 审结"
    turns = (
        f"{other} 1 0 3 0",
        f"未经复议直接起诉 总计 {other} 4 1 0 1 0",
        "复议后起诉 总计 2",
        f"{other} 0 0 4 0",
        "总计 4",
    )
    assert State.READ not in {cell.state for cell in in_turns(turns).form if cell.ref.table == "t4"}


TOP, BOTTOM = "结果维 结果纠 其他结 尚未审 总", "持 正 果 结 计"
FIFTEEN = "1 0 3 0 4 1 0 1 0 2 0 0 4 0 4"


def test_names_of_two_blocks_may_be_broken_side_by_side() -> None:
    names = f"{TOP} {BOTTOM} 未经复议直接起诉 复议后起诉 {TOP} {TOP} {BOTTOM} {BOTTOM}"
    extracted = in_turns((f"{names} {FIFTEEN}",))
    assert values(extracted, "t4.after_review") == [0, 0, 4, 0, 4]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t4"} == {State.READ}


def test_names_broken_side_by_side_in_another_order_prove_nothing() -> None:
    names = f"{TOP} {BOTTOM} 未经复议直接起诉 复议后起诉 {TOP} {TOP} {BOTTOM} 正 持 果 结 计"
    extracted = in_turns((f"{names} {FIFTEEN}",))
    assert State.READ not in {cell.state for cell in extracted.form if cell.ref.table == "t4"}


def test_the_rest_of_a_heading_and_the_margin_of_a_print_are_no_names() -> None:
    turns = (
        f"情况 行政复议 {HALVES} 总计 1 0 3 0 4 未经复议直接起诉 {HALVES} 总计 1 0 1 0 2 复议后起诉 {HALVES} 0 0 4 0"
    )
    lines = ["四、政府信息公开行政复议、行政诉讼", *turns.split(), "file:///report.html", "总计", "4", "2/3"]
    lines += ["2024/1/11, 8:05", "青禾市司法局", "2024年政府信息公开工作年度报告"]
    extracted = read_text(report_text([]).replace("五、", "\n".join([*lines, "五、"]), 1))
    assert values(extracted, "t4.after_review") == [0, 0, 4, 0, 4]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t4"} == {State.READ}


def test_a_turn_with_another_number_of_figures_proves_nothing() -> None:
    turns = (
        f"{HALVES} 1 0 3",
        f"未经复议直接起诉 总计 {HALVES} 0 4 1 0 1 0",
        "复议后起诉 总计 2",
        f"{HALVES} 0 0 4 0",
        "总计 4",
    )
    assert State.READ not in {cell.state for cell in in_turns(turns).form if cell.ref.table == "t4"}


def test_a_figure_alone_on_its_line_is_no_page_number_if_it_is_a_part_of_the_sum() -> None:
    rows = [f"{row.label[-1]}\n4 1 0\n1\n2\n0 8" for row in ROWS]
    assert states(read_text(report_text(rows)), "t3.new") == {State.READ}


def test_a_figure_alone_on_its_line_may_be_a_page_number() -> None:
    rows = [f"{row.label[-1]}\n4 1 0\n0\n2\n0 8" for row in ROWS]
    rows[0] = f"{ROWS[0].label[-1]}\n4 1 0\n3\n2\n0 7"
    assert State.READ not in states(read_text(report_text(rows)), "t3.new")


def test_a_page_number_in_the_place_of_a_figure_that_is_missing_leaves_nothing_certain() -> None:
    names = "结果维持 结果纠正 其他结果 尚未审结 总计"
    row = [
        "四、政府信息公开行政复议、行政诉讼情况",
        "行政复议 行政诉讼",
        "未经复议直接起诉 复议后起诉",
        " ".join([names] * 3),
    ]
    row += ["7 6 3 4 20 4 4 1 3 31 7 6 1", "5 14"]
    whole = read_text(report_text([]).replace("五、", "\n".join([*row, "五、"]), 1))
    short = read_text(report_text([]).replace("五、", "\n".join([*row[:-1], "14", "5", "五、"]), 1))
    assert State.READ in states(whole, "t4.review")
    assert State.READ not in states(short, "t4.review")


OUTCOMES = "结果维持 结果纠正 其他结果 尚未审结 总计"


@pytest.mark.parametrize(("last", "state"), [("1\n3", State.READ), ("1\n\f3", State.DOUBTFUL)])
def test_a_figure_alone_on_its_line_is_no_page_number_far_from_the_ends_of_pages(last: str, state: State) -> None:
    turns = [
        "行政复议",
        "行政诉讼",
        "未经复议直接起诉",
        "复议后起诉",
        *[OUTCOMES] * 3,
        "/",
        "2",
        "1",
        "/",
        "3 1",
        "/",
        "1",
    ]
    lines = ["四、政府信息公开行政复议、行政诉讼情况", *turns, "1 12 /", "1", "1", last]
    extracted = read_text(report_text([]).replace("五、", "\n".join([*lines, "五、"]), 1) + "\n\f")
    assert values(extracted, "t4.direct") == [1, None, 1, 1, 12]
    assert states(extracted, "t4.direct") - {State.BLANK} == {state}


def test_figures_one_a_line_that_add_up_to_the_first_are_never_certain() -> None:
    rows = [f"{row.label[-1]}\n4\n1\n0\n1\n2\n0\n8" for row in ROWS]
    rows[0] = f"{ROWS[0].label[-1]}\n8\n4\n1\n0\n1\n2\n/"
    rows[1] = f"{ROWS[1].label[-1]}\n8\n0\n0\n0\n0\n0\n8"
    extracted = read_text(report_text(rows))
    assert State.READ not in states(extracted, "t3.new")
    assert states(extracted, "t3.carried_in") == {State.READ}


@pytest.mark.parametrize("behind", ["件", "无变化", "（含转来 2 件）"])
def test_words_behind_the_figures_of_a_row_do_not_give_its_label_to_the_next_row(behind: str) -> None:
    lines = rows_of_form(["5 1 0 0 0 0 6", f"1 0 0 0 0 1 2 {behind}", "3 0 0 0 1 0 4"])
    extracted = read_text(report_text(lines))
    assert values(extracted, "t3.carried_in") == [1, 0, 0, 0, 0, 1, 2]
    assert states(extracted, "t3.carried_in") == {State.DOUBTFUL}
    assert values(extracted, "t3.granted") == [3, 0, 0, 0, 1, 0, 4]


def test_the_rest_of_a_figure_below_a_row_of_single_blanks_leaves_doubt() -> None:
    lines = rows_of_form(["370 270 273 54 110 314 139", "1 0 0 0 0 0 1", "139 0 0 0 0 0 139"])
    lines[0] += "\n1"
    lines[2] += "\n1 1"
    extracted = read_text(report_text(lines))
    assert states(extracted, "t3.new") == states(extracted, "t3.granted") == {State.DOUBTFUL}


def test_a_page_number_below_a_row_that_adds_up_leaves_none() -> None:
    lines = rows_of_form(["5 1 0 0 0 0 6"])
    lines[0] += "\n4"
    assert states(read_text(report_text(lines)), "t3.new") == {State.READ}


def test_rows_with_a_column_of_last_year_beside_each_are_not_two_rows() -> None:
    lines = rows_of_form(["1 2 1 3 0 4 2 5 0 6 0 7 4 27"] * len(ROWS))
    lines[5] = lines[5].replace(" ", "\n", 1)
    extracted = read_text(report_text(lines))
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} <= {State.DOUBTFUL, State.MISSING}


def test_a_figure_below_the_names_of_several_rows_is_not_certainly_that_of_the_last() -> None:
    named = "第二十条第（五）项 信息内容 本年处理决定数量 行政许可 信息内容 行政处罚 行政强制 145"
    named += " 第二十条第（六）项 本年处理决定数量 6 /"
    fee = "第二十条第（八）项 信息内容 本年收费金额（单位：万元） 行政事业性收费 /"
    text = report_text([]).replace("三、收到", "\n\n".join([*named.split(), *fee.split(), "三、收到"]), 1)
    assert reading(read_text(text), "t2.coercion.decisions").state is not State.READ
