"""Rows of 表三 in plain text: found by their labels and order, and doubted where that is not enough."""

from __future__ import annotations

from pathlib import Path

from gkdesk.extraction.fill import read_tables
from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.extraction.made_up_report import ZEROS, read_text, reading, report_text, rows_of_form, values
from tests.work import calls_of


def test_figures_beside_their_label_are_read() -> None:
    extracted = read_text(report_text(rows_of_form(["5 1 0 0 0 0 6"])))
    assert values(extracted, "t3.new") == [5, 1, 0, 0, 0, 0, 6]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}


def test_figures_in_the_middle_of_a_wrapped_label_are_read() -> None:
    rows = rows_of_form()
    rows[20:21] = ["1.申请人无正当理由逾期不补正、行", "政机关不再处理其 2 0 0 0 0 0 2", "政府信息公开申请"]
    extracted = read_text(report_text(rows))
    assert values(extracted, "t3.closed_not_amended") == [2, 0, 0, 0, 0, 0, 2]
    assert reading(extracted, "t3.closed_not_amended.natural").state is State.READ


def test_labels_of_two_characters_a_line_below_the_top_of_their_row_are_those_of_the_figures_they_begin_at() -> None:
    rows = rows_of_form(["5 0 0 0 0 0 5", "2 1 0 0 0 0 3", "4 0 0 0 1 0 5", "0 6 0 0 0 0 6", "9 0 0 0 0 0 9"])
    narrow = [*rows[:4], *(line for row in rows[4:-2] for line in _narrow(row)), *rows[-2:]]
    extracted = read_text(report_text(narrow))
    assert values(extracted, "t3.denied_secret") == [9, 0, 0, 0, 0, 0, 9]
    assert values(extracted, "t3.denied_law") == [0] * 7
    assert reading(extracted, "t3.denied_secret.natural").state is State.READ


def test_labels_without_numbers_broken_after_two_characters_take_no_figures_of_the_row_below() -> None:
    rows = rows_of_form(["5 0 0 0 0 0 5", "2 1 0 0 0 0 3", "4 0 0 0 1 0 5", "0 6 0 0 0 0 6", "9 0 0 0 0 0 9"])
    bare = [row[row.startswith(tuple("12345678")) and 2 :] for row in rows]
    narrow = [*bare[:4], *(line for row in bare[4:-2] for line in _narrow(row)), *bare[-2:]]
    extracted = read_text(report_text(narrow))
    for name, figure in (("denied_secret", 9), ("denied_law", 0), ("denied_safety", 0)):
        cell = reading(extracted, f"t3.{name}.natural")
        assert cell.state is not State.READ or cell.value == figure


def test_a_blank_row_does_not_take_the_figures_of_the_label_begun_below_it() -> None:
    rows = rows_of_form()
    rows[1:3] = ["二、上年结转政府信息公开申请数量", "三（一）予以 3 0 0 0 0 0 3", "、公开"]
    extracted = read_text(report_text(rows))
    assert values(extracted, "t3.granted") == [3, 0, 0, 0, 0, 0, 3]
    assert reading(extracted, "t3.carried_in.natural").value is None


def test_a_blank_row_whose_label_is_broken_around_figures_is_not_taken_for_one_row_of_the_other_edition() -> None:
    rows = [row[row.startswith(tuple("12345678")) and 2 :] for row in rows_of_form()]
    start = next(number for number, row in enumerate(rows) if row.startswith("无正当理由"))
    # Two rows are blank and leave no figures: as many runs are left as the edition of 2019 has rows.
    rows[start : start + 5] = [
        "无正当理由大量反复申请",
        "要求行政机关确认或重新出具已获取信息",
        *("申请人无正", "当理由逾期不", "补正、行政", "4 0 0 0 0 0 4", "机关不再处", "理其政府信", "息公开申请"),
        *("其申请", "他人逾", "处期未", "理按收", "费通知要", "求缴纳费用、", "0 3 0 0 0 1 4"),
        *("行政机关不再", "处理其政府信", "息公开申请"),
        "其他 1 0 0 0 0 0 1",
    ]
    extracted = read_text(report_text(rows))
    for name, figure in (("rejected_excessive", None), ("rejected_confirm", None), ("closed_not_amended", 4)):
        cell = reading(extracted, f"t3.{name}.natural")
        assert cell.state is not State.READ or cell.value == figure


def _narrow(row: str) -> list[str]:
    label, figures = row.split(" ", 1)
    pieces = [label[:3], *(label[at : at + 2] for at in range(3, len(label), 2))]
    return [f"{pieces[0]} {figures}", *pieces[1:]]


