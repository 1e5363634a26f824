"""A report and its findings as lines of text for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gkdesk import messages
from gkdesk.model.answer import Answer
from gkdesk.model.decision import Decision, Outcome
from gkdesk.model.finding import Finding
from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions
from gkdesk.model.wording import finding_words, proposal_words, severity_words
from gkdesk.workflow import tasks
from gkdesk.workflow.tasks import ReadReport

_BLANK_TOTAL = "identity.blank-total"
_FEWEST_ALIKE = 4
"""Rows with the same finding, from which on one line tells them all."""


def lines(read: ReadReport) -> Iterator[str]:
    """File, report, counts of cells, how far they are proven, then the findings, worst first, and the answers."""
    review = read.review
    yield messages.text("cli.check.file", name=review.source_name)
    yield "  " + _report_line(read)
    states = Counter(cell.state for cell in review.form)
    counts: dict[str, object] = {str(state): states[state] for state in State}
    yield "  " + messages.text("cli.check.cells", total=len(review.form), **counts)
    changed = sum(cell.changed for cell in review.form)
    if changed:
        yield "  " + messages.text("cli.check.changed", changed=changed)
    answers = [answer for answer in tasks.answers_to(read) if answer.stands]
    yield from ("  " + line for line in _proof(read, answers))
    yield from _findings(read, answers)
    yield from ("  " + line for line in _left_as_printed(answers))
    if not read.findings:
        yield "  " + messages.text("cli.check.none")


def _proof(read: ReadReport, answers: Sequence[Answer]) -> Iterator[str]:
    """How many cells a reviewer found in order, and how many rest on their reading alone."""
    cells = {answer.cell for answer in answers if answer.finding is None}
    checked = sum(answer.finding is None and answer.decision.outcome is Outcome.CHECKED for answer in answers)
    if checked:
        yield messages.text("cli.check.checked", count=checked)
    if read.review.extracted.edition is None:
        return
    proofs = tasks.proofs_of(read)
    unproven = sum(proof.known and not proof.holds and ref not in cells for ref, proof in proofs.items())
    yield messages.text("cli.check.unproven", count=unproven) if unproven else messages.text("cli.check.all-proven")


def _findings(read: ReadReport, answers: Sequence[Answer]) -> Iterator[str]:
    """Each finding; indented below it what the text says about it, proposals, and the reviewer's answer."""
    by_finding = {answer.finding.fingerprint: answer.decision for answer in answers if answer.finding is not None}
    told: set[str] = set()
    alike = [one for one in read.findings if one.code == _BLANK_TOTAL and one.fingerprint not in by_finding]
    if len(alike) < _FEWEST_ALIKE:
        alike = []
    for finding in read.findings:
        if finding in alike:
            if finding is alike[0]:
                yield "  " + _many_blank_totals(alike)
            continue
        yield finding_line(finding)
        yield from ("      " + line for line in _explanation(finding, told))
        decision = by_finding.get(finding.fingerprint)
        if decision is not None:
            yield "      " + _with_note("cli.check.answer", decision, outcome=_outcome_words(decision))


def finding_line(finding: Finding) -> str:
    """How much it weighs, and its sentence."""
    severity, sentence = severity_words(finding.severity), finding_words(finding)
    return "  " + messages.text("cli.check.finding", severity=severity, sentence=sentence)


def _many_blank_totals(findings: Sequence[Finding]) -> str:
    """Rows whose total is blank, all in one line. What they should be is the sum, so that no proposals follow."""
    figures = [f"{finding.arguments['line']} {finding.arguments['left']}" for finding in findings]
    sentence = messages.text(
        "cli.check.many-blank-totals",
        table=findings[0].arguments["table"],
        count=len(findings),
        figures=messages.text("join.sentences").join(figures),
    )
    severity = severity_words(findings[0].severity)
    return messages.text("cli.check.finding", severity=severity, sentence=sentence)


def _left_as_printed(answers: Sequence[Answer]) -> Iterator[str]:
    """The cells of which the reviewer said that the source says so."""
    for answer in answers:
        if answer.finding is None and answer.cell is not None and answer.says_as_printed:
            decision = answer.decision
            yield _with_note("cli.check.answered", decision, outcome=_outcome_words(decision), about=answer.about)


def _outcome_words(decision: Decision) -> str:
    return messages.text(f"outcome.{decision.outcome}")


def _with_note(code: str, decision: Decision, **words: str) -> str:
    note = " ".join(decision.note.split())
    return messages.text(f"{code}-note", note=note, **words) if note else messages.text(code, **words)


def _explanation(finding: Finding, told: set[str]) -> Iterator[str]:
    """What the text says about it, unless the finding quotes it, and proposals: all that was not told already."""
    sentences = dict.fromkeys(evidence.sentence for evidence in finding.evidence)
    for quoted in sentences:
        if quoted not in told and quoted not in finding_words(finding):
            yield messages.text("cli.check.evidence", sentence=quoted)
    told.update(sentences)
    for proposal in finding.proposals:
        words = proposal_words(proposal)
        if words not in told:
            told.add(words)
            yield messages.text("cli.check.proposal", sentence=words)


def _report_line(read: ReadReport) -> str:
    extracted = read.review.extracted
    no_year = messages.text("cli.check.no-year")
    return messages.text(
        "cli.check.report",
        organization=extracted.organization or messages.text("cli.check.no-organization"),
        year=no_year if extracted.year is None else messages.text("cli.check.year", year=extracted.year),
        edition=(
            messages.text("cli.check.no-edition")
            if extracted.edition is None
            else load_editions()[extracted.edition].name
        ),
    )
