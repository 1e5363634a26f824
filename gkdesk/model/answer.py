"""The answers of a reviewer as the workbook and the command line tell them: what was answered, in words."""

from __future__ import annotations

from dataclasses import dataclass

from gkdesk.model.cellref import CellRef
from gkdesk.model.decision import Decision, Outcome
from gkdesk.model.finding import Finding
from gkdesk.model.place import Place


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a reviewer.

    Attributes:
        about: the cell in the words of the form, or what the finding says.
        decision: the answer itself.
        finding: the finding that was answered; None for a cell, and for a finding that is there no more.
        cell: the cell a remark about it belongs to, if there is one.
        place: where that cell, or the passage, stands in the source.
        stands: False if the figures are others now than those that were answered.
    """

    about: str
    decision: Decision
    finding: Finding | None = None
    cell: CellRef | None = None
    place: Place | None = None
    stands: bool = True

    @property
    def says_as_printed(self) -> bool:
        """True if it states, for the figures as they are, that the source says so."""
        return self.stands and self.decision.outcome is Outcome.AS_PRINTED
