"""The score on the made documents may only rise; ``python -m tests.corpus.score --update`` keeps a better one."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import score

FAMILIES = sorted({path.parent.name for path in score.documents()})


@pytest.fixture(scope="module")
def outcomes() -> dict[Path, score.Outcome]:
    return score.measure_all()


@pytest.mark.parametrize("family", FAMILIES)
def test_no_family_reads_worse_than_its_best(family: str, outcomes: dict[Path, score.Outcome]) -> None:
    best = score.load_best()[family]
    sums = score.by_family(outcomes)
    print(score.table(sums))
    for path, outcome in outcomes.items():
        if path.parent.name == family:
            print(path.name, *outcome.details, sep="\n    ")
    now = sums[family]
    assert now.documents == best["documents"], "documents came or went: python -m tests.corpus.score --update"
    worse = [name for name in score.MORE_IS_BETTER if getattr(now, name) < best[name]]
    worse += [name for name in score.LESS_IS_BETTER if getattr(now, name) > best[name]]
    assert not worse


def test_no_figure_is_wrong_in_silence(outcomes: dict[Path, score.Outcome]) -> None:
    wrong = {path.name: outcome.details for path, outcome in outcomes.items() if outcome.wrong}
    assert not wrong


def test_every_planted_error_is_found(outcomes: dict[Path, score.Outcome]) -> None:
    overlooked = {path.name: outcome.details for path, outcome in outcomes.items() if outcome.overlooked}
    assert not overlooked
