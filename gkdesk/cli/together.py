"""What reports that are checked in one run say of one another: told at the end, when all of them are known."""

from __future__ import annotations

from collections.abc import Iterator

from gkdesk import messages
from gkdesk.cli.listing import finding_line
from gkdesk.model.review import Review
from gkdesk.workflow import tasks
from gkdesk.workflow.tasks import ReadReport

FEWEST_REPORTS = 2
MOST_REPORTS = 3000
"""Reports that are kept at hand to compare them; with more the run says that it did not."""


class Together:
    """The reports of one run, and what was told of each already."""

    def __init__(self) -> None:
        self._reviews: list[Review] = []
        self._told: list[frozenset[str]] = []
        self._count = 0

    def add(self, read: ReadReport) -> None:
        """Keep a report that was just told."""
        self._count += 1
        if self._count > MOST_REPORTS:
            self._reviews, self._told = [], []
            return
        self._reviews.append(read.review)
        self._told.append(frozenset(finding.fingerprint for finding in read.findings))

    def lines(self) -> Iterator[str]:
        """The findings that need another report, under the name of each report that has any."""
        if self._count > MOST_REPORTS:
            yield messages.text("cli.check.not-together", count=self._count)
            return
        if self._count < FEWEST_REPORTS:
            return
        is_begun = False
        for review, told, found in zip(self._reviews, self._told, tasks.found_together(self._reviews), strict=True):
            new = [finding for finding in found if finding.fingerprint not in told]
            if new and not is_begun:
                is_begun = True
                yield messages.text("cli.check.together")
            if new:
                yield "  " + messages.text("cli.check.file", name=review.source_name)
            yield from ("  " + finding_line(finding) for finding in new)
