"""Diagnosis: whose fault it probably is, which cells are trusted, when nothing can be said, and what is forced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from gkdesk import messages
from gkdesk.checks.diagnose import diagnose
from gkdesk.checks.repair.misreading import Slip
from gkdesk.checks.repair.moves import Kind
from gkdesk.checks.run import check
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Note
from gkdesk.model.context import ALONE, Context, Neighbour
from gkdesk.model.finding import Finding, Proposal
from gkdesk.model.form import Cell, Decided, FilledForm
from gkdesk.model.place import Box, PagePlace
from gkdesk.model.reading import Number, number
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.model.witness import Claim, Witness
from gkdesk.model.wording import proposal_words

from .published import SHANGHAI_2019, published
from .reports import BLANK, MISSING, Change, changed, doubtful, huaian

AS_PRINTED = "as-printed"
SPEC = load_editions()["2021"]
COLUMNS = ("natural", "business", "research", "welfare", "legal", "other", "total")


def diagnosed(
    changes: Mapping[str, Change] | FilledForm,
    kind: str = "picture",
    context: Context = ALONE,
    **extracted: Any,
) -> tuple[Finding, ...]:
    form = changes if isinstance(changes, FilledForm) else changed(huaian(), changes)
    spec = load_editions()[form.edition]
    about = Extracted(form, form.edition, None, 2024, "", **extracted)
    return diagnose(check(about, form, spec), about, form, spec, kind, context)


def proposals(found: tuple[Finding, ...], rule: str, about: str) -> tuple[Proposal, ...]:
    (finding,) = [one for one in found if (one.rule, one.about) == (rule, about)]
    return finding.proposals


def fixes(found: tuple[Proposal, ...]) -> list[dict[str, Number]]:
    return [{str(ref): value for ref, value in proposal.changes} for proposal in found]


def test_findings_stay_as_they_are_and_in_order() -> None:
    form = changed(huaian(), {"t3.new.total": 3191, "t3.granted.legal": MISSING})
    about = Extracted(form, "2021", None, 2024, "")
    before = check(about, form, SPEC)
    after = diagnose(before, about, form, SPEC, "pdf")
    assert [one.fingerprint for one in after] == [one.fingerprint for one in before]
    assert [(one.code, one.arguments, one.severity) for one in after] == [
        (one.code, one.arguments, one.severity) for one in before
    ]


@pytest.mark.parametrize("kind", ["pdf", "docx", "html", "text", "xlsx", "ofd", "markdown"])
def test_characters_are_hardly_misread_so_the_source_comes_first(kind: str) -> None:
    found = proposals(diagnosed({"t3.new.total": 3191}, kind), "t3.row-total", "new")
    assert [one.reason for one in found] == [AS_PRINTED, "digits-exchanged"]
    assert found[0].changes == ()
    assert "应为 3119？" in str(found[0].arguments["remark"])
    assert found[0].score > 0.5 > found[1].score


def test_pictures_are_misread_so_the_repair_comes_first() -> None:
    found = proposals(diagnosed({"t3.new.total": 3191}), "t3.row-total", "new")
    assert [one.reason for one in found] == ["digits-exchanged", AS_PRINTED]
    assert sum(one.score for one in found) == pytest.approx(1.0)


def test_pages_that_were_recognised_are_pictures_too() -> None:
    found = diagnosed({"t3.new.total": 3191}, "pdf", notes=(Note("recognised", {"pages": "3"}),))
    assert proposals(found, "t3.row-total", "new")[0].changes


def test_only_those_pages_are_pictures() -> None:
    form = changed(huaian(), {"t3.new.total": 3191})
    note = (Note("recognised", {"pages": "3, 12"}),)
    for page, is_repair_first in ((2, False), (12, True)):
        placed = [Cell(cell.ref, cell.as_read, PagePlace(page, Box(0, 0, 1, 1))) for cell in form]
        found = proposals(diagnosed(FilledForm("2021", placed), "pdf", notes=note), "t3.row-total", "new")
        assert bool(found[0].changes) is is_repair_first


def test_cells_named_as_characters_are_none_of_the_pictures() -> None:
    note = (Note("recognised", {"pages": "3", "as_characters": "t3.new.total t3.new.natural"}),)
    found = diagnosed({"t3.new.total": 3191}, "gkdesk-workbook", notes=note)
    assert not proposals(found, "t3.row-total", "new")[0].changes
    elsewhere = (Note("recognised", {"pages": "3", "as_characters": "t3.new.natural"}),)
    found = diagnosed({"t3.new.total": 3191}, "gkdesk-workbook", notes=elsewhere)
    assert proposals(found, "t3.row-total", "new")[0].changes


def test_a_doubtful_figure_is_suspected_before_the_source() -> None:
    found = proposals(diagnosed({"t3.new.legal": doubtful(67, "67")}, "pdf"), "t3.row-total", "new")
    assert fixes(found)[0] == {"t3.new.legal": 61}


def test_the_doubtful_cell_is_preferred_where_several_would_do() -> None:
    found = proposals(
        diagnosed({"t4.review.pending": doubtful(97, "97"), "t4.review.total": 351}), "t4.row-total", "review"
    )
    assert fixes(found)[0] == {"t4.review.pending": 37}


def test_every_finding_of_one_cause_has_the_same_proposals() -> None:
    found = [one for one in diagnosed({"t3.granted.natural": 1238}) if one.proposals]
    assert {(one.rule, one.about) for one in found} == {("t3.row-total", "granted"), ("t3.column-total", "natural")}
    assert found[0].proposals == found[1].proposals


def test_causes_that_have_nothing_to_do_with_each_other_are_told_apart() -> None:
    found = diagnosed({"t3.granted.natural": 1238, "t3.total.total": 3030, "t4.review.total": 357})
    assert fixes(proposals(found, "t3.row-total", "granted"))[0] == {"t3.granted.natural": 1288}
    assert fixes(proposals(found, "t3.balance", "total"))[0] == {"t3.total.total": 3050}
    assert fixes(proposals(found, "t4.row-total", "review"))[0] == {"t4.review.total": 351}


def test_a_figure_that_a_reviewer_decided_is_trusted() -> None:
    form = changed(huaian(), {"t4.review.total": 357})
    trusted = CellRef("t4", "review", "total")
    form.decide(trusted, Decided(number(357), "", ""))
    found = proposals(diagnosed(form), "t4.row-total", "review")
    assert all(trusted not in dict(one.changes) for one in found[:3])


def test_a_second_reading_settles_it() -> None:
    second = {CellRef("t4", "review", "corrected"): 70}
    found = proposals(diagnosed({"t4.review.total": 357}, context=Context(second=second)), "t4.row-total", "review")
    assert fixes(found)[0] == {"t4.review.corrected": 70}
    assert "再次识别也是这个数字" in proposal_words(found[0])


def test_last_years_report_settles_it() -> None:
    before = Neighbour("", 2023, changed(huaian(), {"t3.carried_out.natural": 34, "t3.carried_out.business": 0}))
    wrong = {"t3.carried_in.natural": 33, "t3.carried_in.business": 1}
    found = proposals(diagnosed(wrong, context=Context(before)), "t3.balance", "natural")
    assert fixes(found)[0] == {"t3.carried_in.natural": 34, "t3.carried_in.business": 0}


def suit(value: int, *cells: str, approximate: bool = False) -> Witness:
    claim = Claim("row", tuple(CellRef.parse(cell) for cell in cells))
    return Witness("overview", f"共 {value} 件", str(value), value, (claim,), approximate)


def test_the_prose_settles_table_four_and_is_quoted() -> None:
    found = diagnosed({"t4.direct.other": 18}, witnesses=(suit(9, "t4.direct.other", "t4.after_review.other"),))
    (finding,) = [one for one in found if one.rule == "t4.row-total"]
    assert fixes(finding.proposals)[0] == {"t4.direct.other": 8}
    assert [one.sentence for one in finding.evidence] == ["共 9 件"]


def test_an_approximate_figure_of_the_prose_settles_nothing() -> None:
    about = (suit(400, "t4.review.total", approximate=True),)
    with_it, without = diagnosed({"t4.review.total": 357}, witnesses=about), diagnosed({"t4.review.total": 357})
    assert proposals(with_it, "t4.row-total", "review") == proposals(without, "t4.row-total", "review")


def test_an_approximate_figure_breaks_a_tie() -> None:
    about = (suit(350, "t4.review.total", approximate=True),)
    wrong: dict[str, Change] = {"t4.review.total": 391}
    with_it, without = (proposals(diagnosed(wrong, witnesses=one), "t4.row-total", "review") for one in (about, ()))
    chances = [{tuple(each.changes): each.score for each in found} for found in (with_it, without)]
    right = next(one for one in with_it if fixes((one,)) == [{"t4.review.total": 351}])
    assert chances[0][right.changes] > chances[1][right.changes]
    assert "与正文中的约数或百分比相符" in proposal_words(right)
    others = [one for one in with_it if one.changes and one is not right]
    assert others
    assert not any("约数" in proposal_words(one) for one in others)


def test_a_share_in_the_prose_tells_two_figures_apart_and_is_quoted() -> None:
    form = huaian()
    upheld, total = (CellRef("t4", "review", column) for column in ("upheld", "total"))
    share = Decimal(100 * form[upheld].value / form[total].value).quantize(Decimal("0.1"))  # type: ignore[operator]
    about = (Witness("overview", f"维持占{share}%", f"{share}%", share, (Claim("row", (upheld,), (total,)),)),)
    found = diagnosed({str(upheld): 31}, witnesses=about)
    (finding,) = [one for one in found if one.rule == "t4.row-total"]
    right = next(one for one in finding.proposals if dict(one.changes) == {upheld: form[upheld].value})
    without = proposals(diagnosed({str(upheld): 31}), "t4.row-total", "review")
    assert right.score > next(one.score for one in without if one.changes == right.changes)
    assert about[0].sentence in [one.sentence for one in finding.evidence]


def test_words_without_a_figure_settle_nothing() -> None:
    claim = Claim("all-finished", (CellRef("t3", "carried_out", "total"),))
    about = (Witness("overview", "均已按时办结", "均已按时办结", 0, (claim,)),)
    wrong: dict[str, Change] = {"t3.carried_out.total": 108}
    with_it, without = diagnosed(wrong, witnesses=about), diagnosed(wrong)
    assert proposals(with_it, "t3.balance", "total") == proposals(without, "t3.balance", "total")


def test_prose_that_is_itself_in_doubt_weighs_half() -> None:
    def score(*about: Witness) -> float:
        found = proposals(diagnosed({"t4.review.total": 357}, witnesses=about), "t4.row-total", "review")
        return next(one.score for one in found if fixes((one,)) == [{"t4.review.total": 351}])

    sure = suit(351, "t4.review.total")
    assert score() < score(replace(sure, doubt="recognised")) < score(sure)


@pytest.mark.parametrize(
    "wrong",
    [
        {"t3.granted.natural": 1238, "t3.granted.business": 24, "t3.partial.natural": 47, "t3.partial.business": 1},
        {"t3.granted.legal": 56, "t3.granted.other": 4, "t3.partial.legal": 8, "t3.partial.other": 6},
        {
            "t3.granted.natural": 128, "t3.granted.business": 27, "t3.partial.natural": 477, "t3.partial.business": 1,
            "t3.denied_law.natural": 80,
        },
    ],
)  # fmt: skip
def test_a_stain_over_four_figures(wrong: dict[str, Change]) -> None:
    # Nothing shows by how much any corner is wrong: three other figures would do, but slips explain the four.
    told = proposals(diagnosed(wrong), "t3.row-total", "partial")
    truth = {cell: huaian()[CellRef.parse(cell)].value for cell, value in wrong.items()}
    right = [one for one in fixes(told) if one.items() <= truth.items()]
    assert right


def test_scattered_figures_are_not_taken_for_a_stain() -> None:
    wrong: dict[str, Change] = {"t3.granted.natural": 1238, "t3.unable_not_held.business": 16}
    found = diagnosed(wrong)
    assert fixes(proposals(found, "t3.row-total", "granted"))[0] == {"t3.granted.natural": 1288}


def test_counts_are_never_negative_nor_fractions() -> None:
    for found in diagnosed({"t3.new.natural": 3, "t3.carried_out.legal": 7, "t4.direct.pending": 40}):
        for proposal in found.proposals:
            assert all(isinstance(value, int) and value >= 0 for _, value in proposal.changes)


@pytest.mark.parametrize(
    "wrong", [{"t3.new.legal": 0}, {"t3.new.legal": 0, "t3.new.total": 3058}, {"t3.carried_in.total": 4}]
)
def test_what_holds_is_not_broken_anew(wrong: dict[str, Change]) -> None:
    for finding in diagnosed(wrong):
        for proposal in finding.proposals:
            repaired = {str(ref): value for ref, value in proposal.changes}
            if repaired:
                assert not any(one.code.startswith("inequality") for one in diagnosed({**wrong, **repaired}))


def test_a_row_and_a_column_exchanged_are_seen_where_their_place_is_in_doubt() -> None:
    truth = huaian()
    swap = {}
    for row, other in (("total", "carried_out"), ("carried_out", "total")):
        for column in COLUMNS:
            value = truth[CellRef("t3", other, column)].value
            swap[f"t3.{row}.{column}"] = doubtful(value, str(value), "row-unproven")
    found = proposals(diagnosed(swap, "pdf"), "t3.column-total", "natural")
    assert found[0].reason == "rows-exchanged"
    assert dict(found[0].changes)[CellRef("t3", "total", "natural")] == 2932


def test_a_column_read_one_row_too_low() -> None:
    rows = ["denied_inquiry", "unable_not_held", "unable_not_ready", "unable_unclear", "rejected_petition"]
    truth = [huaian()[CellRef("t3", row, "natural")].value or 0 for row in rows]
    moved = {f"t3.{below}.natural": value for (_, below), value in zip(pairwise(rows), truth, strict=False)}
    found = proposals(diagnosed({**moved, "t3.denied_inquiry.natural": 0}), "t3.row-total", "unable_not_held")
    assert found[0].reason == "column-down"
    assert fixes(found)[0] == {f"t3.{row}.natural": value for row, value in zip(rows, truth, strict=True)}


def test_seven_wrong_figures_in_seven_places_are_told_one_by_one() -> None:
    wrong = {
        "t3.new.natural": 3007, "t3.granted.business": 27, "t3.partial.total": 474, "t3.unable_not_held.legal": 70,
        "t3.denied_inquiry.natural": 15, "t3.closed_other.total": 11, "t3.total.other": 44,
    }  # fmt: skip
    found = diagnosed(wrong)
    told = {str(ref): value for one in found for ref, value in (one.proposals[0].changes if one.proposals else ())}
    assert told == {cell: huaian()[CellRef.parse(cell)].value for cell in wrong}


def test_too_much_is_wrong_to_say_which() -> None:
    rows = SPEC.table("t3").blocks[0].rows[2:17]
    wrong = {
        f"t3.{row.id}.{column}": 13 * place + len(column)
        for place, row in enumerate(rows)
        for column in ("natural", "legal")
    }
    found = [one for one in diagnosed(wrong) if one.proposals]
    assert found
    assert {one.reason for finding in found for one in finding.proposals} == {AS_PRINTED}
    assert "无法判断是哪一格有误" in proposal_words(found[0].proposals[0])


def test_no_more_than_five_are_shown_and_it_says_of_how_many() -> None:
    wrong = {"t3.granted.natural": 1287, "t3.granted.business": 22}
    for finding in diagnosed(wrong):
        repairs = [one for one in finding.proposals if one.changes]
        assert len(repairs) <= 5
        assert all(one.arguments["solutions"] >= len(repairs) for one in repairs)
        assert all("共有" in proposal_words(one) for one in repairs if one.arguments["solutions"] > 5)


def test_a_missing_figure_follows_from_the_others() -> None:
    found = diagnosed({"t3.new.natural": MISSING, "t3.denied_law.total": doubtful(None, "3l")}, "pdf")
    by_rule = {one.rule: one.proposals for one in found if one.rule.startswith("reading.")}
    assert fixes(by_rule["reading.missing"]) == [{"t3.new.natural": 3001}]
    assert fixes(by_rule["reading.doubtful"]) == [{"t3.denied_law.total": 31}]
    assert fixes(proposals(found, "t3.row-total", "new")) == [{"t3.new.natural": 3001}]


def test_a_whole_missing_row_follows_column_by_column() -> None:
    (finding,) = [one for one in diagnosed({"t3.partial": MISSING}) if one.rule == "reading.missing"]
    figures = zip(COLUMNS, (447, 7, 0, 0, 0, 0, 454), strict=True)
    assert fixes(finding.proposals) == [{f"t3.partial.{column}": value for column, value in figures}]


def test_what_does_not_follow_is_not_guessed() -> None:
    # Four corners of a rectangle: any amount could go round.
    corners = [f"t3.{row}.{column}" for row in ("granted", "partial") for column in ("natural", "business")]
    found = diagnosed(dict.fromkeys(corners, MISSING))
    assert not any(one.proposals for one in found)


def test_summands_of_nothing_are_nothing() -> None:
    cells = [f"t3.denied_secret.{column}" for column in ("business", "research", "welfare")]
    (finding,) = [one for one in diagnosed(dict.fromkeys(cells, MISSING)) if one.rule == "reading.missing"]
    assert fixes(finding.proposals) == [dict.fromkeys(cells, 0)]


def test_a_missing_figure_beside_a_wrong_one() -> None:
    found = diagnosed({"t3.new.natural": MISSING, "t3.new.legal": 67})
    (finding,) = [one for one in found if one.rule == "reading.missing"]
    assert fixes(finding.proposals) == [{"t3.new.natural": 3001}]
    assert {"t3.new.legal": 61} in fixes(proposals(found, "t3.balance", "legal"))


def test_totals_left_blank_are_no_suspects() -> None:
    form = load_editions()["2019"].empty_form()
    rows = {
        row: [int(figure) if figure != "-" else None for figure in text.split()] for row, text in SHANGHAI_2019.items()
    }
    cells = []
    for cell in form:
        value = rows.get(cell.ref.row, [None] * 7)[COLUMNS.index(cell.ref.column)] if cell.ref.table == "t3" else None
        cells.append(Cell(cell.ref, BLANK if value is None else number(value)))
    blank = FilledForm("2019", cells)
    found = [one for finding in diagnosed(blank, "html") for one in finding.proposals]
    assert {one.reason for one in found} == {AS_PRINTED, "blank-totals"}
    assert len({one.changes for one in found}) == 2
    wrong = changed(blank, {"t3.new.natural": 812})
    found = proposals(diagnosed(wrong, "html"), "t3.row-total", "new")
    assert [one.reason for one in found] == [AS_PRINTED, "digits-exchanged"]


ROWS = ("granted", "partial", "denied_secret", "unable_not_held")


def test_totals_left_blank_in_many_rows_are_filled_in_one_step() -> None:
    totals = {f"t3.{row}.total": BLANK for row in ROWS}
    found = proposals(diagnosed(totals, "pdf"), "t3.row-total", "partial")
    assert [one.reason for one in found] == [AS_PRINTED, "blank-totals"]
    assert fixes(found)[1] == {name: huaian()[CellRef.parse(name)].value for name in totals}
    sentence = proposal_words(found[1])
    assert sentence.startswith("总计栏留空：按各项之和填写 4 格：表三 （一）予以公开·总计 空白 → ")


def test_two_blank_totals_are_no_habit() -> None:
    totals = {f"t3.{row}.total": BLANK for row in ROWS[:2]}
    found = proposals(diagnosed(totals, "pdf"), "t3.row-total", "partial")
    assert [one.reason for one in found] == [AS_PRINTED, "deduced"]
    assert list(fixes(found)[1]) == ["t3.partial.total"]


def test_a_blank_total_whose_row_is_not_known_is_not_filled_with_the_others() -> None:
    totals: dict[str, Change] = {f"t3.{row}.total": BLANK for row in ROWS}
    found = diagnosed(totals | {"t3.partial.natural": MISSING}, "pdf")
    filled = [one for finding in found for one in finding.proposals if one.reason == "blank-totals"]
    assert filled
    assert all(CellRef.parse("t3.partial.total") not in dict(one.changes) for one in filled)


def test_a_form_with_six_in_one_row() -> None:
    one_row = {"t3.closed_not_amended": MISSING, "t3.closed_fee_unpaid": MISSING, "t3.closed_other": MISSING}
    form = changed(huaian(), one_row)
    figures = zip(COLUMNS, (181, 5, 0, 0, 1, 0, 178), strict=True)
    cells = [Cell(CellRef("t3", "closed", column), number(value)) for column, value in figures]
    found = proposals(diagnosed(FilledForm("2021", [*form, *cells])), "t3.row-total", "closed")
    assert fixes(found)[0] == {"t3.closed.total": 187}


def test_a_report_of_nothing_is_left_alone() -> None:
    assert not any(one.proposals for one in diagnosed(SPEC.empty_form()))


def test_published_reports_need_no_repair() -> None:
    for figures in published().values():
        form = FilledForm("2021", [Cell(ref, number(value)) for ref, value in figures.items()])
        assert not any(one.proposals for one in diagnosed(form, "pdf"))


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    for language in (messages.CHINESE, messages.ENGLISH):
        for reason in (*Slip, *Kind, AS_PRINTED, "deduced", "blank-totals", "several", "total"):
            assert messages.has(f"proposal.{reason}", language)


def test_english_sentences_can_be_made() -> None:
    for changes in (
        {"t3.new.total": 3191},
        {"t3.granted.natural": 21, "t3.granted.business": 1288},
        {"t4.review.total": 357},
    ):
        for finding in diagnosed(changes):
            for proposal in finding.proposals:
                assert proposal_words(proposal, messages.ENGLISH)
