"""The form twice in a file: an empty one beside the filled one, and tables on sheets that nobody sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from gkdesk.extraction.fill import extract
from gkdesk.model.reading import State
from gkdesk.model.review import Extracted
from gkdesk.sources import opening
from tests.corpus.generator.layout import printed_table
from tests.corpus.generator.report import Plan, Report, make_report
from tests.corpus.generator.twist import Twist
from tests.corpus.generator.xlsx import XlsxStyle, write_xlsx

FILLED = make_report(Plan(41, "青禾市司法局", 2024, "2021", "medium"))
EMPTY = replace(FILLED, texts=dict.fromkeys(FILLED.texts, ""))
TITLE = "青禾市司法局2024年政府信息公开工作年度报告"
NAMELESS = "×××（单位名称）2024年政府信息公开工作年度报告"


def form(report: Report, title: str) -> list[str]:
    """The lines and tab-separated tables of a report below its title."""
    lines = [title] if title else []
    for heading, table in zip(report.headings[1:4], ("t2", "t3", "t4"), strict=True):
        lines += [heading, *("\t".join(row) for row in printed_table(report, table).slots())]
    return lines


def read(*parts: Sequence[str]) -> Extracted:
    return extract(opening.read("".join(f"{line}\n" for part in parts for line in part).encode()))


def certain(extracted: Extracted) -> bool:
    """True if every figure of the filled form was read as it is, and none is in doubt."""
    form_cells = {cell.ref: cell for cell in extracted.form}
    return all(
        form_cells[ref].state in (State.READ, State.BLANK) and form_cells[ref].value == value
        for ref, value in FILLED.values.items()
    )


def left_out(extracted: Extracted) -> bool:
    return any(note.code == "template-left-out" for note in extracted.notes)


@pytest.mark.parametrize("title", [TITLE, NAMELESS, "______2024年度政府信息公开工作年度报告", "附件1"])
@pytest.mark.parametrize("behind", [False, True])
def test_an_empty_form_beside_the_filled_one_is_left_out(title: str, behind: bool) -> None:
    parts = [form(FILLED, TITLE), form(EMPTY, title)]
    extracted = read(*(parts if behind else parts[::-1]))
    assert certain(extracted)
    assert left_out(extracted)
    assert (extracted.organization, extracted.year) == ("青禾市司法局", 2024)


@pytest.mark.parametrize(
    "title", ["云河县林业局2024年政府信息公开工作年度报告", "青禾市司法局2023年政府信息公开工作年度报告"]
)
def test_an_empty_report_of_another_body_or_year_is_a_report(title: str) -> None:
    extracted = read(form(EMPTY, title), form(FILLED, TITLE))
    assert not left_out(extracted)
    assert State.READ not in {cell.state for cell in extracted.form}


def test_figures_whose_body_no_title_names_do_not_fill_an_empty_report() -> None:
    assert not left_out(read(form(EMPTY, TITLE), form(FILLED, "")))


@pytest.mark.parametrize("caption", ["填写示例", "其中：下属单位", "去年同期"])
def test_figures_below_words_that_make_them_others_do_not_fill_an_empty_report(caption: str) -> None:
    heading, *rest = form(FILLED, TITLE)
    assert not left_out(read(form(EMPTY, TITLE), [heading, caption, *rest]))


def test_a_copy_with_a_single_figure_is_no_empty_form() -> None:
    ref = next(ref for ref in FILLED.texts if str(ref) == "t3.new.natural")
    begun = replace(EMPTY, texts={**EMPTY.texts, ref: "1"})
    assert not left_out(read(form(begun, TITLE), form(FILLED, TITLE)))


def hidden(report: Report) -> Extracted:
    plan = replace(report.plan, twists=(Twist("hidden-sheet-first"),))
    return extract(opening.read(write_xlsx(replace(report, plan=plan), XlsxStyle())))


def test_tables_on_a_hidden_sheet_do_not_put_the_shown_ones_in_doubt() -> None:
    extracted = hidden(FILLED)
    assert certain(extracted)
    assert any(note.code == "hidden-sheet" for note in extracted.notes)


def test_a_table_of_nothing_but_dashes_is_filled_in_all_the_same() -> None:
    extracted = hidden(replace(FILLED, texts={r: "—" if r.table == "t3" else t for r, t in FILLED.texts.items()}))
    assert {cell.state for cell in extracted.form if cell.ref.table == "t3"} == {State.BLANK}
    assert State.DOUBTFUL not in {cell.state for cell in extracted.form}


def test_figures_on_a_hidden_sheet_beside_an_empty_form_are_never_certain() -> None:
    assert State.READ not in {cell.state for cell in hidden(EMPTY).form}


def other_figures(*names: str) -> Report:
    """The report with 77 in some cells."""
    return replace(FILLED, texts={ref: "77" if str(ref) in names else text for ref, text in FILLED.texts.items()})


def table_three(report: Report) -> list[str]:
    return ["\t".join(row) for row in printed_table(report, "t3").slots()]


def doubtful(extracted: Extracted) -> set[str]:
    return {str(cell.ref) for cell in extracted.form if cell.state is State.DOUBTFUL}


def test_of_two_tables_only_the_cells_that_differ_are_in_doubt() -> None:
    names = {"t3.new.natural", "t3.total.natural"}
    extracted = read(form(FILLED, TITLE), ["说明"], table_three(other_figures(*names)))
    assert doubtful(extracted) == names


def test_of_three_tables_all_cells_are_in_doubt() -> None:
    second, third = other_figures("t3.new.natural"), other_figures("t3.total.natural")
    extracted = read(form(FILLED, TITLE), ["说明"], table_three(second), ["说明"], table_three(third))
    assert "t3.granted.natural" in doubtful(extracted)


def test_a_second_table_that_is_torn_proves_nothing() -> None:
    second = table_three(other_figures("t3.new.natural"))
    extracted = read(form(FILLED, TITLE), ["说明"], second[:13])
    assert "t3.granted.natural" in doubtful(extracted)


def test_two_tables_on_a_sheet_of_their_own_leave_the_other_sheets_alone() -> None:
    plan = replace(FILLED.plan, twists=(Twist("second-unnamed", ("t3",)),))
    extracted = extract(opening.read(write_xlsx(make_report(plan), XlsxStyle(sheets=True))))
    assert {name.split(".")[0] for name in doubtful(extracted)} == {"t3"}
