"""Texts that converters make of tables: pieces of merged cells, columns put into one, figures broken over lines."""

from __future__ import annotations

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import ZEROS, read_text, reading, report_text, rows_of_form, values

TWO_HEADS = "信息内容\t上一年项目数量\t\t本年增/减\t\t处理决定数量\t"
NAMES = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"
OUTCOMES = "结果维持 结果纠正 其他结果 尚未审结 总计"


def second_table(service: str, heads: str = TWO_HEADS) -> Extracted:
    """A report of the 2019 edition whose 表二 keeps a piece for every column that a merged cell covered."""
    lines = [
        "青禾市司法局2020年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        "第二十条第（一）项\t\t\t\t\t\t",
        "信息内容\t本年新制作数量\t\t本年新公开数量\t\t对外公开总数量\t",
        "规章\t0\t\t0\t\t0\t",
        "规范性文件\t3\t\t3\t\t20\t",
        "第二十条第（五）项\t\t\t\t\t\t",
        heads,
        "行政许可\t60\t\t-2\t\t946\t",
        service,
        "第二十条第（六）项\t\t\t\t\t\t",
        TWO_HEADS,
        "行政处罚\t4\t\t\t\t215\t",
        "行政强制\t5\t\t0\t\t7\t",
        "三、收到和处理政府信息公开申请情况",
    ]
    return read_text("\n".join(lines))


def test_figures_stand_below_the_names_between_which_merged_cells_left_pieces() -> None:
    extracted = second_table("其他对外管理服务事项\t\t\t19\t\t\t")
    assert values(extracted, "t2.service") == [None, 19, None]
    assert reading(extracted, "t2.service.items_change").state is State.READ
    assert values(extracted, "t2.penalty") == [4, None, 215]


def test_a_row_whose_merged_cells_left_no_pieces_is_doubtful_below_names_that_left_them() -> None:
    extracted = second_table("其他对外管理服务事项\t12\t19\t\t\t\t")
    assert State.READ not in {reading(extracted, f"t2.service.{name}").state for name in ("items_before", "decisions")}


def tabbed(total: str) -> Extracted:
    """表三 of a converter that finds the columns of the form on the first page, and other ones on the second."""
    rows = [row.replace(" ", "\t") for row in rows_of_form()[:-1]]
    lines = [f"项目\t{NAMES}\t", *(f"{row}\t" for row in rows), total]
    text = report_text(lines)
    return read_text(
        text.replace("申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n", "")
    )


def test_a_row_with_fewer_pieces_than_columns_stands_below_none_of_them_for_certain() -> None:
    extracted = tabbed("四、结转下年度继续办理\t\t7\t")
    assert State.READ not in {reading(extracted, f"t3.carried_out.{name}").state for name in ("business", "research")}


def test_a_row_with_all_its_pieces_stands_below_the_names() -> None:
    extracted = tabbed("四、结转下年度继续办理\t\t7\t\t\t\t\t\t")
    assert values(extracted, "t3.carried_out")[1] == 7
    assert reading(extracted, "t3.carried_out.business").state is State.READ


def fourth_table(behind: str) -> Extracted:
    lines = [
        *rows_of_form(),
        "四、政府信息公开行政复议、行政诉讼情况",
        "行政复议 行政诉讼",
        "未经复议直接起诉 复议后起诉",
        f"{OUTCOMES} {OUTCOMES} {OUTCOMES}",
        "    1   0   2   0   3   1   0   0   0   1   0   0   0   0   0",
        behind,
    ]
    return read_text(report_text(lines))


def test_figures_broken_over_two_lines_of_a_narrow_column_are_doubtful() -> None:
    extracted = fourth_table("                        2               2")
    assert reading(extracted, "t4.direct.upheld").state is State.DOUBTFUL
    assert reading(extracted, "t4.direct.total").state is State.DOUBTFUL


def test_a_row_with_nothing_below_its_figures_is_certain() -> None:
    assert reading(fourth_table(""), "t4.direct.upheld").state is State.READ


def turned(*lines: str) -> Extracted:
    """表二 with lines in the place of the rows of 第二十条第（六）项."""
    text = report_text([ZEROS])
    block = [
        "第二十条第（五）项",
        "信息内容",
        "本年处理决定数量",
        "行政许可 8",
        "第二十条第（六）项",
        "信息内容",
        "本年处理决定数量",
    ]
    return read_text(text.replace("三、收到和处理", "\n".join([*block, *lines, "三、收到和处理"])))


def test_a_figure_in_front_of_a_label_and_one_behind_it_leave_the_row_in_doubt() -> None:
    extracted = turned("4", "行政处罚", "0", "行政强制")
    assert reading(extracted, "t2.penalty.decisions").state is State.DOUBTFUL


def test_figures_behind_their_labels_are_certain() -> None:
    extracted = turned("行政处罚", "4", "行政强制", "0")
    assert [reading(extracted, f"t2.{row}.decisions").value for row in ("penalty", "coercion")] == [4, 0]
    assert reading(extracted, "t2.coercion.decisions").state is State.READ


