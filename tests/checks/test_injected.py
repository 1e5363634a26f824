"""Errors put into consistent forms: the truth is proposed first, or among others (all of it: tests.bench.repair)."""

from __future__ import annotations

import random
from functools import cache

import pytest

from gkdesk.model.spec import load_editions

from ..corpus.generator.figures import fill
from .injection import (
    KINDS,
    Figures,
    Outcome,
    examined,
    form_of,
    misread,
    outcome,
    prose_about_suits,
    rows_of,
    with_errors,
)
from .published import published


@cache
def bases() -> tuple[tuple[str, Figures], ...]:
    """Published figures and made ones, both editions, （六）其他处理 in three rows and in one."""
    made = [("2019", fill(5, "2019", "large", True)), ("2021", fill(6, "2021", "medium", False, single_closed=True))]
    return (*(("2021", figures) for figures in published().values()), *made)


def outcomes(table: str, count: int, kind: str, cases: int, with_prose: bool = False) -> list[Outcome]:
    rng = random.Random(f"{table} {count} {kind}")
    found = []
    for case in range(cases):
        edition, truth = bases()[case % len(bases())]
        clean = form_of(truth, edition)
        cells = KINDS[kind](rng, rows_of(clean, load_editions()[edition], table), count)
        wrong = {ref: misread(rng, truth[ref]) for ref in cells}
        witnesses = prose_about_suits(truth) if with_prose else ()
        found.append(outcome(examined(with_errors(clean, wrong), witnesses).diagnosed(), truth, set(wrong)))
    return found


def share(found: list[Outcome], name: str) -> float:
    return sum(bool(getattr(one, name)) for one in found) / len(found)


@pytest.mark.parametrize("kind", ["picture", "pdf"])
def test_a_consistent_form_has_no_proposals(kind: str) -> None:
    for edition, figures in bases():
        assert not any(finding.proposals for finding in examined(form_of(figures, edition)).diagnosed(kind))


def test_one_wrong_figure_of_table_three_is_always_the_only_proposal() -> None:
    found = outcomes("t3", 1, "uniform", 60)
    assert share(found, "first") == share(found, "unique") == 1.0


@pytest.mark.parametrize("kind", KINDS)
def test_two_wrong_figures(kind: str) -> None:
    found = outcomes("t3", 2, kind, 42)
    assert share(found, "first") >= 0.98
    assert share(found, "among") >= 0.98


@pytest.mark.parametrize("count", [3, 4, 5])
@pytest.mark.parametrize("kind", KINDS)
def test_more_wrong_figures(kind: str, count: int) -> None:
    assert share(outcomes("t3", count, kind, 12), "among") >= 0.91


def test_table_four_with_the_prose() -> None:
    found = outcomes("t4", 1, "uniform", 48, with_prose=True)
    assert share(found, "first") >= 0.95


def test_table_four_without_the_prose_is_not_made_to_look_certain() -> None:
    found = outcomes("t4", 1, "uniform", 40)
    assert share(found, "among") >= 0.95
    assert share(found, "unique") < 0.5


def test_the_same_report_gets_the_same_answer() -> None:
    edition, truth = bases()[0]
    rng = random.Random(7)
    clean = form_of(truth, edition)
    cells = KINDS["adjacent"](rng, rows_of(clean, load_editions()[edition], "t3"), 4)
    form = with_errors(clean, {ref: misread(rng, truth[ref]) for ref in cells})
    assert examined(form).diagnosed() == examined(form).diagnosed()
