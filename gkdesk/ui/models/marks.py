"""What the findings mean for each cell: how it is to be marked, and which findings speak of it. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Finding, Proposal, Severity, Verdict


class Weight(IntEnum):
    """How strongly a cell is marked; larger is worse.

    ``SUSPECT`` is the cell in which several broken identities cross, or which a proposal would change.
    """

    NONE = 0
    INFO = 1
    WARNING = 2
    ERROR = 3
    SUSPECT = 4


@dataclass(frozen=True, slots=True)
class CellMark:
    """The mark of one cell and the findings behind it, worst first."""

    weight: Weight = Weight.NONE
    findings: tuple[Finding, ...] = ()


NO_MARK = CellMark()

_WEIGHTS = {Severity.ERROR: Weight.ERROR, Severity.WARNING: Weight.WARNING, Severity.INFO: Weight.INFO}


def marks(findings: Iterable[Finding]) -> Mapping[CellRef, CellMark]:
    """The mark of every cell that takes part in a finding."""
    found: dict[CellRef, list[Finding]] = {}
    crossings: Counter[CellRef] = Counter()
    suspects: set[CellRef] = set()
    for finding in findings:
        for ref in finding.cells:
            found.setdefault(ref, []).append(finding)
        if finding.verdict is Verdict.BROKEN:
            crossings.update(finding.cells)
        repair = best_repair(finding)
        if repair is not None:
            suspects.update(ref for ref, _ in repair.changes)
    suspects.update(ref for ref, count in crossings.items() if count > 1)
    return {ref: _mark(tuple(about), ref in suspects) for ref, about in found.items()}


def best_repair(finding: Finding) -> Proposal | None:
    """The likeliest proposal of a finding that changes figures, or None."""
    return next((proposal for proposal in finding.proposals if proposal.changes), None)


def leading_cell(finding: Finding, marked: Mapping[CellRef, CellMark]) -> CellRef | None:
    """The cell to look at first: what the best proposal would change, else the one suspected most, else the total."""
    repair = best_repair(finding)
    if repair is not None:
        return next((ref for ref, _ in repair.changes if ref in finding.cells), repair.changes[0][0])
    if not finding.cells:
        return None
    if finding.verdict not in (Verdict.BROKEN, Verdict.UNDECIDED):
        return finding.cells[0]
    suspects = [ref for ref in finding.cells if marked.get(ref, NO_MARK).weight is Weight.SUSPECT]
    return suspects[0] if suspects else finding.cells[-1]


def _mark(findings: tuple[Finding, ...], suspect: bool) -> CellMark:
    weight = max(_WEIGHTS[finding.severity] for finding in findings)
    if suspect and weight is Weight.ERROR:
        weight = Weight.SUSPECT
    return CellMark(weight, findings)
