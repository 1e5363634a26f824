"""What speaks for a figure, in numbers and in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gkdesk.checks.proof import proofs
from gkdesk.model.cellref import CellRef
from gkdesk.model.content import Note
from gkdesk.model.context import ALONE, Context, Neighbour
from gkdesk.model.form import Decided, FilledForm
from gkdesk.model.proof import Proof
from gkdesk.model.reading import number
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.model.witness import Claim, Witness
from gkdesk.model.wording import proof_words

from .reports import BLANK, MISSING, Change, changed, doubtful, huaian


def proof(
    cell: str,
    changes: dict[str, Change] | FilledForm | None = None,
    witnesses: tuple[Witness, ...] = (),
    context: Context = ALONE,
) -> Proof:
    form = changes if isinstance(changes, FilledForm) else changed(huaian(), changes or {})
    extracted = Extracted(form, "2021", None, 2024, "", witnesses=witnesses)
    return proofs(extracted, form, load_editions()["2021"], context)[CellRef.parse(cell)]


def words(cell: str, *arguments: object, **more: object) -> str:
    return proof_words(proof(cell, *arguments, **more))  # type: ignore[arg-type]


def witness(value: int, *cells: str) -> Witness:
    return Witness("overview", "", str(value), value, (Claim("row", tuple(map(CellRef.parse, cells))),))


def test_a_summand_stands_in_a_row_and_a_column() -> None:
    assert words("t3.granted.natural") == "由 2 条勾稽关系印证"


def test_a_column_total_stands_in_three_sums_that_share_nothing_else() -> None:
    assert proof("t3.total.natural").identities == 3


def test_a_zero_among_figures_is_proven_too() -> None:
    assert proof("t3.granted.legal").identities == proof("t3.denied_law.business").identities == 2


def test_sums_of_nothing_but_zeros_prove_where_every_zero_is_printed() -> None:
    found = proof("t3.rejected_publication.research")
    assert proof_words(found) == "由 2 条各格都印着 0 的勾稽关系印证"
    assert found.holds


@pytest.mark.parametrize("change", [BLANK, doubtful(0, "O")])
def test_a_sum_with_a_zero_that_is_not_surely_printed_proves_little(change: Change) -> None:
    row = {f"t3.rejected_publication.{column}": change for column in ("business", "natural")}
    column = {f"t3.{row}.research": change for row in ("denied_secret", "total")}
    found = proof("t3.rejected_publication.research", row | column)
    assert proof_words(found) == "只有全为 0 的勾稽关系成立，不足以印证，请对照原文"
    assert not found.holds


def test_zeros_that_were_recognised_in_a_picture_prove_little() -> None:
    form = huaian()
    extracted = Extracted(form, "2021", None, 2024, "", notes=(Note("recognised", {"pages": "1"}),))
    found = proofs(extracted, form, load_editions()["2021"])[CellRef.parse("t3.rejected_publication.research")]
    assert found.printed_zeros == 0
    assert not found.holds


def test_figures_without_any_sum() -> None:
    assert words("t2.permit.decisions") == "没有其他数字可以印证，请对照原文"
    assert not proof("t2.permit.decisions").holds


def test_the_prose_confirms() -> None:
    about = (witness(3119, "t3.new.total"),)
    assert words("t3.new.total", witnesses=about) == "由 2 条勾稽关系和正文印证"
    assert words("t2.permit.decisions", witnesses=(witness(447228, "t2.permit.decisions"),)) == "由正文印证"
    assert proof("t2.penalty.decisions", witnesses=(witness(447228, "t2.permit.decisions"),)).witnesses == 0


def test_prose_that_says_something_else_confirms_nothing() -> None:
    assert proof("t3.new.total", witnesses=(witness(3000, "t3.new.total"),)).witnesses == 0


def test_of_prose_that_is_itself_in_doubt_it_takes_two() -> None:
    once = replace(witness(447228, "t2.permit.decisions"), doubt="recognised")
    again = replace(once, sentence="再次")
    assert proof("t2.permit.decisions", witnesses=(once,)).witnesses == 0
    assert proof("t2.permit.decisions", witnesses=(once, again)).witnesses == 1


@pytest.mark.parametrize("name", ["all-finished", "no-fee-notice"])
def test_words_without_a_figure_confirm_nothing(name: str) -> None:
    claim = Claim(name, (CellRef("t3", "closed_fee_unpaid", "total"),))
    about = (Witness("overview", "均已办结", "均已办结", 0, (claim,)),)
    assert proof("t3.closed_fee_unpaid.total", witnesses=about).witnesses == 0


def test_last_years_report_confirms_what_was_carried_in() -> None:
    before = Context(Neighbour("", 2023, changed(huaian(), {"t3.carried_out.natural": 34})))
    about = (witness(34, "t3.carried_in.natural"),)
    assert words("t3.carried_in.natural", witnesses=about, context=before) == "由 2 条勾稽关系、正文和上年报告印证"


def test_a_broken_sum_is_said() -> None:
    found = proof("t3.new.legal", {"t3.new.natural": 3007})
    assert proof_words(found) == "有 1 条勾稽关系不成立，请核对"
    assert not found.holds


def test_closing_sums_do_not_prove_a_row_whose_place_is_in_doubt() -> None:
    found = proof("t3.granted.natural", {"t3.granted.natural": doubtful(1288, "1288", "row-unproven")})
    assert proof_words(found) == "勾稽关系虽然成立，但这一格所在的行或列没有得到证实，请对照原文"
    assert not found.holds


def test_a_doubtful_figure_with_closing_sums() -> None:
    found = proof("t3.granted.natural", {"t3.granted.natural": doubtful(1288, "1288件")})
    assert proof_words(found) == "由 2 条勾稽关系印证；读数存疑，请对照原文"
    assert not found.holds


def test_no_figure_no_proof() -> None:
    assert words("t3.new.natural", {"t3.new.natural": MISSING}) == "还没有数字，请对照原文填写"
    assert words("t3.granted.total", {"t3.granted.total": BLANK}) == "还没有数字，请对照原文填写"


def test_a_sum_with_an_unknown_figure_proves_nothing() -> None:
    assert proof("t3.new.legal", {"t3.new.natural": MISSING}).identities == 1


def test_what_a_reviewer_decided_needs_no_proof() -> None:
    form = huaian()
    form.decide(CellRef("t2", "permit", "decisions"), Decided(number(447228), "", ""))
    assert words("t2.permit.decisions", form) == "已经人工核定"
    assert proof("t2.permit.decisions", form).holds


def test_every_cell_to_fill_has_a_proof() -> None:
    form, spec = huaian(), load_editions()["2021"]
    found = proofs(Extracted(form, "2021", None, 2024, ""), form, spec)
    assert tuple(found) == spec.refs_of(form)


def test_english() -> None:
    assert proof_words(proof("t3.total.natural"), "en") == "Confirmed by totals identities (3)"
