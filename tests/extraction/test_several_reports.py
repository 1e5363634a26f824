"""More than one report in a file: the first is certain only if all of it stands before the second; links are none."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gkdesk.extraction.fill import extract
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening
from tests.extraction.made_up_report import ZEROS, read_text, report_text, rows_of_form

OTHER = "云河县林业局2024年政府信息公开工作年度报告"


def states(extracted: Extracted, table: str) -> set[State]:
    return {cell.state for cell in extracted.form if cell.ref.table == table and cell.state is not State.MISSING}


def codes(extracted: Extracted) -> set[str]:
    return {note.code for note in extracted.notes}


def whole_report(values: Sequence[str] = (), title: str = "青禾市司法局2024年政府信息公开工作年度报告") -> str:
    rest = ["信息内容 本年处理决定数量", "行政许可 5", "行政处罚 6", "行政强制 7"]
    last = "行政规范性文件 3 1 12"
    return report_text(rows_of_form(values), title).replace(last, "\n".join([last, *rest]))


def without_table_two(text: str) -> str:
    """The report with a picture, say, in the place of 表二."""
    before, _, rest = text.partition("第二十条")
    return before + "三、收到和处理" + rest.partition("三、收到和处理")[2]


@pytest.mark.parametrize(
    "title",
    [
        OTHER,
        "青禾市司法局2023年政府信息公开工作年度报告",
        "云河县林业局\n2024年政府信息公开工作年度报告",
        "2023年政府信息公开工作年度报告",
    ],
)
def test_a_table_of_the_second_report_never_fills_the_first(title: str) -> None:
    first = without_table_two(whole_report())
    extracted = read_text(first + "\n" + whole_report(title=title))
    assert states(extracted, "t2") == {State.DOUBTFUL}
    assert states(extracted, "t3") == {State.DOUBTFUL}
    assert "two-reports" in codes(extracted)


def test_a_whole_report_before_the_title_of_another_is_read_alone() -> None:
    figures = ["9 0 0 0 0 0 9"]
    extracted = read_text(whole_report() + "\n" + whole_report(figures, OTHER))
    alone = read_text(whole_report())
    assert states(extracted, "t2") == states(extracted, "t3") == {State.READ}
    assert [cell.value for cell in extracted.form] == [cell.value for cell in alone.form]
    assert (extracted.organization, extracted.sections) == (alone.organization, alone.sections)
    assert codes(extracted) == codes(alone) | {"reports-behind"}


@pytest.mark.parametrize("again", ["三、收到", "行政处罚 6"])
def test_titles_among_the_tables_leave_two_reports_mixed(again: str) -> None:
    second = whole_report(["9 0 0 0 0 0 9"], OTHER)
    title = whole_report().partition("\n")[0]
    between = read_text(whole_report() + "\n" + second.replace(again, f"{title}\n{again}"))
    early = read_text(whole_report().replace(again, f"{OTHER}\n{again}") + "\n" + second)
    for extracted in (between, early):
        assert State.READ not in states(extracted, "t2") | states(extracted, "t3")
        assert "two-reports" in codes(extracted)


def test_the_title_printed_again_is_the_same_report() -> None:
    text = whole_report()
    title = text.partition("\n")[0]
    extracted = read_text(text.replace("三、收到", f"{title}\n政府信息公开工作年度报告\n三、收到"))
    assert states(extracted, "t3") == {State.READ}
    assert "two-reports" not in codes(extracted)


@pytest.mark.parametrize("before", [True, False])
def test_links_to_other_reports_are_no_reports(before: bool) -> None:
    links = "\n".join(["相关链接", OTHER, "上一篇：青禾市司法局2023年政府信息公开工作年度报告"])
    text = whole_report()
    extracted = read_text(f"{links}\n{text}" if before else f"{text}\n{links}")
    assert states(extracted, "t2") == states(extracted, "t3") == {State.READ}
    assert "two-reports" not in codes(extracted)


def test_repeated_headings_with_another_table_are_a_second_report() -> None:
    first = without_table_two(whole_report())
    second = whole_report(["9 0 0 0 0 0 9"]).partition("\n")[2]
    extracted = read_text(first + "\n" + second)
    assert states(extracted, "t2") == {State.DOUBTFUL}
    assert "tables-mixed" in codes(extracted)


def workbook(second: str) -> Extracted:
    """表三 on one sheet and 表二 on another of the name ``second``."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "2024年"
    sheet.append(["青禾市司法局2024年政府信息公开工作年度报告"])
    sheet.append(["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"])
    for row in rows_of_form():
        label, *figures = row.split(" ")
        sheet.append([label, *(int(figure) for figure in figures)])
    other = book.create_sheet(second)
    other.append(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
    other.append(["规章", 1, 2, 3])
    other.append(["行政规范性文件", 1, 2, 3])
    other.append(["信息内容", "本年处理决定数量"])
    for name in ("行政许可", "行政处罚", "行政强制"):
        other.append([name, 5])
    stream = io.BytesIO()
    book.save(stream)
    return extract(opening.read(stream.getvalue()))


def sheets_of(*texts: str) -> Extracted:
    """A workbook with a report on each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, text in enumerate(texts):
        sheet = book.create_sheet(f"表{number}")
        for line in text.replace("法人或其他组织 总计 ", "").replace("机构 其他\n", "机构 其他 总计\n").split("\n"):
            label, *figures = line.split(" ")
            sheet.append([label, *(int(figure) if figure.isdecimal() else figure for figure in figures)])
    stream = io.BytesIO()
    book.save(stream)
    return extract(opening.read(stream.getvalue()))


def test_a_whole_report_on_the_first_sheet_is_read_alone() -> None:
    first, second = whole_report(), whole_report(["9 0 0 0 0 0 9"], OTHER)
    extracted, alone = sheets_of(first, second), sheets_of(first)
    assert states(extracted, "t3") == {State.READ}
    assert [cell.value for cell in extracted.form] == [cell.value for cell in alone.form]
    assert codes(extracted) == codes(alone) | {"reports-behind"}


def test_sheets_that_share_a_report_stay_mixed() -> None:
    first = whole_report()
    title = first.partition("\n")[0]
    torn = sheets_of(without_table_two(first), whole_report(["9 0 0 0 0 0 9"], OTHER))
    again = sheets_of(first, whole_report(["9 0 0 0 0 0 9"], OTHER), f"{title}\n行政处罚 6")
    for extracted in (torn, again):
        assert State.READ not in states(extracted, "t2") | states(extracted, "t3")


def report_of_2019() -> str:
    """A report of the edition before, with figures of its own."""
    form = load_editions()["2019"]
    rows = [f"{row.label[-1]} {ZEROS}" for row in form.table("t3").blocks[0].rows]
    outcomes = "信息内容 上一年项目数量 本年增/减 处理决定数量"
    head = ["第二十条第（一）项", "信息内容 本年新制作数量 本年新公开数量 对外公开总数量"]
    head += ["规章 0 0 0", "行政规范性文件 4 4 30"]
    head += ["第二十条第（五）项", outcomes, "行政许可 8 0 70", "其他对外管理服务事项 9 0 80"]
    head += ["第二十条第（六）项", outcomes, "行政处罚 5 0 60", "行政强制 6 0 50"]
    head += ["第二十条第（八）项", "信息内容 上一年项目数量 本年增/减", "行政事业性收费 3 0"]
    head += ["第二十条第（九）项", "信息内容 采购项目数量 采购总金额", "政府集中采购 2 100"]
    whole = report_text(rows, "青禾市司法局2020年政府信息公开工作年度报告")
    before, _, rest = whole.partition("第二十条")
    return "\n".join([before.rstrip("\n"), *head, "三、收到和处理" + rest.partition("三、收到和处理")[2]])


@pytest.mark.parametrize("latest_first", [True, False])
def test_reports_of_two_editions_are_read_in_the_first_one_s(latest_first: bool) -> None:
    reports = [whole_report(), report_of_2019()]
    if not latest_first:
        reports.reverse()
    alone, extracted = read_text(reports[0]), read_text("\n".join(reports))
    assert extracted.edition == alone.edition == ("2021" if latest_first else "2019")
    assert [cell.value for cell in extracted.form] == [cell.value for cell in alone.form]
    assert states(extracted, "t2") == states(alone, "t2") == {State.READ}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_of_reports_of_several_years_on_sheets_the_latest_is_read(place: int) -> None:
    others = [report_of_2019(), whole_report(["9 0 0 0 0 0 9"], "青禾市司法局2023年政府信息公开工作年度报告")]
    latest = whole_report()
    extracted, alone = sheets_of(*others[:place], latest, *others[place:]), read_text(latest)
    assert (extracted.edition, extracted.year) == ("2021", 2024)
    assert [cell.value for cell in extracted.form] == [cell.value for cell in alone.form]
    assert states(extracted, "t3") == {State.READ}
    assert codes(extracted) - codes(alone) == {"other-years-on-sheets"}


def test_sheets_of_two_bodies_are_no_years_of_one() -> None:
    extracted = sheets_of(whole_report(title="云河县林业局2023年政府信息公开工作年度报告"), whole_report())
    assert (extracted.year, extracted.organization) == (2023, "云河县林业局")


def test_tables_on_sheets_of_two_years() -> None:
    assert states(workbook("表二"), "t2") == {State.READ}
    extracted = workbook("2023年")
    assert states(extracted, "t2") == states(extracted, "t3") == {State.DOUBTFUL}
    assert "tables-mixed" in codes(extracted)
