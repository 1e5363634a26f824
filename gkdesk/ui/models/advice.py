"""What there is to say about the current finding, line by line: the whole sentence, proposals, passages. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Evidence, Finding, Proposal
from gkdesk.ui import wording
from gkdesk.ui.language import tr


class AdviceKind(Enum):
    """What a line is."""

    SENTENCE = auto()
    REPAIR = auto()
    AS_PRINTED = auto()
    EVIDENCE = auto()
    ADVICE = auto()


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One line; ``proposal`` or ``evidence`` is what it stands for."""

    kind: AdviceKind
    text: str
    proposal: Proposal | None = None
    evidence: Evidence | None = None

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells the line would change."""
        return tuple(ref for ref, _ in self.proposal.changes) if self.proposal is not None else ()


def advice(finding: Finding) -> tuple[AdviceLine, ...]:
    """The lines about a finding: what may be wrong, what the text says, the whole sentence, what to do."""
    lines = []
    for proposal in finding.proposals:
        kind = AdviceKind.REPAIR if proposal.changes else AdviceKind.AS_PRINTED
        lines.append(AdviceLine(kind, wording.proposal_sentence(proposal), proposal))
    for evidence in finding.evidence:
        lines.append(AdviceLine(AdviceKind.EVIDENCE, evidence.sentence, evidence=evidence))
    # The headline stands in the list of findings already; the whole sum may be long.
    lines.append(AdviceLine(AdviceKind.SENTENCE, wording.finding_text(finding)))
    lines.append(AdviceLine(AdviceKind.ADVICE, wording.what_to_do(finding)))
    return tuple(lines)


def advice_word(kind: AdviceKind) -> str:
    """One word for what a line of advice is."""
    return {
        AdviceKind.SENTENCE: tr("问题"),
        AdviceKind.REPAIR: tr("更正"),
        AdviceKind.AS_PRINTED: tr("照录"),
        AdviceKind.EVIDENCE: tr("正文"),
        AdviceKind.ADVICE: tr("办法"),
    }[kind]
