"""Totals identities: the sentences a clerk reads, and when nothing can be said."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Severity, Verdict
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.reading import Reading, State, number
from gkdesk.model.spec import load_editions
from gkdesk.model.wording import finding_headline

from .reports import BLANK, MISSING, Change, changed, checked, doubtful, huaian, report

T3_REFS = [ref for ref in load_editions()["2021"].refs() if ref.table == "t3"]


def headlines(changes: dict[str, Change]) -> list[str]:
    return [finding_headline(finding) for finding in report(changes).of(Severity.ERROR)]


# Each row: the cells printed wrong, and exactly the errors a clerk reads.
WRONG_CELLS: list[tuple[str, dict[str, Change], list[str]]] = [
    ("nothing wrong", {}, []),
    (
        "a detail cell",
        {"t3.granted.natural": 1289},
        [
            "表三 “自然人”列：各种办理结果之和 2933 ≠ （七）总计 2932，相差 1",
            "表三 （一）予以公开：各列之和 1363 ≠ 总计 1362，相差 1",
        ],
    ),
    (
        "a total cell of 新收",
        {"t3.new.total": 3118},
        [
            "表三 “总计”列：第一项加第二项之和 3152 ≠ 第三项加第四项之和 3153，相差 1",
            "表三 一、本年新收政府信息公开申请数量：各列之和 3119 ≠ 总计 3118，相差 1",
        ],
    ),
    (
        "（七）总计",
        {"t3.total.business": 58},
        [
            "表三 “商业企业”列：第一项加第二项之和 53 ≠ 第三项加第四项之和 58，相差 5",
            "表三 “商业企业”列：各种办理结果之和 53 ≠ （七）总计 58，相差 5",
            "表三 （七）总计：各列之和 3055 ≠ 总计 3050，相差 5",
        ],
    ),
    (
        "a case under the wrong applicant",
        {"t3.denied_law.natural": 29, "t3.denied_law.research": 1},
        [
            "表三 “自然人”列：各种办理结果之和 2931 ≠ （七）总计 2932，相差 1",
            "表三 “科研机构”列：各种办理结果之和 1 ≠ （七）总计 0，相差 1",
        ],
    ),
    (
        "表四",
        {"t4.direct.total": 27},
        ["表四 未经复议直接起诉：各种结果之和 26 ≠ 总计 27，相差 1"],
    ),
    (
        "a figure nobody sums",
        {"t2.rules.made": 2},
        [],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), [row[1:] for row in WRONG_CELLS], ids=[row[0] for row in WRONG_CELLS])
def test_wrong_cells_give_exactly_these_errors(changes: dict[str, Change], expected: list[str]) -> None:
    assert headlines(changes) == expected


def test_a_row_writes_every_operand_out() -> None:
    assert report({"t3.carried_in.total": 35}).errors[-1] == (
        "表三 二、上年结转政府信息公开申请数量：各列之和 34 ≠ 总计 35，相差 1"
        "（自然人 34 + 商业企业 0 + 科研机构 0 + 社会公益组织 0 + 法律服务机构 0 + 其他 0 = 34；总计 35）"
    )


def test_the_balance_writes_both_sides_out() -> None:
    assert report({"t3.carried_out.natural": 104}).errors[0] == (
        "表三 “自然人”列：第一项加第二项之和 3035 ≠ 第三项加第四项之和 3036，相差 1"
        "（一、本年新收政府信息公开申请数量 3001 + 二、上年结转政府信息公开申请数量 34 = 3035；"
        "（七）总计 2932 + 四、结转下年度继续办理 104 = 3036）"
    )


def test_a_long_column_leaves_zeros_out_and_says_so() -> None:
    assert report({"t3.partial.legal": 4}).errors[0] == (
        "表三 “法律服务机构”列：各种办理结果之和 65 ≠ （七）总计 61，相差 4"
        "（（一）予以公开 50 + （二）部分公开 4 + （四）1.本机关不掌握相关政府信息 10"
        " + （六）1.申请人无正当理由逾期不补正 1 = 65，其余各项为 0；（七）总计 61）"
    )


def test_a_column_of_zeros_is_not_listed() -> None:
    broken = report({"t3.total.research": 2}).errors
    assert "表三 “科研机构”列：各种办理结果之和 0 ≠ （七）总计 2，相差 2（各项均为 0；（七）总计 2）" in broken


def test_a_negative_operand_is_bracketed() -> None:
    assert "（自然人 (-5) + 商业企业 0" in report({"t3.denied_safety.natural": -5}).errors[-1]


def test_blanks_count_as_zero_and_the_finding_says_so() -> None:
    row = report({"t3.new.other": BLANK, "t3.new.research": BLANK}).errors[-1]
    assert row == (
        "表三 一、本年新收政府信息公开申请数量：各列之和 3115 ≠ 总计 3119，相差 4"
        "（自然人 3001 + 商业企业 53 + 科研机构 0 + 社会公益组织 0 + 法律服务机构 61 + 其他 0 = 3115；总计 3119）"
        "。空白按 0 计：科研机构、其他"
    )


def test_many_blanks_are_counted_not_all_named() -> None:
    blanks: dict[str, Change] = {str(ref): BLANK for ref in T3_REFS if ref.column == "research"}
    broken = report({**blanks, "t3.total.research": 2}).errors
    assert any(text.endswith("等 21 处") and text.count("、") >= 7 for text in broken)


def test_blank_zeros_break_nothing() -> None:
    zeros = {str(cell.ref): BLANK for cell in huaian() if cell.value == 0 and cell.ref.table != "t2"}
    assert report(zeros).errors == []


def test_a_broken_identity_is_data() -> None:
    finding = report({"t4.review.total": 350}).of(Severity.ERROR)[0]
    assert (finding.rule, finding.about, finding.verdict) == ("t4.row-total", "review", Verdict.BROKEN)
    assert (finding.expected, finding.actual) == (351, 350)
    assert [ref.column for ref in finding.cells] == ["upheld", "corrected", "other", "pending", "total"]


# ---------------------------------------------------------------- what cannot be judged


def test_an_unread_cell_leaves_its_identities_undecided() -> None:
    unread = report({"t3.partial.legal": MISSING})
    assert unread.errors == []
    assert unread.infos == [
        "表三 “法律服务机构”列：各种办理结果之和与（七）总计暂时无法核对，还没有数字：（二）部分公开",
        "表三 （二）部分公开（区分处理的，只计这一情形，不计其他情形）："
        "各列之和与总计暂时无法核对，还没有数字：法律服务机构",
    ]


def test_an_unreadable_cell_leaves_its_identities_undecided() -> None:
    unread = report({"t4.direct.total": doubtful(None, "见附件", "not-a-number")})
    assert unread.errors == []
    assert unread.infos == ["表四 未经复议直接起诉：各种结果之和与总计暂时无法核对，还没有数字：总计"]


def test_a_table_not_found_gives_one_line_for_each_kind() -> None:
    assert report({"t3": MISSING}).infos == [
        "表三：第一项加第二项之和与第三项加第四项之和有 7 处暂时无法核对，因为其中有的格还没有数字",
        "表三：各种办理结果之和与（七）总计有 7 处暂时无法核对，因为其中有的格还没有数字",
        "表三：各列之和与总计有 25 处暂时无法核对，因为其中有的格还没有数字",
    ]


def test_a_doubtful_figure_breaks_nothing_yet() -> None:
    doubted = report({"t4.direct.total": doubtful(27, "27件")})
    assert doubted.errors == []
    assert doubted.warnings[0] == (
        "表四 未经复议直接起诉：各种结果之和 26 ≠ 总计 27，相差 1；其中有存疑的数字，请先核对"
        "（结果维持 13 + 结果纠正 4 + 其他结果 8 + 尚未审结 1 = 26；总计 27）。存疑：总计"
    )
    finding = doubted.findings[0]
    assert (finding.verdict, finding.expected, finding.actual) == (Verdict.UNDECIDED, 26, 27)


def test_a_doubtful_figure_that_closes_is_no_finding_of_identities() -> None:
    rules = {finding.rule for finding in report({"t4.direct.total": doubtful(26, "26件")}).findings}
    assert rules == {"reading.doubtful"}


def test_a_blank_total_is_not_filled_in_rather_than_zero() -> None:
    blank = report({"t3.granted.total": BLANK})
    assert blank.errors == []
    assert blank.warnings == [
        "表三 （一）予以公开：总计栏空白，各列之和为 1362，请核对是否漏填"
        "（自然人 1288 + 商业企业 21 + 科研机构 0 + 社会公益组织 0 + 法律服务机构 50 + 其他 3 = 1362）"
    ]
    assert blank.infos == ["表三 “总计”列：各种办理结果之和与（七）总计无法核对，没有填写：（一）予以公开"]


def test_a_blank_total_of_a_row_of_zeros_is_a_blank_like_others() -> None:
    assert report({"t3.rejected_repeat.total": 25, "t3.rejected_publication.total": BLANK}).errors == []
    wrong = report({"t3.rejected_repeat.total": 26, "t3.rejected_publication.total": BLANK}).errors
    assert len(wrong) == 2
    assert "空白按 0 计：（五）3.要求提供公开出版物" in wrong[0]


def test_blank_totals_of_lawsuits_are_seen_too() -> None:
    assert report({"t4.review.total": BLANK}).warnings == [
        "表四 行政复议：总计栏空白，各种结果之和为 351，请核对是否漏填"
        "（结果维持 72 + 结果纠正 64 + 其他结果 178 + 尚未审结 37 = 351）"
    ]


def only_totals(*rows: str) -> dict[str, Change]:
    return {str(ref): BLANK for ref in T3_REFS if ref.row in rows and ref.column != "total"}


def test_rows_with_nothing_but_a_total_are_not_filled_in_rather_than_zero() -> None:
    found = report(only_totals("rejected_petition", "rejected_repeat"))
    assert found.errors == []
    assert found.warnings == [
        "表三 （五）不予处理 1.信访举报投诉类申请：只填了总计 62，其余各格空白，请核对是否漏填",
        "表三 （五）不予处理 2.重复申请：只填了总计 25，其余各格空白，请核对是否漏填",
    ]
    assert found.infos == ["表三：各种办理结果之和与（七）总计有 6 处无法核对，因为其中有的格没有填写"]


def test_one_row_with_nothing_but_a_total_may_be_a_lost_figure() -> None:
    found = report(only_totals("rejected_repeat"))
    assert [text.split("（")[0] for text in found.errors] == ["表三 “自然人”列：各种办理结果之和 2907 ≠ ", "表三 "]
    assert all("空白按 0 计" in text for text in found.errors)


def test_a_wrong_total_is_found_where_there_are_only_totals() -> None:
    rows = [row.id for row in load_editions()["2021"].table("t3").blocks[0].rows if row.id not in ("new", "carried_in")]
    wrong = report({**only_totals(*rows), "t3.partial.total": 455}).of(Severity.ERROR)
    assert [finding_headline(finding) for finding in wrong] == [
        "表三 “总计”列：各种办理结果之和 3051 ≠ （七）总计 3050，相差 1"
    ]


# ---------------------------------------------------------------- editions


def closed_as_one_row() -> FilledForm:
    """表三 prints （六）其他处理 as one row, as some reports of the newer edition do."""
    form = huaian()
    details = ("closed_not_amended", "closed_fee_unpaid", "closed_other")
    columns = [column.id for column in load_editions()["2021"].table("t3").blocks[0].columns]
    sums = {column: sum(int(form[CellRef("t3", row, column)].value or 0) for row in details) for column in columns}
    single = [Cell(CellRef("t3", "closed", column), number(value)) for column, value in sums.items()]
    return changed(FilledForm("2021", [*form, *single]), {f"t3.{row}": MISSING for row in details})


def test_one_row_of_other_results_takes_the_place_of_three() -> None:
    form = closed_as_one_row()
    assert len(load_editions()["2021"].identities_of(form)) == 40
    assert checked(form).findings == ()
    wrong = checked(changed(form, {"t3.closed.natural": 180})).of(Severity.ERROR)
    assert [finding_headline(finding) for finding in wrong] == [
        "表三 “自然人”列：各种办理结果之和 2931 ≠ （七）总计 2932，相差 1",
        "表三 （六）其他处理：各列之和 186 ≠ 总计 187，相差 1",
    ]


def test_the_older_edition_has_forty_identities() -> None:
    spec = load_editions()["2019"]
    zeros = FilledForm("2019", [Cell(ref, number(0)) for ref in spec.refs()])
    assert len(spec.identities_of(zeros)) == 40
    wrong = checked(changed(zeros, {"t3.closed.natural": 1}), year=2019)
    assert [finding.rule for finding in wrong.findings] == ["t3.column-total", "t3.row-total"]


# ---------------------------------------------------------------- properties and real reports


@given(st.sampled_from(T3_REFS), st.integers(-10_000, 10_000).filter(bool))
def test_every_wrong_cell_of_table_three_is_an_error(ref: CellRef, difference: int) -> None:
    value = huaian()[ref].value
    assert isinstance(value, int)
    wrong = report({str(ref): value + difference}).of(Severity.ERROR)
    assert any(ref in finding.cells for finding in wrong)
    assert all(finding.expected != finding.actual for finding in wrong)


@given(st.sets(st.sampled_from(T3_REFS), min_size=1, max_size=20), st.sampled_from([BLANK, MISSING]))
def test_nothing_unread_or_blank_is_ever_said_to_be_read(refs: set[CellRef], reading: Reading) -> None:
    lost = report({str(ref): reading for ref in refs})
    if reading.state is State.MISSING:
        assert lost.errors == []
    for finding in lost.of(Severity.ERROR):
        blanks = [ref for ref in finding.cells if ref in refs]
        assert "空白按 0 计" in finding_text_of(lost.errors, finding_headline(finding)) or not blanks


def finding_text_of(texts: list[str], headline: str) -> str:
    return next(text for text in texts if text.startswith(headline))


def truth_form(path: Path) -> tuple[FilledForm, dict[str, object]]:
    truth = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    cells = (
        Cell(CellRef.parse(name), BLANK if value is None else number(value)) for name, value in truth["cells"].items()
    )
    return FilledForm(truth["edition"] or "2021", cells), truth


def test_no_published_report_has_an_error(samples: Path) -> None:
    for path in sorted(samples.glob("*/*.truth.json")):
        form, truth = truth_form(path)
        assert checked(form, str(truth["organization"]), int(str(truth["year"]))).errors == [], path.name


def test_the_report_with_blank_totals_is_asked_about_not_accused(samples: Path) -> None:
    form, _ = truth_form(samples / "real" / "shanghai-office-2019.truth.json")
    found = checked(form, "上海市人民政府办公厅", 2019)
    assert found.errors == []
    assert len(found.warnings) == 11
    assert found.warnings[0].startswith("表三 （一）予以公开：总计栏空白，各列之和为 272，请核对是否漏填")
    assert found.infos[0] == "表三 “总计”列：各种办理结果之和与（七）总计无法核对，有 11 格没有填写"