def test_the_rest_of_a_row_on_the_next_page_is_not_blank() -> None:
    rows = [row.replace(" ", "\t") for row in rows_of_form()]
    place = next(number for number, row in enumerate(rows) if row.startswith("1.本机关"))
    torn = ["1.本\t29\t\t\t\t\t\t29", "- 3 -", "机关不掌握相关政府信息" + "\t" * 7]
    rows[place - 1 : place + 1] = ["8.属18 47 65于行政查询事项", *torn]
    extracted = read_text(report_text(rows))
    assert reading(extracted, "t3.unable_not_held.natural").state is not State.BLANK


def test_no_row_of_a_second_table_fills_one_that_lost_a_blank() -> None:
    first = rows_of_form(["5 0 0 0 0 5"] * len(rows_of_form()))
    second = rows_of_form(["9 0 0 0 0 0 9"])
    extracted = read_text(report_text([*first, *second]))
    assert reading(extracted, "t3.new.natural").state is State.DOUBTFUL
    assert values(extracted, "t3.new")[-1] != 9


def test_a_row_without_its_label_between_proven_rows_is_placed_but_doubted() -> None:
    rows = rows_of_form()
    rows[6] = "4 0 0 0 0 0 4"
    extracted = read_text(report_text(rows))
    assert values(extracted, "t3.denied_safety") == [4, 0, 0, 0, 0, 0, 4]
    assert reading(extracted, "t3.denied_safety.natural").doubts == ("row-unproven",)


def test_a_missing_row_is_missing_and_moves_no_other() -> None:
    rows = rows_of_form()
    del rows[6]
    rows[7] = rows[7].replace(ZEROS, "7 0 0 0 0 0 7")
    extracted = read_text(report_text(rows))
    assert reading(extracted, "t3.denied_safety.natural").state is State.MISSING
    assert values(extracted, "t3.denied_internal") == [7, 0, 0, 0, 0, 0, 7]


def test_an_extra_local_row_is_left_out() -> None:
    rows = rows_of_form()
    rows.insert(4, "其中：通过平台受理 9 9 9 9 9 9 9")
    extracted = read_text(report_text(rows))
    assert values(extracted, "t3.denied_secret") == [0] * 7
    assert any(note.code == "stray-figure" for note in extracted.notes)


def test_figures_that_ran_together_are_never_cut() -> None:
    rows = rows_of_form()
    rows[0] = rows[0].replace(ZEROS, "2171000021")
    extracted = read_text(report_text(rows))
    assert {cell.state for cell in extracted.form if cell.ref.row == "new"} == {State.DOUBTFUL}
    assert values(extracted, "t3.new") == [None] * 7


def test_too_few_figures_are_doubtful_without_a_value() -> None:
    rows = rows_of_form()
    rows[0] = rows[0].replace(ZEROS, "5 1 6")
    assert values(read_text(report_text(rows)), "t3.new") == [None] * 7


def test_closed_requests_in_one_row_yield_the_extra_cells() -> None:
    rows = rows_of_form()
    rows[20:23] = ["（六）其他处理 3 0 0 0 0 0 3"]
    extracted = read_text(report_text(rows))
    assert values(extracted, "t3.closed") == [3, 0, 0, 0, 0, 0, 3]
    assert reading(extracted, "t3.closed_other.natural").state is State.MISSING


def test_columns_of_nothing_in_another_order_are_doubted_where_order_counts() -> None:
    rows = rows_of_form(["0 / 0 0 0 0 0"] * 25)
    text = report_text(rows).replace("商业企业 科研机构 社会公益组织", "社会公益组织 科研机构 商业企业")
    extracted = read_text(text)
    assert reading(extracted, "t3.new.business").state is State.DOUBTFUL
    assert reading(extracted, "t3.new.welfare").state is State.DOUBTFUL
    assert reading(extracted, "t3.new.research").state is State.READ


def test_prose_alone_fills_nothing() -> None:
    extracted = read_text(
        "青禾市司法局2024年政府信息公开工作年度报告\n一、总体情况\n全年行政许可 97 件，收到申请 5 件。\n"
    )
    assert extracted.edition is None
    assert {cell.state for cell in extracted.form} == {State.MISSING}
    assert len(extracted.form) == 200


def test_rows_in_another_order_are_never_certain_unless_every_row_has_its_label() -> None:
    rows = rows_of_form(["0 0 0 0 0 0 0"] * 6 + ["5 0 0 0 0 0 5", "9 0 0 0 0 0 9"])
    rows[6], rows[7] = rows[7], rows[6]
    rows[12] = ZEROS
    extracted = read_text(report_text(rows))
    for name in ("t3.denied_safety.natural", "t3.denied_third_party.natural"):
        assert reading(extracted, name).state is State.DOUBTFUL


