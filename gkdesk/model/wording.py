"""Model values in words: places, states, doubts and findings, as every front end and the workbook say them."""

from __future__ import annotations

from gkdesk import messages
from gkdesk.model.finding import Finding, Proposal, Severity
from gkdesk.model.place import PagePlace, ParagraphPlace, Place, SheetPlace, TablePlace, TextPlace
from gkdesk.model.proof import Proof
from gkdesk.model.reading import Reading, State


def place_words(place: Place | None, language: str = messages.CHINESE) -> str:
    """Where something stands, counted from 1 as people do: ``第 4 页``; empty for None."""
    match place:
        case None:
            return ""
        case PagePlace(page):
            return messages.text("place.page", language, page=page)
        case TextPlace(start):
            return messages.text("place.text", language, start=start + 1)
        case TablePlace(table, row, column):
            return messages.text("place.table", language, table=table + 1, row=row + 1, column=column + 1)
        case ParagraphPlace(paragraph):
            return messages.text("place.paragraph", language, paragraph=paragraph + 1)
        case SheetPlace(sheet, cell):
            return messages.text("place.sheet", language, sheet=sheet, cell=cell)


def finding_words(finding: Finding, language: str = messages.CHINESE) -> str:
    """The whole text of a finding: what is wrong, and the sum written out."""
    return messages.finding_text(finding.code, finding.arguments, language)


def finding_headline(finding: Finding, language: str = messages.CHINESE) -> str:
    """The first sentence of a finding, for lists."""
    return messages.finding_headline(finding.code, finding.arguments, language)


def finding_detail(finding: Finding, language: str = messages.CHINESE) -> str:
    """What follows the first sentence, or an empty text."""
    return messages.finding_detail(finding.code, finding.arguments, language)


def severity_words(severity: Severity, language: str = messages.CHINESE) -> str:
    """``错误``, ``警告`` or ``提示``."""
    return messages.text(f"severity.{severity}", language)


def state_words(state: State, language: str = messages.CHINESE) -> str:
    """How sure a reading is: ``读取无疑``, ``存疑``, ``空白``, ``未找到``."""
    return messages.text(f"state.{state}", language)


def doubt_code(reason: str) -> str:
    """The catalogue key of a reason for doubt; a general one for a reason that has no sentence of its own."""
    code = f"doubt.{reason}"
    return code if messages.has(code) else "doubt.other"


def doubt_words(reading: Reading, language: str = messages.CHINESE) -> str:
    """Why a reading is doubtful, all reasons in one text; empty if nothing is doubted."""
    codes = dict.fromkeys(doubt_code(reason) for reason in reading.doubts)
    return messages.text("join.sentences", language).join(messages.text(code, language) for code in codes)


def proposal_words(proposal: Proposal, language: str = messages.CHINESE) -> str:
    """The whole sentence of a proposal: what may be wrong and what would be right, and what speaks for it."""
    parts = str(proposal.arguments.get("parts", "")).split()
    sentence = messages.text(f"proposal.{proposal.reason}", language, **proposal.arguments)
    return sentence + "".join(messages.text(f"proposal.part.{part}", language, **proposal.arguments) for part in parts)


def proof_words(proof: Proof, language: str = messages.CHINESE) -> str:
    """What speaks for a figure: ``由 2 条勾稽关系和正文印证``; or that nothing does, and what to do."""
    if not proof.known:
        return messages.text("proof.missing", language)
    if proof.decided:
        return messages.text("proof.decided", language)
    if proof.broken:
        return messages.text("proof.broken", language, count=proof.broken)
    if proof.misplaced:
        return messages.text("proof.misplaced", language)
    grounds = _grounds(proof, language)
    if not grounds:
        return messages.text("proof.zeros" if proof.zeros else "proof.none", language)
    *first, last = grounds
    listed = messages.text("proof.list", language).join(first)
    words = listed + messages.text("proof.and", language) + last if first else last
    sentence = messages.text("proof.by", language, grounds=words)
    return sentence if proof.sure else sentence + messages.text("proof.doubtful", language)


def _grounds(proof: Proof, language: str) -> list[str]:
    found = []
    if proof.identities:
        found.append(messages.text("proof.identities", language, count=proof.identities))
    if proof.printed_zeros:
        found.append(messages.text("proof.printed-zeros", language, count=proof.printed_zeros))
    if proof.witnesses:
        found.append(messages.text("proof.prose", language))
    if proof.neighbours:
        found.append(messages.text("proof.last-year", language))
    return found
