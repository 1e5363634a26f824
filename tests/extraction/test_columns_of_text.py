"""Columns of 表三 in texts that keep a layout by blanks, and in tab-separated text whose merged cells were lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gkdesk.extraction.figures import units
from gkdesk.extraction.fill import extract
from gkdesk.extraction.strips import strips
from gkdesk.extraction.tables.columns.placed_rows import place_rows
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.extraction.made_up_report import read_text, reading, report_text, values

ROWS = load_editions()["2021"].table("t3").blocks[0].rows
FULL = ("5", "1", "0", "0", "0", "0", "6")
HEAD = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def spaced(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD, shift: Sequence[int] = ()) -> Extracted:
    """A report whose figures stand in columns of nine characters, a row moved to the right by its ``shift``."""
    lines = ["".join(text.ljust(9) for text in (" " * 45, *head))]
    for number, row in enumerate(ROWS):
        texts = rows[number] if number < len(rows) else FULL
        left = 45 + (shift[number] if number < len(shift) else 0)
        lines.append(row.label[-1].ljust(left) + "".join(text.ljust(9) for text in texts))
    return read_text(report_text([]).replace("五、", "\n".join([*lines, "五、"]), 1))


def with_head(head: Sequence[str]) -> Extracted:
    """A report with figures in columns of nine characters below a header of several lines."""
    lines = [*head]
    lines += [row.label[-1].ljust(45) + "".join(text.ljust(9) for text in FULL) for row in ROWS]
    text = report_text([]).replace(
        "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n", ""
    )
    return read_text(text.replace("五、", "\n".join([*lines, "五、"]), 1))


def at(*names: tuple[int, str]) -> str:
    """A line with each name at its place."""
    line = ""
    for place, name in names:
        line = line.ljust(place) + name
    return line


def test_names_on_lines_of_their_own_prove_the_columns_by_standing_right_of_each_other() -> None:
    inner = at((53, "商业企"), (62, "科研机"), (71, "社会公"), (80, "法律服"))
    below = at((54, "业"), (64, "构"), (71, "益组织"), (80, "务机构"))
    head = [at((45, "自然人"), (101, "总计")), inner, at((90, "其他")), below]
    assert reading(with_head(head), "t3.new.natural").state is State.READ
    exchanged = [at((45, "其他"), (101, "总计")), inner, at((90, "自然人")), below]
    assert reading(with_head(exchanged), "t3.new.natural").state is not State.READ


def behind_label(first: str, last: str, *figures: Sequence[int]) -> Extracted:
    """A report of narrow columns, wide characters counted as one, whose first name stands right behind long words.

    The figures of each row begin at those of ``figures``, the last of which holds for all rows of the next page.
    """
    head = [
        at((0, "（本列数据的勾稽关系"), (23, "法人或其他组织")),
        at((0, "和，等于第三项加第四项"), (12, first)),
        at((4, "之和）"), (17, "商业企"), (21, "科研"), (24, "社会"), (30, "法律")),
        at((26, "公益"), (29, "服务"), (32, last)),
        at((39, "总计")),
        at((18, "业"), (20, "机构"), (23, "组织"), (30, "机构")),
    ]
    labels = [(row.label[-1][:9], row.label[-1][9:]) for row in ROWS]
    lines = list(head)
    for number, (label, rest) in enumerate(labels):
        lines += [at((0, label), *zip(figures[min(number, len(figures) - 1)], FULL, strict=True)), rest]
        lines += ["\f"] if number + 2 == len(figures) else []
    return with_table(lines)


def test_names_behind_words_stand_in_order_as_the_program_counts_that_made_the_text() -> None:
    # Counted in columns of a terminal 自然人 stands above 商业企业, moved there by the words before it.
    columns = (12, 17, 21, 23, 26, 29, 39), (12, 18, 22, 27, 31, 33, 39), (14, 21, 26, 30, 34, 39, 43)
    assert reading(behind_label("自然人", "其他", *columns), "t3.new.natural").state is State.READ
    assert reading(behind_label("其他", "自然人", *columns), "t3.new.natural").state is not State.READ
    # The figures stand below the other names: 自然人 was drawn to the words.
    drawn = behind_label("自然人", "其他", (17, 21, 23, 26, 29, 35, 39), (17, 22, 27, 31, 33, 36, 39), columns[2])
    assert reading(drawn, "t3.new.natural").state is not State.READ


def test_a_blank_leaves_its_room() -> None:
    extracted = spaced([FULL, FULL, FULL, ("3", "", "", "", "1", "", "4")])
    assert values(extracted, "t3.partial") == [3, None, None, None, 1, None, 4]
    assert reading(extracted, "t3.partial.natural").state is State.READ
    assert reading(extracted, "t3.partial.business").state is State.BLANK


def test_zeros_and_blanks_are_told_apart_by_where_they_stand() -> None:
    extracted = spaced([FULL, FULL, FULL, ("", "0", "", "", "0", "", "")])
    assert values(extracted, "t3.partial") == [None, 0, None, None, 0, None, None]
    assert reading(extracted, "t3.partial.business").state is State.READ


def test_words_behind_the_figures_may_stand_for_those_of_the_last_cells() -> None:
    extracted = spaced([FULL, FULL, FULL, ("3", "0", "0", "0", "1", "0", "约4")])
    assert {reading(extracted, f"t3.partial.{column}").state for column in ("natural", "other")} == {State.DOUBTFUL}
    assert reading(extracted, "t3.partial.total").state is State.MISSING


def test_figures_beside_the_rest_of_a_label_may_be_those_above_it_broken_in_a_narrow_cell() -> None:
    rows = [at((0, row.label[-1]), *((45 + 9 * n, text) for n, text in enumerate(FULL))) for row in ROWS]
    above = ("10", "13", "1", "2", "", "1", "12")
    torn = [
        at((0, "1.属于"), *((45 + 9 * n, text) for n, text in enumerate(above) if text)),
        at((0, "国家秘密"), (45, "7"), (99, "4")),
        "2.其他法律行政法规禁止公",
        "开",
    ]
    extracted = with_table([at(*((45 + 9 * n, name) for n, name in enumerate(HEAD))), *rows[:4], *torn, *rows[6:]])
    assert reading(extracted, "t3.denied_secret.natural").state is not State.READ
    assert reading(extracted, "t3.denied_law.natural").state is not State.READ


def test_a_page_that_ends_behind_the_blanks_of_a_line_does_not_move_its_figures() -> None:
    content = opening.read("一、总体情况\n      稳定  3    0\n      \f稳定  3    0\n   \f      稳定  3    0\n".encode())
    _, whole, torn, fed = strips(content)
    assert [figure.spans for figure in whole.figures] == [figure.spans for figure in torn.figures]
    assert [figure.spans for figure in whole.figures] == [figure.spans for figure in fed.figures]


def with_names(names: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> Extracted:
    """A report whose columns are named over several lines, those and the figures in columns of nine characters."""
    texts = [("", *line) for line in names]
    texts += [(row.label[-1], *rows[number % len(rows)]) for number, row in enumerate(ROWS)]
    lines = [text[0].ljust(45) + "".join(part.ljust(9) for part in text[1:]) for text in texts]
    return with_table([line.rstrip() for line in lines])


def with_table(lines: Sequence[str]) -> Extracted:
    """A report with these lines for the header of 表三 and its rows."""
    before, _, behind = report_text([]).partition("申请人情况")
    return read_text("\n".join([before, "申请人情况", *lines, behind[behind.index("五、") :]]))


TOTAL_FIRST = [
    ("", "", "法人或其他组织", "", "", "", ""),
    ("总计", "", "", "", "", "", "其他"),
    ("", "自然人", "商业企业", "科研机构", "社会公益", "法律服务", ""),
    ("", "", "", "", "组织", "机构", ""),
]
ZEROS = (("0", "0", "", "0", "0", "", "0"), ("0", "", "0", "0", "", "0", "/"))


def test_a_total_that_stands_first_is_told_by_its_name_above_the_figures() -> None:
    # No sum tells where the total of a table of zeros stands; its name does, on another line than the others.
    extracted = with_names(TOTAL_FIRST, ZEROS)
    assert values(extracted, "t3.new") == [0, None, 0, 0, None, 0, 0]
    assert values(extracted, "t3.carried_in") == [None, 0, 0, None, 0, None, 0]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ, State.BLANK}


def test_blanks_of_a_table_whose_total_stands_first_leave_their_room() -> None:
    extracted = with_names(TOTAL_FIRST, [("3", "3", "", "", "", "", ""), ("7", "5", "", "1", "", "1", ""), FULL[::-1]])
    assert values(extracted, "t3.new") == [3, None, None, None, None, None, 3]
    assert values(extracted, "t3.carried_in") == [5, None, 1, None, 1, None, 7]
    assert reading(extracted, "t3.new.business").state is State.BLANK


def test_a_name_whose_line_lost_its_blanks_does_not_stand_first() -> None:
    rows = [row.label[-1].ljust(45) + "".join(text.ljust(9) for text in ZEROS[0]) for row in ROWS]
    extracted = with_table(["总计", " " * 45 + "".join(name.ljust(9) for name in HEAD[:-1]), *rows])
    assert reading(extracted, "t3.new.total").state is not State.READ


def test_a_subtotal_of_the_legal_persons_is_left_out() -> None:
    names = [
        ("", "", "", "法人或其他组织", "", "", "", ""),
        ("自然人", "", "", "", "", "", "", "总计"),
        ("", "商业企业", "科研机构", "社会公益", "法律服务", "其他", "小计", ""),
        ("", "", "", "组织", "机构", "", "", ""),
    ]
    rows = [("3", "", "1", "", "1", "", "2", "5"), ("", "2", "", "", "", "", "2", "2"), ("0", *"000000", "0")]
    extracted = with_names(names, rows)
    assert values(extracted, "t3.new") == [3, None, 1, None, 1, None, 5]
    assert values(extracted, "t3.carried_in") == [None, 2, None, None, None, None, 2]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ, State.BLANK}
    wrong = with_names(names, [("3", "", "1", "", "1", "", "7", "5"), ("0", "2", "", "", "", "", "8", "2")])
    assert State.READ not in {cell.state for cell in wrong.form if cell.ref.table == "t3"}


def test_a_row_that_stands_elsewhere_than_its_neighbours_is_never_certain() -> None:
    extracted = spaced([FULL, FULL, FULL, ("0", "0", "", "", "", "", "")], shift=(0, 0, 0, 5))
    states = {cell.state for cell in extracted.form if cell.ref.row == "partial"}
    assert states <= {State.DOUBTFUL, State.MISSING}


def test_single_blanks_between_figures_prove_no_column() -> None:
    rows = [f"{row.label[-1]}\n{' '.join(FULL)}" for row in ROWS]
    rows[3] = f"{ROWS[3].label[-1]}\n1 0 0 0 0 1"
    extracted = read_text(report_text(rows))
    assert {cell.state for cell in extracted.form if cell.ref.row == "partial"} == {State.DOUBTFUL}


def test_rows_among_many_blank_ones_are_those_of_the_words_on_their_line() -> None:
    blank = range(13, 22)
    rows = [("",) * 7 if number in blank else FULL for number in range(len(ROWS))]
    rows[22] = ("2", "", "", "", "", "", "2")
    extracted = spaced(rows)
    assert ROWS[22].id == "closed_other"
    assert values(extracted, "t3.closed_other") == [2, None, None, None, None, None, 2]
    assert reading(extracted, "t3.closed_other.natural").state is State.READ
    assert not any(cell.value for cell in extracted.form if cell.ref.row in {ROWS[number].id for number in blank})


def test_figures_that_begin_where_names_do_need_no_sums() -> None:
    def typed(row: Sequence[str], shift: int = 0) -> Extracted:
        lines = ["".join(text.ljust(9) for text in (" " * 45, *HEAD))]
        for number, spec in enumerate(ROWS):
            left = 45 + shift * (number == 5)
            lines.append(spec.label[-1].ljust(left) + "".join(text.ljust(9) for text in row))
        return with_table(lines)

    row = ("0", "", "0", "0", "", "", "0")
    assert {cell.state for cell in typed(row).form if cell.ref.table == "t3"} == {State.READ, State.BLANK}
    assert reading(typed(row, shift=1), "t3.new.natural").state is not State.READ
    assert reading(typed(("0", "", "0", "0", "", "", "")), "t3.new.research").state is not State.READ


DRAWN_NEARER = """
第二项之和，等于第三项加第四项之     自然         社会  法律
         和）           人  商业  科研            总计
                         企业  机构 公益  服务  其他
                                组织  机构
   （一）予以公开            6                     6
   予公  5．属于三类内部事务信    1                     1