def test_another_years_table_behind_the_first_is_doubted_not_mixed_in() -> None:
    first = rows_of_form(["5 1 0 0 0 0 6"])
    last_year = rows_of_form(["8 0 0 0 0 0 8"])
    extracted = read_text(report_text([*first, *last_year]))
    assert values(extracted, "t3.new") == [5, 1, 0, 0, 0, 0, 6]
    assert reading(extracted, "t3.new.natural").doubts == ("second-table",)


TOTAL_FIRST = ("自然人 法人或其他组织 总计", "总计 自然人 法人或其他组织")


def test_a_total_of_nothing_that_is_named_first_is_doubted() -> None:
    text = report_text(rows_of_form(["/ 0 0 0 0 0 0"] * 25)).replace(*TOTAL_FIRST)
    extracted = read_text(text)
    assert values(extracted, "t3.new") == [0, 0, 0, 0, 0, 0, None]
    assert reading(extracted, "t3.new.natural").doubts == reading(extracted, "t3.new.total").doubts == ("position",)


def test_a_total_that_is_named_first_and_comes_out_is_read() -> None:
    text = report_text(rows_of_form(["6 5 1 0 0 0 0"])).replace(*TOTAL_FIRST)
    extracted = read_text(text)
    assert values(extracted, "t3.new") == [5, 1, 0, 0, 0, 0, 6]
    assert reading(extracted, "t3.new.natural").state is State.READ


def test_a_total_that_is_named_first_and_does_not_come_out_is_doubted() -> None:
    text = report_text(rows_of_form(["5 1 0 0 0 0 6"])).replace(*TOTAL_FIRST)
    extracted = read_text(text)
    assert reading(extracted, "t3.new.natural").state is State.DOUBTFUL


def test_a_subtotal_column_is_doubted() -> None:
    rows = rows_of_form(["5 1 0 0 0 0 6"])
    text = report_text(rows).replace("法律服务机构 其他", "法律服务机构 其他 小计")
    assert reading(read_text(text), "t3.new.other").state is State.DOUBTFUL


def test_numbers_of_lines_are_no_figures_where_many_rows_were_not_found() -> None:
    rows = [row.replace(ZEROS, f"{number} 0 0 0 0 0 0") for number, row in enumerate(rows_of_form(), 1)]
    kept = [row for number, row in enumerate(rows) if number % 2 == 0]
    extracted = read_text(report_text(kept))
    assert State.READ not in {cell.state for cell in extracted.form if cell.ref.table == "t3"}


def test_a_column_of_line_numbers_before_the_first_column_is_doubted() -> None:
    text = report_text(rows_of_form(["5 1 0 0 0 0 6"])).replace("自然人 法人", "行次 自然人 法人")
    assert reading(read_text(text), "t3.new.natural").doubts == ("column-unproven",)


def test_a_label_printed_twice_before_one_run_of_figures_is_doubted() -> None:
    rows = rows_of_form()
    rows[9:10] = ["6.属于四类过程性信息", "6.属于四类过程性信息 7 7 7 7 7 7 7"]
    extracted = read_text(report_text(rows))
    assert reading(extracted, "t3.denied_process.natural").doubts == ("row-twice",)


def test_a_label_broken_around_too_few_figures_and_then_around_others_is_doubted() -> None:
    rows = rows_of_form()
    rows[17:18] = ["3.要求提供公开 2 2", "出版物", "3.要求提供公开 7 7 7 7 7 7 7", "出版物"]
    extracted = read_text(report_text(rows))
    assert "row-twice" in reading(extracted, "t3.rejected_publication.natural").doubts


def test_a_page_number_does_not_complete_a_row() -> None:
    rows = rows_of_form()
    rows[0:1] = [rows[0].replace(ZEROS, "5 1 0 0 0 6"), "4"]
    assert reading(read_text(report_text(rows)), "t3.new.natural").state is State.DOUBTFUL


def test_a_label_broken_behind_its_number_belongs_to_the_row_of_the_number() -> None:
    rows = rows_of_form()
    rows[4:12] = [
        line
        for number, label in enumerate(
            "属于国家秘密 其他法律行政法规禁止公开 危及“三安全一稳定” 保护第三方合法权益 "
            "属于三类内部事务信息 属于四类过程性信息 属于行政执法案卷 属于行政查询事项".split(),
            start=1,
        )
        for line in (f"{number}. {number} 0 0 0 0 0 {number}", label)
    ]
    extracted = read_text(report_text(rows))
    assert values(extracted, "t3.denied_secret")[0] == 1
    assert values(extracted, "t3.denied_inquiry")[0] == 8
    assert values(extracted, "t3.partial")[0] == 0


def test_groups_of_rows_in_another_order_leave_no_row_certain_by_its_place() -> None:
    rows = rows_of_form()
    denied, unable = rows[4:12], rows[12:15]
    denied[5] = ZEROS
    unable[0] = "4 0 0 0 0 0 4"
    extracted = read_text(report_text([*rows[:4], *unable, *denied, *rows[15:]]))
    wrong = {str(cell.ref) for cell in extracted.form if cell.state is State.READ and cell.value == 4}
    assert wrong == set()


