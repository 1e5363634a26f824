"""The exported workbook: the right figure in the right printed cell, and everything said that has to be said."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gkdesk import messages
from gkdesk.export.template import own_template
from gkdesk.model.form import Decided
from gkdesk.model.place import SheetPlace
from gkdesk.model.reading import Reading, State, number
from gkdesk.model.review import AuditLine
from tests.export.reports import (
    BLANK,
    BODY,
    SPEC_2019,
    SPEC_2021,
    TITLE,
    YEAR,
    closing_review,
    closing_values,
    opened,
    ref,
    review_of,
    visible,
)

Export = Callable[..., bytes]
FORMULA = '=HYPERLINK("http://example.invalid","x")'


def printed_at(sheet: Worksheet, label_row: str, label_column: str) -> object:
    """The value where the row with one printed label crosses the column with the other."""
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    row = next(cell.row for line in sheet.iter_rows(min_row=7) for cell in line if cell.value == label_row)
    for line in sheet.iter_rows(min_row=4, max_row=row):
        for cell in line:
            area = merged.get((cell.row, cell.column))
            if cell.value == label_column and (area is None or area.min_col == area.max_col):
                return sheet.cell(row, cell.column).value
    raise AssertionError(label_column)


def test_figures_stand_at_their_printed_labels(exported: Export) -> None:
    values = closing_values(SPEC_2021)
    workbook = opened(exported(closing_review()))
    sheet = workbook["表三 申请办理"]
    for row, label in (
        ("new", "一、本年新收政府信息公开申请数量"),
        ("denied_secret", "1.属于国家秘密"),
        ("rejected_confirm", "5.要求行政机关确认或重新出具已获取信息"),
        ("total", "（七）总计"),
        ("carried_out", "四、结转下年度继续办理"),
    ):
        for column, heading in (
            ("natural", "自然人"),
            ("welfare", "社会公益组织"),
            ("other", "其他"),
            ("total", "总计"),
        ):
            assert printed_at(sheet, label, heading) == values[ref(f"t3.{row}.{column}")], (row, column)
    proactive = workbook["表二 主动公开"]
    assert printed_at(proactive, "行政规范性文件", "本年废止件数") == values[ref("t2.normative.repealed")]
    reviews = workbook["表四 复议诉讼"]
    assert [reviews.cell(7, column).value for column in range(1, 16)] == [
        values[cell] for cell in SPEC_2021.table("t4").refs()
    ]


def test_report_is_named_on_every_sheet(exported: Export) -> None:
    workbook = opened(exported(closing_review()))
    for title in ("表二 主动公开", "表三 申请办理", "表四 复议诉讼"):
        assert workbook[title]["A1"].value == TITLE
        assert workbook[title]["A2"].value == BODY
    assert visible(workbook, "report.year").value == YEAR


def test_layout_of_the_template_survives(exported: Export) -> None:
    workbook, template = opened(exported(closing_review())), opened(own_template("2021").read_bytes())
    for sheet in template.worksheets:
        copy = workbook[sheet.title]
        assert {str(area) for area in copy.merged_cells.ranges} == {str(area) for area in sheet.merged_cells.ranges}
        assert copy.print_area == sheet.print_area
        assert copy.data_validations.count == sheet.data_validations.count
        for row in sheet.iter_rows():
            for cell in row:
                other = copy[cell.coordinate]
                assert repr(other.border) == repr(cell.border)
                assert repr(other.font) == repr(cell.font)


def test_zero_blank_mark_and_missing_look_different(exported: Export) -> None:
    readings = {
        ref("t3.new.natural"): number(0),
        ref("t3.new.business"): BLANK,
        ref("t3.new.research"): Reading(State.BLANK, None, "/"),
        ref("t3.new.welfare"): Reading(State.BLANK, None, "—"),
    }
    workbook = opened(exported(review_of(readings)))
    shown = [
        visible(workbook, f"t3.new.{column}").value
        for column in ("natural", "business", "research", "welfare", "other")
    ]
    assert shown == [0, None, "/", "—", None]


def test_amounts_keep_every_decimal(exported: Export) -> None:
    for text in ("96171.6", "59237.2449", "123456789.123456", "0.000001"):
        workbook = opened(exported(review_of({ref("t2.fee.amount"): number(Decimal(text))})))
        cell = visible(workbook, "t2.fee.amount")
        assert Decimal(repr(cell.value)) == Decimal(text)
        assert cell.number_format in ("General", "0." + "0" * len(text.partition(".")[2]))


def test_a_fraction_in_a_count_is_not_shown_rounded(exported: Export) -> None:
    reading = Reading(State.DOUBTFUL, Decimal("3.5"), "3.5", 0.5, ("fraction",))
    cell = visible(opened(exported(review_of({ref("t3.new.natural"): reading}))), "t3.new.natural")
    assert (cell.value, cell.number_format) == (3.5, "General")


def test_doubtful_figures_say_so_in_words(exported: Export) -> None:
    reading = Reading(State.DOUBTFUL, 12, "12件", 0.5, ("unit",))
    workbook = opened(exported(review_of({ref("t3.new.natural"): reading})))
    cell = visible(workbook, "t3.new.natural")
    assert cell.value == 12
    assert messages.text("doubt.unit") in cell.comment.text
    assert "12件" in cell.comment.text
    assert cell.fill.patternType == "solid"
    assert visible(workbook, "t3.new.business").comment is None


def test_unreadable_text_is_shown_as_text(exported: Export) -> None:
    reading = Reading(State.DOUBTFUL, None, "约三十余件", 0.0, ("not-a-number",))
    cell = visible(opened(exported(review_of({ref("t3.new.natural"): reading}))), "t3.new.natural")
    assert (cell.value, cell.data_type) == ("约三十余件", "s")


def test_corrections_are_recorded(exported: Export) -> None:
    review = closing_review()
    changed = ref("t3.granted.natural")
    before = review.form[changed].as_read
    review.form.decide(changed, Decided(number(5), "王敏", "2025-01-15T01:12:00+00:00", "看错一位"))
    workbook = opened(exported(review))
    assert "改为 5" in visible(workbook, str(changed)).comment.text
    line = [cell.value for cell in workbook["修改记录"][3]]
    assert line[0] == SPEC_2021.cell_words(changed)
    assert line[1:3] == [str(before.value), "5"]
    assert line[3].startswith("2025-01-1")
    assert line[4:6] == ["王敏", "看错一位"]
    assert "4" in line[6]
    assert line[7] == str(changed)


def test_the_journal_given_is_the_record_printed(exported: Export) -> None:
    cells = [ref("t3.new.natural"), ref("t3.new.total")]
    journal = [
        AuditLine(cell, Reading(State.BLANK, None, "/"), number(7), "李伟", "2025-01-15T01:12:00+00:00", "", place)
        for cell, place in zip(cells, (None, SheetPlace("表", "B5")), strict=True)
    ]
    sheet = opened(exported(closing_review(), journal=journal))["修改记录"]
    assert [sheet.cell(row, 8).value for row in (3, 4, 5)] == [*map(str, cells), None]
    assert sheet["B3"].value == "空白（/）"
    assert sheet["G3"].value is None
    assert "B5" in sheet["G4"].value


def test_without_changes_the_record_says_so(exported: Export) -> None:
    assert opened(exported(closing_review()))["修改记录"]["A3"].value == messages.text("workbook.changes.none")


@pytest.mark.parametrize("text", [FORMULA, "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\n=1", " =1+1", "#N/A", "=", "-"])
def test_text_never_becomes_a_formula(exported: Export, text: str) -> None:
    review = review_of(
        {ref("t3.new.natural"): Reading(State.DOUBTFUL, None, text, 0.0, ("not-a-number",))},
        organization=text,
        title=text,
    )
    review.form.decide(ref("t3.new.total"), Decided(Reading(State.BLANK, None, text), text, text, text))
    workbook = opened(exported(review))
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "e"
                assert cell.data_type != "f" or sheet.title == "校验", (sheet.title, cell.coordinate)
    assert visible(workbook, "t3.new.natural").quotePrefix or text == "#N/A"


@pytest.mark.parametrize("text", ["a\x00b\x1bc\x07", "\ud800x", "x\ufffe\uffff", "长" * 40000, "😀" * 20000, "_x0041_"])
def test_text_a_workbook_cannot_hold_does_not_stop_the_export(exported: Export, text: str) -> None:
    review = review_of({ref("t3.new.natural"): BLANK}, organization=text, title=text)
    review.form.decide(ref("t3.new.natural"), Decided(number(1), text, "2025-01-15T01:12:00+00:00", text))
    shown = visible(opened(exported(review)), "report.organization").value
    assert shown
    assert len(shown.encode("utf-16-le")) <= 2 * 32767
    assert "\x00" not in shown
    assert "_x0041_" not in shown


def test_2019_edition_has_its_own_form(exported: Export) -> None:
    values = closing_values(SPEC_2019)
    workbook = opened(exported(closing_review(SPEC_2019), SPEC_2019))
    assert visible(workbook, "t2.procurement.amount").value == values[ref("t2.procurement.amount")]
    assert visible(workbook, "t3.closed.natural").value == values[ref("t3.closed.natural")]
    assert sum(1 for cell in workbook["校验"]["H"] if cell.value) == 40


def test_untitled_report_gets_the_usual_title(exported: Export) -> None:
    assert visible(opened(exported(review_of({}, title=""))), "report.title").value == TITLE
    shown = visible(opened(exported(review_of({}, title="", organization=None))), "report.title").value
    assert shown == messages.text("workbook.report")
