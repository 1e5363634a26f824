"""Texts of programs that keep a layout, where empty cells are drawn together or cells and labels torn apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form, values

DOCUMENTS = Path(__file__).parent / "documents"
TABLE_FOUR = (
    "行政复议                   行政诉讼",
    "结   结   其    尚     总   未经复议直接起诉                   复议后起诉",
    "果   果   他    未     计   结   结   其    尚    总        结       结   其   尚   总",
    "维   纠   结    审         果   果   他    未    计        果       果   他   未   计",
    "持   正   果    结         维   纠   结    审             维       纠   结   审",
    "                       持   正   果    结             持       正   果   结",
)
DOUBTED = {State.DOUBTFUL, State.MISSING}


def with_table_four(*lines: str, header: Sequence[str] = TABLE_FOUR) -> Extracted:
    heading = "四、政府信息公开行政复议、行政诉讼情况"
    whole = report_text(rows_of_form())
    return read_text(whole.replace("五、", "\n".join([heading, *header, *lines, "五、"]), 1))


def laid_out(*texts: str) -> str:
    """The texts in columns of ten places; a wide character takes two."""
    return "".join(text + " " * (10 - len(text.encode("gbk"))) for text in texts)


def states(extracted: Extracted, row: str) -> set[State]:
    return {cell.state for cell in extracted.form if str(cell.ref).startswith(row + ".")}


def test_an_empty_column_draws_those_beside_it_under_its_name() -> None:
    # Nobody of 社会公益组织 asked: on the page below its header the program left that column no room.
    extracted = read_text((DOCUMENTS / "columns-drawn-together.txt").read_text("utf-8"))
    assert reading(extracted, "t3.denied_safety.business").state in DOUBTED
    assert reading(extracted, "t3.unable_not_held.research").state in DOUBTED


def test_a_total_does_not_tell_in_which_columns_its_parts_stand() -> None:
    figures = "7                  7   4   6                 10       6           6   12"
    extracted = with_table_four(figures)
    assert states(extracted, "t4.after_review") <= DOUBTED


def test_a_word_among_the_figures_of_the_last_table_leaves_no_blanks_before_it() -> None:
    names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    figures = ("9", "0", "0", "2", "11", "5", "4", "0", "没有", "9", "5", "4", "2", "5", "16")
    blocks = laid_out(*names) + "未经复议直接起诉" + " " * 34 + "复议后起诉"
    header = (laid_out("行政复议", "", "", "", "", "行政诉讼"), blocks, " " * 50 + laid_out(*names, *names))
    extracted = with_table_four(laid_out(*figures), header=header)
    assert states(extracted, "t4.review") <= DOUBTED


def test_a_label_parted_behind_its_chinese_number_is_no_other_rows() -> None:
    rows = rows_of_form(["9 0 0 0 0 0 9", "0 0 0 0 0 0 0", "9 0 0 0 0 0 9"])
    torn = ["3.其他", "（七 9 0 0 0 0 0 9", "）总计", rows[-1]]
    extracted = read_text(report_text([*rows[:-3], *torn]))
    assert reading(extracted, "t3.closed_other.natural").state is not State.READ
    assert values(extracted, "t3.total") == [9, 0, 0, 0, 0, 0, 9]


def test_figures_below_a_row_that_does_not_add_up_may_be_its_own() -> None:
    rows = rows_of_form()
    torn = ["3.危及“三安全一稳 67 213 0 163 0 7 713", "定” 52 5", *rows[7:]]
    extracted = read_text(report_text([*rows[:6], *torn]))
    assert states(extracted, "t3.denied_safety") == {State.DOUBTFUL}


def test_an_empty_row_between_the_lines_of_a_header_is_not_the_row_of_the_table() -> None:
    rows = (
        ("", "", "", "", "行政复议", *[""] * 9, "行政诉讼"),
        [""] * 15,
        (*[""] * 7, "未经复议直", "接起诉", *[""] * 5, "复议后起诉"),
        ("结果维", "结果", "纠", "其他结 尚", "未审 总", *[""] * 10),
        (*[""] * 5, "结果维", "结果纠", "其他结 尚未", "审 总", "", "结果维", "", "结果纠", "其他结", "尚未审 总"),
        [""] * 15,
        ("持", "", "正", "果", "结 计", *[""] * 10),
        (*[""] * 5, "持", "正", "果", "结 计", "", "持", "", "正", "果", "结 计"),
        [""] * 15,
        ("0", "", "0", "16", "3 19", "1", "0", "5", "2 8", "", "0", "", "2", "7", "7 16"),
    )
    lines = [f"| {' | '.join(row)} |" for row in rows]
    extracted = with_table_four(*lines[1:], header=(lines[0], "|" + " --- |" * 15))
    assert states(extracted, "t4") <= DOUBTED


def test_figures_above_a_name_broken_over_lines_may_be_its_own() -> None:
    block = "第二十条第（六）项\n信息内容\n本年处理决定数量\n2861\n行\n政\n处\n罚\n827\n行\n政\n强\n制\n三、"
    extracted = read_text(report_text(rows_of_form()).replace("三、", block, 1))
    assert reading(extracted, "t2.penalty.decisions").state in DOUBTED


def test_a_figure_torn_out_of_its_row_leaves_the_order_of_the_others_open() -> None:
    table = """第二十条第（一）项
信息内容 本年新制作数量 本年新公开数量 对外公开总数量
规章 4 3 50
规范性文件 4 3 16
第二十条第（五）项
信息内容 上一年项目数量 本年增/减 处理决定数量
行政许可 77 0 52410
其他对外管理服务事项 2 20278
-23
第二十条第（六）项
信息内容 上一年项目数量 本年增/减 处理决定数量
行政处罚 227 -23 70475
行政强制 104 36 64284
第二十条第（八）项
信息内容 上一年项目数量 本年增/减
行政事业性收费 0 4
第二十条第（九）项
信息内容 采购项目数量 采购总金额
政府集中采购 17 7716.72
三、"""
    text = report_text(rows_of_form())
    extracted = read_text(text[: text.index("第二十条")] + table + text[text.index("收到和处理") :])
    assert extracted.edition == "2019"
    assert reading(extracted, "t2.service.items_change").state is State.DOUBTFUL


def test_figures_behind_the_end_of_the_label_above_are_not_certain_to_be_those_of_the_row_below() -> None:
    # Figures at the foot of their rows; the last row of the page is torn from the table.
    extracted = read_text((DOCUMENTS / "figures-at-the-foot.md").read_text("utf-8"))
    assert states(extracted, "t3.closed_other") <= DOUBTED


def test_a_row_that_a_converter_put_into_the_cell_of_its_label_leaves_no_blanks() -> None:
    # Every second row is shaded, and has no borders of its own.
    extracted = read_text((DOCUMENTS / "rows-in-one-cell.md").read_text("utf-8"))
    assert states(extracted, "t3.denied_law") <= DOUBTED
    assert states(extracted, "t3.closed_fee_unpaid") <= DOUBTED