def test_a_row_met_twice_is_doubtful_though_one_of_both_was_placed_elsewhere() -> None:
    rows = rows_of_form()
    rows[8:10] = [rows[8].replace(ZEROS, "1 0 0 0 0 0 1"), rows[8].replace(ZEROS, "7 7 7 7 7 7 7")]
    extracted = read_text(report_text(rows))
    states = {cell.state for cell in extracted.form if cell.ref.row in ("denied_internal", "denied_process")}
    assert states <= {State.DOUBTFUL, State.MISSING}


def test_figures_that_close_in_another_column_than_the_last_are_never_certain() -> None:
    rows = rows_of_form(["3 2 1 — — — —", "1 1 — — — — —"])
    named = "申请人情况\n总计\n法人或其他组织\n其他\n自然\n人\n商业企业\n科研机构\n社会公益组织\n法律服务机构"
    ours = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他"
    extracted = read_text(report_text(rows).replace(ours, named))
    states = {cell.state for cell in extracted.form if cell.ref.row in ("new", "carried_in")}
    assert states <= {State.DOUBTFUL, State.MISSING}


def test_seven_figures_at_the_end_of_a_longer_column_are_no_certain_row() -> None:
    rows = rows_of_form()
    label = rows[13].removesuffix(f" {ZEROS}")
    rows[13:14] = [label, *"13 26 12 24 31 33 38 77 889".split()]
    extracted = read_text(report_text(rows))
    row = [cell for cell in extracted.form if cell.ref.row == "rejected_confirm" or cell.value in (13, 26, 889)]
    assert row
    assert State.READ not in {cell.state for cell in row if cell.value in (13, 26, 12, 24, 31, 33, 38, 77, 889)}


def test_a_row_in_which_one_figure_may_belong_elsewhere_has_no_certain_figure() -> None:
    rows = rows_of_form()
    label = rows[3].removesuffix(f" {ZEROS}")
    rows[3:4] = [f"{label[:20]} 4 1", "4", "0", "0 0 5", label[20:]]
    extracted = read_text(report_text(rows))
    states = [reading(extracted, f"t3.partial.{column}").state for column in ("natural", "other", "total")]
    assert len(set(states)) == 1


def test_a_label_printed_again_behind_other_figures_puts_its_row_in_doubt() -> None:
    rows = rows_of_form()
    label = rows[13].removesuffix(f" {ZEROS}")
    rows[13:14] = [label, "16 1 0 0 0 0 17", "7 7 7 7 7 7 7", label]
    extracted = read_text(report_text(rows))
    seen = [cell.reading for cell in extracted.form if cell.value in (16, 17, 7)]
    assert seen
    assert {one.state for one in seen} == {State.DOUBTFUL}


def test_the_total_of_a_second_table_below_is_never_certain_for_the_first() -> None:
    path = Path(__file__).parent / "documents" / "second-table-below.txt"
    extracted = read_text(path.read_text("utf-8"))
    seen = [cell.reading for cell in extracted.form if cell.ref.row == "total" and cell.reading.value is not None]
    assert seen
    assert State.READ not in {one.state for one in seen}


def test_figures_above_their_labels_are_never_those_of_the_label_above() -> None:
    lines: list[str] = []
    for number, row in enumerate(rows_of_form([f"{n} 0 0 0 0 1 {n + 1}" for n in range(1, 26)])):
        label, _, figures = row.partition(" ")
        # One row has lost a figure, so that not every run is a row.
        lines += [figures if number != 7 else figures[2:], label]
    extracted = read_text(report_text(lines))
    rows = [values(extracted, row) for row in ("t3.new", "t3.carried_in")]
    assert rows == [[1, 0, 0, 0, 0, 1, 2], [2, 0, 0, 0, 0, 1, 3]] or State.READ not in {
        cell.state for cell in extracted.form if cell.ref.table == "t3"
    }


def test_words_that_come_again_are_not_compared_with_the_form_again() -> None:
    def work(rows: list[str]) -> int:
        content = opening.read(f"<table>{''.join(rows)}</table>".encode())
        return calls_of(lambda: read_tables(content, load_editions()["2021"]))

    cells = "<td>1</td>" * 7
    alike = [f"<tr><td>属于行政执法案卷甲乙</td>{cells}</tr>"] * 200
    unlike = [f"<tr><td>属于行政执法案卷{chr(0x4E00 + number)}</td>{cells}</tr>" for number in range(200)]
    names = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    header = f"<tr>{''.join(f'<td>{name}</td>' for name in names)}</tr>"
    assert 4 * work([header, *alike]) < 3 * work([header, *unlike])
