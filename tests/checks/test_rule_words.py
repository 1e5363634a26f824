"""Every rule says what it is about, why it holds and what to do, in both languages."""

from __future__ import annotations

import pytest

from gkdesk import messages
from gkdesk.model.rule_words import rule_words
from gkdesk.model.spec import load_editions

OTHERS = {
    "reading.doubtful", "reading.missing", "reading.blank", "origin.edition", "note.hidden-sheet",
    "figure.negative", "figure.fraction", "prose.tables", "prose.all-finished", "prose.fee",
    "last-year", "family", "family.sum", "family.exceeded",
}  # fmt: skip


def rules() -> list[str]:
    of_forms = {
        one.rule
        for spec in load_editions().values()
        for one in (*spec.identities, *spec.inequalities, *spec.advisories, *spec.continuations)
    }
    return sorted(of_forms | OTHERS)


@pytest.mark.parametrize("rule", rules())
@pytest.mark.parametrize("language", [messages.CHINESE, messages.ENGLISH])
def test_a_rule_explains_itself(rule: str, language: str) -> None:
    words = rule_words(rule, language)
    assert words.title != rule_words("never-heard-of", language).title
    assert all((words.title, words.why, words.do))


def test_rules_do_not_share_a_title() -> None:
    titles = [rule_words(rule).title for rule in rules()]
    assert len(set(titles)) == len(titles)
