"""A report and its findings as lines of text for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gkdesk import messages
from gkdesk.model.reading import State
from gkdesk.model.spec import load_editions
from gkdesk.model.wording import finding_words, severity_words
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
    for finding in read.findings:
        sentence = finding_words(finding)
        yield "  " + messages.text("cli.check.finding", severity=severity_words(finding.severity), sentence=sentence)
    if not read.findings:
        yield "  " + messages.text("cli.check.none")


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
