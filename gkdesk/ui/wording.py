"""Sentences for the things shown on the screen, in the language of the screen; most come from the model's wording."""

from __future__ import annotations

from datetime import datetime

from gkdesk import messages
from gkdesk.errors import UserError
from gkdesk.model import wording
from gkdesk.model.decision import Decision, Outcome
from gkdesk.model.edit import Edit
from gkdesk.model.finding import Finding, Proposal, Severity
from gkdesk.model.form import Cell
from gkdesk.model.place import PagePlace, Place, SheetPlace, TablePlace
from gkdesk.model.proof import Proof
from gkdesk.model.reading import Reading, State, number_text
from gkdesk.model.rule_words import rule_words
from gkdesk.ui import language
from gkdesk.ui.language import tr


def finding_sentence(finding: Finding) -> str:
    """What a finding says, in one sentence."""
    return wording.finding_headline(finding, language.current())


def finding_text(finding: Finding) -> str:
    """What a finding says, with the sum written out and the reasons."""
    return wording.finding_words(finding, language.current())


def error_sentence(error: UserError) -> str:
    """What is wrong and what to do."""
    return messages.error_text(error.code, error.arguments, language.current())


def doubt_sentence(reading: Reading) -> str:
    """Why a reading is not certain; empty if it is."""
    return wording.doubt_words(reading, language.current())


def edit_words(edit: Edit) -> str:
    """The act of an edit, for the undo menu."""
    return messages.text(f"edit.{edit.label}", language.current())


def step_words(step: str, words: str) -> str:
    """``撤销：粘贴`` for the step ``undo`` or ``redo`` of an act in words; the bare step if there is none."""
    if not words:
        return tr("撤销") if step == "undo" else tr("重做")
    return messages.text(f"edit.{step}", language.current(), edit=words)


def severity_word(severity: Severity) -> str:
    """One word for how much a finding weighs."""
    return wording.severity_words(severity, language.current())


def reading_words(reading: Reading) -> str:
    """What a reading says, in words that cannot be mistaken for another state."""
    shown = number_text(reading.value)
    match reading.state:
        case State.READ:
            return shown
        case State.DOUBTFUL if shown:
            return tr("{number}（存疑）").format(number=shown)
        case State.DOUBTFUL if not reading.raw:
            return tr("没有读到内容（存疑）")
        case State.DOUBTFUL:
            return tr("“{raw}”（存疑，不是一个数字）").format(raw=reading.raw)
        case State.BLANK if reading.raw:
            return tr("空白（写的是“{raw}”）").format(raw=reading.raw)
    return wording.state_words(reading.state, language.current())


def certainty_words(cell: Cell) -> str:
    """How sure the figure of a cell is, or that a person decided it."""
    if cell.changed:
        return tr("人工改定")
    return wording.state_words(cell.state, language.current())


def place_words(place: Place | None) -> str:
    """Where something stands in the source; empty if that says nothing to a person."""
    # A count of characters or paragraphs leads nobody anywhere; the source view shows those places.
    return (
        wording.place_words(place, language.current()) if isinstance(place, PagePlace | TablePlace | SheetPlace) else ""
    )


def decision_words(cell: Cell) -> str:
    """What was decided about a cell, by whom and when; empty if nothing was."""
    decided = cell.as_reviewed
    if decided is None:
        return ""
    sentence = tr("原读数：{before}；改为：{after}（{who}，{when}）").format(
        before=reading_words(cell.as_read),
        after=reading_words(decided.reading),
        who=decided.who or tr("未署名"),
        when=_time_words(decided.when),
    )
    return f"{sentence} {decided.why}" if decided.why else sentence


def what_to_do(finding: Finding) -> str:
    """What a reviewer can do about a finding."""
    return rule_words(finding.rule, language.current()).do


def outcome_word(outcome: Outcome) -> str:
    """``原文如此``, ``已核对`` or ``已更正``."""
    return messages.text(f"outcome.{outcome}", language.current())


def answer_headline(decision: Decision) -> str:
    """An answer with its note where there is little room, else with who gave it when."""
    if not decision.note:
        return answer_words(decision)
    return tr("✓ {outcome}：{note}").format(outcome=outcome_word(decision.outcome), note=decision.note)


def answer_words(decision: Decision) -> str:
    """An answer, with its note and who gave it when."""
    sentence = tr("✓ {outcome}（{who}，{when}）").format(
        outcome=outcome_word(decision.outcome), who=decision.who or tr("未署名"), when=_time_words(decision.when)
    )
    return f"{sentence} {decision.note}" if decision.note else sentence


def proposal_sentence(proposal: Proposal) -> str:
    """What a proposal says may be wrong, and what speaks for it."""
    return wording.proposal_words(proposal, language.current())


def proof_sentence(proof: Proof) -> str:
    """What speaks for a figure besides its own reading."""
    return wording.proof_words(proof, language.current())


def odds_words(score: float) -> str:
    """How likely something is, as people say it; never more than nearly certain."""
    if score >= 0.9:
        return tr("很可能")
    if score >= 0.5:
        return tr("较可能")
    return tr("有可能")


def _time_words(when: str) -> str:
    return datetime.fromisoformat(when).astimezone().strftime("%Y-%m-%d %H:%M")
