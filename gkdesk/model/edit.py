"""Edits: the one way a form changes. An edit knows its inverse; applying one returns a change."""

from __future__ import annotations

from dataclasses import dataclass

from gkdesk.model.cellref import CellRef
from gkdesk.model.decision import DecisionEdit
from gkdesk.model.finding import Finding
from gkdesk.model.form import Decided


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell before and after; None stands for "as read"."""

    ref: CellRef
    before: Decided | None
    after: Decided | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One act of the reviewer: typing a figure, accepting a proposal, deciding or pasting a block is one edit.

    ``label`` is a key of the message catalogue (``edit.…``) that names the act in the undo menu.
    """

    cells: tuple[CellEdit, ...]
    label: str = "type"
    decisions: tuple[DecisionEdit, ...] = ()

    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        cells = tuple(CellEdit(cell.ref, cell.after, cell.before) for cell in reversed(self.cells))
        decisions = tuple(DecisionEdit(one.target, one.after, one.before) for one in reversed(self.decisions))
        return Edit(cells, self.label, decisions)


@dataclass(frozen=True, slots=True)
class Change:
    """What applying an edit did: the cells touched, the findings gone and new, and all that stand now."""

    cells: tuple[CellRef, ...]
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    findings: tuple[Finding, ...]
