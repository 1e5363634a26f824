"""Second tables with captions: which of two tables is the report's, and where captions prove nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from tests.extraction.made_up_report import read_text, reading, report_text, rows_of_form, values

OURS = rows_of_form(["5 1 0 0 0 0 6"])
OTHERS = rows_of_form(["8 0 0 0 0 0 8"])


def read_tables(*lines: str | Sequence[str]) -> Extracted:
    return read_text(report_text([part for line in lines for part in ([line] if isinstance(line, str) else line)]))


@pytest.mark.parametrize(
    "caption",
    ["附：2023年数据（供对比）", "2023年度数据", "去年同期数据", "上年度情况（供参考）", "其中：下属事业单位数据"],
)
def test_a_captioned_table_behind_the_own_one_is_left_out(caption: str) -> None:
    extracted = read_tables(OURS, caption, OTHERS)
    assert values(extracted, "t3.new") == [5, 1, 0, 0, 0, 0, 6]
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}
    assert [note.arguments["caption"] for note in extracted.notes if note.code == "table-left-out"] == [
        caption.replace("（", "(").replace("）", ")").replace("：", ":")
    ]


def test_last_years_table_before_the_own_one_is_left_out() -> None:
    extracted = read_tables("2023年数据（供对比）", OTHERS, "2024年数据", OURS)
    assert values(extracted, "t3.new") == [5, 1, 0, 0, 0, 0, 6]
    assert reading(extracted, "t3.new.natural").state is State.READ


@pytest.mark.parametrize("caption", ["", "2024年数据", "乙表", "2023年我局收到的申请比上年有所增加，详见下表"])
def test_a_second_table_whose_caption_says_nothing_is_doubted(caption: str) -> None:
    extracted = read_tables(OURS, caption, OTHERS)
    assert reading(extracted, "t3.new.natural").doubts == ("second-table",)


def test_a_caption_in_the_midst_of_a_table_cuts_nothing_off() -> None:
    extracted = read_tables(OURS[:12], "2023年数据", OURS[12:])
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.READ}


def test_a_caption_over_the_only_table_leaves_nothing_out() -> None:
    extracted = read_tables("2023年数据", OURS)
    assert values(extracted, "t3.new") == [5, 1, 0, 0, 0, 0, 6]


def test_two_tables_below_a_caption_leave_both_in_doubt() -> None:
    extracted = read_tables(OURS, "2023年数据", OTHERS, "2024年数据", rows_of_form(["7 0 0 0 0 0 7"]))
    assert reading(extracted, "t3.new.natural").state is State.DOUBTFUL


def test_without_the_year_of_the_report_no_caption_tells() -> None:
    lines = report_text([*OURS, "2023年数据", *OTHERS], title="青禾市司法局政府信息公开工作年度报告")
    assert reading(read_text(lines), "t3.new.natural").doubts == ("second-table",)


def test_captions_that_decide_one_table_propose_the_own_rows_of_another() -> None:
    # Of 表三 neither part holds enough rows to be proven whole.
    own, other = "2024年数据", "2023年数据（供对比）"
    names = "结果维持 结果纠正 其他结果 尚未审结 总计"
    heads = f"行政复议 行政诉讼\n{names} 未经复议直接起诉 复议后起诉\n{names} {names}"
    fourth = ["四、政府信息公开行政复议、行政诉讼情况"]
    for caption, figure in ((other, 1), (own, 2)):
        fourth += [caption, heads, " ".join([f"{figure} 0 0 0 {figure}"] * 3)]
    extracted = read_tables(other, OTHERS[:15], own, OURS[:15], fourth)
    assert values(extracted, "t4.review") == [2, 0, 0, 0, 2]
    assert values(extracted, "t3.new") == [5, 1, 0, 0, 0, 0, 6]
    assert reading(extracted, "t3.new.natural").state is State.DOUBTFUL


def test_what_two_tables_without_captions_have_in_common_is_certain() -> None:
    extracted = read_tables(OURS, "乙表", OTHERS)
    assert reading(extracted, "t3.new.natural").doubts == ("second-table",)
    assert {reading(extracted, f"t3.{cell}").state for cell in ("new.research", "granted.total")} == {State.READ}
    third = read_tables(OURS, "乙表", OTHERS, "丙表", rows_of_form(["7 0 3 0 0 0 10"]))
    assert reading(third, "t3.new.research").state is State.DOUBTFUL
