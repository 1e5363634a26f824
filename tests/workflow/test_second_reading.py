"""A second look at the suspects of a scan: one row of 表四 is drawn, read wrongly, and looked at again."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("PIL")
pytest.importorskip("onnxruntime")
pytest.importorskip("faster_paddle")

from gkdesk.model.cellref import CellRef
from gkdesk.model.content import SourceKind
from gkdesk.model.form import Cell, FilledForm
from gkdesk.model.place import Box, PagePlace
from gkdesk.model.reading import number
from gkdesk.model.review import Extracted, Review
from gkdesk.model.spec import load_editions
from gkdesk.model.wording import proposal_words
from gkdesk.workflow.checking import find, spec_of
from gkdesk.workflow.diagnosing import Case, case_of, explain
from gkdesk.workflow.progress import Cancelled
from gkdesk.workflow.second_reading import look_again, suspects_of, with_second
from tests.sources.picture_maker import COLUMN, LEFT, ROW, TOP, encoded, table

REVIEW = ("upheld", "corrected", "other", "pending", "total")
DRAWN = ("12", "34", "8", "5", "59")
PAGE = encoded(table((DRAWN,)))


def case(read: tuple[str, ...], kind: str = SourceKind.PICTURE) -> Case:
    """A report whose reviews were read so; all else is zero."""
    figures = {CellRef("t4", "review", column): int(text) for column, text in zip(REVIEW, read, strict=True)}
    form = _form(figures)
    review = Review("年报.png", "0" * 64, kind, Extracted(form, "2021", None, None, ""), form)
    spec = spec_of(review)
    made = case_of(review, spec, find(review, spec))
    return case_of(review, spec, explain(made))


def _form(figures: dict[CellRef, int]) -> FilledForm:
    cells = []
    for ref in load_editions()["2021"].refs():
        place = None
        if ref in figures:
            left = LEFT + REVIEW.index(ref.column) * COLUMN
            place = PagePlace(1, Box(left, TOP, left + COLUMN, TOP + ROW))
        cells.append(Cell(ref, number(figures.get(ref, 0)), place))
    return FilledForm("2021", cells)


def repairs(one: Case) -> list[str]:
    """The proposals that change figures, in words."""
    return [proposal_words(p) for finding in explain(one) for p in finding.proposals if p.changes]


def test_the_second_look_tells_which_of_five_figures_was_misread() -> None:
    read = case(("12", "34", "8", "5", "69"))
    assert len(repairs(read)) > 1
    suspects = suspects_of(read)
    assert {suspect.ref.column for suspect in suspects} == set(REVIEW)
    found = look_again(PAGE, suspects)
    assert found[CellRef("t4", "review", "total")] == 59
    then = case_of(read.review, read.spec, read.findings, with_second(read.context, found))
    assert repairs(then)[0] == "表四 行政复议·总计：69 应为 59？（有一位数字不同）（再次识别也是这个数字）"


def test_a_second_look_that_sees_the_same_leaves_the_report_to_blame() -> None:
    printed = ("12", "34", "8", "5", "69")
    read = case(printed)
    found = look_again(encoded(table((printed,))), suspects_of(read))
    then = case_of(read.review, read.spec, read.findings, with_second(read.context, found))
    first = next(finding.proposals[0] for finding in explain(then) if finding.proposals)
    assert first.changes == ()
    assert proposal_words(first).endswith("（再次识别，数字与原来相同）")
    assert "再次识别" not in "".join(repairs(then))


def test_only_scans_with_broken_sums_are_looked_at_again() -> None:
    assert suspects_of(case(("12", "34", "8", "5", "59"))) == ()
    assert suspects_of(case(("12", "34", "8", "5", "69"), SourceKind.PDF)) == ()


def test_a_source_that_cannot_be_looked_at_says_nothing_and_looking_can_be_given_up() -> None:
    suspects = suspects_of(case(("12", "34", "8", "5", "69")))
    assert look_again("年报".encode(), suspects) == {}

    class Impatient:
        def step(self, done: int, total: int, what: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        look_again(PAGE, suspects, None, Impatient())
