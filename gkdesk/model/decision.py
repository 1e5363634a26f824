"""What a reviewer decided about a cell or a finding without changing a figure, and the list of such decisions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Finding


class Outcome(StrEnum):
    """The three answers of a reviewer."""

    AS_PRINTED = "as-printed"
    """原文如此: the source says so, right or wrong; the reporting body has to answer."""
    CHECKED = "checked"
    """已核对: looked at and found in order."""
    CORRECTED = "corrected"
    """已更正: put right here."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer, by whom and when (ISO 8601 in UTC), with a note.

    ``figures`` are the figures that were decided about; with others the decision is an old one and shown as such.
    """

    outcome: Outcome
    who: str
    when: str
    note: str = ""
    figures: str = ""


@dataclass(frozen=True, slots=True)
class DecisionEdit:
    """One decision before and after; None stands for "not decided". ``target`` is a key of :func:`target_of`."""

    target: str
    before: Decision | None
    after: Decision | None


def target_of(about: CellRef | Finding) -> str:
    """The stable name under which a decision is kept: the cell's id, or the finding's fingerprint."""
    return f"cell {about}" if isinstance(about, CellRef) else f"finding {about.fingerprint}"