def test_what_a_converter_of_workbooks_writes_for_empty_cells_is_nothing() -> None:
    lines = [
        "# 青禾市司法局2024年政府信息公开工作年度报告",
        "",
        "| 第二十条第（一）项 | Unnamed: 1 | Unnamed: 2 | Unnamed: 3 |",
        "|---|---|---|---|",
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
        "| 规章 | 0 | NaN | 0 |",
        "| 行政规范性文件 | 3 | 1 | 12 |",
        "| 第二十条第（五）项 | NaN | NaN | NaN |",
        "| 信息内容 | 本年处理决定数量 | NaN | NaN |",
        "| 行政许可 | 47 | NaN | NaN |",
        "| 第二十条第（六）项 | NaN | NaN | NaN |",
        "| 信息内容 | 本年处理决定数量 | NaN | NaN |",
        "| 行政处罚 | 5 | NaN | NaN |",
        "| 行政强制 | 6 | NaN | NaN |",
    ]
    extracted = read_text("\n".join(lines))
    assert values(extracted, "t2.rules") == [0, None, 0]
    assert reading(extracted, "t2.rules.repealed").state is State.BLANK
    assert values(extracted, "t2.permit") + values(extracted, "t2.penalty") == [47, 5]
    assert reading(extracted, "t2.permit.decisions").state is State.READ


def test_figures_of_several_columns_in_one_cell_leave_none_of_them_blank() -> None:
    rows = [
        "<tr><td colspan=4>第二十条第（一）项</td></tr>",
        "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>",
        "<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr>",
        "<tr><td>行政规范性文件</td><td colspan=3>13 10 3</td></tr>",
        "<tr><td colspan=4>第二十条第（六）项</td></tr>",
        "<tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr>",
        "<tr><td>行政处罚</td><td colspan=3>5</td></tr>",
        "<tr><td>行政强制</td><td colspan=3>6</td></tr>",
    ]
    title = "<h1>青禾市司法局2024年政府信息公开工作年度报告</h1>"
    extracted = read_text(f"<html><body>{title}<table>{''.join(rows)}</table></body></html>")
    names = ("made", "repealed", "valid")
    assert {reading(extracted, f"t2.normative.{name}").state for name in names} == {State.DOUBTFUL}
    assert values(extracted, "t2.rules") == [0, 0, 0]


def test_a_piece_of_a_table_without_its_empty_columns_holds_no_whole_row() -> None:
    head = [f"| 项目 |  |  | {NAMES.replace(chr(9), ' | ')} |", "|---" * 10 + "|"]
    rows = rows_of_form(["4 6 4 0 3 0 17"])[:22]
    first = [f"| {label} |  |  | {' | '.join(figures)} |" for label, *figures in map(str.split, rows)]
    rest = [
        "|  |  | 3.其他 | 4 | 6 | 3 | 2 | 15 |",
        "|---|---|---|---|---|---|---|---|",
        "|  | （七）总计 |  | 4 | 6 | 3 | 2 | 15 |",
        "| 四、结转下年度继续办理 |  |  |  |  | 1 | 1 | 2 |",
    ]
    extracted = read_text(report_text([*head, *first, "", *rest]))
    found = {reading(extracted, f"t3.carried_out.{name}").state for name in ("research", "other")}
    assert found <= {State.DOUBTFUL, State.MISSING}


def test_a_row_that_ends_before_its_total_has_lost_a_piece_somewhere() -> None:
    head = [f"| 项目 |  |  | {NAMES.replace(chr(9), ' | ')} |", "|---" * 10 + "|"]
    rows = [row.split() for row in rows_of_form(["9 1 0 2 0 0 12", "0 0 0 0 0 0 0", *["1 0 0 1 0 0 2"] * 4])]
    whole = [f"| {label} |  |  | {' | '.join(figures)} |" for label, *figures in rows]
    whole[2:6] = [f"| 三、本年度办理结果 | （三）不予公开 | {row[0]} | {' | '.join(row[1:])} |" for row in rows[2:6]]
    piece = ["| 5.属于三类内部事务信息 | 5 | 1 |  | 16 |  | 22 |", "|---|---|---|---|---|---|---|"]
    extracted = read_text(report_text([*head, *whole[:8], "", *piece, "", *whole[9:]]))
    found = {reading(extracted, f"t3.denied_internal.{name}").state for name in ("other", "legal", "total")}
    assert found <= {State.DOUBTFUL, State.MISSING}


def test_rows_with_a_subtotal_are_found_above_below_and_beside_their_labels() -> None:
    lines = [NAMES.replace("\t", " ").replace("总计", "小计 总计")]
    for number, row in enumerate(rows_of_form()):
        label, figures = row.split()[0], f"{number + 1} | 1 | 0 | 0 | 0 | 0 | 1 | {number + 2}"
        beside, above = number % 4 == 0, number % 2 == 1
        lines += [label] if above and not beside else []
        lines += ["", f"| {label} | {figures} |" if beside else f"| {figures} |", "|---" * (8 + beside) + "|"]
        lines += [label] if not above and not beside else []
    text = report_text(lines).replace(
        "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n", ""
    )
    extracted = read_text(text)
    assert values(extracted, "t3.granted") == [3, 1, 0, 0, 0, 0, 4]
    assert values(extracted, "t3.partial") == [4, 1, 0, 0, 0, 0, 5]
    assert {reading(extracted, f"t3.{row}.natural").state for row in ("granted", "partial")} == {State.READ}
