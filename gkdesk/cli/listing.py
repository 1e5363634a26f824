"""A report and its findings as lines of text for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gkdesk import messages
from gkdesk.model.finding import Finding
from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions
from gkdesk.model.wording import finding_words, proposal_words, severity_words
from gkdesk.workflow.tasks import ReadReport


def lines(read: ReadReport) -> Iterator[str]:
    """File, report, counts of cells, then the findings, worst first."""
    review = read.review
    yield messages.text("cli.check.file", name=review.source_name)
    yield "  " + _report_line(read)
    states = Counter(cell.state for cell in review.form)
    counts: dict[str, object] = {str(state): states[state] for state in State}
    yield "  " + messages.text("cli.check.cells", total=len(review.form), **counts)
    changed = sum(cell.changed for cell in review.form)
    if changed:
        yield "  " + messages.text("cli.check.changed", changed=changed)
    told: set[str] = set()
    for finding in read.findings:
        sentence = finding_words(finding)
        yield "  " + messages.text("cli.check.finding", severity=severity_words(finding.severity), sentence=sentence)
        yield from ("      " + line for line in _explanation(finding, told))
    if not read.findings:
        yield "  " + messages.text("cli.check.none")


def _explanation(finding: Finding, told: set[str]) -> Iterator[str]:
    """What the text says about it, and the proposals; those that were told already are not told again."""
    for evidence in finding.evidence:
        yield messages.text("cli.check.evidence", sentence=evidence.sentence)
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
