"""What a rule is about, in words: its title, why it holds, and what to do where it does not."""

from __future__ import annotations

from dataclasses import dataclass

from gkdesk import messages


@dataclass(frozen=True, slots=True)
class RuleWords:
    """The words of one rule: a title of a few words, the reason, and what a reviewer can do."""

    title: str
    why: str
    do: str


def rule_words(rule: str, language: str = messages.CHINESE) -> RuleWords:
    """The words for the ``rule`` of a finding; notes of readers share theirs, and so do rules without words."""
    known = rule if messages.has(f"rule.{rule}.title") else rule.partition(".")[0]
    code = f"rule.{known}" if messages.has(f"rule.{known}.title") else "rule.other"
    return RuleWords(*(messages.text(f"{code}.{part}", language) for part in ("title", "why", "do")))