果      1．本机关不掌握相关政    3                     3
   （五  1．信访举报投诉类申请
   ）不  2．重复申请
   予处  3．要求提供公开出版物
   ）其 2．申请人逾期未按收费
   他处 通知要求缴纳费用、行
    理 政机关不再处理其政府
      3．其他          1                   1
        （七）总计       11                  11
   四、结转下年度继续办理
"""


def test_a_sum_in_the_column_before_the_total_may_be_the_total() -> None:
    extracted = read_text("青岚市水利局2024年政府信息公开工作年度报告" + DRAWN_NEARER)
    assert reading(extracted, "t3.total.total").state is not State.BLANK
    assert reading(extracted, "t3.total.other").state is not State.READ


def test_a_word_among_the_figures_is_no_blank() -> None:
    extracted = spaced([FULL, FULL, FULL, ("详见附件", "0", "0", "", "0", "", "0")])
    assert State.BLANK not in {cell.state for cell in extracted.form if cell.ref.row == "partial"}


def test_columns_headed_in_another_order_are_never_certain() -> None:
    head = (HEAD[6], *HEAD[:6])
    extracted = spaced([("6", "5", "1", "0", "0", "/", "0")], head)
    states = {cell.state for cell in extracted.form if cell.ref.row == "new"}
    assert states <= {State.DOUBTFUL, State.MISSING}


def tabbed(rows: Sequence[str], keeps_slots: bool = True) -> Extracted:
    """A report with tab-separated rows given from the first on, the others full of figures."""
    note = "勾稽关系" + "\t" * (3 if keeps_slots else 2)
    lines = [f"{note}申请人情况", "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计", "\t\t\t\t" + "\t".join(HEAD[1:6])]
    for number, row in enumerate(ROWS):
        depth = len(row.label)
        own = "\t" * (depth - 1) + row.label[-1] + "\t" * (3 - depth)
        lines.append(rows[number] if number < len(rows) else "\t".join([own, *FULL]))
    head = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    return read_text(report_text([]).replace(head, "").replace("五、", "\n".join([*lines, "五、"]), 1))


def test_a_loose_row_below_a_header_that_kept_its_pieces_is_certain() -> None:
    extracted = tabbed([ROWS[0].label[-1] + "\t\t\t0\t\t\t0\t\t\t"])
    assert values(extracted, "t3.new") == [0, None, None, 0, None, None, None]
    assert reading(extracted, "t3.new.natural").state is State.READ


def test_a_loose_row_below_a_header_that_lost_pieces_is_never_certain() -> None:
    extracted = tabbed([ROWS[0].label[-1] + "\t\t\t0\t\t\t0\t\t\t"], keeps_slots=False)
    assert State.READ not in {cell.state for cell in extracted.form if cell.ref.row == "new"}


@pytest.mark.parametrize("moved", ["", "\t"])
def test_a_sum_tells_where_the_total_of_a_loose_row_stands(moved: str) -> None:
    extracted = tabbed([f"{ROWS[0].label[-1]}\t\t{moved}3\t\t\t\t1\t\t4"], keeps_slots=False)
    assert values(extracted, "t3.new") == [3, None, None, None, 1, None, 4]


def test_a_label_that_ends_like_another_belongs_to_its_own_beginning() -> None:
    rows = [f"{row.label[-1]} {' '.join(FULL)}" for row in ROWS]
    first, second = (row.label[-1] for row in ROWS[20:22])
    rows[20:22] = [first[:-2] + " 2 0 0 0 0 0 2", f"（六）其他{first[-2:]}", second]
    extracted = read_text(report_text(rows))
    assert values(extracted, f"t3.{ROWS[20].id}") == [2, 0, 0, 0, 0, 0, 2]
    assert {cell.state for cell in extracted.form if cell.ref.row == ROWS[21].id} == {State.MISSING}


def test_seven_figures_of_a_longer_column_are_no_certain_row() -> None:
    rows = [f"{row.label[-1]} {' '.join(FULL)}" for row in ROWS]
    rows[-1] = "\n".join([ROWS[-1].label[-1], *"0000000", *"410000"])
    extracted = read_text(report_text(rows))
    assert State.READ not in {cell.state for cell in extracted.form if cell.ref.row == ROWS[-1].id}


def test_a_figure_with_the_mark_of_a_note_is_no_word_of_the_label() -> None:
    extracted = tabbed([ROWS[0].label[-1] + "\t\t12①\t0\t0\t0\t0\t0\t12\t"])
    assert reading(extracted, "t3.new.natural").state is State.DOUBTFUL
    assert values(extracted, "t3.new") == [12, 0, 0, 0, 0, 0, 12]


def test_a_remark_behind_a_row_with_a_blank_takes_no_place() -> None:
    extracted = tabbed([ROWS[0].label[-1] + "\t\t269\t10\t2\t2\t4\t\t287\t3"], keeps_slots=False)
    found = {cell.ref.column: cell for cell in extracted.form if cell.ref.row == "new"}
    assert found["other"].value is None
    assert found["total"].state is not State.READ or found["total"].value == 287


def test_outcomes_in_another_order_are_told_by_names_broken_over_two_lines() -> None:
    upper = "结果 结果 尚未 其他 总计 结果 结果 其他 尚未 总计 结果 结果 其他 尚未 总计".split()
    lower = ["维持", "纠正", "审结", "结果", "", *["维持", "纠正", "结果", "审结", ""] * 2]
    figures = "4 2 0 1 7 2 0 0 1 3 0 0 0 0 0".split()
    lines = ["行政复议    行政诉讼", "未经复议直接起诉    复议后起诉"]
    lines += [
        "".join(word.ljust(7 - len(word)) for word in upper),
        "".join(word.ljust(7 - len(word)) for word in lower),
    ]
    lines.append("".join(figure.ljust(7) for figure in figures))
    body = report_text([f"{row.label[-1]} 0 0 0 0 0 0 0" for row in ROWS])
    extracted = read_text(
        body.replace("五、", "\n".join(["四、政府信息公开行政复议、行政诉讼情况", *lines, "五、"]), 1)
    )
    printed = [int(cell.value or 0) for cell in extracted.form if cell.ref.table == "t4"]
    assert printed == [4, 2, 1, 0, 7, 2, 0, 0, 1, 3, 0, 0, 0, 0, 0]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t4"} == {State.READ}


def test_a_row_is_not_placed_by_names_below_which_no_other_row_has_its_total() -> None:
    # The names stand on the page before, wider apart: a row with a misprinted sum seems to suit the columns before the
    # last, and the rows below it, which close, stand likewise.
    names = (23.5, 29.5, 32.5, 37.5, 40.5, 43.5, 54.5)
    places = [{29: "9", 32: "4", 37: "1", 40: "1", 43: "8"}, *[{29: "3", 43: "3"}] * 13]
    text = "\n".join("row" + "".join(row.get(at, " ") for at in range(3, 60)).rstrip() for row in places)
    lines = strips(opening.read(text.encode()))
    found = units(lines, 7)
    assert len(found) == len(places)
    assert 0 not in place_rows([names] * 3, lines, found, 7, {0})


def test_rows_below_their_names_are_not_placed_by_the_columns_of_the_next_page() -> None:
    """A print of a browser as pypdf lays it out: the columns of its second page stand elsewhere."""
    path = Path(__file__).parent / "documents" / "columns-of-two-pages.txt"
    extracted = extract(opening.read(path.read_bytes()))
    printed = {"new": [23, None, None, 0, None, None, 23], "granted": [10, None, None, 0, 0, 0, 10]}
    for row, figures in printed.items():
        cells = [cell for cell in extracted.form if cell.ref.row == row and cell.ref.table == "t3"]
        sure = [(cell.value, figure) for cell, figure in zip(cells, figures, strict=True) if cell.state is State.READ]
        assert all(value == figure for value, figure in sure)


def test_halves_of_names_in_another_order_prove_no_column() -> None:
    upper = ("", "自然人", "商业", "科研", "社会公", "其他", "法律服", "总计")
    lower = ("", "", "企业", "机构", "益组织", "", "务机构", "")
    lines = ["".join(text.ljust(9) for text in parts) for parts in (upper, lower)]
    extracted = with_table([*lines, *(row.label[-1] + "  3 0 0 0 1 0 4" for row in ROWS)])
    assert reading(extracted, "t3.new.legal").state is not State.READ or values(extracted, "t3.new")[4:6] == [0, 1]


def two_pages(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> Extracted:
    """A report whose first ten rows stand on one page below the names, the others, ``rows``, on the next one.

    The figures of the second page begin at ``columns``.
    """
    first = [("3", "", "1", "", "", "", "4"), ("2", "", "", "1", "", "", "3"), ("6", "1", "", "", "", "", "7")]
    lines = ["".join(text.ljust(9) for text in (" " * 45, *HEAD))]
    for number, row in enumerate(ROWS):
        own = number < 10
        texts = first[number % 3] if own else rows[number % len(rows)]
        line = row.label[-1]
        for place, text in zip(range(45, 108, 9) if own else columns, texts, strict=True):
            line = line.ljust(place) + text
        lines += [line.rstrip(), *(["- 3 -", "\f"] if number == 9 else [])]
    return with_table(lines)


def test_rows_on_a_page_with_columns_of_its_own_are_never_read_by_those_of_the_page_before() -> None:
    # 自然人 stands where 商业企业 did, 总计 where 总计 did.
    rows = [("5", "", "", "", "", "", "5"), ("7", "", "", "", "2", "", "9"), ("8", "", "", "", "", "", "8")]
    extracted = two_pages(rows, [54, 62, 69, 77, 84, 92, 99])
    assert reading(extracted, "t3.denied_law.natural").state is State.READ
    states = {
        reading(extracted, f"t3.{row.id}.{column}").state for row in ROWS[10:] for column in ("business", "total")
    }
    assert State.READ not in states


def test_rows_in_the_same_columns_of_the_next_page_are_read() -> None:
    rows = [("5", "", "", "", "", "", "5"), ("7", "2", "", "", "", "", "9"), ("7", "", "2", "", "", "", "9")]
    extracted = two_pages(rows, range(45, 108, 9))
    assert values(extracted, "t3.total") == [7, None, 2, None, None, None, 9]
    assert reading(extracted, "t3.total.natural").state is State.READ


def test_rows_below_figures_that_begin_where_their_names_do_go_on_on_the_next_page() -> None:
    path = Path(__file__).parents[1] / "corpus/documents/text/columns-kept-blank-zeros.txt"
    extracted = extract(opening.read(path.read_bytes()))
    assert values(extracted, "t3.total") == [50, 2, 2, 1, None, None, 55]
    assert reading(extracted, "t3.total.welfare").state is State.READ


def test_rows_behind_two_of_another_page_are_not_placed_by_the_names_though_their_totals_stand_there() -> None:
    # A text without form feeds and page numbers: the total stands two columns beside that of the first page.
    path = Path(__file__).parent / "documents" / "pages-without-marks.txt"
    extracted = extract(opening.read(path.read_bytes()))
    assert reading(extracted, "t3.new.natural").state is State.READ
    assert reading(extracted, "t3.total.natural").state is State.DOUBTFUL
    assert reading(extracted, "t3.total.natural").value == 10


@pytest.mark.parametrize(
    ("filled", "beside", "certain"),
    [((1, 2, 3, 6), 0, True), ((1, 2, 3, 5), 0, False), ((1, 2, 6), 0, False), ((1, 2, 3, 6), 1, False)],
)
def test_zeros_in_the_same_columns_are_certain_right_below_names_up_to_the_last(
    filled: Sequence[int], beside: int, certain: bool
) -> None:
    # Names in columns of six characters, of which each figure stands below the third, but one of them ``beside`` it.
    names = ("自然人", "商业企", "科研机", "社会公", "法律服", "其他", "总计")
    rest = ("", "业", "构", "益组织", "务机构", "", "")
    head = [at(*((24 + 6 * n, text) for n, text in enumerate(part) if text)) for part in (names, rest)]
    places = [25 + 6 * n + (beside if n == 2 else 0) for n in filled]
    labels = [(row.label[-1][:20], row.label[-1][20:]) for row in ROWS]
    rows = [line for label, more in labels for line in (at((0, label), *((place, "0") for place in places)), more)]
    extracted = with_table([*head, *(line for line in rows if line)])
    assert (reading(extracted, "t3.granted.research").state is State.READ) is certain
    assert not certain or values(extracted, "t3.granted") == [None, 0, 0, 0, None, None, 0]


def test_a_figure_pushed_by_words_too_long_for_their_column_is_proposed() -> None:
    lines = ["".join(text.ljust(9) for text in (" " * 45, *HEAD))]
    for row in ROWS:
        label = row.label[-1].ljust(45)
        lines.append(label + "".join(text.ljust(9) for text in FULL))
        if row.id == "denied_third_party":
            pushed = "（三）不予公开 4.保护第三方合法权益".rjust(46) + " 2"
            lines[-1] = pushed.ljust(45 + 9 * 6) + "2"
    extracted = read_text(report_text([]).replace("五、", "\n".join([*lines, "五、"]), 1))
    assert values(extracted, "t3.denied_third_party") == [2, None, None, None, None, None, 2]
    assert reading(extracted, "t3.denied_third_party.natural").state is State.DOUBTFUL
