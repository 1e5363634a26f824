"""Findings: what a rule has to say about a form, as data; the words are made later from the message catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from gkdesk.model.cellref import CellRef
from gkdesk.model.place import Place
from gkdesk.model.reading import Number


class Severity(StrEnum):
    """How much a finding weighs; ``error`` is kept for identities that the printed figures break."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """What a rule found."""

    BROKEN = "broken"
    UNDECIDED = "undecided"
    DOUBTFUL = "doubtful"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that would explain findings; never applied unasked.

    No ``changes`` stands for 原文如此: the figures were read rightly, the source does not add up. ``score`` is a
    probability, 0 to 1; ``reason`` is a key of the message catalogue (``proposal.…``).
    """

    changes: tuple[tuple[CellRef, Number], ...]
    score: float
    reason: str
    arguments: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of the source that speaks for or against a figure, as printed, and where it stands."""

    sentence: str
    figure: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Attributes:
        rule: name of the rule, stable (``t3.row-total``).
        code: key of its sentence in the message catalogue (``finding.…``).
        cells: every cell that takes part.
        expected, actual: both sides of an identity, else None.
        arguments: values for the sentence.
        proposals: what would explain it, most likely first.
        evidence: passages of the source that speak about it.
        about: stable name of what the finding is about where the cells do not say it (a row, a column, a year).
    """

    rule: str
    code: str
    verdict: Verdict
    severity: Severity
    cells: tuple[CellRef, ...] = ()
    expected: Number | None = None
    actual: Number | None = None
    arguments: dict[str, object] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    about: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for the same problem after every re-check, whatever the figures are now."""
        return f"{self.rule}|{self.about}|{','.join(map(str, self.cells))}"


def cells_named_in(fingerprint: str) -> tuple[CellRef, ...]:
    """The cells of the finding that has this fingerprint; none if it names none."""
    try:
        return tuple(CellRef.parse(name) for name in fingerprint.rpartition("|")[2].split(","))
    except ValueError:
        return ()
