"""The decorator that makes a function a rule. The ordered list of all rules is in :mod:`gkdesk.checks.run`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gkdesk.checks.subject import Subject
from gkdesk.model.finding import Finding

Check = Callable[[Subject], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named check of a report; called with a subject, it yields findings."""

    name: str
    check: Check

    def __call__(self, subject: Subject) -> Iterator[Finding]:
        """What the check finds."""
        return self.check(subject)


def rule(name: str) -> Callable[[Check], Rule]:
    """Make a function a rule; it must then be listed in ``run.RULES``, and a test sees to that."""

    def register(check: Check) -> Rule:
        return Rule(name, check)

    return register
