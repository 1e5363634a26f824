"""A short run of the fuzzing harness, and the files that it once found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import readers, trial
from tests.fuzz.readers import READERS, case

SEED = 7
CASES = 5
FOUND = sorted((Path(__file__).parent / "found").iterdir())


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial.suite, "find", lambda: None)
    monkeypatch.setattr(trial.recognition, "is_available", lambda: False)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("reader", READERS)
def test_damaged_files_are_read_or_refused_in_words(reader: str) -> None:
    for number in range(CASES):
        outcome = trial.attempt(reader, case(reader, SEED, number))
        assert not outcome.is_finding, (number, outcome.detail)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_once_found_is_read_or_refused_in_words(path: Path) -> None:
    outcome = trial.attempt(path.name.partition("-")[0], path.read_bytes())
    assert not outcome.is_finding, outcome.detail


def test_the_same_seed_makes_the_same_files() -> None:
    for reader in READERS:
        first = case(reader, SEED, 3)
        readers.forget_seeds()
        assert case(reader, SEED, 3) == first != case(reader, SEED, 4)
