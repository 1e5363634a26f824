"""Patterns that are compiled late find what the same patterns find when they are compiled at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gkdesk.extraction.prose.late_pattern import LatePattern, needs_of, needs_of_names
from gkdesk.extraction.prose.phrases import phrases
from gkdesk.extraction.prose.running_text import running_texts
from gkdesk.extraction.prose.stated_figures import mark
from gkdesk.extraction.prose.witnesses import LONGEST_SENTENCE
from gkdesk.model.spec import load_editions
from gkdesk.sources import opening

DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"
PATTERNS = [phrase.pattern for phrase in phrases().phrases]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("收到申请", [{"收到申请"}]),
        ("收到?申请", [{"收"}, {"申请"}]),
        ("收*到+申{0,2}请{2}件{1,}", [{"到"}, {"请"}, {"件"}]),
        ("收+?到*+申请", [{"收"}, {"申请"}]),
        ("(?:收到|受理)申请", [{"收到", "受理"}, {"申请"}]),
        ("(?:收到|受理)?申请", [{"申请"}]),
        ("(?:收到|.*)申请", [{"申请"}]),
        ("收到|[受理]+", []),
        ("收到[^申请]受理", [{"收到"}, {"受理"}]),
        ("[]收]到[^]收]件", [{"到"}, {"件"}]),
        (r"[\]收]到", [{"到"}]),
        (r"收\.到\d件", [{"收"}, {"到"}, {"件"}]),
        ("(?<!未)收到(?=申请)(?!过)件", [{"收到"}, {"件"}]),
        ("(?P<how>分别)为", [{"分别"}, {"为"}]),
        ("<received>@件?", [{"收到", "受理"}]),
        ("<unknown>件", [{"件"}]),
        (r"(收)\1", []),
        ("(?i)收A", []),
        ("(?P=how)收", []),
        ("收{到", []),
        ("收)到", []),
        ("(收", []),
        ("[收", []),
        ("", []),
    ],
)
def test_needs_only_what_is_certain(pattern: str, needed: list[set[str]]) -> None:
    named = needs_of_names({"received": "(?:收到|受理)"})
    assert [set(words) for words in needs_of(pattern, named)] == needed


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_a_phrase_matches_holds_its_words(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    text = data.draw(st.from_regex(pattern.pattern))
    assert spans(pattern, text) == spans(pattern.pattern, text) != []


def test_documents_are_read_alike() -> None:
    spec = next(iter(load_editions().values()))
    found = asked = 0
    for path in sorted(path for path in DOCUMENTS.glob("*/*") if path.suffix in (".txt", ".md"))[::3]:
        for text in running_texts(opening.read(path.read_bytes()), spec):
            for sentence in re.split("[。!?\n]", text.plain):
                marked = mark(sentence).text
                if len(marked) > LONGEST_SENTENCE or not phrases().spoken.search(marked):
                    continue
                for pattern in PATTERNS:
                    expected = spans(pattern.pattern, marked)
                    assert spans(pattern, marked) == expected
                    asked, found = asked + 1, found + len(expected)
    assert asked > 1000
    assert found > 100


def spans(pattern: LatePattern | re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]
