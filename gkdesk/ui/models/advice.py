"""What there is to say about the current finding, line by line: the whole sentence, proposals, passages. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Evidence, Finding, Proposal
from gkdesk.model.reading import number_text
from gkdesk.model.short_names import short_row_words
from gkdesk.model.spec import FormSpec
from gkdesk.ui import wording
from gkdesk.ui.language import tr


class AdviceKind(Enum):
    """What a line is."""

    SENTENCE = auto()
    REPAIR = auto()
    AS_PRINTED = auto()
    EVIDENCE = auto()
    ADVICE = auto()


MOST_LISTED = 12
"""Figures written out in one line at most."""

_DEDUCED = "deduced"
_ALONG_ROW = frozenset({"row-left", "row-right"})
_ALONG_COLUMN = frozenset({"column-up", "column-down"})


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One line; ``proposal`` or ``evidence`` is what it stands for, ``whole`` what it says where there is room."""

    kind: AdviceKind
    text: str
    proposal: Proposal | None = None
    evidence: Evidence | None = None
    whole: str = ""

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells the line would change."""
        return tuple(ref for ref, _ in self.proposal.changes) if self.proposal is not None else ()


def advice(finding: Finding, spec: FormSpec) -> tuple[AdviceLine, ...]:
    """The lines about a finding: what may be wrong, what the text says, the whole sentence, what to do."""
    lines = [_proposed(proposal, spec) for proposal in finding.proposals]
    for evidence in finding.evidence:
        lines.append(AdviceLine(AdviceKind.EVIDENCE, evidence.sentence, evidence=evidence))
    # The headline stands in the list of findings already; the whole sum may be long.
    lines.append(AdviceLine(AdviceKind.SENTENCE, wording.finding_text(finding)))
    lines.append(AdviceLine(AdviceKind.ADVICE, wording.what_to_do(finding)))
    return tuple(lines)


def _proposed(proposal: Proposal, spec: FormSpec) -> AdviceLine:
    whole = wording.proposal_sentence(proposal)
    if not proposal.changes:
        # The remark repeats the sums that stand in the list of findings, and the corrections below.
        short = tr("原文就是这样写的：数字不改，请填报单位核对。")
        return AdviceLine(AdviceKind.AS_PRINTED, short, proposal, whole=whole)
    is_list = proposal.reason == _DEDUCED and len(proposal.changes) > 1
    text = _listed(proposal, spec) if is_list else _without_line(whole, proposal, spec)
    return AdviceLine(AdviceKind.REPAIR, text, proposal, whole=whole)


def _without_line(sentence: str, proposal: Proposal, spec: FormSpec) -> str:
    """A sentence that names the row or column its figures moved along does not name it again with every figure."""
    for ref, _ in proposal.changes:
        short = ""
        if proposal.reason in _ALONG_ROW:
            short = spec.column_words(ref)
        elif proposal.reason in _ALONG_COLUMN:
            short = short_row_words(spec, ref)
        if short:
            sentence = sentence.replace(f"{spec.cell_words(ref)} ", f"{short} ")
    return sentence


def _listed(proposal: Proposal, spec: FormSpec) -> str:
    """Figures that follow for many cells: each table and column named once, the rows by their short names."""
    parts = []
    shown = proposal.changes[:MOST_LISTED]
    for (table, column), changes in groupby(shown, lambda change: (change[0].table, spec.column_words(change[0]))):
        figures = tr("、").join(f"{short_row_words(spec, ref)} {number_text(value)}" for ref, value in changes)
        where = tr("{table} “{column}”列：{figures}")
        parts.append(where.format(table=spec.table(table).nickname, column=column, figures=figures))
    sentence = tr("由勾稽关系推得 {count} 格。{figures}").format(
        count=len(proposal.changes), figures=tr("；").join(parts)
    )
    more = len(proposal.changes) - len(shown)
    return sentence + tr("……还有 {count} 格").format(count=more) if more else sentence


def advice_word(kind: AdviceKind) -> str:
    """One word for what a line of advice is."""
    return {
        AdviceKind.SENTENCE: tr("详情"),
        AdviceKind.REPAIR: tr("更正"),
        AdviceKind.AS_PRINTED: tr("照录"),
        AdviceKind.EVIDENCE: tr("正文"),
        AdviceKind.ADVICE: tr("办法"),
    }[kind]
