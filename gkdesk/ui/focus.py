"""The cell and the finding that are looked at now: every view shows them, any view may set them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Finding
from gkdesk.ui.workbench import Workbench

MOST_COMPANIONS = 40
"""More than the operands of the longest identity; a finding about a whole table marks nothing by marking everything."""


class Focus(QObject):
    """What is looked at. A cell that takes part in findings brings the worst of them along as the current one.

    Attributes:
        cell: the current cell, or None.
        finding: the current finding, or None; its other cells are the companions of the current one.

    Signals:
        cell_changed, finding_changed: the new one, or None.
    """

    cell_changed = Signal(object)
    finding_changed = Signal(object)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self.cell: CellRef | None = None
        self.finding: Finding | None = None
        self._group: tuple[CellRef, ...] = ()
        workbench.opened.connect(lambda review: self.clear())
        workbench.closed.connect(self.clear)
        workbench.findings_changed.connect(self._follow_findings)
        workbench.edited.connect(self.show_cell)
        workbench.reconsidered.connect(self.show_finding)

    @property
    def companions(self) -> tuple[CellRef, ...]:
        """The cells looked at together with the current one: its group, else those of the current finding.

        None if they are too many to follow.
        """
        if self._group:
            return tuple(ref for ref in self._group if ref != self.cell)
        if self.finding is None or len(self.finding.cells) > MOST_COMPANIONS:
            return ()
        return tuple(ref for ref in self.finding.cells if ref != self.cell)

    def show_group(self, refs: Sequence[CellRef]) -> None:
        """Look at cells that are compared with the source together, first at the first of them."""
        before = self.cell, self.finding
        self._group = tuple(refs)
        self.show_cell(refs[0])
        if before == (self.cell, self.finding):
            # The same cell in other company.
            self.cell_changed.emit(self.cell)

    def show_cell(self, ref: CellRef | None) -> None:
        """Look at a cell."""
        finding = self.finding
        if finding is None or ref not in finding.cells:
            about = self._workbench.mark(ref).findings if ref is not None else ()
            finding = about[0] if about else None
        self._set(ref, finding)

    def show_finding(self, finding: Finding | None) -> None:
        """Look at a finding, and at its most telling cell."""
        self._group = ()
        leading = self._workbench.leading_cell(finding) if finding is not None else None
        self._set(leading or self.cell, finding)

    def clear(self) -> None:
        """Look at nothing."""
        self._set(None, None)

    def _set(self, cell: CellRef | None, finding: Finding | None) -> None:
        cell_is_new, finding_is_new = cell != self.cell, finding != self.finding
        self.cell, self.finding = cell, finding
        if cell not in self._group:
            self._group = ()
        if finding_is_new:
            self.finding_changed.emit(finding)
        if cell_is_new or finding_is_new:
            self.cell_changed.emit(cell)

    def _follow_findings(self, findings: tuple[Finding, ...]) -> None:
        if self.finding is None:
            return
        mine = self.finding.fingerprint
        self._set(self.cell, next((finding for finding in findings if finding.fingerprint == mine), None))
